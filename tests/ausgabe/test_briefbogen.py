"""A town's own letterhead as the base: head, foot, styles and page stay; odd and broken ones are understood or refused in German."""

from __future__ import annotations

import base64
import datetime as dt
import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
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
    angaben = [zipfile.ZipFile(tmp_path / name).read("docProps/app.xml") for name in ("bogen.docx", "a.docx")]
    assert angaben[0] == angaben[1], "what the town's file says of itself stays"
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


def read_out(pfad: Path):
    """The document, and the texts of all paragraphs wherever they stand."""
    dokument = docx.Document(str(pfad))
    absaetze = dokument.element.body.iter(qn("w:p"))
    return dokument, ["".join(t.text for t in p.iter(qn("w:t"))) for p in absaetze]


def put_mark(d, wo: str) -> None:
    """Put the mark on the page: its spelling, or where it stands."""
    if wo == "geteilt":
        for stueck in ("{In", "halt}\u00a0"):
            (d.paragraphs[-1] if stueck != "{In" else d.add_paragraph()).add_run(stueck)
    elif wo == "steuerelement":
        inhalt = f"<w:sdtContent>{d.add_paragraph('{Inhalt}')._p.xml}</w:sdtContent>"
        sperre = '<w:sdtPr><w:lock w:val="sdtContentLocked"/></w:sdtPr>'
        d.paragraphs[-1]._p.getparent().replace(
            d.paragraphs[-1]._p, parse_xml(f"<w:sdt {nsdecls('w')}>{sperre}{inhalt}</w:sdt>")
        )
    elif wo == "zelle":
        tabelle = d.add_table(1, 2)
        for ort, breite in enumerate((12.0, 4.0)):
            tabelle.columns[ort].width = tabelle.cell(0, ort).width = Cm(breite)
        tabelle.cell(0, 0).text, tabelle.cell(0, 1).text = "{Inhalt}", "Zimmer 3"
        tabelle.rows[0].height_rule, tabelle.rows[0].height = 2, Cm(3)  # exactly: the rest would not be seen
    elif wo == "bild":
        d.add_paragraph("{Inhalt}").add_run().add_picture(io.BytesIO(BILD))
    else:
        d.add_paragraph(wo)


@pytest.mark.parametrize("wo", ["{inhalt}", "{ Inhalt }", "geteilt", "steuerelement", "zelle", "bild"])
def test_the_mark_is_found_however_it_stands_there(tmp_path, wo):
    d = docx.Document()
    d.add_paragraph("An den Rat")
    put_mark(d, wo)
    d.add_paragraph("Unterschrift")
    d.save(str(tmp_path / "bogen.docx"))
    assert read_briefbogen(tmp_path / "bogen.docx").hinweise == ()
    write_on(tmp_path / "bogen.docx", tmp_path / "a.docx")
    dokument, texte = read_out(tmp_path / "a.docx")
    gefuellt = [t for t in texte if t.strip()]
    assert gefuellt[:3] == ["An den Rat", "Sozialmonitoring", "Anlage folgt"]
    assert gefuellt[-1] == "Unterschrift"
    assert not [t for t in texte if "inhalt" in t.casefold()]
    assert next(dokument.element.body.iter(qn("w:sdt")), None) is None
    assert bool(dokument.element.body.findall(".//" + qn("a:blip"))) == (wo == "bild")
    if wo == "zelle":
        zelle = dokument.tables[0].cell(0, 0)
        assert sum(spalte.width.cm for spalte in zelle.tables[0].columns) == pytest.approx(11.6, abs=0.05)
        assert dokument.tables[0].rows[0].height_rule == 1


