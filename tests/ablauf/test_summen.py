"""What nobody delivered but follows by definition: put together for what an indicator needs, and protected as if it had been delivered."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from sozialtool import ablauf, katalog
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.ablauf.summen import add_summen, complete_laengen, find_teile
from sozialtool.ablauf.vereinbarungen import say_summen
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.messwert import Messwert, Vermerk, Zeichen
from sozialtool.fach.raum import Gebiet, Kommune

MERKMALE = katalog.load_merkmale()
TAG = dt.date(2025, 12, 31)
BAENDER = ("ew_unter_3", "ew_3_6", "ew_6_10", "ew_10_15", "ew_15_18")
AGS = "05999004"


def spalten(*zeilen: tuple) -> dict[str, list]:
    """Columns of Messwerte from (Gebiet, Merkmal, Wert, Zeichen, Stand)."""
    voll = [(g, m, tag, 0, wert, zeichen or None, None, f"q_{m}") for g, m, wert, zeichen, tag in zeilen]
    namen = ("gebiet", "merkmal", "stand", "jahre", "wert", "zeichen", "vermerk", "quelle")
    return {name: [zeile[i] for zeile in voll] for i, name in enumerate(namen)}


def neue(alt: dict[str, list], *gebraucht: str) -> dict[tuple, tuple]:
    """What was added: (Gebiet, Merkmal, Stand) → (Wert, Zeichen)."""
    da = add_summen(alt, MERKMALE, gebraucht)
    ab = len(alt["gebiet"])
    assert all(spalte[:ab] == alt[name] for name, spalte in da.items())
    schluessel = zip(da["gebiet"][ab:], da["merkmal"][ab:], da["stand"][ab:], strict=True)
    return dict(zip(schluessel, zip(da["wert"][ab:], da["zeichen"][ab:], strict=True), strict=True))


def test_bands_make_the_sum_over_two_steps() -> None:
    alt = spalten(*(("A", band, 10.0 * nr, "", TAG) for nr, band in enumerate(BAENDER, 1)))
    assert neue(alt, "ew_unter_18") == {("A", "ew_unter_18", TAG): (150.0, None)}
    assert neue(alt, "ew_unter_15", "ew_ab_18") == {("A", "ew_unter_15", TAG): (100.0, None)}
    assert neue(alt) == {}


def test_what_is_missing_in_a_part_is_missing_in_the_sum() -> None:
    rest = [("A", band, 5.0, "", TAG) for band in BAENDER[1:]]
    geheim = spalten(("A", "ew_unter_3", None, Zeichen.GEHEIM.name, TAG), *rest)
    assert neue(geheim, "ew_unter_18") == {("A", "ew_unter_18", TAG): (None, Zeichen.GEHEIM.name)}
    beides = spalten(
        ("A", "ew_3_6", None, Zeichen.FEHLT.name, TAG), ("A", "ew_unter_3", None, Zeichen.GEHEIM.name, TAG), *rest[1:]
    )
    assert neue(beides, "ew_unter_18") == {("A", "ew_unter_18", TAG): (None, Zeichen.GEHEIM.name)}
    anderswo = spalten(("B", "ew_unter_3", 5.0, "", TAG), *rest)
    assert neue(anderswo, "ew_unter_18") == {}
    nichts = spalten(*(("A", band, 0.0, Zeichen.NICHTS.name, TAG) for band in BAENDER))
    assert neue(nichts, "ew_unter_18") == {("A", "ew_unter_18", TAG): (0.0, Zeichen.NICHTS.name)}


def test_a_delivered_figure_of_the_year_stands() -> None:
    baender = [("A", band, 5.0, "", TAG) for band in BAENDER]
    alt = spalten(("A", "ew_unter_18", 26.0, "", dt.date(2025, 6, 30)), *baender)
    assert neue(alt, "ew_unter_18") == {}
    voriges = spalten(("A", "ew_unter_18", 26.0, "", dt.date(2024, 12, 31)), *baender)
    assert neue(voriges, "ew_unter_18") == {("A", "ew_unter_18", TAG): (25.0, None)}


def test_a_difference_below_nothing_is_none() -> None:
    alt = spalten(("A", "ew_unter_65", 5.0, "", TAG), ("A", "ew_unter_20", 7.0, "", TAG))
    (merkmal,) = (m.schluessel for m in MERKMALE if m.summe_aus == "ew_unter_65 - ew_unter_20")
    assert neue(alt, merkmal) == {}


def test_the_strongest_remark_of_the_parts_is_that_of_the_sum() -> None:
    alt = spalten(*(("A", band, 5.0, "", TAG) for band in BAENDER))
    alt["vermerk"][2] = Vermerk.GESCHAETZT.name
    assert add_summen(alt, MERKMALE, ("ew_unter_18",))["vermerk"][-1] == Vermerk.GESCHAETZT.name


def test_the_source_of_a_sum_is_that_of_all_its_parts_or_none() -> None:
    alt = spalten(*(("A", band, 5.0, "", TAG) for band in BAENDER))
    assert add_summen(alt, MERKMALE, ("ew_unter_18",))["quelle"][-1] == ""
    alt["quelle"] = ["register"] * len(BAENDER)
    assert add_summen(alt, MERKMALE, ("ew_unter_18",))["quelle"][-1] == "register"


def test_lengths_of_parts_and_parts_of_parts() -> None:
    assert find_teile(("ew_unter_18",), MERKMALE) >= {*BAENDER, "ew_unter_15"}
    da = complete_laengen({band: {1} for band in BAENDER}, MERKMALE)
    assert da["ew_unter_18"] == da["ew_unter_15"] == {1}
    assert "ew_unter_18" not in complete_laengen({band: {1} for band in BAENDER[1:]}, MERKMALE)


def _stadt(ordner: Path, zahlen: list[Messwert]) -> ablauf.Projekt:
    projekt = ablauf.create_projekt(ordner, Kommune(AGS, "Kleinstadt", berichtsjahr=2025))
    with projekt.change("Zahlen") as schreiber:
        schreiber.put(*(Gebiet(f"0{n}", f"Raum {n}", "sozialraum", AGS, reihenfolge=n) for n in range(1, 6)))
        schreiber.put_messwerte(zahlen)
    for kennung in ("B01", "B02", "B03"):
        ablauf.agree_indikator(projekt, kennung, Zustand.VEREINBART, dt.date(2025, 3, 4), "Planungsgruppe")
    return projekt


def vereinbarte(projekt: ablauf.Projekt) -> list[Indikator]:
    return [z.indikator for z in ablauf.indikatoren(projekt) if z.indikator.zustand is Zustand.VEREINBART]


def test_a_register_of_bands_is_enough_and_protected_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same town with the sum delivered and with its parts alone: the same indicators are ready, the same is shown and hidden."""
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    zufall = random.Random(5)
    teile, summen = [], []
    for jahr in (2024, 2025):
        for n in range(1, 6):
            gebiet, tag = f"0{n}", dt.date(jahr, 12, 31)
            # Few small children in two areas, so that something has to be kept secret.
            baender = {band: float(zufall.randrange(1, 4) if n < 3 else zufall.randrange(20, 60)) for band in BAENDER}
            teile += [
                Messwert(gebiet, "ew", tag, 900.0 + n),
                *(Messwert(gebiet, m, tag, w) for m, w in baender.items()),
            ]
            summen.append(Messwert(gebiet, "ew_unter_18", tag, sum(baender.values())))
    with _stadt(tmp_path / "teile", teile) as eine, _stadt(tmp_path / "summen", [*teile, *summen]) as andere:
        zeile = next(z for z in ablauf.indikatoren(eine) if z.indikator.kennung == "B03")
        assert zeile.vorhanden
        assert {z.merkmal.schluessel: z.letzter_stand for z in ablauf.compute_datenuebersicht(eine).zeilen}[
            "ew_unter_18"
        ] == TAG
        (satz,) = say_summen(eine, vereinbarte(eine), 2025)
        assert satz.startswith("Nicht geliefert, sondern aus gelieferten Zahlen zusammengezählt ist: ")
        assert say_summen(andere, vereinbarte(andere), 2025) == ()
        links, rechts = compute(eine).tabelle, compute(andere).tabelle
    ordnung = ["indikator", "jahr", "gebiet"]
    assert links.kennzahlen.sort(ordnung).equals(rechts.kennzahlen.sort(ordnung))
    assert links.kennzahlen.filter(links.kennzahlen["indikator"] == "B03")["wert"].is_not_null().sum() > 4
    assert (links.kennzahlen["zeichen"] == Zeichen.GEHEIM.name).any()
