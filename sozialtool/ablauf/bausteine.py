"""The six Bausteine on any day: what held then, what proves it, and what has changed since a paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import attrs

from sozialtool.ablauf.nachweise import resolve_nachweise
from sozialtool.fach.felder import parse_datum
from sozialtool.fach.gremium import Sitzung, Tagesordnungspunkt
from sozialtool.fach.nachweis import Nachweis
from sozialtool.fach.prozess import (
    Baustein,
    Fortschritt,
    Fortschrittsschritt,
    Inhalt,
    Umsetzungsstand,
    find_fortschritt,
    natural_key,
    sort_staende,
)
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt


@attrs.frozen
class Bausteinbild:
    """One Baustein on a day: how far, what belonged to it, which sentences held (newest first), what proves each.

    `schritte` are the open next steps: (of what, who, what, until when).
    """

    baustein: Baustein
    inhalte: tuple[Inhalt, ...]
    staende: tuple[Umsetzungsstand, ...]
    nachweise: dict[tuple[type, str], tuple[Nachweis, ...]] = attrs.field(factory=dict)
    schritte: tuple[tuple[str, str, str, dt.date | None], ...] = ()

    @property
    def aussagen(self) -> tuple[Inhalt | Umsetzungsstand, ...]:
        """What belonged to it and what was said of it."""
        return (*self.inhalte, *self.staende)

    def nachweise_of(self, eintrag: Inhalt | Umsetzungsstand) -> tuple[Nachweis, ...]:
        """List what proves it; both kinds may have the same key."""
        return self.nachweise.get((type(eintrag), eintrag.schluessel), ())


@attrs.frozen
class Bausteinaenderung:
    """What became of one Baustein between two days, in German sentences."""

    baustein: Baustein
    saetze: tuple[str, ...]


def describe_bausteine(
    projekt: Projekt, tag: dt.date | None = None, *, mit_nachweisen: bool = True
) -> tuple[Bausteinbild, ...]:  # fmt: skip
    """Lay the Bausteine out as they were on a day; today unless given. Following the proofs takes a moment."""
    am = tag or dt.date.today()
    inhalte, saetze = projekt.read(Inhalt), projekt.read(Umsetzungsstand)
    verlauf = projekt.read(Fortschrittsschritt)
    bilder = []
    for baustein in sorted(projekt.read(Baustein), key=lambda b: b.nummer):
        eigene = sort_inhalte(
            _progress(i, verlauf, am) for i in inhalte if i.baustein == baustein.nummer and i.holds_on(am)
        )
        staende = sort_staende(s for s in saetze if s.baustein == baustein.nummer and s.holds_on(am))
        stufe = find_fortschritt(verlauf, str(baustein.nummer), am) or baustein.fortschritt
        neu = attrs.evolve(baustein, fortschritt=stufe)
        bild = Bausteinbild(neu, tuple(eigene), tuple(staende), schritte=_steps(neu, eigene))
        gefragt = [e for e in bild.aussagen if e.nachweise and mit_nachweisen]
        nachweise = {(type(e), e.schluessel): resolve_nachweise(projekt, e.nachweise) for e in gefragt}
        bilder.append(attrs.evolve(bild, nachweise=nachweise))
    return tuple(bilder)


def sort_inhalte(inhalte: Iterable[Inhalt]) -> list[Inhalt]:
    """Put what belongs to a Baustein in its order."""
    return sorted(inhalte, key=lambda i: (i.reihenfolge, natural_key(i.schluessel)))


def _progress(inhalt: Inhalt, verlauf: Sequence[Fortschrittsschritt], am: dt.date) -> Inhalt:
    return attrs.evolve(inhalt, fortschritt=find_fortschritt(verlauf, inhalt.schluessel, am) or inhalt.fortschritt)


def _steps(baustein: Baustein, inhalte: Sequence[Inhalt]) -> tuple[tuple[str, str, str, dt.date | None], ...]:
    """List the open next steps of a Baustein and of what belongs to it; an Inhalt without owner has that of its Baustein."""
    alle = [(f"{baustein.nummer}. {baustein.kurzname or baustein.name}", baustein)]
    alle += [(i.text, attrs.evolve(baustein, zustaendig=i.zustaendig or baustein.zustaendig,
              naechster_schritt=i.naechster_schritt, schritt_bis=i.schritt_bis)) for i in inhalte]  # fmt: skip
    return tuple((was, b.zustaendig, b.naechster_schritt, b.schritt_bis) for was, b in alle if b.naechster_schritt)


# -- since a paper ----------------------------------------------------------------------------------------------------


def _read_tag(text: str) -> dt.date | None:
    """A date, or None where it is something else."""
    try:
        return parse_datum(text)
    except ValueError:
        return None


def find_tag(projekt: Projekt, text: str) -> tuple[dt.date, str]:
    """Find the day that is meant: a date, a Veröffentlichung by its key, a Drucksache by its number.

    The day of a Drucksache that was released is that of the release, of another one that of the meeting that dealt with it.

    Returns:
        the day, and how to speak of it ("15.08.2024", "der Drucksache 26/031 vom 16.03.2026").

    Raises:
        BedienFehler: neither.
    """
    gesucht = text.strip()
    tag = _read_tag(gesucht)
    if tag is not None:
        return tag, f"dem {tag:%d.%m.%Y}"
    for v in projekt.read(Veroeffentlichung):
        if v.am is not None and gesucht.casefold() == v.drucksache.casefold():
            return v.am, f"der Drucksache {v.drucksache} vom {v.am:%d.%m.%Y}"
        if v.am is not None and gesucht.casefold() == v.schluessel.casefold():
            return v.am, f"der Veröffentlichung {v.schluessel} vom {v.am:%d.%m.%Y}"
    tage = {s.schluessel: s.datum for s in projekt.read(Sitzung)}
    for p in projekt.read(Tagesordnungspunkt):
        if p.drucksache and gesucht.casefold() == p.drucksache.casefold() and p.sitzung in tage:
            return tage[p.sitzung], f"der Drucksache {p.drucksache} vom {tage[p.sitzung]:%d.%m.%Y}"
    raise BedienFehler(
        f"Ein Datum, eine Drucksache oder eine Veröffentlichung „{gesucht}“ gibt es nicht.",
        "Erwartet wird ein Tag wie 15.08.2024 oder die Nummer einer festgehaltenen Drucksache.",
    )


def compare_bausteine(projekt: Projekt, seit: dt.date, bis: dt.date | None = None) -> tuple[Bausteinaenderung, ...]:
    """Say what changed after `seit` up to `bis` (today unless given); Bausteine without a change are left out.

    Raises:
        BedienFehler: `bis` is not after `seit`.
    """
    ende = bis or dt.date.today()
    if ende <= seit:
        raise BedienFehler(f"Der {ende:%d.%m.%Y} liegt nicht nach dem {seit:%d.%m.%Y}.", "Bitte die Tage prüfen.")
    vorher = {bild.baustein.nummer: bild for bild in describe_bausteine(projekt, seit)}
    aenderungen = []
    for bild in describe_bausteine(projekt, ende):
        saetze = _compare(vorher[bild.baustein.nummer], bild, projekt.read(Fortschrittsschritt), seit)
        if saetze:
            aenderungen.append(Bausteinaenderung(bild.baustein, tuple(saetze)))
    return tuple(aenderungen)


def _compare(alt: Bausteinbild, neu: Bausteinbild, verlauf: Sequence[Fortschrittsschritt], seit: dt.date) -> list[str]:
    saetze = []
    stufe = _step_text(
        "Baustein", alt.baustein.fortschritt, neu.baustein.fortschritt, str(neu.baustein.nummer), verlauf, seit
    )
    saetze += [stufe] if stufe else []
    vorher = {i.schluessel: i for i in alt.inhalte}
    for inhalt in neu.inhalte:
        war = vorher.get(inhalt.schluessel)
        if war is None:
            saetze.append(f"Neu aufgenommen{_since(inhalt.seit)}: {inhalt.text}")
            continue
        stufe = _step_text(f"„{inhalt.text}“", war.fortschritt, inhalt.fortschritt, inhalt.schluessel, verlauf, seit)
        saetze += [stufe] if stufe else []
    heute = {i.schluessel for i in neu.inhalte}
    saetze += [f"Entfallen{_since(i.entfallen)}: {i.text}" for i in alt.inhalte if i.schluessel not in heute]
    schon, noch = {s.schluessel for s in alt.staende}, {s.schluessel for s in neu.staende}
    saetze += [f"Neu {s.datum:%d.%m.%Y}: {s.text}" for s in reversed(neu.staende) if s.schluessel not in schon]
    saetze += [f"Überholt{_since(s.ueberholt)}: {s.text}" for s in alt.staende if s.schluessel not in noch]
    return saetze


def _since(tag: dt.date | None) -> str:
    return f" am {tag:%d.%m.%Y}" if tag else ""


def _step_text(
    was: str, alt: Fortschritt, neu: Fortschritt, bezug: str, verlauf: Sequence[Fortschrittsschritt], seit: dt.date
) -> str:  # fmt: skip
    """Say that something got further (or back), with the day of the newest step."""
    if alt is neu:
        return ""
    tage = [s.datum for s in verlauf if s.bezug == bezug and s.datum > seit and s.fortschritt is neu]
    return f"{was}: {alt.value} → {neu.value}" + (f" ({max(tage):%d.%m.%Y})" if tage else "")
