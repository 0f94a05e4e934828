"""The ten ways of attack of fach/regeln.md section 4: each leads to the secret where only small counts are hidden, and
nowhere once the release has gone through `freigeben`.

Each attack is a calculation that anybody can do with what is shown. `naiv` is the release of somebody who hides the small
count and nothing else.
"""

from __future__ import annotations

import datetime as dt
import math
import sys
from pathlib import Path

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from stadt import STADT_KEY, aggregate, build_gebiete, compute, indikator

from sozialtool.fach.messwert import Merkmal
from sozialtool.geheimhaltung.auskunft import list_bekannte
from sozialtool.geheimhaltung.festhalten import freeze, thaw
from sozialtool.geheimhaltung.freigabe import freigeben
from sozialtool.geheimhaltung.werte import Bezug, Frueher, Ort, Stueck

GEBIETE = build_gebiete(2, 2)
RAEUME = ("S00", "S01", "S10", "S11", "nz")
EW, KIND = Merkmal("ew", "Einwohner"), Merkmal("kind", "Kinder", teil_von="ew")
QUOTE = [indikator("A", "kind", "ew", nachkommastellen=2)]
BEZUG = [Bezug("A", {"kind": 1.0}, {"ew": 1.0})]
GEHEIM = 2.0


def blatt(merkmal, *werte, jahr=2025):
    return {(g, merkmal, jahr): float(w) for g, w in zip(RAEUME, werte, strict=True)}


EINWOHNER = blatt("ew", 811, 822, 833, 844, 41)
KLEIN = EINWOHNER | blatt("kind", GEHEIM, 130, 140, 150, 7)


SUMMEN = [((STADT_KEY,), [(g,) for g in RAEUME]), (("O0",), [("S00",), ("S01",)]), (("O1",), [("S10",), ("S11",)])]


class Blick:
    """What anybody sees of a release: counts by (area, Merkmal, year) and rows of rates by (area, year)."""

    def __init__(self, messwerte, kennzahlen):
        spalten = messwerte.select("gebiet", "merkmal", "stand", "wert").iter_rows()
        self.zahl = {(g, m, s.year): w for g, m, s, w in spalten}
        self.zeile = {(z["gebiet"], z["jahr"]): z for z in kennzahlen.to_dicts()}

    def __call__(self, gebiet, merkmal="kind", jahr=2025):
        return self.zahl.get((gebiet, merkmal, jahr))

    def rest(self, ganzes, teile):
        """Whole less the parts: the one that is missing, if only one is."""
        offen = [t for t in (ganzes, *teile) if self(*t) is None]
        if len(offen) != 1 or offen == [ganzes]:
            return None
        return self(*ganzes) - sum(self(*t) for t in teile if t not in offen)


def rechne(blaetter, merkmale=(EW, KIND), indikatoren=QUOTE, bezuege=BEZUG):
    messwerte = aggregate(blaetter, GEBIETE)
    return compute(messwerte, indikatoren, bezuege, GEBIETE), messwerte, indikatoren, merkmale, GEBIETE, bezuege


def naiv(blaetter, *, behalte=(), **mehr):
    """Hide what is smaller than 3 and nothing else; `behalte` are columns of the row that stay."""
    kennzahlen, messwerte, *_ = rechne(blaetter, **mehr)
    klein = pl.col("wert").is_between(1, 2)
    zeile_zu = pl.col("zaehler").is_between(1, 2)
    spalten = [c for c in ("zaehler", "wert", "unten", "oben", "rang", "vorjahr") if c not in behalte]
    return Blick(
        messwerte.with_columns(pl.when(klein).then(None).otherwise(pl.col("wert")).alias("wert")),
        kennzahlen.with_columns(pl.when(zeile_zu).then(None).otherwise(pl.col(c)).alias(c) for c in spalten),
    )


