"""Where things stand in a returned form: its mark, its rows and columns, whatever was inserted, moved or renamed."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from sozialtool.einlesen.rohblatt import Rohblatt, Rohmappe, Zellwert
from sozialtool.erhebung.formular import (
    ANMERKUNG,
    BEMERKUNG,
    GESAMT,
    PRUEFUNG,
    SUMME,
    VERSTECKT,
    VORJAHR,
    WAHLTAG,
    WEIL,
    Formular,
    Kennung,
)
from sozialtool.orte import lang

_EIGENSCHAFTEN = ("docProps/custom.xml", "meta.xml")
_HOECHSTENS = 200_000
_BEIWERK = (GESAMT, SUMME, PRUEFUNG, WEIL, BEMERKUNG, WAHLTAG)


@attrs.frozen
class Lage:
    """Rows and columns of a form in a sheet, counted from 0.

    Attributes:
        blatt: the sheet.
        zeilen: key of a row (area, #gesamt, #weil, #bemerkung) → row.
        spalten: key of a Merkmal (or #anmerkung) → column.
        vorjahr: columns of last year's figures, Merkmal → column.
        kopf: row of the heads by which it was found.
        doppelt: (key, row or column) that came a second time.
        namen: rows whose key and name contradict each other: (key, name that stands there).
    """

    blatt: Rohblatt
    zeilen: dict[str, int]
    spalten: dict[str, int]
    vorjahr: dict[str, int]
    kopf: int
    doppelt: tuple[tuple[str, int], ...] = ()
    namen: tuple[tuple[str, str], ...] = ()

    @property
    def guete(self) -> int:
        """How much of a form was found."""
        return len(self.zeilen) * len(self.spalten)


@attrs.frozen
class Bauplan:
    """Keys and names of rows and columns, as the project or the hidden sheet of the file itself knows them."""

    gebiete: dict[str, str]
    merkmale: dict[str, str]


def plan_of(formular: Formular) -> Bauplan:
    """Return the plan of a form."""
    return Bauplan({g.schluessel: g.name for g in formular.gebiete}, {m.schluessel: m.name for m in formular.merkmale})


def find_kennung(mappe: Rohmappe, pfad: Path | str) -> Kennung | None:
    """Find the mark: on the hidden sheet, in any cell, or in the properties of the document."""
    for blatt in sorted(mappe.blaetter, key=lambda b: b.name != VERSTECKT):
        for _, _, wert in blatt.belegt():
            if isinstance(wert, str) and (kennung := Kennung.from_text(wert)):
                return kennung
    return _find_eigenschaft(Path(pfad))


def _find_eigenschaft(pfad: Path) -> Kennung | None:
    """Look into the custom properties (xlsx) or the metadata (ods); a damaged package has none."""
    try:
        with zipfile.ZipFile(lang(pfad)) as paket:
            for teil in set(_EIGENSCHAFTEN) & set(paket.namelist()):
                with paket.open(teil) as strom:
                    kennung = Kennung.from_text(strom.read(_HOECHSTENS).decode("utf-8", errors="replace"))
                if kennung:
                    return kennung
    except (OSError, RuntimeError, ValueError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return None
    return None


def read_plan(mappe: Rohmappe) -> Bauplan | None:
    """Read rows and columns from the hidden sheet of a form; None when it is gone."""
    for blatt in mappe.blaetter:
        teile: dict[str, dict[str, str]] = {"gebiet": {}, "merkmal": {}}
        for zeile in blatt.zeilen:
            if len(zeile) >= 3 and zeile[0] in teile and zeile[1]:
                teile[str(zeile[0])][str(zeile[1])] = str(zeile[2] or "")
        if teile["gebiet"] and teile["merkmal"]:
            return Bauplan(teile["gebiet"], teile["merkmal"])
    return None


def find_lage(mappe: Rohmappe, plan: Bauplan) -> Lage | None:
    """Find the table in whatever sheet it is; None when neither keys nor names of the form are there."""
    lagen = [lage for blatt in mappe.blaetter for lage in _find_in(blatt, plan)]
    beste = max(lagen, key=lambda lage: lage.guete, default=None)
    return beste if beste is not None and beste.guete else None


def _find_in(blatt: Rohblatt, plan: Bauplan) -> Iterator[Lage]:
    for namen in (False, True):  # by keys first; by names where the small line of keys was deleted
        finder = _finder(plan.merkmale, namen=namen)
        treffer = [(sum(finder(wert) != "" for wert in zeile), -z) for z, zeile in enumerate(blatt.zeilen)]
        anzahl, minus = max(treffer, default=(0, 0))
        if anzahl:
            yield _build(blatt, -minus, finder, plan, mit_vorjahr=namen)


def _build(blatt: Rohblatt, kopf: int, finder: _Finder, plan: Bauplan, *, mit_vorjahr: bool) -> Lage:
    spalten: dict[str, int] = {}
    vorjahr: dict[str, int] = {}
    doppelt: list[tuple[str, int]] = []
    letzte = ""
    for spalte, wert in enumerate(blatt.zeilen[kopf]):
        schluessel = finder(wert)
        if schluessel and schluessel in spalten:
            doppelt.append((schluessel, spalte))
        elif schluessel:
            spalten[schluessel] = spalte
            letzte = schluessel
            if mit_vorjahr:
                vorjahr[schluessel] = spalte + 1
        elif _form(wert) == VORJAHR and letzte:
            vorjahr[letzte] = spalte
        elif _form(wert) in (ANMERKUNG, _form("Anmerkungen (frei)")):
            spalten[ANMERKUNG] = spalte
    links = min(spalte for name, spalte in spalten.items() if name != ANMERKUNG)
    zeilen, mehr, namen = _find_zeilen(blatt, kopf, links, plan.gebiete)
    return Lage(blatt, zeilen, spalten, vorjahr, kopf, (*doppelt, *mehr), namen)


def _find_zeilen(
    blatt: Rohblatt, kopf: int, links: int, gebiete: Mapping[str, str]
) -> tuple[dict[str, int], list[tuple[str, int]], tuple[tuple[str, str], ...]]:
    nach_schluessel = _finder(dict.fromkeys((*gebiete, *_BEIWERK), ""), namen=False)
    nach_namen = _finder(dict(gebiete), namen=True)
    zeilen: dict[str, int] = {}
    doppelt: list[tuple[str, int]] = []
    anders: list[tuple[str, str]] = []
    for zeile in range(kopf + 1, blatt.hoehe):
        kandidaten = blatt.zeilen[zeile][:links]
        schluessel = next((k for wert in kandidaten if (k := nach_schluessel(wert))), "")
        name = next((k for wert in kandidaten if (k := nach_namen(wert))), "")
        if schluessel and name and schluessel != name:
            anders.append((schluessel, gebiete[name]))
        schluessel = schluessel or name
        if schluessel and schluessel in zeilen:
            doppelt.append((schluessel, zeile))
        elif schluessel:
            zeilen[schluessel] = zeile
    return zeilen, doppelt, tuple(anders)


@attrs.frozen
class _Finder:
    """Text of a cell → key, "" when it is none."""

    nach: dict[str, str]

    def __call__(self, wert: Zellwert) -> str:
        form = _form(wert)
        return self.nach.get(form, "") if form else ""


def _finder(namen_von: Mapping[str, str], *, namen: bool) -> _Finder:
    nach = {_form(name if namen else schluessel): schluessel for schluessel, name in namen_von.items()}
    if not namen:
        # Retyped or converted on the way: "01" became the number 1.
        for schluessel in namen_von:
            if schluessel.isdigit():
                nach.setdefault(str(int(schluessel)), schluessel)
    return _Finder(nach)


def _form(wert: Zellwert) -> str:
    if isinstance(wert, float) and wert == int(wert):
        wert = int(wert)
    return re.sub(r"\s+", " ", str(wert)).strip().casefold() if wert is not None else ""
