"""Lists to Excel and back: written, edited there, and the differences shown before anything is taken over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool import ablauf
from sozialtool.ablauf.vereinbarungstext import folgen_text
from sozialtool.fach.felder import Feld
from sozialtool.orte import als_pfad, zeige
from sozialtool.tui.befehle import Befehl
from sozialtool.tui.dialoge.dateiwahl import Dateiwahl
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.frage import Antwort, Frage

if TYPE_CHECKING:
    from sozialtool.ablauf import Unterschiede
    from sozialtool.tui.app import SozialtoolApp

EXCEL = (".xlsx",)
HOECHSTENS = 300
"""Differences shown; the first line says how many there are."""


class ListeNachExcel(Befehl):
    """Schreibt diese Liste als Excel-Datei, um sie dort zu ergänzen oder zu ändern."""

    titel = "Liste nach Excel"
    taste = "x"
    kurz = "nach Excel"


class ListeAusExcel(Befehl):
    """Liest eine bearbeitete Liste zurück; vorher sehen Sie, was sich ändert."""

    titel = "Liste aus Excel zurück"
    taste = "r"
    kurz = "aus Excel zurück"


async def frage_ziel(tool: SozialtoolApp, titel: str, vorschlag: Path) -> Path | None:
    """Ask where to write a file; Enter accepts the proposal. Only inside a worker."""
    feld = Feld(
        "pfad",
        "Datei",
        str,
        hilfe="Eine Datei gleichen Namens, die sozialtool geschrieben hat, wird ersetzt.",
        pflicht=True,
    )
    werte = await tool.push_screen_wait(Formular(titel, [feld], {"pfad": zeige(vorschlag)}))
    return als_pfad(werte["pfad"]) if werte else None


async def nach_excel(tool: SozialtoolApp, liste: str, titel: str) -> None:
    """Write a list as Excel. Only inside a worker."""
    ziel = await frage_ziel(tool, f"{titel} nach Excel", tool.projekt.pfad.parent / f"{liste}.xlsx")
    if ziel is not None:
        pfad = await tool.rufe(lambda: ablauf.export_liste(tool.projekt, liste, ziel))
        tool.melde_datei(pfad)


async def aus_excel(tool: SozialtoolApp, liste: str, titel: str) -> None:
    """Read an edited list, show the differences, take them over when wanted. Only inside a worker."""
    wahl = Dateiwahl(f"{titel} aus Excel", tool.projekt.pfad.parent, EXCEL, vorschlag=f"{liste}.xlsx")
    pfad = await tool.push_screen_wait(wahl)
    if pfad is None:
        return
    unterschiede = await tool.rufe(lambda: ablauf.import_liste(tool.projekt, liste, pfad))
    await frage_unterschiede(tool, f"{titel} aus {pfad.name}", unterschiede)


async def frage_unterschiede(tool: SozialtoolApp, titel: str, unterschiede: Unterschiede) -> None:
    """Show what an edited list would change, and take it over when that is wanted. Only inside a worker."""
    if not unterschiede:
        tool.melde("Die Liste stimmt mit dem Projekt überein; es gibt nichts zu übernehmen.")
        return
    antworten = [
        Antwort("Übernehmen", wert=True, folge="Eine Änderung; Strg+Z nimmt sie zurück."),
        Antwort("Nichts ändern", wert=False, folge="Die Datei bleibt, wie sie ist."),
    ]
    folgen = await tool.rufe_lang(
        "Was sich ändert, wird gerechnet …",
        lambda melde, stop: ablauf.preview_liste(tool.projekt, unterschiede, melde, stop),
    )
    verweise = await tool.rufe(lambda: ablauf.list_verweise(tool.projekt, unterschiede.entfernt))
    hinweise = await tool.rufe(lambda: ablauf.check_unterschiede(tool.projekt, unterschiede))
    neu = await tool.rufe(lambda: ablauf.list_neu_zu_vereinbarende(tool.projekt, unterschiede))
    saetze = (*neu, *verweise, *hinweise)
    warnung = [*(f"! {satz}" for satz in saetze), ""] if saetze else []
    zeilen = [*warnung, f"{unterschiede.kurz()}:", *unterschiede.zeilen()[:HOECHSTENS]]
    if folgen is not None:
        zeilen += ["", "Was sich dadurch ändert:", "", folgen_text(folgen)]
    text = "\n".join(zeilen)
    if await tool.push_screen_wait(Frage(titel, text, antworten)):
        await tool.rufe(lambda: ablauf.save_liste(tool.projekt, unterschiede))
        tool.geaendert()
