"""Agreements have a history: who decided what when, which definition was in force, and what a change does."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.vereinbarung import Gegenstand
from sozialtool.fehler import FormelFehler


@pytest.fixture
def projekt(tmp_path):
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as offen:
        yield offen


def schritte(projekt, kennung):
    return ablauf.history_of(projekt, Gegenstand.INDIKATOR, kennung)


def test_every_decision_is_a_step_with_body_session_and_dissent(projekt):
    ablauf.agree_indikator(
        projekt, "A07", Zustand.RUHT, dt.date(2025, 6, 1), " Trägerrunde ", "3. Sitzung", "Caritas: weiter zeigen"
    )
    erster, zweiter = schritte(projekt, "A07")
    assert (erster.zustand, erster.nummer, erster.fassung) == (Zustand.VEREINBART, 1, 1)
    assert (zweiter.zustand, zweiter.nummer, zweiter.fassung) == (Zustand.RUHT, 2, 1)
    assert (zweiter.gremium, zweiter.sitzung, zweiter.abweichend) == (
        "Trägerrunde",
        "3. Sitzung",
        "Caritas: weiter zeigen",
    )
    ablauf.undo(projekt)
    assert schritte(projekt, "A07") == (erster,)


def test_another_formula_is_another_version_and_has_to_be_agreed_again(projekt):
    alt = projekt.get(Indikator, "A07")
    ablauf.change_definition(projekt, attrs.evolve(alt, nenner="ew"))
    neu = projekt.get(Indikator, "A07")
    assert (neu.nenner, neu.zustand, neu.vereinbart_am) == ("ew", Zustand.VORGESCHLAGEN, None)
    assert [s.fassung for s in schritte(projekt, "A07")] == [1, 2]
    ablauf.agree_indikator(projekt, "A07", Zustand.VEREINBART, dt.date(2026, 1, 10), "Planungsgruppe")
    assert [s.fassung for s in schritte(projekt, "A07")] == [1, 2, 2]


def test_older_releases_keep_their_definition(projekt):
    alt = projekt.get(Indikator, "A07")
    ablauf.change_definition(projekt, attrs.evolve(alt, nenner="ew", hinweis="neu"))
    ablauf.agree_indikator(projekt, "A07", Zustand.VEREINBART, dt.date(2026, 1, 10), "Planungsgruppe")
    assert ablauf.definition_at(projekt, "A07", dt.date(2025, 12, 31)) == alt
    spaeter = ablauf.definition_at(projekt, "A07", dt.date(2026, 1, 10))
    assert (spaeter.nenner, spaeter.hinweis) == ("ew", "neu")
    assert ablauf.definition_at(projekt, "A07", dt.date(2025, 3, 3)) is None
    assert ablauf.definition_at(projekt, "gibt es nicht", dt.date(2026, 1, 10)) is None


def test_what_only_looks_different_is_no_new_version(projekt):
    alt = projekt.get(Indikator, "A07")
    ablauf.change_definition(projekt, attrs.evolve(alt, kurzname="SGB II", reihenfolge=99))
    assert projekt.get(Indikator, "A07").zustand is Zustand.VEREINBART
    assert len(schritte(projekt, "A07")) == 1


def test_a_formula_that_cannot_be_computed_changes_nothing(projekt):
    alt = projekt.get(Indikator, "A07")
    with pytest.raises(FormelFehler):
        ablauf.change_definition(projekt, attrs.evolve(alt, zaehler="gibt_es_nicht / 0"))
    assert projekt.get(Indikator, "A07") == alt
