"""The finding list as a clean Excel that goes back to the sender of a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from sozialtool.ausgabe.blatt import Blatt, Seitenrahmen
from sozialtool.ausgabe.datei import write_ganz
from sozialtool.ausgabe.mappe import Mappe, sauber
from sozialtool.ausgabe.stil import STIL, Stil
from sozialtool.ausgabe.tabellenblatt import zeilenhoehe
from sozialtool.fach.quelle import Befund, Schwere

_SPALTEN = (
    ("Nr.", 42), ("Gewicht", 62), ("Datei", 130), ("Blatt", 86), ("Zelle", 48), ("Was uns auffällt", 240),
    ("Vorschlag", 160), ("Ihre Antwort", 110), ("Code", 90),
)  # fmt: skip
_ORDNUNG = {Schwere.FEHLER: 0, Schwere.FRAGE: 1, Schwere.HINWEIS: 2}
_KOPFZEILE = 4


def write_befunde(
    pfad: Path | str, befunde: Iterable[Befund], titel: str, stand: dt.date, *, stil: Stil = STIL
) -> None:
    """Write findings, heaviest first, with the place in the file and room for an answer.

    Args:
        pfad: target, ending in .xlsx; replaced as a whole.
        befunde: the findings.
        titel: head of the sheet.
        stand: date that stands in the file and in its properties.
        stil: colours and font.

    Raises:
        DateiGesperrt: the target is open in Excel.
        DateiFehler: the target cannot be written.
    """
    liste = sorted(befunde, key=lambda b: (b.datei, _ORDNUNG[b.schwere], b.blatt, _ort(b.zelle), b.code, b.meldung))
    with write_ganz(Path(pfad)) as vorlaeufig:
        mappe = Mappe(vorlaeufig, stil)
        mappe.set_eigenschaften(titel, "Befunde zu einer gelieferten Datei", "Sozialplanung", stand)
        rahmen = Seitenrahmen(titel, "", f"Stand {stand:%d.%m.%Y}")
        blatt = Blatt(mappe, "Befunde", [breite for _, breite in _SPALTEN], rahmen)
        _write_kopf(blatt, titel, liste, stand)
        _write_liste(blatt, titel, liste)
        blatt.fertig()
        mappe.close()


def _ort(zelle: str) -> tuple[int, str, str]:
    """Sort D5 before D10."""
    ziffern = "".join(zeichen for zeichen in zelle if zeichen.isdigit())
    return (int(ziffern[:9] or 0), zelle.rstrip("0123456789"), zelle)


def _write_kopf(blatt: Blatt, titel: str, liste: list[Befund], stand: dt.date) -> None:
    fett = blatt.formate.get(bold=True, font_size=16, font_color=blatt.stil.kopf)
    blatt.ws.write_string(blatt.rueck(28), 0, sauber(titel), fett)
    anzahl = {schwere: sum(befund.schwere is schwere for befund in liste) for schwere in Schwere}
    zahlen = ", ".join(f"{schwere.value}: {anzahl[schwere]}" for schwere in Schwere)
    blatt.ws.write_string(blatt.rueck(), 0, f"Stand {stand:%d.%m.%Y} · {zahlen}", blatt.formate.get())
    bitte = (
        "Bitte in der Spalte „Ihre Antwort“ kurz antworten oder eine berichtigte Datei senden. „Fehler“ verhindern die "
        "Übernahme der genannten Zelle."
        if liste
        else "Es ist nichts aufgefallen."
    )
    blatt.ws.write_string(blatt.rueck(), 0, bitte, blatt.formate.get(font_color=blatt.stil.neben))
    blatt.rueck(9)


def _write_liste(blatt: Blatt, titel: str, liste: list[Befund]) -> None:
    """Write the findings as an Excel table; nothing without findings."""
    if not liste:
        return
    kopf = blatt.formate.get(bold=True, bg_color=blatt.stil.band, text_wrap=True)
    blatt.ws.add_table(_KOPFZEILE, 0, _KOPFZEILE + len(liste), len(_SPALTEN) - 1, {
        "columns": [{"header": name, "header_format": kopf} for name, _ in _SPALTEN], "name": "Befunde",
        "style": "Table Style Light 1", "title": sauber(titel)[:250],
        "description": "Eine Zeile je Befund: Gewicht, Ort in der Datei, was auffällt, Vorschlag, Platz für die Antwort.",
    })  # fmt: skip
    blatt.rueck(22)
    blatt.wiederhole(_KOPFZEILE, _KOPFZEILE)
    blatt.ws.freeze_panes(_KOPFZEILE + 1, 0)
    text = blatt.formate.get(text_wrap=True, valign="top", bottom=1, bottom_color=blatt.stil.linie)
    zahl = blatt.formate.get(valign="top", align="left", bottom=1, bottom_color=blatt.stil.linie)
    for nummer, befund in enumerate(liste, start=1):
        werte = (
            befund.schwere.value, befund.datei, befund.blatt, befund.zelle, befund.meldung, befund.vorschlag, "",
            befund.code,
        )  # fmt: skip
        hoehe = max(
            zeilenhoehe(wert, breite, blatt.stil.groesse)
            for wert, (_, breite) in zip(werte, _SPALTEN[1:], strict=True)
        )  # fmt: skip
        blatt.braucht(hoehe)
        zeile = blatt.rueck(hoehe + 3)
        blatt.ws.write_number(zeile, 0, nummer, zahl)
        for spalte, wert in enumerate(werte, start=1):
            if wert:
                blatt.ws.write_string(zeile, spalte, sauber(wert), text)
            else:
                blatt.ws.write_blank(zeile, spalte, None, text)
