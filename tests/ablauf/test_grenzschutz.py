"""Two Gebietsstände of one town: small groups between them stop a release; a delivery says in which boundaries it was counted."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from sozialtool import ablauf
from sozialtool.ablauf.gebietsstaende import raumplan
from sozialtool.ablauf.umrechnen import convert_projekt
from sozialtool.cli import run
from sozialtool.fach.messwert import Merkmal, Messwert
from sozialtool.fach.quelle import Quelle
from sozialtool.fehler import GeheimhaltungsFehler
from tests.ablauf.raumstadt import ALT, build_raumstadt

TAG = dt.date(2025, 12, 31)


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_raumstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        yield projekt


def reform(projekt, bloecke):
    ablauf.make_variante(projekt, "neu", "Räume 2024")
    ablauf.move_gebiete(projekt, "neu", bloecke, "02")
    ablauf.agree_gebietsstand(projekt, "neu", dt.date(2024, 3, 7), "Rat", dt.date(2024, 7, 1))


def test_a_small_group_between_boundaries_stops_the_release(projekt, capfd):
    assert ablauf.check_grenzen(projekt) == ()
    ablauf.make_variante(projekt, "v1", "Variante")
    ablauf.move_gebiete(projekt, "v1", ["b1c"], "02")
    # A Variante is not public: nothing to protect against.
    assert ablauf.check_grenzen(projekt) == ()
    ablauf.remove_variante(projekt, "v1")
    reform(projekt, ["b1c"])
    (befund,) = ablauf.check_grenzen(projekt)
    assert (befund.code, befund.zelle) == ("GEHEIM-GRENZEN", ALT)
    assert "Block b1c" in befund.meldung
    # Seen from the other side it is the same group.
    assert [b.zelle for b in ablauf.check_grenzen(projekt, ALT)] == ["neu"]
    with pytest.raises(GeheimhaltungsFehler, match="Block b1c"):
        ablauf.ausgeben(projekt, 2025)
    assert "GEHEIM-GRENZEN" in {b.code for b in ablauf.describe_umrechnung(projekt, ALT).befunde}
    assert ablauf.ausgaben(projekt) == ()
    assert ablauf.ausgeben(projekt, 2025, grenzen_geprueft=True).is_file()
    pfad = projekt.pfad
    projekt.close()
    assert run(["ausgeben", "--projekt", str(pfad)]) == 2
    assert "--grenzen-geprueft" in capfd.readouterr().err


def test_large_pieces_and_unknown_inhabitants(projekt):
    reform(projekt, ["b1b"])  # 915 people
    assert ablauf.check_grenzen(projekt) == ()
    with projekt.change("unbekannt") as schreiber:
        for jahr in (2024, 2025):
            schreiber.remove(Messwert, "b1b", "ew", dt.date(jahr, 12, 31))
    assert [b.code for b in ablauf.check_grenzen(projekt)] == ["GEHEIM-GRENZEN"]


def test_a_release_answers_for_its_boundaries_only_while_nothing_is_converted(projekt):
    """Converted figures stand in no relation to those shown before: what follows from both is asked as without a release."""
    ablauf.ausgeben(projekt, 2025, stand=TAG, endgueltig=True)
    reform(projekt, ["b1c"])
    assert ablauf.check_grenzen(projekt) == ()
    with projekt.change("in alten Grenzen gezählt") as schreiber:
        schreiber.put(Merkmal("faelle", "Fälle"))
        tag = dt.date(2023, 12, 31)
        schreiber.put_messwerte(Messwert(f"0{n}", "faelle", tag, 100.0) for n in range(1, 7))
    (befund,) = ablauf.check_grenzen(projekt)
    assert (befund.code, befund.zelle) == ("GEHEIM-GRENZEN", ALT)
    assert "umgerechnet" in befund.meldung
    with pytest.raises(GeheimhaltungsFehler, match="umgerechnet"):
        ablauf.ausgeben(projekt, 2025)
    assert ablauf.ausgeben(projekt, 2025, grenzen_geprueft=True).is_file()


def test_a_delivery_names_its_boundaries(projekt):
    reform(projekt, ["b1c"])
    quelle = Quelle("q9", "alt.xlsx", "ab" * 32)
    with projekt.change("Fälle") as schreiber:
        schreiber.put(Merkmal("faelle", "Fälle"), quelle)
        schreiber.put_messwerte(Messwert(f"0{n}", "faelle", TAG, 100.0, quelle="q9") for n in range(1, 7))

    def faelle():
        s = convert_projekt(projekt, raumplan(projekt, "neu")).spalten
        return {g: w for g, m, w in zip(s["gebiet"], s["merkmal"], s["wert"], strict=True) if m == "faelle"}

    # Both have the same keys: without a word, the figures of 2025 belong to the new boundaries.
    assert faelle()["01"] == 100.0
    with projekt.change("in alten Grenzen gezählt") as schreiber:
        schreiber.put(attrs.evolve(quelle, gebietsstand=ALT))
    nachher = faelle()
    assert nachher["01"] < 100.0 < nachher["02"]
    assert sum(nachher.values()) == pytest.approx(600.0)


def test_boundaries_are_asked_only_where_there_are_several(projekt):
    @attrs.frozen
    class Pruefung:
        messwerte: tuple[Messwert, ...]

    raum = Pruefung((Messwert("01", "ew", TAG, 1.0),))
    assert ablauf.find_grenzen(projekt, raum) == ()
    reform(projekt, ["b1c"])
    assert [s.schluessel for s in ablauf.find_grenzen(projekt, raum)] == ["neu", ALT]
    assert ablauf.find_grenzen(projekt, Pruefung((Messwert("b1a", "ew", TAG, 1.0),))) == ()
