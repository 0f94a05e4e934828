"""The monitoring workbook: every sheet in its order, written whole or not at all."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sozialtool.ausgabe.bericht import Monitoringbericht, check_bericht
from sozialtool.ausgabe.blaetter.bevoelkerung import write_bevoelkerung
from sozialtool.ausgabe.blaetter.daten import write_daten
from sozialtool.ausgabe.blaetter.deckblatt import write_deckblatt
from sozialtool.ausgabe.blaetter.erklaerung import write_geheimhaltung, write_methoden, write_zeichenerklaerung
from sozialtool.ausgabe.blaetter.handlungsfeld import write_handlungsfeld
from sozialtool.ausgabe.blaetter.inhalt import start_inhalt, write_inhalt
from sozialtool.ausgabe.blaetter.kachelkarte import write_kachelkarte
from sozialtool.ausgabe.blaetter.karte import write_karte
from sozialtool.ausgabe.blaetter.steckbrief import write_steckbriefe
from sozialtool.ausgabe.blaetter.ueberblick import write_ueberblick
from sozialtool.ausgabe.blaetter.vergleich import write_vergleich
from sozialtool.ausgabe.blaetter.verlauf import write_verlauf
from sozialtool.ausgabe.blaetter.zusatz import write_index, write_indexblatt, write_planung
from sozialtool.ausgabe.blatt import Seitenrahmen
from sozialtool.ausgabe.datei import write_ganz
from sozialtool.ausgabe.diagrammdaten import Diagrammdaten
from sozialtool.ausgabe.mappe import Fortschritt, Mappe, check_stop
from sozialtool.ausgabe.stil import STIL, Stil
from sozialtool.ausgabe.werkbank import Werkbank
from sozialtool.ausgabe.zahlen import Zahlen

Schritt = tuple[str, Callable[[Werkbank], None]]


def _schritte(bericht: Monitoringbericht) -> list[Schritt]:
    """List the sheets between Inhalt and Diagrammdaten, in their order, without those that are left out."""
    felder = [(feld.name, partial(write_handlungsfeld, feld=feld)) for feld in bericht.felder]
    indizes = [(inhalt.name, partial(write_indexblatt, inhalt=inhalt)) for inhalt in bericht.indexblaetter]
    planung: dict[str, list[Schritt]] = {}
    for inhalt in bericht.planungsblaetter:
        planung.setdefault(inhalt.wahl, []).append((inhalt.name, partial(write_indexblatt, inhalt=inhalt)))
    gruppen: dict[str, list[Schritt]] = {
        "blick": [("Auf einen Blick", write_ueberblick)],
        "handlungsfelder": [*felder],
        "vergleich": [("Vergleich", write_vergleich)],
        "verlauf": [("Verlauf", write_verlauf)],
        "bevoelkerung": [("Bevölkerung und Verteilung", write_bevoelkerung)],
        "steckbriefe": [("Steckbriefe", write_steckbriefe)],
        "kachelkarte": [("Kachelkarte", write_kachelkarte)],
        "karte": [("Karte", write_karte)],
        "index": [*indizes, ("Index", write_index)],
        "profile": planung.get("profile", []),
        "planung": [*planung.get("planung", []), ("Planungsprozess", write_planung)],
        "beteiligung": planung.get("beteiligung", []),
        "": [
            ("Geheimhaltung", write_geheimhaltung),
            ("Methoden und Quellen", write_methoden),
            ("Zeichenerklärung", write_zeichenerklaerung),
        ],
    }
    return [schritt for name, gruppe in gruppen.items() if name not in bericht.ohne for schritt in gruppe]


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
        mappe.set_eigenschaften(titel, bericht.anlage or "Monitoring der Sozialräume", kommune, bericht.stand)
        rahmen = Seitenrahmen(titel, bericht.anlage, f"Stand {bericht.stand:%d.%m.%Y}")
        bank = Werkbank(bericht, Zahlen(bericht.tabelle.kennzahlen), mappe, rahmen, Diagrammdaten(mappe))
        with ohne_speicherbereinigung():
            _write_blaetter(bank, fortschritt or _still, stop)
            mappe.close()
        check_stop(stop)


@contextmanager
def ohne_speicherbereinigung() -> Iterator[None]:
    """Pause the garbage collector: tens of thousands of cells are made and none of them is garbage before the end."""
    lief = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if lief:
            gc.enable()


def _still(fertig: int, gesamt: int, text: str) -> None:
    """Report nothing."""


def _write_blaetter(bank: Werkbank, fortschritt: Fortschritt, stop: threading.Event | None) -> None:
    schritte = _schritte(bank.bericht)
    gesamt = len(schritte) + 2
    write_deckblatt(bank)
    inhalt = start_inhalt(bank)
    for nummer, (name, schritt) in enumerate(schritte, start=1):
        check_stop(stop)
        fortschritt(nummer, gesamt, f"Blatt „{name}“ schreiben")
        schritt(bank)
    check_stop(stop)
    bank.daten.write(bank.rahmen, bank.bericht.ohne)
    if "daten" not in bank.bericht.ohne:
        write_daten(bank)
    write_inhalt(bank, inhalt)
    fortschritt(gesamt - 1, gesamt, "Arbeitsmappe sichern")
