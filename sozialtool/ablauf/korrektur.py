"""What a later correction of a source changes in figures that are out already: old → new, and in which paper they stand.

Only what a release showed and what today's released table shows is compared. That table is protected together with all earlier
releases (`geheimhaltung.fruehere`): a corrected figure is another cell than the one shown before, one that was not corrected
stays a known constant, what was kept secret stays a hidden cell of the same system. So whoever holds the old paper and the notice
knows nothing that the joint protection has not reckoned with. Of a figure that is secret now no value is named, old or new; of
one that was secret before nothing is said at all (fach/regeln.md section 4, "what earlier releases showed").
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

import attrs

from sozialtool.ablauf.drucksachen import find_anlage
from sozialtool.ablauf.gezeigtes import Gezeigt, Ort, read_gezeigtes, read_heutige
from sozialtool.ablauf.kennzahlen import Ergebnis, compute
from sozialtool.ablauf.vereinbarungen import needed_merkmale
from sozialtool.ablauf.veroeffentlichungen import compare_plaene, list_veroeffentlichungen
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.drucksache import name_anlage
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.raum import STADT
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.projekt import Projekt


@attrs.frozen
class Korrekturzeile:
    """A released figure that is another one now; `neu` is None where none is shown any more (then `alt` must not be printed)."""

    ort: Ort
    indikator: str
    gebiet: str
    stellen: int
    einheit: str
    alt: Gezeigt
    neu: Gezeigt | None
    wo: tuple[Veroeffentlichung, ...]

    def write(self, gezeigt: Gezeigt) -> str:
        """Write a value with its unit, and what was counted: both are kept as shown by a release."""
        text = f"{format_zahl(gezeigt.wert, self.stellen)} {self.einheit}".strip()
        if gezeigt.nenner is None or gezeigt.zaehler is None:
            return text
        return f"{text} ({format_zahl(gezeigt.zaehler)} von {format_zahl(gezeigt.nenner)})"


@attrs.frozen
class Korrekturbild:
    """What changed: figures with both values, figures that are shown no more, where the new ones come from, hints for the planner."""

    ergebnis: Ergebnis
    zeilen: tuple[Korrekturzeile, ...] = ()
    entfallen: tuple[Korrekturzeile, ...] = ()
    quellen: tuple[str, ...] = ()
    hinweise: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.zeilen or self.entfallen)


def say_nichts(projekt: Projekt) -> str:
    """Say why there is nothing to correct: nothing is out, or all of it holds."""
    if not list_veroeffentlichungen(projekt):
        return "Noch ist nichts endgültig hinausgegangen: Es gibt nichts zu berichtigen."
    return "Alle veröffentlichten Zahlen gelten noch: Es gibt nichts zu berichtigen."


def find_korrekturen(
    projekt: Projekt, fortschritt: Fortschritt | None = None, stop: Stop | None = None
) -> Korrekturbild:
    """Compare everything that is out with today's released table.

    A figure counts as it was last shown: once a notice or a new workbook is out, it is settled.

    Raises:
        DatenFehler: there is nothing to compute; a release is damaged. Abgebrochen: stopped.
    """
    ergebnis = compute(projekt, fortschritt, stop)
    zuletzt = _read_letzte(list_veroeffentlichungen(projekt))
    heute = read_heutige(ergebnis)
    anders = {o: (alt, wo) for o, (alt, wo) in zuletzt.items() if o not in heute or not heute[o].is_same(alt)}
    sieb = _Sieb(ergebnis)
    zeilen = [_make(ergebnis, o, alt, heute.get(o), wo) for o, (alt, wo) in anders.items() if sieb.keep(o, wo)]
    zeilen.sort(key=_order(ergebnis))
    echte = tuple(z for z in zeilen if z.neu is not None)
    return Korrekturbild(
        ergebnis,
        echte,
        tuple(z for z in zeilen if z.neu is None),
        _list_quellen(projekt, ergebnis, zeilen),
        tuple(sieb.saetze()),
    )


def _read_letzte(
    veroeffentlichungen: Iterable[Veroeffentlichung],
) -> dict[Ort, tuple[Gezeigt, tuple[Veroeffentlichung, ...]]]:
    """Every figure as it was last shown, with the releases that show it so."""
    letzte: dict[Ort, tuple[Gezeigt, tuple[Veroeffentlichung, ...]]] = {}
    for v in veroeffentlichungen:
        for ort, gezeigt in read_gezeigtes(v).items():
            bisher = letzte.get(ort)
            gleich = bisher is not None and bisher[0].is_same(gezeigt)
            letzte[ort] = (gezeigt, (*bisher[1], v) if bisher is not None and gleich else (v,))
    return letzte


class _Sieb:
    """Tells corrections from figures that mean something else now: another definition, other boundaries, no longer computed."""

    def __init__(self, ergebnis: Ergebnis) -> None:
        from sozialtool.geheimhaltung.tabelle import look_inside

        self._grundlage = ergebnis.grundlage
        self._heute = look_inside(ergebnis.tabelle).auftrag.bestand.bezuege
        self._bezuege: dict[str, Mapping[str, object]] = {}
        self._gebiete: dict[str, frozenset[str]] = {}
        self._weg: dict[str, int] = {}

    def keep(self, ort: Ort, wo: tuple[Veroeffentlichung, ...]) -> bool:
        """Whether a figure that differs was corrected; the others are counted."""
        kennung, _, gebiet = ort
        grund = ""
        if kennung not in self._heute:
            grund = "gehören zu Indikatoren, die nicht mehr gerechnet werden"
        elif self._read_bezuege(wo[-1]).get(kennung) != self._heute[kennung]:
            grund = "sind seither anders definiert"
        elif gebiet in self._read_gebiete(wo[-1]):
            grund = "stehen in früheren Grenzen"
        if grund:
            self._weg[grund] = self._weg.get(grund, 0) + 1
        return not grund

    def saetze(self) -> list[str]:
        """Say what was left out."""
        return [
            f"{anzahl} veröffentlichte Zahlen {grund}; das ist keine Berichtigung."
            for grund, anzahl in self._weg.items()
        ]

    def _read_bezuege(self, v: Veroeffentlichung) -> Mapping[str, object]:
        from sozialtool.geheimhaltung.festhalten import thaw

        if v.schluessel not in self._bezuege:
            self._bezuege[v.schluessel] = thaw(v.inhalt, v.name).auftrag.bestand.bezuege
        return self._bezuege[v.schluessel]

    def _read_gebiete(self, v: Veroeffentlichung) -> frozenset[str]:
        if v.gebietsstand not in self._gebiete:
            alt, neu = self._grundlage.bekanntes.plaene.get(v.gebietsstand), self._grundlage.plan
            andere = compare_plaene(alt, neu)[0] if alt is not None and neu is not None else {}
            self._gebiete[v.gebietsstand] = frozenset(andere)
        return self._gebiete[v.gebietsstand]


def _make(
    ergebnis: Ergebnis, ort: Ort, alt: Gezeigt, neu: Gezeigt | None, wo: tuple[Veroeffentlichung, ...]
) -> Korrekturzeile:
    kennung, _, gebiet = ort
    ind = next(i for i in ergebnis.grundlage.indikatoren if i.kennung == kennung)
    return Korrekturzeile(
        ort, ind.name, _name_gebiet(ergebnis, gebiet), ind.nachkommastellen, ind.einheit, alt, neu, wo
    )


def _name_gebiet(ergebnis: Ergebnis, schluessel: str) -> str:
    """Name an area, with its level where a Sozialraum may have the same name."""
    g = next((g for g in ergebnis.grundlage.gebiete if g.schluessel == schluessel), None)
    if g is None:
        return schluessel
    if g.ebene in (STADT, ergebnis.grundlage.planungsebene):
        return g.name
    ebene = next((e.name for e in ergebnis.grundlage.ebenen if e.schluessel == g.ebene), g.ebene)
    return f"{g.name} ({ebene})"


def _order(ergebnis: Ergebnis) -> Callable[[Korrekturzeile], tuple[int, int, int, str]]:
    kennungen = {i.kennung: nr for nr, i in enumerate(ergebnis.grundlage.indikatoren)}
    gebiete = {g.schluessel: nr for nr, g in enumerate(ergebnis.grundlage.ordered_gebiete())}
    return lambda z: (kennungen[z.ort[0]], -z.ort[1], gebiete.get(z.ort[2], len(gebiete)), z.ort[2])


def _list_quellen(projekt: Projekt, ergebnis: Ergebnis, zeilen: Iterable[Korrekturzeile]) -> tuple[str, ...]:
    """Name the deliveries read since the release from which the figures in question come now."""
    je_kennung = {i.kennung: needed_merkmale(i) for i in ergebnis.grundlage.indikatoren}
    seit: dict[tuple[str, int], dt.date] = {}
    for zeile in zeilen:
        kennung, jahr, _ = zeile.ort
        tag = min((v.am or dt.date.min for v in zeile.wo), default=dt.date.min)
        for merkmal in je_kennung[kennung]:
            seit[merkmal, jahr] = min(tag, seit.get((merkmal, jahr), tag))
    if not seit:
        return ()
    quellen = {q.schluessel: q for q in projekt.read(Quelle)}
    spalten = projekt.read_messwerte(merkmale={merkmal for merkmal, _ in seit})
    gefunden = {}
    for merkmal, stand, schluessel in zip(spalten["merkmal"], spalten["stand"], spalten["quelle"], strict=True):
        ab, q = seit.get((merkmal, stand.year)), quellen.get(schluessel)
        if ab is not None and q is not None and q.eingelesen_am is not None and q.eingelesen_am.date() >= ab:
            gefunden[schluessel] = q
    return tuple(
        f"{q.absender or q.datei}, eingelesen am {q.eingelesen_am:%d.%m.%Y}"
        for q in sorted(gefunden.values(), key=lambda q: q.datei)
    )


def say_stelle(projekt: Projekt, v: Veroeffentlichung) -> str:
    """Say where a reader finds what a release showed: paper, Anlage, file."""
    anlage = find_anlage(projekt, [v.datei], v.drucksache) if v.drucksache else None
    if anlage is not None:
        wo = name_anlage(anlage.nummer, v.drucksache)
    elif v.drucksache:
        wo = f"Drucksache {v.drucksache}" if v.datei.endswith(".docx") else name_anlage(None, v.drucksache)
    else:
        return v.name
    return f"{wo} ({v.datei}, {v.am:%d.%m.%Y})" if v.am else f"{wo} ({v.datei})"
