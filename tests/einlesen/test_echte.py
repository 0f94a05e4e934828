"""Real authority files, each with a profile, compared value by value with an independent reading or the target beside it."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import attrs
import pytest
from python_calamine import CalamineWorkbook

from sozialtool.einlesen import aendern
from sozialtool.einlesen.pruefung import Pruefung, answer, answer_frage, build_profil, examine
from sozialtool.einlesen.umfeld import Umfeld
from sozialtool.einlesen.zuordnung import Rolle, Zuordnung
from sozialtool.fach.messwert import Merkmal, Merkmalart, Zeichen
from sozialtool.fach.quelle import Schwere
from sozialtool.fach.raum import Gebiet, Kommune

pytestmark = pytest.mark.real
BERLIN = Kommune("11000000", "Berlin", "Berlin")


def answer_all(pruefung: Pruefung, umfeld: Umfeld, antworten: dict[str, str]) -> Pruefung:
    """Answer every question by the text that stands in the file; what is not listed is left out."""
    for _ in range(200):
        if not pruefung.fragen:
            return pruefung
        frage = pruefung.fragen[0]
        pruefung = answer_frage(pruefung, umfeld, frage.kennung, antworten.get(frage.text, ""))
    raise AssertionError("too many questions")


def map_columns(pruefung: Pruefung, umfeld: Umfeld, spalten: dict[str, str]) -> Pruefung:
    """Say which Merkmal each column of the first table is; all others that are open are left out."""
    zuordnung: Zuordnung = pruefung.zuordnung
    for kopf, merkmal in spalten.items():
        zuordnung = aendern.with_merkmal(zuordnung, 0, kopf, merkmal)
    return answer(pruefung, umfeld, aendern.ignore_open(zuordnung, 0))


def read_csv(pfad: Path, trenner: str = ",") -> list[dict[str, str]]:
    with pfad.open(encoding="utf-8-sig", newline="") as datei:
        return list(csv.DictReader(datei, delimiter=trenner))


def grid(pfad: Path, blatt: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(pfad).get_sheet_by_name(blatt).to_python(skip_empty_area=False)


# --- Bundesagentur für Arbeit ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def arbeitsmarkt(daten: Path) -> list[Path]:
    return sorted((daten / "arbeitsmarkt_kommunal").glob("*.xlsx"))


def ba_umfeld(dateien: list[Path]) -> Umfeld:
    gebiete = [Gebiet(d.name.split("_")[1], d.stem.split("_", 2)[2].replace("_", " "), "gemeinde") for d in dateien]
    merkmale = []
    for z, zeile in enumerate(grid(dateien[0], "Daten")):
        if (isinstance(zeile[6], float) and zeile[1:2] != [""]) or zeile[0] == "Insgesamt":
            durchschnitt = z >= 37
            merkmale.append(
                Merkmal(
                    f"m{z}", f"Zeile {z}", Merkmalart.DURCHSCHNITT if durchschnitt else Merkmalart.ANZAHL,
                    stichtag="Jahr" if durchschnitt else "30.06.",
                )
            )  # fmt: skip
    return Umfeld(Kommune("06440002", "Bad Nauheim", "Hessen"), gebiete=tuple(gebiete), merkmale=tuple(merkmale))


def ba_profile(dateien: list[Path], umfeld: Umfeld) -> Pruefung:
    pruefung = examine(dateien[0], umfeld)
    for _ in range(60):
        if not pruefung.fragen:
            return pruefung
        frage = pruefung.fragen[0]
        assert frage.art == "merkmal-zeile"
        pruefung = answer_frage(pruefung, umfeld, frage.kennung, f"m{int(frage.zelle[1:]) - 1}")
    raise AssertionError


def test_five_municipalities_with_one_profile(arbeitsmarkt: list[Path]) -> None:
    umfeld = ba_umfeld(arbeitsmarkt)
    erste = ba_profile(arbeitsmarkt, umfeld)
    assert len(umfeld.merkmale) == 33
    umfeld = attrs.evolve(umfeld, profile=(build_profil(erste, "Arbeitsmarkt kommunal"),))
    for datei in arbeitsmarkt:
        pruefung = examine(datei, umfeld)
        assert (pruefung.fragen, pruefung.abweichungen) == ((), ()), datei.name
        zeilen = grid(datei, "Daten")
        werte = {(w.gebiet, w.merkmal, w.stand): w for w in pruefung.messwerte}
        assert len(werte) == 33 * 5
        for (gebiet, merkmal, stand), wert in werte.items():
            assert gebiet == datei.name.split("_")[1]
            z = int(merkmal[1:])
            roh = zeilen[z][2 + stand.year - 2020]
            assert (stand.month, stand.day, wert.jahre) == ((12, 31, 1) if z >= 37 else (6, 30, 0))
            if roh == "*":
                assert (wert.wert, wert.zeichen) == (None, Zeichen.GEHEIM)
            else:
                assert wert.wert == roh, (datei.name, wert.zelle)


def test_stars_of_the_bundesagentur_are_there(arbeitsmarkt: list[Path]) -> None:
    geheim = sum(zelle == "*" for datei in arbeitsmarkt for zeile in grid(datei, "Daten") for zelle in zeile)
    assert geheim > 0


def test_a_foreign_municipality_stays_a_question(arbeitsmarkt: list[Path]) -> None:
    umfeld = ba_umfeld(arbeitsmarkt)
    profil = build_profil(ba_profile(arbeitsmarkt, umfeld), "Arbeitsmarkt kommunal")
    nur_eine = attrs.evolve(umfeld, gebiete=umfeld.gebiete[:1], profile=(profil,))
    pruefung = examine(arbeitsmarkt[1], nur_eine)
    assert [frage.art for frage in pruefung.fragen] == ["tabellengebiet"]
    assert not pruefung.bereit
    assert pruefung.messwerte == ()


# --- IT.NRW ------------------------------------------------------------------------------------------------------


def test_it_nrw_equals_its_clean_csv(daten: Path) -> None:
    merkmale = tuple(Merkmal(k, f"Merkmal {k}", stichtag="Monatsende") for k in ("gesamt", "maennlich", "weiblich"))
    umfeld = Umfeld(Kommune("05315000", "Köln"), merkmale=merkmale)
    pruefung = examine(daten / "it_nrw" / "arbeitslose_koeln_monate.xls", umfeld)
    assert [frage.art for frage in pruefung.fragen] == ["merkmal"] * 3  # 36 columns, three questions
    for frage in pruefung.fragen:
        merkmal = {"Insgesamt": "gesamt", "männlich": "maennlich"}.get(frage.text.rpartition(" – ")[2], "weiblich")
        pruefung = answer_frage(pruefung, umfeld, frage.kennung, merkmal)
    werte = {(w.merkmal, w.stand): w for w in pruefung.messwerte}
    ziel = read_csv(daten / "it_nrw" / "arbeitslose_koeln_monate_erwartet.csv")
    erwartet = {
        (m, dt.date.fromisoformat(zeile["datum"])): float(zeile[m])
        for zeile in ziel for m in ("gesamt", "maennlich", "weiblich") if zeile[m]
    }  # fmt: skip
    assert {k: w.wert for k, w in werte.items() if w.wert is not None} == erwartet
    folgt = [w for w in werte.values() if w.wert is None]
    assert len(folgt) == 18
    assert {w.zeichen for w in folgt} == {Zeichen.FOLGT}
    assert {w.gebiet for w in werte.values()} == {"05315000"}


# --- INKAR -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kopf"),
    [("A_ArbeitslosigkeitKreis.xls", "Arbeitslose"), ("E_Haushaltseinkommen.xls", "Haushaltseinkommen")],
)
def test_inkar_series(daten: Path, name: str, kopf: str) -> None:
    zeilen = grid(daten / "inkar" / name, "Daten")
    gebiete = tuple(Gebiet(str(z[0]), str(z[1]), "kreis") for z in zeilen[2:])
    merkmal = Merkmal("m", kopf, Merkmalart.DURCHSCHNITT, stichtag="Jahr")
    umfeld = Umfeld(Kommune("01001000", "Flensburg"), gebiete=gebiete, merkmale=(merkmal,))
    pruefung = examine(daten / "inkar" / name, umfeld)
    assert pruefung.fragen == ()
    werte = {(w.gebiet, w.stand.year): w.wert for w in pruefung.messwerte}
    erwartet = {
        (z[0], int(str(zeilen[1][s]))): z[s]
        for z in zeilen[2:]
        for s in range(3, len(z))
        if isinstance(z[s], int | float)
    }
    assert {k: v for k, v in werte.items() if v is not None} == erwartet
    assert all(w.jahre == 1 for w in pruefung.messwerte)


def test_inkar_for_one_kreis_leaves_the_others_out(daten: Path) -> None:
    umfeld = Umfeld(
        Kommune("05170044", "Voerde"), gebiete=(Gebiet("05170", "Wesel", "kreis"),),
        merkmale=(Merkmal("m", "Arbeitslose", stichtag="Jahr"),),
    )  # fmt: skip
    pruefung = examine(daten / "inkar" / "A_ArbeitslosigkeitKreis.xls", umfeld)
    assert pruefung.fragen == ()
    assert {w.gebiet for w in pruefung.messwerte} == {"05170"}
    assert len(pruefung.messwerte) == 27


# --- Berlin ------------------------------------------------------------------------------------------------------

MSS = {
    "inhabitants": "ew",
    "s1 percentage unemployed": "s1",
    "s3 percentage transfer payments recipients": "s3",
    "s4 percentage transfer payments recipients below 15 years": "s4",
    "d1 percentage unemployed": "d1",
    "d3 percentage transfer payments recipients": "d3",
    "d4 percentage transfer payments recipients below 15 years": "d4",
}


@pytest.mark.parametrize(("jahr", "anzahl"), [(2019, 436), (2021, 534)])
def test_mss_planungsraeume(daten: Path, jahr: int, anzahl: int) -> None:
    pfad = daten / "berlin_mss" / f"mss_{jahr}_planungsraeume.csv"
    zeilen = read_csv(pfad)
    assert len(zeilen) == anzahl
    merkmale = tuple(
        Merkmal(m, f"Merkmal {m}", Merkmalart.ANZAHL if m == "ew" else Merkmalart.ANTEIL) for m in MSS.values()
    )
    gebiete = tuple(Gebiet(z["id"], z["name"], "planungsraum") for z in zeilen)
    umfeld = Umfeld(BERLIN, gebiete=gebiete, merkmale=merkmale)
    pruefung = map_columns(examine(pfad, umfeld), umfeld, MSS)
    assert [f.art for f in pruefung.fragen] == ["stand"]  # the year is in the file name only: asked once
    assert pruefung.fragen[0].vorschlaege[0].name == f"31.12.{jahr}"
    fertig = answer_frage(pruefung, umfeld, pruefung.fragen[0].kennung, pruefung.fragen[0].vorschlaege[0].schluessel)
    werte = {(w.gebiet, w.merkmal): w for w in fertig.messwerte}
    assert {w.stand for w in fertig.messwerte} == {dt.date(jahr, 12, 31)}
    for zeile in zeilen:
        for spalte, merkmal in MSS.items():
            roh = zeile[spalte.replace(" ", "_")]
            wert = werte[zeile["id"], merkmal]
            if roh in ("", "-"):
                assert wert.zeichen is not None
            else:
                assert wert.wert == float(roh), wert.zelle
    assert len(werte) == anzahl * len(MSS)


def test_mss_profile_of_2019_shows_what_is_new_in_2021(daten: Path) -> None:
    ordner = daten / "berlin_mss"
    zeilen = read_csv(ordner / "mss_2019_planungsraeume.csv") + read_csv(ordner / "mss_2021_planungsraeume.csv")
    gebiete = tuple({z["id"]: Gebiet(z["id"], z["name"], "planungsraum") for z in zeilen}.values())
    umfeld = Umfeld(BERLIN, gebiete=gebiete, merkmale=tuple(Merkmal(m, f"Merkmal {m}") for m in MSS.values()))
    erste = map_columns(examine(ordner / "mss_2019_planungsraeume.csv", umfeld), umfeld, MSS)
    erste = answer_frage(erste, umfeld, erste.fragen[0].kennung, erste.fragen[0].vorschlaege[0].schluessel)
    umfeld = attrs.evolve(umfeld, profile=(build_profil(erste, "MSS"),))
    zweite = examine(ordner / "mss_2021_planungsraeume.csv", umfeld)
    assert {a.text for a in zweite.abweichungen if a.art == "spalte-neu"} == {"k16_foreigners", "k17_non_eu_foreigners"}
    assert {w.merkmal for w in zweite.messwerte} == set(MSS.values())
    assert {w.stand for w in zweite.messwerte} == {dt.date(2021, 12, 31)}


def test_einwohnerbestand(daten: Path) -> None:
    pfad = daten / "berlin_mss" / "einwohnerbestand_2022-06_planungsraeume.csv"
    zeilen = read_csv(pfad, ";")
    spalten = [s for s in zeilen[0] if s != "PLR-ID"]
    merkmale = tuple(Merkmal(f"m{i}", s) for i, s in enumerate(spalten))
    gebiete = tuple(Gebiet(z["PLR-ID"], f"Planungsraum {z['PLR-ID']}", "planungsraum") for z in zeilen)
    umfeld = Umfeld(BERLIN, gebiete=gebiete, merkmale=merkmale)
    pruefung = examine(pfad, umfeld)
    pruefung = answer_all(pruefung, umfeld, {"": "30.06.2022"})
    werte = {(w.gebiet, w.merkmal): w.wert for w in pruefung.messwerte}
    erwartet = {
        (z["PLR-ID"], f"m{i}"): 0.0 if z[s] == "–" else float(z[s])
        for z in zeilen for i, s in enumerate(spalten) if z[s]
    }  # fmt: skip
    assert {k: v for k, v in werte.items() if v is not None} == erwartet
    assert {w.stand for w in pruefung.messwerte} == {dt.date(2022, 6, 30)}


def test_schulsozialindex(daten: Path) -> None:
    pfad = daten / "schulsozialindex" / "nrw_schulen_2024_25_kreise_wesel_mettmann_paderborn.csv"
    zeilen = read_csv(pfad)
    gebiete = tuple(Gebiet(z["Schulnummer"], z["Amtliche Bezeichnung 1"], "schule") for z in zeilen)
    merkmale = (
        Merkmal("schueler", "Anzahl", stichtag="15.10."),
        Merkmal("stufe", "Sozialindex", Merkmalart.STUFE, stichtag="15.10."),
    )
    umfeld = Umfeld(Kommune("05170044", "Voerde"), gebiete=gebiete, merkmale=merkmale)
    pruefung = examine(pfad, umfeld)
    assert pruefung.fragen == ()
    regel = pruefung.zuordnung.tabellen[0]
    assert {r.text for r in regel.spalten if r.rolle is Rolle.GEBIETSCODE} == {"Schulnummer"}
    werte = {(w.gebiet, w.merkmal): w for w in pruefung.messwerte}
    for zeile in zeilen:
        for spalte, merkmal in (("Anzahl", "schueler"), ("Sozialindex", "stufe")):
            roh, wert = zeile[spalte], werte[zeile["Schulnummer"], merkmal]
            if roh.isdigit():
                assert wert.wert == float(roh), wert.zelle
            else:
                assert (wert.wert, wert.zeichen) != (None, None)
                assert wert.wert is None
    assert {w.stand for w in pruefung.messwerte} == {dt.date(2024, 10, 15)}
    assert not [b for b in pruefung.befunde if b.schwere is Schwere.FEHLER]
