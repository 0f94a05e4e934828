"""A town's own letterhead as the base: head, foot, styles and page stay; odd and broken ones are understood or refused in German."""

from __future__ import annotations

import base64
import datetime as dt
import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm

from sozialtool.ausgabe.briefbogen import read_briefbogen
from sozialtool.ausgabe.datei import check_ziel
from sozialtool.ausgabe.word import Dokument, Worttabelle
from sozialtool.fehler import DateiFehlt, DateiGesperrt, DateiUnlesbar

TAG = dt.date(2026, 3, 16)
BILD = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def make_bogen(pfad: Path, *, ohne: tuple[str, ...] = (), koerper: tuple[str, ...] = ("Musterbrief",)):
    """A letterhead with picture, own margins, French styles; `ohne`: styles that it lacks."""
    d = docx.Document()
    seite = d.sections[0]
    seite.page_width, seite.page_height = Cm(21), Cm(29.7)
    seite.left_margin, seite.right_margin, seite.top_margin = Cm(3), Cm(4), Cm(5)
    seite.different_first_page_header_footer = True
    seite.first_page_header.paragraphs[0].add_run("Stadt Lindenrath · Die Bürgermeisterin").add_picture(
        io.BytesIO(BILD)
    )
    seite.footer.paragraphs[0].text = "Bankverbindung"
    for sprache in d.styles.element.iter(qn("w:lang")):
        sprache.set(qn("w:val"), "fr-FR")
    d.styles["Normal"].font.name = "Garamond"
    for name in ohne:
        d.styles[name].delete()
    for text in koerper:
        d.add_paragraph(text)
    d.save(str(pfad))
    return pfad


def write_on(bogen: Path, ziel: Path):
    d = Dokument("Drucksache", TAG, bogen=read_briefbogen(bogen))
    d.titel("Sozialmonitoring", "Anlage folgt")
    for stufe in (1, 2, 3):
        d.ueberschrift(f"Kopf {stufe}", stufe)
    d.liste(["Punkt"])
    d.fliesstext([("Text", False), ("1", True)])
    d.tabelle(
        Worttabelle("Folge", "Gremium und Termin", ("Gremium", "Termin"), (d.breite - 4, 4.0), (("Rat", "heute"),))
    )
    d.write(ziel)
    return docx.Document(str(ziel))


OHNE_VIEL = ("Heading 1", "Heading 2", "Heading 3", "Title", "Subtitle", "List Bullet")


