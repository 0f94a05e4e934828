"""What became of each file of the folder: accepted, asked about, foreign – with the sentence that says why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import attrs
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf.ruecklaeufe import Eingang, Eingangsart
from sozialtool.fach.quelle import Schwere
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Projektseite, Zurueck
from sozialtool.tui.deutsch import anzahl
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz

ZEICHEN = {
    Eingangsart.ANGENOMMEN: "● angenommen",
    Eingangsart.BEKANNT: "● schon angenommen",
    Eingangsart.RUECKFRAGE: "? Rückfrage",
    Eingangsart.NACHLIEFERUNG: "! entscheiden",
    Eingangsart.UEBERHOLT: "· überholt",
    Eingangsart.NICHT_ZUGEORDNET: "× gehört nicht hierher",
    Eingangsart.EINGELESEN: "· schon eingelesen",
    Eingangsart.KEIN_FORMULAR: "× kein Formular",
    Eingangsart.UNLESBAR: "× nicht lesbar",
    Eingangsart.MASSNAHMEN: "● Maßnahmen",
    Eingangsart.MASSNAHMEN_OFFEN: "! Maßnahmen",
}
"""Sign and word for what became of a file."""
_WARTET = (Eingangsart.NACHLIEFERUNG, Eingangsart.RUECKFRAGE, Eingangsart.MASSNAHMEN_OFFEN)
_OHNE_BILD = (Eingangsart.EINGELESEN, Eingangsart.KEIN_FORMULAR, Eingangsart.UNLESBAR, Eingangsart.MASSNAHMEN)


class RuecklaufOeffnen(Befehl):
    """Zeigt den Rücklauf: Werte, Befunde und Anmerkungen. Dort nehmen Sie ihn an oder schreiben eine Rückfrage."""

    titel = "Rücklauf öffnen"
    taste = "enter"
    kurz = "öffnen"


class RueckfrageMail(Befehl):
    """Zeigt die Mail, mit der die Rückfrage hinausgeht."""

    titel = "Mail zur Rückfrage"
    taste = "m"
    kurz = "Mail zur Rückfrage"


class EingangSeite(MitDetail, Projektseite):
    """The files of the folder."""

    CSS_PATH = "abfragen.tcss"
    TITEL = "Eingang"
    HILFE = (
        "Jede Datei des Eingangs und was aus ihr geworden ist. Vollständige Formulare sind angenommen. Zu Formularen mit "
        "Fragen liegt eine Rückfrage im Ordner „abfragen“: m zeigt die Mail dazu. Enter öffnet einen Rücklauf. Maßnahmen, die ein "
        "Träger zurückgibt, sind übernommen, wenn nichts zu klären ist. Die Dateien "
        "selbst bleiben, wie sie gekommen sind; noch einmal einsortieren ändert nichts."
    )
    BEFEHLE: ClassVar[Befehle] = (RuecklaufOeffnen, RueckfrageMail, Zuruecknehmen, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = bindings((RueckfrageMail,))

    def __init__(self, jahr: int, eingaenge: Sequence[Eingang]) -> None:
        super().__init__(f"Eingang {jahr}")
        self._jahr = jahr
        self._eingaenge = list(eingaenge)

    def inhalt(self) -> ComposeResult:
        """Lay out the count, the table and the detail."""
        yield Schrift("", id="eingangzahl", classes="vorspann")
        yield Tabelle(Spalte("Datei"), Spalte("Fachbereich", 22), Spalte("", 23), id="eingangliste")
        yield Schrift("", id="eingangdetail", classes="detail")

    def on_mount(self) -> None:
        """Fill the page."""
        self._zeige()
        # What waits for her comes first under the mark.
        self.query_one(Tabelle).waehle(lambda reihe: reihe.wert.art in _WARTET)
        self.query_one(Tabelle).focus()

    def _zeige(self) -> None:
        self.query_one("#eingangzahl", Schrift).schreibe(summary(self._eingaenge))
        self.query_one(Tabelle).setze([_reihe(nr, eingang) for nr, eingang in enumerate(self._eingaenge)])
        self._zeige_detail()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Open the marked return."""
        ereignis.stop()
        self.action_ruecklauf_oeffnen()

    def _markiert(self) -> Eingang | None:
        return self.query_one(Tabelle).markiert

    def _zeige_detail(self) -> None:
        eingang = self._markiert()
        self.query_one("#eingangdetail", Schrift).schreibe(describe_eingang(eingang) if eingang else "")

    async def frisch(self) -> None:
        """Say which files are not accepted any more; the others stay as they were sorted."""
        eingaenge = self._eingaenge
        self._eingaenge = list(await self.tool.rufe(lambda: ablauf.refresh_eingaenge(self.tool.projekt, eingaenge)))
        self._zeige()

    @arbeit
    async def action_ruecklauf_oeffnen(self) -> None:
        """Show the marked return; what was decided there stands in the list afterwards."""
        from sozialtool.tui.bildschirme.ruecklauf import RuecklaufSeite

        eingang = self._markiert()
        if eingang is None:
            return
        if eingang.art in _OHNE_BILD:
            self.tool.melde(f"{eingang.meldung or eingang.art.value}")
            return
        if eingang.art is Eingangsart.MASSNAHMEN_OFFEN:
            await self._take_massnahmen(eingang)
            return
        bild = await self.tool.rufe_lang(
            f"{eingang.datei} wird gelesen",
            lambda *_: ablauf.open_ruecklauf(self.tool.projekt, Path(eingang.pfad), self._jahr),
        )
        neu = await self.tool.push_screen_wait(RuecklaufSeite(bild, self._jahr))
        if neu is not None:
            self._eingaenge[self._eingaenge.index(eingang)] = neu
            self._zeige()
            self.tool.geaendert()

    async def _take_massnahmen(self, eingang: Eingang) -> None:
        """Show what a Träger changed and take it over when wanted. Only inside a worker."""
        from sozialtool.tui.teile.traegerweg import take_massnahmen

        if await take_massnahmen(self.tool, Path(eingang.pfad)):
            neu = attrs.evolve(eingang, art=Eingangsart.MASSNAHMEN, meldung="Übernommen. Strg+Z nimmt es zurück.")
            self._eingaenge[self._eingaenge.index(eingang)] = neu
            self._zeige()
            self.tool.geaendert()

    @arbeit
    async def action_rueckfrage_mail(self) -> None:
        """Show the mail that goes out with the Rückfrage."""
        from sozialtool.tui.bildschirme.mail import MailSeite

        eingang = self._markiert()
        if eingang is None or not eingang.rueckfrage:
            self.tool.melde("Zu dieser Datei ist keine Rückfrage geschrieben.")
            return
        mail = await self.tool.rufe(lambda: ablauf.rueckfragetext(self.tool.projekt, eingang, self._jahr))
        await self.tool.push_screen_wait(MailSeite(mail, self._jahr))


