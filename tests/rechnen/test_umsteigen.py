"""Umsteigeschlüssel and conversion: totals are kept, estimates are marked, secrets stay secret, medians are refused."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialtool import rechnen
from sozialtool.fach.messwert import Merkmal, Merkmalart
from sozialtool.fach.quelle import Schwere
from sozialtool.fach.raum import Gebiet

from .ort import indikator

TAG = dt.date(2023, 12, 31)
MERKMALE = (
    Merkmal("ew", "Einwohner"),
    Merkmal("arm", "Arme", teil_von="ew"),
    Merkmal("alter", "Medianalter", art=Merkmalart.DURCHSCHNITT),
    Merkmal("stufe", "Sozialindexstufe", art=Merkmalart.STUFE),
)


def werte(zeilen):
    """Rows (gebiet, merkmal, wert or sign) → frame MESSWERTE."""
    spalten = {name: [] for name in ("gebiet", "merkmal", "stand", "jahre", "wert", "zeichen", "vermerk", "quelle")}
    for gebiet, merkmal, wert in zeilen:
        ist_zahl = not isinstance(wert, str)
        eintrag = (gebiet, merkmal, TAG, 0, float(wert) if ist_zahl else None, None if ist_zahl else wert, "", "q")
        for name, teil in zip(spalten, eintrag, strict=True):
            spalten[name].append(teil)
    return rechnen.build_messwerte(spalten)


def gewichte(*zeilen):
    return pl.DataFrame(zeilen, schema={"von": pl.String, "nach": pl.String, "gewicht": pl.Float64}, orient="row")


def rechne_um(zeilen, schluessel):
    ergebnis = rechnen.convert_messwerte(werte(zeilen), schluessel, MERKMALE)
    felder = ergebnis.messwerte.select("gebiet", "merkmal", "wert", "zeichen", "vermerk").iter_rows()
    return {(g, m): (w, z, v) for g, m, w, z, v in felder}, ergebnis.befunde


def codes(befunde):
    return {befund.code for befund in befunde}


def test_whole_areas_convert_exactly_and_parts_are_estimates():
    schluessel = rechnen.build_from_gewichte(
        gewichte(("a", "x", 1.0), ("b", "x", 0.25), ("b", "y", 0.75), ("c", "z", 1))
    )
    assert not schluessel.befunde
    um, befunde = rechne_um([("a", "ew", 100), ("b", "ew", 40), ("c", "ew", 7)], schluessel)
    assert um == {
        ("x", "ew"): (110.0, None, "GESCHAETZT"),
        ("y", "ew"): (30.0, None, "GESCHAETZT"),
        ("z", "ew"): (7.0, None, ""),
    }
    assert befunde == ()


def test_counted_shares_are_exact_for_what_was_counted_only():
    zaehlung = pl.DataFrame({"von": ["a", "a", "b"], "nach": ["x", "y", "y"], "anzahl": [3, 1, 5]})
    schluessel = rechnen.build_from_zaehlung(zaehlung, merkmal="ew", stand=TAG)
    assert schluessel.anteile["gewicht"].to_list() == [0.75, 0.25, 1.0]
    um, _ = rechne_um([("a", "ew", 4), ("b", "ew", 5), ("a", "arm", 2), ("b", "arm", 1)], schluessel)
    assert um["x", "ew"] == (3.0, None, "")
    assert um["y", "ew"] == (6.0, None, "")
    assert um["x", "arm"] == (1.5, None, "GESCHAETZT")


def test_slivers_go_and_the_rest_adds_up_to_one():
    schluessel = rechnen.build_from_gewichte(
        gewichte(("a", "x", 0.9995), ("a", "y", 0.0005), ("b", "x", 0.5), ("b", "y", 0.5))
    )
    assert schluessel.anteile.rows() == [("a", "x", 1.0, True), ("b", "x", 0.5, False), ("b", "y", 0.5, False)]
    assert codes(schluessel.befunde) == {"UMSTEIGER-SPLITTER"}
    grob = rechnen.build_from_gewichte(gewichte(("a", "x", 0.96), ("a", "y", 0.04)), schwelle=0.05)
    # A raised threshold simplifies, but what it makes of a part stays an estimate.
    assert grob.anteile.rows() == [("a", "x", 1.0, False)]


@pytest.mark.parametrize(
    ("zeilen", "code"),
    [
        ([("a", "x", 0.5), ("a", "y", 0.3), ("b", "y", 1)], "UMSTEIGER-SUMME"),
        ([("a", "x", 0.9), ("a", "y", 0.3), ("b", "y", 1)], "UMSTEIGER-SUMME"),
        ([("a", "x", 1), ("b", "y", 1), ("fremd", "y", 1)], "UMSTEIGER-QUELLE-FREMD"),
        ([("a", "x", 1), ("b", "fremd", 1)], "UMSTEIGER-ZIEL-FREMD"),
        ([("a", "x", 1), ("a", "y", 0.0)], "UMSTEIGER-FEHLT"),
        ([("a", "x", 1.5), ("a", "y", -0.5), ("b", "y", 1)], "UMSTEIGER-WERT"),
        ([("a", "x", float("nan")), ("a", "y", 1), ("b", "y", 1)], "UMSTEIGER-WERT"),
    ],
)
def test_a_key_that_cannot_be_is_named_and_still_adds_up(zeilen, code):
    schluessel = rechnen.build_from_gewichte(gewichte(*zeilen), quellen=["a", "b"], ziele=["x", "y"])
    assert code in codes(schluessel.befunde)
    assert schluessel.hat_fehler
    summen = schluessel.anteile.group_by("von").agg(pl.col("gewicht").sum())["gewicht"].to_list()
    assert summen == pytest.approx([1.0] * len(summen))


def test_what_weights_lack_is_not_assignable_not_lost():
    um, _ = rechne_um([("a", "ew", 100)], rechnen.build_from_gewichte(gewichte(("a", "x", 0.8))))
    assert um == {("x", "ew"): (80.0, None, "GESCHAETZT"), ("nz", "ew"): (20.0, None, "GESCHAETZT")}


def test_a_secret_or_missing_part_makes_the_sum_secret_or_missing():
    schluessel = rechnen.build_from_gewichte(
        gewichte(("a", "x", 1.0), ("b", "x", 0.5), ("b", "y", 0.5), ("c", "y", 1.0), ("d", "z", 1.0))
    )
    um, _ = rechne_um([("a", "ew", "GEHEIM"), ("b", "ew", 10), ("c", "ew", 3)], schluessel)
    assert um["x", "ew"][:2] == (None, "GEHEIM")
    assert um["y", "ew"] == (8.0, None, "GESCHAETZT")
    assert um["z", "ew"][:2] == (None, "FEHLT")
    um, _ = rechne_um(
        [("a", "ew", "NICHTS"), ("b", "ew", "NICHTS"), ("c", "ew", "UNSICHER"), ("d", "ew", 0)], schluessel
    )
    assert um["x", "ew"] == (0.0, "NICHTS", "")
    assert um["y", "ew"][:2] == (None, "UNSICHER")


def test_medians_and_classes_are_refused_unless_the_area_only_changes_its_key():
    schluessel = rechnen.build_from_gewichte(gewichte(("a", "x", 1.0), ("b", "y", 1.0), ("c", "y", 1.0)))
    um, befunde = rechne_um(
        [
            ("a", "alter", 41),
            ("b", "alter", 39),
            ("c", "alter", 44),
            ("a", "stufe", 3),
            ("b", "stufe", "GEHEIM"),
            ("c", "stufe", 2),
        ],
        schluessel,
    )
    assert um["x", "alter"] == (41.0, None, "")
    assert um["y", "alter"] == (None, "ABGELEITET", "")
    assert um["y", "stufe"] == (None, "GEHEIM", "")
    assert [b.zelle for b in befunde] == ["alter"]
    assert "Median" in befunde[0].meldung


def test_areas_without_target_are_named():
    um, befunde = rechne_um([("a", "ew", 1), ("q", "ew", 2)], rechnen.build_from_gewichte(gewichte(("a", "x", 1.0))))
    assert um == {("x", "ew"): (1.0, None, "")}
    assert codes(befunde) == {"UMRECHNEN-OHNE-ZIEL"}


def test_rates_are_computed_anew_from_converted_counts():
    schluessel = rechnen.build_from_gewichte(gewichte(("a", "x", 1.0), ("b", "x", 0.5), ("b", "y", 0.5)))
    zeilen = [("a", "ew", 100), ("b", "ew", 300), ("a", "arm", 20), ("b", "arm", 30)]
    um = rechnen.convert_messwerte(werte(zeilen), schluessel, MERKMALE).messwerte
    gebiete = rechnen.build_gebiete(
        [Gebiet("S", "Stadt", "stadt"), Gebiet("x", "X", "sozialraum", "S"), Gebiet("y", "Y", "sozialraum", "S")]
    )
    alle = rechnen.aggregate_gebiete(um.lazy(), gebiete, rechnen.build_umsteiger([]), MERKMALE)
    quoten = rechnen.compute_kennzahlen(alle, gebiete, [indikator()], MERKMALE).collect()
    je = {zeile["gebiet"]: zeile for zeile in quoten.iter_rows(named=True)}
    # Not the mean of 20 % and 10 %: 35 of 250.
    assert je["x"]["wert"] == pytest.approx(14.0)
    assert je["x"]["vermerk"] == "GESCHAETZT"
    assert je["S"]["wert"] == pytest.approx(12.5)


@settings(max_examples=60, deadline=None)
@given(
    teile=st.dictionaries(
        st.sampled_from("abcdefgh"),
        st.tuples(
            st.integers(0, 5000),
            st.dictionaries(st.sampled_from("uvwxyz"), st.floats(0.0001, 1), min_size=1, max_size=5),
        ),
        min_size=1,
    ),
    mangel=st.floats(0.5, 1.3),
)
def test_conversion_keeps_every_total(teile, mangel):
    roh = []
    for von, (_, ziele) in teile.items():
        summe = sum(ziele.values()) / mangel
        roh += [(von, nach, gewicht / summe) for nach, gewicht in ziele.items()]
    schluessel = rechnen.build_from_gewichte(gewichte(*roh))
    um, _ = rechne_um([(von, "ew", zahl) for von, (zahl, _) in teile.items()], schluessel)
    assert sum(wert for wert, _, _ in um.values()) == pytest.approx(sum(zahl for zahl, _ in teile.values()), abs=1e-6)


@pytest.mark.real
def test_the_published_berlin_crosswalk_loads_checks_and_keeps_totals(daten):
    roh = pl.read_csv(daten / "gebietsreform" / "lor_umsteiger_2006_2021.csv", infer_schema_length=0).select(
        pl.col("plr_id_pre2021").alias("von"),
        pl.col("plr_id_2021").alias("nach"),
        pl.col("weight").cast(pl.Float64).alias("gewicht"),
    )
    schluessel = rechnen.build_from_gewichte(roh)
    assert schluessel.anteile["von"].n_unique() == 448
    assert schluessel.anteile["nach"].n_unique() == 542
    assert "UMSTEIGER-SPLITTER" in codes(schluessel.befunde)
    assert not [b for b in schluessel.befunde if b.schwere is Schwere.FEHLER]
    assert schluessel.anteile.height < roh.height / 2
    assert schluessel.anteile["gewicht"].min() >= 0.001
    summen = schluessel.anteile.group_by("von").agg(pl.col("gewicht").sum())["gewicht"]
    assert (summen - 1).abs().max() < 1e-9
    zeilen = [(von, "ew", 1000 + n) for n, von in enumerate(sorted(set(roh["von"])))]
    um, _ = rechne_um(zeilen, schluessel)
    assert sum(w for w, _, _ in um.values()) == pytest.approx(sum(zahl for _, _, zahl in zeilen))
    assert any(v == "" for _, _, v in um.values())
    assert any(v == "GESCHAETZT" for _, _, v in um.values())


def test_land_is_summed_but_not_split_by_people():
    merkmale = (*MERKMALE, Merkmal("flaeche", "Siedlungsfläche", art=Merkmalart.SUMME, einheit="ha"))
    schluessel = rechnen.build_from_gewichte(
        gewichte(("a", "x", 1.0), ("b", "x", 1.0), ("c", "y", 0.25), ("c", "z", 0.75))
    )
    zeilen = [("a", "flaeche", 10), ("b", "flaeche", 5.5), ("c", "flaeche", 8), ("c", "ew", 40)]
    ergebnis = rechnen.convert_messwerte(werte(zeilen), schluessel, merkmale)
    um = {
        (g, m): (w, z) for g, m, w, z in ergebnis.messwerte.select("gebiet", "merkmal", "wert", "zeichen").iter_rows()
    }
    assert (um["x", "flaeche"], um["y", "flaeche"], um["y", "ew"]) == ((15.5, None), (None, "ABGELEITET"), (10.0, None))
    (befund,) = ergebnis.befunde
    assert befund.code == "UMRECHNEN-VERWEIGERT"
    assert "nicht nach Einwohnern aufteilen" in befund.meldung
