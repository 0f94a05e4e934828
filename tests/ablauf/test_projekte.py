"""Begin a project, walk the Bausteine, agree indicators – through ablauf and through the commands."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sozialtool import ablauf
from sozialtool.ablauf import projekte
from sozialtool.cli import run
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.messwert import Messwert
from sozialtool.fach.prozess import Baustein, Fortschritt
from sozialtool.fach.raum import Kommune
from sozialtool.fehler import BedienFehler, DateiFehler, DateiFehlt, FeldFehler


@pytest.fixture(autouse=True)
def _own_settings(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")


@pytest.fixture
def projekt(tmp_path):
    with ablauf.create_projekt(tmp_path / "Neustadt", Kommune("05999001", "Neustadt", berichtsjahr=2025)) as projekt:
        yield projekt


def test_new_project_has_catalogue_levels_and_folders(projekt):
    assert {ordner.name for ordner in projekt.pfad.parent.iterdir() if ordner.is_dir()} >= {
        "eingang",
        "ausgaben",
        "sicherungen",
    }
    assert len({zeile.indikator.kennung[:3] for zeile in ablauf.indikatoren(projekt)}) == 73
    assert [zeile.baustein.nummer for zeile in ablauf.uebersicht(projekt).bausteine] == [1, 2, 3, 4, 5, 6]
    assert [zeile.gebiet.name for zeile in ablauf.raeume(projekt)] == ["Neustadt"]


@pytest.mark.parametrize(
    ("ags", "name", "jahr", "wort"),
    [
        ("5170044", "Voerde", 2025, "acht Ziffern"),
        ("05170044", " ", 2025, "Name"),
        ("05170044", "Voerde", 0, "Berichtsjahr"),
    ],
)
def test_wrong_answers_are_named_and_nothing_is_made(tmp_path, ags, name, jahr, wort):
    with pytest.raises(FeldFehler, match=wort):
        ablauf.create_projekt(tmp_path / "neu", Kommune(ags, name, berichtsjahr=jahr))
    assert not (tmp_path / "neu").exists()


def test_second_project_in_the_same_place_is_refused(projekt):
    with pytest.raises(BedienFehler, match="schon ein Projekt"):
        ablauf.create_projekt(projekt.pfad.parent, projekt.kommune)


def test_a_beginning_that_fails_leaves_no_half_project(tmp_path, monkeypatch):
    """A project without its catalogue would be a dead end: it opens, nothing works, and its name is taken."""
    ordner, kommune = tmp_path / "neu", Kommune("05999001", "Neustadt", berichtsjahr=2025)
    ordner.mkdir()
    (ordner / "eingang").write_text("eine Datei, wo ein Ordner hin soll", encoding="utf-8")
    with pytest.raises(DateiFehlt):
        ablauf.create_projekt(ordner, kommune)
    (ordner / "eingang").unlink()
    with monkeypatch.context() as stoerung:
        stoerung.setattr("sozialtool.katalog.load_inhalte", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            ablauf.create_projekt(ordner, kommune)
    assert not list(ordner.glob("*.sozial*"))
    with ablauf.create_projekt(ordner, kommune) as projekt:
        assert ablauf.indikatoren(projekt)


def test_the_example_goes_into_no_folder_that_holds_something(tmp_path):
    """Else `beispiel` in the folder of a real town would write over its deliveries and its Monitoring_2025.xlsx."""
    wichtig = tmp_path / "Voerde" / "ausgaben" / "2025" / "Monitoring_2025.xlsx"
    wichtig.parent.mkdir(parents=True)
    wichtig.write_bytes(b"wichtig")
    with pytest.raises(BedienFehler, match="nicht leer"):
        ablauf.make_beispiel(tmp_path / "Voerde")
    assert wichtig.read_bytes() == b"wichtig"
    assert [p.name for p in (tmp_path / "Voerde").iterdir()] == ["ausgaben"]
    (tmp_path / "Voerde" / "lindenrath.sozial").write_bytes(b"vom letzten Mal")
    with pytest.raises(BedienFehler, match="liegt schon") as gefangen:
        ablauf.make_beispiel(tmp_path / "Voerde")
    assert "--projekt" in gefangen.value.abhilfe


def test_recent_projects_are_remembered_newest_first(projekt, tmp_path):
    pfad = projekt.pfad
    projekt.close()
    with ablauf.create_projekt(tmp_path / "Zwei", Kommune("05999002", "Zweistadt", berichtsjahr=2025)) as zweites:
        assert ablauf.letzte_projekte() == [zweites.pfad.resolve(), pfad.resolve()]


def test_open_by_folder(projekt, tmp_path):
    ordner = projekt.pfad.parent
    projekt.close()
    with ablauf.open_projekt(ordner) as wieder:
        assert wieder.kommune.name == "Neustadt"
    with pytest.raises(DateiFehler, match="kein Projekt"):
        ablauf.open_projekt(tmp_path)


def test_umsetzungsstand_starts_the_baustein_and_is_taken_back(projekt):
    ablauf.save_umsetzungsstand(projekt, 2, dt.date(2025, 11, 14), "Planungsgruppe ist eingerichtet.")
    zeile = ablauf.uebersicht(projekt).bausteine[1]
    assert zeile.staende[0].text == "Planungsgruppe ist eingerichtet."
    assert zeile.baustein.fortschritt is Fortschritt.LAEUFT
    ablauf.undo(projekt)
    assert ablauf.uebersicht(projekt).bausteine[1].staende == ()
    assert projekt.get(Baustein, 2).fortschritt is Fortschritt.OFFEN
    ablauf.redo(projekt)
    assert ablauf.uebersicht(projekt).bausteine[1].staende[0].datum == dt.date(2025, 11, 14)


def test_next_steps_name_the_place(projekt):
    schritte = {schritt.ziel: schritt for schritt in ablauf.uebersicht(projekt).naechste}
    assert schritte["raeume"].dringlich
    assert schritte["indikatoren"].dringlich
    assert "Noch sind keine Zahlen da" in schritte["daten"].text


def test_a_baustein_that_lies_still_is_named(projekt):
    ablauf.save_umsetzungsstand(projekt, 1, dt.date(2024, 1, 10), "Beschluss gefasst.")
    texte = [schritt.text for schritt in ablauf.uebersicht(projekt, dt.date(2025, 6, 1)).naechste]
    assert any("Baustein 1" in text for text in texte)
    texte = [schritt.text for schritt in ablauf.uebersicht(projekt, dt.date(2024, 6, 1)).naechste]
    assert not any("Baustein 1" in text for text in texte)


def test_agreement_needs_a_date(projekt):
    with pytest.raises(BedienFehler, match="Datum"):
        ablauf.agree_indikator(projekt, "A07", Zustand.VEREINBART)
    ablauf.agree_indikator(projekt, "A07", Zustand.VEREINBART, dt.date(2025, 3, 4), "Planungsgruppe")
    indikator = projekt.get(Indikator, "A07")
    assert (indikator.zustand, indikator.vereinbart_am, indikator.gremium) == (
        Zustand.VEREINBART,
        dt.date(2025, 3, 4),
        "Planungsgruppe",
    )
    with pytest.raises(BedienFehler, match="Z99"):
        ablauf.agree_indikator(projekt, "Z99", Zustand.RUHT)


def test_commands_new_state_backup_undo(tmp_path, capsys):
    ordner = tmp_path / "Ort mit Blank"
    assert run(["neu", "Bad Köstritz", "--ags", "05999003", "--jahr", "2025", "--ordner", str(ordner)]) == 0
    assert (ordner / "bad_koestritz.sozial").is_file()
    assert run(["stand", "--projekt", str(ordner)]) == 0
    assert "Als Nächstes" in capsys.readouterr().out
    assert run(["--projekt", str(ordner), "sichern"]) == 0
    assert "sicherungen" in capsys.readouterr().out
    assert run(["rechnen", "--projekt", str(ordner)]) == 2
    assert "noch nichts zu rechnen" in capsys.readouterr().err
    (sicherung,) = (ordner / "sicherungen").glob("*von-hand.sozial")
    assert run(["--projekt", str(sicherung), "stand"]) == 0
    ausgabe = capsys.readouterr()
    assert "Das ist die Sicherung vom" in ausgabe.err
    assert "Sicherung vom" not in ausgabe.out


@pytest.mark.parametrize(
    "argumente",
    [["quatsch"], ["neu"], ["neu", "A", "--ags"], ["--falsch"], ["neu", "A", "--ags", "1", "--jahr", "zwei"], ["liste", "ausgeben"],
     ["liste", "wegwerfen", "indikatoren", "x"]],
)  # fmt: skip
def test_wrong_use_is_told_in_german(argumente, capsys):
    assert run(argumente) == 2
    meldung = capsys.readouterr().err
    for englisch in ("required", "argument", "invalid", "choose", "expected", "usage", "unrecognized", "error"):
        assert englisch not in meldung
    assert "--hilfe" in meldung


@pytest.mark.parametrize(
    "befehl", [[], *[[name] for name in ("beispiel", "neu", "einlesen", "pruefen", "rechnen", "ausgeben", "liste")]]
)
def test_help_is_german(befehl, capsys):
    assert run([*befehl, "--hilfe"]) == 0
    hilfe = capsys.readouterr().out
    assert "Aufruf:" in hilfe
    for englisch in ("usage", "options", "positional", "show this"):
        assert englisch not in hilfe


def test_missing_project_is_a_file_problem(tmp_path, capsys):
    assert run(["stand", "--projekt", str(tmp_path / "fehlt.sozial")]) == 3
    assert "fehlt.sozial" in capsys.readouterr().err


def test_sums_over_other_years_do_not_count_as_delivered(projekt):
    """G01 takes three-year sums; a rate of single years cannot be made of them, and the planner is told so."""
    messwerte = [
        Messwert("05999001", name, dt.date(2025, 12, 31), 90.0, jahre=3)
        for name in ("seu_sprache", "seu_untersucht", "arbeitslose", "ew_15_65")
    ]
    with projekt.change("Zahlen") as schreiber:
        schreiber.put_messwerte(messwerte)
    zeilen = {zeile.indikator.kennung: zeile for zeile in ablauf.indikatoren(projekt)}
    assert zeilen["G01"].vorhanden
    assert zeilen["A01"].fehlende_merkmale == ("arbeitslose", "ew_15_65")
    assert zeilen["A01"].fehlende_namen[0].endswith("geliefert nur als Summe über 3 Jahre")


def test_beginning_of_a_project_is_never_taken_back(projekt):
    ablauf.set_berichtsjahr(projekt, 2024)
    ablauf.undo(projekt)
    with pytest.raises(BedienFehler, match="nichts"):
        ablauf.undo(projekt)
    assert len(projekt.read(Indikator)) > 70
    assert ablauf.redo(projekt).text.startswith("Berichtsjahr 2024")


def test_a_recent_project_on_a_share_that_refuses_itself_does_not_stop_the_start(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    da, weg = tmp_path / "a.sozial", tmp_path / "b.sozial"
    for pfad in (da, weg):
        pfad.touch()
        projekte.remember(pfad)
    echt = Path.is_file

    def is_file(pfad):
        if pfad.name == "b.sozial":
            raise PermissionError(13, "Zugriff verweigert", str(pfad))
        return echt(pfad)

    monkeypatch.setattr(Path, "is_file", is_file)
    assert [p.name for p in projekte.letzte_projekte()] == ["a.sozial"]
