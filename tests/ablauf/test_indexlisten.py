"""Indices and scenarios as lists: out to Excel, edited there and back, with the history that a change asks for."""

from __future__ import annotations

import datetime as dt

import attrs
import openpyxl
import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf
from sozialtool.ablauf import fassungen
from sozialtool.ablauf.vereinbarungen import Beschluss, history_of
from sozialtool.ausgabe.katalogblatt import write_liste
from sozialtool.cli import run
from sozialtool.fach.indikator import Zustand
from sozialtool.fach.sozialindex import Aggregation, Normierung, Sozialindex
from sozialtool.fach.vereinbarung import Gegenstand
from sozialtool.fach.verteilung import Mitteleinheit, Schluesselart, Verteilungsszenario
from sozialtool.fehler import BedienFehler, DatenFehler

INDEX = Sozialindex(
    "SI1", "Sozialindex", ("A01", "A07 2", "A10 1,5 Alter"), normierung=Normierung.RANG,
    aggregation=Aggregation.GEOMETRISCH, ausgenommen=("06",), mindesteinwohner=300, laeufe=10, streuung=12.5, hinweis="Erster\nEntwurf",
)  # fmt: skip
KOPF = Verteilungsszenario("kopf", "Nach Köpfen", 240000.0)
STUFEN = Verteilungsszenario(
    "stufen", "Nach Stufen", 6.5, Mitteleinheit.STELLEN, Schluesselart.STUFEN, index="SI1", stufen=("1", "1,5", "2"),
    mindestens=0.1, vergleich="kopf", jahr=2025,
)  # fmt: skip
KLASSEN = {"indizes": Sozialindex, "szenarien": Verteilungsszenario}


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2025, 2026)) as projekt:
        for definition in (INDEX, KOPF, STUFEN):
            fassungen.save_definition(projekt, definition)
        yield projekt


def back(projekt, liste, *eintraege):
    datei = projekt.pfad.parent / f"{liste}.xlsx"
    write_liste(datei, KLASSEN[liste], eintraege, "Liste")
    return ablauf.import_liste(projekt, liste, datei)


@pytest.mark.parametrize("liste", ["indizes", "szenarien"])
def test_out_and_back_changes_nothing(projekt, tmp_path, liste, capfd):
    ziel = tmp_path / "liste.xlsx"
    projekt.close()
    assert run(["liste", "--projekt", str(projekt.pfad), "ausgeben", liste, str(ziel)]) == 0
    assert run(["liste", "--projekt", str(projekt.pfad), "einlesen", liste, str(ziel)]) == 0
    assert "Keine Unterschiede." in capfd.readouterr().out


def test_weights_edited_in_excel_reach_the_index(projekt, tmp_path):
    ziel = ablauf.export_liste(projekt, "indizes", tmp_path / "indizes.xlsx")
    mappe = openpyxl.load_workbook(ziel)
    blatt = mappe.worksheets[0]
    (ort,) = (zelle for reihe in blatt.iter_rows() for zelle in reihe if zelle.value == "A01; A07 2; A10 1,5 Alter")
    ort.value = "a01 3; A07 ; A10 1,5 Alter"
    mappe.save(ziel)
    unterschiede = ablauf.import_liste(projekt, "indizes", ziel)
    assert "Bestandteile" in "".join(unterschiede.zeilen())
    ablauf.save_liste(projekt, unterschiede)
    neu = projekt.get(Sozialindex, "SI1")
    assert [(t.kennung, t.gewicht, t.teil) for t in neu.teile] == [
        ("A01", 3, ""),
        ("A07", 1, ""),
        ("A10", 1.5, "Alter"),
    ]
    ablauf.undo(projekt)
    assert projekt.get(Sozialindex, "SI1").bestandteile == INDEX.bestandteile


def test_new_ones_stand_last_and_areas_may_be_named(projekt):
    bisher = projekt.read(Verteilungsszenario)
    neue = [attrs.evolve(KOPF, schluessel=f"neu{n}", name=f"Neu {n}", ausgenommen=("Raum 2",)) for n in (1, 2)]
    ablauf.save_liste(projekt, back(projekt, "szenarien", *bisher, *neue))
    alle = projekt.read(Verteilungsszenario)
    assert [s.schluessel for s in alle] == ["kopf", "stufen", "neu1", "neu2"]
    assert [s.reihenfolge for s in alle] == [1, 2, 3, 4]
    assert alle[-1].ausgenommen == ("02",)


@pytest.mark.parametrize(
    ("liste", "geaendert", "wort"),
    [
        ("indizes", {"bestandteile": ("A01", "X99")}, "Einen Indikator „X99“ gibt es nicht"),
        ("indizes", {"bestandteile": ("A01 viel",)}, "„viel“ kein Gewicht"),
        ("indizes", {"bestandteile": ("A01", "A01 2")}, "steht doppelt"),
        ("indizes", {"ausgenommen": ("Mond",)}, "Ein Gebiet „Mond“ gibt es nicht"),
        ("indizes", {"kennung": "A07"}, "heißt schon ein Indikator"),
        ("indizes", {"laeufe": -1}, "Läufe"),
        ("szenarien", {"koepfe": "hunde"}, "Ein Merkmal „hunde“"),
        ("szenarien", {"index": "SI7"}, "Einen Index „SI7“"),
        ("szenarien", {"vergleich": "früher"}, "Ein Szenario „früher“"),
        ("szenarien", {"stufen": ("1", "-2")}, "negativ"),
        ("szenarien", {"summe": 6.55555}, "lässt sich nicht"),
    ],
)
def test_what_does_not_fit_is_named(projekt, liste, geaendert, wort):
    falsch = attrs.evolve({"indizes": INDEX, "szenarien": STUFEN}[liste], **geaendert)
    rest = (KOPF,) if liste == "szenarien" else ()
    with pytest.raises(DatenFehler, match=wort):
        back(projekt, liste, *rest, falsch)


def test_what_was_agreed_keeps_its_history(projekt):
    ablauf.decide(projekt, ["SI1"], Beschluss(Zustand.VEREINBART, dt.date(2025, 5, 6), "Rat"))
    vereinbart = projekt.get(Sozialindex, "SI1")
    with pytest.raises(BedienFehler, match="war schon vereinbart"):
        back(projekt, "indizes", attrs.evolve(INDEX, kennung="SI2"))
    ablauf.save_liste(projekt, back(projekt, "indizes", attrs.evolve(vereinbart, streuung=20.0)))
    neu = projekt.get(Sozialindex, "SI1")
    assert (neu.streuung, neu.zustand, neu.vereinbart_am) == (20.0, Zustand.VORGESCHLAGEN, None)
    # A decision typed beside it is one.
    ablauf.save_liste(projekt, back(projekt, "indizes", attrs.evolve(
        neu, zustand=Zustand.VEREINBART, vereinbart_am=dt.date(2026, 1, 2), gremium="Ausschuss",
    )))  # fmt: skip
    schritte = history_of(projekt, Gegenstand.INDEX, "SI1")
    assert [(s.zustand, s.fassung) for s in schritte] == [
        (Zustand.VEREINBART, 1), (Zustand.VORGESCHLAGEN, 2), (Zustand.VEREINBART, 2),
    ]  # fmt: skip
    assert schritte[-1].gremium == "Ausschuss"


def test_what_was_never_agreed_may_go(projekt):
    unterschiede = back(projekt, "szenarien", KOPF)
    assert "entfernt: stufen" in "".join(unterschiede.zeilen())
    ablauf.save_liste(projekt, unterschiede)
    assert [s.schluessel for s in projekt.read(Verteilungsszenario)] == ["kopf"]