def _reihe(nummer: int, eingang: Eingang) -> Reihe:
    return Reihe(str(nummer), (eingang.datei, eingang.fachbereich or "–", ZEICHEN[eingang.art]), eingang)


def summary(eingaenge: Sequence[Eingang]) -> str:
    """Count the files by what became of them."""
    teile = []
    for art, wort in ZEICHEN.items():
        wieviel = sum(eingang.art is art for eingang in eingaenge)
        teile += [f"{wieviel} {wort[2:]}"] if wieviel else []
    return f"{anzahl(len(eingaenge), 'Datei', 'Dateien')}: {', '.join(teile)}"


def describe_eingang(eingang: Eingang) -> Content:
    """Write a file in full: values, reason, first findings, where the Rückfrage lies."""
    werte = f" · {anzahl(eingang.werte, 'Wert', 'Werte')}" if eingang.werte else ""
    fragen = [b for b in eingang.befunde if b.schwere is not Schwere.HINWEIS]
    offen = f" · {anzahl(len(fragen), 'Frage', 'Fragen')}" if fragen else ""
    notizen = f" · {anzahl(len(eingang.notizen), 'Anmerkung', 'Anmerkungen')}" if eingang.notizen else ""
    zeilen = [satz((eingang.datei, "bold"), f"{werte}{offen}{notizen}")]
    zeilen += [satz(eingang.meldung)] if eingang.meldung else []
    zeilen += [satz(f"{b.zelle} {b.meldung}".strip()) for b in fragen[:3] if b.meldung not in eingang.meldung]
    zeilen += [satz(("Rückfrage: ", "bold"), eingang.rueckfrage)] if eingang.rueckfrage else []
    return UMBRUCH.join(zeilen)
