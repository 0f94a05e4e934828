"""What goes out: the monitoring workbook of a year, its accessible edition, and where outputs lie."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool.ablauf.werte import Ausgabe, Fortschritt, Stop
from sozialtool.fach.veroeffentlichung import name_barrierefrei, name_monitoring
from sozialtool.orte import als_pfad, zeige
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ablauf.indexbild import Indexbild
    from sozialtool.ablauf.kennzahlen import Ergebnis
    from sozialtool.ausgabe.bericht import Monitoringbericht


def ausgaben_ordner(projekt: Projekt, jahr: int) -> Path:
    """Return the folder of the outputs of a year (entwurf.md section 5)."""
    return projekt.pfad.parent / "ausgaben" / str(jahr)


def ausgaben(projekt: Projekt) -> tuple[Ausgabe, ...]:
    """List what was written, newest first."""
    ordner = projekt.pfad.parent / "ausgaben"
    gefunden = []
    for pfad in ordner.glob("*/*"):
        if (
            pfad.suffix.casefold() in (".xlsx", ".docx")
            and re.fullmatch(r"\d{4}", pfad.parent.name)
            and not pfad.name.startswith("~$")
        ):
            zeit = dt.datetime.fromtimestamp(pfad.stat().st_mtime)
            gefunden.append(Ausgabe(zeige(pfad), int(pfad.parent.name), zeit))
    return tuple(sorted(gefunden, key=lambda ausgabe: (ausgabe.geschrieben_am, ausgabe.pfad), reverse=True))


def find_monitoring(projekt: Projekt, jahr: int) -> Ausgabe | None:
    """Return the Monitoring workbook of a year as it lies in its folder; None where none was written."""
    name = name_monitoring(jahr).casefold()
    return next((a for a in ausgaben(projekt) if a.jahr == jahr and als_pfad(a.pfad).name.casefold() == name), None)


def ausgeben(
    projekt: Projekt, jahr: int, drucksache: str = "", fortschritt: Fortschritt | None = None, stop: Stop | None = None,
    *,
    stand: dt.date | None = None,
    grenzen_geprueft: bool = False,
    bekanntes_hinnehmen: bool = False,
    endgueltig: bool = False,
    begruendung: str = "",
    ohne: frozenset[str] = frozenset(),
    barrierefrei: bool = False,
    alles_drucken: bool = False,
) -> Path:  # fmt: skip
    """Write the monitoring workbook of a year and return its path.

    `grenzen_geprueft`: somebody has made sure that no figures of these years are public on earlier boundaries.
    `bekanntes_hinnehmen`: secrets that earlier releases have disclosed already do not stop this one.
    `endgueltig`: it leaves the house: searched for leaks, kept as a Veröffentlichung; `begruendung`: why so before who must see it.
    `ohne`: sheets to leave out (keys of `fach.blattwahl.BLAETTER`); what is secret is decided over everything.
    `alles_drucken`: the long tables also go into the print. `barrierefrei`: also write the accessible edition (`barrierefrei_of`); a
    final version always has one, and one that lies there is never left behind with older figures.

    Raises:
        GeheimhaltungsFehler: GEHEIM-FRUEHER, GEHEIM-DATEI (an earlier release, this workbook discloses a secret), GEHEIM-GRENZEN.
        BedienFehler: no figure in that year; BERATUNG-FEHLT, a body should have seen a final one before. DatenFehler: nothing to compute.
        DateiGesperrt: the workbook is open in Excel. Abgebrochen: stopped.
    """
    from sozialtool.ablauf.bericht import build_bericht
    from sozialtool.ablauf.hinausweg import Hinausweg
    from sozialtool.ablauf.indexbild import build_indexbilder
    from sozialtool.ablauf.kennzahlen import check_jahr, compute

    tag = stand or dt.date.today()
    weg = Hinausweg(projekt, tag, endgueltig, begruendung, grenzen_geprueft, bekanntes_hinnehmen)
    vorbehalt = weg.require_vorab(jahr)
    ergebnis = compute(projekt, fortschritt, stop)
    weg.require_ergebnis(ergebnis)
    check_jahr(jahr, set(ergebnis.tabelle.kennzahlen["jahr"]))
    indizes = build_indexbilder(projekt, ergebnis, jahr)
    bericht = build_bericht(projekt, ergebnis, jahr, drucksache, tag, indizes, ohne, alles_drucken=alles_drucken)
    pfad = _write(projekt, bericht, fortschritt, stop, barrierefrei=barrierefrei or endgueltig)
    if endgueltig:
        _record(projekt, ergebnis, bericht, pfad, indizes[0], vorbehalt)
    return pfad


def barrierefrei_of(pfad: Path) -> Path:
    """Return where the accessible edition of a monitoring workbook lies."""
    return pfad.with_name(name_barrierefrei(pfad.name))


def _write(
    projekt: Projekt, bericht: Monitoringbericht, fortschritt: Fortschritt | None, stop: Stop | None, *, barrierefrei: bool
) -> Path:  # fmt: skip
    """Write the workbook, and its accessible edition where there is to be one; what went out stays beside it."""
    from sozialtool.ablauf.projekte import make_folder
    from sozialtool.ablauf.veroeffentlichungen import keep_datei
    from sozialtool.ausgabe.barrierefrei import write_barrierefrei
    from sozialtool.ausgabe.monitoring import write_monitoring

    pfad = ausgaben_ordner(projekt, bericht.jahr) / name_monitoring(bericht.jahr)
    frei = barrierefrei_of(pfad)
    make_folder(pfad.parent)
    keep_datei(projekt, pfad, (frei,))
    write_monitoring(pfad, bericht, fortschritt=fortschritt, stop=stop)
    if barrierefrei or frei.exists():
        write_barrierefrei(frei, bericht, stop=stop)
    return pfad


def _record(
    projekt: Projekt, ergebnis: Ergebnis, bericht: Monitoringbericht, pfad: Path, indizes: Iterable[Indexbild], vorbehalt: str
) -> None:  # fmt: skip
    """Search a final workbook and its accessible edition for leaks and keep it as a Veröffentlichung, with its indices."""
    from sozialtool.ablauf.indexbild import freeze_index
    from sozialtool.ablauf.leckpruefung import require_dicht
    from sozialtool.ablauf.veroeffentlichungen import record_veroeffentlichung

    for datei in (pfad, barrierefrei_of(pfad)):
        require_dicht(projekt, datei)
    dazu = [fassung for bild in indizes for fassung in freeze_index(projekt, bild, bericht.stand)]
    record_veroeffentlichung(
        projekt, ergebnis, bericht.jahr, pfad, bericht.drucksache, bericht.stand, vorbehalt=vorbehalt, dazu=dazu
    )
