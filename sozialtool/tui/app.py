"""The app: which project is open, which area is shown, and what works everywhere."""

from __future__ import annotations

import asyncio
import datetime as dt
import importlib
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.screen import Screen

from sozialtool import ablauf
from sozialtool.fehler import BedienFehler, ProjektGesperrt, SozialtoolFehler
from sozialtool.orte import zeige
from sozialtool.tui import allgemein, deutsch, einstellung, themen
from sozialtool.tui.absturz import describe_absturz, write_protokoll
from sozialtool.tui.befehle import bindings
from sozialtool.tui.faden import Projektfaden
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.rollbalken import use_whole_cells
from sozialtool.tui.text import klar, kuerzen, zelle
from sozialtool.tui.treiber import secure_driver

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt
    from sozialtool.ablauf.werte import Fortschritt, Stop

T = TypeVar("T")
KURZ = 0.25
"""Seconds; shorter work shows no window."""


def _lazy(modul: str, klasse: str) -> Callable[[], Screen[Any]]:
    """Load a screen when it is first shown: first paint, then load."""

    def lade() -> Screen[Any]:
        bildschirm = getattr(importlib.import_module(f"sozialtool.tui.bildschirme.{modul}"), klasse)()
        assert isinstance(bildschirm, Screen)
        # It is styled by the sheets as they are; Textual would take it for older than them and read them all anew.
        bildschirm._css_update_count = bildschirm.app._css_update_count  # noqa: SLF001  # private place, Textual is pinned
        return bildschirm

    return lade


