"""Series across a reform: on the new and on the old Gebietsstand, totals kept, estimates marked."""

from __future__ import annotations

import datetime as dt

import pytest
from polars.testing import assert_frame_equal
from raumstadt import ALT, build_raumstadt, einwohner

from sozialtool import ablauf, rechnen
from sozialtool.ablauf.gebietsstaende import raumplan
from sozialtool.ablauf.kennzahlen import compute_frames, read_grundlage
from sozialtool.ablauf.umrechnen import convert_projekt
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.messwert import Merkmal, Merkmalart, Messwert, Vermerk, Zeichen
from sozialtool.fach.raum import Raum
from sozialtool.fehler import BedienFehler

JAHRE = range(2020, 2026)


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_raumstadt(tmp_path / "stadt", JAHRE) as projekt:
        yield projekt


def reform(projekt):
    """From July 2024 on block b1c belongs to Sozialraum 02, and 06 is part of 05."""
    ablauf.make_variante(projekt, "neu", "Räume 2024")
    ablauf.move_gebiete(projekt, "neu", ["b1c"], "02")
    ablauf.move_gebiete(projekt, "neu", ["b6a", "b6b", "b6c"], "05")
    ablauf.remove_raum(projekt, "neu", "06")
    ablauf.agree_gebietsstand(projekt, "neu", dt.date(2024, 3, 7), "Rat", dt.date(2024, 7, 1))
    spalten = projekt.read_messwerte(ab_jahr=2024)
    with projekt.change("06 wird nicht mehr geliefert") as schreiber:
        for gebiet, merkmal, tag in zip(spalten["gebiet"], spalten["merkmal"], spalten["stand"], strict=True):
            if gebiet == "06":
                schreiber.remove(Messwert, gebiet, merkmal, tag)


def values(umgestellt, merkmal):
    s = umgestellt.spalten
    zeilen = zip(s["gebiet"], s["merkmal"], s["stand"], s["wert"], s["zeichen"], s["vermerk"], strict=True)
    return {(g, tag.year): (w, z, v or "") for g, m, tag, w, z, v in zeilen if m == merkmal}


def rohwert(projekt, gebiet, merkmal, jahr):
    return projekt.get(Messwert, gebiet, merkmal, dt.date(jahr, 12, 31)).wert


def test_without_reform_nothing_is_touched(projekt):
    ablauf.make_variante(projekt, "v1", "Variante")
    assert convert_projekt(projekt, raumplan(projekt, ALT)).spalten == projekt.read_messwerte()


def test_earlier_years_follow_the_new_boundaries(projekt):
    reform(projekt)
    merkmal = next(z.indikator for z in ablauf.indikatoren(projekt) if z.indikator.kennung == "A07").zaehler
    um = values(convert_projekt(projekt, raumplan(projekt, "neu")), merkmal)
    anteil = einwohner("b1c", 2022) / sum(einwohner(f"b1{t}", 2022) for t in "abc")
    alt1, alt2 = (rohwert(projekt, raum, merkmal, 2022) for raum in ("01", "02"))
    assert um["01", 2022] == (pytest.approx(alt1 * (1 - anteil)), None, "GESCHAETZT")
    assert um["02", 2022] == (pytest.approx(alt2 + alt1 * anteil), None, "GESCHAETZT")
    # A merged Sozialraum and an untouched one are no estimates; what was delivered after the reform stays.
    assert um["05", 2022] == (rohwert(projekt, "05", merkmal, 2022) + rohwert(projekt, "06", merkmal, 2022), None, "")
    assert um["03", 2022] == (rohwert(projekt, "03", merkmal, 2022), None, "")
    assert um["01", 2025] == (rohwert(projekt, "01", merkmal, 2025), None, "")
    assert ("06", 2022) not in um


def test_blocks_are_summed_up_not_estimated(projekt):
    reform(projekt)
    grundlage = read_grundlage(projekt)
    messwerte, _ = compute_frames(projekt, grundlage, lambda *_: None)
    ew = messwerte.filter((messwerte["merkmal"] == "ew") & (messwerte["gebiet"] == "01"))
    je = {tag.year: (wert, vermerk) for tag, wert, vermerk in ew.select("stand", "wert", "vermerk").iter_rows()}
    assert je[2022] == (einwohner("b1a", 2022) + einwohner("b1b", 2022), "")


