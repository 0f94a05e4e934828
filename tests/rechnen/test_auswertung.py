"""Evaluation of an indicator: what is compared, what is left out, what stops at a break."""

from __future__ import annotations

from sozialtool.fach.aussage import Methode
from sozialtool.fach.auswertung import Bezugsart, Trendmangel
from sozialtool.fach.indikator import Bruch, Intervallart
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.referenz import Referenzart, Referenzwert
from sozialtool.rechnen.auswertung import Rahmen, evaluate
from sozialtool.rechnen.vielesaetze import say_alle

from .ort import GEBIETE, STADT, indikator, rechne

RAEUME = tuple(g for g in GEBIETE if g.ebene in ("stadt", "sozialraum"))
ELTERN = {f"R{i}": next(g for g in GEBIETE if g.schluessel == f"O{(i + 1) // 2}") for i in range(1, 5)}
ARM = {"R1": 60, "R2": 30, "R3": 100, "R4": 8}


def zeilen(jahre=range(2019, 2026), arm=None):
    """Poor people grow by a tenth of themselves each year; 500 people everywhere but in R4 (60)."""
    for jahr in jahre:
        for gebiet, zahl in (arm or ARM).items():
            yield gebiet, "arm", jahr, round(zahl * (1 + (jahr - 2025) / 10))
            yield gebiet, "ew", jahr, 60 if gebiet == "R4" else 500


def werte_aus(rohe, ind, brueche=()):
    frame = rechne(rohe, ind, brueche=brueche)
    return {(g, j): Kennzahl.from_zeile(zeile.values()) for (_, j, g), zeile in frame.items()}


def werte(rohe=None, ind=None, brueche=(), **rahmen):
    ind = ind or indikator()
    return Rahmen(ind, werte_aus(list(rohe or zeilen()), ind, brueche), RAEUME, ELTERN, **rahmen)


def je_gebiet(auswertung):
    return {zeile.gebiet.schluessel: zeile for zeile in auswertung.gebiete}


def test_town_ortsteil_and_outside():
    refs = (
        Referenzwert("A", "Kreis", 2025, 8.0, "Q"), Referenzwert("A", "Kreis", 2020, 3.0, "Q"),
        Referenzwert("A", "Land", 2026, 3.0, "Q"), Referenzwert("X", "Bund", 2025, 3.0, "Q"),
    )  # fmt: skip
    ergebnis = evaluate(werte(referenzen=refs), 2025)
    assert ergebnis.bezuege == (("Kreis 2025", 8.0),)
    eins = je_gebiet(ergebnis)["R1"]
    assert [(g.art, g.name) for g in eins.gegenueber] == [
        (Bezugsart.STADT, "Stadt"), (Bezugsart.ORTSTEIL, "Nord"), (Bezugsart.REFERENZ, "Kreis 2025"),
    ]  # fmt: skip
    ortsteil = eins.gegen(Bezugsart.ORTSTEIL)
    assert ortsteil.wert == 9.0  # 90 of 1000
    assert (round(ortsteil.differenz, 9), ortsteil.lage) == (3.0, 1)
    stadt = je_gebiet(ergebnis)[STADT]
    assert [g.art for g in stadt.gegenueber] == [Bezugsart.REFERENZ]


def test_town_mark_is_the_one_of_the_table_and_the_wider_limits_say_more():
    for zeile in evaluate(werte(), 2025).gebiete[1:]:
        gegen = zeile.gegen(Bezugsart.STADT)
        if gegen is None:
            continue
        assert gegen.lage == zeile.kennzahl.lage
        unten, oben = zeile.sicher
        assert unten < zeile.kennzahl.unten
        assert oben > zeile.kennzahl.oben
        assert gegen.sicher == (not unten <= gegen.wert <= oben)
    assert je_gebiet(evaluate(werte(), 2025))["R3"].gegen(Bezugsart.STADT).haelt is True


def test_changes_and_trend_and_what_they_stop_at():
    frei = je_gebiet(evaluate(werte(), 2025))["R3"]
    assert (frei.trend.von, frei.trend.bis, frei.trend.richtung) == (2019, 2025, 1)
    assert (frei.fuenfjahr.von, frei.fuenfjahr.richtung) == (2020, 1)
    bruch = je_gebiet(evaluate(werte(brueche=(Bruch("arm", 2023, "neu"),)), 2025))["R3"]
    assert (bruch.trend.von, bruch.trend.bis) == (2023, 2025)
    assert bruch.fuenfjahr is None
    assert je_gebiet(evaluate(werte(brueche=(Bruch("arm", 2024, "neu"),)), 2025))["R3"].trend is None
    luecke = je_gebiet(evaluate(werte(zeilen([2019, 2020, 2021, 2023, 2024, 2025])), 2025))["R3"]
    assert luecke.trend.von == 2023


