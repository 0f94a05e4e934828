"""What may be entered in the open cells: data validation with German texts; a warning, never a wall."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_range_abs

from sozialtool.ausgabe.mappe import sauber
from sozialtool.erhebung.formular import GRUENDE, Formular, describe_stand, fragt_wahltag, is_wahl
from sozialtool.fach.messwert import Merkmal, Merkmalart

if TYPE_CHECKING:
    from sozialtool.erhebung.angabenblatt import Angabenblatt


def define(merkmal: Merkmal, formular: Formular) -> str:
    """Unit and day first: they are what a department gets wrong; then the definition."""
    return (
        f"{merkmal.einheit}, {describe_stand(merkmal, formular.jahr, formular.wahltag)}\n{merkmal.definition}".strip()
    )


def set_regeln(blatt: Angabenblatt) -> None:
    """Data validation with German texts: a number or one of the words; a warning, never a wall."""
    ende = blatt.letzte + 2
    for nummer, merkmal in enumerate(blatt.formular.merkmale):
        spalte = blatt.spalte(nummer)
        zelle = f"{xl_col_to_name(spalte)}{blatt.erste + 1}"
        ganz = f",{zelle}=INT({zelle})" if merkmal.art in (Merkmalart.ANZAHL, Merkmalart.STUFE) else ""
        regel = {
            "validate": "custom",
            "value": f'=IF(ISNUMBER({zelle}),AND({zelle}>=0{ganz}),OR(LEFT({zelle},1)="<",COUNTIF({blatt.zeichen},{zelle})>0))',
            "input_title": sauber(merkmal.name)[:32],
            "input_message": _hilfe(merkmal, blatt.formular),
            "error_type": "warning",
            "error_title": "Passt das so?",
            "error_message": "Erwartet wird eine Zahl ab 0"
            + (" ohne Nachkommastellen" if ganz else "")
            + " oder ein Wort wie „geheim“, „folgt“, „k. A.“ (siehe Blatt „Erläuterung“). Trotzdem so eintragen?",
        }
        blatt.ws.data_validation(blatt.erste, spalte, blatt.letzte, spalte, regel)
        gesamt = {**regel, "value": regel["value"].replace(zelle, f"{xl_col_to_name(spalte)}{ende + 1}")}
        blatt.ws.data_validation(ende, spalte, ende, spalte, gesamt)
    weil = blatt.letzte + 5
    for nummer in range(len(blatt.formular.merkmale)):
        blatt.ws.data_validation(weil, blatt.spalte(nummer), weil, blatt.spalte(nummer), {
            "validate": "list", "source": list(GRUENDE), "error_type": "information",
            "input_title": "Angabe nicht möglich, weil …",
            "input_message": "Gilt für alle leeren Felder dieser Spalte. Bitte aus der Liste wählen; Näheres gern darunter.",
            "error_title": "Ein anderer Grund", "error_message": "Dieser Grund steht nicht in der Liste. Er wird als Bemerkung gelesen.",
        })  # fmt: skip
    for nummer, merkmal in enumerate(blatt.formular.merkmale):
        if fragt_wahltag(blatt.formular) and is_wahl(merkmal):
            _set_wahltag(blatt, weil + 2, blatt.spalte(nummer))


def _set_wahltag(blatt: Angabenblatt, zeile: int, spalte: int) -> None:
    jahr = blatt.formular.jahr
    blatt.ws.data_validation(zeile, spalte, zeile, spalte, {
        "validate": "date", "criteria": "between", "minimum": dt.date(jahr, 1, 1), "maximum": dt.date(jahr, 12, 31),
        "error_type": "warning", "input_title": "Wahltag",
        "input_message": f"Der Tag der Wahl, aus der die Zahlen dieser Spalte stammen, zum Beispiel 14.09.{jahr}.",
        "error_title": "Passt das so?", "error_message": f"Erwartet wird ein Tag im Jahr {jahr}. Trotzdem so eintragen?",
    })  # fmt: skip


def _hilfe(merkmal: Merkmal, formular: Formular) -> str:
    """Unit, day and as much of the definition as Excel shows (255 characters)."""
    text = sauber(define(merkmal, formular)).replace("\n", ". ")
    return text if len(text) <= 255 else text[:253].rsplit(" ", 1)[0] + " …"


def range_of(blatt: str, zeile: int, bis: int) -> str:
    """Return an absolute reference to rows of the first two columns of a sheet."""
    return f"{quote_sheetname(blatt)}!{xl_range_abs(zeile, 0, bis, 1)}"