class SozialtoolApp(App[int]):
    """sozialtool in the terminal.

    All calls of `ablauf` go through `rufe` (one thread of their own); `geaendert` says that screens must read anew.
    """

    # With the sheets of the first screens: one that comes later makes Textual read all of them anew.
    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "bildschirme/start.tcss", "bildschirme/ueberblick.tcss"]
    TITLE = "sozialtool"
    ENABLE_COMMAND_PALETTE = False
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "start": _lazy("start", "StartScreen"),
        "ueberblick": _lazy("ueberblick", "UeberblickScreen"),
        "raeume": _lazy("raeume", "RaeumeScreen"),
        "indikatoren": _lazy("indikatoren", "IndikatorenScreen"),
        "daten": _lazy("daten", "DatenScreen"),
        "monitoring": _lazy("monitoring", "MonitoringScreen"),
        "planung": _lazy("planung", "PlanungScreen"),
        "ausgabe": _lazy("ausgabe", "AusgabeScreen"),
    }
    DEFAULT_MODE = "start"
    BINDINGS: ClassVar[list[BindingType]] = bindings((*allgemein.GEHEN, *allgemein.IMMER, *allgemein.MIT_PROJEKT))

    def __init__(self, projekt_pfad: Path | None = None) -> None:
        if projekt_pfad is not None:
            # The place where the project will be shown is also where it says that it is being opened: one screen less.
            self.DEFAULT_MODE = "ueberblick"  # type: ignore[misc]  # Textual reads it from the instance
        super().__init__()
        use_whole_cells()
        self.projekt_pfad = projekt_pfad
        self.faden = Projektfaden()
        self._projekt: Projekt | None = None
        self.fassung = 0
        """Counts the changes of the project; a screen that shows an older one reads anew."""
        self.gebietsstand = ""
        """Key of the Gebietsstand on whose boundaries the Monitoring is shown; "": the one in force."""
        self.bereit = False
        """Whether the first screen that was asked for has shown its data; the start is measured by it."""
        for theme in themen.THEMEN:
            self.register_theme(theme)
        self._begin_with(einstellung.load_farben())

    def _begin_with(self, theme: str) -> None:
        """Have a theme from the start; changing to it would make Textual read all style sheets once more."""
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)

    # --- Textual's own places --------------------------------------------------------------------------------

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Name our own colours, so that the style sheets know them before a theme is set."""
        return themen.VORGABEN

    def get_driver_class(self) -> type[Driver]:
        """Keep AltGr on Windows."""
        return secure_driver(super().get_driver_class())

    def on_mount(self) -> None:
        """Open the project that was asked for, after the first paint."""
        if self.projekt_pfad is not None:
            self.call_after_refresh(self.oeffne, self.projekt_pfad)

    def on_unmount(self) -> None:
        """Close the project in its own thread."""
        projekt = self._projekt
        self.faden.beende(projekt.close if projekt is not None else None)

    def action_help_quit(self) -> None:
        """Say in German how to leave (Ctrl+C does not, people press it by habit)."""
        self.melde(deutsch.BEENDEN_HINWEIS)

    def _fatal_error(self) -> None:
        """Replace Textual's traceback with a German message and a log file (private place, Textual is pinned)."""
        fehler = self._exception or RuntimeError("unbekannt")
        eigentlich = getattr(fehler, "error", None) or fehler
        protokoll = write_protokoll(eigentlich)
        text = zelle("")
        text.no_wrap, text.overflow, text.end = False, "fold", "\n"
        text.append(describe_absturz(eigentlich, protokoll))
        self._exit_renderables[:] = [text]
        self._close_messages_no_wait()

    # --- the project ------------------------------------------------------------------------------------------

    @property
    def projekt(self) -> Projekt:
        """The open project; `BedienFehler` when there is none."""
        if self._projekt is None:
            raise BedienFehler("Es ist noch kein Projekt geöffnet.", "Bitte erst eines öffnen oder anlegen.")
        return self._projekt

    @property
    def hat_projekt(self) -> bool:
        """Whether a project is open."""
        return self._projekt is not None

    async def rufe(self, tun: Callable[[], T]) -> T:
        """Run a call of `ablauf` in the project's thread."""
        return await self.faden.rufe(tun)

    async def rufe_lang(self, titel: str, tun: Callable[[Fortschritt, Stop], T]) -> T:
        """Run long work with a progress window; Esc stops it (`Abgebrochen`). Only inside a worker."""
        from sozialtool.tui.dialoge.fortschritt import Laufend

        stop = self.faden.neuer_stop()
        fenster = Laufend(titel, stop)
        aufgabe = asyncio.ensure_future(self.faden.rufe(lambda: tun(fenster.melde, stop)))
        try:
            await asyncio.wait({aufgabe}, timeout=KURZ)
            if not aufgabe.done():
                await self.push_screen(fenster)
            return await aufgabe
        finally:
            self.faden.vergiss(stop)
            await self._close(fenster)

    async def _close(self, fenster: Screen[Any]) -> None:
        """Close a window, and first what was opened over it meanwhile (help): only the topmost can be closed.

        Other work may have its window above (a page reads anew, and so does the area below it): that one closes itself.
        """
        from sozialtool.tui.dialoge.fortschritt import Laufend

        while fenster in self.screen_stack:
            oben = self.screen
            if oben is fenster or not isinstance(oben, Laufend):
                await oben.dismiss(None)
            else:
                await asyncio.sleep(KURZ)

    @arbeit
    async def oeffne(self, pfad: Path) -> None:
        """Open a project file and show the overview; when somebody else has it open, offer to read it only."""
        try:
            await self.nimm(lambda: ablauf.open_projekt(pfad))
        except ProjektGesperrt as fehler:
            from sozialtool.tui.dialoge.frage import gesperrt_frage

            if await self.push_screen_wait(gesperrt_frage(fehler)):
                await self.nimm(lambda: ablauf.open_projekt(pfad, nur_lesen=True))
        finally:
            if not self.hat_projekt and self.is_running:
                await self.switch_mode("start")

    async def nimm(self, hole: Callable[[], Projekt]) -> None:
        """Take the project that `hole` opens or makes, close the one before, show the overview. Only inside a worker."""
        neu = await self.rufe(hole)
        await self._schliesse()
        self._projekt, self.gebietsstand = neu, ""
        self.geaendert()
        await self.switch_mode("ueberblick")
        if neu.hinweise:  # only readable, lock taken over, a backup, no daily copy: never without a word
            self.melde(" ".join(neu.hinweise), sekunden=20)

    async def _schliesse(self) -> None:
        if self._projekt is not None:
            await self.rufe(self._projekt.close)
        self._projekt = None

    def geaendert(self) -> None:
        """Let the screens read the project anew: the shown one now, the others when they are shown."""
        self.fassung += 1
        from sozialtool.tui.bildschirme.bereich import Bereich

        for bildschirm in self.screen_stack:
            if isinstance(bildschirm, Bereich):
                bildschirm.lade_bei_bedarf()

    def zeige_gebietsstand(self, schluessel: str) -> None:
        """Let the Monitoring be shown on another Gebietsstand ("": the one in force); the project is not changed."""
        self.gebietsstand = schluessel
        self.geaendert()

    # --- messages ---------------------------------------------------------------------------------------------

    def melde(self, text: str, sekunden: float = 8) -> None:
        """Show a short message for a while."""
        self.clear_notifications()  # a second one would cover still more of the lines below
        self.notify(klar(text).plain, markup=False, timeout=sekunden)

    def melde_datei(self, pfad: Path, wort: str = "Geschrieben") -> None:
        """Say what was written: its name in one line, then the folder, of which a long one is broken anywhere."""
        self.melde(f"{wort}: {pfad.name}\nin {zeige(pfad.parent)}")

    async def zeige_fehler(self, fehler: SozialtoolFehler) -> None:
        """Show an error of the domain and wait until it is read. Only inside a worker."""
        from sozialtool.tui.dialoge.frage import fehler_frage

        await self.push_screen_wait(fehler_frage(fehler))

    # --- commands that work everywhere ------------------------------------------------------------------------

    def action_gehe(self, ziel: str) -> None:
        """Show an area."""
        if not self.hat_projekt:
            self.melde("Bitte erst ein Projekt öffnen oder anlegen.")
        elif not self.screen.is_modal and ziel in self.MODES:
            self.switch_mode(ziel)

    def gehe_zur_stelle(self, ziel: str, stelle: str) -> None:
        """Show an area and lead to a place in it (`werte.NaechsterSchritt.stelle`; "": the area alone)."""
        from sozialtool.tui.bildschirme.bereich import Bereich

        def lead() -> None:
            if isinstance(self.screen, Bereich) and ziel == self.screen.BEREICH:
                self.screen.fuehre(stelle)

        self.action_gehe(ziel)
        self.call_after_refresh(lead)

    @arbeit
    async def verlasse_seiten(self, ziel: str) -> None:
        """Close the pages above an area and show another; a page with something begun stays, and it is said how to go on."""
        from sozialtool.tui.bildschirme.seite import Seite

        if any(isinstance(schirm, Seite) and not schirm.VERLASSBAR for schirm in self.screen_stack):
            self.melde(
                "Hier ist noch etwas offen: bitte zu Ende führen oder mit Esc verlassen, dann den Bereich wechseln."
            )
            return
        while isinstance(self.screen, Seite):
            await self.screen.dismiss(None)
        self.action_gehe(ziel)

    def action_gehe_und_tue(self, ziel: str, aktion: str) -> None:
        """Show an area and run one of its actions as soon as it shows the project."""
        from sozialtool.tui.bildschirme.bereich import TUE

        self.gehe_zur_stelle(ziel, f"{TUE}{aktion}")

    def action_hilfe_zeigen(self) -> None:
        """Show help for this place."""
        from sozialtool.tui.bildschirme.bereich import Bereich
        from sozialtool.tui.bildschirme.seite import Seite
        from sozialtool.tui.dialoge.dialog import Dialog
        from sozialtool.tui.dialoge.hilfe import Hilfe

        schirm = self.screen
        if isinstance(schirm, Dialog) and not isinstance(schirm, Hilfe):
            self.push_screen(
                Hilfe(f"Hilfe · {schirm.titel}", schirm.hilfetext(), [("In diesem Fenster", schirm.hilfebefehle())])
            )
        if isinstance(schirm, Seite):
            self.push_screen(Hilfe(f"Hilfe · {schirm.TITEL}", schirm.HILFE, [("Hier", schirm.BEFEHLE)]))
        if isinstance(schirm, Bereich):
            ueberall = (*allgemein.IMMER, *(allgemein.MIT_PROJEKT if self.hat_projekt else ()))
            gruppen = [("Hier", schirm.BEFEHLE), ("Bereiche", allgemein.GEHEN), ("Überall", ueberall)]
            self.push_screen(Hilfe(f"Hilfe · {schirm.TITEL}", schirm.HILFE, gruppen))

    @arbeit
    async def action_befehlsliste(self) -> None:
        """Let a command be chosen by name and run it."""
        from sozialtool.tui.bildschirme.bereich import Bereich
        from sozialtool.tui.dialoge.palette import Palette, Ruf, list_ferne

        hier = self.screen.BEFEHLE if isinstance(self.screen, Bereich) else ()
        mit = (*allgemein.GEHEN, *allgemein.MIT_PROJEKT) if self.hat_projekt else ()
        rufe = [Ruf("screen", befehl) for befehl in hier] + [Ruf("app", b) for b in (*mit, *allgemein.IMMER)]
        if self.hat_projekt and isinstance(self.screen, Bereich):
            rufe += list_ferne(self.screen.BEREICH)
        ruf = await self.push_screen_wait(Palette(rufe))
        if ruf is not None:
            self.call_later(self.run_action, ruf, self.screen)

    @arbeit
    async def action_zuruecknehmen(self) -> None:
        """Take the newest change back and name it."""
        from sozialtool.tui.teile.ruecknahme import nimm_zurueck

        aenderung = await nimm_zurueck(self)
        if aenderung is not None:
            self.melde(f"Zurückgenommen: {aenderung.text}")
            self.geaendert()

    @arbeit
    async def action_wiederholen(self) -> None:
        """Do again what was taken back."""
        from sozialtool.tui.teile.ruecknahme import hole_wieder

        aenderung = await hole_wieder(self)
        if aenderung is not None:
            self.melde(f"Wieder hergestellt: {aenderung.text}")
            self.geaendert()

    def action_neu_laden(self) -> None:
        """Read the project anew."""
        self.geaendert()

    @arbeit
    async def action_sichern(self) -> None:
        """Write a dated copy of the project."""
        pfad = await self.rufe(lambda: ablauf.back_up(self.projekt))
        self.melde(f"Gesichert: {pfad}")

    @arbeit
    async def action_berichtsjahr_waehlen(self) -> None:
        """Ask for the year that is reported on."""
        from sozialtool.fach.felder import Feld
        from sozialtool.tui.dialoge.formular import Formular

        feld = Feld("jahr", "Berichtsjahr", int, hilfe="Das Jahr, über das gerade berichtet wird.", pflicht=True)
        jetzt = self.projekt.kommune.berichtsjahr or dt.date.today().year - 1
        werte = await self.push_screen_wait(Formular("Berichtsjahr", [feld], {"jahr": jetzt}))
        if werte is not None:
            await self.rufe(lambda: ablauf.set_berichtsjahr(self.projekt, werte["jahr"]))
            self.geaendert()

    @arbeit
    async def action_projekt_wechseln(self) -> None:
        """Close the project and show the choice of projects."""
        await self._schliesse()
        await self.switch_mode("start")

    def action_farben_wechseln(self) -> None:
        """Change between light and dark."""
        self.theme = themen.DUNKEL if self.theme == themen.HELL else themen.HELL
        einstellung.save_farben(self.theme)
        self.melde("Dunkle Farben" if self.theme == themen.DUNKEL else "Helle Farben")

    def action_beenden(self) -> None:
        """Leave; long work is stopped first. A text that nobody has taken over yet is not thrown away by a key for leaving."""
        from sozialtool.tui.dialoge.dialog import Dialog

        if any(isinstance(schirm, Dialog) and schirm.ungesichert for schirm in self.screen_stack):
            self.melde("Ein Text ist noch nicht gespeichert: F10 übernimmt ihn, Esc fragt, was mit ihm geschieht.")
            return
        self.exit(0)

    def ort(self) -> str:
        """What the head says about the open project."""
        if self._projekt is None:
            return ""
        kommune = self._projekt.kommune
        lesen = " · nur zum Lesen" if self._projekt.nur_lesen else ""
        jahr = f" · Berichtsjahr {kommune.berichtsjahr}" if kommune.berichtsjahr else ""
        return f"{kuerzen(kommune.name, 60)}{jahr}{lesen}"
