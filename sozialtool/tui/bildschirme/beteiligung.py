"""Participation: the matrix of phases and groups, and the list behind it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf.beteiligungstafeln import build_beteiligungstafel, build_matrix
from sozialtool.ablauf.plantafel import Plantafel
from sozialtool.fach.beteiligung import Beteiligung, Beteiligungsebene, Beteiligungsphase
from sozialtool.fach.raum import Gebiet
from sozialtool.orte import zeige
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.planseite import HinweiseZeigen, Tafelseite
from sozialtool.tui.bildschirme.prozessliste import Prozessliste
from sozialtool.tui.bildschirme.seite import Zurueck
from sozialtool.tui.dialoge.formular import Werte
from sozialtool.tui.dialoge.frage import meldung
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import Tabelle


class PhaseOeffnen(Befehl):
    """Zeigt, was in der markierten Phase geplant ist und gelaufen ist; dort wird auch eingetragen."""

    titel = "Phase öffnen"
    taste = "enter"
    kurz = "öffnen"


class NaechsterRaum(Befehl):
    """Zeigt die Matrix für den nächsten Sozialraum; ← für den vorigen. Am Anfang stehen alle zusammen."""

    titel = "Nächster Sozialraum"
    taste = "right"
    kurz = "nächster Sozialraum"
    vorrang = True


class VorigerRaum(Befehl):
    """Zeigt die Matrix für den vorigen Sozialraum."""

    titel = "Voriger Sozialraum"
    taste = "left"
    vorrang = True


class BeteiligungAusgeben(Befehl):
    """Schreibt Matrix, Lücken und Liste als Excel und als Word."""

    titel = "Beteiligung ausgeben"
    taste = "w"
    kurz = "ausgeben"


class BeteiligungSeite(Tafelseite):
    """The matrix."""

    TITEL = "Beteiligung"
    HILFE = (
        "Wer sich bei welchem Schritt der Planung beteiligt: oben die ganze Stadt, darunter die Sozialräume, je Gruppe eine Spalte. "
        "Was unverzichtbar ist und fehlt, trägt ein Ausrufezeichen; unten steht, wo. → geht durch die Sozialräume. Bitte Gruppen, "
        "Stellen und Rollen eintragen, keine Personen."
    )
    BEFEHLE: ClassVar[Befehle] = (
        PhaseOeffnen,
        NaechsterRaum,
        BeteiligungAusgeben,
        HinweiseZeigen,
        Zuruecknehmen,
        Zurueck,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings((NaechsterRaum, VorigerRaum, BeteiligungAusgeben, HinweiseZeigen))

    def __init__(self) -> None:
        super().__init__()
        self._raeume: tuple[Gebiet, ...] = ()
        self._nummer = 0

    async def hole(self) -> Plantafel:
        """Make the table in the project's thread."""
        return await self.tool.rufe(self.build)

    def build(self) -> Plantafel:
        """Lay the matrix out, of all Sozialräume or of the chosen one; runs in the project's thread."""
        self._raeume = ablauf.list_raeume(self.tool.projekt)
        self._nummer %= len(self._raeume) + 1
        return build_matrix(self.tool.projekt, self._raeume[self._nummer - 1].schluessel if self._nummer else "")

    async def frisch(self) -> None:
        """Show the title without counting rows: they are phases."""
        await super().frisch()
        if self.tafel is not None:
            self.query_one(".seitentitel").update(self.tafel.titel)  # type: ignore[attr-defined]  # a Schrift

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Open the marked phase."""
        ereignis.stop()
        self.action_phase_oeffnen()

    @arbeit
    async def action_phase_oeffnen(self) -> None:
        """Open the list of the marked phase."""
        if self.markiert is not None:
            raum = self._raeume[self._nummer - 1] if self._nummer else None
            ebene, phase = self.markiert
            await self.tool.push_screen_wait(BeteiligungenSeite(ebene, phase, raum))
            await self.frisch()

    def action_naechster_raum(self) -> None:
        """Show the next one."""
        self._rueck(1)

    def action_voriger_raum(self) -> None:
        """Show the one before."""
        self._rueck(-1)

    def _rueck(self, um: int) -> None:
        self._nummer += um
        self._lies()

    @arbeit
    async def action_beteiligung_ausgeben(self) -> None:
        """Write both files."""
        pfade = await self.tool.rufe(lambda: ablauf.write_beteiligung(self.tool.projekt))
        await self.tool.push_screen_wait(meldung("Geschrieben", "\n".join(str(zeige(pfad)) for pfad in pfade)))


class BeteiligungenSeite(Prozessliste):
    """What is planned and done in one phase."""

    TITEL = "Beteiligungen"
    KLASSE = Beteiligung
    LISTE = "beteiligung"
    HILFE = (
        "Was in dieser Phase geplant ist und gelaufen ist. Zu jedem Eintrag gehört, was daraus wurde: Beteiligung ohne Antwort "
        "enttäuscht. Nachweise sind zum Beispiel eine Sitzung oder eine Befragung. Keine Namen von Personen."
    )
    BEFEHLE: ClassVar[Befehle] = Prozessliste.GRUND

    def __init__(self, ebene: Beteiligungsebene, phase: Beteiligungsphase, raum: Gebiet | None = None) -> None:
        super().__init__()
        self._ebene, self._phase, self._raum = ebene, phase, raum

    def build(self) -> Plantafel:
        """List the occasions of the phase."""
        return build_beteiligungstafel(self.tool.projekt, self._ebene, self._phase)

    def vorgabe(self) -> Werte:
        """Propose level, phase, Sozialraum and the next key."""
        vergeben = {r.schluessel for r in self.query_one(Tabelle).reihen}
        nummer = next(n for n in range(1, len(vergeben) + 2) if self._key(n) not in vergeben)
        raum = self._raum.name if self._raum and self._ebene is Beteiligungsebene.SOZIALRAUM else ""
        return {"schluessel": self._key(nummer), "ebene": self._ebene, "phase": self._phase, "gebiet": raum}

    def _key(self, nummer: int) -> str:
        return f"{self._ebene.value[:1]}{self._phase.value[:3]}-{nummer:02}".upper()
