"""A form whose values are stored at once; what was typed stays while they do not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sozialtool import ablauf
from sozialtool.fach.felder import Feld
from sozialtool.fehler import SozialtoolFehler
from sozialtool.tui.dialoge.formular import Formular, Werte
from sozialtool.tui.dialoge.frage import meldung

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp


async def frage_und_speichere(
    tool: SozialtoolApp, titel: str, felder: Sequence[Feld], werte: Mapping[str, Any],
    speichere: Callable[[Werte], object], text: str = "",
) -> Werte | None:  # fmt: skip
    """Ask for the fields and store them in the project's thread; return what was stored, None for Esc. Only inside a worker."""
    stand: Werte = dict(werte)
    bisher = await tool.rufe(lambda: ablauf.read_wegtexte(tool.projekt))
    while True:
        antwort = await tool.push_screen_wait(Formular(titel, felder, stand, text=text, anfang=werte))
        if antwort is None:
            return None
        stand = gewollt = antwort
        try:
            await tool.rufe(lambda gewollt=gewollt: speichere(gewollt))  # type: ignore[misc]  # a bound default
        except SozialtoolFehler as fehler:
            await tool.zeige_fehler(fehler)
            continue
        tool.geaendert()
        break
    saetze = await tool.rufe(lambda: ablauf.check_seit(tool.projekt, bisher))
    if saetze:
        hinweis = "\n\n".join((*saetze, "Gespeichert ist es so. Strg+Z nimmt es zurück."))
        await tool.push_screen_wait(meldung("Stimmt das so?", hinweis))
    return antwort
