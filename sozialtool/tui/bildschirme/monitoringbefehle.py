"""What the keys of the Monitoring do, one class per command."""

from __future__ import annotations

from sozialtool.tui.befehle import Befehl, Befehle


class Verlauf(Befehl):
    """Zeigt den Indikator über die Jahre: Sozialraum und Stadt als Bild und als Tabelle."""

    titel = "Verlauf des Indikators"
    taste = "v"
    kurz = "Verlauf"


class Steckbrief(Befehl):
    """Zeigt einen Sozialraum mit allen Indikatoren gegen die Stadt."""

    titel = "Steckbrief des Sozialraums"
    taste = "s"
    kurz = "Steckbrief"


class Gebietsvergleich(Befehl):
    """Zeigt den Indikator in allen Gebieten mit Zufallsspannen: gegen Stadt, Ortsteil und Werte von außen."""

    titel = "Gebiete im Vergleich"
    taste = "i"
    kurz = "Vergleich"


class Entwicklung(Befehl):
    """Zeigt einen Sozialraum über die Jahre: jeder Indikator ein kleines Bild, mit Trend."""

    titel = "Entwicklung des Sozialraums"
    taste = "e"
    kurz = "Entwicklung"


class Bevoelkerung(Befehl):
    """Zeigt Bevölkerungsentwicklung, Segregation und altersstandardisierte Quoten des Jahres."""

    titel = "Bevölkerung und Verteilung"
    taste = "b"
    kurz = "Bevölkerung"


class Kachelkarte(Befehl):
    """Zeigt den Indikator auf der Kachelkarte: jeder Sozialraum ungefähr dort, wo er liegt."""

    titel = "Indikator auf der Kachelkarte"
    taste = "k"
    kurz = "Karte"


class WarumGesperrt(Befehl):
    """Sagt, warum hier ein Punkt (•) statt einer Zahl steht, und was ein Außenstehender höchstens wissen kann."""

    titel = "Warum gesperrt?"
    taste = "w"
    kurz = "warum gesperrt?"


class Blaettern(Befehl):
    """Blättert zum nächsten Handlungsfeld; Minus blättert zurück. Am Rand blättern auch die Pfeile."""

    titel = "Nächstes Handlungsfeld"
    taste = "plus"
    kurz = "blättern"


class JahrWechseln(Befehl):
    """Zeigt ein anderes Jahr. Das Berichtsjahr des Projekts ändert sich dadurch nicht."""

    titel = "Anderes Jahr zeigen"
    taste = "j"
    kurz = "Jahr"


class GebietsstandWaehlen(Befehl):
    """Zeigt alle Jahre auf einem anderen Gebietsstand. Was dafür aufgeteilt werden musste, trägt ein s (geschätzt)."""

    titel = "Anderer Gebietsstand"
    taste = "g"
    kurz = "Gebietsstand"


class NachExcel(Befehl):
    """Schreibt das Monitoring als Arbeitsmappe, wie im Bereich Ausgabe."""

    titel = "Monitoring nach Excel"
    taste = "x"
    kurz = "nach Excel"


class Sozialindex(Befehl):
    """Zeigt den Sozialindex mit Rechenstufen und Robustheit; legt einen an oder ändert ihn."""

    titel = "Sozialindex"
    taste = "r"
    kurz = "Index"


class Mittelverteilung(Befehl):
    """Verteilt eine Summe auf die Sozialräume: nach Köpfen, Fallzahl oder Index, Szenarien nebeneinander."""

    titel = "Mittelverteilung"
    taste = "m"
    kurz = "Mittel"


ALLE: Befehle = (
    Verlauf, Steckbrief, Gebietsvergleich, Entwicklung, Bevoelkerung, Kachelkarte, Sozialindex, Mittelverteilung, WarumGesperrt,
    JahrWechseln,
    GebietsstandWaehlen, Blaettern, NachExcel,
)  # fmt: skip
"""In the order of the key line."""
BRAUCHT_ZAHLEN: Befehle = tuple(befehl for befehl in ALLE if befehl not in (GebietsstandWaehlen, NachExcel))
"""Those that have nothing to show before figures are computed."""
