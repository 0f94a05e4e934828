"""Where things are: shipped Vorlagen and example data, settings, logs.

`vorlagen/` and `beispieldaten/` stand beside the package in a checkout and inside it (`_daten/`) in the wheel; one
function finds them in both places.
"""

from __future__ import annotations

from pathlib import Path

from sozialtool.fehler import DateiFehlt

_PAKET = Path(__file__).resolve().parent


def _find_daten(name: str) -> Path:
    for ort in (_PAKET / "_daten" / name, _PAKET.parent / name):
        if ort.is_dir():
            return ort
    raise DateiFehlt(
        f"Der mitgelieferte Ordner „{name}“ ist nicht da.",
        "Bitte sozialtool noch einmal vollständig entpacken.",
        "ORT-FEHLT",
    )


def beispieldaten() -> Path:
    """Return the folder with Lindenrath's deliveries."""
    return _find_daten("beispieldaten")


def vorlagen() -> Path:
    """Return the folder with the Excel Vorlagen."""
    return _find_daten("vorlagen")


def einstellungen() -> Path:
    """Return the folder of the person's settings (not created here)."""
    import platformdirs

    return Path(platformdirs.user_config_dir("sozialtool", appauthor=False))


def protokolle() -> Path:
    """Return the folder of the log files (not created here)."""
    import platformdirs

    return Path(platformdirs.user_log_dir("sozialtool", appauthor=False))
