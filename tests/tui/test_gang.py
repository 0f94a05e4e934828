"""Walks by keys alone: from an empty folder to the workbook, and what happens when something goes wrong on the way."""

from __future__ import annotations

import threading
from pathlib import Path

import attrs
import pytest
from textual.worker import WorkerFailed

from sozialtool import ablauf, orte
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.raum import SOZIALRAUM, Gebiet, Kommune
from sozialtool.fehler import Abgebrochen, DateiGesperrt
from sozialtool.tui.bildschirme import start
from sozialtool.tui.teile.tabelle import Tabelle
from tests.ausgabe.hilfen import load
from tests.tui.conftest import RAEUME
from tests.tui.gang import bildtext, druecke, laeuft, ruhe, sieht, tippe, warte

ZEILEN = "".join(f"{name};{2000 + 100 * nr};{300 + 10 * nr}\n" for nr, name in enumerate(RAEUME))


@pytest.fixture
def leere_stadt(tmp_path: Path) -> Path:
    """A project with areas and two agreed Indikatoren, without figures; a delivery lies in eingang/."""
    with ablauf.create_projekt(tmp_path / "neu", Kommune("05999999", "Musterstadt", berichtsjahr=2025)) as projekt:
        with projekt.change("Sozialräume angelegt") as schreiber:
            schreiber.put(*(Gebiet(f"0{nr}", name, SOZIALRAUM, reihenfolge=nr) for nr, name in enumerate(RAEUME)))
            for indikator in projekt.read(Indikator):
                if indikator.kennung in ("B01", "B03"):
                    schreiber.put(attrs.evolve(indikator, zustand=Zustand.VEREINBART))
        namen = {merkmal.schluessel: merkmal.name for merkmal in ablauf.merkmale(projekt)}
        pfad = projekt.pfad
    kopf = f"Sozialraum;{namen['ew']};{namen['ew_unter_18']}\n"
    (pfad.parent / "eingang" / "einwohner_2025-12-31.csv").write_text(kopf + ZEILEN, encoding="utf-8")
    return pfad


async def test_neues_projekt_mit_vier_angaben(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "grundordner", lambda: tmp_path / "Sozialplanung")
    async with laeuft(None) as (app, pilot):
        await druecke(pilot, "n")
        await tippe(pilot, "Bad Musterstadt")
        await druecke(pilot, "enter")
        await tippe(pilot, "5170044")
        await druecke(pilot, "enter", "enter", "enter")
        await sieht(pilot, "zum Beispiel 05170044")
        assert projekte(tmp_path) == []
        await tippe(pilot, "05170044")
        await druecke(pilot, "f10")
        await sieht(pilot, "Bad Musterstadt · Berichtsjahr")
        await sieht(pilot, "Als Nächstes")
        assert app.projekt.kommune.ags == "05170044"
    assert projekte(tmp_path) == ["bad_musterstadt.sozial"]


def projekte(ordner: Path) -> list[str]:
    """Names of the project files in a folder."""
    return [pfad.name for pfad in ordner.rglob("*.sozial")]


@pytest.mark.kindprozess
async def test_vom_einlesen_bis_zur_arbeitsmappe(leere_stadt: Path) -> None:
    async with laeuft(leere_stadt) as (app, pilot):
        await druecke(pilot, "f5")
        await sieht(pilot, "Noch ist keine Datei eingelesen")
        await druecke(pilot, "e")
        await sieht(pilot, "einwohner_2025-12-31.csv")
        await druecke(pilot, "enter")
        await sieht(pilot, "Einlesen 1/3")
        await sieht(pilot, "Leseart: utf-8")
        await sieht(pilot, "Rheinfeld Nord")
        await druecke(pilot, "enter")
        await sieht(pilot, "Einlesen 2/3")
        await _beantworte_alles(app, pilot)
        await _lass_letzte_spalte_weg_und_nimm_sie_wieder(app, pilot)
        await druecke(pilot, "enter")
        await sieht(pilot, "Einlesen 3/3")
        await druecke(pilot, "enter")
        await sieht(pilot, "annehmen?")
        await druecke(pilot, "enter")
        await sieht(pilot, "Wer liefert das?")
        await druecke(pilot, "f10")
        await sieht(pilot, "einwohner_2025-12-31.csv")
        await warte(pilot, lambda: app.screen.BEREICH == "daten", "zurück bei den Daten")
        assert [q.anzahl_werte for q in await app.rufe(lambda: ablauf.quellen(app.projekt))] == [10]
        await druecke(pilot, "f6")
        await sieht(pilot, "2.200")
        await druecke(pilot, "x")
        await sieht(pilot, "Drucksache")
        await druecke(pilot, "f10")
        await sieht(pilot, "Das Monitoring ist geschrieben")
        await druecke(pilot, "enter")
        await sieht(pilot, "Monitoring_2025.xlsx")
    assert (leere_stadt.parent / "ausgaben" / "2025" / "Monitoring_2025.xlsx").is_file()


