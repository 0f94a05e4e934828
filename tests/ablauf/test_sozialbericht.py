"""The Sozialbericht of a small town: written, edited, saved in LibreOffice, refreshed with another year; commands."""

from __future__ import annotations

import copy
import datetime as dt
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from sozialtool import ablauf, cli
from sozialtool.ablauf.sozialbericht import read_berichtsstoff
from sozialtool.ausgabe.auffrischen import Art
from sozialtool.ausgabe.sozialbericht import collect_stuecke
from sozialtool.fehler import Abgebrochen, BedienFehler
from tests.ablauf.kleinstadt import build_kleinstadt
from tests.ausgabe.hilfen import convert

TAG = dt.date(2026, 3, 16)
JAHRE = range(2023, 2026)


@pytest.fixture(scope="module")
def projekt(tmp_path_factory):
    with build_kleinstadt(tmp_path_factory.mktemp("bericht"), JAHRE) as projekt:
        yield projekt


@pytest.fixture(scope="module")
def bericht(projekt):
    return ablauf.write_sozialbericht(projekt, stand=TAG)


@pytest.fixture
def kopie(bericht, tmp_path):
    return Path(shutil.copyfile(bericht, tmp_path / "Sozialbericht_2025.docx"))


def absaetze(pfad):
    return [
        "".join(t.text or "" for t in p.iter(qn("w:t"))) for p in docx.Document(str(pfad)).element.body.iter(qn("w:p"))
    ]


def refresh(projekt, pfad, jahr, **wie):
    return ablauf.refresh_sozialbericht(projekt, pfad, jahr, stand=dt.datetime(2026, 3, 16, 9), **wie)


def test_the_report_has_chapters_contents_captions_and_alt_texts(bericht):
    dokument = docx.Document(str(bericht))
    koepfe = [p.text for p in dokument.paragraphs if p.style.name == "Heading 1"]
    assert koepfe[0] == "Auf einen Blick"
    assert koepfe[-3:] == ["Die Sozialräume", "Methode", "Quellen und Zeichen"]
    raeume = [p.text for p in dokument.paragraphs if p.style.name == "Heading 2"]
    assert "Raum 3" in raeume
    alles = absaetze(bericht)
    assert any(t.startswith("1Auf einen Blick") for t in alles), "the contents are written"
    tabellen = [t for t in alles if t.startswith("Tabelle ")]
    assert [t.split(":")[0] for t in tabellen] == [f"Tabelle {n}" for n in range(1, len(tabellen) + 1)]
    bilder = list(
        dokument.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    )
    assert bilder
    balken = [b.get("descr") for b in bilder if b.get("descr").startswith("Balken")]
    assert all("Raum 1" in text and "Raum 6" in text for text in balken), "who does not see it reads every figure"
    for tabelle in dokument.tables:
        assert tabelle.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert tabelle._tbl.tblPr.find(qn("w:tblDescription")) is not None


def test_every_chart_names_source_stand_and_boundaries(projekt, bericht):
    stoff = read_berichtsstoff(projekt, 2025, stand=TAG)
    stuecke = collect_stuecke(stoff)
    bilder = [s for s in stuecke if s.startswith(("bild/linien/", "bild/balken/", "bild/karte/"))]
    assert any(s.startswith("bild/linien/") for s in bilder)
    for schluessel in bilder:
        note = stuecke[f"note1/{schluessel}"].text
        assert note.startswith("Quelle: ")
        assert "Stand 16.03.2026" in note
        assert "Gebietsstand: " in note
    verlauf = [t for t in absaetze(bericht) if "Angabe in" in t]
    assert verlauf
    assert all(t.startswith("Quelle: ") for t in verlauf)


def test_a_second_report_leaves_the_first_one_alone(projekt, bericht):
    vorher = bericht.read_bytes()
    zweiter = ablauf.write_sozialbericht(projekt, stand=TAG)
    assert zweiter.name == "Sozialbericht_2025_2.docx"
    assert bericht.read_bytes() == vorher == zweiter.read_bytes(), "the same project gives the same bytes"
    zweiter.unlink()


def test_chosen_chapters_only(projekt):
    pfad = ablauf.write_sozialbericht(projekt, stand=TAG, felder=["Arbeit, Einkommen und Armut"], raeume=["Raum 2"])
    koepfe = [p.text for p in docx.Document(str(pfad)).paragraphs if p.style.name.startswith("Heading")]
    assert "Arbeit, Einkommen und Armut" in koepfe
    assert "Bevölkerung" not in koepfe
    assert "Raum 2" in koepfe
    assert "Raum 3" not in koepfe
    pfad.unlink()
    with pytest.raises(BedienFehler, match="„Mond“"):
        ablauf.write_sozialbericht(projekt, raeume=["Mond"])


