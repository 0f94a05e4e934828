"""Sums over areas: what wins, what is missing, what ties out."""

from __future__ import annotations

import datetime as dt
import itertools

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialtool import rechnen
from sozialtool.fach.rahmen import MESSWERTE
from sozialtool.fach.raum import Gebiet, Umsteiger
from sozialtool.fehler import DatenFehler

from .ort import GEBIETE, MERKMALE, STADT, messwerte, verdichte

BEZIRKE = [(f"B{i}", "ew", 2024, 10 * i) for i in range(1, 6)]
RAEUME = [(f"R{i}", "ew", 2024, 10 * i) for i in range(1, 5)]


def werte(zeilen, umsteiger=(), gebiete=GEBIETE, spalte="wert"):
    frame = verdichte(zeilen, umsteiger, gebiete).collect()
    return {zeile["gebiet"]: zeile[spalte] if zeile["zeichen"] in (None, "NICHTS") or spalte != "wert" else zeile["zeichen"]
            for zeile in frame.iter_rows(named=True)}  # fmt: skip


def test_schema_and_order():
    frame = verdichte(BEZIRKE).collect()
    assert dict(frame.schema) == dict(pl.DataFrame(schema=MESSWERTE.schema).schema)
    assert frame.equals(frame.sort("gebiet", "merkmal", "stand", "jahre"))


def test_cut_area_without_weights_goes_to_nz():
    summe = werte(BEZIRKE)
    assert (summe["R1"], summe["O1"], summe["O2"], summe["nz"], summe[STADT]) == (10, 30, 70, 50, 150)


def test_weights_are_estimates_and_the_town_is_exact():
    weg = [Umsteiger("B5", "R1", 0.6), Umsteiger("B5", "R3", 0.4)]
    summe, vermerk = werte(BEZIRKE, weg), werte(BEZIRKE, weg, spalte="vermerk")
    assert (summe["R1"], summe["R3"], summe["O1"], summe[STADT]) == (40, 50, 60, 150)
    assert "nz" not in summe
    assert (vermerk["R1"], vermerk["R2"], vermerk["O1"], vermerk[STADT]) == ("GESCHAETZT", "", "GESCHAETZT", "")


def test_incomplete_weights_leave_the_rest_at_nz():
    summe = werte(BEZIRKE, [Umsteiger("B5", "R1", 0.6)])
    assert (summe["R1"], summe["nz"], summe[STADT]) == (40, 20, 150)


def test_slivers_are_dropped():
    weg = [Umsteiger("B5", "R1", 0.99995), Umsteiger("B5", "R2", 0.00005)]
    assert werte(BEZIRKE, weg)["R1"] == 60
    assert werte(BEZIRKE, weg)["R2"] == 20


@pytest.mark.parametrize("weg", [[0.7, 0.7], [1.2, -0.2]])
def test_impossible_weights(weg):
    with pytest.raises(DatenFehler, match="Gewichte von „B5“"):
        rechnen.build_umsteiger([Umsteiger("B5", f"R{i}", gewicht) for i, gewicht in enumerate(weg, 1)])


def test_delivered_wins():
    summe = werte([*RAEUME, ("O1", "ew", 2024, 31), (STADT, "ew", 2024, 99)])
    assert (summe["O1"], summe["O2"], summe[STADT]) == (31, 70, 99)
    ohne = werte([*RAEUME, ("O1", "ew", 2024, 31)])
    assert ohne[STADT] == 101


def test_delivered_secret_wins_but_late_gives_way():
    assert werte([*RAEUME, (STADT, "ew", 2024, "GEHEIM")])[STADT] == "GEHEIM"
    assert werte([*RAEUME, (STADT, "ew", 2024, "UNBEKANNT")])[STADT] == "UNBEKANNT"
    assert werte([*RAEUME, (STADT, "ew", 2024, "FOLGT")])[STADT] == 100
    assert werte([*RAEUME[1:], (STADT, "ew", 2024, "FOLGT")])[STADT] == "FOLGT"


