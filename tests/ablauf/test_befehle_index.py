"""The commands `index` and `verteilen`, and the workbooks that come of them."""

from __future__ import annotations

import datetime as dt
import warnings

import openpyxl
import pytest

from sozialtool import ablauf
from sozialtool.cli import run
from sozialtool.fach.sozialindex import Indexfassung
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from tests.ablauf.kleinstadt import build_kleinstadt


@pytest.fixture(scope="module")
def ordner(tmp_path_factory):
    ordner = tmp_path_factory.mktemp("indexbefehle")
    build_kleinstadt(ordner, range(2023, 2026)).close()
    return ordner


@pytest.fixture
def tue(ordner, capsys):
    def tue(*angaben, kode=0):
        assert run([angaben[0], *angaben[1:], "--projekt", str(ordner)]) == kode
        gesagt = capsys.readouterr()
        return gesagt.out + gesagt.err

    return tue


def test_an_index_from_nothing_to_agreed_to_changed_and_back(tue, ordner):
    assert "Noch kein Index" in tue("index")
    assert "Index SI1 angelegt" in tue("index", "anlegen", "SI1", "Sozialindex Kleinstadt", "A01", "A10 2")
    text = tue("index", "zeigen", "si1")
    assert "Sozialindex Kleinstadt 2025 – vorgeschlagen" in text
    assert "in jedem Jahr null" in text
    assert "Raum 1\t" in text
    assert "Startzahl 1" in tue("index", "robustheit", "SI1")
    assert "A10" in tue("index", "definition", "SI1")
    assert "Index SI1 geändert" in tue("index", "aendern", "SI1", "normierung=Rang", "Klassen=Viertel", "laeufe=10")
    assert "von 4" in tue("index", "zeigen", "SI1", "--jahr", "2024", "--stufen")
    assert "ist keine Änderung. Erwartet wird FELD=WERT" in tue("index", "aendern", "SI1", "quatsch=1", kode=2)
    for leer in ("laeufe=", "normierung=", "startzahl="):  # as in a list: what is empty is as it was at the beginning
        tue("index", "aendern", "SI1", leer)
    assert "200, je Gewicht" in tue("index", "definition", "SI1")
    tue("index", "aendern", "SI1", "normierung=Rang", "laeufe=10")
    wieder = tue("index", "aendern", "SI1", "normierung=Rang")
    assert "Es ändert sich nichts: „Sozialindex Kleinstadt“" in wieder
    assert "nimmt es zurück" not in wieder  # it would take back something else
    for beschlossen in ("zustand=vereinbart", "Vereinbart am=04.03.2026", "gremium=Rat", "kennung=SI7"):
        assert "ist keine Änderung" in tue("index", "aendern", "SI1", beschlossen, kode=2)
    assert "Möglich sind: z-Werte" in tue("index", "aendern", "SI1", "normierung=quatsch", kode=2)
    assert "Es fehlt, was sich ändern soll" in tue("index", "aendern", "SI1", kode=2)
    tue("vereinbarungen", "beschliessen", "SI1", "--zustand", "vereinbart", "--am", "04.03.2026", "--gremium", "Rat")
    assert "wie am 05.03.2026 vereinbart" in tue("index", "zeigen", "SI1", "--fassung", "05.03.2026")
    assert "noch nicht vereinbart" in tue("index", "zeigen", "SI1", "--fassung", "01.01.2026", kode=2)
    assert "war schon vereinbart" in tue("index", "loeschen", "SI1", kode=2)


def test_the_release_shows_the_agreed_index_and_freezes_it(tue, ordner):
    tue("ausgeben", "--grenzen-geprueft")
    assert "Es gibt noch keine Ausgabe" in tue("index", "zeigen", "SI1", "--fassung", "2025", kode=2)  # a draft
    tue("ausgeben", "--grenzen-geprueft", "--endgueltig")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # sparklines, which openpyxl does not know
        mappe = openpyxl.load_workbook(ordner / "ausgaben" / "2025" / "Monitoring_2025.xlsx")
    assert [n for n in mappe.sheetnames if n in ("Index", "Robustheit", "Indexdefinition", "Statusindex")] == [
        "Index", "Robustheit", "Indexdefinition",
    ]  # fmt: skip
    texte = {n: " ".join(str(c) for z in mappe[n].values for c in z if isinstance(c, str)) for n in mappe.sheetnames}
    for name in ("Index", "Robustheit"):
        assert "in jedem Jahr null" in texte[name]
    assert "erst ab 20 Gebieten angeboten" in texte["Index"]
    assert "ohne Arbeitslose" in texte["Robustheit"]
    assert "A01" not in texte["Robustheit"]
    assert "Startzahl 1" in texte["Robustheit"]
    with ablauf.open_projekt(ordner) as projekt:
        fassung = projekt.get(Indexfassung, "SI1", 2025)
        assert (len(fassung.gebiete), fassung.am) == (6, dt.date.today())
    tue("index", "aendern", "SI1", "bestandteile=A01; F02")
    assert "wie für 2025 ausgegeben" in tue("index", "zeigen", "SI1", "--jahr", "2024", "--fassung", "2025")
    tue("zurueck")
    assert "Nur, wenn sie das Haus nicht verlassen hat" in tue("zurueck", kode=2)
    assert "Zurückgenommen: Veröffentlicht: Monitoring 2025" in tue("zurueck", "--trotzdem")
    with ablauf.open_projekt(ordner) as projekt:
        assert (projekt.read(Indexfassung), projekt.read(Veroeffentlichung)) == ([], []), (
            "went out together, gone together"
        )
    assert "wieder als Veröffentlichung fest" in tue("wiederherstellen", kode=2)
    assert "Wieder hergestellt: Veröffentlicht: Monitoring 2025" in tue("wiederherstellen", "--trotzdem")
    with ablauf.open_projekt(ordner) as projekt:
        assert (len(projekt.read(Indexfassung)), len(projekt.read(Veroeffentlichung))) == (1, 1)
    assert "Wieder hergestellt" in tue("wiederherstellen"), "what concerns no release needs no second word"


