"""The catalogue of Indikatoren by Handlungsfeld: read up, see what is missing, agree with date and Gremium."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Input

from sozialtool import ablauf
from sozialtool.ablauf.vereinbarungsliste import Vereinbarungszeile
from sozialtool.ablauf.werte import IndikatorZeile
from sozialtool.fach.indikator import Zustand
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.bereich import Bereich
from sozialtool.tui.bildschirme.beschluss import aendere_definition, beschliesse
from sozialtool.tui.bildschirme.vereinbarung import VereinbarungSeite
from sozialtool.tui.bildschirme.vereinbarungen import VereinbarungenSeite
from sozialtool.tui.deutsch import NICHTS_GEFUNDEN, anzahl, datum
from sozialtool.tui.dialoge.formular import Werte
from sozialtool.tui.dialoge.frage import meldung
from sozialtool.tui.teile import listen
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.referenzweg import ReferenzwerteEinlesen, lies_referenzen
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz

Zeilen = tuple[IndikatorZeile, ...]


class Vereinbaren(Befehl):
    """Hält fest, was ein Gremium zu diesem Indikator beschlossen hat, mit dem Tag der Sitzung."""

    titel = "Indikator vereinbaren"
    taste = "v"
    kurz = "vereinbaren"


class DefinitionAendern(Befehl):
    """Ändert Formel, Einheit oder Hinweis; vorher sehen Sie, welche Zahlen sich dadurch ändern und was neu zu vereinbaren ist."""

    titel = "Definition ändern"
    taste = "a"
    kurz = "ändern"


class GanzerText(Befehl):
    """Zeigt Formel, Hinweis und Quelle dieses Indikators in einem eigenen Fenster, wenn unten der Platz nicht reicht."""

    titel = "Alles zu diesem Indikator"
    taste = "d"
    kurz = "Definition"


class Verlauf(Befehl):
    """Zeigt alle Beschlüsse zu diesem Indikator: Zustand, Gremium, Sitzung, abweichende Meinung, Definition damals und heute."""

    titel = "Verlauf der Vereinbarung"
    taste = "h"
    kurz = "Verlauf"


class AlleVereinbarungen(Befehl):
    """Zeigt alle Vereinbarungen: Indikatoren, Schwellen und Gebietsstände, was offen ist und bei wem."""

    titel = "Alle Vereinbarungen"
    taste = "u"
    kurz = "alle"


class Filtern(Befehl):
    """Springt in die Suchzeile: Was Sie tippen, grenzt die Liste ein. Esc zeigt wieder alles."""

    titel = "Liste filtern"
    taste = "f"
    kurz = "filtern"


class IndikatorenScreen(MitDetail, Bereich[Zeilen]):
    """The catalogue."""

    CSS_PATH = "indikatoren.tcss"
    BEREICH = "indikatoren"
    TITEL = "Indikatoren"
    HILFE = (
        "Der Katalog nach Handlungsfeldern. Unten steht zum markierten Indikator die Formel, die Richtung und was man "
        "beim Lesen wissen muss (ganz mit d), und welche Merkmale bis zum Berichtsjahr noch fehlen. Nur vereinbarte Indikatoren "
        "stehen im Monitoring. Mit h sehen Sie, wer wann was beschlossen hat, mit u alle Vereinbarungen. Mit x geht die "
        "Liste nach Excel, mit r kommt sie zurück. Mit w lesen Sie Werte von Kreis und Land ein."
    )
    BEFEHLE: ClassVar[Befehle] = (
        Vereinbaren, GanzerText, Verlauf, DefinitionAendern, AlleVereinbarungen, Filtern, listen.ListeNachExcel, listen.ListeAusExcel,
        ReferenzwerteEinlesen,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(BEFEHLE),
        Binding("escape", "alles", "alles zeigen", show=False),
        Binding("down", "in_die_liste", "in die Liste", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._zuletzt: Werte = {}

    def inhalt(self) -> ComposeResult:
        """Lay out filter, table and detail."""
        with Horizontal(id="filterzeile"):
            yield Schrift("Filter", id="filterwort")
            yield Input(id="filter", placeholder="Name, Kennung, Merkmal oder Zustand …", compact=True)
            yield Schrift("", id="zaehlung", classes="klein")
        yield Tabelle(Spalte("", 6), Spalte("Indikator"), Spalte("Zustand", 16), Spalte("Daten", 11), id="katalog")
        with VerticalScroll(id="indikatordetail", classes="detail", can_focus=False):
            yield Schrift("", id="detailtext")

    def lies(self) -> Zeilen:
        """Read the catalogue."""
        return ablauf.indikatoren(self.tool.projekt)

    def zuerst(self) -> None:
        """Begin in the table, on the first Indikator."""
        tabelle = self.query_one(Tabelle)
        tabelle.focus()
        tabelle.waehle(lambda reihe: reihe.wert is not None)

    def zeige(self, daten: Zeilen) -> None:
        """Show what passes the filter."""
        worte = self.query_one(Input).value.casefold().split()
        passend = [zeile for zeile in daten if all(wort in _suchtext(zeile) for wort in worte)]
        reihen: list[Reihe] = []
        for feld, gruppe in groupby(passend, key=lambda zeile: zeile.handlungsfeld):
            reihen.append(Reihe(f"feld {feld}", ("", feld, "", ""), None, "bold"))
            reihen += [_reihe(zeile) for zeile in gruppe]
        self.query_one(Tabelle).setze(reihen)
        vereinbart = sum(zeile.indikator.zustand is Zustand.VEREINBART for zeile in daten)
        self.query_one("#zaehlung", Schrift).schreibe(f"{vereinbart} von {len(daten)} vereinbart")
        self._zeige_detail()

    def on_input_changed(self) -> None:
        """Filter by what was typed."""
        if self.daten is not None:
            self.zeige(self.daten)
            self.query_one(Tabelle).waehle(lambda reihe: reihe.wert is not None)

    def on_input_submitted(self) -> None:
        """Go on into the list."""
        self.query_one(Tabelle).focus()

    def action_filtern(self) -> None:
        """Go to the filter."""
        self.query_one(Input).focus()

    def action_in_die_liste(self) -> None:
        """Go from the filter into the list."""
        self.query_one(Tabelle).focus()

    def action_alles(self) -> None:
        """Show everything again."""
        self.query_one(Input).value = ""
        self.query_one(Tabelle).focus()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Agree on the Indikator under the mark."""
        ereignis.stop()
        self.action_vereinbaren()

    def _markiert(self) -> IndikatorZeile | None:
        return self.query_one(Tabelle).markiert

    def _zeige_detail(self) -> None:
        zeile = self._markiert()
        leer = NICHTS_GEFUNDEN if not self.query_one(Tabelle).reihen else "Ein Handlungsfeld. ↓ zum ersten Indikator."
        self.query_one("#detailtext", Schrift).schreibe(_detail(zeile) if zeile else leer)

    @arbeit
    async def action_vereinbaren(self) -> None:
        """Ask for state, date, Gremium, session and dissent, and record them."""
        zeile = await self._vereinbarung()
        if zeile is not None:
            self._zuletzt = await beschliesse(self.tool, zeile, self._zuletzt) or self._zuletzt

    @arbeit
    async def action_verlauf(self) -> None:
        """Show the history of the marked Indikator."""
        zeile = await self._vereinbarung()
        if zeile is not None:
            schritte = await self.tool.rufe(lambda: ablauf.describe_schritte(self.tool.projekt, zeile))
            await self.tool.push_screen_wait(VereinbarungSeite(zeile, schritte))

    def action_ganzer_text(self) -> None:
        """Show all of the marked Indikator in a window of its own."""
        zeile = self._markiert()
        if zeile is not None:
            kopf, *rest = _detail(zeile).plain.split("\n")
            self.app.push_screen(
                meldung(
                    f"{zeile.indikator.kennung} · {zeile.indikator.kurzname or zeile.indikator.name}",
                    "\n\n".join((kopf, *rest)),
                )
            )

    @arbeit
    async def action_definition_aendern(self) -> None:
        """Change the definition of the marked Indikator, after showing what that does."""
        zeile = self._markiert()
        if zeile is not None:
            await aendere_definition(self.tool, zeile.indikator)

    @arbeit
    async def action_alle_vereinbarungen(self) -> None:
        """Show all agreements."""
        zeilen = await self.tool.rufe(lambda: ablauf.list_vereinbarungen(self.tool.projekt))
        await self.tool.push_screen_wait(VereinbarungenSeite(zeilen))

    async def _vereinbarung(self) -> Vereinbarungszeile | None:
        zeile = self._markiert()
        if zeile is None:
            return None
        return await self.tool.rufe(lambda: ablauf.find_vereinbarung(self.tool.projekt, zeile.indikator.kennung))

    @arbeit
    async def action_referenzwerte_einlesen(self) -> None:
        """Read values of Kreis or Land from their file."""
        await lies_referenzen(self.tool)

    @arbeit
    async def action_liste_nach_excel(self) -> None:
        """Write the catalogue as Excel."""
        await listen.nach_excel(self.tool, "indikatoren", "Indikatoren")

    @arbeit
    async def action_liste_aus_excel(self) -> None:
        """Read an edited catalogue."""
        await listen.aus_excel(self.tool, "indikatoren", "Indikatoren")