def sicher(blaetter, *, fruehere=(), bekannte_zahlen=None, **mehr):
    tabelle = freigeben(*rechne(blaetter, **mehr), fruehere=fruehere, bekannte_zahlen=bekannte_zahlen)
    return Blick(tabelle.messwerte, tabelle.kennzahlen)


def beide(blaetter, **mehr):
    return naiv(blaetter, **mehr), sicher(blaetter, **mehr)


def test_1_row_and_column_totals():
    def angriff(blick):
        return blick.rest((STADT_KEY,), [(g,) for g in RAEUME])

    offen, zu = beide(KLEIN)
    assert angriff(offen) == GEHEIM
    assert angriff(zu) is None


def test_1_totals_of_a_group():
    teile = [Merkmal(f"n{i}", f"Gruppe {i}", teil_von="ew", gruppe="n") for i in range(3)]
    werte = (GEHEIM, 300, 300, 300, 10), (409, 222, 233, 244, 11), (400, 300, 300, 300, 20)
    blaetter = EINWOHNER | {k: v for i, w in enumerate(werte) for k, v in blatt(f"n{i}", *w).items()}
    mehr = {
        "merkmale": (EW, *teile),
        "indikatoren": [indikator(f"G{i}", f"n{i}", "ew") for i in range(3)],
        "bezuege": [Bezug(f"G{i}", {f"n{i}": 1.0}, {"ew": 1.0}) for i in range(3)],
    }

    def angriff(blick):
        return blick.rest(("S00", "ew"), [("S00", f"n{i}") for i in range(3)])

    offen, zu = beide(blaetter, **mehr)
    assert angriff(offen) == GEHEIM
    assert angriff(zu) is None


@pytest.mark.parametrize("wo", ["S00", "nz"])
def test_2_hierarchy_with_nicht_zuzuordnen(wo):
    kinder = dict.fromkeys(RAEUME, 130) | {wo: GEHEIM}
    blaetter = EINWOHNER | blatt("kind", *kinder.values())

    def angriff(blick):
        ueber_ortsteile = blick.rest((STADT_KEY,), [("O0",), ("O1",), ("nz",)])
        return ueber_ortsteile if wo == "nz" else blick.rest(("O0",), [("S00",), ("S01",)])

    offen, zu = beide(blaetter)
    assert angriff(offen) == GEHEIM
    assert angriff(zu) is None


def test_3_complement_of_a_part():
    blaetter = EINWOHNER | blatt("kind", 811 - GEHEIM, 130, 140, 150, 7)

    def angriff(blick):
        teil = blick("S00")
        return None if teil is None else blick("S00", "ew") - teil

    offen, zu = beide(blaetter)
    assert angriff(offen) == GEHEIM
    assert angriff(zu) is None


def test_4_rate_times_denominator():
    def angriff(blick):
        quote = blick.zeile["S00", 2025]["wert"]
        return None if quote is None else round(quote * blick("S00", "ew") / 100)

    assert angriff(naiv(KLEIN, behalte=["wert"])) == GEHEIM
    assert angriff(sicher(KLEIN)) is None


def test_5_limits_of_the_interval():
    # The made-up limits of these tests are 0.9 and 1.1 times the rate; Wilson's can be turned round as well.
    def angriff(blick):
        zeile = blick.zeile["S00", 2025]
        grenzen = [g / f for g, f in ((zeile["unten"], 0.9), (zeile["oben"], 1.1)) if g is not None]
        return round(grenzen[0] * blick("S00", "ew") / 100) if grenzen else None

    assert angriff(naiv(KLEIN, behalte=["unten"])) == GEHEIM
    assert angriff(naiv(KLEIN, behalte=["oben"])) == GEHEIM
    assert angriff(sicher(KLEIN)) is None


