"""A Straßenverzeichnis from Excel or a text file becomes Strassenabschnitte, with every row that cannot be one named."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection
from pathlib import Path

import attrs

from sozialtool.einlesen.fund import cell_text
from sozialtool.einlesen.lesen import read_rohmappe
from sozialtool.einlesen.rohblatt import Leseart, Rohblatt, Rohmappe, adresse
from sozialtool.einlesen.strassen.kopfworte import recognise
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
               "Statistischer Bezirk", "Kleinstes Gebiet", "Stimmbezirk-Nr.", "Gebiet-Nr.", "Quartier", "Wahlbezirk-Nr."),
    "von": ("Hausnummer von", "von", "von Hausnummer", "Nr. von", "von Nr.", "Beginn"),
    "von_zusatz": ("Zusatz von", "von Zusatz", "Hausnummerzusatz von", "Zus. von", "von Zus."),
    "bis": ("Hausnummer bis", "bis", "bis Hausnummer", "Nr. bis", "bis Nr.", "Ende"),
    "bis_zusatz": ("Zusatz bis", "bis Zusatz", "Hausnummerzusatz bis", "Zus. bis", "bis Zus."),
    "seite": ("Seite", "G/U", "G/U/A", "gerade/ungerade", "gerade/ungerade/alle", "Art", "Straßenseite", "Hausnummernart"),
}  # fmt: skip
_SEITEN = {
    "": Seite.ALLE, "alle": Seite.ALLE, "a": Seite.ALLE, "beide": Seite.ALLE, "b": Seite.ALLE, "f": Seite.ALLE,
    "fortlaufend": Seite.ALLE, "gesamt": Seite.ALLE, "g": Seite.GERADE, "gerade": Seite.GERADE, "ger": Seite.GERADE,
    "gerade nr": Seite.GERADE, "u": Seite.UNGERADE, "ungerade": Seite.UNGERADE, "ung": Seite.UNGERADE, "unger": Seite.UNGERADE,
    "ungerade nr": Seite.UNGERADE,
}  # fmt: skip
_OFFEN = {"", "-", "–", "ende", "schluss", "*", "ff", "anfang", "alle", "9999", "999", "0", "0000", "000"}
"""How people write "from the first" or "to the last"."""
_UNLESBAR = Hausnummer(-1)


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
    """Find the sheet with a Straßenverzeichnis and turn its rows into checked sections.

    Args:
        mappe: the file.
        gebiete: keys of the smallest areas; "3" in a file is "003" where only that exists.

    Returns:
        the sections; findings of `check_abschnitte`, of the reading, and STRASSE-SPALTEN (no sheet has the columns),
        STRASSE-NUMMER, STRASSE-ZUSATZ, STRASSE-UNVOLLSTAENDIG, STRASSE-SEITE-UNBEKANNT per cell.
    """
    for blatt in mappe.blaetter:
        kopf, spalten = _find_kopf(blatt)
        if spalten:
            leser = _Leser(blatt, mappe.datei, spalten, gebiete)
            for z in range(kopf + 1, blatt.hoehe):
                leser.take(z)
            befunde = (
                *mappe.befunde,
                *leser.befunde,
                *check_abschnitte(leser.abschnitte, gebiete, leser.orte, mappe.datei),
            )
            titel = {art: cell_text(blatt.wert(kopf, s)) for art, s in spalten.items()}
            return Strassenlesung(mappe.datei, mappe.pruefsumme, tuple(leser.abschnitte), befunde, titel)
    fehlt = Befund(
        "STRASSE-SPALTEN", Schwere.FEHLER, f"In „{mappe.datei}“ ist kein Straßenverzeichnis zu erkennen.",
        "Eine Kopfzeile mit „Straße“ (oder „Straßenschlüssel“) und „Gebiet“ muss da sein, dazu „Hausnummer von“, "
        "„Hausnummer bis“ und „Seite“.", mappe.datei,
    )  # fmt: skip
    return Strassenlesung(mappe.datei, mappe.pruefsumme, (), (*mappe.befunde, fehlt), {})


def _find_kopf(blatt: Rohblatt) -> tuple[int, dict[str, int]]:
    """Find the header: the row before a found table, else the first rows, whichever names the most columns."""
    zeilen = [fund.kopf.bis_zeile for fund in find_tabellen(blatt) if fund.kopf]
    beste: tuple[int, dict[str, int]] = (0, {})
    for z in dict.fromkeys([*zeilen, *range(min(_KOPFZEILEN, blatt.hoehe))]):
        spalten = recognise(map(cell_text, blatt.zeilen[z]), _SPALTEN)
        if "gebiet" in spalten and {"strasse", "name"} & set(spalten) and len(spalten) > len(beste[1]):
            beste = z, spalten
    return beste


class _Leser:
    """Turns rows into sections, one after another."""

    def __init__(self, blatt: Rohblatt, datei: str, spalten: dict[str, int], gebiete: Collection[str]) -> None:
        self._blatt, self._datei, self._spalten = blatt, datei, spalten
        self._gebiete = {g.lstrip("0"): g for g in gebiete if g.isdigit()} | {g: g for g in gebiete}
        self._anzahl: dict[str, int] = {}
        self.abschnitte: list[Strassenabschnitt] = []
        self.befunde: list[Befund] = []
        self.orte: dict[tuple[str, int], tuple[str, str]] = {}

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
        von, bis = self._ende(z, "von", texte), self._ende(z, "bis", texte)
        if von is _UNLESBAR or bis is _UNLESBAR:
            return
        nummer = self._anzahl[strasse] = self._anzahl.get(strasse, 0) + 1
        self.orte[(strasse, nummer)] = (self._blatt.name, adresse(z, self._spalten.get("von", self._spalten["gebiet"])))
        self.abschnitte.append(
            Strassenabschnitt(
                strasse, nummer, name or strasse, self._gebiete.get(gebiet, gebiet),
                von.nummer if von else None, von.zusatz if von else "",
                bis.nummer if bis else None, bis.zusatz if bis else "", self._seite(z, texte.get("seite", "")),
            )
        )  # fmt: skip

    def _ende(self, z: int, art: str, texte: dict[str, str]) -> Hausnummer | None:
        """Read one end: None when it is open, `_UNLESBAR` when it cannot be read."""
        text, zusatz = texte.get(art, ""), texte.get(f"{art}_zusatz", "")
        if norm(text) in _OFFEN or text in _OFFEN:
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
        seite = _SEITEN.get(norm(text)) if text not in ("-", "–") else Seite.ALLE
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