async def _beantworte_alles(app, pilot) -> None:
    for _ in range(20):
        offen = app.screen._entwurf.pruefung.fragen
        if not offen:
            return
        assert offen[0].vorschlaege, f"kein Vorschlag zu {offen[0].frage}"
        await druecke(pilot, "enter")
    raise AssertionError(bildtext(app))


async def _lass_letzte_spalte_weg_und_nimm_sie_wieder(app, pilot) -> None:
    """A column that is changed keeps the mark: the next key does not meet another one."""
    tabelle = app.screen.query_one(Tabelle)
    letzte = max(nr for nr, r in enumerate(tabelle.reihen) if r.wert and r.wert.regel and r.wert.regel.art == "spalte")
    regel = tabelle.reihen[letzte].wert.regel
    tabelle.move_cursor(row=letzte)
    await druecke(pilot, "n")
    await sieht(pilot, "wird nicht übernommen")
    assert tabelle.gewaehlt.wert.regel.schluessel == regel.schluessel
    await druecke(pilot, "a")
    await tippe(pilot, regel.ziel)
    await druecke(pilot, "enter")
    await warte(pilot, lambda: tabelle.gewaehlt.wert.regel.ziel == regel.ziel, "wieder zugeordnet")


async def test_einlesen_zuruecknehmen_nennt_was(leere_stadt: Path) -> None:
    with ablauf.open_projekt(leere_stadt) as projekt:
        ablauf.save_umsetzungsstand(
            projekt, 1, ablauf.uebersicht(projekt).zuletzt[0].zeit.date(), "Der Rat hat beschlossen."
        )
    async with laeuft(leere_stadt) as (app, pilot):
        assert "Der Rat hat beschlossen" in bildtext(app)
        await druecke(pilot, "ctrl+z")
        await sieht(pilot, "Zurückgenommen: Umsetzungsstand zu Baustein 1")
        await warte(pilot, lambda: not app.screen.daten.bausteine[0].staende, "der Satz ist weg")
        await druecke(pilot, "ctrl+y")
        await sieht(pilot, "Wieder hergestellt")
        await warte(pilot, lambda: len(app.screen.daten.bausteine[0].staende) == 1, "der Satz ist wieder da")


async def test_abgebrochenes_einlesen_aendert_nichts(leere_stadt: Path) -> None:
    async with laeuft(leere_stadt) as (app, pilot):
        vorher = app.fassung
        await druecke(pilot, "f5", "e")
        await sieht(pilot, "einwohner_2025-12-31.csv")
        await druecke(pilot, "enter")
        await sieht(pilot, "Einlesen 1/3")
        await druecke(pilot, "enter", "escape", "escape")
        await warte(
            pilot, lambda: app.screen.BEREICH == "daten" if hasattr(app.screen, "BEREICH") else False, "draußen"
        )
        assert app.fassung == vorher
        assert await app.rufe(lambda: ablauf.quellen(app.projekt)) == ()


