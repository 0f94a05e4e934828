"""Profile: per Sozialraum what there is, what is said, what is needed, wanted and done, beside its gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sozialtool.ablauf.bedarfsbild import build_bedarfsbilder
from sozialtool.ablauf.bestandstafel import describe_versorgung, list_auffaellige
from sozialtool.ablauf.kennzahlen import Ergebnis
from sozialtool.ablauf.plangrundlage import Plangrundlage, build_plangrundlage
from sozialtool.ablauf.planungsblaetter import build_planungsblaetter
from sozialtool.ablauf.stimmen import list_zeigbare
from sozialtool.ablauf.versorgungsbild import group_orte, write_tag
from sozialtool.ablauf.zielbild import build_zielbilder
from sozialtool.fach.planung import Einrichtung, Massnahme
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.tabelle import Tabelle
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

_IM_MONITORING = ("Ziele", "Maßnahmen")
"""Sheets of the planning that the monitoring workbook shows; the others have a workbook of their own."""


def build_monitoringblaetter(projekt: Projekt, ergebnis: Ergebnis, jahr: int) -> tuple[Vergleichsblatt, ...]:
    """Lay out the sheets of the planning for the monitoring workbook; none without inventory, goals and measures."""
    grundlage = build_plangrundlage(projekt, ergebnis, jahr)
    blaetter = {blatt.name: blatt for blatt in build_planungsblaetter(projekt, grundlage)}
    profile = build_profile(projekt, grundlage)
    gewaehlt = tuple(blaetter[name] for name in _IM_MONITORING if name in blaetter)
    return (*((profile,) if profile is not None else ()), *gewaehlt)


def build_profile(projekt: Projekt, grundlage: Plangrundlage) -> Vergleichsblatt | None:
    """Lay out one table per Sozialraum; None where there is nothing to show."""
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

    tabellen = tuple(t for g in grundlage.raeume if (t := _build_raum(projekt, grundlage, g)) is not None)
    if not tabellen:
        return None
    absaetze = (
        "Was es in jedem Sozialraum gibt und was dort gesagt, gebraucht, gewollt und getan wird. Die Zahlen stehen in den Steckbriefen.",
    )
    return Vergleichsblatt("Profile", absaetze, tabellen[0], tabellen[1:], titel="Profile der Sozialräume", skala=95)


def _build_raum(projekt: Projekt, grundlage: Plangrundlage, gebiet: str) -> Tabelle | None:
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zeile

    teile = (
        ("Bestand", _list_bestand(projekt, grundlage, gebiet)),
        ("Lücken, Doppelungen", [" ".join(describe_versorgung(b, z)[:2]) for b, z in list_auffaellige(grundlage.versorgung) if z.gebiet.schluessel == gebiet]),
        ("Stimmen", [f"„{s.text}“ ({', '.join(filter(None, (s.wer, write_tag(s.datum))))})" for s in list_zeigbare(projekt) if s.gebiet == gebiet]),
        ("Bedarfe", [f"{b.bedarf.name} (Priorität {b.prioritaet.value})" for b in build_bedarfsbilder(projekt, grundlage) if gebiet in b.bedarf.gebiete]),
        ("Ziele", [f"{b.ziel.name}: {b.stand.ampel.text}" for b in build_zielbilder(projekt, grundlage) if b.ziel.gebiet == gebiet]),
        ("Maßnahmen", [f"{m.name} ({m.verantwortlich}, {m.stand.value})" for m in projekt.read(Massnahme) if gebiet in m.gebiete]),
    )  # fmt: skip
    zeilen = tuple(Zeile((name, "\n".join(f"– {t}" for t in texte))) for name, texte in teile if texte)
    if not zeilen:
        return None
    name = grundlage.name(gebiet)
    spalten = (Spalte("Was", Spaltenart.LANG, breite=170), Spalte(name, Spaltenart.LANG, breite=810))
    return Tabelle(
        name,
        spalten,
        zeilen,
        quelle="Bestand und Planung der Stadt",
        beschreibung=f"Bestand, Stimmen, Bedarfe, Ziele und Maßnahmen in {name}",
    )


def _list_bestand(projekt: Projekt, grundlage: Plangrundlage, gebiet: str) -> Sequence[str]:
    """Count the facilities by kind, places where they have some."""
    stadt = grundlage.gebiete[grundlage.stadt]
    raeume = [stadt, *(grundlage.gebiete[g] for g in grundlage.raeume)]
    orte = group_orte(projekt.read(Einrichtung), tuple(grundlage.gebiete.values()), raeume)[gebiet]
    arten = Counter(o.art for o in orte)
    plaetze = {art: sum(o.plaetze or 0 for o in orte if o.art == art) for art in arten}
    texte = [
        f"{art} {anzahl}" + (f" ({plaetze[art]} Plätze)" if plaetze[art] else "")
        for art, anzahl in sorted(arten.items())
    ]
    return ["; ".join(texte)] if texte else []
