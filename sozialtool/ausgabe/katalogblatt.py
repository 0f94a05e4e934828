"""Any list of domain records as an Excel sheet that the planner edits and gives back (`erhebung.listen`).

Everything comes from the field descriptions: heads, help while typing, choices, date formats, text that stays text.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import quote_sheetname, xl_range_abs

from sozialtool.ausgabe.blatt import KLEINSTE_SKALA, Blatt, Seitenrahmen
from sozialtool.ausgabe.datei import write_ganz
from sozialtool.ausgabe.mappe import Mappe, sauber
from sozialtool.ausgabe.schrift import breite
from sozialtool.ausgabe.stil import STIL, Stil
from sozialtool.fach.felder import Feld, felder_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format

KOPFZEILE = 4
"""Row of the heads, from 0."""
NEUE_ZEILEN = 300
"""Empty rows below the list that are prepared for new records."""
EIGENSCHAFT = "sozialtool-Liste"
"""Custom document property that names the class of a list."""
_ERSTELLT = dt.date(2025, 1, 1)
_AUSWAHLBLATT = "Auswahl"


def write_liste(pfad: Path | str, klasse: type, objekte: Iterable[object], titel: str, *, stil: Stil = STIL) -> None:
    """Write records of a domain class, to be edited in Excel.

    Args:
        pfad: target, ending in .xlsx; replaced as a whole.
        klasse: a class of `fach` with described fields.
        objekte: its records, written in their order.
        titel: head of the sheet.
        stil: colours and font.

    Raises:
        DateiGesperrt: the target is open in Excel.
        DateiFehler: the target cannot be written.
    """
    felder = felder_of(klasse)
    liste = list(objekte)
    with write_ganz(Path(pfad)) as vorlaeufig:
        mappe = Mappe(vorlaeufig, stil)
        # No date of its own: the same list gives the same bytes.
        mappe.set_eigenschaften(titel, f"Liste zum Bearbeiten: {klasse.__name__}", "Sozialplanung", _ERSTELLT)
        mappe.workbook.set_custom_property(EIGENSCHAFT, klasse.__name__)
        rahmen = Seitenrahmen(titel, "", "Liste zum Bearbeiten")
        blatt = Blatt(mappe, klasse.__name__, [_breite(feld, liste, stil) for feld in felder], rahmen)
        _set_druck(blatt, sum(feld.schluessel for feld in felder))
        _write_kopf(blatt, felder, titel)
        _write_tabelle(blatt, felder, liste, titel)
        _write_auswahl(mappe, blatt, felder, len(liste))
        blatt.ws.freeze_panes(KOPFZEILE + 1, sum(feld.schluessel for feld in felder))
        blatt.fertig()
        mappe.close()


def _set_druck(blatt: Blatt, schluessel: int) -> None:
    """Print a wide list readably over several pages, with the key columns and the heads on each."""
    blatt.ws.set_print_scale(KLEINSTE_SKALA)
    blatt.ws.repeat_rows(KOPFZEILE)
    if schluessel:
        blatt.ws.repeat_columns(0, schluessel - 1)


def _breite(feld: Feld, liste: Sequence[object], stil: Stil) -> int:
    texte = [feld.to_text(getattr(objekt, feld.name))[:60] for objekt in liste[:500]]
    laengste = max((breite(text, stil.groesse) for text in texte), default=0)
    return int(max(70, min(320, max(laengste, breite(feld.titel, stil.groesse, fett=True) + 22) + 12)))


def _write_kopf(blatt: Blatt, felder: Sequence[Feld], titel: str) -> None:
    stil, ws = blatt.stil, blatt.ws
    ws.write_string(blatt.rueck(28), 0, sauber(titel), blatt.formate.get(bold=True, font_size=16, font_color=stil.kopf))
    hinweis = blatt.formate.get(font_color=stil.neben)
    for text in (
        "Hier bearbeiten, speichern und in sozialtool wieder einlesen; vor dem Übernehmen werden die Unterschiede gezeigt.",
        "Neue Einträge unten anfügen, überflüssige Zeilen löschen. Überschriften und Reihenfolge der Spalten so lassen.",
    ):
        ws.write_string(blatt.rueck(), 0, text, hinweis)
    marke = blatt.formate.get(font_size=8.5, bold=True, font_color=stil.kopf)
    pflicht = blatt.formate.get(font_size=8.5, font_color=stil.neben)
    zeile = blatt.rueck()
    for spalte, feld in enumerate(felder):
        if feld.schluessel:
            ws.write_string(zeile, spalte, "Schlüssel: nicht ändern", marke)
        elif feld.pflicht:
            ws.write_string(zeile, spalte, "Pflicht", pflicht)
    blatt.rueck(22)


def _write_tabelle(blatt: Blatt, felder: Sequence[Feld], liste: Sequence[object], titel: str) -> None:
    stil, ws = blatt.stil, blatt.ws
    ende = KOPFZEILE + max(len(liste), 1)
    spalten = []
    for feld in felder:
        grund = {"bg_color": stil.kopf, "font_color": "#FFFFFF"} if feld.schluessel else {"bg_color": stil.band}
        spalten.append({"header": feld.titel, "header_format": blatt.formate.get(bold=True, **grund)})
    ws.add_table(KOPFZEILE, 0, ende, len(felder) - 1, {
        "columns": spalten, "name": "Liste", "style": "Table Style Light 1", "title": sauber(titel)[:250],
        "description": "Eine Zeile je Eintrag. Dunkle Überschriften sind Schlüssel.",
    })  # fmt: skip
    formate = [_format(blatt, feld) for feld in felder]
    for spalte, format_ in enumerate(formate):
        # The format of the whole column: what is typed into a new row stays text where it is text.
        ws.set_column_pixels(spalte, spalte, blatt.breiten[spalte], format_)
    for zeile, objekt in enumerate(liste, start=KOPFZEILE + 1):
        for spalte, feld in enumerate(felder):
            _write_wert(blatt, (zeile, spalte), feld, getattr(objekt, feld.name), formate[spalte])
    blatt.zeile = ende + 1


def _format(blatt: Blatt, feld: Feld) -> Format:
    if feld.art is int:
        return blatt.formate.get(num_format="0", align="right")
    if feld.art is float:
        return blatt.formate.get(num_format="General", align="right")
    if feld.art is dt.datetime:
        return blatt.formate.get(num_format="dd.mm.yyyy hh:mm", align="left")
    if feld.art is dt.date:
        return blatt.formate.get(num_format="dd.mm.yyyy", align="left")
    return blatt.formate.get(num_format="@")


def _write_wert(blatt: Blatt, ort: tuple[int, int], feld: Feld, wert: Any, format_: Format) -> None:
    if wert is None or wert in {"", ()}:
        return
    if isinstance(wert, dt.date):
        zeit = wert if isinstance(wert, dt.datetime) else dt.datetime.combine(wert, dt.time())
        blatt.ws.write_datetime(*ort, zeit, format_)
    elif isinstance(wert, int | float) and not isinstance(wert, bool | enum.Enum):
        blatt.ws.write_number(*ort, wert, format_)
    else:
        blatt.ws.write_string(*ort, sauber(feld.to_text(wert)), format_)


# -- what may be typed ----------------------------------------------------------------------------------------------


def _write_auswahl(mappe: Mappe, blatt: Blatt, felder: Sequence[Feld], anzahl: int) -> None:
    """Set help and allowed values for the list and the empty rows below it; long choices get a visible sheet."""
    letzte = KOPFZEILE + anzahl + NEUE_ZEILEN
    lang: list[Feld] = []
    for spalte, feld in enumerate(felder):
        regel = _regel(feld, lang)
        hilfe = _hilfe(feld)
        if hilfe:
            regel |= {"input_title": feld.titel[:32], "input_message": hilfe[:255]}
        if regel:
            blatt.ws.data_validation(KOPFZEILE + 1, spalte, letzte, spalte, {"validate": "any", **regel})
    if lang:
        _write_auswahlblatt(mappe, lang)


def _hilfe(feld: Feld) -> str:
    einheit = f"Einheit: {feld.einheit}." if feld.einheit else ""
    mehrere = "Mehrere durch Semikolon trennen." if feld.art is tuple else ""
    return " ".join(teil for teil in (feld.hilfe, einheit, mehrere) if teil)


def _regel(feld: Feld, lang: list[Feld]) -> dict[str, Any]:
    fehler = {"error_title": "Das passt hier nicht", "ignore_blank": True}
    auswahl = [wert for wert in feld.auswahl if wert] or (["ja", "nein"] if feld.art is bool else [])
    if auswahl:
        text = "Möglich sind: " + ", ".join(auswahl) + "."
        quelle: Any = auswahl
        if len(",".join(auswahl)) > 255 or any("," in wert for wert in auswahl):
            lang.append(feld)
            bereich = xl_range_abs(1, len(lang) - 1, len(auswahl), len(lang) - 1)
            quelle = f"={quote_sheetname(_AUSWAHLBLATT)}!{bereich}"
        return {"validate": "list", "source": quelle, "error_message": text[:255], **fehler}
    if feld.art is int:
        return {
            "validate": "integer", "criteria": "between", "minimum": -(10**9), "maximum": 10**9,
            "error_message": "Erwartet wird eine ganze Zahl.", **fehler,
        }  # fmt: skip
    if feld.art is float:
        return {
            "validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12,
            "error_message": "Erwartet wird eine Zahl.", **fehler,
        }  # fmt: skip
    if feld.art is dt.date:
        return {
            "validate": "date", "criteria": "between", "minimum": dt.date(1900, 1, 2), "maximum": dt.date(2199, 12, 31),
            "error_message": "Erwartet wird ein Datum wie 31.12.2025.", **fehler,
        }  # fmt: skip
    return {}


def _write_auswahlblatt(mappe: Mappe, felder: Sequence[Feld]) -> None:
    """Write long choices on a sheet of their own, visible: nothing in our workbooks is hidden."""
    ws = mappe.add_blatt(_AUSWAHLBLATT)
    kopf = mappe.formate.get(bold=True, bg_color=mappe.stil.band)
    for spalte, feld in enumerate(felder):
        ws.write_string(0, spalte, feld.titel, kopf)
        ws.set_column_pixels(spalte, spalte, 220)
        for zeile, wert in enumerate((wert for wert in feld.auswahl if wert), start=1):
            ws.write_string(zeile, spalte, sauber(wert), mappe.formate.get())
