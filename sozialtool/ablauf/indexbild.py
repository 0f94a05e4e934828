"""An index of one's own on the released figures of a year: every stage, its robustness, and what must be known for reading it.

Because nothing but released figures enters, no stage can disclose a suppressed one
(docs/entscheidungen/ablauf-index-nur-aus-freigegebenem.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.damals import collect_damals, compute_damals
from sozialtool.ablauf.fassungen import definition_of_day, find_definition, read_fassung, write_fassung
from sozialtool.ablauf.indexfassung import (
    Beilage,
    apply_richtungen,
    describe_seither,
    read_beilage,
    write_indikatoren,
)
from sozialtool.ablauf.indexwerte import build_index_frame, find_bruch, find_geheime, list_gebiete, read_merkmal
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach import raum
from sozialtool.fach.indikator import Handlungsfeld, Indikator, Richtung, Zustand
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.sozialindex import Gliederung, Indexfassung, Normierung, Sozialindex
from sozialtool.fehler import BedienFehler, DatenFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ablauf.kennzahlen import Ergebnis
    from sozialtool.rechnen.robustheit import Robustheit
    from sozialtool.rechnen.sozialindex import Indexplan, Indexstufen, Lage, Zusammenhang

EINWOHNER = "ew"
"""Merkmal that the smallest number of inhabitants of the base set is compared with."""


@attrs.frozen
class Indexbild:
    """An index of a year, ready to be shown; columns have one place per area of `gebiete`.

    Attributes:
        index: the definition that was computed, `fassung` says which one it is.
        gebiete: the areas of the planning level in their order, without the rest.
        indikatoren: in the order of the definition; `teil_von` names the Teilindex of each (empty without).
        lage, plan, stufen: the figures, the weights, every stage.
        ohne: why an area has no index, by key.
        geheim: (Kennung, key of the area) of released tables where the figure is secret.
        hinweise: sentences that stand with every table of this index.
    """

    index: Sozialindex
    jahr: int
    fassung: str
    gebiete: tuple[Gebiet, ...]
    indikatoren: tuple[Indikator, ...]
    teil_von: dict[str, str]
    lage: Lage
    plan: Indexplan
    stufen: Indexstufen
    zusammenhaenge: tuple[Zusammenhang, ...]
    robustheit: Robustheit
    ohne: dict[str, str]
    geheim: frozenset[tuple[str, str]]
    hinweise: tuple[str, ...]

    @property
    def basis(self) -> tuple[str, ...]:
        """Keys of the areas of the base set."""
        return tuple(g.schluessel for g, drin in zip(self.gebiete, self.stufen.basis, strict=True) if drin)

    @property
    def titel(self) -> str:
        """Name with its year."""
        return f"{self.index.name} {self.jahr}"


@attrs.frozen
class Fassungswahl:
    """Which definition is computed: today's, that of a day, or that of the release of a year (with its base set)."""

    tag: dt.date | None = None
    ausgabejahr: int = 0


def compute_indexbild(
    projekt: Projekt,
    kennung: str,
    jahr: int = 0,
    wahl: Fassungswahl | None = None,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
) -> Indexbild:
    """Compute an index on the figures of a year (0: the Berichtsjahr) with today's or an earlier definition.

    Raises:
        BedienFehler: no such index, no such version, a year without figures. DatenFehler: it cannot be computed; says why.
        FeldFehler: a weight cannot be read. Abgebrochen: stopped.
    """
    from sozialtool.ablauf.kennzahlen import check_jahr

    index, fassung, fest = choose_fassung(projekt, find_definition(projekt, Sozialindex, kennung), wahl)
    ergebnis, anders = compute_damals(projekt, index, fest, fortschritt, stop)
    gewaehlt = jahr or projekt.kommune.berichtsjahr
    check_jahr(gewaehlt, set(ergebnis.tabelle.kennzahlen["jahr"]))
    bild = build_indexbild(ergebnis, index, gewaehlt, read_felder(projekt), fassung, fest)
    return attrs.evolve(bild, hinweise=(*bild.hinweise, *anders))


def read_felder(projekt: Projekt) -> dict[str, str]:
    """Key → name of the Handlungsfelder."""
    return {feld.schluessel: feld.name for feld in projekt.read(Handlungsfeld)}


