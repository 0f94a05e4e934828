"""What is asked before figures go out: boundaries of earlier years, and secrets that are known already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sozialtool import ablauf
from sozialtool.fach.felder import Feld
from sozialtool.tui.dialoge.frage import Antwort, Frage

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp

ENDGUELTIG = Feld(
    "endgueltig", "Endgültige Fassung", bool, hilfe="ja: geht so hinaus und wird festgehalten; nein: Entwurf."
)
"""Asked in every form that writes something with figures; what is proposed is always no."""


async def frage_hinaus(tool: SozialtoolApp) -> bool:
    """Ask both, where there is something to ask; False when it is not to go out. Only inside a worker."""
    return await _frage_grenzen(tool) and await _frage_bekanntes(tool)


async def frage_grund(tool: SozialtoolApp, jahr: int, *, berichtigung: bool = False) -> str | None:
    """Ask why figures go out before who must see them first has seen them; "" when all have, None for Esc. Only inside a worker.

    Where they have seen earlier ones, that is said first; not of a `berichtigung`, which tells what is new.
    """
    from sozialtool.tui.dialoge.formular import Formular

    ungesehen = await tool.rufe(lambda: ablauf.find_ungesehen(tool.projekt, jahr))
    if not berichtigung and not await _frage_seither(tool, jahr):
        return None
    if not ungesehen:
        return ""
    hilfe = "Wird mit der Veröffentlichung festgehalten. Esc: erst beraten (F7, Sitzungen)."
    feld = Feld("grund", "Grund", str, hilfe=hilfe, pflicht=True)
    text = f"{ablauf.say_ungesehen(ungesehen, jahr)} Soll es trotzdem endgültig hinausgehen?"
    werte = await tool.push_screen_wait(
        Formular("Noch nicht beraten", [feld], text=text, pruefe=lambda werte: ablauf.check_grund(werte["grund"]))
    )
    return str(werte["grund"]) if werte else None


async def _frage_seither(tool: SozialtoolApp, jahr: int) -> bool:
    """Say which figures came after the bodies had seen those of the year, where any did."""
    saetze = await tool.rufe(lambda: ablauf.list_seither(tool.projekt, jahr))
    if not saetze:
        return True
    frage = Frage(
        "Seit der Beratung eingelesen", "\n\n".join(saetze),
        [Antwort("Nicht ausgeben", wert=False, folge="Erst zeigen, was neu ist (F7, Sitzungen)."),
         Antwort("Endgültig ausgeben", wert=True, folge="Das Gremium weiß davon, oder es ändert nichts.")],
    )  # fmt: skip
    hinaus = await tool.push_screen_wait(frage)
    return bool(hinaus)


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
