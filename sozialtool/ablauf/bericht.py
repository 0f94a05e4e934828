"""Collect everything that stands in the monitoring workbook; figures come from the protected table alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sozialtool.ablauf.kennzahlen import Ergebnis, Grundlage
from sozialtool.ausgabe.bericht import Indexblatt, Monitoringbericht
from sozialtool.fach import raum
from sozialtool.fach.indikator import Handlungsfeld, Indikator, Richtung
from sozialtool.fach.prozess import Baustein, Inhalt, Umsetzungsstand
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.raum import Gebietsstand
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    import polars as pl

INDEX_AUS = ("A01", "A07", "A10")
"""Indicators of the first index, unless the project names others: Arbeitslosenanteil, Kinderarmut and Grundsicherung im
Alter stand for the three status indicators of the Berlin Monitoring (fach/regeln.md section 3)."""


def build_bericht(
    projekt: Projekt, ergebnis: Ergebnis, jahr: int, drucksache: str, stand: dt.date
) -> Monitoringbericht:
    """Put the report of a year together."""
    grundlage = ergebnis.grundlage
    staende = projekt.read(Gebietsstand)
    neuester = max(staende, key=lambda s: s.gueltig_ab or dt.date.min) if staende else "noch nicht vereinbart"
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
        gebietsstand=neuester,
        drucksache=drucksache,
        index=build_index(ergebnis, jahr),
        bausteine=tuple(projekt.read(Baustein)),
        inhalte=tuple(projekt.read(Inhalt)),
        umsetzungsstaende=tuple(projekt.read(Umsetzungsstand)),
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
    return _make_blatt(grundlage, teile, jahr, breit, basis)


def build_index_frame(ergebnis: Ergebnis, kennungen: Sequence[str], jahr: int) -> pl.DataFrame:
    """Return one row per area of the planning level (without the rest), one column per indicator.

    Released rates are rounded to what is shown, but classes and ranks must come from unrounded values (fach/regeln.md
    section 3): where numerator and denominator are released, the rate is computed again from them.
    """
    import polars as pl

    je_kennung = {indikator.kennung: indikator for indikator in ergebnis.grundlage.indikatoren}
    faktor = {kennung: je_kennung[kennung].faktor for kennung in kennungen}
    genau = pl.col("zaehler") / pl.col("nenner") * pl.col("indikator").replace_strict(faktor, return_dtype=pl.Float64)
    auswahl = ergebnis.tabelle.kennzahlen.filter(
        (pl.col("jahr") == jahr)
        & pl.col("indikator").is_in(list(kennungen))
        & (pl.col("ebene") == ergebnis.grundlage.planungsebene)
        & (pl.col("gebiet") != raum.NICHT_ZUZUORDNEN)
    ).with_columns(wert=pl.when(pl.col("wert").is_not_null()).then(pl.coalesce(genau, pl.col("wert"))))
    breit = auswahl.pivot("indikator", index="gebiet", values="wert")
    fehlend = [pl.lit(None, pl.Float64).alias(name) for name in kennungen if name not in breit.columns]
    return breit.with_columns(fehlend).select("gebiet", *kennungen)


def _make_blatt(
    grundlage: Grundlage, teile: list[Indikator], jahr: int, breit: pl.DataFrame, basis: pl.DataFrame
) -> Indexblatt:
    from sozialtool.rechnen.index import compute_mss_status

    stufen = compute_mss_status(basis, {teil.kennung: teil.richtung for teil in teile})
    je_gebiet = {zeile["gebiet"]: zeile for zeile in stufen.iter_rows(named=True)}
    zeilen: list[tuple[str | float | None, ...]] = []
    for gebiet in grundlage.ordered_gebiete():
        if gebiet.ebene != grundlage.planungsebene or gebiet.ist_rest:
            continue
        zeile = je_gebiet.get(gebiet.schluessel)
        if zeile is None:
            zeilen.append((gebiet.name, *("•" for _ in teile), "•", "•", "nicht in der Basis"))
            continue
        zeilen.append(
            (gebiet.name, *(zeile[f"z_{t.kennung}"] for t in teile), zeile["summe"], zeile["index"], zeile["klasse"])
        )
    spalten = ("Sozialraum", *(f"z {t.kurzname or t.name}" for t in teile), "Summe", "Index", "Status")
    ausgelassen = breit.height - basis.height
    text = f"Basis: {basis.height} Sozialräume"
    if ausgelassen:
        text += f"; {ausgelassen} ohne Index, weil ein Wert geheim ist oder fehlt"
    return Indexblatt(f"Statusindex {jahr}", spalten, tuple(zeilen), text + ".", _hinweis(basis.height, teile))


def _hinweis(anzahl: int, teile: list[Indikator]) -> str:
    from sozialtool.rechnen.index import warn_anzahl

    namen = ", ".join(f"{t.kennung} {t.name}" for t in teile)
    text = (
        f"Berechnet nach dem Monitoring Soziale Stadtentwicklung Berlin aus {namen}: z-Werte mit ungewichtetem Mittel und "
        "Standardabweichung der Grundgesamtheit, gleich gewichtet, noch einmal standardisiert. Das Mittel ist jedes Jahr "
        "null: Eine Verbesserung der ganzen Stadt ist hier nicht zu sehen, sie steht in den Quoten."
    )
    warnung = warn_anzahl(anzahl)
    return f"{text} {warnung}" if warnung else text
