"""An index of one's own: result, stages, robustness and definition, one view after the other."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from sozialtool import ablauf
from sozialtool.ablauf import Indexbild
from sozialtool.ablauf.indextext import describe_bewegung, describe_klasse, describe_laeufe, describe_stabil
from sozialtool.fach.felder import Feld
from sozialtool.fach.sozialindex import Sozialindex
from sozialtool.fehler import FeldFehler, SozialtoolFehler
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.indexansichten import ANSICHTEN
from sozialtool.tui.bildschirme.rechenseite import (
    BeschlussFesthalten,
    DefinitionenAusExcel,
    DefinitionenNachExcel,
    DefinitionLoeschen,
    Rechenseite,
)
from sozialtool.tui.bildschirme.seite import Zurueck
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.frage import Antwort, Frage, meldung
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz


class NaechsteAnsicht(Befehl):
    """Zeigt nacheinander Ergebnis, Rechenstufen, Robustheit und Definition."""

    titel = "Nächste Ansicht"
    taste = "enter"
    kurz = "Ansicht"


class HinweiseZeigen(Befehl):
    """Zeigt alle Hinweise zum Index, was für die Robustheit gerechnet wurde und welche Indikatoren zusammenhängen."""

    titel = "Hinweise und Läufe"
    taste = "h"
    kurz = "Hinweise"


class IndexWaehlen(Befehl):
    """Zeigt einen anderen Index."""

    titel = "Anderer Index"
    taste = "w"
    kurz = "anderer"


class IndexAnlegen(Befehl):
    """Legt einen neuen Index an: Indikatoren mit Gewichten und die Verfahren Schritt für Schritt."""

    titel = "Index anlegen"
    taste = "n"
    kurz = "neu"


class IndexAendern(Befehl):
    """Ändert die Definition. War sie vereinbart, ist sie danach neu zu beraten."""

    titel = "Definition ändern"
    taste = "a"
    kurz = "ändern"


class FassungWaehlen(Befehl):
    """Rechnet mit der Definition, die an einem früheren Tag vereinbart war oder mit der ein Jahr ausgegeben wurde."""

    titel = "Frühere Fassung rechnen"
    taste = "f"
    kurz = "Fassung"


class IndexSeite(Rechenseite):
    """One index at a time."""

    TITEL = "Index"
    HILFE = (
        "Ein Index fasst vereinbarte Indikatoren zu einer Zahl zusammen; ein hoher Wert heißt stärker belastet, Rang 1 ist der "
        "höchste. Er ordnet die Gebiete nur untereinander: Eine Verbesserung der ganzen Stadt zeigt er nicht. „von–bis“ sagt, wie "
        "weit der Rang von der Wahl des Verfahrens abhängt. Gerechnet wird nur mit Zahlen, die veröffentlicht werden dürfen."
    )
    BEFEHLE: ClassVar[Befehle] = (
        NaechsteAnsicht, HinweiseZeigen, IndexAendern, IndexAnlegen, BeschlussFesthalten, FassungWaehlen, IndexWaehlen,
        DefinitionenNachExcel, DefinitionenAusExcel, DefinitionLoeschen, Zuruecknehmen, Zurueck,
    )  # fmt: skip
    LISTE = ("indizes", "Sozialindizes")
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE)

    def __init__(self, jahr: int) -> None:
        super().__init__(jahr)
        self._kennung = ""
        self._wahl: ablauf.Fassungswahl | None = None
        self._ansicht = 0
        self._index: Sozialindex | None = None
        self._bild: Indexbild | None = None
        self._mangel = ""

    @property
    def definition(self) -> Sozialindex | None:
        """The shown index as it is stored today."""
        return self._index

    async def frisch(self) -> None:
        """Compute the chosen index anew; what stands in the way is shown instead of the table."""
        tool = self.tool
        alle = await tool.rufe(lambda: ablauf.list_indizes(tool.projekt))
        self._index = next((i for i in alle if i.kennung == self._kennung), alle[0] if alle else None)
        self._bild, self._mangel = None, ""
        index = self._index
        if index is not None:
            self._kennung = index.kennung
            try:
                self._bild = await tool.rufe_lang(
                    "Index wird berechnet",
                    lambda melde, stop: ablauf.compute_indexbild(
                        tool.projekt, index.kennung, self._jahr, self._wahl, melde, stop
                    ),
                )
            except SozialtoolFehler as fehler:
                self._mangel = str(fehler)
        self._zeige()

    def _zeige(self) -> None:
        titel, baue = ANSICHTEN[self._ansicht]
        name = self._bild.titel if self._bild else self._index.name if self._index else "Index"
        self.query_one(".seitentitel", Schrift).schreibe(f"{name} · {titel}")
        tabelle = self.query_one(Tabelle)
        if self._bild is None:
            tabelle.setze([], [Spalte("")])
            leer = "Noch kein Index. n legt einen an." if self._index is None else self._mangel
            self.query_one("#rechenzeile", Schrift).schreibe(satz((leer, "bold")))
            zurueck = "f und ein leeres Feld: wieder mit der heutigen Definition." if self._wahl is not None else ""
            self.query_one("#rechendetail", Schrift).schreibe(zurueck)
            return
        spalten, reihen = baue(self._bild, self.size.width - 4)
        tabelle.setze(reihen, spalten)
        stelle = f"   {self._ansicht + 1} von {len(ANSICHTEN)}"
        self.query_one("#rechenzeile", Schrift).schreibe(satz(self._bild.fassung, (stelle, "$leise")))
        self._zeige_detail()

    def _zeige_detail(self) -> None:
        reihe = self.query_one(Tabelle).gewaehlt
        if self._bild is not None:
            self.query_one("#rechendetail", Schrift).schreibe(_detail(self._bild, reihe.wert if reihe else None))

    def action_naechste_ansicht(self) -> None:
        """Show the next view."""
        self._ansicht = (self._ansicht + 1) % len(ANSICHTEN)
        self._zeige()

    @arbeit
    async def action_hinweise_zeigen(self) -> None:
        """Show everything that must be known for reading it."""
        if self._bild is not None:
            text = "\n\n".join((*self._bild.hinweise, describe_stabil(self._bild), *describe_laeufe(self._bild)))
            await self.tool.push_screen_wait(meldung(self._bild.titel, text))

    @arbeit
    async def action_index_waehlen(self) -> None:
        """Ask for an index and show it."""
        alle = await self.tool.rufe(lambda: ablauf.list_indizes(self.tool.projekt))
        wahl = [Antwort(f"{i.kennung} {i.name}", i.kennung, i.zustand.value) for i in alle]
        if len(wahl) < 2:
            self.tool.melde("Es gibt keinen anderen Index. n legt einen an.")
            return
        kennung = await self.tool.push_screen_wait(Frage("Welcher Index?", "", wahl))
        if kennung is not None:
            self._kennung, self._wahl = kennung, None
            await self.frisch()

    @arbeit
    async def action_index_anlegen(self) -> None:
        """Ask for a definition and store it."""
        await self._frage(Sozialindex("", "", ()), neu=True)

    @arbeit
    async def action_index_aendern(self) -> None:
        """Change the definition of today."""
        if self._index is not None:
            await self._frage(self._index, neu=False)

    async def _frage(self, index: Sozialindex, *, neu: bool) -> None:
        titel = "Neuer Index" if neu else f"{index.kennung} ändern"
        text = "Indikatoren mit Strichpunkt trennen; dahinter Gewicht und Teilindex: A01; A07 2; A10 1 Alter"
        antwort = await self.frage_definition(index, titel, neu=neu, text=text)
        if antwort is not None:
            self._kennung, self._wahl = antwort.get("kennung", index.kennung), None
            await self.frisch()

    @arbeit
    async def action_fassung_waehlen(self) -> None:
        """Ask for a day or a year of release; empty goes back to today's definition."""
        feld = Feld(
            "wann", "Tag oder Ausgabejahr", str, beispiel="31.12.2024",
            hilfe="Ein Tag (31.12.2024): wie damals vereinbart. Ein Jahr (2024): wie für dieses Jahr ausgegeben. Leer: heute.",
        )  # fmt: skip
        antwort = await self.tool.push_screen_wait(
            Formular("Welche Fassung?", [feld], pruefe=lambda w: read_wahl(w["wann"]))
        )
        if antwort is not None:
            self._wahl = read_wahl(antwort["wann"])
            await self.frisch()


