"""Bodies and the cycle of the Themen."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from sozialtool import ablauf
from sozialtool.ablauf.plantafel import Plantafel
from sozialtool.ablauf.prozesstafeln import build_gremientafel, build_umlauftafel
from sozialtool.fach.gremium import Gremium, Thema
from sozialtool.fach.schreibweise import end_satz
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.prozessliste import Prozessliste
from sozialtool.tui.bildschirme.sitzungen import SitzungenSeite
from sozialtool.tui.teile.arbeit import arbeit


class UeblicheGremien(Befehl):
    """Legt die üblichen Gremien an: Planungsrunde, Trägerrunde, Verwaltungsvorstand …, dazu einen Arbeitskreis je Sozialraum."""

    titel = "Übliche Gremien anlegen"
    taste = "u"
    kurz = "übliche anlegen"


class SitzungenZeigen(Befehl):
    """Zeigt die Sitzungen des markierten Gremiums."""

    titel = "Sitzungen des Gremiums"
    taste = "s"
    kurz = "Sitzungen"


class GremienSeite(Prozessliste):
    """All bodies."""

    TITEL = "Gremien"
    KLASSE = Gremium
    LISTE = "gremien"
    HILFE = (
        "Wer berät, wer zuerst. Die Station ist der Platz im Umlauf: Themen gehen von Station 1 an durch alle Gremien. Wer Zahlen "
        "zuerst sehen soll, ist hier angegeben; vorher gehen sie nur mit Begründung endgültig hinaus. Bitte Stellen und Rollen "
        "eintragen, keine Personen."
    )
    BEFEHLE: ClassVar[Befehle] = (SitzungenZeigen, UeblicheGremien, *Prozessliste.GRUND)
    BINDINGS: ClassVar[list[BindingType]] = bindings((SitzungenZeigen, UeblicheGremien))

    def build(self) -> Plantafel:
        """List the bodies."""
        return build_gremientafel(self.tool.projekt)

    @arbeit
    async def action_uebliche_gremien(self) -> None:
        """Take the usual bodies over."""
        aenderung = await self.aendere(lambda: ablauf.take_gremien(self.tool.projekt))
        self.tool.melde(f"{end_satz(aenderung.text)} Strg+Z nimmt es zurück.")

    @arbeit
    async def action_sitzungen_zeigen(self) -> None:
        """Open the meetings of the marked body."""
        if self.markiert is not None:
            await self.tool.push_screen_wait(SitzungenSeite(self.markiert))
            await self.frisch()


class UmlaufSeite(Prozessliste):
    """Where each Thema stands."""

    TITEL = "Umlauf der Themen"
    KLASSE = Thema
    LISTE = "gremien"
    HILFE = (
        "Jedes Thema auf seinem Weg: Planungsrunde, Trägerrunde, Stadtteilarbeitskreise, Verwaltungsvorstand, Fachausschuss. "
        "Beraten ist es, wenn es in einer gehaltenen Sitzung auf der Tagesordnung stand und nicht vertagt wurde. Bei Zahlen gehört "
        "das Berichtsjahr zum Thema; daran hängt, ob sie endgültig hinausgehen dürfen."
    )
    BEFEHLE: ClassVar[Befehle] = Prozessliste.GRUND

    def build(self) -> Plantafel:
        """Show the cycle."""
        return build_umlauftafel(self.tool.projekt)
