"""Values of Kreis and Land from real layouts: mapped once, next year's file of the same layout reads by itself."""

from __future__ import annotations

import attrs
import pytest

from sozialtool import ablauf
from sozialtool.cli import run
from sozialtool.einlesen.lesen import read_rohmappe
from sozialtool.einlesen.referenztabelle import fits, list_koepfe, read_referenztabelle
from sozialtool.fach.referenz import Referenzprofil, Referenzwert
from sozialtool.fehler import BedienFehler, DatenFehler, FeldFehler
from tests.ablauf.kleinstadt import build_kleinstadt

LANG = Referenzprofil(
    "Kreise", "Schlüssel", ("05170 = Kreis Wesel", "05 = Nordrhein-Westfalen"), ("Quote = A01", "je 1.000 = A07 * 0,1"), "Landesamt",
    "Jahr",
)  # fmt: skip
TEXT = "Schlüssel;Name;Jahr;Quote;je 1.000\n05170;Wesel;{a};6,5;112,0\n05170;Wesel;{b};6,7;-\n05;NRW;{b};7,4;1.150,5\n"


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2025, 2026)) as projekt:
        yield projekt


def schreibe(ordner, text, name="t.csv"):
    (ordner / name).write_text(text, encoding="utf-8")
    return ordner / name


def werte(projekt):
    return {(r.indikator, r.raum, r.jahr): r.wert for r in projekt.read(Referenzwert)}


def test_mapped_once_then_read_by_itself(projekt, tmp_path):
    erste = schreibe(tmp_path, TEXT.format(a=2023, b=2024))
    with pytest.raises(BedienFehler, match="Kein Referenzprofil") as fehler:
        ablauf.preview_referenzen(projekt, erste)
    assert fehler.value.code == "REFERENZ-PROFIL"
    assert "„Schlüssel“, „Name“, „Jahr“, „Quote“" in fehler.value.abhilfe
    ablauf.save_referenzprofil(projekt, LANG)
    vorschau = ablauf.preview_referenzen(projekt, erste)
    assert not projekt.read(Referenzwert)
    assert vorschau.hinweise == ("1 Feld ohne Zahl.",)
    assert len(vorschau.unterschiede.neu) == 5
    ablauf.save_liste(projekt, vorschau.unterschiede)
    assert werte(projekt)["A01", "Kreis Wesel", 2024] == 6.7
    assert werte(projekt)["A07", "Nordrhein-Westfalen", 2024] == 115.05
    (ref,) = (r for r in projekt.read(Referenzwert) if (r.raum, r.indikator) == ("Nordrhein-Westfalen", "A01"))
    assert (ref.quelle, ref.reihenfolge) == ("Landesamt", 2)
    # Next year: same layout, one value corrected, one year more.
    zweite = schreibe(tmp_path, TEXT.format(a=2024, b=2025), "naechstes.csv")
    neu = ablauf.preview_referenzen(projekt, zweite).unterschiede
    assert [(alt.wert, jetzt.wert) for alt, jetzt in neu.geaendert if jetzt.indikator == "A01"] == [(6.7, 6.5)]
    assert {r.jahr for r in neu.neu} >= {2025}
    assert not neu.entfernt
    assert "geändert: A01, Kreis Wesel 2024: 6,5 statt 6,7" in ablauf.preview_referenzen(projekt, zweite).zeilen
    ablauf.save_liste(projekt, neu)
    assert not ablauf.preview_referenzen(projekt, zweite).unterschiede


def test_old_years_are_left_out_and_nothing_at_all_is_said(projekt, tmp_path):
    ablauf.save_referenzprofil(projekt, LANG)
    alt = schreibe(tmp_path, TEXT.format(a=2001, b=2002))
    with pytest.raises(DatenFehler, match="kein Wert"):
        ablauf.preview_referenzen(projekt, alt)


