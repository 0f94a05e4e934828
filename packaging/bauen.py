"""Build the portable Windows folder and its zip: `python packaging/bauen.py --python python-3.11.9-embed-amd64.zip`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

import beiblaetter
import messen
import ordner as teile_des_ordners
from ordner import WURZEL, BauFehler
from windows import KeinWindows

PYTHON = "3.11.9"
LANG = 120
"""Longest path inside the folder, in characters: with a folder of 130 characters before it Windows' 260 are kept."""


def build(python_zip: Path, ziel: Path, raeder: Path | None = None) -> tuple[Path, Path, Counter[str]]:
    """Build folder and zip.

    Args:
        python_zip: the embeddable Python.
        ziel: where `sozialtool/` and the zip go; an earlier build there is replaced.
        raeder: folder with the wheels of the lock file; default: pip brings them.

    Returns:
        folder, zip, bytes left out by pattern.

    Raises:
        BauFehler: an input is not what the repository says.
    """
    version = beiblaetter.read_version()
    python, weg = teile_des_ordners.collect_python(python_zip)
    ordner = ziel / "sozialtool"
    with tempfile.TemporaryDirectory() as name:
        dateien = teile_des_ordners.fetch_raeder(raeder or Path(name))
        eigenes = teile_des_ordners.build_rad(Path(name))
        weggelassen = teile_des_ordners.write_ordner(ordner, python, [*dateien, eigenes])
    weggelassen["python: Verschlüsselung, Installer, Töne"] = weg
    teile = beiblaetter.collect_teile(ordner / "programm", python, PYTHON)
    beiblaetter.write_lizenzen(ordner, teile)
    beiblaetter.write_stueckliste(ordner, version, teile)
    _write_it_seite(ordner)
    beiblaetter.write_pruefsummen(ordner)
    _check_laenge(ordner)
    paket = ziel / f"sozialtool-{version}-windows.zip"
    teile_des_ordners.pack(ordner, paket)
    summe = teile_des_ordners.sha256(paket.read_bytes())
    paket.with_name(paket.name + ".sha256").write_text(f"{summe}  {paket.name}\n", encoding="ascii", newline="\n")
    return ordner, paket, weggelassen


def _write_it_seite(ordner: Path) -> None:
    """Put the page for the IT department beside the program, as text that the editor of every Windows opens."""
    text = (WURZEL / "docs" / "it-abteilung.md").read_text(encoding="utf-8").replace("\n", "\r\n")
    (ordner / "IT-Abteilung.txt").write_bytes(text.encode("utf-8-sig"))


def _check_laenge(ordner: Path) -> None:
    laengster = max(teile_des_ordners.list_dateien(ordner), key=len)
    if len(laengster) > LANG:
        raise BauFehler(f"Dieser Pfad ist zu lang für Windows ({len(laengster)} Zeichen): {laengster}")


def describe(ordner: Path, paket: Path, weggelassen: Counter[str]) -> str:
    """Say how large zip and folder are, what takes the room and what was left out."""
    groessen: Counter[str] = Counter()
    dateien = teile_des_ordners.list_dateien(ordner)
    for name in dateien:
        stuecke = name.split("/")
        groessen["/".join(stuecke[:2]) if len(stuecke) > 2 else stuecke[0]] += (ordner / name).stat().st_size
    zeilen = [
        f"Zip:    {_mb(paket.stat().st_size)}   {paket}",
        f"Ordner: {_mb(groessen.total())}   {len(dateien)} Dateien, längster Pfad darin {max(map(len, dateien))} Zeichen",
        "Die fünf größten Teile:",
        *(f"  {_mb(groesse)}   {name}" for name, groesse in groessen.most_common(5)),
        f"Weggelassen ({_mb(weggelassen.total()).strip()}):",
        *(f"  {_mb(groesse)}   {muster}" for muster, groesse in weggelassen.most_common() if groesse),
    ]
    return "\n".join(zeilen)


def _mb(anzahl: int) -> str:
    return f"{anzahl / 1e6:7.1f} MB".replace(".", ",")


def main(argumente: list[str]) -> int:
    """Read the command line, build, report."""
    leser = argparse.ArgumentParser(description="Baut den tragbaren Windows-Ordner und sein Zip.")
    leser.add_argument(
        "--python", type=Path, required=True, help="Zip mit dem eingebetteten Python (Windows embeddable package)"
    )
    leser.add_argument("--raeder", type=Path, help="Ordner, in dem die Bibliotheken liegen oder liegen sollen")
    leser.add_argument("--ziel", type=Path, default=WURZEL / "dist", help="wohin; vorgegeben ist dist")
    leser.add_argument("--ohne-messung", action="store_true", help="den Start nicht messen")
    wahl = leser.parse_args(argumente)
    try:
        ordner, paket, weggelassen = build(wahl.python, wahl.ziel, wahl.raeder)
    except BauFehler as fehler:
        print(fehler, file=sys.stderr)
        return 1
    print(describe(ordner, paket, weggelassen))
    if not wahl.ohne_messung:
        try:
            print(messen.measure_start(ordner))
        except KeinWindows as fehler:
            print(f"Start: nicht gemessen. {fehler}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
