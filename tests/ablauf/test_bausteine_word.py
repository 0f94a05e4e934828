"""The council's table of the Bausteine as Word: what goes out comes back, a hand-made paper is read, the rest is refused in German."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from kleinstadt import build_kleinstadt

from sozialtool import ablauf
from sozialtool.cli import run
from sozialtool.erhebung.bausteintabelle import Tabellensatz, read_bausteintabelle
from sozialtool.fach.prozess import Fortschritt, Umsetzungsstand
from sozialtool.fehler import DateiUnlesbar

PAPIER = dt.date(2024, 8, 15)
KOEPFE = ("Bausteine", "Inhalte", "Umsetzungsstand/Planung in Voerde")


def write_table(dokument, zeilen, koepfe=KOEPFE, stil="List Bullet"):
    """Add a table; a cell is a text or a list of entries, each a paragraph of its own."""
    tabelle = dokument.add_table(rows=0, cols=len(koepfe))
    for zeile in (koepfe, *zeilen):
        for zelle, inhalt in zip(tabelle.add_row().cells, zeile, strict=True):
            texte = [inhalt] if isinstance(inhalt, str) else inhalt
            for nummer, text in enumerate(texte):
                absatz = zelle.paragraphs[0] if nummer == 0 else zelle.add_paragraph()
                absatz.text = text
                absatz.style = "Normal" if isinstance(inhalt, str) else stil
    return tabelle


def save(dokument, pfad):
    dokument.save(str(pfad))
    return pfad


def read_voerde(daten):
    """Name of the Baustein → (Inhalte, sentences), and all of it as it should be read."""
    je: dict[str, tuple[list[str], list[str]]] = {}
    with (daten / "drucksache_voerde" / "bausteine.csv").open(encoding="utf-8", newline="") as datei:
        for zeile in csv.DictReader(datei, delimiter=";"):
            je.setdefault(zeile["baustein"], ([], []))[zeile["art"] == "Stand"].append(zeile["text"])
    return je, tuple(Tabellensatz(n, art == 0, t) for n, beide in je.items() for art in (0, 1) for t in beide[art])


def test_what_is_written_as_word_reads_back_without_a_difference(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2025, 2026)) as projekt:
        ablauf.save_umsetzungsstand(projekt, 2, PAPIER, "Stelle ist besetzt")
        ablauf.save_umsetzungsstand(projekt, 2, dt.date(2025, 3, 1), "Planungsgruppe tagt – monatlich")
        ablauf.set_fortschritt(projekt, "2", Fortschritt.LAEUFT, PAPIER)
        mappe, dokument = ablauf.write_bausteine(projekt, dt.date(2025, 4, 1), seit="15.08.2024")
        erste = [z.text for z in docx.Document(str(dokument)).tables[0].columns[0].cells]
        assert [t.partition("\n")[2] for t in erste[1:]] == ["", "(läuft)", "", "", "", ""], "only what says something"
        for pfad in (dokument, mappe):
            assert ablauf.import_bausteintabelle(projekt, pfad, dt.date(2025, 4, 1)).zeilen() == ()
        neu = docx.Document(str(dokument))
        neu.tables[0].cell(2, 2).add_paragraph("Erste Runde im Mai")
        geaendert = save(neu, tmp_path / "neu.docx")
        stadt = str(projekt.pfad)
    assert (
        run(["bausteine", "einlesen", str(geaendert), "--am", "01.04.2025", "--uebernehmen", "--projekt", stadt]) == 0
    )
    assert "neu: 2025-04-01/2.1" in capsys.readouterr().out
    with ablauf.open_projekt(stadt, nur_lesen=True) as projekt:
        assert "Erste Runde im Mai" in [s.text for s in projekt.read(Umsetzungsstand)]


def test_a_hand_made_paper_in_the_form_of_voerde(daten, tmp_path):
    je, soll = read_voerde(daten)
    dokument = docx.Document()
    dokument.add_paragraph("Sachdarstellung")
    write_table(dokument, [("Fachausschuss", "03.09.2024", "Vorberatung")], ("Gremium", "Termin", "Beratungsaktion"))
    write_table(dokument, [(f"{n}. {name}", i, s) for n, (name, (i, s)) in enumerate(je.items(), 1)])
    assert read_bausteintabelle(save(dokument, tmp_path / "a.docx")) == soll
    # The columns in another order and other case, points typed with breaks in one paragraph, and the table split at a page.
    dokument, zeilen = (
        docx.Document(),
        [(s, name.upper(), "\n".join(f"• {t}" for t in i)) for name, (i, s) in je.items()],
    )
    koepfe = ("UMSETZUNGSSTAND", "baustein", "Inhalte des\nBausteins")
    write_table(dokument, zeilen[:3], koepfe, "Normal")
    write_table(dokument, zeilen[3:], koepfe, "Normal")
    gelesen = read_bausteintabelle(save(dokument, tmp_path / "b.docx"))
    assert {(s.baustein, s.inhalt, s.text) for s in gelesen} == {(s.baustein.upper(), s.inhalt, s.text) for s in soll}


def test_merged_cells_tracked_changes_and_a_cell_in_a_cell(tmp_path):
    dokument = docx.Document()
    tabelle = write_table(
        dokument, [("Strukturen entwickeln", "Runde", "tagt"), ("", ["Rat", "Kreis"], "folgt"), ("Ende", "", "")]
    )
    tabelle.cell(1, 0).merge(tabelle.cell(2, 0))
    tabelle.cell(1, 2).add_table(1, 1).cell(0, 0).text = "innen"
    lauf = "<w:r><w:{0}>{1}</w:{0}></w:r>"
    absatz = tabelle.cell(2, 2).paragraphs[0]._p
    for art, teil in (
        ("ins", lauf.format("t", " bald")),
        ("del", lauf.format("delText", "nie")),
        ("moveFrom", lauf.format("t", "weg")),
    ):
        absatz.append(parse_xml(f'<w:{art} w:id="1" w:author="x" {nsdecls("w")}>{teil}</w:{art}>'))
    gelesen = read_bausteintabelle(save(dokument, tmp_path / "a.docx"))
    assert {s.baustein for s in gelesen} == {"Strukturen entwickeln"}
    assert [s.text for s in gelesen if s.inhalt] == ["Runde", "Rat", "Kreis"]
    assert [s.text for s in gelesen if not s.inhalt] == ["tagt", "innen", "folgt bald"]


def pack(pfad, **teile):
    with zipfile.ZipFile(pfad, "w") as archiv:
        for name, inhalt in teile.items():
            archiv.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), inhalt)
    return pfad


def test_what_cannot_be_read_is_refused_in_german(tmp_path):
    ohne, zwei = docx.Document(), docx.Document()
    ohne.add_paragraph("Baustein, Inhalte, Umsetzungsstand")
    for stand in ("alt", "neu"):
        write_table(zwei, [("Strukturen entwickeln", "Runde", stand)])
    ganz = io.BytesIO()
    zwei.save(ganz)
    (tmp_path / "halb.docx").write_bytes(ganz.getvalue()[: len(ganz.getvalue()) // 2])
    (tmp_path / "alt.doc").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")
    )
    (tmp_path / "geheim.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (tmp_path / "papier.pdf").write_bytes(b"%PDF-1.7")
    bombe = '<!DOCTYPE d [<!ENTITY a "x">]><w:document xmlns:w="w"><w:body/></w:document>'
    tief = "<a>" * 5000 + "</a>" * 5000
    faelle = (
        (save(ohne, tmp_path / "ohne.docx"), "BAUSTEINE-FREMD", "keine Tabelle der Bausteine"),
        (save(zwei, tmp_path / "zwei.docx"), "BAUSTEINE-ZWEI", "zwei Tabellen mit denselben Bausteinen"),
        (tmp_path / "halb.docx", "WORT-KAPUTT", "beschädigt"),
        (pack(tmp_path / "bombe.docx", word__document_xml=bombe), "WORT-KAPUTT", "beschädigt"),
        (pack(tmp_path / "tief.docx", word__document_xml=tief), "WORT-KAPUTT", "beschädigt"),
        (pack(tmp_path / "m.docm", word__document_xml="<a/>", word__vbaProject_bin="x"), "WORT-MAKROS", "Makros"),
        (tmp_path / "alt.doc", "WORT-ALT", "docx"),
        (tmp_path / "geheim.docx", "WORT-KENNWORT", "Kennwort"),
        (tmp_path / "papier.pdf", "LESEN-FREMD", "Word (docx), Excel"),
    )
    for pfad, code, wort in faelle:
        with pytest.raises(DateiUnlesbar) as fehler:
            read_bausteintabelle(pfad)
        assert fehler.value.code == code, pfad.name
        assert wort in str(fehler.value)
