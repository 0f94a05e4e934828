"""Sheets Vergleich, Bevölkerung und Verteilung, Verfahren: what they say follows from released figures and keeps their secrets."""

from __future__ import annotations

import attrs
import pytest

from sozialtool.ausgabe.monitoring import write_monitoring
from sozialtool.ausgabe.zeichen import write_trend
from sozialtool.fach.aussage import Methode
from sozialtool.fach.auswertung import Gebietsauswertung, Trendmangel
from sozialtool.fach.referenz import Referenzwert
from tests.ausgabe.bau import GEBIETE, JAHRE, baue_bericht, baue_tabelle
from tests.ausgabe.hilfen import load


def lies(pfad, blatt):
    """All texts and numbers of a sheet, row by row."""
    return [[z for z in reihe if z is not None] for reihe in load(pfad)[blatt].iter_rows(values_only=True)]


@pytest.fixture(scope="module")
def mappe(tmp_path_factory):
    ziel = tmp_path_factory.mktemp("auswertung") / "m.xlsx"
    refs = (Referenzwert("A07", "Kreis Wöhr", 2025, 11.8, "BA"), Referenzwert("A07", "Land", 2024, 17.1, "IT.NRW"))
    write_monitoring(ziel, baue_bericht(referenzen=refs))
    return ziel


def tabelle(zeilen, anfang):
    """Rows of the table whose title contains this, up to the next table."""
    ab = next(nr for nr, z in enumerate(zeilen) if z and anfang in str(z[0]) and str(z[0]).startswith("Tabelle"))
    nummer = str(zeilen[ab][0]).partition(":")[0]
    andere = (
        nr for nr in range(ab + 1, len(zeilen))
        if zeilen[nr] and str(zeilen[nr][0]).startswith("Tabelle") and not str(zeilen[nr][0]).startswith(f"{nummer}:")
    )  # fmt: skip
    bis = next(andere, None)
    return zeilen[ab:bis]


def test_comparison_with_values_from_outside(mappe):
    zeilen = tabelle(lies(mappe, "Vergleich"), "Kinderarmut")
    kopf = next(z for z in zeilen if "Wert" in z)
    assert kopf[-2:] == ["zu Kreis Wöhr 2025", "zu Land 2024"]
    for zeile in zeilen:
        if zeile and zeile[0] == "Nordviertel":
            wert, gegen = zeile[1], zeile[2]
            assert zeile[-2] == pytest.approx(wert - 11.8, abs=0.11)
            assert zeile[-1] == pytest.approx(wert - 17.1, abs=0.11)
            assert gegen.startswith("▲▲ deutlich höher")
            break
    else:
        pytest.fail("Nordviertel fehlt")
    assert any("Kreis Wöhr 2025: BA" in str(z) for z in zeilen)
    assert any("Nach Holm bleiben" in str(z) for z in zeilen)


def test_no_change_is_told_across_a_break(mappe):
    zeilen = tabelle(lies(mappe, "Vergleich"), "Haushalte mit Wohngeld")
    nord = next(z for z in zeilen if z and z[0] == "Nordviertel")
    assert "≠" in nord
    assert not any("seit 2019" in str(z) for z in zeilen)


def test_population_and_segregation(mappe):
    zeilen = lies(mappe, "Bevölkerung und Verteilung")
    ew = tabelle(zeilen, "Einwohnerinnen und Einwohner")
    stadt = next(z for z in ew if z and z[0] == "Wöhrstadt")
    # First year, the newest four, change, percent, index.
    assert len(stadt) == 9
    assert stadt[6] == stadt[5] - stadt[1]
    assert stadt[8] == pytest.approx(100 * stadt[5] / stadt[1], abs=0.05)
    gruppen = tabelle(zeilen, "Wie ungleich")
    assert any(
        str(z[0]).startswith("Anteil der Menschen ohne deutsche") and z[1] > z[-1] for z in gruppen if len(z) > 3
    )


