r"""Paths as Windows people write them: pasted in quotation marks, drive letters, UNC, longer than 260 characters."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from sozialtool import ablauf, orte
from sozialtool.cli import run
from sozialtool.einlesen.lesen import read_rohmappe
from sozialtool.fach.raum import Kommune
from sozialtool.fehler import BedienFehler, SozialtoolFehler
from sozialtool.projekt import create_projekt, open_projekt
from sozialtool.projekt.sperre import get_sperrdatei
from sozialtool.projekt.verbindung import build_uri

windows = pytest.mark.skipif(sys.platform != "win32", reason="Laufwerksbuchstaben und lange Pfade gibt es nur hier")
KOMMUNE = Kommune("05999004", "Lindenrath", berichtsjahr=2025)
CSV = "Gebiet;Einwohner\nNord;1.200\nSüd;900\n"


@pytest.fixture(autouse=True)
def _eigene_ordner(tmp_path_factory, monkeypatch):
    ordner = tmp_path_factory.mktemp("eigen")
    monkeypatch.setattr(orte, "einstellungen", lambda: ordner / "einstellungen")
    monkeypatch.setattr(orte, "protokolle", lambda: ordner / "protokolle")


@pytest.fixture
def tief(tmp_path):
    """A folder whose path alone is longer than what Windows takes without the extended form."""
    ordner = orte.lang(tmp_path, 2000)
    while len(str(ordner)) < 300:
        ordner = ordner / "Sozialplanung der Stadt Größe mit Anlagen"
    ordner.mkdir(parents=True)
    return Path(orte.zeige(ordner))


@pytest.mark.parametrize(
    ("text", "erwartet"),
    [
        (r"C:\Daten\a.xlsx", r"\\?\C:\Daten\a.xlsx"),
        (r"\\server\Amt 50\Übersicht.xlsx", r"\\?\UNC\server\Amt 50\Übersicht.xlsx"),
        (r"\\?\C:\Daten", r"\\?\C:\Daten"),
        (r"\\?\UNC\server\x", r"\\?\UNC\server\x"),
        (r"\\.\CON", r"\\.\CON"),
    ],
)
def test_extended_form(text, erwartet):
    assert orte.extend(text) == erwartet


@pytest.mark.parametrize("text", [r"C:\Daten\a.xlsx", r"\\server\Amt 50\Übersicht.xlsx"])
def test_people_see_the_plain_form(text):
    assert orte.zeige(orte.extend(text)) == text
    fehler = SozialtoolFehler(f"„{orte.extend(text)}“ fehlt.", f"Bitte in {orte.extend(text)} nachsehen.")
    assert fehler.meldung == f"„{text}“ fehlt."
    assert "?" not in str(fehler)


@pytest.mark.parametrize(
    "eingabe", ['"{}"', '  "{}"  ', "{}", '{}"', '" {} "'], ids=["Explorer", "Rand", "glatt", "Rest", "Leerzeichen"]
)
def test_pasted_paths(tmp_path, eingabe):
    pfad = tmp_path / "Jugend & Soziales Größe (2).csv"
    assert orte.als_pfad(eingabe.format(pfad)) == pfad


def test_tilde_is_the_persons_folder_and_a_strange_one_is_a_name():
    assert orte.als_pfad("~/x.csv") == Path.home() / "x.csv"
    assert orte.als_pfad("~gibtesnicht_xyz.csv").name == "~gibtesnicht_xyz.csv"


@windows
def test_a_bare_drive_is_its_root_and_slashes_may_lean_either_way():
    assert str(orte.als_pfad("c:")) == "c:\\"
    assert orte.als_pfad("C:/Daten/a.csv") == Path(r"C:\Daten\a.csv")
    assert orte.als_pfad(r"\\server\share\Amt/x.csv") == Path(r"\\server\share\Amt\x.csv")


@windows
def test_a_path_relative_to_a_drive_becomes_whole(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    laufwerk = tmp_path.drive
    assert orte.lang(f"{laufwerk}kurz.csv", 0) == tmp_path / "kurz.csv"
    anderes = "C:" if laufwerk.upper() != "C:" else "Z:"
    assert orte.lang(f"{anderes}x.csv", 0).is_absolute()


@windows
def test_the_extended_form_only_where_needed(tmp_path):
    assert not str(orte.lang(tmp_path / "a.csv", 0)).startswith("\\\\?\\")
    assert str(orte.lang("C:\\" + "x" * 250, 0)).startswith("\\\\?\\C:\\x")
    assert str(orte.lang("\\\\server\\share\\" + "x" * 250, 0)).startswith("\\\\?\\UNC\\server\\share\\x")


@pytest.mark.skipif(sys.platform == "win32", reason="hier gibt es die erweiterte Form")
def test_elsewhere_paths_stay_as_they_are(tmp_path):
    assert orte.lang(tmp_path / ("x" * 250), 200) == tmp_path / ("x" * 250)


def test_sqlite_gets_a_uri_for_every_kind_of_path():
    from pathlib import PureWindowsPath

    assert build_uri(PureWindowsPath(r"C:\a b\x.sozial"), "ro") == "file:///C%3A/a%20b/x.sozial?mode=ro"
    assert build_uri(PureWindowsPath(r"\\server\share\x.sozial"), "ro") == "file:////server/share/x.sozial?mode=ro"
    lang = build_uri(PureWindowsPath(r"\\?\C:\a b\x.sozial"), "rw")
    assert lang == "file:%5C%5C%3F%5CC%3A%5Ca%20b%5Cx.sozial?mode=rw&vfs=win32-longpath"


def test_a_long_path_is_created_read_secured_and_written(tief, capsys):
    projektordner = tief / "Lindenrath"
    with ablauf.create_projekt(projektordner, KOMMUNE) as projekt:
        sicherung = ablauf.back_up(projekt)
        assert sicherung.is_file()
        liste = ablauf.export_liste(projekt, "indikatoren", tief / "indikatoren.xlsx")
        assert orte.lang(liste).is_file()
        assert not ablauf.import_liste(projekt, "indikatoren", tief / "indikatoren.xlsx")
        eingang = projekt.pfad.parent / "eingang" / "Lieferung des Amtes für Jugend"
        eingang.mkdir()
        (eingang / "einwohner.csv").write_text(CSV, encoding="utf-8")
        assert [e.datei for e in ablauf.read_eingang(projekt, [tief])] == ["indikatoren.xlsx", "einwohner.csv"]
        assert get_sperrdatei(projekt.pfad).is_file()
    assert not get_sperrdatei(projekt.pfad).exists()
    letzte = ablauf.letzte_projekte()
    assert [p.name for p in letzte] == ["lindenrath.sozial"]
    assert not str(letzte[0]).startswith("\\\\?\\")
    with ablauf.open_projekt(letzte[0], nur_lesen=True) as projekt:
        assert projekt.kommune == KOMMUNE
    assert run(["--projekt", f'"{projektordner}"', "sichern"]) == 0
    ausgabe = capsys.readouterr().out
    assert "Sozialplanung der Stadt Größe" in ausgabe
    assert "?" not in ausgabe
    uebrig = [p.name for p in orte.lang(tief, 200).rglob("*") if p.suffix in (".tmp", ".teil", ".neu", ".sperre")]
    assert not uebrig


def test_a_long_path_is_read(tief):
    (orte.lang(tief) / "einwohner.csv").write_text(CSV, encoding="utf-8")
    mappe = read_rohmappe(tief / "einwohner.csv")
    assert mappe.blaetter[0].zeilen[2][0] == "Süd"


def test_a_missing_file_in_a_long_folder_is_named_plainly(tief):
    with pytest.raises(SozialtoolFehler) as fehler:
        read_rohmappe(tief / "fehlt.csv")
    assert "fehlt.csv" in str(fehler.value)
    assert "\\\\?\\" not in str(fehler.value)
    with pytest.raises(SozialtoolFehler) as fehler:
        open_projekt(tief / "fehlt.sozial")
    assert "\\\\?\\" not in str(fehler.value)


def test_the_room_of_projects_takes_long_paths_without_help(tief):
    with create_projekt(tief / "ohne.sozial", KOMMUNE, wer="Erika Beispiel") as projekt:
        assert projekt.back_up("von Hand").is_file()
    with open_projekt(tief / "ohne.sozial") as projekt:
        assert projekt.kommune.name == "Lindenrath"


@pytest.mark.parametrize("rand", ['"{}"', '{}"'])
def test_commands_take_pasted_paths(tmp_path, rand, capsys):
    ordner = tmp_path / "Sozial planung Größe"
    ablauf.create_projekt(ordner, KOMMUNE).close()
    assert run(["--projekt", rand.format(ordner), "stand"]) == 0
    datei = tmp_path / "Einwohner Süd.csv"
    datei.write_text(CSV, encoding="utf-8")
    assert run(["--projekt", rand.format(ordner), "pruefen", rand.format(datei)]) == 1
    assert "gibt es nicht" not in capsys.readouterr().err


@windows
def test_the_same_file_in_other_letters_is_one_file(tmp_path):
    (tmp_path / "Eingang.csv").write_text(CSV, encoding="utf-8")
    with ablauf.create_projekt(tmp_path / "stadt", KOMMUNE) as projekt:
        from sozialtool.ablauf.daten import find_dateien

        assert len(find_dateien(projekt, [tmp_path / "Eingang.csv", tmp_path / "EINGANG.CSV", tmp_path])) == 1
        ablauf.back_up(projekt)
        from sozialtool.projekt.sicherung import find_sicherungen

        assert len(find_sicherungen(projekt.pfad.with_name("LINDENRATH.SOZIAL"))) == 1
        with pytest.raises(BedienFehler, match="schon"):
            ablauf.create_projekt(tmp_path / "STADT", KOMMUNE)
    ablauf.open_projekt(tmp_path / "STADT" / "LINDENRATH.SOZIAL").close()
    ablauf.open_projekt(tmp_path / "stadt" / "lindenrath.sozial").close()
    assert len(ablauf.letzte_projekte()) == 1


def test_a_file_named_twice_is_read_once(tmp_path):
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    with ablauf.create_projekt(tmp_path / "stadt", KOMMUNE) as projekt:
        assert (
            len(ablauf.read_eingang(projekt, [tmp_path / "a.csv", tmp_path, tmp_path / "stadt" / ".." / "a.csv"])) == 1
        )


def test_outputs_with_capital_endings_are_listed(tmp_path):
    with ablauf.create_projekt(tmp_path / "stadt", KOMMUNE) as projekt:
        ordner = projekt.pfad.parent / "ausgaben" / "2025"
        ordner.mkdir()
        (ordner / "MONITORING_2025.XLSX").write_bytes(b"")
        assert [Path(a.pfad).name for a in ablauf.ausgaben(projekt)] == ["MONITORING_2025.XLSX"]
        assert ablauf.ausgaben(projekt)[0].geschrieben_am.date() == dt.date.today()
