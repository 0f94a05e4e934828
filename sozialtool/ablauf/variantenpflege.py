"""A Variante of the Sozialräume: made as a copy, areas moved in it, one day agreed; then the areas of the project follow.

Every step is one change that undo takes back. What there is says `gebietsstaende`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

import attrs

from sozialtool.ablauf.gebietsstaende import (
    HEUTE,
    Raumplan,
    capture_heute,
    find_geltenden,
    gebiete_unter,
    get_gebietsstand,
    kleinste_ebene_of,
    planungsebene_of,
    raumplan,
    umsteiger_unter,
)
from sozialtool.fach import raum
from sozialtool.fach.indikator import Zustand
from sozialtool.fach.raum import Ebene, Gebiet, Gebietsstand, Raum, Raumzuordnung, Umsteiger
from sozialtool.fach.schreibweise import format_anzahl, name_einige
from sozialtool.fach.vereinbarung import Gegenstand, Vereinbarung
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Aenderung, Projekt
from sozialtool.projekt.schreiber import Schreiber


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
    basis = get_gebietsstand(projekt, aus) if aus else find_geltenden(staende) or Gebietsstand(HEUTE, "Heutige Räume")
    plan = raumplan(projekt, basis.schluessel) if basis in staende else capture_heute(projekt, basis)
    if not plan.zuordnung:
        raise BedienFehler(
            "Es gibt keine Gebiete unterhalb der Sozialräume, die man verschieben könnte.",
            "Um die heutigen Sozialräume zu vereinbaren, braucht es keine Variante: F3, v, dann noch einmal v (Befehl „raeume "
            "vereinbaren-heutige“). Für eine Variante bitte zuerst die kleinsten Gebiete eintragen, zum Beispiel Baublöcke: "
            "F3, x und r (Befehl „liste“, Liste „gebiete“).",
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


def are_raeume_vereinbart(projekt: Projekt) -> bool:
    """Whether the Gebietsstand in force was agreed by somebody and has the Sozialräume and areas that the project has now."""
    geltend = find_geltenden(projekt.read(Gebietsstand))
    if geltend is None or geltend.beschlossen_am is None:
        return False
    plan, heute = raumplan(projekt, geltend.schluessel), capture_heute(projekt, geltend)
    je = [({r.schluessel: (r.name, r.teil_von) for r in p.raeume}, dict(p.zuordnung)) for p in (plan, heute)]
    return je[0] == je[1]


def agree_sozialraeume(
    projekt: Projekt,
    datum: dt.date,
    gremium: str,
    gueltig_ab: dt.date | None = None,
    *,
    name: str = "",
    sitzung: str = "",
    abweichend: str = "",
) -> Aenderung:
    """Record that a body agreed to the Sozialräume as they are now, in one step and without a Variante.

    A town whose Sozialräume are its smallest areas has nothing to move, and so no Variante: each Sozialraum is its own area.
    The key of the Gebietsstand is the year from which it is in force; `name` is "" for the number of its Sozialräume.

    Raises:
        BedienFehler: there are no Sozialräume, they are agreed already, or what `agree_gebietsstand` refuses.
    """
    plan = capture_heute(projekt, Gebietsstand("", ""))
    if not plan.raeume:
        raise BedienFehler(
            "Die Stadt hat noch keine Sozialräume.", "Bitte sie zuerst eintragen: F3, x und r (Befehl „liste“)."
        )
    if are_raeume_vereinbart(projekt):
        raise BedienFehler(
            "Die Sozialräume, wie sie heute sind, sind schon vereinbart.",
            "Für andere Grenzen bitte eine Variante anlegen.",
        )
    name = name.strip() or format_anzahl(len(plan.raeume), "Sozialraum", "Sozialräume")
    schluessel = _find_freien_schluessel(projekt, str((gueltig_ab or datum).year))
    with projekt.together(f"Gebietsstand „{name}“ vereinbart ({gremium.strip()}, {datum:%d.%m.%Y})"):
        with projekt.change(f"„{name}“ angelegt") as schreiber:
            _put_plan(schreiber, attrs.evolve(plan, stand=Gebietsstand(schluessel, name, variante=True)))
        agree_gebietsstand(projekt, schluessel, datum, gremium, gueltig_ab, sitzung=sitzung, abweichend=abweichend)
    return projekt.verlauf(1)[0]


def _find_freien_schluessel(projekt: Projekt, jahr: str) -> str:
    vergeben = {s.schluessel for s in projekt.read(Gebietsstand)}
    return next(
        name for n in range(1, len(vergeben) + 2) if (name := jahr if n == 1 else f"{jahr}-{n}") not in vergeben
    )


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


def _get_variante(projekt: Projekt, schluessel: str) -> Raumplan:
    stand = get_gebietsstand(projekt, schluessel)
    if not stand.variante:
        raise BedienFehler(
            f"„{stand.name}“ ist vereinbart und bleibt, wie er ist.",
            "Bitte eine Variante davon anlegen.",
            "VARIANTE-FEST",
        )
    return raumplan(projekt, schluessel)
