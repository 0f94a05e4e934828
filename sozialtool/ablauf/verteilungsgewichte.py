"""Heads and weights of a distribution, from released figures alone (docs/entscheidungen/ablauf-mittel-nur-nach-freigegebenem.md)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.fassungen import find_definition
from sozialtool.ablauf.indexwerte import list_gebiete, read_merkmal
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, Gebiet
from sozialtool.fach.sozialindex import Sozialindex
from sozialtool.fach.verteilung import Schluesselart, Verteilungsszenario
from sozialtool.fehler import DatenFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ablauf.indexbild import Indexbild
    from sozialtool.ablauf.kennzahlen import Ergebnis


@attrs.frozen
class Zutaten:
    """Weights of a scenario before dividing; `geschaetzt` names areas whose need is the released remainder."""

    gebiete: tuple[Gebiet, ...]
    koepfe: dict[str, float]
    gewichte: dict[str, Fraction]
    bedarf: dict[str, float] = attrs.field(factory=dict)
    faktoren: dict[str, float] = attrs.field(factory=dict)
    gruppe: tuple[str, ...] = ()
    rest: float = 0.0
    mit_nz: bool = False
    index: Indexbild | None = None


def collect_zutaten(projekt: Projekt, ergebnis: Ergebnis, szenario: Verteilungsszenario, jahr: int) -> Zutaten:
    """Collect heads and weights of a scenario from released figures."""
    gebiete = list_empfaenger(ergebnis, szenario)
    koepfe = _read_koepfe(ergebnis, szenario.koepfe, jahr, gebiete)
    nach_koepfen = Zutaten(gebiete, koepfe, {s: Fraction(zahl) for s, zahl in koepfe.items()})
    if szenario.art is Schluesselart.KOEPFE:
        return nach_koepfen
    if szenario.art is Schluesselart.BEDARF:
        return _weigh_bedarf(ergebnis, szenario, jahr, nach_koepfen)
    return _weigh_index(projekt, ergebnis, szenario, jahr, nach_koepfen)


def list_empfaenger(ergebnis: Ergebnis, szenario: Verteilungsszenario) -> tuple[Gebiet, ...]:
    """List the Sozialräume that get something in a scenario; raise `DatenFehler` (VERTEILUNG-GEBIET) where it excepts an unknown one."""
    alle = list_gebiete(ergebnis)
    bekannt = {name.casefold(): g.schluessel for g in alle for name in (g.schluessel, g.name)}
    fremd = [name for name in szenario.ausgenommen if name.casefold() not in bekannt]
    if fremd:
        raise DatenFehler(
            f"„{szenario.name}“ nimmt „{fremd[0]}“ aus; ein solches Gebiet gibt es nicht.",
            "Bitte Schlüssel oder Namen der ausgenommenen Gebiete prüfen.",
            "VERTEILUNG-GEBIET",
        )
    raus = {bekannt[name.casefold()] for name in szenario.ausgenommen}
    return tuple(g for g in alle if g.schluessel not in raus)


def _read_koepfe(ergebnis: Ergebnis, merkmal: str, jahr: int, gebiete: tuple[Gebiet, ...]) -> dict[str, float]:
    """Return the heads of every area.

    Raises:
        DatenFehler: VERTEILUNG-KOEPFE, the Merkmal is not released, or secret or missing for an area.
    """
    zahlen = _read_freigegeben(ergebnis, merkmal, jahr)
    ohne = [g.name for g in gebiete if zahlen.get(g.schluessel) is None]
    if ohne:
        raise DatenFehler(
            f"„{merkmal}“ ist {jahr} nicht für alle Gebiete veröffentlicht: {', '.join(ohne)}.",
            "Nach Köpfen verteilen lässt sich nur nach einer Zahl, die für jedes Gebiet veröffentlicht ist, zum Beispiel „ew“.",
            "VERTEILUNG-KOEPFE",
        )
    return {g.schluessel: float(zahlen[g.schluessel] or 0) for g in gebiete}


def _read_freigegeben(ergebnis: Ergebnis, merkmal: str, jahr: int) -> dict[str, float | None]:
    """Return the released counts of a Merkmal.

    Raises:
        DatenFehler: VERTEILUNG-MERKMAL, no figure of it is released; names those that are.
    """
    zahlen = read_merkmal(ergebnis, merkmal, jahr)
    if not zahlen:
        vorhanden = sorted(set(ergebnis.tabelle.messwerte["merkmal"]))
        raise DatenFehler(
            f"Das Merkmal „{merkmal}“ wird {jahr} nicht veröffentlicht; verteilt wird nur nach Zahlen, die alle lesen dürfen.",
            f"Veröffentlicht werden die Merkmale vereinbarter Indikatoren: {', '.join(vorhanden)}.",
            "VERTEILUNG-MERKMAL",
        )
    return zahlen


def _weigh_bedarf(ergebnis: Ergebnis, szenario: Verteilungsszenario, jahr: int, zutaten: Zutaten) -> Zutaten:
    """Weigh by need; areas whose count is secret share the released remainder by heads.

    The remainder is the town minus all released areas: everybody can do that sum, so it discloses nothing new.

    Raises:
        DatenFehler: VERTEILUNG-GEHEIM, the remainder itself is not released.
    """
    zahlen = _read_freigegeben(ergebnis, szenario.bedarf, jahr)
    stadt = zahlen.get(ergebnis.grundlage.kommune.ags)
    alle = list_gebiete(ergebnis)
    offen = tuple(g.schluessel for g in alle if zahlen.get(g.schluessel) is None)
    bekannt = {g.schluessel: float(zahlen[g.schluessel] or 0) for g in alle if g.schluessel not in offen}
    if not offen:
        return attrs.evolve(zutaten, gewichte=_to_brueche(zutaten, bekannt), bedarf=bekannt)
    ohne_ort = zahlen.get(NICHT_ZUZUORDNEN, 0.0)
    rest = -1.0 if stadt is None else stadt - sum(bekannt.values()) - (ohne_ort or 0.0)
    if rest < 0 or any(s not in zutaten.koepfe for s in offen):
        namen = ", ".join(g.name for g in alle if g.schluessel in offen)
        raise DatenFehler(
            f"„{szenario.bedarf}“ ist {jahr} für diese Gebiete geheim oder fehlt: {namen}. Was für sie zusammen bleibt, lässt sich "
            "aus den veröffentlichten Zahlen nicht sagen.",
            "Bitte nach Köpfen, nach Index oder nach einer Zahl verteilen, die für alle Gebiete veröffentlicht ist.",
            "VERTEILUNG-GEHEIM",
        )
    koepfe = sum(zutaten.koepfe[s] for s in offen)
    anteile = {s: rest * zutaten.koepfe[s] / koepfe if koepfe else 0.0 for s in offen}
    bedarf = bekannt | anteile
    return attrs.evolve(
        zutaten, gewichte=_to_brueche(zutaten, bedarf), bedarf=bedarf, gruppe=offen, rest=rest, mit_nz=ohne_ort is None
    )


def _to_brueche(zutaten: Zutaten, werte: Mapping[str, float]) -> dict[str, Fraction]:
    return {g.schluessel: Fraction(werte[g.schluessel]) for g in zutaten.gebiete}


def _weigh_index(
    projekt: Projekt, ergebnis: Ergebnis, szenario: Verteilungsszenario, jahr: int, zutaten: Zutaten
) -> Zutaten:
    """Weigh the heads by the index or by its classes; an area without index gets the mean factor of the others."""
    from sozialtool.ablauf.indexbild import build_indexbild, read_felder

    index = find_definition(projekt, Sozialindex, szenario.index)
    bild = build_indexbild(ergebnis, index, jahr, read_felder(projekt), index.zustand.value)
    je_gebiet = _factors(szenario, bild)
    mit = {s: f for s, f in je_gebiet.items() if f is not None and s in zutaten.koepfe}
    summe = sum(Fraction(zutaten.koepfe[s]) for s in mit)
    if not summe:
        raise DatenFehler(
            "Kein Gebiet, das etwas bekommen soll, hat einen Index.",
            "Bitte einen anderen Schlüssel wählen.",
            "VERTEILUNG-INDEX",
        )
    mittel = sum(Fraction(zutaten.koepfe[s]) * Fraction(f) for s, f in mit.items()) / summe
    faktoren = {g.schluessel: Fraction(mit.get(g.schluessel, mittel)) for g in zutaten.gebiete}
    return attrs.evolve(
        zutaten,
        gewichte={s: Fraction(zutaten.koepfe[s]) * faktor for s, faktor in faktoren.items()},
        faktoren={s: float(faktor) for s, faktor in faktoren.items()},
        index=bild,
    )


def _factors(szenario: Verteilungsszenario, bild: Indexbild) -> dict[str, float | None]:
    """Give each area its weight per head: straight along the index from 1 to the highest factor, or by class.

    Raises:
        DatenFehler: VERTEILUNG-STUFEN, another number of factors than classes.
    """
    if szenario.art is Schluesselart.STUFEN:
        faktoren = szenario.faktoren
        if len(faktoren) != bild.index.klassen.anzahl:
            raise DatenFehler(
                f"Der Index {bild.index.kennung} hat {bild.index.klassen.anzahl} Klassen, angegeben sind {len(faktoren)} Faktoren.",
                "Bitte je Klasse einen Faktor angeben, die am wenigsten belastete zuerst: 1; 1,5; 2",
                "VERTEILUNG-STUFEN",
            )
        return {
            g.schluessel: None if k is None else faktoren[k - 1]
            for g, k in zip(bild.gebiete, bild.stufen.klassen, strict=True)
        }
    werte = [wert for wert in bild.stufen.index if wert is not None]
    unten, spanne = min(werte), max(werte) - min(werte)
    return {
        g.schluessel: None
        if wert is None
        else 1 + (szenario.hoechstfaktor - 1) * ((wert - unten) / spanne if spanne else 0.0)
        for g, wert in zip(bild.gebiete, bild.stufen.index, strict=True)
    }
