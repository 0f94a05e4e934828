"""The commands `raeume` and `umsteiger`: Varianten from the command line, compared, agreed, and series on both versions."""

from __future__ import annotations

import openpyxl
import pytest

from sozialtool import ablauf
from sozialtool.cli import run
from sozialtool.fach.raum import Gebiet, Gebietsstand, Umsteiger
from tests.ablauf.kleinstadt import build_kleinstadt
from tests.ablauf.raumstadt import ALT, build_raumstadt


@pytest.fixture
def stadt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_raumstadt(tmp_path / "stadt", range(2023, 2026)) as projekt:
        return projekt.pfad


@pytest.fixture
def befehl(stadt, capfd):
    def tun(*was):
        code = run([was[0], *was[1:], "--projekt", str(stadt)] if len(was) > 1 else [*was, "--projekt", str(stadt)])
        aus, meldung = capfd.readouterr()
        return code, aus, meldung

    return tun


def test_a_variante_from_copy_to_agreement(befehl, stadt):
    assert "Räume 2019" in befehl("raeume")[1]
    assert befehl("raeume", "variante", "v1", "Variante Nord")[0] == 0
    code, aus, meldung = befehl("raeume", "verschieben", "v1", "b1c", "--nach", "02")
    assert code == 0
    assert "1 Gebiet anders" in aus
    assert "sozialtool zurueck" in meldung
    code, aus, _ = befehl("raeume", "zeigen", "v1", "--gebiete")
    assert (code, "Block b1c (bewegt)" in aus) == (0, True)
    code, aus, _ = befehl("raeume", "vergleichen", "--einzeln", "--excel", "--ohne-sperrung")
    assert code == 1  # a small group between old and new boundaries is a finding
    zeilen = {zeile.split("  ")[1].strip(): zeile.split()[-2:] for zeile in aus.splitlines() if zeile.startswith("  ")}
    assert zeilen["Straßen wechseln"] == ["0", "1"]
    assert zeilen["Raum 1"] == ["2.205", "2.130"]
    assert "Amselweg bis 20: Raum 1 → Raum 2" in aus
    assert aus.splitlines()[-1] == str(stadt.parent / "ausgaben" / "2025" / "Variantenvergleich.xlsx")
    code, _, _ = befehl(
        "raeume", "vereinbaren", "v1", "--am", "7.3.2024", "--gremium", "Rat", "--ab", "01.07.2024",
        "--abweichend", "Ortsvorsteher Raum 1 dagegen",
    )  # fmt: skip
    assert code == 0
    aus = befehl("raeume")[1]
    assert "v1         Variante Nord  ● gilt  seit 01.07.2024" in aus
    assert "bis 30.06.2024" in aus
    assert befehl("zurueck")[0] == 0
    assert "○ Variante" in befehl("raeume")[1]


def test_excel_out_and_in(befehl, tmp_path):
    befehl("raeume", "variante", "v1", "Variante Nord")
    pfad = tmp_path / "v1.xlsx"
    assert befehl("raeume", "ausgeben", "v1", str(pfad))[1] == f"{pfad}\n"
    assert befehl("raeume", "einlesen", "v1", str(pfad))[:2] == (0, "Keine Unterschiede.\n")
    mappe = openpyxl.load_workbook(pfad)
    zelle = next(z[2] for z in mappe.worksheets[0].iter_rows() if len(z) > 2 and z[1].value == "b1c")
    zelle.value = "Raum 2"
    mappe.save(pfad)
    code, aus, meldung = befehl("raeume", "einlesen", "v1", str(pfad))
    assert (code, "b1c" in aus, "--uebernehmen" in meldung) == (1, True, True)
    assert befehl("raeume", "einlesen", "v1", str(pfad), "--uebernehmen")[0] == 0
    assert befehl("raeume", "einlesen", "v1", str(pfad))[1] == "Keine Unterschiede.\n"


def test_sozialraeume_of_a_variante_come_and_go(befehl):
    befehl("raeume", "variante", "v1", "Variante Nord")
    assert befehl("raeume", "raum", "v1", "07", "--name", "Neubaugebiet")[0] == 0
    befehl("raeume", "verschieben", "v1", "b1a", "b1b", "--nach", "07")
    assert "Neubaugebiet" in befehl("raeume", "zeigen", "v1")[1]
    code, _, meldung = befehl("raeume", "raum", "v1", "07", "--weg")
    assert (code, "gehören noch 2 Gebiete" in meldung) == (2, True)
    assert befehl("raeume", "verwerfen", "v1")[0] == 0
    assert "v1" not in befehl("raeume")[1]


