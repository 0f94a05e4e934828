"""MSS index: on the published data of Berlin, and its rules."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialtool.fach.indikator import Richtung
from sozialtool.fehler import DatenFehler
from sozialtool.rechnen.index import compute_mss_dynamik, compute_mss_index, compute_mss_status, warn_anzahl

S = (
    "s1_percentage_unemployed",
    "s3_percentage_transfer_payments_recipients",
    "s4_percentage_transfer_payments_recipients_below_15_years",
)
D = tuple(name.replace("s", "d", 1) for name in S)
BELASTEND = Richtung.BELASTEND


def read_shares(pfad):
    frame = pl.read_csv(pfad, infer_schema_length=0, encoding="utf8")
    return frame.with_columns(pl.col(*S, *D).cast(pl.Float64, strict=False))


def read_z(pfad):
    frame = pl.read_csv(pfad, separator=";", infer_schema_length=0, encoding="utf8")
    frame = frame.rename({name: name.strip() for name in frame.columns})
    return frame.rename(
        {"Zuordnung Klasse Status-Index": "status_soll", "Zuordnung Klasse Dynamik-Index": "dynamik_soll"}
    ).with_columns(pl.col("zS1", "zS3", "zS4", "zD1", "zD3", "zD4").cast(pl.Float64, strict=False))


def count(frame, spalte):
    return dict(frame[spalte].value_counts().iter_rows())


@pytest.mark.real
def test_berlin_2019(daten):
    frame = read_shares(daten / "berlin_mss" / "mss_2019_planungsraeume.csv")
    fertig = compute_mss_index(frame.lazy(), dict.fromkeys(S, BELASTEND), dict.fromkeys(D, BELASTEND)).collect()
    assert fertig["status_in_basis"].sum() == fertig.height == 436
    assert fertig.filter(pl.col("status_klasse").ne_missing(pl.col("status_index_class"))).height == 0
    assert fertig.filter(pl.col("dynamik_klasse").ne_missing(pl.col("dynamic_index_class"))).height == 0
    assert fertig.filter(pl.col("gesamtindex").ne_missing(pl.col("status_dynamic_index"))).height == 0
    assert count(fertig, "status_klasse") == {"hoch": 67, "mittel": 283, "niedrig": 47, "sehr niedrig": 39}
    assert count(fertig, "dynamik_klasse") == {"positiv": 46, "stabil": 357, "negativ": 33}


Z_STATUS = dict.fromkeys(("zS1", "zS3", "zS4"), BELASTEND)
Z_DYNAMIK = dict.fromkeys(("zD1", "zD3", "zD4"), BELASTEND)


@pytest.mark.real
def test_berlin_2021_from_z_values(daten):
    frame = read_z(daten / "berlin_mss" / "mss_2021_z_werte_klassen_542.csv")
    fertig = compute_mss_index(frame, Z_STATUS, Z_DYNAMIK)
    assert (fertig.height, fertig["status_in_basis"].sum(), fertig["dynamik_in_basis"].sum()) == (542, 536, 536)
    assert fertig.filter(pl.col("status_klasse").ne_missing(pl.col("status_soll"))).height == 0
    assert fertig.filter(pl.col("dynamik_klasse").ne_missing(pl.col("dynamik_soll"))).height == 0


def restore(anteile, z, spalte, z_spalte):
    """Share of the two areas that the file of shares lacks: z is a straight line of the share."""
    beide = anteile.select("id", spalte).join(
        z.select("PLR-ID", z_spalte), left_on="id", right_on="PLR-ID", how="right"
    )
    steigung, mitte_x, mitte_z = (
        beide.drop_nulls()
        .select(
            (pl.cov(spalte, z_spalte) / pl.col(z_spalte).var()).alias("steigung"),
            pl.col(spalte).mean(),
            pl.col(z_spalte).mean().alias("z"),
        )
        .row(0)
    )
    return beide.select(pl.coalesce(spalte, (pl.col(z_spalte) - mitte_z) * steigung + mitte_x))[spalte]


@pytest.mark.real
def test_berlin_2021_from_shares_depends_on_the_base_set(daten):
    anteile = read_shares(daten / "berlin_mss" / "mss_2021_planungsraeume.csv")
    z = read_z(daten / "berlin_mss" / "mss_2021_z_werte_klassen_542.csv")
    status, dynamik = dict.fromkeys(S, BELASTEND), dict.fromkeys(D, BELASTEND)
    ohne = compute_mss_index(anteile, status, dynamik)
    assert ohne.height == 534
    assert ohne.filter(pl.col("status_klasse") != pl.col("status_index_class")).height == 0
    assert ohne.filter(pl.col("dynamik_klasse") != pl.col("dynamic_index_class")).height == 4
    voll = z.with_columns(restore(anteile, z, x, zx) for x, zx in zip((*S, *D), (*Z_STATUS, *Z_DYNAMIK), strict=True))
    mit = compute_mss_index(voll, status, dynamik)
    assert mit["dynamik_in_basis"].sum() == 536
    assert mit.filter(pl.col("status_klasse").ne_missing(pl.col("status_soll"))).height == 0
    assert mit.filter(pl.col("dynamik_klasse").ne_missing(pl.col("dynamik_soll"))).height == 0


@pytest.mark.real
def test_published_stages_2019(daten):
    # The published z values have five decimals; the column headed z_d1 holds the sum of the status (see QUELLEN.md).
    frame = read_shares(daten / "berlin_mss" / "mss_2019_planungsraeume.csv")
    fertig = compute_mss_status(frame, dict.fromkeys(S, BELASTEND), vorsatz="neu_")
    paare = [(f"neu_z_{spalte}", f"z_{spalte}") for spalte in S] + [("neu_summe", f"z_{D[0]}")]
    for neu, soll in paare:
        assert (fertig[neu] - fertig[soll].cast(pl.Float64)).abs().max() < 2e-5


def test_borders_of_classes():
    # Base set of values whose index is known: ±1 is inside "mittel", 1.5 inside "niedrig".
    def klassen(werte, rechne):
        frame = pl.DataFrame({"x": werte})
        return rechne(frame, {"x": 1.0})

    genau = klassen([-1.0, 1.0], compute_mss_status)
    assert genau["index"].to_list() == [-1.0, 1.0]
    assert genau["klasse"].to_list() == ["mittel", "mittel"]
    assert klassen([-1.0, 1.0], compute_mss_dynamik)["klasse"].to_list() == ["stabil", "stabil"]
    schief = klassen([0.0] * 9 + [1.0], compute_mss_status)
    assert schief["klasse"].to_list() == ["mittel"] * 9 + ["sehr niedrig"]
    assert klassen([0.0] * 9 + [-1.0], compute_mss_status)["klasse"].to_list()[-1] == "hoch"
    assert klassen([0.0] * 9 + [-1.0], compute_mss_dynamik)["klasse"].to_list()[-1] == "positiv"
    assert klassen([0.0] * 9 + [1.0], compute_mss_dynamik)["klasse"].to_list()[-1] == "negativ"
    assert klassen([-4.0, -1.0, 0.0, 0.0, 2.0, 3.0], compute_mss_status)["klasse"][5] == "niedrig"


def test_entlastend_turns_the_sign():
    frame = pl.DataFrame({"x": [1.0, 2.0, 6.0]})
    plus = compute_mss_status(frame, {"x": Richtung.BELASTEND})["index"]
    minus = compute_mss_status(frame, {"x": Richtung.ENTLASTEND})["index"]
    assert minus.to_list() == pytest.approx([-wert for wert in plus])


def test_neutral_and_empty_are_refused():
    frame = pl.DataFrame({"x": [1.0, 2.0]})
    with pytest.raises(DatenFehler, match="neutral"):
        compute_mss_status(frame, {"x": Richtung.NEUTRAL})
    with pytest.raises(DatenFehler, match="keinen Indikator"):
        compute_mss_status(frame, {})


def test_equal_values_do_not_divide_by_zero():
    fertig = compute_mss_status(pl.DataFrame({"x": [0.1 + 0.2] * 3, "y": [1.0, 2.0, 3.0]}), {"x": 1.0, "y": 1.0})
    assert fertig["z_x"].to_list() == [0.0, 0.0, 0.0]
    assert fertig["index"].is_finite().all()


def test_missing_and_small_areas_are_outside_the_base_set():
    frame = pl.DataFrame({"x": [1.0, None, float("nan"), 3.0, 99.0], "ew": [900, 900, 900, 900, 299]})
    fertig = compute_mss_status(frame, {"x": 1.0}, basis=pl.col("ew") >= 300)
    assert fertig["in_basis"].to_list() == [True, False, False, True, False]
    assert fertig["index"].to_list() == [-1.0, None, None, 1.0, None]
    assert fertig["klasse"].to_list() == ["mittel", None, None, "mittel", None]


@settings(deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=40, unique=True), st.floats(0.1, 100), st.floats(-50, 50))
def test_index_knows_no_unit(werte, faktor, verschiebung):
    if max(werte) - min(werte) < 1e-3:
        return
    a = compute_mss_status(pl.DataFrame({"x": werte}), {"x": 1.0})["index"]
    b = compute_mss_status(pl.DataFrame({"x": [w * faktor + verschiebung for w in werte]}), {"x": 1.0})["index"]
    assert b.to_list() == pytest.approx(a.to_list(), abs=1e-6)
    assert a.abs().max() <= (len(werte) - 1) ** 0.5 + 1e-9


def test_warning_below_twenty():
    assert not warn_anzahl(20)
    assert "12 Gebieten" in warn_anzahl(12)
    assert "1,7 Standardabweichungen" in warn_anzahl(4)
