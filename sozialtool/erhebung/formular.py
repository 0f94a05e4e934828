"""Formular: what one Fachbereich is asked for one year, and the mark by which its workbook is known again.

The mark stands in three places of the workbook (a custom property, a very hidden sheet, a small line below the table), so
that it survives Excel, LibreOffice, a copied sheet and any file name.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

import attrs

from sozialtool.einlesen.rohblatt import Zellwert
from sozialtool.einlesen.standteile import Standteil, build_stand
from sozialtool.fach.abfrage import Fachbereich
from sozialtool.fach.messwert import Merkmal, Messwert, Zeichen
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, Gebiet, Kommune

FORM = "1"
"""Version of the layout of the workbook itself."""
EIGENSCHAFT = "sozialtool-Abfrage"
"""Custom document property that carries the mark."""
VERSTECKT = "sozialtool"
"""Name of the very hidden sheet."""
ANGABEN = "Angaben"
ERLAEUTERUNG = "Erläuterung"
RUECKFRAGEN = "Rückfragen"

GESAMT, SUMME, PRUEFUNG, WEIL, BEMERKUNG = "#gesamt", "#summe", "#pruefung", "#weil", "#bemerkung"
WAHLTAG = "#wahltag"
"""Keys of the rows below the areas."""
ANMERKUNG, VORJAHR = "#anmerkung", "#vj"
"""Keys of the columns beside the Merkmale."""

GRUENDE = {
    "wird bei uns nicht erhoben": Zeichen.FEHLT,
    "liegt nur für die ganze Stadt vor": Zeichen.FEHLT,
    "Auswertung folgt": Zeichen.FOLGT,
    "Zahlen sind zu unsicher": Zeichen.UNSICHER,
    "Datenschutz lässt es nicht zu": Zeichen.GEHEIM,
    "gibt es bei uns nicht (mehr)": Zeichen.SINNLOS,
    "gab es in diesem Jahr nicht": Zeichen.SINNLOS,
}
"""What can be chosen behind "Angabe nicht möglich, weil …", and the sign that each empty cell of the column then gets."""

_MARKE = re.compile(r"sozialtool-Abfrage\|(\w{1,8})\|(\d{4})\|(\d{8})\|([^|\s<>&\"]{1,400})\|(\d{1,4})\|([0-9a-f]{12})")


@attrs.frozen
class Kennung:
    """The mark of a form: layout, year, town, department, version, and the checksum of its rows and columns."""

    form: str
    jahr: int
    ags: str
    fachbereich: str
    fassung: int
    aufbau: str

    def to_text(self) -> str:
        """Write the mark as it stands in the workbook."""
        return f"sozialtool-Abfrage|{self.form}|{self.jahr}|{self.ags}|{quote(self.fachbereich, safe='')}|{self.fassung}|{self.aufbau}"

    @classmethod
    def from_text(cls, text: str) -> Kennung | None:
        """Find a mark anywhere in a text; None when there is none."""
        treffer = _MARKE.search(text)
        if treffer is None:
            return None
        form, jahr, ags, fachbereich, fassung, aufbau = treffer.groups()
        return cls(form, int(jahr), ags, unquote(fachbereich), int(fassung), aufbau)


@attrs.frozen
class Formular:
    """Everything that stands in the workbook for one Fachbereich and year.

    Attributes:
        kommune: the town.
        fachbereich: who is asked.
        jahr: year of the figures.
        fassung: counts up when the form is changed after it was sent.
        frist: last day for the answer, None without.
        gebiete: the rows, "nicht zuzuordnen" last.
        merkmale: the columns.
        ebene: the level of the rows for people ("Sozialraum").
        vorjahr: (gebiet, merkmal) → last year's figure; the key of the town for its totals.
        wahltag: day of the election where Merkmale are about one; None: the form asks for it.
    """

    kommune: Kommune
    fachbereich: Fachbereich
    jahr: int
    gebiete: tuple[Gebiet, ...]
    merkmale: tuple[Merkmal, ...]
    fassung: int = 1
    frist: dt.date | None = None
    ebene: str = "Sozialraum"
    vorjahr: Mapping[tuple[str, str], Messwert] = attrs.field(factory=dict, repr=False)
    wahltag: dt.date | None = None

    @property
    def kennung(self) -> Kennung:
        """The mark of this form."""
        aufbau = compute_aufbau([g.schluessel for g in self.gebiete], [m.schluessel for m in self.merkmale])
        return Kennung(FORM, self.jahr, self.kommune.ags, self.fachbereich.schluessel, self.fassung, aufbau)

    @property
    def titel(self) -> str:
        """Head of the workbook."""
        return f"Datenabfrage {self.jahr}: {self.fachbereich.name}"


def compute_aufbau(zeilen: list[str], spalten: list[str]) -> str:
    """Return the checksum of the structure: twelve hexadecimal digits over the keys of rows and columns, in their order."""
    inhalt = "\n".join([FORM, *zeilen, "", *spalten])
    return hashlib.sha256(inhalt.encode("utf-8")).hexdigest()[:12]


def is_wahl(merkmal: Merkmal) -> bool:
    """Whether its figures are about the day of an election, which every year has its own (or none)."""
    return "wahl" in merkmal.stichtag.casefold()


def stand_of(merkmal: Merkmal, jahr: int, wahltag: dt.date | None = None) -> tuple[dt.date, int]:
    """Return Stichtag (or last day) and length in years of the figures of a Merkmal for a year.

    The day of an election is `wahltag`; while it is unknown, the last day of the year stands for it.
    """
    if wahltag is not None and is_wahl(merkmal):
        return wahltag, 0
    mehrere = re.fullmatch(r"\s*(\d+)\s+Jahre\s*", merkmal.stichtag)
    angabe = Standteil(jahr=jahr, jahre=int(mehrere[1])) if mehrere else Standteil(jahr=jahr)
    stand = build_stand(angabe, merkmal.stichtag)
    assert stand is not None
    return stand


def describe_stand(merkmal: Merkmal, jahr: int, wahltag: dt.date | None = None) -> str:
    """Say for people which day or period a figure is about: "am 31.12.2025", "im Jahr 2025", "2023 bis 2025 zusammen"."""
    tag, jahre = stand_of(merkmal, jahr, wahltag)
    if jahre > 1:
        return f"{jahr - jahre + 1} bis {jahr} zusammen"
    if jahre == 1:
        return f"im Jahr {jahr}"
    if is_wahl(merkmal):
        return f"am Wahltag {wahltag:%d.%m.%Y}" if wahltag else f"am Wahltag {jahr} (bitte unten eintragen)"
    return f"am {tag:%d.%m.%Y}"


def fragt_wahltag(formular: Formular) -> bool:
    """Whether the form has a row in which the day of the election is to be entered."""
    return formular.wahltag is None and any(is_wahl(m) for m in formular.merkmale)


def text_of(wert: Zellwert) -> str:
    """Write what stands in a cell as the department typed it: 12 (not 12.0), 12,5, 31.12.2025."""
    if isinstance(wert, bool):
        return "WAHR" if wert else "FALSCH"
    if isinstance(wert, int | float):
        return f"{wert:.15g}".replace(".", ",")
    if isinstance(wert, dt.date):
        return f"{wert:%d.%m.%Y}"
    return "" if wert is None else str(wert).strip()


def build_rest(kommune: Kommune, ebene: str) -> Gebiet:
    """Make the area "nicht zuzuordnen" of a level for a town that has none yet."""
    return Gebiet(NICHT_ZUZUORDNEN, "nicht zuzuordnen", ebene, kommune.ags, reihenfolge=9999)
