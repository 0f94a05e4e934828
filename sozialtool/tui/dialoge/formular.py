"""A form made from the descriptions of fields; each field says what is meant, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from sozialtool.fach.felder import Feld
from sozialtool.fehler import SozialtoolFehler
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.dialoge.dialog import Abbrechen, Dialog
from sozialtool.tui.teile.auswahl import Auswahl
from sozialtool.tui.text import Schrift

Werte = dict[str, Any]
_ABSATZ, _UMBRUCH = " ¶ ", re.compile(r"\s*(?:¶|\|\|)\s*")
"""How a line break of a longer text is shown in a line, and how it may be typed: a German keyboard has no ¶."""
_TITELBREITE, _DRUMHERUM = 22, 15
"""Cells of a title (app.tcss; a longer one takes two lines); lines of frame, title, text, help, message and keys."""


class Weiter(Befehl):
    """Geht zum nächsten Feld; im letzten Feld wird übernommen."""

    titel = "Weiter"
    taste = "enter"
    kurz = "weiter, zuletzt übernehmen"


class Speichern(Befehl):
    """Übernimmt alle Felder, ganz gleich, in welchem Sie gerade sind."""

    titel = "Übernehmen"
    taste = "f10"
    kurz = "übernehmen"
    vorrang = True


class Formular(Dialog[Werte]):
    """Ask for several values; the result has the converted values by name, or is None for Esc.

    What was typed stays when a check fails.
    """

    BEFEHLE: ClassVar[Befehle] = (Weiter, Speichern, Abbrechen)
    BINDINGS: ClassVar[list[BindingType]] = bindings((Speichern, Abbrechen))

    def __init__(
        self,
        titel: str,
        felder: Sequence[Feld],
        werte: Mapping[str, Any] | None = None,
        *,
        text: str = "",
        pruefe: Callable[[Werte], object] | None = None,
    ) -> None:
        super().__init__(titel)
        self._felder = tuple(felder)
        self._werte = dict(werte or {})
        self._text = text
        self._pruefe = pruefe

    def inhalt(self) -> ComposeResult:
        """Lay out a line per field, the help of the focused one, and the message."""
        if self._text:
            yield Schrift(self._text, id="formulartext")
        with VerticalScroll(id="felder", can_focus=False):
            for feld in self._felder:
                with Horizontal(classes="feldzeile"):
                    yield Schrift(feld.titel, classes="feldtitel")
                    yield self._eingabe(feld)
        yield Schrift("", id="feldhilfe", classes="klein")
        yield Schrift("", id="feldfehler", classes="fehler")

    def _eingabe(self, feld: Feld) -> Widget:
        text = feld.to_text(self._werte.get(feld.name)).replace("\n", _ABSATZ)
        if feld.art is bool and text:
            return Auswahl(("nein", "ja"), text, id=f"feld_{feld.name}")
        if feld.auswahl:
            return Auswahl(feld.auswahl, text, id=f"feld_{feld.name}")
        return Input(value=text, id=f"feld_{feld.name}", select_on_focus=True, compact=True)

    def on_mount(self) -> None:
        """Put the focus on the first field."""
        self._feld_widgets()[0].focus()

    def on_resize(self, ereignis: events.Resize) -> None:
        """Let the fields scroll where they are too many: help, message and keys below them always stay in sight."""
        zeilen = sum(1 + len(feld.titel) // (_TITELBREITE + 1) for feld in self._felder)
        self.set_class(zeilen + _DRUMHERUM > ereignis.size.height, "-knapp")

    def _feld_widgets(self) -> list[Widget]:
        return [self.query_one(f"#feld_{feld.name}") for feld in self._felder]

    def on_descendant_focus(self) -> None:
        """Show the help of the field with the focus."""
        for feld, widget in zip(self._felder, self._feld_widgets(), strict=True):
            if widget.has_focus:
                einheit = f" ({feld.einheit})" if feld.einheit else ""
                self.query_one("#feldhilfe", Schrift).schreibe(feld.hilfe + einheit)

    def on_input_submitted(self, ereignis: Input.Submitted) -> None:
        """Go on to the next field, or take everything after the last one."""
        ereignis.stop()
        self._weiter(ereignis.input)

    def on_auswahl_genommen(self, ereignis: Auswahl.Genommen) -> None:
        """Go on to the next field, or take everything after the last one."""
        ereignis.stop()
        self._weiter(ereignis.auswahl)

    def _weiter(self, widget: Widget) -> None:
        widgets = self._feld_widgets()
        stelle = widgets.index(widget)
        if stelle + 1 < len(widgets):
            widgets[stelle + 1].focus()
        else:
            self.action_speichern()

    def action_weiter(self) -> None:
        """Go on from the field with the focus (for a click on the key line)."""
        if self.focused in self._feld_widgets():
            self._weiter(self.focused)

    def action_speichern(self) -> None:
        """Convert and check all fields; close with the values, or say what is wrong and where."""
        werte: Werte = {}
        for feld, widget in zip(self._felder, self._feld_widgets(), strict=True):
            try:
                werte[feld.name] = feld.from_text(self._text_of(feld, widget))
            except SozialtoolFehler as fehler:
                self._zeige_fehler(fehler, widget)
                return
        if self._pruefe is not None:
            try:
                self._pruefe(werte)
            except SozialtoolFehler as fehler:
                self._zeige_fehler(fehler, None)
                return
        self.dismiss(werte)

    def _text_of(self, feld: Feld, widget: Widget) -> str:
        """What stands in a line; only in texts of several paragraphs, and where there were some, ¶ and || mean a new one."""
        assert isinstance(widget, Input | Auswahl)
        mehrere = feld.absaetze or "\n" in feld.to_text(self._werte.get(feld.name))
        return _UMBRUCH.sub("\n", widget.value) if mehrere else widget.value

    def _zeige_fehler(self, fehler: SozialtoolFehler, widget: Widget | None) -> None:
        self.query_one("#feldfehler", Schrift).schreibe(f"! {fehler}")
        if widget is not None:
            widget.focus()
