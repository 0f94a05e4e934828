"""What is heard and what is needed: voices, surveys, needs with their priority."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import DataTable

from sozialtool.ablauf.bedarfsbild import build_bedarfsbilder, build_bedarfstafel
from sozialtool.ablauf.befragungsbild import build_befragungstafel
from sozialtool.ablauf.plangrundlage import read_plangrundlage
from sozialtool.ablauf.plantafel import Plantafel
from sozialtool.ablauf.stimmen import build_stimmentafel
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.planung import Befragung
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehle
from sozialtool.tui.bildschirme.planseite import HinweiseZeigen, Listenseite
from sozialtool.tui.bildschirme.seite import Zurueck
from sozialtool.tui.teile import listen

if TYPE_CHECKING:
    from sozialtool.ablauf.werte import Fortschritt, Stop


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

    async def hole(self) -> Plantafel:
        """List the voices beside the figures."""
        projekt = self.tool.projekt

        def rechne(melde: Fortschritt, stop: Stop) -> Plantafel:
            return build_stimmentafel(projekt, read_plangrundlage(projekt, 0, melde, stop))

        return await self.tool.rufe_lang("Zahlen zu den Stimmen", rechne)


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

    def build(self) -> Plantafel:
        """List the answers."""
        return build_befragungstafel(self.tool.projekt)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Questions and tallies belong together; they are edited in Excel alone."""
        del parameters
        return action not in ("eintrag_aendern", "neuer_eintrag", "eintrag_streichen")

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Show everything about the marked row."""
        ereignis.stop()
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

    async def hole(self) -> Plantafel:
        """Judge every need."""
        projekt = self.tool.projekt

        def rechne(melde: Fortschritt, stop: Stop) -> Plantafel:
            grundlage = read_plangrundlage(projekt, 0, melde, stop)
            return build_bedarfstafel(projekt, grundlage, build_bedarfsbilder(projekt, grundlage))

        return await self.tool.rufe_lang("Bedarfe werden geprüft", rechne)
