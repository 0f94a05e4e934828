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

from sozialtool.ausgabe.anleitungsblatt import Listenteil, write_anleitung
from sozialtool.ausgabe.blatt import KLEINSTE_SKALA, Blatt, Seitenrahmen, rahmentext
from sozialtool.ausgabe.datei import write_ganz
from sozialtool.ausgabe.mappe import Mappe, sauber
from sozialtool.ausgabe.schrift import breite, umbrechen
from sozialtool.ausgabe.stil import STIL, Stil
from sozialtool.fach.felder import Feld, felder_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format

KOPFZEILE = 4
"""Row of the heads, from 0."""
_MINDESTBREITE = 780
"""Pixels of all columns together: the hints above a narrow list must be readable, on paper too."""
_BREITESTE, _FUER_SAETZE = 420, 620
"""Pixels of the widest column, and of one whose texts are whole sentences."""
_RAND = 8
"""Pixels of a cell that the program keeps free left and right of a text."""
LEERE_ZEILEN = 25
"""Rows of the table of a list in which nothing stands yet: a form to fill, also on paper."""
NEUE_ZEILEN = 300
"""Empty rows below the list that are prepared for new records."""
EIGENSCHAFT = "sozialtool-Liste"
"""Custom document property that names the class of a list."""
_ERSTELLT = dt.date(2025, 1, 1)
_AUSWAHLBLATT = "Auswahl"


def write_liste(pfad: Path | str, klasse: type, objekte: Iterable[object], titel: str, *, stil: Stil = STIL) -> None:
    """Write records of a domain class, to be edited in Excel; as `write_listen` with one list."""
    write_listen(pfad, [Listenteil(klasse, tuple(objekte), titel)], titel, stil=stil)


def write_listen(pfad: Path | str, teile: Sequence[Listenteil], titel: str, *, stil: Stil = STIL) -> None:
    """Write one sheet per list, to be edited in Excel, then the explanation of all columns.

    Args:
        pfad: target, ending in .xlsx; replaced as a whole.
        teile: the lists; each of a class of `fach` with described fields, no class twice.
        titel: head of the workbook.
        stil: colours and font.

    Raises:
        DateiGesperrt: the target is open in Excel.
        DateiFehler: the target cannot be written.
    """
    namen = "; ".join(teil.klasse.__name__ for teil in teile)
    with write_ganz(Path(pfad)) as vorlaeufig:
        mappe = Mappe(vorlaeufig, stil)
        # No date of its own: the same list gives the same bytes.
        mappe.set_eigenschaften(titel, f"Liste zum Bearbeiten: {namen}", "Sozialplanung", _ERSTELLT)
        mappe.workbook.set_custom_property(EIGENSCHAFT, namen)
        lang: list[Feld] = []
        for teil in teile:
            _write_teil(mappe, teil, lang)
        write_anleitung(mappe, teile, titel)
        if lang:
            _write_auswahlblatt(mappe, lang)
        mappe.close()


def _write_teil(mappe: Mappe, teil: Listenteil, lang: list[Feld]) -> None:
    felder = felder_of(teil.klasse)
    rahmen = Seitenrahmen(teil.titel, "", "Liste zum Bearbeiten")
    breiten = [_breite(feld, teil.objekte, mappe.stil) for feld in felder]
    breiten[-1] += max(0, _MINDESTBREITE - sum(breiten))
    blatt = Blatt(mappe, teil.blatt, breiten, rahmen)
    _set_druck(blatt, teil.titel, sum(feld.schluessel for feld in felder))
    _write_kopf(blatt, felder, teil.titel)
    _write_tabelle(blatt, felder, teil.objekte, teil)
    _write_auswahl(blatt, felder, len(teil.objekte), lang)
    blatt.ws.freeze_panes(KOPFZEILE + 1, sum(feld.schluessel for feld in felder))
    blatt.fertig()
    # The head stands in the page head: over repeated key columns it would be cut on every page but the first.
    blatt.ws.print_area(KOPFZEILE, 0, blatt.zeile - 1, len(felder) - 1)


def _set_druck(blatt: Blatt, titel: str, schluessel: int) -> None:
    """Print a wide list readably over several pages, with its title, the key columns and the heads on each."""
    titel = f'&L&"{blatt.stil.schrift},Bold"&14{rahmentext(titel)}'
    blatt.ws.set_header(titel, {"margin": 0.3})
    blatt.ws.set_print_scale(KLEINSTE_SKALA)
    blatt.ws.repeat_rows(KOPFZEILE)
    if schluessel:
        blatt.ws.repeat_columns(0, schluessel - 1)


def _breite(feld: Feld, liste: Sequence[object], stil: Stil) -> int:
    texte = [feld.beispiel, *(feld.to_text(getattr(objekt, feld.name)) for objekt in liste[:500])]
    laengste = max((breite(text, stil.groesse) for text in texte), default=0)
    hoechstens = _BREITESTE if laengste <= 2 * _BREITESTE else _FUER_SAETZE
    return int(max(70, min(hoechstens, max(laengste, breite(feld.titel, stil.groesse, fett=True) + 22) + 12)))


