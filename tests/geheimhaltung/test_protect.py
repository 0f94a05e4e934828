"""Patterns against an independent judge: enumeration of all tables that agree with what is published."""

from __future__ import annotations

import itertools

import attrs
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sozialtool.fehler import GeheimhaltungsFehler
from sozialtool.geheimhaltung.angriff import compute_intervalle
from sozialtool.geheimhaltung.sperren import Aufwand, protect
from sozialtool.geheimhaltung.system import Beziehung, Schutz, Zelle, build_systeme
from sozialtool.geheimhaltung.werte import Grund

N = 3
DECKEL = 8
"""Enumerated values per base cell; a cell of at most 5 moves by at most n, so every witness lies below."""


def namen(raeume):
    """Linear form of every cell over the base cells (Raum × part): parts, wholes, totals, town."""
    basis = list(itertools.product(range(raeume), range(2)))
    formen = {f"{r}{m}": [(r, m)] for r, m in basis}
    formen |= {f"{r}w": [(r, 0), (r, 1)] for r in range(raeume)}
    formen |= {f"s{m}": [(r, m) for r in range(raeume)] for m in range(2)}
    return basis, formen | {"sw": basis}


def baue(werte, raeume, sterne=()):
    _, formen = namen(raeume)
    wahr = {name: sum(werte[b] for b in teile) for name, teile in formen.items()}
    zellen = []
    for i, (name, wert) in enumerate(wahr.items()):
        geheim, stern = 0 < wert < N, name in sterne
        zellen.append(
            Zelle(
                name,
                None if stern else float(wert),
                gewicht=1.0 + i / 7 + (20 if name[0] == "s" else 0),
                primaer=Grund.QUELLE if stern else Grund.FALLZAHL if geheim else None,
                schutz=Schutz(breite=float(N)) if stern else Schutz(0.0, float(N)) if geheim else None,
            )
        )
    beziehungen = [Beziehung(((f"{r}w", -1.0), (f"{r}0", 1.0), (f"{r}1", 1.0))) for r in range(raeume)]
    beziehungen += [Beziehung(((f"s{m}", -1.0), *((f"{r}{m}", 1.0) for r in range(raeume)))) for m in "01w"]
    beziehungen.append(Beziehung((("sw", -1.0), ("s0", 1.0), ("s1", 1.0))))
    return wahr, zellen, beziehungen


def zaehle_alle(raeume):
    """Every cell's value in every table with base cells 0 … DECKEL."""
    basis, formen = namen(raeume)
    gitter = np.indices([DECKEL + 1] * len(basis), dtype=np.int16).reshape(len(basis), -1)
    stelle = {b: i for i, b in enumerate(basis)}
    return {name: sum(gitter[stelle[b]] for b in teile) for name, teile in formen.items()}


@pytest.fixture(scope="module")
def drei():
    return zaehle_alle(3)


@pytest.fixture(scope="module")
def zwei():
    return zaehle_alle(2)


def moeglich(alle, wahr, gesperrt):
    maske = np.ones(len(next(iter(alle.values()))), dtype=bool)
    for name, werte in alle.items():
        if name not in gesperrt:
            maske &= werte == wahr[name]
    return maske


def ist_sicher(schutz, werte):
    return (
        (schutz.unten is None or werte.min() <= schutz.unten)
        and (schutz.oben is None or werte.max() >= schutz.oben)
        and werte.max() - werte.min() >= schutz.breite
    )


def umfasst(eine, andere, formen):
    a, b = set(formen[eine]), set(formen[andere])
    return a <= b or b <= a