def test_strongest_reason():
    zeilen = [("R1", "ew", 2024, "GEHEIM"), ("R2", "ew", 2024, "UNSICHER"), ("R3", "ew", 2024, "FOLGT"), RAEUME[3]]
    summe = werte(zeilen)
    assert (summe["O1"], summe["O2"], summe[STADT]) == ("GEHEIM", "FOLGT", "GEHEIM")
    assert werte(zeilen[1:])[STADT] == "UNSICHER"


def test_unlisted_part_is_missing():
    summe = werte(RAEUME[1:])
    assert (summe["R1"], summe["O1"], summe["O2"], summe[STADT]) == ("FEHLT", "FEHLT", 70, "FEHLT")
    cut = werte(BEZIRKE[:4])
    assert (cut["nz"], cut[STADT], cut["O2"]) == ("FEHLT", "FEHLT", 70)


def test_missing_part_does_not_matter_where_the_whole_is_delivered():
    assert werte([*RAEUME[1:], ("O1", "ew", 2024, 31)])[STADT] == 101


def test_nichts_counts_as_zero():
    summe = werte([("R1", "ew", 2024, "NICHTS"), ("R2", "ew", 2024, "NICHTS"), *RAEUME[2:]])
    assert (summe["O1"], summe[STADT]) == (0, 70)
    zeichen = werte([("R1", "ew", 2024, "NICHTS"), ("R2", "ew", 2024, "NICHTS"), *RAEUME[2:]], spalte="zeichen")
    assert (zeichen["O1"], zeichen[STADT]) == ("NICHTS", None)


def test_nz_delivered_counts_and_may_be_absent():
    assert werte(RAEUME)[STADT] == 100
    assert werte([*RAEUME, ("nz", "ew", 2024, 7)])[STADT] == 107
    assert werte([*RAEUME, ("nz", "ew", 2024, "GEHEIM")])[STADT] == "GEHEIM"


def test_nz_beside_districts_is_added_to_the_cut_ones():
    summe = werte([*BEZIRKE, ("nz", "ew", 2024, 7)])
    assert (summe["nz"], summe[STADT]) == (57, 157)


def test_nz_takes_nothing_where_the_sender_has_placed_all():
    summe = werte([*BEZIRKE, *RAEUME])
    assert "nz" not in summe
    assert summe[STADT] == 100
    summe = werte([*BEZIRKE, *RAEUME, ("nz", "ew", 2024, 50)])
    assert (summe["nz"], summe[STADT]) == (50, 150)


def test_only_additive_merkmale_are_summed():
    frame = verdichte([("R1", "alter", 2024, 41.5), ("R2", "stufe", 2024, 3), ("R1", "fremd", 2024, 5)]).collect()
    assert sorted(frame["gebiet"].to_list()) == ["R1", "R1", "R2"]


def test_unknown_area_passes_and_is_not_lost():
    frame = verdichte([*RAEUME, ("R99", "ew", 2024, 5)]).collect()
    assert frame.filter(pl.col("gebiet") == "R99")["wert"].to_list() == [5]
    assert frame.filter(pl.col("gebiet") == STADT)["wert"].to_list() == [100]


def test_pools_stay_apart_and_keep_their_length():
    stand = dt.date(2024, 12, 31)
    zeilen = [*RAEUME, *((f"R{i}", "ew", stand, i, 3) for i in range(1, 5))]
    stadt = verdichte(zeilen).filter(pl.col("gebiet") == STADT).sort("jahre").collect()
    assert stadt["jahre"].to_list() == [0, 3]
    assert stadt["wert"].to_list() == [100, 10]


def test_dates_stay_apart():
    zeilen = [(g, m, dt.date(2024, 6, 30), w) for g, m, _, w in RAEUME] + RAEUME[:3]
    stadt = verdichte(zeilen).filter(pl.col("gebiet") == STADT).sort("stand").collect()
    assert stadt["wert"].to_list() == [100, None]
    assert stadt["zeichen"].to_list() == [None, "FEHLT"]


