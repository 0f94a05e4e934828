"""The files in `vorlagen/` are what the field descriptions say, byte for byte."""

from __future__ import annotations

import openpyxl
import pytest

from sozialtool import katalog, orte
from sozialtool.erhebung.abfrage import build_abfrage
from sozialtool.erhebung.listen import read_liste
from sozialtool.erhebung.vorlagen import _build_muster, build_listen, build_vorlagen
from sozialtool.fach.felder import felder_of

LISTEN = build_listen()
NAMEN = sorted(["Datenabfrage.xlsx", *(f"{name}.xlsx" for name in LISTEN)])
TEILE = [(name, teil) for name, (_, teile) in LISTEN.items() for teil in teile]
NEUN = (
    "Datenabfrage", "Datenuebersicht", "Sozialraeume", "Strassenverzeichnis", "Indikatorenkatalog", "Bausteine", "Massnahmen",
    "Einrichtungen", "Befragung",
)  # fmt: skip


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


def test_the_nine_of_the_issue_are_there():
    assert {f"{name}.xlsx" for name in NEUN} <= set(NAMEN)


@pytest.mark.parametrize(("name", "teil"), TEILE, ids=[teil.klasse.__name__ for _, teil in TEILE])
def test_every_list_comes_back_as_it_went_out(gebaut, name, teil):
    assert read_liste(gebaut / f"{name}.xlsx", teil.klasse) == list(teil.objekte)
    ws = openpyxl.load_workbook(gebaut / f"{name}.xlsx")[teil.blatt]
    assert ws["A1"].value == teil.titel
    kopf = {zelle.value for zeile in ws.iter_rows(max_row=6) for zelle in zeile}
    assert {feld.titel for feld in felder_of(teil.klasse)} <= kopf


@pytest.mark.parametrize(("name", "teil"), TEILE, ids=[teil.klasse.__name__ for _, teil in TEILE])
def test_the_explanation_has_every_column_with_an_example_that_can_be_read(gebaut, name, teil):
    ws = openpyxl.load_workbook(gebaut / f"{name}.xlsx")["Anleitung"]
    zeilen = [[zelle.value for zelle in zeile] for zeile in ws.iter_rows()]
    for feld in felder_of(teil.klasse):
        assert any(zeile[0] == feld.titel and zeile[4] == (feld.beispiel or None) for zeile in zeilen), feld.titel
        if (teil.klasse.__name__, feld.name) != ("Vereinbarung", "inhalt"):  # written by the program, JSON
            assert feld.beispiel, f"{teil.klasse.__name__}.{feld.name}: ohne Beispiel"
            feld.from_text(feld.beispiel)
    assert teil.zweck in {zeile[0] for zeile in zeilen} or any(str(z[0]) in teil.zweck for z in zeilen if z[0])


@pytest.mark.parametrize(("name", "teil"), TEILE, ids=[teil.klasse.__name__ for _, teil in TEILE])
def test_an_example_row_that_somebody_types_is_read(gebaut, tmp_path, name, teil):
    """Filled in by hand as the explanation shows it: text in every cell, nothing else."""
    felder = felder_of(teil.klasse)
    mappe = openpyxl.load_workbook(gebaut / f"{name}.xlsx")
    ws = mappe[teil.blatt]
    zeile = 6 + len(teil.objekte)
    for spalte, feld in enumerate(felder, start=1):
        ws.cell(zeile, spalte).value = feld.beispiel if not feld.schluessel or not teil.objekte else f"{feld.beispiel}9"
    mappe.save(tmp_path / "x.xlsx")
    *_, gelesen = read_liste(tmp_path / "x.xlsx", teil.klasse)
    for feld in felder:
        if not feld.schluessel:
            assert feld.to_text(getattr(gelesen, feld.name)) == feld.to_text(feld.from_text(feld.beispiel)), feld.name


def test_a_changed_description_changes_the_file(gebaut, tmp_path):
    import attrs

    build_abfrage(tmp_path / "a.xlsx", attrs.evolve(_build_muster(), fassung=2))
    assert (tmp_path / "a.xlsx").read_bytes() != (gebaut / "Datenabfrage.xlsx").read_bytes()


def test_the_catalogue_speaks_in_names_and_explains_its_keys(gebaut):
    mappe = openpyxl.load_workbook(gebaut / "Indikatorenkatalog.xlsx")
    ws = mappe["Indikator"]
    kopf = {zelle.value: zelle.column for zelle in ws[5]}
    felder = {ws.cell(zeile, kopf["Handlungsfeld"]).value for zeile in range(6, 94)}
    assert felder == {feld.name for feld in katalog.load_handlungsfelder()} & felder
    assert {ws.cell(zeile, kopf["Kleinste Ebene"]).value for zeile in range(6, 94)} <= {
        "Sozialraum",
        "Stadt",
        "Ortsteil",
    }
    schluessel = {zelle.value: zelle.offset(column=1).value for spalte in "AC" for zelle in mappe["Schlüssel"][spalte]}
    assert schluessel["sgb2_unter_18"] == "Unter 18-Jährige in Bedarfsgemeinschaften (SGB II)"
    assert not {"ew__vor5", "vor5"} & set(schluessel)


def test_long_texts_get_lines_of_their_own(gebaut):
    ws = openpyxl.load_workbook(gebaut / "Indikatorenkatalog.xlsx")["Indikator"]
    lang = max(ws["R"], key=lambda zelle: len(str(zelle.value)))
    assert lang.alignment.wrap_text
    assert ws.row_dimensions[lang.row].height > ws.row_dimensions[6].height


@pytest.mark.parametrize("name", ["Indikatorenkatalog", "Einrichtungen"])
def test_the_title_is_whole_on_every_printed_page(gebaut, name):
    for ws in openpyxl.load_workbook(gebaut / f"{name}.xlsx").worksheets:
        if ws.print_title_cols:
            assert ws.print_area.endswith(f"$A$5:{ws.print_area.rpartition(':')[2]}"), "der Kopf steht in der Kopfzeile"
            assert str(ws["A1"].value) in str(ws.oddHeader.left.text)


def test_no_explanation_only_repeats_the_name_of_its_column():
    stumm = [
        f"{teil.klasse.__name__}.{feld.name}"
        for _, teile in build_listen().values()
        for teil in teile
        for feld in felder_of(teil.klasse)
        if feld.hilfe.rstrip(".").casefold() in ("", feld.titel.casefold())
    ]
    assert stumm == []
