"""A final council paper: what it keeps, and what stops it."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from sozialtool import ablauf
from sozialtool.ablauf.bericht import build_bericht
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.fach.drucksache import (
    Anlage,
    Beratungsschritt,
    Drucksache,
    Finanzwirkung,
    Klimarelevanz,
    Textbaustein,
)
from sozialtool.fach.gremium import Sitzung
from sozialtool.fach.messwert import Merkmal, Messwert, Zeichen
from sozialtool.fach.raum import Gebietsstand
from sozialtool.fehler import BedienFehler
from tests.ablauf.drucksachenstadt import NR, TAG, change, lines, open_drucksachen, write_only, write_text


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with open_drucksachen(tmp_path / "stadt") as projekt:
        yield projekt


def test_a_final_paper_keeps_its_figures_and_an_unfilled_one_does_not_go_out(projekt):
    write_text(projekt, "Es sind {A07 Raum 3} und {A99}.")
    geschrieben = ablauf.issue_drucksache(projekt, NR)
    assert geschrieben.offen
    assert any("[A99?]" in zeile for zeile in lines(geschrieben.pfad))
    with pytest.raises(BedienFehler, match="A99") as fehler:
        ablauf.issue_drucksache(projekt, NR, endgueltig=True)
    assert fehler.value.code == "DRUCKSACHE-OFFEN"
    assert not ablauf.list_veroeffentlichungen(projekt)
    write_only(projekt, "Es sind {A07 Raum 3}.")
    (projekt.pfad.parent / "ausgaben" / "2025" / "Monitoring_2025.xlsx").touch()
    assert "noch ein Entwurf" in ablauf.issue_drucksache(projekt, NR, stand=TAG, endgueltig=True).hinweise[0]
    (v,) = ablauf.list_veroeffentlichungen(projekt)
    assert (v.drucksache, v.datei, v.name) == (
        NR,
        "Drucksache_2025.docx",
        "Drucksache 2025 vom 16.03.2026, Drucksache 17/801",
    )
    assert ablauf.describe_drucksache(projekt, NR).veroeffentlichungen == (v,)
    from sozialtool.ablauf.gezeigtes import read_gezeigtes

    assert set(read_gezeigtes(v)) == {("A07", 2025, "03")}


def require_offen(projekt, *sagt):
    """A draft names all of it, a final one is stopped by it and keeps nothing; returns the lines of the draft."""
    entwurf = ablauf.issue_drucksache(projekt, NR, stand=TAG)
    assert len(entwurf.offen) == len(sagt)
    with pytest.raises(BedienFehler) as fehler:
        ablauf.issue_drucksache(projekt, NR, stand=TAG, endgueltig=True)
    assert fehler.value.code == "DRUCKSACHE-OFFEN"
    for wort, offen in zip(sagt, entwurf.offen, strict=True):
        assert wort in offen
        assert offen in entwurf.hinweise
        assert wort in str(fehler.value)
    assert not ablauf.list_veroeffentlichungen(projekt)
    return list(lines(entwurf.pfad))


def test_a_place_without_figure_is_marked_and_stops_a_final_paper(projekt):
    with projekt.change("nicht geliefert") as s:
        s.put_messwerte([Messwert("03", "arbeitslose", dt.date(2025, 12, 31), zeichen=Zeichen.FEHLT)])
    write_only(projekt, "Es sind {A01 Raum 3}.{Fußnote: Stand {Gebietsstand}, {A07 1999}.}")
    text = require_offen(
        projekt, "Text 1 „Lage“, {A01 Raum 3}: Für 2025", "{Gebietsstand}: Noch ist kein", "{A07 1999}"
    )
    (zeile,) = (zeile for zeile in text if zeile.startswith("Es sind"))
    assert zeile.startswith("Es sind [A01 Raum 3 – "), "no sentence runs on over what is missing"
    assert "1 Stand [Gebietsstand?], [A07 1999?]." in text
    write_only(projekt, "Siehe {Anlage Monitoring}.")
    with projekt.change("andere Anlage") as s:
        s.put(Anlage(NR, 1, "{Anzahl}"))
    require_offen(projekt, "Keine Anlage ist das Monitoring", "Anlage 1, {Anzahl}")
    with projekt.change("Gebietsstand") as s:
        s.put(Gebietsstand("2026", "Zwölf"), Anlage(NR, 1, "Auszug"))
    write_only(projekt, "Stand {Gebietsstand}.")
    assert "Stand Zwölf." in list(lines(ablauf.issue_drucksache(projekt, NR, stand=TAG, endgueltig=True).pfad))


def test_a_secret_figure_stops_a_final_paper_too(projekt):
    with projekt.change("strenger") as s:
        s.put(attrs.evolve(projekt.get(Merkmal, "arbeitslose"), mindestfallzahl=10_000))
    write_only(projekt, "Es sind {A01 Raum 3}.{Fußnote: und {A01 Raum 2}}")
    text = require_offen(projekt, "„geheim“ statt einer Zahl. Bitte den Satz so schreiben", "{A01 Raum 2}")
    assert "Es sind geheim.1" in text
    assert any("„geheim“: Die Zahl ist klein" in zeile for zeile in text)


def test_what_nobody_has_said_is_no_keine(projekt):
    change(projekt, finanzen=Finanzwirkung.OFFEN, klima=Klimarelevanz.OFFEN, beschlussvorschlag="")
    for b in ablauf.describe_drucksache(projekt, NR).bausteine:
        ablauf.remove_eintrag(projekt, b)
    was = ("Beschlussvorschlag", "Finanzielle Auswirkungen", "Klimaschutzrelevanz", "Sachdarstellung")
    text = require_offen(projekt, *was)
    assert "Keine." not in text
    assert [zeile for zeile in text if "bitte angeben" in zeile] == [f"[{wort}: bitte angeben]" for wort in was]
    write_only(projekt, "Worte.")
    change(projekt, klima=Klimarelevanz.KEINE, beschlussvorschlag="Ja.", finanztext="Rund 100 €.")
    assert "Rund 100 €." in list(lines(ablauf.issue_drucksache(projekt, NR, stand=TAG, endgueltig=True).pfad))
    change(projekt, finanztext="", massnahmen=("M1",))
    assert "Jahr | Kosten | Eigenmittel | Drittmittel | noch nicht zugeordnet" in list(
        lines(ablauf.issue_drucksache(projekt, NR, stand=TAG).pfad)
    )
    change(projekt, finanzen=Finanzwirkung.TEXT)
    assert ablauf.issue_drucksache(projekt, NR, stand=TAG).offen, "the text is missing"
    ablauf.create_drucksache(projekt, "26/2", 2025, TAG)
    neu = projekt.get(Drucksache, "26/2")
    assert (neu.finanzen, neu.klima) == (Finanzwirkung.OFFEN, Klimarelevanz.OFFEN)


def test_a_body_without_a_day_is_told_and_stops_nothing(projekt):
    write_only(projekt, "Worte.")
    with projekt.change("ohne Tag") as s:
        s.put(Beratungsschritt(NR, 2, "RAT"))
    for endgueltig in (False, True):
        hinweise = ablauf.issue_drucksache(projekt, NR, stand=TAG, endgueltig=endgueltig).hinweise
        assert hinweise[0] == "Beratungsfolge: Noch ohne Termin: Rat. Bitte nachtragen, sobald er feststeht."
    for nummer in (1, 2):
        ablauf.remove_eintrag(projekt, projekt.get(Beratungsschritt, NR, nummer))
    assert "kein Gremium" in ablauf.issue_drucksache(projekt, NR, stand=TAG, endgueltig=True).hinweise[0]


def test_the_accessible_edition_goes_out_with_its_workbook(projekt):
    """It stands before the workbook here, and is no release of its own."""
    for b in ablauf.describe_drucksache(projekt, NR).bausteine:
        ablauf.remove_eintrag(projekt, b)
    with projekt.change("Anlagen") as s:
        s.put(Textbaustein(NR, 1, "", "Siehe {Anlage Monitoring}."))
        s.put(Anlage(NR, 1, "barrierefrei", "Monitoring_2025_barrierefrei.xlsx"))
        s.put(Anlage(NR, 2, "Monitoring", "Monitoring_2025.xlsx"), Anlage(NR, 3, "Zu Fuß", "Monitoring_zu_Fuss.xlsx"))
    pfad = ablauf.ausgeben(projekt, 2025, stand=TAG, barrierefrei=True)
    (pfad.parent / "Monitoring_zu_Fuss.xlsx").touch()
    entwurf = ablauf.issue_drucksache(projekt, NR, stand=TAG, endgueltig=True)
    assert "Siehe Anlage 2." in list(lines(entwurf.pfad))
    assert [h.partition(" ist noch ein Entwurf")[0] for h in entwurf.hinweise] == [
        "Anlage 1 (Monitoring_2025_barrierefrei.xlsx)", "Anlage 2 (Monitoring_2025.xlsx)",
    ]  # fmt: skip
    ablauf.ausgeben(projekt, 2025, stand=TAG, endgueltig=True)
    assert not ablauf.issue_drucksache(projekt, NR, stand=TAG, endgueltig=True).hinweise
    with projekt.change("nur die barrierefreie") as s:
        s.remove(Anlage, NR, 2)
    bericht = build_bericht(projekt, compute(projekt), 2025, "", TAG)
    assert (bericht.drucksache, bericht.anlage) == (NR, "Anlage 1 zur Drucksache 17/801")


def test_who_must_see_figures_first_stops_a_final_paper(projekt):
    with projekt.change("noch nicht") as s:
        s.put(Sitzung("PG-1", "PG", dt.date(2026, 3, 2)))
    with pytest.raises(BedienFehler, match="Planungsgruppe"):
        ablauf.issue_drucksache(projekt, NR, stand=TAG, endgueltig=True)
    write_only(projekt, "Es sind {A07}.")
    ablauf.issue_drucksache(projekt, NR, stand=TAG, endgueltig=True, begruendung="Frist")
    assert "Frist" in ablauf.list_veroeffentlichungen(projekt)[0].vorbehalt
