"""Gebietsstände through the door: copy, move, agree, and all of it taken back."""

from __future__ import annotations

import datetime as dt
import json

import attrs
import pytest
from kleinstadt import build_kleinstadt
from raumstadt import ALT, BLOECKE, build_raumstadt

from sozialtool import ablauf
from sozialtool.ablauf.listenpruefung import check_liste
from sozialtool.ablauf.raumtext import zeit_text
from sozialtool.fach.raum import Ebene, Gebiet, Gebietsstand, Raum, Raumzuordnung, Umsteiger
from sozialtool.fach.vereinbarung import Gegenstand, Vereinbarung
from sozialtool.fehler import BedienFehler, DatenFehler

BESCHLUSS = dt.date(2024, 3, 7)


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_raumstadt(tmp_path / "stadt", range(2023, 2026)) as projekt:
        yield projekt


def areas(projekt):
    return {gebiet.schluessel: gebiet for gebiet in projekt.read(Gebiet)}


def agree(projekt, schluessel="v1", datum=BESCHLUSS):
    return ablauf.agree_gebietsstand(projekt, schluessel, datum, "Planungsgruppe", dt.date(2024, 7, 1), sitzung="TOP 3")


def test_a_variante_is_a_copy_and_the_project_stays_as_it_is(projekt):
    vorher = areas(projekt)
    ablauf.make_variante(projekt, "v1", "Variante Nord")
    plan = ablauf.raumplan(projekt, "v1")
    assert [r.schluessel for r in plan.raeume] == ["01", "02", "03", "04", "05", "06"]
    assert plan.zuordnung == {block: f"0{block[1]}" for block in BLOECKE}
    assert areas(projekt) == vorher
    # What it was copied from has its content from now on.
    assert ablauf.raumplan(projekt, ALT).zuordnung == plan.zuordnung
    assert sum(z.gebietsstand == ALT for z in projekt.read(Raumzuordnung)) == len(BLOECKE)
    assert ablauf.uebersicht(projekt).gebietsstand == "01.01.2019"


def test_list_names_the_one_in_force_first(projekt):
    ablauf.make_variante(projekt, "v1", "Variante 1")
    ablauf.make_variante(projekt, "v2", "Variante 2", aus="v1")
    agree(projekt, "v2")
    zeilen = ablauf.list_gebietsstaende(projekt)
    assert [(z.stand.schluessel, z.gilt, z.stand.variante, z.raeume, z.gebiete) for z in zeilen] == [
        ("v2", True, False, 6, 18),
        ("v1", False, True, 6, 18),
        (ALT, False, False, 6, 18),
    ]
    assert projekt.get(Gebietsstand, ALT).gueltig_bis == dt.date(2024, 6, 30)
    assert ablauf.uebersicht(projekt).gebietsstand == "01.07.2024"


def test_areas_move_and_follow_only_when_agreed(projekt):
    ablauf.make_variante(projekt, "v1", "Variante 1")
    ablauf.move_gebiete(projekt, "v1", ["b1c", "b1b"], "02")
    assert areas(projekt)["b1c"].teil_von == "01"
    agree(projekt)
    nachher = areas(projekt)
    assert (nachher["b1a"].teil_von, nachher["b1b"].teil_von, nachher["b1c"].teil_von) == ("01", "02", "02")
    # The polling district consists of b1b and b1c and goes along; the other one is not touched.
    assert (nachher["S1"].teil_von, nachher["S2"].teil_von) == ("02", "04")
    stand = projekt.get(Gebietsstand, "v1")
    assert (stand.beschlossen_am, stand.gremium, stand.gueltig_ab) == (BESCHLUSS, "Planungsgruppe", dt.date(2024, 7, 1))
    vereinbarung = next(v for v in projekt.read(Vereinbarung) if v.gegenstand is Gegenstand.GEBIETSSTAND)
    assert (vereinbarung.bezug, vereinbarung.sitzung) == ("v1", "TOP 3")
    assert json.loads(vereinbarung.inhalt)["zuordnung"]["b1c"] == "02"


def test_a_cut_district_lies_in_no_sozialraum_and_stale_weights_go(projekt):
    with projekt.change("Gewichte") as schreiber:
        schreiber.put(Umsteiger("S2", "04", 0.5), Umsteiger("S2", "05", 0.5))
    ablauf.make_variante(projekt, "v1", "Variante 1")
    ablauf.move_gebiete(projekt, "v1", ["b1c"], "02")
    ablauf.move_gebiete(projekt, "v1", ["b4a"], "03")
    agree(projekt)
    assert areas(projekt)["S1"].teil_von == ""
    assert areas(projekt)["S2"].teil_von == ""
    assert {(u.von, u.nach) for u in projekt.read(Umsteiger)} == {("S1", "b1b"), ("S1", "b1c"), ("S2", "05")}


