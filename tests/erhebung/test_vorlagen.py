"""The files in `vorlagen/` are what the field descriptions say, byte for byte."""

from __future__ import annotations

import openpyxl
import pytest

from sozialtool import orte
from sozialtool.erhebung.abfrage import build_abfrage
from sozialtool.erhebung.listen import read_liste
from sozialtool.erhebung.vorlagen import _LISTEN, _build_muster, build_vorlagen
from sozialtool.fach.felder import felder_of

NAMEN = sorted(["Datenabfrage.xlsx", *(f"{name}.xlsx" for name, *_ in _LISTEN)])


@pytest.fixture(scope="module")
def gebaut(tmp_path_factory):
    ordner = tmp_path_factory.mktemp("vorlagen")
    build_vorlagen(ordner)
    return ordner


def test_folder_holds_exactly_the_vorlagen(gebaut):
    assert sorted(p.name for p in orte.vorlagen().glob("*.xlsx")) == NAMEN
    assert sorted(p.name for p in gebaut.iterdir()) == NAMEN


@pytest.mark.parametrize("name", NAMEN)
def test_file_is_what_the_descriptions_say(gebaut, name):
    neu = (gebaut / name).read_bytes()
    assert (orte.vorlagen() / name).read_bytes() == neu, (
        "Eine Feldbeschreibung hat sich geändert: sozialtool vorlagen --ordner vorlagen"
    )


def test_readme_names_every_vorlage():
    text = (orte.vorlagen() / "README.md").read_text(encoding="utf-8")
    assert [name for name in NAMEN if name not in text] == []


@pytest.mark.parametrize(("name", "klasse", "titel", "inhalt"), _LISTEN, ids=lambda w: w if isinstance(w, str) else "")
def test_every_list_comes_back_as_it_went_out(gebaut, name, klasse, titel, inhalt):
    assert read_liste(gebaut / f"{name}.xlsx", klasse) == list(inhalt())
    ws = openpyxl.load_workbook(gebaut / f"{name}.xlsx").worksheets[0]
    assert ws["A1"].value == titel
    kopf = {zelle.value for zeile in ws.iter_rows(max_row=6) for zelle in zeile}
    assert {feld.titel for feld in felder_of(klasse)} <= kopf


def test_a_changed_description_changes_the_file(gebaut, tmp_path):
    import attrs

    build_abfrage(tmp_path / "a.xlsx", attrs.evolve(_build_muster(), fassung=2))
    assert (tmp_path / "a.xlsx").read_bytes() != (gebaut / "Datenabfrage.xlsx").read_bytes()
