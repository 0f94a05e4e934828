"""Choose a file: type a path, or walk with ↑↓ and Enter. The folder is read in the background (network drives)."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import attrs
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from sozialtool.orte import PLATZ_ORDNER, als_pfad, lang, zeige
from sozialtool.tui.befehle import Befehl, Befehle
from sozialtool.tui.dialoge.dialog import Abbrechen
from sozialtool.tui.dialoge.treffer import Trefferwahl
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.text import Schrift, klar, zahl

HOECHSTENS = 300
"""More entries are not shown; typing narrows them down."""


class Nehmen(Befehl):
    """Öffnet den markierten Ordner oder nimmt die markierte Datei."""

    titel = "Nehmen"
    taste = "enter"
    kurz = "nehmen"


class Ergaenzen(Befehl):
    """Schreibt den markierten Namen in die Zeile oben."""

    titel = "Ergänzen"
    taste = "tab"
    kurz = "ergänzen"


@attrs.frozen
class Eintrag:
    """One line of the list."""

    pfad: Path
    ordner: bool
    name: str


class Dateiwahl(Trefferwahl[Path]):
    """The result is the path of an existing file, or None for Esc."""

    HILFE: ClassVar[str] = (
        "Oben steht ein Ordner oder eine Datei; tippen grenzt die Liste ein, ein ganzer Pfad lässt sich einfügen (auch mit den "
        "Anführungszeichen aus dem Explorer). ↑ und ↓ wählen, Enter öffnet den Ordner oder nimmt die Datei."
    )
    BEFEHLE: ClassVar[Befehle] = (Nehmen, Ergaenzen, Abbrechen)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "ergaenzen", "ergänzen", show=False, priority=True),
    ]

    def __init__(self, titel: str, ordner: Path, endungen: Sequence[str], text: str = "", vorschlag: str = "") -> None:
        """Begin in `ordner`; `vorschlag`: name of the file on which the mark begins, where there is one."""
        super().__init__(titel)
        self._vorschlag = vorschlag
        self._text = text
        self._ordner = ordner
        self._endungen = tuple(endungen)
        self._eintraege: tuple[Eintrag, ...] = ()

    def inhalt(self) -> ComposeResult:
        """Lay out the line for the path and the list."""
        if self._text:
            yield Schrift(self._text, id="formulartext")
        yield Input(value=_mit_trenner(self._ordner), id="pfad", compact=True, select_on_focus=False)
        yield Schrift("", id="dateihinweis", classes="klein")
        yield OptionList(id="treffer")

    def on_input_changed(self) -> None:
        """List what fits."""
        self.liste()

    @arbeit
    async def liste(self) -> None:
        """Read the folder that the line names until the line does not change any more."""
        gelesen = None
        while self.is_mounted and gelesen != (zeile := self.query_one(Input).value):
            gelesen = zeile
            eintraege, hinweis = await asyncio.to_thread(list_eintraege, zeile, self._endungen)
            if self.is_mounted and zeile == self.query_one(Input).value:
                self._zeige(eintraege, hinweis)

    def _zeige(self, eintraege: tuple[Eintrag, ...], hinweis: str) -> None:
        self._eintraege = eintraege
        self.query_one("#dateihinweis", Schrift).schreibe(hinweis)
        datei = next((nr for nr, e in enumerate(eintraege) if not e.ordner), 0)
        datei = next((nr for nr, e in enumerate(eintraege) if e.name == self._vorschlag), datei)
        self.setze([Option(klar(("► " if e.ordner else "  ") + e.name)) for e in eintraege], datei)

    def action_ergaenzen(self) -> None:
        """Put the marked name into the line."""
        eintrag = self._markiert()
        if eintrag is not None:
            self._schreibe(_mit_trenner(eintrag.pfad) if eintrag.ordner else str(eintrag.pfad))

    def on_input_submitted(self) -> None:
        """Take the typed or the marked path."""
        self.action_nehmen()

    def on_option_list_option_selected(self, ereignis: OptionList.OptionSelected) -> None:
        """Take the clicked entry."""
        self._nimm(self._eintraege[ereignis.option_index])

    def action_nehmen(self) -> None:
        """Walk into a folder, or close with the file."""
        getippt = als_pfad(self.query_one(Input).value)
        if lang(getippt).is_file():
            self.dismiss(getippt)
            return
        eintrag = self._markiert()
        if eintrag is not None:
            self._nimm(eintrag)
        else:
            self.query_one("#dateihinweis", Schrift).schreibe("! Diese Datei gibt es nicht. Bitte den Namen prüfen.")

    def _nimm(self, eintrag: Eintrag) -> None:
        if eintrag.ordner:
            self._schreibe(_mit_trenner(eintrag.pfad))
        else:
            self.dismiss(eintrag.pfad)

    def _markiert(self) -> Eintrag | None:
        return self._eintraege[self.stelle] if self.stelle is not None else None

    def _schreibe(self, text: str) -> None:
        zeile = self.query_one(Input)
        zeile.value = text
        zeile.cursor_position = len(text)


def list_eintraege(zeile: str, endungen: Sequence[str]) -> tuple[tuple[Eintrag, ...], str]:
    """List folders and fitting files for a typed path, and a hint for the person."""
    if sys.platform == "win32" and re.fullmatch(r'\s*"?[\\/]{2}[^\\/]*[\\/]?"?\s*', zeile):
        return (), "Ein Ordner im Netz beginnt mit Server und Freigabe: \\\\Server\\Freigabe\\"
    getippt = als_pfad(zeile)
    ist_ordner = zeile.strip().strip('"').endswith(("/", os.sep)) or not zeile.strip() or not getippt.name
    ordner, anfang = (getippt, "") if ist_ordner else (getippt.parent, getippt.name.casefold())
    try:
        with os.scandir(lang(ordner, PLATZ_ORDNER)) as lauf:
            funde = [Eintrag(Path(ordner / f.name), f.is_dir(), f.name) for f in lauf if _passt(f, anfang, endungen)]
    except OSError:
        return (), "Diesen Ordner gibt es nicht, oder er darf nicht gelesen werden."
    funde.sort(key=lambda e: (not e.ordner, e.name.casefold(), e.name))
    hinweis = "Dateien: " + ", ".join(f"*{endung}" for endung in endungen)
    if len(funde) > HOECHSTENS:
        hinweis += f" · {zahl(len(funde))} Einträge, gezeigt werden {HOECHSTENS}; tippen grenzt ein"
    oben = () if anfang or ordner.parent == ordner else (Eintrag(ordner.parent, True, ".. (Ordner darüber)"),)
    return (*oben, *funde[:HOECHSTENS]), hinweis


def _passt(fund: os.DirEntry[str], anfang: str, endungen: Sequence[str]) -> bool:
    if fund.name.startswith((".", "~$")) or not fund.name.casefold().startswith(anfang):
        return False
    return fund.is_dir() or fund.name.casefold().endswith(tuple(endungen))


def _mit_trenner(ordner: Path) -> str:
    text = zeige(ordner)
    return text if text.endswith(("/", os.sep)) else text + os.sep
