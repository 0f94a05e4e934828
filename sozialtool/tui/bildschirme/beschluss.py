"""The ways through dialogs: record a decision, change a definition after seeing what that does. Only inside a worker."""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING

import attrs

from sozialtool import ablauf
from sozialtool.ablauf.folgen import Folgen
from sozialtool.fach.felder import Feld, felder_of
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.schwelle import Schwelle
from sozialtool.fach.vereinbarung import Gegenstand, Vereinbarung
from sozialtool.fehler import BedienFehler, DatenFehler, FeldFehler
from sozialtool.tui.bildschirme.folgen import Entscheidung, FolgenSeite
from sozialtool.tui.dialoge.formular import Formular, Werte

if TYPE_CHECKING:
    from sozialtool.ablauf import Vereinbarungszeile
    from sozialtool.tui.app import SozialtoolApp

_BESCHLUSS = ("zustand", "am", "gremium", "sitzung", "abweichend")
_DEFINITION = (
    "zaehler", "nenner", "faktor", "einheit", "jahre", "richtung", "intervall", "streuung", "fallzahl", "nachkommastellen", "kleinste_ebene",
    "name", "quelle", "hinweis",
)  # fmt: skip


def beschluss_felder() -> list[Feld]:
    """Return the fields of a decision: state, date, Gremium, session, dissent."""
    felder = {feld.name: feld for feld in felder_of(Vereinbarung)}
    return [felder[name] for name in _BESCHLUSS]


def propose(zeile: Vereinbarungszeile, zuletzt: Werte) -> Werte:
    """Propose what was decided already; else what was entered last, so that a whole session is quickly written down."""
    if zeile.zustand is not Zustand.VORGESCHLAGEN or zeile.am is not None:
        letzter = zeile.letzter
        mehr = {"sitzung": letzter.sitzung, "abweichend": letzter.abweichend} if letzter else {}
        return {"zustand": zeile.zustand, "am": zeile.am, "gremium": zeile.gremium, **mehr}
    vorher = next((s.gremium for s in reversed(zeile.schritte) if s.gremium), "")
    return {"zustand": Zustand.VEREINBART, "am": dt.date.today(), "gremium": vorher, **zuletzt}


async def beschliesse(tool: SozialtoolApp, zeile: Vereinbarungszeile, zuletzt: Werte) -> Werte | None:
    """Ask what was decided and record it; return what was entered, None for Esc.

    Raises:
        BedienFehler: Gebietsstände are agreed with the Räume.
    """
    if zeile.gegenstand is Gegenstand.GEBIETSSTAND:
        raise BedienFehler(
            f"„{zeile.name}“ ist ein Gebietsstand.", "Gebietsstände werden bei den Räumen (F3) vereinbart."
        )
    felder, werte = beschluss_felder(), propose(zeile, zuletzt)
    schwelle = await _find_schwelle(tool, zeile)
    if schwelle is not None:
        felder = [*(feld for feld in felder_of(Schwelle) if feld.name == "wert"), *felder]
        werte["wert"] = schwelle.wert
    regel = schwelle.regel if schwelle is not None else ""
    pruefe = functools.partial(_check, tool.projekt.kommune.berichtsjahr)
    antwort = await tool.push_screen_wait(Formular(zeile.titel, felder, werte, text=regel, pruefe=pruefe))
    if antwort is None or not await _confirm_schwelle(tool, schwelle, antwort):
        return None
    beschluss = ablauf.Beschluss(*(antwort[name] for name in _BESCHLUSS))
    await tool.rufe(lambda: ablauf.decide(tool.projekt, [zeile.bezug], beschluss, antwort.get("wert")))
    tool.geaendert()
    return {**{name: antwort[name] for name in _BESCHLUSS}, "abweichend": ""}


def _check(berichtsjahr: int, werte: Werte) -> None:
    try:
        ablauf.Beschluss(werte["zustand"], werte["am"]).check(berichtsjahr)
    except BedienFehler as fehler:
        raise FeldFehler(fehler.meldung, fehler.abhilfe) from fehler


async def _find_schwelle(tool: SozialtoolApp, zeile: Vereinbarungszeile) -> Schwelle | None:
    if zeile.gegenstand is not Gegenstand.SCHWELLE:
        return None
    alle = await tool.rufe(lambda: ablauf.list_schwellen(tool.projekt))
    return next((schwelle for schwelle in alle if schwelle.schluessel == zeile.bezug), None)


async def _confirm_schwelle(tool: SozialtoolApp, schwelle: Schwelle | None, werte: Werte) -> bool:
    """Show what another Mindestfallzahl would hide or show, before it is agreed."""
    if schwelle is None or not schwelle.ist_mindestfallzahl or werte["zustand"] is not Zustand.VEREINBART:
        return True
    bezug, wert = schwelle.schluessel, werte["wert"]
    folgen = await tool.rufe_lang(
        "Was sich ändert, wird gerechnet …",
        lambda melde, stop: ablauf.preview_schwelle(tool.projekt, bezug, wert, 0, melde, stop),
    )
    if not folgen.indikatoren:
        return True
    return await tool.push_screen_wait(FolgenSeite(f"{schwelle.name} {wert:g}", folgen)) is not None


async def aendere_definition(tool: SozialtoolApp, indikator: Indikator) -> bool:
    """Ask for another definition, show what it does, and change it when that is wanted; whether anything was changed.

    What was typed stays while a formula does not fit.
    """
    felder = [feld for feld in felder_of(Indikator) if feld.name in _DEFINITION]
    felder.sort(key=lambda feld: _DEFINITION.index(feld.name))
    werte: Werte = {name: getattr(indikator, name) for name in _DEFINITION}
    titel = f"{indikator.kennung} {indikator.name}"
    while True:
        antwort = await tool.push_screen_wait(Formular(f"Definition ändern · {titel}", felder, werte))
        if antwort is None:
            return False
        werte, neu = antwort, attrs.evolve(indikator, **antwort)
        if neu == indikator:
            tool.melde("Es wurde nichts geändert.")
            return False
        try:
            folgen = await _preview(tool, neu)
        except DatenFehler as fehler:
            await tool.zeige_fehler(fehler)
            continue
        entscheidung = await tool.push_screen_wait(FolgenSeite(titel, folgen))
        if entscheidung is None:
            continue
        return await _change(tool, neu, entscheidung)


async def _preview(tool: SozialtoolApp, neu: Indikator) -> Folgen:
    return await tool.rufe_lang(
        "Was sich ändert, wird gerechnet …",
        lambda melde, stop: ablauf.preview_change(tool.projekt, [neu], (), 0, melde, stop),
    )


async def _change(tool: SozialtoolApp, neu: Indikator, entscheidung: Entscheidung) -> bool:
    await tool.rufe(lambda: ablauf.change_definition(tool.projekt, neu))
    tool.geaendert()
    if entscheidung is Entscheidung.VEREINBAREN:
        zeile = await tool.rufe(lambda: ablauf.find_vereinbarung(tool.projekt, neu.kennung))
        await beschliesse(tool, zeile, {})
    return True
