"""Compute, protect, and hand over: the middle of the way of a figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

import attrs

from sozialtool.ablauf.gebietsstaende import Raumplan, gebiete_unter, raumplan, umsteiger_unter
from sozialtool.ablauf.summen import add_summen, find_teile
from sozialtool.ablauf.vereinbarungen import needed_merkmale
from sozialtool.ablauf.veroeffentlichungen import Bekanntes, build_fruehere, build_regel, find_zahlen, read_bekanntes
from sozialtool.ablauf.werte import Fortschritt, Monitoring, Stop
from sozialtool.fach import raum
from sozialtool.fach.indikator import Bruch, Handlungsfeld, Indikator, Zustand
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Merkmal, Vermerk
from sozialtool.fach.raum import Ebene, Gebiet, Umsteiger
from sozialtool.fehler import Abgebrochen, BedienFehler, DatenFehler, FormelFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    import polars as pl

    from sozialtool.geheimhaltung.freigabe import FreigegebeneTabelle
    from sozialtool.geheimhaltung.werte import Bezug, Regel


@attrs.frozen
class Grundlage:
    """What the computation rests on: one reading of the project."""

    kommune: raum.Kommune
    ebenen: tuple[Ebene, ...]
    gebiete: tuple[Gebiet, ...]
    umsteiger: tuple[Umsteiger, ...]
    merkmale: tuple[Merkmal, ...]
    indikatoren: tuple[Indikator, ...]
    brueche: tuple[Bruch, ...]
    plan: Raumplan | None = None
    bekanntes: Bekanntes = Bekanntes()

    @property
    def planungsebene(self) -> str:
        """Key of the level agreed as the basis of planning."""
        return next((ebene.schluessel for ebene in self.ebenen if ebene.planungsebene), raum.SOZIALRAUM)

    @property
    def gerechnete_ebenen(self) -> tuple[str, ...]:
        """Keys of the levels for which figures are computed: the nested ones that may be published."""
        genannt = [e for e in self.ebenen if e.veroeffentlichen and (e.teil_von or e.schluessel == raum.STADT)]
        return tuple(ebene.schluessel for ebene in genannt)

    def ordered_gebiete(self) -> tuple[Gebiet, ...]:
        """Town first, then the planning level in its own order, "nicht zuzuordnen" last."""
        stadt = [g for g in self.gebiete if g.ebene == raum.STADT]
        raeume = [g for g in self.gebiete if g.ebene == self.planungsebene]
        return (*stadt, *sorted(raeume, key=lambda g: (g.ist_rest, g.reihenfolge, g.schluessel)))


@attrs.frozen
class Ergebnis:
    """One computation: the protected table and, for checks only, nothing else."""

    grundlage: Grundlage
    tabelle: FreigegebeneTabelle


HEUTIGE = "das heutige Monitoring"
"""What the figures of today are called beside others that are computed with them."""
_LETZTES: dict[str, tuple[object, Ergebnis]] = {}
# The newest result per project file: screens ask again and again, the project rarely changes in between.


def read_grundlage(projekt: Projekt, gebietsstand: str = "") -> Grundlage:
    """Read what the computation rests on; only agreed indicators count, or all computable ones while none is agreed.

    Raises:
        BedienFehler: there is no such Gebietsstand.
    """
    from sozialtool.ablauf.umrechnen import plan_geltend
    from sozialtool.ablauf.vereinbarungen import indikatoren

    plan = raumplan(projekt, gebietsstand) if gebietsstand else plan_geltend(projekt)

    zeilen = indikatoren(projekt)
    gewaehlt = [z.indikator for z in zeilen if z.indikator.zustand is Zustand.VEREINBART]
    if not gewaehlt:
        gewaehlt = [z.indikator for z in zeilen if z.vorhanden]
    return Grundlage(
        projekt.kommune,
        tuple(projekt.read(Ebene)),
        gebiete_unter(projekt, plan) if gebietsstand and plan else tuple(projekt.read(Gebiet)),
        umsteiger_unter(projekt, plan) if gebietsstand and plan else tuple(projekt.read(Umsteiger)),
        tuple(projekt.read(Merkmal)),
        tuple(gewaehlt),
        tuple(projekt.read(Bruch)),
        plan,
        read_bekanntes(projekt),
    )


def _check_stop(stop: Stop | None) -> None:
    if stop is not None and stop.is_set():
        raise Abgebrochen("Die Rechnung wurde angehalten.", "Es wurde nichts geändert.")


def compute(
    projekt: Projekt, fortschritt: Fortschritt | None = None, stop: Stop | None = None, gebietsstand: str = ""
) -> Ergebnis:
    """Compute all Kennzahlen of all years on one Gebietsstand ("": the one in force) and protect them.

    Raises:
        DatenFehler: there is nothing to compute. BedienFehler: no such Gebietsstand. Abgebrochen: stopped.
    """
    pfad, stand = f"{projekt.pfad}|{gebietsstand}", projekt.revision
    if pfad in _LETZTES and _LETZTES[pfad][0] == stand:
        return _LETZTES[pfad][1]
    melde = fortschritt or (lambda _fertig, _von, _was: None)
    melde(0, 3, "Messwerte lesen")
    grundlage = read_grundlage(projekt, gebietsstand)
    if not grundlage.indikatoren or not projekt.count_messwerte():
        raise DatenFehler(
            "Es gibt noch nichts zu rechnen.",
            "Bitte zuerst eine Datei einlesen (F5) und Indikatoren vereinbaren (F4).",
            "RECHNEN-LEER",
        )
    messwerte, kennzahlen = compute_frames(projekt, grundlage, melde)
    _check_stop(stop)
    melde(2, 3, "Geheimhaltung prüfen")
    tabelle = release(grundlage, messwerte, kennzahlen, melde, stop)
    melde(3, 3, "fertig")
    ergebnis = Ergebnis(grundlage, tabelle)
    _LETZTES.clear()
    _LETZTES[pfad] = (stand, ergebnis)
    return ergebnis


def keep_ergebnis(projekt: Projekt, vorher: object) -> None:
    """Take the newest result over from the revision `vorher` to today's: what was changed in between enters no figure."""
    for pfad, (stand, ergebnis) in list(_LETZTES.items()):
        if stand == vorher and pfad.startswith(f"{projekt.pfad}|"):
            _LETZTES[pfad] = (projekt.revision, ergebnis)


