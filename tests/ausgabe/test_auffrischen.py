"""A report that was edited and is refreshed: our pieces are renewed, hers stay, what she deleted stays deleted."""

from __future__ import annotations

import copy
import datetime as dt
import zipfile

import attrs
import docx
import pytest
from docx.oxml.ns import qn

from sozialtool.ablauf.berichtpflege import Berichtspflege, pflege_text
from sozialtool.ausgabe.auffrischen import Art, Quelle, refresh_bericht
from sozialtool.ausgabe.berichtsstoff import make_noten, make_tafelblock
from sozialtool.ausgabe.berichtswort import Berichtsdokument
from sozialtool.ausgabe.schaubild import Balken, draw_balken
from sozialtool.ausgabe.seitenplan import Absatz, Bildblock, Kopf
from sozialtool.ausgabe.stuecke import Bild, Satz, find_unveraendert, textsumme
from sozialtool.fach.schreibweise import FEST
from sozialtool.fehler import BedienFehler, DateiGesperrt, DateiUnlesbar

AGS = "05999004"
TAG = dt.date(2026, 3, 16)


def bloecke(jahr=2025, wert="31,2 %", zeilen=(("Nord", "31,2"), ("Süd", "9,8")), balken=31.2):
    bild = Bild("bild/A", "Balken", draw_balken([Balken("Nord", balken, wert)], None), f"Balken: Nord {wert}")
    return (
        Kopf("Armut"),
        Absatz(("In Nord sind es ", Satz("{A07 Nord}", "Zahl {A07 Nord}", wert), " der Kinder.")),
        Absatz((Satz("satz/A", "Satz A", f"Die Quote liegt {jahr} bei {wert}."),)),
        Absatz((Satz("satz/B", "Satz B", f"Im Jahr {jahr} fällt nichts auf."),)),
        make_tafelblock("A", f"Quoten {jahr}", ("Raum", "%"), (8.0, 4.0), zeilen, rechts=(1,)),
        Bildblock(bild, Satz("titel/bild", "Titel", f"Quote {jahr}")),
    )


def write(pfad, blocks=None):
    d = Berichtsdokument("Sozialbericht", TAG, AGS, Satz("fuss", "Fußzeile", "Stand 2025"))
    d.write_titelseite((Absatz(("Bericht",), "titel"),))
    d.write_inhalt_und(blocks or bloecke(), 2025)
    d.write(pfad)
    return pfad


def quelle(blocks, jahr=2026, **felder):
    from sozialtool.ausgabe.sozialbericht import _list_stuecke

    stuecke = {s.schluessel: s for s in _list_stuecke(blocks)} | {"fuss": Satz("fuss", "Fußzeile", f"Stand {jahr}")}
    plaetze = {"{A07 Nord}": "30,9 %", "{A07 Süd}": "9,9 %"} | felder

    def fuelle(platz):
        return Satz(platz, f"Zahl {platz}", plaetze[platz]) if platz in plaetze else None

    return Quelle(stuecke, fuelle, AGS, "Kleinstadt", jahr, TAG)


def refresh(pfad, blocks=None, **wie):
    neu = blocks or bloecke(2026, "30,9 %", (("Nord", "30,9"), ("Süd", "9,9")), 30.9)
    ueber = wie.pop("ueberschreiben", False)
    ergebnis = refresh_bericht(pfad, quelle(neu, **wie), ueberschreiben=ueber)
    if ergebnis.inhalt is not None:
        pfad.write_bytes(ergebnis.inhalt)
    return ergebnis


def texte(pfad):
    return [lies(p) for p in docx.Document(str(pfad)).element.body.iter(qn("w:p"))]


def lies(absatz):
    return "".join(t.text or "" for t in absatz.iter(qn("w:t"))).replace(FEST, " ")


def namen(ergebnis, art):
    return [m.name for m in ergebnis.meldungen if m.art is art]


@pytest.fixture
def pfad(tmp_path):
    return write(tmp_path / "bericht.docx")


def edit(pfad, tun):
    d = docx.Document(str(pfad))
    tun(d)
    d.save(str(pfad))


def absatz(d, anfang):
    return next(p for p in d.element.body.iter(qn("w:p")) if lies(p).startswith(anfang))


