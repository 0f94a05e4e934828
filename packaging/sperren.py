"""Write `windows.lock` anew: every library of the Windows folder with version and SHA-256, without any address.

Run it when `pyproject.toml` changes: `.venv/bin/python packaging/sperren.py`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from ordner import LOCK, PYTHON_VERSION, STATT, WURZEL

FEST = {
    "numpy": "1.26.4",
}
"""Versions chosen by hand. numpy: highspy needs any; 1.26 is the newest whose runtime asks nothing of Windows that Wine lacks, so
what is tested is what is shipped."""
KOPF = """\
# Bibliotheken des Windows-Ordners: Version und SHA-256. Neu schreiben: .venv/bin/python packaging/sperren.py
# numpy 1.26.4 und polars-runtime-compat sind mit Absicht gewählt (Gründe in sperren.py).
"""


def resolve(anforderungen: list[str], *, abhaengige: bool = True) -> dict[str, tuple[str, str]]:
    """Ask pip which wheels Windows needs.

    Returns:
        name → (version, SHA-256).
    """
    with tempfile.TemporaryDirectory() as ordner:
        bericht = Path(ordner) / "bericht.json"
        befehl = [
            sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "install", "--dry-run", "--ignore-installed",
            "--report", str(bericht), "--target", ordner, "--platform", "win_amd64", "--python-version", PYTHON_VERSION,
            "--only-binary", ":all:", *([] if abhaengige else ["--no-deps"]), *anforderungen,
        ]  # fmt: skip
        subprocess.run(befehl, check=True)
        inhalt = json.loads(bericht.read_text(encoding="utf-8"))
    return {
        teil["metadata"]["name"].lower().replace("_", "-"): (
            teil["metadata"]["version"],
            teil["download_info"]["archive_info"]["hashes"]["sha256"],
        )
        for teil in inhalt["install"]
    }


def main() -> int:
    """Write the lock file."""
    projekt = tomllib.loads((WURZEL / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    fest = [f"{name}=={version}" for name, version in FEST.items()]
    teile = resolve([*projekt["dependencies"], *fest])
    for alt, neu in STATT.items():
        version, _ = teile.pop(alt)
        teile |= resolve([f"{neu}=={version}"], abhaengige=False)
    zeilen = [f"{name}=={version} --hash=sha256:{summe}\n" for name, (version, summe) in sorted(teile.items())]
    LOCK.write_text(KOPF + "".join(zeilen), encoding="utf-8", newline="\n")
    print(f"{LOCK.name}: {len(zeilen)} Bibliotheken")
    return 0


if __name__ == "__main__":
    sys.exit(main())