def check_jahr(jahr: int, jahre: Collection[int]) -> None:
    """Refuse a year without any figure, naming those that have some.

    Raises:
        BedienFehler: RECHNEN-JAHR.
    """
    if jahr not in jahre:
        vorhanden = f"Zahlen gibt es für {', '.join(map(str, sorted(jahre)))}." if jahre else ""
        raise BedienFehler(f"Für {jahr} gibt es keine Kennzahlen.", vorhanden, "RECHNEN-JAHR")


def compute_frames(
    projekt: Projekt,
    grundlage: Grundlage,
    melde: Fortschritt,
    ebenen: tuple[str, ...] = (),
    jahr: int | None = None,
    *,
    exakt: bool = False,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return Messwerte of every level and Kennzahlen of `ebenen` ((): those that may be published); not protected.

    Kennzahlen are computed from counts as they are shown: rounded where their source asks for it, unless `exakt`. Messwerte are exact.

    With `jahr` only that year is complete, of earlier ones there is what its Kennzahlen look back to: much faster. Changes
    since earlier years (vorjahr, fuenfjahr) are then not known.
    """
    from sozialtool import rechnen
    from sozialtool.ablauf.umrechnen import convert_projekt, keep_noetige
    from sozialtool.geheimhaltung.runden import round_messwerte

    gebiete = rechnen.build_gebiete(grundlage.gebiete)
    umsteiger = rechnen.build_umsteiger(grundlage.umsteiger)
    plan = grundlage.plan
    noetig = None if jahr is None else _find_noetig(grundlage, jahr)
    geliefert = keep_noetige(projekt.read_messwerte(), noetig)
    da = geliefert if plan is None else convert_projekt(projekt, plan, noetig).spalten
    gebraucht = {name for indikator in grundlage.indikatoren for name in needed_merkmale(indikator)}
    roh = rechnen.build_messwerte(add_summen(da, grundlage.merkmale, gebraucht))
    messwerte = rechnen.aggregate_gebiete(roh, gebiete, umsteiger, grundlage.merkmale).collect(engine="in-memory")
    if plan is not None:
        messwerte = _keep_town_exact(messwerte, geliefert, projekt.kommune.ags)
    melde(1, 3, "Kennzahlen rechnen")
    kennzahlen = rechnen.compute_kennzahlen(
        (messwerte if exakt else round_messwerte(messwerte, _build_regel(grundlage))).lazy(),
        gebiete,
        grundlage.indikatoren,
        grundlage.merkmale,
        grundlage.brueche,
        ebenen=ebenen or grundlage.gerechnete_ebenen,
    ).collect(engine="in-memory")
    # For a town's figures the in-memory engine is twice as fast as the streaming one (docs/entscheidungen).
    return messwerte, kennzahlen


def _find_noetig(grundlage: Grundlage, jahr: int) -> Callable[[str, dt.date], bool]:
    """What the Kennzahlen of one year need: all of that year, and the Merkmale of earlier years that they look back to."""
    from sozialtool import rechnen

    bedarf = rechnen.find_bedarf(grundlage.indikatoren, grundlage.merkmale, jahr)
    frueher = {(teil, wann) for name, wann in bedarf for teil in (name, *find_teile((name,), grundlage.merkmale))}
    return lambda merkmal, tag: tag.year == jahr or (merkmal, tag.year) in frueher


def _keep_town_exact(messwerte: pl.DataFrame, geliefert: dict[str, list[Any]], stadt: str) -> pl.DataFrame:
    """Give the town's sums the strongest Vermerk that was delivered: shares inside the town keep its total, it is no estimate."""
    import polars as pl

    from sozialtool.rechnen.rahmen import VERMERK_CODE

    staerkster: dict[tuple[Any, ...], str] = {}
    for merkmal, tag, vermerk in zip(geliefert["merkmal"], geliefert["stand"], geliefert["vermerk"], strict=True):
        name = vermerk or ""
        if VERMERK_CODE.get(name, 0) > VERMERK_CODE.get(staerkster.get((merkmal, tag), ""), 0):
            staerkster[merkmal, tag] = name
    neu = [staerkster.get(zeit, "") for zeit in messwerte.select("merkmal", "stand").iter_rows()]
    nur_umgerechnet = (pl.col("gebiet") == stadt) & (pl.col("vermerk") == Vermerk.GESCHAETZT.name)
    vermerk = pl.when(nur_umgerechnet).then(pl.Series("neu", neu, pl.String)).otherwise(pl.col("vermerk"))
    return messwerte.with_columns(vermerk.alias("vermerk"))


def release(
    grundlage: Grundlage, messwerte: pl.DataFrame, kennzahlen: pl.DataFrame, melde: Fortschritt, stop: Stop | None,
    gezeigt: FreigegebeneTabelle | None = None,
) -> FreigegebeneTabelle:  # fmt: skip
    """Protect computed figures; the only way from frames to figures that may be shown. What `gezeigt` shows counts as known."""
    from sozialtool.geheimhaltung.festhalten import freeze, thaw
    from sozialtool.geheimhaltung.freigabe import freigeben
    from sozialtool.geheimhaltung.werte import Frueher

    bezuege = tuple(_build_bezug(indikator, grundlage.merkmale) for indikator in grundlage.indikatoren)
    fruehere = build_fruehere(grundlage.bekanntes, grundlage.plan)
    if gezeigt is not None:
        fruehere = (*fruehere, Frueher(thaw(freeze(gezeigt), HEUTIGE)))
    return freigeben(
        kennzahlen, messwerte, grundlage.indikatoren, grundlage.merkmale, grundlage.gebiete, bezuege,
        fruehere=fruehere,
        bekannte_zahlen=lambda bestand: find_zahlen(grundlage.bekanntes, bestand),
        regel=_build_regel(grundlage),
        fortschritt=melde, stop=stop,
    )  # fmt: skip


def _build_regel(grundlage: Grundlage) -> Regel:
    return build_regel(grundlage.bekanntes, grundlage.merkmale, grundlage.ebenen)


def _build_bezug(indikator: Indikator, merkmale: tuple[Merkmal, ...]) -> Bezug:
    """Say how an indicator is made of Merkmale; disclosure control knows linear relations only."""
    from sozialtool.geheimhaltung.werte import Bezug
    from sozialtool.rechnen.formel import parse_formel

    seiten = []
    for text in (indikator.zaehler, indikator.nenner):
        koeffizienten = parse_formel(text, merkmale).koeffizienten if text else {}
        if koeffizienten is None:
            raise FormelFehler(
                f"Die Formel von {indikator.kennung} („{text}“) multipliziert oder teilt Merkmale miteinander.",
                "Für die Geheimhaltung bitte nur Summen und Differenzen in Zähler und Nenner verwenden.",
                "FORMEL-NICHT-LINEAR",
            )
        seiten.append(koeffizienten)
    return Bezug(indikator.kennung, seiten[0], seiten[1], indikator.faktor, indikator.jahre)


def monitoring(
    projekt: Projekt,
    jahr: int | None = None,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
    *,
    gebietsstand: str = "",
) -> Monitoring:
    """Return the released figures on a Gebietsstand ("": the one in force) as plain values; errors as in `compute`."""
    from sozialtool.geheimhaltung.auskunft import erklaere, warum_gesperrt
    from sozialtool.rechnen.worte import satz

    ergebnis = compute(projekt, fortschritt, stop, gebietsstand)
    grundlage, tabelle = ergebnis.grundlage, ergebnis.tabelle
    kennzahlen = {}
    for zeile in tabelle.kennzahlen.select(Kennzahl._fields).iter_rows():
        kennzahl = Kennzahl.from_zeile(zeile)
        kennzahlen[kennzahl.gebiet, kennzahl.indikator, kennzahl.jahr] = kennzahl
    namen = {gebiet.schluessel: gebiet.name for gebiet in grundlage.gebiete}
    ebene = next((e.name for e in grundlage.ebenen if e.schluessel == grundlage.planungsebene), "Sozialraum")
    je_kennung = {indikator.kennung: indikator for indikator in grundlage.indikatoren}
    return Monitoring(
        jahr=jahr or projekt.kommune.berichtsjahr,
        jahre=tuple(sorted({jahr for _, _, jahr in kennzahlen})),
        gebiete=grundlage.ordered_gebiete(),
        indikatoren=grundlage.indikatoren,
        handlungsfelder={feld.schluessel: feld.name for feld in projekt.read(Handlungsfeld)},
        kennzahlen=kennzahlen,
        sperrgruende=lambda kennung, jahr, gebiet: warum_gesperrt(tabelle, kennung, jahr, gebiet),
        saetze=lambda k: satz(
            k._asdict(),
            je_kennung[k.indikator],
            namen[k.gebiet],
            ebene,
            summe=is_summe(grundlage, je_kennung[k.indikator]),
        ),
        beweise=lambda kennung, jahr, gebiet: erklaere(tabelle, kennung, jahr, gebiet),
    )


def is_summe(grundlage: Grundlage, indikator: Indikator) -> bool:
    """Whether an indicator counts, so that its areas add up to the town: no Nenner, and every Merkmal adds up."""
    from sozialtool.ablauf.vereinbarungen import needed_merkmale

    additiv = {merkmal.schluessel for merkmal in grundlage.merkmale if merkmal.art.additiv}
    return not indikator.nenner and not indikator.stufe and additiv.issuperset(needed_merkmale(indikator))


def describe_geheimhaltung(projekt: Projekt, jahr: int) -> str:
    """Say in a few German sentences what is suppressed in a year; errors as in `compute`."""
    tabelle = compute(projekt).tabelle
    check_jahr(jahr, set(tabelle.kennzahlen["jahr"]))
    gesperrt = [sperrung for sperrung in tabelle.protokoll if sperrung.jahr == jahr]
    if not gesperrt:
        return f"{jahr} ist kein Wert gesperrt."
    wie_viele = "ist 1 gezählte Zahl" if len(gesperrt) == 1 else f"sind {len(gesperrt)} gezählte Zahlen"
    return f"{jahr} {wie_viele} gesperrt. {tabelle.beweis.text}"
