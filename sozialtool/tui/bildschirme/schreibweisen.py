"""Spellings of streets that nobody knows: proposals by similarity, decided once, remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf import OffeneSchreibweise
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.deutsch import anzahl
from sozialtool.tui.dialoge.suche import Suche
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz, zahl

KEINE = ""
"""Decision: no street of the town."""


class VorschlagNehmen(Befehl):
    """Nimmt den ersten Vorschlag an. Die Entscheidung gilt ab jetzt für jede Datei."""

    titel = "Vorschlag nehmen"
    taste = "enter"
    kurz = "Vorschlag nehmen"


class AndereStrasse(Befehl):
    """Wählt eine andere Straße aus dem Straßenverzeichnis."""

    titel = "Andere Straße"
    taste = "a"
    kurz = "andere Straße"


class KeineStrasse(Befehl):
    """Hält fest, dass dies keine Straße der Stadt ist (Postfach, Nachbarort): zählt als „nicht zuzuordnen“."""

    titel = "Keine Straße der Stadt"
    taste = "k"
    kurz = "keine Straße"


class OffenLassen(Befehl):
    """Lässt diese Schreibweise offen und geht zur nächsten; sie wird beim nächsten Mal wieder vorgelegt."""

    titel = "Offen lassen"
    taste = "o"
    kurz = "offen lassen"


class SchreibweisenSeite(MitDetail, Seite[int]):
    """Decide spellings one after another; the result is how many were decided."""

    CSS_PATH = "raumseiten.tcss"
    VERLASSBAR: ClassVar[bool] = False
    TITEL = "Schreibweisen entscheiden"
    HILFE = (
        "Diese Straßennamen stehen in der Datei, aber nicht so im Straßenverzeichnis; die mit den meisten Personen stehen oben. "
        "Enter nimmt den Vorschlag, a wählt eine andere Straße, k heißt: keine Straße der Stadt. Jede Entscheidung ist sofort "
        "gespeichert und gilt für alle künftigen Dateien; Strg+Z nimmt die letzte zurück."
    )
    BEFEHLE: ClassVar[Befehle] = (VorschlagNehmen, AndereStrasse, KeineStrasse, OffenLassen, Zuruecknehmen, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE[1:-1])

    def __init__(self, offen: Sequence[OffeneSchreibweise], strassen: dict[str, str]) -> None:
        super().__init__(self.TITEL)
        self._offen = tuple(offen)
        self._strassen = strassen
        self._entschieden: dict[str, str] = {}
        self._schritte: list[tuple[str, str | None]] = []
        """Each decision of this page: the spelling, and what was decided about it before."""

    def inhalt(self) -> ComposeResult:
        """Lay out the table and the detail."""
        yield Tabelle(
            Spalte("Schreibweise in der Datei"), Spalte("Personen", 10, "right"), Spalte("  Vorschlag oder Entscheidung", 38),
            id="schreibweisen",
        )  # fmt: skip
        yield Schrift("", id="schreibdetail", classes="detail")

    def on_mount(self) -> None:
        """Fill the page."""
        self._zeige()
        self.query_one(Tabelle).focus()

    def _zeige(self) -> None:
        self.query_one(Tabelle).setze([self._reihe(o) for o in self._offen])
        self._zeige_detail()

    def _reihe(self, offen: OffeneSchreibweise) -> Reihe:
        if offen.schreibweise in self._entschieden:
            ziel = self._entschieden[offen.schreibweise]
            wort = f"  √ {self._strassen.get(ziel, ziel) if ziel else 'keine Straße der Stadt'}"
        elif offen.vorschlaege:
            _, name, prozent = offen.vorschlaege[0]
            wort = f"  ? {name} ({prozent} %)"
        else:
            wort = "  ! kein Vorschlag"
        return Reihe(offen.schreibweise, (offen.schreibweise, zahl(offen.personen), wort), offen)

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Take the proposal."""
        ereignis.stop()
        self.action_vorschlag_nehmen()

    def _markiert(self) -> OffeneSchreibweise | None:
        return self.query_one(Tabelle).markiert

    def _zeige_detail(self) -> None:
        offen = self._markiert()
        if offen is None:
            return
        namen = ", ".join(f"{name} ({prozent} %)" for _, name, prozent in offen.vorschlaege) or "keine"
        text = satz(
            (offen.schreibweise, "bold"),
            f" · {anzahl(offen.personen, 'Person', 'Personen')}",
            UMBRUCH,
            f"Ähnlich: {namen}",
        )
        rest = len(self._offen) - len(self._entschieden)
        self.query_one("#schreibdetail", Schrift).schreibe(
            satz(text, UMBRUCH, f"{rest} von {len(self._offen)} noch offen.")
        )

    @arbeit
    async def action_vorschlag_nehmen(self) -> None:
        """Take the first proposal; ask where there is none."""
        offen = self._markiert()
        if offen is None:
            return
        if offen.vorschlaege:
            await self._entscheide(offen, offen.vorschlaege[0][0])
        else:
            await self._frage(offen)

    @arbeit
    async def action_andere_strasse(self) -> None:
        """Ask for a street."""
        offen = self._markiert()
        if offen is not None:
            await self._frage(offen)

    async def _frage(self, offen: OffeneSchreibweise) -> None:
        zuerst = {schluessel: name for schluessel, name, _ in offen.vorschlaege}
        ziel = await self.tool.push_screen_wait(Suche(f"„{offen.schreibweise}“ ist", zuerst | self._strassen))
        if ziel is not None:
            await self._entscheide(offen, ziel)

    @arbeit
    async def action_keine_strasse(self) -> None:
        """Decide that it is no street of the town."""
        offen = self._markiert()
        if offen is not None:
            await self._entscheide(offen, KEINE)

    def action_offen_lassen(self) -> None:
        """Go on to the next one."""
        self.query_one(Tabelle).action_cursor_down()

    async def _entscheide(self, offen: OffeneSchreibweise, strasse: str) -> None:
        projekt = self.tool.projekt
        await self.tool.rufe(lambda: ablauf.decide_schreibweise(projekt, offen.schreibweise, strasse))
        self._schritte.append((offen.schreibweise, self._entschieden.get(offen.schreibweise)))
        self._entschieden[offen.schreibweise] = strasse
        self.tool.geaendert()
        self._zeige()
        self.query_one(Tabelle).action_cursor_down()

    @arbeit
    async def action_zuruecknehmen(self) -> None:
        """Take the newest decision of this page back."""
        if not self._schritte:
            self.tool.melde("Hier ist noch nichts entschieden.")
            return
        aenderung = await self.tool.rufe(lambda: ablauf.undo(self.tool.projekt))
        schreibweise, vorher = self._schritte.pop()
        self._entschieden.pop(schreibweise)
        if vorher is not None:
            self._entschieden[schreibweise] = vorher
        self.tool.geaendert()
        self._zeige()
        self.tool.melde(f"Zurückgenommen: {aenderung.text}")

    def action_zurueck(self) -> None:
        """Leave with the number of decisions."""
        self.dismiss(len(self._entschieden))