@pytest.mark.parametrize("ohne", [(), OHNE_VIEL])
def test_head_foot_page_and_styles_are_those_of_the_town(tmp_path, ohne):
    fertig = write_on(make_bogen(tmp_path / "bogen.docx", ohne=ohne), tmp_path / "a.docx")
    seite = fertig.sections[0]
    assert "Bürgermeisterin" in seite.first_page_header.paragraphs[0].text
    assert seite.first_page_header._element.findall(".//" + qn("a:blip"))
    assert seite.footer.paragraphs[0].text == "Bankverbindung"
    assert seite.different_first_page_header_footer
    assert round(seite.left_margin.cm, 1) == 3.0
    assert fertig.styles["Normal"].font.name == "Garamond"
    assert not any("Musterbrief" in p.text for p in fertig.paragraphs)
    vorlagen = [p.style.name for p in fertig.paragraphs if p.text]
    assert vorlagen == ["Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "Normal"]
    assert {s.get(qn("w:val")) for s in fertig.styles.element.iter(qn("w:lang"))} == {"de-DE"}
    nummer = fertig.styles["List Bullet"].element.pPr.numPr.numId.val
    assert nummer in {n.numId for n in fertig.part.numbering_part.element.num_lst}
    (tabelle,) = fertig.tables
    assert sum(spalte.width.cm for spalte in tabelle.columns) == pytest.approx(14.0, abs=0.05)
    check_ziel(tmp_path / "a.docx", ".docx")  # known as our own, so it may be written again


def test_a_letterhead_without_lists_gets_one(tmp_path):
    make_bogen(tmp_path / "voll.docx", ohne=OHNE_VIEL)
    with zipfile.ZipFile(tmp_path / "voll.docx") as alt, zipfile.ZipFile(tmp_path / "bogen.docx", "w") as neu:
        for name in alt.namelist():
            if name != "word/numbering.xml":
                text = alt.read(name)
                if name.endswith((".rels", "[Content_Types].xml")):
                    import re

                    text = re.sub(rb"<(Relationship|Override)[^>]*numbering[^>]*/>", b"", text)
                neu.writestr(name, text)
    fertig = write_on(tmp_path / "bogen.docx", tmp_path / "a.docx")
    assert (
        fertig.part.numbering_part.element.num_lst[0].numId == fertig.styles["List Bullet"].element.pPr.numPr.numId.val
    )


def test_german_names_and_styles_of_another_kind_are_understood(tmp_path):
    d = docx.Document()
    for name in ("Heading 1", "Title"):
        d.styles[name].delete()
    d.styles.add_style("Überschrift 1", WD_STYLE_TYPE.PARAGRAPH)
    d.styles.add_style("Title", WD_STYLE_TYPE.CHARACTER)
    d.save(str(tmp_path / "bogen.docx"))
    fertig = write_on(tmp_path / "bogen.docx", tmp_path / "a.docx")
    assert [p.style.name for p in fertig.paragraphs if p.text][:3] == ["Sozialtool Title", "Subtitle", "Überschrift 1"]


def test_with_a_mark_the_text_stands_in_its_place(tmp_path):
    bogen = make_bogen(tmp_path / "bogen.docx", koerper=("An den Rat", " {Inhalt} ", "Mit freundlichen Grüßen"))
    texte = [p.text for p in write_on(bogen, tmp_path / "a.docx").paragraphs if p.text]
    assert (texte[0], texte[1], texte[-1]) == ("An den Rat", "Sozialmonitoring", "Mit freundlichen Grüßen")


def test_of_several_sections_the_first_has_the_letterhead(tmp_path):
    d = docx.Document()
    d.sections[0].header.paragraphs[0].text = "Kopf der ersten Seite"
    neu = d.add_section()
    neu.header.is_linked_to_previous = False
    neu.header.paragraphs[0].text = "Rückseite"
    d.save(str(tmp_path / "bogen.docx"))
    fertig = write_on(tmp_path / "bogen.docx", tmp_path / "a.docx")
    assert [s.header.paragraphs[0].text for s in fertig.sections] == ["Kopf der ersten Seite"]


def test_a_template_is_taken_like_a_document_and_gives_the_same_bytes(tmp_path):
    make_bogen(tmp_path / "b.docx")
    with zipfile.ZipFile(tmp_path / "b.docx") as alt, zipfile.ZipFile(tmp_path / "bogen.dotx", "w") as neu:
        for name in alt.namelist():
            neu.writestr(name, alt.read(name).replace(b"document.main+xml", b"template.main+xml"))
    write_on(tmp_path / "bogen.dotx", tmp_path / "1.docx")
    write_on(tmp_path / "bogen.dotx", tmp_path / "2.docx")
    assert (tmp_path / "1.docx").read_bytes() == (tmp_path / "2.docx").read_bytes()


def _damage(art: str, pfad: Path) -> None:
    make_bogen(pfad)
    inhalt = pfad.read_bytes()
    if art == "kennwort":
        pfad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + inhalt)
    elif art == "abgeschnitten":
        pfad.write_bytes(inhalt[: len(inhalt) // 2])
    elif art == "text":
        pfad.write_text("Sehr geehrte Damen und Herren", encoding="utf-8")
    else:
        with zipfile.ZipFile(io.BytesIO(inhalt)) as alt, zipfile.ZipFile(pfad, "w", zipfile.ZIP_DEFLATED) as neu:
            for name in alt.namelist():
                teil = alt.read(name)
                if art == "makros":
                    teil = teil.replace(
                        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                        b"vnd.ms-word.document.macroEnabled.main+xml",
                    )
                if art == "xml" and name == "word/document.xml":
                    teil = teil[:-200]
                if art == "ohne" and name == "word/document.xml":
                    continue
                neu.writestr(name, teil)
            if art == "bombe":
                neu.writestr("word/media/gross.bin", b"\0" * 120_000_000)


@pytest.mark.parametrize("art", ["kennwort", "abgeschnitten", "text", "makros", "xml", "ohne", "bombe"])
def test_what_is_no_letterhead_is_refused_in_german(tmp_path, art):
    pfad = tmp_path / "bogen.docx"
    _damage(art, pfad)
    with pytest.raises(DateiUnlesbar, match="nicht als Briefbogen") as fehler:
        read_briefbogen(pfad)
    assert "als Word-Dokument" in str(fehler.value)


def test_a_missing_or_locked_letterhead_says_so(tmp_path, monkeypatch):
    with pytest.raises(DateiFehlt, match="gibt es nicht"):
        read_briefbogen(tmp_path / "fehlt.docx")
    pfad = make_bogen(tmp_path / "bogen.docx")

    def refuse(_self):
        raise PermissionError(13, "locked")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DateiGesperrt, match="in Word geöffnet"):
        read_briefbogen(pfad)