def test_all_pieces_are_renewed_and_the_second_time_nothing_is_left_to_do(pfad):
    ergebnis = refresh(pfad)
    assert ergebnis.zaehle(Art.ERNEUERT) == 8  # figure, two sentences, table, picture, two captions, foot
    assert not {m.art for m in ergebnis.meldungen} - {Art.ERNEUERT, Art.GLEICH}
    alles = texte(pfad)
    assert "In Nord sind es 30,9 % der Kinder." in alles
    assert "Die Quote liegt 2026 bei 30,9 %." in alles
    assert "Tabelle 1: Quoten 2026" in alles
    with zipfile.ZipFile(pfad) as paket:
        bilder = [n for n in paket.namelist() if n.startswith("word/media")]
        assert len(bilder) == 1, "an old picture holds old figures"
        assert not any(
            b"31,2" in paket.read(n) or "31,2".encode("utf-16-le") in paket.read(n) for n in paket.namelist()
        )
        assert b"Stand 2026" in b"".join(paket.read(n) for n in paket.namelist() if "footer" in n)
    noch_einmal = refresh(pfad)
    assert noch_einmal.inhalt is None
    assert {m.art for m in noch_einmal.meldungen} == {Art.GLEICH}


def test_her_words_formats_and_order_stay(pfad):
    def tun(d):
        d.add_paragraph("Meine Einordnung mit Umlauten: größer.")
        p = absatz(d, "In Nord")
        lauf = p.find(qn("w:sdt")).find(qn("w:sdtContent")).find(qn("w:r"))
        lauf.get_or_add_rPr().get_or_add_b()  # she made the figure bold
        ziel = absatz(d, "Die Quote")
        neu = copy.deepcopy(ziel)
        for t in list(neu.iter(qn("w:t"))):
            t.text = "Ganz mein Satz zwischen zwei Stücken."
        for sdt in list(neu.iter(qn("w:sdt"))):
            sdt.getparent().replace(sdt, next(sdt.iter(qn("w:r"))))
        for name in ("w:bookmarkStart", "w:bookmarkEnd"):
            for e in list(neu.iter(qn(name))):
                e.getparent().remove(e)
        ziel.addnext(neu)

    edit(pfad, tun)
    refresh(pfad)
    alles = texte(pfad)
    ort = alles.index("Ganz mein Satz zwischen zwei Stücken.")
    assert alles[ort - 1] == "Die Quote liegt 2026 bei 30,9 %."
    assert "Meine Einordnung mit Umlauten: größer." in alles
    fett = [
        r
        for r in docx.Document(str(pfad)).element.body.iter(qn("w:r"))
        if r.text == f"30,9{FEST}%" and r.rPr is not None and r.rPr.find(qn("w:b")) is not None
    ]
    assert fett


def test_what_she_wrote_before_and_behind_a_sentence_in_its_frame_stays(pfad):
    def tun(d):
        for t in absatz(d, "Die Quote").iter(qn("w:t")):
            t.text = f"Wie jedes Jahr gilt: {t.text} Das ist viel."

    edit(pfad, tun)
    refresh(pfad)
    assert "Wie jedes Jahr gilt: Die Quote liegt 2026 bei 30,9 %. Das ist viel." in texte(pfad)


def test_a_space_is_a_space_to_the_refresh(pfad):
    """Number and unit are written so that no line parts them; an older report, LibreOffice or she may have plain spaces there."""
    roh = "".join(t.text or "" for t in docx.Document(str(pfad)).element.body.iter(qn("w:t")))
    assert f"In Nord sind es 31,2{FEST}% der Kinder." in roh
    assert f"bei 31,2{FEST}%." in roh

    def flach(d):
        for t in d.element.body.iter(qn("w:t")):
            t.text = (t.text or "").replace(FEST, " ")

    edit(pfad, flach)
    gleich = refresh_bericht(pfad, quelle(bloecke(), 2025, **{"{A07 Nord}": "31,2 %"}))
    assert gleich.inhalt is None
    assert {m.art for m in gleich.meldungen} == {Art.GLEICH}
    neu = refresh(pfad)
    assert neu.zaehle(Art.ERNEUERT) == 8
    assert not neu.zaehle(Art.VON_HAND)
    assert not [m for m in neu.meldungen if FEST in m.alt + m.neu], "what is told on the screen stays plain"
    roh = "".join(t.text or "" for t in docx.Document(str(pfad)).element.body.iter(qn("w:t")))
    assert f"In Nord sind es 30,9{FEST}% der Kinder." in roh


def test_a_number_and_the_unit_behind_its_place_stay_together(tmp_path):
    absatz = Absatz(("Es sind ", Satz("{A07 Nord}", "Zahl", "31,2"), " % und ", Satz("{x}", "Geld", "5"), " Euro."))
    write(tmp_path / "a.docx", (Kopf("Armut"), absatz))
    roh = "".join(t.text or "" for t in docx.Document(str(tmp_path / "a.docx")).element.body.iter(qn("w:t")))
    assert f"Es sind 31,2{FEST}% und 5{FEST}Euro." in roh


