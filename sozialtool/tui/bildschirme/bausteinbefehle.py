"""The commands of the pages of the Bausteine."""

from __future__ import annotations

from sozialtool.tui.befehle import Befehl


class SchrittSetzen(Befehl):
    """Trägt ein, wer den Baustein oder Inhalt voranbringt (Stelle oder Rolle), was als Nächstes geschieht und bis wann."""

    titel = "Nächsten Schritt eintragen"
    taste = "s"
    kurz = "Schritt"


class NachweiseSetzen(Befehl):
    """Trägt ein, was den Stand eines Inhalts beweist: eine Sitzung, eine Vereinbarung, eine Veröffentlichung."""

    titel = "Nachweise eintragen"
    taste = "l"
    kurz = "Nachweise"


class VerlaufZeigen(Befehl):
    """Zeigt alle Sätze mit Datum und Nachweisen, auch die, die nicht mehr gelten."""

    titel = "Verlauf der Bausteine"
    taste = "v"
    kurz = "Verlauf"


class AenderungenZeigen(Befehl):
    """Zeigt, was sich seit einer Drucksache, einer Veröffentlichung oder einem Tag geändert hat."""

    titel = "Änderungen seit einer Drucksache"
    taste = "d"
    kurz = "seit …"


class TafelAusgeben(Befehl):
    """Schreibt die Tabelle der Bausteine für den Rat (Baustein, Inhalte, Umsetzungsstand) als Excel und als Word."""

    titel = "Bausteine für den Rat ausgeben"
    taste = "w"
    kurz = "für den Rat"


class TafelEinlesen(Befehl):
    """Liest die Tabelle einer früheren Drucksache ein (Word, Excel oder csv); vorher sehen Sie, was sich ändert."""

    titel = "Tabelle einer Drucksache einlesen"
    taste = "e"


class SatzBearbeiten(Befehl):
    """Ändert Datum, Wortlaut oder Nachweise des markierten Satzes."""

    titel = "Satz bearbeiten"
    taste = "b"
    kurz = "bearbeiten"


class SatzUeberholt(Befehl):
    """Hält fest, ab welchem Tag der markierte Satz nicht mehr gilt. Er bleibt im Verlauf."""

    titel = "Satz ist überholt"
    taste = "o"
    kurz = "überholt"