def test_series_on_another_gebietsstand_mark_estimates_but_not_the_town(befehl, stadt):
    befehl("raeume", "variante", "v1", "Variante Nord")
    befehl("raeume", "verschieben", "v1", "b1c", "--nach", "02")
    aus = befehl("raeume", "reihen", "v1")[1]
    assert "geschätzt (2023–2025)" in aus
    assert "Einwohner" in next(zeile for zeile in aus.splitlines() if "neu summiert" in zeile)
    aus = befehl("raeume", "reihen", "v1", "--indikator", "a07")[1]
    reihen = {zeile.split("\t")[0]: zeile.split("\t")[1:] for zeile in aus.splitlines()[1:]}
    assert all(text.endswith(" s") for text in reihen["Raum 1"])
    assert not any(text.endswith(" s") for text in reihen["Raum 3"] + reihen["Kleinstadt"])
    assert not any(" s" in zeile for zeile in befehl("raeume", "reihen", ALT, "--indikator", "A07")[1].splitlines()[1:])


def test_umsteiger_are_built_checked_and_taken(befehl, stadt, tmp_path):
    befehl("raeume", "variante", "v1", "Variante Nord")
    befehl("raeume", "verschieben", "v1", "b1c", "--nach", "02")
    code, aus, _ = befehl("umsteiger", "bilden", ALT, "v1", "--datei", str(tmp_path / "u.xlsx"))
    assert code == 0
    # b1c has 75 of 2.205 people.
    assert "01 → 02: 0,0340" in aus
    splitter = tmp_path / "splitter.csv"
    splitter.write_text("alt;neu;Anteil\nS2;04;0,9999\nS2;05;0,0001\n", encoding="utf-8")
    assert "Hinweis: 1 Splitter" in befehl("umsteiger", "pruefen", str(splitter))[1]
    assert "6 Gebiete auf 6 verteilt, 7 Gewichte." in befehl("umsteiger", "pruefen", str(tmp_path / "u.xlsx"))[1]
    eigene = tmp_path / "bezirke.csv"
    eigene.write_text("alt;neu;Anteil\nS2;04;0,25\nS2;05;0,75\n", encoding="utf-8")
    assert befehl("umsteiger", "pruefen", str(eigene), "--uebernehmen")[0] == 0
    with ablauf.open_projekt(stadt, nur_lesen=True) as projekt:
        assert {(u.von, u.nach, u.gewicht) for u in projekt.read(Umsteiger)} >= {("S2", "04", 0.25), ("S2", "05", 0.75)}
    fremd = tmp_path / "fremd.csv"
    fremd.write_text("alt;neu;Anteil\nS2;99;1\n", encoding="utf-8")
    code, _, meldung = befehl("umsteiger", "pruefen", str(fremd), "--uebernehmen")
    assert (code, "gibt es im Projekt nicht: 99" in meldung) == (2, True)


@pytest.mark.parametrize(
    ("was", "text"),
    [(("zeigen", "fehlt"), "„fehlt“ gibt es nicht"), (("vergleichen",), "keine Variante"), (("fliegen",), "möglich sind"),
     (("verschieben", "v1"), "Es fehlt: GEBIET"), (("vereinbaren", "v1", "--am", "bald", "--gremium", "Rat"), "kein Datum"),
     (("verwerfen", ALT), "vereinbart und bleibt"), (("reihen", ALT, "--indikator", "Z9"), "gehört nicht zu")],
)  # fmt: skip
def test_wrong_use_is_said_in_german(befehl, was, text):
    code, _, meldung = befehl("raeume", *was)
    assert code == 2
    assert text in meldung


def test_a_year_without_figures_is_not_compared(befehl):
    befehl("raeume", "variante", "v1", "Variante Nord")
    code, _, meldung = befehl("raeume", "vergleichen", "v1", "--jahr", "1999")
    assert (code, "Für 1999 gibt es keine Kennzahlen" in meldung, "2023, 2024, 2025" in meldung) == (2, True, True)


def test_looking_changes_nothing(befehl, stadt):
    vorher = stadt.read_bytes()
    befehl("raeume")
    befehl("raeume", "zeigen", ALT)
    befehl("umsteiger", "bilden", ALT, ALT)
    assert stadt.read_bytes() == vorher
    with ablauf.open_projekt(stadt, nur_lesen=True) as projekt:
        assert len(projekt.read(Gebietsstand)) == 1