def test_quelle_and_vermerk_of_a_sum():
    zeilen = [("R1", "ew", 2024, 1, 0, "VORLAEUFIG", "a"), ("R2", "ew", 2024, 2, 0, "", "a"),
              ("R3", "ew", 2024, 3, 0, "", "b"), ("R4", "ew", 2024, 4, 0, "", "b")]  # fmt: skip
    quelle, vermerk = werte(zeilen, spalte="quelle"), werte(zeilen, spalte="vermerk")
    assert (quelle["O1"], quelle["O2"], quelle[STADT]) == ("a", "b", "")
    assert (vermerk["O1"], vermerk["O2"], vermerk[STADT]) == ("VORLAEUFIG", "", "VORLAEUFIG")


def test_sozialraum_without_teil_von_belongs_to_the_town():
    flach = [Gebiet(STADT, "Stadt", "stadt"), Gebiet("R1", "1", "sozialraum"), Gebiet("R2", "2", "sozialraum")]
    summe = werte([("R1", "ew", 2024, 1), ("R2", "ew", 2024, 2), ("nz", "ew", 2024, 4)], gebiete=flach)
    assert summe[STADT] == 7


def test_circle_is_named():
    kreis = [*GEBIETE, Gebiet("X", "x", "sozialraum", "Y"), Gebiet("Y", "y", "sozialraum", "X")]
    with pytest.raises(DatenFehler, match="X, Y sind im Kreis"):
        werte(RAEUME, gebiete=kreis)


def test_number_beside_a_reason_stays_secret():
    frame = messwerte(RAEUME).with_columns(
        pl.when(pl.col("gebiet") == "R1").then(pl.lit("GEHEIM")).otherwise("zeichen").alias("zeichen")
    )
    fertig = rechnen.aggregate_gebiete(
        frame, rechnen.build_gebiete(GEBIETE), rechnen.build_umsteiger([]), [MERKMALE[0]]
    ).collect()
    je_gebiet = {z["gebiet"]: (z["wert"], z["zeichen"]) for z in fertig.iter_rows(named=True)}
    assert je_gebiet["R1"] == je_gebiet["O1"] == je_gebiet[STADT] == (None, "GEHEIM")


def test_no_rows():
    assert verdichte([]).collect().height == 0


def test_wrong_columns_are_refused():
    with pytest.raises(DatenFehler, match="fehlen die Spalten"):
        rechnen.build_messwerte({"gebiet": []})


def test_wrong_types_are_refused():
    spalten = {name: ["x"] for name in MESSWERTE.schema}
    with pytest.raises(DatenFehler, match="falscher Art"):
        rechnen.build_messwerte(spalten)


ZAHLEN = st.one_of(st.integers(0, 500), st.just("NICHTS"), st.just("GEHEIM"), st.none())


@settings(deadline=None, max_examples=40)
@given(st.lists(ZAHLEN, min_size=5, max_size=5), st.lists(st.integers(0, 10), min_size=4, max_size=4))
def test_parts_and_town_tie_out(zahlen, anteile):
    weg = [Umsteiger("B5", f"R{i}", anteil / max(sum(anteile), 10)) for i, anteil in enumerate(anteile, 1) if anteil]
    zeilen = [(f"B{i}", "ew", 2024, zahl) for i, zahl in enumerate(zahlen, 1) if zahl is not None]
    summe = werte(zeilen, weg)
    if not zeilen:
        return
    if "GEHEIM" in zahlen:
        assert summe[STADT] == "GEHEIM"
    elif None in zahlen:
        assert summe[STADT] == "FEHLT"
    else:
        erwartet = sum(0 if zahl == "NICHTS" else zahl for zahl in zahlen)
        assert summe[STADT] == pytest.approx(erwartet)
        teile = [summe.get(teil, 0) for teil in ("O1", "O2", "nz")]
        assert sum(teile) == pytest.approx(erwartet)


def test_order_of_rows_does_not_matter():
    a = verdichte(BEZIRKE).collect()
    for folge in itertools.islice(itertools.permutations(BEZIRKE), 0, 120, 17):
        assert verdichte(folge, gebiete=[attrs.evolve(g) for g in reversed(GEBIETE)]).collect().equals(a)
