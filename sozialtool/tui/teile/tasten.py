"""The key line at the foot: reads the commands of the screen, longest useful beginning that fits."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from sozialtool.tui.befehle import Befehle
from sozialtool.tui.deutsch import taste_lang


class Tastenzeile(Widget):
    """What can be pressed here; each entry can be clicked too."""

    def __init__(self, *befehle: tuple[str, Befehle]) -> None:
        """Take pairs of (namespace of the action, commands)."""
        super().__init__()
        self._befehle = befehle

    def render(self) -> Content:
        """Lay the commands side by side as far as the line goes."""
        teile: list[Content] = []
        frei = self.size.width - 1
        for raum, befehle in self._befehle:
            for befehl in befehle:
                if not befehl.kurz:
                    continue
                teil = Content.assemble((taste_lang(befehl.taste), "bold $petrol"), f" {befehl.kurz}")
                if teil.cell_length + 2 > frei:
                    return Content.assemble(*teile)
                frei -= teil.cell_length + 2
                klick = Style.from_meta({"@click": f"{raum}.{befehl.aktion()}"})
                teile += [teil.stylize(klick), Content("  ")]
        return Content.assemble(*teile)
