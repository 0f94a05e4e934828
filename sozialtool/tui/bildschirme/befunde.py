"""Findings of one delivery: where, what, and what to do; as Excel for the sender."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.fach.felder import Feld
from sozialtool.fach.quelle import Befund, Quelle, Schwere
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.deutsch import anzahl
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.teile import listen
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import HOECHSTENS, MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz, zahl

ZEICHEN = {Schwere.FEHLER: "× Fehler", Schwere.FRAGE: "? Frage", Schwere.HINWEIS: "· Hinweis"}
"""Sign and word for the weight of a finding."""


class BefundeNachExcel(Befehl):
    """Schreibt die Befunde als Excel-Liste, zum Schicken an den Absender."""

    titel = "Befunde nach Excel"
    taste = "x"
    kurz = "nach Excel"


class BefundErledigen(Befehl):
    """Hält fest, dass der markierte Befund geklärt ist. Er bleibt mit Datum und Bemerkung als Hinweis in der Liste."""

    titel = "Befund erledigt"
    taste = "e"
    kurz = "erledigt"


class BefundeSeite(MitDetail, Seite[str]):
    """The findings of a file."""

    CSS_PATH = "befunde.tcss"
    TITEL = "Befunde"
    HILFE = (
        "Ein Befund sagt, was an einer Stelle der Datei auffällt und was man tun kann. Fehler halten das Einlesen auf, "
        "Fragen warten auf eine Antwort, Hinweise dienen zur Kenntnis. Die Liste lässt sich für den Absender nach Excel "
        "schreiben."
    )
    BEFEHLE: ClassVar[Befehle] = (BefundeNachExcel, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = bindings((BefundeNachExcel,))

    def __init__(self, titel: str, befunde: Sequence[Befund], datei: str) -> None:
        super().__init__(titel)
        self._befunde = tuple(befunde)
        self._datei = datei

    def inhalt(self) -> ComposeResult:
        """Lay out summary, table and detail."""
        yield Schrift("", id="befundzahl", classes="vorspann")
        yield Tabelle(Spalte("", 10), Spalte("Blatt", 16), Spalte("Zelle", 8), Spalte("Befund"), id="befunde")
        yield Schrift("", id="befunddetail", classes="detail")

    def on_mount(self) -> None:
        """Fill the table."""
        self.zeige_befunde(self._befunde)
        self.query_one(Tabelle).focus()

    def zeige_befunde(self, befunde: Sequence[Befund]) -> None:
        """Show these findings."""
        self._befunde = tuple(befunde)
        self.query_one("#befundzahl", Schrift).schreibe(summary(self._befunde))
        reihen = [_reihe(nummer, befund) for nummer, befund in enumerate(self._befunde)]
        self.query_one(Tabelle).setze(reihen)
        self._zeige_detail()

    def _zeige_detail(self) -> None:
        reihe = self.query_one(Tabelle).gewaehlt
        text = describe_befund(reihe.wert) if reihe else "Es gibt keine Befunde."
        self.query_one("#befunddetail", Schrift).schreibe(text)

    @arbeit
    async def action_befunde_nach_excel(self) -> None:
        """Write the findings as Excel."""
        stamm = Path(self._datei).stem or "befunde"
        vorschlag = self.tool.projekt.pfad.parent / f"befunde_{stamm}.xlsx"
        ziel = await listen.frage_ziel(self.tool, "Befunde nach Excel", vorschlag)
        if ziel is not None:
            pfad = await self.tool.rufe(lambda: ablauf.export_befunde(self.tool.projekt, self._befunde, ziel))
            self.tool.melde_datei(pfad)


class QuelleBefundeSeite(BefundeSeite):
    """The findings of an accepted delivery; here they are settled."""

    CSS_PATH = "befunde.tcss"
    HILFE = (
        "Was beim Einlesen dieser Datei aufgefallen ist. Fragen warten auf eine Antwort: Ist eine geklärt, etwa durch "
        "Nachfrage beim Absender, halten Sie das mit e fest; dann steht sie nicht mehr unter „Als Nächstes“. "
        "Die Liste lässt sich für den Absender nach Excel schreiben."
    )
    BEFEHLE: ClassVar[Befehle] = (BefundErledigen, BefundeNachExcel, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = bindings((BefundErledigen,))

    def __init__(self, quelle: Quelle, befunde: Sequence[Befund]) -> None:
        super().__init__(f"Befunde · {quelle.datei}", befunde, quelle.datei)
        self._quelle = quelle

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Settle the marked finding."""
        ereignis.stop()
        self.action_befund_erledigen()

    @arbeit
    async def action_befund_erledigen(self) -> None:
        """Ask for a remark and settle the marked finding."""
        reihe = self.query_one(Tabelle).gewaehlt
        if reihe is None:
            return
        befund: Befund = reihe.wert
        if befund.schwere is Schwere.HINWEIS:
            self.tool.melde("Ein Hinweis dient nur zur Kenntnis; er wartet auf keine Antwort.")
            return
        feld = Feld("bemerkung", "Bemerkung", str, hilfe="Was geklärt wurde und mit wem; darf leer bleiben.")
        werte = await self.tool.push_screen_wait(Formular("Befund erledigt", [feld], text=befund.meldung))
        if werte is None:
            return
        projekt, quelle = self.tool.projekt, self._quelle
        await self.tool.rufe(lambda: ablauf.settle_befund(projekt, quelle, befund, werte["bemerkung"]))
        self.zeige_befunde(await self.tool.rufe(lambda: ablauf.befunde_of(projekt, quelle)))
        self._zum_naechsten(reihe.schluessel)
        self.tool.geaendert()

    def _zum_naechsten(self, bisher: str) -> None:
        """Put the mark on the next finding that waits for an answer, from the top where none follows; else it stays."""
        offen = [r.schluessel for r in self.query_one(Tabelle).reihen if r.wert.schwere is not Schwere.HINWEIS]
        ziel = next((s for s in offen if int(s) >= int(bisher)), offen[0] if offen else bisher)
        self.query_one(Tabelle).waehle(lambda r: r.schluessel == ziel)


def _reihe(nummer: int, befund: Befund) -> Reihe:
    stil = "bold" if befund.schwere is Schwere.FEHLER else ""
    return Reihe(str(nummer), (ZEICHEN[befund.schwere], befund.blatt, befund.zelle, befund.meldung), befund, stil)


def summary(befunde: Sequence[Befund]) -> str:
    """Say how many findings there are of which weight; and when not all fit into the table."""
    if not befunde:
        return "Keine Befunde."
    worte = {
        Schwere.FEHLER: ("Fehler", "Fehler"),
        Schwere.FRAGE: ("Frage", "Fragen"),
        Schwere.HINWEIS: ("Hinweis", "Hinweise"),
    }
    je = [(sum(b.schwere is schwere for b in befunde), worte[schwere]) for schwere in Schwere]
    text = ", ".join(anzahl(wieviel, *wort) for wieviel, wort in je if wieviel)
    return text if len(befunde) <= HOECHSTENS else f"{text}; gezeigt werden die ersten {zahl(HOECHSTENS)}"


def describe_befund(befund: Befund) -> Content:
    """Write a finding in full: message, proposal, code small behind it."""
    text = satz((befund.meldung, "bold"), (f"  {befund.code}", "$leise"))
    return satz(text, UMBRUCH, befund.vorschlag) if befund.vorschlag else text
