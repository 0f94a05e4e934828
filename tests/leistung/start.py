"""Start to the first usable screen against a bare Textual app with the same kinds of widgets."""

from __future__ import annotations

from pathlib import Path

from tests.leistung.messen import Messung, in_turn, program

BLANK = """
import asyncio
from textual.app import App
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Label, OptionList, Static, Tree

class Kahl(App):
    def compose(self):
        yield Static("sozialtool  Stadt · Berichtsjahr 2025")
        yield Static("F2 Überblick F3 Räume F4 Indikatoren F5 Daten")
        with Horizontal():
            baum = Tree("Der Weg")
            for n in range(6):
                ast = baum.root.add(f"Baustein {n}", expand=True)
                for m in range(4):
                    ast.add_leaf(f"Inhalt {m}")
            yield baum
            with VerticalScroll():
                yield Label("Als Nächstes")
                yield OptionList(*[f"Schritt {n}" for n in range(6)])
                yield Label("Zuletzt")
                yield Static("eins")
        yield Footer()

async def main():
    app = Kahl()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()

asyncio.run(main())
"""

UNSER = """
import asyncio, sys
from pathlib import Path
from sozialtool.tui.app import SozialtoolApp

async def main():
    app = SozialtoolApp(Path(sys.argv[1]))
    async with app.run_test(size=(120, 40)) as pilot:
        while not app.bereit:
            await asyncio.sleep(0.005)  # asking the pilot instead would keep the interpreter busy that opens the project
        await pilot.pause()

asyncio.run(main())
"""


def measure(projekt: Path) -> list[Messung]:
    unser, boden = in_turn([program(UNSER, str(projekt)), program(BLANK)], runden=9)
    return [Messung("Start bis zum ersten benutzbaren Bildschirm", unser, "kahle Textual-App", boden, 1.3)]
