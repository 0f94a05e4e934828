"""What is asked before figures go out: boundaries of earlier years, and secrets that are known already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sozialtool import ablauf
from sozialtool.fach.felder import Feld
from sozialtool.tui.dialoge.frage import Antwort, Frage

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp


async def frage_hinaus(tool: SozialtoolApp) -> bool:
    """Ask both, where there is something to ask; False when it is not to go out. Only inside a worker."""
    return await _frage_grenzen(tool) and await _frage_bekanntes(tool)


async def frage_grund(tool: SozialtoolApp, jahr: int) -> str | None:
    """Ask why figures go out before who must see them first has seen them; "" when all have, None for Esc. Only inside a worker."""
    from sozialtool.tui.dialoge.formular import Formular

    ungesehen = await tool.rufe(lambda: ablauf.find_ungesehen(tool.projekt, jahr))
    if not ungesehen:
        return ""
    hilfe = "Wird mit der Veröffentlichung festgehalten. Esc: erst beraten (F7, Sitzungen)."
    feld = Feld("grund", "Grund", str, hilfe=hilfe, pflicht=True)
    text = f"{ablauf.say_ungesehen(ungesehen, jahr)} Soll es trotzdem endgültig hinausgehen?"
    werte = await tool.push_screen_wait(Formular("Noch nicht beraten", [feld], text=text))
    return str(werte["grund"]) if werte else None


async def _frage_grenzen(tool: SozialtoolApp) -> bool:
    """Ask about small groups between these boundaries and earlier ones, where there are any."""
    befunde = await tool.rufe(lambda: ablauf.check_grenzen(tool.projekt))
    if not befunde:
        return True
    text = "\n\n".join(f"{befund.meldung} {befund.vorschlag}" for befund in befunde)
    frage = Frage(
        "Zwei Gebietsstände", text,
        [Antwort("Nicht ausgeben", wert=False, folge="Erst prüfen, was in den früheren Grenzen veröffentlicht ist."),
         Antwort("Grenzen geprüft, ausgeben", wert=True, folge="Aus früher Veröffentlichtem folgt zusammen hiermit nichts.")],
        klein="GEHEIM-GRENZEN",
    )  # fmt: skip
    geprueft = await tool.push_screen_wait(frage)
    return bool(geprueft)


async def _frage_bekanntes(tool: SozialtoolApp) -> bool:
    """Ask where earlier releases disclose a secret already; nothing can be done about it in this workbook."""
    saetze = await tool.rufe_lang(
        "Frühere Veröffentlichungen werden verglichen",
        lambda fortschritt, stop: ablauf.check_fruehere(tool.projekt, fortschritt, stop),
    )
    if not saetze:
        return True
    weitere = f"\n\nUnd {len(saetze) - 3} weitere." if len(saetze) > 3 else ""
    frage = Frage(
        "Schon veröffentlicht", "\n\n".join(saetze[:3]) + weitere,
        [Antwort("Nicht ausgeben", wert=False, folge="Erst klären, ob die frühere Ausgabe zurückgezogen wird."),
         Antwort("Trotzdem ausgeben", wert=True, folge="Diese Zahlen sind schon bekannt; es kommt nichts hinzu.")],
        klein="GEHEIM-FRUEHER",
    )  # fmt: skip
    hingenommen = await tool.push_screen_wait(frage)
    return bool(hingenommen)
