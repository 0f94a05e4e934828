"""Parts without a screen: texts, numbers, keys, commands, driver, thread, pages of the matrix."""

from __future__ import annotations

import asyncio
import datetime as dt
import importlib
import inspect
import pkgutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from textual.app import App
from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import Input

import sozialtool.tui
from sozialtool import orte
from sozialtool.ablauf.werte import Monitoring
from sozialtool.fach.felder import EURO, Feld
from sozialtool.fach.indikator import Indikator, Richtung
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Vermerk
from sozialtool.fach.raum import Gebiet
from sozialtool.tui import allgemein, deutsch, text
from sozialtool.tui.befehle import Befehl
from sozialtool.tui.bildschirme.bereich import Bereich
from sozialtool.tui.bildschirme.planseite import Listenseite, Tafelseite
from sozialtool.tui.bildschirme.prozessliste import Prozessliste
from sozialtool.tui.bildschirme.raumseite import Raumseite, Raumtabelle
from sozialtool.tui.bildschirme.rechenseite import Rechenseite
from sozialtool.tui.bildschirme.seite import Projektseite, Seite, Tabellenseite
from sozialtool.tui.bildschirme.start import check_neues_projekt
from sozialtool.tui.dialoge.dateiwahl import list_eintraege
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.frage import Frage
from sozialtool.tui.faden import Projektfaden
from sozialtool.tui.teile import bild, matrix
from sozialtool.tui.teile.textfeld import Textfeld
from sozialtool.tui.treiber import ohne_kitty, secure_driver


def _module() -> list[object]:
    pfade = pkgutil.walk_packages(sozialtool.tui.__path__, "sozialtool.tui.")
    return [importlib.import_module(modul.name) for modul in pfade]


MODULE = _module()
KLASSEN = {
    klasse
    for modul in MODULE
    for _, klasse in inspect.getmembers(modul, inspect.isclass)
    if klasse.__module__.startswith("sozialtool.tui")
}
BEFEHLE = sorted(
    (k for k in KLASSEN if issubclass(k, Befehl) and k not in (Befehl, allgemein.Gehe)), key=lambda k: k.__name__
)
GRUNDLAGEN = (
    Bereich,
    Seite,
    Projektseite,
    Tabellenseite,
    Raumseite,
    Raumtabelle,
    Rechenseite,
    Tafelseite,
    Listenseite,
    Prozessliste,
)
"""What screens are made of: nobody opens these."""
SCHIRME = sorted(
    (k for k in KLASSEN if issubclass(k, Bereich | Seite) and k not in GRUNDLAGEN),
    key=lambda k: k.__name__,
)
GEFRESSEN = {"ctrl+j", "ctrl+m", "ctrl+i", "ctrl+h", "f11", "ctrl+s"}
"""Keys that terminals keep for themselves (trap 22)."""


def test_what_a_class_makes_of_an_event_is_not_done_twice() -> None:
    """Textual calls the handlers of all base classes: one that is overridden runs, too. What a page changes is a method of its own."""
    doppelt = {
        (klasse.__name__, name)
        for klasse in KLASSEN
        for name in vars(klasse)
        if name.startswith("on_") and any(name in vars(basis) for basis in KLASSEN & set(klasse.__mro__[1:]))
    }
    # The first screen has no project to read; it empties what the handler of the others calls.
    assert doppelt == {("StartScreen", "on_screen_resume")}


@pytest.mark.parametrize(
    ("roh", "sauber"),
    [
        ("[/x]", "[/x]"),
        ("a\x1b[31mb", "a[31mb"),
        ("a\nb", "a b"),
        ("33,1\u00a0%", "33,1 %"),
        ("a\u202eb", "ab"),
        (None, ""),
        (3, "3"),
        ("ß €", "ß €"),
    ],
)
def test_saeubern(roh: object, sauber: str) -> None:
    assert text.saeubern(roh) == sauber
    assert text.klar(roh).plain == sauber
    assert text.zelle(roh).plain == sauber


@pytest.mark.parametrize(
    ("wert", "stellen", "soll"),
    [
        (38214, 0, "38.214"),
        (16.84, 1, "16,8"),
        (-0.04, 1, "0,0"),
        (-1234.5, 1, "−1.234,5"),
        (None, 1, "k. A."),
        (1e6, 2, "1.000.000,00"),
    ],
)
def test_zahl_ist_deutsch(wert: float | None, stellen: int, soll: str) -> None:
    assert text.zahl(wert, stellen, "k. A.") == soll


