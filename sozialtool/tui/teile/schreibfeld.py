"""Where longer texts are written: soft wrap, the keys of an office program, and pasted text that is cleaned."""

from __future__ import annotations

import re
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from sozialtool.fach.schreibweise import format_anzahl
from sozialtool.tui.teile.absatztext import Eingefuegt, clean_eingefuegt, to_schreibtext

_SCHRITTE = 1000
"""So many steps can be taken back."""
_PLATZ = re.compile(r"\{[^{}]*\}")


def _key(taste: str, aktion: str, was: str) -> Binding:
    return Binding(taste, aktion, was, show=False)


class Schreibfeld(TextArea, inherit_bindings=False):
    """Textual's `TextArea` without its keys of a code editor (F6, F7, Strg+D, Strg+K … do something else on an office desk)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _key("up", "cursor_up", "Zeile hoch"),
        _key("down", "cursor_down", "Zeile tiefer"),
        _key("left", "cursor_left", "Zeichen zurück"),
        _key("right", "cursor_right", "Zeichen weiter"),
        _key("ctrl+left", "cursor_word_left", "Wort zurück"),
        _key("ctrl+right", "cursor_word_right", "Wort weiter"),
        _key("home", "cursor_line_start", "Anfang der Zeile"),
        _key("end", "cursor_line_end", "Schluss der Zeile"),
        _key("ctrl+home", "springe(False)", "Anfang des Textes"),
        _key("ctrl+end", "springe(True)", "Schluss des Textes"),
        _key("pageup", "cursor_page_up", "Seite hoch"),
        _key("pagedown", "cursor_page_down", "Seite tiefer"),
        _key("shift+up", "cursor_up(True)", "Zeile hoch markieren"),
        _key("shift+down", "cursor_down(True)", "Zeile tiefer markieren"),
        _key("shift+left", "cursor_left(True)", "Zeichen zurück markieren"),
        _key("shift+right", "cursor_right(True)", "Zeichen weiter markieren"),
        _key("ctrl+shift+left", "cursor_word_left(True)", "Wort zurück markieren"),
        _key("ctrl+shift+right", "cursor_word_right(True)", "Wort weiter markieren"),
        _key("shift+home", "cursor_line_start(True)", "bis Anfang der Zeile markieren"),
        _key("shift+end", "cursor_line_end(True)", "bis Schluss der Zeile markieren"),
        _key("ctrl+a", "select_all", "alles markieren"),
        _key("backspace", "delete_left", "Zeichen davor weg"),
        _key("delete", "delete_right", "Zeichen dahinter weg"),
        _key("ctrl+w,ctrl+backspace", "delete_word_left", "Wort davor weg"),
        _key("ctrl+delete", "delete_word_right", "Wort dahinter weg"),
        _key("ctrl+x,shift+delete", "cut", "ausschneiden"),
        _key("ctrl+c,ctrl+insert", "copy", "kopieren"),
        _key("ctrl+v,shift+insert", "paste", "einfügen"),
        # A classic console types pasted text key by key: a tab between two words must not glue them together.
        _key("tab", "leerzeichen", "Leerzeichen"),
    ]

    class Gesagt(Message):
        """Something happened that one would wonder about."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, text: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(
            text, id=id, soft_wrap=True, tab_behavior="focus", max_checkpoints=_SCHRITTE, compact=True,
            highlight_cursor_line=False,
        )  # fmt: skip

    async def _on_paste(self, event: events.Paste) -> None:
        """Clean what comes from another program before it is put in."""
        event.stop()
        event.prevent_default()
        neu = clean_eingefuegt(event.text)
        # Of a few words from the middle of a sentence the blanks around them belong to it.
        vorn, hinten = " " * event.text.startswith(" "), " " * event.text.endswith(" ")
        text = f"{vorn}{neu.text}{hinten}" if neu.absaetze == 1 else to_schreibtext(neu.text)
        if text:
            self.fuege_ein(text)
            self.post_message(self.Gesagt(_describe(neu)))

    def fuege_ein(self, text: str, markiert: str = "") -> None:
        """Put a text in the place of the marked one; the word `markiert` of it is marked then, to be written over."""
        self.history.checkpoint()
        start, schluss = sorted(self.selection)
        ergebnis = self.replace(text, start, schluss, maintain_selection_offset=False)
        self.history.checkpoint()
        if markiert in text and markiert:
            zeile, spalte = start
            self.move_cursor((zeile, spalte + text.index(markiert)))
            self.move_cursor((zeile, spalte + text.index(markiert) + len(markiert)), select=True)
        else:
            self.move_cursor(ergebnis.end_location)

    def markiere_platz(self) -> str:
        """Mark the place in braces in which the cursor stands; returns what is in it, "" where it stands in none."""
        zeile, spalte = self.cursor_location
        for treffer in _PLATZ.finditer(self.document[zeile]):
            if treffer.start() < spalte < treffer.end():
                self.move_cursor((zeile, treffer.start()))
                self.move_cursor((zeile, treffer.end()), select=True)
                return treffer[0][1:-1]
        return ""

    def action_paste(self) -> None:
        """Put in what was copied here; what another program holds reaches this one only through the window it runs in."""
        if self.app.clipboard:
            self.fuege_ein(self.app.clipboard)
        else:
            self.post_message(
                self.Gesagt("Hier ist noch nichts kopiert. Aus Word: rechte Maustaste oder Umschalt+Strg+V.")
            )

    def action_leerzeichen(self) -> None:
        """Write a blank."""
        self.replace(" ", *sorted(self.selection), maintain_selection_offset=False)

    def action_springe(self, zum_schluss: bool) -> None:
        """Go to the beginning or the end of the text."""
        self.move_cursor(self.document.end if zum_schluss else (0, 0))


def _describe(neu: Eingefuegt) -> str:
    text = f"Eingefügt: {format_anzahl(neu.absaetze, 'Absatz', 'Absätze')}"
    if neu.zusammengezogen:
        text += f", {neu.zusammengezogen}-mal eine umbrochene Zeile fortgesetzt"
    return f"{text}. Strg+Z nimmt es zurück."