def test_every_method_that_is_used_is_explained(mappe):
    zeilen = tabelle(lies(mappe, "Methoden und Quellen"), "Verfahren")
    namen = {z[1] for z in zeilen if len(z) == 5}
    for methode in (
        Methode.WILSON,
        Methode.BYAR,
        Methode.HOLM,
        Methode.NEWCOMBE,
        Methode.MARSHALL,
        Methode.SEGREGATION_IS,
    ):
        assert methode.titel in namen
    assert Methode.STANDARD.titel not in namen


def trends(pfad, blatt, name):
    """Area → what stands in the column Trend; the head of the table."""
    zeilen = [list(z) for z in load(pfad)[blatt].iter_rows(values_only=True)]
    ab = next(nr for nr, z in enumerate(zeilen) if str(z[0]).startswith("Tabelle") and name in str(z[0]))
    oben = next(nr for nr in range(ab, len(zeilen)) if "Trend" in zeilen[nr])
    spalte = zeilen[oben].index("Trend")
    return {z[0]: z[spalte] for z in zeilen[oben + 2 :][:14]}, zeilen[oben]


def test_trend_on_the_sheets_of_the_fields(tmp_path):
    """Sign and word of the tested trend, once with a clear direction, once within chance, once cut by a break."""
    steigend = {("02", "sgb2_u15", jahr): 40.0 + 12 * (jahr - 2019) for jahr in JAHRE}
    ruhig = {("03", "sgb2_u15", jahr): 60.0 for jahr in JAHRE} | {("03", "ew_u15", jahr): 400.0 for jahr in JAHRE}
    fest = {("02", "ew_u15", jahr): 400.0 for jahr in JAHRE}
    geheim = {("11", "sgb2_u15", 2025): 1.0}
    frueh = {("12", "sgb2_u15", jahr): 1.0 for jahr in JAHRE[:-2]}
    ziel = tmp_path / "m.xlsx"
    write_monitoring(ziel, baue_bericht(tabelle=baue_tabelle(steigend | ruhig | fest | geheim | frueh)))
    kinder, kopf = trends(ziel, "Arbeit, Einkommen, Armut", "Kinderarmut")
    assert kopf.index("Trend") + 1 == kopf.index("Lage gegen die Stadt")
    assert (kinder["Nordviertel"], kinder["Sankt-Antonius-Siedlung"]) == ("↑ steigt", "→ stabil")
    # Nothing is told of a secret figure, nor are the secret years behind a shown one counted.
    assert (kinder["Dörpe"], kinder["Kirchwöhr-Süd"]) == ("•", "zu kurz")
    alle = [str(z) for reihe in lies(ziel, "Zeichenerklärung") for z in reihe]
    assert {"↑", "→", "↓"} <= set(alle)
    assert any("Trend: ↑ und ↓" in str(z) for reihe in lies(ziel, "Arbeit, Einkommen, Armut") for z in reihe)


def test_a_missing_trend_says_why():
    zeile = Gebietsauswertung(GEBIETE[1], None)
    worte = [
        write_trend(attrs.evolve(zeile, trendmangel=mangel))
        for mangel in (Trendmangel.BRUCH, Trendmangel.ZU_KURZ, None)
    ]
    assert worte == ["≠ Bruch", "zu kurz", ""]
    assert write_trend(None) == ""


@pytest.mark.parametrize(
    ("blatt", "name"), [("Vergleich", "Grundsicherung"), ("Arbeit, Einkommen, Armut", "Grundsicherung")]
)
def test_a_secret_count_changes_nothing_in_these_sheets(tmp_path, blatt, name):
    """Two towns that differ only in a secret figure have the same sheets (its row is suppressed in both)."""
    ziele = []
    for nummer, wert in enumerate((1.0, 2.0)):
        einzeln = {("11", "grusi", jahr): wert for jahr in JAHRE}
        ziel = tmp_path / f"{nummer}.xlsx"
        write_monitoring(ziel, baue_bericht(tabelle=baue_tabelle(einzeln)))
        zeilen = tabelle(lies(ziel, blatt), name)
        # The town's own figures contain the count, so only rows of areas are compared.
        ziele.append([z for z in zeilen if z and str(z[0]) == "Dörpe"])
    assert ziele[0] == ziele[1]
    assert "•" in ziele[0][0]
