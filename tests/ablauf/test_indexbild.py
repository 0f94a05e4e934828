"""An index in a project: only released figures, every version found again, frozen with a release."""

from __future__ import annotations

import datetime as dt
import json

import attrs
import pytest

from sozialtool import ablauf
from sozialtool.ablauf import fassungen, indexbild
from sozialtool.ablauf.indexbild import Fassungswahl, compute_indexbild
from sozialtool.ablauf.vereinbarungen import Beschluss
from sozialtool.fach.indikator import Bruch, Indikator, Richtung, Zustand
from sozialtool.fach.messwert import Messwert, Zeichen
from sozialtool.fach.sozialindex import Fehlwerte, Gliederung, Indexfassung, Klassen, Normierung, Sozialindex
from sozialtool.fach.vereinbarung import Gegenstand
from sozialtool.fehler import BedienFehler, DatenFehler, FeldFehler
from tests.ablauf.kleinstadt import build_kleinstadt

INDEX = Sozialindex("SI1", "Sozialindex", ("A01", "A07 2", "F02"), laeufe=20)


@pytest.fixture(scope="module")
def projekt(tmp_path_factory):
    with build_kleinstadt(tmp_path_factory.mktemp("index"), range(2023, 2026)) as projekt:
        with projekt.change("Eine kleine Zahl") as schreiber:
            schreiber.put_messwerte([Messwert("01", "sgb2_unter_18", dt.date(2025, 12, 31), 2.0)])
        fassungen.save_definition(projekt, INDEX)
        yield projekt


def bild_of(projekt, wahl=None, jahr=0, **anders):
    fassungen.save_definition(projekt, attrs.evolve(INDEX, **anders))
    return compute_indexbild(projekt, "si1", jahr, wahl)


def test_a_secret_rate_has_no_index_and_the_reason_stands_there(projekt):
    bild = bild_of(projekt)
    assert bild.ohne["01"] == "Wert geheim"
    assert ("A07", "01") in bild.geheim
    platz = [g.schluessel for g in bild.gebiete].index("01")
    assert bild.lage.werte["A07"][platz] is None
    assert bild.stufen.index[platz] is None
    assert bild.robustheit.spannen[platz] is None
    assert any("Raum 1" in satz and "geheim" in satz for satz in bild.hinweise)
    assert len(bild.basis) == 6 - len(bild.ohne) >= 4


def test_the_index_depends_on_released_figures_alone(projekt):
    """Two towns that differ in the secret alone have the same index, to the last bit."""
    vorher = bild_of(projekt, fehlwerte=Fehlwerte.MITTEL)
    with projekt.change("Andere kleine Zahl") as schreiber:
        schreiber.put_messwerte([Messwert("01", "sgb2_unter_18", dt.date(2025, 12, 31), 1.0)])
        # the town total stays, so that nothing but the secret and its partner moves
        andere = next(s for s in vorher.ohne if s != "01") if len(vorher.ohne) > 1 else None
    nachher = compute_indexbild(projekt, "SI1")
    projekt.undo()
    assert andere is None or andere in nachher.ohne
    if nachher.lage.werte == vorher.lage.werte:
        assert nachher.stufen == vorher.stufen
    geheim = {(k, i) for k, spalte in vorher.lage.werte.items() for i, wert in enumerate(spalte) if wert is None}
    assert {kennung for kennung, _ in geheim} == {"A07"}


def test_every_table_says_that_it_is_relative_and_how_few_areas_there_are(projekt):
    bild = bild_of(projekt)
    assert "in jedem Jahr null" in bild.hinweise[0]
    assert any("empfohlen ab 20" in satz for satz in bild.hinweise)
    mss = bild_of(projekt, klassen=Klassen.MSS)
    assert any("erst ab 20 Gebieten angeboten" in satz for satz in mss.hinweise)
    fest = bild_of(projekt, normierung=Normierung.ABSTAND, bezugsjahr=2023)
    assert "Abstand zum Stadtwert von 2023" in fest.hinweise[0]
    assert "Mittel null" in fest.hinweise[0]


