"""The council paper: begun from the sessions, written in the order of the council, tied to its Anlagen and to what went out."""

from __future__ import annotations

import datetime as dt

import attrs
import docx
import pytest

from sozialtool import ablauf
from sozialtool.ablauf.drucksachen import say_anlage
from sozialtool.ablauf.drucksachenfinanzen import compute_finanzen
from sozialtool.ablauf.drucksachentafel import build_drucksachentafel
from sozialtool.cli import run
from sozialtool.fach.drucksache import (
    Anlage,
    Beratungsaktion,
    Beratungsschritt,
    Drucksache,
    Finanzwirkung,
    Klimarelevanz,
    Oeffentlichkeit,
    Textbaustein,
)
from sozialtool.fach.gremium import Sitzung
from sozialtool.fehler import BedienFehler
from tests.ablauf.drucksachenstadt import NR, TAG, change, lines, open_drucksachen, write_text
from tests.ablauf.test_leckpruefung import lade
from tests.ausgabe.test_briefbogen import make_bogen


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with open_drucksachen(tmp_path / "stadt") as projekt:
        yield projekt


def test_a_new_paper_knows_what_the_project_knows(projekt):
    bild = ablauf.describe_drucksache(projekt, NR)
    assert [(b.gremium, b.termin, b.aktion) for b in bild.folge] == [
        ("Ausschuss für Soziales", "18.06.2026", "Vorberatung"), ("Rat", "02.07.2026", "Kenntnisnahme"),
    ]  # fmt: skip
    assert bild.drucksache.beschlussvorschlag == "Der Rat nimmt das Sozialmonitoring {Jahr} zur Kenntnis."
    texte = " ".join(b.text for b in bild.bausteine)
    assert "{A07}" in texte
    assert "{B04}" not in texte, "nothing that the town does not compute"
    assert [b.nummer for b in bild.bausteine] == list(range(1, len(bild.bausteine) + 1))
    with pytest.raises(BedienFehler, match="gibt es schon"):
        ablauf.create_drucksache(projekt, " 17/801 ")
    with projekt.change("Sitzung verlegt") as s:
        s.put(Sitzung("FA-1", "FA", dt.date(2026, 9, 1)))
    assert [b.gremium for b in ablauf.describe_drucksache(projekt, NR).folge] == ["Ausschuss für Soziales", "Rat"]
    ablauf.renew_beratungsfolge(projekt, NR)
    assert [b.gremium for b in ablauf.describe_drucksache(projekt, NR).folge] == ["Rat", "Ausschuss für Soziales"]


def test_the_word_document_has_the_order_of_the_council(projekt):
    change(
        projekt, oeffentlichkeit=Oeffentlichkeit.NICHTOEFFENTLICH, fachbereich="Soziales", klima=Klimarelevanz.NEGATIV,
        klimatext="Viele Fahrten.", unterschrift="Dezernat Soziales", finanzen=Finanzwirkung.MASSNAHMEN, finanztext="Siehe Haushalt.",
    )  # fmt: skip
    write_text(projekt, "{A07} sind viele{Fußnote: von allen}.\n- erstens\n- zweitens")
    geschrieben = ablauf.issue_drucksache(projekt, NR)
    assert geschrieben.pfad.name == "Drucksache_2025.docx"
    text = list(lines(geschrieben.pfad))
    erwartet = (
        "Drucksache | 17/801", "Öffentlichkeit | nichtöffentlich", "Datum | 16.03.2026", "Fachbereich | Soziales",
        "Fachdienst | Sozialplanung", "Beratungsfolge", "Gremium | Termin | Beratungsaktion", "Rat | 02.07.2026 | Kenntnisnahme",
        "Sozialmonitoring 2025", "Beschlussvorschlag", "Der Rat nimmt das Sozialmonitoring 2025 zur Kenntnis.",
        "Finanzielle und bilanzielle Auswirkungen", "Siehe Haushalt.", "Klimaschutzrelevanz", "Negativ. Viele Fahrten.", "Sachdarstellung",
        "erstens", "zweitens", "gezeichnet", "Dezernat Soziales", "Fußnoten", "1 von allen", "Anlagen",
        "Anlage 1 | Sozialmonitoring 2025 | Monitoring_2025.xlsx",
    )  # fmt: skip
    stellen = [text.index(zeile) for zeile in erwartet]
    assert stellen == sorted(stellen)
    assert not any("{" in zeile for zeile in text)
    assert next(zeile for zeile in text if "?]" in zeile).startswith("Verglichen werden 6 Sozialräume"), (
        "no Gebietsstand"
    )
    absatz = next(p for p in docx.Document(str(geschrieben.pfad)).paragraphs if "sind viele" in p.text)
    assert next(r.text for r in absatz.runs if r.font.superscript) == "1"


