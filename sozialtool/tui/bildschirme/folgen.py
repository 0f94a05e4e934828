"""What a change would do, shown before it is confirmed: areas with old and new figure, the index, what has to be agreed anew."""

from __future__ import annotations

import enum
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import DataTable

from sozialtool.ablauf.folgen import Folgen, Indikatorfolge
from sozialtool.ablauf.vereinbarungstext import describe_folge, write_index, write_wechsel
from sozialtool.fach.schreibweise import format_anzahl
from sozialtool.orte import zeige
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.teile.tabelle import Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz, zelle

_GEZEIGT = 12
"""Indicators shown in full; a changed Mindestfallzahl can touch many."""


class Entscheidung(enum.Enum):
    """What to do with a previewed change."""

    UEBERNEHMEN = "übernehmen"
    VEREINBAREN = "übernehmen und vereinbaren"


class AenderungUebernehmen(Befehl):
    """Übernimmt die Änderung als Vorschlag; Strg+Z nimmt sie zurück. Was vereinbart war, ist danach neu zu vereinbaren."""

    titel = "Änderung übernehmen"
    taste = "f10"
    kurz = "übernehmen"


class UebernehmenUndVereinbaren(Befehl):
    """Übernimmt die Änderung und hält gleich fest, welches Gremium sie wann vereinbart hat."""

    titel = "Übernehmen und vereinbaren"
    taste = "v"
    kurz = "übernehmen und vereinbaren"


class FolgenSeite(Seite[Entscheidung]):
    """The preview; Esc changes nothing."""

    CSS_PATH = "vereinbarungen.tcss"
    VERLASSBAR: ClassVar[bool] = False
    TITEL = "Was sich ändert"
    HILFE = (
        "So sähen die Zahlen mit der neuen Definition aus, neben den bisherigen. Noch ist nichts geändert. Was im Monitoring "
        "gesperrt ist (•), bleibt auch hier gesperrt; „gezeigt“ heißt: heute zu sehen, danach gesperrt. Schon geschriebene "
        "Ausgaben behalten die Definition, mit der sie gerechnet wurden."
    )
    BEFEHLE: ClassVar[Befehle] = (AenderungUebernehmen, UebernehmenUndVereinbaren, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = bindings((AenderungUebernehmen, UebernehmenUndVereinbaren))

    def __init__(self, titel: str, folgen: Folgen) -> None:
        super().__init__(titel)
        self._folgen = folgen

    def inhalt(self) -> ComposeResult:
        """Lay out what follows in words, and the figures."""
        with VerticalScroll(id="folgentext", can_focus=False):
            yield Schrift(describe_folgen(self._folgen))
        yield Tabelle(
            Spalte("Gebiet"), Spalte("bisher", 11, "right"), Spalte("neu", 11, "right"), Spalte("Differenz", 12, "right"),
            Spalte("", 22), id="folgen",
        )  # fmt: skip

    def on_mount(self) -> None:
        """Fill the table."""
        self.query_one(Tabelle).setze(list_reihen(self._folgen))
        self.query_one(Tabelle).focus()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Do nothing: Enter must not confirm by accident."""
        ereignis.stop()

    def action_aenderung_uebernehmen(self) -> None:
        """Take the change over."""
        self.dismiss(Entscheidung.UEBERNEHMEN)

    def action_uebernehmen_und_vereinbaren(self) -> None:
        """Take the change over and agree on it."""
        self.dismiss(Entscheidung.VEREINBAREN)


def describe_folgen(folgen: Folgen) -> Content:
    """Say in words what is defined in another way, what follows for agreements, and which papers keep the old one."""
    teile: list[Content] = []
    for folge in folgen.indikatoren:
        teile += [satz(text) for text in (*folge.unterschiede, *describe_folge(folge))]
        if folge.unterschiede and folge.weitere_jahre:
            teile.append(satz(("Auch in anderen Jahren: ", "$leise"), ", ".join(map(str, folge.weitere_jahre))))
    if not folgen.indikatoren:
        teile.append(satz("Keine gezeigte Zahl ändert sich."))
    if folgen.papiere:
        namen = ", ".join(zeige(papier.pfad).replace("\\", "/").rpartition("/")[2] for papier in folgen.papiere)
        teile.append(satz(("Behalten die bisherige Definition: ", "$leise"), namen))
    return UMBRUCH.join(teile)


def list_reihen(folgen: Folgen) -> list[Reihe]:
    """Make the rows: per indicator its areas, then the Statusindex."""
    reihen: list[Reihe] = []
    for folge in folgen.indikatoren[:_GEZEIGT]:
        reihen += _reihen(folge, folgen.jahr)
    if len(folgen.indikatoren) > _GEZEIGT:
        rest = f"… und {format_anzahl(len(folgen.indikatoren) - _GEZEIGT, 'weiterer Indikator', 'weitere Indikatoren')}"
        reihen.append(Reihe("rest", (rest, "", "", "", "")))
    if folgen.index:
        reihen.append(Reihe("index", (_kopf(f"Statusindex {folgen.jahr}"), "", "", "", "")))
    for nummer, wechsel in enumerate(folgen.index):
        reihen.append(Reihe(f"index {nummer}", (f"  {wechsel.gebiet}", *write_index(wechsel))))
    return reihen


def _reihen(folge: Indikatorfolge, jahr: int) -> list[Reihe]:
    gezeigt = folge.werte if folge.unterschiede else tuple(w for w in folge.werte if w.anders)
    kopf = f"{folge.neu.kennung} · {jahr} ({folge.neu.einheit})"
    reihen = [Reihe(folge.neu.kennung, (_kopf(kopf), "", "", "", ""))]
    for nummer, wechsel in enumerate(gezeigt):
        texte = (f"  {wechsel.gebiet}", *write_wechsel(wechsel, folge.neu), "")
        reihen.append(Reihe(f"{folge.neu.kennung} {nummer}", texte))
    if not gezeigt and folge.weitere_jahre:
        jahre = ", ".join(map(str, folge.weitere_jahre))
        reihen.append(Reihe(f"{folge.neu.kennung} jahre", (f"  nur in {jahre}", "", "", "", "")))
    return reihen


def _kopf(text: str) -> Text:
    return zelle(text, "bold")