def test_the_distance_to_an_earlier_year_never_reaches_over_a_break(projekt):
    abstand = {"normierung": Normierung.ABSTAND, "bezugsjahr": 2023, "bestandteile": ("A01", "F02")}
    assert "Abstand zum Stadtwert von 2023" in bild_of(projekt, **abstand).hinweise[0]
    with projekt.change("Bruch") as schreiber:
        schreiber.put(Bruch("arbeitslose", 2024, "neu gezählt"))
    with pytest.raises(DatenFehler, match=r"A01 .*2023 und 2025.* \(neu gezählt\)"):
        bild_of(projekt, **abstand)
    assert bild_of(projekt, **{**abstand, "bezugsjahr": 2024}).stufen.index[0] is not None
    bild = bild_of(projekt, **{**abstand, "normierung": Normierung.RANG})  # only the run with the distance fails
    assert [lauf.was for lauf in bild.robustheit.laeufe if lauf.grund] == [Normierung.ABSTAND.value]
    with projekt.change("Kein Bruch") as schreiber:
        schreiber.remove(Bruch, "arbeitslose", 2024)


def test_a_single_indicator_without_runs_by_weight_still_has_the_run_by_distance(projekt):
    bild = bild_of(projekt, bestandteile=("A01",), laeufe=0)
    assert not [lauf.was for lauf in bild.robustheit.laeufe if lauf.was == Normierung.ABSTAND.value and lauf.grund]


def test_teilindizes_by_handlungsfeld_by_own_names_and_none(projekt):
    assert set(bild_of(projekt).teil_von.values()) == {"Arbeit, Einkommen und Armut", "Haushalte und Familie"}
    eigene = bild_of(
        projekt, bestandteile=("A01 1 Alle", "A07 1 Kinder", "F02 3 Kinder"), gliederung=Gliederung.EIGENE,
        teilgewichte=("3 Kinder",),
    )  # fmt: skip
    assert eigene.plan.wirksame_gewichte() == pytest.approx({"A01": 0.25, "A07": 0.1875, "F02": 0.5625})
    assert bild_of(projekt, gliederung=Gliederung.KEINE).teil_von == {}
    with pytest.raises(DatenFehler, match="Teilindex „Alter“"):
        bild_of(projekt, teilgewichte=("2 Alter",))


def test_base_set_left_out_areas_and_small_ones(projekt):
    bild = bild_of(projekt, bestandteile=("A01", "F02"), ausgenommen=("Raum 6",), mindesteinwohner=3100)
    assert bild.ohne == {"01": "unter 3100 Einwohnern", "06": "ausgenommen"}
    with pytest.raises(DatenFehler, match="„Nirgendwo“"):
        bild_of(projekt, ausgenommen=("Nirgendwo",))


def test_what_cannot_be_in_an_index_is_refused(projekt):
    with pytest.raises(DatenFehler, match="neutral"):
        bild_of(projekt, bestandteile=("A01", "B03"))
    with pytest.raises(DatenFehler, match="X99 gibt es unter den gerechneten nicht"):
        bild_of(projekt, bestandteile=("A01", "X99"))
    with pytest.raises(BedienFehler, match="doppelt"):
        bild_of(projekt, bestandteile=("A01", "A01 2"))
    with pytest.raises(FeldFehler, match="kein Gewicht"):
        bild_of(projekt, bestandteile=("A01 viel",))
    with pytest.raises(BedienFehler, match="Index „SI9“"):
        compute_indexbild(projekt, "SI9")
    stufe = attrs.evolve(projekt.get(Indikator, "A01"), stufe=True)
    with projekt.change("Stufe") as schreiber:
        schreiber.put(stufe)
    with pytest.raises(DatenFehler, match="nie gemittelt"):
        bild_of(projekt)
    projekt.undo()
    projekt.undo()
    assert projekt.get(Indikator, "A01").richtung is Richtung.BELASTEND


