"""Put the folder together: embeddable Python, libraries, program; leave out what nobody runs; compile."""

from __future__ import annotations

import email
import fnmatch
import hashlib
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HIER = Path(__file__).resolve().parent
WURZEL = HIER.parent
PYTHON_SUMMEN = HIER / "python.sha256"
LOCK = HIER / "windows.lock"
PYTHON_VERSION = "3.11"
"""Line of the Python in the folder; its bytecode is made by the building Python, so that has to be of the same line."""

PYTHON_OHNE = ("_ssl.pyd", "_hashlib.pyd", "libssl-*.dll", "libcrypto-*.dll", "_msi.pyd", "winsound.pyd", "pythonw.exe")
"""Left out of the embeddable Python: encryption of connections (nothing here opens one; hashlib has its own SHA-256),
installer packages, sounds, the interpreter without a window."""
OHNE = (
    "*/tests/*", "*/test/*", "*/testing/tests/*", "*/__pycache__/*", "*.lib", "*.a", "*.h", "*.pxd", "*.pyx", "*.c", "*.cpp",
    "*.pyi", "numpy/f2py/*", "numpy/distutils/*", "numpy/core/include/*", "numpy/doc/*", "numpy/typing/*",
    "*.dist-info/RECORD", "*.dist-info/WHEEL", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED", "*.dist-info/entry_points.txt",
    "*.dist-info/top_level.txt", "*.dist-info/DELVEWHEEL", "*.data/*", "*.whl", "numpy/core/_[orsu]*_tests.*.pyd", "numpy/conftest.py",
    "*/_pyinstaller/*", "*/__pyinstaller/*", "platformdirs/pytest_plugin.py", "sozialtool/_daten/beispieldaten/*.py",
)  # fmt: skip
"""Left out of the libraries: their tests, sources and headers for building against them, caches, traces of an installation."""
BEHALTEN = ("numpy/testing/*", "numpy/core/tests/_locales.py")
"""Kept although a pattern of `OHNE` fits."""


STATT = {"polars-runtime-32": "polars-runtime-compat"}
"""The runtime of Polars for processors of any age instead of the one that stops without AVX2; same results, a little slower."""
_ZIEL = {
    "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64", "python_version": PYTHON_VERSION,
    "python_full_version": f"{PYTHON_VERSION}.9", "implementation_name": "cpython", "platform_python_implementation": "CPython",
    "extra": "",
}  # fmt: skip
"""What libraries ask about the system before they need another one (PEP 508)."""


class BauFehler(Exception):
    """The folder cannot be built; the message says why and what to do."""


def sha256(daten: bytes) -> str:
    """Return the SHA-256 of bytes as hexadecimal text."""
    return hashlib.sha256(daten).hexdigest()


def read_python(quelle: Path) -> dict[str, bytes]:
    """Read the embeddable Python and compare every file with the sums in the repository.

    Args:
        quelle: the zip of python.org, or any zip that holds the same files in one folder.

    Raises:
        BauFehler: a file is missing, is one too many or differs.
    """
    zeilen = [zeile.split(maxsplit=1) for zeile in PYTHON_SUMMEN.read_text(encoding="ascii").splitlines()]
    soll = {name: summe for summe, name in zeilen}
    with zipfile.ZipFile(quelle) as paket:
        ist = {PurePosixPath(name).name: paket.read(name) for name in paket.namelist() if not name.endswith("/")}
    falsch = sorted(name for name in soll.keys() | ist.keys() if name not in ist or soll.get(name) != sha256(ist[name]))
    if falsch:
        raise BauFehler(
            f"„{quelle.name}“ ist nicht das erwartete Python: {', '.join(falsch)} fehlt oder hat eine andere Prüfsumme.\n"
            "Gebraucht wird „Windows embeddable package (64-bit)“ in der Version aus packaging/README.md."
        )
    return ist


