"""The way through the import: one worker walks the steps forth and back, one draft goes along, the end is one change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sozialtool import ablauf
from sozialtool.fach.felder import Feld
from sozialtool.fach.quelle import Schwere
from sozialtool.fehler import SozialtoolFehler
from sozialtool.tui.assistent import bild
from sozialtool.tui.assistent.entwurf import Entwurf, Weiter, build_entwurf
from sozialtool.tui.assistent.gelesen import GelesenSeite
from sozialtool.tui.assistent.pruefen import PruefenSeite
from sozialtool.tui.assistent.zuordnung import ZuordnungSeite
from sozialtool.tui.bildschirme.seite import Seite
from sozialtool.tui.deutsch import anzahl
from sozialtool.tui.dialoge.dateiwahl import Dateiwahl
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.frage import Antwort, Frage
from sozialtool.tui.text import saeubern

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp

ENDUNGEN = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt")
SCHRITTE: tuple[Callable[[Entwurf], Seite[Any]], ...] = (GelesenSeite, ZuordnungSeite, PruefenSeite)


async def lies_ein(tool: SozialtoolApp) -> None:
    """Walk through the import of one file. Only inside a worker; nothing changes before the last answer."""
    ordner = tool.projekt.pfad.parent
    eingang = ordner / "eingang"
    start = eingang if await tool.rufe(eingang.is_dir) else ordner
    pfad = await tool.push_screen_wait(Dateiwahl("Datei einlesen", start, ENDUNGEN))
    if pfad is None:
        return
    entwurf = await _examine(tool, pfad)
    schritt = 0
    while 0 <= schritt < len(SCHRITTE):
        weiter = _as_weiter(await tool.push_screen_wait(SCHRITTE[schritt](entwurf)))
        if weiter is Weiter.NEU_LESEN:
            await _read_again(tool, entwurf)
        else:
            schritt += 1 if weiter is Weiter.VOR else -1
        if schritt == len(SCHRITTE) and not await _accept(tool, entwurf):
            schritt -= 1


def _as_weiter(ergebnis: Any) -> Weiter:
    if isinstance(ergebnis, Weiter):
        return ergebnis
    return Weiter[ergebnis] if isinstance(ergebnis, str) else Weiter.ZURUECK


async def _examine(tool: SozialtoolApp, pfad: Path) -> Entwurf:
    return await tool.rufe_lang(
        f"{pfad.name} wird gelesen",
        lambda fortschritt, stop: build_entwurf(tool.projekt, pfad, fortschritt, stop),
    )


async def _read_again(tool: SozialtoolApp, entwurf: Entwurf) -> None:
    """Read the file in another way; when that fails, say so and stay with the way before."""
    projekt = tool.projekt
    try:
        await tool.rufe_lang(
            f"{entwurf.datei} wird gelesen",
            lambda fortschritt, stop: entwurf.pruefe_neu(
                projekt, lambda: ablauf.examine(projekt, entwurf.pfad, entwurf.leseart, fortschritt, stop)
            ),
        )
    except SozialtoolFehler as fehler:
        entwurf.leseart = entwurf.pruefung.rohmappe.leseart
        await tool.zeige_fehler(fehler)


async def _accept(tool: SozialtoolApp, entwurf: Entwurf) -> bool:
    """Ask the last question and take the figures over; False: not yet."""
    pruefung = entwurf.pruefung
    fehler = [befund for befund in pruefung.befunde if befund.schwere is Schwere.FEHLER]
    if fehler or not pruefung.bereit:
        grund = bild.summary(entwurf)
        if fehler:
            erste = "\n".join(f"× {saeubern(befund.meldung)}" for befund in fehler[:3])
            grund = f"{anzahl(len(fehler), 'Fehler steht', 'Fehler stehen')} im Weg:\n{erste}"
        antworten = [Antwort("Zurück zu den Befunden", wert=True)]
        await tool.push_screen_wait(Frage("Das lässt sich so nicht annehmen", grund, antworten))
        return False
    antworten = [
        Antwort("Annehmen", wert=True, folge="Eine Änderung am Projekt; Strg+Z nimmt sie ganz zurück."),
        Antwort("Noch nicht", wert=False, folge="Zurück zu den Befunden; nichts wird geändert."),
    ]
    if not await tool.push_screen_wait(Frage(f"{entwurf.datei} annehmen?", bild.summary(entwurf), antworten)):
        return False
    name = pruefung.profil.name if pruefung.profil else await _ask_name(tool, entwurf)
    if name is None:
        return False
    grenzen = await _ask_grenzen(tool, entwurf)
    if grenzen is None:
        return False
    aenderung = await tool.rufe(lambda: ablauf.accept(tool.projekt, pruefung, name, gebietsstand=grenzen))
    tool.melde(aenderung.text)
    tool.geaendert()
    return True


async def _ask_grenzen(tool: SozialtoolApp, entwurf: Entwurf) -> str | None:
    """Ask in which boundaries the file was counted, where several Gebietsstände are possible; None: not yet."""
    staende = await tool.rufe(lambda: ablauf.find_grenzen(tool.projekt, entwurf.pruefung))
    if not staende:
        return ""
    antworten = [
        Antwort("Die an jedem Stichtag geltenden", "", "So rechnet sozialtool, wenn nichts anderes gesagt ist.")
    ]
    antworten += [Antwort(s.name, s.schluessel, "Für alle Werte dieser Datei.") for s in staende]
    text = (
        "Für diese Stadt sind mehrere Gebietsstände vereinbart. Danach richtet sich, welche Zahlen umgerechnet werden."
    )
    frage: Frage[str] = Frage("In welchen Grenzen ist gezählt?", text, antworten)
    return await tool.push_screen_wait(frage)


async def _ask_name(tool: SozialtoolApp, entwurf: Entwurf) -> str | None:
    hilfe = "Unter diesem Namen wird der Aufbau behalten; nächstes Jahr wird er daran wiedererkannt."
    feld = Feld("name", "Wer liefert das?", str, hilfe=hilfe, pflicht=True)
    stamm = "".join(zeichen for zeichen in entwurf.pfad.stem if not zeichen.isdigit()).strip(" _-.()")
    werte = await tool.push_screen_wait(Formular("Aufbau behalten", [feld], {"name": stamm or entwurf.pfad.stem}))
    return werte["name"] if werte else None
