"""What a Träger sent back, from the screen: what deserves a look, the differences, taken over when wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool import ablauf
from sozialtool.tui.dialoge.frage import meldung
from sozialtool.tui.teile.raumdialoge import zeige_unterschiede

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp


async def take_massnahmen(tool: SozialtoolApp, pfad: Path) -> bool:
    """Read, show and take over; whether it was. Only inside a worker."""
    unterschiede, hinweise = await tool.rufe(lambda: ablauf.import_traegervorlage(tool.projekt, pfad))
    if hinweise:
        await tool.push_screen_wait(meldung("Bitte ansehen", "\n".join(hinweise)))
    if not await zeige_unterschiede(tool, pfad.name, unterschiede):
        return False
    await tool.rufe(lambda: ablauf.save_liste(tool.projekt, unterschiede))
    return True
