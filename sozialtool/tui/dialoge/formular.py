"""A form made from the descriptions of fields; each field says what is meant, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets.input import Selection

from sozialtool.fach.felder import Feld
from sozialtool.fehler import FeldFehler, SozialtoolFehler
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.dialoge.dialog import Abbrechen, Dialog
from sozialtool.tui.dialoge.schreibfenster import (
    UEBERNEHMEN,
    VERWERFEN,
    Fuellung,
    build_schreibfenster,
    frage_verwerfen,
)
from sozialtool.tui.teile.absatztext import clean_eingefuegt
from sozialtool.tui.teile.auswahl import Auswahl
from sozialtool.tui.teile.tasten import Tastenzeile
from sozialtool.tui.teile.textfeld import Textfeld
from sozialtool.tui.text import Schrift

Werte = dict[str, Any]
_TITELBREITE, _DRUMHERUM = 22, 15
"""Cells of a title (app.tcss; a longer one takes two lines); lines of frame, title, text, help, message and keys."""


class Weiter(Befehl):
    """Geht zum nächsten Feld; im letzten Feld wird übernommen."""

    titel = "Weiter"
    taste = "enter"
    kurz = "weiter, zuletzt übernehmen"


class Schreiben(Befehl):
    """Öffnet den markierten Text in einem Fenster, in dem sich Absätze schreiben lassen."""

    titel = "Text schreiben"
    taste = "enter"
    kurz = "Text öffnen"


class Speichern(Befehl):
    """Übernimmt alle Felder, ganz gleich, in welchem Sie gerade sind."""

    titel = "Übernehmen"
    taste = "f10"
    kurz = "übernehmen"
    vorrang = True


class Feldwechsel(Befehl):
    """Geht von Feld zu Feld, ohne etwas zu übernehmen; auch mit Tab und Umschalt+Tab."""

    titel = "Voriges und nächstes Feld"
    taste = "up,down"
    kurz = "Feld"


class Formular(Dialog[Werte]):
    """Ask for several values; the result has the converted values by name, or is None for Esc.

    What was typed stays when a check fails.
    """

    BEFEHLE: ClassVar[Befehle] = (Weiter, Schreiben, Speichern, Feldwechsel, Abbrechen)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((Speichern, Abbrechen)),
        Binding("up", "app.focus_previous", "voriges Feld", show=False, priority=True),
        Binding("down", "app.focus_next", "nächstes Feld", show=False, priority=True),
    ]

    def __init__(
        self,
        titel: str,
        felder: Sequence[Feld],
        werte: Mapping[str, Any] | None = None,
        *,
        text: str = "",
        pruefe: Callable[[Werte], object] | None = None,
        anfang: Mapping[str, Any] | None = None,
        fuellung: Fuellung | None = None,
    ) -> None:
        """Take what is asked for and its values.

        Args:
            titel: title of the window.
            felder: one line each.
            werte: what stands in the lines, by name.
            text: what has to be known first.
            pruefe: checks all values together and raises `SozialtoolFehler`.
            anfang: what is stored, where `werte` was typed before and could not be.
            fuellung: what longer texts may name in braces.
        """
        super().__init__(titel)
        self._felder = tuple(felder)
        self._werte = dict(werte or {})
        self._text = text
        self._pruefe = pruefe
        self._anfang = self._werte if anfang is None else dict(anfang)
        self._fuellung = fuellung

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
        text = feld.to_text(self._werte.get(feld.name))
        if feld.absaetze or "\n" in text:
            return Textfeld(text, id=f"feld_{feld.name}")
        if feld.art is bool and text:
            return Auswahl(("nein", "ja"), text, id=f"feld_{feld.name}")
        if feld.auswahl:
            return Auswahl(feld.auswahl, text, id=f"feld_{feld.name}")
        return Zeile(value=text, id=f"feld_{feld.name}", select_on_focus=False, compact=True)

    def hilfebefehle(self) -> Befehle:
        """Leave out what a longer text needs where there is none."""
        mit_text = any(isinstance(widget, Textfeld) for widget in self._feld_widgets())
        return tuple(befehl for befehl in self.BEFEHLE if mit_text or befehl is not Schreiben)

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
                self.query_one(Tastenzeile).verstecke(Weiter if isinstance(widget, Textfeld) else Schreiben)

    def on_input_submitted(self, ereignis: Input.Submitted) -> None:
        """Go on to the next field, or take everything after the last one."""
        ereignis.stop()
        self._weiter(ereignis.input)

    def on_auswahl_genommen(self, ereignis: Auswahl.Genommen) -> None:
        """Go on to the next field, or take everything after the last one."""
        ereignis.stop()
        self._weiter(ereignis.auswahl)

    def on_textfeld_oeffnen(self, ereignis: Textfeld.Oeffnen) -> None:
        """Open the window of a longer text; what is taken over stands in its line, and the next field is asked for."""
        ereignis.stop()
        textfeld = ereignis.textfeld
        feld = self._felder[self._feld_widgets().index(textfeld)]

        def nimm(text: str | None) -> None:
            textfeld.focus()
            if text is not None:
                textfeld.value = text
                if textfeld is not self._feld_widgets()[-1]:
                    self._weiter(textfeld)

        self.app.push_screen(
            build_schreibfenster(f"{self.titel} · {feld.titel}", feld, textfeld.value, self._fuellung), nimm
        )

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

    def action_feldwechsel(self) -> None:
        """Go to the next field (for a click on the key line)."""
        self.focus_next()

    def action_schreiben(self) -> None:
        """Open the text with the focus (for a click on the key line)."""
        if isinstance(self.focused, Textfeld):
            self.focused.action_oeffne()

    @property
    def ungesichert(self) -> bool:
        """Whether a longer text was taken over into the form that is not stored yet."""
        return any(
            isinstance(widget, Textfeld) and widget.value != feld.to_text(self._anfang.get(feld.name))
            for feld, widget in zip(self._felder, self._feld_widgets(), strict=True)
        )

    def action_abbrechen(self) -> None:
        """Close without an answer; ask before a written text is thrown away."""
        if self.ungesichert:
            self.app.push_screen(
                frage_verwerfen(
                    "Im Formular steht ein Text, der noch nicht gespeichert ist.",
                    "Alles, was im Formular steht, wird gespeichert.",
                ),
                self._entscheide,
            )
        else:
            self.dismiss(None)

    def _entscheide(self, antwort: str | None) -> None:
        if antwort == UEBERNEHMEN:
            self.action_speichern()
        elif antwort == VERWERFEN:
            self.dismiss(None)

    def action_speichern(self) -> None:
        """Convert and check all fields; close with the values, or say what is wrong and where."""
        werte: Werte = {}
        for feld, widget in zip(self._felder, self._feld_widgets(), strict=True):
            try:
                werte[feld.name] = feld.from_text(_text_of(widget))
            except SozialtoolFehler as fehler:
                self._zeige_fehler(fehler, widget)
                return
        if self._pruefe is not None:
            try:
                self._pruefe(werte)
            except SozialtoolFehler as fehler:
                stelle = fehler.feld if isinstance(fehler, FeldFehler) else ""
                self._zeige_fehler(fehler, self.query_one(f"#feld_{stelle}") if stelle in werte else None)
                return
        self.dismiss(werte)

    def _zeige_fehler(self, fehler: SozialtoolFehler, widget: Widget | None) -> None:
        self.query_one("#feldfehler", Schrift).schreibe(f"! {fehler}")
        if widget is not None:
            widget.focus()


class Zeile(Input):
    """A line of a form: entered, all of it is marked and its beginning shown. Of a pasted text it takes all lines, not the first alone."""

    def _on_focus(self, event: events.Focus) -> None:
        """Mark from the end to the beginning: Textual marks the other way and shows of a long line only how it ends."""
        if not event.from_app_focus:
            self.selection = Selection(len(self.value), 0)

    def _on_paste(self, event: events.Paste) -> None:
        """Join the lines."""
        event.text = " ".join(clean_eingefuegt(event.text).text.split("\n"))


def _text_of(widget: Widget) -> str:
    """What stands in a line."""
    assert isinstance(widget, Input | Auswahl | Textfeld)
    return widget.value