@pytest.mark.parametrize(
    ("text", "gefunden"),
    [("ca. 31,2 %", True), ("131,2 %", False), ("31,2 %5", False), ("31,2 %, sagt", True), ("30 %", False)],
)
def test_a_figure_is_no_part_of_another(text, gefunden):
    assert (find_unveraendert(text, textsumme("31,2 %")) is not None) is gefunden


def test_what_she_typed_over_stays_and_is_named(pfad):
    def tun(d):
        for t in absatz(d, "Die Quote").iter(qn("w:t")):
            t.text = "Die Quote sinkt, sagt das Jobcenter."
        zelle = next(iter(d.element.body.iter(qn("w:tbl"))))
        next(t for t in zelle.iter(qn("w:t")) if t.text == "9,8").text = "10,0"

    edit(pfad, tun)
    ergebnis = refresh(pfad)
    assert namen(ergebnis, Art.VON_HAND) == ["Satz A", "Quoten 2026"]
    assert "Die Quote sinkt, sagt das Jobcenter." in texte(pfad)
    assert "10,0" in texte(pfad)
    refresh(pfad, ueberschreiben=True)
    assert "Die Quote liegt 2026 bei 30,9 %." in texte(pfad)
    assert "9,9" in texte(pfad)


def _blocks_mit_quelle(jahr, nord, sued="9,8"):
    bild = Bild(
        "bild/balken/A", "Balken", draw_balken([Balken("Nord", 31.2, nord)], None), f"Balken: Nord {nord}; Süd {sued}."
    )
    return (
        Kopf("Armut"),
        Absatz((Satz("{A07 Nord}", "Zahl {A07 Nord}", nord),)),
        make_tafelblock(
            "A", f"Quoten {jahr}", ("Raum", "Quote"), (8.0, 4.0), (("Nord", nord), ("Süd", sued)), noten=(f"Quelle: Amt; Stand {jahr}.",)
        ),
        make_tafelblock("B", f"Andere {jahr}", ("Raum", "Zahl"), (8.0, 4.0), (("Nord", nord),), noten=(f"Quelle: Kreis; Stand {jahr}.",)),
        Bildblock(
            bild, Satz("titel/balken/A", "Titel: A", f"Bild der Quoten {jahr}"), make_noten("bild/balken/A", (f"Quelle: Bild; Stand {jahr}.",))
        ),
    )  # fmt: skip


def test_title_and_source_stay_with_a_table_or_picture_that_she_edited(tmp_path):
    pfad = write(tmp_path / "bericht.docx", _blocks_mit_quelle(2025, "31,2"))

    def tun(d):
        tafel = next(iter(d.element.body.iter(qn("w:tbl"))))
        next(t for t in tafel.iter(qn("w:t")) if t.text == "9,8").text = "10,0"
        for docpr in d.element.body.iter(
            "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
        ):
            docpr.set("descr", "Balken: Nord 31,2; Süd rund 10.")

    edit(pfad, tun)
    neu = _blocks_mit_quelle(2026, "30,9")
    ergebnis = refresh(pfad, neu)
    alles = "\n".join(texte(pfad))
    assert "Quelle: Amt; Stand 2025." in alles, "old figures must not carry the new date"
    assert "Tabelle 1: Quoten 2025" in alles
    assert "Quelle: Bild; Stand 2025." in alles
    assert "Bild der Quoten 2025" in alles
    assert "Quelle: Kreis; Stand 2026." in alles, "the table beside it is renewed with its source"
    assert "Tabelle 2: Andere 2026" in alles
    assert ergebnis.zaehle(Art.BEGLEITET) == 4
    tafel, bild = (m for m in ergebnis.meldungen if m.art is Art.VON_HAND)
    assert tafel.unterschiede == ("Nord, Quote: 31,2 → 30,9", "Süd, Quote: 10,0 → 9,8")
    assert bild.unterschiede == ("Nord 31,2 → Nord 30,9", "Süd rund 10 → Süd 9,8")
    text = pflege_text(Berichtspflege(ergebnis, pfad, None))
    assert "Tabelle → Tabelle" not in text
    assert "    Süd, Quote: 10,0 → 9,8" in text
    refresh(pfad, neu, ueberschreiben=True)
    alles = "\n".join(texte(pfad))
    assert "Stand 2025" not in alles.replace("Fußzeile", "")
    assert "Quelle: Amt; Stand 2026." in alles


