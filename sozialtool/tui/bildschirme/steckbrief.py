"""One Sozialraum against the city: all Indikatoren by Handlungsfeld."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sozialtool.ablauf.werte import Monitoring
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import LAGE_WORT
from sozialtool.tui.befehle import Befehl, Befehle
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.teile import matrix
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import Schrift, zelle
from sozialtool.tui.themen import lage_stil


class Naechster(Befehl):
    """Zeigt den nächsten Sozialraum; ← den vorigen."""

    titel = "Nächster Sozialraum"
    taste = "right"
    kurz = "nächster"


class SteckbriefSeite(MitDetail, Seite[None]):
    """Figures of one area."""

    CSS_PATH = "steckbrief.tcss"
    TITEL = "Steckbrief"
    HILFE = (
        "Ein Sozialraum mit allen vereinbarten Indikatoren, daneben der Wert der Stadt und wo der Sozialraum gegen sie "
        "steht. Mit ← und → kommen Sie zum vorigen und nächsten Sozialraum."
    )
    BEFEHLE: ClassVar[Befehle] = (Naechster, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "naechster(1)", "Nächster", show=False, priority=True),
        Binding("left", "naechster(-1)", "Voriger", show=False, priority=True),
    ]

    def __init__(self, monitoring: Monitoring, gebiet: Gebiet, handlungsfelder: dict[str, str]) -> None:
        super().__init__(gebiet.name)
        self._monitoring = monitoring
        self._gebiet = gebiet
        self._felder = handlungsfelder

    def inhalt(self) -> ComposeResult:
        """Lay out table and detail."""
        yield Tabelle(
            Spalte("Indikator"), Spalte("Wert", 9, "right"), Spalte("", 4), Spalte("Stadt", 8, "right"),
            Spalte(" gegen die Stadt", 23), id="steckbrief",
        )  # fmt: skip
        yield Schrift("", id="steckbriefdetail", classes="detail")

    def on_mount(self) -> None:
        """Fill the table."""
        self._fuelle()
        self.query_one(Tabelle).focus()

    def _fuelle(self) -> None:
        monitoring = self._monitoring
        self.query_one(".seitentitel", Schrift).schreibe(f"{self._gebiet.name} · Steckbrief {monitoring.jahr}")
        reihen: list[Reihe] = []
        for feld, gruppe in groupby(monitoring.indikatoren, key=lambda indikator: indikator.handlungsfeld):
            reihen.append(Reihe(f"feld {feld}", (self._felder.get(feld, feld), "", "", "", ""), None, "bold"))
            reihen += [self._reihe(indikator) for indikator in gruppe]
        tabelle = self.query_one(Tabelle)
        tabelle.setze(reihen)
        if tabelle.gewaehlt is None or tabelle.gewaehlt.wert is None:
            tabelle.waehle(lambda reihe: reihe.wert is not None)
        self._zeige_detail()

    def _reihe(self, indikator: Indikator) -> Reihe:
        monitoring = self._monitoring
        stadt = monitoring.gebiete[0]
        hier = monitoring.zelle(self._gebiet.schluessel, indikator.kennung)
        lage = hier.lage if hier is not None and self._gebiet is not stadt else None
        stil = lage_stil(matrix.burden(indikator, lage or 0), dunkel=self.app.current_theme.dark)
        texte: tuple[str | Text, ...] = (
            f"  {indikator.name}",
            matrix.wert(indikator, hier),
            zelle(f" {matrix.LAGE[lage or 0]:<2}", stil),
            matrix.wert(indikator, monitoring.zelle(stadt.schluessel, indikator.kennung)),
            f" {LAGE_WORT[lage]}" if lage is not None else "",
        )
        return Reihe(indikator.kennung, texte, indikator)

    def _zeige_detail(self) -> None:
        reihe = self.query_one(Tabelle).gewaehlt
        text = matrix.detail(self._monitoring, self._gebiet, reihe.wert) if reihe and reihe.wert else ""
        self.query_one("#steckbriefdetail", Schrift).schreibe(text)

    def action_naechster(self, um: int = 1) -> None:
        """Show the next area."""
        gebiete = self._monitoring.gebiete
        self._gebiet = gebiete[(gebiete.index(self._gebiet) + um) % len(gebiete)]
        self._fuelle()
