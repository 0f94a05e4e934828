"""Fachbereiche: who supplies figures. Noted and changed here, or as a list in Excel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import attrs
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.fach.abfrage import Fachbereich
from sozialtool.fach.felder import felder_of
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Projektseite, Zurueck
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.teile import listen
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz

Zeilen = Sequence[tuple[Fachbereich, bool]]
"""Fachbereiche, each with whether it is noted in the project (else only named by a Merkmal)."""


class FachbereichBearbeiten(Befehl):
    """Ändert den markierten Fachbereich; einen vorgeschlagenen notiert er damit."""

    titel = "Fachbereich bearbeiten"
    taste = "enter"
    kurz = "bearbeiten"


class NeuerFachbereich(Befehl):
    """Notiert einen weiteren Fachbereich oder eine Stelle außerhalb des Hauses."""

    titel = "Neuer Fachbereich"
    taste = "n"
    kurz = "neu"


class FachbereichStreichen(Befehl):
    """Streicht den markierten Fachbereich, wenn ihm keine Abfrage gilt."""

    titel = "Fachbereich streichen"
    taste = "delete"
    kurz = "streichen"


class FachbereicheSeite(MitDetail, Projektseite):
    """The list of Fachbereiche."""

    CSS_PATH = "abfragen.tcss"
    TITEL = "Fachbereiche"
    HILFE = (
        "Wer Zahlen liefert. Mit ○ stehen die Fachbereiche da, die in den Merkmalen genannt, aber noch nicht notiert sind; Enter "
        "notiert sie. Bitte nur Rollen eintragen (Statistikstelle), keine Namen. Die ganze Liste geht mit x nach Excel und "
        "kommt mit r zurück."
    )
    BEFEHLE: ClassVar[Befehle] = (
        FachbereichBearbeiten, NeuerFachbereich, FachbereichStreichen, listen.ListeNachExcel, listen.ListeAusExcel,
        Zuruecknehmen, Zurueck,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE[1:-2])

    def __init__(self, zeilen: Zeilen) -> None:
        super().__init__("Fachbereiche")
        self._zeilen = tuple(zeilen)

    def inhalt(self) -> ComposeResult:
        """Lay out table and detail."""
        yield Tabelle(Spalte("Fachbereich"), Spalte("Ansprechrolle", 28), Spalte("", 16), id="fachbereiche")
        yield Schrift("", id="fachbereichdetail", classes="detail")

    def on_mount(self) -> None:
        """Fill the page."""
        self._zeige()
        self.query_one(Tabelle).focus()

    def _zeige(self) -> None:
        self.query_one(Tabelle).setze([_reihe(*zeile) for zeile in self._zeilen])
        self._zeige_detail()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Change the Fachbereich under the mark."""
        ereignis.stop()
        self.action_fachbereich_bearbeiten()

    def _markiert(self) -> Fachbereich | None:
        return self.query_one(Tabelle).markiert

    def _zeige_detail(self) -> None:
        fachbereich = self._markiert()
        if fachbereich is None:
            text = satz("Noch kein Fachbereich. n trägt einen ein.")
        else:
            hinweis = fachbereich.hinweis or "Kein Hinweis für Anschreiben und Formular."
            text = satz((fachbereich.name, "bold"), (f"  {fachbereich.schluessel}", "$leise"), UMBRUCH, hinweis)
        self.query_one("#fachbereichdetail", Schrift).schreibe(text)

    @arbeit
    async def action_fachbereich_bearbeiten(self) -> None:
        """Ask for the fields of the marked Fachbereich and save them."""
        fachbereich = self._markiert()
        if fachbereich is not None:
            await self._frage(fachbereich, fachbereich.name)

    @arbeit
    async def action_neuer_fachbereich(self) -> None:
        """Ask for a new Fachbereich and save it."""
        letzte = max((f.reihenfolge for f, bekannt in self._zeilen if bekannt), default=0)
        await self._frage(Fachbereich("", "", reihenfolge=letzte + 1), "Neuer Fachbereich")

    async def _frage(self, fachbereich: Fachbereich, titel: str) -> None:
        felder = [feld for feld in felder_of(Fachbereich) if feld.name != "schluessel"]
        werte = {feld.name: getattr(fachbereich, feld.name) for feld in felder}
        neu = await self.tool.push_screen_wait(Formular(titel, felder, werte))
        if neu is None:
            return
        neu["reihenfolge"] = neu["reihenfolge"] or 0
        await self.tool.rufe(lambda: ablauf.save_fachbereich(self.tool.projekt, attrs.evolve(fachbereich, **neu)))
        await self._lies()

    @arbeit
    async def action_fachbereich_streichen(self) -> None:
        """Strike the marked Fachbereich out."""
        fachbereich = self._markiert()
        if fachbereich is not None:
            await self.tool.rufe(lambda: ablauf.remove_fachbereich(self.tool.projekt, fachbereich.schluessel))
            await self._lies()

    @arbeit
    async def action_liste_nach_excel(self) -> None:
        """Write the list as Excel."""
        await listen.nach_excel(self.tool, "fachbereiche", "Fachbereiche")

    @arbeit
    async def action_liste_aus_excel(self) -> None:
        """Read the edited list."""
        await listen.aus_excel(self.tool, "fachbereiche", "Fachbereiche")
        await self._lies()

    async def frisch(self) -> None:
        """Read the list anew."""
        self._zeilen = await self.tool.rufe(lambda: ablauf.list_fachbereiche(self.tool.projekt))
        self._zeige()

    async def _lies(self) -> None:
        await self.frisch()
        self.tool.geaendert()


def _reihe(fachbereich: Fachbereich, bekannt: bool) -> Reihe:
    stand = "● notiert" if bekannt else "○ vorgeschlagen"
    return Reihe(fachbereich.schluessel, (fachbereich.name, fachbereich.ansprechrolle or "–", stand), fachbereich)
