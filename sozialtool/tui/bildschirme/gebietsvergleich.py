"""One Indikator in all areas: value and chance span of each as a line, against town, Ortsteil and values from outside."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from sozialtool import ablauf
from sozialtool.fach.auswertung import Auswertung, Bezugsart, Gebietsauswertung
from sozialtool.fach.messwert import Zeichen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.dialoge.frage import meldung
from sozialtool.tui.teile import intervallbild, matrix
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, klar, zelle
from sozialtool.tui.themen import lage_stil

_WERT, _LAGE = 9, 5


class Ordnen(Befehl):
    """Ordnet nach dem Wert, höchster zuerst; noch einmal: wieder in der Reihenfolge der Stadt."""

    titel = "Nach dem Wert ordnen"
    taste = "o"
    kurz = "ordnen"


class Verfahren(Befehl):
    """Sagt, wie gerechnet wird, was die Zahlen nicht sagen und wie viele Auffälligkeiten Zufall wären."""

    titel = "Verfahren und Grundlage"
    taste = "m"
    kurz = "Verfahren"


class GebietsvergleichSeite(MitDetail, Seite[None]):
    """All areas for one Indikator."""

    CSS_PATH = "auswertung.tcss"
    TITEL = "Gebiete im Vergleich"
    HILFE = (
        "Jede Zeile ist ein Gebiet. Der Punkt ist sein Wert, die doppelte Linie die 95-%-Spanne, die einfache die 99,8-%-Spanne. "
        "Der senkrechte Strich ist die Stadt, Buchstaben sind Werte von außen. Liegt der Strich außerhalb der doppelten Linie, "
        "ist der Unterschied mehr als Zufall; ein ! heißt: auch außerhalb der einfachen Linie. Mit o wird nach dem Wert geordnet."
    )
    BEFEHLE: ClassVar[Befehle] = (Ordnen, Verfahren, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings((Ordnen, Verfahren))]

    def __init__(self, auswertung: Auswertung) -> None:
        ind = auswertung.indikator
        einheit = ind.einheit.replace("‰", "je 1.000")  # not every console font has the sign (trap 24)
        super().__init__(f"{ind.name} · {auswertung.jahr}{f' · in {einheit}' if ind.einheit else ''}")
        self._auswertung = auswertung
        self._geordnet = False

    def inhalt(self) -> ComposeResult:
        """Lay out legend, lines and sentences."""
        yield Schrift(intervallbild.legende(self._auswertung), classes="vorspann")
        yield Tabelle(Spalte(""), id="vergleich")
        yield Schrift("", id="vergleichdetail", classes="detail")

    def on_mount(self) -> None:
        """Fill the table."""
        self._fuelle()
        self.query_one(Tabelle).focus()

    def on_resize(self, ereignis: events.Resize) -> None:
        """Draw for the new width."""
        del ereignis
        self._fuelle()

    def _fuelle(self) -> None:
        auswertung = self._auswertung
        name = matrix.name_width([zeile.gebiet for zeile in auswertung.gebiete])
        platz = self.size.width - name - _WERT - _LAGE - 6
        skala = intervallbild.build_skala(auswertung, platz)
        spalten = (
            Spalte("", name), Spalte("Wert", _WERT, "right"), Spalte("", _LAGE),
            Spalte(intervallbild.achse(skala)),
        )  # fmt: skip
        self.query_one(Tabelle).setze([self._reihe(zeile, skala) for zeile in self._zeilen()], spalten)
        self._zeige_detail()

    def _zeilen(self) -> list[Gebietsauswertung]:
        stadt, *rest = self._auswertung.gebiete
        if not self._geordnet:
            return [stadt, *rest]

        def hoehe(zeile: Gebietsauswertung) -> tuple[bool, float]:
            wert = zeile.kennzahl.wert if zeile.kennzahl is not None else None
            return wert is None or zeile.gebiet.ist_rest, -(wert or 0.0)

        return [stadt, *sorted(rest, key=hoehe)]

    def _reihe(self, zeile: Gebietsauswertung, skala: intervallbild.Skala) -> Reihe:
        auswertung, ind = self._auswertung, self._auswertung.indikator
        gegen = zeile.gegen(Bezugsart.STADT)
        lage = (gegen.lage or 0) if gegen is not None else 0
        stil = lage_stil(matrix.burden(ind, lage), dunkel=self.app.current_theme.dark)
        zeichen = f" {matrix.LAGE[lage]}{'!' if gegen is not None and gegen.sicher else ''}"
        stadt = auswertung.gebiete[0].kennzahl
        mit_stadt = intervallbild.has_stadt(auswertung)
        strich = stadt.wert if mit_stadt and stadt is not None and zeile is not auswertung.gebiete[0] else None
        ganz = not mit_stadt and zeile is auswertung.gebiete[0]
        bild = "" if ganz else intervallbild.linie(zeile, strich, auswertung.bezuege, skala)
        fett = "bold" if zeile is auswertung.gebiete[0] else ""
        texte: tuple[str | Text, ...] = (
            zeile.gebiet.name,
            matrix.wert(ind, zeile.kennzahl),
            zelle(zeichen, stil),
            zelle(bild),
        )
        return Reihe(zeile.gebiet.schluessel, texte, zeile, fett)

    def _zeige_detail(self) -> None:
        zeile = self.query_one(Tabelle).markiert
        self.query_one("#vergleichdetail", Schrift).schreibe(self._detail(zeile) if zeile is not None else "")

    def _detail(self, zeile: Gebietsauswertung) -> object:
        k = zeile.kennzahl
        if not zeile.aussagen:
            zeichen = k.zeichen if k is not None and k.zeichen else Zeichen.FEHLT
            return klar(f"{zeile.gebiet.name}: {zeichen.symbol} ({zeichen.value})")
        erste, *rest = [aussage.satz for aussage in zeile.aussagen]
        return UMBRUCH.join([klar(erste), klar(" ".join(rest))])

    def action_ordnen(self) -> None:
        """Sort by value, or back."""
        self._geordnet = not self._geordnet
        self._fuelle()

    @arbeit
    async def action_verfahren(self) -> None:
        """Show the methods behind this page."""
        text = await self.tool.rufe(lambda: ablauf.describe_verfahren(self._auswertung))
        await self.tool.push_screen_wait(meldung("Verfahren und Grundlage", text))
