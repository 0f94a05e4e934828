"""Commands that work everywhere."""

from __future__ import annotations

from typing import ClassVar

from sozialtool.tui.befehle import Befehl, Befehle


class HilfeZeigen(Befehl):
    """Zeigt, wozu dieser Bildschirm da ist und welche Tasten hier gelten."""

    titel = "Hilfe"
    taste = "f1"


class Gehe(Befehl):
    """Geht zu einem Bereich."""

    ziel: ClassVar[str] = ""

    @classmethod
    def aktion(cls) -> str:
        """All of them share one action."""
        return f"gehe('{cls.ziel}')"


class GeheUeberblick(Gehe):
    """Der Weg in sechs Bausteinen, die nächsten Schritte und die letzten Änderungen."""

    titel = "Zum Überblick"
    taste = "f2"
    ziel = "ueberblick"


class GeheRaeume(Gehe):
    """Alle Gebiete der Stadt mit ihren Einwohnerzahlen."""

    titel = "Zu den Räumen"
    taste = "f3"
    ziel = "raeume"


class GeheIndikatoren(Gehe):
    """Der Katalog der Indikatoren: nachlesen und vereinbaren."""

    titel = "Zu den Indikatoren"
    taste = "f4"
    ziel = "indikatoren"


class GeheDaten(Gehe):
    """Gelieferte Dateien, ihre Befunde, und das Einlesen."""

    titel = "Zu den Daten"
    taste = "f5"
    ziel = "daten"


class GeheMonitoring(Gehe):
    """Sozialräume und Indikatoren auf einen Blick, gegen die Stadt."""

    titel = "Zum Monitoring"
    taste = "f6"
    ziel = "monitoring"


class GehePlanung(Gehe):
    """Entwicklungsziele, Umsetzung und Reflexion."""

    titel = "Zur Planung"
    taste = "f7"
    ziel = "planung"


class GeheAusgabe(Gehe):
    """Die Arbeitsmappe für die Drucksache schreiben."""

    titel = "Zur Ausgabe"
    taste = "f8"
    ziel = "ausgabe"


class Befehlsliste(Befehl):
    """Alle Befehle beim Namen: tippen, auswählen, Enter."""

    titel = "Befehle suchen"
    taste = "ctrl+p"
    kurz = "Befehle"


class Zuruecknehmen(Befehl):
    """Nimmt die letzte Änderung am Projekt zurück, auch ein Einlesen. Geht mehrmals hintereinander."""

    titel = "Zurücknehmen"
    taste = "ctrl+z"
    kurz = "zurücknehmen"


class Wiederholen(Befehl):
    """Stellt wieder her, was zuletzt zurückgenommen wurde."""

    titel = "Wiederholen"
    taste = "ctrl+y"


class NeuLaden(Befehl):
    """Liest das Projekt noch einmal und rechnet neu."""

    titel = "Neu laden"
    taste = "f9"


class Sichern(Befehl):
    """Legt eine Kopie des Projekts mit Datum im Ordner „sicherungen“ an."""

    titel = "Sicherung anlegen"


class BerichtsjahrWaehlen(Befehl):
    """Legt fest, über welches Jahr gerade berichtet wird."""

    titel = "Berichtsjahr wählen"


class ProjektWechseln(Befehl):
    """Schließt dieses Projekt und zeigt die Auswahl der Projekte."""

    titel = "Anderes Projekt öffnen"


class FarbenWechseln(Befehl):
    """Wechselt zwischen heller und dunkler Darstellung."""

    titel = "Helle oder dunkle Farben"


class Beenden(Befehl):
    """Beendet sozialtool. Alles Angenommene ist schon gespeichert."""

    titel = "Beenden"
    taste = "ctrl+q"
    vorrang = True


GEHEN: tuple[type[Gehe], ...] = (
    GeheUeberblick,
    GeheRaeume,
    GeheIndikatoren,
    GeheDaten,
    GeheMonitoring,
    GehePlanung,
    GeheAusgabe,
)
IMMER: Befehle = (HilfeZeigen, Befehlsliste, FarbenWechseln, Beenden)
MIT_PROJEKT: Befehle = (Zuruecknehmen, Wiederholen, NeuLaden, Sichern, BerichtsjahrWaehlen, ProjektWechseln)
FUSS: Befehle = (Zuruecknehmen, Befehlsliste)
"""What the key line shows behind the commands of the screen."""