STRASSEN = (
    "Straßenschlüssel;Straße;von;bis;Seite;Gebiet\n00001;Amselweg;1;9;alle;b1a\n00001;Amselweg;14;30;alle;b1b\n"
    "00002;Bahnhofstraße;1;;alle;b2a\n"
)


def test_streets_are_read_checked_and_searched(befehl, tmp_path):
    datei = tmp_path / "strassen.csv"
    datei.write_text(STRASSEN, encoding="utf-8")
    code, aus, meldung = befehl("strassen", "einlesen", str(datei))
    assert (code, "2 Straßen mit 3 Abschnitten" in aus, "Noch nichts geändert" in meldung) == (1, True, True)
    assert "Kein Abschnitt für die ungeraden Hausnummern 11 bis 13" in aus
    befehl("strassen", "einlesen", str(datei), "--uebernehmen")
    code, aus, _ = befehl("strassen")
    assert (code, "STRASSE-LUECKE" in aus) == (1, True)
    assert befehl("strassen", "suchen", "--adresse", "Bahnhofstr. 12a")[:2] == (0, "b2a\n")
    assert befehl("strassen", "suchen", "--adresse", "Amselweg 12")[:2] == (1, "nz\n")
    # A bare "nz" is a dead end: it says why, and which street may be meant.
    assert "kein Abschnitt" in befehl("strassen", "suchen", "--adresse", "Amselweg 12")[2]
    assert "ähnlich: Amselweg (00001)" in befehl("strassen", "suchen", "--adresse", "Amslweg 3")[2]
    assert "Block b2a" in befehl("strassen", "suchen", "--adresse", "Bahnhofstr. 12a")[2]
    assert befehl("strassen", "entscheiden", "--schreibweise", "Am Bahnhof", "--strasse", "00002")[0] == 0
    assert befehl("strassen", "suchen", "--adresse", "Am Bahnhof 3")[1] == "b2a\n"
    assert befehl("strassen", "schreibweisen")[1] == "Am Bahnhof\t00002\tBahnhofstraße\n"
    code, _, meldung = befehl("strassen", "entscheiden", "--schreibweise", "X", "--strasse", "99999")
    assert (code, "gibt es nicht" in meldung) == (2, True)


def test_streets_must_name_the_smallest_level(befehl, tmp_path):
    datei = tmp_path / "strassen.csv"
    datei.write_text(STRASSEN.replace("b2a", "02").replace("b1b", "S1"), encoding="utf-8")
    code, aus, meldung = befehl("strassen", "einlesen", str(datei), "--uebernehmen")
    assert code == 2
    assert "„02“ ist kein kleinstes Gebiet, sondern: Sozialraum" in aus
    assert "„S1“ ist kein kleinstes Gebiet, sondern: Stimmbezirk" in aus
    assert "kann so nicht übernommen werden" in meldung


def test_one_person_is_one_person(befehl, tmp_path):
    (tmp_path / "strassen.csv").write_text(STRASSEN, encoding="utf-8")
    befehl("strassen", "einlesen", str(tmp_path / "strassen.csv"), "--uebernehmen")
    liste = tmp_path / "register.csv"
    zeilen = ["Amslweg;3;01.01.2015;m;HW", "Amselweg;3;00.00.1950;w;NW", "Amselweg;3;irgendwann;w;HW"]
    kopf = "Straße;Hausnummer;Geburtsdatum;Geschlecht;Wohnungsstatus"
    liste.write_text("\n".join([kopf, *zeilen]) + "\n", encoding="utf-8")
    _, aus, _ = befehl("register", str(liste), "--stichtag", "31.12.2025")
    assert "1 Person gezählt" in aus
    assert "Gezählt ist 1 Person, für den" in aus
    assert "1 Person, die hier eine Nebenwohnung hat und nicht gezählt ist." in aus
    assert "1 Person, die kein lesbares Geburtsdatum hat und nirgends gezählt ist (Zeile 4)." in aus
    assert "1 Person steht in einer Straße, die das Straßenverzeichnis nicht kennt; sie zählt zu" in aus
    assert "Unbekannt: Amslweg (1 Person)" in aus
    assert "1 Personen" not in aus


