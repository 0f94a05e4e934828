"""The Bausteine: Voerde's paper in and out again, history, what has changed since, proofs, next steps."""

from __future__ import annotations

import csv
import datetime as dt

import docx
import openpyxl
import pytest
from kleinstadt import build_kleinstadt
from test_planungslisten import fill

from sozialtool import ablauf
from sozialtool.cli import run
from sozialtool.fach.prozess import Baustein, Fortschritt, Inhalt, Umsetzungsstand
from sozialtool.fehler import BedienFehler, DatenFehler

PAPIER = dt.date(2024, 8, 15)
SPAETER = dt.date(2026, 3, 16)


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2025, 2026)) as projekt:
        yield projekt


def read_voerde(daten):
    """Name of the Baustein → (texts of the Inhalte, sentences), as the csv has them."""
    soll: dict[str, tuple[list[str], list[str]]] = {}
    with (daten / "drucksache_voerde" / "bausteine.csv").open(encoding="utf-8", newline="") as datei:
        for zeile in csv.DictReader(datei, delimiter=";"):
            je = soll.setdefault(zeile["baustein"], ([], []))
            je[zeile["art"] == "Stand"].append(zeile["text"])
    return soll


def read_docx(pfad):
    tabelle = docx.Document(str(pfad)).tables[0]
    zeilen = [[[a.text for a in zelle.paragraphs] for zelle in zeile.cells] for zeile in tabelle.rows[1:]]
    koepfe = [zelle.text for zelle in tabelle.rows[0].cells]
    return koepfe, {z[0][0].splitlines()[0].split(". ", 1)[1]: (z[1], z[2]) for z in zeilen}


def read_xlsx(pfad):
    blatt = openpyxl.load_workbook(pfad)["Bausteine"]
    zeilen = [[str(zelle or "") for zelle in zeile] for zeile in blatt.iter_rows(values_only=True)]
    anfang = next(nr for nr, zeile in enumerate(zeilen) if zeile[0] == "Baustein")

    def lines(text):
        return [zeile.removeprefix("– ") for zeile in text.splitlines()]

    tabelle = [z for z in zeilen[anfang + 1 :] if z[0] and z[0][0].isdigit()]
    return zeilen[anfang], {z[0].splitlines()[0].split(". ", 1)[1]: (lines(z[1]), lines(z[2])) for z in tabelle}


def test_voerdes_paper_goes_in_and_comes_out_text_by_text(projekt, daten):
    soll = read_voerde(daten)
    assert sum(len(teil) for je in soll.values() for teil in je) == 31
    unterschiede = ablauf.import_bausteintabelle(projekt, daten / "drucksache_voerde" / "bausteine.csv", PAPIER)
    ablauf.save_liste(projekt, unterschiede)
    mappe, dokument = ablauf.write_bausteine(projekt, PAPIER)
    for koepfe, ist in (read_xlsx(mappe), read_docx(dokument)):
        assert koepfe == ["Baustein", "Inhalte", "Umsetzungsstand/Planung in Kleinstadt"]
        assert ist == soll
    # What was written can be read again, and nothing is new then.
    assert not ablauf.import_bausteintabelle(projekt, mappe, PAPIER)
    ablauf.undo(projekt)
    assert projekt.read(Umsetzungsstand) == []


def test_voerdes_paper_through_the_vorlage(projekt, daten, tmp_path):
    """Typed into the Vorlage by hand, sheet by sheet, it gives the same table."""
    soll = read_voerde(daten)
    nummern = {b.name: b.nummer for b in projekt.read(Baustein)}
    inhalte, staende = [], []
    for name, (texte, saetze) in soll.items():
        n = nummern[name]
        inhalte += [
            {"Schlüssel": f"{n}.{k}", "Baustein": n, "Inhalt": t, "Reihenfolge": k} for k, t in enumerate(texte, 1)
        ]
        staende += [
            {"Schlüssel": f"2024-{n}.{k}", "Baustein": n, "Datum": PAPIER, "Umsetzungsstand": t, "Reihenfolge": k}
            for k, t in enumerate(saetze, 1)
        ]
    pfad = fill("Bausteine.xlsx", tmp_path / "b.xlsx", Inhalt=inhalte, Umsetzungsstand=staende)
    ablauf.save_liste(projekt, ablauf.import_liste(projekt, "bausteine", pfad))
    mappe, dokument = ablauf.write_bausteine(projekt, PAPIER)
    assert read_xlsx(mappe)[1] == soll == read_docx(dokument)[1]
    ablauf.export_liste(projekt, "bausteine", tmp_path / "zurueck.xlsx")
    assert not ablauf.import_liste(projekt, "bausteine", tmp_path / "zurueck.xlsx")


