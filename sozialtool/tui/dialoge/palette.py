"""Ctrl+P: every command by name. Typing filters; German, and without the symbols of Textual's own palette."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import ClassVar

import attrs
from textual.widgets.option_list import Option

from sozialtool.tui.befehle import Befehl, Befehle
from sozialtool.tui.deutsch import taste_lang
from sozialtool.tui.dialoge.suche import Suche
from sozialtool.tui.teile.kopf import BEREICHE
from sozialtool.tui.text import satz


@attrs.frozen
class Ruf:
    """A command and the namespace in which its action lives; `ziel` is the area it belongs to, where that is another one."""

    raum: str
    befehl: type[Befehl]
    ziel: str = ""
    ort: str = ""
    """How the area is called: "F8 Ausgabe"."""

    @property
    def aktion(self) -> str:
        """The action as Textual calls it."""
        if self.ziel:
            return f"app.gehe_und_tue('{self.ziel}', '{self.befehl.aktion()}')"
        return f"{self.raum}.{self.befehl.aktion()}"


def list_ferne(hier: str) -> list[Ruf]:
    """List the commands of all other areas; the modules of their screens are loaded for it."""
    rufe = []
    for taste, ziel, wort in BEREICHE:
        if ziel != hier:
            modul = importlib.import_module(f"sozialtool.tui.bildschirme.{ziel}")
            befehle: Befehle = getattr(modul, f"{ziel.capitalize()}Screen").BEFEHLE
            # Enter and Tab are about what is marked there.
            eigene = (befehl for befehl in befehle if befehl.taste not in ("enter", "tab"))
            rufe += [Ruf("app", befehl, ziel, f"{taste.upper()} {wort}") for befehl in eigene]
    return rufe


class Palette(Suche):
    """Choose a command; the result is its action, or None for Esc."""

    PLATZHALTER: ClassVar[str] = "Name des Befehls …"

    def __init__(self, rufe: Sequence[Ruf]) -> None:
        super().__init__("Befehle", {ruf.aktion: ruf.befehl.titel for ruf in rufe})
        self._rufe = {ruf.aktion: ruf for ruf in rufe}

    def suchtext(self, schluessel: str) -> str:
        """Look for words in name and help."""
        befehl = self._rufe[schluessel].befehl
        return f"{befehl.titel} {befehl.hilfe()}"

    def option(self, schluessel: str) -> Option:
        """Make the line: key and name."""
        ruf = self._rufe[schluessel]
        taste = ruf.ort or taste_lang(ruf.befehl.taste)
        return Option(satz(f"{taste:<15}", (ruf.befehl.titel, "bold")))