def read_wahl(text: str) -> ablauf.Fassungswahl | None:
    """Read a day or a year of release; None for an empty text; raise `FeldFehler` otherwise."""
    if not text.strip():
        return None
    if text.strip().isdecimal() and len(text.strip()) == 4:
        return ablauf.Fassungswahl(ausgabejahr=int(text))
    tag = Feld("tag", "Tag", dt.date).from_text(text)
    if not isinstance(tag, dt.date):
        raise FeldFehler("Das ist kein Tag.", "Zum Beispiel 31.12.2024.")
    return ablauf.Fassungswahl(tag)


def _detail(bild: Indexbild, platz: int | str | None) -> Content:
    """Say what the marked area has (or a line of the definition in full), then the sentence that stands with every index."""
    teile = []
    if isinstance(platz, str):
        teile.append(satz(platz))
    elif platz is not None:
        gebiet, spanne = bild.gebiete[platz], bild.robustheit.spannen[platz]
        klasse = describe_klasse(bild, platz)
        if spanne is None:
            teile.append(satz((gebiet.name, "bold"), f": ohne Index, {klasse}."))
        else:
            teile.append(
                satz(
                    (gebiet.name, "bold"),
                    f": Rang {bild.stufen.raenge[platz]}, Klasse {klasse}; {describe_bewegung(bild, spanne).rstrip('.')}.",
                )
            )
    teile.append(satz((bild.hinweise[0], "$leise")))
    return UMBRUCH.join(teile)