def test_sozialraeume_come_and_go_with_the_agreement(projekt):
    ablauf.make_variante(projekt, "v1", "Variante 1")
    ablauf.save_raum(projekt, Raum("v1", "07", "Neue Mitte", "A", 7))
    ablauf.move_gebiete(projekt, "v1", ["b1a", "b2a"], "07")
    ablauf.move_gebiete(projekt, "v1", ["b6a", "b6b", "b6c"], "05")
    ablauf.remove_raum(projekt, "v1", "06")
    agree(projekt)
    assert "06" not in areas(projekt)
    neu = areas(projekt)["07"]
    assert (neu.name, neu.ebene, neu.teil_von) == ("Neue Mitte", "sozialraum", "A")
    assert [z.gebiet.schluessel for z in ablauf.raeume(projekt) if z.gebiet.teil_von == "07"] == ["b1a", "b2a"]


def test_every_step_is_taken_back(projekt):
    def alles():
        return [projekt.read(k) for k in (Gebiet, Gebietsstand, Raum, Raumzuordnung, Umsteiger, Vereinbarung)]

    stufen = [alles()]
    schritte = [
        lambda: ablauf.make_variante(projekt, "v1", "Variante 1"),
        lambda: ablauf.save_raum(projekt, Raum("v1", "07", "Neu", "A", 7)),
        lambda: ablauf.move_gebiete(projekt, "v1", ["b1c"], "07"),
        lambda: agree(projekt),
        lambda: ablauf.make_variante(projekt, "v2", "Variante 2"),
        lambda: ablauf.remove_variante(projekt, "v2"),
    ]
    for schritt in schritte:
        schritt()
        stufen.append(alles())
        assert stufen[-1] != stufen[-2]
    for stufe in reversed(stufen[:-1]):
        ablauf.undo(projekt)
        assert alles() == stufe