def test_of_two_copies_of_a_table_only_the_edited_one_keeps_its_source(tmp_path):
    pfad = write(tmp_path / "bericht.docx", _blocks_mit_quelle(2025, "31,2"))

    def tun(d):
        tafel = next(iter(d.element.body.iter(qn("w:tbl"))))
        stueck = (
            next(e for e in tafel.iterancestors() if e.getparent() is d.element.body)
            if tafel.getparent() is not d.element.body
            else tafel
        )
        note = absatz(d, "Quelle: Amt")
        anker = absatz(d, "Quelle: Bild")
        for e in (copy.deepcopy(note), copy.deepcopy(stueck)):
            anker.addnext(e)
        next(t for t in tafel.iter(qn("w:t")) if t.text == "9,8").text = "10,0"

    edit(pfad, tun)
    refresh(pfad, _blocks_mit_quelle(2026, "30,9"))
    quellen = [t for t in texte(pfad) if t.startswith("Quelle: Amt")]
    assert quellen == ["Quelle: Amt; Stand 2025.", "Quelle: Amt; Stand 2026."]


def test_her_figures_of_today_get_the_source_of_today(tmp_path):
    pfad = write(tmp_path / "bericht.docx", _blocks_mit_quelle(2025, "31,2"))

    def tun(d):
        next(t for t in d.element.body.iter(qn("w:t")) if t.text == "9,8").text = "9,7"
        for t in next(iter(d.element.body.iter(qn("w:tbl")))).iter(qn("w:t")):
            t.text = {"31,2": "30,9"}.get(t.text, t.text)

    edit(pfad, tun)
    refresh(pfad, _blocks_mit_quelle(2026, "30,9", "9,7"))
    assert "Quelle: Amt; Stand 2026." in texte(pfad)


def test_copied_paragraphs_are_renewed_both_and_deleted_ones_stay_deleted(pfad):
    def tun(d):
        p = absatz(d, "In Nord")
        p.addnext(copy.deepcopy(p))
        weg = absatz(d, "Im Jahr")
        weg.getparent().remove(weg)

    edit(pfad, tun)
    ergebnis = refresh(pfad)
    assert texte(pfad).count("In Nord sind es 30,9 % der Kinder.") == 2
    assert namen(ergebnis, Art.GELOESCHT) == ["Satz B"]
    assert not any("fällt nichts auf" in t for t in texte(pfad))
    assert not namen(refresh(pfad), Art.GELOESCHT), "said once"


def test_tracked_changes_count_as_they_will_be(pfad):
    def tun(d):
        for anfang, name in (("Die Quote", "w:ins"), ("Im Jahr", "w:del")):
            lauf = next(absatz(d, anfang).iter(qn("w:r")))
            huelle = lauf.makeelement(qn(name), {qn("w:id"): "900", qn("w:author"): "x"})
            lauf.addprevious(huelle)
            huelle.append(lauf)

    edit(pfad, tun)
    ergebnis = refresh(pfad)
    assert "Die Quote liegt 2026 bei 30,9 %." in texte(pfad)
    assert "Satz B" not in namen(ergebnis, Art.ERNEUERT)


def test_secret_and_vanished_pieces_say_so_and_come_back(pfad):
    geheim = bloecke(2026, "geheim", (("Nord", "•"), ("Süd", "9,9")))
    ohne = tuple(b for b in geheim if not isinstance(b, Bildblock) and "Satz B" not in str(b))
    ergebnis = refresh(pfad, ohne, **{"{A07 Nord}": "geheim"})
    assert set(namen(ergebnis, Art.GEHEIM)) == {"Zahl {A07 Nord}", "Satz A", "Quoten 2026"}
    assert set(namen(ergebnis, Art.WEG)) >= {"Satz B", "Balken"}
    alles = texte(pfad)
    assert "[Satz B: gibt es für 2026 nicht]" in alles
    with zipfile.ZipFile(pfad) as paket:
        assert not [n for n in paket.namelist() if n.startswith("word/media")]
    refresh(pfad)
    assert "Im Jahr 2026 fällt nichts auf." in texte(pfad)
    with zipfile.ZipFile(pfad) as paket:
        assert [n for n in paket.namelist() if n.startswith("word/media")]


