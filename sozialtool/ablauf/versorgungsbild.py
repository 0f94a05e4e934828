"""Supply per need in every Sozialraum, from the inventory and from released figures alone.

A place per hundred with a public number of places gives the number of people back; so these come from the released table, like
heads of a Mittelverteilung (docs/entscheidungen/ablauf-mittel-nur-nach-freigegebenem.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from sozialtool import katalog
from sozialtool.ablauf.entfernungen import build_entfernungen, read_lageplan
from sozialtool.ablauf.indexwerte import list_gebiete, read_merkmal
from sozialtool.ablauf.ortspruefung import judge_orte
from sozialtool.ablauf.schwellen import find_schwelle
from sozialtool.ablauf.vereinbarungen import needed_merkmale
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Merkmal, Zeichen
from sozialtool.fach.planung import Einrichtung
from sozialtool.fach.raum import STADT, Gebiet
from sozialtool.fach.schreibweise import format_anzahl, format_zahl, name_einige
from sozialtool.fach.versorgung import Versorgungsmass, Versorgungszeile
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt
from sozialtool.rechnen.versorgung import Regel, compute_versorgung

if TYPE_CHECKING:
    from sozialtool.ablauf.kennzahlen import Ergebnis


@attrs.frozen
class Versorgungsbild:
    """One measure in a year: the town, then the Sozialräume; the figures beside it; what must be said about it."""

    mass: Versorgungsmass
    jahr: int
    zeilen: tuple[Versorgungszeile, ...]
    kennzahlen: Mapping[tuple[str, str], Kennzahl]
    """(area, Kennung) → released Kennzahl of this year."""
    hinweise: tuple[str, ...]
    entfernungen: tuple[str, ...] = ()
    """What must be said about the distances, or why there are none; () where nobody has written a position down."""
    nicht_gerechnet: str = ""
    """Which figure is missing so that nothing is computed, and how it comes; "" where something is."""

    @property
    def stadt(self) -> Versorgungszeile:
        """The supply of the whole town."""
        return self.zeilen[0]


def list_masse(projekt: Projekt) -> tuple[Versorgungsmass, ...]:
    """List what supply is measured by: the town's own list, or the proposed one while there is none."""
    return tuple(projekt.read(Versorgungsmass)) or katalog.load_versorgungsmasse()


def find_mass(projekt: Projekt, schluessel: str) -> Versorgungsmass:
    """Return one of them by key or name; raise `BedienFehler` for any other."""
    alle = list_masse(projekt)
    gesucht = schluessel.strip().casefold()
    for mass in alle:
        if gesucht in (mass.schluessel.casefold(), mass.name.casefold()):
            return mass
    raise BedienFehler(
        f"„{schluessel}“ ist nichts, woran Versorgung gemessen wird.",
        f"Möglich sind: {', '.join(m.schluessel for m in alle)}.",
    )


def compute_versorgungen(
    projekt: Projekt, jahr: int = 0, fortschritt: Fortschritt | None = None, stop: Stop | None = None
) -> tuple[Versorgungsbild, ...]:
    """Compute every measure in a year (0: the Berichtsjahr).

    Raises:
        DatenFehler: there is nothing to compute. BedienFehler: no figures in that year. Abgebrochen: stopped.
    """
    from sozialtool.ablauf.kennzahlen import check_jahr, compute

    ergebnis = compute(projekt, fortschritt, stop)
    gefragt = jahr or projekt.kommune.berichtsjahr
    check_jahr(gefragt, set(ergebnis.tabelle.kennzahlen["jahr"]))
    return build_versorgungen(projekt, ergebnis, gefragt)