def test_an_agreed_index_that_cannot_be_computed_is_named_on_the_cover(tue, ordner):
    tue("index", "anlegen", "SI9", "Zu streng", "A01", "A07")
    tue("index", "aendern", "SI9", "ausgenommen=01; 02; 03")
    tue("vereinbarungen", "beschliessen", "SI9", "--zustand", "vereinbart", "--am", "04.03.2026", "--gremium", "Rat")
    tue("ausgeben", "--grenzen-geprueft")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mappe = openpyxl.load_workbook(ordner / "ausgaben" / "2025" / "Monitoring_2025.xlsx", read_only=True)
    deckblatt = " ".join(str(c) for z in mappe["Deckblatt"].values for c in z if c)
    mappe.close()
    assert "SI9 Zu streng fehlt für 2025" in deckblatt


def test_scenarios_side_by_side_in_text_and_excel(tue, ordner):
    assert "Noch kein Szenario" in tue("verteilen")
    tue("index", "anlegen", "SI2", "Zweiter", "A01", "A10")
    tue("verteilen", "anlegen", "kopf", "Nach Köpfen", "100.000")
    tue(
        "verteilen",
        "anlegen",
        "fall",
        "Nach Fällen",
        "100000",
        "art=nach Fallzahl",
        "bedarf=arbeitslose",
        "vergleich=kopf",
    )
    tue("verteilen", "anlegen", "index", "Nach Index", "100000", "art=nach Köpfen, gewichtet mit dem Index", "index=SI2",
        "mindestens=5000", "vergleich=kopf")  # fmt: skip
    assert "lässt sich nicht in Cent teilen" in tue("verteilen", "anlegen", "x", "X", "1,005", kode=2)
    assert "negativ" in tue("verteilen", "aendern", "index", "stufen=1; -2; 3", kode=2)
    text = tue("verteilen", "zeigen", "fall", "index")
    assert "Zusammen\t24.000\t100.000,00 €" in text
    assert "Annahmen:" in text
    assert "Mehr und weniger: gegen „Nach Köpfen“." in text
    pfad, entwurf = tue("verteilen", "ausgeben", "--drucksache", "17/801").strip().splitlines()
    assert "--endgueltig" in entwurf
    check_mappe(pfad)
    assert "gestrichen" in tue("verteilen", "loeschen", "index")
    assert "„weg“ gibt es nicht" in tue("verteilen", "zeigen", "weg", kode=2)


def check_mappe(pfad):
    werte, formeln = openpyxl.load_workbook(pfad, data_only=True), openpyxl.load_workbook(pfad)
    assert werte.sheetnames == ["Vergleich", "Nach Köpfen", "Nach Fällen", "Nach Index"]
    anzahl = 0
    for name in werte.sheetnames:
        blatt = werte[name]
        assert blatt.page_setup.orientation == "landscape"
        kopf = next(z for z in blatt.iter_rows() if z[0].value == "Sozialraum")
        spalten = [str(c.value or "") for c in kopf]
        raeume = [z for z in blatt.iter_rows() if str(z[0].value or "").startswith("Raum ")]
        summe = next(z for z in blatt.iter_rows() if z[0].value == "Zusammen")
        assert len(raeume) == 6
        for ort, titel in enumerate(spalten):
            if titel == "Betrag":
                assert round(sum(z[ort].value for z in raeume), 2) == summe[ort].value == 100000
                je_kopf = spalten.index("je Kopf", ort)
                for zeile in (*raeume, summe):
                    assert zeile[je_kopf].value == pytest.approx(zeile[ort].value / zeile[1].value, abs=0.005001)
        for zeile in formeln[name].iter_rows():
            for zelle in zeile:
                if isinstance(zelle.value, str) and zelle.value.startswith("="):
                    anzahl += 1
                    assert isinstance(blatt[zelle.coordinate].value, int | float), zelle.coordinate
    assert anzahl > 40  # amounts per head and sums are formulas, each with its value
    texte = " ".join(str(c) for z in werte["Nach Index"].values for c in z if isinstance(c, str))
    assert "Annahmen" in texte
    assert "mindestens 5.000,00 €" in texte
    assert "17/801" in werte["Vergleich"].oddHeader.right.text