def test_versions_are_found_again(projekt):
    bild_of(projekt)
    ablauf.decide(projekt, ["SI1"], Beschluss(Zustand.VEREINBART, dt.date(2025, 3, 20), "Planungsrunde"))
    fassungen.save_definition(
        projekt, attrs.evolve(projekt.get(Sozialindex, "SI1"), bestandteile=("A01", "A07", "A10"))
    )
    heute = projekt.get(Sozialindex, "SI1")
    assert (heute.zustand, heute.vereinbart_am) == (Zustand.VORGESCHLAGEN, None)  # to be agreed again
    damals = compute_indexbild(projekt, "SI1", wahl=Fassungswahl(dt.date(2025, 6, 1)))
    jetzt = compute_indexbild(projekt, "SI1")
    assert [i.kennung for i in damals.indikatoren] == ["A01", "A07", "F02"]
    assert [i.kennung for i in jetzt.indikatoren] == ["A01", "A07", "A10"]
    assert damals.stufen.index != jetzt.stufen.index
    with pytest.raises(BedienFehler, match="noch nicht vereinbart"):
        compute_indexbild(projekt, "SI1", wahl=Fassungswahl(dt.date(2025, 1, 1)))
    zeile = ablauf.find_vereinbarung(projekt, "si1")
    assert (zeile.gegenstand, zeile.fassung, zeile.offen) == (
        Gegenstand.INDEX,
        2,
        "neue Fassung beraten: Planungsrunde",
    )
    schritte = ablauf.describe_schritte(projekt, zeile)
    assert any(
        "Bestandteile: bisher „A01; A07 2; F02“, neu „A01; A07; A10“" in t for s in schritte for t in s.gegen_vorher
    )
    with pytest.raises(BedienFehler, match="war schon vereinbart"):
        fassungen.remove_definition(projekt, heute)


def freeze(projekt, bild, am):
    with projekt.change("Ausgegeben") as schreiber:
        schreiber.put(*indexbild.freeze_index(projekt, bild, am))


def test_a_release_freezes_definition_and_base_set(projekt):
    """Last year's definition on this year's figures and the other way round."""
    alt = bild_of(projekt, bestandteile=("A01", "F02"), ausgenommen=("06",), startzahl=7)
    freeze(projekt, attrs.evolve(alt, jahr=2024), dt.date(2025, 4, 1))
    neu = bild_of(projekt, bestandteile=("A01", "A10"), ausgenommen=())
    eingefroren = compute_indexbild(projekt, "SI1", 2025, Fassungswahl(ausgabejahr=2024))
    assert eingefroren.stufen == alt.stufen
    assert eingefroren.robustheit == alt.robustheit
    assert "wie für 2024 ausgegeben am 01.04.2025" in eingefroren.fassung
    zurueck = compute_indexbild(projekt, "SI1", 2023, Fassungswahl(ausgabejahr=2024))
    assert zurueck.basis == tuple(s for s in alt.basis if s not in zurueck.ohne)
    assert neu.stufen.index != alt.stufen.index
    with pytest.raises(BedienFehler, match="Ausgegeben wurde für 2024"):
        compute_indexbild(projekt, "SI1", 2025, Fassungswahl(ausgabejahr=2022))
    vorher = projekt.revision
    freeze(projekt, attrs.evolve(alt, jahr=2024), dt.date(2025, 4, 1))
    assert projekt.revision == vorher  # the same again is no change
    assert projekt.get(Indexfassung, "SI1", 2024).gebiete == alt.basis


