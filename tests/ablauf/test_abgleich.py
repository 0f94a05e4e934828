"""What is settled and what is asked again: deliveries after a release, other papers with the new figure, releases that nobody can compare."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from sozialtool import ablauf
from sozialtool.ablauf.abgleich import VERMERK
from sozialtool.ablauf.gezeigtes import read_gezeigtes
from sozialtool.ablauf.korrekturtafel import build_korrekturtafel
from sozialtool.ablauf.plantafel import tafel_text
from sozialtool.fach.drucksache import Drucksache, Textbaustein
from sozialtool.fach.indikator import Indikator
from sozialtool.fehler import BedienFehler
from tests.ablauf.hinausstadt import (
    DANACH,
    FERTIG,
    HINAUS,
    NR,
    asked,
    correct,
    deliver,
    forget_gezeigtes,
    open_hinaus,
    text_of,
    value,
)


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with open_hinaus(tmp_path / "stadt") as projekt:
        yield projekt


@pytest.mark.parametrize("weg", ["verglichen", "korrektur", "mitteilung", "monitoring"])
def test_nobody_is_asked_again_once_nothing_differs(projekt, monkeypatch, weg):
    """Deliveries of the very day of the release, and later than the day on the notice, are asked about, too."""
    deliver(projekt, "q9", dt.datetime.combine(HINAUS, dt.time(16)))
    assert asked(projekt) == ["q9.xlsx"]
    with monkeypatch.context() as m:
        m.setattr("sozialtool.ablauf.kennzahlen.compute_frames", None)
        assert asked(projekt) == ["q9.xlsx"], "the start screen computes nothing"
    if weg == "verglichen":
        assert not ablauf.find_korrekturen(projekt)
    elif weg == "korrektur":
        with pytest.raises(BedienFehler, match="gelten noch"):
            ablauf.issue_korrektur(projekt)
    else:
        correct(projekt, "02", "arbeitslose", value(projekt, "02", "arbeitslose") + 40, "q9")
        assert ablauf.find_korrekturen(projekt)
        assert asked(projekt) == ["q9.xlsx"], "something differs"
        if weg == "mitteilung":
            ablauf.issue_korrektur(projekt, stand=HINAUS)
            assert asked(projekt) == ["q9.xlsx"], "a draft settles nothing"
            ablauf.issue_korrektur(projekt, stand=HINAUS, endgueltig=True)
        else:
            ablauf.ausgeben(projekt, 2025, stand=HINAUS, endgueltig=True)
    assert not asked(projekt)
    if weg in ("verglichen", "korrektur"):
        assert projekt.verlauf(1)[0].text == VERMERK
    deliver(projekt, "q8", dt.datetime.combine(HINAUS, dt.time(17)))
    assert asked(projekt) == ["q8.xlsx"]
    projekt.undo()
    deliver(projekt, "q9", dt.datetime(2026, 9, 9, 9))
    assert asked(projekt) == ["q9.xlsx"], "read anew, perhaps otherwise"
    projekt.undo()
    projekt.undo()
    assert asked(projekt) == ["q9.xlsx"], "what settled it is taken back"


def test_who_withdraws_a_notice_is_asked_again_and_looking_leaves_no_trace_where_nobody_asks(projekt):
    vorher = projekt.revision
    ablauf.find_korrekturen(projekt)
    assert projekt.revision == vorher
    deliver(projekt)
    correct(projekt, "02", "arbeitslose", value(projekt, "02", "arbeitslose") + 40, "q9")
    ablauf.issue_korrektur(projekt, stand=dt.date(2026, 3, 5), endgueltig=True)
    assert not asked(projekt)
    ablauf.withdraw_veroeffentlichung(projekt, "2025-2")
    assert asked(projekt) == ["q9.xlsx"]
    with ablauf.open_projekt(projekt.pfad, nur_lesen=True) as gelesen:
        assert ablauf.find_korrekturen(gelesen)


def test_what_an_older_program_released_is_named_as_not_comparable(projekt):
    forget_gezeigtes(projekt)
    deliver(projekt)
    correct(projekt, "02", "arbeitslose", value(projekt, "02", "arbeitslose") + 40, "q9")
    text = tafel_text(build_korrekturtafel(projekt, ablauf.find_korrekturen(projekt)))
    assert "Nicht zu vergleichen: Monitoring 2025 vom 04.03.2026, Drucksache 17/801." in text
    assert "endgültig hinaus" in text, "what to do"
    assert "gelten noch" not in text
    assert asked(projekt), "nobody knows the answer"
    with pytest.raises(BedienFehler, match="Nicht zu vergleichen"):
        ablauf.issue_korrektur(projekt)
    with projekt.change("Text") as s:
        s.put(Textbaustein(NR, 1, "", "Es sind {A01 Raum 2}."))
    assert "lässt sich nicht prüfen" in " ".join(ablauf.issue_drucksache(projekt, NR, stand=DANACH).hinweise)
    ablauf.ausgeben(projekt, 2025, stand=DANACH, endgueltig=True)
    bild = ablauf.find_korrekturen(projekt)
    assert not bild.unvergleichbar, "the new one is compared in its place"
    assert "Alle veröffentlichten Zahlen gelten noch" in tafel_text(build_korrekturtafel(projekt, bild))
    assert not asked(projekt)
    assert not ablauf.issue_drucksache(projekt, NR, stand=DANACH).hinweise


def test_a_notice_does_not_claim_what_could_not_be_compared(projekt):
    ablauf.issue_drucksache(projekt, NR, stand=DANACH)
    forget_gezeigtes(projekt)
    with projekt.change("Text") as s:
        s.put(Textbaustein(NR, 1, "", "Es sind {A01 Raum 2}."))
    ablauf.issue_drucksache(projekt, NR, stand=DANACH, endgueltig=True)
    correct(projekt, "02", "arbeitslose", value(projekt, "02", "arbeitslose") + 40)
    tafel = build_korrekturtafel(projekt, ablauf.find_korrekturen(projekt))
    assert len(tafel.zeilen) == 1
    assert tafel.hinweise[0].startswith("Nicht zu vergleichen: Monitoring 2025")
    text = text_of(ablauf.issue_korrektur(projekt, stand=DANACH))
    assert "Nicht geprüft ist: Anlage 1 zur Drucksache 17/801" in text
    assert "gelten weiter" not in text
    # Of one figure it is said as of one.
    assert "Eine Zahl, die schon veröffentlicht ist, hat sich" in text
    with projekt.change("anders definiert") as s:
        s.put(attrs.evolve(projekt.get(Indikator, "A01"), faktor=1000.0))
    bild = ablauf.find_korrekturen(projekt)
    assert bild.hinweise == ("1 veröffentlichte Zahl ist seither anders definiert; das ist keine Berichtigung.",)


def test_a_notice_settles_a_paper_that_bears_a_later_day(projekt):
    with projekt.change("Text") as s:
        s.put(Textbaustein(NR, 1, "", "Es sind {A01 Raum 2}."))
        s.put(attrs.evolve(projekt.get(Drucksache, NR), datum=dt.date(2026, 12, 1)))
    ablauf.issue_drucksache(projekt, NR, stand=HINAUS, endgueltig=True)
    correct(projekt, "02", "arbeitslose", value(projekt, "02", "arbeitslose") + 40)
    ablauf.issue_korrektur(projekt, stand=DANACH, endgueltig=True)
    assert [v.schluessel for v in ablauf.list_veroeffentlichungen(projekt)] == ["2025-1", "2025-2", "2025-3"]
    assert not ablauf.find_korrekturen(projekt)


def test_another_document_with_the_new_figure_is_no_notice(projekt):
    """Who has the old paper is not told by another one; written anew, that one tells its own readers."""
    with projekt.change("andere Drucksache") as s:
        s.put(Drucksache("18/1", "Arbeit", 2025, **FERTIG), Textbaustein("18/1", 1, "", "Es sind {A01 Raum 2}."))
    deliver(projekt)
    vorher = value(projekt, "02", "arbeitslose")
    alt = {o: g for o, g in read_gezeigtes(ablauf.list_veroeffentlichungen(projekt)[0]).items() if o[0] == "A01"}
    ort = ("A01", 2025, "02")
    for plus in (40, 50):
        correct(projekt, "02", "arbeitslose", vorher + plus, "q9")
        ablauf.issue_drucksache(projekt, "18/1", stand=DANACH, endgueltig=True)
        bild = ablauf.find_korrekturen(projekt)
        (zeile,) = [z for z in bild.zeilen if z.ort == ort]
        assert (zeile.alt, [v.datei for v in zeile.wo]) == (alt[ort], ["Monitoring_2025.xlsx"])
        assert asked(projekt) == ["q9.xlsx"]
    correct(projekt, "02", "arbeitslose", vorher + 60, "q9")
    bild = ablauf.find_korrekturen(projekt)
    assert [z.alt.zaehler for z in bild.zeilen if z.ort == ort] == [vorher, vorher + 50], "as each paper shows it"
    tafel = build_korrekturtafel(projekt, bild)
    assert len({z.schluessel for z in tafel.zeilen}) == len(tafel.zeilen)
    ablauf.issue_korrektur(projekt, stand=DANACH, endgueltig=True)
    assert not ablauf.find_korrekturen(projekt)
    assert not asked(projekt)
