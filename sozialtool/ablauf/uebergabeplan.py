"""Where every stored class has its place in the Übergabe: workbook, sheet, and what stands there in one sentence."""

from __future__ import annotations

import attrs

from sozialtool.fach.abfrage import Abfrage, Datenbestand, Fachbereich
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.beteiligung import Beteiligung
from sozialtool.fach.drucksache import Anlage, Beratungsschritt, Drucksache, Textbaustein
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.gremium import Aufgabe, Beschluss, Gremium, Sitzung, Tagesordnungspunkt, Thema
from sozialtool.fach.indikator import Bruch, Handlungsfeld, Indikator
from sozialtool.fach.karte import Umriss
from sozialtool.fach.messwert import Merkmal, Messwert
from sozialtool.fach.planung import (
    Befragung,
    Befragungsfrage,
    Befragungszahl,
    Einrichtung,
    Massnahme,
    Massnahmenkosten,
    Massnahmenleistung,
)
from sozialtool.fach.prozess import Baustein, Fortschrittsschritt, Inhalt, Umsetzungsstand
from sozialtool.fach.quelle import Importprofil, Quelle, Quellenbefund
from sozialtool.fach.raum import Ebene, Gebiet, Gebietsstand, Kommune, Raum, Raumzuordnung, Umsteiger
from sozialtool.fach.referenz import Referenzprofil, Referenzwert
from sozialtool.fach.schwelle import Schwelle
from sozialtool.fach.sozialindex import Indexfassung, Sozialindex
from sozialtool.fach.strasse import Strassenabschnitt, Strassenschreibweise
from sozialtool.fach.vereinbarung import Vereinbarung
from sozialtool.fach.veroeffentlichung import BekannteZahl, Geheimhaltungsregel, Veroeffentlichung
from sozialtool.fach.versorgung import Versorgungsmass
from sozialtool.fach.verteilung import Verteilungsszenario
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel
from sozialtool.projekt.tabellen import Einstellung

GEHEIM = "NICHT_WEITERGEBEN"
"""Stands in the name of every workbook with something confidential."""


@attrs.frozen
class Uebergabeteil:
    """One workbook: name, why it is confidential ("": it is not), and class → (sheet, what stands there)."""

    name: str
    geheim: str
    blaetter: dict[type, tuple[str, str]]

    @property
    def stamm(self) -> str:
        """Name of the file without ending."""
        return f"{self.name}_{GEHEIM}" if self.geheim else self.name


