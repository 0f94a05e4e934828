"""The way of a list of people on the screen: file, Stichtag, counting, unknown spellings, taking over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sozialtool import ablauf
from sozialtool.fach.felder import Feld
from sozialtool.fach.quelle import Schwere
from sozialtool.tui.deutsch import anzahl
from sozialtool.tui.dialoge.dateiwahl import Dateiwahl
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.frage import Antwort, Frage
from sozialtool.tui.text import zahl

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp

TABELLEN = (".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".txt")
_MEISTE = 100


async def zaehle_aus(tool: SozialtoolApp) -> bool:
    """Walk from the file to the figures; True when something was taken over or decided. Only inside a worker."""
    projekt = tool.projekt
    pfad = await tool.push_screen_wait(
        Dateiwahl("Personenliste auszählen", projekt.pfad.parent, TABELLEN, "Namen und Adressen bleiben in der Datei.")
    )
    angaben = await tool.push_screen_wait(_formular(projekt.kommune.berichtsjahr)) if pfad else None
    if pfad is None or angaben is None:
        return False
    entschieden = 0
    while True:
        lesung = await _zaehle(tool, pfad, angaben)
        wahl = await tool.push_screen_wait(_frage(pfad, lesung))
        if wahl == "annehmen":
            await _nimm_an(tool, pfad, lesung, angaben["absender"])
            return True
        if wahl != "schreibweisen":
            return entschieden > 0
        entschieden += await _entscheide(tool, lesung)


def _formular(jahr: int) -> Formular:
    felder = [
        Feld("stichtag", "Stichtag", dt.date, "An diesem Tag zählt das Alter.", pflicht=True),
        Feld("stamm", "Merkmal für alle", str, "Was jede Person der Liste ist: ew für Einwohner, asylblg für solche Fälle.", pflicht=True),
        Feld("absender", "Absender", str, "Fachbereich oder Behörde; darf leer bleiben."),
    ]  # fmt: skip
    werte = {"stichtag": dt.date(jahr or dt.date.today().year - 1, 12, 31), "stamm": "ew", "absender": "Meldewesen"}
    return Formular("Personenliste auszählen", felder, werte)


async def _zaehle(tool: SozialtoolApp, pfad: Path, angaben: dict[str, Any]) -> Any:
    return await tool.rufe_lang(
        f"{pfad.name} wird ausgezählt",
        lambda fortschritt, stop: ablauf.count_register(
            tool.projekt, pfad, angaben["stichtag"], stamm=angaben["stamm"], fortschritt=fortschritt, stop=stop
        ),
    )


def _frage(pfad: Path, lesung: Any) -> Frage[str]:
    """Say what was counted; the proposal is to decide spellings first where some are open."""
    offen = sum(wie_viele for _, wie_viele in lesung.offen)
    personen = anzahl(offen, "Person", "Personen")
    zeilen = [f"{anzahl(lesung.personen, 'Person', 'Personen')} gezählt, {zahl(len(lesung.messwerte))} Werte."]
    if lesung.offen:
        unbekannt = anzahl(
            len(lesung.offen), "Schreibweise einer Straße ist unbekannt", "Schreibweisen von Straßen sind unbekannt"
        )
        zeilen.append(f"{unbekannt}, sie {'betrifft' if len(lesung.offen) == 1 else 'betreffen'} {personen}.")
    schwer = sorted(lesung.befunde, key=lambda b: list(Schwere).index(b.schwere))
    zeilen += [f"{b.schwere.value} {b.zelle}: {b.meldung} {b.vorschlag}" for b in schwer[:_MEISTE]]
    antworten = [Antwort("Nichts übernehmen", "", "Keine Zahl und keine Person bleibt im Projekt.")]
    if lesung.bereit:
        folge = "Nur Anzahlen je Gebiet; Strg+Z nimmt sie zurück."
        if lesung.offen:
            folge += f" {personen} {'zählt' if offen == 1 else 'zählen'} als „nicht zuzuordnen“."
        antworten.insert(0, Antwort("Übernehmen", "annehmen", folge))
    if lesung.offen:
        antworten.insert(0, Antwort("Schreibweisen entscheiden", "schreibweisen", "Danach wird noch einmal gezählt."))
    return Frage(f"Personenliste {pfad.name}", "\n".join(zeilen), antworten)


async def _nimm_an(tool: SozialtoolApp, pfad: Path, lesung: Any, absender: str) -> None:
    await tool.rufe(lambda: ablauf.accept_register(tool.projekt, lesung, absender=absender))
    tool.geaendert()
    tool.melde(f"{zahl(len(lesung.messwerte))} Werte aus {pfad.name} übernommen. Strg+Z nimmt sie zurück.")


async def _entscheide(tool: SozialtoolApp, lesung: Any) -> int:
    """Show the unknown spellings; return how many were decided."""
    from sozialtool.tui.bildschirme.schreibweisen import SchreibweisenSeite

    projekt = tool.projekt
    offen = await tool.rufe(lambda: ablauf.offene_schreibweisen(projekt, lesung))
    namen = await tool.rufe(lambda: {a.strasse: a.name for a in ablauf.strassen(projekt)})
    return await tool.push_screen_wait(SchreibweisenSeite(offen, namen)) or 0
