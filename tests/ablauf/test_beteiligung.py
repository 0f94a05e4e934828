"""Participation: the matrix, what is indispensable and missing, list out and back, sheet and command."""

from __future__ import annotations

import datetime as dt

import docx
import openpyxl
import pytest
from kleinstadt import build_kleinstadt
from test_planungslisten import fill

from sozialtool import ablauf, katalog
from sozialtool.ablauf.beteiligungsbild import Zellenlage, say_fehlend
from sozialtool.cli import run
from sozialtool.fach.beteiligung import (
    Beteiligung,
    Beteiligungsebene,
    Beteiligungsgruppe,
    Beteiligungsphase,
    Beteiligungsstand,
    Verbindlichkeit,
)
from sozialtool.fehler import BedienFehler, DatenFehler

STADT, RAUM = Beteiligungsebene.STADT, Beteiligungsebene.SOZIALRAUM
FACH, NUTZER = Beteiligungsgruppe.FACHKRAEFTE, Beteiligungsgruppe.NUTZENDE
MAI = dt.date(2025, 5, 7)


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2025, 2026)) as projekt:
        yield projekt


def take_part(projekt, *eintraege):
    """Enter (level, phase, group, area, state, result) each."""
    with projekt.change("Beteiligung") as schreiber:
        for nummer, (ebene, phase, gruppe, gebiet, stand, ergebnis) in enumerate(eintraege):
            schreiber.put(
                Beteiligung(
                    f"B{nummer}", f"Runde {nummer}", ebene, phase, gruppe, gebiet, stand=stand, ergebnis=ergebnis
                )
            )


def row(projekt, ebene, phase, gebiet=""):
    return next(z for z in ablauf.describe_beteiligung(projekt, gebiet) if (z.ebene, z.phase) == (ebene, phase))


def test_the_rules_are_those_of_the_source():
    je = {(r.ebene, r.phase): r.grad for r in katalog.load_beteiligungsregeln()}
    p = Beteiligungsphase
    assert {phase for (ebene, phase), grad in je.items() if ebene is STADT and grad is Verbindlichkeit.EMPFOHLEN} == {
        p.LEITBILD, p.ZIELE, p.ZUARBEIT, p.CONTROLLING
    }  # fmt: skip
    assert {phase for (ebene, phase), grad in je.items() if ebene is RAUM and grad is Verbindlichkeit.UNVERZICHTBAR} == {
        p.BESTAND, p.BEDARF, p.MASSNAHMEN, p.CONTROLLING
    }  # fmt: skip
    assert len(je) == 8


def test_matrix_has_every_phase_of_both_levels_and_every_group(projekt):
    zeilen = ablauf.describe_beteiligung(projekt)
    assert [(z.ebene, z.phase) for z in zeilen] == [(e, p) for e in Beteiligungsebene for p in Beteiligungsphase]
    assert all([zelle.gruppe for zelle in z.zellen] == list(Beteiligungsgruppe) for z in zeilen)


def test_cells_count_planned_and_done_and_leave_out_what_was_dropped(projekt):
    p, s = Beteiligungsphase.BEDARF, Beteiligungsstand
    take_part(
        projekt, (RAUM, p, FACH, "01", s.GELAUFEN, "Bedarf notiert."), (RAUM, p, FACH, "02", s.GELAUFEN, ""),
        (RAUM, p, FACH, "03", s.GEPLANT, ""), (RAUM, p, NUTZER, "04", s.ENTFALLEN, ""),
    )  # fmt: skip
    zeile = row(projekt, RAUM, p)
    zelle = next(z for z in zeile.zellen if z.gruppe is FACH)
    assert (zelle.gelaufen, zelle.geplant, zelle.ohne_ergebnis, zelle.kurz) == (2, 1, 1, "√2 ○1")
    assert next(z for z in zeile.zellen if z.gruppe is NUTZER).kurz == "–"
    assert [name for name, _ in zeile.fehlend] == ["Raum 4", "Raum 5", "Raum 6"]
    assert zeile.kurz == "! fehlt in 3 von 6"
    assert row(projekt, RAUM, p, "Raum 1").fehlend == ()
    assert row(projekt, RAUM, p, "04").kurz == "! unverzichtbar, fehlt"


def test_controlling_needs_experts_and_users(projekt):
    p = Beteiligungsphase.CONTROLLING
    leer = {z.gruppe: z.lage for z in row(projekt, RAUM, p).zellen}
    assert {g for g, lage in leer.items() if lage is Zellenlage.FEHLT} == {FACH, NUTZER}
    take_part(projekt, (RAUM, p, FACH, "01", Beteiligungsstand.GELAUFEN, "Gut."))
    zeile = row(projekt, RAUM, p, "01")
    assert zeile.fehlend == (("Raum 1", ("Nutzerinnen und Nutzer",)),)
    assert [z.kurz for z in zeile.zellen if z.gruppe in (FACH, NUTZER)] == ["√1", "! fehlt"]
    assert "Fehlt in: Raum 1 (Nutzerinnen und Nutzer); Raum 2 (Fachkräfte, Nutzerinnen und Nutzer)" in say_fehlend(
        row(projekt, RAUM, p)
    )


