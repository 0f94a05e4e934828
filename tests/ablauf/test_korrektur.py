"""A correction of a source after a release: what is told, what is not, and what somebody knows who holds the old paper and the notice."""

from __future__ import annotations

import datetime as dt

import attrs
import docx
import pytest

from sozialtool import ablauf
from sozialtool.ablauf.gezeigtes import Gezeigt, read_gezeigtes
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.ablauf.korrektur import Korrekturzeile
from sozialtool.ablauf.korrekturtafel import build_korrekturtafel
from sozialtool.ablauf.plantafel import tafel_text
from sozialtool.cli import run
from sozialtool.fach.drucksache import Textbaustein
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Messwert, Zeichen
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.schreibweise import FEST
from sozialtool.fehler import BedienFehler
from sozialtool.geheimhaltung.festhalten import thaw
from tests.ablauf.hinausstadt import (
    DANACH,
    HINAUS,
    NR,
    TAG,
    asked,
    correct,
    deliver,
    open_hinaus,
    shown,
    text_of,
    value,
)

RAEUME = {f"0{n}" for n in range(1, 7)}


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with open_hinaus(tmp_path / "stadt") as projekt:
        yield projekt


def test_nothing_to_say_while_all_figures_hold(projekt):
    assert not ablauf.find_korrekturen(projekt)
    with pytest.raises(BedienFehler, match="gelten noch"):
        ablauf.issue_korrektur(projekt)


def test_a_corrected_figure_is_told_with_paper_and_source_and_then_settled(projekt):
    (v,) = ablauf.list_veroeffentlichungen(projekt)
    assert v.drucksache == NR, "the paper that names the workbook"
    vorher = value(projekt, "02", "arbeitslose")
    with projekt.change("neue Lieferung") as s:
        s.put(Quelle("q9", "arbeitslose.xlsx", "ab" * 32, "Agentur", TAG, eingelesen_am=dt.datetime(2026, 4, 1, 9)))
    correct(projekt, "02", "arbeitslose", vorher + 40, "q9")
    assert any("(F8, d, k)" in s.text for s in ablauf.uebersicht(projekt).naechste)
    bild = ablauf.find_korrekturen(projekt)
    orte = {z.ort for z in bild.zeilen}
    assert ("A01", 2025, "02") in orte
    assert {g for _, _, g in orte} == {"02", "A", "05999004"}, "the area and those above it, nothing else"
    assert bild.quellen == ("Agentur, eingelesen am 01.04.2026",)
    zeile = next(z for z in bild.zeilen if z.ort == ("A01", 2025, "02"))
    assert (zeile.alt.zaehler, zeile.neu.zaehler) == (vorher, vorher + 40)
    assert "Anlage 1 zur Drucksache 17/801" in tafel_text(build_korrekturtafel(projekt, bild), detail=True)
    pfad = ablauf.issue_korrektur(projekt, nummer="26/9", stand=DANACH, endgueltig=True)
    text = text_of(pfad)
    assert pfad.name == "Korrekturmitteilung_2025.docx"
    for wort in (
        "Anlage 1 zur Drucksache 17/801",
        "Agentur",
        f"({vorher:.0f} von",
        f"({vorher + 40:.0f} von",
        "Drucksache 26/9",
    ):
        assert wort in text
    assert [v.datei for v in ablauf.list_veroeffentlichungen(projekt)] == [
        "Monitoring_2025.xlsx",
        "Korrekturmitteilung_2025.docx",
    ]
    assert set(read_gezeigtes(ablauf.list_veroeffentlichungen(projekt)[1])) == orte
    assert not ablauf.find_korrekturen(projekt), "told once is enough"
    correct(projekt, "02", "arbeitslose", vorher + 41)
    assert {z.wo[0].datei for z in ablauf.find_korrekturen(projekt).zeilen} == {"Korrekturmitteilung_2025.docx"}


def test_a_change_that_no_paper_shows_is_no_row(projekt):
    """Both would read "18,0 %": values stand rounded, so the notice would say of a figure that it is what it was."""
    correct(projekt, "02", "arbeitslose", value(projekt, "02", "arbeitslose") + 0.001)
    assert not ablauf.find_korrekturen(projekt)


