"""Abfragen and Rücklauf on the screen: forms out, returns in, one Rückfrage, accepted – by keys, and all of it undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozialtool import ablauf
from sozialtool.ablauf.abfragen import build_formular, get_abfrage
from sozialtool.erhebung.abfrage import build_abfrage
from sozialtool.fach.abfrage import Abfrage, Abfragestand, Fachbereich
from sozialtool.fach.quelle import Quelle
from sozialtool.tui.teile.tabelle import Tabelle
from tests.tui.gang import GROSS, KLEIN, bildtext, druecke, laeuft, sieht, tippe

JAHR = 2025


def fill(projekt: ablauf.Projekt, fachbereich: str, name: str, werte: dict | None = None, tun=lambda f: f) -> Path:
    """Fill a form as a department would and put it into eingang/."""
    formular = build_formular(projekt, get_abfrage(projekt, fachbereich, JAHR))
    eintraege: dict = {}
    namen = ("gebiet", "merkmal", "wert")
    spalten = projekt.read_messwerte(ab_jahr=JAHR, bis_jahr=JAHR)
    da = {(g, m): wert for g, m, wert in zip(*(spalten[name] for name in namen), strict=True)}
    for gebiet in formular.gebiete[:-1]:
        for merkmal in formular.merkmale:
            # What another list has given already, the department knows too.
            if (wert := da.get((gebiet.schluessel, merkmal.schluessel))) is not None:
                eintraege[gebiet.schluessel, merkmal.schluessel] = wert
                continue
            vorher = formular.vorjahr.get((gebiet.schluessel, merkmal.schluessel))
            eintraege[gebiet.schluessel, merkmal.schluessel] = vorher.wert + 1 if vorher and vorher.wert else 12
        # The invented figures have parts larger than their whole; a remark settles that.
        eintraege[gebiet.schluessel, "#anmerkung"] = "geprüft"
    pfad = projekt.pfad.parent / "eingang" / str(JAHR) / name
    pfad.parent.mkdir(parents=True, exist_ok=True)
    build_abfrage(pfad, tun(formular), eintraege=eintraege | (werte or {}))
    return pfad


@pytest.fixture
def versandt(stadt: Path) -> Path:
    """The town with forms of 2025 under way."""
    with ablauf.open_projekt(stadt) as projekt:
        ablauf.create_abfragen(projekt, JAHR)
        ablauf.write_abfragen(projekt, JAHR)
        ablauf.mark_versandt(projekt, JAHR)
    return stadt


def staende(projekt: ablauf.Projekt) -> dict[str, Abfragestand]:
    return {a.fachbereich: a.stand for a in projekt.read(Abfrage)}


async def test_formulare_hinaus(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f5", "a")
        await sieht(pilot, "noch nichts abgefragt")
        await druecke(pilot, "n")
        await sieht(pilot, "Sozialamt")
        await druecke(pilot, "enter")
        await tippe(pilot, "31.03.2099")
        await druecke(pilot, "f10")
        await sieht(pilot, "3 Fachbereiche: 3 angelegt")
        await druecke(pilot, "enter")
        await sieht(pilot, "Formular schreiben")
        await druecke(pilot, "escape", "s", "enter")
        await sieht(pilot, "Datenabfrage_2025_Einwohnermeldewesen.xlsx")
        assert len(list((stadt.parent / "abfragen" / "2025").glob("Datenabfrage_*.xlsx"))) == 3
        await druecke(pilot, "v", "down", "enter")
        await sieht(pilot, "1 versandt")
        await druecke(pilot, "v", "enter")
        assert set(staende(app.projekt).values()) == {Abfragestand.VERSANDT}
        await sieht(pilot, "31.03.2099")
        await druecke(pilot, "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        await sieht(pilot, "noch nichts abgefragt")
        assert app.projekt.read(Abfrage) == app.projekt.read(Fachbereich) == []


async def test_mail_wird_kopiert_und_als_datei_geschrieben(versandt: Path) -> None:
    async with laeuft(versandt) as (app, pilot):
        await druecke(pilot, "f5", "a", "m")
        await sieht(pilot, "Betreff: Erinnerung")
        await druecke(pilot, "c")
        assert app.clipboard.startswith("Guten Tag")
        datei = next((versandt.parent / "abfragen" / "2025").glob("Mail_*.txt"))
        # The path may be broken anywhere.
        assert datei.name in "".join(zeile.strip() for zeile in bildtext(app).splitlines())
        assert app.clipboard.splitlines()[-1] in datei.read_text(encoding="utf-8-sig")
        await druecke(pilot, "v")
        await sieht(pilot, "erinnert")
        assert sum(a.erinnert_am is not None for a in app.projekt.read(Abfrage)) == 1


async def test_ruecklauf_mit_frage_wird_angesehen_gefragt_und_angenommen(versandt: Path) -> None:
    with ablauf.open_projekt(versandt) as projekt:
        zeile = ablauf.list_abfragen(projekt, JAHR)[0]
        melde, merkmal = zeile.abfrage.fachbereich, zeile.abfrage.merkmale[0]
        fill(
            projekt,
            melde,
            "AW [x] [bold]final.xlsx",
            {("01", merkmal): "viele", ("01", "#anmerkung"): "bitte [/x] anrufen"},
        )
        (versandt.parent / "eingang" / "2025" / "0 brief.csv").write_text("Guten Tag\n", encoding="utf-8")
    async with laeuft(versandt) as (app, pilot):
        await druecke(pilot, "f5", "a", "e")
        await sieht(pilot, "2 Dateien: 1 Rückfrage, 1 kein Formular")
        assert "AW [x] [bold]final.xlsx" in bildtext(app)
        assert staende(app.projekt)[melde] is Abfragestand.IN_RUECKFRAGE
        await druecke(pilot, "m")
        await sieht(pilot, "uns noch nicht klar")
        await druecke(pilot, "escape", "enter")
        await sieht(pilot, "Mit „viele“ kann nicht gerechnet werden")
        await druecke(pilot, "right", "down", "down")
        await sieht(pilot, "Eingetragen: viele")
        await druecke(pilot, "right")
        await sieht(pilot, "bitte [/x] anrufen")
        await druecke(pilot, "a")
        await sieht(pilot, "1 fragliches Feld bleibt leer")
        await druecke(pilot, "down", "enter")
        await sieht(pilot, "1 angenommen")
        await druecke(pilot, "escape")
        await sieht(pilot, "● angenommen")
        assert "AW [x] [bold]final.xlsx" in {quelle.datei for quelle in app.projekt.read(Quelle)}
        await druecke(pilot, "ctrl+z")
        assert staende(app.projekt)[melde] is Abfragestand.IN_RUECKFRAGE
        assert "AW [x] [bold]final.xlsx" not in {quelle.datei for quelle in app.projekt.read(Quelle)}


async def test_strg_z_wirkt_im_eingang_und_bei_den_fachbereichen(versandt: Path) -> None:
    with ablauf.open_projekt(versandt) as projekt:
        melde = ablauf.list_abfragen(projekt, JAHR)[0].abfrage.fachbereich
        fill(projekt, melde, "gut.xlsx")
    async with laeuft(versandt) as (app, pilot):
        await druecke(pilot, "f5", "a", "e")
        await sieht(pilot, "1 Datei: 1 angenommen")
        await druecke(pilot, "ctrl+z")
        await sieht(pilot, "1 Datei: 1 entscheiden")
        await sieht(pilot, "Die Annahme ist zurückgenommen")
        assert staende(app.projekt)[melde] is Abfragestand.VERSANDT
        await druecke(pilot, "escape", "f", "n")
        await tippe(pilot, "Kulturamt")
        await druecke(pilot, "f10")
        await sieht(pilot, "Kulturamt")
        await druecke(pilot, "ctrl+z")
        await sieht(pilot, "Zurückgenommen: Fachbereich")
        assert "Kulturamt" not in {f.name for f in app.projekt.read(Fachbereich)}


async def test_namen_mit_klammern_bleiben_text(feindliche_stadt: Path) -> None:
    """Names of areas, Merkmale and Fachbereiche hold markup; every place shows it as text."""
    async with laeuft(feindliche_stadt) as (app, pilot):
        await druecke(pilot, "f5", "a", "n", "f10", "s", "enter", "v", "enter")
        zeile = ablauf.list_abfragen(app.projekt, JAHR)[0]
        with app.projekt.change("umbenannt") as schreiber:
            schreiber.put(Fachbereich(zeile.abfrage.fachbereich, "Amt [/x][bold]", "Rolle [/x]", "Hinweis [/x]"))
        fill(app.projekt, zeile.abfrage.fachbereich, "a.xlsx", {("01", zeile.abfrage.merkmale[0]): "viel [/x]"})
        await druecke(pilot, "e")
        await sieht(pilot, "Amt [/x][bold]")
        await druecke(pilot, "enter")
        await sieht(pilot, "viel [/x]")
        await druecke(pilot, "right", "down", "down")
        await sieht(pilot, "Am Bahnhof[/x][final]")
        await druecke(pilot, "a")
        await sieht(pilot, "Amt [/x][bold] 2025 annehmen?")
        await druecke(pilot, "escape", "escape", "m")
        await sieht(pilot, "Rückfrage zur Datenabfrage 2025: Amt [/x][bold]")
        await druecke(pilot, "c", "escape", "escape", "b")
        await sieht(pilot, "[/x][final]")


async def test_zweite_fassung_wartet_auf_die_entscheidung(versandt: Path) -> None:
    with ablauf.open_projekt(versandt) as projekt:
        zeile = ablauf.list_abfragen(projekt, JAHR)[1]
        amt, merkmal = zeile.abfrage.fachbereich, zeile.abfrage.merkmale[0]
        fill(projekt, amt, "a.xlsx")
        fill(projekt, amt, "b.xlsx", {("nz", merkmal): 7})
    async with laeuft(versandt) as (app, pilot):
        await druecke(pilot, "f5", "a", "e")
        await sieht(pilot, "2 entscheiden")
        assert staende(app.projekt)[amt] is Abfragestand.ZURUECK
        await druecke(pilot, "down", "enter", "a", "enter")
        await sieht(pilot, "1 angenommen, 1 entscheiden")
        werte = app.projekt.read_messwerte(merkmale=[merkmal], ab_jahr=JAHR)
        assert 7.0 in werte["wert"]


async def test_leerer_eingang_bietet_eine_datei_von_anderswo(versandt: Path, tmp_path: Path) -> None:
    with ablauf.open_projekt(versandt) as projekt:
        amt = ablauf.list_abfragen(projekt, JAHR)[1].abfrage.fachbereich
        pfad = fill(projekt, amt, "post.xlsx").rename(tmp_path / "post.xlsx")
    async with laeuft(versandt) as (app, pilot):
        await druecke(pilot, "f5", "a", "e")
        await sieht(pilot, "Der Eingang ist leer")
        await druecke(pilot, "enter")
        await tippe(pilot, str(pfad))
        await druecke(pilot, "enter")
        await sieht(pilot, "1 Datei: 1 angenommen")
        assert staende(app.projekt)[amt] is Abfragestand.ANGENOMMEN


async def test_frist_jahr_entfernen_und_naechstes_jahr(versandt: Path) -> None:
    async with laeuft(versandt, GROSS) as (app, pilot):
        await druecke(pilot, "f5", "a", "b", "t")
        await tippe(pilot, "01.02.2020")
        await druecke(pilot, "f10", "f10")
        await sieht(pilot, "! überfällig")
        await druecke(pilot, "delete")
        await sieht(pilot, "ist schon versandt")
        await druecke(pilot, "escape", "w")
        await sieht(pilot, "Abfragen 2026")
        await sieht(pilot, "01.02.2021")
        await druecke(pilot, "delete")
        assert len([a for a in app.projekt.read(Abfrage) if a.jahr == 2026]) == 2
        await druecke(pilot, "j")
        await tippe(pilot, "2025")
        await druecke(pilot, "enter")
        await sieht(pilot, "Abfragen 2025")


async def test_merkmale_werden_umgeschaltet_und_aufgenommen(versandt: Path) -> None:
    async with laeuft(versandt) as (app, pilot):
        zeile = ablauf.list_abfragen(app.projekt, JAHR)[0]
        vorher = zeile.abfrage.merkmale
        await druecke(pilot, "f5", "a", "b")
        await sieht(pilot, f"{len(vorher)} Merkmale")
        await druecke(pilot, "space")
        await sieht(pilot, "wird nicht gefragt")
        await druecke(pilot, "h", *"wahlberechtigte", "enter")
        await sieht(pilot, "Wahltag: das Formular fragt danach")
        await druecke(pilot, "t", "enter")
        await tippe(pilot, "23.02.2025")
        await druecke(pilot, "f10")
        await sieht(pilot, "Wahltag 23.02.2025")
        await druecke(pilot, "f10")
        await sieht(pilot, "schon verschickt")
        abfrage = app.projekt.get(Abfrage, zeile.abfrage.fachbereich, JAHR)
        assert abfrage.merkmale == (*vorher[1:], "wahlberechtigte")
        await druecke(pilot, "b", "space", "space", "escape")
        assert app.projekt.get(Abfrage, zeile.abfrage.fachbereich, JAHR) == abfrage
        await druecke(pilot, "ctrl+z")
        assert app.projekt.get(Abfrage, zeile.abfrage.fachbereich, JAHR).merkmale == vorher


async def test_fachbereiche_notieren_streichen_und_ueber_excel(stadt: Path) -> None:
    async with laeuft(stadt, KLEIN) as (app, pilot):
        await druecke(pilot, "f5", "a", "f")
        await sieht(pilot, "○ vorgeschlagen")
        vorher = len(app.screen.query_one(Tabelle).reihen)
        await druecke(pilot, "enter", "enter")
        await tippe(pilot, "Statistikstelle")
        await druecke(pilot, "f10")
        await sieht(pilot, "● notiert")
        assert [f.ansprechrolle for f in app.projekt.read(Fachbereich)] == ["Statistikstelle"]
        assert len(app.screen.query_one(Tabelle).reihen) == vorher
        await druecke(pilot, "n")
        await tippe(pilot, "Jobcenter [/x]")
        await druecke(pilot, "f10")
        await sieht(pilot, "Jobcenter [/x]")
        await druecke(pilot, "x", "enter")
        assert (stadt.parent / "fachbereiche.xlsx").is_file()
        await druecke(pilot, "home", "delete")
        assert [f.name for f in app.projekt.read(Fachbereich)] == ["Jobcenter [/x]"]
        await druecke(pilot, "r", "enter")
        await sieht(pilot, "1 neu")
        await druecke(pilot, "enter")
        assert len(app.projekt.read(Fachbereich)) == 2
