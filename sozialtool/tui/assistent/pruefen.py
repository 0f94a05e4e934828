"""Step 3: the findings, and what would be taken over."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from sozialtool import ablauf
from sozialtool.fach.quelle import Befund
from sozialtool.tui.assistent import bild
from sozialtool.tui.assistent.entwurf import Entwurf, Weiter
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.befunde import BefundeNachExcel, BefundeSeite
from sozialtool.tui.bildschirme.seite import Zurueck
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import Tabelle
from sozialtool.tui.text import Schrift


class Annehmen(Befehl):
    """Geht zur letzten Frage: die Werte in das Projekt übernehmen?"""

    titel = "Annehmen"
    taste = "enter"
    kurz = "annehmen"
    vorrang = True


class Hinnehmen(Befehl):
    """Nimmt den markierten Befund hin: Er bleibt als Hinweis in der Liste und hält nichts mehr auf."""

    titel = "Befund hinnehmen"
    taste = "h"
    kurz = "hinnehmen"


class PruefenSeite(BefundeSeite):
    """The findings of a file that is not accepted yet."""

    CSS_PATH = "../bildschirme/befunde.tcss"
    VERLASSBAR: ClassVar[bool] = False
    TITEL = "Einlesen: Befunde"
    HILFE = (
        "Was an der Datei auffällt. Hinweise und Fragen halten nichts auf; ein Fehler muss erst in der Datei behoben "
        "werden, dafür lässt sich die Liste mit x für den Absender nach Excel schreiben. Mit Enter nehmen Sie die Werte an."
    )
    BEFEHLE: ClassVar[Befehle] = (Annehmen, Hinnehmen, BefundeNachExcel, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = bindings((Annehmen, Hinnehmen))

    def __init__(self, entwurf: Entwurf) -> None:
        super().__init__(f"Einlesen 3/3 · Befunde · {entwurf.datei}", entwurf.pruefung.befunde, entwurf.datei)
        self._entwurf = entwurf

    def inhalt(self) -> ComposeResult:
        """Lay out what would be taken over above the findings."""
        yield Schrift(bild.summary(self._entwurf), classes="vorspann")
        yield from super().inhalt()

    @arbeit
    async def action_hinnehmen(self) -> None:
        """Take the marked finding as it is and examine again."""
        reihe = self.query_one(Tabelle).gewaehlt
        if reihe is None:
            return
        projekt, alt = self.tool.projekt, self._entwurf.pruefung
        befund: Befund = reihe.wert
        await self.tool.rufe(
            lambda: self._entwurf.pruefe_neu(projekt, lambda: ablauf.accept_befund(projekt, alt, befund))
        )
        self.zeige_befunde(self._entwurf.pruefung.befunde)

    def action_annehmen(self) -> None:
        """Go on."""
        self.dismiss(Weiter.VOR.name)

    def action_zurueck(self) -> None:
        """Go back."""
        self.dismiss(Weiter.ZURUECK.name)