def test_money_is_added_up_by_year_with_what_it_rests_on(projekt):
    d = projekt.get(Drucksache, NR)
    bild = compute_finanzen(projekt, d, 2026)
    assert [(j.jahr, j.kosten, j.eigen, j.dritt, j.offen) for j in bild.jahre] == [
        (2026, 1250.5, 650.5, 600.0, 0.0), (2027, 1500.0, 500.0, 0.0, 1000.0),
    ]  # fmt: skip
    assert "aller 2 Maßnahmen M1, M3, die nicht zurückgestellt sind, ab 2026" in bild.grundlage[0]
    assert "Stiftung" in bild.grundlage[1]
    nur = compute_finanzen(projekt, attrs.evolve(d, massnahmen=("M2",)), 2027)
    assert (nur.jahre, nur.grundlage[-1]) == ((), "Ohne eingetragene Kosten ab 2027: M2.")
    change(projekt, finanzen=Finanzwirkung.MASSNAHMEN)
    text = list(lines(ablauf.issue_drucksache(projekt, NR).pfad))
    assert "Jahr | Kosten | Eigenmittel | Drittmittel | noch nicht zugeordnet" in text
    assert "zusammen | 2.750,50 € | 1.150,50 € | 600 € | 1.000 €" in text


def test_the_number_of_the_anlage_stands_on_the_workbook(projekt):
    with projekt.change("Anlage 2") as s:
        s.remove(Anlage, NR, 1)
        s.put(Anlage(NR, 2, "Monitoring", "Monitoring_2025.xlsx"), Anlage(NR, 3, "Bausteine", "Bausteine_2025.docx"))
    pfad = ablauf.ausgeben(projekt, 2025, stand=TAG)
    mappe = lade(pfad)
    werte = [z.value for zeile in mappe["Deckblatt"].iter_rows() for z in zeile if z.value]
    assert "Anlage 2 zur Drucksache 17/801" in werte
    assert "17/801" in werte
    ablauf.write_bausteine(projekt, TAG)
    (docx_pfad,) = pfad.parent.glob("Bausteine_2025.docx")
    assert any("Anlage 3 zur Drucksache 17/801" in zeile for zeile in lines(docx_pfad))


def test_only_a_listed_file_calls_itself_an_anlage(projekt):
    assert say_anlage(projekt, ["Monitoring_2025.xlsx"], NR) == "Anlage 1 zur Drucksache 17/801"
    assert say_anlage(projekt, ["Sozialbericht_2025.docx"], NR) == "Zur Drucksache 17/801", "the paper does not list it"
    assert say_anlage(projekt, ["Monitoring_2024.xlsx"], NR, 1) == "Zur Drucksache 17/801", "number 1 is another file"
    assert say_anlage(projekt, ["Sozialbericht_2025.docx"]) == ""
    assert say_anlage(projekt, ["Monitoring_2025.xlsx"], "99/1", 1) == "Anlage 1 zur Drucksache 99/1"


def test_lists_go_to_excel_and_back_and_say_what_does_not_fit(projekt, tmp_path):
    pfad = ablauf.export_liste(projekt, "drucksachen", tmp_path / "d.xlsx")
    assert not ablauf.import_liste(projekt, "drucksachen", pfad)
    falsch = (
        (Beratungsschritt, {"drucksache": NR, "nummer": 9, "gremium": "Kreistag"}, "Ein Gremium „Kreistag“"),
        (Beratungsschritt, {"drucksache": NR, "nummer": 9, "gremium": "FA", "sitzung": "RAT-1"}, "ist nicht eine von"),
        (Beratungsschritt, {"drucksache": NR, "nummer": 9, "gremium": "FA", "sitzung": "X"}, "Eine Sitzung „X“"),
        (Textbaustein, {"drucksache": "9/9", "nummer": 1, "text": "a"}, "Eine Drucksache „9/9“"),
        (Textbaustein, {"drucksache": NR, "nummer": 0, "text": "a"}, "Gezählt wird ab 1"),
        (Anlage, {"drucksache": NR, "nummer": 4, "name": "a", "datei": "../geheim.xlsx"}, "ist kein Dateiname"),
        (Drucksache, {"schluessel": "1", "name": "a", "massnahmen": ("M9",)}, "Eine Maßnahme „M9“"),
        (Drucksache, {"schluessel": "1", "name": "a", "jahr": 20250}, "kann nicht stimmen"),
    )
    for klasse, werte, sagt in falsch:
        with pytest.raises(BedienFehler, match=sagt):
            ablauf.save_eintrag(projekt, klasse, werte)
    ablauf.save_eintrag(
        projekt,
        Beratungsschritt,
        {"drucksache": NR, "nummer": 9, "gremium": "rat", "aktion": Beratungsaktion.ENTSCHEIDUNG},
    )
    assert projekt.get(Beratungsschritt, NR, 9).gremium == "RAT"
    with pytest.raises(BedienFehler, match="Beratungsfolge der Drucksache 17/801"):
        ablauf.remove_eintrag(projekt, projekt.get(Sitzung, "FA-1"))
    ablauf.remove_eintrag(projekt, projekt.get(Drucksache, NR))
    assert not [*projekt.read(Textbaustein), *projekt.read(Anlage), *projekt.read(Beratungsschritt)]