@pytest.mark.parametrize(
    ("tat", "wort"),
    [
        (lambda p: ablauf.make_variante(p, "v1", "Noch einmal"), "gibt es schon"),
        (lambda p: ablauf.make_variante(p, "", "x"), "Schlüssel"),
        (lambda p: ablauf.make_variante(p, "v9", "x", aus="fehlt"), "fehlt"),
        (lambda p: ablauf.move_gebiete(p, "v1", ["b1a"], "99"), "„99“"),
        (lambda p: ablauf.move_gebiete(p, "v1", ["S1"], "02"), "S1"),
        (lambda p: ablauf.move_gebiete(p, "v1", [], "02"), "ausgewählt"),
        (lambda p: ablauf.move_gebiete(p, ALT, ["b1a"], "02"), "vereinbart"),
        (lambda p: ablauf.remove_raum(p, "v1", "01"), "3 Gebiete"),
        (lambda p: ablauf.save_raum(p, Raum("v1", "nz", "x")), "vergeben"),
        (lambda p: ablauf.save_raum(p, Raum("v1", "b1a", "x")), "vergeben"),
        (lambda p: ablauf.agree_gebietsstand(p, "v1", BESCHLUSS, " "), "Gremium"),
        (lambda p: ablauf.agree_gebietsstand(p, "v1", dt.date(2018, 1, 1), "Rat"), "später"),
        (lambda p: ablauf.agree_gebietsstand(p, ALT, BESCHLUSS, "Rat"), "vereinbart"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(projekt, tat, wort):
    ablauf.make_variante(projekt, "v1", "Variante 1")
    vorher = projekt.revision
    with pytest.raises(BedienFehler, match=wort) as info:
        tat(projekt)
    assert wort in str(info.value)
    assert projekt.revision == vorher


def test_an_area_without_sozialraum_stops_the_agreement(projekt):
    ablauf.make_variante(projekt, "v1", "Variante 1")
    with projekt.change("neuer Block") as schreiber:
        schreiber.put(Gebiet("b9z", "Neubau", "block", "01"))
    with pytest.raises(BedienFehler, match="b9z"):
        agree(projekt)
    ablauf.move_gebiete(projekt, "v1", ["b9z"], "03")
    agree(projekt)
    assert areas(projekt)["b9z"].teil_von == "03"


def test_a_decision_of_tomorrow_is_none(projekt):
    ablauf.make_variante(projekt, "v1", "Variante 1")
    with pytest.raises(BedienFehler, match="liegt in der Zukunft"):
        ablauf.agree_gebietsstand(projekt, "v1", dt.date(2199, 1, 1), "Rat")
    # Agreed now, in force later: that is usual, and said as it is.
    ablauf.agree_gebietsstand(projekt, "v1", BESCHLUSS, "Rat", dt.date(2199, 1, 1))
    assert zeit_text(projekt.get(Gebietsstand, "v1")) == "ab 01.01.2199"


def test_an_agreed_boundary_is_not_moved_by_a_list(projekt):
    ablauf.make_variante(projekt, "v1", "Variante 1")
    ablauf.move_gebiete(projekt, "v1", ["b1c"], "02")
    agree(projekt)
    gebiete = [attrs.evolve(g, teil_von="03") if g.schluessel == "b1b" else g for g in projekt.read(Gebiet)]
    with pytest.raises(
        DatenFehler, match=r"b1b.*liegt im vereinbarten Gebietsstand „Variante 1“ in „01“, nicht in „03“"
    ):
        check_liste(projekt, gebiete)
    assert check_liste(projekt, projekt.read(Gebiet))


def test_a_town_of_sozialraeume_alone_agrees_them_as_they_are(tmp_path):
    tag = dt.date(2025, 3, 1)
    with build_kleinstadt(tmp_path / "klein", range(2024, 2026)) as projekt:
        with pytest.raises(BedienFehler) as fehler:
            ablauf.make_variante(projekt, "v1", "Variante")
        assert "F3, v, dann noch einmal v" in fehler.value.abhilfe
        vorher = areas(projekt)
        assert not ablauf.are_raeume_vereinbart(projekt)
        aenderung = ablauf.agree_sozialraeume(projekt, tag, "Planungsrunde")
        assert aenderung.text == "Gebietsstand „6 Sozialräume“ vereinbart (Planungsrunde, 01.03.2025)"
        ((zeile, bild),) = ablauf.describe_plaene(projekt)
        assert (zeile.stand.schluessel, zeile.gilt, zeile.raeume) == ("2025", True, 6)
        assert bild.verteilung is not None, "people of each Sozialraum, though nothing lies below it"
        assert bild.verteilung.kleinster > 0
        assert areas(projekt) == vorher
        assert [v.gegenstand for v in projekt.read(Vereinbarung)].count(Gegenstand.GEBIETSSTAND) == 1
        with pytest.raises(BedienFehler, match="schon vereinbart"):
            ablauf.agree_sozialraeume(projekt, tag, "Planungsrunde")
        # Smallest areas that come later lie where they lie: a Variante can begin with them.
        with projekt.change("Blöcke") as schreiber:
            schreiber.put(Ebene("block", "Baublock", "Baublöcke", "sozialraum"))
            schreiber.put(*(Gebiet(f"b{n}", f"Block {n}", "block", f"0{n}") for n in range(1, 7)))
        ablauf.make_variante(projekt, "v1", "Variante")
        assert ablauf.raumplan(projekt, "v1").zuordnung == {f"b{n}": f"0{n}" for n in range(1, 7)}


def test_other_sozialraeume_than_agreed_can_be_agreed_anew(tmp_path):
    with build_kleinstadt(tmp_path / "klein", range(2024, 2026)) as projekt:
        ablauf.agree_sozialraeume(projekt, dt.date(2025, 3, 1), "Planungsrunde")
        with projekt.change("neuer Raum") as schreiber:
            schreiber.put(Gebiet("07", "Neubau", "sozialraum", projekt.get(Gebiet, "01").teil_von))
        assert not ablauf.are_raeume_vereinbart(projekt)
        with pytest.raises(BedienFehler, match="wer sie getroffen hat"):
            ablauf.agree_sozialraeume(projekt, dt.date(2025, 6, 1), " ")
        assert len(projekt.read(Gebietsstand)) == 1, "what was begun is rolled back"
        ablauf.agree_sozialraeume(projekt, dt.date(2025, 6, 1), "Planungsrunde")
        assert [s.schluessel for s in projekt.read(Gebietsstand)] == ["2025", "2025-2"]
        assert ablauf.are_raeume_vereinbart(projekt)
        ablauf.undo(projekt)
        assert [s.schluessel for s in projekt.read(Gebietsstand)] == ["2025"]