async def test_lange_arbeit_zeigt_fortschritt_und_laesst_sich_anhalten(
    stadt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begonnen = threading.Event()

    def langsam(projekt, jahr, drucksache="", fortschritt=None, stop=None, **_):
        fortschritt(3, 12, "Kennzahlen [/x] rechnen")
        begonnen.set()
        assert stop.wait(20)
        raise Abgebrochen("Die Rechnung wurde angehalten.", "Es wurde nichts geändert.")

    monkeypatch.setattr(ablauf, "ausgeben", langsam, raising=False)
    async with laeuft(stadt) as (app, pilot):
        await pilot.press("f8")
        await ruhe(pilot)
        await pilot.press("m")
        await sieht(pilot, "Drucksache")
        await pilot.press("f10")
        await sieht(pilot, "3 von 12")
        await sieht(pilot, "Kennzahlen [/x] rechnen")
        assert begonnen.is_set()
        await pilot.press("f6")
        await pilot.press("escape")
        await sieht(pilot, "Die Rechnung wurde angehalten.")
        assert app.screen.BEREICH == "ausgabe"


async def test_fehler_steht_als_fenster_da(stadt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def offen(*_args, **_kw):
        raise DateiGesperrt("Die Datei [/x] ist noch in Excel geöffnet.", "Bitte dort schließen.", "DATEI-OFFEN")

    monkeypatch.setattr(ablauf, "ausgeben", offen, raising=False)
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f8", "m", "f10")
        await sieht(pilot, "Die Datei [/x] ist noch in Excel geöffnet.")
        text = bildtext(app)
        assert "Bitte dort schließen." in text
        assert "DATEI-OFFEN" in text
        await druecke(pilot, "enter")
        assert app.screen.BEREICH == "ausgabe"


async def test_hinweise_zum_oeffnen_stehen_da(stadt: Path) -> None:
    with ablauf.open_projekt(stadt) as projekt:
        sicherung = ablauf.back_up(projekt)
    async with laeuft(sicherung) as (_, pilot):
        await sieht(pilot, "Das ist die Sicherung vom")


async def test_fehler_beim_oeffnen_laesst_waehlen(tmp_path: Path) -> None:
    (tmp_path / "kaputt.sozial").write_text("kein Projekt", encoding="utf-8")
    async with laeuft(None) as (app, pilot):
        app.oeffne(tmp_path / "kaputt.sozial")
        await sieht(pilot, "lässt sich nicht öffnen")
        await druecke(pilot, "enter", "f6")
        await sieht(pilot, "Bitte erst ein Projekt öffnen")
        assert not app.hat_projekt


async def test_leeres_monitoring_sagt_was_zu_tun_ist(leere_stadt: Path) -> None:
    async with laeuft(leere_stadt) as (app, pilot):
        await druecke(pilot, "f6")
        await sieht(pilot, "Es gibt noch nichts zu rechnen.")
        assert "F5" in bildtext(app)
        # No key ends the program, and none is offered that has nothing to show.
        await druecke(pilot, "v", "s", "i", "e", "b", "k", "r", "m", "w", "j", "plus", "minus", "left", "right")
        await ruhe(pilot)
        assert "Es gibt noch nichts zu rechnen." in bildtext(app)
        assert "Verlauf" not in bildtext(app)
        assert "x nach Excel" in bildtext(app)


async def test_von_als_naechstes_zum_ort(leere_stadt: Path) -> None:
    async with laeuft(leere_stadt) as (app, pilot):
        ziele = [schritt.ziel for schritt in app.screen.daten.naechste]
        assert ziele, "es gibt offene Schritte"
        await druecke(pilot, "enter")
        assert ziele[0] == app.current_mode


async def test_indikator_vereinbaren(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f4", "f")
        await tippe(pilot, "I03")
        await druecke(pilot, "enter", "v")
        await sieht(pilot, "Zustand")
        await druecke(pilot, "enter", "enter")
        await tippe(pilot, "Planungsrunde [/x]")
        await druecke(pilot, "f10")
        await warte(pilot, lambda: not app.screen.is_modal, "das Fenster ist zu")
        await sieht(pilot, "Planungsrunde [/x]")
        zeilen = await app.rufe(lambda: ablauf.indikatoren(app.projekt))
        neu = next(zeile.indikator for zeile in zeilen if zeile.indikator.kennung == "I03")
        assert (neu.zustand, neu.gremium) == (Zustand.VEREINBART, "Planungsrunde [/x]")


async def test_umsetzungsstand_behaelt_getipptes_bei_falschem_datum(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "n")
        await tippe(pilot, "gestern")
        await druecke(pilot, "enter")
        await tippe(pilot, "Die Steuerungsgruppe hat getagt.")
        await druecke(pilot, "enter")
        await sieht(pilot, "ein Datum wie 31.12.2025")
        assert "Die Steuerungsgruppe hat getagt." in bildtext(app)
        await tippe(pilot, "2.3.2026")
        await druecke(pilot, "f10")
        await sieht(pilot, "02.03.2026 Die Steuerungsgruppe hat")


async def test_matrix_blaettert_am_rand(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f6")
        await sieht(pilot, "1 von ")
        spalten = len(app.screen._bloecke[0].indikatoren)
        await druecke(pilot, *["right"] * spalten)
        await sieht(pilot, " 2 von ")
        await druecke(pilot, "left")
        await sieht(pilot, " 1 von ")


async def test_taste_w_steht_vorn_wo_etwas_gesperrt_ist(stadt: Path) -> None:
    """On 80 columns the key line ends after four keys: the one that the cell asks for comes first."""
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f6")
        await sieht(pilot, "v Verlauf")
        assert "warum gesperrt" not in bildtext(app)
        await druecke(pilot, "down", "down", "down", "right")
        await sieht(pilot, "(geheim)")
        assert bildtext(app).rstrip().splitlines()[-1].startswith(" w warum gesperrt?  v Verlauf")
        await druecke(pilot, "w")
        await sieht(pilot, "Enter weiter")
        assert "übernehmen" not in bildtext(app)


async def test_geheimes_steht_nirgends(stadt: Path) -> None:
    """A count below the limit appears neither in the matrix nor in the lines below it; its reason does."""
    async with laeuft(stadt, (120, 40)) as (app, pilot):
        await druecke(pilot, "f6", "down", "down", "down", "right")
        await sieht(pilot, "(geheim)")
        assert "•" in bildtext(app)
        await druecke(pilot, "w")
        await sieht(pilot, "Gesperrt:")
        assert "nicht gesperrt" not in bildtext(app)


async def test_absturz_endet_deutsch_mit_protokoll(
    stadt: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def kaputt(_projekt):
        geheim = "Kind Mustermann"
        raise ZeroDivisionError(len(geheim))

    with pytest.raises(WorkerFailed, match="ZeroDivisionError"):  # noqa: PT012 - the error ends the app, at its end
        async with laeuft(stadt) as (_app, pilot):
            monkeypatch.setattr(ablauf, "raeume", kaputt, raising=False)
            await pilot.press("f3")
            await ruhe(pilot)
    gesagt = capsys.readouterr().err
    assert "Das Projekt ist unversehrt" in " ".join(gesagt.split())
    assert "Traceback" not in gesagt
    protokoll = next(orte.protokolle().glob("absturz_*.txt")).read_text(encoding="utf-8")
    assert "ZeroDivisionError" in protokoll
    assert "Mustermann" not in protokoll
    with ablauf.open_projekt(stadt) as projekt:
        assert projekt.kommune.name == "Musterstadt"


async def test_farben_bleiben_gemerkt(stadt: Path) -> None:
    async with laeuft(stadt) as (app, _pilot):
        app.action_farben_wechseln()
        gewaehlt = app.theme
    async with laeuft(stadt) as (app, _pilot):
        assert app.theme == gewaehlt


async def test_blaetter_der_ausgabe_werden_angekreuzt(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f8")
        await sieht(pilot, "Monitoring mit allen Blättern")
        await druecke(pilot, "b")
        await sieht(pilot, "[x] Auf einen Blick")
        await druecke(pilot, "down", "down", "down", "space", "down", "space", "space", "down", "space", "enter")
        await sieht(pilot, "Monitoring ohne: Vergleich, Bevölkerung und Verteilung")
        await druecke(pilot, "b", "down", "down", "down", "space", "escape")
        assert "ohne: Vergleich, Bevölkerung" in bildtext(app)
        await druecke(pilot, "b", "space", "enter")
        await sieht(pilot, "lange Tabellen auch im")
        await druecke(pilot, "f")
        await sieht(pilot, "Berichtsjahr")
        await druecke(pilot, "enter", "enter", "enter")
        await sieht(pilot, "Ohne: Vergleich, Bevölkerung und Verteilung.")
        await sieht(pilot, "Daneben liegt die barrierefreie Fassung.")
        await druecke(pilot, "enter")
        await sieht(pilot, "Monitoring_2025_barrierefrei.xlsx")
    blaetter = load(stadt.parent / "ausgaben" / "2025" / "Monitoring_2025.xlsx", nur_namen=True).sheetnames
    assert "Steckbriefe" in blaetter
    assert "Vergleich" not in blaetter
