"""Run the tests as Windows, with the built folder: `packaging/pruefen.py build/windows/sozialtool [--vorbereiten | --frist SEKUNDEN] [pytest-Angaben]`.

With `--frist` no test begins after so many seconds: those that differ most as Windows run first, the others are counted and named.
"""

from __future__ import annotations

import compileall
import hashlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from pathlib import Path
from typing import IO

import windows
from ordner import PYTHON_VERSION, WURZEL, BauFehler

ORT = WURZEL / "build" / "pruefung"
"""Where the libraries that only the tests need lie, and the Python that finds them."""
NUR_QUELLE = ("odfpy",)
"""Libraries without wheel; they are plain Python and built here."""
GRENZE = 660
"""Seconds; a run that hangs is stopped. The whole suite in Wine has ten minutes, on two cores that do nothing else."""


def fetch_pakete(ziel: Path) -> None:
    """Bring the libraries of the test extra for Windows, once, and again when others are asked for."""
    projekt = tomllib.loads((WURZEL / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    anforderungen = projekt["optional-dependencies"]["test"]
    zettel = ziel / "anforderungen.txt"
    if zettel.is_file() and zettel.read_text(encoding="utf-8").split("\n") == anforderungen:
        return
    shutil.rmtree(ziel, ignore_errors=True)
    raeder = ORT / "raeder"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", str(raeder), *NUR_QUELLE], check=True)
    befehl = [
        *pip, "install", "--target", str(ziel), "--platform", "win_amd64", "--python-version", PYTHON_VERSION,
        "--only-binary", ":all:", "--find-links", str(raeder), "--no-compile", *anforderungen, "colorama",
    ]  # fmt: skip
    subprocess.run(befehl, check=True)
    if f"{sys.version_info[0]}.{sys.version_info[1]}" == PYTHON_VERSION:
        # Every process that loads them would compile them again: what runs as Windows leaves no bytecode.
        compileall.compile_dir(ziel, quiet=2)
    zettel.write_text("\n".join(anforderungen), encoding="utf-8", newline="\n")


def make_python(ordner: Path, pakete: Path) -> Path:
    """Return the folder's own Python, beside a list of paths that also names the tests and their libraries.

    The program still comes from the built folder, and before everything else: the sources in the checkout are not run.
    """
    ziel = ORT / "python"
    shutil.rmtree(ziel, ignore_errors=True)
    shutil.copytree(ordner / "python", ziel)
    pfade = ["python311.zip", ".", *(windows.to_windows(p) for p in (ordner / "programm", pakete, WURZEL))]
    (ziel / "python311._pth").write_text("".join(f"{pfad}\r\n" for pfad in pfade), encoding="utf-8", newline="")
    return ziel / "python.exe"


def make_aliases(ordner: Path) -> dict[str, str]:
    """Make the folder reachable under paths as people have them: with blanks, umlauts and signs, and very deep."""
    orte = {
        "SOZIALTOOL_ORDNER": ordner,
        "SOZIALTOOL_ORDNER_SCHWIERIG": ORT / "alias" / "Ämter & Büro (neu)" / "sozialtool",
        "SOZIALTOOL_ORDNER_TIEF": ORT.joinpath("alias", *["x" * 40] * 4, "sozialtool"),
    }
    for ort in list(orte.values())[1:]:
        ort.parent.mkdir(parents=True, exist_ok=True)
        if sys.platform == "win32":
            import _winapi

            if not ort.exists():
                _winapi.CreateJunction(str(ordner), str(ort))
        else:
            ort.unlink(missing_ok=True)
            ort.symlink_to(ordner, target_is_directory=True)
    return {name: windows.to_windows(ort) for name, ort in orte.items()}


def compute_mappe(zettel: Path) -> None:
    """Write down the SHA-256 of the example's workbook as the checkout makes it with the Python that runs here."""
    with tempfile.TemporaryDirectory() as name:
        ziel = Path(name) / "Lindenrath"
        befehl = [sys.executable, "-m", "sozialtool", "beispiel", str(ziel), "--ohne-oberflaeche"]
        subprocess.run(befehl, check=True, stdout=subprocess.DEVNULL, cwd=WURZEL)
        summe = hashlib.sha256((ziel / "ausgaben" / "2025" / "Monitoring_2025.xlsx").read_bytes()).hexdigest()
    halb = zettel.with_suffix(".halb")
    halb.write_text(summe, encoding="utf-8")
    halb.replace(zettel)


def main(argumente: list[str]) -> int:
    """Run pytest in the folder's Python and pass its exit code on; with `--vorbereiten` only fetch what that needs."""
    ordner = Path(argumente[0]).absolute()
    if not (ordner / "python" / "python.exe").is_file():
        raise BauFehler(f"„{ordner}“ ist kein gebauter Ordner.")
    pakete = ORT / "pakete"
    fetch_pakete(pakete)
    if argumente[1:] == ["--vorbereiten"]:
        windows.find_starter()
        return 0
    frist: dict[str, str] = {}
    if argumente[1:2] == ["--frist"]:
        frist["SOZIALTOOL_FRIST"] = str(time.time() + float(argumente[2]))
        del argumente[1:3]
    python = make_python(ordner, pakete)
    zettel = ORT / "mappe.sha256"
    zettel.unlink(missing_ok=True)
    # Beside the tests, of which one waits for it.
    rechner = threading.Thread(target=compute_mappe, args=(zettel,))
    rechner.start()
    umgebung = windows.environment() | make_aliases(ordner) | frist | {"SOZIALTOOL_MAPPE": windows.to_windows(zettel)}
    # `-B`: the tests must not leave bytecode in the checkout.
    befehl = [windows.to_windows(python), "-B", "-u", "-m", "pytest", "-p", "no:cacheprovider", *argumente[1:]]
    with subprocess.Popen(
        [*windows.find_starter(), *befehl], cwd=WURZEL, env=umgebung,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as lauf:  # fmt: skip
        leser = threading.Thread(target=_pass_on, args=(lauf.stdout,))
        leser.start()
        try:
            code = lauf.wait(timeout=GRENZE)
        except subprocess.TimeoutExpired:
            print(f"Nach {GRENZE} Sekunden nicht fertig; der Lauf ist beendet.", flush=True)
            lauf.kill()
            code = 1
        leser.join(timeout=10)
        rechner.join()
        windows.stop()
    return code


def _pass_on(strom: IO[bytes]) -> None:
    for zeile in strom:
        print(zeile.decode("utf-8", "replace").rstrip(), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