def collect_python(quelle: Path) -> tuple[dict[str, bytes], int]:
    """Return the files of the folder `python` and the bytes left out."""
    dateien = read_python(quelle)
    weg = sum(len(dateien.pop(name)) for name in list(dateien) if _fits(name, PYTHON_OHNE))
    # Isolated: no site, no PYTHON* variables, no folder but these. `..\programm` is found wherever the folder lies.
    dateien["python311._pth"] = b"python311.zip\r\n.\r\n..\\programm\r\n"
    return dateien, weg


def fetch_raeder(ordner: Path) -> list[Path]:
    """Bring the wheels of `windows.lock` into a folder and list them; whatever else lies there is passed over.

    Raises:
        BauFehler: a wheel cannot be had, or is not the one of the lock file.
    """
    gefunden = _find_raeder(ordner)
    gesucht = read_lock(LOCK)
    if gefunden.keys() == gesucht.keys():  # no network is needed then
        return sorted(gefunden.values())
    befehl = [
        sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "download", "--no-deps", "--require-hashes", "-r", str(LOCK),
        "-d", str(ordner), "--platform", "win_amd64", "--python-version", PYTHON_VERSION, "--only-binary", ":all:",
    ]  # fmt: skip
    geholt = subprocess.run(befehl, check=False).returncode == 0
    gefunden = _find_raeder(ordner)
    fehlt = sorted(gesucht.keys() - gefunden.keys())
    if fehlt or not geholt:
        raise BauFehler(
            f"Diese Bibliotheken aus {LOCK.name} sind nicht zu bekommen oder nicht die erwarteten: {', '.join(fehlt) or 'siehe oben'}."
        )
    return sorted(gefunden.values())


def _find_raeder(ordner: Path) -> dict[str, Path]:
    """Find the wheels of the lock file by their content: beside them may lie those of an older one."""
    gesucht = {summe: name for name, (_, summe) in read_lock(LOCK).items()}
    return {gesucht[s]: rad for rad in sorted(ordner.glob("*.whl")) if (s := sha256(rad.read_bytes())) in gesucht}


def read_lock(datei: Path) -> dict[str, tuple[str, str]]:
    """Read a lock file: name → (version, SHA-256)."""
    teile: dict[str, tuple[str, str]] = {}
    for zeile in datei.read_text(encoding="utf-8").splitlines():
        if zeile and not zeile.startswith("#"):
            angabe, summe = zeile.split()
            name, version = angabe.split("==")
            teile[name] = (version, summe.removeprefix("--hash=sha256:"))
    return teile


def check_vollstaendig(programm: Path) -> None:
    """Make sure that the folder holds what its parts need, the program itself included (so a new dependency is noticed).

    Raises:
        BauFehler: a library is missing or too old.
    """
    metadaten = [email.message_from_bytes(d.read_bytes()) for d in sorted(programm.glob("*.dist-info/METADATA"))]
    da = {canonicalize_name(m["Name"]): str(m["Version"]) for m in metadaten}
    maengel = []
    for teil in metadaten:
        for zeile in teil.get_all("Requires-Dist", []):
            bedarf = Requirement(zeile)
            name = canonicalize_name(bedarf.name)
            version = da.get(name) or da.get(canonicalize_name(STATT.get(name, "")), "")
            if bedarf.marker and not bedarf.marker.evaluate(_ZIEL):
                continue
            if not version or not bedarf.specifier.contains(version, prereleases=True):
                maengel.append(f"{teil['Name']} braucht {bedarf.name}{bedarf.specifier}, da ist {version or 'nichts'}")
    if maengel:
        raise BauFehler(
            f"Im Ordner fehlt etwas: {'; '.join(maengel)}.\nBitte {LOCK.name} neu schreiben: .venv/bin/python packaging/sperren.py"
        )


def build_rad(ordner: Path) -> Path:
    """Build our own wheel, without isolation: hatchling is part of the test extra."""
    befehl = [
        sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "wheel", "--no-deps", "--no-build-isolation",
        "-w", str(ordner), str(WURZEL),
    ]  # fmt: skip
    subprocess.run(befehl, check=True)
    (rad,) = ordner.glob("sozialtool-*.whl")
    return rad


