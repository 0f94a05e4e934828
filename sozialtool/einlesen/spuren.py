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
from sozialtool.einlesen.spurteile import Zwischenwert, read_namen, read_texts, read_worte, read_zwischenwerte
from sozialtool.einlesen.xmlhilfe import Attribute, iter_elements, parse_xml
from sozialtool.fehler import DateiUnlesbar
from sozialtool.orte import explain_os_error, lang, zeige

_ENTPACKT = 400_000_000
Stelle = tuple[int, int]
"""Row and column of a cell, from 0."""


@attrs.frozen
class Spurzelle:
    """One cell as it is stored. `stellen`: decimals that its number format shows (None: all); `farbe`: "RRGGBB" or "".

    `unsichtbar`: a number format that shows nothing (";;;"), or white on white.
    """

    wert: float | str
    stellen: int | None = None
    farbe: str = ""
    unsichtbar: bool = False


@attrs.frozen
class Blattspuren:
    """One sheet: its cells, and what is hidden, noted, coloured by rules or drawn in cells.

    `formeln` by cell, without "="; `eingaberegeln` and `bedingungen` are (range, text) of data validations and conditional
    formats; `verbunden` are ranges of merged cells, of which only the first is seen; `raender` are heads and feet of pages.
    """

    name: str
    zellen: dict[Stelle, Spurzelle]
    verborgen: bool = False
    verborgene_teile: tuple[str, ...] = ()
    kommentare: tuple[tuple[str, str], ...] = ()
    farbregeln: tuple[str, ...] = ()
    formeln: dict[Stelle, str] = attrs.field(factory=dict)
    eingaberegeln: tuple[tuple[str, str], ...] = ()
    bedingungen: tuple[tuple[str, str], ...] = ()
    verbunden: tuple[str, ...] = ()
    raender: tuple[str, ...] = ()


@attrs.frozen
class Spuren:
    """A whole workbook. `fremde` are parts that hold data of their own (pivot caches, connections, macros, embedded files).

    `textfelder` are (part, text) of words in drawings and charts; `beschreibungen` of alternative texts, and of formulas in tables.
    """

    blaetter: tuple[Blattspuren, ...]
    zwischenwerte: tuple[Zwischenwert, ...] = ()
    eigenschaften: tuple[tuple[str, str], ...] = ()
    namen: tuple[tuple[str, str], ...] = ()
    fremde: tuple[str, ...] = ()
    textfelder: tuple[tuple[str, str], ...] = ()
    beschreibungen: tuple[tuple[str, str], ...] = ()

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
    except (OSError, ValueError) as ursache:
        raise explain_os_error(pfad, ursache) from ursache
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
        tuple(wert for teil in teile if _is_chart(teil) for wert in read_zwischenwerte(teil, paket.read(teil) or b"")),
        tuple(paar for teil in teile if teil.startswith("docProps/") for paar in read_texts(paket.read(teil) or b"")),
        tuple(read_namen(paket.read("xl/workbook.xml") or b"")),
        tuple(teil for teil in teile if _FREMD.search(teil)),
        tuple(
            (teil, text) for teil in teile if _DRAWN.match(teil) for text in read_worte(paket.read(teil) or b"", "t")
        ),
        tuple(
            (teil, text)
            for teil in teile
            if _DRAWN.match(teil) or teil.startswith("xl/tables/")
            for text in read_worte(paket.read(teil) or b"", *_FORMELN, attribute=_ALT)
        ),
    )


_DRAWN = re.compile(r"xl/(?:charts|drawings)/[^/]+\.xml$")
_ALT = ("descr", "title", "altText", "altTextSummary", "totalsRowLabel")
_FORMELN = ("calculatedColumnFormula", "totalsRowFormula")


