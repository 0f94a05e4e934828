"""Collect everything that stands in the monitoring workbook; figures come from the protected table alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sozialtool.ablauf.anmerkungen import list_anmerkungen
from sozialtool.ablauf.drucksachen import find_anlage, find_nummer, say_anlage
from sozialtool.ablauf.gebietsstaende import find_geltenden
from sozialtool.ablauf.indexbild import Indexbild
from sozialtool.ablauf.indexblaetter import build_indexblaetter
from sozialtool.ablauf.indexhinweise import describe_mss_grund
from sozialtool.ablauf.indexwerte import build_index_frame, list_gebiete
from sozialtool.ablauf.karte import find_flaechen
from sozialtool.ablauf.kennzahlen import Ergebnis, Grundlage
from sozialtool.ablauf.mssdynamik import add_dynamik, compute_dynamik
from sozialtool.ablauf.profilblatt import build_monitoringblaetter
from sozialtool.ablauf.vereinbarungen import say_summen
from sozialtool.ausgabe.bericht import Indexblatt, Monitoringbericht
from sozialtool.fach.indikator import Handlungsfeld, Indikator, Richtung
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.prozess import Baustein, Inhalt, Umsetzungsstand
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.raum import Gebietsstand
from sozialtool.fach.referenz import Referenzwert
from sozialtool.fach.sozialindex import MSS_AB
from sozialtool.fach.veroeffentlichung import name_barrierefrei, name_monitoring
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    import polars as pl

INDEX_AUS = ("A01", "A07", "A10")
"""Indicators of the first index, unless the project names others: Arbeitslosenanteil, Kinderarmut and Grundsicherung im
Alter stand for the three status indicators of the Berlin Monitoring (fach/regeln.md section 3)."""

GEHEIM = Zeichen.GEHEIM.symbol


def build_bericht(
    projekt: Projekt, ergebnis: Ergebnis, jahr: int, drucksache: str, stand: dt.date,
    indizes: tuple[Sequence[Indexbild], Sequence[str]] = ((), ()), ohne: frozenset[str] = frozenset(), *,
    nur_zahlen: bool = False, alles_drucken: bool = False,
) -> Monitoringbericht:  # fmt: skip
    """Put the report of a year together, `ohne` some sheets.

    `indizes` are the agreed indices and what is to be said about missing ones. Without `drucksache` it is that of the paper which names the workbook.
    `nur_zahlen`: without sheets of index and planning.
    """
    grundlage, mappe = ergebnis.grundlage, name_monitoring(jahr)
    fassungen = (mappe, name_barrierefrei(mappe))  # some papers have the accessible edition alone as their Anlage
    datei = next((name for name in fassungen if find_anlage(projekt, [name], drucksache)), mappe)
    anmerkungen, intern = list_anmerkungen(projekt, jahr)
    eigene, ohne_index = indizes
    anzahl = len(list_gebiete(ergebnis))
    zu_wenig = () if anzahl >= MSS_AB else (describe_mss_grund(anzahl),)
    neuester = find_geltenden(projekt.read(Gebietsstand)) or "noch nicht vereinbart"
    return Monitoringbericht(
        tabelle=ergebnis.tabelle,
        kommune=grundlage.kommune,
        jahr=jahr,
        gebiete=grundlage.gebiete,
        ebenen=grundlage.ebenen,
        indikatoren=grundlage.indikatoren,
        handlungsfelder=tuple(projekt.read(Handlungsfeld)),
        stand=stand,
        merkmale=grundlage.merkmale,
        brueche=grundlage.brueche,
        quellen=tuple(projekt.read(Quelle)),
        referenzen=tuple(projekt.read(Referenzwert)),
        anmerkungen=anmerkungen,
        anmerkungen_intern=intern,
        gebietsstand=neuester,
        drucksache=find_nummer(projekt, datei, drucksache),
        anlage=say_anlage(projekt, [datei], drucksache, 1),
        index=None if nur_zahlen or (eigene and zu_wenig) else build_index(ergebnis, jahr),
        hinweise=(*ohne_index, *say_summen(projekt, grundlage.indikatoren, jahr)),
        indexblaetter=tuple(blatt for bild in eigene for blatt in build_indexblaetter(bild, zu_wenig)),
        bausteine=tuple(projekt.read(Baustein)),
        inhalte=tuple(projekt.read(Inhalt)),
        umsetzungsstaende=tuple(projekt.read(Umsetzungsstand)),
        umrisse=find_flaechen(projekt),
        ohne=ohne,
        alles_drucken=alles_drucken,
        planungsblaetter=() if nur_zahlen else build_monitoringblaetter(projekt, ergebnis, jahr),
    )


def build_index(ergebnis: Ergebnis, jahr: int) -> Indexblatt | None:
    """Compute the status index after the Berlin model from released rates only, or None where they do not suffice.

    Because nothing but released figures enters, the index cannot disclose a suppressed one; an area with a suppressed
    rate has no index value and is not in the base set.
    """
    grundlage = ergebnis.grundlage
    teile = [
        i
        for kennung in INDEX_AUS
        for i in grundlage.indikatoren
        if i.kennung == kennung and i.richtung is not Richtung.NEUTRAL
    ]
    if len(teile) < 2:
        return None
    breit = build_index_frame(ergebnis, [teil.kennung for teil in teile], jahr)
    basis = breit.drop_nulls()
    if basis.height < 4:
        return None
    kennzahlen = ergebnis.tabelle.kennzahlen
    geheim = kennzahlen.filter((kennzahlen["jahr"] == jahr) & (kennzahlen["zeichen"] == Zeichen.GEHEIM.name))
    geheime = set(geheim.select("indikator", "gebiet").iter_rows())
    blatt = _make_blatt(grundlage, teile, jahr, (breit, basis), geheime)
    return add_dynamik(blatt, compute_dynamik(ergebnis, teile, jahr, breit), list_gebiete(ergebnis))


def _make_blatt(
    grundlage: Grundlage, teile: list[Indikator], jahr: int, rahmen: tuple[pl.DataFrame, pl.DataFrame],
    geheime: set[tuple[str, str]],
) -> Indexblatt:  # fmt: skip
    """Lay out rates, z values, sum, index and class; `rahmen` are all areas and the base set."""
    from sozialtool.rechnen.index import compute_mss_status, warn_anzahl

    breit, basis = rahmen
    stufen = compute_mss_status(basis, {teil.kennung: teil.richtung for teil in teile})
    je_gebiet = {zeile["gebiet"]: zeile for zeile in stufen.iter_rows(named=True)}
    quoten = {zeile["gebiet"]: zeile for zeile in breit.iter_rows(named=True)}
    zeilen: list[tuple[str | float | None, ...]] = []
    for gebiet in grundlage.ordered_gebiete():
        if gebiet.ebene != grundlage.planungsebene or gebiet.ist_rest:
            continue
        roh = quoten.get(gebiet.schluessel, {})
        eigene = [
            _geheim_or_none(geheime, t.kennung, gebiet.schluessel) if roh.get(t.kennung) is None else roh[t.kennung]
            for t in teile
        ]
        zeile = je_gebiet.get(gebiet.schluessel)
        if zeile is None:
            grund = GEHEIM if GEHEIM in eigene else None
            zeilen.append((gebiet.name, *eigene, *(grund for _ in teile), grund, grund, "ohne Index"))
            continue
        zeilen.append(
            (
                gebiet.name,
                *eigene,
                *(zeile[f"z_{t.kennung}"] for t in teile),
                zeile["summe"],
                zeile["index"],
                zeile["klasse"],
            )
        )
    namen = [t.kurzname or t.name for t in teile]
    spalten = (
        "Sozialraum", *(f"{name} ({t.einheit})" for name, t in zip(namen, teile, strict=True)),
        *(f"z-Wert {name}" for name in namen), "Summe", "Index", "Status",
    )  # fmt: skip
    ausgelassen = breit.height - basis.height
    text = f"{basis.height} Sozialräume"
    if ausgelassen:
        text += f"; {ausgelassen} ohne Index, weil ein Wert geheim ist oder fehlt"
    return Indexblatt(
        f"Statusindex {jahr}", spalten, tuple(zeilen), f"{text}.", _hinweis(teile),
        stellen=(0, *(t.nachkommastellen for t in teile), *(2 for _ in teile), 2, 2, 0),
        warnung=warn_anzahl(basis.height),
    )  # fmt: skip


def _geheim_or_none(geheime: set[tuple[str, str]], kennung: str, gebiet: str) -> str | None:
    return GEHEIM if (kennung, gebiet) in geheime else None


def _hinweis(teile: list[Indikator]) -> str:
    """Explain the columns; classes and model: fach/regeln.md section 3 (MSS Berlin)."""
    namen = ", ".join(f"{t.kennung} {t.name}" for t in teile)
    return (
        f"Berechnet nach dem Monitoring Soziale Stadtentwicklung Berlin aus {namen}, gleich gewichtet. Der z-Wert sagt, "
        "wie weit ein Gebiet vom einfachen Mittel der Gebiete entfernt ist, gemessen an der üblichen Abweichung "
        "(Standardabweichung): 0 ist das Mittel, über 0 heißt stärker belastet. Der Index ist die Summe der z-Werte, "
        "noch einmal so umgerechnet. Status: hoch (Index unter −1, wenig belastet), mittel (−1 bis 1), niedrig (über 1), "
        "sehr niedrig (über 1,5, stark belastet)."
    )