def test_6_columns_of_change():
    blaetter = KLEIN | blatt("ew", 811, 822, 833, 844, 41, jahr=2024) | blatt("kind", 121, 131, 141, 151, 9, jahr=2024)

    def angriff(blick):
        wechsel, damals = blick.zeile["S00", 2025]["vorjahr"], blick.zeile["S00", 2024]["wert"]
        return None if None in (wechsel, damals) else round((damals + wechsel) * 811 / 100)

    assert angriff(naiv(blaetter, behalte=["vorjahr"])) == GEHEIM
    zu = sicher(blaetter)
    assert zu.zeile["S00", 2024]["wert"] is not None
    assert angriff(zu) is None


def test_7_z_scores_with_mean_and_deviation():
    """x = μ + σ·z: whoever computes them before hiding shows the rate of the one that is hidden."""

    def mittel_und_streuung(zeilen):
        werte = [z["wert"] for z in zeilen if z["wert"] is not None]
        mittel = sum(werte) / len(werte)
        return mittel, math.sqrt(sum((w - mittel) ** 2 for w in werte) / len(werte)), len(werte)

    def raeume(blick):
        return [blick.zeile[g, 2025] for g in RAEUME]

    mittel, _, alle = mittel_und_streuung(rechne(KLEIN)[0].filter(pl.col("gebiet").is_in(RAEUME)).to_dicts())
    andere = [z["wert"] for z in raeume(naiv(KLEIN)) if z["wert"] is not None]
    # One mean over all areas and all other rates: the rate of the hidden area is the rest.
    assert round((mittel * alle - sum(andere)) * 811 / 100) == GEHEIM
    # Every index is made of released rates (docs/entscheidungen/ablauf-index-nur-aus-freigegebenem.md): its mean and
    # deviation are those of the areas that are shown, so the same calculation gives nothing.
    gezeigt = [z["wert"] for z in raeume(sicher(KLEIN)) if z["wert"] is not None]
    mittel, _, anzahl = mittel_und_streuung(raeume(sicher(KLEIN)))
    assert anzahl == len(gezeigt) < alle
    assert mittel * anzahl - sum(gezeigt) == pytest.approx(0, abs=1e-9)


def test_8_ranks_and_class_limits():
    """A gap in the ranks says between which rates the hidden one lies."""
    blaetter = blatt("ew", 10, 100, 100, 100, 41) | blatt("kind", GEHEIM, 10, 30, 60, 7)

    def luecken(blick):
        raenge = sorted(z["rang"] for (g, _), z in blick.zeile.items() if g[0] == "S" and z["rang"] is not None)
        return set(range(1, 5)) - set(raenge) if raenge and max(raenge) > len(raenge) else set()

    def lagen(blick):
        return {g for (g, _), z in blick.zeile.items() if z["wert"] is None and z["lage"] is not None}

    offen, zu = beide(blaetter)
    assert luecken(offen) == {3}
    assert "S00" in lagen(offen)
    assert not luecken(zu)
    assert not lagen(zu)
    assert all(z["rang_bis"] is None or z["rang_bis"] <= 4 for z in zu.zeile.values())


# --- what is known from elsewhere


def veroeffentliche(blaetter, name="Monitoring 2024", **mehr):
    """Release, freeze, and read back, as the project does."""
    tabelle = freigeben(*rechne(blaetter), **mehr)
    return thaw(freeze(tabelle), name), Blick(tabelle.messwerte, tabelle.kennzahlen)


def differenz(*blicke):
    """Everything that several releases show, and a subtraction in every sum over areas."""
    alles = Blick(aggregate({}, GEBIETE), pl.DataFrame())
    alles.zahl = {k: v for blick in blicke for k, v in blick.zahl.items() if v is not None}
    funde = [alles.rest(*summe) for summe in SUMMEN]
    return next((fund for fund in funde if fund is not None), None)


