"""From a file of Kreis or Land to Referenzwerte: recognised by its profile, or mapped once in a form."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool import ablauf
from sozialtool.ablauf import Referenzvorschau
from sozialtool.fach.felder import Feld, felder_of
from sozialtool.fach.referenz import Referenzprofil
from sozialtool.fach.schreibweise import cut_zeilen
from sozialtool.fehler import BedienFehler, DatenFehler, SozialtoolFehler
from sozialtool.tui.befehle import Befehl
from sozialtool.tui.dialoge.dateiwahl import Dateiwahl
from sozialtool.tui.dialoge.formular import Formular, Werte
from sozialtool.tui.dialoge.frage import Antwort, Frage

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp

DATEIEN = (".xlsx", ".xls", ".ods", ".csv")
_GEZEIGT = 60
_NEU = "Diese Datei ist neu. Sagen Sie einmal, was ihre Spalten und Zeilen bedeuten; nächstes Jahr liest sie sich von selbst."


class ReferenzwerteEinlesen(Befehl):
    """Liest Werte von Kreis, Land oder Bund aus deren Datei. Einmal zugeordnet, liest sich die nächste von selbst."""

    titel = "Referenzwerte einlesen"
    taste = "w"


async def lies_referenzen(tool: SozialtoolApp) -> None:
    """Choose a file, read it, show the differences, take them over. Only inside a worker."""
    pfad = await tool.push_screen_wait(Dateiwahl("Werte von außen einlesen", tool.projekt.pfad.parent, DATEIEN))
    if pfad is None:
        return
    vorschau = await _read(tool, pfad)
    if vorschau is None:
        return
    if not vorschau.unterschiede:
        tool.melde("Diese Werte stehen schon im Projekt.")
        return
    zeilen = cut_zeilen(vorschau.zeilen, _GEZEIGT)
    text = "\n".join((f"Profil „{vorschau.profil.name}“", *vorschau.hinweise, "", *zeilen))
    wahl = [
        Antwort("Übernehmen", wert=True, folge="Eine Änderung; Strg+Z nimmt sie zurück."),
        Antwort("Nichts ändern", wert=False, folge="Die Datei bleibt, wie sie ist."),
    ]
    if await tool.push_screen_wait(Frage(f"Werte aus {pfad.name}", text, wahl)):
        await tool.rufe(lambda: ablauf.save_liste(tool.projekt, vorschau.unterschiede))
        tool.geaendert()


async def _read(tool: SozialtoolApp, pfad: Path) -> Referenzvorschau | None:
    """Read by the profile that fits; ask what is missing: the mapping, which profile, the year."""
    profil, jahr = "", 0
    try:
        return await tool.rufe(lambda: ablauf.preview_referenzen(tool.projekt, pfad))
    except BedienFehler as fehler:
        if fehler.code == "REFERENZ-PROFIL":
            profil = await _map(tool, fehler.abhilfe)
            if not profil:
                return None
        elif fehler.code != "REFERENZ-MEHRERE":
            raise
    except DatenFehler as fehler:
        await tool.zeige_fehler(fehler)
    felder = [
        Feld("profil", "Profil", str, hilfe="Name der Zuordnung; leer: die passende."),
        Feld("jahr", "Jahr", int, hilfe="Nur wenn die Datei keines nennt; sonst 0."),
    ]
    werte = await tool.push_screen_wait(Formular(f"{pfad.name} lesen", felder, {"profil": profil, "jahr": jahr}))
    if werte is None:
        return None
    return await tool.rufe(
        lambda: ablauf.preview_referenzen(tool.projekt, pfad, werte["profil"] or "", werte["jahr"] or 0)
    )


async def _map(tool: SozialtoolApp, koepfe: str) -> str:
    """Ask for a new profile and store it; what was typed stays while it does not fit. "" for Esc."""
    werte: Werte = {}
    while True:
        antwort = await tool.push_screen_wait(
            Formular("Datei zuordnen", felder_of(Referenzprofil), werte, text=f"{_NEU} {koepfe}")
        )
        if antwort is None:
            return ""
        werte = antwort
        try:
            await tool.rufe(functools.partial(ablauf.save_referenzprofil, tool.projekt, Referenzprofil(**werte)))
        except SozialtoolFehler as fehler:
            await tool.zeige_fehler(fehler)
            continue
        return str(werte["name"])
