"""The two published cases, to the figure."""

from __future__ import annotations

import json

import pytest

from sozialtool.geheimhaltung.angriff import compute_intervalle
from sozialtool.geheimhaltung.sperren import protect
from sozialtool.geheimhaltung.system import Beziehung, Schutz, Zelle
from sozialtool.geheimhaltung.werte import Grund


@pytest.fixture(scope="module")
def faelle(daten):
    return json.loads((daten / "geheimhaltung" / "faelle.json").read_text(encoding="utf-8"))


def lies(fall, *gleichungen, schutz=None, gewicht=lambda wert: wert):
    zellen = [
        Zelle(
            name,
            wert,
            gewicht=float(gewicht(wert)),
            primaer=Grund.FALLZAHL if name in fall["suppressed"] else None,
            schutz=schutz if name in fall["suppressed"] else None,
        )
        for name, wert in fall["cells"].items()
    ]
    beziehungen = [
        Beziehung(((summe, -1.0), *((teil, 1.0) for teil in teile)))
        for liste in gleichungen
        for summe, teile in fall[liste]
    ]
    return zellen, beziehungen


def als_tupel(intervalle):
    return {name: tuple(grenzen) for name, grenzen in intervalle.items() if not isinstance(grenzen, int)}


@pytest.mark.real
@pytest.mark.parametrize("ganz", [False, True])
def test_hidden_disclosure_attack(faelle, ganz):
    fall = faelle["sdctable_4x4_hidden_disclosure"]
    zellen, beziehungen = lies(fall, "equations")
    vorher = compute_intervalle(zellen, beziehungen, fall["suppressed"], ganzzahlig=ganz)
    assert vorher == als_tupel(fall["intervals_before"])
    nachher = compute_intervalle(zellen, beziehungen, fall["suppressed_after"], ganzzahlig=ganz)
    assert nachher == als_tupel(fall["intervals_after"])


@pytest.mark.real
def test_hidden_disclosure_repair(faelle):
    fall = faelle["sdctable_4x4_hidden_disclosure"]
    zellen, beziehungen = lies(fall, "equations", schutz=Schutz(breite=1.0))
    muster = protect(zellen, beziehungen)
    assert muster.sekundaer == ("x|d",)
    assert muster.gewichtsverlust == 31
    assert muster.optimal
    assert not muster.erklaerung
    assert dict(muster.intervalle) == als_tupel(fall["intervals_after"])
    assert muster.intervalle["w|b"] == tuple(fall["published_expected"]["w|b"])


@pytest.mark.real
def test_linked_tables_attack(faelle):
    fall = faelle["linked_tables_136"]
    for listen, erwartet in (
        (("equations_table1",), "intervals_table1_only"),
        (("equations_table2",), "intervals_table2_only"),
        (("equations_table1", "equations_table2"), "intervals_joint"),
    ):
        zellen, beziehungen = lies(fall, *listen)
        assert compute_intervalle(zellen, beziehungen, fall["suppressed"]) == als_tupel(fall[erwartet])


@pytest.mark.real
def test_linked_tables_repair(faelle):
    fall = faelle["linked_tables_136"]
    for einzeln in ("equations_table1", "equations_table2"):
        muster = protect(*lies(fall, einzeln, schutz=Schutz(unten=0.0, oben=4.0)))
        assert muster.sekundaer == (), "each table alone is safe"
    zellen, beziehungen = lies(fall, "equations_table1", "equations_table2", schutz=Schutz(unten=0.0, oben=4.0))
    muster = protect(zellen, beziehungen)
    assert len(muster.sekundaer) == 1
    assert muster.optimal
    assert muster.intervalle["K"][0] == 0
    assert muster.intervalle["K"][1] >= 4
    mit_n = compute_intervalle(zellen, beziehungen, [*fall["suppressed"], "N"])
    assert mit_n == {name: tuple(grenzen) for name, grenzen in fall["intervals_joint_after_N"].items()}
    assert muster.sekundaer == ("N",)
