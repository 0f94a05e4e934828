"""The planner chooses the sheets: Inhalt and cross references stay right, secrecy and its proof stay the same."""

from __future__ import annotations

import re

import attrs
import pytest

from sozialtool.ausgabe.monitoring import write_monitoring
from sozialtool.ausgabe.schrift import breite
from sozialtool.fach.blattwahl import BLAETTER, describe_ohne, find_ohne
from sozialtool.fehler import BedienFehler
from tests.ausgabe.bau import baue_bericht
from tests.ausgabe.hilfen import load, parts


def _texte(mappe):
    return [str(z.value) for blatt in mappe for zeile in blatt.iter_rows() for z in zeile if isinstance(z.value, str)]


def test_every_optional_sheet_can_be_left_out_and_nothing_points_to_it(tmp_path, geladen):
    nur = find_ohne(blaetter=["steckbriefe"])
    ziel = tmp_path / "m.xlsx"
    write_monitoring(ziel, attrs.evolve(baue_bericht(), ohne=nur))
    mappe = load(ziel)
    assert mappe.sheetnames == [
        "Deckblatt", "Inhalt", "Steckbriefe", "Geheimhaltung", "Methoden und Quellen", "Zeichenerklärung", "Diagrammdaten",
    ]  # fmt: skip
    weg = set(geladen.sheetnames) - set(mappe.sheetnames)
    texte = _texte(mappe)
    assert not [t for t in texte for name in weg if f"Blatt „{name}“" in t]
    assert not [t for t in texte if "Blättern der Handlungsfelder" in t]
    deckblatt = " ".join(str(z.value) for zeile in mappe["Deckblatt"] for z in zeile if z.value)
    assert f"Weggelassen: {describe_ohne(nur)}." in " ".join(deckblatt.split())
    ziele = {
        re.match(r"'?([^'!]+)'?!", z.hyperlink.location).group(1)
        for zeile in mappe["Inhalt"]
        for z in zeile
        if z.hyperlink
    }
    assert ziele <= set(mappe.sheetnames)
    # A long table bears its number again on each further page.
    nummern = {int(n) for t in texte for n in re.findall(r"^Tabelle (\d+):", t)}
    assert nummern == set(range(1, len(nummern) + 1))


def test_the_proof_is_the_same_with_few_sheets(tmp_path, geladen):
    ziel = tmp_path / "m.xlsx"
    write_monitoring(ziel, attrs.evolve(baue_bericht(), ohne=find_ohne(blaetter=["blick"])))

    def beweis(mappe):
        return [
            re.sub(r"^Tabelle \d+", "Tabelle", str(z.value))
            for zeile in mappe["Geheimhaltung"]
            for z in zeile
            if z.value
        ]

    mappe = load(ziel)
    assert beweis(mappe) == beweis(geladen)
    assert "Diagrammdaten" not in mappe.sheetnames
    assert not any("chart" in name for name in parts(ziel))


def test_only_and_without():
    assert find_ohne() == frozenset()
    assert find_ohne(blaetter=["blick", "karte"], ohne=["karte"]) == BLAETTER.keys() - {"blick"}
    assert describe_ohne({"verlauf", "blick"}) == "Auf einen Blick, Verlauf"
    with pytest.raises(BedienFehler, match="bleibt kein Blatt"):
        find_ohne(ohne=BLAETTER)


def test_the_sheet_says_what_a_grundzahl_is_and_why_no_reason_stands_beside_it(geladen):
    text = " ".join(" ".join(str(z.value) for zeile in geladen["Geheimhaltung"] for z in zeile if z.value).split())
    assert "Eine Grundzahl ist, was für ein Gebiet und ein Jahr gezählt wurde" in text
    assert "steht hier mit Absicht nicht" in text
    # A reason behind a figure would say which ones are small.
    for grund in ("unter der Mindestfallzahl.", "schützt eine andere Zahl vor", "trifft auf alle zu"):
        assert grund not in text


def test_no_name_of_a_sheet_is_cut_off_in_the_inhalt(geladen):
    inhalt = geladen["Inhalt"]
    # Excel counts in characters of the standard font; 7 pixels each and 5 at the edge.
    platz = inhalt.column_dimensions["C"].width * 7
    assert [z for z in inhalt["C"] if z.value]
    # 31 characters are the longest name that Excel takes, and this one is as long.
    assert breite("Blatt „Arbeit, Einkommen und Armut (2)“", 10) <= platz
