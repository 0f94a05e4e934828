"""The door out of the house: from computed figures to a `FreigegebeneTabelle`."""

from __future__ import annotations

import functools
import gc
import math
import re
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import ParamSpec, TypeVar

import attrs
import polars as pl

from sozialtool.fach.indikator import Indikator, Intervallart
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, STADT, Gebiet
from sozialtool.fehler import Abgebrochen, GeheimhaltungsFehler
from sozialtool.geheimhaltung.auftrag import Auftrag
from sozialtool.geheimhaltung.bereinigen import clean_kennzahlen, clean_messwerte
from sozialtool.geheimhaltung.bestand import NIE_GELIEFERT, Bestand, merkmale_of, read_bestand
from sozialtool.geheimhaltung.dominanz import list_ungeprueft, name_faelle
from sozialtool.geheimhaltung.festigen import withdraw
from sozialtool.geheimhaltung.folgerung import fill_luecken, find_gruende
from sozialtool.geheimhaltung.fruehere import (
    Gemeinsam,
    find_gerundete,
    find_gezeigte,
    find_umgerechnete,
    join_fruehere,
    settle_verflochtene,
)
from sozialtool.geheimhaltung.muster import Gesamtmuster, find_muster
from sozialtool.geheimhaltung.runden import round_bestand, round_messwerte
from sozialtool.geheimhaltung.tabelle import FreigegebeneTabelle, Inhalt, Zeile, make_tabelle
from sozialtool.geheimhaltung.werte import Bekannt, Beweis, Bezug, Frueher, Grund, Ort, Regel, Sperrung
from sozialtool.geheimhaltung.worte import (
    describe_bekannt,
    describe_gemeinsam,
    describe_hingenommen,
    describe_regel,
    name_fruehere,
)

__all__ = ["FreigegebeneTabelle", "freigeben"]

Fortschritt = Callable[[int, int, str], None]

_P = ParamSpec("_P")
_R = TypeVar("_R")


def _ohne_sammeln(schritt: Callable[_P, _R]) -> Callable[_P, _R]:
    """Let no garbage be collected meanwhile: cells and relations stay to the end, and walking over them costs a fifth."""

    @functools.wraps(schritt)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        war_an = gc.isenabled()
        gc.disable()
        try:
            return schritt(*args, **kwargs)
        finally:
            if war_an:
                gc.enable()

    return run


@_ohne_sammeln
def freigeben(
    kennzahlen: pl.DataFrame | pl.LazyFrame,
    messwerte: pl.DataFrame | pl.LazyFrame,
    indikatoren: Iterable[Indikator],
    merkmale: Iterable[Merkmal],
    gebiete: Iterable[Gebiet],
    bezuege: Iterable[Bezug],
    *,
    veroeffentlichte_ebenen: Collection[str] | None = None,
    daten_merkmale: Collection[str] | None = None,
    bekannte_merkmale: Collection[str] = (),
    fruehere: Sequence[Frueher] = (),
    bekannte_zahlen: Callable[[Bestand], Mapping[Ort, str]] | None = None,
    regel: Regel | None = None,
    fortschritt: Fortschritt | None = None,
    stop: threading.Event | None = None,
) -> FreigegebeneTabelle:
    """Suppress what must stay secret and what would disclose it; the only maker of a `FreigegebeneTabelle`.

    Args:
        kennzahlen: schema `rahmen.KENNZAHLEN`, all levels and years that are to be released.
        messwerte: schema `rahmen.MESSWERTE`, aggregated to all levels with "nicht zuzuordnen".
        indikatoren: the ones to release; rows of others are dropped.
        merkmale: descriptions of all Merkmale in `messwerte`.
        gebiete: all areas with their level and parent.
        bezuege: how each Indikator is made of Merkmale; where one is missing, every name in its formula counts.
        veroeffentlichte_ebenen: levels whose figures leave; default: all in `kennzahlen`.
        daten_merkmale: Merkmale whose base figures are shown; default: those of one-year indicators.
        bekannte_merkmale: Merkmale that everybody knows from elsewhere, so that hiding them would protect nothing.
        fruehere: what went out before; what was shown stays shown, what was secret stays secret.
        bekannte_zahlen: names the figures that everybody knows from elsewhere (Kreis) and who publishes them.
        regel: settings of the primary rule.
        fortschritt: called with (done, of, what).
        stop: checked between the steps.

    Raises:
        GeheimhaltungsFehler: a secret is disclosed by figures that are known in any case. Abgebrochen: `stop` was set.
    """
    liste, basis, regel = list(indikatoren), _collect(messwerte), regel or Regel()
    merkmalliste = name_faelle(merkmale, liste)
    bestand = fill_luecken(read_bestand(basis, merkmalliste, gebiete, _complete(liste, bezuege)))
    rahmen, ebenen = _select(_collect(kennzahlen), liste, veroeffentlichte_ebenen)
    auftrag, sichtbar = _plan(rahmen, bestand, liste, ebenen, daten_merkmale, bekannte_merkmale, regel)
    auftrag = _fix(auftrag, fruehere, bekannte_zahlen(bestand) if bekannte_zahlen is not None else {})
    gemeinsam, auftrag = _join(auftrag, fruehere, stop)
    gemeinsam, muster = _search(gemeinsam, regel.mitwisser, fortschritt, stop)
    if stop is not None and stop.is_set():
        raise Abgebrochen("Die Geheimhaltung wurde abgebrochen.", "Es ist nichts hinausgegangen.")
    text = " ".join((describe_regel(merkmalliste, regel), *describe_gemeinsam(fruehere, auftrag.fest.values()))).strip()
    return make_tabelle(_assemble(auftrag, gemeinsam, muster, (rahmen, basis), sichtbar, liste, text))


