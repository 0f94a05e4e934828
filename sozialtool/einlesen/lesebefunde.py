"""What the planner must know about a file that was just read, as Befunde."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from sozialtool.einlesen.rohblatt import Rohblatt, adresse
from sozialtool.fach.quelle import Befund, Schwere

EINZELN_BIS = 20
"""More findings of one kind on one sheet become a single one that counts them."""

_ENDUNGEN = {
    "xlsx": (".xlsx", ".xltx"),
    "xlsm": (".xlsm", ".xltm", ".xlam"),
    "xlsb": (".xlsb",),
    "xls": (".xls", ".xlt", ".xla"),
    "ods": (".ods", ".ots"),
    "csv": (".csv", ".tsv", ".txt", ".asc", ".dat", ".tab", ".prn", ".ssv", ".psv"),
}
_NUR_XLSB = (
    "In xlsb-Dateien lassen sich Fehlerzellen (#NV, #DIV/0!), verborgene Zeilen und Zahlenformate nicht erkennen; "
    "eine leere Zelle kann ein Fehler sein."
)


def describe_mappe(datei: str, art: str) -> list[Befund]:
    """Findings about the file as a whole: a name that says something else, a format that hides things."""
    befunde = []
    if PurePath(datei).suffix.casefold() not in _ENDUNGEN[art]:
        befunde.append(
            Befund(
                "DATEI-ENDUNG",
                Schwere.HINWEIS,
                f"Die Datei heißt „{datei}“, ist aber in Wahrheit {art}; so wurde sie gelesen.",
                "Nichts zu tun; beim nächsten Mal den Absender darauf hinweisen.",
                datei,
            )
        )
    if art == "xlsb":
        befunde.append(
            Befund("XLSB-UNGEPRUEFT", Schwere.HINWEIS, _NUR_XLSB, "Bei Lücken in Excel als xlsx speichern.", datei)
        )
    return befunde


def describe_blatt(blatt: Rohblatt, hinweise: Iterable[tuple[str, str, str, str, str]], datei: str) -> list[Befund]:
    """Findings about one sheet.

    Args:
        blatt: the sheet.
        hinweise: what the reader noted: (code, name of Schwere, meldung, vorschlag, zelle).
        datei: name of the file.
    """
    befunde = [
        Befund(code, Schwere[schwere], meldung, vorschlag, datei, blatt.name, zelle)
        for code, schwere, meldung, vorschlag, zelle in hinweise
    ]
    befunde += _describe_zellen(blatt, datei)
    return befunde + _describe_verborgenes(blatt, datei)


def _describe_zellen(blatt: Rohblatt, datei: str) -> list[Befund]:
    fehler = [(adresse(*ort), f"In der Zelle steht der Fehler {text}.") for ort, text in sorted(blatt.fehler.items())]
    leer = [(adresse(*ort), "Die Formel hat keinen gespeicherten Wert.") for ort in sorted(blatt.ohne_wert)]
    return [
        *_each_or_sum(
            "ZELLE-FEHLER",
            fehler,
            f"{len(fehler)} Zellen enthalten einen Fehler statt eines Wertes",
            "In der Datei berichtigen oder den Absender fragen; die Zelle gilt sonst als nicht geliefert.",
            (datei, blatt.name),
        ),
        *_each_or_sum(
            "FORMEL-OHNE-WERT",
            leer,
            f"{len(leer)} Formeln haben keinen gespeicherten Wert",
            "Die Datei in Excel öffnen und speichern, dann noch einmal einlesen.",
            (datei, blatt.name),
        ),
    ]


def _each_or_sum(
    code: str, faelle: list[tuple[str, str]], summe: str, vorschlag: str, wo: tuple[str, str]
) -> list[Befund]:
    if len(faelle) <= EINZELN_BIS:
        return [Befund(code, Schwere.FEHLER, meldung, vorschlag, *wo, zelle) for zelle, meldung in faelle]
    orte = ", ".join(zelle for zelle, _ in faelle[:5])
    return [Befund(code, Schwere.FEHLER, f"{summe}: {orte} …", vorschlag, *wo, faelle[0][0])]


def _describe_verborgenes(blatt: Rohblatt, datei: str) -> list[Befund]:
    befunde = []
    if not blatt.sichtbar:
        befunde.append(("BLATT-VERBORGEN", f"Das Blatt „{blatt.name}“ ist in der Datei ausgeblendet.", ""))
    zeilen = sorted(zeile for zeile in blatt.verborgene_zeilen if zeile < blatt.hoehe)
    if zeilen:
        worte = _count(len(zeilen), "Zeile ist", "Zeilen sind")
        nummern = _list_some([str(zeile + 1) for zeile in zeilen])
        befunde.append(("ZEILE-VERBORGEN", f"{worte} ausgeblendet ({nummern}).", adresse(zeilen[0], 0)))
    spalten = sorted(spalte for spalte in blatt.verborgene_spalten if spalte < blatt.breite)
    if spalten:
        worte = _count(len(spalten), "Spalte ist", "Spalten sind")
        namen = _list_some([adresse(0, spalte)[:-1] for spalte in spalten])
        befunde.append(("SPALTE-VERBORGEN", f"{worte} ausgeblendet ({namen}).", adresse(0, spalten[0])))
    gelesen = "Gelesen wird trotzdem alles. Prüfen, ob das Verborgene mitgezählt werden soll."
    nicht = "Verborgene Blätter werden nicht eingelesen. Wird es gebraucht: in Excel einblenden und speichern."
    return [
        Befund(code, Schwere.HINWEIS, text, gelesen if blatt.sichtbar else nicht, datei, blatt.name, zelle)
        for code, text, zelle in befunde
    ]


def _count(anzahl: int, eins: str, viele: str) -> str:
    return f"{anzahl} {eins if anzahl == 1 else viele}"


def _list_some(namen: list[str]) -> str:
    return ", ".join(namen[:8]) + (" …" if len(namen) > 8 else "")