def test_series_on_both_versions_keep_the_towns_totals(projekt):
    vorher = ablauf.monitoring(projekt).kennzahlen
    reform(projekt)
    for stand in ("", "neu", ALT):
        nachher = ablauf.monitoring(projekt, gebietsstand=stand).kennzahlen
        stadt = [(k, nachher[k].wert) for k in vorher if k[0] == "05999004" and k[2] < 2024]
        assert len(stadt) >= 12
        for schluessel, wert in stadt:
            assert wert == pytest.approx(vorher[schluessel].wert), (stand, schluessel)
    # Before the reform the old boundaries are as delivered, on the new ones 01 is an estimate.
    alt = ablauf.monitoring(projekt, gebietsstand=ALT).kennzahlen
    neu = ablauf.monitoring(projekt).kennzahlen
    assert alt["01", "A07", 2022].vermerk is Vermerk.KEINER
    assert neu["01", "A07", 2022].vermerk is Vermerk.GESCHAETZT
    assert alt["01", "A07", 2025].vermerk is Vermerk.GESCHAETZT
    assert ("06", "A07", 2025) not in neu
    ablauf.undo(projekt)
    ablauf.undo(projekt)
    assert ablauf.monitoring(projekt).kennzahlen == vorher


def test_who_still_delivers_on_the_old_boundaries_is_converted_too(projekt):
    reform(projekt)
    tag = dt.date(2025, 12, 31)
    with projekt.change("alte Räume") as schreiber:
        schreiber.put(Merkmal("faelle", "Fälle"))
        schreiber.put_messwerte(Messwert(f"0{n}", "faelle", tag, 10.0 * n) for n in range(1, 7))
    faelle = values(convert_projekt(projekt, raumplan(projekt, "neu")), "faelle")
    assert faelle["05", 2025] == (110.0, None, "")
    assert faelle["01", 2025][2] == "GESCHAETZT"
    assert ("06", 2025) not in faelle
    assert sum(wert for wert, _, _ in faelle.values()) == pytest.approx(210.0)


def test_secrets_stay_secret_and_medians_are_refused_by_name(projekt):
    tag = dt.date(2022, 12, 31)
    with projekt.change("Zahlen") as schreiber:
        schreiber.put(Merkmal("medianalter", "Medianalter", Merkmalart.DURCHSCHNITT), Merkmal("faelle", "Fälle"))
        for n in range(1, 7):
            schreiber.put(Messwert(f"0{n}", "medianalter", tag, 40.0 + n))
            geheim = {"wert": None, "zeichen": Zeichen.GEHEIM} if n == 1 else {"wert": 10.0 * n}
            schreiber.put(Messwert(f"0{n}", "faelle", tag, **geheim))
    reform(projekt)
    umgestellt = convert_projekt(projekt, raumplan(projekt, "neu"))
    faelle, alter = values(umgestellt, "faelle"), values(umgestellt, "medianalter")
    assert faelle["01", 2022][:2] == faelle["02", 2022][:2] == (None, "GEHEIM")
    assert faelle["05", 2022] == (110.0, None, "")
    assert alter["03", 2022] == (43.0, None, "")
    assert alter["02", 2022] == (None, "ABGELEITET", "")
    assert [b.code for b in umgestellt.befunde] == ["UMRECHNEN-VERWEIGERT"]


def test_without_people_of_the_blocks_nothing_is_split(projekt):
    with projekt.change("ohne Einwohner der Blöcke") as schreiber:
        for jahr in JAHRE:
            for n in range(1, 7):
                for teil in "abc":
                    schreiber.remove(Messwert, f"b{n}{teil}", "ew", dt.date(jahr, 12, 31))
    reform(projekt)
    umgestellt = convert_projekt(projekt, raumplan(projekt, "neu"))
    ew = values(umgestellt, "ew")
    assert ew["03", 2022] == (rohwert(projekt, "03", "ew", 2022), None, "")
    assert ew["05", 2022][0] == rohwert(projekt, "05", "ew", 2022) + rohwert(projekt, "06", "ew", 2022)
    assert ("01", 2022) not in ew
    assert "UMRECHNEN-OHNE-EINWOHNER" in {b.code for b in umgestellt.befunde}


