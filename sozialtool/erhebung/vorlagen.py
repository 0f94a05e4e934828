"""The Vorlagen of the folder `vorlagen/`: built from the field descriptions, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

import attrs

from sozialtool import katalog
from sozialtool.ausgabe.anleitungsblatt import Listenteil
from sozialtool.ausgabe.katalogblatt import write_listen
from sozialtool.erhebung.abfrage import build_abfrage
from sozialtool.erhebung.formular import Formular, build_rest
from sozialtool.fach.abfrage import Datenbestand, Fachbereich
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.beteiligung import Beteiligung
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.gremium import Aufgabe, Beschluss, Gremium, Sitzung, Tagesordnungspunkt, Thema
from sozialtool.fach.indikator import Handlungsfeld, Indikator
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.planung import (
    Befragung,
    Befragungsfrage,
    Befragungszahl,
    Einrichtung,
    Massnahme,
    Massnahmenkosten,
)
from sozialtool.fach.prozess import Baustein, Fortschrittsschritt, Inhalt, Umsetzungsstand
from sozialtool.fach.raum import SOZIALRAUM, Ebene, Gebiet, Gebietsstand, Kommune, Raum, Raumzuordnung
from sozialtool.fach.referenz import Referenzwert
from sozialtool.fach.strasse import Strassenabschnitt
from sozialtool.fach.vereinbarung import Vereinbarung
from sozialtool.fach.veroeffentlichung import BekannteZahl, Geheimhaltungsregel
from sozialtool.fach.versorgung import Versorgungsmass
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel

_MUSTERJAHR = 2025


def _leer(klasse: type, titel: str, zweck: str) -> Listenteil:
    return Listenteil(klasse, (), titel, zweck)


def build_katalogteil(
    indikatoren: Iterable[Indikator],
    handlungsfelder: Iterable[Handlungsfeld],
    merkmale: Iterable[Merkmal],
    ebenen: Iterable[Ebene] = (),
    titel: str = "Indikatorenkatalog",
) -> Listenteil:
    """Describe the list of indicators as people read it: names of Handlungsfelder and levels; Merkmale of formulas explained.

    Reading it back takes names and keys alike (`ablauf.listenpruefung`).
    """
    felder = {feld.schluessel: feld.name for feld in handlungsfelder}
    stufen = {"stadt": "Stadt", "ortsteil": "Ortsteil", "sozialraum": "Sozialraum"}
    stufen |= {ebene.schluessel: ebene.name for ebene in ebenen}
    zeilen = tuple(
        attrs.evolve(
            i,
            handlungsfeld=felder.get(i.handlungsfeld, i.handlungsfeld),
            kleinste_ebene=stufen.get(i.kleinste_ebene, i.kleinste_ebene),
        )
        for i in indikatoren
    )
    formeln = " ".join(f"{i.zaehler} {i.nenner}" for i in zeilen)
    gebraucht = set(re.findall(r"[a-z_][a-z0-9_]*", re.sub(r"__vor\d+", "", formeln)))
    legende = tuple((m.schluessel, m.name) for m in merkmale if m.schluessel in gebraucht)
    zweck = "Was aus den Merkmalen gerechnet wird. Zustand, Datum und Gremium halten fest, was vereinbart ist."
    return Listenteil(Indikator, zeilen, titel, zweck, legende)


def build_listen() -> dict[str, tuple[str, tuple[Listenteil, ...]]]:
    """Describe the lists of the folder: file name → head and parts, with what stands in them already."""
    return {
        "Datenuebersicht": ("Datenübersicht: was in welchem Fachbereich vorliegt", (
            _leer(Datenbestand, "Was in welchem Fachbereich vorliegt",
                  "Eine Zeile je Merkmal, das ein Fachbereich hat oder haben könnte. Füllt die Sozialplanung mit dem Fachbereich aus."),
            _leer(Fachbereich, "Fachbereiche, die Daten liefern",
                  "Wer Daten liefert und wen man fragt: Rollen, keine Personen."),
        )),
        "Merkmale": ("Merkmale: die Zahlen, die geliefert werden", (
            Listenteil(Merkmal, katalog.load_merkmale(), "Merkmale",
                       "Jede Zahl, die ein Fachbereich liefert, mit Stichtag, Mindestfallzahl und Definition."),
        )),
        "Indikatorenkatalog": ("Indikatorenkatalog", (
            build_katalogteil(katalog.load_indikatoren(), katalog.load_handlungsfelder(), katalog.load_merkmale()),
        )),
        "Sozialraeume": ("Sozialräume und andere Gebiete", (
            _leer(Gebiet, "Gebiete", "Alle Gebiete der Stadt: die Stadt selbst, Ortsteile, Sozialräume, Stimmbezirke."),
        )),
        "Gebietsstaende": ("Gebietsstände und Varianten", (
            _leer(Gebietsstand, "Gebietsstände", "Fassungen der Sozialräume: die geltende, frühere und Varianten zum Beraten."),
            _leer(Raum, "Sozialräume eines Gebietsstands", "Welche Sozialräume es in dieser Fassung gibt."),
            _leer(Raumzuordnung, "Kleinste Gebiete und ihr Sozialraum", "In welchem Sozialraum jedes kleinste Gebiet liegt."),
        )),
        "Strassenverzeichnis": ("Straßenverzeichnis", (
            _leer(Strassenabschnitt, "Straßenabschnitte",
                  "Welche Hausnummern in welchem kleinsten Gebiet liegen. Jede Adresse muss genau einmal vorkommen."),
        )),
        **_list_prozess(),
        "Vereinbarungen": ("Vereinbarungen mit Gremium und Datum", (
            _leer(Vereinbarung, "Vereinbarungen", "Was ein Gremium beschlossen hat, auch abweichende Meinungen."),
        )),
        "Referenzwerte": ("Referenzwerte von außen", (
            _leer(Referenzwert, "Referenzwerte",
                  "Werte von Kreis, Land oder Bund und Klassen aus einer Verteilung außerhalb, gegen die verglichen wird."),
        )),
        "Geheimhaltung": ("Geheimhaltung: Regeln der Quellen und von außen bekannte Zahlen", (
            _leer(Geheimhaltungsregel, "Regeln der Geheimhaltung je Quelle",
                  "Was eine Quelle über die Mindestfallzahl ihrer Merkmale hinaus verlangt, und wer es mit welcher Grundlage verlangt."),
            _leer(BekannteZahl, "Von außen bekannte Zahlen",
                  "Zahlen, die andere (Kreis, Land) veröffentlichen: Sie hier zu sperren, schützte niemanden."),
        )),
        **_list_planung(),
    }  # fmt: skip


def _list_prozess() -> dict[str, tuple[str, tuple[Listenteil, ...]]]:
    return {
        "Bausteine": ("Die sechs Bausteine der Sozialplanung", (
            Listenteil(Baustein, katalog.load_bausteine(), "Bausteine", "Der Weg der Sozialplanung und wie weit er ist."),
            Listenteil(Inhalt, katalog.load_inhalte(), "Inhalte", "Was zu jedem Baustein gehört."),
            _leer(Umsetzungsstand, "Umsetzungsstand", "Ein Satz mit Datum: wo der Baustein steht."),
            _leer(Fortschrittsschritt, "Fortschritt mit Datum", "Seit wann ein Baustein oder Inhalt wie weit ist."),
        )),
        "Gremien": ("Gremien und Sitzungen", (
            Listenteil(Gremium, katalog.load_gremien(), "Gremien", "Wer wann berät: Stellen und Rollen, keine Personen."),
            _leer(Sitzung, "Sitzungen", "Eine Zeile je Sitzung."),
            _leer(Thema, "Themen", "Was durch die Gremien geht; bei Zahlen mit ihrem Berichtsjahr."),
            _leer(Tagesordnungspunkt, "Tagesordnung", "Die Punkte jeder Sitzung, danach mit Ergebnis."),
            _leer(Beschluss, "Beschlüsse", "Was eine Sitzung beschlossen hat."),
            _leer(Aufgabe, "Aufgaben", "Wer bis wann was übernommen hat."),
        )),
        "Beteiligung": ("Beteiligung", (
            _leer(Beteiligung, "Beteiligung", "Wer sich wo, bei welchem Schritt und wie beteiligt, und was daraus wurde."),
        )),
    }  # fmt: skip


def _list_planung() -> dict[str, tuple[str, tuple[Listenteil, ...]]]:
    return {
        "Massnahmen": ("Maßnahmen und ihre Kosten", (
            _leer(Massnahme, "Maßnahmen", "Was geplant ist und läuft, wer dafür einsteht und woran man den Erfolg sieht."),
            _leer(Massnahmenkosten, "Kosten je Jahr", "Je Maßnahme und Haushaltsjahr eine Zeile, Beträge in Euro."),
        )),
        "Stimmen": ("Stimmen", (
            _leer(Stimme, "Stimmen", "Was Fachkräfte und Bewohnerschaft sagen, ohne Namen. Eine Zeile je Aussage."),
        )),
        "Bedarfe": ("Bedarfe", (
            _leer(Bedarf, "Bedarfe", "Was fehlt, wo und für wen, mit Belegen und Empfehlung. Eine Zeile je Bedarf."),
        )),
        "Ziele": ("Leitziele und Entwicklungsziele", (
            _leer(Leitziel, "Leitziele", "Was die Stadt auf lange Sicht will."),
            _leer(Entwicklungsziel, "Entwicklungsziele",
                  "Je Sozialraum: woran man es sieht, von welchem Wert bis wann zu welchem. Den Startwert füllt sozialtool."),
        )),
        "Foerderaufrufe": ("Förderaufrufe", (
            _leer(Foerderaufruf, "Förderaufrufe", "Was ein Aufruf verlangt, für welche Sozialräume, und warum dort. Eine Zeile je Aufruf."),
        )),
        "Einrichtungen": ("Einrichtungen und Angebote", (
            _leer(Einrichtung, "Bestand",
                  "Was es im Sozialraum gibt: Einrichtungen, Angebote, Nahversorgung, Haltestellen. Eine Zeile je Ort oder Angebot."),
        )),
        "Versorgung": ("Versorgung: was auf wen bezogen wird", (
            Listenteil(Versorgungsmass, katalog.load_versorgungsmasse(), "Versorgung",
                       "Welche Arten des Bestands für welche Gruppe zählen. Ein Vorschlag: Zeilen ändern, streichen, ergänzen."),
        )),
        "Befragung": ("Befragung: Anlage, Fragen und Auszählung", (
            _leer(Befragung, "Befragungen", "Wer wann wie gefragt wurde."),
            _leer(Befragungsfrage, "Fragen", "Die Fragen mit ihren möglichen Antworten."),
            _leer(Befragungszahl, "Auszählung", "Wie viele so geantwortet haben; bitte nur Summen, keine einzelnen Fragebögen."),
        )),
    }  # fmt: skip


def build_vorlagen(ordner: Path | str) -> list[Path]:
    """Write all Vorlagen into a folder, replacing those that are there; return their paths.

    Raises:
        DateiGesperrt: one of them is open in Excel.
        DateiFehler: the folder cannot be written.
    """
    ziel = Path(ordner)
    pfade = [ziel / "Datenabfrage.xlsx"]
    build_abfrage(pfade[0], _build_muster())
    for name, (titel, teile) in build_listen().items():
        pfade.append(ziel / f"{name}.xlsx")
        write_listen(pfade[-1], teile, titel)
    return pfade


def _build_muster() -> Formular:
    """A form to look at: the Jugendamt of a town with six Sozialräume that have no names yet."""
    stadt = Kommune("00000000", "Musterstadt", "")
    gebiete = [Gebiet(f"{n:02}", f"Sozialraum {n}", SOZIALRAUM) for n in range(1, 7)]
    merkmale = tuple(m for m in katalog.load_merkmale() if m.fachbereich == "Jugendamt")
    return Formular(
        stadt, Fachbereich("jugendamt", "Jugendamt"), _MUSTERJAHR, (*gebiete, build_rest(stadt, SOZIALRAUM)), merkmale,
        frist=dt.date(_MUSTERJAHR + 1, 3, 31),
    )  # fmt: skip
