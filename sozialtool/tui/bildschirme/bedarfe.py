"""What is heard and what is needed: voices, surveys, needs with their priority."""

from __future__ import annotations

from typing import ClassVar

from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.planung import Befragung
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehle
from sozialtool.tui.bildschirme.planseite import HinweiseZeigen, Listenseite
from sozialtool.tui.bildschirme.seite import Zurueck
from sozialtool.tui.teile import listen


class StimmenSeite(Listenseite):
    """Voices by area and theme."""

    TITEL = "Stimmen"
    KLASSE = Stimme
    LISTE = "stimmen"
    HILFE = (
        "Was Fachkräfte, Stadtteilarbeitskreise und Bewohnerschaft sagen, nach Sozialraum, Thema und Datum; darunter die Zahlen "
        "desselben Gebiets und Themas. Ein ! heißt: Der Text nennt vielleicht eine Person oder Adresse; er geht so nicht hinaus."
    )
    BEFEHLE: ClassVar[Befehle] = Listenseite.GRUND

    RECHNET = "Zahlen zu den Stimmen"


class BefragungenSeite(Listenseite):
    """Results of surveys."""

    TITEL = "Befragungen"
    KLASSE = Befragung
    LISTE = "befragungen"
    HILFE = (
        "Was geantwortet wurde, je Frage, Sozialraum und Gruppe, mit der Spanne des Zufalls. Kleine Gruppen sind • (geheim). Anlage, Fragen "
        "und Auszählung stehen als Liste in Excel: x gibt sie aus, r liest sie zurück. Bitte nur Summen, keine einzelnen Fragebögen."
    )
    BEFEHLE: ClassVar[Befehle] = (HinweiseZeigen, listen.ListeNachExcel, listen.ListeAusExcel, Zuruecknehmen, Zurueck)

    RECHNET = "Befragungen werden ausgezählt"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Questions and tallies belong together; they are edited in Excel alone."""
        del parameters
        return action not in ("eintrag_aendern", "neuer_eintrag", "eintrag_streichen")

    def oeffne(self) -> None:
        """Show everything about the marked row."""
        self.action_hinweise_zeigen()


class BedarfeSeite(Listenseite):
    """Needs with evidence and priority."""

    TITEL = "Bedarfe"
    KLASSE = Bedarf
    LISTE = "bedarfe"
    HILFE = (
        "Was fehlt, wo und für wen, mit Belegen: Indikatoren, Versorgung, Einrichtungen, Stimmen, Fragen einer Befragung. Die Priorität "
        "folgt einer sichtbaren Regel; h zeigt jeden Schritt der Rechnung. Ihre Gewichte sind Schwellen (F4, u) und werden vereinbart."
    )
    BEFEHLE: ClassVar[Befehle] = Listenseite.GRUND

    RECHNET = "Bedarfe werden geprüft"
