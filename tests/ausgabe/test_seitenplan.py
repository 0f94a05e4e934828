"""On which page the heads of a report stand: tables break where that saves a page, and LibreOffice agrees."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import re
import shutil
import subprocess

import pytest

from sozialtool.ausgabe import berichtswort
from sozialtool.ausgabe.berichtsstoff import make_tafelblock
from sozialtool.ausgabe.berichtswort import Berichtsdokument
from sozialtool.ausgabe.schaubild import Balken, draw_balken
from sozialtool.ausgabe.seitenplan import Absatz, Bildblock, Kopf, plan
from sozialtool.ausgabe.stuecke import Bild, Satz
from tests.ausgabe.hilfen import convert

_WORTE = ("Kinder", "Haushalte", "Quote", "der", "in", "von", "unter", "Stadt", "12,5", "Planung", "Einrichtungen")


def tafel(name, zeilen, noten=("Quelle: Stadt.",)):
    return make_tafelblock(
        name, f"Tabelle {name}", ("Was", "Wert"), (12.0, 5.0), [(f"Zeile {n}", "1") for n in range(zeilen)], noten=noten
    )


def absaetze(zeilen):
    """So many lines of text, each 17.2 points with the space behind it."""
    return [Absatz((f"Zeile {n}.",)) for n in range(zeilen)]


def test_a_table_breaks_where_that_saves_a_page():
    vorher, nachher = absaetze(33), absaetze(28)  # 600 and 480 of 728 points; the table has 280
    bloecke = [Kopf("Eins"), *vorher, tafel("T", 20), *nachher, Kopf("Zwei")]
    ergebnis = plan(bloecke, 3)
    assert ergebnis.umbrueche == {len(bloecke) - 1}
    assert ergebnis.seiten[len(bloecke) - 1] == 5
    # Kept whole it would need a third page: that is what a table does that is too short to be broken.
    kurz = [Kopf("Eins"), *vorher, *(tafel(f"K{n}", 6, ()) for n in range(4)), *nachher, Kopf("Zwei")]
    assert len(plan(kurz, 3).umbrueche) > 1


def test_it_stays_whole_where_nothing_is_saved():
    bloecke = [Kopf("Eins"), *absaetze(33), tafel("T", 20), Kopf("Zwei")]
    ergebnis = plan(bloecke, 3)
    assert ergebnis.umbrueche == {34, 35}  # before the table, and the next chapter
    assert ergebnis.seiten == {0: 3, 35: 5}


def test_a_long_table_begins_where_it_is_and_takes_the_pages_it_needs():
    bloecke = [Kopf("Eins"), *absaetze(20), tafel("T", 70), Absatz(("Danach.",)), Kopf("Ende", 2), Kopf("Zwei")]
    ergebnis = plan(bloecke, 3)
    assert 21 not in ergebnis.umbrueche
    assert ergebnis.seiten[23] == 4  # 27 rows fit below the text, the others on the next page
    assert ergebnis.seiten[24] == 5


@pytest.mark.parametrize("zeilen", range(28, 41))
def test_few_rows_stand_on_no_page_alone(zeilen):
    """However much stands before it: at least three rows below its first head and three on its last page, or it is not broken."""
    bloecke = [Kopf("Eins"), *absaetze(zeilen), tafel("T", 12, ()), *absaetze(30), Kopf("Zwei")]
    ergebnis = plan(bloecke, 3)
    if zeilen + 1 in ergebnis.umbrueche:
        return
    platz = 728 - (24.4 + 17.2 * zeilen)
    reihen = (platz - 4 - 10.4 - 4 - 14.3) / 11.8
    assert 3 <= reihen <= 12 - 2 or reihen > 12, reihen


def test_the_last_page_is_not_nearly_empty_without_need():
    """A section that would leave two lines on a page of its own begins that page itself."""
    bloecke = [Kopf("Eins"), *absaetze(25), Kopf("Abschnitt", 2), *absaetze(15), Kopf("Zwei")]
    ergebnis = plan(bloecke, 3)
    assert ergebnis.umbrueche == {26, 42}
    assert ergebnis.seiten == {0: 3, 26: 4, 42: 5}


def test_a_head_with_nothing_below_it_does_not_keep_the_next_chapter_on_its_page():
    ergebnis = plan([Kopf("Eins"), *absaetze(3), Kopf("Leer", 2), Kopf("Zwei"), *absaetze(3)], 3)
    assert ergebnis.seiten == {0: 3, 4: 3, 5: 4}
    assert ergebnis.umbrueche == {5}


def test_a_block_that_no_page_holds_and_an_empty_report_do_no_harm():
    riese = make_tafelblock("R", "Riese", ("Was",), (17.0,), [("\n".join("x" * 90),)])
    ergebnis = plan([Kopf("Eins"), riese, Kopf("Zwei")], 3)
    assert ergebnis.seiten[2] == 5
    assert not plan([], 3).seiten


def wuerfle(same):
    """A report of random heads, paragraphs, pictures and tables, heads with a number of their own."""
    z, nummer = random.Random(same), itertools.count()

    def text(anzahl):
        return " ".join(z.choice(_WORTE) for _ in range(anzahl))

    def make_tafel(n):
        spalten, lang = z.randint(2, 5), z.choice((1, 1, 2, 6))
        zeilen = [
            tuple(text(z.randint(1, 2 * lang)) for _ in range(spalten)) for _ in range(z.choice((2, 5, 9, 14, 35)))
        ]
        noten = [text(z.randint(3, 40)) for _ in range(z.randint(0, 3))]
        kopf = tuple(text(2) for _ in range(spalten))
        return make_tafelblock(f"t{n}", text(6), kopf, (17 / spalten,) * spalten, zeilen, noten=noten, namen_fett=True)

    def make_bild(n):
        balken = [Balken(f"R{j}", j, str(j)) for j in range(z.randint(2, 20))]
        noten = tuple(Satz(f"n{n}{j}", "Note", text(z.randint(3, 40))) for j in range(z.randint(0, 3)))
        return Bildblock(
            Bild(f"b{n}", "Bild", draw_balken(balken, None), "Bild"), Satz(f"s{n}", "Titel", text(9)), noten
        )

    yield Kopf(f"Kapitel {next(nummer)}")
    for n in range(60):
        wurf = z.random()
        if wurf < 0.07:
            yield Kopf(f"Kapitel {next(nummer)}")
        elif wurf < 0.2:
            yield Kopf(f"Abschnitt {next(nummer)} {text(2)}", 2, neue_seite=z.random() < 0.2)
        elif wurf < 0.55:
            yield Absatz((text(z.randint(3, 50)),), "punkt" if wurf > 0.45 else "")
        else:
            yield make_bild(n) if wurf < 0.67 else make_tafel(n)


@pytest.mark.buero
def test_the_pages_are_those_of_libreoffice(tmp_path, monkeypatch):
    """Six random reports in one document each: every head stands on the page that was said."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) ist nicht installiert")
    for same in range(6):
        bloecke, plaene = list(wuerfle(same)), []
        monkeypatch.setattr(berichtswort, "plan", lambda b, erste, p=plaene: p.append(plan(b, erste)) or p[-1])
        dokument = Berichtsdokument("Bericht", dt.date(2026, 3, 16), "05999004", Satz("fuss", "Fuß", "Fuß"))
        dokument.write_titelseite((Absatz(("Bericht",), "titel"),))
        dokument.write_inhalt_und(bloecke, 2025)
        dokument.write(tmp_path / f"b{same}.docx")
        pdf = convert(tmp_path / f"b{same}.docx", "pdf", tmp_path)
        text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
        seiten = [" ".join(seite.split()) for seite in text.split("\f")]
        for n, seite in plaene[0].seiten.items():
            anfang = " ".join(bloecke[n].text.split()[:2])
            assert re.search(rf"{anfang}\b", seiten[seite - 1]), (same, anfang, seite)