def build_versorgungen(projekt: Projekt, ergebnis: Ergebnis, jahr: int) -> tuple[Versorgungsbild, ...]:
    """Compute every measure from one released table."""
    masse, regel = list_masse(projekt), read_regel(projekt)
    gebiete = (_find_stadt(ergebnis), *list_gebiete(ergebnis))
    bestand, plan = projekt.read(Einrichtung), read_lageplan(projekt)
    zweifel = judge_orte(projekt, bestand, plan)
    orte = group_orte(bestand, ergebnis.grundlage.gebiete, gebiete)
    kennzahlen = read_kennzahlen(ergebnis, jahr)
    bilder = []
    for mass in masse:
        arten = set(mass.arten)
        eigene = {wo: tuple(o for o in da if o.art in arten) for wo, da in orte.items()}
        gruppen, fehlt = _read_gruppe(ergebnis, mass, jahr)
        weit = build_entfernungen(plan, mass, bestand, zweifel)
        zeichen = _read_zeichen(ergebnis, mass, jahr)
        zeilen = tuple(
            _say_missing(attrs.evolve(z, entfernung=weit.je.get(z.gebiet.schluessel)), zeichen, fehlt)
            for z in compute_versorgung(mass, gebiete, eigene, gruppen, regel)
        )
        daneben = {k: z for k, z in kennzahlen.items() if k[1] in mass.indikatoren}
        nicht = _explain_missing(projekt, fehlt, jahr)
        hinweise = _describe(mass, jahr, zeilen, regel, nicht)
        bilder.append(Versorgungsbild(mass, jahr, zeilen, daneben, hinweise, weit.saetze, nicht))
    return tuple(bilder)


def read_kennzahlen(ergebnis: Ergebnis, jahr: int) -> dict[tuple[str, str], Kennzahl]:
    """Return the released Kennzahlen of a year by area and Kennung."""
    import polars as pl

    tabelle = ergebnis.tabelle.kennzahlen.filter(pl.col("jahr") == jahr).select(Kennzahl._fields)
    alle = (Kennzahl.from_zeile(zeile) for zeile in tabelle.iter_rows())
    return {(k.gebiet, k.indikator): k for k in alle}


def read_regel(projekt: Projekt) -> Regel:
    """Return the limits of the rule as agreed, or as proposed while nobody has."""
    luecke, mehr = (find_schwelle(projekt, f"versorgung_{name}").wert / 100 for name in ("luecke", "mehr"))
    return Regel(luecke, mehr)


def _find_stadt(ergebnis: Ergebnis) -> Gebiet:
    kommune = ergebnis.grundlage.kommune
    eigene = (g for g in ergebnis.grundlage.gebiete if g.ebene == STADT)
    return next(eigene, Gebiet(kommune.ags, kommune.name, STADT))


def group_orte(
    alle: Sequence[Einrichtung], bekannt: Sequence[Gebiet], gebiete: Sequence[Gebiet]
) -> dict[str, list[Einrichtung]]:
    """Sort facilities into areas; one noted for a smaller area counts in the Sozialraum around it, all count in the town."""
    oben = {g.schluessel: g.teil_von for g in bekannt}
    stadt, raeume = gebiete[0].schluessel, {g.schluessel for g in gebiete[1:]}
    orte: dict[str, list[Einrichtung]] = {g.schluessel: [] for g in gebiete}
    for ort in alle:
        wo, gesehen = ort.gebiet, set[str]()
        while wo and wo not in raeume and wo not in gesehen:
            gesehen.add(wo)
            wo = oben.get(wo, "")
        if wo in raeume:
            orte[wo].append(ort)
        orte[stadt].append(ort)
    return orte


def _read_gruppe(ergebnis: Ergebnis, mass: Versorgungsmass, jahr: int) -> tuple[dict[str, float | None], list[str]]:
    """Add the Merkmale of a group up per area; name those that are not released at all."""
    je = {merkmal: read_merkmal(ergebnis, merkmal, jahr) for merkmal in mass.gruppe}
    fehlt = [merkmal for merkmal, zahlen in je.items() if not zahlen]
    gruppen: dict[str, float | None] = {}
    if fehlt or not je:
        return gruppen, fehlt
    for gebiet in next(iter(je.values())):
        werte = [zahlen.get(gebiet) for zahlen in je.values()]
        gruppen[gebiet] = None if any(w is None for w in werte) else sum(w for w in werte if w is not None)
    return gruppen, fehlt


def _read_zeichen(ergebnis: Ergebnis, mass: Versorgungsmass, jahr: int) -> dict[str, Zeichen]:
    """Return by area why a group has no number there; secret goes before everything else."""
    import polars as pl

    im_jahr = (
        (pl.col("stand").dt.year() == jahr) & pl.col("merkmal").is_in(list(mass.gruppe)) & pl.col("wert").is_null()
    )
    zeilen = ergebnis.tabelle.messwerte.filter(im_jahr).select("gebiet", "zeichen").iter_rows()
    je: dict[str, Zeichen] = {}
    for gebiet, name in zeilen:
        if name and je.get(gebiet) is not Zeichen.GEHEIM:
            je[gebiet] = Zeichen[name]
    return je


