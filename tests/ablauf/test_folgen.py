"""What a changed definition does is shown before it is confirmed, and gives nothing away."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf
from sozialtool.ablauf.vereinbarungstext import folgen_text
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.messwert import Merkmal, Messwert, Zeichen
from sozialtool.fehler import BedienFehler, FormelFehler


@pytest.fixture
def projekt(tmp_path):
    # A folder may be called anything: which file the Monitoring is says its own name.
    with build_kleinstadt(tmp_path / "stadt_barrierefrei", range(2024, 2026)) as offen:
        yield offen


def put(projekt, *messwerte):
    with projekt.change("Zahlen") as schreiber:
        schreiber.put_messwerte(
            [Messwert(gebiet, merkmal, dt.date(2025, 12, 31), wert) for gebiet, merkmal, wert in messwerte]
        )


def test_old_and_new_figures_stand_side_by_side_and_nothing_is_stored(projekt):
    alt = projekt.get(Indikator, "A07")
    folgen = ablauf.preview_change(projekt, [attrs.evolve(alt, nenner="ew", einheit="% aller")])
    (folge,) = [f for f in folgen.indikatoren if f.neu.kennung == "A07"]
    spalten = projekt.read_messwerte()
    zahl = {(g, m): w for g, m, s, w in zip(*(spalten[n] for n in ("gebiet", "merkmal", "stand", "wert")), strict=True)
            if s.year == 2025}  # fmt: skip
    raum = next(w for w in folge.werte if w.gebiet == "Raum 3")
    assert raum.alt == pytest.approx(zahl["03", "sgb2_unter_18"] / zahl["03", "ew_unter_18"] * 100, abs=0.05)
    assert raum.neu == pytest.approx(zahl["03", "sgb2_unter_18"] / zahl["03", "ew"] * 100, abs=0.05)
    assert raum.differenz == pytest.approx(raum.neu - raum.alt)
    assert [w.gebiet for w in folge.werte][:2] == ["Kleinstadt", "Raum 1"]
    assert folge.weitere_jahre == (2024,)
    assert folge.neu_vereinbaren
    assert projekt.get(Indikator, "A07") == alt


def test_the_text_names_formula_agreement_index_and_papers(projekt):
    pfad = ablauf.ausgeben(projekt, 2025, stand=dt.date(2025, 6, 1), barrierefrei=True)
    alt = projekt.get(Indikator, "A07")
    text = folgen_text(ablauf.preview_change(projekt, [attrs.evolve(alt, nenner="ew")]))
    assert "Nenner: bisher „Unter 18-Jährige“, neu „Einwohnerinnen und Einwohner (Hauptwohnung)“" in text
    assert "am 04.03.2025 vereinbart (Planungsgruppe)" in text
    assert "Statusindex 2025" in text
    assert pfad.name in text
    assert ablauf.barrierefrei_of(pfad).name not in text


def test_what_becomes_computable_and_what_no_longer(projekt):
    alt = projekt.get(Indikator, "A07")
    weg = folgen_text(ablauf.preview_change(projekt, [attrs.evolve(alt, zaehler="asylblg")]))
    assert (
        "Nicht mehr zu rechnen, es fehlt: Leistungsberechtigte nach dem Asylbewerberleistungsgesetz (Sozialamt)" in weg
    )
    fehlt = projekt.get(Indikator, "M05")
    (folge,) = ablauf.preview_change(projekt, [attrs.evolve(fehlt, zaehler="sgb2_unter_18")]).indikatoren[:1]
    assert folge.fehlt_vorher
    assert not folge.fehlt_nachher
    assert "Wird berechenbar" in folgen_text(ablauf.Folgen(2025, (folge,)))


def test_words_alone_change_no_figure(projekt):
    alt = projekt.get(Indikator, "A07")
    folgen = ablauf.preview_change(projekt, [attrs.evolve(alt, hinweis="anders gesagt")])
    assert folgen.indikatoren[0].werte == ()
    assert "Keine Zahl ändert sich." in folgen_text(folgen)


def test_a_secret_figure_is_secret_before_and_after(projekt):
    put(projekt, ("03", "sgb2_unter_18", 2.0), ("04", "sgb2_unter_18", 1.0))
    alt = projekt.get(Indikator, "A07")
    folgen = ablauf.preview_change(projekt, [attrs.evolve(alt, nenner="ew")])
    werte = {w.gebiet: w for w in folgen.indikatoren[0].werte}
    for raum in ("Raum 3", "Raum 4"):
        assert (werte[raum].alt, werte[raum].neu) == (None, None)
        assert (werte[raum].alt_zeichen, werte[raum].neu_zeichen) == (Zeichen.GEHEIM, Zeichen.GEHEIM)


def test_two_formulas_that_differ_by_a_secret_count_do_not_stand_side_by_side(projekt):
    """Numerators x + 2 and x, each harmless alone, would say that the other part is 2."""
    put(projekt, *((f"0{n}", "asylblg", 40.0 + n) for n in range(1, 7)))
    put(projekt, ("02", "asylblg", 2.0))
    alt = attrs.evolve(
        projekt.get(Indikator, "A07"), zaehler="sgb2_unter_18", nenner="", faktor=1.0, nachkommastellen=0
    )
    with projekt.change("Anzahl") as schreiber:
        schreiber.put(alt)
    neu = attrs.evolve(alt, zaehler="sgb2_unter_18 + asylblg")
    werte = {w.gebiet: w for w in ablauf.preview_change(projekt, [neu]).indikatoren[0].werte}
    assert werte["Raum 2"].differenz is None
    assert werte["Raum 5"].differenz is not None


def test_a_changed_merkmal_shows_what_will_be_hidden_but_not_its_figure(projekt):
    put(projekt, ("03", "sgb2_unter_18", 7.0))
    vorher = ablauf.monitoring(projekt, 2025).zelle("03", "A07")
    merkmal = attrs.evolve(projekt.get(Merkmal, "sgb2_unter_18"), mindestfallzahl=10)
    folgen = ablauf.preview_change(projekt, merkmale=[merkmal])
    (folge,) = [f for f in folgen.indikatoren if f.neu.kennung == "A07"]
    raum = next(w for w in folge.werte if w.gebiet == "Raum 3")
    assert vorher.wert is not None
    assert (raum.alt, raum.neu, raum.alt_zeichen, raum.neu_zeichen) == (None, None, None, Zeichen.GEHEIM)
    assert "gezeigt" in folgen_text(folgen)


@pytest.mark.parametrize(
    ("was", "fehler"),
    [
        ({"kennung": "Z99"}, BedienFehler),
        ({"zaehler": "gibt_es_nicht"}, FormelFehler),
        ({"zaehler": "ew * ew"}, FormelFehler),
    ],
)
def test_what_cannot_be_computed_is_refused_before_anything_happens(projekt, was, fehler):
    neu = attrs.evolve(projekt.get(Indikator, "A07"), **was)
    with pytest.raises(fehler):
        ablauf.preview_change(projekt, [neu])


def test_an_unknown_merkmal_is_named(projekt):
    with pytest.raises(BedienFehler, match="Ein Merkmal „x“"):
        ablauf.preview_change(projekt, merkmale=[Merkmal("x", "X")])


def test_without_figures_only_the_words_are_compared(tmp_path):
    from sozialtool.fach.raum import Kommune

    with ablauf.create_projekt(tmp_path / "leer", Kommune("05999004", "Leer", berichtsjahr=2025)) as leer:
        alt = leer.get(Indikator, "A07")
        folgen = ablauf.preview_change(leer, [attrs.evolve(alt, nenner="ew")])
    assert folgen.indikatoren[0].unterschiede
    assert folgen.indikatoren[0].werte == ()


def test_confirmed_and_taken_back(projekt):
    alt = projekt.get(Indikator, "A07")
    ablauf.change_definition(projekt, attrs.evolve(alt, nenner="ew"))
    assert projekt.get(Indikator, "A07").zustand is Zustand.VORGESCHLAGEN
    ablauf.undo(projekt)
    assert projekt.get(Indikator, "A07") == alt
