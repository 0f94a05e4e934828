"""Without a project: open a recent one, open a file, begin a new one, or look at the example town."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sozialtool import ablauf
from sozialtool.orte import als_pfad
from sozialtool.tui import allgemein
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.bereich import Bereich
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.kopf import Kopf
from sozialtool.tui.teile.tasten import Tastenzeile
from sozialtool.tui.text import UMBRUCH, Schrift, satz

if TYPE_CHECKING:
    from sozialtool.tui.dialoge.formular import Formular, Werte


class Oeffnen(Befehl):
    """Öffnet eine Projektdatei (Endung .sozial) aus einem Ordner."""

    titel = "Projektdatei öffnen"
    taste = "o"
    kurz = "Datei öffnen"


class NeuesProjekt(Befehl):
    """Legt für eine Stadt ein neues Projekt mit Ordnern an: vier Angaben genügen."""

    titel = "Neues Projekt anlegen"
    taste = "n"
    kurz = "neues Projekt"


class Beispielstadt(Befehl):
    """Legt die erfundene Stadt Lindenrath mit allen Daten an, zum Ansehen und Ausprobieren."""

    titel = "Beispielstadt Lindenrath anlegen"
    taste = "b"
    kurz = "Beispiel"


class StartScreen(Bereich[tuple[Path, ...]]):
    """Choose a project."""

    CSS_PATH = "start.tcss"
    TITEL = "Projekt wählen"
    HILFE = (
        "Ein Projekt ist eine Datei, in der alles über eine Stadt liegt: Gebiete, Zahlen, Vereinbarungen. "
        "Daneben liegen die Ordner für Abfragen, Eingang, Ausgaben und Sicherungen. "
        "Wählen Sie mit ↑↓ und Enter, was Sie tun möchten."
    )
    BEFEHLE: ClassVar[Befehle] = (Oeffnen, NeuesProjekt, Beispielstadt)
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE)

    def __init__(self) -> None:
        super().__init__()
        self._wahl: list[Path | type[Befehl]] = []

    def compose(self) -> ComposeResult:
        """Lay out the greeting and the choice."""
        yield Kopf("", "")
        with Vertical(id="startinhalt"):
            yield Schrift("Sozialplanung für eine Stadt", classes="titel")
            yield Schrift("Daten einlesen, Sozialräume vergleichen, Monitoring vorlegen – ohne Netz.", classes="klein")
            yield OptionList(id="wahl")
        yield Tastenzeile(("screen", self.BEFEHLE), ("app", (allgemein.Befehlsliste,)))

    def on_screen_resume(self) -> None:
        """Read the list of recent projects anew."""
        self._baue(())
        self.call_after_refresh(self.finde_letzte)

    def lade_bei_bedarf(self) -> None:
        """Nothing is read from a project here."""

    @arbeit
    async def finde_letzte(self) -> None:
        """Find the recent projects in the background: a network drive may be slow."""
        self._baue(tuple(await self.tool.rufe(_letzte)))
        self.call_after_refresh(setattr, self.tool, "bereit", True)

    def _baue(self, letzte: tuple[Path, ...]) -> None:
        liste = self.query_one(OptionList)
        liste.clear_options()
        self._wahl = [*letzte[:8], *self.BEFEHLE]
        for eintrag in self._wahl:
            if isinstance(eintrag, Path):
                liste.add_option(Option(satz((eintrag.stem, "bold"), f"  {eintrag.parent}")))
            else:
                liste.add_option(Option(satz((eintrag.titel, "bold"), UMBRUCH, f"  {eintrag.hilfe()}")))
        liste.highlighted = 0
        liste.focus()

    def on_option_list_option_selected(self, ereignis: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        eintrag = self._wahl[ereignis.option_index]
        if isinstance(eintrag, Path):
            self.tool.oeffne(eintrag)
        else:
            self.call_later(self.run_action, f"screen.{eintrag.aktion()}")

    @arbeit
    async def action_oeffnen(self) -> None:
        """Choose a project file and open it."""
        from sozialtool.tui.dialoge.dateiwahl import Dateiwahl

        pfad = await self.tool.push_screen_wait(Dateiwahl("Projektdatei öffnen", Path.cwd(), (".sozial",)))
        if pfad is not None:
            self.tool.oeffne(pfad)

    @arbeit
    async def action_neues_projekt(self) -> None:
        """Ask for the town and make its project."""
        from sozialtool.fach.raum import Kommune, land_of

        werte = await self.tool.push_screen_wait(neues_projekt_formular())
        if werte is None:
            return
        ordner = als_pfad(werte.pop("ordner")) / ablauf.folder_name(werte["name"])
        await self.tool.nimm(lambda: ablauf.create_projekt(ordner, Kommune(**werte, land=land_of(werte["ags"]))))

    @arbeit
    async def action_beispielstadt(self) -> None:
        """Ask for a folder and make the example town in it."""
        from sozialtool.fach.felder import Feld
        from sozialtool.tui.dialoge.formular import Formular
        from sozialtool.tui.dialoge.frage import meldung

        feld = Feld("ordner", "Ordner", str, hilfe="Wird angelegt, wenn es ihn noch nicht gibt.", pflicht=True)
        vorschlag = {"ordner": str(grundordner() / "Lindenrath")}
        werte = await self.tool.push_screen_wait(Formular("Beispielstadt anlegen", [feld], vorschlag))
        if werte is None:
            return
        ordner = als_pfad(werte["ordner"])
        beispiel = await self.tool.rufe_lang(
            "Lindenrath wird angelegt",
            lambda fortschritt, stop: ablauf.make_beispiel(ordner, fortschritt=fortschritt, stop=stop),
        )
        await self.tool.nimm(lambda: ablauf.open_projekt(beispiel.projekt))
        await self.tool.push_screen_wait(meldung("Lindenrath ist angelegt", beispiel.bericht))


def _letzte() -> list[Path]:
    # Named here, so that the room behind it is loaded in the project's thread, after the first paint.
    return ablauf.letzte_projekte()


def grundordner() -> Path:
    """Return the folder that is proposed for projects: "Sozialplanung" beside the person's documents."""
    dokumente = Path.home() / "Documents"
    return (dokumente if dokumente.is_dir() else Path.home()) / "Sozialplanung"


def neues_projekt_formular() -> Formular:
    """Build the form of a new project from the fields of `Kommune`; Enter accepts each proposal."""
    from sozialtool.fach.felder import Feld, felder_of
    from sozialtool.fach.raum import Kommune
    from sozialtool.tui.dialoge.formular import Formular

    felder = [feld for feld in felder_of(Kommune) if feld.name in ("name", "ags", "berichtsjahr")]
    felder.sort(key=lambda feld: ("name", "ags", "berichtsjahr").index(feld.name))
    felder.append(Feld("ordner", "Ordner", str, hilfe="Darin wird ein Ordner für die Stadt angelegt.", pflicht=True))
    vorschlag = {"berichtsjahr": dt.date.today().year - 1, "ordner": str(grundordner())}
    return Formular(
        "Neues Projekt",
        felder,
        vorschlag,
        text="Vier Angaben. Enter nimmt den Vorschlag; alles lässt sich später ändern.",
        pruefe=check_neues_projekt,
    )


def check_neues_projekt(werte: Werte) -> Any:
    """Raise `FeldFehler` when name, AGS or year cannot be right."""
    from sozialtool.fach.raum import Kommune

    ablauf.check_kommune(Kommune(werte["ags"], werte["name"], berichtsjahr=werte["berichtsjahr"] or 0))