def test_an_area_above_is_summed_up_anew_when_it_changed(projekt):
    with projekt.change("Ortsteilzahlen") as schreiber:
        schreiber.put(Merkmal("faelle", "Fälle"))
        for ortsteil in "AB":
            schreiber.put(Messwert(ortsteil, "faelle", dt.date(2022, 12, 31), 30.0))
        schreiber.put_messwerte(Messwert(f"0{n}", "faelle", dt.date(2022, 12, 31), 10.0) for n in range(1, 7))
    ablauf.make_variante(projekt, "neu", "Räume 2024")
    ablauf.save_raum(projekt, Raum("neu", "03", "Raum 3", "B", 3))
    ablauf.agree_gebietsstand(projekt, "neu", dt.date(2024, 3, 7), "Rat")
    messwerte, _ = compute_frames(projekt, read_grundlage(projekt), lambda *_: None)
    zeilen = messwerte.filter((messwerte["merkmal"] == "faelle") & messwerte["gebiet"].is_in(["A", "B"]))
    assert dict(zeilen.select("gebiet", "wert").iter_rows()) == {"A": 20.0, "B": 40.0}


def test_unknown_gebietsstand_is_named(projekt):
    with pytest.raises(BedienFehler, match="gibt es nicht"):
        ablauf.monitoring(projekt, gebietsstand="fehlt")


def test_one_year_alone_gives_the_same_figures_and_converts_no_other(projekt, monkeypatch):
    with projekt.change("Quote über drei Jahre und Veränderung seit fünf Jahren") as schreiber:
        schreiber.put(
            Indikator(
                "X3", "Drei Jahre", "A", "sgb2_unter_18", nenner="ew_unter_18", jahre=3, zustand=Zustand.VEREINBART
            )
        )
        schreiber.put(
            Indikator("X5", "Fünf Jahre", "A", "ew - ew__vor2", nenner="ew__vor2", zustand=Zustand.VEREINBART)
        )
    reform(projekt)
    grundlage = read_grundlage(projekt, ALT)
    alles = compute_frames(projekt, grundlage, lambda *_: None)[1]
    tage = []
    echt = rechnen.convert_messwerte
    monkeypatch.setattr(
        rechnen, "convert_messwerte", lambda frame, *rest: tage.extend(frame.collect()["stand"]) or echt(frame, *rest)
    )
    eines = compute_frames(projekt, grundlage, lambda *_: None, (), 2025)[1]
    assert {tag.year for tag in tage} == {2024, 2025}  # 2023 lies before the reform: it needs no conversion
    vergleich = [frame.filter(frame["jahr"] == 2025).drop("vorjahr", "fuenfjahr") for frame in (eines, alles)]
    assert_frame_equal(*vergleich)
    assert {"X3", "X5"} <= set(vergleich[0]["indikator"])


@pytest.mark.parametrize(
    ("dazu", "fehlt", "stadt"),
    [((), "", 210.0), ((("nz", 4.0),), "", 214.0), ((), "03", None), ((("05999001", 250.0),), "", 250.0)],
)
def test_land_is_not_split_and_the_town_keeps_its_own(projekt, dazu, fehlt, stadt):
    dazu = [(projekt.kommune.ags if g != "nz" else g, w) for g, w in dazu]
    reform(projekt)
    tag = dt.date(2022, 12, 31)
    with projekt.change("Fläche") as schreiber:
        schreiber.put(Merkmal("flaeche", "Siedlungsfläche", art=Merkmalart.SUMME, einheit="ha"))
        raeume = [(f"0{n}", 10.0 * n) for n in range(1, 7) if f"0{n}" != fehlt]
        schreiber.put_messwerte(Messwert(g, "flaeche", tag, wert) for g, wert in (*raeume, *dazu))
    umgestellt = convert_projekt(projekt, raumplan(projekt, "neu"))
    nachher = values(umgestellt, "flaeche")
    # 01 gave a block to 02: nobody knows how much land; 05 and 06 were joined as wholes.
    assert nachher["01", 2022][:2] == nachher["02", 2022][:2] == (None, "ABGELEITET")
    assert (nachher["04", 2022][0], nachher["05", 2022][0]) == (40.0, 110.0)
    assert nachher.get((projekt.kommune.ags, 2022), (None,))[0] == stadt
    schluessel = list(zip(*(umgestellt.spalten[n] for n in ("gebiet", "merkmal", "stand", "jahre")), strict=True))
    assert len(schluessel) == len(set(schluessel))
