"""A mail to copy: into the clipboard, as a text file, or marked with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from sozialtool import ablauf
from sozialtool.orte import zeige
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.text import Schrift

if TYPE_CHECKING:
    from sozialtool.ablauf.abfragelage import Anschreiben


class Kopieren(Befehl):
    """Legt den Text in die Zwischenablage und schreibt ihn zugleich als Textdatei neben die Formulare: Nicht jedes Fenster kann kopieren."""

    titel = "Text kopieren"
    taste = "c"
    kurz = "kopieren"


class Festhalten(Befehl):
    """Hält fest, dass die Mail heute verschickt ist, und geht zurück."""

    titel = "Als verschickt festhalten"
    taste = "v"
    kurz = "als verschickt festhalten"


class MailSeite(Seite[bool]):
    """A mail; the result says whether it is to be noted as sent."""

    CSS_PATH = "abfragen.tcss"
    VERLASSBAR: ClassVar[bool] = False
    TITEL = "Mailtext"
    HILFE = (
        "Der Text für Ihr Mailprogramm. c legt ihn in die Zwischenablage und schreibt ihn als Textdatei neben die Formulare; "
        "mit der Maus lässt sich auch ein Teil markieren. Ist die Mail verschickt, hält v das mit dem heutigen Tag fest."
    )
    BEFEHLE: ClassVar[Befehle] = (Kopieren, Festhalten, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = bindings((Kopieren, Festhalten))

    def __init__(self, mail: Anschreiben, jahr: int, folge: str = "") -> None:
        super().__init__(mail.betreff)
        self._mail = mail
        self._jahr = jahr
        self._folge = folge

    def inhalt(self) -> ComposeResult:
        """Lay out subject and text."""
        with VerticalScroll(id="mailtext"):
            yield Schrift(str(self._mail), id="mail")
        yield Schrift("", id="mailhinweis", classes="detail")

    def on_mount(self) -> None:
        """Let ↑↓ scroll the text."""
        self.tool.clear_notifications()  # one from the step before would lie over the text
        self.query_one("#mailtext").focus()
        verschickt = f" v: {self._folge}." if self._folge else ""
        self._sage(f"c: in die Zwischenablage und als Textdatei.{verschickt}")

    def _sage(self, text: str) -> None:
        self.query_one("#mailhinweis", Schrift).schreibe(text)

    @arbeit
    async def action_kopieren(self) -> None:
        """Copy the text, and write it as a file for terminals that cannot copy."""
        self.tool.copy_to_clipboard(self._mail.text)
        pfad = await self.tool.rufe(lambda: ablauf.save_anschreiben(self.tool.projekt, self._mail, self._jahr))
        self._sage(f"Kopiert (ohne Betreff). Falls Einfügen nicht geht: Derselbe Text steht in\n{zeige(pfad)}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is noted where nothing would follow."""
        del parameters
        return action != "festhalten" or bool(self._folge)

    def action_festhalten(self) -> None:
        """Close: it was sent."""
        self.dismiss(True)
