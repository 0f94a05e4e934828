"""Tiles and outlines of a project: proposed, placed, moved, taken back; outlines that outlive a new cut of the Sozialräume."""

from __future__ import annotations

import json

import pytest

from sozialtool import ablauf
from sozialtool.ablauf.karte import find_flaechen
from sozialtool.cli import run
from sozialtool.fach.karte import Umriss
from sozialtool.fach.raum import Gebiet
from sozialtool.fehler import BedienFehler
from tests.ablauf.raumstadt import BLOECKE, build_raumstadt


@pytest.fixture
def stadt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_raumstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        return projekt.pfad


@pytest.fixture
def grenzen(tmp_path):
    """Blocks as unit squares of 100 m: the Sozialraum is the column, its three blocks stand above each other."""
    stuecke = []
    for block in BLOECKE:
        x, y = 100 * int(block[1]), -100 * "abc".index(block[2])
        ring = [[x, y], [x + 100, y], [x + 100, y + 100], [x, y + 100], [x, y]]
        stuecke.append(
            {"type": "Feature", "properties": {"nr": block}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        )
    pfad = tmp_path / "bloecke.geojson"
    pfad.write_text(json.dumps({"type": "FeatureCollection", "features": stuecke}), encoding="utf-8")
    return pfad


def test_tiles_are_proposed_then_moved_and_taken_back(stadt):
    with ablauf.open_projekt(stadt) as projekt:
        vorher = ablauf.read_kacheln(projekt)
        assert vorher.vorschlag
        assert vorher.masse == (3, 2)
        ablauf.move_kachel(projekt, "06", 0, 0)
        nachher = ablauf.read_kacheln(projekt)
        assert not nachher.vorschlag
        assert nachher.plaetze["06"] == (0, 0)
        assert nachher.plaetze["01"] == vorher.plaetze["06"]
        assert [g.schluessel if g else "" for g in nachher.reihen()[0]] == ["06", "02", "03"]
        ablauf.undo(projekt)
        assert ablauf.read_kacheln(projekt) == vorher


def test_a_place_outside_and_an_unknown_area_are_refused(stadt):
    with ablauf.open_projekt(stadt) as projekt:
        for wer, wo in (("99", (0, 0)), ("01", (30, 0)), ("01", (0, 10**9))):
            with pytest.raises(BedienFehler):
                ablauf.move_kachel(projekt, wer, *wo)
        assert ablauf.read_kacheln(projekt).vorschlag


def test_outlines_of_blocks_make_the_map_of_any_cut(stadt, grenzen):
    with ablauf.open_projekt(stadt) as projekt:
        lesung = ablauf.read_umrisse(projekt, grenzen)
        assert projekt.read(Umriss) == []
        ablauf.save_umrisse(projekt, lesung)
        flaechen = find_flaechen(projekt)
        assert set(flaechen) == {f"0{n}" for n in range(1, 7)}
        (ring,) = flaechen["03"]
        # Points are rounded to a grid of a meter, relative to the blocks: eight corners of three squares in a column.
        assert len(ring) == 8
        assert ablauf.arrange_kacheln(projekt)
        karte = ablauf.read_kacheln(projekt)
        assert [karte.plaetze[f"0{n}"][0] for n in range(1, 7)] == sorted(
            karte.plaetze[f"0{n}"][0] for n in range(1, 7)
        )
        with projekt.change("ein Block wechselt") as schreiber:
            schreiber.put(Gebiet("b3c", "Block b3c", "block", "04"))
        assert len(find_flaechen(projekt)["03"][0]) == 6
        ablauf.undo(projekt)
        with projekt.change("ein Umriss fehlt") as schreiber:
            schreiber.remove(Umriss, "b3c")
        assert "03" not in find_flaechen(projekt)


def test_outlines_of_sozialraeume_count_for_their_gebietsstand_only(stadt):
    with ablauf.open_projekt(stadt) as projekt, projekt.change("Umrisse") as schreiber:
        schreiber.put(Umriss("01", "irgendwann", ("0 0,1 0,1 1",)), Umriss("02", "2019", ("0 0,1 0,1 1",)))
    with ablauf.open_projekt(stadt) as projekt:
        assert set(find_flaechen(projekt)) == {"02"}


def test_the_command_shows_moves_and_reads(stadt, grenzen, capfd):
    def befehl(*was):
        code = run(["karte", *was, "--projekt", str(stadt)])
        return code, *capfd.readouterr()

    code, aus, _ = befehl("zeigen")
    assert code == 0
    assert "Noch ein Vorschlag" in aus
    assert befehl("setzen", "06", "1", "1")[0] == 0
    with ablauf.open_projekt(stadt, nur_lesen=True) as projekt:
        indikator = ablauf.monitoring(projekt).indikatoren[0]
    code, aus, _ = befehl("zeigen", indikator.kennung)
    assert code == 0
    assert indikator.name in aus
    assert befehl("zeigen", "X99")[0] == 2
    assert befehl("setzen", "06", "99", "1")[0] == 2
    code, aus, meldung = befehl("umrisse", str(grenzen))
    assert code == 0
    assert "18 Umrisse" in aus
    assert "--uebernehmen" in meldung
    assert befehl("umrisse", str(grenzen), "--uebernehmen")[0] == 0
    assert befehl("anordnen")[0] == 0
    assert "Vorschlag" not in befehl()[1]