def _suchtext(zeile: IndikatorZeile) -> str:
    i = zeile.indikator
    return (
        f"{i.kennung} {i.name} {i.kurzname} {zeile.handlungsfeld} {i.zaehler} {i.nenner} {i.zustand.value}".casefold()
    )


def _reihe(zeile: IndikatorZeile) -> Reihe:
    indikator = zeile.indikator
    zustand = f"{indikator.zustand.symbol} {indikator.zustand.value}"
    daten = (
        "√ da"
        if zeile.vorhanden
        else f"○ {len(zeile.fehlende_merkmale)} {'fehlt' if len(zeile.fehlende_merkmale) == 1 else 'fehlen'}"
    )
    return Reihe(indikator.kennung, (indikator.kennung, indikator.name, zustand, daten), zeile)


def _detail(zeile: IndikatorZeile) -> Content:
    indikator = zeile.indikator
    beschlossen = ""
    if indikator.vereinbart_am:
        gremium = f", {indikator.gremium}" if indikator.gremium else ""
        beschlossen = f" · {indikator.zustand.value} am {datum(indikator.vereinbart_am)}{gremium}"
    teile = [
        satz((indikator.name, "bold"), f" ({indikator.einheit}) · {indikator.richtung.value}{beschlossen}"),
        satz(("Formel: ", "$leise"), indikator.formel),
    ]
    if zeile.fehlende_merkmale:
        zahl = len(zeile.fehlende_merkmale)
        fehlt = f"{'fehlt' if zahl == 1 else 'fehlen'} noch {anzahl(zahl, 'Merkmal', 'Merkmale')}"
        teile.append(satz((f"○ Es {fehlt}: ", "bold"), ", ".join(zeile.fehlende_namen)))
    if indikator.hinweis:
        teile.append(satz(("Hinweis: ", "$leise"), indikator.hinweis))
    herkunft = " · ".join(text for text in (indikator.quelle, indikator.definition_nach) if text)
    if herkunft:
        teile.append(satz(("Quelle: ", "$leise"), herkunft))
    return UMBRUCH.join(teile)