def _join(auftrag: Auftrag, fruehere: Sequence[Frueher], stop: threading.Event | None) -> tuple[Gemeinsam, Auftrag]:
    """Build the system, earlier releases included.

    Rounded figures are withdrawn where small counts would be too certain beside them; those shown before are known.
    """
    gemeinsam = join_fruehere(auftrag, fruehere, stop)
    eigene = {ort for ort, grund in auftrag.gruende.items() if grund is Grund.GERUNDET}
    if not eigene:
        return gemeinsam, auftrag
    aufbau, zurueck = withdraw(gemeinsam.aufbau, eigene - find_gerundete(fruehere, auftrag.bestand), stop)
    return attrs.evolve(gemeinsam, aufbau=aufbau), attrs.evolve(auftrag, ohne_rundung=zurueck)


def _search(
    gemeinsam: Gemeinsam, mitwisser: bool, fortschritt: Fortschritt | None, stop: threading.Event | None
) -> tuple[Gemeinsam, Gesamtmuster]:
    """Find the pattern; what earlier releases disclose only all together is looked for when there is none."""
    finde = functools.partial(find_muster, mitwisser=mitwisser, fortschritt=fortschritt, stop=stop)
    try:
        return gemeinsam, finde(gemeinsam.aufbau)
    except GeheimhaltungsFehler as fehler:
        verflochten, grund = settle_verflochtene(gemeinsam), fehler
    if verflochten.bekannt != gemeinsam.bekannt:
        try:
            return verflochten, finde(verflochten.aufbau)
        except GeheimhaltungsFehler as fehler:
            grund = fehler
    raise name_fruehere(grund, gemeinsam.woher.values())


def _fix(auftrag: Auftrag, fruehere: Sequence[Frueher], von_aussen: Mapping[Ort, str]) -> Auftrag:
    """Take what is known already out of the secrets: hiding it would protect nobody and mark it."""
    da = {ort: wer for ort, wer in von_aussen.items() if auftrag.bestand.get_zahl(ort) is not None}
    fest = da | find_gezeigte(fruehere, auftrag.bestand)
    gruende = dict.fromkeys(find_umgerechnete(fruehere, auftrag.bestand), Grund.ABGELEITET) | dict(auftrag.gruende)
    gruende = {ort: grund for ort, grund in gruende.items() if ort not in fest}
    return attrs.evolve(auftrag, gruende=gruende, fest=fest, offen=auftrag.offen | frozenset(da))


