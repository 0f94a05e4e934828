"""Delivered files with their findings, and the way to read another one."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.fach.quelle import Quelle, Schwere
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.befunde import QuelleBefundeSeite
from sozialtool.tui.bildschirme.bereich import Bereich
from sozialtool.tui.deutsch import anzahl, datum
from sozialtool.tui.dialoge.frage import meldung
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import Schrift, zahl


class Einlesen(Befehl):
    """Liest eine Datei Schritt für Schritt ein. Übernommen wird erst, wenn Sie am Ende zustimmen."""

    titel = "Datei einlesen"
    taste = "e"
    kurz = "Datei einlesen"


class EingangEinlesen(Befehl):
    """Liest alle Dateien aus dem Ordner „eingang“, deren Aufbau schon bekannt ist und die keine Frage offen lassen."""

    titel = "Ganzen Eingang einlesen"
    taste = "g"
    kurz = "ganzen Eingang"


class BefundeZeigen(Befehl):
    """Zeigt, was beim Einlesen dieser Datei aufgefallen ist."""

    titel = "Befunde zeigen"
    taste = "b"
    kurz = "Befunde"


class DatenuebersichtZeigen(Befehl):
    """Zeigt, welche Daten es in welchem Fachbereich gibt, welche fehlen und was am meisten helfen würde."""

    titel = "Datenübersicht zeigen"
    taste = "d"
    kurz = "Datenübersicht"


class AbfragenZeigen(Befehl):
    """Zeigt, welcher Fachbereich wonach gefragt ist: Formulare hinaus, Rückläufe hinein, Fristen und Erinnerungen."""

    titel = "Abfragen und Rücklauf"
    taste = "a"
    kurz = "Abfragen"


Zeilen = tuple[tuple[Quelle, int], ...]
"""Deliveries, each with the number of findings that wait for an answer."""


class DatenScreen(MitDetail, Bereich[Zeilen]):
    """The deliveries."""

    CSS_PATH = "daten.tcss"
    BEREICH = "daten"
    TITEL = "Daten"
    HILFE = (
        "Jede Zeile ist eine eingelesene Datei. Mit e lesen Sie eine weitere ein: Sie sehen, was gelesen wurde, "
        "beantworten die offenen Fragen, sehen die Befunde und nehmen die Werte an. Nächstes Jahr wird derselbe Aufbau "
        "wiedererkannt. Strg+Z nimmt ein Einlesen ganz zurück. Mit ! steht da, wo Befunde auf eine Antwort warten: Enter "
        "zeigt sie."
    )
    BEFEHLE: ClassVar[Befehle] = (Einlesen, AbfragenZeigen, DatenuebersichtZeigen, BefundeZeigen, EingangEinlesen)
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE)

    def inhalt(self) -> ComposeResult:
        """Lay out the table or the empty state."""
        yield Schrift("", id="datenleer", classes="leer")
        yield Tabelle(
            Spalte("Datei"), Spalte("Stand", 11), Spalte("Werte", 8, "right"), Spalte("  Befunde", 17),
            Spalte("eingelesen", 11), id="quellen",
        )  # fmt: skip
        yield Schrift("", id="quelledetail", classes="detail")

    def lies(self) -> Zeilen:
        """Read the deliveries."""
        projekt = self.tool.projekt
        return tuple((quelle, _count_offene(projekt, quelle)) for quelle in ablauf.quellen(projekt))

    def zuerst(self) -> None:
        """Begin in the table."""
        self.query_one(Tabelle).focus()

    def zeige(self, daten: Zeilen) -> None:
        """Show the deliveries."""
        leer = self.query_one("#datenleer", Schrift)
        leer.display = not daten
        if not daten:
            eingang = self.tool.projekt.pfad.parent / "eingang"
            leer.schreibe(
                "Noch ist keine Datei eingelesen.\n\n"
                "Mit e wählen Sie eine Datei und lesen sie Schritt für Schritt ein.\n"
                f"Mit g werden alle Dateien gelesen, die in\n  {eingang}\nliegen und keine Frage offen lassen."
            )
        tabelle = self.query_one(Tabelle)
        vorher = {reihe.schluessel for reihe in tabelle.reihen}
        tabelle.setze([_reihe(quelle, offen) for quelle, offen in daten])
        if vorher:  # what has just been read in is what one wants to look at
            tabelle.waehle(lambda reihe: reihe.schluessel not in vorher)
        self._zeige_detail()

    def zeige_stelle(self, stelle: str) -> None:
        """Open the Datenübersicht with what is missing or the Abfragen, or show the findings of a delivery."""
        if stelle == "datenuebersicht":
            self._zeige_uebersicht(nur_fehlende=True)
        elif stelle == "abfragen":
            self.action_abfragen_zeigen()
        else:
            self.query_one(Tabelle).waehle(lambda reihe: reihe.schluessel == stelle)
            for quelle, _ in self.daten or ():
                if quelle.schluessel == stelle:
                    self._zeige_befunde(quelle)

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Show the findings of the marked delivery."""
        ereignis.stop()
        self.action_befunde_zeigen()

    def _zeige_detail(self) -> None:
        reihe = self.query_one(Tabelle).gewaehlt
        text = ""
        if reihe is not None:
            quelle: Quelle = reihe.wert
            text = f"{quelle.datei}\nGelesen wie: {quelle.absender or '–'} · Prüfsumme {quelle.pruefsumme[:16]}"
        self.query_one("#quelledetail", Schrift).schreibe(text)

    @arbeit
    async def action_einlesen(self) -> None:
        """Walk through the import of one file."""
        from sozialtool.tui.assistent.weg import lies_ein

        await lies_ein(self.tool)

    @arbeit
    async def action_eingang_einlesen(self) -> None:
        """Read all files of the folder that need no answer, and say what became of each."""
        ergebnisse = await self.tool.rufe_lang(
            "Eingang wird eingelesen",
            lambda fortschritt, stop: ablauf.read_eingang(self.tool.projekt, (), fortschritt, stop),
        )
        self.tool.geaendert()
        zeilen = [
            f"{'√' if e.angenommen else '!'} {e.datei}: {e.meldung or anzahl(e.werte, 'Wert', 'Werte')}"
            for e in ergebnisse
        ]
        await self.tool.push_screen_wait(meldung("Eingang eingelesen", "\n".join(zeilen)))

    @arbeit
    async def action_abfragen_zeigen(self) -> None:
        """Show who is asked for what, and what came back."""
        from sozialtool.tui.bildschirme.abfragen import AbfragenSeite

        jahr = self.tool.projekt.kommune.berichtsjahr
        lagen = await self.tool.rufe(lambda: ablauf.list_abfragelagen(self.tool.projekt, jahr))
        await self.tool.push_screen_wait(AbfragenSeite(jahr, lagen))

    def action_datenuebersicht_zeigen(self) -> None:
        """Show which data exist and which are missing."""
        self._zeige_uebersicht(nur_fehlende=False)

    @arbeit
    async def _zeige_uebersicht(self, *, nur_fehlende: bool) -> None:
        from sozialtool.tui.bildschirme.datenuebersicht import DatenuebersichtSeite

        uebersicht = await self.tool.rufe(lambda: ablauf.compute_datenuebersicht(self.tool.projekt))
        await self.tool.push_screen_wait(DatenuebersichtSeite(uebersicht, nur_fehlende=nur_fehlende))

    def action_befunde_zeigen(self) -> None:
        """Show the findings of the marked delivery."""
        reihe = self.query_one(Tabelle).gewaehlt
        if reihe is not None:
            self._zeige_befunde(reihe.wert)

    @arbeit
    async def _zeige_befunde(self, quelle: Quelle) -> None:
        befunde = await self.tool.rufe(lambda: ablauf.befunde_of(self.tool.projekt, quelle))
        await self.tool.push_screen_wait(QuelleBefundeSeite(quelle, befunde))


def _count_offene(projekt: ablauf.Projekt, quelle: Quelle) -> int:
    return sum(befund.schwere is not Schwere.HINWEIS for befund in ablauf.befunde_of(projekt, quelle))


def _reihe(quelle: Quelle, offen: int) -> Reihe:
    befunde = f"  ! {offen} offen" if offen else f"  {anzahl(quelle.anzahl_befunde, 'Hinweis', 'Hinweise')}"
    texte = (quelle.datei, datum(quelle.stand), zahl(quelle.anzahl_werte), befunde, datum(quelle.eingelesen_am))
    return Reihe(quelle.schluessel, texte, quelle)
