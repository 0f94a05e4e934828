"""Nothing leaves the house past the checks, and the checks have one place."""

from __future__ import annotations

import re
from pathlib import Path

import sozialtool

PAKET = Path(sozialtool.__file__).parent
FESTHALTEN = re.compile(r"\brecord_(?:veroeffentlichung|mittel)\(")
BEGINN = {
    "mittelfreigabe.py": "write_mittelverteilung, the only one that calls it, has asked",
    "veroeffentlichungen.py": "the definition",
}


def read_module() -> dict[str, str]:
    return {pfad.name: pfad.read_text(encoding="utf-8") for pfad in sorted((PAKET / "ablauf").glob("*.py"))}


def test_the_checks_are_asked_for_in_one_place():
    """A new output: please go through `ablauf.hinausweg.Hinausweg`; it says in which order, and what a draft is excused from."""
    fremde = {
        name
        for name, text in read_module().items()
        if re.search(r"import .*\brequire_(?:gesehen|grenzen|fruehere)", text)
    }
    assert fremde == {"hinausweg.py"}


def test_whoever_keeps_a_release_has_gone_through_the_checks():
    """What is kept as a release without them would be shown to the world unseen."""
    festhaltende = {name for name, text in read_module().items() if FESTHALTEN.search(text)} - set(BEGINN)
    assert {
        "vorlegen.py",
        "drucksachenweg.py",
        "korrekturwort.py",
        "mittelverteilung.py",
        "foerderausgabe.py",
        "berichtfreigabe.py",
    } <= festhaltende
    ohne = {name for name in festhaltende if "Hinausweg(" not in read_module()[name]}
    assert ohne == set()