def _assemble(
    auftrag: Auftrag,
    gemeinsam: Gemeinsam,
    muster: Gesamtmuster,
    rahmen: tuple[pl.DataFrame, pl.DataFrame],
    sichtbar: frozenset[Ort],
    indikatoren: list[Indikator],
    beweistext: str,
) -> Inhalt:
    """Put everything together that the pattern leaves."""
    gruende = _explain(auftrag, muster)
    zaehler, nenner = _link(auftrag)
    fremd = _find_fremde(rahmen[0], auftrag)
    zu = gruende.keys() | auftrag.unten
    nenner_zu = {zeile for zeile, orte in nenner.items() if any(ort in zu for ort in orte)} | fremd
    zeilen_zu = {zeile for zeile, orte in zaehler.items() if any(ort in zu for ort in orte)} | nenner_zu
    schon_bekannt = {eintrag.ort for eintrag in gemeinsam.bekannt}
    geschuetzt = {ort: grund for ort, grund in gruende.items() if ort not in schon_bekannt}
    protokoll = _write_protokoll(auftrag, muster, geschuetzt, sichtbar)
    return Inhalt(
        clean_kennzahlen(rahmen[0], zeilen_zu, nenner_zu, indikatoren, STADT),
        clean_messwerte(round_messwerte(rahmen[1], auftrag.regel), auftrag.bestand, gruende, sichtbar),
        protokoll,
        _prove(auftrag, muster, protokoll, beweistext, gemeinsam.bekannt),
        gruende,
        {zeile: tuple(sorted({*zaehler[zeile], *nenner[zeile]})) for zeile in zaehler},
        _name(auftrag, indikatoren),
        (*_report(muster, auftrag, fremd), *describe_bekannt(gemeinsam.bekannt, auftrag.bestand)),
        auftrag,
        frozenset(auftrag.bestand.werte) & gemeinsam.schluessel,
        gemeinsam.bekannt,
        {ort: muster.intervalle[ort] for ort in geschuetzt if ort in muster.intervalle},
    )


def _name(auftrag: Auftrag, indikatoren: list[Indikator]) -> dict[str, str]:
    namen = {f"#{i.kennung}:{seite}": i.name for i in indikatoren for seite in "zn"}
    for ort in auftrag.bestand.werte:
        merkmal = auftrag.bestand.find_merkmal(ort.merkmal)
        if merkmal is not None:
            namen[ort.merkmal] = merkmal.name
    return namen


