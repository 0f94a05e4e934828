"""Word documents: the same bytes, German, heads as styles, repeated table heads, alt texts, nothing of the machine."""

from __future__ import annotations

import datetime as dt
import getpass
import socket
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from sozialtool.ausgabe.datei import check_ziel
from sozialtool.ausgabe.word import Dokument, Eintraege, Worttabelle
from sozialtool.fehler import BedienFehler

TAG = dt.date(2026, 3, 16)


def build(pfad, text="Die Planungsgruppe ist eingerichtet.", **wie):
    d = Dokument("Bausteine", TAG, thema="Stand der Planung", **wie)
    d.titel("Bausteine der Sozialplanung", "Stand 16.03.2026")
    d.ueberschrift("Ergebnisse")
    d.absatz(text, vorweg="Beschluss:")
    d.liste(["eins", "zwei"])
    zeilen = tuple((f"Baustein {n}", Eintraege(("erstens", "zweitens")), "offen") for n in range(40))
    d.tabelle(Worttabelle("Bausteine", "Drei Spalten", ("Baustein", "Inhalte", "Stand"), (5, 6, 6), zeilen))
    d.write(pfad)
    return docx.Document(str(pfad))


def test_same_content_same_bytes(tmp_path):
    build(tmp_path / "a.docx")
    build(tmp_path / "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.docx") as paket:
        assert {(e.date_time, e.create_system) for e in paket.infolist()} == {((1980, 1, 1, 0, 0, 0), 3)}
        assert not [name for name in paket.namelist() if "thumbnail" in name]


def test_nothing_of_the_machine_is_in_it(tmp_path):
    eigen = build(tmp_path / "a.docx").core_properties
    assert (eigen.author, eigen.last_modified_by, eigen.comments) == ("Sozialplanung", "Sozialplanung", "")
    assert (eigen.title, eigen.language, eigen.created) == (
        "Bausteine",
        "de-DE",
        dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC),
    )
    with zipfile.ZipFile(tmp_path / "a.docx") as paket:
        alles = b" ".join(paket.read(name) for name in paket.namelist())
        programm = paket.read("docProps/app.xml")
    assert b"<Application>sozialtool</Application></Properties>" in programm
    assert b"Macintosh" not in alles
    for name in (socket.gethostname(), getpass.getuser()):
        assert f">{name}<".encode() not in alles


def test_german_heads_lists_and_tables_that_can_be_read_aloud(tmp_path):
    dokument = build(tmp_path / "a.docx", quer=True)
    sprachen = {s.get(qn("w:val")) for s in dokument.styles.element.iter(qn("w:lang"))}
    assert sprachen == {"de-DE"}
    vorlagen = [absatz.style.name for absatz in dokument.paragraphs if absatz.text]
    assert vorlagen == ["Title", "Subtitle", "Heading 1", "Normal", "List Bullet", "List Bullet"]
    (tabelle,) = dokument.tables
    eigenschaften = tabelle._tbl.tblPr
    assert eigenschaften.find(qn("w:tblCaption")).get(qn("w:val")) == "Bausteine"
    assert eigenschaften.find(qn("w:tblDescription")).get(qn("w:val")) == "Drei Spalten"
    wiederholt = [
        zeile._tr.trPr is not None and zeile._tr.trPr.find(qn("w:tblHeader")) is not None for zeile in tabelle.rows
    ]
    assert wiederholt == [True] + [False] * 40
    assert [absatz.text for absatz in tabelle.rows[1].cells[1].paragraphs] == ["erstens", "zweitens"]
    seite = dokument.sections[0]
    assert seite.page_width > seite.page_height


def test_the_order_of_table_properties_is_that_of_the_standard(tmp_path):
    (tabelle,) = build(tmp_path / "a.docx").tables
    namen = [kind.tag.partition("}")[2] for kind in tabelle._tbl.tblPr]
    assert namen == ["tblW", "jc", "tblBorders", "tblLayout", "tblLook", "tblCaption", "tblDescription"]


def test_hostile_text_stays_text(tmp_path):
    boese = "=HYPERLINK(1) <w:p/> \x00\x0b\ud800 & „Größe“"
    assert "=HYPERLINK(1) <w:p/>  & „Größe“" in "\n".join(p.text for p in build(tmp_path / "a.docx", boese).paragraphs)


def test_a_target_of_somebody_else_is_not_overwritten(tmp_path):
    fremd = tmp_path / "a.docx"
    docx.Document().save(str(fremd))
    with pytest.raises(BedienFehler, match="stammt nicht von sozialtool"):
        check_ziel(fremd, ".docx")
    build(tmp_path / "b.docx")
    check_ziel(tmp_path / "b.docx", ".docx")
    with pytest.raises(BedienFehler, match="Word-Datei"):
        check_ziel(tmp_path / "b.xlsx", ".docx")


def test_the_last_row_of_a_table_is_not_alone_on_a_page(tmp_path):
    (tabelle,) = build(tmp_path / "a.docx").tables
    zusammen = [
        all(a.paragraph_format.keep_with_next for zelle in zeile.cells for a in zelle.paragraphs)
        for zeile in tabelle.rows
    ]
    assert zusammen[1:] == [False] * 38 + [True, False]


def test_rows_must_fit_their_columns():
    with pytest.raises(ValueError, match="2 cells in a table of 1"):
        Worttabelle("T", "B", ("eins",), (3,), (("a", "b"),))