def _write_kopf(blatt: Blatt, felder: Sequence[Feld], titel: str) -> None:
    stil, ws = blatt.stil, blatt.ws
    ws.write_string(blatt.rueck(28), 0, sauber(titel), blatt.formate.get(bold=True, font_size=16, font_color=stil.kopf))
    hinweis = blatt.formate.get(font_color=stil.neben)
    for text in (
        "Hier bearbeiten, speichern und in sozialtool wieder einlesen; vor dem Übernehmen werden die Unterschiede gezeigt.",
        "Was in jede Spalte gehört, mit Beispiel: Blatt „Anleitung“. Neue Einträge unten anfügen; Überschriften so lassen.",
    ):
        ws.write_string(blatt.rueck(), 0, text, hinweis)
    marke = blatt.formate.get(font_size=8.5, bold=True, font_color=stil.kopf)
    pflicht = blatt.formate.get(font_size=8.5, font_color=stil.neben)
    zeile = blatt.rueck()
    for spalte, feld in enumerate(felder):
        if feld.schluessel:
            ws.write_string(zeile, spalte, "Schlüssel", marke)
        elif feld.pflicht:
            ws.write_string(zeile, spalte, "Pflicht", pflicht)
    blatt.rueck(22)


def _write_tabelle(blatt: Blatt, felder: Sequence[Feld], liste: Sequence[object], teil: Listenteil) -> None:
    stil, ws = blatt.stil, blatt.ws
    ende = KOPFZEILE + (len(liste) or LEERE_ZEILEN)
    spalten = []
    for feld in felder:
        grund = {"bg_color": stil.kopf, "font_color": "#FFFFFF"} if feld.schluessel else {"bg_color": stil.band}
        spalten.append({"header": feld.titel, "header_format": blatt.formate.get(bold=True, **grund)})
    ws.add_table(KOPFZEILE, 0, ende, len(felder) - 1, {
        "columns": spalten, "name": f"Liste{teil.klasse.__name__}", "style": "Table Style Light 1",
        "title": sauber(teil.titel)[:250],
        "description": "Eine Zeile je Eintrag. Dunkle Überschriften sind Schlüssel.",
    })  # fmt: skip
    lange = [_is_long(feld, liste, blatt, spalte) for spalte, feld in enumerate(felder)]
    oben = [{"valign": "top", **({"text_wrap": True} if lang else {})} for lang in lange]
    formate = [_format(blatt, feld) for feld in felder]
    for spalte, format_ in enumerate(formate):
        # The format of the whole column: what is typed into a new row stays text where it is text.
        ws.set_column_pixels(spalte, spalte, blatt.breiten[spalte], format_)
    linien = [
        _format(blatt, feld, bottom=1, bottom_color=stil.linie, **mehr) for feld, mehr in zip(felder, oben, strict=True)
    ]
    for zeile in range(KOPFZEILE + 1, ende + 1):
        objekt = liste[zeile - KOPFZEILE - 1] if liste else None
        if objekt is not None and any(lange):
            ws.set_row_pixels(zeile, 17 * _count_lines(blatt, felder, objekt, lange) + 3)
        for spalte, feld in enumerate(felder):
            wert = None if objekt is None else getattr(objekt, feld.name)
            _write_wert(blatt, (zeile, spalte), feld, wert, linien[spalte])
    blatt.zeile = ende + 1


def _is_long(feld: Feld, liste: Sequence[object], blatt: Blatt, spalte: int) -> bool:
    """Whether a text of this column needs more than one line; it must not run on below the next column."""
    if feld.art in (int, float, bool) or issubclass(feld.art, dt.date):
        return False
    platz = blatt.breiten[spalte] - _RAND
    return any(breite(feld.to_text(getattr(objekt, feld.name)), blatt.stil.groesse) > platz for objekt in liste)


def _count_lines(blatt: Blatt, felder: Sequence[Feld], objekt: object, lang: Sequence[bool]) -> int:
    """Lines of the longest text in a row; a program that does not set row heights itself would hide the rest."""
    return max(
        len(umbrechen(sauber(feld.to_text(getattr(objekt, feld.name))), platz - _RAND, blatt.stil.groesse))
        for feld, platz, ist_lang in zip(felder, blatt.breiten, lang, strict=True)
        if ist_lang
    )


def _format(blatt: Blatt, feld: Feld, **rand: Any) -> Format:
    if feld.art is int:
        return blatt.formate.get(num_format="0", align="right", **rand)
    if feld.art is float:
        return blatt.formate.get(num_format="General", align="right", **rand)
    if feld.art is dt.datetime:
        return blatt.formate.get(num_format="dd.mm.yyyy hh:mm", align="left", **rand)
    if feld.art is dt.date:
        return blatt.formate.get(num_format="dd.mm.yyyy", align="left", **rand)
    return blatt.formate.get(num_format="@", **rand)


def _write_wert(blatt: Blatt, ort: tuple[int, int], feld: Feld, wert: Any, format_: Format) -> None:
    if wert is None or wert in {"", ()}:
        blatt.ws.write_blank(*ort, None, format_)
    elif isinstance(wert, dt.date):
        zeit = wert if isinstance(wert, dt.datetime) else dt.datetime.combine(wert, dt.time())
        blatt.ws.write_datetime(*ort, zeit, format_)
    elif isinstance(wert, int | float) and not isinstance(wert, bool | enum.Enum):
        blatt.ws.write_number(*ort, wert, format_)
    else:
        blatt.ws.write_string(*ort, sauber(feld.to_text(wert)), format_)


# -- what may be typed ----------------------------------------------------------------------------------------------


def _write_auswahl(blatt: Blatt, felder: Sequence[Feld], anzahl: int, lang: list[Feld]) -> None:
    """Set help and allowed values for the list and the empty rows below it; `lang` takes choices that need a sheet."""
    letzte = KOPFZEILE + anzahl + NEUE_ZEILEN
    for spalte, feld in enumerate(felder):
        regel = _regel(feld, lang)
        hilfe = _hilfe(feld)
        if hilfe:
            regel |= {"input_title": feld.titel[:32], "input_message": hilfe[:255]}
        if regel:
            blatt.ws.data_validation(KOPFZEILE + 1, spalte, letzte, spalte, {"validate": "any", **regel})


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
