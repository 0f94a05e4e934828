"""A small project for the tests of the project file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sozialtool.fach.raum import Kommune
from sozialtool.projekt import Projekt, create_projekt

KOMMUNE = Kommune("01234567", "Lindenrath", berichtsjahr=2025)


@pytest.fixture
def pfad(tmp_path: Path) -> Path:
    """Where the project of a test lies: a path with blanks, umlauts and signs that mean something in a URI."""
    ordner = tmp_path / "Sozialplanung Größe 100% %41 #1 [x] & ~"
    ordner.mkdir()
    return ordner / "lindenrath.sozial"


@pytest.fixture
def projekt(pfad: Path) -> Iterator[Projekt]:
    """An open, nearly empty project."""
    with create_projekt(pfad, KOMMUNE, wer="Erika Beispiel") as offen:
        yield offen


@pytest.fixture
def geschlossen(pfad: Path) -> Path:
    """A closed project with one change in it."""
    from sozialtool.fach.raum import Gebiet

    with create_projekt(pfad, KOMMUNE, wer="Erika Beispiel") as offen, offen.change("Gebiete") as schreiber:
        schreiber.put(*(Gebiet(f"{nummer:02}", f"Gebiet {nummer}", "sozialraum") for nummer in range(200)))
    return pfad