def choose_fassung(projekt: Projekt, heute: Sozialindex, wahl: Fassungswahl | None) -> tuple[Sozialindex, str, Beilage]:
    """Return definition, what it is called, and what was frozen with it beside.

    Raises:
        BedienFehler: nothing was agreed by that day, or nothing was released for that year.
    """
    if wahl is not None and wahl.ausgabejahr:
        eingefroren = projekt.get(Indexfassung, heute.kennung, wahl.ausgabejahr)
        if eingefroren is None:
            jahre = sorted(f.jahr for f in projekt.read(Indexfassung) if f.index == heute.kennung)
            raise BedienFehler(
                f"Mit dem Index {heute.kennung} ist für {wahl.ausgabejahr} nichts ausgegeben worden.",
                f"Ausgegeben wurde für {', '.join(map(str, jahre))}."
                if jahre
                else "Es gibt noch keine Ausgabe mit ihm.",
            )
        text = f"wie für {wahl.ausgabejahr} ausgegeben am {eingefroren.am:%d.%m.%Y}"
        return read_fassung(heute, eingefroren.inhalt), text, read_beilage(eingefroren)
    if wahl is not None and wahl.tag is not None:
        damals = definition_of_day(projekt, heute, wahl.tag)
        if damals is None:
            raise BedienFehler(
                f"Der Index {heute.kennung} war am {wahl.tag:%d.%m.%Y} noch nicht vereinbart.",
                "Bitte einen späteren Tag angeben.",
            )
        return damals, f"wie am {wahl.tag:%d.%m.%Y} vereinbart", collect_damals(projekt, damals, wahl.tag)
    am = f" am {heute.vereinbart_am:%d.%m.%Y}" if heute.vereinbart_am else ""
    wer = f" ({heute.gremium})" if heute.gremium else ""
    return heute, f"{heute.zustand.value}{am}{wer}", Beilage()


def build_indexbild(
    ergebnis: Ergebnis,
    index: Sozialindex,
    jahr: int,
    felder: Mapping[str, str],
    fassung: str = "",
    fest: Beilage | None = None,
) -> Indexbild:
    """Compute all stages and the robustness runs; errors as in `compute_indexbild`.

    `fest` is what a release kept: the areas that may belong to the base set, direction and Teilindex of the indicators.
    """
    from sozialtool.ablauf.indexhinweise import describe_hinweise
    from sozialtool.rechnen.robustheit import Streuplan, compute_robustheit
    from sozialtool.rechnen.sozialindex import Verfahren, compute_sozialindex, compute_zusammenhaenge

    fest = fest or Beilage()
    indikatoren = find_indikatoren(ergebnis, index, fest)
    gebiete = list_gebiete(ergebnis)
    ohne = _find_ausgenommene(ergebnis, index, jahr, gebiete, fest.basis)
    lage = _build_lage(ergebnis, index, jahr, indikatoren, gebiete, ohne)
    teil_von = {k: d.teil for k, d in fest.indikatoren.items() if d.teil} if fest.indikatoren and fest.basis else (
        _find_teile(index, indikatoren, felder)
    )  # fmt: skip
    plan = _build_plan(index, indikatoren, teil_von)
    verfahren = Verfahren(index.fehlwerte, index.ausreisser, index.normierung, index.aggregation, index.klassen)
    stufen = compute_sozialindex(lage, plan, verfahren)
    robustheit = compute_robustheit(
        lage, plan, verfahren, stufen, Streuplan(index.laeufe, index.streuung / 100, index.startzahl)
    )
    geheim = find_geheime(ergebnis, [i.kennung for i in indikatoren], jahr)
    for gebiet, drin in zip(gebiete, stufen.basis, strict=True):
        if not drin and gebiet.schluessel not in ohne:
            ist_geheim = any((i.kennung, gebiet.schluessel) in geheim for i in indikatoren)
            ohne[gebiet.schluessel] = "Wert geheim" if ist_geheim else "Wert fehlt"
    bild = Indexbild(
        index, jahr, fassung, gebiete, indikatoren, teil_von, lage, plan, stufen, compute_zusammenhaenge(stufen),
        robustheit, ohne, geheim, (),
    )  # fmt: skip
    seither = describe_seither(indikatoren, {g.schluessel for g in gebiete}, fest)
    return attrs.evolve(bild, hinweise=(*describe_hinweise(bild), *seither))


