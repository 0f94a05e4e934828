"""A window for a text of several paragraphs, over nearly the whole screen; for council papers with places to be filled in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from sozialtool.fach.felder import Feld
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.dialoge.dialog import Abbrechen, Dialog
from sozialtool.tui.dialoge.frage import Antwort, Frage
from sozialtool.tui.teile.absatztext import describe_kurz, from_schreibtext, to_schreibtext
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.schreibfeld import Schreibfeld
from sozialtool.tui.text import Schrift

if TYPE_CHECKING:
    from sozialtool.ablauf.textfelder import Textfelder
    from sozialtool.tui.app import SozialtoolApp

Fuellung = Callable[[], Awaitable["Textfelder"]]
"""Reads what a text may name; asked once per window, only inside a worker."""
_FUSSNOTE, _NOTENTEXT = "Fußnote: Text", "Text"


class TextUebernehmen(Befehl):
    """Übernimmt den Text in das Formular. Strg+S tut dasselbe."""

    titel = "Übernehmen"
    taste = "f10"
    kurz = "übernehmen"
    vorrang = True


class SchrittZurueck(Befehl):
    """Nimmt beim Schreiben den letzten Schritt zurück, auch ein Einfügen; Strg+Y holt ihn wieder."""

    titel = "Zurücknehmen"
    taste = "ctrl+z"
    kurz = "zurücknehmen"


class SchrittWieder(Befehl):
    """Holt wieder, was mit Strg+Z zurückgenommen wurde."""

    titel = "Wiederholen"
    taste = "ctrl+y"


class PlatzEinsetzen(Befehl):
    """Zeigt, was eingesetzt werden kann, mit dem Wert von heute: tippen grenzt ein, Enter setzt es an diese Stelle."""

    titel = "Zahl oder Namen einsetzen"
    taste = "f4"
    kurz = "einsetzen"


class VorschauZeigen(Befehl):
    """Zeigt den Text so, wie er in Word stehen wird, und was darin nicht eingesetzt werden kann."""

    titel = "Vorschau"
    taste = "f5"
    kurz = "Vorschau"


class Schreibfenster(Dialog[str]):
    """Write a text; the result is the text as it is stored, or None for Esc."""

    HILFE = (
        "Enter beginnt einen neuen Absatz; eine leere Zeile dazwischen macht das sichtbar und kommt nicht ins Dokument. „- “ am Anfang "
        "der Zeile macht einen Listenpunkt.\n\nUmschalt und Pfeile markieren, Strg+A alles; Strg+X, Strg+C und Strg+V schneiden aus, "
        "kopieren und fügen ein. Aus Word oder einer Mail fügt das Terminal ein: rechte Maustaste oder Umschalt+Strg+V. Dabei werden "
        "Tabulatoren, feste Leerzeichen und Umbrüche mitten im Satz zu Leerzeichen, Aufzählungszeichen zu „- “.\n\n"
    )
    BEFEHLE: ClassVar[Befehle] = (TextUebernehmen, SchrittZurueck, Abbrechen)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((TextUebernehmen, SchrittZurueck, SchrittWieder)),
        Binding("ctrl+s", TextUebernehmen.aktion(), TextUebernehmen.titel, show=False, priority=True),
    ]

    def __init__(self, titel: str, feld: Feld, text: str) -> None:
        super().__init__(titel)
        self._feld = feld
        self._anfang = text

    def inhalt(self) -> ComposeResult:
        """Lay out where one writes, and a line that says how long the text is."""
        yield Schreibfeld(to_schreibtext(self._anfang), id="schreibfeld")
        yield Schrift("", id="schreibstand", classes="klein")

    def hilfetext(self) -> str:
        """What F1 says: also what belongs into this field."""
        return f"{self._feld.hilfe}\n\n{self.HILFE}".strip()

    def on_mount(self) -> None:
        """Begin at the end of what is there."""
        self.feld.focus()
        self.feld.action_springe(zum_schluss=True)
        self._zeige_stand()

    @property
    def feld(self) -> Schreibfeld:
        """Where one writes."""
        return self.query_one(Schreibfeld)

    @property
    def ungesichert(self) -> bool:
        """Whether something was written that is not taken over."""
        return from_schreibtext(self.feld.text) != from_schreibtext(self._anfang)

    def on_text_area_changed(self, ereignis: TextArea.Changed) -> None:
        """Say how long it is."""
        ereignis.stop()
        self._zeige_stand()

    def on_schreibfeld_gesagt(self, ereignis: Schreibfeld.Gesagt) -> None:
        """Say what happened to a pasted text, until something else is written."""
        self._zeige_stand(ereignis.text)

    def _zeige_stand(self, gesagt: str = "") -> None:
        teile = (describe_kurz(self.feld.text) or "Noch kein Text", gesagt or "F1 Hilfe")
        self.query_one("#schreibstand", Schrift).schreibe(" · ".join(filter(None, teile)))

    def action_schritt_zurueck(self) -> None:
        """Take the last step of writing back."""
        self.feld.action_undo()

    def action_schritt_wieder(self) -> None:
        """Do again what was taken back."""
        self.feld.action_redo()

    def action_text_uebernehmen(self) -> None:
        """Close with the text."""
        self.dismiss(from_schreibtext(self.feld.text))

    def action_abbrechen(self) -> None:
        """Close; ask before something written is thrown away."""
        if not self.ungesichert:
            self.dismiss(None)
            return
        self.app.push_screen(
            frage_verwerfen("Der Text ist geändert und noch nicht übernommen.", "Der Text steht danach im Formular."),
            self._entscheide,
        )

    def _entscheide(self, antwort: str | None) -> None:
        if antwort == UEBERNEHMEN:
            self.action_text_uebernehmen()
        elif antwort == VERWERFEN:
            self.dismiss(None)


WEITER, UEBERNEHMEN, VERWERFEN = "weiter", "übernehmen", "verwerfen"


def frage_verwerfen(text: str, danach: str) -> Frage[str]:
    """Ask what becomes of a text: go on writing, take it over (`danach`: what follows), throw it away; None for Esc, which goes on."""
    antworten = [
        Antwort("Weiter schreiben", wert=WEITER),
        Antwort("Übernehmen", wert=UEBERNEHMEN, folge=danach),
        Antwort("Verwerfen", wert=VERWERFEN, folge="Es bleibt, was vorher da stand."),
    ]
    return Frage("Text verwerfen?", text, antworten)


class Fuellfenster(Schreibfenster):
    """The same for a text with places such as {A07 Rheinfeld Nord}."""

    HILFE = Schreibfenster.HILFE + (
        "F4 zeigt alles, was eingesetzt werden kann, mit seinem Wert: tippen grenzt ein (A07 nord vergleich), ein Jahr dazu nimmt dessen "
        "Zahl. Steht die Schreibmarke schon in einer Klammer, wird sie ersetzt. F5 zeigt den fertigen Text. Eingesetzt wird nur, was "
        "veröffentlicht werden darf, und zwar jedes Mal neu, wenn die Drucksache geschrieben wird."
    )
    BEFEHLE: ClassVar[Befehle] = (TextUebernehmen, PlatzEinsetzen, VorschauZeigen, SchrittZurueck, Abbrechen)
    BINDINGS: ClassVar[list[BindingType]] = bindings((PlatzEinsetzen, VorschauZeigen))

    def __init__(self, titel: str, feld: Feld, text: str, fuellung: Fuellung) -> None:
        super().__init__(titel, feld, text)
        self._fuellung = fuellung
        self._felder: Textfelder | None = None

    @property
    def tool(self) -> SozialtoolApp:
        """The app."""
        return cast("SozialtoolApp", self.app)

    async def _read(self) -> Textfelder:
        if self._felder is None:
            self._felder = await self._fuellung()
        return self._felder

    @arbeit
    async def action_platz_einsetzen(self) -> None:
        """Let a place be chosen and put it in."""
        from sozialtool.tui.dialoge.platzsuche import Platzsuche

        felder = await self._read()
        stelle = self.feld.selection
        alt = self.feld.markiere_platz()
        platz = await self.tool.push_screen_wait(Platzsuche(felder, alt))
        if platz is None:
            # What was marked for being replaced must not be written over by the next key.
            self.feld.selection = stelle
        else:
            self.feld.fuege_ein(platz, _NOTENTEXT if _FUSSNOTE in platz else "")

    @arbeit
    async def action_vorschau_zeigen(self) -> None:
        """Show how the text will read."""
        from sozialtool.tui.dialoge.textvorschau import Vorschau

        felder = await self._read()
        await self.tool.push_screen_wait(Vorschau(self.titel, felder, from_schreibtext(self.feld.text)))


def build_schreibfenster(titel: str, feld: Feld, text: str, fuellung: Fuellung | None) -> Schreibfenster:
    """Make the window for a field; with `fuellung` places can be filled in."""
    return Schreibfenster(titel, feld, text) if fuellung is None else Fuellfenster(titel, feld, text, fuellung)