def _say_missing(z: Versorgungszeile, zeichen: Mapping[str, Zeichen], fehlt: Sequence[str]) -> Versorgungszeile:
    """Say of a row without a figure what its group is: not released at all, secret, not delivered, nobody."""
    if z.wert is not None:
        return z
    if fehlt:
        return attrs.evolve(z, zeichen=Zeichen.ABGELEITET, grund="Die Zahl der Gruppe ist nicht veröffentlicht.")
    if z.gruppe == 0:
        return attrs.evolve(z, zeichen=Zeichen.NENNER_NULL)
    warum = zeichen.get(z.gebiet.schluessel, Zeichen.FEHLT)
    return attrs.evolve(z, zeichen=warum, grund=f"Die Zahl der Gruppe: {warum.value}.")


def _explain_missing(projekt: Projekt, fehlt: Sequence[str], jahr: int) -> str:
    """Say by their names which figures are missing, and which indicators would bring them once they are agreed."""
    if not fehlt:
        return ""
    merkmale = {m.schluessel: m for m in projekt.read(Merkmal)}
    offene = [i for i in projekt.read(Indikator) if i.zustand is not Zustand.VEREINBART]
    saetze = []
    for schluessel in fehlt:
        merkmal = merkmale.get(schluessel)
        name = f"„{merkmal.name if merkmal else schluessel}“"
        quellen = (schluessel, *(merkmal.summanden if merkmal else ()))
        bringt = [i.kennung for i in offene if schluessel in needed_merkmale(i)]
        dafuer = f"; dafür ist zu vereinbaren: {name_einige(bringt, 3, ' oder ')}" if bringt else ""
        if projekt.read_messwerte(quellen, jahr, jahr)["gebiet"]:
            saetze.append(f"{name} ist für {jahr} nicht veröffentlicht{dafuer}")
        else:
            saetze.append(f"{name} ist für {jahr} nicht geliefert")
    return f"Nicht gerechnet: {'; '.join(saetze)}."


def _describe(
    mass: Versorgungsmass, jahr: int, zeilen: Sequence[Versorgungszeile], regel: Regel, nicht: str
) -> tuple[str, ...]:
    stadt = zeilen[0]
    was = f"Gezählt: {', '.join(mass.arten)}, {mass.einheit}, Zahlen von {jahr}."
    grenzen = (
        f"Lücke: weniger als {format_zahl(regel.luecke * 100)} % der Versorgung in der Stadt, und mindestens eins fehlt. Mehr: über "
        f"{format_zahl(regel.mehr * 100)} %; mögliche Doppelung, wenn verschiedene Träger dann Gleiches anbieten."
    )
    ohne = sum(z.ohne_zahl for z in zeilen[:1])
    saetze = [was, grenzen, "Gerechnet wird mit dem Bestand von heute; Menschen nutzen auch Angebote im Nachbargebiet."]
    saetze += [nicht] if nicht else []
    if ohne:
        wie_viele = format_anzahl(ohne, "Einrichtung", "Einrichtungen")
        saetze.append(f"Bei {wie_viele} fehlt die Zahl der Plätze: Gezählt wird dort null.")
    ganze = len(stadt.orte) - sum(len(z.orte) for z in zeilen[1:])
    if ganze:
        saetze.append(f"{ganze} gelten für die ganze Stadt und stehen nur dort.")
    return (*saetze, *_describe_stand(stadt.orte))


def _describe_stand(orte: Sequence[Einrichtung]) -> tuple[str, ...]:
    tage = sorted({ort.stand for ort in orte if ort.stand is not None})
    if not tage:
        return ()
    von, bis = tage[0], tage[-1]
    text = write_tag(von) if von == bis else f"{write_tag(von)} bis {write_tag(bis)}"
    return (f"Stand des Bestands: {text}.",)


def write_tag(tag: dt.date | None) -> str:
    """Write a day as 31.12.2025; "" for none."""
    return "" if tag is None else f"{tag:%d.%m.%Y}"