def test_last_years_report_gets_the_figures_of_another_year(projekt, kopie):
    def edit(d):
        d.add_paragraph("Im Gespräch: {A07 Raum 3} in Raum 3, {A07 Raum 3 2023} im Jahr 2023.")

    dokument = docx.Document(str(kopie))
    edit(dokument)
    dokument.save(str(kopie))
    vorher = kopie.read_bytes()
    pflege = refresh(projekt, kopie, 2024)
    assert pflege.sicherung is not None
    assert pflege.sicherung.read_bytes() == vorher
    assert pflege.sicherung.name == "Sozialbericht_2025_Sicherung_2026-03-16_09-00-00.docx"
    alles = absaetze(kopie)
    assert "Sozialbericht 2024" in alles
    assert not [t for t in alles if t.startswith("Tabelle") and "2025" in t]
    satz = next(t for t in alles if t.startswith("Im Gespräch"))
    assert "{" not in satz
    assert pflege.ergebnis.zaehle(Art.EINGESETZT) == 2
    assert not pflege.ergebnis.zaehle(Art.VON_HAND)
    assert "Aufgefrischt mit den Zahlen von 2024" in pflege.text
    zurueck = refresh(projekt, kopie, 2025)
    assert not zurueck.ergebnis.zaehle(Art.WEG)
    neu = next(t for t in absaetze(kopie) if t.startswith("Im Gespräch"))
    assert neu.split(" im Jahr")[0].rsplit(", ")[-1] == satz.split(" im Jahr")[0].rsplit(", ")[-1], "2023 stays 2023"


def test_writing_elsewhere_and_stopping(projekt, kopie, tmp_path):
    from threading import Event

    stop = Event()
    stop.set()
    vorher = kopie.read_bytes()
    with pytest.raises(Abgebrochen):
        refresh(projekt, kopie, 2024, stop=stop)
    ziel = tmp_path / "neu.docx"
    refresh(projekt, kopie, 2024, nach=ziel)
    assert ziel.is_file()
    assert kopie.read_bytes() == vorher
    assert {p.name for p in tmp_path.iterdir()} == {kopie.name, "neu.docx"}
    with pytest.raises(BedienFehler, match="gibt es schon"):
        refresh(projekt, kopie, 2024, nach=ziel)


@pytest.mark.buero
def test_what_libreoffice_saves_can_be_refreshed(projekt, kopie, tmp_path):
    (tmp_path / "lo").mkdir()
    gespeichert = convert(kopie, "docx", tmp_path / "lo")
    assert zipfile.is_zipfile(gespeichert)
    pflege = refresh(projekt, gespeichert, 2024)
    e = pflege.ergebnis
    von_hand = [m.name for m in e.meldungen if m.art in (Art.VON_HAND, Art.UNBEKANNT, Art.GELOESCHT)]
    assert not von_hand
    frisch = ablauf.refresh_sozialbericht(projekt, kopie, 2024, stand=dt.datetime(2026, 3, 16, 9)).ergebnis
    assert e.zaehle(Art.ERNEUERT) == frisch.zaehle(Art.ERNEUERT)
    assert "Sozialbericht 2024" in absaetze(gespeichert)


def test_a_finished_report_is_kept_as_a_release(tmp_path):
    with build_kleinstadt(tmp_path / "stadt", JAHRE) as eigenes:
        pfad = ablauf.write_sozialbericht(eigenes, stand=TAG)
        dokument = docx.Document(str(pfad))
        dokument.add_paragraph("Ein eigener Satz.")
        dokument.save(str(pfad))
        v = ablauf.release_sozialbericht(eigenes, pfad, "26/031", stand=TAG, begruendung="eilt")
        assert v.name == "Sozialbericht 2025 vom 16.03.2026, Drucksache 26/031"
        assert [x.schluessel for x in ablauf.list_veroeffentlichungen(eigenes)] == ["2025-1"]
        text = next(t for t in dokument.element.body.iter(qn("w:t")) if t.text == "2025")
        lauf = next(text.iterancestors(qn("w:r")))
        weg = lauf.makeelement(qn("w:del"), {qn("w:id"): "900", qn("w:author"): "x"})
        lauf.addprevious(weg)
        weg.append(copy.copy(lauf))
        dokument.save(str(pfad))
        with pytest.raises(BedienFehler, match="nachverfolgt"):
            ablauf.release_sozialbericht(eigenes, pfad, stand=TAG, begruendung="eilt", bekanntes_hinnehmen=True)
        weg.getparent().remove(weg)
        text.text = "2024"
        dokument.add_paragraph("{A07}")
        dokument.save(str(pfad))
        with pytest.raises(BedienFehler, match="nicht die freigegebenen Zahlen"):
            ablauf.release_sozialbericht(eigenes, pfad, stand=TAG, begruendung="eilt", bekanntes_hinnehmen=True)


