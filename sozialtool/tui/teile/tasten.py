"""The key line at the foot: reads the commands of the screen, longest useful beginning that fits."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from sozialtool.tui.befehle import Befehl, Befehle
from sozialtool.tui.deutsch import taste_lang


class Tastenzeile(Widget):
    """What can be pressed here; each entry can be clicked too."""

    def __init__(self, *befehle: tuple[str, Befehle]) -> None:
        """Take pairs of (namespace of the action, commands)."""
        super().__init__()
        self._befehle = befehle
        self._versteckt: tuple[type[Befehl], ...] = ()
        self._vorn: type[Befehl] | None = None

    def verstecke(self, *befehle: type[Befehl], vorn: type[Befehl] | None = None) -> None:
        """Leave commands out that would do nothing now, and put one in front; the others are shown again."""
        self._versteckt, self._vorn = befehle, vorn
        self.refresh()

    def render(self) -> Content:
        """Lay the commands side by side as far as the line goes; the last one (where all others are found) always."""
        alle = [
            (raum, befehl)
            for raum, befehle in self._befehle
            for befehl in befehle
            if befehl.kurz and befehl not in self._versteckt
        ]
        alle.sort(key=lambda eintrag: eintrag[1] is not self._vorn)
        teile = [_eintrag(raum, befehl) for raum, befehl in alle]
        frei = self.size.width - 1
        while len(teile) > 1 and sum(teil.cell_length for teil in teile) + 2 * (len(teile) - 1) > frei:
            del teile[-2]
        return Content("  ").join(teile)


def _eintrag(raum: str, befehl: type[Befehl]) -> Content:
    klick = Style.from_meta({"@click": f"{raum}.{befehl.aktion()}"})
    return Content.assemble((taste_lang(befehl.taste), "bold"), f" {befehl.kurz}").stylize(klick)