tabellen = st.dictionaries(
    st.sampled_from(list(itertools.product(range(3), range(2)))), st.integers(0, 5), min_size=6, max_size=6
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(werte=tabellen, stern=st.sampled_from([(), (), ("00",), ("00", "11"), ("21", "s1")]))
def test_every_secret_stays_open(drei, werte, stern):
    wahr, zellen, beziehungen = baue(werte, 3, stern)
    muster = protect(zellen, beziehungen)
    assert not muster.erklaerung
    maske = moeglich(drei, wahr, muster.gesperrt)
    assert maske.any()
    formen = namen(3)[1]
    for zelle in zellen:
        if zelle.schutz is None:
            continue
        offen = drei[zelle.schluessel][maske]
        assert ist_sicher(zelle.schutz, offen), (zelle.schluessel, muster.gesperrt)
        von, bis = muster.intervalle[zelle.schluessel]
        assert von <= offen.min()
        assert bis >= offen.max()
        for andere in zellen:
            if andere.wert == 1 and not umfasst(andere.schluessel, zelle.schluessel, formen):
                mitwissend = maske & (drei[andere.schluessel] == 1)
                assert ist_sicher(zelle.schutz, drei[zelle.schluessel][mitwissend]), (
                    zelle.schluessel,
                    andere.schluessel,
                )


kleine = st.dictionaries(
    st.sampled_from(list(itertools.product(range(2), range(2)))), st.integers(0, 5), min_size=4, max_size=4
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(werte=kleine)
def test_no_lighter_pattern_is_safe(zwei, werte):
    wahr, zellen, beziehungen = baue(werte, 2)
    muster = protect(zellen, beziehungen, mitwisser=False)
    assert muster.optimal
    primaer = {z.schluessel for z in zellen if z.primaer}
    rest = [z for z in zellen if not z.primaer]
    for anzahl in range(len(rest) + 1):
        for zusatz in itertools.combinations(rest, anzahl):
            if sum(z.gewicht for z in zusatz) >= muster.gewichtsverlust - 1e-6:
                continue
            maske = moeglich(zwei, wahr, primaer | {z.schluessel for z in zusatz})
            assert not all(ist_sicher(z.schutz, zwei[z.schluessel][maske]) for z in zellen if z.schutz), zusatz


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(werte=tabellen, zufall=st.randoms(use_true_random=False))
def test_order_of_input_does_not_matter(werte, zufall):
    _, zellen, beziehungen = baue(werte, 3)
    muster = protect(zellen, beziehungen)
    assert protect(zellen, beziehungen) == muster
    zufall.shuffle(zellen)
    zufall.shuffle(beziehungen)
    beziehungen = [Beziehung(tuple(zufall.sample(b.koeffizienten, len(b.koeffizienten)))) for b in beziehungen]
    assert protect(zellen, beziehungen) == muster


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(werte=tabellen)
def test_without_exact_rounds_still_safe(drei, werte):
    wahr, zellen, beziehungen = baue(werte, 3)
    muster = protect(zellen, beziehungen, aufwand=Aufwand(runden=0))
    maske = moeglich(drei, wahr, muster.gesperrt)
    assert all(ist_sicher(z.schutz, drei[z.schluessel][maske]) for z in zellen if z.schutz)
    if muster.sekundaer:
        assert not muster.optimal


def test_whole_numbers_can_be_sharper_than_fractions():
    # 2a + 2b = c, c in 0 … 3 by its own limit: fractions allow a = 1.5, whole numbers do not.
    zellen = [Zelle("a", 1.0), Zelle("b", 0.0), Zelle("c", 2.0, obergrenze=3.0)]
    beziehungen = [Beziehung((("a", 2.0), ("b", 2.0), ("c", -1.0)))]
    assert compute_intervalle(zellen, beziehungen, "abc")["a"] == (0.0, 1.5)
    assert compute_intervalle(zellen, beziehungen, "abc", ganzzahlig=True)["a"] == (0.0, 1.0)
    # 3a = 2b + d + 1: fractions reach a = 2/3, whole numbers stop at a = 2 as long as d = 1 is shown.
    zellen = [
        Zelle("a", 2.0, primaer=Grund.FALLZAHL, schutz=Schutz(unten=1.0)),
        Zelle("b", 2.0, primaer=Grund.FALLZAHL, obergrenze=5.0),
        Zelle("d", 1.0, gewicht=5.0),
    ]
    beziehungen = [Beziehung((("a", 3.0), ("b", -2.0), ("d", -1.0)), 1.0)]
    assert compute_intervalle(zellen, beziehungen, "ab")["a"][0] == pytest.approx(2 / 3)
    assert protect(zellen, beziehungen).sekundaer == ("d",)


def test_an_insider_sees_only_himself():
    zellen = [
        Zelle("a", 1.0, primaer=Grund.FALLZAHL, schutz=Schutz(0.0, 3.0)),
        Zelle("b", 2.0, primaer=Grund.FALLZAHL, schutz=Schutz(0.0, 3.0)),
        Zelle("c", 40.0, gewicht=40.0),
        Zelle("d", 50.0, gewicht=50.0),
        Zelle("summe", 93.0, gewicht=1000.0),
    ]
    beziehungen = [Beziehung((("summe", -1.0), ("a", 1.0), ("b", 1.0), ("c", 1.0), ("d", 1.0)))]
    assert protect(zellen, beziehungen, mitwisser=False).sekundaer == ()
    assert compute_intervalle(zellen, beziehungen, "ab", bekannt={"a": 1.0})["b"] == (2.0, 2.0)
    muster = protect(zellen, beziehungen)
    assert muster.sekundaer == ("c",)
    assert compute_intervalle(zellen, beziehungen, muster.gesperrt, bekannt={"a": 1.0})["b"][0] == 0.0


def test_what_is_known_anyway_cannot_be_protected():
    zellen = [
        Zelle("a", 2.0, primaer=Grund.FALLZAHL, schutz=Schutz(0.0, 3.0)),
        Zelle("b", 40.0, nie_sperren=True),
        Zelle("summe", 42.0, nie_sperren=True),
    ]
    with pytest.raises(GeheimhaltungsFehler, match="lässt sich aus Zahlen berechnen"):
        protect(zellen, [Beziehung((("summe", -1.0), ("a", 1.0), ("b", 1.0)))])


def test_earlier_suppression_stays_and_counts():
    zellen = [
        Zelle("a", 2.0, primaer=Grund.FALLZAHL, schutz=Schutz(0.0, 3.0)),
        Zelle("b", 40.0, gewicht=40.0),
        Zelle("c", 50.0, gewicht=50.0),
        Zelle("summe", 92.0, gewicht=1000.0),
    ]
    beziehungen = [Beziehung((("summe", -1.0), ("a", 1.0), ("b", 1.0), ("c", 1.0)))]
    assert protect(zellen, beziehungen).sekundaer == ("b",)
    assert protect(zellen, beziehungen, schon_gesperrt=["c"]).sekundaer == ("c",)


def test_figures_that_do_not_tie_out_are_still_protected():
    # Rounded source: parts and total differ by 3; an attacker who knew the deviation must not gain.
    zellen = [
        Zelle("a", 2.0, primaer=Grund.FALLZAHL, schutz=Schutz(0.0, 3.0)),
        Zelle("b", 40.0),
        Zelle("c", 60.0),
        Zelle("summe", 105.0, gewicht=100.0),
    ]
    muster = protect(zellen, [Beziehung((("summe", -1.0), ("a", 1.0), ("b", 1.0), ("c", 1.0)))])
    assert len(muster.sekundaer) == 1
    assert muster.intervalle["a"] == (0.0, 42.0)


def test_a_part_larger_than_its_whole_gives_nothing_away():
    zellen = [
        Zelle("teil", 15.0, primaer=Grund.FALLZAHL, schutz=Schutz(0.0, 3.0)),
        Zelle("rest", -3.0, veroeffentlicht=False),
    ]
    zellen += [Zelle("ganzes", 12.0, nie_sperren=True)]
    muster = protect(zellen, [Beziehung((("teil", 1.0), ("rest", 1.0), ("ganzes", -1.0)))])
    assert muster.intervalle["teil"] == (0.0, float("inf"))


def test_independent_tables_are_separate_systems():
    zellen = [Zelle(f"{t}{i}", 5.0) for t in "ab" for i in range(3)]
    beziehungen = [Beziehung(((f"{t}0", -1.0), (f"{t}1", 1.0), (f"{t}2", 1.0))) for t in "ab"]
    assert [len(s.zellen) for s in build_systeme(zellen, beziehungen)] == [3, 3]
    fest = [attrs.evolve(z, nie_sperren=z.schluessel == "a0") for z in zellen]
    verbunden = [*beziehungen, Beziehung((("a0", 1.0), ("b0", -1.0)))]
    assert len(build_systeme(fest, verbunden)) == 2
    with pytest.raises(ValueError, match="twice"):
        build_systeme([*zellen, zellen[0]], beziehungen)
    with pytest.raises(ValueError, match="Unknown"):
        build_systeme(zellen, [Beziehung((("nirgends", 1.0),))])
