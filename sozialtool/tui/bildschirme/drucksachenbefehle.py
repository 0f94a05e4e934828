"""The commands of the pages of the council papers."""

from __future__ import annotations

from sozialtool.tui.befehle import Befehl


class DrucksacheBeginnen(Befehl):
    """Beginnt eine Drucksache zum Monitoring: Beratungsfolge aus den Sitzungen, fertige Textbausteine, Anlage. Alles lässt sich ändern."""

    titel = "Drucksache beginnen"
    taste = "a"
    kurz = "beginnen"


class TeileZeigen(Befehl):
    """Zeigt Beratungsfolge, Textbausteine und Anlagen der markierten Drucksache; dort wird auch geschrieben."""

    titel = "Beratungsfolge, Texte und Anlagen"
    taste = "t"
    kurz = "Teile"


class WordSchreiben(Befehl):
    """Schreibt die Drucksache als Word-Datei in den Ordner der Ausgaben; Zahlen kommen aus dem, was freigegeben ist."""

    titel = "Drucksache als Word schreiben"
    taste = "w"
    kurz = "schreiben"


class BerichtigungenZeigen(Befehl):
    """Zeigt, welche veröffentlichten Zahlen sich seither geändert haben, und schreibt die Korrekturmitteilung."""

    titel = "Berichtigungen"
    taste = "k"
    kurz = "Berichtigungen"


class EinsetzenZeigen(Befehl):
    """Zeigt, was in Texten eingesetzt werden kann: Werte, Gebiete, Jahre, Fußnoten."""

    titel = "Was eingesetzt werden kann"
    taste = "e"
    kurz = "einsetzen"


class NeueBeratung(Befehl):
    """Trägt einen Schritt der Beratungsfolge ein: Gremium, Termin, worum es gebeten wird."""

    titel = "Beratung eintragen"
    taste = "b"
    kurz = "Beratung"


class FolgeUebernehmen(Befehl):
    """Übernimmt die Beratungsfolge aus den Sitzungen, auf deren Tagesordnung die Drucksache steht; die bisherige entfällt."""

    titel = "Beratungsfolge aus den Sitzungen"
    taste = "f"


class NeueAnlage(Befehl):
    """Trägt eine Anlage ein; heißt die Datei wie eine Ausgabe, steht die Nummer auch auf deren erstem Blatt."""

    titel = "Anlage eintragen"
    taste = "l"
    kurz = "Anlage"


class NummerAendern(Befehl):
    """Gibt der Drucksache ihre endgültige Nummer; Beratungsfolge, Texte und Anlagen gehen mit."""

    titel = "Nummer ändern"
    taste = "u"
