"""Wahlamt: one .ods per municipal election by Stimmbezirk; codes as text in 2020, as numbers in 2025."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

from lindenrath.raum import AGS, STIMMBEZIRKE
from lindenrath.soziales import wahl
from lindenrath.werkstatt import Werkstatt, prozent

ABSENDER = "Wahlamt"
WAHLTAGE = {2020: dt.date(2020, 9, 13), 2025: dt.date(2025, 9, 14)}


def liefern(w: Werkstatt, jahr: int) -> None:
    """Write turnout by Stimmbezirk, postal votes included in the Stimmbezirk of the voter."""
    tag = WAHLTAGE[jahr]
    pfad = w.begin(
        f"{jahr}/Kommunalwahl_{jahr}_Stimmbezirke.ods",
        ABSENDER,
        befunde=("CODE-NULLEN", "SPALTE-UNGELESEN") if jahr == 2025 else ("SPALTE-UNGELESEN",),
        hinweis="Nach Stimmbezirken; zwei schneiden mehrere Sozialräume"
        + ("; Nummern ohne führende Nullen" if jahr == 2025 else ""),
    )
    zeilen: list[list[object]] = [
        [f"Kommunalwahl am {tag:%d.%m.%Y} – Wahl des Rates der Stadt Lindenrath"],
        ["Wahlbeteiligung nach Stimmbezirken (Urnen- und Briefwahl)"],
        [],
        ["Stimmbezirk", "Wahllokal", "Wahlberechtigte", "Wähler/innen", "Wahlbeteiligung"],
    ]
    summe = {"wahlberechtigte": 0, "waehler": 0}
    for bezirk in STIMMBEZIRKE:
        werte = wahl(bezirk.schluessel, jahr)
        nummer: object = int(bezirk.schluessel) if jahr == 2025 else bezirk.schluessel
        zeilen.append([nummer, bezirk.lokal, *werte.values(), prozent(werte["waehler"], werte["wahlberechtigte"])])
        for merkmal, wert in werte.items():
            summe[merkmal] += wert
            w.note(bezirk.schluessel, merkmal, tag, wert)
    zeilen.append(["Stadt insgesamt", "", *summe.values(), prozent(summe["waehler"], summe["wahlberechtigte"])])
    for merkmal, wert in summe.items():
        w.note(AGS, merkmal, tag, wert)
    zeilen += [[], ["Briefwählerinnen und Briefwähler sind ihrem Stimmbezirk zugerechnet."], ["Quelle: Wahlamt"]]
    _write_ods(pfad, "Ratswahl", zeilen)


def _write_ods(pfad: Path, blattname: str, zeilen: list[list[object]]) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableRow

    dokument = OpenDocumentSpreadsheet()
    tabelle = Table(name=blattname)
    for werte in zeilen:
        zeile = TableRow()
        for wert in werte or [""]:
            zeile.addElement(_zelle(wert))
        tabelle.addElement(zeile)
    dokument.spreadsheet.addElement(tabelle)
    roh = io.BytesIO()
    dokument.write(roh)
    _write_zip(pfad, roh)


def _zelle(wert: object) -> Any:
    from odf.table import TableCell
    from odf.text import P

    if isinstance(wert, int):
        zelle = TableCell(valuetype="float", value=str(wert))
    else:
        zelle = TableCell(valuetype="string") if wert else TableCell()
    if wert != "":
        zelle.addElement(P(text=str(wert)))
    return zelle


def _write_zip(pfad: Path, roh: io.BytesIO) -> None:
    """Copy the package with fixed times: odfpy stamps every part with the clock."""
    with zipfile.ZipFile(roh) as quelle, zipfile.ZipFile(pfad, "w") as ziel:
        for name in quelle.namelist():
            teil = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            teil.create_system = 0
            teil.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            ziel.writestr(teil, quelle.read(name))
