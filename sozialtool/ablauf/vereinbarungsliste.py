"""Everything that people agree on, in one list: what is agreed, what is open, and who has it next."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Sequence

import attrs

from sozialtool.ablauf.fassungen import (
    KLASSEN,
    decide_definition,
    describe_fassung,
    list_definitionen,
    make_step,
    read_fassung,
    schluessel_of,
    write_fassung,
)
from sozialtool.ablauf.schwellen import decide_schwelle, find_schwelle, list_schwellen, write_inhalt, write_wert
from sozialtool.ablauf.unterschiede import HEUTE, VORHER, describe_unterschiede
from sozialtool.ablauf.vereinbarungen import Beschluss, decide_indikator, first_step, read_definition
from sozialtool.fach.felder import felder_of
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebietsstand, Raum, Raumzuordnung
from sozialtool.fach.schwelle import MINDESTFALLZAHL, Schwelle
from sozialtool.fach.vereinbarung import Gegenstand, Vereinbarung
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Aenderung, Projekt


@attrs.frozen
class Vereinbarungszeile:
    """One thing that is or may be agreed, with its history (oldest step first).

    `fassung` counts its definitions; `am`, `gremium`, `sitzung`, `abweichend` are those of the last step; `offen` says in
    a few words what is to be done and by whom (empty: nothing).
    """

    gegenstand: Gegenstand
    bezug: str
    name: str
    zustand: Zustand
    fassung: int
    am: dt.date | None
    gremium: str
    offen: str
    schritte: tuple[Vereinbarung, ...] = ()

    @property
    def titel(self) -> str:
        """Name for people; the Kennung of an indicator belongs to it, keys of other things do not."""
        mit_kennung = self.gegenstand in (Gegenstand.INDIKATOR, Gegenstand.INDEX)
        return f"{self.bezug} {self.name}" if mit_kennung else self.name

    @property
    def letzter(self) -> Vereinbarung | None:
        """The newest step."""
        return self.schritte[-1] if self.schritte else None


@attrs.frozen
class Schritt:
    """One step of a history in words: what it changed against the step before, and what is different today."""

    vereinbarung: Vereinbarung
    gegen_vorher: tuple[str, ...]
    gegen_heute: tuple[str, ...]


def list_vereinbarungen(
    projekt: Projekt, zustaende: Collection[Zustand] = (), gegenstaende: Collection[Gegenstand] = ()
) -> tuple[Vereinbarungszeile, ...]:
    """List all agreements: Gebietsstände, thresholds, indicators, indices, Mittelverteilungen, in the order of the town.

    Args:
        projekt: the project.
        zustaende: only these states; (): all.
        gegenstaende: only these kinds; (): all.
    """
    schritte: dict[tuple[Gegenstand, str], list[Vereinbarung]] = {}
    for schritt in sorted(projekt.read(Vereinbarung), key=lambda v: v.nummer):
        schritte.setdefault((schritt.gegenstand, schritt.bezug), []).append(schritt)
    zeilen = [_line(*ding, schritte) for ding in _list_things(projekt)]
    return tuple(
        zeile
        for zeile in zeilen
        if (not zustaende or zeile.zustand in zustaende) and (not gegenstaende or zeile.gegenstand in gegenstaende)
    )


def find_vereinbarung(projekt: Projekt, bezug: str) -> Vereinbarungszeile:
    """Return the line of an indicator, threshold or Gebietsstand by its key, whatever its case.

    Raises:
        BedienFehler: nothing is called so.
    """
    for zeile in list_vereinbarungen(projekt):
        if zeile.bezug.casefold() == bezug.strip().casefold():
            return zeile
    raise BedienFehler(
        f"„{bezug}“ gibt es nicht.",
        "Gefragt ist die Kennung eines Indikators, Index, einer Schwelle, Mittelverteilung oder eines Gebietsstands.",
    )


def describe_schritte(projekt: Projekt, zeile: Vereinbarungszeile) -> tuple[Schritt, ...]:
    """Say step by step what changed, in words."""
    heute = _now(projekt, zeile)
    schritte = []
    for nummer, schritt in enumerate(zeile.schritte):
        vorher = zeile.schritte[nummer - 1].inhalt if nummer else schritt.inhalt
        schritte.append(
            Schritt(
                schritt,
                _compare(projekt, zeile, (vorher, schritt.inhalt), VORHER),
                _compare(projekt, zeile, (schritt.inhalt, heute or schritt.inhalt), HEUTE),
            )
        )
    return tuple(schritte)


def decide(projekt: Projekt, bezuege: Sequence[str], beschluss: Beschluss, wert: float | None = None) -> Aenderung:
    """Record one decision about any number of indicators and thresholds: all in one change, or none.

    Args:
        projekt: the project.
        bezuege: Kennungen and keys, whatever their case.
        beschluss: what was decided.
        wert: new value, for exactly one threshold.

    Raises:
        BedienFehler: something does not exist, is a Gebietsstand, an agreement has no date, or a value makes no sense.
    """
    objekte: list[object] = []
    namen: list[str] = []
    for bezug in dict.fromkeys(bezuege):
        gegenstand, schluessel = _find_thing(projekt, bezug)
        namen.append(schluessel)
        if gegenstand is Gegenstand.SCHWELLE:
            objekte += decide_schwelle(projekt, schluessel, beschluss, wert)
        elif wert is not None:
            raise BedienFehler(f"{schluessel} ist keine Schwelle und hat keinen Wert.", "Bitte ohne Wert beschließen.")
        elif gegenstand in KLASSEN:
            objekte += decide_definition(projekt, gegenstand, schluessel, beschluss)
        else:
            objekte += decide_indikator(projekt, schluessel, beschluss)
    was = ", ".join(namen[:4]) + (" …" if len(namen) > 4 else "")
    with projekt.change(f"{was} {beschluss.zustand.value}") as schreiber:
        schreiber.put(*objekte)
    return projekt.verlauf(1)[0]


def _find_thing(projekt: Projekt, bezug: str) -> tuple[Gegenstand, str]:
    """Return kind and key; a Mindestfallzahl of a Fachbereich may be new."""
    if bezug.casefold().startswith(f"{MINDESTFALLZAHL}/"):
        return Gegenstand.SCHWELLE, find_schwelle(projekt, bezug).schluessel
    zeile = find_vereinbarung(projekt, bezug)
    if zeile.gegenstand is Gegenstand.GEBIETSSTAND:
        raise BedienFehler(
            f"„{zeile.name}“ ist ein Gebietsstand.", "Gebietsstände werden bei den Räumen (F3) vereinbart."
        )
    return zeile.gegenstand, zeile.bezug


# -- what there is ----------------------------------------------------------------------------------------------------

_Ding = tuple[Gegenstand, str, str, Zustand, dt.date | None, str, tuple[Vereinbarung, ...]]
"""Kind, key, name, state, date, Gremium, steps that were never written down."""


def _list_things(projekt: Projekt) -> Iterable[_Ding]:
    for stand in projekt.read(Gebietsstand):
        zustand = Zustand.VORGESCHLAGEN if stand.variante else Zustand.VEREINBART
        am = None if stand.variante else stand.beschlossen_am
        yield Gegenstand.GEBIETSSTAND, stand.schluessel, stand.name, zustand, am, stand.gremium, ()
    for s in list_schwellen(projekt):
        name = f"{s.name}: {write_wert(s)}"
        yield Gegenstand.SCHWELLE, s.schluessel, name, s.zustand, s.vereinbart_am, s.gremium, ()
    for i in projekt.read(Indikator):
        ohne = first_step(i)
        yield Gegenstand.INDIKATOR, i.kennung, i.name, i.zustand, i.vereinbart_am, i.gremium, ohne
    for gegenstand, klasse in KLASSEN.items():
        for d in list_definitionen(projekt, klasse):
            ohne = () if d.zustand is Zustand.VORGESCHLAGEN else (make_step(d, ()),)
            yield gegenstand, schluessel_of(d), d.name, d.zustand, d.vereinbart_am, d.gremium, ohne


def _line(
    gegenstand: Gegenstand, bezug: str, name: str, zustand: Zustand, am: dt.date | None, gremium: str,
    ohne: tuple[Vereinbarung, ...], bekannt: dict[tuple[Gegenstand, str], list[Vereinbarung]],
) -> Vereinbarungszeile:  # fmt: skip
    schritte = tuple(bekannt.get((gegenstand, bezug), ())) or ohne
    if gegenstand is Gegenstand.GEBIETSSTAND and schritte and zustand is Zustand.VORGESCHLAGEN:
        zustand = schritte[-1].zustand  # a Variante may rest or be rejected
    fassung = schritte[-1].fassung if schritte else 1
    offen = _describe_offen(zustand, gremium, schritte)
    return Vereinbarungszeile(gegenstand, bezug, name, zustand, fassung, am, gremium, offen, schritte)


def _describe_offen(zustand: Zustand, gremium: str, schritte: Sequence[Vereinbarung]) -> str:
    """Say what is to be done and by whom: the body it was brought to, else the one that decided last."""
    if zustand in (Zustand.VEREINBART, Zustand.VERWORFEN):
        return ""
    zuletzt = next((s.gremium for s in reversed(schritte) if s.gremium), "")
    wer = gremium or zuletzt or "noch kein Gremium"
    if zustand is Zustand.RUHT:
        return f"ruht; wieder aufrufen: {wer}"
    war_vereinbart = any(s.zustand is Zustand.VEREINBART for s in schritte)
    return f"neue Fassung beraten: {wer}" if war_vereinbart else f"beraten: {wer}"


# -- comparing --------------------------------------------------------------------------------------------------------


def _now(projekt: Projekt, zeile: Vereinbarungszeile) -> str:
    """Write today's definition as a step would keep it; "" where there is none."""
    if zeile.gegenstand is Gegenstand.INDIKATOR:
        indikator = projekt.get(Indikator, zeile.bezug)
        return "" if indikator is None else json.dumps(_texts(indikator), ensure_ascii=False, sort_keys=True)
    if zeile.gegenstand is Gegenstand.SCHWELLE:
        return next((write_inhalt(s) for s in list_schwellen(projekt) if s.schluessel == zeile.bezug), "")
    if zeile.gegenstand in KLASSEN:
        definition = projekt.get(KLASSEN[zeile.gegenstand], zeile.bezug)
        return "" if definition is None else write_fassung(definition)
    raeume = {r.schluessel: r.name for r in projekt.read(Raum) if r.gebietsstand == zeile.bezug}
    zuordnung = {z.gebiet: z.raum for z in projekt.read(Raumzuordnung) if z.gebietsstand == zeile.bezug}
    return json.dumps({"raeume": raeume, "zuordnung": zuordnung}, ensure_ascii=False, sort_keys=True)


