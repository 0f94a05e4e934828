"""Inventory: what there is, and how it compares with whom it is for."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf import Versorgungsbild
from sozialtool.ablauf.bestandstafel import build_auffaelligentafel, build_versorgungstafel
from sozialtool.ablauf.entfernungstafel import build_entfernungstafel, build_entfernungsuebersicht
from sozialtool.ablauf.plantafel import Plantafel
from sozialtool.fach.planung import Einrichtung
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.planseite import HinweiseZeigen, Listenseite, Tafelseite
from sozialtool.tui.bildschirme.seite import Zurueck
from sozialtool.tui.teile import listen
from sozialtool.tui.teile.arbeit import arbeit


class VersorgungZeigen(Befehl):
    """Zeigt Plätze und Orte je Zielgruppe in jedem Sozialraum gegen die Stadt, mit Lücken und möglichen Doppelungen."""

    titel = "Versorgung zeigen"
    taste = "v"
    kurz = "Versorgung"


class BestandSeite(Listenseite):
    """All facilities, services, shops and stops."""

    TITEL = "Bestand"
    KLASSE = Einrichtung
    LISTE, TAFEL = "einrichtungen", "bestand"
    HILFE = (
        "Was es in den Sozialräumen gibt: Einrichtungen, Angebote, Läden, Haltestellen. Die ganze Liste geht mit x nach Excel und "
        "kommt mit r zurück; einzelne Orte ändern Sie mit Enter. v rechnet daraus die Versorgung je Zielgruppe. Bitte nur Stellen "
        "eintragen, keine Personen."
    )
    BEFEHLE: ClassVar[Befehle] = (VersorgungZeigen, *Listenseite.GRUND)
    BINDINGS: ClassVar[list[BindingType]] = bindings((VersorgungZeigen,))

    @arbeit
    async def action_versorgung_zeigen(self) -> None:
        """Open the page of the supply."""
        await self.tool.push_screen_wait(VersorgungSeite())


class NaechstesMass(Befehl):
    """Geht zur nächsten Zielgruppe; ← zur vorigen. Am Anfang stehen alle Lücken und möglichen Doppelungen."""

    titel = "Nächste Zielgruppe"
    taste = "right"
    kurz = "nächste"
    vorrang = True


class VorigesMass(Befehl):
    """Geht zur vorigen Zielgruppe."""

    titel = "Vorige Zielgruppe"
    taste = "left"
    vorrang = True


class ZurZielgruppe(Befehl):
    """Zeigt die Zielgruppe der markierten Zeile in allen Sozialräumen."""

    titel = "Zielgruppe zeigen"
    taste = "enter"
    kurz = "ansehen"


class EntfernungZeigen(Befehl):
    """Zeigt statt der Plätze, wie weit es in der Luftlinie zum nächsten Ort ist, und zurück; wo Lagen und Umrisse bekannt sind."""

    titel = "Entfernung zeigen"
    taste = "e"
    kurz = "Entfernung"


class VersorgungSeite(Tafelseite):
    """Supply: first what stands out in the town, then one measure after the other."""

    TITEL = "Versorgung"
    HILFE = (
        "Wie viele Plätze oder Orte es für eine Zielgruppe gibt, gegen die Stadt. → geht von der Übersicht der Lücken durch alle "
        "Zielgruppen. Die Gruppe (wie viele Kinder …) zählt nur, wenn sie veröffentlicht werden darf; • heißt geheim. Woran gemessen "
        "wird, steht als Liste in Excel (x, r); die Grenzen der Regel sind Schwellen (F4, u) und werden dort vereinbart. e zeigt, wie weit es "
        "in der Luftlinie zum nächsten Ort ist: dafür braucht der Bestand Breite und Länge und das Projekt Umrisse (F3, k, u)."
    )
    BEFEHLE: ClassVar[Befehle] = (
        NaechstesMass, ZurZielgruppe, EntfernungZeigen, HinweiseZeigen, listen.ListeNachExcel, listen.ListeAusExcel, Zuruecknehmen, Zurueck,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings((NaechstesMass, VorigesMass, *BEFEHLE[2:-2]))

    def __init__(self) -> None:
        super().__init__()
        self._bilder: tuple[Versorgungsbild, ...] = ()
        self._nummer = 0
        self._weit = False
        self._gelesen: object = None

    async def hole(self) -> Plantafel:
        """Compute once; going through the measures only shows another part of it."""
        tool = self.tool
        if self._gelesen != tool.fassung:
            self._bilder = await tool.rufe_lang(
                "Versorgung wird gerechnet",
                lambda melde, stop: ablauf.compute_versorgungen(tool.projekt, 0, melde, stop),
            )
            self._gelesen = tool.fassung
        self._nummer %= len(self._bilder) + 1
        if not self._nummer:
            return build_entfernungsuebersicht(self._bilder) if self._weit else build_auffaelligentafel(self._bilder)
        bild = self._bilder[self._nummer - 1]
        return build_entfernungstafel(bild) if self._weit else build_versorgungstafel(bild)

    def action_entfernung_zeigen(self) -> None:
        """Distances instead of places, and back."""
        self._weit = not self._weit
        self._lies()

    def action_naechstes_mass(self) -> None:
        """Show the next one."""
        self._rueck(1)

    def action_voriges_mass(self) -> None:
        """Show the one before."""
        self._rueck(-1)

    def _rueck(self, um: int) -> None:
        self._nummer += um
        self._lies()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Show the measure of the marked gap."""
        ereignis.stop()
        self.action_zur_zielgruppe()

    def action_zur_zielgruppe(self) -> None:
        """From the overview to the measure of the marked row; from a measure back to the overview."""
        eintrag = self.markiert
        wohin = self._bilder.index(eintrag[0]) + 1 if not self._nummer and eintrag is not None else 0
        self._rueck(wohin - self._nummer)

    @arbeit
    async def action_liste_nach_excel(self) -> None:
        """Write what is measured as Excel."""
        await listen.nach_excel(self.tool, "versorgung", "Versorgung")

    @arbeit
    async def action_liste_aus_excel(self) -> None:
        """Read it back."""
        await listen.aus_excel(self.tool, "versorgung", "Versorgung")
        await self.frisch()