def test_kuerzen_zaehlt_zellen() -> None:
    assert text.kuerzen("Rheinfeld Nord", 9) == "Rheinfel…"
    assert text.kuerzen("kurz", 9) == "kurz"
    assert text.kuerzen("漢字漢字", 5) == "漢字…"
    assert text.kuerzen("weg", 0) == ""


def test_verlaufszeile_mit_luecke_und_einfach() -> None:
    assert text.verlaufszeile([1, None, 3, 2], einfach=False) == "▁ █▅"
    assert text.verlaufszeile([1, None, 3, 2], einfach=True) == "_ █▄"
    assert text.verlaufszeile([None], einfach=False) == ""


def test_als_pfad_nimmt_anfuehrungszeichen_des_explorers() -> None:
    assert orte.als_pfad(' "/tmp/a b.xlsx" ') == Path("/tmp/a b.xlsx")
    assert orte.als_pfad("~/x").is_absolute()


@pytest.mark.parametrize(
    ("key", "soll"),
    [
        ("ctrl+z", "Strg+Z"),
        ("escape", "Esc"),
        ("left,right", "←→"),
        ("f10", "F10"),
        ("plus", "+"),
        ("n", "n"),
        ("shift+tab", "Umschalt+Tab"),
    ],
)
def test_tasten_heissen_deutsch(key: str, soll: str) -> None:
    assert deutsch.taste_lang(key) == soll


def test_anzahl() -> None:
    assert [deutsch.anzahl(n, "Wert", "Werte") for n in (0, 1, 2, 1200)] == [
        "keine Werte",
        "1 Wert",
        "2 Werte",
        "1.200 Werte",
    ]
    assert deutsch.datum(dt.date(2025, 3, 1)) == "01.03.2025"


@pytest.mark.parametrize("befehl", BEFEHLE, ids=lambda k: k.__name__)
def test_befehl_hat_titel_und_hilfe(befehl: type[Befehl]) -> None:
    assert befehl.titel
    assert befehl.hilfe().endswith((".", "?"))
    assert not GEFRESSEN & set(befehl.taste.split(","))


@pytest.mark.parametrize("schirm", SCHIRME, ids=lambda k: k.__name__)
def test_schirm_kann_seine_befehle(schirm: type) -> None:
    tasten = [taste for befehl in schirm.BEFEHLE for taste in befehl.taste.split(",")]
    assert schirm.HILFE
    assert len(tasten) == len(set(tasten))
    assert not [befehl for befehl in schirm.BEFEHLE if not hasattr(schirm, f"action_{befehl.aktion()}")]


def test_app_kann_ihre_befehle() -> None:
    from sozialtool.tui.app import SozialtoolApp

    alle = (*allgemein.GEHEN, *allgemein.IMMER, *allgemein.MIT_PROJEKT)
    assert not [b for b in alle if not hasattr(SozialtoolApp, f"action_{b.aktion().split('(')[0]}")]
    assert {b.ziel for b in allgemein.GEHEN} <= set(SozialtoolApp.MODES)


def test_nur_der_helfer_baut_texte() -> None:
    """Widgets of Textual that read markup are made by `Schrift` alone (trap 17)."""
    quelle = Path(sozialtool.tui.__file__).parent
    verdaechtig = ("Static(", "Label(", "Button(", "from_markup", "border_title", "border_subtitle", "TabbedContent(")
    funde = [
        f"{pfad.name}: {wort}"
        for pfad in quelle.rglob("*.py")
        for wort in verdaechtig
        if wort in pfad.read_text(encoding="utf-8").replace("class Schrift(Static)", "")
    ]
    assert not funde


def test_treiber_ohne_kitty() -> None:
    geschrieben: list[str] = []

    class Horcher(HeadlessDriver):
        def write(self, data: str) -> None:
            geschrieben.append(data)

    klasse = secure_driver(Horcher)
    treiber = klasse.__new__(klasse)
    for folge in ("\x1b[>1u", "\x1b[<u", "\x1b[?1049h", "\x1b[=1u@ \\ [ ] { } | ~ €"):
        treiber.write(folge)
    assert issubclass(klasse, Driver)
    assert geschrieben == ["\x1b[?1049h", "@ \\ [ ] { } | ~ €"]
    assert ohne_kitty("\x1b[31mrot") == "\x1b[31mrot"


