"""„Ungleiches ungleich behandeln“: scenarios of a Mittelverteilung side by side, each with its assumptions."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from sozialtool import ablauf
from sozialtool.ablauf import Verteilungsbild, Verteilungsversuch
from sozialtool.fach.verteilung import Verteilungsszenario
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.mittelansichten import build_szenario, build_vergleich, describe_zeile
from sozialtool.tui.bildschirme.rechenseite import (
    BeschlussFesthalten,
    DefinitionenAusExcel,
    DefinitionenNachExcel,
    DefinitionLoeschen,
    Rechenseite,
)
from sozialtool.tui.bildschirme.seite import Zurueck
from sozialtool.tui.dialoge.frage import Antwort, Frage, meldung
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.freigabefragen import frage_grund, frage_hinaus
from sozialtool.tui.teile.tabelle import Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, klar, satz


class NaechsteAnsicht(Befehl):
    """Wechselt zwischen den Szenarien nebeneinander und dem gewählten Szenario mit allen Angaben."""

    titel = "Szenario oder Vergleich"
    taste = "enter"
    kurz = "ansehen"


class NaechstesSzenario(Befehl):
    """Geht zum nächsten Szenario; ← zum vorigen."""

    titel = "Nächstes Szenario"
    taste = "right"
    kurz = "nächstes"
    vorrang = True


class VorigesSzenario(Befehl):
    """Geht zum vorigen Szenario."""

    titel = "Voriges Szenario"
    taste = "left"
    vorrang = True


class AnnahmenZeigen(Befehl):
    """Zeigt alle Annahmen des gewählten Szenarios."""

    titel = "Annahmen zeigen"
    taste = "h"
    kurz = "Annahmen"


class SzenarioAnlegen(Befehl):
    """Legt ein neues Szenario an."""

    titel = "Szenario anlegen"
    taste = "n"
    kurz = "neu"


class SzenarioAendern(Befehl):
    """Ändert das gewählte Szenario. War es vereinbart, ist es danach neu zu beraten."""

    titel = "Szenario ändern"
    taste = "a"
    kurz = "ändern"


class MittelNachExcel(Befehl):
    """Schreibt alle Szenarien nebeneinander als Mittelverteilung.xlsx in den Ordner der Ausgaben."""

    titel = "Mittelverteilung nach Excel"
    taste = "x"
    kurz = "nach Excel"


class MittelSeite(Rechenseite):
    """All scenarios; one of them is the chosen one."""

    TITEL = "Mittelverteilung"
    HILFE = (
        "Dieselbe Summe, auf verschiedene Weise auf die Sozialräume verteilt: nach Köpfen, nach Fallzahl, mit dem Index oder nach "
        "Stufen, mit Sockel und Obergrenze. „+/− je Kopf“ ist mehr oder weniger als beim Vergleich. Mit ← und → wählen Sie das "
        "Szenario, Enter zeigt es einzeln. Verteilt wird nur nach Zahlen, die veröffentlicht werden dürfen; die Summe geht auf."
    )
    BEFEHLE: ClassVar[Befehle] = (
        NaechsteAnsicht, NaechstesSzenario, AnnahmenZeigen, SzenarioAendern, SzenarioAnlegen, BeschlussFesthalten, MittelNachExcel,
        DefinitionenNachExcel, DefinitionenAusExcel, DefinitionLoeschen, Zuruecknehmen, Zurueck,
    )  # fmt: skip
    LISTE = ("szenarien", "Szenarien")
    BINDINGS: ClassVar[list[BindingType]] = bindings((*BEFEHLE, VorigesSzenario))

    def __init__(self, jahr: int) -> None:
        super().__init__(jahr)
        self._versuche: tuple[Verteilungsversuch, ...] = ()
        self._nummer = 0
        self._einzeln = False

    @property
    def definition(self) -> Verteilungsszenario | None:
        """The chosen scenario."""
        return self._gewaehlt.szenario if self._gewaehlt else None

    async def frisch(self) -> None:
        """Compute all scenarios anew; one that cannot be computed says why and does not stop the others."""
        tool = self.tool
        self._versuche = await tool.rufe_lang(
            "Mittelverteilung wird berechnet",
            lambda melde, stop: ablauf.try_verteilungen(tool.projekt, self._jahr, melde, stop),
        )
        self._nummer = max(0, min(self._nummer, len(self._versuche) - 1))
        self._zeige()

    @property
    def _gewaehlt(self) -> Verteilungsversuch | None:
        return self._versuche[self._nummer] if self._versuche else None

    @property
    def _bild(self) -> Verteilungsbild | None:
        return self._gewaehlt.bild if self._gewaehlt else None

    def _zeige(self) -> None:
        tabelle, versuch = self.query_one(Tabelle), self._gewaehlt
        name = f" · {versuch.szenario.name}" if versuch and self._einzeln else ""
        self.query_one(".seitentitel", Schrift).schreibe(f"Mittelverteilung {self._jahr}{name}")
        stelle = f"   {self._nummer + 1} von {len(self._versuche)}" if versuch else ""
        zeile = f"gewählt: {versuch.szenario.name}" if versuch else "Noch kein Szenario. n legt eines an."
        stand = f" · {versuch.szenario.zustand.value}" if versuch else ""
        self.query_one("#rechenzeile", Schrift).schreibe(satz((zeile, "bold"), stand, (stelle, "$leise")))
        bilder = [v.bild for v in self._versuche if v.bild is not None]
        if self._bild is not None and self._einzeln:
            spalten, reihen = build_szenario(self._bild)
        elif bilder:
            breite = self.size.width - 4
            spalten, reihen, anzahl = build_vergleich(bilder, 0, breite)
            ort = bilder.index(self._bild) if self._bild is not None else 0
            if ort >= anzahl:
                spalten, reihen, _ = build_vergleich(bilder, ort - anzahl + 1, breite)
        else:
            spalten, reihen = [Spalte("")], []
        tabelle.setze(reihen, spalten)
        self._zeige_detail()

    def _zeige_detail(self) -> None:
        versuch, reihe = self._gewaehlt, self.query_one(Tabelle).gewaehlt
        if versuch is None:
            text = klar("")
        elif versuch.bild is None:
            text = klar(versuch.mangel)
        else:
            hinweis = versuch.szenario.hinweis or versuch.bild.annahmen[0]
            text = UMBRUCH.join(
                [klar(describe_zeile(versuch.bild, reihe.wert if reihe else None)), satz((hinweis, "$leise"))]
            )
        self.query_one("#rechendetail", Schrift).schreibe(text)

    def action_naechste_ansicht(self) -> None:
        """Show one scenario, or all again."""
        self._einzeln = not self._einzeln
        self._zeige()

    def action_naechstes_szenario(self) -> None:
        """Choose the next one."""
        self._rueck(1)

    def action_voriges_szenario(self) -> None:
        """Choose the one before."""
        self._rueck(-1)

    def _rueck(self, um: int) -> None:
        if self._versuche:
            self._nummer = (self._nummer + um) % len(self._versuche)
            self._zeige()

    @arbeit
    async def action_annahmen_zeigen(self) -> None:
        """Show every assumption of the chosen scenario."""
        versuch = self._gewaehlt
        if versuch is not None:
            text = "\n".join(f"– {satz_}" for satz_ in versuch.bild.annahmen) if versuch.bild else versuch.mangel
            await self.tool.push_screen_wait(meldung(f"Annahmen: {versuch.szenario.name}", text))

    @arbeit
    async def action_szenario_anlegen(self) -> None:
        """Ask for a new scenario."""
        await self._frage(Verteilungsszenario("", "", 0.0), neu=True)

    @arbeit
    async def action_szenario_aendern(self) -> None:
        """Change the chosen scenario."""
        if self._gewaehlt is not None:
            await self._frage(self._gewaehlt.szenario, neu=False)

    async def _frage(self, szenario: Verteilungsszenario, *, neu: bool) -> None:
        titel = "Neues Szenario" if neu else f"{szenario.name} ändern"
        if await self.frage_definition(szenario, titel, neu=neu) is not None:
            self._nummer = len(self._versuche) if neu else self._nummer
            await self.frisch()

    @arbeit
    async def action_mittel_nach_excel(self) -> None:
        """Ask whether it goes out, and write the workbook."""
        tool = self.tool
        wahl = Frage(
            "Mittelverteilung nach Excel", "Geht die Mappe so hinaus, oder ist sie zum Beraten im Haus?",
            [Antwort("Entwurf", wert=False, folge="Bleibt im Haus; die Zahlen darin gelten nicht als veröffentlicht."),
             Antwort("Endgültig", wert=True, folge="Geht hinaus: Die Zahlen darin werden festgehalten wie beim Monitoring.")],
        )  # fmt: skip
        endgueltig = await tool.push_screen_wait(wahl)
        if endgueltig is None:
            return
        grund = await frage_grund(tool, self._jahr) if endgueltig else ""
        if grund is None or (endgueltig and not await frage_hinaus(tool)):
            return
        pfad = await tool.rufe(
            lambda: ablauf.write_mittelverteilung(
                tool.projekt,
                (),
                self._jahr,
                grenzen_geprueft=True,
                bekanntes_hinnehmen=True,
                endgueltig=bool(endgueltig),
                begruendung=grund,
            )
        )
        if endgueltig:
            tool.geaendert()
        tool.melde_datei(pfad, "Geschrieben und festgehalten" if endgueltig else "Geschrieben")
