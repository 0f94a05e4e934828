"""Goals, measures, voices, needs: from lists and released figures to what is said of them."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf
from sozialtool.ablauf.bedarfsbild import build_bedarfsbilder, build_bedarfstafel
from sozialtool.ablauf.befragungsbild import build_befragungstafel
from sozialtool.ablauf.controlling import build_massnahmenbilder, sum_geld
from sozialtool.ablauf.personenhinweise import find_personenhinweise
from sozialtool.ablauf.plangrundlage import read_plangrundlage
from sozialtool.ablauf.planungsblaetter import build_planungsblaetter
from sozialtool.ablauf.startfolge import find_wartende
from sozialtool.ablauf.stimmen import build_stimmentafel, list_zeigbare
from sozialtool.ablauf.zielbild import build_zielbilder, judge_ziel
from sozialtool.ablauf.zieltafel import build_massnahmentafel, build_zieltafel
from sozialtool.cli import run
from sozialtool.fach.bedarf import Bedarf, Bedarfsstand, Prioritaet, Stimme
from sozialtool.fach.indikator import Bruch, Indikator, Intervallart, Zustand
from sozialtool.fach.messwert import Messwert
from sozialtool.fach.planung import (
    Befragung,
    Befragungsfrage,
    Befragungszahl,
    Einrichtung,
    Frageform,
    Massnahme,
    Massnahmenkosten,
    Massnahmenstand,
    Urteil,
)
from sozialtool.fach.raum import Kommune
from sozialtool.fach.ziel import Ampel, Entwicklungsziel, Leitziel
from sozialtool.fehler import BedienFehler

ZIEL = Entwicklungsziel(
    "Z1", "Weniger Kinder in Armut", "01", "L1", "A07", 2023, zielwert=5.0, ziel_bis=dt.date(2030, 12, 31)
)


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2023, 2026)) as projekt:
        yield projekt


def fuelle(projekt, *eintraege):
    with projekt.change("Planung") as schreiber:
        schreiber.put(*eintraege)


def ohne_brueche(projekt):
    with projekt.change("ohne Brüche") as schreiber:
        for bruch in projekt.read(Bruch):
            schreiber.remove(Bruch, bruch.merkmal, bruch.ab_jahr)


def test_the_start_comes_from_released_figures_and_stays(projekt):
    fuelle(
        projekt,
        ZIEL,
        attrs.evolve(ZIEL, schluessel="Z2", indikator="X9"),
        attrs.evolve(ZIEL, schluessel="Z3", startjahr=2019),
    )
    grundlage = read_plangrundlage(projekt)
    aenderung, saetze = ablauf.fill_startwerte(projekt)
    z = projekt.get(Entwicklungsziel, "Z1")
    k = grundlage.find("01", "A07", 2023)
    assert (z.startjahr, z.startwert, z.start_von, z.start_bis) == (2023, k.wert, k.unten, k.oben)
    assert "Z1" in aenderung.text
    assert any("Kein vereinbarter Indikator" in s for s in saetze)
    assert any("Für 2019 ist kein Wert" in s for s in saetze)
    wieder, saetze = ablauf.fill_startwerte(projekt, ["z1"])
    assert wieder is None
    assert "steht schon fest" in saetze[0]
    with pytest.raises(BedienFehler, match="„Q“ gibt es nicht"):
        ablauf.fill_startwerte(projekt, ["Q"])
    ablauf.undo(projekt)
    assert projekt.get(Entwicklungsziel, "Z1").startwert is None


@pytest.mark.parametrize(
    ("anders", "was"),
    [({"startjahr": 2024}, "Startjahr"), ({"gebiet": "02"}, "Sozialraum"), ({"indikator": "A06"}, "Indikator")],
)
def test_a_filled_start_does_not_stay_behind_its_year_area_or_indicator(projekt, tmp_path, anders, was):
    fuelle(projekt, Leitziel("L1", "Leit"), ZIEL)
    ablauf.fill_startwerte(projekt)
    alt = projekt.get(Entwicklungsziel, "Z1")
    neu = attrs.evolve(alt, **anders)
    ablauf.save_eintrag(projekt, Entwicklungsziel, anders, alt)  # the form
    da = projekt.get(Entwicklungsziel, "Z1")
    assert (da.startwert, da.start_von, da.start_bis, da.start_fuer) == (None, None, None, "")
    (satz,) = ablauf.check_eingabe(projekt, Entwicklungsziel, anders, alt)
    assert f"Anders sind jetzt: {was}. Der Startwert galt für A07, Raum 1, 2023 und ist deshalb leer" in satz
    fuelle(projekt, neu)
    ablauf.export_liste(projekt, "ziele", tmp_path / "z.xlsx")
    fuelle(projekt, alt)
    unterschiede = ablauf.import_liste(projekt, "ziele", tmp_path / "z.xlsx")  # the list from Excel
    assert any(was in s for s in ablauf.check_unterschiede(projekt, unterschiede))
    ablauf.save_liste(projekt, unterschiede)
    assert projekt.get(Entwicklungsziel, "Z1").startwert is None
    ablauf.fill_startwerte(projekt)
    k = read_plangrundlage(projekt).find(neu.gebiet, neu.indikator, neu.startjahr)
    if k is not None and k.wert is not None:
        assert projekt.get(Entwicklungsziel, "Z1").startwert == k.wert


def test_a_typed_start_stays_and_is_asked_for(projekt):
    fuelle(projekt, Leitziel("L1", "Leit"), attrs.evolve(ZIEL, startwert=17.0))
    alt = projekt.get(Entwicklungsziel, "Z1")
    ablauf.save_eintrag(projekt, Entwicklungsziel, {"startjahr": 2024}, alt)
    assert projekt.get(Entwicklungsziel, "Z1").startwert == 17.0
    (satz,) = ablauf.check_eingabe(projekt, Entwicklungsziel, {"startjahr": 2024}, alt)
    assert satz.endswith("Gilt er auch jetzt?")
    assert ablauf.check_eingabe(projekt, Entwicklungsziel, {"startjahr": 2024, "startwert": 18.0}, alt) == ()


def test_a_filled_start_that_is_typed_over_loses_its_limits(projekt):
    fuelle(projekt, Leitziel("L1", "Leit"), ZIEL)
    ablauf.fill_startwerte(projekt)
    alt = projekt.get(Entwicklungsziel, "Z1")
    assert alt.start_fuer == "A07 / 01 / 2023"
    ablauf.save_eintrag(projekt, Entwicklungsziel, {"name": "Anders"}, alt)
    assert projekt.get(Entwicklungsziel, "Z1") == attrs.evolve(alt, name="Anders")
    ablauf.save_eintrag(projekt, Entwicklungsziel, {"startwert": 99.0}, alt)
    da = projekt.get(Entwicklungsziel, "Z1")
    assert (da.startwert, da.start_von, da.start_bis, da.start_fuer) == (99.0, None, None, "")


def test_a_start_that_differs_from_what_is_released_is_said(projekt):
    fuelle(projekt, attrs.evolve(ZIEL, startwert=99.0), attrs.evolve(ZIEL, schluessel="Z2"))
    ablauf.fill_startwerte(projekt)
    fremd, eigen = ablauf.build_plantafel(projekt, "ziele").zeilen
    assert any("nicht der Startwert" in satz for satz in fremd.detail)
    assert not any("nicht der Startwert" in satz for satz in eigen.detail)


def test_no_paper_names_a_key_and_what_can_never_be_filled_is_not_asked_for(projekt):
    fuelle(projekt, ZIEL, attrs.evolve(ZIEL, schluessel="Z5"), attrs.evolve(ZIEL, schluessel="Z6", indikator="E01"))
    with projekt.change("klein") as schreiber:
        schreiber.put_messwerte([Messwert("02", "sgb2_unter_18", dt.date(2023, 12, 31), 2.0)])
        schreiber.put(attrs.evolve(ZIEL, schluessel="Z5", gebiet="02"), attrs.evolve(ZIEL, gebiet="05"))
    grundlage = read_plangrundlage(projekt)
    blaetter = build_planungsblaetter(projekt, grundlage)
    text = str([b.tabelle.zeilen for b in blaetter])
    assert "s füllt" not in text
    assert "Der Startwert fehlt. Für 2023 ist kein Wert veröffentlicht (geheim)." in text
    zeilen = {z.schluessel: " ".join(z.detail) for z in ablauf.build_plantafel(projekt, "ziele").zeilen}
    assert "Startwerte füllen" in zeilen["Z1"]
    assert "Startwerte füllen" not in zeilen["Z5"]

    def schritte():
        return [s.text for s in ablauf.uebersicht(projekt).naechste if "Startwerte" in s.text or "Indikator" in s.text]

    assert schritte() == [
        "Startwerte füllen (F7, Ziele, s): Z1, Z5.",
        "Ziele warten darauf, dass ihr Indikator vereinbart wird (F4): Z6 (E01).",
    ]
    ablauf.fill_startwerte(projekt)
    assert not any("Startwerte" in s for s in schritte())
    ablauf.save_eintrag(
        projekt, Entwicklungsziel, {"startjahr": 2024, "leitziel": ""}, projekt.get(Entwicklungsziel, "Z5")
    )
    assert "Startwerte füllen (F7, Ziele, s): Z5." in schritte()
    ablauf.fill_startwerte(projekt, ["Z5"])
    assert projekt.get(Entwicklungsziel, "Z5").startwert is not None


def test_a_new_agreement_asks_for_the_start_again(projekt):
    fuelle(projekt, attrs.evolve(ZIEL, startjahr=2019))
    aenderung, _ = ablauf.fill_startwerte(projekt)
    assert aenderung is None
    assert find_wartende(projekt) == {"Z1"}
    revision = projekt.revision
    ablauf.fill_startwerte(projekt)
    assert projekt.revision == revision, "asked again, nothing is noted twice"
    ablauf.agree_indikator(projekt, "A02", Zustand.VEREINBART, dt.date(2025, 3, 4), "Rat")
    assert find_wartende(projekt) == frozenset()


def test_a_verdict_without_text_is_said_in_words(projekt):
    fuelle(
        projekt,
        Massnahme("M1", "Treff", "Stadt", nutzerurteil=Urteil.GUT, zufriedenheit="gern da", fachurteil=Urteil.KRITISCH),
    )
    grundlage = read_plangrundlage(projekt)
    (zeile,) = build_massnahmentafel(projekt, grundlage, build_massnahmenbilder(projekt, grundlage)).zeilen
    assert zeile.texte[-1] == "!"
    assert zeile.detail[-2:] == ("Teilnehmende (überwiegend gut): gern da", "Fachkräfte: überwiegend kritisch.")


def test_a_start_that_is_secret_by_now_is_shown_nowhere(projekt):
    voll = attrs.evolve(ZIEL, startwert=17.125, start_von=17.0, start_bis=17.25)
    fuelle(projekt, voll, Massnahme("M1", "Treff", "Stadt", "Z1"))
    with projekt.change("klein") as schreiber:
        schreiber.put_messwerte([Messwert("01", "sgb2_unter_18", dt.date(2023, 12, 31), 2.0)])
    grundlage = read_plangrundlage(projekt)
    assert grundlage.find("01", "A07", 2023).wert is None
    bilder = build_zielbilder(projekt, grundlage)
    (zeile,) = build_zieltafel(projekt, grundlage, bilder).zeilen
    blaetter = build_planungsblaetter(projekt, grundlage)
    text = f"{zeile.texte} {zeile.detail} {[b.tabelle.zeilen for b in blaetter]} {bilder[0].stand}"
    assert "17," not in text
    assert "17.1" not in text
    assert "Der Startwert von 2023 ist geheim" in text
    assert bilder[0].stand.soll is None
    assert zeile.eintrag == voll  # what is changed on the screen keeps it


def test_a_measure_without_goal_shows_its_own_effect(projekt):
    m = Massnahme("M1", "Treff", "Stadt", gebiete=("01", "02"), wirkung="A07", wirkung_ziel=5.5, wirkung_jahr=2029)
    fuelle(projekt, m, attrs.evolve(m, schluessel="M2", gebiete=(), wirkung="E01", wirkung_jahr=None))
    with projekt.change("klein") as schreiber:
        schreiber.put_messwerte([Messwert("02", "sgb2_unter_18", dt.date(2025, 12, 31), 2.0)])
    grundlage = read_plangrundlage(projekt)
    k = grundlage.find("01", "A07")
    eine, andere = build_massnahmentafel(projekt, grundlage, build_massnahmenbilder(projekt, grundlage)).zeilen
    (satz,) = (s for s in eine.detail if s.startswith("Wirkung"))
    assert f"Raum 1 {k.wert:.1f} ({k.unten:.1f} … {k.oben:.1f}), Raum 2 geheim; Ziel bis 2029: 5.5".replace(
        ".", ","
    ) in satz.replace(".", ",")
    assert "Wirkung: E01 ist nicht vereinbart." in andere.detail
    blatt = build_planungsblaetter(projekt, grundlage)[0]
    assert satz in blatt.tabelle.zeilen[0].zellen[5]


def test_funds_that_nobody_named_are_said_and_an_area_counts_once(projekt):
    ablauf.save_eintrag(projekt, Massnahme, attrs.asdict(Massnahme("M1", "Treff", "Stadt", gebiete=("Raum 1", "01"))))
    fuelle(projekt, Massnahmenkosten("M1", 2025, 24000.0, drittmittel=15000.0))
    assert projekt.get(Massnahme, "M1").gebiete == ("01",)
    grundlage = read_plangrundlage(projekt)
    (zeile,) = build_massnahmentafel(projekt, grundlage, build_massnahmenbilder(projekt, grundlage)).zeilen
    assert any("Dritte 15.000 €, noch nicht zugeordnet 9.000 €" in s for s in zeile.detail)
    with pytest.raises(BedienFehler, match="höher als die Kosten"):
        ablauf.save_eintrag(projekt, Massnahmenkosten, attrs.asdict(Massnahmenkosten("M1", 2026, 5.0, drittmittel=6.0)))


def test_lists_are_there_before_the_first_figures_and_in_a_year_without_any(tmp_path, monkeypatch, projekt):
    eintraege = (
        ZIEL, Leitziel("L1", "Jedes Kind"), Massnahme("M1", "Treff", "Stadt", gebiete=("01",)), Bedarf("B1", "Hilfe [/x]"),
        Stimme("S1", "Es fehlt etwas", "01"),
    )  # fmt: skip
    with ablauf.create_projekt(tmp_path / "leer", Kommune("05999004", "Leer", berichtsjahr=2026)) as leer:
        fuelle(leer, *eintraege)
        for name, anzahl in (("ziele", 2), ("massnahmen", 1), ("bedarfe", 1), ("stimmen", 1)):
            tafel = ablauf.build_plantafel(leer, name)
            assert len(tafel.zeilen) == anzahl
            assert all(
                isinstance(z.eintrag, Entwicklungsziel | Leitziel | Massnahme | Bedarf | Stimme) for z in tafel.zeilen
            )
        assert "Noch gibt es keine Zahlen" in ablauf.build_plantafel(leer, "ziele").hinweise[0]
    fuelle(projekt, *eintraege, attrs.evolve(projekt.kommune, berichtsjahr=2027))
    tafel = ablauf.build_plantafel(projekt, "ziele")
    assert tafel.hinweise[0] == "Für 2027 gibt es noch keine Zahlen; hier stehen die von 2025."
    with pytest.raises(BedienFehler, match="Für 2027"):
        ablauf.build_plantafel(projekt, "ziele", 2027)


def test_days_and_years_that_cannot_be_are_refused(projekt):
    m = Massnahme("M1", "Treff", "Stadt")
    for anders, wort in (
        ({"beginn": dt.date(9999, 12, 31)}, "Beginn"),
        ({"leistung_jahr": 20255}, "Jahr der Leistung"),
        ({"wirkung_jahr": 3}, "Zieljahr"),
        ({"leistung_ziel": -3.0}, "unter null"),
    ):
        with pytest.raises(BedienFehler, match=wort):
            ablauf.save_eintrag(projekt, Massnahme, attrs.asdict(attrs.evolve(m, **anders)))
    with pytest.raises(BedienFehler, match="Datum"):
        ablauf.save_eintrag(projekt, Stimme, attrs.asdict(Stimme("S1", "Text", "01", datum=dt.date(1, 1, 1))))


def test_a_goal_says_why_nothing_can_be_said(projekt):
    grundlage = read_plangrundlage(projekt)
    voll = attrs.evolve(ZIEL, startwert=9.0)
    for ziel, wort in (
        (attrs.evolve(ZIEL, indikator=""), "Kein Indikator"),
        (attrs.evolve(ZIEL, indikator="E01"), "nicht vereinbart"),
        (ZIEL, "Startwert fehlt"),
        (attrs.evolve(voll, zielwert=None), "Zielwert oder Datum"),
        (attrs.evolve(voll, startjahr=2025), "noch keinen neuen Wert"),
        (attrs.evolve(voll, startjahr=2022), "Bruch in der Definition"),
    ):
        stand = judge_ziel(grundlage, ziel)
        assert stand.ampel is Ampel.OFFEN
        assert wort in stand.grund


def test_goals_and_measures_show_their_lights(projekt):
    ohne_brueche(projekt)
    fuelle(
        projekt, Leitziel("L1", "Jedes Kind zählt"), attrs.evolve(ZIEL, startwert=90.0, start_von=88.0, start_bis=92.0, zielwert=60.0),
        Massnahme("M1", "Treff", "Stadt", "Z1", leistung="Treffen", leistung_ziel=10.0, leistung_ist=7.5),
        Massnahme("M2", "Ohne alles", "Stadt"),
        Massnahmenkosten("M1", 2024, 100.0, 40.0, 60.0, ausgegeben=120.0), Massnahmenkosten("M1", 2025, 500.0),
    )  # fmt: skip
    grundlage = read_plangrundlage(projekt)
    (bild,) = build_zielbilder(projekt, grundlage)
    assert bild.stand.ampel is Ampel.GUT  # far below 81 and below 90 by more than chance
    assert [m.schluessel for m in bild.massnahmen] == ["M1"]
    erste, zweite = build_massnahmenbilder(projekt, grundlage)
    assert (erste.leistung, erste.ausgaben, erste.wirkung) == (Ampel.UNKLAR, Ampel.HINTER, Ampel.GUT)
    assert (zweite.leistung, zweite.ausgaben, zweite.wirkung) == (Ampel.OFFEN, Ampel.OFFEN, Ampel.OFFEN)
    geld = sum_geld(erste.kosten)
    assert (geld.plan, geld.ausgegeben, geld.gesamt, geld.jahre) == (100, 120, 600, (2024,))
    text = "\n".join(build_massnahmentafel(projekt, grundlage, (erste, zweite)).zeilen[0].detail)
    assert "7 von 10" not in text
    assert "über dem Plan" in text
    assert "im Blick behalten" in text
    tafel = build_zieltafel(projekt, grundlage, (bild,))
    assert tafel.anzahl == 1, "a Leitziel above it is no goal of its own"
    assert [z.fett for z in tafel.zeilen] == [True, False]
    assert "√ auf dem Weg" in tafel.zeilen[1].texte[-1]


def test_links_of_goals_and_measures_are_checked(projekt):
    fuelle(projekt, Leitziel("L1", "Leit"), ZIEL)
    werte = {"schluessel": "M1", "name": "Treff", "verantwortlich": "Stadt"}
    ablauf.save_eintrag(projekt, Massnahme, {**werte, "ziel": "weniger kinder in armut"})
    assert projekt.get(Massnahme, "M1").ziel == "Z1"
    for klasse, falsch, wort in (
        (Massnahme, {**werte, "schluessel": "M2", "ziel": "Nirgends"}, "Ein Entwicklungsziel „Nirgends“"),
        (Entwicklungsziel, {"schluessel": "Z9", "name": "x", "gebiet": "01", "leitziel": "L7"}, "Ein Leitziel „L7“"),
        (Entwicklungsziel, {"schluessel": "Z9", "name": "x", "gebiet": "01", "bedarfe": ("B7",)}, "Einen Bedarf „B7“"),
        (
            Entwicklungsziel,
            {"schluessel": "Z9", "name": "x", "gebiet": "01", "indikator": "Q1"},
            "Einen Indikator „Q1“",
        ),
        (Entwicklungsziel, {"schluessel": "Z9", "name": "x", "gebiet": "01", "startwert": 1.0}, "gehört ein Startjahr"),
        (Entwicklungsziel, {"schluessel": "Z9", "name": "x", "gebiet": "01", "zielwert": 1.0}, "bis wann"),
        (Bedarf, {"schluessel": "B1", "name": "x", "belege": ("A07", "Q3")}, "Einen Beleg „Q3“"),
        (Bedarf, {"schluessel": "B1", "name": "x", "gruppe": "wichtel"}, "Ein Merkmal „wichtel“"),
        (
            Stimme,
            {"schluessel": "S1", "text": "x", "gebiet": "01", "handlungsfeld": "Zirkus"},
            "Ein Handlungsfeld „Zirkus“",
        ),
    ):
        with pytest.raises(BedienFehler, match=wort):
            ablauf.save_eintrag(projekt, klasse, falsch)


@pytest.mark.parametrize(
    ("text", "was"),
    [
        ("Frau Meyer sagt das auch", "ein Name"), ("Familie Yılmaz zieht weg", "ein Name"), ("in der Ringstraße 12 b ist es laut", "eine Adresse"),
        ("fragt post@beispiel.de", "Mail"), ("ruft 02841 123456 an", "Telefon"), ("ein 14-Jähriger stand da", "Alter"), ("Am Anger 5 brennt Licht", "eine Adresse"),
    ],
)  # fmt: skip
def test_names_and_addresses_in_a_voice_are_noticed(text, was):
    assert any(was in hinweis for hinweis in find_personenhinweise(text, {"Am Anger"}))


@pytest.mark.parametrize(
    "text",
    [
        "Viele Familien warten ein Jahr.",
        "Am Ring ist es laut, 3 Läden fehlen.",
        "Eine Frau ist oft allein.",
        "Die 80er Jahre",
    ],
)
def test_ordinary_sentences_are_not_suspected(text):
    assert not find_personenhinweise(text, {"Am Anger"})


def test_voices_stand_beside_figures_and_only_harmless_ones_go_out(projekt):
    fuelle(
        projekt, Stimme("S1", "Vieles ist teuer", "01", "arbeit", dt.date(2025, 5, 1), wer="Runde"),
        Stimme("S2", "Frau Kowalski hilft allen", "01", "arbeit"), Stimme("S3", "Bleibt im Haus", "02", "arbeit", zeigen=False),
    )  # fmt: skip
    tafel = build_stimmentafel(projekt, read_plangrundlage(projekt))
    assert any(t.startswith("Zahlen 2025: ") and "Stadt" in t for t in tafel.zeilen[0].detail)
    assert any("! „Frau Kowalski" in z.texte[2] for z in tafel.zeilen)
    assert [s.schluessel for s in list_zeigbare(projekt)] == ["S1"]


def test_needs_are_ranked_and_show_their_evidence(projekt):
    fuelle(
        projekt, Stimme("S1", "Es fehlt etwas", "01", "arbeit", wer="Runde"),
        Einrichtung("K1", "Haus", "Jugendeinrichtung", "01", plaetze=9), Befragung("B25", "Wohnen", geantwortet=40, gefragt=90),
        Befragungsfrage("B25", 1, "Gern?", antworten=("ja", "nein")), Befragungszahl("B25", 1, "01", "alle", "ja", 30),
        Befragungszahl("B25", 1, "01", "alle", "nein", 10),
        Bedarf("B1", "Hilfe", ("01",), gruppe="ew_unter_18", belege=("A07", "K1", "s1", "B25/1", "jugend")),
        Bedarf("B2", "Ohne Beleg", ("02",)),
    )  # fmt: skip
    grundlage = read_plangrundlage(projekt)
    bilder = {b.bedarf.schluessel: b for b in build_bedarfsbilder(projekt, grundlage)}
    text = "\n".join(beleg.text for beleg in bilder["B1"].belege)
    for wort in ("A07 ", "Stadt", "K1 Haus", "„Es fehlt etwas“ (Runde", "ja 75 % (60 … 86)", "Einrichtungen je 1.000"):
        assert wort in text
    assert bilder["B1"].punkte.belege == 2
    assert bilder["B1"].rechnung[-1].startswith("Zusammen: ")
    assert bilder["B2"].prioritaet is Prioritaet.OFFEN
    assert bilder["B2"].rechnung[0].startswith("Nicht beurteilt")
    tafel = build_bedarfstafel(projekt, grundlage, tuple(bilder.values()))
    assert "Noch ohne Beleg." in tafel.zeilen[-1].detail
    ablauf.decide(projekt, ["bedarf_hoch"], ablauf.Beschluss(_vorgeschlagen(), None, "Rat"), wert=0)
    assert [b.prioritaet for b in build_bedarfsbilder(projekt, grundlage)] == [Prioritaet.HOCH, Prioritaet.OFFEN]


@pytest.mark.parametrize(
    ("orte", "punkte", "satz"),
    [
        (("01",), 0, "gleichmäßig verteilt wären es 16,7 %"),
        (("A",), 0, "10.200 Personen, 42,5 % der Stadt; gleichmäßig verteilt wären es 50,0 %"),
        (("B",), 1, "gleichmäßig verteilt wären es 50,0 %"),
        (("A", "B"), 1, "gleichmäßig verteilt wären es 100,0 %"),
        ((), None, "zählt stadtweit nicht mit"),
        (("A", "01"), None, "auf verschiedenen Ebenen"),
    ],
)
def test_the_size_of_a_group_is_set_against_areas_of_the_same_level(projekt, orte, punkte, satz):
    fuelle(projekt, Bedarf("B1", "Hilfe", orte, gruppe="ew", belege=("jugend",)))
    grundlage = read_plangrundlage(projekt)
    (bild,) = build_bedarfsbilder(projekt, grundlage)
    assert bild.punkte.gruppe == punkte
    assert satz in bild.rechnung[1]
    if "A" in orte:
        assert "Oben: wird nur für die Stadt und ihre Sozialräume gerechnet." in bild.belege[0].text


def test_a_need_of_the_whole_town_has_no_position_against_itself(projekt):
    fuelle(
        projekt,
        Bedarf("B1", "Hilfe", belege=("A07",), gruppe="ew_unter_18"),
        Bedarf("B2", "Hilfe", (projekt.kommune.ags,), belege=("A07",)),
    )
    grundlage = read_plangrundlage(projekt)
    bilder = build_bedarfsbilder(projekt, grundlage)
    for bild in bilder:
        assert (bild.punkte.lage, bild.punkte.gruppe, bild.prioritaet) == (None, None, Prioritaet.OFFEN)
        text = " ".join(bild.rechnung)
        assert "kein Beleg aus Zahlen" not in text
        assert "beurteilt das Gremium anhand der Belege" in text
    assert "hat" in build_bedarfstafel(projekt, grundlage, bilder).hinweise[-1]


def test_a_figure_without_limits_of_chance_is_not_called_no_figure(projekt):
    with projekt.change("ohne Spanne") as schreiber:
        schreiber.put(attrs.evolve(projekt.get(Indikator, "A07"), intervall=Intervallart.KEINES))
    fuelle(
        projekt, Bedarf("B1", "Hilfe", ("01",), belege=("A07",)), Bedarf("B2", "Hilfe", ("01",), belege=("A07", "A10"))
    )
    bilder = {b.bedarf.schluessel: b for b in build_bedarfsbilder(projekt, read_plangrundlage(projekt))}
    assert bilder["B1"].prioritaet is Prioritaet.OFFEN
    assert bilder["B1"].rechnung[0] == "Lage: nicht zu sagen. Ohne Zufallsspanne lässt sich nicht einordnen: A07."
    assert bilder["B2"].punkte.lage is not None
    assert bilder["B2"].rechnung[0].endswith("lässt sich nicht einordnen: A07.")


def test_a_voice_that_names_somebody_is_no_evidence(projekt):
    fuelle(
        projekt,
        Stimme("S1", "Frau Meier sagt, es stinkt.", "01"),
        Stimme("S2", "Es fehlt an allem.", "01"),
        Bedarf("B1", "Luft", ("01",), belege=("S1",)),
        Bedarf("B2", "Luft", ("01",), belege=("A07", "S1")),
        Bedarf("B3", "Luft", ("01",), belege=("A07", "S2")),
    )
    bilder = {b.bedarf.schluessel: b for b in build_bedarfsbilder(projekt, read_plangrundlage(projekt))}
    assert bilder["B1"].prioritaet is Prioritaet.OFFEN
    assert "Nicht beurteilt" in bilder["B1"].rechnung[0]
    assert "zählt bis dahin nicht als Beleg" in bilder["B1"].belege[0].text
    assert (bilder["B2"].punkte.belege, bilder["B3"].punkte.belege) == (0, 1)
    assert "Stimme" not in bilder["B2"].rechnung[-2]


def test_where_nothing_is_computed_the_position_cannot_be_said(projekt):
    fuelle(projekt, Bedarf("B1", "Hilfe", ("A",), belege=("jugend",)))
    (bild,) = build_bedarfsbilder(projekt, read_plangrundlage(projekt))
    assert (bild.punkte.lage, bild.prioritaet) == (None, Prioritaet.OFFEN)


def test_a_secret_group_is_no_good_supply(projekt):
    fuelle(
        projekt,
        Bedarf("B1", "Hilfe", ("01",), belege=("jugend",)),
        Einrichtung("K1", "Treff", "Jugendeinrichtung", "02", plaetze=9),
    )
    with projekt.change("klein") as schreiber:
        schreiber.put_messwerte([Messwert("01", "ew_unter_18", dt.date(2025, 12, 31), 2.0)])
    (bild,) = build_bedarfsbilder(projekt, read_plangrundlage(projekt))
    assert (bild.punkte.lage, bild.prioritaet) == (None, Prioritaet.OFFEN)
    assert "nicht zu sagen, der Wert ist geheim" in bild.rechnung[0]


def _vorgeschlagen():
    from sozialtool.fach.indikator import Zustand

    return Zustand.VORGESCHLAGEN


def test_a_small_group_of_a_survey_is_kept_back_in_every_question(projekt):
    zahlen = [Befragungszahl("B", 1, "01", g, "ja", n) for g, n in (("alle", 50), ("jung", 8), ("alt", 42))]
    zahlen += [Befragungszahl("B", 2, "01", g, "Bus", n) for g, n in (("alle", 40), ("jung", 20), ("alt", 30))]
    fuelle(
        projekt, Befragung("B", "Wohnen", mindestfallzahl=10), Befragungsfrage("B", 1, "Gern?"),
        Befragungsfrage("B", 2, "Was fehlt?", Frageform.MEHRERE), *zahlen,
    )  # fmt: skip
    zeilen = build_befragungstafel(projekt).zeilen
    assert build_befragungstafel(projekt).anzahl == 1, "one survey, whatever many rows"
    geheim = [z.texte[1] for z in zeilen if "•" in z.texte[2]]
    assert geheim == ["alt", "jung", "alt", "jung"]


def test_every_list_and_command(projekt, tmp_path, capsys):
    fuelle(
        projekt,
        Leitziel("L1", "Leit"),
        ZIEL,
        Stimme("S1", "Herr Schmitz grüßt", "01", "arbeit"),
        Bedarf("B1", "Hilfe", belege=("A07",)),
    )
    pfad = str(projekt.pfad)
    projekt.close()
    for liste in ("stimmen", "bedarfe", "ziele", "versorgung"):
        datei = str(tmp_path / f"{liste}.xlsx")
        assert run(["--projekt", pfad, "liste", "ausgeben", liste, datei]) == 0
        assert run(["--projekt", pfad, "liste", "einlesen", liste, datei]) == 0, (
            f"{liste}: an unchanged list has no differences"
        )
    assert run(["planung", "startwerte", "--projekt", pfad]) == 0
    for schritt in ("ziele", "massnahmen", "bedarfe", "befragungen"):
        assert run(["planung", schritt, "--ausfuehrlich", "--projekt", pfad]) == 0
    capsys.readouterr()
    assert run(["planung", "stimmen", "--projekt", pfad]) == 1  # somebody is named
    assert "! „Herr Schmitz" in capsys.readouterr().out


def test_open_steps_are_named_on_the_first_screen(projekt):
    texte = [s.text for s in ablauf.uebersicht(projekt).naechste if s.ziel == "planung"]
    assert texte == []
    fuelle(
        projekt, ZIEL, Stimme("S2", "Frau Kowalski hilft allen", "01"), Bedarf("B1", "Hilfe", stand=Bedarfsstand.ANERKANNT),
        Massnahme("M1", "Treff", "Stadt", stand=Massnahmenstand.LAEUFT), Massnahmenkosten("M1", 2025, 100.0),
    )  # fmt: skip
    schritte = [s for s in ablauf.uebersicht(projekt).naechste if s.ziel == "planung"]
    text = " ".join(s.text for s in schritte)
    for wort in (
        "vielleicht eine Person",
        "S2",
        "Startwerte füllen",
        "ohne Beleg: B1",
        "ohne Entwicklungsziel: B1",
        "Ausgaben 2025",
        "M1",
    ):
        assert wort in text
    assert [s.dringlich for s in schritte].count(True) == 1


def test_records_of_the_planning_are_set_shown_and_struck_out_one_by_one(projekt, capsys):
    fuelle(projekt, Leitziel("L1", "Leit"), ZIEL)
    ablauf.fill_startwerte(projekt)
    pfad = str(projekt.pfad)
    projekt.close()

    def tue(*worte):
        code = run(["--projekt", pfad, "eintrag", *worte])
        return code, "".join(capsys.readouterr())

    assert tue("setzen", "einrichtung", "K1", "name=Haus", "art=Jugendeinrichtung", "gebiet=Raum 1")[0] == 0
    assert tue("setzen", "stimme", "S1", "text=Frau Meier hilft.", "gebiet=01")[1].startswith("! Stimme S1")
    assert tue("setzen", "bedarf", "B1", "name=Hilfe", "belege=A07; K1")[0] == 0
    assert tue("setzen", "Maßnahme", "M1", "name=Treff", "verantwortlich=Stadt", "ziel=Z1")[0] == 0
    assert tue("setzen", "kosten", "M1", "2025", "kosten=100")[0] == 0
    assert tue("setzen", "befragung", "B25", "name=Wohnen")[0] == 0
    code, aus = tue("setzen", "ziel", "Z1", "startjahr=2024")
    assert (code, "ist deshalb leer" in aus) == (0, True)
    assert "Startwert: \n" in tue("zeigen", "ziel", "Z1")[1]
    assert (
        tue("setzen", "ziel", "Z1", "zustand=vereinbart", "gremium=Rat")[0] == 0
    )  # a goal has no steps of agreement beside it
    assert tue("loeschen", "kosten", "M1", "2025")[0] == 0
    code, aus = tue("setzen", "indikator", "A07", "name=x")
    assert code == 2
    assert "liste einlesen" in aus


def test_several_answers_say_of_how_many_people(projekt):
    """Answers add up to more than the people: the share is that of the people, counted or from a question with one answer."""
    fuelle(
        projekt, Befragung("B", "Wohnen", mindestfallzahl=10), Befragungsfrage("B", 1, "Gern?"),
        Befragungsfrage("B", 2, "Was fehlt?", Frageform.MEHRERE), Befragungsfrage("B", 3, "Wohin?", Frageform.MEHRERE),
        Befragungszahl("B", 1, "01", "alle", "ja", 50),
        *(Befragungszahl("B", n, "01", "alle", a, z) for n in (2, 3) for a, z in (("Bus", 30), ("Laden", 40))),
        Befragungszahl("B", 3, "01", "alle", "Antwortende", 45), Befragungszahl("B", 3, "02", "alle", "Bus", 20),
    )  # fmt: skip
    zeilen = {z.schluessel: z for z in build_befragungstafel(projekt).zeilen}
    assert zeilen["B/2/01/alle"].texte[2:] == ("50", "  Laden: 80 % (67 … 89)")
    assert "von 50 Antwortenden" in zeilen["B/2/01/alle"].detail[0]
    assert "von 45 Antwortenden" in zeilen["B/3/01/alle"].detail[0]
    assert "Bus 67 %" in zeilen["B/3/01/alle"].detail[1]
    assert "Antwortende" not in zeilen["B/3/01/alle"].detail[1]
    assert zeilen["B/3/02/alle"].texte[2:] == ("?", "  Bus: 20-mal genannt")
    assert "nicht bekannt" in zeilen["B/3/02/alle"].detail[0]


def test_a_large_group_is_not_said_to_be_too_small(projekt):
    """33 women are hidden on account of five others: which of the two is small, nobody may read from the reason."""
    zahlen = [
        Befragungszahl("B", 1, "01", g, "ja", n)
        for g, n in (("alle", 78), ("Frauen", 33), ("Männer", 40), ("divers", 5))
    ]
    fuelle(projekt, Befragung("B", "Wohnen", mindestfallzahl=10), Befragungsfrage("B", 1, "Gern?"), *zahlen)
    gruende = {
        z.texte[1]: z.detail[0].partition(": ")[2] for z in build_befragungstafel(projekt).zeilen if "•" in z.texte[2]
    }
    assert gruende.keys() == {"Frauen", "divers"}
    assert len(set(gruende.values())) == 1
    assert "mitgesperrt" in gruende["Frauen"]