def test_year_in_title_in_head_or_given(tmp_path):
    profil = Referenzprofil("P", "Raum", ("Kreis Wesel",), ("Quote = A01",), "Q")

    def gelesen(text, jahr=0):
        lesung = read_referenztabelle(read_rohmappe(schreibe(tmp_path, text)), profil, jahr)
        return [(w.jahr, w.wert) for w in lesung.werte], lesung.hinweise

    assert gelesen("Stand: 31.12.2024;\nRaum;Quote\nKreis Wesel;6,5\n")[0] == [(2024, 6.5)]
    assert gelesen("Raum;Quote 2023;Quote 2024\nKreis Wesel;6,5;6,6\n")[0] == [(2023, 6.5), (2024, 6.6)]
    ohne = gelesen("Raum;Quote\nKreis Wesel;6,5\n")
    assert ohne[0] == []
    assert any("Jahr angeben" in h for h in ohne[1])
    assert gelesen("Raum;Quote\nKreis Wesel;6,5\n", 2022)[0] == [(2022, 6.5)]
    # Two years in the title: nobody knows which.
    assert gelesen("Stand 2023 und 2024;\nRaum;Quote\nKreis Wesel;6,5\n")[0] == []
    fehlt = gelesen("Raum;Quote 2024\nKreis Kleve;6,5\n")
    assert "„Kreis Wesel“ steht nicht in der Datei." in fehlt[1]


def test_another_layout_is_not_taken(projekt, tmp_path):
    ablauf.save_referenzprofil(projekt, LANG)
    ablauf.save_referenzprofil(projekt, attrs.evolve(LANG, name="Zweites"))
    datei = schreibe(tmp_path, TEXT.format(a=2023, b=2024))
    with pytest.raises(BedienFehler, match="Mehrere Profile"):
        ablauf.preview_referenzen(projekt, datei)
    assert ablauf.preview_referenzen(projekt, datei, "zweites").profil.name == "Zweites"
    anders = schreibe(tmp_path, "Schlüssel;Jahr;Quote\n05170;2024;1\n", "anders.csv")
    with pytest.raises(BedienFehler, match="Kein Referenzprofil"):
        ablauf.preview_referenzen(projekt, anders)


@pytest.mark.parametrize(
    ("geaendert", "wort"),
    [({"werte": ("Quote = X9",)}, "X9"), ({"werte": ("Quote = A01 * viel",)}, "viel"), ({"werte": ("Quote",)}, "fehlt der Indikator"),
     ({"raeume": ()}, "keinen Raum")],
)  # fmt: skip
def test_a_profile_that_cannot_be_is_refused(projekt, geaendert, wort):
    with pytest.raises((BedienFehler, FeldFehler), match=wort):
        ablauf.save_referenzprofil(projekt, attrs.evolve(LANG, **geaendert))


def test_the_command_maps_shows_and_takes_over(projekt, tmp_path, capfd):
    pfad, datei = str(projekt.pfad), str(schreibe(tmp_path, TEXT.format(a=2023, b=2024)))
    projekt.close()
    raeume, spalten = list(LANG.raeume), list(LANG.werte)
    befehl = ["referenzwerte", "--projekt", pfad]
    assert run([*befehl, "zuordnen", "Kreise", "--raumspalte", "Schlüssel", "--raum", *raeume, "--wert", *spalten, "--jahrspalte",
                "Jahr", "--quelle", "Landesamt"]) == 0  # fmt: skip
    assert run([*befehl, "einlesen", datei]) == 1
    assert "neu: A01, Kreis Wesel 2024: 6,7" in capfd.readouterr().out
    assert run([*befehl, "einlesen", datei, "--uebernehmen"]) == 0
    assert run([*befehl, "einlesen", datei]) == 0
    assert run(befehl) == 0
    assert "Kreise" in capfd.readouterr().out


def test_inkar_of_the_bbsr(daten):
    """The real file of all Kreise: name of the figure repeated over the years, years below, code with leading zero."""
    mappe = read_rohmappe(daten / "inkar" / "A_ArbeitslosigkeitKreis.xls")
    profil = Referenzprofil("INKAR", "Kennziffer", ("01001 = Flensburg",), ("Arbeitslose = A01",), "BBSR")
    assert fits(mappe, profil)
    je_jahr = {w.jahr: w.wert for w in read_referenztabelle(mappe, profil).werte}
    assert (je_jahr[1995], je_jahr[1996], je_jahr[2003]) == (4691, 5332, 5678)
    assert len(je_jahr) == 27
    assert list_koepfe(mappe) == ("Kennziffer", "Raumeinheit", "Aggregat", "Arbeitslose")
