"""What all areas share: head, content, key line; read in the project's thread, show when it arrives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from sozialtool.fehler import SozialtoolFehler
from sozialtool.tui import allgemein
from sozialtool.tui.befehle import Befehle
from sozialtool.tui.deutsch import LAEDT
from sozialtool.tui.teile.arbeit import arbeit, is_going
from sozialtool.tui.teile.kopf import Kopf
from sozialtool.tui.teile.tasten import Tastenzeile
from sozialtool.tui.text import UMBRUCH, Schrift, satz

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp

T = TypeVar("T")
TUE = "!"
"""Before the name of an action, where a place of an area could stand: it is run instead."""


class Bereich(Screen[None], Generic[T]):
    """An area. A subclass says what it is (`BEREICH`, `TITEL`, `HILFE`, `BEFEHLE`), reads (`lies`) and shows (`zeige`)."""

    BEREICH: ClassVar[str] = ""
    TITEL: ClassVar[str] = ""
    HILFE: ClassVar[str] = ""
    BEFEHLE: ClassVar[Befehle] = ()
    STELLEN: ClassVar[Mapping[str, str]] = {}
    """Place (`werte.NaechsterSchritt.stelle`) → action that opens it."""

    def __init__(self) -> None:
        super().__init__()
        self._gelesen = -1
        self._begonnen = False
        self._hinweg = ""
        self.daten: T | None = None
        """What was read last."""

    @property
    def tool(self) -> SozialtoolApp:
        """The app."""
        return cast("SozialtoolApp", self.app)

    def compose(self) -> ComposeResult:
        """Lay out head, content and key line."""
        yield Kopf(self.BEREICH, self.tool.ort())
        oeffnet = not self.tool.hat_projekt and self.tool.projekt_pfad is not None
        yield Schrift(f"{self.tool.projekt_pfad} wird geöffnet …" if oeffnet else LAEDT, id="warten")
        with Vertical(id="inhalt"):
            yield from self.inhalt()
        yield Tastenzeile(("screen", self.BEFEHLE), ("app", allgemein.FUSS))

    def inhalt(self) -> ComposeResult:
        """Lay out what is between head and key line."""
        raise NotImplementedError

    def lies(self) -> T:
        """Read what is shown; runs in the project's thread."""
        raise NotImplementedError

    def zeige(self, daten: T) -> None:
        """Show what was read."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        """Read anew when the project changed since."""
        self.lade_bei_bedarf()

    def lade_bei_bedarf(self) -> None:
        """Read anew when what is shown is older than the project."""
        if self.tool.hat_projekt and self._gelesen != self.tool.fassung:
            self.lade()

    @arbeit
    async def lade(self) -> None:
        """Read and show; once more if the project changed meanwhile. An error stands where the content would be."""
        while self._gelesen != self.tool.fassung and self.tool.hat_projekt:
            fassung = self.tool.fassung
            self._gelesen = fassung
            try:
                daten = await self.hole()
            except SozialtoolFehler as fehler:
                self._zeige_fehler(fehler)
                continue
            if fassung == self.tool.fassung and self.is_mounted:
                self.daten = daten
                self._zeige_alles(daten)

    async def hole(self) -> T:
        """Read in the project's thread; a subclass whose reading takes long shows progress."""
        return await self.tool.rufe(self.lies)

    def _zeige_fehler(self, fehler: SozialtoolFehler) -> None:
        self.remove_class("-gelesen")
        klein = f"   {fehler.code}" if fehler.code else ""
        text = satz(
            (fehler.titel, "bold"), UMBRUCH, UMBRUCH, fehler.meldung, UMBRUCH, fehler.abhilfe, (klein, "$leise")
        )
        self.query_one("#warten", Schrift).schreibe(text)

    def _zeige_alles(self, daten: T) -> None:
        self.query_one(Kopf).zeige_ort(self.tool.ort())
        erstes_mal = not self.has_class("-gelesen")
        self.add_class("-gelesen")
        self.zeige(daten)
        if erstes_mal:
            self._begonnen = False
            self.call_after_refresh(self._beginne)
        else:
            self._fuehre_hin()

    def _beginne(self) -> None:
        if is_going(self):
            return
        self.zuerst()
        self._begonnen = True
        self.tool.bereit = True
        self._fuehre_hin()

    def fuehre(self, stelle: str) -> None:
        """Lead to a place of this area (`werte.NaechsterSchritt.stelle`) as soon as what is shown is as the project."""
        self._hinweg = stelle
        self._fuehre_hin()

    def _fuehre_hin(self) -> None:
        if self._hinweg and self._begonnen and self._gelesen == self.tool.fassung and self.has_class("-gelesen"):
            stelle, self._hinweg = self._hinweg, ""
            aktion = stelle.removeprefix(TUE) if stelle.startswith(TUE) else self.STELLEN.get(stelle)
            if aktion:
                self.call_later(self.tool.run_action, f"screen.{aktion}", self)
            else:
                self.zeige_stelle(stelle)

    def zeige_stelle(self, stelle: str) -> None:
        """Open or mark a place that is not in `STELLEN`; an area without such places has nothing to do."""

    @property
    def fertig(self) -> bool:
        """Nothing is on its way: what was read is shown, and the focus is where the work begins."""
        return self._begonnen or not self.has_class("-gelesen")

    def zuerst(self) -> None:
        """Put the focus where the work begins; called once when something is shown for the first time."""