def test_pooled_years_have_no_interval_for_a_shorter_change():
    ind = indikator(jahre=3)
    zeile = je_gebiet(evaluate(werte(zeilen(range(2012, 2026)), ind), 2025))["R3"]
    assert zeile.vorjahr.richtung is None
    assert zeile.fuenfjahr.richtung == 1
    # Twelve years are four pools that share no year with each other.
    assert zeile.trend.jahre == 4


def test_pools_after_a_break_make_a_trend_and_name_the_true_year():
    ind = indikator(jahre=3)
    lang = werte(list(zeilen(range(2012, 2030))), ind, brueche=(Bruch("arm", 2021, "neu"),))
    spaet = je_gebiet(evaluate(lang, 2029))["R3"]
    assert (spaet.trend.von, spaet.trend.bis, spaet.trend.jahre) == (2023, 2029, 3)  # 2021–23, 2024–26, 2027–29
    frueh = [a.satz for a in je_gebiet(evaluate(lang, 2026))["R3"].aussagen]
    assert "Mit 2021 wird nicht verglichen: 2021 hat sich die Definition geändert." in frueh
    assert "Ohne Lücke und Bruch gibt es erst zwei Werte (seit 2023); für einen Trend braucht es drei." in frueh
    (erste, *_) = je_gebiet(evaluate(lang, 2023))["R3"].aussagen
    assert "Bruch in den Jahren 2021 bis 2023: neu." in erste.vorbehalte


def test_a_gap_is_not_called_incomparable():
    wahl = werte(list(zeilen((2020, 2025))))
    saetze = [a.satz for a in je_gebiet(evaluate(wahl, 2025))["R3"].aussagen]
    assert any(satz.startswith("Seit 2020") for satz in saetze)
    # Elections every five years: the change is told, so the years between are no gap.
    assert not any("Lücke" in satz for satz in saetze)
    echt = werte(list(zeilen((2020, 2021, 2025))))
    saetze = [a.satz for a in je_gebiet(evaluate(echt, 2025))["R3"].aussagen]
    assert any(satz.startswith("Seit 2020") for satz in saetze)
    assert "Ohne Lücke und Bruch gibt es erst einen Wert (seit 2025); für einen Trend braucht es drei." in saetze


def test_no_comparison_across_a_break_with_outside():
    ref = (Referenzwert("A", "Kreis", 2022, 8.0, "Q"),)
    assert evaluate(werte(referenzen=ref), 2025).bezuege == (("Kreis 2022", 8.0),)
    assert evaluate(werte(referenzen=ref, brueche=(Bruch("arm", 2023, "neu"),)), 2025).bezuege == ()


def test_classes_from_outside():
    klassen = tuple(
        Referenzwert("A", f"{nr}. Fünftel", 2024, ab, "Q", Referenzart.KLASSE)
        for nr, ab in enumerate((0, 5, 8, 12, 18), start=1)
    )
    je = je_gebiet(evaluate(werte(referenzen=klassen), 2025))
    assert {name: je[name].klasse for name in ARM} == {
        "R1": "4. Fünftel", "R2": "2. Fünftel", "R3": "5. Fünftel", "R4": "4. Fünftel",
    }  # fmt: skip


def test_secret_areas_have_no_result_and_are_named():
    rahmen = werte()
    secret = rahmen.werte["R2", 2025]._replace(
        zaehler=None, wert=None, unten=None, oben=None, lage=None, verhaeltnis=None, rang=None, rang_von=None, rang_bis=None,
        vorjahr=None, fuenfjahr=None, zeichen=Zeichen.GEHEIM,
    )  # fmt: skip
    rahmen = Rahmen(rahmen.indikator, {**rahmen.werte, ("R2", 2025): secret}, RAEUME, ELTERN)
    ergebnis = evaluate(rahmen, 2025)
    zwei = je_gebiet(ergebnis)["R2"]
    assert (zwei.gegenueber, zwei.trend, zwei.geglaettet, zwei.aussagen) == ((), None, None, ())
    glaettung = next(a for a in ergebnis.aussagen if a.methode is Methode.MARSHALL)
    assert "ohne Raum 2" in glaettung.basis
    # The others are drawn to a mean without the secret: its count cannot be found in them.
    anders = Rahmen(rahmen.indikator, {**rahmen.werte, ("R2", 2025): secret._replace(nenner=None)}, RAEUME, ELTERN)
    assert [z.geglaettet for z in evaluate(anders, 2025).gebiete] == [z.geglaettet for z in ergebnis.gebiete]


