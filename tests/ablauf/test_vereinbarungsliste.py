"""All agreements in one list, thresholds among them; their history says in words what changed."""

from __future__ import annotations

import datetime as dt

import attrs
import openpyxl
import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf
from sozialtool.ablauf.schwellen import find_schwelle
from sozialtool.ablauf.vereinbarungstext import stand_text, verlauf_text
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.vereinbarung import Gegenstand, Vereinbarung
from sozialtool.fehler import BedienFehler

TAG = dt.date(2026, 3, 4)


@pytest.fixture
def projekt(tmp_path):
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as offen:
        yield offen


def beschluss(zustand=Zustand.VEREINBART, **mehr):
    return ablauf.Beschluss(zustand, TAG, "Planungsrunde", **mehr)


def test_the_list_says_what_is_open_and_by_whom(projekt):
    ablauf.decide(projekt, ["A01"], beschluss(Zustand.RUHT))
    ablauf.change_definition(projekt, attrs.evolve(projekt.get(Indikator, "A07"), nenner="ew"))
    zeilen = {zeile.bezug: zeile for zeile in ablauf.list_vereinbarungen(projekt)}
    assert zeilen["B01"].offen == ""
    assert zeilen["A01"].offen == "ruht; wieder aufrufen: Planungsrunde"
    assert (zeilen["A07"].offen, zeilen["A07"].fassung) == ("neue Fassung beraten: Planungsgruppe", 2)
    assert zeilen["B02"].offen == "beraten: noch kein Gremium"
    assert {zeile.gegenstand for zeile in zeilen.values()} >= {Gegenstand.SCHWELLE, Gegenstand.INDIKATOR}
    nur = ablauf.list_vereinbarungen(projekt, [Zustand.RUHT])
    assert [zeile.bezug for zeile in nur] == ["A01"]
    assert "wieder aufrufen: Planungsrunde" in stand_text(nur)


def test_a_new_version_is_among_the_next_steps_until_it_is_agreed(projekt):
    ablauf.change_definition(projekt, attrs.evolve(projekt.get(Indikator, "A07"), nenner="ew"))
    texte = [schritt.text for schritt in ablauf.uebersicht(projekt).naechste]
    assert "Neue Fassung vereinbaren: A07." in texte
    ablauf.decide(projekt, ["A07"], beschluss())
    assert not [s for s in ablauf.uebersicht(projekt).naechste if "Neue Fassung" in s.text]


def test_one_session_is_one_change_all_or_nothing(projekt):
    ablauf.decide(
        projekt, ["b02", "A01", "mindestfallzahl"], beschluss(sitzung="3. Sitzung", abweichend="Caritas: später")
    )
    zeile = ablauf.find_vereinbarung(projekt, "B02")
    assert (zeile.zustand, zeile.letzter.sitzung, zeile.letzter.abweichend) == (
        Zustand.VEREINBART, "3. Sitzung", "Caritas: später",
    )  # fmt: skip
    ablauf.undo(projekt)
    assert ablauf.find_vereinbarung(projekt, "B02").zustand is Zustand.VORGESCHLAGEN
    assert ablauf.find_vereinbarung(projekt, "mindestfallzahl").zustand is Zustand.VORGESCHLAGEN
    with pytest.raises(BedienFehler, match="Z99"):
        ablauf.decide(projekt, ["B02", "Z99"], beschluss())
    assert ablauf.find_vereinbarung(projekt, "B02").zustand is Zustand.VORGESCHLAGEN


def test_an_agreed_mindestfallzahl_is_in_force_and_a_proposed_one_is_not(projekt):
    ablauf.decide(projekt, ["mindestfallzahl"], beschluss(Zustand.VORGESCHLAGEN), 5)
    assert projekt.get(Merkmal, "sgb2_unter_18").mindestfallzahl == 3
    ablauf.decide(projekt, ["mindestfallzahl"], beschluss(), 5)
    assert projekt.get(Merkmal, "sgb2_unter_18").mindestfallzahl == 5
    assert all(m.mindestfallzahl in (0, 5) for m in projekt.read(Merkmal))
    ablauf.undo(projekt)
    assert projekt.get(Merkmal, "sgb2_unter_18").mindestfallzahl == 3


def test_a_fachbereich_with_its_own_mindestfallzahl_keeps_it(projekt):
    ablauf.decide(projekt, ["mindestfallzahl/jugendamt"], beschluss(), 10)
    ablauf.decide(projekt, ["mindestfallzahl"], beschluss(), 4)
    je = {m.schluessel: m for m in projekt.read(Merkmal)}
    assert (je["hze"].mindestfallzahl, je["sgb2_unter_18"].mindestfallzahl) == (10, 4)
    assert ablauf.find_vereinbarung(projekt, "mindestfallzahl/Jugendamt").name.startswith(
        "Mindestfallzahl Jugendamt: 10"
    )


@pytest.mark.parametrize("wert", [1, 0, 2.5, -3])
def test_a_mindestfallzahl_that_protects_nothing_is_refused(projekt, wert):
    with pytest.raises(BedienFehler, match="ganze Zahl ab 2"):
        ablauf.decide(projekt, ["mindestfallzahl"], beschluss(), wert)