@pytest.mark.parametrize(
    ("koerper", "warum"),
    [
        (("{Inhalt}", "{Inhalt}"), "steht {Inhalt} 2-mal"),
        (("Betreff: {Inhalt}",), "noch anderer Text („Betreff: {Inhalt}“)"),
        (("kopf",), "in der Kopf- oder Fußzeile"),
        (("textfeld",), "in einem Textfeld"),
        (("schmale Zelle",), "ist die Tabellenzelle mit {Inhalt} 7,2 cm breit"),
    ],
)
def test_a_mark_where_no_text_can_stand_says_what_to_do(tmp_path, koerper, warum):
    d = docx.Document()
    if koerper == ("kopf",):
        d.sections[0].header.paragraphs[0].text = "{Inhalt}"
    elif koerper == ("schmale Zelle",):
        d.add_table(1, 2).cell(0, 0).text = "{Inhalt}"
    elif koerper == ("textfeld",):
        feld = f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>{{Inhalt}}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
        d.add_paragraph("Anschrift")._p.append(parse_xml(feld))
    else:
        for text in koerper:
            d.add_paragraph(text)
    d.save(str(tmp_path / "bogen.docx"))
    with pytest.raises(DateiUnlesbar) as fehler:
        read_briefbogen(tmp_path / "bogen.docx")
    assert warum in str(fehler.value)
    assert "Bitte" in fehler.value.abhilfe
    assert fehler.value.code in ("BRIEF-MARKE", "BRIEF-SCHMAL")


