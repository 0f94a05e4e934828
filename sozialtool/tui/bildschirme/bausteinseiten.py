"""Two pages on the Bausteine: all their sentences with days and proofs, and what has changed since a paper."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf import Bausteinaenderung
from sozialtool.ablauf.nachweise import describe_nachweis, resolve_nachweise
from sozialtool.fach.felder import Feld
from sozialtool.fach.nachweis import Nachweis
from sozialtool.fach.prozess import Baustein, Umsetzungsstand, sort_staende
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehle, bindings
from sozialtool.tui.bildschirme.bausteinbefehle import SatzBearbeiten, SatzUeberholt
from sozialtool.tui.bildschirme.seite import Seite, Tabellenseite, Zurueck
from sozialtool.tui.deutsch import datum
from sozialtool.tui.teile import weg
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.eintragsform import frage_und_speichere
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, klar, satz


class VerlaufSeite(MitDetail, Tabellenseite):
    """All sentences, newest first; those of one Baustein when it is given."""

    CSS_PATH = "bausteine.tcss"
    TITEL = "Verlauf der Bausteine"
    HILFE = (
        "Jeder Satz mit dem Tag, seit dem er gilt, auch die überholten. Nichts wird gelöscht: Was nicht mehr gilt, bekommt mit o "
        "einen letzten Tag und steht ab da nicht mehr in der Tabelle für den Rat."
    )
    BEFEHLE: ClassVar[Befehle] = (SatzBearbeiten, SatzUeberholt, Zuruecknehmen, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = bindings((SatzBearbeiten, SatzUeberholt))

    def __init__(self, baustein: Baustein | None) -> None:
        super().__init__(f"Verlauf · {baustein.nummer} {baustein.name}" if baustein else "Verlauf der Bausteine")
        self._baustein = baustein

    def inhalt(self) -> ComposeResult:
        """Lay out the sentences."""
        yield Tabelle(
            Spalte("seit", 11), Spalte("überholt", 11), Spalte("Satz"), Spalte("Nachweise", 8, "right"), id="saetze"
        )
        yield Schrift("", id="satzdetail", classes="detail")

    async def frisch(self) -> None:
        """Read the sentences anew."""
        projekt, nur = self.tool.projekt, self._baustein

        def lies() -> list[tuple[Umsetzungsstand, tuple[Nachweis, ...]]]:
            saetze = [s for s in projekt.read(Umsetzungsstand) if nur is None or s.baustein == nur.nummer]
            return [(s, resolve_nachweise(projekt, s.nachweise)) for s in sort_staende(saetze)]

        self.query_one(Tabelle).setze([_reihe(s, nachweise) for s, nachweise in await self.tool.rufe(lies)])
        self._zeige_detail()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Edit the marked sentence."""
        ereignis.stop()
        self.action_satz_bearbeiten()

    def _markiert(self) -> Umsetzungsstand | None:
        reihe = self.query_one(Tabelle).gewaehlt
        return reihe.wert[0] if reihe else None

    def _zeige_detail(self) -> None:
        reihe = self.query_one(Tabelle).gewaehlt
        text = _detail(*reihe.wert) if reihe else klar("Noch steht hier kein Satz. Zurück mit Esc, dann n.")
        self.query_one("#satzdetail", Schrift).schreibe(text)

    @arbeit
    async def action_satz_bearbeiten(self) -> None:
        """Change day, words or proofs."""
        stand = self._markiert()
        if stand is not None:
            baustein = await self.tool.rufe(lambda: self.tool.projekt.get(Baustein, stand.baustein))
            if baustein is not None:
                await weg.frage_stand(self.tool, baustein, stand, mit_nachweisen=True)
                await self.frisch()

    @arbeit
    async def action_satz_ueberholt(self) -> None:
        """Ask from which day on it does not hold any more."""
        stand, projekt = self._markiert(), self.tool.projekt
        if stand is None:
            return
        feld = Feld("am", "Überholt am", dt.date, hilfe="Ab diesem Tag gilt der Satz nicht mehr.", pflicht=True)
        werte = {"am": stand.ueberholt or dt.date.today()}
        await frage_und_speichere(
            self.tool,
            "Satz ist überholt",
            [feld],
            werte,
            lambda w: ablauf.set_ueberholt(projekt, stand.schluessel, w["am"]),
        )
        await self.frisch()


def _reihe(stand: Umsetzungsstand, nachweise: tuple[Nachweis, ...]) -> Reihe:
    texte = (datum(stand.datum), datum(stand.ueberholt, "gilt"), stand.text, str(len(nachweise) or ""))
    return Reihe(stand.schluessel, texte, (stand, nachweise))


def _detail(stand: Umsetzungsstand, nachweise: tuple[Nachweis, ...]) -> Content:
    zeilen = [klar(stand.text)]
    zeilen += [satz(("Nachweis: ", "$leise"), describe_nachweis(nachweis)) for nachweis in nachweise]
    return UMBRUCH.join(zeilen)


class AenderungenSeite(Seite[None]):
    """What has changed since a paper."""

    CSS_PATH = "bausteine.tcss"
    TITEL = "Was sich geändert hat"
    HILFE = (
        "Je Baustein: was neu ist, was weiter gekommen ist, was nicht mehr gilt. Mit w in der Planung kommt dieselbe "
        "Aufstellung hinter die Tabelle für den Rat."
    )
    BEFEHLE: ClassVar[Befehle] = (Zurueck,)

    def __init__(self, aenderungen: tuple[Bausteinaenderung, ...], wovon: str) -> None:
        super().__init__(f"Was sich seit {wovon} geändert hat")
        self._aenderungen = aenderungen

    def inhalt(self) -> ComposeResult:
        """Lay out the sentences."""
        with VerticalScroll(id="aenderungen"):
            yield Schrift(_aenderungen(self._aenderungen))

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one("#aenderungen").focus()


def _aenderungen(aenderungen: tuple[Bausteinaenderung, ...]) -> Content:
    if not aenderungen:
        return klar("Es hat sich nichts geändert.")
    zeilen: list[Content] = []
    for aenderung in aenderungen:
        zeilen += [klar(f"{aenderung.baustein.nummer} {aenderung.baustein.name}", "bold")]
        zeilen += [klar(f"  – {text}") for text in aenderung.saetze]
        zeilen.append(klar(""))
    return UMBRUCH.join(zeilen)
