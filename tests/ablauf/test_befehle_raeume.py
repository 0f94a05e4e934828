"""The commands `raeume` and `umsteiger`: Varianten from the command line, compared, agreed, and series on both versions."""

from __future__ import annotations

import shutil

import openpyxl
import pytest

from sozialtool import ablauf
from sozialtool.cli import run
from sozialtool.fach.raum import Gebietsstand, Umsteiger
from tests.ablauf.raumstadt import ALT, build_raumstadt


@pytest.fixture(scope="module")
def vorbild(tmp_path_factory):
    with pytest.MonkeyPatch.context() as flicken:
        flicken.setattr("sozialtool.orte.einstellungen", lambda: tmp_path_factory.mktemp("eigen"))
        with build_raumstadt(tmp_path_factory.mktemp("vorbild") / "stadt", range(2023, 2026)) as projekt:
            return projekt.pfad


@pytest.fixture
def stadt(vorbild, tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    ordner = tmp_path / "stadt"
    shutil.copytree(vorbild.parent, ordner)
    return ordner / vorbild.name


@pytest.fixture
def befehl(stadt, capfd):
    def tun(*was):
        code = run([was[0], *was[1:], "--projekt", str(stadt)] if len(was) > 1 else [*was, "--projekt", str(stadt)])
        aus, meldung = capfd.readouterr()
        return code, aus, meldung

    return tun


def test_a_variante_from_copy_to_agreement(befehl, stadt):
    assert "Räume 2019" in befehl("raeume")[1]
    assert befehl("raeume", "variante", "v1", "Variante Nord")[0] == 0
    code, aus, meldung = befehl("raeume", "verschieben", "v1", "b1c", "--nach", "02")
    assert code == 0
    assert "1 Gebiet anders" in aus
    assert "sozialtool zurueck" in meldung
    code, aus, _ = befehl("raeume", "zeigen", "v1", "--gebiete")
    assert (code, "Block b1c (bewegt)" in aus) == (0, True)
    code, aus, _ = befehl("raeume", "vergleichen", "--einzeln", "--excel", "--ohne-sperrung")
    assert code == 1  # a small group between old and new boundaries is a finding
    zeilen = {zeile.split("  ")[1].strip(): zeile.split()[-2:] for zeile in aus.splitlines() if zeile.startswith("  ")}
    assert zeilen["Straßen wechseln"] == ["0", "1"]
    assert zeilen["Raum 1"] == ["2.205", "2.130"]
    assert "Amselweg bis 20: Raum 1 → Raum 2" in aus
    assert aus.splitlines()[-1] == str(stadt.parent / "ausgaben" / "2025" / "Variantenvergleich.xlsx")
    code, _, _ = befehl(
        "raeume", "vereinbaren", "v1", "--am", "7.3.2024", "--gremium", "Rat", "--ab", "01.07.2024",
        "--abweichend", "Ortsvorsteher Raum 1 dagegen",
    )  # fmt: skip
    assert code == 0
    aus = befehl("raeume")[1]
    assert "v1         Variante Nord  ● gilt  seit 01.07.2024" in aus
    assert "bis 30.06.2024" in aus
    assert befehl("zurueck")[0] == 0
    assert "○ Variante" in befehl("raeume")[1]


def test_excel_out_and_in(befehl, tmp_path):
    befehl("raeume", "variante", "v1", "Variante Nord")
    pfad = tmp_path / "v1.xlsx"
    assert befehl("raeume", "ausgeben", "v1", str(pfad))[1] == f"{pfad}\n"
    assert befehl("raeume", "einlesen", "v1", str(pfad))[:2] == (0, "Keine Unterschiede.\n")
    mappe = openpyxl.load_workbook(pfad)
    zelle = next(z[2] for z in mappe.worksheets[0].iter_rows() if len(z) > 2 and z[1].value == "b1c")
    zelle.value = "Raum 2"
    mappe.save(pfad)
    code, aus, meldung = befehl("raeume", "einlesen", "v1", str(pfad))
    assert (code, "b1c" in aus, "--uebernehmen" in meldung) == (1, True, True)
    assert befehl("raeume", "einlesen", "v1", str(pfad), "--uebernehmen")[0] == 0
    assert befehl("raeume", "einlesen", "v1", str(pfad))[1] == "Keine Unterschiede.\n"


def test_sozialraeume_of_a_variante_come_and_go(befehl):
    befehl("raeume", "variante", "v1", "Variante Nord")
    assert befehl("raeume", "raum", "v1", "07", "--name", "Neubaugebiet")[0] == 0
    befehl("raeume", "verschieben", "v1", "b1a", "b1b", "--nach", "07")
    assert "Neubaugebiet" in befehl("raeume", "zeigen", "v1")[1]
    code, _, meldung = befehl("raeume", "raum", "v1", "07", "--weg")
    assert (code, "gehören noch 2 Gebiete" in meldung) == (2, True)
    assert befehl("raeume", "verwerfen", "v1")[0] == 0
    assert "v1" not in befehl("raeume")[1]


def test_series_on_another_gebietsstand_mark_estimates_but_not_the_town(befehl, stadt):
    befehl("raeume", "variante", "v1", "Variante Nord")
    befehl("raeume", "verschieben", "v1", "b1c", "--nach", "02")
    aus = befehl("raeume", "reihen", "v1")[1]
    assert "geschätzt (2023–2025)" in aus
    assert "Einwohner" in next(zeile for zeile in aus.splitlines() if "neu summiert" in zeile)
    aus = befehl("raeume", "reihen", "v1", "--indikator", "a07")[1]
    reihen = {zeile.split("\t")[0]: zeile.split("\t")[1:] for zeile in aus.splitlines()[1:]}
    assert all(text.endswith(" s") for text in reihen["Raum 1"])
    assert not any(text.endswith(" s") for text in reihen["Raum 3"] + reihen["Kleinstadt"])
    assert not any(" s" in zeile for zeile in befehl("raeume", "reihen", ALT, "--indikator", "A07")[1].splitlines()[1:])


def test_umsteiger_are_built_checked_and_taken(befehl, stadt, tmp_path):
    befehl("raeume", "variante", "v1", "Variante Nord")
    befehl("raeume", "verschieben", "v1", "b1c", "--nach", "02")
    code, aus, _ = befehl("umsteiger", "bilden", ALT, "v1", "--datei", str(tmp_path / "u.xlsx"))
    assert code == 0
    # b1c has 75 of 2.205 people.
    assert "01 → 02: 0,0340" in aus
    assert "6 Gebiete auf 6 verteilt, 7 Gewichte." in befehl("umsteiger", "pruefen", str(tmp_path / "u.xlsx"))[1]
    eigene = tmp_path / "bezirke.csv"
    eigene.write_text("alt;neu;Anteil\nS2;04;0,25\nS2;05;0,75\n", encoding="utf-8")
    assert befehl("umsteiger", "pruefen", str(eigene), "--uebernehmen")[0] == 0
    with ablauf.open_projekt(stadt, nur_lesen=True) as projekt:
        assert {(u.von, u.nach, u.gewicht) for u in projekt.read(Umsteiger)} >= {("S2", "04", 0.25), ("S2", "05", 0.75)}
    fremd = tmp_path / "fremd.csv"
    fremd.write_text("alt;neu;Anteil\nS2;99;1\n", encoding="utf-8")
    code, _, meldung = befehl("umsteiger", "pruefen", str(fremd), "--uebernehmen")
    assert (code, "gibt es im Projekt nicht: 99" in meldung) == (2, True)


@pytest.mark.parametrize(
    ("was", "text"),
    [(("zeigen", "fehlt"), "„fehlt“ gibt es nicht"), (("vergleichen",), "keine Variante"), (("fliegen",), "möglich sind"),
     (("verschieben", "v1"), "Es fehlt: GEBIET"), (("vereinbaren", "v1", "--am", "bald", "--gremium", "Rat"), "kein Datum"),
     (("verwerfen", ALT), "vereinbart und bleibt"), (("reihen", ALT, "--indikator", "Z9"), "gehört nicht zu")],
)  # fmt: skip
def test_wrong_use_is_said_in_german(befehl, was, text):
    code, _, meldung = befehl("raeume", *was)
    assert code == 2
    assert text in meldung


def test_looking_changes_nothing(befehl, stadt):
    vorher = stadt.read_bytes()
    befehl("raeume")
    befehl("raeume", "zeigen", ALT)
    befehl("umsteiger", "bilden", ALT, ALT)
    assert stadt.read_bytes() == vorher
    with ablauf.open_projekt(stadt, nur_lesen=True) as projekt:
        assert len(projekt.read(Gebietsstand)) == 1
