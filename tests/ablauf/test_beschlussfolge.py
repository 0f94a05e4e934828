"""A Beschluss of a meeting becomes the Vereinbarung: with its day, body, session and dissent, typed once."""

from __future__ import annotations

import datetime as dt

import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf
from sozialtool.cli import run
from sozialtool.fach.gremium import Beschluss, Beschlussart, Gremium, Sitzung, Tagesordnungspunkt
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.raum import Ebene, Gebiet
from sozialtool.fach.vereinbarung import Gegenstand
from sozialtool.fehler import BedienFehler

TAG = dt.date(2025, 6, 3)


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        with projekt.change("Sitzung") as schreiber:
            schreiber.put(
                Gremium("PR", "Planungsrunde"), Sitzung("PR-03", "PR", TAG), Tagesordnungspunkt("PR-03", 1, "Definitionen"),
                Beschluss("PR-03", 1, 1, "Beide gelten.", abweichend="Jobcenter: später",
                          nachweise=("Indikator B04", "Schwelle mindestfallzahl", "Indikator A07", "Sitzung PR-03")),
                Beschluss("PR-03", 2, 1, "Vielleicht.", Beschlussart.VERTAGT, nachweise=("Indikator B06",)),
            )  # fmt: skip
        yield projekt


def test_what_is_open_is_agreed_with_everything_that_the_meeting_knows(projekt):
    offen = ablauf.list_vereinbares(projekt, "PR-03", 1)
    assert [text.partition(":")[0] for text in offen] == ["Indikator B04", "Schwelle mindestfallzahl", "Indikator A07"]
    aenderung = ablauf.agree_beschluss(projekt, "pr-03", 1)
    assert aenderung.text == "Sitzung PR-03, Beschluss 1: B04, mindestfallzahl, A07 vereinbart"
    b04 = projekt.get(Indikator, "B04")
    assert (b04.zustand, b04.vereinbart_am, b04.gremium) == (Zustand.VEREINBART, TAG, "Planungsrunde")
    schritt = ablauf.history_of(projekt, Gegenstand.INDIKATOR, "B04")[-1]
    assert (schritt.sitzung, schritt.abweichend) == ("PR-03", "Jobcenter: später")
    assert ablauf.list_vereinbares(projekt, "PR-03", 1) == ()
    with pytest.raises(BedienFehler, match="nichts, was noch offen"):
        ablauf.agree_beschluss(projekt, "PR-03", 1)
    ablauf.undo(projekt)
    assert projekt.get(Indikator, "B04").zustand is not Zustand.VEREINBART


def test_an_agreement_of_a_later_day_stays(projekt):
    ablauf.agree_indikator(projekt, "B04", Zustand.VEREINBART, dt.date(2025, 9, 1), "Rat")
    assert not any("B04" in text for text in ablauf.list_vereinbares(projekt, "PR-03", 1))


def test_what_was_put_off_agrees_nothing(projekt):
    assert ablauf.list_vereinbares(projekt, "PR-03", 2) == ()
    assert ablauf.list_vereinbares(projekt, "PR-03", 9) == ()
    with pytest.raises(BedienFehler, match="Einen Beschluss 9"):
        ablauf.agree_beschluss(projekt, "PR-03", 9)


def test_a_variante_of_the_sozialraeume_is_agreed_too(projekt):
    schluessel = "b"
    with projekt.change("Blöcke") as schreiber:
        schreiber.put(
            Ebene("baublock", "Baublock", "Baublöcke", "sozialraum"),
            *(Gebiet(f"b{n}", f"Block {n}", "baublock", f"0{n}") for n in range(1, 7)),
        )
    ablauf.make_variante(projekt, schluessel, "Variante B")
    with projekt.change("x") as schreiber:
        schreiber.put(
            Beschluss("PR-03", 3, 1, "Variante B gilt.", nachweise=(f"Gebietsstand {schluessel}", "Indikator B06"))
        )
    assert len(ablauf.list_vereinbares(projekt, "PR-03", 3)) == 2
    vorher = projekt.revision
    ablauf.agree_beschluss(projekt, "PR-03", 3)
    assert projekt.revision == (vorher[0] + 1, vorher[1] + 1), "one act, one entry, however much it agrees"
    assert projekt.get(Indikator, "B06").zustand is Zustand.VEREINBART
    (stand,) = (z.stand for z in ablauf.list_gebietsstaende(projekt) if z.stand.schluessel == schluessel)
    assert (stand.variante, stand.beschlossen_am, stand.gremium) == (False, TAG, "Planungsrunde")
    assert ablauf.list_vereinbares(projekt, "PR-03", 3) == ()


def test_command(projekt, capsys):
    pfad = str(projekt.pfad)
    projekt.close()
    assert run(["sitzungen", "vereinbaren", "PR-03", "1", "--projekt", pfad]) == 0
    assert "vereinbart" in capsys.readouterr().err
    assert run(["sitzungen", "vereinbaren", "PR-03", "1", "--projekt", pfad]) == 2