def find_indikatoren(ergebnis: Ergebnis, index: Sozialindex, fest: Beilage | None = None) -> tuple[Indikator, ...]:
    """Return the indicators of the definition in its order, with the direction that a release kept.

    Raises:
        DatenFehler: INDEX-INDIKATOR not computed, INDEX-STUFE ordinal, INDEX-NEUTRAL without direction.
    """
    je_kennung = {i.kennung.casefold(): apply_richtungen(i, fest or Beilage()) for i in ergebnis.grundlage.indikatoren}
    gefunden = []
    for teil in index.teile:
        indikator = je_kennung.get(teil.kennung.casefold())
        if indikator is None:
            raise DatenFehler(
                f"Den Indikator {teil.kennung} gibt es unter den gerechneten nicht.",
                "In den Index kommen nur vereinbarte Indikatoren, für die Zahlen da sind (F4).",
                "INDEX-INDIKATOR",
            )
        if indikator.stufe:
            raise DatenFehler(
                f"{indikator.kennung} ist eine Rangstufe; Stufen werden gezeigt und verglichen, nie gemittelt.",
                "Bitte einen Indikator mit Quote oder Rate wählen.",
                "INDEX-STUFE",
            )
        if indikator.richtung is Richtung.NEUTRAL:
            raise DatenFehler(
                f"{indikator.kennung} {indikator.name} ist neutral und kann nicht in den Index.",
                "Bitte erst vereinbaren, ob ein hoher Wert belastend oder entlastend ist (F4).",
                "INDEX-NEUTRAL",
            )
        gefunden.append(indikator)
    return tuple(gefunden)


def _find_ausgenommene(
    ergebnis: Ergebnis, index: Sozialindex, jahr: int, gebiete: tuple[Gebiet, ...], basis: tuple[str, ...]
) -> dict[str, str]:
    """Say which areas the definition leaves out, and why.

    Raises:
        DatenFehler: INDEX-GEBIET, an area is named that does not exist.
    """
    bekannt = {name.casefold(): g.schluessel for g in gebiete for name in (g.schluessel, g.name)}
    ohne = {}
    for name in index.ausgenommen:
        if name.casefold() not in bekannt:
            raise DatenFehler(
                f"Der Index nimmt „{name}“ aus; ein solches Gebiet gibt es nicht.",
                "Bitte Schlüssel oder Namen der ausgenommenen Gebiete prüfen.",
                "INDEX-GEBIET",
            )
        ohne[bekannt[name.casefold()]] = "ausgenommen"
    einwohner = read_merkmal(ergebnis, EINWOHNER, jahr) if index.mindesteinwohner else {}
    for gebiet in gebiete:
        zahl = einwohner.get(gebiet.schluessel)
        if index.mindesteinwohner and zahl is None:
            ohne.setdefault(gebiet.schluessel, "Einwohnerzahl nicht veröffentlicht")
        elif index.mindesteinwohner and zahl is not None and zahl < index.mindesteinwohner:
            ohne.setdefault(gebiet.schluessel, f"unter {index.mindesteinwohner} Einwohnern")
        if basis and gebiet.schluessel not in basis:
            ohne.setdefault(gebiet.schluessel, "nicht in der festgehaltenen Grundmenge")
    return ohne


def _build_lage(
    ergebnis: Ergebnis,
    index: Sozialindex,
    jahr: int,
    indikatoren: tuple[Indikator, ...],
    gebiete: tuple[Gebiet, ...],
    ohne: Mapping[str, str],
) -> Lage:
    """Collect the unrounded released rates, which areas are admitted, their Ortsteile and the town's values."""
    from sozialtool.rechnen.sozialindex import Lage

    kennungen = [i.kennung for i in indikatoren]
    rahmen = build_index_frame(ergebnis, kennungen, jahr)
    zeilen = {zeile["gebiet"]: zeile for zeile in rahmen.iter_rows(named=True)}
    werte = {k: tuple(zeilen.get(g.schluessel, {}).get(k) for g in gebiete) for k in kennungen}
    bezug = _find_bezug(ergebnis, index, jahr, indikatoren)
    return Lage(werte, tuple(g.schluessel not in ohne for g in gebiete), tuple(g.teil_von for g in gebiete), bezug)


