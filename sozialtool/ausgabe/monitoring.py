"""The monitoring workbook: every sheet in its order, written whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from sozialtool.ausgabe.bericht import Monitoringbericht, check_bericht
from sozialtool.ausgabe.blaetter.daten import write_daten
from sozialtool.ausgabe.blaetter.deckblatt import write_deckblatt
from sozialtool.ausgabe.blaetter.ueberblick import write_ueberblick
from sozialtool.ausgabe.blatt import Seitenrahmen
from sozialtool.ausgabe.datei import write_ganz
from sozialtool.ausgabe.mappe import Fortschritt, Mappe, check_stop
from sozialtool.ausgabe.stil import STIL, Stil
from sozialtool.ausgabe.werkbank import Werkbank
from sozialtool.ausgabe.zahlen import Zahlen

_SCHRITTE: tuple[tuple[str, Callable[[Werkbank], None]], ...] = (
    ("Deckblatt", write_deckblatt),
    ("Auf einen Blick", write_ueberblick),
    ("Daten", write_daten),
)


def write_monitoring(
    pfad: Path | str,
    bericht: Monitoringbericht,
    *,
    stil: Stil = STIL,
    fortschritt: Fortschritt | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Write the monitoring workbook; the same report gives the same bytes.

    It is built in a temporary file beside the target, which is replaced at the very end: an old workbook stays whole
    whatever happens.

    Args:
        pfad: target, ending in .xlsx.
        bericht: what is reported; figures come from its `FreigegebeneTabelle` alone.
        stil: colours and font.
        fortschritt: called with (done, of, what).
        stop: checked between the sheets.

    Raises:
        GeheimhaltungsFehler: the figures were not approved.
        BedienFehler: there is nothing to report.
        DateiGesperrt: the target is open in Excel.
        DateiFehler: the target cannot be written.
        Abgebrochen: `stop` was set.
    """
    check_bericht(bericht)
    with write_ganz(Path(pfad)) as vorlaeufig:
        mappe = Mappe(vorlaeufig, stil)
        kommune = bericht.kommune.name
        titel = f"Sozialmonitoring {kommune} {bericht.jahr}"
        drucksache = f"Anlage 1 zur Drucksache {bericht.drucksache}" if bericht.drucksache else ""
        mappe.set_eigenschaften(titel, drucksache or "Monitoring der Sozialräume", kommune, bericht.stand)
        rahmen = Seitenrahmen(titel, drucksache, f"Stand {bericht.stand:%d.%m.%Y}")
        bank = Werkbank(bericht, Zahlen(bericht.tabelle.kennzahlen), mappe, rahmen)
        for nummer, (name, schritt) in enumerate(_SCHRITTE):
            check_stop(stop)
            if fortschritt is not None:
                fortschritt(nummer, len(_SCHRITTE), f"Blatt „{name}“ schreiben")
            schritt(bank)
        check_stop(stop)
        mappe.close()
    if fortschritt is not None:
        fortschritt(len(_SCHRITTE), len(_SCHRITTE), "Arbeitsmappe fertig")
