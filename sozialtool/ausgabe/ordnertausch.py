"""A folder of outputs appears whole or not at all: written beside the old one, then put in its place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sozialtool.ausgabe.datei import build_gesperrt, check_ziel
from sozialtool.fehler import BedienFehler, DateiFehler, grund_of
from sozialtool.orte import lang, replace, zeige

_BLEIBT = "Der Ordner ist unverändert."
_PLATZ = 120
"""Characters that the names in the folder take at most."""


@contextmanager
def write_ordner(ziel: Path) -> Iterator[Path]:
    """Yield an empty folder beside `ziel`; put it in the place of `ziel` when the body succeeded, else leave all as it was.

    Raises:
        BedienFehler: ZIEL-FREMD, the folder holds something that was not written here.
        DateiGesperrt: a file of the folder is open in Excel. DateiFehler: nothing can be written there.
    """
    ziel = lang(ziel, _PLATZ)
    neu, alt = ziel.with_name(f".{ziel.name}-neu"), ziel.with_name(f".{ziel.name}-alt")
    try:
        _clear_up(ziel, neu, alt)
        check_ordner(ziel)
        neu.mkdir(parents=True)
        yield neu
        check_ordner(ziel)
        _swap(ziel, neu, alt)
    except OSError as fehler:
        raise _translate(ziel, fehler) from fehler
    finally:
        shutil.rmtree(neu, ignore_errors=True)
        if ziel.exists():
            shutil.rmtree(alt, ignore_errors=True)


def check_ordner(ziel: Path) -> None:
    """Refuse a folder that holds something of somebody else, or a file that is open in Excel.

    Raises:
        BedienFehler: ZIEL-FREMD. DateiGesperrt: a file is open. OSError: the folder cannot be read.
    """
    if not ziel.exists():
        return
    for datei in sorted(ziel.iterdir()):
        if datei.name.startswith("~$"):  # Excel's own mark of an open workbook
            raise build_gesperrt(datei.with_name(datei.name.removeprefix("~$")), _BLEIBT)
        if datei.suffix.casefold() != ".xlsx" or not datei.is_file():
            raise BedienFehler(
                f"Im Ordner {zeige(ziel)} liegt „{datei.name}“, das nicht von sozialtool stammt. Nichts wurde geschrieben.",
                "Bitte woandershin legen und noch einmal schreiben.",
                "ZIEL-FREMD",
            )
        check_ziel(datei)
        try:
            datei.open("r+b").close()
        except PermissionError as fehler:
            raise build_gesperrt(datei, _BLEIBT) from fehler


def _clear_up(ziel: Path, neu: Path, alt: Path) -> None:
    """Take back what an earlier run left behind when the power went."""
    if alt.exists() and not ziel.exists():
        replace(alt, ziel)
    for rest in (neu, alt):
        if rest.exists():
            shutil.rmtree(rest)


def _swap(ziel: Path, neu: Path, alt: Path) -> None:
    vorhanden = ziel.exists()
    if vorhanden:
        replace(ziel, alt)
    try:
        replace(neu, ziel)
    except OSError:
        if vorhanden:
            replace(alt, ziel)
        raise


def _translate(ziel: Path, fehler: OSError) -> DateiFehler:
    if isinstance(fehler, PermissionError):
        return build_gesperrt(ziel, _BLEIBT)
    return DateiFehler(
        f"Der Ordner {zeige(ziel)} lässt sich nicht schreiben ({grund_of(fehler)}).",
        "Bitte prüfen, ob das Laufwerk erreichbar ist und Platz hat. Was dort lag, ist unverändert.",
        "AUSGABE-SCHREIBEN",
    )
