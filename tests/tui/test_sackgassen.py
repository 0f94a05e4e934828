"""No dead ends: what a beginner tries first leads on, or says what to do."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import attrs
import openpyxl
import pytest

from sozialtool import ablauf
from sozialtool.ausgabe.katalogblatt import write_liste
from sozialtool.erhebung.listen import compare_listen
from sozialtool.fach.bedarf import Bedarf, Bedarfsstand
from sozialtool.fach.gremium import Gremium
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.quelle import Befund, Quelle, Schwere
from sozialtool.fach.raum import Gebiet, Kommune
from sozialtool.fehler import Abgebrochen, DateiGesperrt
from sozialtool.tui.bildschirme import start
from sozialtool.tui.bildschirme.seite import Seite
from sozialtool.tui.dialoge.fortschritt import Laufend
from sozialtool.tui.dialoge.frage import meldung
from sozialtool.tui.dialoge.hilfe import Hilfe
from sozialtool.tui.teile.listen import frage_unterschiede
from sozialtool.tui.teile.tabelle import Tabelle
from tests.tui.conftest import AGS, HEUTE, RAEUME
from tests.tui.gang import bildtext, druecke, laeuft, ruhe, sieht, tippe, warte


@pytest.fixture
def neue_stadt(tmp_path: Path) -> Path:
    """A project without areas, as it is right after "Neues Projekt"."""
    with ablauf.create_projekt(tmp_path / "neu", Kommune(AGS, "Musterstadt", berichtsjahr=2025)) as projekt:
        return projekt.pfad


async def test_befund_wird_erledigt_und_verschwindet_aus_als_naechstes(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await sieht(pilot, "1 Befund wartet")
        await druecke(pilot, "f5")
        await sieht(pilot, "! 1 offen")
        await druecke(pilot, "enter", "e")
        await sieht(pilot, "Bemerkung")
        await tippe(pilot, "Amt hat bestätigt")
        await druecke(pilot, "enter")
        await sieht(pilot, "Amt hat bestätigt")
        assert "? Frage" not in bildtext(app)
        await druecke(pilot, "e")
        await sieht(pilot, "Hinweis dient nur zur Kenntnis")
        await druecke(pilot, "escape", "f2")
        assert "Befund wartet" not in bildtext(app)
        quelle = app.projekt.read(Quelle)[0]
        assert {b.schwere for b in ablauf.befunde_of(app.projekt, quelle)} == {Schwere.HINWEIS}
        await druecke(pilot, "ctrl+z")
        await sieht(pilot, "1 Befund wartet")


async def test_belegtes_projekt_laesst_sich_zum_lesen_oeffnen(stadt: Path) -> None:
    with ablauf.open_projekt(stadt):
        async with laeuft(None) as (app, pilot):
            app.oeffne(stadt)
            await sieht(pilot, "Nur zum Lesen öffnen")
            await druecke(pilot, "enter")
            await warte(pilot, lambda: app.screen.has_class("-gelesen"), "der Überblick ist da")
            await sieht(pilot, "nur zum Lesen")
            await druecke(pilot, "n")
            await tippe(pilot, "01.03.2026")
            await druecke(pilot, "enter")
            await tippe(pilot, "Ein Satz.")
            await druecke(pilot, "enter")
            await sieht(pilot, "nur zum Lesen geöffnet")


async def test_wer_nicht_lesen_will_waehlt_neu(stadt: Path) -> None:
    with ablauf.open_projekt(stadt):
        async with laeuft(None) as (app, pilot):
            app.oeffne(stadt)
            await sieht(pilot, "Nicht öffnen")
            await druecke(pilot, "escape")
            assert not app.hat_projekt
            assert "wird geöffnet" not in bildtext(app)


async def test_vereinbartes_behaelt_datum_und_gremium_wenn_man_nur_enter_drueckt(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f4", "down", "v")
        await sieht(pilot, "02.03.2026")
        await druecke(pilot, "enter", "enter", "enter")
        vereinbart = [i for i in app.projekt.read(Indikator) if i.zustand is Zustand.VEREINBART]
        assert {(i.vereinbart_am, i.gremium) for i in vereinbart} == {(HEUTE, "Planungsrunde")}


async def test_sozialraeume_kommen_aus_excel_und_die_unterschiede_stehen_vorher_da(neue_stadt: Path) -> None:
    async with laeuft(neue_stadt) as (app, pilot):
        await sieht(pilot, "Sozialräume anlegen")
        await druecke(pilot, "enter")
        await sieht(pilot, "Mit x die Liste der Gebiete")
        await druecke(pilot, "x", "enter")
        datei = neue_stadt.parent / "gebiete.xlsx"
        assert datei.is_file()
        stadt = Gebiet(AGS, "Musterstadt", "stadt")
        write_liste(datei, Gebiet, [stadt, *(Gebiet(f"{n:02}", f"Raum {n}", "Sozialraum") for n in range(1, 31))], "x")
        await druecke(pilot, "r")
        await tippe(pilot, str(datei))
        await druecke(pilot, "enter")
        await sieht(pilot, "31 neu")
        await sieht(pilot, "neu: 01 (Raum 1)")
        assert "30 (Raum 30)" not in bildtext(app)
        await sieht(pilot, "Bild↓ Bild↑")
        await druecke(pilot, *["pagedown"] * 4)
        await sieht(pilot, "30 (Raum 30)")
        await druecke(pilot, "enter")
        await sieht(pilot, "Raum 7")
        assert "noch nicht aufgeteilt" not in bildtext(app)
        await druecke(pilot, "f2")
        assert "Sozialräume anlegen" not in bildtext(app)


async def test_falsche_gebietsliste_sagt_was_nicht_passt(neue_stadt: Path) -> None:
    datei = neue_stadt.parent / "gebiete.xlsx"
    write_liste(datei, Gebiet, [Gebiet(AGS, "M", "stadt"), Gebiet("01", "Nord[/x]", "Quartier")], "x")
    async with laeuft(neue_stadt) as (_, pilot):
        await druecke(pilot, "f3", "r")
        await tippe(pilot, str(datei))
        await druecke(pilot, "enter")
        await sieht(pilot, "Nord[/x] (01)")
        await sieht(pilot, "Ebene „Quartier“ gibt es nicht")


async def test_datei_ohne_tabelle_fuehrt_nicht_im_kreis(neue_stadt: Path) -> None:
    (neue_stadt.parent / "eingang" / "brief.txt").write_text("Ein Brief ohne Tabelle.\n", encoding="utf-8")
    async with laeuft(neue_stadt) as (app, pilot):
        await druecke(pilot, "f5", "e", "enter")
        await sieht(pilot, "Es wurde keine Tabelle gefunden.")
        await druecke(pilot, "enter")
        await sieht(pilot, "Ohne Tabelle gibt es nichts einzulesen")
        await sieht(pilot, "Einlesen 1/3")
        await druecke(pilot, "escape")
        assert not app.screen.is_modal


async def test_leseart_wird_geaendert_und_eine_falsche_wirft_nicht_hinaus(
    neue_stadt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zeilen = "Sozialraum;Einwohner\nSüd;5\nGörlitz;7\n".encode("cp1252")
    (neue_stadt.parent / "eingang" / "a.csv").write_bytes(zeilen)
    async with laeuft(neue_stadt) as (app, pilot):
        await druecke(pilot, "f5", "e", "enter")
        await sieht(pilot, "Görlitz")
        await druecke(pilot, "l", "l", "f10")  # latin-1
        await sieht(pilot, "Leseart: latin-1")
        await druecke(pilot, "l", "u", "f10")  # utf-8 shows what it cannot read; nothing is lost, one changes it again
        await warte(pilot, lambda: "Leseart: utf-8" in bildtext(app), "gelesen als utf-8")

        def fail(*_: object) -> None:
            raise DateiGesperrt("Die Datei ist noch in Excel geöffnet.")

        monkeypatch.setattr(ablauf, "examine", fail)
        await druecke(pilot, "l", "c", "f10")
        await sieht(pilot, "noch in Excel geöffnet")
        monkeypatch.undo()
        await druecke(pilot, "enter", "l", "c", "f10")
        await sieht(pilot, "Leseart: cp1252")
        await sieht(pilot, "Görlitz")


async def test_ohne_sozialraeume_sagt_die_zuordnung_wo_sie_angelegt_werden(neue_stadt: Path) -> None:
    (neue_stadt.parent / "eingang" / "a.csv").write_text("Sozialraum;Einwohner\nNord;5\nSüd;7\n", encoding="utf-8")
    async with laeuft(neue_stadt) as (_, pilot):
        await druecke(pilot, "f5", "e", "enter", "enter")
        await sieht(pilot, "Einlesen 2/3")
        await sieht(pilot, "Das Projekt hat noch keine Sozialräume")


async def test_befund_hinnehmen_haelt_nichts_mehr_auf(stadt: Path) -> None:
    werte = "".join(f"{name};{wert}\n" for name, wert in zip(RAEUME, (4000, 3600, 3200, 2800, 2400), strict=True))
    kopf = "Sozialraum;Einwohnerinnen und Einwohner (Hauptwohnung)\n"
    (stadt.parent / "eingang" / "ew_2026-12-31.csv").write_text(kopf + werte + "Summe;99\n", encoding="utf-8")
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f5", "e", "enter", "enter")
        for _ in range(9):
            if "Einlesen 3/3" in bildtext(app):
                break
            await druecke(pilot, "enter")
        await sieht(pilot, "Einlesen 3/3")
        await sieht(pilot, "1 Frage")
        frage = next(nr for nr, reihe in enumerate(app.screen.query_one(Tabelle).reihen) if "Frage" in reihe.texte[0])
        await druecke(pilot, *["down"] * frage, "h")
        await warte(pilot, lambda: "1 Frage" not in bildtext(app), "hingenommen")
        assert "SUMME-FALSCH" in bildtext(app)
        await druecke(pilot, "enter", "enter", "enter")
        await sieht(pilot, "ew_2026-12-31.csv")
        assert any(quelle.datei == "ew_2026-12-31.csv" for quelle in app.projekt.read(Quelle))
        assert "! 1 offen" in bildtext(app)
        assert bildtext(app).count("offen") == 1


async def test_ganzer_eingang_nennt_jede_datei(stadt: Path) -> None:
    for nummer in range(22):
        (stadt.parent / "eingang" / f"brief_{nummer:02}.txt").write_text(f"Brief {nummer}.\n", encoding="utf-8")
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f5")
        await pilot.press("g")
        await sieht(pilot, "brief_00.txt")
        assert "brief_21.txt" not in bildtext(app)
        await druecke(pilot, *["pagedown"] * 12)
        await sieht(pilot, "brief_21.txt")


async def test_angehaltene_rechnung_sagt_wie_es_weitergeht(stadt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def halt(*_: object, **__: object) -> None:
        raise Abgebrochen("Die Geheimhaltung wurde abgebrochen.")

    monkeypatch.setattr(ablauf, "monitoring", halt)
    async with laeuft(stadt) as (_, pilot):
        await druecke(pilot, "f6")
        await sieht(pilot, "F9 rechnet noch einmal")
        monkeypatch.undo()


async def test_wer_beim_rechnen_die_hilfe_liest_kommt_wieder_heraus(
    stadt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weiter = threading.Event()

    def halt(*_: object, **__: object) -> None:
        weiter.wait(60)
        raise Abgebrochen("Die Geheimhaltung wurde abgebrochen.")

    monkeypatch.setattr(ablauf, "monitoring", halt)
    async with laeuft(stadt) as (app, pilot):
        app.action_gehe("monitoring")
        await warte(pilot, lambda: isinstance(app.screen, Laufend), "das Fenster der Rechnung")
        await pilot.press("f1")
        await warte(pilot, lambda: isinstance(app.screen, Hilfe), "die Hilfe darüber")
        weiter.set()
        await sieht(pilot, "F9 rechnet noch einmal")
        assert not any(isinstance(schirm, Laufend) for schirm in app.screen_stack)
        monkeypatch.undo()


async def test_beispielstadt_wird_gefragt_wohin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gerufen: list[Path] = []

    def make(ordner: Path, **_: object) -> None:
        gerufen.append(ordner)
        raise Abgebrochen("Angehalten.")

    monkeypatch.setattr(start, "grundordner", lambda: tmp_path)
    monkeypatch.setattr(ablauf, "make_beispiel", make)
    async with laeuft(None) as (app, pilot):
        await druecke(pilot, "b")
        await sieht(pilot, "Beispielstadt anlegen")
        await druecke(pilot, "enter")
        await sieht(pilot, "Angehalten.")
        assert gerufen == [tmp_path / "Lindenrath"]
        assert not app.hat_projekt


async def test_kurzer_text_laesst_die_bildtasten_der_auswahl(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        app.push_screen(meldung("Kurz", "Ein Satz."))
        await ruhe(pilot)
        assert "im Text blättern" not in bildtext(app)
        await druecke(pilot, "pagedown", "pageup", "enter")
        assert not app.screen.is_modal


async def test_bereit_erst_wenn_der_ueberblick_da_ist(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await warte(pilot, lambda: app.bereit, "bereit")
        assert "Als Nächstes" in bildtext(app)
    async with laeuft(None) as (app, pilot):
        await warte(pilot, lambda: app.bereit, "bereit")
        assert dt.date.today().year


async def test_getippte_datei_die_fehlt_wird_gesagt(stadt: Path) -> None:
    async with laeuft(stadt) as (_, pilot):
        await druecke(pilot, "f5", "e")
        await sieht(pilot, "Dateien: *.xlsx")
        await tippe(pilot, "gibtesnicht.xlsx")
        await druecke(pilot, "enter")
        await sieht(pilot, "Diese Datei gibt es nicht")


async def test_hilfe_gibt_es_auch_in_einem_fenster() -> None:
    async with laeuft(None) as (_, pilot):
        await sieht(pilot, "neues Projekt")
        await druecke(pilot, "o")
        await sieht(pilot, "Projektdatei öffnen")
        await druecke(pilot, "f1")
        await sieht(pilot, "tippen grenzt die Liste ein")
        await druecke(pilot, "f1")
        await sieht(pilot, "Esc abbrechen")


async def test_zwei_arbeiten_zugleich_lassen_die_seite_darunter_stehen(stadt: Path) -> None:
    """A page reads anew, and so does the area below it: each closes its own window, and the page stays."""
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f3", "k")
        seite = app.screen
        tore = [threading.Event(), threading.Event()]

        async def arbeite(tor: threading.Event) -> None:
            await app.rufe_lang("Arbeit", lambda _melde, _stop: tor.wait(30))

        beide = [app.run_worker(arbeite(tor)) for tor in tore]
        await warte(pilot, lambda: sum(isinstance(s, Laufend) for s in app.screen_stack) == 2, "zwei Fenster")
        # Both end at the same moment: the first closes its window while the second is already closing its own.
        for tor in tore:
            tor.set()
        await warte(pilot, lambda: all(worker.is_finished for worker in beide), "beide fertig")
        await warte(pilot, lambda: app.screen is seite, "die Seite")


async def test_als_naechstes_fuehrt_an_die_stelle_selbst(stadt: Path) -> None:
    with ablauf.open_projekt(stadt) as projekt:
        ablauf.ausgeben(projekt, 2025)
        wartend = projekt.read(Quelle)[0]
        with projekt.change("noch eine Datei, die davor steht") as schreiber:
            schreiber.put(
                Quelle("a0", "arbeitslose.xlsx", "cd" * 32, "Amt", dt.date(2025, 12, 31), dt.datetime(2026, 3, 1))
            )

    async def gehe(anfang: str) -> None:
        await druecke(pilot, "f2")
        schritte = [s.text for s in app.screen.daten.naechste]
        nummer = next(nr for nr, text in enumerate(schritte) if anfang in text)
        app.screen.query_one("#naechste").highlighted = nummer
        app.screen.query_one("#naechste").focus()
        await druecke(pilot, "enter")

    async with laeuft(stadt) as (app, pilot):
        await sieht(pilot, "1 Befund wartet")
        await gehe("Befund wartet")
        await sieht(pilot, f"Befunde · {wartend.datei}")
        await druecke(pilot, "escape")
        assert app.screen.query_one(Tabelle).markiert.datei == wartend.datei
        await gehe("Gremien eintragen")
        await sieht(pilot, "Noch kein Gremium")
        await druecke(pilot, "escape")
        assert app.screen.query_one(Tabelle).markiert.schluessel == "gremien"
        with app.projekt.change("Gremium") as schreiber:
            schreiber.put(Gremium("PR", "Planungsrunde", sieht_zuerst=True))
        app.geaendert()
        app.gehe_zur_stelle("ausgabe", "drucksachen")
        await sieht(pilot, "Noch keine Drucksache.")
        await druecke(pilot, "f2")
        await gehe("Gebietsstand vereinbaren")
        await sieht(pilot, "Gebietsstände und Varianten")


async def test_bereichstasten_verlassen_die_seite_oder_sagen_warum_nicht(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f7")
        await ruhe(pilot)
        app.screen.fuehre("gremien")
        await ruhe(pilot)
        assert app.screen.is_modal
        await druecke(pilot, "f5")
        await warte(pilot, lambda: getattr(app.screen, "BEREICH", "") == "daten", "F5 führt zu den Daten")
        await druecke(pilot, "f7")
        await warte(pilot, lambda: getattr(app.screen, "BEREICH", "") == "planung", "die Seite ist geschlossen")
        await druecke(pilot, "f4", "enter")
        await ruhe(pilot)
        app.push_screen(Unfertig("Entwurf"))
        await ruhe(pilot)
        await druecke(pilot, "f5")
        await sieht(pilot, "Hier ist noch etwas offen")
        assert isinstance(app.screen, Unfertig)


async def test_strg_p_findet_befehle_anderer_bereiche_und_geht_hin(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await sieht(pilot, "Als Nächstes")
        await druecke(pilot, "ctrl+p")
        await tippe(pilot, "Datenübersicht zeigen")
        await sieht(pilot, "F5 Daten")
        await druecke(pilot, "enter")
        await sieht(pilot, "Verfügbarkeit")
        await druecke(pilot, "escape")
        assert app.screen.BEREICH == "daten"


async def test_ueberblick_sagt_dass_mehr_schritte_da_sind(stadt: Path) -> None:
    with ablauf.open_projekt(stadt) as projekt:
        ablauf.ausgeben(projekt, 2025)
        with projekt.change("Rest") as schreiber:
            schreiber.put(*(Bedarf(f"B{n}", "Treff", ("01",), stand=Bedarfsstand.ANERKANNT) for n in range(1, 3)))
    async with laeuft(stadt) as (app, pilot):
        await sieht(pilot, "↓ weitere")
        assert "Enter hingehen  Tab links/rechts" in bildtext(app)
    async with laeuft(stadt, (60, 20)) as (app, pilot):
        await sieht(pilot, "F8")
        assert "F2 Überblick F3 F4 F5 F6 F7 F8" in bildtext(app)


async def test_nach_dem_erledigen_steht_die_marke_auf_dem_naechsten_offenen_befund(stadt: Path) -> None:
    with ablauf.open_projekt(stadt) as projekt, projekt.change("Befunde") as schreiber:
        quelle = projekt.read(Quelle)[0]
        fragen = [Befund(f"F{n}", Schwere.FRAGE, f"Frage {n}?", zelle=f"A{n}") for n in range(1, 4)]
        schreiber.put_befunde(quelle.schluessel, fragen)
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f5", "enter")
        await sieht(pilot, "3 Fragen")
        await druecke(pilot, "down", "e", "f10")
        await sieht(pilot, "2 Fragen")
        assert app.screen.query_one(Tabelle).markiert.code == "F3"
        await druecke(pilot, "e", "f10")
        await sieht(pilot, "1 Frage,")
        assert app.screen.query_one(Tabelle).markiert.code == "F1"
        await druecke(pilot, "escape")
        with app.projekt.change("gelesen") as schreiber:
            schreiber.put(Quelle("z9", "neu.xlsx", "cd" * 32, "Amt", dt.date(2025, 12, 31)))
        app.geaendert()
        await sieht(pilot, "neu.xlsx")
        assert app.screen.query_one(Tabelle).markiert.datei == "neu.xlsx"


class Unfertig(Seite[None]):
    """A page on which something is begun."""

    TITEL = "Unfertig"
    VERLASSBAR = False

    def inhalt(self):
        yield Tabelle()


async def test_geaenderte_formel_sagt_vorher_dass_die_vereinbarung_endet(stadt: Path, tmp_path: Path) -> None:
    with ablauf.open_projekt(stadt) as projekt:
        alle = projekt.read(Indikator)
        vereinbart = [i for i in alle if i.zustand is Zustand.VEREINBART][:2]
        neu = [attrs.evolve(i, zaehler=f"{i.zaehler} + {i.zaehler}") for i in vereinbart]
        unterschiede = compare_listen(alle, [*neu, *(i for i in alle if i not in vereinbart)])
        (satz,) = ablauf.list_neu_zu_vereinbarende(projekt, unterschiede)
        assert satz.startswith(f"Danach neu zu vereinbaren: {neu[0].kennung}, {neu[1].kennung}.")
        pfad = ablauf.export_liste(projekt, "indikatoren", tmp_path / "i.xlsx")
        mappe = openpyxl.load_workbook(pfad)
        for blatt in mappe:
            for zeile in blatt.iter_rows():
                for zelle in zeile:
                    if zelle.value == vereinbart[0].zaehler:
                        zelle.value = f"{zelle.value} + {zelle.value}"
        mappe.save(stadt.parent / "i.xlsx")
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f4")
        await ruhe(pilot)
        app.run_worker(
            frage_unterschiede(
                app, "Indikatoren", ablauf.import_liste(app.projekt, "indikatoren", stadt.parent / "i.xlsx")
            )
        )
        await sieht(pilot, "! Danach neu zu vereinbaren:")
        await druecke(pilot, "enter")
        await warte(
            pilot,
            lambda: app.projekt.verlauf(1)[0].text.startswith("Liste „Indikatoren“ aus Excel übernommen: "),
            "die Liste ist übernommen",
        )
