"""Write the monitoring workbook for a council paper, and see what was written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

import attrs
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf.werte import Ausgabe
from sozialtool.fach.blattwahl import BLAETTER, describe_ohne, find_ohne
from sozialtool.fach.felder import Feld
from sozialtool.fehler import DateiFehlt
from sozialtool.orte import zeige
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.bereich import Bereich
from sozialtool.tui.deutsch import datum
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.frage import meldung
from sozialtool.tui.dialoge.haken import Haken
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.freigabefragen import ENDGUELTIG, frage_grund, frage_hinaus
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import Schrift


@attrs.frozen
class Sicht:
    """What the screen reads."""

    ausgaben: tuple[Ausgabe, ...]


class MonitoringAusgeben(Befehl):
    """Rechnet, sperrt, was geheim bleiben muss, und schreibt die Arbeitsmappe für die Drucksache."""

    titel = "Monitoring ausgeben"
    taste = "m"
    kurz = "Monitoring"


class BarrierefreiAusgeben(Befehl):
    """Schreibt das Monitoring und dazu eine Fassung für Vorlesehilfen: dieselben Zahlen, eine Tabelle je Blatt."""

    titel = "Monitoring barrierefrei ausgeben"
    taste = "f"
    kurz = "barrierefrei"


class BlaetterWaehlen(Befehl):
    """Wählt, welche Blätter die nächste Arbeitsmappe hat. Was geheim bleibt, wird immer über alle gerechnet."""

    titel = "Blätter wählen"
    taste = "b"
    kurz = "Blätter"


class AusgabeOeffnen(Befehl):
    """Öffnet die markierte Ausgabe in Excel."""

    titel = "Ausgabe öffnen"
    taste = "o"
    kurz = "öffnen"


class RegelnDerGeheimhaltung(Befehl):
    """Zeigt und ändert, was Quellen verlangen: kleinste Ebene, Runden, Geldbeträge; auch von außen bekannte Zahlen."""

    titel = "Regeln der Geheimhaltung"
    taste = "g"
    kurz = "Geheimhaltung"


class UebergabeSchreiben(Befehl):
    """Schreibt das ganze Projekt als schlichte Arbeitsmappen für die Nachfolge; sie enthalten ungeschützte Zahlen."""

    titel = "Übergabe schreiben"
    taste = "u"
    kurz = "Übergabe"


class DrucksachenOeffnen(Befehl):
    """Öffnet die Drucksachen: Vorlagen für Ausschuss und Rat als Word, und was nach einer Berichtigung nicht mehr stimmt."""

    titel = "Drucksachen"
    taste = "d"
    kurz = "Drucksachen"


class SozialberichtSchreiben(Befehl):
    """Schreibt den Sozialbericht als Word oder bringt neue Zahlen in einen, an dem weitergeschrieben wurde."""

    titel = "Sozialbericht"
    taste = "s"
    kurz = "Sozialbericht"


class AusgabeScreen(MitDetail, Bereich[Sicht]):
    """The outputs."""

    CSS_PATH = "ausgabe.tcss"
    BEREICH = "ausgabe"
    TITEL = "Ausgabe"
    HILFE = (
        "Hier entsteht die Arbeitsmappe, die als Anlage an die Drucksache geht. Kleine Zahlen werden gesperrt, auch "
        "solche, aus denen sich kleine zurückrechnen ließen. Die Liste zeigt, was schon geschrieben wurde und wo es liegt. "
        "Mit b wählen Sie, welche Blätter die nächste Arbeitsmappe hat. f schreibt dazu eine Fassung für Vorlesehilfen; zur "
        "endgültigen gehört sie immer. s schreibt den Sozialbericht als Word und frischt ihn später auf. Mit u schreiben Sie alles für Ihre Nachfolge auf."
    )
    BEFEHLE: ClassVar[Befehle] = (
        MonitoringAusgeben,
        DrucksachenOeffnen,
        SozialberichtSchreiben,
        BlaetterWaehlen,
        BarrierefreiAusgeben,
        AusgabeOeffnen,
        RegelnDerGeheimhaltung,
        UebergabeSchreiben,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE)
    STELLEN: ClassVar[dict[str, str]] = {"drucksachen": "drucksachen_oeffnen"}

    def __init__(self) -> None:
        super().__init__()
        self._drucksache = ""
        self._ohne: frozenset[str] = frozenset()
        self._alles_drucken = False

    def inhalt(self) -> ComposeResult:
        """Lay out the table or the empty state."""
        yield Schrift("", id="blattwahl")
        yield Schrift("", id="ausgabeleer", classes="leer")
        yield Tabelle(Spalte("Datei"), Spalte("Jahr", 8), Spalte("geschrieben am", 20), id="ausgaben")
        yield Schrift("", id="ausgabedetail", classes="detail")

    def lies(self) -> Sicht:
        """Read what was written."""
        return Sicht(tuple(ablauf.ausgaben(self.tool.projekt)))

    def zuerst(self) -> None:
        """Begin in the table."""
        self.query_one(Tabelle).focus()

    def zeige(self, daten: Sicht) -> None:
        """Show the outputs."""
        jahr = self.tool.projekt.kommune.berichtsjahr
        weg = describe_ohne(self._ohne)
        druck = ", lange Tabellen auch im Druck" if self._alles_drucken else ""
        self.query_one("#blattwahl", Schrift).schreibe(
            (f"Monitoring ohne: {weg}" if weg else "Monitoring mit allen Blättern") + druck
        )
        leer = self.query_one("#ausgabeleer", Schrift)
        leer.display = not daten.ausgaben
        leer.schreibe(f"Noch ist nichts ausgegeben.\n\nMit m schreiben Sie das Monitoring {jahr} als Arbeitsmappe.")
        self.query_one(Tabelle).setze([_reihe(ausgabe) for ausgabe in daten.ausgaben])
        self._zeige_detail()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Open the marked output."""
        ereignis.stop()
        self.action_ausgabe_oeffnen()

    def _zeige_detail(self) -> None:
        reihe = self.query_one(Tabelle).gewaehlt
        self.query_one("#ausgabedetail", Schrift).schreibe(f"Liegt in\n{Path(reihe.wert.pfad).parent}" if reihe else "")

    @arbeit
    async def action_blaetter_waehlen(self) -> None:
        """Ask which sheets the next workbook has; the choice stays until the program ends and stands on the page."""
        text = "Geheimhaltung, Methoden und Zeichenerklärung sind immer dabei."
        vorher = [*([_DRUCK] if self._alles_drucken else []), *(key for key in BLAETTER if key not in self._ohne)]
        # First, so that it is seen on a small screen, too.
        worte = {_DRUCK: "lange Tabellen nicht nur in der Datei, auch im Druck", **BLAETTER}
        wahl = await self.tool.push_screen_wait(Haken("Welche Blätter?", text, worte, vorher))
        if wahl is not None:
            self._alles_drucken = _DRUCK in wahl
            self._ohne = find_ohne(ohne=[key for key in BLAETTER if key not in wahl])
            if self.daten is not None:
                self.zeige(self.daten)

    @arbeit
    async def action_monitoring_ausgeben(self) -> None:
        """Write the workbook."""
        await self._gib_aus(barrierefrei=False)

    @arbeit
    async def action_barrierefrei_ausgeben(self) -> None:
        """Write the workbook and its accessible edition."""
        await self._gib_aus(barrierefrei=True)

    async def _gib_aus(self, *, barrierefrei: bool) -> None:
        """Ask for year and Drucksache, write the workbook, and say what is suppressed. Only inside a worker."""
        projekt = self.tool.projekt
        felder = [
            Feld("jahr", "Berichtsjahr", int, pflicht=True),
            Feld("drucksache", "Drucksache", str, hilfe="Nummer der Drucksache, zum Beispiel 17/801; darf leer bleiben."),
            ENDGUELTIG,
        ]  # fmt: skip
        vorschlag = {"jahr": projekt.kommune.berichtsjahr, "drucksache": self._drucksache, "endgueltig": False}
        werte = await self.tool.push_screen_wait(Formular("Monitoring ausgeben", felder, vorschlag))
        if werte is None:
            return
        self._drucksache, ohne = werte["drucksache"], self._ohne
        grund = await frage_grund(self.tool, werte["jahr"]) if werte["endgueltig"] else ""
        if grund is None or not await frage_hinaus(self.tool):
            return
        pfad = await self.tool.rufe_lang(
            f"Monitoring {werte['jahr']} wird geschrieben",
            lambda fortschritt, stop: ablauf.ausgeben(
                projekt,
                werte["jahr"],
                werte["drucksache"],
                fortschritt,
                stop,
                grenzen_geprueft=True,
                bekanntes_hinnehmen=True,
                endgueltig=bool(werte["endgueltig"]),
                begruendung=grund,
                ohne=ohne,
                barrierefrei=barrierefrei,
                alles_drucken=self._alles_drucken,
            ),
        )
        geheim = await self.tool.rufe(lambda: ablauf.describe_geheimhaltung(projekt, werte["jahr"]))
        self.tool.geaendert()
        fassung = _ENDGUELTIG if werte["endgueltig"] else _ENTWURF
        weg = f"\n\nOhne: {describe_ohne(ohne)}." if ohne else ""
        frei = "\n\nDaneben liegt die barrierefreie Fassung." if ablauf.barrierefrei_of(pfad).exists() else ""
        text = f"{zeige(pfad)}{frei}{weg}\n\n{fassung}\n\n{geheim}"
        await self.tool.push_screen_wait(meldung("Das Monitoring ist geschrieben", text))

    @arbeit
    async def action_uebergabe_schreiben(self) -> None:
        """Say that it must not be passed on, and write it."""
        from sozialtool.tui.teile.uebergabeweg import write_uebergabe

        await write_uebergabe(self.tool)

    @arbeit
    async def action_drucksachen_oeffnen(self) -> None:
        """Open the page of the papers."""
        from sozialtool.tui.bildschirme.drucksachen import DrucksachenSeite

        await self.tool.push_screen_wait(DrucksachenSeite())

    @arbeit
    async def action_sozialbericht_schreiben(self) -> None:
        """Write the Sozialbericht, or refresh one."""
        from sozialtool.tui.teile.berichtweg import go_bericht

        reihe = self.query_one(Tabelle).gewaehlt
        await go_bericht(self.tool, Path(reihe.wert.pfad) if reihe else None)

    @arbeit
    async def action_regeln_der_geheimhaltung(self) -> None:
        """Open the page of the rules."""
        from sozialtool.tui.bildschirme.geheimregeln import RegelSeite

        await self.tool.push_screen_wait(RegelSeite())

    @arbeit
    async def action_ausgabe_oeffnen(self) -> None:
        """Open the marked output with the program for it; elsewhere than on Windows say where it lies."""
        reihe = self.query_one(Tabelle).gewaehlt
        if reihe is None:
            return
        pfad = Path(reihe.wert.pfad)
        if not await self.tool.rufe(pfad.is_file):
            raise DateiFehlt(f"{zeige(pfad)} liegt nicht mehr da.", "Bitte das Monitoring noch einmal ausgeben.")
        if sys.platform == "win32":
            import os

            try:
                await self.tool.rufe(lambda: os.startfile(pfad))  # noqa: S606 - a file the planner made herself
            except OSError:
                # No program belongs to the ending, or the office policy forbids it.
                self.tool.melde(f"Die Datei lässt sich von hier nicht öffnen. Sie liegt hier: {zeige(pfad)}")
        else:
            self.tool.melde(f"Die Datei liegt hier: {zeige(pfad)}")


_DRUCK = "druck"
"""Key of the choice beside the sheets: long tables also in print."""
_ENDGUELTIG = (
    "Diese Fassung ist als Veröffentlichung festgehalten: Was sie zeigt, bleibt gezeigt (Strg+Z nimmt das zurück)."
)
_ENTWURF = "Das ist ein Entwurf. Geht er so hinaus, dann noch einmal als endgültige Fassung ausgeben."


def _reihe(ausgabe: Ausgabe) -> Reihe:
    wann = f"{datum(ausgabe.geschrieben_am)} {ausgabe.geschrieben_am:%H:%M}"
    return Reihe(ausgabe.pfad, (Path(ausgabe.pfad).name, str(ausgabe.jahr), wann), ausgabe)
