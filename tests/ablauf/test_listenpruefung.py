"""Lists from Excel: what a person writes is understood, what would spoil figures is refused with its name."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from sozialtool import ablauf
from sozialtool.ablauf import gesamtpruefung
from sozialtool.ablauf.listenpruefung import check_listen
from sozialtool.ausgabe.katalogblatt import write_liste
from sozialtool.fach.gremium import Gremium
from sozialtool.fach.indikator import Indikator, Intervallart
from sozialtool.fach.messwert import Merkmal, Messwert
from sozialtool.fach.raum import Ebene, Gebiet, Kommune
from sozialtool.fehler import BedienFehler, DatenFehler

AGS = "05999001"
STADT = Gebiet(AGS, "Neustadt", "stadt")


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with ablauf.create_projekt(tmp_path / "Neustadt", Kommune(AGS, "Neustadt", berichtsjahr=2025)) as projekt:
        yield projekt


def back(projekt, *gebiete, liste="gebiete"):
    datei = projekt.pfad.parent / f"{liste}.xlsx"
    write_liste(datei, type(gebiete[0]), gebiete, "Liste")
    return ablauf.import_liste(projekt, liste, datei)


def take(projekt, *gebiete):
    ablauf.save_liste(projekt, back(projekt, *gebiete))


def test_levels_and_areas_are_understood_by_their_names(projekt):
    take(
        projekt, STADT, Gebiet("O1", "Kern", "Ortsteile", ""), Gebiet("01", "Nord", "Sozialraum", "Kern"),
        Gebiet("02", "Süd", "sozialraum", ""), Gebiet("001", "Rathaus", "Stimmbezirk", "Nord"),
    )  # fmt: skip
    gebiete = {g.schluessel: (g.ebene, g.teil_von) for g in projekt.read(Gebiet)}
    assert gebiete["O1"] == ("ortsteil", AGS)
    assert gebiete["01"] == ("sozialraum", "O1")
    assert gebiete["02"] == ("sozialraum", AGS)
    assert gebiete["001"] == ("stimmbezirk", "01")
    assert gebiete["nz"] == ("sozialraum", AGS)
    assert "stimmbezirk" in {ebene.schluessel for ebene in projekt.read(Ebene)}
    raeume = [schritt.text for schritt in ablauf.uebersicht(projekt).naechste if schritt.ziel == "raeume"]
    assert [text.partition(":")[0] for text in raeume] == ["Gebietsstand vereinbaren"], "none lies across"
    ablauf.undo(projekt)
    assert [g.name for g in projekt.read(Gebiet)] == ["Neustadt"]


@pytest.mark.parametrize(
    ("gebiete", "wort"),
    [
        ([STADT, Gebiet("01", "Nord", "Quartier", AGS)], "Ebene „Quartier“ gibt es nicht"),
        ([STADT, Gebiet("01", "Nord", "sozialraum", "99")], "„99“"),
        ([STADT, Gebiet("01", "Nord", "sozialraum", "01")], "keine Ebene darüber"),
        ([STADT, Gebiet("1", "A", "sozialraum", "2"), Gebiet("2", "B", "sozialraum", "1")], "keine Ebene darüber"),
        ([STADT, Gebiet("9", "Q", "Stimmbezirk", "9")], "Teil von sich selbst"),
        ([Gebiet("01", "Nord", "sozialraum", "")], "Die Stadt selbst"),
        ([STADT, Gebiet("zwei", "Zweitstadt", "stadt")], "genau einmal"),
    ],
)
def test_areas_that_do_not_fit_are_named_and_nothing_changes(projekt, gebiete, wort):
    with pytest.raises(DatenFehler, match=wort):
        back(projekt, *gebiete)
    assert [g.name for g in projekt.read(Gebiet)] == ["Neustadt"]


def test_area_with_figures_cannot_vanish_but_may_be_renamed(projekt):
    nord, sued = Gebiet("01", "Nord", "sozialraum", AGS), Gebiet("02", "Süd", "sozialraum", AGS)
    take(projekt, STADT, nord, sued)
    with projekt.change("Zahl") as schreiber:
        schreiber.put_messwerte([Messwert("01", "ew", dt.date(2025, 12, 31), 5.0, quelle="q")])
    with pytest.raises(DatenFehler, match=r"Nord \(01\) fehlt, aber 1 Zahlen"):
        back(projekt, STADT, sued)
    unterschiede = back(projekt, STADT, attrs.evolve(nord, name="Nordstadt"))
    assert [g.schluessel for g in unterschiede.entfernt] == ["02"]
    assert [neu.name for _, neu in unterschiede.geaendert] == ["Nordstadt"]


@pytest.mark.parametrize("formel", ["ew +", "gibtsnicht", "import os"])
def test_formula_that_cannot_be_computed_never_gets_in(projekt, formel):
    alle = projekt.read(Indikator)
    krumm = [attrs.evolve(alle[0], zaehler=formel), *alle[1:]]
    with pytest.raises(DatenFehler, match=alle[0].kennung):
        back(projekt, *krumm, liste="indikatoren")
    assert not back(projekt, *alle, liste="indikatoren")


@pytest.mark.parametrize(
    ("anders", "spalte"),
    [
        ({"zaehler": "ew * hh"}, "Zähler"),
        ({"nenner": "ew / hh"}, "Nenner"),
        ({"zaehler": "5"}, "Zähler"),
        ({"faktor": 0.0}, "Faktor"),
        ({"nachkommastellen": -2}, "Nachkommastellen"),
        ({"jahre": 0}, "Zusammengefasste Jahre"),
        ({"handlungsfeld": "Freizeit"}, "Handlungsfeld"),
        ({"kleinste_ebene": "Quartier"}, "Kleinste Ebene"),
    ],
)
def test_indicator_that_would_stop_the_whole_computation_is_refused(projekt, anders, spalte):
    alle = projekt.read(Indikator)
    krumm = [attrs.evolve(i, **anders) if i.kennung == "A01" else i for i in alle]
    with pytest.raises(DatenFehler, match=f"A01, Spalte „{spalte}“"):
        back(projekt, *krumm, liste="indikatoren")


def test_own_indicator_with_names_instead_of_keys(projekt):
    eigen = Indikator(
        "X01", "Haushalte je Person", "Arbeit, Einkommen und Armut", "hh", nenner="ew", kleinste_ebene="Sozialräume"
    )
    ablauf.save_liste(projekt, back(projekt, *projekt.read(Indikator), eigen, liste="indikatoren"))
    neu = projekt.get(Indikator, "X01")
    assert (neu.handlungsfeld, neu.kleinste_ebene) == ("arbeit", "sozialraum")
    assert not back(projekt, *projekt.read(Indikator), liste="indikatoren")


@pytest.mark.parametrize(
    ("schluessel", "anders", "wort"),
    [
        ("sgb2", {"teil_von": "gibtsnicht"}, "„Teil von“: Ein Merkmal „gibtsnicht“"),
        ("ew_ab_65", {"summe_aus": "ew_65_80 + ew_uralt"}, "„Summe aus“: Ein Merkmal „ew_uralt“"),
        ("ew", {"teil_von": "ew_unter_3"}, "im Kreis"),
        ("sgb2", {"mindestfallzahl": -1}, "Mindestfallzahl"),
        ("sgb2", None, "A06 rechnet damit"),
    ],
)
def test_merkmale_that_do_not_fit_are_refused(projekt, schluessel, anders, wort):
    alle = projekt.read(Merkmal)
    assert not back(projekt, *alle, liste="merkmale")
    neu = [attrs.evolve(m, **anders) if m.schluessel == schluessel and anders else m for m in alle]
    with pytest.raises(DatenFehler, match=wort):
        back(projekt, *(m for m in neu if anders or m.schluessel != schluessel), liste="merkmale")


MITTEL = Indikator(
    "B07", "Durchschnittsalter", "bevoelkerung", "alterssumme", nenner="ew", faktor=1.0, einheit="Jahre",
    intervall=Intervallart.MITTELWERT, streuung="altersquadrate",
)  # fmt: skip


@pytest.mark.parametrize(
    ("geaendert", "wort"),
    [
        ({"streuung": "altersquadrat"}, "kein bekanntes Merkmal"),
        ({"streuung": "altersquadrate + ew"}, "genau eines"),
        # The spread is not protected: a count would leave the house through the limits.
        ({"streuung": "ew_unter_3"}, "weder Summe der Quadrate"),
        ({"nenner": ""}, "aus wie vielen Werten"),
        ({"nenner": "", "fallzahl": "leute"}, "„leute“ ist kein bekanntes Merkmal"),
    ],
)
def test_spread_of_a_mean_is_one_known_figure(projekt, geaendert, wort):
    ablauf.save_liste(projekt, back(projekt, MITTEL, liste="indikatoren"))
    with pytest.raises(DatenFehler, match=wort):
        back(projekt, attrs.evolve(MITTEL, **geaendert), liste="indikatoren")
    # Where the interval is none of a mean, nobody asks.
    back(projekt, attrs.evolve(MITTEL, intervall=Intervallart.KEINES, **geaendert), liste="indikatoren")


def test_a_new_check_is_asked_for_lists_and_for_single_records(projekt, monkeypatch):
    def refuse(_, listen):
        return listen, [f"{klasse.__name__} passt heute nicht." for klasse in listen]

    monkeypatch.setattr(gesamtpruefung, "PRUEFUNGEN", (*gesamtpruefung.PRUEFUNGEN, refuse))
    with pytest.raises(DatenFehler, match=r"Gremium passt heute nicht\."):
        check_listen(projekt, {Gremium: [Gremium("PR", "Planungsrunde")]})
    with pytest.raises(BedienFehler, match=r"Gremium passt heute nicht\."):
        ablauf.save_eintrag(projekt, Gremium, {"schluessel": "PR", "name": "Planungsrunde"})
    assert not projekt.read(Gremium)
