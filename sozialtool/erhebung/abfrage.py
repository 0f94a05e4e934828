"""The workbook that asks one Fachbereich for one year, and the Rückfrage: the same workbook with marked cells.

The same form gives the same bytes every time.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sozialtool.ausgabe.blatt import Blatt, Seitenrahmen
from sozialtool.ausgabe.datei import write_ganz
from sozialtool.ausgabe.mappe import Mappe, sauber
from sozialtool.ausgabe.schrift import umbrechen
from sozialtool.erhebung.angabenblatt import Eintraege, Marken, write_angaben
from sozialtool.erhebung.eingaberegeln import range_of
from sozialtool.erhebung.formular import (
    ANGABEN,
    EIGENSCHAFT,
    ERLAEUTERUNG,
    GESAMT,
    RUECKFRAGEN,
    VERSTECKT,
    Formular,
    describe_stand,
    fragt_wahltag,
    text_of,
)

_ERSTELLT = dt.date(2025, 1, 1)
WORTE = (
    ("-", "–", "nichts vorhanden: genau null (eine 0 geht genauso)"),
    ("geheim", "*", "die Zahl gibt es, sie darf das Haus aber nicht verlassen"),
    ("folgt", "…", "die Zahl kommt noch"),
    ("unbekannt", ".", "niemand kennt die Zahl"),
    ("unsicher", "/", "die Zahl ist zu unsicher, um sie zu nennen"),
    ("entfällt", "x", "hier wäre eine Zahl nicht sinnvoll"),
    ("k. A.", "k.A.", "keine Angabe"),
)
"""Word, sign, meaning: what may stand in a cell instead of a number."""


def build_abfrage(
    pfad: Path | str,
    formular: Formular,
    *,
    eintraege: Eintraege | None = None,
    marken: Marken | None = None,
    fragen: Sequence[str] = (),
) -> None:
    """Write the workbook for one Fachbereich and year.

    Args:
        pfad: target, ending in .xlsx; replaced as a whole.
        formular: what is asked.
        eintraege: (row, column) → what stands in the open cells already.
        marken: (row, column) → what is asked about a cell; makes it a Rückfrage with a list of the questions in front.
        fragen: questions that belong to no cell.

    Raises:
        DateiGesperrt: the target is open in Excel.
        DateiFehler: the target cannot be written.
    """
    with write_ganz(Path(pfad)) as vorlaeufig:
        mappe = Mappe(vorlaeufig)
        mappe.set_eigenschaften(formular.titel, "Datenabfrage", "Sozialplanung", _ERSTELLT)
        mappe.workbook.set_custom_property(EIGENSCHAFT, formular.kennung.to_text(), "text")
        if marken or fragen:
            _write_rueckfragen(mappe, formular, eintraege or {}, marken or {}, fragen)
        zeichen = _write_erlaeuterung(mappe, formular)
        write_angaben(mappe, formular, zeichen, eintraege, marken)
        _write_versteckt(mappe, formular)
        mappe.close()


def _write_erlaeuterung(mappe: Mappe, formular: Formular) -> str:
    """Say what it is about and how it is filled; return the reference of the allowed words."""
    rahmen = Seitenrahmen(formular.titel, formular.kommune.name, f"Fassung {formular.fassung}")
    blatt = Blatt(mappe, ERLAEUTERUNG, (120, 170, 615), rahmen)
    blatt.titel(formular.titel)
    blatt.absatz(_anlass(formular))
    if formular.fachbereich.hinweis:
        blatt.absatz(formular.fachbereich.hinweis)
    blatt.zwischentitel("So geht es")
    for nummer, schritt in enumerate(_schritte(formular), start=1):
        blatt.text(f"{nummer}. {schritt}")
    blatt.zwischentitel("Statt einer Zahl")
    erste = blatt.zeile + 1
    _write_tabelle(blatt, ("Wort", "oder Zeichen", "Bedeutung"), WORTE)
    letzte = blatt.zeile - 1
    blatt.zwischentitel("Was mit den Zahlen geschieht")
    blatt.absatz(_VERWENDUNG)
    blatt.zwischentitel("Was gefragt ist")
    merkmale = [(m.einheit, m.name, f"{describe_stand(m, formular.jahr, formular.wahltag)}. {m.definition}".strip()) for m in formular.merkmale]  # fmt: skip
    _write_tabelle(blatt, ("Einheit", "Merkmal", "Stand und Definition"), merkmale)
    blatt.fertig()
    blatt.ws.protect("", {"format_columns": True, "format_rows": True, "objects": True})
    return range_of(blatt.name, erste, letzte)


def _anlass(formular: Formular) -> str:
    anzahl = len(formular.merkmale)
    zahlen = "eine Zahl" if anzahl == 1 else f"{anzahl} Zahlen"
    frist = f" Wir freuen uns auf Ihre Antwort bis zum {formular.frist:%d.%m.%Y}." if formular.frist else ""
    return (
        f"Die Sozialplanung der Stadt {formular.kommune.name} beschreibt jedes Jahr, wie es den Menschen in den Teilen der Stadt geht. "
        f"Dafür bitten wir den Fachbereich „{formular.fachbereich.name}“ um {zahlen} je {formular.ebene}.{frist}"
    )


def _schritte(formular: Formular) -> tuple[str, ...]:
    return (
        (
            f"Das Blatt „{ANGABEN}“ öffnen und die gelben Felder ausfüllen: eine Zeile je {formular.ebene}, eine Spalte je Merkmal. "
            f"Daneben steht grau, was für {formular.jahr - 1} vorliegt."
        ),
        "Was sich keinem Gebiet zuordnen lässt, kommt in die Zeile „nicht zuzuordnen“. So geht die Summe auf.",
        "Kennen Sie die Zahl für die ganze Stadt, tragen Sie sie unter der Summe ein; die Zeile „Prüfung“ sagt, ob beides übereinstimmt.",
        *(
            (
                f"Bitte unten den Wahltag eintragen; war {formular.jahr} keine Wahl, den Grund bei „Angabe nicht möglich, weil …“ wählen.",
            )
            if fragt_wahltag(formular)
            else ()
        ),
        "Fehlt eine ganze Spalte, genügt unten ein Grund bei „Angabe nicht möglich, weil …“. Halb ausgefüllt zurück ist besser als gar nicht.",
        "Anmerkungen sind überall willkommen: rechts je Zeile, unten je Spalte oder als Kommentar an der Zelle.",
        "Datei speichern und zurückschicken. Der Dateiname ist gleich.",
    )


_VERWENDUNG = (
    "Bitte tragen Sie auch kleine Zahlen ein, wenn Sie sie weitergeben dürfen: Vor jeder Veröffentlichung sperrt die Sozialplanung, "
    "was zu klein ist, und prüft, dass es sich nicht zurückrechnen lässt. Dürfen Sie eine Zahl nicht weitergeben, schreiben Sie „geheim“; "
    "das bleibt so. Bitte keine Namen, Adressen oder Geburtsdaten in diese Datei schreiben."
)


def _write_tabelle(blatt: Blatt, kopf: tuple[str, ...], zeilen: Sequence[tuple[str, ...]]) -> None:  # fmt: skip
    stil = blatt.stil
    linie = {"border": 1, "border_color": stil.linie, "text_wrap": True, "valign": "top"}
    zeile = blatt.rueck()
    for spalte, text in enumerate(kopf):
        blatt.ws.write_string(zeile, spalte, text, blatt.formate.get(bold=True, bg_color=stil.band, **linie))
    for werte in zeilen:
        hoehe = max(
            len(umbrechen(sauber(text), breite - 10, stil.groesse))
            for text, breite in zip(werte, blatt.breiten, strict=True)
        )
        blatt.braucht(hoehe * 17 + 3)
        zeile = blatt.rueck(hoehe * 17 + 3)
        for spalte, text in enumerate(werte):
            blatt.ws.write_string(zeile, spalte, sauber(text), blatt.formate.get(num_format="@", **linie))


def _write_rueckfragen(
    mappe: Mappe, formular: Formular, eintraege: Eintraege, marken: Marken, fragen: Sequence[str]
) -> None:
    """List the questions in the order of the sheet, each with what was entered and what would help."""
    rahmen = Seitenrahmen(formular.titel, formular.kommune.name, "Rückfrage")
    blatt = Blatt(mappe, RUECKFRAGEN, (150, 210, 90, 240, 215), rahmen)
    blatt.titel(f"Rückfrage zur {formular.titel}")
    blatt.absatz(
        f"Vielen Dank für Ihre Angaben. Sie stehen unverändert im Blatt „{ANGABEN}“. Die Felder, um die es geht, sind dort orange, "
        "fett und tragen ein „?“ vor dem Wert; ein Kommentar sagt, was unklar ist. Bitte dort berichtigen oder bestätigen (eine "
        "Anmerkung rechts genügt) und die Datei zurückschicken."
    )
    for frage in fragen:
        blatt.text(f"• {frage}")
    if fragen:
        blatt.leer()
    zeilen = _list_fragen(formular, eintraege, marken)
    if zeilen:
        _write_tabelle(blatt, ("Gebiet", "Merkmal", "Eingetragen", "Frage", "Bitte"), zeilen)
    blatt.fertig()


_VIELE = 4
"""The same question about so many areas of a column is asked once: nobody reads a list of fifty equal lines."""


def _list_fragen(formular: Formular, eintraege: Eintraege, marken: Marken) -> list[tuple[str, ...]]:
    """List area, Merkmal, entry, question and request for each marked cell, in the order of the sheet."""
    gebiete = {g.schluessel: g.name for g in formular.gebiete} | {GESAMT: "Stadt insgesamt"}
    merkmale = {m.schluessel: m.name for m in formular.merkmale}
    gleiche = Counter((spalte, befund.meldung, befund.vorschlag) for (_, spalte), befund in marken.items())
    zeilen: dict[tuple[str, ...], None] = {}
    for zeile in (*gebiete, *sorted({z for z, _ in marken} - set(gebiete))):
        for spalte, merkmal in merkmale.items():
            befund = marken.get((zeile, spalte))
            if befund is None:
                continue
            anzahl = gleiche[spalte, befund.meldung, befund.vorschlag]
            wo, steht = gebiete.get(zeile, "ganze Spalte"), text_of(eintraege.get((zeile, spalte)))
            if anzahl >= _VIELE:
                wo, steht = f"{anzahl} Zeilen", "siehe Angaben"
            zeilen[wo, merkmal, steht, befund.meldung, befund.vorschlag] = None
    return list(zeilen)


def _write_versteckt(mappe: Mappe, formular: Formular) -> None:
    """Write mark, rows and columns on a very hidden sheet, so that a form explains itself even years later."""
    ws = mappe.add_blatt(VERSTECKT)
    zeilen = [
        ("kennung", formular.kennung.to_text(), ""),
        ("hinweis", "Dieses Blatt braucht sozialtool, um die Datei wiederzuerkennen. Bitte nicht löschen.", ""),
        ("stadt", formular.kommune.ags, formular.kommune.name),
        ("fachbereich", formular.fachbereich.schluessel, formular.fachbereich.name),
        *(("gebiet", g.schluessel, g.name) for g in formular.gebiete),
        *(("merkmal", m.schluessel, m.name) for m in formular.merkmale),
    ]
    text = mappe.formate.get(num_format="@")
    for zeile, werte in enumerate(zeilen):
        for spalte, wert in enumerate(werte):
            ws.write_string(zeile, spalte, sauber(wert), text)
    ws.very_hidden()