def test_who_only_names_too_few_earlier_papers_is_told_that_all_figures_hold(tmp_path):
    """The Monitoring went out after the report was written: the figures are the same, it was not yet among the earlier papers."""
    with build_kleinstadt(tmp_path / "stadt", JAHRE) as eigenes:
        pfad = ablauf.write_sozialbericht(eigenes, stand=TAG)
        ablauf.ausgeben(eigenes, 2025, stand=TAG, endgueltig=True, begruendung="eilt")
        with pytest.raises(BedienFehler, match=r"Zahlen gelten\. .*nur der Satz „Prüfung der Geheimhaltung") as fehler:
            ablauf.release_sozialbericht(eigenes, pfad, stand=TAG, begruendung="eilt")
        assert "bericht auffrischen" in str(fehler.value.abhilfe)
        pflege = refresh(eigenes, pfad, 2025)
        assert pflege.ergebnis.zaehle(Art.ERNEUERT) == 1
        ablauf.release_sozialbericht(eigenes, pfad, stand=TAG, begruendung="eilt")
        assert [v.schluessel for v in ablauf.list_veroeffentlichungen(eigenes)] == ["2025-1", "2025-2"]


def test_command(projekt, capsys, tmp_path):
    wo = ["--projekt", str(projekt.pfad)]
    assert cli.run(["bericht", "felder"]) == 0
    assert "{A07 Rheinfeld Nord}" in capsys.readouterr().out
    assert cli.run(["bericht", "schreiben", *wo, "--raum", "Raum 1"]) == 0
    pfad = Path(capsys.readouterr().out.strip())
    assert cli.run(["bericht", "auffrischen", str(pfad), "--jahr", "2024", *wo]) == 1
    assert "Aufgefrischt" in capsys.readouterr().out
    for datei in pfad.parent.glob(f"{pfad.stem}*"):
        datei.unlink()
    (tmp_path / "fremd.docx").write_bytes(b"nichts")
    assert cli.run(["bericht", "auffrischen", str(tmp_path / "fremd.docx"), *wo]) == 3


def test_names_that_are_markup_do_no_harm(tmp_path):
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026), ' <b>&"[/x]{y}') as boese:
        pfad = ablauf.write_sozialbericht(boese, stand=TAG)
        assert any('Raum 1 <b>&"[/x]{y}' in text for text in absaetze(pfad))
        pflege = ablauf.refresh_sozialbericht(boese, pfad, 2024, stand=dt.datetime(2026, 3, 16, 9))
        assert not pflege.ergebnis.zaehle(Art.UNBEKANNT)
        assert not pflege.ergebnis.zaehle(Art.VON_HAND)


def check_inhalt(pfad, ordner):
    """Every head of the contents stands on the page that is said there; returns the pages as text."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) ist nicht installiert")
    pdf = convert(pfad, "pdf", ordner)
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    seiten = text.split("\f")[:-1]
    muster = re.compile(r"^\s*(\d+(?:\.\d+)?)\s+(\S.*?)\s*\.{4,}\s*(\d+)\s*$", re.MULTILINE)
    eintraege = [treffer for seite in seiten[1:3] for treffer in muster.findall(seite)]
    assert len(eintraege) > 10
    for nummer, titel, seite in eintraege:
        assert re.search(rf"^\s*{re.escape(nummer)}\s+{re.escape(titel[:25])}", seiten[int(seite) - 1], re.MULTILINE), (
            titel
        )
    assert not re.search(r"\{[A-Z]", text)
    return seiten


@pytest.mark.buero
def test_the_pages_of_the_contents_are_right(bericht, tmp_path):
    check_inhalt(bericht, tmp_path)


@pytest.mark.buero
def test_the_report_of_a_whole_town_wastes_no_pages(beispiel, tmp_path):
    """Lindenrath: a Steckbrief that fits on its page takes no second one, and no page holds a few lines alone."""
    (bericht,) = (beispiel.projekt.parent / "ausgaben").rglob("Sozialbericht_????.docx")
    seiten = check_inhalt(bericht, tmp_path)
    assert len(seiten) <= 56
    for nummer, seite in enumerate(seiten[2:], start=3):
        assert len(seite.split()) > 60, f"Seite {nummer}: {' '.join(seite.split())}"