def test_no_checksum_of_a_figure_that_is_secret_now_stays_in_the_file(pfad):
    # "31,2 %" is found again from its checksum by trying a thousand figures.
    def tun(d):
        rahmen = next(s for s in absatz(d, "In Nord").iter(qn("w:sdt")))
        for lauf in list(rahmen.iter(qn("w:r"))):
            lauf.getparent().remove(lauf)
        for t in absatz(d, "Im Jahr").iter(qn("w:t")):
            t.text = "Hier fällt etwas auf."
        tafel = next(iter(d.element.body.iter(qn("w:tbl"))))
        next(t for t in tafel.iter(qn("w:t")) if t.text == "31,2").text = "•"

    edit(pfad, tun)
    geheim = bloecke(2026, "geheim", (("Nord", "•"), ("Süd", "9,9")))
    ohne = tuple(b for b in geheim if "Satz B" not in str(b))
    ergebnis = refresh(pfad, ohne, **{"{A07 Nord}": "geheim"})
    assert namen(ergebnis, Art.VON_HAND) == ["Satz B", "Quoten 2026"]
    with zipfile.ZipFile(pfad) as paket:
        inhalt = paket.read("word/document.xml").decode()
    for text in ("31,2 %", "Im Jahr 2025 fällt nichts auf.", "Raum\t%\nNord\t31,2\nSüd\t9,8"):
        assert textsumme(text) not in inhalt
    zweites = refresh(pfad, ohne, **{"{A07 Nord}": "geheim"})
    assert zweites.inhalt is None
    assert namen(zweites, Art.VON_HAND) == namen(ergebnis, Art.VON_HAND)


def test_a_table_of_another_shape_is_built_anew(pfad):
    refresh(pfad, bloecke(2026, "30,9 %", (("Nord", "30,9"), ("Süd", "9,9"), ("Ost", "1,0"))))
    (tabelle,) = list(docx.Document(str(pfad)).element.body.iter(qn("w:tbl")))
    assert len(list(tabelle.iter(qn("w:tr")))) == 4
    assert {
        m.art
        for m in refresh(pfad, bloecke(2026, "30,9 %", (("Nord", "30,9"), ("Süd", "9,9"), ("Ost", "1,0")))).meldungen
    } == {Art.GLEICH}


def test_places_that_she_types_become_figures(pfad):
    edit(pfad, lambda d: d.add_paragraph("Im Süden {A07 Süd}, im Norden {A07 Nord} und {A99}."))
    ergebnis = refresh(pfad)
    assert "Im Süden 9,9 %, im Norden 30,9 % und {A99}." in texte(pfad)
    assert namen(ergebnis, Art.EINGESETZT) == ["{A07 Nord}", "{A07 Süd}"]
    assert namen(ergebnis, Art.OFFEN) == ["{A99}"]
    refresh(pfad, **{"{A07 Süd}": "8,8 %"})
    assert "Im Süden 8,8 %, im Norden 30,9 % und {A99}." in texte(pfad)


def test_pieces_of_another_town_and_foreign_files_are_left_alone(tmp_path, pfad):
    vorher = pfad.read_bytes()
    anderswo = attrs.evolve(quelle(bloecke()), ags="05999005", stadt="Anderswo")
    with pytest.raises(BedienFehler, match="kein Sozialbericht von Anderswo"):
        refresh_bericht(pfad, anderswo)
    assert pfad.read_bytes() == vorher
    fremd = tmp_path / "fremd.docx"
    docx.Document().save(str(fremd))
    with pytest.raises(BedienFehler, match="kein Sozialbericht"):
        refresh_bericht(fremd, quelle(bloecke()))
    for inhalt in (b"", b"PK\x03\x04kaputt", b"\xd0\xcf\x11\xe0" + bytes(600)):
        fremd.write_bytes(inhalt)
        with pytest.raises(DateiUnlesbar):
            refresh_bericht(fremd, quelle(bloecke()))


def test_a_report_that_is_open_in_word_is_not_touched(pfad):
    for name in ("~$richt.docx", ".~lock.bericht.docx#"):
        (pfad.parent / name).write_bytes(b"x")
        with pytest.raises(DateiGesperrt, match="geöffnet"):
            refresh_bericht(pfad, quelle(bloecke()))
        (pfad.parent / name).unlink()


def test_same_content_same_bytes(tmp_path):
    assert write(tmp_path / "a.docx").read_bytes() == write(tmp_path / "b.docx").read_bytes()


def test_the_main_part_may_be_numbered_as_word_in_a_browser_does(pfad):
    with zipfile.ZipFile(pfad) as alt:
        teile = [(a.filename, alt.read(a)) for a in alt.infolist()]
    with zipfile.ZipFile(pfad, "w") as neu:
        for name, inhalt in teile:
            neu.writestr(
                name.replace("document.xml", "document2.xml"),
                inhalt.replace(b"word/document.xml", b"word/document2.xml"),
            )
    assert refresh(pfad).zaehle(Art.ERNEUERT) == 8
    assert "Die Quote liegt 2026 bei 30,9 %." in texte(pfad)