def test_smoothing_moves_the_small_area_to_the_mean():
    je = je_gebiet(evaluate(werte(), 2025))
    mittel = 198 / 1560 * 100
    assert abs(je["R4"].geglaettet - mittel) < abs(je["R4"].kennzahl.wert - mittel)
    assert abs(je["R3"].geglaettet - 20.0) < 1
    assert je[STADT].geglaettet is None


def test_every_sentence_names_method_and_base():
    ergebnis = evaluate(werte(referenzen=(Referenzwert("A", "Kreis", 2025, 8.0, "Q"),)), 2025)
    alle = [a for zeile in ergebnis.gebiete for a in zeile.aussagen] + list(ergebnis.aussagen)
    assert all(a.satz.endswith(".") and a.basis and a.methode.text for a in alle)
    viele = next(a.satz for a in ergebnis.aussagen if a.methode is Methode.HOLM)
    assert viele == (
        "4 Gebiete gegen die Stadt: 2 fallen auf; ohne jeden Unterschied wären es im Mittel 0,2. Nach Holm bleiben 2."
    )


def viele(arm, raeume):
    ind = indikator()
    rohe = [*zeilen(arm=arm), (STADT, "arm", 2025, sum(arm.values())), (STADT, "ew", 2025, 500 * len(arm))]
    rahmen = Rahmen(ind, werte_aus(rohe, ind), RAEUME[: raeume + 1])
    ergebnis = evaluate(rahmen, 2025)
    return ergebnis.aussagen[0], say_alle([ergebnis])


def test_one_is_singular_and_nobody_is_not_them():
    eins, alle = viele({"R1": 60}, 1)
    assert eins.satz == (
        "1 Gebiet gegen die Stadt: 0 fallen auf; ohne jeden Unterschied wären es im Mittel 0,1. Nach Holm bleiben 0."
    )
    assert eins.basis == "1 Gebiet mit Zufallsspanne"
    assert alle.satz == (
        "1 Vergleich mit der Stadt (1 Indikator): 0 fallen auf. Wäre gar nichts verschieden, fielen durch Zufall etwa 0,1 auf. "
        "Keiner bleibt, wenn alle Vergleiche zusammen zählen (Holm)."
    )
    eins, alle = viele({"R1": 40, "R2": 40, "R3": 75, "R4": 5}, 4)
    assert ": 1 fällt auf;" in eins.satz
    assert eins.satz.endswith("Nach Holm bleibt 1.")
    assert "Er ist mit 95 % Sicherheit kein Zufall." in alle.satz


def test_without_interval_there_is_a_difference_but_no_verdict():
    zeile = je_gebiet(evaluate(werte(ind=indikator(intervall=Intervallart.KEINES)), 2025))["R3"]
    assert (zeile.sicher, zeile.trend, zeile.geglaettet) == (None, None, None)
    assert zeile.gegen(Bezugsart.STADT).lage is None
    assert zeile.fuenfjahr.richtung is None
    assert zeile.aussagen[0].methode is Methode.OHNE_SPANNE


def test_why_there_is_no_trend():
    def mangel(ind=None, jahre=range(2019, 2026), brueche=()):
        eins = je_gebiet(evaluate(werte(zeilen(jahre), ind, brueche), 2025))["R1"]
        return eins.trend is not None, eins.trendmangel

    bruch = (Bruch("arm", 2024, "neue Regel"),)
    assert mangel() == (True, None)
    assert mangel(brueche=bruch) == (False, Trendmangel.BRUCH)
    assert mangel(jahre=(2024, 2025), brueche=(Bruch("arm", 2025, "x"),)) == (False, Trendmangel.BRUCH)
    assert mangel(jahre=(2024, 2025)) == (False, Trendmangel.ZU_KURZ)
    # A gap is none: the years before it do not count.
    assert mangel(jahre=(2020, 2021, 2022, 2024, 2025), brueche=(Bruch("arm", 2021, "x"),)) == (
        False,
        Trendmangel.ZU_KURZ,
    )
    assert mangel(indikator(intervall=Intervallart.KEINES), brueche=bruch) == (False, None)
