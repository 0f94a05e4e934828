"""A sum distributed over the Sozialräume in one or several ways, with what each gains or loses per head, and every assumption.

Only released figures enter: heads, counts, and an index made of released rates. An amount is then a function of what everybody
may read, and nothing secret can be computed back from it (docs/entscheidungen/ablauf-mittel-nur-nach-freigegebenem.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.fassungen import find_definition
from sozialtool.ablauf.indextext import describe_stabil
from sozialtool.ablauf.indexwerte import list_gebiete, read_merkmal
from sozialtool.ablauf.verteilungstext import describe_annahmen, describe_leer_aus
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, Gebiet
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fach.sozialindex import Sozialindex
from sozialtool.fach.verteilung import Schluesselart, Verteilungsszenario
from sozialtool.fehler import BedienFehler, DatenFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ablauf.indexbild import Indexbild
    from sozialtool.ablauf.kennzahlen import Ergebnis


@attrs.frozen
class Verteilungszeile:
    """What one Sozialraum gets.

    `koepfe` and `bedarf` are released counts (`bedarf` None unless it is distributed by need, `angesetzt` where the released
    remainder stands in for a secret), `faktor` the weight per head, amounts in the unit of the scenario; the differences are
    against the scenario it is compared with; `anmerkung` says what is special.
    """

    gebiet: Gebiet
    koepfe: float
    bedarf: float | None
    faktor: float | None
    betrag: float
    je_kopf: float
    differenz: float
    differenz_je_kopf: float
    angesetzt: bool = False
    anmerkung: str = ""


@attrs.frozen
class Verteilungsbild:
    """A scenario on the figures of a year; `vergleich` names what it is compared with."""

    szenario: Verteilungsszenario
    jahr: int
    zeilen: tuple[Verteilungszeile, ...]
    vergleich: str
    annahmen: tuple[str, ...]

    @property
    def koepfe(self) -> float:
        """Heads of all areas together."""
        return sum(zeile.koepfe for zeile in self.zeilen)


@attrs.frozen
class Verteilungsversuch:
    """A scenario with its result, or why there is none."""

    szenario: Verteilungsszenario
    bild: Verteilungsbild | None
    mangel: str = ""


@attrs.frozen
class _Zutaten:
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


def compute_verteilungen(
    projekt: Projekt,
    schluessel: Sequence[str] = (),
    jahr: int = 0,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
) -> tuple[Verteilungsbild, ...]:
    """Compute stored scenarios ((): all) on the figures of a year (0: that of each scenario, else the Berichtsjahr).

    Raises:
        BedienFehler: no such scenario, or none at all. DatenFehler: it cannot be computed; says why. Abgebrochen: stopped.
    """
    from sozialtool.ablauf.kennzahlen import compute

    alle = projekt.read(Verteilungsszenario)
    gewaehlt = [find_definition(projekt, Verteilungsszenario, s) for s in schluessel] if schluessel else alle
    if not gewaehlt:
        raise BedienFehler(
            "Es ist noch keine Mittelverteilung angelegt.",
            "Bitte eine anlegen: auf der Seite Mittelverteilung mit „n“.",
        )
    ergebnis = compute(projekt, fortschritt, stop)
    return tuple(compute_verteilung(projekt, ergebnis, szenario, jahr) for szenario in gewaehlt)


def try_verteilungen(
    projekt: Projekt, jahr: int = 0, fortschritt: Fortschritt | None = None, stop: Stop | None = None
) -> tuple[Verteilungsversuch, ...]:
    """Compute every stored scenario for the screen; what stands in the way of one is said in its place.

    Raises:
        DatenFehler: there is nothing to compute at all. Abgebrochen: stopped.
    """
    from sozialtool.ablauf.kennzahlen import compute

    alle = projekt.read(Verteilungsszenario)
    if not alle:
        return ()
    ergebnis = compute(projekt, fortschritt, stop)
    versuche = []
    for szenario in alle:
        try:
            versuche.append(Verteilungsversuch(szenario, compute_verteilung(projekt, ergebnis, szenario, jahr)))
        except (BedienFehler, DatenFehler) as fehler:
            versuche.append(Verteilungsversuch(szenario, None, str(fehler)))
    return tuple(versuche)


def compute_verteilung(
    projekt: Projekt, ergebnis: Ergebnis, szenario: Verteilungsszenario, jahr: int = 0
) -> Verteilungsbild:
    """Compute one scenario, stored or only tried out; errors as in `compute_verteilungen`."""
    gewaehlt = jahr or szenario.jahr or projekt.kommune.berichtsjahr
    gegen = _find_vergleich(projekt, szenario)
    zutaten = _collect(projekt, ergebnis, szenario, gewaehlt)
    betraege, anmerkungen = _divide(szenario, zutaten)
    gegenzutaten = _collect(projekt, ergebnis, gegen, gewaehlt)
    andere, _ = _divide(gegen, gegenzutaten)
    zeilen = tuple(
        _make_zeile(g, zutaten, (betraege[g.schluessel], andere.get(g.schluessel, 0.0)), anmerkungen[g.schluessel])
        for g in zutaten.gebiete
    )
    merkmale = {merkmal.schluessel: merkmal.name for merkmal in projekt.read(Merkmal)}
    annahmen = describe_annahmen(szenario, gewaehlt, gegen, merkmale, zutaten.index)
    rest = _describe_rest(zutaten, merkmale, szenario)
    # An index never stands without what it cannot show, and without how sure its classes are.
    index = (zutaten.index.hinweise[0], describe_stabil(zutaten.index)) if zutaten.index else ()
    leer_aus = describe_leer_aus(
        gegen, {g.name: andere[g.schluessel] for g in gegenzutaten.gebiete if g not in zutaten.gebiete}
    )
    return Verteilungsbild(szenario, gewaehlt, zeilen, gegen.name, (*annahmen, *leer_aus, *rest, *index))


def _find_vergleich(projekt: Projekt, szenario: Verteilungsszenario) -> Verteilungsszenario:
    """Return the scenario it is compared with; without one the same sum by heads alone.

    Raises:
        BedienFehler: no such scenario, or one in another unit.
    """
    if not szenario.vergleich:
        return attrs.evolve(
            szenario, schluessel="", name="dieselbe Summe nur nach Köpfen", art=Schluesselart.KOEPFE, mindestens=0.0,
            hoechstens=0.0, anteil_koepfe=0.0,
        )  # fmt: skip
    gegen = find_definition(projekt, Verteilungsszenario, szenario.vergleich)
    if gegen.einheit.kurz != szenario.einheit.kurz:
        raise BedienFehler(
            f"„{szenario.name}“ verteilt {szenario.einheit.kurz}, „{gegen.name}“ {gegen.einheit.kurz}.",
            "Bitte mit einem Szenario in derselben Einheit vergleichen.",
        )
    return gegen


def _make_zeile(gebiet: Gebiet, zutaten: _Zutaten, betraege: tuple[float, float], anmerkung: str) -> Verteilungszeile:
    betrag, anderer = betraege
    schluessel = gebiet.schluessel
    koepfe = zutaten.koepfe[schluessel]
    differenz = betrag - anderer
    return Verteilungszeile(
        gebiet, koepfe, zutaten.bedarf.get(schluessel), zutaten.faktoren.get(schluessel), betrag,
        betrag / koepfe if koepfe else 0.0, differenz, differenz / koepfe if koepfe else 0.0,
        schluessel in zutaten.gruppe, anmerkung,
    )  # fmt: skip


# -- weights ----------------------------------------------------------------------------------------------------------


def _collect(projekt: Projekt, ergebnis: Ergebnis, szenario: Verteilungsszenario, jahr: int) -> _Zutaten:
    """Collect heads and weights of a scenario from released figures."""
    gebiete = _list_empfaenger(ergebnis, szenario)
    koepfe = _read_koepfe(ergebnis, szenario.koepfe, jahr, gebiete)
    nach_koepfen = _Zutaten(gebiete, koepfe, {s: Fraction(zahl) for s, zahl in koepfe.items()})
    if szenario.art is Schluesselart.KOEPFE:
        return nach_koepfen
    if szenario.art is Schluesselart.BEDARF:
        return _weigh_bedarf(ergebnis, szenario, jahr, nach_koepfen)
    return _weigh_index(projekt, ergebnis, szenario, jahr, nach_koepfen)


def _list_empfaenger(ergebnis: Ergebnis, szenario: Verteilungsszenario) -> tuple[Gebiet, ...]:
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


def _weigh_bedarf(ergebnis: Ergebnis, szenario: Verteilungsszenario, jahr: int, zutaten: _Zutaten) -> _Zutaten:
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


def _to_brueche(zutaten: _Zutaten, werte: Mapping[str, float]) -> dict[str, Fraction]:
    return {g.schluessel: Fraction(werte[g.schluessel]) for g in zutaten.gebiete}


def _weigh_index(
    projekt: Projekt, ergebnis: Ergebnis, szenario: Verteilungsszenario, jahr: int, zutaten: _Zutaten
) -> _Zutaten:
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


# -- dividing ---------------------------------------------------------------------------------------------------------


def _divide(szenario: Verteilungsszenario, zutaten: _Zutaten) -> tuple[dict[str, float], dict[str, str]]:
    """Divide the sum; returns amounts and remarks by area. Errors as in `rechnen.verteilen.distribute`."""
    from sozialtool.rechnen.verteilen import distribute

    einheit = szenario.einheit
    schluessel = [g.schluessel for g in zutaten.gebiete]
    gewichte = [_mix(szenario, zutaten, s) for s in schluessel]
    deckel = einheit.to_stuecke(szenario.hoechstens) if szenario.hoechstens else None
    zuteilungen = distribute(
        einheit.to_stuecke(szenario.summe), gewichte, einheit.to_stuecke(szenario.mindestens), deckel
    )
    betraege = {s: einheit.to_betrag(z.stuecke) for s, z in zip(schluessel, zuteilungen, strict=True)}
    anmerkungen = {}
    for s, z in zip(schluessel, zuteilungen, strict=True):
        teile = ["Sockel" if z.am_sockel else "", "Obergrenze" if z.an_obergrenze else ""]
        ohne_index = zutaten.index is not None and s in zutaten.index.ohne
        teile += ["Rest der Stadt" if s in zutaten.gruppe else "", "ohne Index: mittlerer Faktor" if ohne_index else ""]
        teile.append("" if zutaten.koepfe[s] else "keine Köpfe")  # an amount per head says nothing there
        anmerkungen[s] = ", ".join(filter(None, teile))
    return betraege, anmerkungen


def _mix(szenario: Verteilungsszenario, zutaten: _Zutaten, schluessel: str) -> Fraction:
    """Weight of an area when a part of the sum goes by heads beforehand."""
    vorab = Fraction(szenario.anteil_koepfe) / 100
    koepfe = sum((Fraction(zahl) for zahl in zutaten.koepfe.values()), Fraction(0)) or Fraction(1)
    alle = sum(zutaten.gewichte.values(), Fraction(0)) or Fraction(1)
    return vorab * Fraction(zutaten.koepfe[schluessel]) / koepfe + (1 - vorab) * zutaten.gewichte[schluessel] / alle


def _describe_rest(zutaten: _Zutaten, merkmale: Mapping[str, str], szenario: Verteilungsszenario) -> tuple[str, ...]:
    """Say what stands in for secret counts."""
    if not zutaten.gruppe:
        return ()
    namen = ", ".join(g.name for g in zutaten.gebiete if g.schluessel in zutaten.gruppe)
    was = merkmale.get(szenario.bedarf, szenario.bedarf)
    dazu = " und „nicht zuzuordnen“" if zutaten.mit_nz else ""
    wie = ", untereinander nach Köpfen geteilt" if len(zutaten.gruppe) > 1 else ""
    satz = (
        f"Für {namen} ist „{was}“ nicht veröffentlicht. Angesetzt ist, was nach den veröffentlichten Zahlen dafür{dazu} zusammen "
        f"bleibt ({format_zahl(zutaten.rest)}){wie}; die Zahl einzelner Gebiete folgt daraus nicht."
    )
    return (satz,)
