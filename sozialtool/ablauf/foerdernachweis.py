"""Förderaufrufe and what is proved for them: Sozialräume against the town, needs and measures, on released figures alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.auswertungen import build_rahmen
from sozialtool.ablauf.bedarfsbild import Bedarfsbild, build_bedarfsbilder
from sozialtool.ablauf.controlling import Massnahmenbild, build_massnahmenbilder
from sozialtool.ablauf.planeintraege import find_eintrag
from sozialtool.ablauf.plangrundlage import Plangrundlage, read_plangrundlage
from sozialtool.ablauf.stimmen import list_zeigbare
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.auswertung import Bezugsart, Gebietsauswertung
from sozialtool.fach.bedarf import Bedarfsstand
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.indikator import Indikator, Richtung
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import format_anzahl
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.rechnen.auswertung import Rahmen

_ERLEDIGT = (Bedarfsstand.GEDECKT, Bedarfsstand.VERWORFEN)
"""Needs that give no reason for funding any more."""


@attrs.frozen
class Nachweiszeile:
    """One indicator in one Sozialraum.

    Attributes:
        jahr: the newest year up to the Berichtsjahr that the town has a figure of.
        kennzahl: the released figure; None where nothing was delivered.
        stadt: that of the town.
        verhaeltnis: area ÷ town; None where one of them is missing or it has no meaning.
        gereiht: how many Sozialräume have a rank.
        saetze: what `rechnen.worte` says of it, the comparison with the town first.
        gezeigt: the released figures that row and sentences show, as (Kennung, Jahr, Gebiet).
    """

    indikator: Indikator
    gebiet: Gebiet
    jahr: int
    kennzahl: Kennzahl | None
    stadt: Kennzahl | None
    verhaeltnis: float | None
    gereiht: int
    saetze: tuple[str, ...]
    gezeigt: frozenset[tuple[str, int, str]] = frozenset()

    @property
    def zeichen(self) -> Zeichen | None:
        """Why there is no figure; None where there is one."""
        if self.kennzahl is None:
            return Zeichen.FEHLT
        return None if self.kennzahl.wert is not None else self.kennzahl.zeichen or Zeichen.FEHLT

    @property
    def gewicht(self) -> tuple[int, float]:
        """How much it speaks for funding: beyond chance on the burdened side first, then by how far."""
        k = self.kennzahl
        if k is None or k.lage is None or self.indikator.richtung is Richtung.NEUTRAL:
            return (0, 0.0)
        seite = 1 if self.indikator.richtung is Richtung.BELASTEND else -1
        v = self.verhaeltnis or 1.0
        return (max(seite * k.lage, 0), v if seite > 0 else 1 / v if v else 0.0)


@attrs.frozen
class Nachweisbedarf:
    """A need of these Sozialräume with the evidence that may be shown outside."""

    bild: Bedarfsbild
    belege: tuple[str, ...]


@attrs.frozen
class Foerdernachweis:
    """Everything that stands in the proof for one call.

    `fehlend` names in sentences what the call asks for and what cannot be proved; `stadtweit` counts needs and measures that
    are meant for the whole town and are not shown.
    """

    aufruf: Foerderaufruf
    jahr: int
    grundlage: Plangrundlage
    zeilen: tuple[Nachweiszeile, ...]
    fehlend: tuple[str, ...]
    bedarfe: tuple[Nachweisbedarf, ...]
    massnahmen: tuple[Massnahmenbild, ...]
    stadtweit: tuple[int, int]

    @property
    def orte(self) -> tuple[str, ...]:
        """Names of the Sozialräume."""
        return tuple(self.grundlage.name(g) for g in self.aufruf.gebiete)

    def name_orte(self, gebiete: Sequence[str]) -> str:
        """Name those of these areas that the call is about, and say where it goes beyond them."""
        hier = [self.grundlage.name(g) for g in gebiete if g in self.aufruf.gebiete]
        weitere = len(gebiete) - len(hier)
        return ", ".join(hier) + (
            f" und {format_anzahl(weitere, 'weiteres Gebiet', 'weitere Gebiete')}" if weitere else ""
        )

    @property
    def starke(self) -> tuple[Nachweiszeile, ...]:
        """What speaks most for funding, the strongest first; only figures beyond chance on the burdened side."""
        return tuple(sorted((z for z in self.zeilen if z.gewicht[0]), key=lambda z: z.gewicht, reverse=True))


def list_aufrufe(projekt: Projekt) -> tuple[Foerderaufruf, ...]:
    """List the calls in their order."""
    return tuple(projekt.read(Foerderaufruf))


def find_aufruf(projekt: Projekt, schluessel: str = "") -> Foerderaufruf:
    """Return a call by its key; without one the only one.

    Raises:
        BedienFehler: there is none, or there are several and none is named.
    """
    alle = list_aufrufe(projekt)
    if not alle and not schluessel.strip():
        raise BedienFehler(
            "Noch ist kein Förderaufruf eingetragen.",
            "Bitte zuerst einen eintragen: auf der Seite Fördernachweis (F7) oder mit der Excel-Liste „foerderaufrufe“ "
            "(„sozialtool liste ausgeben foerderaufrufe Aufrufe.xlsx“).",
        )
    if schluessel.strip():
        return find_eintrag(projekt, Foerderaufruf, schluessel.strip())
    if len(alle) > 1:
        raise BedienFehler(
            "Es gibt mehrere Förderaufrufe.", f"Bitte einen nennen: {', '.join(a.schluessel for a in alle)}."
        )
    return alle[0]


def compute_foerdernachweis(
    projekt: Projekt,
    schluessel: str = "",
    jahr: int = 0,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
) -> Foerdernachweis:
    """Put together what is proved for a call.

    Raises:
        BedienFehler: no such call, or it names no Sozialraum. DatenFehler: nothing to compute. Abgebrochen: stopped.
    """
    aufruf = find_aufruf(projekt, schluessel)
    if not aufruf.gebiete:
        raise BedienFehler(
            f"Der Förderaufruf {aufruf.schluessel} nennt keinen Sozialraum.",
            "Bitte eintragen, wofür beantragt wird (F7).",
        )
    return build_foerdernachweis(projekt, read_plangrundlage(projekt, jahr, fortschritt, stop), aufruf)


def build_foerdernachweis(projekt: Projekt, grundlage: Plangrundlage, aufruf: Foerderaufruf) -> Foerdernachweis:
    """Put it together from one reading of released figures; the areas stand in the order of the town.

    The order of a call may be that of a figure: it would say where a secret one lies.
    """
    folge = {g.schluessel: nr for nr, g in enumerate(grundlage.ergebnis.grundlage.ordered_gebiete())}
    gebiete = sorted(aufruf.gebiete, key=lambda g: folge.get(g, len(folge)))
    aufruf = attrs.evolve(aufruf, gebiete=tuple(gebiete))
    zeilen, fehlend = _collect_zeilen(grundlage, aufruf)
    bedarfe, massnahmen = build_bedarfsbilder(projekt, grundlage), build_massnahmenbilder(projekt, grundlage)
    offene = [b for b in bedarfe if b.bedarf.stand not in _ERLEDIGT]
    zeigbar = {s.schluessel for s in list_zeigbare(projekt)}
    hier, namen = set(aufruf.gebiete), [grundlage.name(g) for g in aufruf.gebiete]
    return Foerdernachweis(
        aufruf,
        grundlage.jahr,
        grundlage,
        zeilen,
        (*fehlend, *(f"{was}: Dafür gibt es hier keinen Indikator." for was in aufruf.weitere)),
        tuple(
            Nachweisbedarf(b, _sort_belege([s.text for s in b.belege if not s.stimme or s.stimme in zeigbar], namen))
            for b in offene
            if hier.intersection(b.bedarf.gebiete)
        ),
        tuple(m for m in massnahmen if hier.intersection(m.massnahme.gebiete)),
        (sum(not b.bedarf.gebiete for b in offene), sum(not m.massnahme.gebiete for m in massnahmen)),
    )


def _sort_belege(belege: Sequence[str], namen: Sequence[str]) -> tuple[str, ...]:
    """Put the evidence that names one of these Sozialräume first: a need may reach beyond them."""
    return tuple(sorted(belege, key=lambda text: not any(name in text for name in namen)))


def _collect_zeilen(
    grundlage: Plangrundlage, aufruf: Foerderaufruf
) -> tuple[tuple[Nachweiszeile, ...], tuple[str, ...]]:
    """Evaluate each asked indicator in its newest year; say of which there is nothing."""
    from sozialtool.rechnen.auswertung import evaluate

    rahmen = {r.indikator.kennung: r for r in build_rahmen(grundlage.ergebnis, ())}
    zeilen: list[Nachweiszeile] = []
    fehlend = []
    for kennung in dict.fromkeys(aufruf.indikatoren):
        einer = rahmen.get(kennung)
        if einer is None:
            fehlend.append(f"{kennung}: Der Indikator ist nicht vereinbart und wird deshalb nicht veröffentlicht.")
            continue
        jahr = _find_jahr(grundlage, kennung)
        if jahr is None:
            fehlend.append(f"{kennung} {einer.indikator.name}: Bis {grundlage.jahr} gibt es keine Zahl.")
            continue
        je = {z.gebiet.schluessel: z for z in evaluate(einer, jahr).gebiete}
        zeilen += _build_zeilen(grundlage, einer, jahr, je, aufruf.gebiete)
    return tuple(zeilen), tuple(fehlend)


def _find_jahr(grundlage: Plangrundlage, kennung: str) -> int | None:
    """The newest year up to the Berichtsjahr that the town has a figure of, whether it is shown or secret."""
    jahre = (j for g, k, j in grundlage.kennzahlen if g == grundlage.stadt and k == kennung and j <= grundlage.jahr)
    return max(jahre, default=None)


def _build_zeilen(
    grundlage: Plangrundlage, rahmen: Rahmen, jahr: int, je: dict[str, Gebietsauswertung], gebiete: Sequence[str]
) -> Iterator[Nachweiszeile]:
    stadt = grundlage.find(grundlage.stadt, rahmen.indikator.kennung, jahr)
    gereiht = sum(z.kennzahl is not None and z.kennzahl.rang is not None for z in je.values())
    for schluessel in gebiete:
        zeile = je.get(schluessel)
        if zeile is None:
            continue
        gegen = zeile.gegen(Bezugsart.STADT)
        yield Nachweiszeile(
            rahmen.indikator,
            zeile.gebiet,
            jahr,
            zeile.kennzahl,
            stadt,
            gegen.verhaeltnis if gegen is not None else None,
            gereiht,
            tuple(a.satz for a in zeile.aussagen),
            frozenset((rahmen.indikator.kennung, *ort) for ort in _list_gezeigte(rahmen, zeile, jahr, stadt)),
        )


def _list_gezeigte(
    rahmen: Rahmen, zeile: Gebietsauswertung, jahr: int, stadt: Kennzahl | None
) -> Iterator[tuple[int, str]]:
    """Name year and area of the figures with a value in a row and its sentences.

    A sentence names the figure of the Ortsteil, and the change over five years, from which anybody has the earlier figure.
    """
    if stadt is not None and stadt.wert is not None:
        yield jahr, stadt.gebiet
    if zeile.kennzahl is not None and zeile.kennzahl.wert is not None:
        yield jahr, zeile.gebiet.schluessel
    if zeile.gegen(Bezugsart.ORTSTEIL) is not None:
        yield jahr, rahmen.eltern[zeile.gebiet.schluessel].schluessel
    if zeile.fuenfjahr is not None:
        yield zeile.fuenfjahr.von, zeile.gebiet.schluessel