def test_the_letterhead_beside_the_project_is_taken(projekt):
    make_bogen(projekt.pfad.parent / "briefbogen.docx", ohne=("Heading 1", "Title"))
    geschrieben = ablauf.issue_drucksache(projekt, NR)
    (hinweis,) = ablauf.say_briefbogen(projekt)
    assert "Musterbrief" in hinweis
    assert geschrieben.hinweise[-1] == hinweis
    fertig = docx.Document(str(geschrieben.pfad))
    assert "Bürgermeisterin" in fertig.sections[0].first_page_header.paragraphs[0].text
    assert [p.text for p in fertig.paragraphs if p.style.name == "Title"] == ["Sozialmonitoring 2025"]


def test_a_working_title_becomes_a_number(projekt):
    teile = (len(projekt.read(Textbaustein)), len(projekt.read(Beratungsschritt)))
    with pytest.raises(BedienFehler, match="fehlt"):
        ablauf.renumber_drucksache(projekt, NR, " ")
    ablauf.renumber_drucksache(projekt, NR, "26/5")
    bild = ablauf.describe_drucksache(projekt, "26/5")
    assert (len(bild.bausteine), len(bild.folge)) == teile
    assert [a.nummer for a in bild.anlagen] == [1]
    assert {e.drucksache for k in (Textbaustein, Beratungsschritt, Anlage) for e in projekt.read(k)} == {"26/5"}
    with pytest.raises(BedienFehler, match="gibt es nicht"):
        ablauf.describe_drucksache(projekt, NR)


def test_what_somebody_wrote_in_word_is_kept(projekt):
    pfad = ablauf.issue_drucksache(projekt, NR, stand=TAG).pfad
    assert ablauf.issue_drucksache(projekt, NR, stand=TAG).aufgehoben is None
    for nummer in (1, 2):
        d = docx.Document(str(pfad))
        d.add_paragraph(f"{nummer}. Satz der Planerin")
        d.core_properties.modified = dt.datetime(2026, 4, 1, 10)
        d.save(str(pfad))
        aufgehoben = ablauf.issue_drucksache(projekt, NR, stand=TAG).aufgehoben
        assert aufgehoben == pfad.with_name(f"{pfad.stem}_bearbeitet_{nummer}.docx"), "numbered from one on"
        assert f"{nummer}. Satz der Planerin" in list(lines(aufgehoben))
        assert f"{nummer}. Satz der Planerin" not in list(lines(pfad))


def test_of_one_part_it_is_said_as_of_one(projekt):
    bild = ablauf.describe_drucksache(projekt, NR)
    (zeile,) = build_drucksachentafel(projekt).zeilen
    assert f"{len(bild.bausteine)} Textbausteine; Anlage: 1 Sozialmonitoring 2025" in zeile.detail
    for b in bild.bausteine[1:]:
        ablauf.remove_eintrag(projekt, b)
    with projekt.change("noch eine") as s:
        s.put(Anlage(NR, 2, "Stand {Vorjahr} zu {Drucksache}"))
        s.put(attrs.evolve(bild.drucksache, jahr=2024))
    (zeile,) = build_drucksachentafel(projekt).zeilen
    assert f"1 Textbaustein; Anlagen: 1 Sozialmonitoring 2024, 2 Stand 2023 zu {NR}" in zeile.detail, (
        "as the paper fills it"
    )


def test_all_of_it_as_commands(projekt, capfd):
    def call(*worte):
        return run(["--projekt", str(projekt.pfad), "drucksache", *worte])

    projekt.close()
    assert call("liste") == 0
    assert call("anlegen", "26/1", "--jahr", "2025") == 0
    assert call("beratungsfolge", "26/1") == 0
    assert call("zeigen", "26/1") == 0
    assert call("felder") == 0
    assert call("schreiben", "26/1", "--am", "16.03.2026") == 1
    aus = capfd.readouterr()
    for wort in (NR, "○ Entwurf", "18.06.2026", "{A07: höchste 3}", "Drucksache_2025_26_1.docx"):
        assert wort in aus.out
    assert "noch einmal mit --endgueltig" in aus.err
    assert "Anlage 1 (Monitoring_2025.xlsx) ist noch nicht geschrieben." in aus.err
    assert call("berichtigungen") == 0
    assert "Noch ist nichts endgültig hinausgegangen" in capfd.readouterr().out
    assert call("korrektur") == 2
    assert call("zeigen", "nie") == 2
    assert call("schreiben", "26/1", "--briefbogen", "fehlt.docx") == 3
