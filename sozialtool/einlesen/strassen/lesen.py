"""A Straßenverzeichnis from Excel or a text file becomes Strassenabschnitte, with every row that cannot be one named."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable, Collection
from pathlib import Path

import attrs

from sozialtool.einlesen.fund import cell_text
from sozialtool.einlesen.lesen import read_rohmappe
from sozialtool.einlesen.rohblatt import Leseart, Rohblatt, Rohmappe, adresse
from sozialtool.einlesen.strassen.bereich import OFFEN, SEITEN, Lauf, parse_bereich
from sozialtool.einlesen.strassen.kopfworte import kopfwort, recognise
from sozialtool.einlesen.strassen.namen import Hausnummer, norm_strasse, parse_hausnummer
from sozialtool.einlesen.strassen.pruefen import check_abschnitte
from sozialtool.einlesen.tabellenfund import find_tabellen
from sozialtool.einlesen.texte import norm
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fach.strasse import Seite, Strassenabschnitt

_KOPFZEILEN = 40
_SPALTEN: dict[str, tuple[str, ...]] = {
    "strasse": ("Straßenschlüssel", "Straßennummer", "Str.-Nr.", "Schlüssel", "Straßencode", "Str-ID", "Lageschlüssel"),
    "name": ("Straße", "Straßenname", "Name", "Bezeichnung", "Straßenbezeichnung", "Name der Straße"),
    "gebiet": ("Gebiet", "Gebietsschlüssel", "Stimmbezirk", "Wahlbezirk", "Baublock", "Block", "Sozialraum", "Bezirk",
               "Statistischer Bezirk", "Statistischer Bezirk Nr.", "Stat. Bezirk", "Kleinstes Gebiet", "Stimmbezirk-Nr.", "Gebiet-Nr.",
               "Gebiets-Nr.", "Quartier", "Wahlbezirk-Nr.", "Stadtbezirk", "Bezirk-Nr.", "Bezirks-Nr.", "Ortsteil", "Stadtteil"),
    "von": ("Hausnummer von", "von", "von Hausnummer", "Nr. von", "von Nr.", "Beginn"),
    "von_zusatz": ("Zusatz von", "von Zusatz", "Hausnummerzusatz von", "Zus. von", "von Zus."),
    "bis": ("Hausnummer bis", "bis", "bis Hausnummer", "Nr. bis", "bis Nr.", "Ende"),
    "bis_zusatz": ("Zusatz bis", "bis Zusatz", "Hausnummerzusatz bis", "Zus. bis", "bis Zus."),
    "bereich": ("Hausnummern", "Hausnummer", "Hausnummernbereich", "Hausnummer von bis", "Hausnummer von-bis", "von bis", "von-bis",
                "Nummern", "Bereich", "Nr. von bis", "Hausnummern (von-bis)", "Nr."),
    "gerade": ("gerade", "gerade Hausnummern", "gerade Nummern", "gerade Nr.", "gerade Seite", "Hausnummern gerade"),
    "gerade_von": ("gerade von", "gerade Hausnummern von", "gerade Hausnummer von", "von gerade", "Hausnummer gerade von"),
    "gerade_bis": ("gerade bis", "gerade Hausnummern bis", "gerade Hausnummer bis", "bis gerade", "Hausnummer gerade bis"),
    "ungerade": ("ungerade", "ungerade Hausnummern", "ungerade Nummern", "ungerade Nr.", "ungerade Seite",
                 "Hausnummern ungerade"),
    "ungerade_von": ("ungerade von", "ungerade Hausnummern von", "ungerade Hausnummer von", "von ungerade",
                     "Hausnummer ungerade von"),
    "ungerade_bis": ("ungerade bis", "ungerade Hausnummern bis", "ungerade Hausnummer bis", "bis ungerade",
                     "Hausnummer ungerade bis"),
    "seite": ("Seite", "G/U", "G/U/A", "gerade/ungerade", "gerade/ungerade/alle", "Art", "Straßenseite", "Hausnummernart"),
}  # fmt: skip
_ZUSATZ = {
    kopfwort(t)
    for t in (
        "Zusatz",
        "Zus.",
        "Hausnummerzusatz",
        "Hausnr.-Zusatz",
        "HNr-Zus.",
        "Buchstabe",
        "Buchst.",
        "Adresszusatz",
    )
}
_UNLESBAR = Hausnummer(-1)
_MIT_SEITE = re.compile(r"\d{1,4}\s+[guGU]")


@attrs.frozen
class Strassenlesung:
    """What a file says: its sections, its findings, and under which header each column was found (to be shown)."""

    datei: str
    pruefsumme: str
    abschnitte: tuple[Strassenabschnitt, ...]
    befunde: tuple[Befund, ...]
    spalten: dict[str, str]

    @property
    def bereit(self) -> bool:
        """Whether it can be taken over: there is something, and no FEHLER."""
        return bool(self.abschnitte) and all(b.schwere is not Schwere.FEHLER for b in self.befunde)


def read_strassenverzeichnis(
    pfad: Path | str,
    gebiete: Collection[str],
    *,
    leseart: Leseart | None = None,
    fortschritt: Callable[[int, int, str], None] | None = None,
    stop: threading.Event | None = None,
) -> Strassenlesung:
    """Read and check a Straßenverzeichnis.

    Raises:
        DateiFehler: the file cannot be read. Abgebrochen: stopped.
    """
    return read_abschnitte(read_rohmappe(pfad, leseart=leseart, fortschritt=fortschritt, stop=stop), gebiete)


def read_abschnitte(mappe: Rohmappe, gebiete: Collection[str]) -> Strassenlesung:
    """Find the sheets with a Straßenverzeichnis (one for A–K, one for L–Z) and turn their rows into checked sections.

    Args:
        mappe: the file.
        gebiete: keys of the smallest areas; "3" in a file is "003" where only that exists.

    Returns:
        the sections; findings of `check_abschnitte`, of the reading, and STRASSE-SPALTEN (no sheet has the columns),
        STRASSE-BLATT (a sheet with other columns, not read), STRASSE-NUMMER, STRASSE-ZUSATZ, STRASSE-UNVOLLSTAENDIG, STRASSE-SEITE-UNBEKANNT per cell.
    """
    leser: _Leser | None = None
    titel: dict[str, str] = {}
    for blatt in mappe.blaetter:
        kopf, spalten = _find_kopf(blatt)
        if not spalten:
            continue
        spalten["gebiet"] = _choose_gebiet(blatt, kopf, spalten["gebiet"], gebiete)
        if leser is None:
            leser = _Leser(mappe.datei, gebiete)
            titel = {art: cell_text(blatt.wert(kopf, s)) for art, s in spalten.items()}
        leser.read(blatt, kopf, spalten)
    if leser is not None:
        befunde = (
            *mappe.befunde, *leser.befunde, *check_abschnitte(leser.abschnitte, gebiete, leser.orte, mappe.datei)
        )  # fmt: skip
        return Strassenlesung(mappe.datei, mappe.pruefsumme, tuple(leser.abschnitte), befunde, titel)
    fehlt = Befund(
        "STRASSE-SPALTEN", Schwere.FEHLER, f"In „{mappe.datei}“ ist kein Straßenverzeichnis zu erkennen.",
        "Eine Kopfzeile mit „Straße“ (oder „Straßenschlüssel“) und „Gebiet“ muss da sein, dazu „Hausnummer von“, "
        "„Hausnummer bis“ und „Seite“.", mappe.datei,
    )  # fmt: skip
    return Strassenlesung(mappe.datei, mappe.pruefsumme, (), (*mappe.befunde, fehlt), {})


def _find_kopf(blatt: Rohblatt) -> tuple[int, dict[str, int]]:
    """Find the header: the row before a found table, else the first rows, whichever names the most columns.

    "gerade" and "ungerade" may stand in the row above "von" and "bis", over two columns each.
    """
    zeilen = [fund.kopf.bis_zeile for fund in find_tabellen(blatt) if fund.kopf]
    beste: tuple[int, dict[str, int]] = (0, {})
    for z in dict.fromkeys([*zeilen, *range(min(_KOPFZEILEN, blatt.hoehe))]):
        texte = _name_zusatz([cell_text(wert) for wert in blatt.zeilen[z]])
        for kopf in (texte, _with_row_above(blatt, z, texte)):
            spalten = recognise(kopf, _SPALTEN)
            if "gebiet" in spalten and {"strasse", "name"} & set(spalten) and len(spalten) > len(beste[1]):
                beste = z, spalten
    if "bereich" in beste[1] and "von" not in beste[1] and "bis" in beste[1]:
        beste[1]["von"] = beste[1].pop("bereich")  # "Hausnummer | bis"
    return beste


def _name_zusatz(texte: list[str]) -> list[str]:
    """Say of a column that is only called "Zusatz" whether it belongs to "von" or "bis": to the one that stands before it."""
    kopf, ende = [], ""
    for text in texte:
        art = next(iter(recognise([text], _SPALTEN)), "")
        ende = art if art in ("von", "bis") else ende if not text or kopfwort(text) in _ZUSATZ else ""
        kopf.append(f"Zusatz {ende}" if ende and kopfwort(text) in _ZUSATZ else text)
    return kopf


def _choose_gebiet(blatt: Rohblatt, kopf: int, erste: int, gebiete: Collection[str]) -> int:
    """Of several columns that name areas (Stimmbezirk, Sozialraum, Baublock …) take the one that names the smallest areas."""
    namen = {"gebiet": _SPALTEN["gebiet"]}
    spalten = [s for s, wert in enumerate(blatt.zeilen[kopf]) if recognise([cell_text(wert)], namen)]
    bekannt = {g.lstrip("0") for g in gebiete}

    def count(s: int) -> int:
        return sum(cell_text(blatt.wert(z, s)).lstrip("0") in bekannt for z in range(kopf + 1, blatt.hoehe))

    return max([erste, *spalten], key=count)


def _with_row_above(blatt: Rohblatt, z: int, texte: list[str]) -> list[str]:
    """Put the side of the street that stands above before "von" and "bis", and take other headers from there."""
    if not z:
        return texte
    oben, seite = [cell_text(wert) for wert in blatt.zeilen[z - 1]], ""
    kopf = []
    for darueber, text in zip(oben, texte, strict=True):
        wort = re.search(r"\b(un)?gerade", darueber.casefold())
        seite = wort[0] if wort else "" if darueber else seite
        passt = seite and norm(text) in ("von", "bis")
        kopf.append(f"{seite} {text}" if passt else text or ("" if wort else darueber))
    return kopf


class _Leser:
    """Turns rows into sections, one after another."""

    _blatt: Rohblatt

    def __init__(self, datei: str, gebiete: Collection[str]) -> None:
        self._datei, self._spalten = datei, dict[str, int]()
        self._gebiete = {g.lstrip("0"): g for g in gebiete if g.isdigit()} | {g: g for g in gebiete}
        self._anzahl: dict[str, int] = {}
        self.abschnitte: list[Strassenabschnitt] = []
        self.befunde: list[Befund] = []
        self.orte: dict[tuple[str, int], tuple[str, str]] = {}

    def read(self, blatt: Rohblatt, kopf: int, spalten: dict[str, int]) -> None:
        """Read all rows of a sheet; one with other columns than the sheets before is only named."""
        if self._spalten and set(self._spalten) != set(spalten):
            text = f"Auch auf dem Blatt „{blatt.name}“ stehen Straßen und Gebiete, aber in anderen Spalten; es wurde nicht gelesen."
            rat = "Gehört es zum Straßenverzeichnis, die Überschriften angleichen; sonst so lassen."
            self.befunde.append(Befund("STRASSE-BLATT", Schwere.FRAGE, text, rat, self._datei, blatt.name))
            return
        self._blatt, self._spalten = blatt, spalten
        for z in range(kopf + 1, blatt.hoehe):
            self.take(z)

    def take(self, z: int) -> None:
        """Read one row; an empty one is passed over."""
        texte = {art: cell_text(self._blatt.wert(z, s)) for art, s in self._spalten.items()}
        if not any(texte.values()):
            return
        name, gebiet = texte.get("name", ""), texte["gebiet"]
        strasse = texte.get("strasse", "") or norm_strasse(name)
        if not strasse or not gebiet:
            self._report(
                "STRASSE-UNVOLLSTAENDIG", Schwere.FRAGE, z, "gebiet" if strasse else "name",
                "In dieser Zeile fehlt " + ("das Gebiet." if strasse else "die Straße.") + " Sie wurde nicht gelesen.",
                "Ergänzen oder die Zeile löschen.",
            )  # fmt: skip
            return
        for art, lauf in self._read_laeufe(z, texte):
            nummer = self._anzahl[strasse] = self._anzahl.get(strasse, 0) + 1
            self.orte[(strasse, nummer)] = (
                self._blatt.name,
                adresse(z, self._spalten.get(art, self._spalten["gebiet"])),
            )
            self.abschnitte.append(
                Strassenabschnitt(
                    strasse, nummer, name or strasse, self._gebiete.get(gebiet, gebiet),
                    lauf.von.nummer if lauf.von else None, lauf.von.zusatz if lauf.von else "",
                    lauf.bis.nummer if lauf.bis else None, lauf.bis.zusatz if lauf.bis else "", lauf.seite or Seite.ALLE,
                )
            )  # fmt: skip

    def _read_laeufe(self, z: int, texte: dict[str, str]) -> list[tuple[str, Lauf]]:
        """Read the house numbers of a row: (column, run); columns for even and odd numbers give a run each."""
        laeufe: list[tuple[str, Lauf]] = []
        geteilt = [a for a in ("gerade", "gerade_von", "ungerade", "ungerade_von") if a in self._spalten]
        for art in geteilt:
            seite = Seite.UNGERADE if art.startswith("ungerade") else Seite.GERADE
            ende = f"{seite.value}_bis"
            if texte[art] or (art.endswith("_von") and texte.get(ende)):
                gelesen = (
                    self._read_paar(z, art, ende, texte) if art.endswith("_von") else self._read_bereich(z, art, texte)
                )
                laeufe += [(art, lauf._replace(seite=seite)) for lauf in gelesen]
        if laeufe or (geteilt and any(texte[art] for art in geteilt)):
            return laeufe
        eigene = self._seite(z, texte.get("seite", ""))
        nur_bereich = "bereich" in self._spalten and "von" not in self._spalten
        spalte = "bereich" if nur_bereich else "von"
        in_einer = re.search(r"\d\s*[a-zA-Z]?\s*[-–—]\s*\d|[,;]", texte.get("von", "")) and not texte.get("bis")
        if nur_bereich or in_einer:
            gelesen = self._read_bereich(z, spalte, texte)
        else:
            gelesen = self._read_paar(z, "von", "bis", texte)
        return [(spalte, lauf._replace(seite=lauf.seite or eigene)) for lauf in gelesen]

    def _read_paar(self, z: int, von: str, bis: str, texte: dict[str, str]) -> list[Lauf]:
        """Read a run with one column for each end; nothing when an end cannot be read.

        "9 u" at the end says the side, as "1-9 u" does in one cell: it is not the house 9u.
        """
        if _MIT_SEITE.fullmatch(texte.get(bis, "")):
            vorn = re.sub(r"(?<=\d)\s+[guGU]$", "", texte.get(von, ""))
            laeufe = parse_bereich(f"{'' if vorn in OFFEN else vorn}-{texte[bis]}")
            if laeufe is None:
                self._report(
                    "STRASSE-NUMMER", Schwere.FEHLER, z, bis,
                    f"„{texte[bis]}“ ist hier nicht eindeutig; die Zeile wurde nicht gelesen.",
                    "„gerade“ oder „ungerade“ in eine Spalte „Seite“ schreiben; bei einem Haus mit Zusatz ohne Lücke: 9u.",
                )  # fmt: skip
            return list(laeufe or ())
        anfang, ende = self._ende(z, von, texte), self._ende(z, bis, texte)
        return [] if anfang is _UNLESBAR or ende is _UNLESBAR else [Lauf(anfang, ende)]

    def _read_bereich(self, z: int, art: str, texte: dict[str, str]) -> list[Lauf]:
        """Read the runs of one cell; nothing when a part of it cannot be read."""
        wert = self._blatt.wert(z, self._spalten[art])
        laeufe = None if isinstance(wert, dt.date) else parse_bereich(texte[art])
        if laeufe is None:
            datum = " Excel hat wohl aus Hausnummern wie „1-3“ ein Datum gemacht." if isinstance(wert, dt.date) else ""
            self._report(
                "STRASSE-NUMMER", Schwere.FEHLER,  z, art,
                f"„{texte[art]}“ sind keine Hausnummern; die Zeile wurde nicht gelesen.{datum}",
                "Zum Beispiel „1–15“ oder „ab 17“ eintragen, die Zelle vorher als Text formatieren.",
            )  # fmt: skip
        return list(laeufe or ())

    def _ende(self, z: int, art: str, texte: dict[str, str]) -> Hausnummer | None:
        """Read one end: None when it is open, `_UNLESBAR` when it cannot be read."""
        text, zusatz = texte.get(art, ""), texte.get(f"{art}_zusatz", "")
        if norm(text) in OFFEN or text in OFFEN:
            return None
        if zusatz and not re.fullmatch(r"[A-Za-z]", zusatz):
            self._report(
                "STRASSE-ZUSATZ", Schwere.FRAGE, z, f"{art}_zusatz",
                f"„{zusatz}“ ist kein Zusatz von a bis z; er zählt nicht.", "Einen Buchstaben eintragen oder leeren.",
            )  # fmt: skip
        nummer = parse_hausnummer(text, zusatz) if re.fullmatch(r"\d{1,4}\s*[A-Za-z]?", text) else None
        if nummer is None:
            self._report(
                "STRASSE-NUMMER", Schwere.FEHLER, z, art, f"„{text}“ ist keine Hausnummer; die Zeile wurde nicht gelesen.",
                "Eine Zahl eintragen, den Buchstaben dahinter oder in die Spalte „Zusatz“.",
            )  # fmt: skip
            return _UNLESBAR
        return nummer

    def _seite(self, z: int, text: str) -> Seite:
        seite = SEITEN.get(norm(text)) if text not in ("-", "–") else Seite.ALLE
        if seite is None:
            self._report(
                "STRASSE-SEITE-UNBEKANNT", Schwere.FRAGE, z, "seite",
                f"„{text}“ sagt nicht, welche Hausnummern gemeint sind; gelesen als „alle“.",
                "„alle“, „gerade“ oder „ungerade“ eintragen.",
            )  # fmt: skip
        return seite or Seite.ALLE

    def _report(self, code: str, schwere: Schwere, z: int, art: str, text: str, rat: str) -> None:
        stelle = adresse(z, self._spalten.get(art, 0))
        self.befunde.append(Befund(code, schwere, text, rat, self._datei, self._blatt.name, stelle))