def test_the_town_is_recommended_only(projekt):
    zeile = row(projekt, STADT, Beteiligungsphase.ZIELE)
    assert (zeile.unverzichtbar, zeile.kurz) == (False, "– empfohlen, fehlt")
    assert row(projekt, STADT, Beteiligungsphase.BEDARF).kurz == ""
    with pytest.raises(BedienFehler, match="Nirgends"):
        ablauf.describe_beteiligung(projekt, "Nirgends")


def test_planned_is_not_done(projekt):
    p = Beteiligungsphase.CONTROLLING
    gruppen = next(r.gruppen for r in katalog.load_beteiligungsregeln() if (r.ebene, r.phase) == (STADT, p))
    wer = [g for g in Beteiligungsgruppe if g.value in gruppen] or [FACH]
    take_part(projekt, *((STADT, p, g, "", Beteiligungsstand.GEPLANT, "") for g in wer))
    zeile = row(projekt, STADT, p)
    assert zeile.kurz == "○ empfohlen, geplant"
    assert "mindestens geplant" in say_fehlend(zeile)
    take_part(projekt, *((STADT, p, g, "", Beteiligungsstand.GELAUFEN, "Gut.") for g in wer))
    assert row(projekt, STADT, p).kurz == "√ empfohlen"
    b = Beteiligungsphase.BESTAND
    raeume = [
        (RAUM, b, FACH, f"0{n}", Beteiligungsstand.GEPLANT if n > 4 else Beteiligungsstand.GELAUFEN, "")
        for n in range(1, 7)
    ]
    take_part(projekt, *raeume)
    assert row(projekt, RAUM, b).kurz == "○ geplant in 2 von 6"


def test_list_goes_out_and_comes_back(projekt, tmp_path):
    gut = {"Schlüssel": "B1", "Beteiligung": "Rundgang", "Ebene": "Sozialraum", "Phase": "Bedarfserhebung",
           "Gruppe": "Bewohnerinnen und Bewohner", "Sozialraum": "Raum 3", "Stand": "gelaufen", "Datum": MAI,
           "Was daraus wurde": "Zwei Wege gemeldet.", "Nachweise": "Indikator A07"}  # fmt: skip
    ablauf.save_liste(
        projekt,
        ablauf.import_liste(projekt, "beteiligung", fill("Beteiligung.xlsx", tmp_path / "b.xlsx", Beteiligung=[gut])),
    )
    assert projekt.get(Beteiligung, "B1").gebiet == "03"
    ablauf.export_liste(projekt, "beteiligung", tmp_path / "zurueck.xlsx")
    assert not ablauf.import_liste(projekt, "beteiligung", tmp_path / "zurueck.xlsx")
    ablauf.undo(projekt)
    assert projekt.read(Beteiligung) == []
    falsch = [{**gut, "Sozialraum": "", "Nachweise": "Sitzung X"}, {**gut, "Schlüssel": "B2", "Ebene": "Gesamtstadt"}]
    with pytest.raises(DatenFehler) as fehler:
        ablauf.import_liste(projekt, "beteiligung", fill("Beteiligung.xlsx", tmp_path / "f.xlsx", Beteiligung=falsch))
    for stueck in ("gehört, in welchem", "In der Gesamtstadt steht kein Sozialraum", "„Sitzung X“ führt nirgendwohin"):
        assert stueck in str(fehler.value)


def test_sheet_and_document_say_the_same(projekt):
    take_part(projekt, (RAUM, Beteiligungsphase.BESTAND, FACH, "02", Beteiligungsstand.GELAUFEN, "Notiert."))
    mappe, dokument = ablauf.write_beteiligung(projekt, dt.date(2026, 3, 16), "26/031")
    buch = openpyxl.load_workbook(mappe)
    assert buch.sheetnames == ["Matrix", "Lücken", "Beteiligungen"]
    zellen = [[str(z or "") for z in zeile] for zeile in buch["Matrix"].iter_rows(values_only=True)]
    excel = [z for z in zellen if z[0] in ("Gesamtstadt", "Sozialraum")]
    word = [[zelle.text for zelle in zeile.cells] for zeile in docx.Document(str(dokument)).tables[0].rows][1:]
    assert len(word) == 14
    assert [zeile[: len(word[0])] for zeile in excel] == word
    assert ["Sozialraum", "Bestandserfassung", "–", "–", "√1", "–", "–", "–", "–", "! fehlt in 5 von 6"] in word


def test_command(projekt, capsys):
    pfad = str(projekt.pfad)
    projekt.close()

    def tue(*angaben):
        code = run(["--projekt", pfad, *angaben])
        return code, capsys.readouterr()

    assert tue("eintrag", "setzen", "beteiligung", "B1", "name=Rundgang", "ebene=Sozialraum", "phase=Bedarfserhebung",
               "gruppe=Fachkräfte", "gebiet=Raum 1", "ergebnis=Notiert.")[0] == 0  # fmt: skip
    code, ausgabe = tue("beteiligung", "matrix", "--gebiet", "Raum 1")
    assert code == 1
    assert "Bedarfserhebung\t–\t–\t○1" in ausgabe.out
    assert "Controlling: Unverzichtbar" in ausgabe.err
    assert "Notiert." in tue("beteiligung", "liste")[1].out
    assert tue("beteiligung")[0] == 1
    assert tue("beteiligung", "ausgeben")[1].out.count("Beteiligung_2025") == 2
