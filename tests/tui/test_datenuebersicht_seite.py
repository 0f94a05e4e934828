"""Datenübersicht on the screen: what is missing is found, and what somebody knows is noted and taken back."""

from __future__ import annotations

from pathlib import Path

from sozialtool import ablauf
from sozialtool.fach.abfrage import Datenbestand, Verfuegbarkeit
from sozialtool.fach.raum import Kommune
from sozialtool.tui.teile.tabelle import Tabelle
from tests.tui.gang import bildtext, druecke, laeuft, sieht, tippe


async def test_notieren_und_zuruecknehmen(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f5", "d")
        await sieht(pilot, "zu rechnen")
        assert "vorhanden" in bildtext(app)
        await druecke(pilot, "f")
        await sieht(pilot, "Es fehlt nichts")
        await druecke(pilot, "f", "home", "down")
        zeile = app.screen.query_one(Tabelle).gewaehlt.wert
        assert zeile.merkmal.name[:20] in bildtext(app)
        await druecke(pilot, "enter")
        await sieht(pilot, "Rechtsgrundlage")
        await druecke(pilot, "enter", "enter", "enter")
        await tippe(pilot, "31.12.")
        await druecke(pilot, "f10")
        await sieht(pilot, "Stichtag: 31.12.")
        (bestand,) = app.projekt.read(Datenbestand)
        assert (bestand.merkmal, bestand.stichtag) == (zeile.merkmal.schluessel, "31.12.")
        assert bestand.verfuegbarkeit is Verfuegbarkeit.VORHANDEN
        await druecke(pilot, "escape", "ctrl+z")
        assert app.projekt.read(Datenbestand) == []


async def test_strg_z_wirkt_auf_der_seite_und_die_ebene_hat_einen_namen(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f5", "d")
        await sieht(pilot, "zu rechnen")
        await druecke(pilot, "home", "down")
        await sieht(pilot, "Kleinste Ebene: Sozialraum")
        await druecke(pilot, "enter")
        await sieht(pilot, "Rechtsgrundlage")
        await druecke(pilot, "f10")
        await sieht(pilot, "nur Fehlende")
        (bestand,) = app.projekt.read(Datenbestand)
        assert bestand.kleinste_ebene == "sozialraum", "shown by name, kept by key"
        await druecke(pilot, "ctrl+z")
        await sieht(pilot, "Zurückgenommen: Datenübersicht")
        assert app.projekt.read(Datenbestand) == []


async def test_was_hilft_und_nach_excel(tmp_path: Path) -> None:
    with ablauf.create_projekt(tmp_path / "leer", Kommune("05999999", "Musterstadt", berichtsjahr=2025)) as projekt:
        pfad = projekt.pfad
    async with laeuft(pfad) as (_, pilot):
        await druecke(pilot, "f5", "d")
        await sieht(pilot, "nötig für")
        await druecke(pilot, "w")
        await sieht(pilot, "mit anderen:")
        await druecke(pilot, "enter", "x")
        await tippe(pilot, str(tmp_path / "du.xlsx"))
        await druecke(pilot, "enter")
        await sieht(pilot, "Geschrieben")
        assert (tmp_path / "du.xlsx").is_file()


async def test_sitzung_und_abweichende_meinung_werden_mit_vereinbart(stadt: Path) -> None:
    from sozialtool.fach.vereinbarung import Gegenstand

    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f4", "v")
        await sieht(pilot, "Abweichende Meinung")
        await druecke(pilot, "enter", "enter", "enter")
        await tippe(pilot, "3. Sitzung")
        await druecke(pilot, "f10")
        await sieht(pilot, "vereinbart")
        schritte = [
            schritt for z in ablauf.indikatoren(app.projekt)
            for schritt in ablauf.history_of(app.projekt, Gegenstand.INDIKATOR, z.indikator.kennung)
        ]  # fmt: skip
        assert "3. Sitzung" in {schritt.sitzung for schritt in schritte}