def test_where_the_rounded_rate_is_the_same_the_screen_shows_what_was_counted():
    alt, neu = Gezeigt(18.0, 360.0, 2000.0), Gezeigt(18.01, 361.0, 2005.0)
    zeile = Korrekturzeile(("A01", 2025, "02"), "Quote", "Raum 2", 1, "%", alt, neu, ())
    assert zeile.is_sichtbar
    assert zeile.write_paar() == ("18,0 % (360 von 2.000)", "18,0 % (361 von 2.005)")
    anders = attrs.evolve(zeile, neu=Gezeigt(18.4, 368.0, 2000.0))
    assert anders.write_paar() == ("18,0 %", "18,4 %")
    assert not attrs.evolve(zeile, alt=Gezeigt(18.0, None, None), neu=Gezeigt(18.01, None, None)).is_sichtbar
    assert attrs.evolve(zeile, neu=None).is_sichtbar, "what is shown no more is told"


@pytest.mark.parametrize(
    ("absender", "genannt"),
    [
        ("Agentur: Arbeitsmarkt_2019", "Agentur"),
        ("Arbeitsmarkt_2019", "Arbeitsmarkt_2025.xlsx"),
        ("Agentur", "Agentur"),
        ("", "Arbeitsmarkt_2025.xlsx"),
    ],
)
def test_the_notice_names_the_sender_and_never_the_first_file_of_a_layout(projekt, absender, genannt):
    """The name of an import profile comes from the file from which its layout was learned."""
    frueher, jetzt = dt.datetime(2026, 2, 1, 9), dt.datetime(2026, 4, 1, 9)
    with projekt.change("Lieferungen") as s:
        s.put(Quelle("q1", "Arbeitsmarkt_2019.xlsx", "cd" * 32, absender, TAG, frueher, "profil"))
        s.put(Quelle("q9", "Arbeitsmarkt_2025.xlsx", "ab" * 32, absender, TAG, jetzt, "profil"))
    correct(projekt, "02", "arbeitslose", value(projekt, "02", "arbeitslose") + 40, "q9")
    assert ablauf.find_korrekturen(projekt).quellen == (f"{genannt}, eingelesen am 01.04.2026",)


def test_the_notice_names_each_paper_once_and_no_file(projekt):
    """The Monitoring went out, other documents showed one figure of it, the Monitoring went out again."""
    from sozialtool.ablauf.veroeffentlichungen import record_veroeffentlichung
    from sozialtool.geheimhaltung.festhalten import Auswahl

    mappe = next(projekt.pfad.parent.rglob("Monitoring_2025.xlsx"))
    for n, raum in ((1, "02"), (2, "03"), (3, "02")):
        nachweis = mappe.with_name(f"Foerdernachweis_F{n}_2025.xlsx")
        nachweis.write_bytes(b"%d" % n)
        auswahl = Auswahl(frozenset({("A01", 2025, raum)}))
        v = record_veroeffentlichung(projekt, compute(projekt), 2025, nachweis, "", HINAUS, auswahl)
        assert v.name == f"Fördernachweis F{n} 2025 vom 04.03.2026"
    ablauf.ausgeben(projekt, 2025, stand=HINAUS, endgueltig=True)
    for raum in ("02", "03"):
        correct(projekt, raum, "arbeitslose", value(projekt, raum, "arbeitslose") + 40)
    pfad = ablauf.issue_korrektur(projekt, nummer="26/9", stand=HINAUS, endgueltig=True)
    koepfe = [p.text.replace(FEST, " ") for p in docx.Document(str(pfad)).paragraphs if p.style.name == "Heading 2"]
    assert set(koepfe) == {
        "Anlage 1 zur Drucksache 17/801 (Monitoring 2025)",
        "Monitoring 2025, Fördernachweis F1 2025 und Fördernachweis F3 2025",
        "Monitoring 2025 und Fördernachweis F2 2025",
    }
    assert len(koepfe) == 3
    text = text_of(pfad)
    assert text.count("Anlage 1 zur Drucksache 17/801 (Monitoring 2025)") == 3, "each table says it once"
    assert "xlsx" not in text
    correct(projekt, "02", "arbeitslose", value(projekt, "02", "arbeitslose") + 1)
    text = text_of(ablauf.issue_korrektur(projekt, nummer="26/10", stand=DANACH))
    assert "Drucksache 26/9 (Korrekturmitteilung 2025)" in text
    assert "docx" not in text


