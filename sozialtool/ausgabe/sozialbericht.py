"""The Sozialbericht as Word: its blocks, its pieces, the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sozialtool.ausgabe.bericht import Monitoringbericht, check_bericht
from sozialtool.ausgabe.berichtskapitel import build_kapitel, build_vorrat
from sozialtool.ausgabe.berichtsschluss import build_schluss, build_titel
from sozialtool.ausgabe.berichtsstoff import Berichtsstoff, Berichtswahl
from sozialtool.ausgabe.seitenplan import Absatz, Bildblock, Block, Tafelblock
from sozialtool.ausgabe.stuecke import Satz, Stueck
from sozialtool.ausgabe.werkbank import Zahlenbank
from sozialtool.ausgabe.zahlen import Zahlen


def build_bank(bericht: Monitoringbericht) -> Zahlenbank:
    """Take figures and sentences of a report; errors as in `check_bericht`."""
    check_bericht(bericht)
    return Zahlenbank(bericht, Zahlen(bericht.tabelle.kennzahlen))


def write_sozialbericht(pfad: Path, stoff: Berichtsstoff, wahl: Berichtswahl) -> None:
    """Write the file; it appears whole or not at all.

    Raises:
        DateiGesperrt: the target is open in Word. DateiFehler: it cannot be written.
    """
    from sozialtool.ausgabe.berichtswort import Berichtsdokument

    bericht = stoff.bank.bericht
    titel = f"Sozialbericht {bericht.kommune.name} {bericht.jahr}"
    dokument = Berichtsdokument(titel, bericht.stand, bericht.kommune.ags, make_fuss(stoff))
    dokument.write_titelseite(tuple(build_titel(stoff)))
    dokument.write_inhalt_und((*build_kapitel(stoff, wahl), *build_schluss(stoff)), bericht.jahr)
    dokument.write(pfad)


def make_fuss(stoff: Berichtsstoff) -> Satz:
    """Make the piece in the foot of the pages."""
    bericht = stoff.bank.bericht
    text = f"Sozialbericht {bericht.kommune.name} {bericht.jahr} · Stand {bericht.stand:%d.%m.%Y}"
    return Satz("fuss", "Fußzeile", text)


def collect_stuecke(stoff: Berichtsstoff) -> Mapping[str, Stueck]:
    """Return every piece that a report of this year can have, by its key: all themes, all Sozialräume."""
    kapitel = (*build_kapitel(stoff, Berichtswahl()), *build_vorrat(stoff.bank))
    bloecke = (*build_titel(stoff), *kapitel, *build_schluss(stoff))
    fuss = make_fuss(stoff)
    return {fuss.schluessel: fuss} | {s.schluessel: s for s in _list_stuecke(bloecke)}


def _list_stuecke(bloecke: Iterable[Block]) -> Iterable[Stueck]:
    for block in bloecke:
        if isinstance(block, Absatz):
            yield from (teil for teil in block.teile if isinstance(teil, Satz))
        elif isinstance(block, Tafelblock | Bildblock):
            yield block.tafel if isinstance(block, Tafelblock) else block.bild
            yield from (*((block.titel,) if block.titel is not None else ()), *block.noten)
