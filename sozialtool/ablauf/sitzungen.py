"""Meetings: what belongs to one, a new one with its agenda, its tasks; the usual bodies of a town to begin with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from sozialtool import katalog
from sozialtool.ablauf.nachweise import resolve_nachweise
from sozialtool.ablauf.planeintraege import save_eintrag
from sozialtool.fach.gremium import (
    Aufgabe,
    Aufgabenstand,
    Beschluss,
    Gremienart,
    Gremium,
    Sitzung,
    Sitzungsstand,
    Tagesordnungspunkt,
    Thema,
    title_of,
)
from sozialtool.fach.nachweis import Nachweis
from sozialtool.fach.raum import Ebene, Gebiet
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Aenderung, Projekt


@attrs.frozen
class Punktbild:
    """One point of an agenda with its Beschlüsse (each with what it concerns) and the tasks that came of it."""

    punkt: Tagesordnungspunkt
    thema: Thema | None
    beschluesse: tuple[tuple[Beschluss, tuple[Nachweis, ...]], ...]
    aufgaben: tuple[Aufgabe, ...]


@attrs.frozen
class Sitzungsbild:
    """One meeting with everything that belongs to it; `offene` are tasks from earlier meetings that were open then."""

    sitzung: Sitzung
    gremium: Gremium
    punkte: tuple[Punktbild, ...]
    aufgaben: tuple[Aufgabe, ...]
    offene: tuple[Aufgabe, ...]

    @property
    def titel(self) -> str:
        """How it is spoken of: "3. Sitzung: Planungsgruppe Sozialplanung, 20.03.2025"."""
        return title_of(self.sitzung, self.gremium)


def list_gremien(projekt: Projekt) -> tuple[Gremium, ...]:
    """List the bodies in their order."""
    return tuple(sorted(projekt.read(Gremium), key=lambda g: (g.reihenfolge, g.schluessel)))


def list_sitzungen(projekt: Projekt, gremium: str = "") -> tuple[Sitzung, ...]:
    """List the meetings, the newest first; of one body where it is named."""
    alle = [s for s in projekt.read(Sitzung) if gremium in ("", s.gremium)]
    return tuple(sorted(alle, key=lambda s: (-s.datum.toordinal(), s.schluessel)))


def list_aufgaben(projekt: Projekt, *, nur_offene: bool = True) -> tuple[Aufgabe, ...]:
    """List the tasks, those with the earliest day first."""
    alle = [a for a in projekt.read(Aufgabe) if not nur_offene or a.stand is Aufgabenstand.OFFEN]
    return tuple(sorted(alle, key=lambda a: (a.bis or dt.date.max, a.schluessel)))


def describe_sitzung(projekt: Projekt, schluessel: str) -> Sitzungsbild:
    """Collect what belongs to a meeting.

    Raises:
        BedienFehler: there is no such meeting.
    """
    sitzung = find_sitzung(projekt, schluessel)
    gremium = projekt.get(Gremium, sitzung.gremium) or Gremium(sitzung.gremium, sitzung.gremium)
    themen = {t.schluessel: t for t in projekt.read(Thema)}
    alle = projekt.read(Aufgabe)
    eigene = [a for a in alle if a.sitzung == sitzung.schluessel]
    beschluesse = [b for b in projekt.read(Beschluss) if b.sitzung == sitzung.schluessel]
    punkte = sorted(
        (p for p in projekt.read(Tagesordnungspunkt) if p.sitzung == sitzung.schluessel), key=lambda p: p.nummer
    )
    bilder = tuple(
        Punktbild(
            p, themen.get(p.thema), tuple((b, resolve_nachweise(projekt, b.nachweise)) for b in beschluesse if b.top == p.nummer),
            tuple(a for a in eigene if a.top == p.nummer),
        )
        for p in punkte
    )  # fmt: skip
    fruehere = {s.schluessel for s in list_sitzungen(projekt, sitzung.gremium) if s.datum < sitzung.datum}
    offene = tuple(
        a for a in list_aufgaben(projekt, nur_offene=False) if a.sitzung in fruehere and a.is_open_on(sitzung.datum)
    )
    return Sitzungsbild(sitzung, gremium, bilder, tuple(eigene), offene)


def find_sitzung(projekt: Projekt, schluessel: str) -> Sitzung:
    """Return a meeting, whatever the case of its key.

    Raises:
        BedienFehler: there is none.
    """
    for sitzung in list_sitzungen(projekt):
        if sitzung.schluessel.casefold() == schluessel.strip().casefold():
            return sitzung
    bekannt = ", ".join(s.schluessel for s in list_sitzungen(projekt)[:8])
    raise BedienFehler(
        f"Eine Sitzung „{schluessel}“ gibt es nicht.",
        f"Zuletzt: {bekannt}." if bekannt else "Es ist noch keine eingetragen.",
    )


def propose_sitzung(projekt: Projekt, gremium: Gremium, datum: dt.date) -> Sitzung:
    """Propose the next meeting of a body: next number and key, hour and place of the last one.

    Who was there is not proposed: nobody knows it before.
    """
    bisher = list_sitzungen(projekt, gremium.schluessel)
    nummer = 1 + max((s.nummer or 0 for s in bisher), default=0)
    letzte = bisher[0] if bisher else Sitzung("", gremium.schluessel, datum)
    vergeben = {s.schluessel for s in projekt.read(Sitzung)}
    zaehler = next(
        n for n in range(nummer, nummer + len(vergeben) + 1) if f"{gremium.schluessel}-{n:02}" not in vergeben
    )
    return Sitzung(f"{gremium.schluessel}-{zaehler:02}", gremium.schluessel, datum, nummer, letzte.uhrzeit, letzte.ort)


def propose_gremien(projekt: Projekt) -> tuple[Gremium, ...]:
    """Propose the usual bodies that are not there yet, with one Stadtteilarbeitskreis for each Sozialraum."""
    vorhanden = {g.schluessel for g in projekt.read(Gremium)}
    planung = next((e.schluessel for e in projekt.read(Ebene) if e.planungsebene), "")
    raeume = [g for g in projekt.read(Gebiet) if g.ebene == planung and not g.ist_rest]
    kreise = [
        Gremium(
            f"AK-{g.schluessel}", f"Stadtteilarbeitskreis {g.name}", Gremienart.STADTTEIL, g.schluessel,
            ("Einrichtungen im Sozialraum", "Träger", "Bewohnervertretung", "Sozialplanung"), "Sozialplanung", "halbjährlich",
            3, reihenfolge=10 + ort,
        )
        for ort, g in enumerate(raeume, start=1)
    ]  # fmt: skip
    return tuple(g for g in (*katalog.load_gremien(), *kreise) if g.schluessel not in vorhanden)


def take_gremien(projekt: Projekt) -> Aenderung:
    """Take the usual bodies over; what is there stays as it is.

    Raises:
        BedienFehler: all of them are there.
    """
    neue = propose_gremien(projekt)
    if not neue:
        raise BedienFehler("Die üblichen Gremien sind alle schon eingetragen.", "Einzeln eintragen geht mit n.")
    with projekt.change(f"{len(neue)} Gremien angelegt") as schreiber:
        schreiber.put(*neue)
    return projekt.verlauf(1)[0]


def create_sitzung(projekt: Projekt, neu: Sitzung, titel: Sequence[str] = ()) -> Aenderung:
    """Enter a new meeting with the points of its agenda, in one change.

    Raises:
        BedienFehler: it does not fit the project, or its key is taken.
    """
    with projekt.together(f"Sitzung {neu.schluessel} eingetragen"):
        aenderung = save_eintrag(projekt, Sitzung, attrs.asdict(neu, recurse=False))
        if titel:
            save_tagesordnung(projekt, neu.schluessel, titel)
    return aenderung


def save_tagesordnung(projekt: Projekt, schluessel: str, titel: Sequence[str]) -> Aenderung:
    """Write the points of an agenda in their order; a point that keeps its title keeps what was said of it.

    Raises:
        BedienFehler: there is no such meeting, or a point with a Beschluss would vanish.
    """
    sitzung = find_sitzung(projekt, schluessel)
    alte = [p for p in projekt.read(Tagesordnungspunkt) if p.sitzung == sitzung.schluessel]
    je_titel = {p.titel.casefold(): p for p in alte}
    neue = [
        attrs.evolve(je_titel[t.casefold()], nummer=n, titel=t) if t.casefold() in je_titel
        else Tagesordnungspunkt(sitzung.schluessel, n, t)
        for n, t in enumerate((t.strip() for t in titel if t.strip()), start=1)
    ]  # fmt: skip
    beschlossen = {b.top for b in projekt.read(Beschluss) if b.sitzung == sitzung.schluessel}
    fest = [p for p in alte if p.nummer in beschlossen and not any(p == n for n in neue)]
    if fest:
        raise BedienFehler(
            f"TOP {fest[0].nummer} „{fest[0].titel}“ hat einen Beschluss; er muss bleiben, wo er ist.",
            "Bitte neue Punkte dahinter anfügen.",
        )
    with projekt.change(f"Tagesordnung {sitzung.schluessel}: {len(neue)} Punkte") as schreiber:
        for punkt in alte:
            schreiber.remove(Tagesordnungspunkt, punkt.sitzung, punkt.nummer)
        schreiber.put(*neue)
    return projekt.verlauf(1)[0]


def settle_aufgabe(
    projekt: Projekt, schluessel: str, am: dt.date, stand: Aufgabenstand = Aufgabenstand.ERLEDIGT
) -> Aenderung:
    """Say that a task is done (or dropped, or open again) since a day.

    Raises:
        BedienFehler: there is no such task.
    """
    aufgabe = projekt.get(Aufgabe, schluessel)
    if aufgabe is None:
        raise BedienFehler(
            f"Eine Aufgabe „{schluessel}“ gibt es nicht.", "Die Schlüssel zeigt „sozialtool sitzungen aufgaben“."
        )
    erledigt = am if stand is Aufgabenstand.ERLEDIGT else None
    return save_eintrag(projekt, Aufgabe, {"stand": stand, "erledigt_am": erledigt}, aufgabe)


def mark_eingeladen(projekt: Projekt, schluessel: str) -> Aenderung | None:
    """Say that the invitation has gone out; None when the meeting is past that."""
    sitzung = find_sitzung(projekt, schluessel)
    if sitzung.stand is not Sitzungsstand.GEPLANT:
        return None
    return save_eintrag(projekt, Sitzung, {"stand": Sitzungsstand.EINGELADEN}, sitzung)