def test_what_was_secret_is_never_told(projekt):
    ablauf.withdraw_veroeffentlichung(projekt, "2025-1")
    correct(projekt, "01", "arbeitslose", 2.0)
    geheim = {ort for ort, wert in shown(projekt).items() if wert is None}
    ablauf.ausgeben(projekt, 2025, stand=HINAUS, endgueltig=True)
    correct(projekt, "01", "arbeitslose", 250.0)  # no longer small
    bild = ablauf.find_korrekturen(projekt)
    assert ("01", "arbeitslose") in geheim
    assert not any(z.ort[0] == "A01" and (z.ort[2], "arbeitslose") in geheim for z in (*bild.zeilen, *bild.entfallen))


@pytest.mark.parametrize("mitteilung", [True, False])
def test_what_becomes_secret_is_named_without_old_or_new(projekt, mitteilung):
    vorher = value(projekt, "01", "arbeitslose")
    correct(projekt, "01", "arbeitslose", 2.0)
    bild = ablauf.find_korrekturen(projekt)
    assert ("A01", 2025, "01") in {z.ort for z in bild.entfallen}
    alt = next(z for z in bild.entfallen if z.ort == ("A01", 2025, "01"))
    tafel = tafel_text(build_korrekturtafel(projekt, bild), detail=True)
    text = text_of(ablauf.issue_korrektur(projekt, stand=DANACH))
    for geschrieben in (text, tafel):
        assert f"{vorher:.0f} von" not in geschrieben
        assert alt.write(alt.alt) not in geschrieben
    assert "Nicht mehr ausgewiesene Zahlen" in text
    assert "Raum 1" in text
    assert ablauf.find_korrekturen(projekt).entfallen, "a draft settles nothing"
    if not mitteilung:
        ablauf.ausgeben(projekt, 2025, stand=DANACH, endgueltig=True)
    else:
        ablauf.issue_korrektur(projekt, stand=DANACH, endgueltig=True)
        v = ablauf.list_veroeffentlichungen(projekt)[-1]
        gezeigt = thaw(v.inhalt, v.name).auftrag.zeilen
        assert not set(gezeigt) & {z.ort for z in bild.entfallen}, "what is withdrawn is not shown"
        assert set(gezeigt) == {z.ort for z in bild.zeilen}
    assert not ablauf.find_korrekturen(projekt), "told once is enough"
    assert shown(projekt)["01", "arbeitslose"] is None
    assert not ablauf.check_fruehere(projekt)


@pytest.mark.parametrize("mitteilung", [True, False])
def test_what_is_there_no_more_is_told_once(projekt, mitteilung):
    with projekt.change("Alle Arbeitslosen sind weg") as s:
        s.put_messwerte([Messwert(g, "arbeitslose", TAG, None, Zeichen.FEHLT) for g in RAEUME])
    bild = ablauf.find_korrekturen(projekt)
    assert not bild.zeilen
    assert {z.ort[2] for z in bild.entfallen if z.ort[0] == "A01"} >= RAEUME
    if mitteilung:
        assert "Nicht mehr ausgewiesene Zahlen" in text_of(
            ablauf.issue_korrektur(projekt, stand=DANACH, endgueltig=True)
        )
    else:
        ablauf.ausgeben(projekt, 2025, stand=DANACH, endgueltig=True)
    assert len(ablauf.list_veroeffentlichungen(projekt)) == 2
    assert not ablauf.find_korrekturen(projekt)
    assert not ablauf.check_fruehere(projekt)
    with pytest.raises(BedienFehler, match="gelten noch"):
        ablauf.issue_korrektur(projekt)


