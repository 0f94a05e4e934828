"""A plot of a series with characters that the classic Windows console has (trap 24): dots, and lines of box characters."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from textual.app import RenderResult
from textual_plotext import PlotextPlot

from sozialtool.tui.text import saeubern, zahl
from sozialtool.tui.themen import DUNKEL

MARKEN = ("●", "○")
"""Area, city: told apart by the sign, the colour only helps."""


class Verlaufsbild(PlotextPlot):
    """Lines over years; a missing value and a break in definition are gaps."""

    def __init__(
        self,
        jahre: Sequence[int],
        linien: Sequence[tuple[str, Sequence[float | None]]],
        brueche: Mapping[int, str],
        einheit: str,
    ) -> None:
        super().__init__()
        self._jahre = tuple(jahre)
        self._linien = tuple(linien)
        self._brueche = dict(brueche)
        self._einheit = einheit
        self.auto_theme = False

    def render(self) -> RenderResult:
        """Draw for the present size and theme."""
        plt = self.plt
        plt.clear_figure()
        plt.theme("clear")
        farben = ((134, 199, 216), (230, 236, 238)) if self.app.theme == DUNKEL else ((31, 78, 95), (27, 27, 27))
        # The area last, so that it lies on top where both have the same value.
        for (_, werte), marke, farbe in reversed(list(zip(self._linien, MARKEN, farben, strict=False))):
            for jahre, stueck in cut_pieces(self._jahre, werte, self._brueche):
                plt.plot(jahre, stueck, marker="·", color=farbe)
                plt.scatter(jahre, stueck, marker=marke, color=farbe)
        self._draw_achsen()
        return super().render()

    def _draw_achsen(self) -> None:
        namen = "   ".join(f"{marke} {saeubern(name)}" for (name, _), marke in zip(self._linien, MARKEN, strict=False))
        self.plt.title(f"{namen}   in {self._einheit}" if self._einheit else namen)
        if not self._jahre:
            return
        schritt = max(1, -(-len(self._jahre) * 6 // max(self.size.width - 10, 1)))
        jahre = self._jahre[::-1][::schritt][::-1]
        self.plt.xlim(self._jahre[0] - 0.5, self._jahre[-1] + 0.5)
        self.plt.xticks(list(jahre), [f"{jahr}{'≠' if jahr in self._brueche else ''}" for jahr in jahre])
        teilung = nice_ticks([wert for _, werte in self._linien for wert in werte if wert is not None])
        stellen = 0 if all(float(strich).is_integer() for strich in teilung) else 1
        self.plt.ylim(min(teilung), max(teilung))
        self.plt.yticks(teilung, [zahl(strich, stellen) for strich in teilung])


def nice_ticks(werte: Sequence[float]) -> list[float]:
    """Divide the axis in about five round steps, from zero (counts and shares) to above the highest value."""
    hoch, tief = max((*werte, 0.0)), min((*werte, 0.0))
    spanne = (hoch - tief) or 1.0
    potenz = 10.0 ** math.floor(math.log10(spanne / 5))
    schritt = next(stufe * potenz for stufe in (1, 2, 2.5, 5, 10) if stufe * potenz * 5 >= spanne)
    von, bis = math.floor(tief / schritt), math.ceil(hoch / schritt) or 1
    return [round(nummer * schritt, 6) for nummer in range(von, bis + 1)]


def cut_pieces(
    jahre: Sequence[int], werte: Sequence[float | None], brueche: Mapping[int, str]
) -> list[tuple[list[int], list[float]]]:
    """Cut a series at missing values and before each break, so that no line is drawn across them."""
    stuecke: list[tuple[list[int], list[float]]] = []
    offen = False
    for jahr, wert in zip(jahre, werte, strict=True):
        if wert is None:
            offen = False
            continue
        if not offen or jahr in brueche:
            stuecke.append(([], []))
            offen = True
        stuecke[-1][0].append(jahr)
        stuecke[-1][1].append(wert)
    return stuecke
