"""The Übergabe from the screen: said that it must not be passed on, written, said where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sozialtool import ablauf
from sozialtool.ablauf.uebergabe import WARNUNG
from sozialtool.orte import zeige
from sozialtool.tui.deutsch import anzahl
from sozialtool.tui.dialoge.frage import Antwort, Frage, meldung

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp


async def write_uebergabe(tool: SozialtoolApp) -> None:
    """Ask, write with progress, say what was written. Only inside a worker."""
    antworten = [
        Antwort("Nicht schreiben", wert=False, folge="Es bleibt alles, wie es ist."),
        Antwort("Schreiben, nicht weitergeben", wert=True, folge="Der Ordner „uebergabe“ entsteht bei den Ausgaben."),
    ]
    if not await tool.push_screen_wait(Frage("Übergabe: nicht weitergeben", WARNUNG, antworten)):
        return
    ordner, posten = await tool.rufe_lang(
        "Die Übergabe wird geschrieben", lambda melde, stop: ablauf.write_uebergabe(tool.projekt, melde, stop)
    )
    dateien = anzahl(len({p.datei for p in posten}) + 1, "Datei", "Dateien")
    text = f"{dateien} in\n{zeige(ordner)}\n\nWas wo steht, sagt Inhalt.xlsx. Bitte nicht weitergeben."
    await tool.push_screen_wait(meldung("Die Übergabe ist geschrieben", text))
