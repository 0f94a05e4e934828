"""The accessible edition of the Monitoring: the same figures, one table per sheet, made for screen readers.

It follows the checklist of the UK Government Analysis Function line by line: docs/entscheidungen/ausgabe-barrierefrei.md.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool.ausgabe.bericht import Monitoringbericht, check_bericht
from sozialtool.ausgabe.blaetter.daten import SPALTEN, write_zeilen
from sozialtool.ausgabe.blatt import Seitenrahmen
from sozialtool.ausgabe.datei import write_ganz
from sozialtool.ausgabe.diagrammdaten import Diagrammdaten
from sozialtool.ausgabe.frei import kennzahlen, texte
from sozialtool.ausgabe.frei.blatt import GROESSE, INHALT, TITELGROESSE, Freiblatt, Freimappe
from sozialtool.ausgabe.frei.hinweise import Hinweise
from sozialtool.ausgabe.frei.paket import set_sprache_und_titel
from sozialtool.ausgabe.mappe import Mappe, check_stop
from sozialtool.ausgabe.monitoring import ohne_speicherbereinigung
from sozialtool.ausgabe.stil import STIL, Stil
from sozialtool.ausgabe.tabelle import Spalte, Spaltenart
from sozialtool.ausgabe.werkbank import Werkbank
from sozialtool.ausgabe.zahlen import Zahlen
from sozialtool.fach.blattwahl import describe_ohne

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_KARTEN = "Karten und Diagramme der gedruckten Ausgabe sind hier Tabellen: Lage und Werte stehen in „Kachelkarte“, „Verlauf“ und „Auf einen Blick“."
_LEERE_DATEN = (
    "Leere Zellen in „Zeichen“, „Bedeutung“, „Vermerk“ und „Bruch“ heißen: nichts zu sagen. Eine leere Zelle in einer Zahlenspalte heißt: "
    "Hier gibt es keine Zahl; steht auch in „Wert“ keine, nennen „Zeichen“ und „Bedeutung“ den Grund."
)


def write_barrierefrei(
    pfad: Path | str, bericht: Monitoringbericht, *, stil: Stil = STIL, stop: threading.Event | None = None
) -> None:
    """Write the accessible edition of a report; the same report gives the same bytes. Arguments and errors: `write_monitoring`."""
    check_bericht(bericht)
    with write_ganz(Path(pfad)) as vorlaeufig:
        mappe = Mappe(vorlaeufig, stil)
        kommune, titel = (
            bericht.kommune.name,
            f"Sozialmonitoring {bericht.kommune.name} {bericht.jahr}, barrierefreie Ausgabe",
        )
        thema = bericht.anlage or "Monitoring der Sozialräume"
        mappe.set_eigenschaften(titel, thema, kommune, bericht.stand)
        bank = Werkbank(
            bericht, Zahlen(bericht.tabelle.kennzahlen), mappe, Seitenrahmen("", "", ""), Diagrammdaten(mappe)
        )
        with ohne_speicherbereinigung():
            _write_blaetter(bank, titel, stop)
            mappe.close()
        set_sprache_und_titel(vorlaeufig, TITELGROESSE)
        check_stop(stop)


def _write_blaetter(bank: Werkbank, titel: str, stop: threading.Event | None) -> None:
    frei, hinweise = Freimappe(bank.mappe), Hinweise()
    deckblatt, inhalt, notizen = (frei.start(name) for name in ("Deckblatt", INHALT, "Hinweise"))
    frei.add(texte.build_zeichenerklaerung())
    frei.write_text(deckblatt, titel, _say_deckblatt(bank))
    deckblatt.activate()
    for schluessel, build in _gruppen(bank, hinweise):
        check_stop(stop)
        if schluessel not in bank.bericht.ohne:
            for blatt in build():
                frei.add(blatt)
    if "daten" not in bank.bericht.ohne:
        _write_daten(bank, frei)
    check_stop(stop)
    frei.fill(notizen, hinweise.build_blatt())
    _write_inhalt(bank, frei, inhalt)


def _gruppen(bank: Werkbank, hinweise: Hinweise) -> list[tuple[str, Callable[[], list[Freiblatt]]]]:
    """List key of `fach.blattwahl` ("" is always there) and what builds the sheets, in the order of the Monitoring."""
    felder = [
        ("handlungsfelder", lambda feld=feld: kennzahlen.build_handlungsfeld(bank, feld, hinweise))
        for feld in bank.bericht.felder
    ]
    return [
        ("blick", lambda: kennzahlen.build_blick(bank)),
        *felder,
        ("vergleich", lambda: kennzahlen.build_vergleich(bank, hinweise)),
        ("verlauf", lambda: kennzahlen.build_verlauf(bank, hinweise)),
        ("bevoelkerung", lambda: texte.build_bevoelkerung(bank)),
        ("steckbriefe", lambda: kennzahlen.build_steckbriefe(bank)),
        ("kachelkarte", lambda: kennzahlen.build_kachelkarte(bank)),
        ("index", lambda: texte.build_index(bank)),
        *[(wahl, lambda wahl=wahl: texte.build_planung(bank, wahl)) for wahl in ("profile", "planung", "beteiligung")],
        ("", lambda: [*texte.build_geheimhaltung(bank), *texte.build_methoden(bank)]),
    ]


def _say_deckblatt(bank: Werkbank) -> list[str]:
    bericht = bank.bericht
    weg = describe_ohne(bericht.ohne)
    raeume = [raum for raum in bericht.raeume if not raum.ist_rest]
    return [
        bericht.anlage,
        f"Kommune: {bericht.kommune.name} (AGS {bericht.kommune.ags})",
        f"Berichtsjahr: {bericht.jahr}",
        f"Stand: {bericht.stand:%d.%m.%Y}",
        f"Gebietsstand: {bericht.gebietsstand_text or 'nicht angegeben'}",
        f"{bericht.planungsebene.mehrzahl}: {len(raeume)}",
        f"Vereinbarte Indikatoren: {len(bericht.vereinbarte)}",
        "Diese Ausgabe zeigt dieselben Zahlen wie die gedruckte. Jedes Blatt hat eine Tabelle, die auch eine Vorlesehilfe erschließt.",
        "Alle Blätter mit Sprungzielen nennt das Blatt „Inhalt“, Zeichen und feste Wörter das Blatt „Zeichenerklärung“.",
        _KARTEN,
        f"Auszug: Diese Fassung enthält nicht alle Blätter. Weggelassen: {weg}." if weg else "",
        *bericht.hinweise,
    ]  # fmt: skip


def _write_daten(bank: Werkbank, frei: Freimappe) -> None:
    """Write the flat table of all figures."""
    ws = frei.start("Daten")
    titel = f"Daten: alle Kennzahlen, eine Zeile je Gebiet, Indikator und Jahr, {bank.bericht.kommune.name} {bank.bericht.jahr}"
    spalten = [spalte for spalte, _ in SPALTEN]
    anzahl = len(bank.zahlen.zeilen)
    blatt = Freiblatt("Daten", titel, tuple(Spalte(s) for s in spalten), [()] * anzahl, leer=_LEERE_DATEN)
    kopf = frei.begin(ws, blatt)
    for spalte, (_, breite) in enumerate(SPALTEN):
        ws.set_column_pixels(spalte, spalte, int(breite * 1.3) + 14)
    frei.mark(ws, kopf, anzahl, titel, spalten)
    ws.set_row_pixels(kopf, 42)
    write_zeilen(bank, ws, kopf + 1, (("font_size", GROESSE), ("valign", "top"), ("text_wrap", True)))


def _write_inhalt(bank: Werkbank, frei: Freimappe, inhalt: Worksheet) -> None:
    """Write the contents: every sheet behind the cover as a link."""
    reihenfolge = {str(ws.name): nr for nr, ws in enumerate(bank.mappe.workbook.worksheets())}
    geordnet = sorted(bank.mappe.eintraege, key=lambda e: reihenfolge[e.blatt])
    blatt = Freiblatt(
        INHALT, "Inhalt: alle Blätter mit ihren Tabellen", (Spalte("Blatt"), Spalte("Was darin steht", Spaltenart.LANG)),
        [(e.blatt, e.text) for e in geordnet], ("Der Name eines Blatts ist ein Sprungziel.",),
    )  # fmt: skip
    frei.fill(inhalt, blatt, [e.blatt for e in geordnet])
