"""What a later correction of a source changes in figures that are out already: old → new, and in which paper they stand.

Only what a release showed and what today's released table shows is compared. That table is protected together with all earlier
releases (`geheimhaltung.fruehere`): a corrected figure is another cell than the one shown before, one that was not corrected
stays a known constant, what was kept secret stays a hidden cell of the same system. So whoever holds the old paper and the notice
knows nothing that the joint protection has not reckoned with. Of a figure that is secret now no value is named, old or new; of
one that was secret before nothing is said at all (fach/regeln.md section 4, "what earlier releases showed").
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import PurePath

import attrs

from sozialtool.ablauf.abgleich import note_vergleich
from sozialtool.ablauf.drucksachen import find_anlage
from sozialtool.ablauf.gezeigtes import (
    Gezeigt,
    Ort,
    find_unvergleichbare,
    read_heutige,
    read_letzte,
    say_unvergleichbar,
)
from sozialtool.ablauf.kennzahlen import Ergebnis, compute
from sozialtool.ablauf.vereinbarungen import needed_merkmale
from sozialtool.ablauf.veroeffentlichungen import compare_plaene, list_veroeffentlichungen
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.drucksache import name_anlage
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.raum import STADT
from sozialtool.fach.schreibweise import format_anzahl, format_zahl
from sozialtool.fach.veroeffentlichung import Veroeffentlichung, write_titel
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

    def write_wert(self, gezeigt: Gezeigt) -> str:
        """Write a value with its unit."""
        return f"{format_zahl(gezeigt.wert, self.stellen)} {self.einheit}".strip()

    def write(self, gezeigt: Gezeigt, trenner: str = " ") -> str:
        """Write a value with its unit, and what was counted: both are kept as shown by a release."""
        text = self.write_wert(gezeigt)
        if gezeigt.nenner is None or gezeigt.zaehler is None:
            return text
        return f"{text}{trenner}({format_zahl(gezeigt.zaehler)} von {format_zahl(gezeigt.nenner)})"

    def write_paar(self) -> tuple[str, str]:
        """Write the old and the new value in short; with what was counted where the rounded values are the same. `neu` is there."""
        assert self.neu is not None
        kurz = self.write_wert(self.alt), self.write_wert(self.neu)
        return kurz if kurz[0] != kurz[1] else (self.write(self.alt), self.write(self.neu))

    @property
    def is_sichtbar(self) -> bool:
        """Whether a reader who holds both sees that something changed: values stand rounded in every paper."""
        return self.neu is None or self.write(self.alt) != self.write(self.neu)


@attrs.frozen
class Korrekturbild:
    """What changed: figures with both values, figures that are shown no more, where the new ones come from, hints for the planner."""

    ergebnis: Ergebnis
    zeilen: tuple[Korrekturzeile, ...] = ()
    entfallen: tuple[Korrekturzeile, ...] = ()
    quellen: tuple[str, ...] = ()
    hinweise: tuple[str, ...] = ()
    unvergleichbar: tuple[Veroeffentlichung, ...] = ()
    """Releases of which nobody kept what they showed, and after which nothing showed it all."""

    def __bool__(self) -> bool:
        return bool(self.zeilen or self.entfallen)

    @property
    def jahr(self) -> int:
        """Newest year of the releases concerned: of it the notice is, and who must see its figures first sees that one; 0 for none."""
        return max((v.jahr for z in (*self.zeilen, *self.entfallen) for v in z.wo), default=0)


def say_nichts(projekt: Projekt, bild: Korrekturbild) -> str:
    """Say why there is nothing to correct: nothing is out, it cannot be compared, or all of it holds."""
    hinaus = list_veroeffentlichungen(projekt)
    if not hinaus:
        return "Noch ist nichts endgültig hinausgegangen: Es gibt nichts zu berichtigen."
    if bild.unvergleichbar:
        rest = "" if len(bild.unvergleichbar) == len(hinaus) else "Alle anderen veröffentlichten Zahlen gelten noch. "
        return f"{rest}{say_unvergleichbar(bild.unvergleichbar)}"
    return "Alle veröffentlichten Zahlen gelten noch: Es gibt nichts zu berichtigen."


def find_korrekturen(
    projekt: Projekt, fortschritt: Fortschritt | None = None, stop: Stop | None = None
) -> Korrekturbild:
    """Compare everything that is out with today's released table.

    Once a notice or a new Monitoring is out, what it shows is settled, also where it was withdrawn; what other documents show
    since then does not settle what stands elsewhere (`gezeigtes.read_letzte`).
    Where nothing differs, that is noted (`abgleich.note_vergleich`), so that nobody is asked about the deliveries again.

    Raises:
        DatenFehler: there is nothing to compute; a release is damaged. Abgebrochen: stopped.
    """
    ergebnis = compute(projekt, fortschritt, stop)
    hinaus = list_veroeffentlichungen(projekt)
    bild = _compare(projekt, ergebnis, hinaus)
    if not bild and not bild.unvergleichbar:
        note_vergleich(projekt)
    return bild


def _compare(projekt: Projekt, ergebnis: Ergebnis, hinaus: Sequence[Veroeffentlichung]) -> Korrekturbild:
    heute, ohne = read_heutige(ergebnis), find_unvergleichbare(hinaus)
    sieb = _Sieb(ergebnis)
    alle = (
        _make(ergebnis, ort, stand.gezeigt, heute.get(ort), stand.wo)
        for ort, staende in read_letzte(hinaus).items()
        for stand in staende
        if (ort not in heute or not heute[ort].is_same(stand.gezeigt)) and sieb.keep(ort, stand.wo)
    )
    zeilen = [zeile for zeile in alle if zeile.is_sichtbar]
    zeilen.sort(key=_order(ergebnis))
    return Korrekturbild(
        ergebnis,
        tuple(z for z in zeilen if z.neu is not None),
        tuple(z for z in zeilen if z.neu is None),
        _list_quellen(projekt, ergebnis, zeilen),
        tuple(sieb.saetze()),
        ohne,
    )


_NICHT_GERECHNET = (
    "gehört zu einem Indikator, der nicht mehr gerechnet wird",
    "gehören zu Indikatoren, die nicht mehr gerechnet werden",
)
_ANDERS_DEFINIERT = ("ist seither anders definiert", "sind seither anders definiert")
_FRUEHERE_GRENZEN = ("steht in früheren Grenzen", "stehen in früheren Grenzen")
"""Why a figure that differs is no correction: of one, of many."""


class _Sieb:
    """Tells corrections from figures that mean something else now: another definition, other boundaries, no longer computed."""

    def __init__(self, ergebnis: Ergebnis) -> None:
        from sozialtool.geheimhaltung.tabelle import look_inside

        self._grundlage = ergebnis.grundlage
        self._heute = look_inside(ergebnis.tabelle).auftrag.bestand.bezuege
        self._bezuege: dict[str, Mapping[str, object]] = {}
        self._gebiete: dict[str, frozenset[str]] = {}
        self._weg: dict[tuple[str, str], int] = {}

    def keep(self, ort: Ort, wo: tuple[Veroeffentlichung, ...]) -> bool:
        """Whether a figure that differs was corrected; the others are counted."""
        kennung, _, gebiet = ort
        grund = None
        if kennung not in self._heute:
            grund = _NICHT_GERECHNET
        elif self._read_bezuege(wo[-1]).get(kennung) != self._heute[kennung]:
            grund = _ANDERS_DEFINIERT
        elif gebiet in self._read_gebiete(wo[-1]):
            grund = _FRUEHERE_GRENZEN
        if grund is not None:
            self._weg[grund] = self._weg.get(grund, 0) + 1
        return grund is None

    def saetze(self) -> list[str]:
        """Say what was left out."""
        return [
            f"{format_anzahl(anzahl, f'veröffentlichte Zahl {eine}', f'veröffentlichte Zahlen {viele}')}; das ist keine Berichtigung."
            for (eine, viele), anzahl in self._weg.items()
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
    namen = {PurePath(q.datei).stem for q in quellen.values()}
    saetze = (
        f"{_find_absender(q, namen) or q.datei}, eingelesen am {q.eingelesen_am:%d.%m.%Y}"
        for q in sorted(gefunden.values(), key=lambda q: q.datei)
    )
    return tuple(dict.fromkeys(saetze))


def _find_absender(quelle: Quelle, dateinamen: Collection[str]) -> str:
    """Return who delivered a file; "" where nobody said it.

    A Quelle bears the name of its import profile, "sender: layout" or just the name of the first file of that layout; the layout
    and that file are not what was delivered now.
    """
    absender = quelle.absender.partition(": ")[0]
    return "" if absender in dateinamen else absender


def say_stelle(projekt: Projekt, v: Veroeffentlichung) -> str:
    """Say where a reader finds what a release showed: paper, Anlage, and what it is; no file, which bears another name later."""
    if not v.drucksache:
        return write_titel(v.name)
    anlage = find_anlage(projekt, [v.datei], v.drucksache)
    if anlage is not None:
        wo = name_anlage(anlage.nummer, v.drucksache)
    else:
        wo = f"Drucksache {v.drucksache}" if v.datei.endswith(".docx") else name_anlage(None, v.drucksache)
    was = name_kurz(v)
    return wo if was.startswith("Drucksache") else f"{wo} ({was})"


def name_kurz(v: Veroeffentlichung) -> str:
    """Name a released paper in few words: "Monitoring 2025", "Drucksache 17/801"."""
    name = v.name.partition(f" vom {v.am:%d.%m.%Y}")[0] if v.am else v.name
    return f"Drucksache {v.drucksache}" if name.startswith("Drucksache") and v.drucksache else write_titel(name)


def list_stellen(projekt: Projekt, veroeffentlichungen: Iterable[Veroeffentlichung]) -> tuple[str, ...]:
    """Say where a reader finds what releases showed, each paper once: what went out anew stands in the same one."""
    return tuple(dict.fromkeys(say_stelle(projekt, v) for v in veroeffentlichungen))