def test_a_later_paper_keeps_the_history(projekt, tmp_path):
    datei = tmp_path / "papier.csv"
    datei.write_text("baustein;art;text\nStrukturen entwickeln;Stand;Stelle ist besetzt\n", encoding="utf-8")
    ablauf.save_liste(projekt, ablauf.import_bausteintabelle(projekt, datei, PAPIER))
    datei.write_text(
        "Bausteine;Inhalte;Umsetzungsstand/Planung\n"
        '2. Strukturen entwickeln;"– Sozialplanungsfachkraft\n– Runder Tisch der Träger";'
        '"– Stelle ist besetzt (15.08.2024)\n– Die Planungsgruppe tagt"\n',
        encoding="utf-8",
    )
    ablauf.save_liste(projekt, ablauf.import_bausteintabelle(projekt, datei, SPAETER))
    damals, heute = (ablauf.describe_bausteine(projekt, tag)[1] for tag in (PAPIER, SPAETER))
    assert [s.text for s in damals.staende] == ["Stelle ist besetzt"]
    assert [s.text for s in heute.staende] == ["Die Planungsgruppe tagt", "Stelle ist besetzt"]
    assert [i.text for i in heute.inhalte] == ["Sozialplanungsfachkraft", "Runder Tisch der Träger"]
    assert len(damals.inhalte) == 4  # what the catalogue had, though the later paper dropped it
    (aenderung,) = ablauf.compare_bausteine(projekt, PAPIER, SPAETER)
    assert aenderung.baustein.nummer == 2
    assert aenderung.saetze[0] == "Neu aufgenommen am 16.03.2026: Runder Tisch der Träger"
    assert [s for s in aenderung.saetze if s.startswith("Neu 16")] == ["Neu 16.03.2026: Die Planungsgruppe tagt"]
    assert sum(s.startswith("Entfallen am 16.03.2026") for s in aenderung.saetze) == 3


def test_an_unknown_baustein_stops_the_table(projekt, tmp_path):
    datei = tmp_path / "papier.csv"
    datei.write_text("baustein;art;text\nSiebter Baustein;Stand;da\n", encoding="utf-8")
    with pytest.raises(DatenFehler, match="Siebter Baustein"):
        ablauf.import_bausteintabelle(projekt, datei, PAPIER)


def test_progress_has_days_and_what_is_entered_late_does_not_change_today(projekt):
    ablauf.set_fortschritt(projekt, "3.1", Fortschritt.VEREINBART, SPAETER)
    ablauf.set_fortschritt(projekt, "3.1", Fortschritt.LAEUFT, PAPIER)
    assert projekt.get(Inhalt, "3.1").fortschritt is Fortschritt.VEREINBART
    stufen = [
        next(i.fortschritt for i in ablauf.describe_bausteine(projekt, tag)[2].inhalte if i.schluessel == "3.1")
        for tag in (dt.date(2024, 1, 1), PAPIER, SPAETER)
    ]
    assert stufen == [Fortschritt.OFFEN, Fortschritt.LAEUFT, Fortschritt.VEREINBART]
    (aenderung,) = ablauf.compare_bausteine(projekt, PAPIER, SPAETER)
    assert aenderung.saetze == ("„Definition der zu betrachtenden Sozialräume“: läuft → vereinbart (16.03.2026)",)


