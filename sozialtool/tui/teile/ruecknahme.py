"""Taking the newest change back, wherever Strg+Z is pressed: what concerns a release is asked about first."""

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
    if bedenken:
        antworten = [
            Antwort("Nicht zurücknehmen", wert=False, folge="Alles bleibt, wie es ist."),
            Antwort("Zurücknehmen", wert=True, folge="Die geschriebene Datei bleibt im Ordner liegen."),
        ]
        if not await tool.push_screen_wait(Frage("Eine Veröffentlichung zurücknehmen?", bedenken, antworten)):
            return None
    return await tool.rufe(lambda: ablauf.undo(tool.projekt, trotzdem=bool(bedenken)))