def test_9_earlier_releases():
    """Without Ortsteile "nicht zuzuordnen" shields S00; with them S01 does: side by side nothing shields it."""
    raeume_allein = ["sozialraum", "stadt"]
    frueher, alt = veroeffentliche(KLEIN, veroeffentlichte_ebenen=raeume_allein)
    assert differenz(alt) is None
    ohne, mit = sicher(KLEIN), sicher(KLEIN, fruehere=[Frueher(frueher)])
    assert differenz(ohne) is None
    assert differenz(alt, ohne) == GEHEIM
    assert differenz(alt, mit) is None
    # What was shown stays shown.
    assert {ort for ort, wert in alt.zahl.items() if wert is not None and mit.zahl[ort] != wert} == set()


def test_9_a_corrected_figure_is_another_one():
    """S10 was corrected: its old and its new figure stand in two tables, S00 in none, and no difference shows it."""
    frueher, alt = veroeffentliche(KLEIN, veroeffentlichte_ebenen=["sozialraum", "stadt"])
    berichtigt = KLEIN | blatt("kind", GEHEIM, 130, 145, 150, 7)
    mit = sicher(berichtigt, fruehere=[Frueher(frueher)])
    assert alt("S10") == 140
    assert mit("S10") in (145, None)
    assert mit("S01") == 130
    assert mit("S00") is None
    assert differenz(mit) is None
    # The town's old sum less the old figures that still hold: only S00 and nz together may follow.
    assert alt("nz") is None


def test_9_what_was_shown_stays_known_when_its_source_stars_it():
    """S10 was shown, now its source hides it: it shields nothing, and the planner hears who has made it known."""
    frueher, alt = veroeffentliche(KLEIN, veroeffentlichte_ebenen=["sozialraum", "stadt"])
    gesternt = rechne(KLEIN | {("S10", "kind", 2025): None})
    ohne, mit = (freigeben(*gesternt, fruehere=f) for f in ((), [Frueher(frueher)]))
    blicke = [Blick(tabelle.messwerte, tabelle.kennzahlen) for tabelle in (ohne, mit)]
    assert differenz(alt, blicke[0]) == GEHEIM
    assert differenz(alt, blicke[1]) is None
    assert alt("S10") == 140
    assert blicke[1]("S10") is None
    assert any("Raum 10" in text and "Monitoring 2024" in text for text in list_bekannte(mit))


def test_9_what_was_secret_stays_secret_when_its_merkmal_is_gone():
    """An earlier release hid S00 of "kind"; now only the other half of the group is shown, which would give it away."""
    rest = Merkmal("gross", "Erwachsene", teil_von="ew", gruppe="alter")
    kind = Merkmal("kind", "Kinder", teil_von="ew", gruppe="alter")
    blaetter = KLEIN | {(g, "gross", j): KLEIN[g, "ew", j] - KLEIN[g, "kind", j] for g, m, j in KLEIN if m == "ew"}
    mehr = {"merkmale": (EW, kind, rest)}
    erste = rechne(blaetter, **mehr)
    frueher = thaw(freeze(freigeben(*erste)), "Monitoring 2024")
    anders = rechne(
        blaetter, **mehr, indikatoren=[indikator("B", "gross", "ew")], bezuege=[Bezug("B", {"gross": 1.0}, {"ew": 1.0})]
    )
    tabelle = freigeben(*anders, fruehere=[Frueher(frueher)])
    blick = Blick(tabelle.messwerte, tabelle.kennzahlen)
    assert blick("S00", "gross") is None
    assert blick("S00", "kind") is None


