"""Where the tile of each Sozialraum stands: taken up with Enter, carried with the arrows, put down with Enter."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from sozialtool import ablauf
from sozialtool.fach.raum import Gebiet
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.raumseite import Raumseite
from sozialtool.tui.bildschirme.seite import Zurueck
from sozialtool.tui.dialoge.dateiwahl import Dateiwahl
from sozialtool.tui.dialoge.frage import Antwort, Frage
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.kacheln import Beschriftung, build_kachelbild
from sozialtool.tui.text import Schrift, satz

GRENZEN = (".geojson", ".json")


class Aufnehmen(Befehl):
    """Nimmt die Kachel auf; die Pfeile tragen sie, Enter legt sie ab. Liegt dort schon eine, tauschen beide den Platz."""

    titel = "Kachel aufnehmen und ablegen"
    taste = "enter"
    kurz = "aufnehmen"


class Anordnen(Befehl):
    """Legt alle Kacheln neu: nach den Umrissen, wenn sie da sind, sonst der Reihe nach."""

    titel = "Alle Kacheln anordnen"
    taste = "a"
    kurz = "anordnen"


class Umrisse(Befehl):
    """Liest die Grenzen der Sozialräume oder der kleinsten Gebiete aus einer GeoJSON-Datei des Vermessungsamts."""

    titel = "Umrisse einlesen"
    taste = "u"
    kurz = "Umrisse einlesen"


class KachelnSeite(Raumseite):
    """The map while it is made."""

    TITEL = "Kachelkarte"
    HILFE = (
        "Jeder Sozialraum ist eine Kachel, ungefähr dort, wo er in der Stadt liegt. Mit den Pfeilen wandert die Marke, Enter "
        "nimmt eine Kachel auf, die Pfeile tragen sie, Enter legt sie ab, Esc lässt sie liegen. Die Kachelkarte steht im Monitoring "
        "(F6, k) und in der Arbeitsmappe. u liest die echten Grenzen; dann gibt es dort auch eine Karte als Bild."
    )
    BEFEHLE: ClassVar[Befehle] = (Aufnehmen, Anordnen, Umrisse, Zuruecknehmen, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((Aufnehmen, Anordnen, Umrisse)),
        *(Binding(t, f"ruecke({x}, {y})", w, show=False, priority=True) for t, w, x, y in (
            ("left", "links", -1, 0), ("right", "rechts", 1, 0), ("up", "hoch", 0, -1), ("down", "runter", 0, 1),
        )),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__("Kachelkarte: wo die Sozialräume liegen")
        self._karte = ablauf.Kachelkarte((), {}, vorschlag=True)
        self._marke = (0, 0)
        self._getragen: Gebiet | None = None

    def inhalt(self) -> ComposeResult:
        """Lay out a line that says what to do, and the map."""
        yield Schrift("", id="kachelhinweis", classes="vorspann")
        with VerticalScroll(can_focus=False):
            yield Schrift("", id="kachelbild")

    @arbeit
    async def on_mount(self) -> None:
        """Read and begin on the first tile."""
        await self.frisch()
        if self._karte.gebiete:
            self._marke = self._karte.plaetze[self._karte.gebiete[0].schluessel]
            self._zeige()

    async def frisch(self) -> None:
        """Read the places anew."""
        self._karte = await self.tool.rufe(lambda: ablauf.read_kacheln(self.tool.projekt))
        self._zeige()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self._zeige()

    def _zeige(self) -> None:
        karte, hinweis = self._karte, self.query_one("#kachelhinweis", Schrift)
        if not karte.gebiete:
            hinweis.schreibe("Es gibt noch keine Sozialräume. Sie kommen mit r aus Excel in den Bereich Räume (F3).")
            return
        spalten, zeilen = karte.masse
        wer = {karte.plaetze[g.schluessel]: g for g in karte.gebiete}
        reihen = [[wer.get((x, y)) for x in range(-1, spalten + 1)] for y in range(-1, zeilen + 1)]
        bild = build_kachelbild(reihen, self._beschrifte, (self.size.width - 4, self.size.height - 7), rand=True)
        self.query_one("#kachelbild", Schrift).schreibe(bild)
        hinweis.schreibe(self._hinweis(wer.get(self._marke)))

    def _hinweis(self, hier: Gebiet | None) -> object:
        if self._getragen is not None:
            tausch = f" und tauscht mit „{hier.name}“" if hier and hier != self._getragen else ""
            return satz(
                (f"„{self._getragen.name}“ wird getragen. ", "bold"),
                f"Enter legt hier ab{tausch}, Esc lässt alles, wie es ist.",
            )
        wo = f"„{hier.name}“ · {hier.schluessel}" if hier else "leerer Platz"
        offen = "   ! Noch ein Vorschlag; die erste Änderung hält ihn fest." if self._karte.vorschlag else ""
        return satz((wo, "bold"), (offen, "$warnung"))

    def _beschrifte(self, gebiet: Gebiet | None, spalte: int, zeile: int) -> Beschriftung | None:
        ort = (spalte - 1, zeile - 1)
        if ort == self._marke:
            getragen = self._getragen.schluessel if self._getragen else ""
            return f"►{getragen or (gebiet.schluessel if gebiet else '')}", "bold $marktinte on $marke"
        if gebiet is None:
            return None
        if gebiet == self._getragen:
            return "getragen", "$leise on $feld"
        return gebiet.schluessel, "$tinte on $band"

    def action_ruecke(self, quer: int, hoch: int) -> None:
        """Move the mark, at most one place beyond the map."""
        spalten, zeilen = self._karte.masse
        x, y = self._marke
        self._marke = (max(-1, min(spalten, x + quer)), max(-1, min(zeilen, y + hoch)))
        self._zeige()
        self.query_one(VerticalScroll).scroll_to(y=(self._marke[1]) * 3, animate=False)

    @arbeit
    async def action_aufnehmen(self) -> None:
        """Take up the tile under the mark, or put down the one that is carried."""
        if self._getragen is None:
            self._getragen = next(
                (g for g in self._karte.gebiete if self._karte.plaetze[g.schluessel] == self._marke), None
            )
            self._zeige()
            return
        wer, self._getragen = self._getragen, None
        if self._karte.plaetze[wer.schluessel] == self._marke:
            self._zeige()
            return
        ziel = self._marke
        await self.aendere(lambda: ablauf.move_kachel(self.tool.projekt, wer.schluessel, *ziel))
        self._marke = self._karte.plaetze[wer.schluessel]
        self._zeige()

    @arbeit
    async def action_anordnen(self) -> None:
        """Place all tiles anew."""
        self._getragen = None
        await self.aendere(lambda: ablauf.arrange_kacheln(self.tool.projekt))
        self.tool.melde("Alle Kacheln sind neu angeordnet. Strg+Z nimmt es zurück.")

    @arbeit
    async def action_umrisse(self) -> None:
        """Read outlines from a file, show what fits, keep them when wanted."""
        projekt = self.tool.projekt
        pfad = await self.tool.push_screen_wait(Dateiwahl("Umrisse einlesen (GeoJSON)", projekt.pfad.parent, GRENZEN))
        if pfad is None:
            return
        lesung = await self.tool.rufe(lambda: ablauf.read_umrisse(projekt, pfad))
        antworten = [
            Antwort("Übernehmen", wert=True, folge="Die Karte steht dann in der Arbeitsmappe. Strg+Z nimmt es zurück."),
            Antwort("Nichts ändern", wert=False, folge="Bisherige Umrisse bleiben."),
        ]
        if await self.tool.push_screen_wait(Frage(f"Umrisse aus {pfad.name}", "\n".join(lesung.zeilen()), antworten)):
            await self.aendere(lambda: ablauf.save_umrisse(projekt, lesung))

    def action_zurueck(self) -> None:
        """Let the carried tile lie; without one, leave."""
        if self._getragen is None:
            super().action_zurueck()
            return
        self._getragen = None
        self._zeige()