def _find_bezug(
    ergebnis: Ergebnis, index: Sozialindex, jahr: int, indikatoren: tuple[Indikator, ...]
) -> dict[str, float | None]:
    """Return the town's values of the year that the distance refers to; None across a break in definition.

    Raises:
        DatenFehler: INDEX-BRUCH, the index itself is such a distance.
    """
    kennungen = [i.kennung for i in indikatoren]
    von, bis = sorted((index.bezugsjahr or jahr, jahr))
    brueche = {i.kennung: grund for i in indikatoren if (grund := find_bruch(ergebnis.grundlage, i, von, bis))}
    if brueche and index.normierung is Normierung.ABSTAND:
        kennung, grund = next(iter(brueche.items()))
        raise DatenFehler(
            f"{kennung} ist {von} und {bis} nicht dasselbe ({grund}); ein Abstand dazwischen sagt nichts.",
            "Bitte ein Bezugsjahr ohne Bruch dazwischen oder eine andere Normierung wählen.",
            "INDEX-BRUCH",
        )
    stadt = build_index_frame(ergebnis, kennungen, index.bezugsjahr or jahr, raum.STADT)
    werte = next(iter(stadt.select(kennungen).iter_rows(named=True)), {})
    return {k: None if k in brueche else wert for k, wert in werte.items()}


def _find_teile(index: Sozialindex, indikatoren: tuple[Indikator, ...], felder: Mapping[str, str]) -> dict[str, str]:
    """Name the Teilindex of each indicator; nothing where there are none or they would be one."""
    if index.gliederung is Gliederung.KEINE:
        return {}
    if index.gliederung is Gliederung.EIGENE:
        teile = {i.kennung: teil.teil for i, teil in zip(indikatoren, index.teile, strict=True) if teil.teil}
    else:
        teile = {i.kennung: felder.get(i.handlungsfeld, i.handlungsfeld) for i in indikatoren}
    return teile if len({teile.get(i.kennung, "") for i in indikatoren}) > 1 else {}


def _build_plan(index: Sozialindex, indikatoren: tuple[Indikator, ...], teil_von: Mapping[str, str]) -> Indexplan:
    """Put directions, Teilindizes and weights together.

    Raises:
        DatenFehler: INDEX-TEIL, a weight is given for a Teilindex that does not exist.
    """
    from sozialtool.rechnen.sozialindex import Indexplan

    fremd = [name for name in index.gewichte_der_teile if name not in teil_von.values()]
    if fremd:
        raise DatenFehler(
            f"Für den Teilindex „{fremd[0]}“ ist ein Gewicht angegeben, es gibt ihn aber nicht.",
            "Vorhanden: " + (", ".join(dict.fromkeys(teil_von.values())) or "keiner") + ".",
            "INDEX-TEIL",
        )
    richtungen = {i.kennung: 1.0 if i.richtung is Richtung.BELASTEND else -1.0 for i in indikatoren}
    gewichte = {i.kennung: teil.gewicht for i, teil in zip(indikatoren, index.teile, strict=True)}
    # A Teilindex may bear the name of an indicator's Kennung or of the index itself; a prefix keeps them apart.
    eltern = {kennung: f"{TEIL}{teil}" for kennung, teil in teil_von.items()}
    teilgewichte = {f"{TEIL}{name}": gewicht for name, gewicht in index.gewichte_der_teile.items()}
    return Indexplan(richtungen, eltern, gewichte | teilgewichte)


TEIL = "Teilindex "
"""Stands before the name of a Teilindex in plan and stages."""


def build_indexbilder(projekt: Projekt, ergebnis: Ergebnis, jahr: int) -> tuple[tuple[Indexbild, ...], tuple[str, ...]]:
    """Compute the agreed indices of a year for a release; with those that cannot be computed on these figures, in words.

    A release of all figures must not fail for them, and must not be silent about them.
    """
    felder = read_felder(projekt)
    bilder, gruende = [], []
    for index in projekt.read(Sozialindex):
        if index.zustand is not Zustand.VEREINBART:
            continue
        try:
            bilder.append(build_indexbild(ergebnis, index, jahr, felder, choose_fassung(projekt, index, None)[1]))
        except DatenFehler as fehler:
            gruende.append(f"Der vereinbarte Index {index.kennung} {index.name} fehlt für {jahr}: {fehler.meldung}")
    return tuple(bilder), tuple(gruende)


def freeze_index(projekt: Projekt, bild: Indexbild, am: dt.date) -> tuple[Indexfassung, ...]:
    """Return definition, base set and indicators with which the index of a year goes out on a day; () where the same is kept already."""
    indikatoren = write_indikatoren(bild.indikatoren, bild.teil_von)
    fassung = Indexfassung(bild.index.kennung, bild.jahr, am, write_fassung(bild.index), bild.basis, indikatoren)
    bisher = projekt.get(Indexfassung, bild.index.kennung, bild.jahr)
    return () if bisher is not None and attrs.evolve(bisher, am=am) == fassung else (fassung,)