def test_unknown_thresholds_and_misplaced_values(projekt):
    with pytest.raises(BedienFehler, match="Eine Schwelle"):
        find_schwelle(projekt, "mindestfallzahl/Zirkus")
    with pytest.raises(BedienFehler, match="keine Schwelle"):
        ablauf.decide(projekt, ["A07"], beschluss(), 5)
    with pytest.raises(BedienFehler, match="Datum"):
        ablauf.decide(projekt, ["ampel_gruen"], ablauf.Beschluss(Zustand.VEREINBART))


def test_history_says_what_changed_and_what_is_different_today(projekt):
    ablauf.change_definition(projekt, attrs.evolve(projekt.get(Indikator, "A07"), nenner="ew"))
    ablauf.decide(projekt, ["A07"], beschluss(abweichend="Jobcenter: lieber wie bisher"))
    zeile = ablauf.find_vereinbarung(projekt, "A07")
    schritte = ablauf.describe_schritte(projekt, zeile)
    assert [s.vereinbarung.fassung for s in schritte] == [1, 2, 2]
    assert schritte[0].gegen_heute == (
        "Nenner: damals „Unter 18-Jährige“, heute „Einwohnerinnen und Einwohner (Hauptwohnung)“",
    )
    assert schritte[1].gegen_vorher == (
        "Nenner: bisher „Unter 18-Jährige“, neu „Einwohnerinnen und Einwohner (Hauptwohnung)“",
    )
    assert schritte[2].gegen_vorher == schritte[2].gegen_heute == ()
    text = verlauf_text(zeile, schritte)
    assert "Abweichende Meinung: Jobcenter: lieber wie bisher" in text
    assert "04.03.2026, Planungsrunde, Fassung 2" in text


def test_thresholds_have_a_history_too(projekt):
    ablauf.decide(projekt, ["ampel_gruen"], beschluss())
    ablauf.decide(projekt, ["ampel_gruen"], beschluss(), 95)
    zeile = ablauf.find_vereinbarung(projekt, "ampel_gruen")
    erster, zweiter = ablauf.describe_schritte(projekt, zeile)
    assert (erster.gegen_heute, zweiter.gegen_vorher) == (("Wert: damals 90, heute 95",), ("Wert: bisher 90, neu 95",))
    assert zweiter.vereinbarung.fassung == 2


def test_what_was_agreed_without_a_step_keeps_its_first_definition(projekt):
    """Taken over from a list or an older project: the definition of then must not be lost."""
    alt = attrs.evolve(projekt.get(Indikator, "B02"), zustand=Zustand.VEREINBART, vereinbart_am=dt.date(2024, 11, 14))
    with projekt.change("übernommen") as schreiber:
        schreiber.put(alt)
    assert len(ablauf.find_vereinbarung(projekt, "B02").schritte) == 1
    assert ablauf.definition_at(projekt, "B02", dt.date(2025, 1, 1)) == alt
    ablauf.change_definition(projekt, attrs.evolve(alt, nenner="ew_unter_18"))
    ablauf.decide(projekt, ["B02"], beschluss())
    assert ablauf.definition_at(projekt, "B02", dt.date(2025, 1, 1)) == alt
    assert ablauf.definition_at(projekt, "B02", TAG).nenner == "ew_unter_18"


def test_an_edited_list_cannot_change_an_agreed_definition_silently(projekt):
    from sozialtool.erhebung.listen import compare_listen

    alle = projekt.read(Indikator)
    neu = [attrs.evolve(i, nenner="ew") if i.kennung == "A07" else i for i in alle]
    ablauf.save_liste(projekt, compare_listen(alle, neu))
    assert projekt.get(Indikator, "A07").zustand is Zustand.VORGESCHLAGEN
    assert [s.fassung for s in ablauf.find_vereinbarung(projekt, "A07").schritte] == [1, 2]
    nochmal = [attrs.evolve(i, zustand=Zustand.VEREINBART, vereinbart_am=TAG, gremium="Rat") if i.kennung == "A07" else i
               for i in projekt.read(Indikator)]  # fmt: skip
    ablauf.save_liste(projekt, compare_listen(projekt.read(Indikator), nochmal))
    letzter = ablauf.find_vereinbarung(projekt, "A07").letzter
    assert (letzter.zustand, letzter.gremium, letzter.fassung) == (Zustand.VEREINBART, "Rat", 2)


def test_the_workbook_holds_overview_and_history(projekt, tmp_path):
    ablauf.decide(projekt, ["A07"], beschluss(abweichend="=1+1"))
    pfad = ablauf.write_vereinbarungen(projekt, tmp_path / "v.xlsx", stand=TAG)
    mappe = openpyxl.load_workbook(pfad)
    assert mappe.sheetnames == ["Vereinbarungen", "Verlauf"]
    zellen = {zelle.value: zelle for zeile in mappe["Verlauf"].iter_rows() for zelle in zeile}
    assert zellen["=1+1"].data_type == "s"
    assert "beraten: noch kein Gremium" in {z.value for zeile in mappe["Vereinbarungen"].iter_rows() for z in zeile}
    assert len([v for v in projekt.read(Vereinbarung) if v.bezug == "A07"]) == 2