def test_a_sentence_takes_the_place_of_another(projekt):
    ablauf.save_umsetzungsstand(projekt, 2, PAPIER, "Stelle ist ausgeschrieben.", nachweise=["Indikator a07"])
    (alt,) = projekt.read(Umsetzungsstand)
    ablauf.save_umsetzungsstand(projekt, 2, SPAETER, "Stelle ist besetzt.", ueberholt=[alt.schluessel])
    assert [s.text for s in ablauf.describe_bausteine(projekt, SPAETER)[1].staende] == ["Stelle ist besetzt."]
    (aenderung,) = ablauf.compare_bausteine(projekt, PAPIER, SPAETER)
    assert aenderung.saetze == (
        "Neu 16.03.2026: Stelle ist besetzt.",
        "Überholt am 16.03.2026: Stelle ist ausgeschrieben.",
    )
    (nachweis,) = ablauf.describe_bausteine(projekt, PAPIER)[1].nachweise_of(alt)
    assert (nachweis.schluessel, nachweis.gefunden) == ("A07", True)
    assert "SGB" in nachweis.titel


def test_proofs_must_lead_somewhere(projekt):
    with pytest.raises(DatenFehler, match="„Indikator X99“ führt nirgendwohin"):
        ablauf.save_umsetzungsstand(projekt, 2, PAPIER, "Ein Satz.", nachweise=["Indikator X99"])
    with pytest.raises(DatenFehler, match="ist kein Nachweis"):
        ablauf.set_nachweise(projekt, "3.1", ["siehe Protokoll"])
    assert projekt.read(Umsetzungsstand) == []


def test_what_has_changed_since_a_drucksache(projekt):
    ablauf.ausgeben(projekt, 2025, "17/801", stand=PAPIER, endgueltig=True)
    assert ablauf.find_tag(projekt, "17/801") == (PAPIER, "der Drucksache 17/801 vom 15.08.2024")
    assert ablauf.find_tag(projekt, "2025-1")[0] == PAPIER
    with pytest.raises(BedienFehler, match="99/1"):
        ablauf.find_tag(projekt, "99/1")
    with pytest.raises(BedienFehler, match="liegt nicht nach"):
        ablauf.compare_bausteine(projekt, SPAETER, PAPIER)


def test_commands_do_every_step(projekt, tmp_path, capsys):
    pfad = str(projekt.pfad)
    projekt.close()

    def tue(*angaben):
        code = run(["--projekt", pfad, "bausteine", *angaben])
        return code, capsys.readouterr()

    assert tue("satz", "2", "Stelle ist besetzt.", "--am", "15.08.2024", "--nachweis", "Indikator A07")[0] == 0
    assert tue("fortschritt", "2.1", "fertig", "--am", "01.10.2024")[0] == 0
    assert (
        tue("schritt", "2", "Planungsgruppe einladen", "--zustaendig", "Sozialplanung", "--bis", "01.04.2026")[0] == 0
    )
    assert tue("nachweise", "3.1", "Indikator A07")[0] == 0
    aus = tue("stand")[1].out
    assert "15.08.2024 Stelle ist besetzt." in aus
    assert "Nachweis: Indikator A07: " in aus
    assert "Planungsgruppe einladen, bis 01.04.2026 – Sozialplanung" in aus
    schluessel = tue("verlauf", "2")[1].out.split()[2]
    assert tue("ueberholt", schluessel, "--am", "16.03.2026")[0] == 0
    aus = tue("aenderungen", "16.08.2024", "--am", "16.03.2026")[1].out
    assert "fertig (01.10.2024)" in aus
    assert "Überholt am 16.03.2026: Stelle ist besetzt." in aus
    code, ausgabe = tue("ausgeben", "--am", "16.03.2026", "--seit", "16.08.2024", "--drucksache", "26/031")
    assert code == 0
    assert [zeile.rpartition("_")[2] for zeile in ausgabe.out.splitlines()] == ["2025.xlsx", "2025.docx"]
    worte = "\n".join(a.text for a in docx.Document(ausgabe.out.splitlines()[1]).paragraphs)
    assert "Was sich seit dem 16.08.2024 geändert hat" in worte
    datei = tmp_path / "t.csv"
    datei.write_text("baustein;art;text\nStrukturen entwickeln;Stand;Neu\n", encoding="utf-8")
    assert tue("einlesen", str(datei), "--am", "16.03.2026")[0] == 1
    assert tue("einlesen", str(datei), "--am", "16.03.2026", "--uebernehmen")[0] == 0
    assert tue("einlesen", str(datei))[0] == 2


