"""The Sozialbericht as it leaves the house: checked against the released figures once more, then kept as a Veröffentlichung."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool.ablauf.berichtpflege import compare_bericht
from sozialtool.ablauf.hinausweg import Hinausweg
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.ablauf.sozialbericht import NAME, read_berichtsstoff
from sozialtool.ablauf.veroeffentlichungen import record_veroeffentlichung
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fehler import BedienFehler, GeheimhaltungsFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.auffrischen import Auffrischung

_GELOESCHT = re.compile(rb"<w:(?:del|moveFrom|cellDel)[\s/>]")
"""Tracked deletions as Word and LibreOffice write them (ISO/IEC 29500-1, 17.13.5)."""


def find_berichtszeit(projekt: Projekt, pfad: Path) -> tuple[int, dt.date]:
    """Return year and day of the figures that a report holds; errors as in `release_sozialbericht`."""
    from sozialtool.ausgabe.auffrischen import read_zeit

    zeit = read_zeit(pfad, projekt.kommune.ags)
    if zeit is None:
        raise BedienFehler(
            f"„{pfad.name}“ ist kein Sozialbericht von {projekt.kommune.name}.",
            "Bitte den Bericht angeben.",
            "BERICHT-FREMD",
        )
    return zeit


def release_sozialbericht(
    projekt: Projekt,
    pfad: Path,
    drucksache: str = "",
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
    *,
    stand: dt.date | None = None,
    grenzen_geprueft: bool = False,
    bekanntes_hinnehmen: bool = False,
    begruendung: str = "",
) -> Veroeffentlichung:
    """Keep an edited report as a release: what it shows stays shown, and later releases are protected together with it.

    It has to show the released figures of today: what a refresh would change, or what she typed where a figure is secret now, stops it.
    `stand` is the day of the release; the others as in `vorlegen.ausgeben`.

    Raises:
        BedienFehler: no report of this town, not up to date, tracked changes in it, or not seen by who must see it first. GeheimhaltungsFehler: it may show
        something secret; else as in `vorlegen.ausgeben`. DateiFehlt, DateiGesperrt, DateiUnlesbar: the file.
    """
    jahr, vom = find_berichtszeit(projekt, pfad)
    tag = stand or dt.date.today()
    _require_angenommen(pfad)
    vorbehalt = Hinausweg(projekt, tag, endgueltig=True, begruendung=begruendung).require_gesehen(jahr)
    stoff = read_berichtsstoff(
        projekt, jahr, drucksache, fortschritt, stop, stand=vom, grenzen_geprueft=grenzen_geprueft,
        bekanntes_hinnehmen=bekanntes_hinnehmen,
    )  # fmt: skip
    _require_richtig(compare_bericht(pfad, stoff, drucksache), jahr)
    return record_veroeffentlichung(
        projekt, compute(projekt), jahr, pfad, drucksache, tag, vorbehalt=vorbehalt, titel=NAME
    )


def _require_richtig(vergleich: Auffrischung, jahr: int) -> None:
    """Refuse a report that shows other figures than the released ones, or may show a secret one."""
    from sozialtool.ausgabe.auffrischen import Art
    from sozialtool.ausgabe.berichtsschluss import BEWEIS

    meldungen = vergleich.meldungen
    heikel = [m.name for m in meldungen if m.art in (Art.VON_HAND, Art.BEGLEITET) and m.geheim]
    if heikel:
        raise GeheimhaltungsFehler(
            f"Von Hand geändert, und daneben gibt es Geheimes: {'; '.join(heikel[:3])}{' …' if len(heikel) > 3 else ''}.",
            "Bitte auffrischen mit --auch-geaenderte, oder das Stück im Bericht löschen.", "BERICHT-GEHEIM",
        )  # fmt: skip
    offen = [m.name for m in meldungen if m.art in (Art.ERNEUERT, Art.GEHEIM, Art.EINGESETZT)]
    if offen == [BEWEIS] and not any(m.art is Art.WEG for m in meldungen):
        raise BedienFehler(
            f"Die eingesetzten Zahlen gelten. Überholt ist nur der Satz „{BEWEIS}“: Seit der Bericht geschrieben ist, wird gemeinsam mit "
            "anderen Veröffentlichungen geprüft als denen, die er nennt.",
            "Bitte auffrischen („bericht auffrischen“): Das erneuert diesen Satz, danach lässt sich der Bericht festhalten.", "BERICHT-ALT",
        )  # fmt: skip
    if offen:
        raise BedienFehler(
            f"Der Bericht zeigt nicht die freigegebenen Zahlen von heute: {'; '.join(offen[:3])}{' …' if len(offen) > 3 else ''}.",
            "Bitte zuerst auffrischen.", "BERICHT-ALT",
        )  # fmt: skip
    weg = [m.name for m in meldungen if m.art is Art.WEG]
    if weg:
        raise BedienFehler(
            f"Im Bericht stehen Stücke, die es für {jahr} nicht gibt: {'; '.join(weg[:3])}{' …' if len(weg) > 3 else ''}.",
            "Bitte auffrischen und die Stellen löschen, an denen dann „gibt es nicht“ steht.", "BERICHT-WEG",
        )  # fmt: skip
    if vergleich.inhalt is not None:
        raise BedienFehler(
            "Im Bericht stehen noch verborgene Marken früherer Zahlen.", "Bitte zuerst auffrischen.", "BERICHT-ALT"
        )


def _require_angenommen(pfad: Path) -> None:
    """Refuse a report in which tracked changes are still open: what they delete can be read in the file."""
    from sozialtool.ausgabe.wortpaket import Wortpaket

    paket = Wortpaket(pfad)
    if any(_GELOESCHT.search(paket.read(teil) or b"") for teil in paket.textteile):
        raise BedienFehler(
            f"In „{pfad.name}“ sind Änderungen nachverfolgt; was gelöscht ist, kann darin noch jeder lesen.",
            "Bitte in Word unter „Überprüfen“ alle Änderungen annehmen und speichern.", "BERICHT-AENDERUNGEN",
        )  # fmt: skip