def unpack_raeder(raeder: list[Path], ziel: Path) -> Counter[str]:
    """Unpack wheels into one folder without what nobody runs; return the bytes left out, by pattern."""
    weg: Counter[str] = Counter()
    for rad in raeder:
        with zipfile.ZipFile(rad) as paket:
            for teil in paket.infolist():
                muster = next((m for m in OHNE if fnmatch.fnmatchcase(teil.filename, m)), None)
                if teil.is_dir():
                    continue
                if muster and not _fits(teil.filename, BEHALTEN):
                    weg[muster] += teil.file_size
                    continue
                datei = ziel / teil.filename
                datei.parent.mkdir(parents=True, exist_ok=True)
                datei.write_bytes(paket.read(teil))
    return weg


def compile_programm(programm: Path) -> None:
    """Compile every module for the Python in the folder, in a fresh interpreter so that the bytes depend on nothing else.

    The bytecode is not compared with the date of its source (PEP 552, unchecked): dates do not survive unzipping, and the
    program may lie where nothing can be written.
    """
    if f"{sys.version_info.major}.{sys.version_info.minor}" != PYTHON_VERSION:
        raise BauFehler(f"Zum Bauen wird Python {PYTHON_VERSION} gebraucht; dieses ist {sys.version.split()[0]}.")
    code = (
        "import pathlib, py_compile as p, sys, warnings\n"
        "warnings.simplefilter('ignore')\n"
        "for q in sorted(pathlib.Path('.').rglob('*.py')):\n"
        "    c = q.parent / '__pycache__' / (q.stem + '.cpython-311.pyc')\n"
        "    p.compile(str(q), str(c), str(q), doraise=True, invalidation_mode=p.PycInvalidationMode.UNCHECKED_HASH)\n"
    )
    umgebung = {**os.environ, "PYTHONHASHSEED": "0"}
    umgebung.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, "-S", "-c", code], check=True, cwd=programm, env=umgebung)


def write_ordner(ordner: Path, python: dict[str, bytes], raeder: list[Path]) -> Counter[str]:
    """Write `python`, `programm` and the enclosures into an empty folder; return the bytes left out, by pattern."""
    if ordner.exists():
        shutil.rmtree(ordner)
    (ordner / "python").mkdir(parents=True)
    for name, inhalt in python.items():
        (ordner / "python" / name).write_bytes(inhalt)
    weg = unpack_raeder(raeder, ordner / "programm")
    check_vollstaendig(ordner / "programm")
    compile_programm(ordner / "programm")
    for beilage in sorted((HIER / "beilagen").iterdir()):
        # Old Windows programs need CRLF; a BOM tells the editor of every Windows that the text is UTF-8.
        text = beilage.read_text(encoding="utf-8").replace("\n", "\r\n")
        kodierung = "ascii" if beilage.suffix == ".cmd" else "utf-8-sig"
        (ordner / beilage.name).write_bytes(text.encode(kodierung))
    return weg


def pack(ordner: Path, ziel: Path) -> None:
    """Zip a folder under its own name: sorted, one date, one system, so that the same content gives the same bytes."""
    sekunden = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    datum = max(time.gmtime(sekunden)[:6], (1980, 1, 1, 0, 0, 0))
    ziel.unlink(missing_ok=True)
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as paket:
        for datei in list_dateien(ordner):
            teil = zipfile.ZipInfo(f"{ordner.name}/{datei}", datum)
            teil.compress_type = zipfile.ZIP_DEFLATED
            teil.create_system = 3
            teil.external_attr = 0o644 << 16
            paket.writestr(teil, (ordner / datei).read_bytes())


def list_dateien(ordner: Path) -> list[str]:
    """List the files of a folder as paths with forward slashes, sorted by bytes."""
    return sorted(datei.relative_to(ordner).as_posix() for datei in ordner.rglob("*") if datei.is_file())


def _fits(name: str, muster: tuple[str, ...]) -> bool:
    return any(fnmatch.fnmatchcase(name, m) for m in muster)
