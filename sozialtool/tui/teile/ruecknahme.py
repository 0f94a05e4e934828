"""Taking the newest change back and doing it again, wherever Strg+Z and Strg+Y are pressed: what concerns a release is asked about first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sozialtool import ablauf
from sozialtool.tui.dialoge.frage import Antwort, Frage

if TYPE_CHECKING:
    from sozialtool.ablauf import Aenderung
    from sozialtool.tui.app import SozialtoolApp


async def nimm_zurueck(tool: SozialtoolApp) -> Aenderung | None:
    """Take the newest change back; None where she is asked and would rather not. Only inside a worker."""
    bedenken = await tool.rufe(lambda: ablauf.say_ruecknahme(tool.projekt))
    if bedenken and not await _frage(
        tool, "Eine Veröffentlichung zurücknehmen?", bedenken, "Nicht zurücknehmen", "Zurücknehmen"
    ):
        return None
    return await tool.rufe(lambda: ablauf.undo(tool.projekt, trotzdem=bool(bedenken)))


async def hole_wieder(tool: SozialtoolApp) -> Aenderung | None:
    """Do again what was taken back last; None where she is asked and would rather not. Only inside a worker."""
    bedenken = await tool.rufe(lambda: ablauf.say_ruecknahme(tool.projekt, vor=True))
    titel = "Wiederherstellen, was eine Veröffentlichung betrifft?"
    if bedenken and not await _frage(tool, titel, bedenken, "Nicht wiederherstellen", "Wiederherstellen"):
        return None
    return await tool.rufe(lambda: ablauf.redo(tool.projekt, trotzdem=bool(bedenken)))


async def _frage(tool: SozialtoolApp, titel: str, bedenken: str, nein: str, ja: str) -> bool:
    """Ask once more; whoever only presses enter leaves all as it is."""
    antworten = [
        Antwort(nein, wert=False, folge="Alles bleibt, wie es ist."),
        Antwort(ja, wert=True, folge="Die geschriebene Datei bleibt im Ordner liegen."),
    ]
    antwort = await tool.push_screen_wait(Frage(titel, bedenken, antworten))
    return antwort is True