def test_what_is_left_out_is_said(tmp_path):
    assert read_briefbogen(make_bogen(tmp_path / "leer.docx", koerper=())).hinweise == ()
    d = docx.Document()
    d.add_paragraph("Sehr geehrte Frau Muster,").add_run().add_picture(io.BytesIO(BILD))
    d.add_comment(d.paragraphs[0].runs, "nur intern")
    d.add_section()
    kopf = d.sections[0].header.paragraphs[0]._p
    kopf.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="X"><w:r><w:t>neu</w:t></w:r></w:ins>'))
    d.save(str(tmp_path / "bogen.docx"))
    hinweise = read_briefbogen(tmp_path / "bogen.docx").hinweise
    assert [
        wort in " ".join(hinweise) for wort in ("Frau Muster", "Bilder", "{Inhalt}", "2 Abschnitte", "annehmen")
    ] == [True] * 5
    write_on(tmp_path / "bogen.docx", tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as paket:
        assert not [n for n in paket.namelist() if "media" in n or "comments" in n]
        assert b"Muster" not in b"".join(paket.read(n) for n in paket.namelist())


def test_what_the_sample_hid_does_not_go_out(tmp_path):
    """Footnotes of the sample, and settings that would hinder writing or name the addresses of a form letter."""
    d = docx.Document()
    d.add_paragraph("{Inhalt}")._p.addnext(
        parse_xml(f'<w:p {nsdecls("w")}><w:r><w:t>Gruß</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>')
    )
    einstellungen = d.settings.element
    for name in ("w:documentProtection", "w:mailMerge", "w:trackRevisions"):
        einstellungen.insert(0, parse_xml(f"<{name} {nsdecls('w')}/>"))
    noten = "".join(f'<w:footnote w:id="{n}"><w:p><w:r><w:t>Note {n}</w:t></w:r></w:p></w:footnote>' for n in (1, 2))
    teil = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, b"", d.part.package)
    teil._blob = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="0" w:type="separator"/>{noten}</w:footnotes>'.encode()
    d.part.relate_to(teil, RELATIONSHIP_TYPE.FOOTNOTES)
    d.save(str(tmp_path / "bogen.docx"))
    write_on(tmp_path / "bogen.docx", tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as paket:
        noten, geblieben = (paket.read(f"word/{n}.xml").decode() for n in ("footnotes", "settings"))
    assert [wort in noten for wort in ("separator", "Note 1", "Note 2")] == [True, False, True]
    assert not [name for name in ("documentProtection", "mailMerge", "trackRevisions") if name in geblieben]


def test_a_table_is_as_wide_as_the_section_in_which_the_text_stands(tmp_path):
    d = docx.Document()
    d.sections[0].page_width, d.sections[0].page_height = Cm(21), Cm(29.7)
    d.sections[0].left_margin = d.sections[0].right_margin = Cm(4.5)
    marke = d.add_paragraph("{Inhalt}")
    quer = d.add_section()
    quer.orientation, quer.page_width, quer.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    marke._p.set_sectPr(d.paragraphs[-1]._p.pPr.sectPr)  # the mark itself ends the section
    d.save(str(tmp_path / "bogen.docx"))
    fertig = write_on(tmp_path / "bogen.docx", tmp_path / "a.docx")
    assert [round(s.page_width.cm, 1) for s in fertig.sections] == [21.0, 29.7]
    (tabelle,) = fertig.tables
    assert sum(spalte.width.cm for spalte in tabelle.columns) == pytest.approx(12.0, abs=0.05)
    assert tabelle.columns[1].width.cm == pytest.approx(4.0, abs=0.05)  # the narrow one keeps what it needs


def test_a_letterhead_without_page_gets_a4_and_too_little_room_is_refused(tmp_path):
    d = docx.Document()
    d.element.body.remove(d.element.body.sectPr)
    d.save(str(tmp_path / "ohne.docx"))
    fertig = write_on(tmp_path / "ohne.docx", tmp_path / "a.docx")
    seite = fertig.sections[0]
    assert [round(m.cm, 1) for m in (seite.page_width, seite.page_height, seite.left_margin)] == [21.0, 29.7, 2.0]
    d = docx.Document(str(tmp_path / "ohne.docx"))
    d.element.body.get_or_add_sectPr()
    seite = d.sections[0]
    seite.page_width, seite.left_margin, seite.right_margin = Cm(14.8), Cm(4), Cm(4)
    d.save(str(tmp_path / "schmal.docx"))
    with pytest.raises(DateiUnlesbar, match=r"bleiben zwischen den Rändern 6,8 cm .* mindestens 10 cm"):
        read_briefbogen(tmp_path / "schmal.docx")


def test_styles_are_told_apart_by_kind_and_get_identifiers_of_their_own(tmp_path):
    d = docx.Document()
    for name in ("Title", "List Bullet"):
        d.styles[name].delete()
    d.styles.add_style("List Bullet", WD_STYLE_TYPE.TABLE)
    d.styles["Heading 1"].element.name_val = "Amtskopf"  # keeps the identifier Heading1
    nummern = d.part.numbering_part.element
    for nummer in nummern.num_lst:
        nummern.remove(nummer)
    nummern.append(parse_xml(f'<w:numIdMacAtCleanup {nsdecls("w")} w:val="3"/>'))
    d.save(str(tmp_path / "bogen.docx"))
    fertig = write_on(tmp_path / "bogen.docx", tmp_path / "a.docx")
    kennungen = [v.get(qn("w:styleId")) for v in fertig.styles.element.findall(qn("w:style"))]
    assert len(kennungen) == len(set(kennungen))
    vorlagen = [p.style.name for p in fertig.paragraphs if p.text]
    assert vorlagen[2:6] == ["Heading 1", "Heading 2", "Heading 3", "Sozialtool List Bullet"]
    assert fertig.styles["Title"].base_style.name == "Normal"
    folge = [kind.tag.partition("}")[2] for kind in fertig.part.numbering_part.element]
    assert folge == sorted(folge, key=("abstractNum", "num", "numIdMacAtCleanup").index)


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
                if art == "streng" and name == "_rels/.rels":
                    teil = teil.replace(
                        b"schemas.openxmlformats.org/officeDocument/2006", b"purl.oclc.org/ooxml/officeDocument"
                    )
                if art == "vorlagenname" and name == "word/styles.xml":
                    teil = teil.replace(b"<w:name w:val=", b"<w:name w:alt=")
                if art == "xml" and name == "word/document.xml":
                    teil = teil[:-200]
                if art == "ohne" and name == "word/document.xml":
                    continue
                neu.writestr(name, teil)
            if art == "versteckte Makros":
                neu.writestr("word/vbaProject.bin", b"")
            if art == "bombe":
                neu.writestr("word/media/gross.bin", b"\0" * 120_000_000)


@pytest.mark.parametrize(
    "art",
    [
        "kennwort",
        "abgeschnitten",
        "text",
        "makros",
        "versteckte Makros",
        "xml",
        "streng",
        "vorlagenname",
        "ohne",
        "bombe",
    ],
)
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
    with pytest.raises(DateiGesperrt, match="Die Datei in Word schließen"):
        read_briefbogen(pfad)
