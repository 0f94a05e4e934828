"""One Indikator over the years: the area and the city as a plot, and the figures beside it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal

from sozialtool.ablauf.werte import Monitoring
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Vermerk
from sozialtool.fach.raum import Gebiet
from sozialtool.tui.befehle import Befehle
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.teile import matrix
from sozialtool.tui.teile.bild import Verlaufsbild
from sozialtool.tui.teile.tabelle import Reihe, Spalte, Tabelle
from sozialtool.tui.text import Schrift, zahl


class VerlaufSeite(Seite[None]):
    """Series of one cell of the matrix."""

    CSS_PATH = "verlauf.tcss"
    TITEL = "Verlauf"
    HILFE = (
        "Der Indikator über alle Jahre, für den Sozialraum und die Stadt. Ein Bruch in der Definition steht in der "
        "Spalte rechts; über ihn hinweg lassen sich die Werte nicht vergleichen, im Bild bleibt dort eine Lücke. s heißt geschätzt."
    )
    BEFEHLE: ClassVar[Befehle] = (Zurueck,)

    def __init__(self, monitoring: Monitoring, gebiet: Gebiet, indikator: Indikator) -> None:
        super().__init__(f"{indikator.name} · {gebiet.name}")
        self._monitoring = monitoring
        self._gebiet = gebiet
        self._indikator = indikator

    def inhalt(self) -> ComposeResult:
        """Lay out plot, sentence and table."""
        monitoring, indikator = self._monitoring, self._indikator
        stadt = monitoring.gebiete[0]
        linien = [(self._gebiet.name, self._werte(self._gebiet))]
        if stadt is not self._gebiet:
            linien.append((stadt.name, self._werte(stadt)))
        yield Schrift(monitoring.satz(self._gebiet.schluessel, indikator.kennung), classes="vorspann")
        with Horizontal():
            yield Verlaufsbild(monitoring.jahre, linien, self._brueche(), indikator.einheit)
            yield Tabelle(
                Spalte("Jahr", 6), Spalte("Wert", 8, "right"), Spalte("Stadt", 8, "right"), Spalte(" von … bis", 14, "right"),
                id="jahre",
            )  # fmt: skip

    def on_mount(self) -> None:
        """Fill the table, newest year first."""
        self.query_one(Tabelle).setze([self._reihe(jahr) for jahr in reversed(self._monitoring.jahre)])
        self.query_one(Tabelle).focus()

    def _werte(self, gebiet: Gebiet) -> list[float | None]:
        zellen = [self._monitoring.zelle(gebiet.schluessel, self._indikator.kennung, j) for j in self._monitoring.jahre]
        return [zelle.wert if zelle else None for zelle in zellen]

    def _brueche(self) -> dict[int, str]:
        brueche = {}
        for jahr in self._monitoring.jahre:
            zelle = self._monitoring.zelle(self._gebiet.schluessel, self._indikator.kennung, jahr)
            if zelle is not None and zelle.bruch:
                brueche[jahr] = zelle.bruch
        return brueche

    def _reihe(self, jahr: int) -> Reihe:
        stellen = self._indikator.nachkommastellen
        hier = self._monitoring.zelle(self._gebiet.schluessel, self._indikator.kennung, jahr)
        stadt = self._monitoring.zelle(self._monitoring.gebiete[0].schluessel, self._indikator.kennung, jahr)
        spanne = ""
        if hier is not None and hier.unten is not None and hier.oben is not None:
            spanne = f"{zahl(hier.unten, stellen)} … {zahl(hier.oben, stellen)}"
        marke = "s" if hier is not None and hier.wert is not None and hier.vermerk is Vermerk.GESCHAETZT else ""
        bruch = "≠" if hier is not None and hier.bruch else ""
        texte = (
            f"{jahr}{bruch}",
            f"{matrix.wert(self._indikator, hier)}{marke}",
            matrix.wert(self._indikator, stadt),
            spanne,
        )
        return Reihe(str(jahr), texte, jahr)
