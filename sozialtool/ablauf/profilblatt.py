"""Profile: per Sozialraum what there is, what is said, what is needed, wanted and done, beside its gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sozialtool.ablauf.bedarfsbild import build_bedarfsbilder
from sozialtool.ablauf.bestandstafel import describe_versorgung, list_auffaellige
from sozialtool.ablauf.beteiligungstafeln import build_beteiligungsblaetter
from sozialtool.ablauf.entfernungstafel import REGEL, list_entfernungen
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

WEITE = "Luftlinie zum nächsten Ort"
"""Heading of the distances: mean and largest from the middles of the smallest areas."""


def build_monitoringblaetter(projekt: Projekt, ergebnis: Ergebnis, jahr: int) -> tuple[Vergleichsblatt, ...]:
    """Lay out the sheets of the planning for the monitoring workbook: profiles, goals, measures, participation; each where there is something."""
    grundlage = build_plangrundlage(projekt, ergebnis, jahr)
    blaetter = {blatt.name: blatt for blatt in build_planungsblaetter(projekt, grundlage)}
    profile = build_profile(projekt, grundlage)
    gewaehlt = tuple(blaetter[name] for name in _IM_MONITORING if name in blaetter)
    return (*((profile,) if profile is not None else ()), *gewaehlt, *build_beteiligungsblaetter(projekt))


def build_profile(projekt: Projekt, grundlage: Plangrundlage) -> Vergleichsblatt | None:
    """Lay out one table per Sozialraum; None where there is nothing to show."""
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

    stoff = read_stoff(projekt, grundlage)
    tabellen = tuple(t for g in grundlage.raeume if (t := _build_raum(grundlage, stoff, g)) is not None)
    if not tabellen:
        return None
    absaetze = (
        "Was es in jedem Sozialraum gibt und was dort gesagt, gebraucht, gewollt und getan wird. Die Zahlen stehen in den Steckbriefen.",
        *([REGEL] if any(titel == WEITE for titel, _ in stoff) else ()),
    )
    return Vergleichsblatt(
        "Profile",
        absaetze,
        tabellen[0],
        tabellen[1:],
        titel="Profile der Sozialräume",
        skala=95,
        je_gebiet="Was es gibt und was gesagt wird",
        wahl="profile",
    )


def read_stoff(projekt: Projekt, grundlage: Plangrundlage) -> tuple[tuple[str, dict[str, list[str]]], ...]:
    """What is said in the profiles: heading → area → sentences."""
    teile: dict[str, dict[str, list[str]]] = {}

    def add(titel: str, gebiete: Iterable[str], text: str) -> None:
        for gebiet in gebiete:
            teile.setdefault(titel, {}).setdefault(gebiet, []).append(text)

    for gebiet, text in _count_bestand(projekt, grundlage):
        add("Bestand", [gebiet], text)
    for bild, z in list_auffaellige(grundlage.versorgung):
        add("Lücken, Doppelungen", [z.gebiet.schluessel], " ".join(describe_versorgung(bild, z)[:2]))
    for gebiet, text in list_entfernungen(grundlage.versorgung):
        add(WEITE, [gebiet], text)
    for s in list_zeigbare(projekt):
        add("Stimmen", [s.gebiet], f"„{s.text}“ ({', '.join(filter(None, (s.wer, write_tag(s.datum))))})")
    for b in build_bedarfsbilder(projekt, grundlage):
        add("Bedarfe", b.bedarf.gebiete, f"{b.bedarf.name} (Priorität {b.prioritaet.value})")
    for ziel in build_zielbilder(projekt, grundlage):
        add("Ziele", [ziel.ziel.gebiet], f"{ziel.ziel.name}: {ziel.stand.ampel.text}")
    for m in projekt.read(Massnahme):
        add("Maßnahmen", m.gebiete, f"{m.name} ({m.verantwortlich}, {m.stand.value})")
    return tuple(teile.items())


def _build_raum(
    grundlage: Plangrundlage, stoff: Sequence[tuple[str, dict[str, list[str]]]], gebiet: str
) -> Tabelle | None:
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zeile

    teile = [(titel, je[gebiet]) for titel, je in stoff if gebiet in je]
    zeilen = tuple(Zeile((name, "\n".join(f"– {t}" for t in texte))) for name, texte in teile)
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


def _count_bestand(projekt: Projekt, grundlage: Plangrundlage) -> Iterator[tuple[str, str]]:
    """Count the facilities of every Sozialraum by kind, with places where they have some."""
    raeume = [grundlage.gebiete[g] for g in (grundlage.stadt, *grundlage.raeume)]
    je = group_orte(projekt.read(Einrichtung), tuple(grundlage.gebiete.values()), raeume)
    for gebiet, orte in je.items():
        arten = Counter(o.art for o in orte)
        plaetze = {art: sum(o.plaetze or 0 for o in orte if o.art == art) for art in arten}
        texte = [
            f"{art} {anzahl}" + (f" ({plaetze[art]} Plätze)" if plaetze[art] else "")
            for art, anzahl in sorted(arten.items())
        ]
        if texte:
            yield gebiet, "; ".join(texte)