def test_old_paper_and_notice_together_disclose_nothing(projekt):
    """Everything was out: the other areas are known constants. A corrected total would give the new small count by subtraction."""
    alt = {
        o: g for o, g in read_gezeigtes(ablauf.list_veroeffentlichungen(projekt)[0]).items() if o[:2] == ("A01", 2025)
    }
    correct(projekt, "01", "arbeitslose", 2.0)
    bild = ablauf.find_korrekturen(projekt)
    neu = {z.ort: z.neu for z in bild.zeilen if z.ort[:2] == ("A01", 2025)}
    heute = {ort: neu.get(ort, gezeigt) for ort, gezeigt in alt.items() if ort not in {z.ort for z in bild.entfallen}}
    # What a reader has now: unchanged figures of the old paper, corrected ones of the notice.
    for oben, teile in (("A", ("01", "02", "03")), ("05999004", ("01", "02", "03", "04", "05", "06"))):
        da = [g for g in (oben, *teile) if ("A01", 2025, g) in heute]
        assert len(da) < len(teile), "a sum with one unknown would be an equation for it"
    assert not ablauf.check_fruehere(projekt)
    ablauf.issue_korrektur(projekt, stand=DANACH, endgueltig=True)
    # And the next release is protected together with the notice, too.
    assert not ablauf.check_fruehere(projekt)
    assert shown(projekt)["01", "arbeitslose"] is None


def test_another_definition_is_no_correction(projekt):
    with projekt.change("anders definiert") as s:
        s.put(attrs.evolve(projekt.get(Indikator, "A01"), faktor=1000.0))
    bild = ablauf.find_korrekturen(projekt)
    assert not bild
    assert "anders definiert" in bild.hinweise[0]


def test_new_boundaries_are_no_correction(projekt):
    ablauf.make_variante(projekt, "neu", "Räume 2024")
    ablauf.move_gebiete(projekt, "neu", ["b1c"], "02")
    ablauf.agree_gebietsstand(projekt, "neu", dt.date(2025, 11, 7), "Rat", dt.date(2026, 1, 1))
    bild = ablauf.find_korrekturen(projekt)
    assert not {z.ort[2] for z in (*bild.zeilen, *bild.entfallen)} & {"01", "02"}
    assert "früheren Grenzen" in " ".join(bild.hinweise)


def test_a_paper_whose_frozen_anlage_shows_other_figures_is_stopped(projekt):
    with projekt.change("Text") as s:
        s.put(Textbaustein(NR, 1, "", "Es sind {A01 Raum 2}."))
    assert not ablauf.issue_drucksache(projekt, NR, stand=HINAUS).hinweise
    correct(projekt, "02", "arbeitslose", value(projekt, "02", "arbeitslose") + 40)
    geschrieben = ablauf.issue_drucksache(projekt, NR, stand=DANACH)
    assert "zeigt andere Zahlen als dieser Text: A01 2025 Raum 2" in geschrieben.hinweise[0]
    with pytest.raises(BedienFehler, match="andere Zahlen"):
        ablauf.issue_drucksache(projekt, NR, stand=DANACH, endgueltig=True)
    ablauf.issue_korrektur(projekt, stand=DANACH, endgueltig=True)
    assert not ablauf.issue_drucksache(projekt, NR, stand=DANACH).hinweise, "what was asked for is done"


def test_the_commands_say_what_changed(projekt, capfd):
    deliver(projekt)
    assert run(["--projekt", str(projekt.pfad), "drucksache", "berichtigungen"]) == 0, "while somebody works in it"
    assert asked(projekt)
    projekt.close()
    assert run(["--projekt", str(projekt.pfad), "drucksache", "berichtigungen"]) == 0
    assert "gelten noch" in capfd.readouterr().out
    projekt = ablauf.open_projekt(projekt.pfad)
    assert not asked(projekt)
    correct(projekt, "02", "arbeitslose", value(projekt, "02", "arbeitslose") + 40)
    projekt.close()
    kopf = ["--projekt", str(projekt.pfad), "drucksache"]
    assert run([*kopf, "berichtigungen", "--ausfuehrlich"]) == 1
    assert "Raum 2" in capfd.readouterr().out
    assert run([*kopf, "korrektur", "--anlass", "Zweimal gezählt", "--nummer", "26/9", "--am", "05.05.2026"]) == 0
    assert "Korrekturmitteilung_2025.docx" in capfd.readouterr().out