def _texts(objekt: object) -> dict[str, str]:
    return {feld.name: feld.to_text(getattr(objekt, feld.name)) for feld in felder_of(type(objekt))}


def _compare(
    projekt: Projekt, zeile: Vereinbarungszeile, inhalte: tuple[str, str], worte: tuple[str, str]
) -> tuple[str, ...]:
    vorher, nachher = inhalte
    if vorher == nachher or not vorher or not nachher:
        return ()
    if zeile.gegenstand is Gegenstand.INDIKATOR:
        heute = projekt.get(Indikator, zeile.bezug)
        if heute is None:
            return ()
        merkmale = projekt.read(Merkmal)
        return describe_unterschiede(read_definition(heute, vorher), read_definition(heute, nachher), merkmale, worte)
    if zeile.gegenstand in KLASSEN:
        definition = projekt.get(KLASSEN[zeile.gegenstand], zeile.bezug)
        return () if definition is None else describe_fassung(
            read_fassung(definition, vorher), read_fassung(definition, nachher), worte
        )  # fmt: skip
    alt, neu = json.loads(vorher), json.loads(nachher)
    return _compare_schwelle(alt, neu, worte) if zeile.gegenstand is Gegenstand.SCHWELLE else _compare_raeume(alt, neu)


def _compare_schwelle(alt: dict[str, str], neu: dict[str, str], worte: tuple[str, str]) -> tuple[str, ...]:
    titel = {feld.name: feld.titel for feld in felder_of(Schwelle)}
    return tuple(
        f"{titel.get(name, name)}: {worte[0]} {alt.get(name, '')}, {worte[1]} {wert}"
        for name, wert in neu.items()
        if alt.get(name, "") != wert
    )


def _compare_raeume(alt: dict[str, dict[str, str]], neu: dict[str, dict[str, str]]) -> tuple[str, ...]:
    """Name new, dropped and renamed Sozialräume, and count the smallest areas that moved."""
    vorher, nachher = alt.get("raeume", {}), neu.get("raeume", {})
    zeilen = [f"neuer Sozialraum: {name}" for s, name in nachher.items() if s not in vorher]
    zeilen += [f"Sozialraum entfällt: {name}" for s, name in vorher.items() if s not in nachher]
    zeilen += [
        f"Sozialraum heißt anders: bisher {vorher[s]}, neu {name}"
        for s, name in nachher.items()
        if s in vorher and vorher[s] != name
    ]
    ort_alt, ort_neu = alt.get("zuordnung", {}), neu.get("zuordnung", {})
    gewandert = sum(ort_alt.get(gebiet) != raum for gebiet, raum in ort_neu.items())
    if gewandert:
        zeilen.append(f"{gewandert} kleinste Gebiete liegen in einem anderen Sozialraum")
    return tuple(zeilen)
