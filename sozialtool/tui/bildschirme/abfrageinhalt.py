"""What one Fachbereich is asked: its Merkmale switched on and off, the deadline, the day of the election."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from sozialtool.ablauf.abfragelage import Abfragemerkmal
from sozialtool.ablauf.abfragen import AbfrageZeile
from sozialtool.fach.felder import Feld
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Seite
from sozialtool.tui.deutsch import anzahl, datum
from sozialtool.tui.dialoge.dialog import Abbrechen
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.suche import Suche
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz


class MerkmalUmschalten(Befehl):
    """Nimmt das markierte Merkmal ins Formular auf oder lässt es weg."""

    titel = "Merkmal fragen oder weglassen"
    taste = "space"
    kurz = "ja/nein"


class MerkmalHinzufuegen(Befehl):
    """Sucht ein Merkmal, das bei einem anderen Fachbereich steht, und nimmt es auf."""

    titel = "Anderes Merkmal aufnehmen"
    taste = "h"
    kurz = "anderes aufnehmen"


class Termine(Befehl):
    """Ändert die Frist, und wo nach Wahlen gefragt wird, den Wahltag."""

    titel = "Frist und Wahltag"
    taste = "t"
    kurz = "Frist"


class InhaltUebernehmen(Befehl):
    """Übernimmt Frist und Merkmale in die Abfrage."""

    titel = "Übernehmen"
    taste = "f10"
    kurz = "übernehmen"


class AbfrageinhaltSeite(MitDetail, Seite[dict[str, Any]]):
    """The content of an Abfrage; the result has frist, wahltag and merkmale, or is None for Esc."""

    CSS_PATH = "abfragen.tcss"
    VERLASSBAR: ClassVar[bool] = False
    TITEL = "Frist und Merkmale"
    HILFE = (
        "Mit ● steht da, was das Formular fragt; die Leertaste schaltet um. Vorgeschlagen ist, was die vereinbarten Indikatoren "
        "brauchen. F10 übernimmt alles, Esc verwirft. Ist das Formular schon verschickt, entsteht beim nächsten Schreiben eine "
        "neue Fassung."
    )
    BEFEHLE: ClassVar[Befehle] = (MerkmalUmschalten, InhaltUebernehmen, Termine, MerkmalHinzufuegen, Abbrechen)
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE)

    def __init__(self, zeile: AbfrageZeile, merkmale: Sequence[Abfragemerkmal]) -> None:
        super().__init__(f"{zeile.fachbereich.name} {zeile.abfrage.jahr}: was gefragt wird")
        self._alle = {m.merkmal.schluessel: m for m in merkmale}
        self._sichtbar = [m.merkmal.schluessel for m in merkmale if m.gefragt or m.eigen]
        self._gefragt = [m.merkmal.schluessel for m in merkmale if m.gefragt]
        self._frist, self._wahltag = zeile.abfrage.frist, zeile.abfrage.wahltag

    def inhalt(self) -> ComposeResult:
        """Lay out deadline, table and detail."""
        yield Schrift("", id="abfragetermine", classes="vorspann")
        yield Tabelle(
            Spalte("", 3), Spalte("Merkmal"), Spalte("Stichtag", 10), Spalte("gebraucht für", 22), id="abfragen"
        )
        yield Schrift("", id="abfragedetail", classes="detail")

    def on_mount(self) -> None:
        """Fill the page."""
        self._zeige()
        self.query_one(Tabelle).focus()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Switch the Merkmal under the mark."""
        ereignis.stop()
        self.action_merkmal_umschalten()

    def _zeige(self) -> None:
        teile = [anzahl(len(self._gefragt), "Merkmal", "Merkmale"), f"Frist {datum(self._frist, '–')}"]
        if self._mit_wahl():
            teile.append(f"Wahltag {datum(self._wahltag)}" if self._wahltag else "Wahltag: das Formular fragt danach")
        self.query_one("#abfragetermine", Schrift).schreibe(" · ".join(teile))
        self.query_one(Tabelle).setze([self._reihe(self._alle[s]) for s in self._sichtbar])
        self._zeige_detail()

    def _mit_wahl(self) -> bool:
        return any(self._alle[s].wahl for s in self._gefragt)

    def _reihe(self, zeile: Abfragemerkmal) -> Reihe:
        zeichen = "●" if zeile.merkmal.schluessel in self._gefragt else "○"
        wofuer = ", ".join(zeile.indikatoren) or "–"
        return Reihe(zeile.merkmal.schluessel, (zeichen, zeile.merkmal.name, zeile.merkmal.stichtag, wofuer), zeile)

    def _zeige_detail(self) -> None:
        reihe = self.query_one(Tabelle).gewaehlt
        text = satz("Dieser Fachbereich hat kein Merkmal. h nimmt eines auf.")
        if reihe is not None:
            merkmal, gefragt = reihe.wert.merkmal, reihe.schluessel in self._gefragt
            kopf = satz((merkmal.name, "bold"), " · wird gefragt" if gefragt else " · wird nicht gefragt")
            text = satz(kopf, UMBRUCH, merkmal.definition or "Ohne Definition.")
        self.query_one("#abfragedetail", Schrift).schreibe(text)

    def action_merkmal_umschalten(self) -> None:
        """Ask for the marked Merkmal, or leave it out."""
        reihe = self.query_one(Tabelle).gewaehlt
        if reihe is None:
            return
        if reihe.schluessel in self._gefragt:
            self._gefragt.remove(reihe.schluessel)
        else:
            # The columns keep the order of the list.
            self._gefragt = [s for s in self._sichtbar if s in self._gefragt or s == reihe.schluessel]
        self._zeige()

    @arbeit
    async def action_merkmal_hinzufuegen(self) -> None:
        """Look for a Merkmal of another Fachbereich."""
        andere = {
            s: f"{m.merkmal.name} ({m.merkmal.fachbereich or 'ohne Fachbereich'})"
            for s, m in self._alle.items() if s not in self._sichtbar
        }  # fmt: skip
        schluessel = await self.tool.push_screen_wait(Suche("Anderes Merkmal aufnehmen", andere))
        if schluessel is not None:
            self._sichtbar.append(schluessel)
            self._gefragt.append(schluessel)
            self._zeige()
            self.query_one(Tabelle).waehle(lambda reihe: reihe.schluessel == schluessel)

    @arbeit
    async def action_termine(self) -> None:
        """Ask for the deadline, and for the day of the election where it matters."""
        felder = [Feld("frist", "Frist", dt.date, hilfe="Bis wann die Antwort da sein soll, zum Beispiel 31.03.2026.")]
        if self._mit_wahl():
            felder.append(Feld("wahltag", "Wahltag", dt.date, hilfe="Leer: Das Formular fragt nach dem Tag."))
        werte = await self.tool.push_screen_wait(
            Formular("Termine", felder, {"frist": self._frist, "wahltag": self._wahltag})
        )
        if werte is not None:
            self._frist, self._wahltag = werte["frist"], werte.get("wahltag", self._wahltag)
            self._zeige()

    def action_inhalt_uebernehmen(self) -> None:
        """Close with what was chosen; a form without a question is none."""
        if not self._gefragt:
            self.tool.melde(
                "Ohne Merkmal fragt das Formular nichts. Wer nichts gefragt wird: Abfrage entfernen (Entf)."
            )
            return
        self.dismiss({"frist": self._frist, "wahltag": self._wahltag, "merkmale": tuple(self._gefragt)})

    def action_abbrechen(self) -> None:
        """Leave without a change."""
        self.dismiss(None)
