"""The monitoring workbook as a whole: approved figures only, whole files, the same bytes."""

from __future__ import annotations

import contextlib
import re
import threading

import pytest

from sozialtool.ausgabe.monitoring import write_monitoring
from sozialtool.fach.raum import Gebiet
from sozialtool.fehler import Abgebrochen, BedienFehler, DateiGesperrt, GeheimhaltungsFehler
from tests.ausgabe.bau import GEBIETE, baue_bericht, baue_tabelle, indikatoren
from tests.ausgabe.hilfen import load


def test_same_report_gives_the_same_bytes(monitoring, tmp_path):
    nochmal = tmp_path / "b.xlsx"
    write_monitoring(nochmal, baue_bericht())
    assert monitoring.read_bytes() == nochmal.read_bytes()


def test_only_an_approved_table_goes_out(tmp_path):
    ungeprueft = baue_bericht().tabelle.kennzahlen
    with pytest.raises(GeheimhaltungsFehler):
        write_monitoring(tmp_path / "a.xlsx", baue_bericht(tabelle=ungeprueft))
    assert not list(tmp_path.iterdir())


def test_a_blocked_target_stays_as_it_was(tmp_path, monkeypatch):
    ziel = tmp_path / "Monitoring.xlsx"
    ziel.write_bytes(b"alt")

    def gesperrt(self, target):
        raise PermissionError(13, "in use", str(target))

    monkeypatch.setattr("pathlib.Path.replace", gesperrt)
    with pytest.raises(DateiGesperrt, match="in Excel geöffnet"):
        write_monitoring(ziel, baue_bericht())
    assert ziel.read_bytes() == b"alt"
    assert [pfad.name for pfad in tmp_path.iterdir()] == ["Monitoring.xlsx"]


def test_stop_leaves_the_old_file(tmp_path):
    ziel = tmp_path / "Monitoring.xlsx"
    ziel.write_bytes(b"alt")
    stop = threading.Event()

    def halt_at_second(fertig, gesamt, text):
        if fertig == 1:
            stop.set()

    with pytest.raises(Abgebrochen):
        write_monitoring(ziel, baue_bericht(), fortschritt=halt_at_second, stop=stop)
    assert ziel.read_bytes() == b"alt"
    assert [pfad.name for pfad in tmp_path.iterdir()] == ["Monitoring.xlsx"]


def test_openpyxl_loads_it_and_every_sheet_starts_at_a1(geladen):
    mappe = geladen
    assert mappe.sheetnames[0] == "Deckblatt"
    assert mappe.active.title == "Deckblatt"
    assert mappe.properties.creator == "Wöhrstadt"
    for blatt in mappe.worksheets:
        assert blatt.sheet_state == "visible"
        assert {auswahl.activeCell or "A1" for auswahl in blatt.sheet_view.selection} == {"A1"}
        assert blatt.page_setup.paperSize == 9
        assert blatt.page_setup.orientation == "landscape"


@pytest.mark.parametrize("jahr", [2019, 2020, 2025, 2030])
def test_any_year_can_be_reported(tmp_path, jahr):
    ziel = tmp_path / "m.xlsx"
    write_monitoring(ziel, baue_bericht(jahr=jahr, index=None, drucksache="", bausteine=(), quellen=(), brueche=()))
    with contextlib.closing(load(ziel, nur_namen=True)) as mappe:
        namen = mappe.sheetnames
    assert "Index" not in namen
    assert "Planungsprozess" not in namen
    assert ("Verlauf" in namen) == (jahr > 2019)


def test_a_year_before_all_figures_is_refused(tmp_path):
    with pytest.raises(BedienFehler, match="Für 2010 gibt es noch keine Kennzahlen"):
        write_monitoring(tmp_path / "m.xlsx", baue_bericht(jahr=2010))


def test_a_town_without_areas_and_one_indicator(tmp_path):
    ziel = tmp_path / "m.xlsx"
    ein = tuple(ind for ind in indikatoren() if ind.kennung == "A07")
    write_monitoring(
        ziel, baue_bericht(gebiete=GEBIETE[:1], ebenen=(), indikatoren=ein, tabelle=baue_tabelle(inds=ein))
    )
    mappe = load(ziel)
    assert "Steckbriefe" not in mappe.sheetnames
    texte = [
        zelle for zeile in mappe["Arbeit, Einkommen, Armut"].iter_rows(values_only=True) for zelle in zeile if zelle
    ]
    assert any("Nur für die ganze Stadt verfügbar" in str(text) for text in texte)


def test_many_areas_repeat_the_head_on_the_next_page(tmp_path):
    viele = (
        *GEBIETE,
        *(Gebiet(f"x{nr}", f"Zusätzlicher Raum {nr}", "sozialraum", reihenfolge=50 + nr) for nr in range(60)),
    )
    ziel = tmp_path / "m.xlsx"
    write_monitoring(ziel, baue_bericht(gebiete=viele))
    blatt = load(ziel)["Wohnen"]
    texte = [zeile[0] for zeile in blatt.iter_rows(values_only=True)]
    umbrueche = [bruch.id for bruch in blatt.row_breaks.brk]
    fortsetzungen = [nr for nr, text in enumerate(texte) if str(text).endswith("(Fortsetzung)")]
    assert len(fortsetzungen) >= 3
    assert set(fortsetzungen) <= set(umbrueche), "each continued head starts a page"
    assert texte[fortsetzungen[0] + 2] == "Sozialraum"


def test_tables_are_numbered_in_reading_order(geladen):
    """Tables are numbered in reading order, without gaps."""
    nummern = []
    for blatt in geladen.worksheets:
        for zeile in blatt.iter_rows(max_col=1, values_only=True):
            treffer = re.match(r"Tabelle (\d+): ", str(zeile[0]))
            if treffer and "(Fortsetzung)" not in str(zeile[0]):
                nummern.append(int(treffer.group(1)))
    assert nummern == list(range(1, len(nummern) + 1))
    assert len(nummern) > 70


def test_every_link_of_the_inhalt_leads_to_a_sheet(geladen):
    mappe = geladen
    ziele = [zelle.hyperlink.location for zeile in mappe["Inhalt"].iter_rows() for zelle in zeile if zelle.hyperlink]
    assert len(ziele) > 20
    for ort in ziele:
        blatt, zelle = ort.rsplit("!", 1)
        assert mappe[blatt.strip("'")][zelle].value
