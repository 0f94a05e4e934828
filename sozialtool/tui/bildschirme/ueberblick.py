"""The start screen: the walk in six Bausteine, what comes next, what was done last."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, OptionList
from textual.widgets.option_list import Option

from sozialtool import ablauf
from sozialtool.ablauf.werte import BausteinZeile, NaechsterSchritt, Uebersicht
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.bereich import Bereich
from sozialtool.tui.deutsch import kurzdatum
from sozialtool.tui.teile import weg
from sozialtool.tui.teile.arbeit import arbeit, is_going
from sozialtool.tui.teile.tabelle import MitDetail, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, klar, kuerzen, satz


class NeuerStand(Befehl):
    """Schreibt einen Satz mit Datum dazu, wo der Baustein steht. Er steht später im Sachstand für den Rat."""

    titel = "Neuen Umsetzungsstand eintragen"
    taste = "n"
    kurz = "neuer Stand"


class StandBearbeiten(Befehl):
    """Ändert den neuesten Satz zum gewählten Baustein."""

    titel = "Neuesten Umsetzungsstand bearbeiten"
    taste = "b"
    kurz = "Stand bearbeiten"


class FortschrittSetzen(Befehl):
    """Setzt, ob ein Baustein oder Inhalt offen ist, läuft, vereinbart oder fertig ist."""

    titel = "Fortschritt setzen"
    taste = "f"
    kurz = "Fortschritt"


class SchrittGehen(Befehl):
    """Führt an die Stelle, an der der markierte Schritt erledigt wird; links setzt Enter den Fortschritt."""

    titel = "Zum Schritt gehen"
    taste = "enter"
    kurz = "hingehen"


class SeiteWechseln(Befehl):
    """Wechselt zwischen dem Weg links und „Als Nächstes“ rechts."""

    titel = "Links oder rechts"
    taste = "tab"
    kurz = "links/rechts"


class UeberblickScreen(MitDetail, Bereich[Uebersicht]):
    """Where the planning stands."""

    CSS_PATH = "ueberblick.tcss"
    BEREICH = "ueberblick"
    TITEL = "Überblick"
    HILFE = (
        "Links der Weg in sechs Bausteinen mit ihren Inhalten und dem Stand. Rechts, was als Nächstes zu tun ist: "
        "Enter führt an die Stelle, an der es erledigt wird. Tab wechselt zwischen links und rechts."
    )
    BEFEHLE: ClassVar[Befehle] = (SchrittGehen, SeiteWechseln, NeuerStand, StandBearbeiten, FortschrittSetzen)
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE[2:])

    def inhalt(self) -> ComposeResult:
        """Lay out the walk on the left, next steps and last changes on the right."""
        with Horizontal(id="zwei"):
            with Vertical(id="links"):
                yield Tabelle(Spalte("Der Weg"), Spalte("Stand", 12), id="weg")
                with VerticalScroll(id="saetze", can_focus=False):
                    yield Schrift("", id="satz")
            with Vertical(id="rechts"):
                yield Schrift("Als Nächstes", id="naechstetitel", classes="titel")
                yield OptionList(id="naechste")
                yield Schrift("Zuletzt", classes="titel")
                yield Schrift("", id="zuletzt")

    def lies(self) -> Uebersicht:
        """Read the overview."""
        return ablauf.uebersicht(self.tool.projekt)

    def zuerst(self) -> None:
        """Begin with what comes next."""
        self.query_one("#naechste" if self.daten and self.daten.naechste else "#weg").focus()

    def zeige(self, daten: Uebersicht) -> None:
        """Show the walk, the next steps and the last changes."""
        stand = f" · Gebietsstand {daten.gebietsstand}" if any(z.isdigit() for z in daten.gebietsstand) else ""
        titel = f"{self.tool.ort()}{stand}"
        self.query_one("Kopf").zeige_ort(titel)  # type: ignore[attr-defined]  # the head of every screen
        self.query_one("#weg", Tabelle).setze([reihe for zeile in daten.bausteine for reihe in weg.reihen(zeile)])
        liste = self.query_one("#naechste", OptionList)
        gewaehlt = liste.highlighted or 0
        liste.clear_options()
        liste.add_options([Option(_schritt(schritt)) for schritt in daten.naechste] or [_nichts_offen()])
        liste.highlighted = min(gewaehlt, len(daten.naechste) - 1) if daten.naechste else None
        self.query_one("#zuletzt", Schrift).schreibe(_zuletzt(daten))
        self._zeige_detail()
        self.call_after_refresh(self._zeige_ob_mehr)

    def on_resize(self) -> None:
        """More or fewer steps fit."""
        self.call_after_refresh(self._zeige_ob_mehr)

    def _zeige_ob_mehr(self) -> None:
        """Say in the title that there are more steps than can be seen."""
        if is_going(self):
            return
        anzahl = len(self.daten.naechste) if self.daten else 0
        mehr = f" · {anzahl}, ↓ weitere" if self.query_one("#naechste").max_scroll_y > 0 else ""
        self.query_one("#naechstetitel", Schrift).schreibe(f"Als Nächstes{mehr}")

    def _baustein(self) -> BausteinZeile | None:
        reihe = self.query_one("#weg", Tabelle).gewaehlt
        return reihe.wert.zeile if reihe else None

    def _zeige_detail(self) -> None:
        reihe = self.query_one("#weg", Tabelle).gewaehlt
        if reihe is not None:
            self.query_one("#satz", Schrift).schreibe(weg.saetze(reihe.wert))

    def on_option_list_option_selected(self, ereignis: OptionList.OptionSelected) -> None:
        """Go to the place where the step is done."""
        ereignis.stop()
        self._gehe(ereignis.option_index)

    def _gehe(self, nummer: int | None) -> None:
        if nummer is None or not self.daten or not self.daten.naechste:
            return
        schritt = self.daten.naechste[nummer]
        if schritt.ziel == self.BEREICH:
            self.query_one("#weg").focus()
        else:
            self.tool.gehe_zur_stelle(schritt.ziel, schritt.stelle)

    def action_schritt_gehen(self) -> None:
        """Go where the marked step is done (for a click on the key line)."""
        self._gehe(self.query_one("#naechste", OptionList).highlighted)

    def action_seite_wechseln(self) -> None:
        """Go to the other side (for a click on the key line)."""
        self.query_one("#naechste" if self.query_one("#weg").has_focus else "#weg").focus()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Set the progress of what is marked."""
        ereignis.stop()
        self.action_fortschritt_setzen()

    @arbeit
    async def action_neuer_stand(self) -> None:
        """Ask for a dated sentence and write it down."""
        zeile = self._baustein()
        if zeile is not None:
            await weg.frage_stand(self.tool, zeile.baustein, None)

    @arbeit
    async def action_stand_bearbeiten(self) -> None:
        """Change the newest sentence; without one, write the first."""
        zeile = self._baustein()
        if zeile is not None:
            await weg.frage_stand(self.tool, zeile.baustein, zeile.staende[0] if zeile.staende else None)

    @arbeit
    async def action_fortschritt_setzen(self) -> None:
        """Ask how far it is and set it."""
        reihe = self.query_one("#weg", Tabelle).gewaehlt
        if reihe is not None:
            await weg.frage_fortschritt(self.tool, reihe.wert)


def _schritt(schritt: NaechsterSchritt) -> Content:
    zeichen = ("! ", "bold") if schritt.dringlich else ("○ ", "")
    return satz(zeichen, schritt.text)


def _nichts_offen() -> Option:
    return Option(klar("√ Nichts ist offen."), disabled=True)


def _zuletzt(daten: Uebersicht) -> Content:
    if not daten.zuletzt:
        return klar("Noch wurde nichts geändert.")
    zeilen = []
    for aenderung in daten.zuletzt:
        vorweg = "zurückgenommen: " if aenderung.zurueckgenommen else ""
        zeilen.append(satz((f"{kurzdatum(aenderung.zeit)} ", "$leise"), kuerzen(f"{vorweg}{aenderung.text}", 54)))
    return UMBRUCH.join(zeilen)