@pytest.mark.parametrize(
    "frueheres_jahr",
    [{}, blatt("ew", 711, 922, 833, 844, 41, jahr=2024) | blatt("kind", 126.4, 131.6, 140, 150, 7, jahr=2024)],
    ids=["one year", "an earlier year is converted"],
)
def test_10_other_boundaries_of_the_same_town(frueheres_jahr):
    """Old S00 = block a + b, new S00 = block a only: the difference is block b, where two children live."""
    bloecke = {"a": 128.0, "b": GEHEIM, "c": 130.0}
    alt_blaetter = EINWOHNER | blatt("kind", bloecke["a"] + bloecke["b"], bloecke["c"], 140, 150, 7)
    frueher, _ = veroeffentliche(alt_blaetter, "Monitoring in alten Grenzen")
    neu_blaetter = blatt("ew", 711, 922, 833, 844, 41) | blatt("kind", 128, 132, 140, 150, 7)
    neu_blaetter |= frueheres_jahr
    klein = {(f"B{name}", "kind", 2025): wert for name, wert in bloecke.items()}
    kennzahlen, messwerte, indikatoren, merkmale, _, bezuege = rechne(neu_blaetter)
    unten = pl.DataFrame(
        [{"gebiet": g, "merkmal": m, "stand": dt.date(j, 12, 31), "jahre": 0, "wert": w, "zeichen": None,
          "vermerk": None, "quelle": "q"} for (g, m, j), w in klein.items()],
        schema=messwerte.schema,
    )  # fmt: skip
    messwerte = pl.concat([messwerte, unten])
    umbenannt = {"S00": "S00§alt", "S01": "S01§alt"}
    stuecke = (
        Stueck("S00§alt", "S00", ("Ba",)),
        Stueck("S00§alt", "S01", ("Bb",)),
        Stueck("S01§alt", "S01", ("Bc",)),
    )
    rest = (indikatoren, merkmale, GEBIETE, bezuege)
    gezeigte = ["sozialraum", "ortsteil", "stadt"]

    def angriff(tabelle):
        blick = Blick(tabelle.messwerte, tabelle.kennzahlen)
        offen = blick("S00")
        return None if offen is None else 130 - offen

    ohne = freigeben(kennzahlen, messwerte, *rest, veroeffentlichte_ebenen=gezeigte)
    mit = freigeben(
        kennzahlen, messwerte, *rest, veroeffentlichte_ebenen=gezeigte,
        fruehere=[Frueher(frueher, umbenannt, stuecke)],
    )  # fmt: skip
    assert angriff(ohne) == GEHEIM
    assert angriff(mit) is None


def test_10_figures_of_the_kreis():
    """The town's total is hidden, and stands in the statistics of the Kreis."""
    blaetter = EINWOHNER | blatt("kind", 0, 0, GEHEIM, 0, 0)
    zu = sicher(blaetter)
    assert zu(STADT_KEY) is None
    # With the total known from outside, [0, 2] is all that can be kept open; zeros beside it have to help.
    mit = sicher(blaetter, bekannte_zahlen=lambda _: {Ort(STADT_KEY, "kind", 2025): "Kreisdatenatlas"})
    assert mit(STADT_KEY) == GEHEIM
    assert mit("S10") is None
    assert differenz(mit) is None
    ohne_summe = naiv(blaetter)
    ohne_summe.zahl[STADT_KEY, "kind", 2025] = GEHEIM
    assert differenz(ohne_summe) == GEHEIM


def test_a_secret_that_is_public_already_is_named_with_its_release():
    """The Mindestfallzahl rises from 3 to 5: what was 4 stands in print; the remainder of 3 follows from print."""
    blaetter = EINWOHNER | blatt("kind", 4, 130, 140, 844 - 3, 7)
    streng = (EW, Merkmal("kind", "Kinder", teil_von="ew", mindestfallzahl=5))
    frueher, _ = veroeffentliche(blaetter)
    tabelle = freigeben(*rechne(blaetter, merkmale=streng), fruehere=[Frueher(frueher)])
    blick = Blick(tabelle.messwerte, tabelle.kennzahlen)
    assert blick("S00") == 4
    (text,) = list_bekannte(tabelle)
    assert "Raum 11" in text
    assert "Monitoring 2024" in text
    assert "3," not in text
    assert "folgt schon aus Veröffentlichtem (Monitoring 2024)" in tabelle.beweis.text