def test_a_release_keeps_how_its_indicators_were_defined(projekt):
    """Direction and Teilindex are those of the release; another formula and areas that are gone are named."""
    alt = bild_of(projekt, bestandteile=("A01", "F02", "A10"), ausgenommen=())
    freeze(projekt, attrs.evolve(alt, jahr=2023), dt.date(2024, 4, 1))
    fassung = projekt.get(Indexfassung, "SI1", 2023)
    a01, f02 = projekt.get(Indikator, "A01"), projekt.get(Indikator, "F02")
    with projekt.change("Umgebaut") as schreiber:
        schreiber.put(
            attrs.evolve(a01, richtung=Richtung.ENTLASTEND), attrs.evolve(f02, handlungsfeld=a01.handlungsfeld),
            attrs.evolve(fassung, gebiete=(*fassung.gebiete, "99")),
        )  # fmt: skip
    wie_damals = compute_indexbild(projekt, "SI1", wahl=Fassungswahl(ausgabejahr=2023))
    heute = compute_indexbild(projekt, "SI1")
    with projekt.change("Andere Formel") as schreiber:
        schreiber.put(attrs.evolve(a01, nenner="ew"))
    anders = compute_indexbild(projekt, "SI1", wahl=Fassungswahl(ausgabejahr=2023))
    with projekt.change("Ruht") as schreiber:
        schreiber.put(attrs.evolve(a01, zustand=Zustand.RUHT))
    geruht = compute_indexbild(projekt, "SI1", wahl=Fassungswahl(ausgabejahr=2023))
    with projekt.change("Ohne Definition, wie frühere Fassungen des Programms") as schreiber:
        kurz = {k: zeile[:3] for k, zeile in json.loads(fassung.indikatoren).items()}
        schreiber.put(attrs.evolve(fassung, indikatoren=json.dumps(kurz)), attrs.evolve(a01, nenner="ew"))
    frueher = compute_indexbild(projekt, "SI1", wahl=Fassungswahl(ausgabejahr=2023))
    for _ in range(4):
        projekt.undo()
    assert (wie_damals.stufen, wie_damals.teil_von) == (alt.stufen, alt.teil_von)
    assert heute.stufen.index != alt.stufen.index
    assert any("Gebiete, die es nicht mehr gibt: 99." in satz for satz in wie_damals.hinweise)
    assert not any("anders definiert" in satz for satz in wie_damals.hinweise)
    (satz,) = [satz for satz in anders.hinweise if "anders definiert" in satz]
    assert "A01" in satz
    assert "ew_15_65" in satz
    assert "nach der damaligen Definition" in satz
    assert anders.stufen == alt.stufen
    assert geruht.stufen == alt.stufen
    assert any("A01 ist heute „ruht“" in satz for satz in geruht.hinweise)
    assert any("nach der heutigen Definition" in satz for satz in frueher.hinweise)
    assert frueher.stufen != alt.stufen
    assert compute_indexbild(projekt, "SI1", wahl=Fassungswahl(ausgabejahr=2023)).hinweise == alt.hinweise


def test_an_index_of_a_day_takes_the_formulas_of_that_day(projekt):
    alt = bild_of(projekt, bestandteile=("A01", "F02", "A10"), ausgenommen=())
    tag = dt.date(2025, 3, 20)
    ablauf.decide(projekt, ["SI1", "A01"], Beschluss(Zustand.VEREINBART, tag, "Planungsrunde"))
    ablauf.change_definition(projekt, attrs.evolve(projekt.get(Indikator, "A01"), nenner="ew"))
    ablauf.decide(projekt, ["A01"], Beschluss(Zustand.VEREINBART, dt.date(2025, 9, 1), "Planungsrunde"))
    damals = compute_indexbild(projekt, "SI1", wahl=Fassungswahl(tag))
    jetzt = compute_indexbild(projekt, "SI1", wahl=Fassungswahl(dt.date(2025, 10, 1)))
    for _ in range(3):
        projekt.undo()
    assert damals.stufen == alt.stufen
    assert jetzt.stufen != alt.stufen
    assert not any("anders definiert" in satz for satz in jetzt.hinweise)


def test_an_unknown_population_is_not_called_small(projekt):
    with projekt.change("Ohne Einwohnerzahl") as schreiber:
        schreiber.put_messwerte([Messwert("02", "ew", dt.date(2025, 12, 31), None, Zeichen.GEHEIM)])
    bild = bild_of(projekt, bestandteile=("A01", "F02"), mindesteinwohner=100)
    projekt.undo()
    projekt.undo()
    assert bild.ohne["02"] == "Einwohnerzahl nicht veröffentlicht"


def test_a_key_belongs_to_one_thing_only(projekt):
    for kennung, wer in (("a01", "ein Indikator"), ("Mindestfallzahl", "eine Schwelle"), ("si1", "„Sozialindex“")):
        with pytest.raises(BedienFehler, match=f"heißt schon {wer}"):
            fassungen.save_definition(projekt, attrs.evolve(INDEX, kennung=kennung))
    with pytest.raises(BedienFehler, match="doppelt"):
        bild_of(projekt, bestandteile=("A01", "a01"))
    with pytest.raises(BedienFehler, match="0 bis 2000 Läufe"):
        bild_of(projekt, laeufe=10**9)
    with pytest.raises(BedienFehler, match="leer"):
        fassungen.save_definition(projekt, attrs.evolve(INDEX, kennung=" "))


def test_deleting_what_was_never_agreed(projekt):
    fassungen.save_definition(projekt, attrs.evolve(INDEX, kennung="SI2"))
    fassungen.remove_definition(projekt, projekt.get(Sozialindex, "SI2"))
    assert projekt.get(Sozialindex, "SI2") is None
