"""The accessible edition keeps every line of the UK checklist, in the example town and in a small one; and a broken line is found."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

from sozialtool.ausgabe.barrierefrei import write_barrierefrei
from sozialtool.fach.blattwahl import find_ohne
from sozialtool.fehler import GeheimhaltungsFehler
from tests.ausgabe.bau import baue_bericht
from tests.ausgabe.freibuch import Freibuch, change
from tests.ausgabe.freiliste import LISTE, Punkt
from tests.ausgabe.hilfen import load

ENTSCHEIDUNG = Path(__file__).parents[2] / "docs/entscheidungen/ausgabe-barrierefrei.md"
_NUR = find_ohne(blaetter=["blick", "handlungsfelder"])


@pytest.fixture(scope="module")
def klein(tmp_path_factory):
    """A small edition: two kinds of sheets."""
    pfad = tmp_path_factory.mktemp("frei") / "klein.xlsx"
    write_barrierefrei(pfad, attrs.evolve(baue_bericht(), ohne=_NUR))
    return pfad


@pytest.fixture(scope="module")
def ganz(tmp_path_factory):
    """The whole edition of the fake town."""
    pfad = tmp_path_factory.mktemp("frei") / "ganz.xlsx"
    write_barrierefrei(pfad, baue_bericht())
    return pfad


@pytest.fixture(scope="module")
def lindenrath(beispiel):
    """The edition that `sozialtool beispiel` leaves."""
    return Freibuch(beispiel.arbeitsmappe.with_name("Monitoring_2025_barrierefrei.xlsx"))


@pytest.fixture(scope="module")
def kleinbuch(klein):
    return Freibuch(klein)


def _ids(punkt: Punkt) -> str:
    return punkt.nummer


def test_the_whole_list_is_here():
    assert len(LISTE) == 36
    assert len({p.nummer for p in LISTE}) == 36
    assert sum(p.essentiell for p in LISTE) == 19
    text = ENTSCHEIDUNG.read_text(encoding="utf-8")
    for punkt in LISTE:
        if punkt.begruendet:
            assert re.search(rf"\*\*{punkt.nummer}\b", text), f"{punkt.nummer} ist nicht begründet"


@pytest.mark.parametrize("punkt", LISTE, ids=_ids)
def test_every_line_is_kept(punkt, lindenrath, kleinbuch):
    assert list(punkt.pruefe(lindenrath)) == []
    assert list(punkt.pruefe(kleinbuch)) == []


@pytest.mark.parametrize("punkt", LISTE, ids=_ids)
def test_a_broken_line_is_found(punkt, klein, tmp_path):
    assert list(punkt.pruefe(Freibuch(change(klein, tmp_path / "kaputt.xlsx", *punkt.bruch))))


def test_figures_are_those_of_the_monitoring_and_numbers(ganz, geladen):
    """Every figure of the flat sheet is the same; the matrix holds numbers, and a sign where the printed one has it."""
    frei = load(ganz)
    gedruckt = list(geladen["Daten"].iter_rows(min_row=2, values_only=True))
    oben = next(z.row for z in frei["Daten"]["A"] if z.value == "Gebiet")
    assert list(frei["Daten"].iter_rows(min_row=oben + 1, values_only=True)) == gedruckt
    werte = {(z[3], z[1]): z[10] if z[10] is not None else f"{z[16]} " for z in gedruckt if z[6] == 2025}
    blick = frei["Auf einen Blick"]
    kopf = next(z for z in blick.iter_rows(values_only=True) if z[0] == "Indikator")
    gesehen = 0
    for zeile in blick.iter_rows(values_only=True):
        for gebiet, wert in zip(kopf[4:], zeile[4:], strict=True):
            if zeile[0] != "Indikator" and (zeile[0], gebiet) in werte:
                soll = werte[zeile[0], gebiet]
                gesehen += isinstance(soll, str)
                assert (
                    wert == soll if isinstance(soll, float | int) and soll else str(wert).startswith(str(soll or "–"))
                )
    assert gesehen > 3


def test_same_report_same_bytes_and_nothing_unapproved(ganz, tmp_path):
    write_barrierefrei(tmp_path / "noch.xlsx", baue_bericht())
    assert (tmp_path / "noch.xlsx").read_bytes() == ganz.read_bytes()
    with pytest.raises(GeheimhaltungsFehler):
        write_barrierefrei(tmp_path / "nein.xlsx", attrs.evolve(baue_bericht(), tabelle=object()))


def test_the_choice_of_sheets_holds(kleinbuch, ganz):
    namen = [s.name for s in kleinbuch.seiten]
    assert namen[:5] == ["Deckblatt", "Inhalt", "Hinweise", "Zeichenerklärung", "Auf einen Blick"]
    assert not {"Vergleich", "Verlauf", "Steckbriefe", "Daten"} & set(namen)
    assert {"Vergleich", "Verlauf", "Steckbriefe", "Kachelkarte", "Daten"} <= {s.name for s in Freibuch(ganz).seiten}
    assert any(satz.startswith("Auszug: ") for satz in kleinbuch.seite("Deckblatt").saetze)
    inhalt = kleinbuch.seite("Inhalt")
    assert {str(w) for (z, s), (w, _) in inhalt.zellen.items() if s == 1 and z > inhalt.bereich[0]} == set(namen) - {
        "Deckblatt",
        "Inhalt",
    }