def _collect(frame: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    return frame.collect() if isinstance(frame, pl.LazyFrame) else frame


def _complete(indikatoren: Iterable[Indikator], bezuege: Iterable[Bezug]) -> list[Bezug]:
    """Give each Indikator a Bezug: without coefficients every name in the formula is taken as used."""
    da = {bezug.indikator: bezug for bezug in bezuege}
    for indikator in indikatoren:
        bezug = da.get(indikator.kennung)
        fehlt = bezug is None or not bezug.zaehler or bool(indikator.nenner) != bool(bezug.nenner)
        if fehlt:
            da[indikator.kennung] = Bezug(
                indikator.kennung,
                _name_alle(indikator.zaehler),
                _name_alle(indikator.nenner),
                faktor=indikator.faktor,
                jahre=indikator.jahre,
                linear=False,
            )
    return list(da.values())


def _name_alle(formel: str) -> dict[str, float]:
    return dict.fromkeys(re.findall(r"[^\W\d]\w*", formel), 1.0)


def _select(
    rahmen: pl.DataFrame, indikatoren: Iterable[Indikator], ebenen: Collection[str] | None
) -> tuple[pl.DataFrame, list[str]]:
    gewaehlt = sorted(rahmen["ebene"].drop_nulls().unique() if ebenen is None else ebenen)
    kennungen = sorted({indikator.kennung for indikator in indikatoren})
    return rahmen.filter(pl.col("indikator").is_in(kennungen) & pl.col("ebene").is_in(gewaehlt)), gewaehlt


def _plan(
    rahmen: pl.DataFrame,
    bestand: Bestand,
    indikatoren: Collection[Indikator],
    ebenen: Collection[str],
    daten_merkmale: Collection[str] | None,
    bekannt: Collection[str],
    regel: Regel,
) -> tuple[Auftrag, frozenset[Ort]]:
    """Decide what is shown: the Auftrag for the system, and the base cells of the Daten sheet."""
    zeilen = tuple(sorted(rahmen.select("indikator", "jahr", "gebiet").unique().iter_rows()))
    genutzt = [bestand.bezuege[i.kennung] for i in indikatoren]
    if daten_merkmale is None:
        daten = {name for b in genutzt for seite in (b.zaehler, b.nenner) for name in merkmale_of(seite, b.jahre)}
    else:
        daten = {ort.merkmal for ort in bestand.werte if ort.merkmal.partition("@")[0] in daten_merkmale}
    gezeigt = {*ebenen, NICHT_ZUZUORDNEN} if STADT in ebenen else set(ebenen)
    gewollt = {*daten, *bekannt}
    da = {o for o, eintrag in bestand.werte.items() if eintrag.zeichen != NIE_GELIEFERT}
    sichtbar = {o for o in da if o.merkmal in gewollt and bestand.ebene_of(o.gebiet) in gezeigt}
    offen = set(sichtbar)
    for zeile in zeilen:
        for orte in bestand.list_seiten(zeile):
            if len(orte) == 1:
                offen.add(orte[0][0])
    anteile = frozenset(i.kennung for i in indikatoren if i.intervall is Intervallart.WILSON and i.nenner)
    offen &= da
    nur_daten = frozenset(o for o in sichtbar if o.merkmal in daten)
    gruende = find_gruende(bestand, regel)
    return Auftrag(bestand, gruende, frozenset(offen), zeilen, anteile, regel, frozenset(bekannt)), nur_daten


def _explain(auftrag: Auftrag, muster: Gesamtmuster) -> dict[Ort, Grund]:
    """Reason for every suppressed cell that is shown anywhere, base figures and sums alike."""
    gruende: dict[Ort, Grund] = {}
    summen = {seite.ort: seite.glieder for seite in auftrag.ausdruecke.values()}
    for schluessel in muster.gesperrt:
        assert isinstance(schluessel, Ort)
        if auftrag.is_gerundet(schluessel) or _is_missing(auftrag, summen.get(schluessel, ((schluessel, 1.0),))):
            continue
        if schluessel in muster.sekundaer or schluessel in auftrag.ohne_rundung:
            gruende[schluessel] = Grund.SEKUNDAER
        else:
            gruende[schluessel] = auftrag.gruende.get(schluessel, Grund.ABGELEITET)
    # Figures that are not added up (averages, steps) stand in no relation; their stars stay.
    gruende |= dict.fromkeys(auftrag.ohne_rundung, Grund.SEKUNDAER)
    for ort in auftrag.offen:
        if ort in auftrag.gruende and not auftrag.is_gerundet(ort):
            gruende.setdefault(ort, auftrag.gruende[ort])
        elif ort in auftrag.unten and auftrag.bestand.get_zahl(ort) is not None:
            gruende[ort] = Grund.EBENE
    return dict(sorted(gruende.items()))


def _is_missing(auftrag: Auftrag, glieder: tuple[tuple[Ort, float], ...]) -> bool:
    """Whether there is no figure to hide: not delivered, and not because of a secret. It keeps its own sign."""
    return auftrag.bestand.sum_up(glieder) is None and not any(ort in auftrag.gruende for ort, _ in glieder)


def _link(auftrag: Auftrag) -> tuple[dict[Zeile, tuple[Ort, ...]], dict[Zeile, tuple[Ort, ...]]]:
    """Name the cells that numerator and denominator of each Kennzahl show, its own sums included."""
    ausdruecke = auftrag.ausdruecke
    seiten: tuple[dict[Zeile, tuple[Ort, ...]], dict[Zeile, tuple[Ort, ...]]] = ({}, {})
    for zeile in auftrag.zeilen:
        linear = auftrag.bestand.bezuege[zeile[0]].linear
        for ziel, art, seite in zip(seiten, "zn", auftrag.bestand.list_seiten(zeile), strict=True):
            orte = tuple([ort for ort, _ in seite])
            if ausdruecke and (ausdruck := ausdruecke.get((*zeile, art))) is not None:
                orte += (ausdruck.ort,)
            if not linear:
                # What such a formula gives away is not followed up: any secret figure in it closes the row.
                orte = tuple(ort for ort in orte if ort in auftrag.gruende or ort in auftrag.offen)
            ziel[zeile] = orte
    return seiten


def _find_fremde(rahmen: pl.DataFrame, auftrag: Auftrag) -> set[Zeile]:
    """Rows whose numerator or denominator is not what the base figures give: nobody has checked those."""
    fremd = set()
    gezeigt = round_bestand(auftrag.bestand, auftrag.regel)
    linear = {name for name, bezug in auftrag.bestand.bezuege.items() if bezug.linear}
    auswahl = rahmen.select("indikator", "jahr", "gebiet", "zaehler", "nenner")
    for indikator, jahr, gebiet, zaehler, nenner in auswahl.iter_rows():
        if indikator not in linear:
            continue
        seiten = auftrag.bestand.list_seiten((indikator, jahr, gebiet))
        for seite, zahl in ((seiten[0], zaehler), (seiten[1], nenner)):
            if zahl is None or (eigen := gezeigt.sum_up(seite)) == zahl:
                continue
            if eigen is None or not math.isclose(eigen, zahl, rel_tol=1e-9, abs_tol=1e-6):
                fremd.add((indikator, jahr, gebiet))
    return fremd


def _write_protokoll(
    auftrag: Auftrag, muster: Gesamtmuster, gruende: dict[Ort, Grund], sichtbar: frozenset[Ort]
) -> tuple[Sperrung, ...]:
    """List what is suppressed; only what everybody can compute, and not which cells are the small ones."""
    zeilen = []
    for ort, grund in gruende.items():
        if ort not in auftrag.offen and ort not in sichtbar and not ort.merkmal.startswith("#"):
            continue
        if grund is Grund.EBENE:
            # The rule says so already, and the interval of an area that is all of a larger one is its figure.
            continue
        von, bis = muster.intervalle.get(ort, (0.0, math.inf))
        oeffentlich = Grund.QUELLE if grund is Grund.QUELLE else Grund.GEHEIM
        name = re.split("[:@]", ort.merkmal.removeprefix("#"))[0]
        zeilen.append(Sperrung(ort.gebiet, name, ort.jahr, oeffentlich, von, bis if math.isfinite(bis) else None))
    return tuple(sorted(zeilen, key=lambda s: (s.jahr, s.merkmal, s.gebiet)))


def _prove(
    auftrag: Auftrag, muster: Gesamtmuster, protokoll: tuple[Sperrung, ...], regel: str, bekannt: Collection[Bekannt]
) -> Beweis:
    geheime = []
    for ort, grund in auftrag.gruende.items():
        # Of a part with a small remainder the remainder is the secret.
        rest = ort._replace(merkmal=f"~{ort.merkmal}") if grund in (Grund.KOMPLEMENT, Grund.ALLE) else ort
        if grund not in (Grund.EBENE, Grund.GERUNDET) and ort in auftrag.offen and rest in muster.intervalle:
            geheime.append(muster.intervalle[rest])
    von, bis = min(geheime, key=lambda paar: (paar[1] - paar[0], paar), default=(None, None))
    return Beweis(
        len(protokoll),
        sum(s.grund is Grund.QUELLE for s in protokoll),
        von,
        bis if bis is not None and math.isfinite(bis) else None,
        muster.optimal,
        regel,
        (*_admit(len(muster.erklaerung)), *describe_hingenommen(bekannt)),
        tuple(auftrag.regel.runden),
    )


def _admit(anzahl: int) -> tuple[str, ...]:
    """Say honestly, and without naming them, how many figures are protected less than the rule asks for."""
    if not anzahl:
        return ()
    wie_viele = "Bei einer Zahl" if anzahl == 1 else f"Bei {anzahl} Zahlen"
    return (f"{wie_viele} ist der volle Abstand nicht erreichbar; geschützt ist, so weit es geht.",)


def _report(muster: Gesamtmuster, auftrag: Auftrag, fremd: Collection[Zeile]) -> tuple[str, ...]:
    bestand = auftrag.bestand
    texte = [
        f"{indikator}, {gebiet}, {jahr}: Zähler oder Nenner passen nicht zu den Grundzahlen; die Kennzahl bleibt gesperrt."
        for indikator, jahr, gebiet in sorted(fremd)
    ]
    for ort in muster.offengelegt:
        assert isinstance(ort, Ort)
        merkmal, gebiet = bestand.find_merkmal(ort.merkmal), bestand.gebiete.get(ort.gebiet)
        texte.append(
            f"{merkmal.name if merkmal else ort.merkmal}, {gebiet.name if gebiet else ort.gebiet}, {ort.jahr}: "
            "Die Quelle hält diese Zahl geheim, sie folgt aber aus anderen gelieferten Zahlen. "
            "Sie bleibt hier gesperrt; bitte die liefernde Stelle darauf hinweisen."
        )
    # An Ortsteil that is one Sozialraum bears the same name: one sentence is enough.
    return (*dict.fromkeys(texte), *list_ungeprueft(bestand, auftrag.regel), *muster.erklaerung)
