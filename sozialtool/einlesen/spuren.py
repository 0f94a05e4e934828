"""Everything that an xlsx holds, also what nobody sees when opening it: raw values, caches, hidden rows, names, properties.

Layout: ECMA-376 part 1, 18.2 (workbook), 18.3 (worksheets), 18.8 (styles), 21.2 (charts); sparklines: [MS-XLSX] 2.6.
For the check of workbooks that this program has written (`ablauf.leckpruefung`); the size is checked before anything is
unpacked, and expat takes no entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import attrs

from sozialtool.einlesen.blattxml import parse_adresse
from sozialtool.einlesen.dateiart import detect_art
from sozialtool.einlesen.paket import Paket
from sozialtool.einlesen.xmlhilfe import Attribute, iter_elements, parse_xml
from sozialtool.fehler import DateiFehlt, DateiGesperrt, DateiUnlesbar
from sozialtool.orte import lang, zeige

_ENTPACKT = 400_000_000
Stelle = tuple[int, int]
"""Row and column of a cell, from 0."""


@attrs.frozen
class Spurzelle:
    """One cell as it is stored. `stellen`: decimals that its number format shows (None: all); `farbe`: "RRGGBB" or ""."""

    wert: float | str
    stellen: int | None = None
    farbe: str = ""


@attrs.frozen
class Blattspuren:
    """One sheet: its cells, and what is hidden, noted, coloured by rules or drawn in cells."""

    name: str
    zellen: dict[Stelle, Spurzelle]
    verborgen: bool = False
    verborgene_teile: tuple[str, ...] = ()
    kommentare: tuple[tuple[str, str], ...] = ()
    farbregeln: tuple[str, ...] = ()


@attrs.frozen
class Zwischenwert:
    """One figure in the cache of a chart: part, reference, number within it, text."""

    teil: str
    bezug: str
    nummer: int
    text: str


@attrs.frozen
class Spuren:
    """A whole workbook. `fremde` are parts that hold data of their own (pivot caches, connections, macros, embedded files)."""

    blaetter: tuple[Blattspuren, ...]
    zwischenwerte: tuple[Zwischenwert, ...] = ()
    eigenschaften: tuple[tuple[str, str], ...] = ()
    namen: tuple[tuple[str, str], ...] = ()
    fremde: tuple[str, ...] = ()

    def find(self, name: str) -> Blattspuren | None:
        """Return a sheet by its name."""
        return next((blatt for blatt in self.blaetter if blatt.name == name), None)


def read_spuren(pfad: Path) -> Spuren:
    """Read a workbook.

    Raises:
        DateiFehlt: it is not there. DateiGesperrt: no access. DateiUnlesbar: it is no xlsx, or damaged.
    """
    name = zeige(pfad)
    try:
        inhalt = Path(lang(pfad)).read_bytes()
    except FileNotFoundError as fehler:
        raise DateiFehlt(f"„{name}“ gibt es nicht.", "Bitte den Namen prüfen.", "LESEN-FEHLT") from fehler
    except OSError as fehler:
        raise DateiGesperrt(
            f"„{name}“ lässt sich nicht öffnen.", "Bitte in Excel schließen.", "LESEN-GESPERRT"
        ) from fehler
    if detect_art(pfad.name, inhalt, _ENTPACKT) not in ("xlsx", "xlsm"):
        raise DateiUnlesbar(f"„{name}“ ist keine Arbeitsmappe (xlsx).", "Bitte die Ausgabe wählen.", "LESEN-FREMD")
    paket = Paket(inhalt)
    texte, stile = _read_texte(paket), _read_stile(paket)
    zustaende = {a.get("name", ""): a.get("state", "") for _, a in _list(paket, "xl/workbook.xml", "sheet")}
    blaetter = []
    for blatt, teil in paket.blaetter().items():
        gelesen = _Blattleser(texte, stile).read(paket.read(teil) or b"")
        blaetter.append(
            attrs.evolve(
                gelesen,
                name=blatt,
                verborgen=zustaende.get(blatt, "") in ("hidden", "veryHidden"),
                kommentare=tuple(sorted({**paket.kommentare(teil)}.items())),
            )
        )
    teile = sorted(paket.archiv.namelist())
    return Spuren(
        tuple(blaetter),
        tuple(wert for teil in teile if _is_chart(teil) for wert in _read_zwischenwerte(teil, paket.read(teil) or b"")),
        tuple(paar for teil in teile if teil.startswith("docProps/") for paar in _read_texts(paket.read(teil) or b"")),
        tuple(_read_namen(paket.read("xl/workbook.xml") or b"")),
        tuple(teil for teil in teile if _FREMD.search(teil)),
    )


_FREMD = re.compile(
    r"pivot|connections|queryTable|externalLink|embeddings|vbaProject|customXml|model/|revisions", re.IGNORECASE
)


def _is_chart(teil: str) -> bool:
    return teil.startswith("xl/charts/") and teil.endswith(".xml") and "_rels" not in teil


def _list(paket: Paket, teil: str, *namen: str) -> Iterator[tuple[str, Attribute]]:
    return iter_elements(paket.read(teil) or b"<leer/>", *namen)


def _read_texte(paket: Paket) -> list[str]:
    """Shared strings, by number; formatted pieces are put together."""
    texte: list[str] = []

    def start(name: str, _: Attribute) -> None:
        if name == "si":
            texte.append("")

    def text(stueck: str) -> None:
        if texte:
            texte[-1] += stueck

    daten = paket.read("xl/sharedStrings.xml")
    if daten:
        parse_xml(daten, start, None, text)
    return texte


def _read_stile(paket: Paket) -> list[tuple[int | None, str]]:
    """Shown decimals and fill colour of each cell style."""
    formate = paket.formate()
    fuellungen: list[str] = []
    flaechen: list[int] = []
    ebene: list[str] = []

    def start(name: str, attribute: Attribute) -> None:
        ebene.append(name)
        if name == "fill" and "fills" in ebene:
            fuellungen.append("")
        elif name == "fgColor" and "fills" in ebene and fuellungen:
            fuellungen[-1] = attribute.get("rgb", attribute.get("theme", ""))[-6:]
        elif name == "xf" and "cellXfs" in ebene:
            flaechen.append(int(attribute.get("fillId", "0") or 0))

    daten = paket.read("xl/styles.xml")
    if daten:
        parse_xml(daten, start, lambda _: ebene.pop())  # type: ignore[arg-type]  # the popped name is not used
    farben = [fuellungen[i] if i < len(fuellungen) else "" for i in flaechen]
    return [(count_stellen(formate[i]) if i < len(formate) else None, farbe) for i, farbe in enumerate(farben)]


def count_stellen(code: str) -> int | None:
    """Decimals that a number format shows; None where it shows the value as it is (General, dates, text)."""
    erster = re.sub(r"\"[^\"]*\"|\[[^]]*\]|[\\_*].", "", code.split(";", maxsplit=1)[0])
    if not re.search(r"[0#]", erster) or re.search(r"[ymdhs@E]", erster):
        return None
    nach = erster.partition(".")[2]
    return len(re.findall(r"[0#?]", nach)) + (2 if "%" in erster else 0)


class _Blattleser:
    """Reads one worksheet part."""

    def __init__(self, texte: list[str], stile: list[tuple[int | None, str]]) -> None:
        self._texte, self._stile = texte, stile
        self._zellen: dict[Stelle, Spurzelle] = {}
        self._teile: list[str] = []
        self._regeln: list[str] = []
        self._zelle: Attribute = {}
        self._puffer = ""
        self._in = ""

    def read(self, xml: bytes) -> Blattspuren:
        """Read the part."""
        if xml:
            parse_xml(xml, self._start, self._end, self._text)
        return Blattspuren("", self._zellen, False, tuple(self._teile), (), tuple(self._regeln))

    def _start(self, name: str, attribute: Attribute) -> None:
        if name == "c":
            self._zelle, self._puffer = attribute, ""
        elif name in ("v", "t"):
            self._in = name
        elif name in ("row", "col") and attribute.get("hidden") in ("1", "true"):
            was = f"Zeile {attribute.get('r', '?')}" if name == "row" else f"Spalte {attribute.get('min', '?')}"
            self._teile.append(was)
        elif name in ("colorScale", "dataBar", "iconSet"):
            self._regeln.append(name)

    def _text(self, stueck: str) -> None:
        if self._in:
            self._puffer += stueck

    def _end(self, name: str) -> None:
        if name in ("v", "t"):
            self._in = ""
        elif name == "c" and self._puffer:
            self._keep()

    def _keep(self) -> None:
        ort = parse_adresse(self._zelle.get("r", ""))
        if ort is None:
            return
        stil = int(self._zelle.get("s", "0") or 0)
        stellen, farbe = self._stile[stil] if stil < len(self._stile) else (None, "")
        self._zellen[ort] = Spurzelle(self._value(), stellen, farbe)

    def _value(self) -> float | str:
        art = self._zelle.get("t", "n")
        if art == "s" and self._puffer.isdigit() and int(self._puffer) < len(self._texte):
            return self._texte[int(self._puffer)]
        if art == "n":
            try:
                return float(self._puffer)
            except ValueError:
                return self._puffer
        return self._puffer


def _read_zwischenwerte(teil: str, xml: bytes) -> list[Zwischenwert]:
    werte: list[Zwischenwert] = []
    bezug, nummer, offen, puffer = "", -1, "", ""

    def start(name: str, attribute: Attribute) -> None:
        nonlocal nummer, offen, puffer
        if name == "pt":
            nummer = int(attribute.get("idx", "0") or 0)
        if name in ("f", "v"):
            offen, puffer = name, ""

    def end(name: str) -> None:
        nonlocal bezug, offen
        if name == "f":
            bezug = puffer
        elif name == "v" and nummer >= 0:
            werte.append(Zwischenwert(teil, bezug, nummer, puffer))
        if name == offen:
            offen = ""

    def text(stueck: str) -> None:
        nonlocal puffer
        if offen:
            puffer += stueck

    if xml:
        parse_xml(xml, start, end, text)
    return werte


def _read_texts(xml: bytes) -> list[tuple[str, str]]:
    """Texts of all elements, with the name of the element or of the property."""
    paare: list[tuple[str, str]] = []
    name, eigen = "", ""

    def start(element: str, attribute: Attribute) -> None:
        nonlocal name, eigen
        eigen = attribute.get("name", eigen) if element == "property" else eigen
        name = eigen or element

    def text(stueck: str) -> None:
        if stueck.strip():
            paare.append((name, stueck.strip()))

    if xml:
        parse_xml(xml, start, None, text)
    return paare


def _read_namen(xml: bytes) -> list[tuple[str, str]]:
    paare: list[tuple[str, str]] = []
    name = ""

    def start(element: str, attribute: Attribute) -> None:
        nonlocal name
        name = attribute.get("name", "") if element == "definedName" else ""

    def text(stueck: str) -> None:
        if name:
            paare.append((name, stueck))

    if xml:
        parse_xml(xml, start, None, text)
    return paare
