"""Dialogs of Räume: a new Variante, an agreement, a new Sozialraum, differences before they are taken over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from textual.content import Content

from sozialtool.ablauf import GebietsstandZeile, Planbild
from sozialtool.ablauf.raumtext import zeit_text
from sozialtool.fach.felder import Feld
from sozialtool.fach.raum import Gebietsstand
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.frage import Antwort, Frage
from sozialtool.tui.text import UMBRUCH, satz, zahl

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp

HOECHSTENS = 300
"""Differences shown; the first line says how many there are."""

_VEREINBARUNG = (
    Feld("datum", "Vereinbart am", dt.date, "Tag der Sitzung.", pflicht=True),
    Feld("gremium", "Gremium", str, "Wer vereinbart hat, zum Beispiel Planungsgruppe oder Rat.", pflicht=True),
    Feld("sitzung", "Sitzung", str, "Nummer oder Tagesordnungspunkt; darf leer bleiben."),
    Feld("gueltig_ab", "Gilt ab", dt.date, "Leer: ab dem Tag der Vereinbarung. Der bisherige endet am Tag davor."),
    Feld("abweichend", "Abweichende Meinung", str, "Wer es anders sah und warum; darf leer bleiben."),
)


def neue_variante(aus: GebietsstandZeile | None) -> Formular:
    """Ask for key, name and remark of a Variante."""
    felder = [
        Feld("schluessel", "Schlüssel", str, "Kurz, zum Beispiel B oder 2026-nord; steht in Dateien.", pflicht=True),
        Feld("name", "Name", str, "Wie sie in der Runde heißt, zum Beispiel „Variante B: Bahn als Grenze“.", pflicht=True),
        Feld("bemerkung", "Bemerkung", str, "Worum es bei ihr geht; darf leer bleiben."),
    ]  # fmt: skip
    kopie = f"Sie beginnt als Kopie von „{aus.stand.name}“." if aus else "Sie beginnt als Kopie der heutigen Räume."
    return Formular("Neue Variante", felder, {}, text=kopie)


def vereinbaren(stand: Gebietsstand) -> Formular:
    """Ask who agreed to a Variante, when, from when it is in force, and who saw it otherwise."""
    text = (
        f"„{stand.name}“ wird der geltende Gebietsstand, die Gebiete des Projekts folgen ihm. Zahlen früherer Jahre werden "
        "umgerechnet und als geschätzt gekennzeichnet. Strg+Z nimmt es zurück."
    )
    return Formular("Variante vereinbaren", _VEREINBARUNG, {"datum": dt.date.today()}, text=text)


def vereinbaren_heutige() -> Formular:
    """Ask who agreed to the Sozialräume as they are now, when, and how this Gebietsstand is called."""
    name = Feld("name", "Name", str, "Wie dieser Gebietsstand heißt; leer: nach der Zahl der Sozialräume.")
    text = "Die Sozialräume, wie sie heute sind, werden der geltende Gebietsstand. Strg+Z nimmt es zurück."
    return Formular("Heutige Sozialräume vereinbaren", [*_VEREINBARUNG, name], {"datum": dt.date.today()}, text=text)


def neuer_raum() -> Formular:
    """Ask for key and name of a Sozialraum."""
    felder = [
        Feld("schluessel", "Schlüssel", str, "Nummer oder Kürzel; führende Nullen bleiben.", pflicht=True),
        Feld("name", "Name", str, "Wie der Sozialraum heißen soll.", pflicht=True),
    ]
    return Formular("Neuer Sozialraum", felder, {}, text="Er ist zuerst leer; danach verschieben Sie Gebiete hinein.")


async def zeige_unterschiede(tool: SozialtoolApp, titel: str, unterschiede: Any) -> bool:
    """Show what a file would change and ask whether to take it over. Only inside a worker."""
    if not unterschiede:
        tool.melde("Die Datei stimmt mit dem Projekt überein; es gibt nichts zu übernehmen.")
        return False
    antworten = [
        Antwort("Übernehmen", wert=True, folge="Eine Änderung; Strg+Z nimmt sie zurück."),
        Antwort("Nichts ändern", wert=False, folge="Die Datei bleibt, wie sie ist."),
    ]
    text = "\n".join((f"{unterschiede.kurz()}:", *unterschiede.zeilen()[:HOECHSTENS]))
    frage: Frage[bool] = Frage(titel, text, antworten)
    uebernehmen = await tool.push_screen_wait(frage)
    return bool(uebernehmen)


def describe_stand(zeile: GebietsstandZeile, bild: Planbild) -> Content:
    """Say when a Gebietsstand is in force, who agreed, and how even its Sozialräume are."""
    stand = zeile.stand
    text = satz((stand.name, "bold"), (f"  {stand.schluessel}", "$leise"), f" · {zeit_text(stand)}".replace(" · –", ""))
    if stand.gremium:
        am = f" am {stand.beschlossen_am:%d.%m.%Y}" if stand.beschlossen_am else ""
        text = satz(text, f" · {stand.gremium}{am}")
    teile = []
    if bild.verteilung and bild.verteilung.gleichmaessigkeit is not None:
        teile.append(
            f"Gleichmäßigkeit {zahl(bild.verteilung.gleichmaessigkeit, 3)}, weiteste Abweichung vom Mittel "
            f"{zahl(bild.verteilung.abweichung, 1)} % (Einwohner {bild.jahr})"
        )
    if not zeile.gilt and bild.gebiete:
        teile.append(f"{bild.bewegt} von {len(bild.gebiete)} Gebieten anders als im geltenden Stand")
    if bild.offen and not zeile.gilt:
        teile.append(f"! {bild.offen} ohne Sozialraum")
    text = satz(text, UMBRUCH, " · ".join(teile) or "Zu den kleinsten Gebieten fehlen die Einwohner.")
    return satz(text, UMBRUCH, stand.bemerkung) if stand.bemerkung else text
