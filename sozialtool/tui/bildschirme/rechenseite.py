"""What the pages of index and Mittelverteilung share: a computed table; its definition is made, agreed and deleted here."""

from __future__ import annotations

import functools
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.fach.felder import felder_of
from sozialtool.fach.sozialindex import Sozialindex
from sozialtool.fach.verteilung import Verteilungsszenario
from sozialtool.tui.befehle import Befehl
from sozialtool.tui.bildschirme.beschluss import beschliesse
from sozialtool.tui.bildschirme.seite import Tabellenseite
from sozialtool.tui.dialoge.formular import Werte
from sozialtool.tui.teile import listen
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.eintragsform import frage_und_speichere
from sozialtool.tui.teile.tabelle import MitDetail, Spalte, Tabelle
from sozialtool.tui.text import Schrift

Definition = Sozialindex | Verteilungsszenario
_OHNE = ("zustand", "vereinbart_am", "gremium", "reihenfolge")
"""Fields that a decision sets, not the form."""


class BeschlussFesthalten(Befehl):
    """Hält fest, was ein Gremium darüber beschlossen hat."""

    titel = "Beschluss festhalten"
    taste = "v"
    kurz = "Beschluss"


class DefinitionLoeschen(Befehl):
    """Streicht, was hier gewählt ist, wenn es nie vereinbart war."""

    titel = "Streichen"
    taste = "delete"


class DefinitionenNachExcel(Befehl):
    """Schreibt alle Definitionen dieser Seite als Liste nach Excel, um sie dort zu ändern oder zu ergänzen."""

    titel = "Definitionen nach Excel"
    taste = "l"


class DefinitionenAusExcel(Befehl):
    """Liest die bearbeitete Liste zurück; vorher sehen Sie, was sich ändert. Vereinbartes ist danach neu zu beraten."""

    titel = "Definitionen aus Excel zurück"
    taste = "r"


class Rechenseite(MitDetail, Tabellenseite):
    """A page for one year. A subclass computes in `frisch`, shows in `_zeige`, and says what is chosen."""

    CSS_PATH = "rechenseite.tcss"
    LISTE: ClassVar[tuple[str, str]]
    """Name and head of the list of definitions, as `ablauf.export_liste` knows it."""

    def __init__(self, jahr: int) -> None:
        super().__init__("")
        self._jahr = jahr

    @property
    def definition(self) -> Definition | None:
        """The chosen one as it is stored today."""
        raise NotImplementedError

    def _zeige(self) -> None:
        """Show what was computed."""
        raise NotImplementedError

    def action_naechste_ansicht(self) -> None:
        """Show the same figures in another way; also on Enter in the table."""
        raise NotImplementedError

    def inhalt(self) -> ComposeResult:
        """Lay out the line above, the table and the lines below."""
        yield Schrift("", id="rechenzeile", classes="vorspann")
        yield Tabelle(Spalte(""), id="rechentabelle")
        yield Schrift("", id="rechendetail", classes="detail")

    def on_resize(self, ereignis: events.Resize) -> None:
        """Lay the columns out anew."""
        del ereignis
        self._zeige()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Show the next view."""
        ereignis.stop()
        self.action_naechste_ansicht()

    async def frage_definition(self, bisher: Definition, titel: str, *, neu: bool, text: str = "") -> Werte | None:
        """Ask for the fields and store them; what was typed stays while they do not fit. None for Esc."""
        felder = [f for f in felder_of(type(bisher)) if f.name not in _OHNE and (neu or not f.schluessel)]
        werte: Werte = {f.name: getattr(bisher, f.name) for f in felder}
        speichere = functools.partial(ablauf.save_felder, self.tool.projekt, bisher)
        return await frage_und_speichere(self.tool, titel, felder, werte, speichere, text)

    @arbeit
    async def action_beschluss_festhalten(self) -> None:
        """Record a decision about the chosen one."""
        definition = self.definition
        if definition is None:
            return
        bezug = next(getattr(definition, f.name) for f in felder_of(type(definition)) if f.schluessel)
        zeile = await self.tool.rufe(lambda: ablauf.find_vereinbarung(self.tool.projekt, bezug))
        if await beschliesse(self.tool, zeile, {}) is not None:
            await self.frisch()

    @arbeit
    async def action_definitionen_nach_excel(self) -> None:
        """Write the definitions as a list."""
        await listen.nach_excel(self.tool, *self.LISTE)

    @arbeit
    async def action_definitionen_aus_excel(self) -> None:
        """Read the edited list, show what changes, take it over."""
        await listen.aus_excel(self.tool, *self.LISTE)
        await self.frisch()

    @arbeit
    async def action_definition_loeschen(self) -> None:
        """Delete the chosen one; the message says how it comes back."""
        definition = self.definition
        if definition is not None:
            await self.aendere(lambda: ablauf.remove_definition(self.tool.projekt, definition))
            self.tool.melde(f"„{definition.name}“ ist gestrichen. Strg+Z nimmt es zurück.")
