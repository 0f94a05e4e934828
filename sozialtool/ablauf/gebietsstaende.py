"""Gebietsstände: the agreed Sozialräume, earlier ones, and Varianten under discussion.

A Gebietsstand assigns each smallest area (those directly below the planning level) to a Sozialraum. A Variante starts as a
copy, areas are moved in it, and one day a body agrees to it; then the areas of the project follow. Every step is one change that
undo takes back.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping

import attrs

from sozialtool.fach import raum
from sozialtool.fach.indikator import Zustand
from sozialtool.fach.raum import Ebene, Gebiet, Gebietsstand, Raum, Raumzuordnung, Umsteiger
from sozialtool.fach.schreibweise import name_einige
from sozialtool.fach.vereinbarung import Gegenstand, Vereinbarung
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Aenderung, Projekt
from sozialtool.projekt.schreiber import Schreiber

HEUTE = "heute"
"""Key of the Gebietsstand that is made of the areas of a project that never had one."""


@attrs.frozen
class GebietsstandZeile:
    """One Gebietsstand for lists: how many Sozialräume and areas it has, and whether it is in force."""

    stand: Gebietsstand
    raeume: int
    gebiete: int
    gilt: bool


@attrs.frozen
class Raumplan:
    """One Gebietsstand with its content: Sozialräume in their order, and smallest area → Sozialraum."""

    stand: Gebietsstand
    raeume: tuple[Raum, ...]
    zuordnung: Mapping[str, str]


def find_geltenden(staende: Iterable[Gebietsstand], tag: dt.date | None = None) -> Gebietsstand | None:
    """Return the agreed Gebietsstand in force on a day (None: the newest one); before the first one, the first."""
    vereinbart = sorted(
        (s for s in staende if not s.variante), key=lambda s: (s.gueltig_ab or dt.date.min, s.schluessel)
    )
    begonnen = [s for s in vereinbart if tag is None or (s.gueltig_ab or dt.date.min) <= tag]
    return begonnen[-1] if begonnen else (vereinbart[0] if vereinbart else None)


def list_gebietsstaende(projekt: Projekt) -> tuple[GebietsstandZeile, ...]:
    """List all: the one in force, Varianten, then earlier ones, newest first."""
    staende = projekt.read(Gebietsstand)
    geltend = find_geltenden(staende)
    raeume = [r.gebietsstand for r in projekt.read(Raum)]
    gebiete = [z.gebietsstand for z in projekt.read(Raumzuordnung)]
    zeilen = [
        GebietsstandZeile(s, raeume.count(s.schluessel), gebiete.count(s.schluessel), s == geltend) for s in staende
    ]
    zeilen.sort(key=lambda z: (z.stand.gueltig_ab or dt.date.min, z.stand.schluessel), reverse=True)
    return tuple(sorted(zeilen, key=lambda z: (not z.gilt, not z.stand.variante)))


def raumplan(projekt: Projekt, schluessel: str) -> Raumplan:
    """Return one Gebietsstand with its content; one that was agreed before there were Varianten has today's areas.

    Raises:
        BedienFehler: there is no such Gebietsstand.
    """
    stand = _get(projekt, schluessel)
    raeume = [r for r in projekt.read(Raum) if r.gebietsstand == schluessel]
    zuordnung = {z.gebiet: z.raum for z in projekt.read(Raumzuordnung) if z.gebietsstand == schluessel}
    if not raeume and stand == find_geltenden(projekt.read(Gebietsstand)):
        return capture_heute(projekt, stand)
    raeume.sort(key=lambda r: (r.reihenfolge, r.schluessel))
    return Raumplan(stand, tuple(raeume), zuordnung)


def capture_heute(projekt: Projekt, stand: Gebietsstand) -> Raumplan:
    """Describe the areas of the project as they are now as the content of `stand`; nothing is written."""
    ebenen, gebiete = projekt.read(Ebene), projekt.read(Gebiet)
    planung, kleinste = planungsebene_of(ebenen), kleinste_ebene_of(ebenen)
    raeume = {
        g.schluessel: Raum(stand.schluessel, g.schluessel, g.name, g.teil_von, g.reihenfolge)
        for g in gebiete
        if g.ebene == planung and not g.ist_rest
    }
    zuordnung = {g.schluessel: g.teil_von for g in gebiete if g.ebene == kleinste and g.teil_von in raeume}
    return Raumplan(stand, tuple(sorted(raeume.values(), key=lambda r: (r.reihenfolge, r.schluessel))), zuordnung)


def planungsebene_of(ebenen: Iterable[Ebene]) -> str:
    """Key of the level agreed as the basis of planning."""
    return next((e.schluessel for e in ebenen if e.planungsebene), raum.SOZIALRAUM)


def kleinste_ebene_of(ebenen: Collection[Ebene]) -> str:
    """Key of the level whose areas are moved between Sozialräume: the one directly below; "" if there is none."""
    planung = planungsebene_of(ebenen)
    return next((e.schluessel for e in ebenen if e.teil_von == planung), "")


def make_variante(projekt: Projekt, schluessel: str, name: str, aus: str = "", bemerkung: str = "") -> Aenderung:
    """Make a Variante as a copy of a Gebietsstand (`aus`; "": the one in force, or the areas as they are now).

    Raises:
        BedienFehler: no smallest areas, key or name missing or taken, no such `aus`.
    """
    schluessel, name = schluessel.strip(), name.strip()
    staende = projekt.read(Gebietsstand)
    if not schluessel or not name:
        raise BedienFehler("Eine Variante braucht einen Schlüssel und einen Namen.", "Bitte beides eingeben.")
    if any(s.schluessel == schluessel for s in staende) or schluessel == HEUTE:
        raise BedienFehler(f"Den Gebietsstand „{schluessel}“ gibt es schon.", "Bitte einen anderen Schlüssel wählen.")
    basis = _get(projekt, aus) if aus else find_geltenden(staende) or Gebietsstand(HEUTE, "Heutige Räume")
    plan = raumplan(projekt, basis.schluessel) if basis in staende else capture_heute(projekt, basis)
    if not plan.zuordnung:
        raise BedienFehler(
            "Es gibt keine Gebiete unterhalb der Sozialräume, die man verschieben könnte.",
            "Bitte zuerst die kleinsten Gebiete anlegen (Befehl „liste“, Liste „gebiete“), zum Beispiel Baublöcke.",
            "VARIANTE-OHNE-GEBIETE",
        )
    neu = Raumplan(
        Gebietsstand(schluessel, name, variante=True, bemerkung=bemerkung.strip()), plan.raeume, plan.zuordnung
    )
    with projekt.change(f"Variante „{name}“ angelegt, Kopie von „{basis.name}“") as schreiber:
        if not any(r.gebietsstand == basis.schluessel for r in projekt.read(Raum)):
            # From now on the areas of the project may change: what it was copied from must keep its content.
            _put_plan(schreiber, plan)
        _put_plan(schreiber, neu)
    return projekt.verlauf(1)[0]


def _put_plan(schreiber: Schreiber, plan: Raumplan) -> None:
    schluessel = plan.stand.schluessel
    schreiber.put(plan.stand, *(attrs.evolve(r, gebietsstand=schluessel) for r in plan.raeume))
    schreiber.put(*(Raumzuordnung(schluessel, gebiet, ziel) for gebiet, ziel in plan.zuordnung.items()))


def move_gebiete(projekt: Projekt, variante: str, gebiete: Iterable[str], ziel: str) -> Aenderung:
    """Move smallest areas into a Sozialraum of a Variante.

    Raises:
        BedienFehler: not a Variante, no such Sozialraum in it, or no such smallest area.
    """
    plan = _get_variante(projekt, variante)
    ziele = {r.schluessel: r for r in plan.raeume}
    liste = tuple(dict.fromkeys(gebiete))
    kleinste = kleinste_ebene_of(projekt.read(Ebene))
    bekannt = {g.schluessel for g in projekt.read(Gebiet) if g.ebene == kleinste} | set(plan.zuordnung)
    fremd = [gebiet for gebiet in liste if gebiet not in bekannt]
    if ziel not in ziele:
        raise BedienFehler(f"In „{plan.stand.name}“ gibt es keinen Sozialraum „{ziel}“.", "Bitte den Schlüssel prüfen.")
    if fremd or not liste:
        raise BedienFehler(
            f"Kein verschiebbares Gebiet: {', '.join(fremd[:5])}." if fremd else "Es ist kein Gebiet ausgewählt.",
            "Verschoben werden die Gebiete der Ebene unter den Sozialräumen.",
        )
    was = liste[0] if len(liste) == 1 else f"{len(liste)} Gebiete"
    with projekt.change(f"„{plan.stand.name}“: {was} nach {ziele[ziel].name}") as schreiber:
        schreiber.put(*(Raumzuordnung(variante, gebiet, ziel) for gebiet in liste))
    return projekt.verlauf(1)[0]


def save_raum(projekt: Projekt, neu: Raum) -> Aenderung:
    """Add a Sozialraum to a Variante, or change its name, order, or the area above.

    Raises:
        BedienFehler: not a Variante, key or name missing, the key belongs to an area of another level, `teil_von` to none above.
    """
    plan = _get_variante(projekt, neu.gebietsstand)
    ebenen = projekt.read(Ebene)
    anderes = projekt.get(Gebiet, neu.schluessel)
    if not neu.schluessel.strip() or not neu.name.strip():
        raise BedienFehler("Ein Sozialraum braucht einen Schlüssel und einen Namen.", "Bitte beides eingeben.")
    if neu.schluessel == raum.NICHT_ZUZUORDNEN or (anderes and anderes.ebene != planungsebene_of(ebenen)):
        raise BedienFehler(f"Der Schlüssel „{neu.schluessel}“ ist schon vergeben.", "Bitte einen anderen wählen.")
    unten = {planungsebene_of(ebenen), kleinste_ebene_of(ebenen), *(e.schluessel for e in ebenen if not e.teil_von)}
    oben = [g.schluessel for g in projekt.read(Gebiet) if g.ebene not in unten - {raum.STADT}]
    if neu.teil_von and neu.teil_von not in oben:
        raise BedienFehler(f"„{neu.teil_von}“ ist kein Gebiet darüber.", f"Möglich: {', '.join(oben)}.")
    bekannt = any(r.schluessel == neu.schluessel for r in plan.raeume)
    with projekt.change(f"„{plan.stand.name}“: {neu.name} {'geändert' if bekannt else 'dazu'}") as schreiber:
        schreiber.put(neu)
    return projekt.verlauf(1)[0]


def remove_raum(projekt: Projekt, variante: str, schluessel: str) -> Aenderung:
    """Take an empty Sozialraum out of a Variante.

    Raises:
        BedienFehler: not a Variante, no such Sozialraum, or areas still belong to it.
    """
    plan = _get_variante(projekt, variante)
    alter = next((r for r in plan.raeume if r.schluessel == schluessel), None)
    if alter is None:
        raise BedienFehler(f"In „{plan.stand.name}“ gibt es keinen Sozialraum „{schluessel}“.", "Bitte prüfen.")
    voll = sum(ziel == schluessel for ziel in plan.zuordnung.values())
    if voll:
        raise BedienFehler(f"Zu {alter.name} gehören noch {voll} Gebiete.", "Bitte sie zuerst verschieben.")
    with projekt.change(f"„{plan.stand.name}“: {alter.name} entfernt") as schreiber:
        schreiber.remove(Raum, variante, schluessel)
    return projekt.verlauf(1)[0]


def remove_variante(projekt: Projekt, schluessel: str) -> Aenderung:
    """Drop a Variante with all its content; raise `BedienFehler` where it is none."""
    plan = _get_variante(projekt, schluessel)
    with projekt.change(f"Variante „{plan.stand.name}“ verworfen") as schreiber:
        for gebiet in plan.zuordnung:
            schreiber.remove(Raumzuordnung, schluessel, gebiet)
        for alter in plan.raeume:
            schreiber.remove(Raum, schluessel, alter.schluessel)
        schreiber.remove(Gebietsstand, schluessel)
    return projekt.verlauf(1)[0]


def agree_gebietsstand(
    projekt: Projekt,
    schluessel: str,
    datum: dt.date,
    gremium: str,
    gueltig_ab: dt.date | None = None,
    *,
    sitzung: str = "",
    abweichend: str = "",
) -> Aenderung:
    """Record that a body agreed to a Variante on `datum`; it is in force from `gueltig_ab` (None: that day).

    The one in force before ends the day before, and the areas of the project follow: names, `teil_von`, new and dropped
    Sozialräume, areas of levels that cut across. Weights to Sozialräume that changed are removed, because they no longer fit.

    Raises:
        BedienFehler: not a Variante, `datum` in the future, Gremium missing, not after the one in force, or areas without a Sozialraum.
    """
    plan = _get_variante(projekt, schluessel)
    ab = gueltig_ab or datum
    bisher = find_geltenden(projekt.read(Gebietsstand))
    if datum > dt.date.today():
        raise BedienFehler(
            f"Der Tag der Vereinbarung, {datum:%d.%m.%Y}, liegt in der Zukunft.",
            "Bitte den Tag der Sitzung angeben; ab wann der Stand gilt, steht in einer eigenen Angabe.",
        )
    if not gremium.strip():
        raise BedienFehler("Zu einer Vereinbarung gehört, wer sie getroffen hat.", "Bitte das Gremium angeben.")
    if bisher is not None and bisher.gueltig_ab is not None and ab <= bisher.gueltig_ab:
        raise BedienFehler(
            f"„{bisher.name}“ gilt erst seit {bisher.gueltig_ab:%d.%m.%Y}.", "Der neue Stand muss später beginnen."
        )
    check_vollstaendig(projekt, plan)
    neu = attrs.evolve(plan.stand, variante=False, beschlossen_am=datum, gremium=gremium.strip(), gueltig_ab=ab)
    gebiete = projekt.read(Gebiet)
    nachher = gebiete_unter(projekt, plan)
    bleibt = set(umsteiger_unter(projekt, plan))
    with projekt.change(f"Gebietsstand „{neu.name}“ vereinbart ({gremium.strip()}, {datum:%d.%m.%Y})") as schreiber:
        schreiber.put(neu, _record(projekt, plan, datum, gremium.strip(), sitzung, abweichend))
        if bisher is not None:
            schreiber.put(attrs.evolve(bisher, gueltig_bis=ab - dt.timedelta(days=1)))
        schreiber.put(*(g for g in nachher if g not in gebiete))
        for weg in {g.schluessel for g in gebiete} - {g.schluessel for g in nachher}:
            schreiber.remove(Gebiet, weg)
        for alt in projekt.read(Umsteiger):
            if alt not in bleibt:
                schreiber.remove(Umsteiger, alt.von, alt.nach)
    return projekt.verlauf(1)[0]


def check_vollstaendig(projekt: Projekt, plan: Raumplan) -> None:
    """Raise `BedienFehler` when a smallest area has no Sozialraum in `plan`, or a Sozialraum that it does not have."""
    kleinste = kleinste_ebene_of(projekt.read(Ebene))
    raeume = {r.schluessel for r in plan.raeume}
    offen = sorted(
        g.schluessel
        for g in projekt.read(Gebiet)
        if g.ebene == kleinste and not g.ist_rest and plan.zuordnung.get(g.schluessel) not in raeume
    )
    if offen:
        raise BedienFehler(
            f"In „{plan.stand.name}“ haben Gebiete keinen Sozialraum: {name_einige(offen, 5)}.",
            "Bitte jedes Gebiet einem Sozialraum zuordnen.",
            "VARIANTE-OFFEN",
        )


def _record(
    projekt: Projekt, plan: Raumplan, datum: dt.date, gremium: str, sitzung: str, abweichend: str
) -> Vereinbarung:
    """Keep the definition as it was agreed, so that later changes do not touch it."""
    schluessel = plan.stand.schluessel
    bisher = [
        v for v in projekt.read(Vereinbarung) if v.gegenstand is Gegenstand.GEBIETSSTAND and v.bezug == schluessel
    ]
    inhalt = {"raeume": {r.schluessel: r.name for r in plan.raeume}, "zuordnung": dict(plan.zuordnung)}
    return Vereinbarung(
        Gegenstand.GEBIETSSTAND, schluessel, len(bisher) + 1, Zustand.VEREINBART, am=datum, gremium=gremium,
        sitzung=sitzung.strip(), abweichend=abweichend.strip(),
        inhalt=json.dumps(inhalt, ensure_ascii=False, sort_keys=True),
    )  # fmt: skip


def gebiete_unter(projekt: Projekt, plan: Raumplan) -> tuple[Gebiet, ...]:
    """Return the areas of the project as they are under a Gebietsstand; nothing is written.

    An area that cuts across keeps the Sozialraum it lies in only where its smallest areas say so, or where that Sozialraum is the
    same as now; otherwise it lies in none and needs weights.
    """
    ebenen, gebiete = projekt.read(Ebene), projekt.read(Gebiet)
    planung = planungsebene_of(ebenen)
    quer = {e.schluessel for e in ebenen if not e.teil_von and e.schluessel != raum.STADT}
    geaendert = _changed_raeume(capture_heute(projekt, plan.stand), plan)
    teile = quer_teile(projekt)
    neue = {r.schluessel: r for r in plan.raeume}
    ergebnis = []
    for gebiet in gebiete:
        if gebiet.ebene == planung and not gebiet.ist_rest:
            alter = neue.pop(gebiet.schluessel, None)
            if alter is not None:
                ergebnis.append(
                    attrs.evolve(
                        gebiet,
                        name=alter.name,
                        teil_von=alter.teil_von or gebiet.teil_von,
                        reihenfolge=alter.reihenfolge,
                    )
                )
        elif gebiet.schluessel in plan.zuordnung:
            ergebnis.append(attrs.evolve(gebiet, teil_von=plan.zuordnung[gebiet.schluessel]))
        elif gebiet.ebene in quer:
            ergebnis.append(attrs.evolve(gebiet, teil_von=_place_quer(gebiet, teile, plan, geaendert)))
        else:
            ergebnis.append(gebiet)
    ergebnis += [
        Gebiet(r.schluessel, r.name, planung, r.teil_von or projekt.kommune.ags, reihenfolge=r.reihenfolge)
        for r in neue.values()
    ]
    return tuple(ergebnis)


def _place_quer(gebiet: Gebiet, teile: Mapping[str, set[str]], plan: Raumplan, geaendert: set[str]) -> str:
    """The one Sozialraum around an area that cuts across, or ""."""
    eigene = teile.get(gebiet.schluessel, set())
    if eigene:
        ziele = {plan.zuordnung.get(teil, "") for teil in eigene}
        return ziele.pop() if len(ziele) == 1 else ""
    return "" if gebiet.teil_von in geaendert else gebiet.teil_von


def quer_teile(projekt: Projekt) -> dict[str, set[str]]:
    """Area that cuts across → smallest areas it has a part of, as the weights of the project say in either direction."""
    ebenen, gebiete = projekt.read(Ebene), projekt.read(Gebiet)
    kleinste = kleinste_ebene_of(ebenen)
    quer = {e.schluessel for e in ebenen if not e.teil_von and e.schluessel != raum.STADT}
    ebene = {g.schluessel: g.ebene for g in gebiete}
    teile: dict[str, set[str]] = {}
    for u in projekt.read(Umsteiger):
        for eines, anderes in ((u.von, u.nach), (u.nach, u.von)):
            if ebene.get(eines) in quer and ebene.get(anderes) == kleinste:
                teile.setdefault(eines, set()).add(anderes)
    return teile


def umsteiger_unter(projekt: Projekt, plan: Raumplan) -> tuple[Umsteiger, ...]:
    """Return the weights that still fit under a Gebietsstand: those to Sozialräume that are as they are now."""
    geaendert = _changed_raeume(capture_heute(projekt, plan.stand), plan)
    return tuple(u for u in projekt.read(Umsteiger) if u.nach not in geaendert)


def _changed_raeume(vorher: Raumplan, nachher: Raumplan) -> set[str]:
    """Keys of Sozialräume whose smallest areas differ, those that come or go included."""
    je: list[dict[str, set[str]]] = []
    for plan in (vorher, nachher):
        inhalt: dict[str, set[str]] = {r.schluessel: set() for r in plan.raeume}
        for gebiet, ziel in plan.zuordnung.items():
            inhalt.setdefault(ziel, set()).add(gebiet)
        je.append(inhalt)
    return {name for name in je[0].keys() | je[1].keys() if je[0].get(name) != je[1].get(name)}


def _get(projekt: Projekt, schluessel: str) -> Gebietsstand:
    stand = projekt.get(Gebietsstand, schluessel)
    if stand is None:
        raise BedienFehler(f"Einen Gebietsstand „{schluessel}“ gibt es nicht.", "Bitte den Schlüssel prüfen.")
    return stand


def _get_variante(projekt: Projekt, schluessel: str) -> Raumplan:
    stand = _get(projekt, schluessel)
    if not stand.variante:
        raise BedienFehler(
            f"„{stand.name}“ ist vereinbart und bleibt, wie er ist.",
            "Bitte eine Variante davon anlegen.",
            "VARIANTE-FEST",
        )
    return raumplan(projekt, schluessel)
