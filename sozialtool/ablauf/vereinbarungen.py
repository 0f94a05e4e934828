"""Indicators: which can be computed from what is there, and which are agreed."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence

import attrs

from sozialtool.ablauf.summen import complete_laengen
from sozialtool.ablauf.unterschiede import OHNE_DEFINITION
from sozialtool.ablauf.werte import IndikatorZeile
from sozialtool.fach.felder import felder_of
from sozialtool.fach.indikator import Handlungsfeld, Indikator, Zustand
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.vereinbarung import Gegenstand, Vereinbarung
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Aenderung, Projekt

_NAME = re.compile(r"[a-z_][a-z0-9_]*")


def needed_merkmale(indikator: Indikator) -> tuple[str, ...]:
    """List the Merkmale of a formula, without the suffix of earlier years ("__vor5")."""
    namen = _NAME.findall(f"{indikator.zaehler} {indikator.nenner}")
    return tuple(dict.fromkeys(name.split("__")[0] for name in namen))


def indikatoren(projekt: Projekt) -> tuple[IndikatorZeile, ...]:
    """List the catalogue by Handlungsfeld; each line says which Merkmale are missing up to the Berichtsjahr.

    What by definition is the sum of delivered Merkmale is there. A Merkmal delivered for another length of time than the indicator asks for is missing too: three years' sums are no
    single years.
    """
    return find_fehlende(projekt, projekt.read(Indikator))


def find_fehlende(projekt: Projekt, auswahl: Iterable[Indikator]) -> tuple[IndikatorZeile, ...]:
    """Say for each of these indicators, stored or only proposed, which Merkmale are missing; as `indikatoren`."""
    felder = {feld.schluessel: feld for feld in projekt.read(Handlungsfeld)}
    jahr = projekt.kommune.berichtsjahr
    merkmale = {merkmal.schluessel: merkmal for merkmal in projekt.read(Merkmal)}
    geliefert = complete_laengen(_delivered_lengths(projekt, jahr), merkmale.values())
    zeilen = []
    for indikator in auswahl:
        brauchbar = {1, indikator.jahre}
        fehlend = tuple(n for n in needed_merkmale(indikator) if not brauchbar & geliefert.get(n, set()))
        feld = felder.get(indikator.handlungsfeld)
        namen = tuple(_full_name(n, merkmale.get(n)) + _other_length(geliefert.get(n, set())) for n in fehlend)
        zeilen.append(IndikatorZeile(indikator, feld.name if feld else indikator.handlungsfeld, fehlend, namen))
    return tuple(zeilen)


def say_summen(projekt: Projekt, auswahl: Iterable[Indikator], jahr: int) -> tuple[str, ...]:
    """Say which Merkmale of these indicators nobody delivered up to a year and were put together; () for none."""
    merkmale = {merkmal.schluessel: merkmal for merkmal in projekt.read(Merkmal)}
    geliefert = _delivered_lengths(projekt, jahr)
    da = complete_laengen(geliefert, merkmale.values())
    gebraucht = {name for indikator in auswahl for name in needed_merkmale(indikator)}
    namen = sorted(merkmale[name].name for name in gebraucht & set(da) - set(geliefert))
    wort = "ist" if len(namen) == 1 else "sind"
    satz = f"Nicht geliefert, sondern aus gelieferten Zahlen zusammengezählt {wort}: {', '.join(namen)}."
    return (satz,) if namen else ()


def _delivered_lengths(projekt: Projekt, jahr: int) -> dict[str, set[int]]:
    """Merkmal → lengths in years of its figures up to the Berichtsjahr; a Stichtag counts as one year."""
    geliefert: dict[str, set[int]] = {}
    for name, jahre in projekt.list_zeitraeume(jahr):
        geliefert.setdefault(name, set()).add(max(1, jahre))
    return geliefert


def _other_length(jahre: set[int]) -> str:
    """Say for how many years a Merkmal was delivered instead; "" if it was not delivered at all."""
    return f" – geliefert nur als Summe über {' oder '.join(map(str, sorted(jahre)))} Jahre" if jahre else ""


def _full_name(schluessel: str, merkmal: Merkmal | None) -> str:
    if merkmal is None:
        return schluessel
    return f"{merkmal.name} ({merkmal.fachbereich})" if merkmal.fachbereich else merkmal.name


_ERSTES_JAHR, _SPAETER = 1990, 3
"""Decisions lie between this year and so many years after the Berichtsjahr."""


@attrs.frozen
class Beschluss:
    """What a body decided: new state, day of the session, Gremium, session, and who saw it otherwise (bodies, no persons)."""

    zustand: Zustand
    datum: dt.date | None = None
    gremium: str = ""
    sitzung: str = ""
    abweichend: str = ""

    def check(self, berichtsjahr: int) -> None:
        """Raise `BedienFehler` for an agreement without date, and for a year that can only be a slip of the fingers.

        Judged by the Berichtsjahr, not by the clock: the same entry is right or wrong on every machine.
        """
        if self.zustand is Zustand.VEREINBART and self.datum is None:
            raise BedienFehler("Zu einer Vereinbarung gehört ein Datum.", "Bitte den Tag der Sitzung angeben.")
        if self.datum is not None and not _ERSTES_JAHR <= self.datum.year <= berichtsjahr + _SPAETER:
            raise BedienFehler(
                f"Eine Sitzung am {self.datum.day:02}.{self.datum.month:02}.{self.datum.year:04} passt nicht zum "
                f"Berichtsjahr {berichtsjahr}.",
                "Bitte das Jahr prüfen.",
            )


def agree_indikator(
    projekt: Projekt,
    kennung: str,
    zustand: Zustand,
    datum: dt.date | None = None,
    gremium: str = "",
    sitzung: str = "",
    abweichend: str = "",
) -> Aenderung:
    """Record what a body decided about an indicator, and keep the definition as it was then.

    Raises:
        BedienFehler: there is no such indicator, or an agreement without date.
    """
    entschieden = decide_indikator(projekt, kennung, Beschluss(zustand, datum, gremium, sitzung, abweichend))
    with projekt.change(f"Indikator {kennung} {zustand.value}") as schreiber:
        schreiber.put(*entschieden)
    return projekt.verlauf(1)[0]


def decide_indikator(projekt: Projekt, kennung: str, beschluss: Beschluss) -> list[object]:
    """Build what is to be stored for a decision about an indicator; errors as in `agree_indikator`."""
    indikator = projekt.get(Indikator, kennung)
    if indikator is None:
        raise BedienFehler(f"Einen Indikator {kennung} gibt es nicht.", "Bitte die Kennung prüfen.")
    beschluss.check(projekt.kommune.berichtsjahr)
    neu = attrs.evolve(
        indikator, zustand=beschluss.zustand, vereinbart_am=beschluss.datum, gremium=beschluss.gremium.strip()
    )
    erste = _undocumented(projekt, indikator)
    bisher = [*history_of(projekt, Gegenstand.INDIKATOR, kennung), *erste]
    return [neu, *erste, _make_step(neu, bisher, beschluss.sitzung.strip(), beschluss.abweichend.strip())]


def _undocumented(projekt: Projekt, indikator: Indikator) -> tuple[Vereinbarung, ...]:
    """Build the first step of what was decided without one; nothing where the history has begun."""
    return () if history_of(projekt, Gegenstand.INDIKATOR, indikator.kennung) else first_step(indikator)


def first_step(indikator: Indikator) -> tuple[Vereinbarung, ...]:
    """Build the first step of an indicator that was decided without one (taken over from a list or an older project).

    A release made with that definition must be able to find it. A mere proposal has no step.
    """
    return () if indikator.zustand is Zustand.VORGESCHLAGEN else (_make_step(indikator, ()),)


def _make_step(
    indikator: Indikator, bisher: Sequence[Vereinbarung], sitzung: str = "", abweichend: str = ""
) -> Vereinbarung:
    """Build the next step in the history of an indicator; `fassung` rises when its definition is another one."""
    inhalt = write_definition(indikator)
    fassung = bisher[-1].fassung + (bisher[-1].inhalt != inhalt) if bisher else 1
    return Vereinbarung(
        gegenstand=Gegenstand.INDIKATOR, bezug=indikator.kennung, nummer=len(bisher) + 1, zustand=indikator.zustand,
        fassung=fassung, am=indikator.vereinbart_am, gremium=indikator.gremium, sitzung=sitzung, abweichend=abweichend,
        inhalt=inhalt,
    )  # fmt: skip


def steps_of_change(projekt: Projekt, alt: Indikator, neu: Indikator) -> list[Vereinbarung]:
    """Build the steps that a change from `alt` to `neu` adds to the history."""
    erste = _undocumented(projekt, alt)
    bisher = [*history_of(projekt, Gegenstand.INDIKATOR, neu.kennung), *erste]
    entschieden = (alt.zustand, alt.vereinbart_am, alt.gremium) != (neu.zustand, neu.vereinbart_am, neu.gremium)
    if entschieden or (bisher and changes_definition(alt, neu)):
        return [*erste, _make_step(neu, bisher)]
    return []


def renew(alt: Indikator, neu: Indikator) -> Indikator:
    """Return `neu` as a proposal when it has another definition than what was agreed, and nobody agreed anew."""
    nochmal = (neu.vereinbart_am, neu.gremium) != (alt.vereinbart_am, alt.gremium)
    if alt.zustand is not Zustand.VEREINBART or nochmal or not changes_definition(alt, neu):
        return neu
    return attrs.evolve(neu, zustand=Zustand.VORGESCHLAGEN, vereinbart_am=None, gremium="")


def changes_definition(alt: Indikator, neu: Indikator) -> bool:
    """Whether the two differ in more than how far they are or how they are shown."""
    return write_definition(alt) != write_definition(neu)


def history_of(projekt: Projekt, gegenstand: Gegenstand, bezug: str) -> tuple[Vereinbarung, ...]:
    """List the steps of an agreement, the oldest first."""
    schritte = [v for v in projekt.read(Vereinbarung) if v.gegenstand is gegenstand and v.bezug == bezug]
    return tuple(sorted(schritte, key=lambda v: v.nummer))


def definition_at(projekt: Projekt, kennung: str, tag: dt.date) -> Indikator | None:
    """Return an indicator as it was agreed on a day; None when nothing was agreed by then.

    A release keeps the definition that was in force when it was made, whatever is agreed later.
    """
    schritte = [
        v for v in history_of(projekt, Gegenstand.INDIKATOR, kennung)
        if v.zustand is Zustand.VEREINBART and v.am is not None and v.am <= tag
    ]  # fmt: skip
    heute = projekt.get(Indikator, kennung)
    if heute is None:
        return None
    if not schritte:
        ohne_schritt = [v for v in _undocumented(projekt, heute) if v.zustand is Zustand.VEREINBART]
        return heute if any(v.am is not None and v.am <= tag for v in ohne_schritt) else None
    schritt = max(schritte, key=lambda v: (v.am or dt.date.min, v.nummer))
    gelesen = read_definition(heute, schritt.inhalt)
    return attrs.evolve(gelesen, zustand=schritt.zustand, vereinbart_am=schritt.am, gremium=schritt.gremium)


def read_definition(heute: Indikator, inhalt: str) -> Indikator:
    """Return an indicator with the definition that a step kept; what the step does not name is as today."""
    felder = {feld.name: feld for feld in felder_of(Indikator)}
    werte = json.loads(inhalt or "{}")
    return attrs.evolve(heute, **{n: felder[n].from_text(text) for n, text in werte.items() if n in felder})


def change_definition(projekt: Projekt, neu: Indikator) -> Aenderung:
    """Take over another definition of an indicator; what was agreed has to be agreed again.

    Raises:
        BedienFehler: there is no such indicator.
        FormelFehler: the formula cannot be computed. DatenFehler: something else does not fit.
    """
    alt = projekt.get(Indikator, neu.kennung)
    if alt is None:
        raise BedienFehler(f"Einen Indikator {neu.kennung} gibt es nicht.", "Bitte die Kennung prüfen.")
    neu = renew(alt, check_definition(projekt, neu))
    with projekt.change(f"Indikator {neu.kennung} geändert") as schreiber:
        schreiber.put(neu, *steps_of_change(projekt, alt, neu))
    return projekt.verlauf(1)[0]


def check_definition(projekt: Projekt, indikator: Indikator) -> Indikator:
    """Return an indicator as it can be taken over: computable, protectable, with a Handlungsfeld and a level that exist.

    Raises:
        FormelFehler: numerator or denominator cannot be computed. DatenFehler: something else does not fit.
    """
    from sozialtool.ablauf.listenpruefung import check_indikator
    from sozialtool.rechnen.formel import parse_formel

    merkmale = projekt.read(Merkmal)
    for text in filter(None, (indikator.zaehler, indikator.nenner)):
        parse_formel(text, merkmale)
    return check_indikator(projekt, indikator)


def write_definition(indikator: Indikator) -> str:
    """Write the definition of an indicator as a step keeps it: JSON of the fields as people type them."""
    werte = {
        feld.name: feld.to_text(getattr(indikator, feld.name))
        for feld in felder_of(Indikator)
        if feld.name not in OHNE_DEFINITION
    }
    return json.dumps(werte, ensure_ascii=False, sort_keys=True)