def test_a_list_of_people_is_counted(befehl, stadt, tmp_path):
    (tmp_path / "strassen.csv").write_text(STRASSEN, encoding="utf-8")
    befehl("strassen", "einlesen", str(tmp_path / "strassen.csv"), "--uebernehmen")
    liste = tmp_path / "register.csv"
    zeilen = [f"Bahnhofstr.;{n};0{n}.03.1980;w" for n in range(1, 6)] + ["Amslweg;3;01.01.2015;m"] * 4
    liste.write_text("\n".join(["Straße;Hausnummer;Geburtsdatum;Geschlecht", *zeilen]) + "\n", encoding="utf-8")
    code, aus, meldung = befehl("register", str(liste), "--stichtag", "31.12.2025")
    assert (code, "9 Personen gezählt" in aus) == (1, True)
    # Part of a list would make all other areas empty without a word.
    assert "Gezählt sind 9 Personen, für den 31.12.2025 stehen im Projekt" in aus
    assert "Unbekannt: Amslweg (4 Personen); ähnlich: Amselweg (00001" in aus
    assert "1980" not in aus + meldung
    befehl("strassen", "entscheiden", "--schreibweise", "Amslweg", "--strasse", "00001")
    code, _, meldung = befehl(
        "register", str(liste), "--stichtag", "31.12.2025", "--uebernehmen", "--absender", "Amt 33"
    )
    assert "ausgezählt" in meldung
    assert "Unbekannt" not in befehl("register", str(liste), "--stichtag", "31.12.2025")[1]
    assert befehl("register", str(liste), "--stichtag", "gestern")[0] == 2
    assert "liegt in der Zukunft" not in aus
    assert (
        "Der Stichtag 31.12.2199 liegt in der Zukunft." in befehl("register", str(liste), "--stichtag", "31.12.2199")[1]
    )
    with ablauf.open_projekt(stadt, nur_lesen=True) as projekt:
        assert "Amt 33" in {quelle.absender for quelle in ablauf.quellen(projekt)}


def test_a_number_without_zeros_is_the_smallest_area(befehl, stadt, tmp_path):
    """Excel turns "001" into 1, which could be the Sozialraum "01", too."""
    with ablauf.open_projekt(stadt) as projekt, projekt.change("Block 001") as schreiber:
        schreiber.put(Gebiet("001", "Block 001", "block", "01"))
    datei = tmp_path / "strassen.csv"
    datei.write_text("Straße;von;bis;Gebiet\nWeg;;;1\n", encoding="utf-8")
    befehl("strassen", "einlesen", str(datei), "--uebernehmen")
    assert befehl("strassen", "suchen", "--adresse", "Weg 3")[1] == "001\n"


def test_what_is_typed_is_checked(befehl, tmp_path):
    befehl("raeume", "variante", "v1", "Variante 1")
    for oben in ("XYZ", "b1a", "01", "S1"):
        code, _, meldung = befehl("raeume", "raum", "v1", "07", "--name", "Neu", "--teil-von", oben)
        assert (code, f"„{oben}“ ist kein Gebiet darüber. Möglich: " in meldung) == (2, True)
    assert befehl("raeume", "raum", "v1", "07", "--name", "Neu", "--teil-von", "A")[0] == 0
    code, _, meldung = befehl("raeume", "vergleichen", "v1", "--schranke", "-5", "--ohne-sperrung")
    assert (code, "ab 1" in meldung) == (2, True)
    datei = tmp_path / "key.csv"
    datei.write_text("alt;neu;Gewicht\nA1;B1;0,4\nA1;B2;0,6\n", encoding="utf-8")
    for schwelle in ("2", "nan", "-1"):
        code, _, meldung = befehl("umsteiger", "pruefen", str(datei), f"--schwelle={schwelle}")
        assert (code, "0 bis 0,1" in meldung) == (2, True)
    assert befehl("umsteiger", "pruefen", str(datei), "--schwelle", "0,001")[0] == 0
    assert befehl("umsteiger", "pruefen", str(datei), "--schwelle", "viel")[0] == 2
    (tmp_path / "strassen.csv").write_text("Straße;von;bis;Gebiet\nWeg;1;9;b1a\nWeg;10;;b1b\n", encoding="utf-8")
    befehl("strassen", "einlesen", str(tmp_path / "strassen.csv"), "--uebernehmen")
    assert "bitte die Hausnummer dazu angeben" in befehl("strassen", "suchen", "--adresse", "Weg")[2]


def test_a_town_without_smaller_areas_agrees_by_one_command(tmp_path, capfd, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        pfad = str(projekt.pfad)
    befehl = ["raeume", "vereinbaren-heutige", "--am", "1.3.2025", "--gremium", "Rat", "--name", "Unsere Räume"]
    assert run([*befehl, "--projekt", pfad]) == 0
    capfd.readouterr()
    assert run(["raeume", "--projekt", pfad]) == 0
    assert "2025       Unsere Räume  ● gilt  seit 01.03.2025" in capfd.readouterr()[0]
