"""What sources ask for, and what is known from outside: seen and changed here, or as lists in Excel."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from sozialtool.ablauf.geheimtafel import build_bekanntentafel, build_regeltafel
from sozialtool.ablauf.plantafel import Plantafel
from sozialtool.fach.veroeffentlichung import BekannteZahl, Geheimhaltungsregel
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.planseite import Listenseite
from sozialtool.tui.dialoge.formular import Werte
from sozialtool.tui.teile.arbeit import arbeit


class BekannteZahlen(Befehl):
    """Zeigt die Zahlen, die Kreis oder Land veröffentlichen; sie hier zu sperren, schützte niemanden."""

    titel = "Von außen bekannte Zahlen"
    taste = "b"
    kurz = "bekannte Zahlen"


class RegelSeite(Listenseite):
    """Rules per source."""

    TITEL = "Regeln der Geheimhaltung"
    KLASSE = Geheimhaltungsregel
    LISTE = "geheimhaltungsregeln"
    HILFE = (
        "Was eine Quelle über die Mindestfallzahl hinaus verlangt: die kleinste Ebene, deren Zahlen hinausgehen dürfen, Runden "
        "auf 5 statt Sperren, Grenzen für Geldbeträge, geheime Nullen. Wer es verlangt, steht auf dem Blatt „Geheimhaltung“ und "
        "bei „warum gesperrt?“. Die Mindestfallzahl selbst steht beim Merkmal. Jede Änderung gilt für alle Zahlen der Quelle."
    )
    BEFEHLE: ClassVar[Befehle] = (BekannteZahlen, *Listenseite.GRUND)
    BINDINGS: ClassVar[list[BindingType]] = bindings((BekannteZahlen,))

    async def hole(self) -> Plantafel:
        """List the rules."""
        return await self.tool.rufe(lambda: build_regeltafel(self.tool.projekt))

    @arbeit
    async def action_bekannte_zahlen(self) -> None:
        """Open the page of the figures from outside."""
        await self.tool.push_screen_wait(BekannteSeite())


class BekannteSeite(Listenseite):
    """Figures that others publish."""

    TITEL = "Von außen bekannte Zahlen"
    KLASSE = BekannteZahl
    LISTE = "bekannte_zahlen"
    HILFE = (
        "Zahlen, die ein anderer schon veröffentlicht (Kreisdatenatlas, Landesdatenbank). Sie werden nicht gesperrt; geprüft wird, "
        "dass zusammen mit ihnen nichts Geheimes folgt. Jahr 0 heißt: jedes Jahr. Gebiet und Merkmal mit Namen oder Schlüssel."
    )
    BEFEHLE: ClassVar[Befehle] = Listenseite.GRUND

    def vorgabe(self) -> Werte:
        """Most often it is the town's figure, of every year."""
        return {"gebiet": "Stadt", "jahr": 0}

    async def hole(self) -> Plantafel:
        """List the figures."""
        return await self.tool.rufe(lambda: build_bekanntentafel(self.tool.projekt))