_FREMD = re.compile(
    r"pivot|connections|threadedComment|queryTable|externalLink|embeddings|vbaProject|customXml|model/|revisions",
    re.IGNORECASE,
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


def _read_stile(paket: Paket) -> list[tuple[int | None, str, bool]]:
    """Shown decimals and fill colour of each cell style, and whether it hides what stands in the cell."""
    formate = paket.formate()
    fuellungen: list[str] = []
    flaechen: list[tuple[int, int]] = []
    schriften: list[str] = []
    ebene: list[str] = []

    def start(name: str, attribute: Attribute) -> None:
        ebene.append(name)
        if name == "fill" and "fills" in ebene:
            fuellungen.append("")
        elif name == "fgColor" and "fills" in ebene and fuellungen:
            fuellungen[-1] = attribute.get("rgb", attribute.get("theme", ""))[-6:]
        elif name == "font" and "fonts" in ebene:
            schriften.append("")
        elif name == "color" and "fonts" in ebene and schriften:
            schriften[-1] = attribute.get("rgb", "")[-6:]
        elif name == "xf" and "cellXfs" in ebene:
            flaechen.append((int(attribute.get("fillId", "0") or 0), int(attribute.get("fontId", "0") or 0)))

    daten = paket.read("xl/styles.xml")
    if daten:
        parse_xml(daten, start, lambda _: ebene.pop())  # type: ignore[arg-type]  # the popped name is not used
    stile = []
    for i, (flaeche, schrift) in enumerate(flaechen):
        farbe = fuellungen[flaeche] if flaeche < len(fuellungen) else ""
        code = formate[i] if i < len(formate) else ""
        weiss = schrift < len(schriften) and schriften[schrift] == _WEISS and farbe in ("", _WEISS)
        stile.append((count_stellen(code) if i < len(formate) else None, farbe, weiss or bool(_NICHTS.fullmatch(code))))
    return stile


_WEISS = "FFFFFF"
_NICHTS = re.compile(r";;;?|\s*\"\"\s*")


def count_stellen(code: str) -> int | None:
    """Decimals that a number format shows; None where it shows the value as it is (General, dates, text)."""
    erster = re.sub(r"\"[^\"]*\"|\[[^]]*\]|[\\_*].", "", code.split(";", maxsplit=1)[0])
    if not re.search(r"[0#]", erster) or re.search(r"[ymdhs@E]", erster):
        return None
    nach = erster.partition(".")[2]
    return len(re.findall(r"[0#?]", nach)) + (2 if "%" in erster else 0)


_TEXTE = (
    "f", "formula", "formula1", "formula2", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter",
)  # fmt: skip


def _is_hidden(attribute: Attribute) -> bool:
    """Whether a row or column is hidden, or so narrow that nobody sees it."""
    mass = attribute.get("width", attribute.get("ht", ""))
    try:
        schmal = bool(mass) and float(mass) < _SICHTBAR
    except ValueError:
        schmal = False
    return schmal or attribute.get("hidden") in ("1", "true")


_SICHTBAR = 0.2
"""Characters or points below which nothing is seen of a column or row."""


class _Blattleser:
    """Reads one worksheet part."""

    def __init__(self, texte: list[str], stile: list[tuple[int | None, str, bool]]) -> None:
        self._texte, self._stile = texte, stile
        self._zellen: dict[Stelle, Spurzelle] = {}
        self._teile: list[str] = []
        self._regeln: list[str] = []
        self._formeln: dict[Stelle, str] = {}
        self._eingaben: list[tuple[str, str]] = []
        self._bedingungen: list[tuple[str, str]] = []
        self._verbunden: list[str] = []
        self._raender: list[str] = []
        self._zelle: Attribute = {}
        self._bereich = ""
        self._regel = ""
        self._puffer = ""
        self._text_von = ""
        self._in = ""

    def read(self, xml: bytes) -> Blattspuren:
        """Read the part."""
        if xml:
            parse_xml(xml, self._start, self._end, self._text)
        return Blattspuren(
            "", self._zellen, False, tuple(self._teile), (), tuple(self._regeln), self._formeln, tuple(self._eingaben),
            tuple(self._bedingungen), tuple(self._verbunden), tuple(self._raender),
        )  # fmt: skip

    def _start(self, name: str, attribute: Attribute) -> None:
        if name == "c":
            self._zelle, self._puffer = attribute, ""
        elif name in ("v", "t"):
            self._in = name
        elif name in _TEXTE:
            self._in, self._text_von = name, ""
        elif name in ("row", "col") and _is_hidden(attribute):
            was = f"Zeile {attribute.get('r', '?')}" if name == "row" else f"Spalte {attribute.get('min', '?')}"
            self._teile.append(was)
        elif name in ("colorScale", "dataBar", "iconSet"):
            self._regeln.append(name)
        elif name in ("conditionalFormatting", "dataValidation"):
            self._bereich, self._regel = attribute.get("sqref", ""), name
            self._eingaben += [
                (self._bereich, attribute[n])
                for n in ("prompt", "promptTitle", "error", "errorTitle")
                if attribute.get(n)
            ]
        elif name == "mergeCell":
            self._verbunden.append(attribute.get("ref", ""))

    def _text(self, stueck: str) -> None:
        if self._in in ("v", "t"):
            self._puffer += stueck
        elif self._in:
            self._text_von += stueck

    def _end(self, name: str) -> None:
        if name in ("v", "t"):
            self._in = ""
        elif name in _TEXTE:
            self._keep_text(name)
            self._in = ""
        elif name == self._regel:
            self._regel = ""
        elif name == "c":
            if self._puffer:
                self._keep()
            self._zelle = {}

    def _keep_text(self, name: str) -> None:
        text, ort = self._text_von.strip(), parse_adresse(self._zelle.get("r", ""))
        if not text:
            return
        if self._regel == "dataValidation":
            self._eingaben.append((self._bereich, text))
        elif self._regel:
            self._bedingungen.append((self._bereich, text))
        elif name == "f" and ort is not None:
            self._formeln[ort] = text
        elif name != "f":
            self._raender.append(text)

    def _keep(self) -> None:
        ort = parse_adresse(self._zelle.get("r", ""))
        if ort is None:
            return
        stil = int(self._zelle.get("s", "0") or 0)
        stellen, farbe, unsichtbar = self._stile[stil] if stil < len(self._stile) else (None, "", False)
        self._zellen[ort] = Spurzelle(self._value(), stellen, farbe, unsichtbar)

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