async def test_faden_ist_einer_und_reicht_fehler_weiter() -> None:
    faden = Projektfaden()
    namen = await asyncio.gather(*(faden.rufe(threading.get_ident) for _ in range(5)))
    assert len(set(namen)) == 1
    assert namen[0] != threading.get_ident()
    with pytest.raises(ZeroDivisionError):
        await faden.rufe(lambda: 1 // 0)
    stop = faden.neuer_stop()
    zuletzt: list[str] = []
    faden.beende(lambda: zuletzt.append("zu"))
    assert stop.is_set()
    assert zuletzt == ["zu"]


@pytest.mark.parametrize("ags", ["", "5170044", "051700444", "0517004a", "٠٥١٧٠٠٤٤"])
def test_ags_hat_acht_ziffern(ags: str) -> None:
    with pytest.raises(Exception, match="Gemeindeschlüssel"):
        check_neues_projekt({"name": "Musterstadt", "ags": ags, "berichtsjahr": 2025})


def test_dateiwahl_listet_ordner_zuerst_und_nur_passende(tmp_path: Path) -> None:
    for name in ("b.xlsx", "A.XLSX", "~$b.xlsx", ".x.xlsx", "c.pdf", "[x].csv"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "Ordner").mkdir()
    eintraege, hinweis = list_eintraege(f"{tmp_path}/", (".xlsx", ".csv"))
    assert [e.name for e in eintraege] == [".. (Ordner darüber)", "Ordner", "[x].csv", "A.XLSX", "b.xlsx"]
    assert "*.csv" in hinweis
    assert [e.name for e in list_eintraege(f"{tmp_path}/B", (".xlsx",))[0]] == ["b.xlsx"]
    assert list_eintraege(f"{tmp_path}/gibtesnicht/", (".xlsx",)) == (
        (), "Diesen Ordner gibt es nicht, oder er darf nicht gelesen werden.",
    )  # fmt: skip


def _indikatoren(feld: str, anzahl: int) -> list[Indikator]:
    return [Indikator(f"{feld}{nr}", f"Name {nr}", handlungsfeld=feld, zaehler="a") for nr in range(anzahl)]


def test_bloecke_bleiben_im_handlungsfeld_und_passen() -> None:
    bloecke = matrix.build_bloecke(_indikatoren("A", 7) + _indikatoren("B", 2), {"A": "Armut"}, 50)
    assert [(b.titel, len(b.indikatoren)) for b in bloecke] == [("Armut 1/2", 4), ("Armut 2/2", 3), ("B", 2)]
    assert [len(b.indikatoren) for b in matrix.build_bloecke(_indikatoren("A", 2), {}, 3)] == [1, 1]


@pytest.mark.parametrize(
    ("richtung", "last"), [(Richtung.BELASTEND, 2), (Richtung.ENTLASTEND, -2), (Richtung.NEUTRAL, 0)]
)
def test_farbe_folgt_der_richtung(richtung: Richtung, last: int) -> None:
    assert matrix.burden(Indikator("A", "A", handlungsfeld="x", zaehler="a", richtung=richtung), 2) == last


def test_reihe_wird_an_luecke_und_bruch_geschnitten() -> None:
    stuecke = bild.cut_pieces([2019, 2020, 2021, 2022, 2023], [1, None, 3, 4, 5], {2023: "Bürgergeld"})
    assert stuecke == [([2019], [1]), ([2021, 2022], [3, 4]), ([2023], [5])]


@pytest.mark.parametrize("werte", [[18.0, 15.4], [0.0], [16000, 3600], [-3.2, 4.0], [0.004]])
def test_achse_beginnt_bei_null_und_fasst_alles(werte: list[float]) -> None:
    teilung = bild.nice_ticks(werte)
    assert 0 in teilung
    assert min(teilung) <= min(werte)
    assert max(teilung) >= max(werte)
    assert 2 <= len(teilung) <= 8


def test_erster_bildschirm_laedt_kein_rechenwerk() -> None:
    """First paint, then load: neither the engine nor the writers of workbooks are there when the first screen is."""
    programm = (
        "import asyncio, sys\n"
        "from sozialtool.tui.app import SozialtoolApp\n"
        "async def los():\n"
        "    app = SozialtoolApp()\n"
        "    async with app.run_test() as pilot:\n"
        "        await pilot.pause()\n"
        "        schwer = {'polars', 'openpyxl', 'xlsxwriter', 'highspy', 'python_calamine', 'plotext', 'numpy'}\n"
        "        print(sorted(schwer & set(sys.modules)))\n"
        "asyncio.run(los())\n"
    )
    ergebnis = subprocess.run(
        [sys.executable, "-c", programm], capture_output=True, text=True, timeout=120, check=True, encoding="utf-8"
    )
    assert ergebnis.stdout.strip() == "[]"


def _figur(wert: float, lage: int, vermerk: Vermerk, stellen: int) -> str:
    kennzahl = Kennzahl._make(
        ("A", 2025, "01", "sozialraum", *[None] * 2, wert, *[None] * 4, lage, *[None] * 6, vermerk, "")
    )
    stadt, raum = Gebiet("0", "Stadt", "stadt"), Gebiet("01", "Raum", "sozialraum")
    monitoring = Monitoring(
        2025, (2025,), (stadt, raum), (), {}, {("01", "A", 2025): kennzahl}, lambda *_: "", lambda _: ""
    )
    indikator = Indikator("A", "A", handlungsfeld="x", zaehler="a", nachkommastellen=stellen)
    return str(matrix.figur(monitoring, raum, indikator, matrix.SCHMAL, dunkel=False))


def test_zwischen_vermerk_und_zeichen_steht_ein_leerzeichen() -> None:
    assert _figur(62.6, -1, Vermerk.GESCHAETZT, 1) == "  62,6s ▼ "
    assert _figur(62.6, 2, Vermerk.KEINER, 1) == "  62,6  ▲▲"
    assert _figur(150_000, 0, Vermerk.GESCHAETZT, 0) == "150.000s  "


def test_few_columns_share_what_is_free():
    """A page of three on 80 columns does not cut off names while half of the line is empty."""
    assert [matrix.figure_width(58, anzahl) for anzahl in (0, 3, 5)] == [matrix.SCHMAL, matrix.BREIT, 11]
    assert matrix.figure_width(100, 7) == matrix.BREIT


async def test_only_texts_of_several_paragraphs_open_a_window() -> None:
    """A name stays a line; what is meant for paragraphs, or has some, is opened; Esc does not throw a written text away unasked."""
    felder = [Feld("name", "Name", str), Feld("text", "Text", str, absaetze=True), Feld("alt", "Alt", str)]
    ergebnis: list[object] = []
    app: App[None] = App()
    async with app.run_test() as pilot:
        await app.push_screen(Formular("Probe", felder, {"alt": "Eins\nzwei"}), ergebnis.append)
        formular = app.screen
        formular.query_one("#feld_name", Input).value = "Kita || Hort"
        assert {f.id for f in formular.query(Textfeld)} == {"feld_text", "feld_alt"}
        await pilot.press("enter", "enter", *"Kita", "enter", "enter", *"Hort", "ctrl+s", "escape")
        assert isinstance(app.screen, Frage)
        await pilot.press("escape")
        assert app.screen is formular
        await pilot.press("f10")
    assert ergebnis == [{"name": "Kita || Hort", "text": "Kita\nHort", "alt": "Eins\nzwei"}]


async def test_a_form_takes_the_amounts_it_shows_itself() -> None:
    """A workbook brings 612.345 euros; changing another field of that record must not ask what 612,345 means. Typed, it does."""
    felder = [Feld("jahr", "Jahr", int), Feld("kosten", "Kosten", float, einheit=EURO)]
    ergebnis: list[object] = []
    app: App[None] = App()
    async with app.run_test() as pilot:
        await app.push_screen(Formular("Probe", felder, {"jahr": 2025, "kosten": 612.345}), ergebnis.append)
        kosten = app.screen.query_one("#feld_kosten", Input)
        kosten.value, gezeigt = "612,345", kosten.value
        await pilot.press("f10")
        assert ergebnis == []
        kosten.value = gezeigt
        await pilot.press("f10")
    assert ergebnis == [{"jahr": 2025, "kosten": 612.345}]