def test_what_commands_say_ends_with_one_full_stop_and_days_go_by_baustein(projekt, capsys):
    for baustein, nummer in ((1, 1), (2, 1), (1, 2), (2, 2)):
        satz = Umsetzungsstand(
            f"{baustein}-{nummer}", baustein, PAPIER, f"Satz {baustein}{nummer}.", reihenfolge=nummer
        )
        with projekt.change("Satz") as s:
            s.put(satz)
    pfad = str(projekt.pfad)
    projekt.close()
    assert run(["bausteine", "verlauf", "--projekt", pfad]) == 0
    assert [zeile.split("  ")[2] for zeile in capsys.readouterr().out.splitlines()] == ["1-1", "1-2", "2-1", "2-2"]
    assert run(["bausteine", "satz", "3", "Es geht los.", "--am", "20.08.2024", "--projekt", pfad]) == 0
    assert run(["bausteine", "ueberholt", "1-1", "--am", "21.08.2024", "--projekt", pfad]) == 0
    assert run(["bausteine", "fortschritt", "3", "fertig", "--projekt", pfad]) == 0
    gesagt = capsys.readouterr()
    zeilen = (gesagt.out + gesagt.err).splitlines()
    assert len([z for z in zeilen if "nimmt es zurück." in z]) == 3
    assert ".." not in "".join(zeilen)
    assert "Es geht los. „sozialtool zurueck“" in "".join(zeilen)
    assert "fertig. „sozialtool zurueck“" in "".join(zeilen)


def test_lists_of_the_process_are_checked(projekt, tmp_path):
    falsch = {
        "Schlüssel": "9.1",
        "Baustein": 9,
        "Inhalt": "X",
        "Nachweise": "Indikator X99",
        "Seit": SPAETER,
        "Entfallen am": PAPIER,
    }
    pfad = fill("Bausteine.xlsx", tmp_path / "b.xlsx", Inhalt=[falsch])
    with pytest.raises(DatenFehler) as fehler:
        ablauf.import_liste(projekt, "bausteine", pfad)
    for stueck in ("Baustein 9 gibt es nicht", "Indikator X99", "Das Ende liegt nicht nach dem Beginn"):
        assert stueck in str(fehler.value)


def test_an_overdue_next_step_stands_on_the_start_screen(projekt):
    ablauf.set_schritt(projekt, 2, "Sozialplanung", "Einladen", PAPIER)
    ablauf.set_schritt(projekt, "3.1", "", "Varianten beraten", PAPIER)
    texte = [s.text for s in ablauf.uebersicht(projekt, SPAETER).naechste]
    assert "Nächster Schritt überfällig bei den Bausteinen 2, 3." in texte
    assert not any("überfällig" in s.text for s in ablauf.uebersicht(projekt, PAPIER).naechste)
    ablauf.set_schritt(projekt, 2, "Sozialplanung", "", PAPIER)
    assert projekt.get(Baustein, 2).schritt_bis is None


def test_a_sentence_that_names_somebody_is_asked_about_without_its_inner_key(projekt, capsys):
    pfad = str(projekt.pfad)
    projekt.close()
    capsys.readouterr()
    satz = "Frau Meier ist zuständig."
    assert run(["bausteine", "satz", "3", satz, "--am", "01.02.2026", "--projekt", pfad]) == 0
    aus = "".join(capsys.readouterr())
    assert "! Satz zu Baustein 3 vom 01.02.2026 „Frau Meier ist zuständig.“: Bitte prüfen" in aus
    assert f"Umsetzungsstand zu Baustein 3: {satz} „sozialtool zurueck“" in aus
    assert ".." not in aus
    assert run(["bausteine", "schritt", "3", "Frau Meier fragen.", "--projekt", pfad]) == 0
    aus = "".join(capsys.readouterr())
    assert "Bitte prüfen (Nächster Schritt): ein Name" in aus
    assert "Nächster Schritt zu Baustein 3: Frau Meier fragen. „sozialtool" in aus
    assert run(["planung", "hinweise", "--projekt", pfad]) == 1
    assert "Satz zu Baustein 3 vom 01.02.2026 (Umsetzungsstand): ein Name" in capsys.readouterr().out