PLAN: tuple[Uebergabeteil, ...] = (
    Uebergabeteil("01_Stadt_und_Raeume", "", {
        Kommune: ("Kommune", "Die Stadt: Schlüssel, Name, Land, Kreis, Berichtsjahr."),
        Ebene: ("Ebenen", "Die räumlichen Ebenen, und welche die der Planung ist."),
        Gebiet: ("Gebiete", "Alle heutigen Gebiete mit Ebene, übergeordnetem Gebiet und anderen Schreibweisen."),
        Gebietsstand: ("Gebietsstände", "Fassungen der Sozialräume mit Datum; Varianten sind nicht beschlossen."),
        Raum: ("Räume", "Die Sozialräume jedes Gebietsstands."),
        Raumzuordnung: ("Raumzuordnungen", "Welches kleinste Gebiet in welchem Sozialraum liegt, je Gebietsstand."),
        Umsteiger: ("Umsteiger", "Gewichte von einem Gebiet auf ein anderes, etwa vom Stimmbezirk auf den Sozialraum."),
        Umriss: ("Umrisse", "Grenzen der Gebiete als Koordinaten, für die Karte."),
        Strassenabschnitt: ("Straßenabschnitte", "Straßenverzeichnis: Hausnummern und ihr kleinstes Gebiet."),
        Strassenschreibweise: ("Straßenschreibweisen", "Einmal entschiedene Schreibweisen von Straßen."),
    }),
    Uebergabeteil("02_Indikatoren_und_Vereinbarungen", "", {
        Handlungsfeld: ("Handlungsfelder", "Wonach die Indikatoren geordnet sind."),
        Indikator: ("Indikatoren", "Jeder Indikator mit Formel, Einheit, Richtung, Rundung und Stand der Vereinbarung."),
        Merkmal: ("Merkmale", "Die Grundzahlen, die geliefert werden, und aus denen die Indikatoren gerechnet werden."),
        Bruch: ("Brüche", "Ab welchem Jahr ein Merkmal etwas anderes bedeutet; darüber hinweg wird nicht verglichen."),
        Schwelle: ("Schwellen", "Alle Grenzen, die gelten: Mindestfallzahl, Ampeln, Versorgung, Priorität; „Wessen Wert“ sagt, wer sie gesetzt hat."),
        Vereinbarung: ("Vereinbarungen", "Jeder Schritt: wer wann was beschlossen hat, mit der Definition von damals (JSON)."),
        Referenzwert: ("Referenzwerte", "Werte von Kreis, Land oder Klassen zum Vergleich."),
        Referenzprofil: ("Referenzprofile", "Wie Dateien mit Referenzwerten gelesen werden."),
    }),
    Uebergabeteil("03_Daten_und_Quellen", "Meldungen der Prüfung nennen einzelne, auch kleine Zahlen.", {
        Fachbereich: ("Fachbereiche", "Wer Zahlen liefert."),
        Datenbestand: ("Datenbestand", "Welche Daten es wo gibt, wie tief, wie oft, auf welcher Grundlage."),
        Abfrage: ("Abfragen", "Die Datenabfragen der Jahre: Frist, Versand, Rücklauf."),
        Quelle: ("Quellen", "Jede eingelesene Datei mit Absender, Stand und Prüfsumme."),
        Quellenbefund: ("Befunde", "Was bei der Prüfung der Dateien auffiel und stehen blieb."),
        Importprofil: ("Importprofile", "Wie jede Art von Datei gelesen wird: Spalten, Zeichen, Zuordnungen (JSON)."),
    }),
    Uebergabeteil("04_Messwerte", "Alle gelieferten Zahlen ungeschützt, auch sehr kleine.", {
        Messwert: ("Messwerte", "Jede gelieferte Zahl: Gebiet, Merkmal, Stand, Wert oder Grund, Quelle und Zelle."),
    }),
    Uebergabeteil("05_Prozess", "", {
        Baustein: ("Bausteine", "Die sechs Bausteine mit Zuständigen und nächstem Schritt."),
        Inhalt: ("Inhalte", "Was zu jedem Baustein gehört."),
        Umsetzungsstand: ("Umsetzungsstände", "Sätze mit Datum, wo jeder Baustein steht, mit Nachweisen."),
        Fortschrittsschritt: ("Fortschritt", "Wann welcher Fortschritt gesetzt wurde."),
        Gremium: ("Gremien", "Wer wann berät; Rollen, keine Personen."),
        Sitzung: ("Sitzungen", "Sitzungen der Gremien mit Ergebnissen."),
        Thema: ("Themen", "Was durch die Gremien geht."),
        Tagesordnungspunkt: ("Tagesordnung", "Die Punkte jeder Sitzung."),
        Beschluss: ("Beschlüsse", "Was Sitzungen beschlossen haben."),
        Aufgabe: ("Aufgaben", "Wer bis wann was übernommen hat."),
        Beteiligung: ("Beteiligung", "Wer sich wo, bei welchem Schritt und wie beteiligt hat."),
    }),
    Uebergabeteil("06_Bestand_und_Planung", "Stimmen, die nicht hinaus dürfen, und ausgezählte Antworten kleiner Gruppen.", {
        Einrichtung: ("Einrichtungen", "Einrichtungen, Angebote, Nahversorgung und Haltestellen."),
        Versorgungsmass: ("Versorgungsmaße", "Woran die Versorgung gemessen wird; „Wessen Wert“ sagt, wer es gesetzt hat."),
        Stimme: ("Stimmen", "Was gesagt wurde, ohne Namen; „Zeigen“ sagt, ob es hinaus darf."),
        Befragung: ("Befragungen", "Wer wann wie gefragt wurde."),
        Befragungsfrage: ("Fragen", "Fragen und mögliche Antworten."),
        Befragungszahl: ("Auszählung", "Wie viele so geantwortet haben."),
        Bedarf: ("Bedarfe", "Was gebraucht wird, mit Belegen und Empfehlung."),
        Leitziel: ("Leitziele", "Was die Stadt auf lange Sicht will."),
        Entwicklungsziel: ("Entwicklungsziele", "Ziele je Sozialraum mit Indikator, Startwert und Zielwert."),
        Massnahme: ("Maßnahmen", "Was geschieht, wer dafür einsteht, wie es läuft."),
        Massnahmenleistung: ("Leistungen", "Was Maßnahmen Jahr für Jahr erreicht haben."),
        Massnahmenkosten: ("Kosten", "Kosten der Maßnahmen je Haushaltsjahr."),
        Foerderaufruf: ("Förderaufrufe", "Wofür beantragt wird und was verlangt ist."),
    }),
    Uebergabeteil("07_Index_und_Mittel", "", {
        Sozialindex: ("Indizes", "Definitionen der Sozialindizes."),
        Indexfassung: ("Indexfassungen", "Indizes, wie sie hinausgingen (JSON)."),
        Verteilungsszenario: ("Szenarien", "Szenarien der Mittelverteilung."),
    }),
    Uebergabeteil("08_Veroeffentlichungen", "Darin stehen auch die wahren Werte gesperrter Zahlen.", {
        Veroeffentlichung: (
            "Veröffentlichungen",
            "Was hinausging, mit Datum, Datei und Prüfsumme; „Inhalt“ braucht nur das Programm, lesbar steht er in den nächsten Blättern.",
        ),
        BekannteZahl: ("Bekannte Zahlen", "Zahlen, die von außen schon bekannt sind."),
        Geheimhaltungsregel: ("Geheimhaltungsregeln", "Was jede Quelle an Geheimhaltung verlangt."),
    }),
    Uebergabeteil("09_Drucksachen", "Darunter können nichtöffentliche Vorlagen sein.", {
        Drucksache: ("Drucksachen", "Vorlagen an den Rat mit Beschlussvorschlag und Auswirkungen."),
        Beratungsschritt: ("Beratungsfolgen", "Welches Gremium wann berät."),
        Textbaustein: ("Textbausteine", "Die Sachdarstellung, Absatz für Absatz."),
        Anlage: ("Anlagen", "Anlagen der Drucksachen."),
    }),
    Uebergabeteil("10_Verlauf", "Wer wann was geändert hat.", {
        Einstellung: ("Einstellungen", "Einstellungen des Projekts (JSON)."),
    }),
)  # fmt: skip
"""The workbooks in their order. Every class of `projekt.tabellen.GESPEICHERT` has its place here; a test sees to it."""
