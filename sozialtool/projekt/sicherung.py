"""Dated copies of the project in `sicherungen/` beside it; each opens like any project.

`lindenrath_2025-11-22_0930_vor-migration.sozial` – town, day, time, reason. Automatic ones (reason `taeglich` or
`vor-migration`) are thinned out after each new one: all of the last 14 days stay, then the last of each calendar week for
90 days, then the last of each month for two years, then the last of each year; the five newest `vor-migration` stay in
any case. Copies made by the planner are never deleted. After more than 60 days without a copy, or with one from the future,
nothing is thinned out: the clock may be wrong, and a wrong clock must not make old copies look superfluous.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import sqlite3
from pathlib import Path

import attrs

from sozialtool.fehler import SozialtoolFehler
from sozialtool.orte import remove, replace
from sozialtool.projekt.uhr import read_uhr
from sozialtool.projekt.verbindung import connect, german_errors

TAEGLICH = "taeglich"
VOR_MIGRATION = "vor-migration"
VON_HAND = "von-hand"
_ORDNER = "sicherungen"
_PAUSE = dt.timedelta(days=60)
_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_MUSTER = re.compile(r"_(\d{4}-\d{2}-\d{2}_\d{4})_([a-z0-9-]+?)(\.\d+)?\.sozial$")


@attrs.frozen
class Sicherung:
    """One dated copy."""

    pfad: Path
    zeit: dt.datetime
    grund: str

    @property
    def automatisch(self) -> bool:
        """Whether the program made it by itself."""
        return self.grund in (TAEGLICH, VOR_MIGRATION)


def find_sicherungen(pfad: Path) -> list[Sicherung]:
    """List the copies of the project at `pfad`, oldest first."""
    ordner, stamm = _get_ordner(pfad), os.path.normcase(pfad.stem)
    gefunden = []
    for datei in ordner.glob("*.sozial") if ordner.is_dir() else ():
        treffer = _MUSTER.search(datei.name)
        if treffer is None or os.path.normcase(datei.name[: treffer.start()]) != stamm:
            continue
        try:
            zeit = dt.datetime.strptime(treffer[1], "%Y-%m-%d_%H%M")
        except ValueError:
            continue  # a name that only looks like ours
        gefunden.append(Sicherung(datei, zeit, treffer[2]))
    return sorted(gefunden, key=lambda s: (s.zeit, s.pfad.name))


def describe_sicherung(pfad: Path) -> str:
    """Say in German that a project is a dated copy, for whoever opens it; "" for any other file."""
    treffer = _MUSTER.search(pfad.name)
    if pfad.parent.name != _ORDNER or treffer is None:
        return ""
    tag, uhrzeit = treffer[1].split("_")
    return (
        f"Das ist die Sicherung vom {'.'.join(reversed(tag.split('-')))}, {uhrzeit[:2]}:{uhrzeit[2:]} Uhr. Was hier geändert wird, "
        f"steht nicht im Projekt „{pfad.name[: treffer.start()]}.sozial“."
    )


def write_sicherung(pfad: Path, verbindung: sqlite3.Connection, grund: str) -> Path:
    """Copy the project page by page through SQLite's backup; return the path of the copy.

    The copy gets its name only when it is complete, so that a crash leaves no half copy that looks whole.
    """
    ordner = _get_ordner(pfad)
    zeit = read_uhr().strftime("%Y-%m-%d_%H%M")
    with german_errors(ordner / pfad.name):
        ordner.mkdir(exist_ok=True)
        ziel = _find_freien_namen(ordner, f"{pfad.stem}_{zeit}_{_slug(grund)}")
        teil = ziel.with_name(ziel.name + ".teil")
        try:
            kopie = connect(teil, "rwc")
            try:
                verbindung.backup(kopie)
            finally:
                kopie.close()
            replace(teil, ziel)
        except BaseException:
            remove(teil)
            raise
    return ziel


def write_automatisch(pfad: Path, verbindung: sqlite3.Connection, grund: str) -> Path:
    """Make an automatic copy and thin out the older ones."""
    jetzt = read_uhr()
    fruehere = [s.zeit for s in find_sicherungen(pfad) if s.automatisch]
    ziel = write_sicherung(pfad, verbindung, grund)
    if fruehere and not dt.timedelta(0) <= jetzt.replace(second=0) - fruehere[-1] <= _PAUSE:
        return ziel
    for alt in choose_ueberzaehlige(find_sicherungen(pfad), jetzt.date()):
        try:
            alt.pfad.unlink()
        except OSError:
            continue  # open in another program: it goes next time
    return ziel


def write_taegliche(pfad: Path, verbindung: sqlite3.Connection, geaendert: dt.datetime | None) -> str:
    """Make today's copy when there was a change since the last one; return a German hint when that failed, else ""."""
    jetzt = read_uhr()
    # A copy from the future was made when the clock was wrong; it must not stop the daily ones until its day comes.
    sicherungen = [s for s in find_sicherungen(pfad) if s.zeit <= jetzt]
    if geaendert is None or any(s.zeit.date() == jetzt.date() and s.automatisch for s in sicherungen):
        return ""
    if sicherungen and sicherungen[-1].zeit > geaendert:
        return ""
    try:
        write_automatisch(pfad, verbindung, TAEGLICH)
    except SozialtoolFehler as fehler:
        return f"Die tägliche Sicherung ist nicht gelungen: {fehler}"
    return ""


def choose_ueberzaehlige(sicherungen: list[Sicherung], heute: dt.date) -> list[Sicherung]:
    """Choose the automatic copies that may go; the rule stands at the top of this file."""
    automatisch = [s for s in sicherungen if s.automatisch]
    behalten = {s.pfad for s in [s for s in automatisch if s.grund == VOR_MIGRATION][-5:]}
    letzte: dict[tuple[object, ...], Path] = {}
    for sicherung in automatisch:
        letzte[_zeitfach(sicherung, heute)] = sicherung.pfad
    behalten.update(letzte.values())
    return [s for s in automatisch if s.pfad not in behalten]


def _zeitfach(sicherung: Sicherung, heute: dt.date) -> tuple[object, ...]:
    tag = sicherung.zeit.date()
    alter = (heute - tag).days
    if alter <= 14:
        return ("einzeln", sicherung.pfad)
    if alter <= 90:
        return ("woche", *tag.isocalendar()[:2])
    if alter <= 730:
        return ("monat", tag.year, tag.month)
    return ("jahr", tag.year)


def _get_ordner(pfad: Path) -> Path:
    """A copy that was opened keeps its own copies beside itself."""
    return pfad.parent if pfad.parent.name == _ORDNER else pfad.parent / _ORDNER


def _slug(grund: str) -> str:
    klein = grund.casefold().translate(_UMLAUTE)
    return re.sub(r"[^a-z0-9]+", "-", klein).strip("-")[:40].strip("-") or VON_HAND


def _find_freien_namen(ordner: Path, name: str) -> Path:
    ziel = ordner / f"{name}.sozial"
    nummer = 2
    while ziel.exists():
        ziel = ordner / f"{name}.{nummer}.sozial"
        nummer += 1
    return ziel
