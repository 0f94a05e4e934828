"""Assignments and weights that come in a file: a Variante edited in Excel, a published Umsteigeschlüssel."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.gebietsstaende import kleinste_ebene_of, raumplan
from sozialtool.fach.quelle import Befund
from sozialtool.fach.raum import Ebene, Gebiet, Raumzuordnung, Umsteiger
from sozialtool.fehler import BedienFehler, DatenFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.einlesen.rohblatt import Rohblatt, Zellwert
    from sozialtool.erhebung.listen import Unterschiede

_MEISTE = 8


@attrs.frozen
class Umsteigerdatei:
    """A checked Umsteigeschlüssel: shares without slivers, Σ = 1 per source; what was noticed, heaviest first."""

    umsteiger: tuple[Umsteiger, ...]
    quellen: int
    ziele: int
    befunde: tuple[Befund, ...]


def read_umsteigerdatei(
    pfad: Path,
    quellen: Collection[str] | None = None,
    ziele: Collection[str] | None = None,
    *,
    schwelle: float | None = None,
) -> Umsteigerdatei:
    """Read a published Umsteigeschlüssel (csv, xlsx, ods): two columns of keys and one of weights between 0 and 1, under a head.

    Keys stay text. The first column whose cells are all weights is taken, and the first two of the others: from, to.
    `schwelle` is the share below which a part is a sliver (None: one in a thousand); `quellen` and `ziele` are known areas.

    Raises:
        DateiFehler: the file cannot be read. DatenFehler: UMSTEIGER-AUFBAU, no such columns.
    """
    import polars as pl

    from sozialtool import rechnen
    from sozialtool.einlesen.lesen import read_rohmappe
    from sozialtool.rechnen.rahmen import SPLITTER

    mappe = read_rohmappe(Path(pfad))
    gefunden = next((zeilen for blatt in mappe.blaetter if (zeilen := _find_paare(blatt))), None)
    if gefunden is None:
        raise DatenFehler(
            f"In „{Path(pfad).name}“ steht kein Umsteigeschlüssel.",
            "Gebraucht werden unter einer Kopfzeile: Schlüssel alt, Schlüssel neu, Gewicht zwischen 0 und 1.",
            "UMSTEIGER-AUFBAU",
        )
    frame = pl.DataFrame(gefunden, schema={"von": pl.String, "nach": pl.String, "gewicht": pl.Float64}, orient="row")
    schluessel = rechnen.build_from_gewichte(
        frame, schwelle=SPLITTER if schwelle is None else schwelle, quellen=quellen, ziele=ziele
    )
    anteile = schluessel.anteile
    return Umsteigerdatei(
        tuple(
            Umsteiger(von, nach, gewicht) for von, nach, gewicht in anteile.select("von", "nach", "gewicht").iter_rows()
        ),
        anteile["von"].n_unique(),
        anteile["nach"].n_unique(),
        schluessel.befunde,
    )


def _find_paare(blatt: Rohblatt) -> list[tuple[str, str, float]]:
    """Rows from, to, weight below the head; empty if the sheet has no such columns."""
    zeilen = [zeile for zeile in blatt.zeilen[1:] if any(wert not in (None, "") for wert in zeile)]
    if not zeilen or blatt.breite < 3:
        return []
    gewichte = [s for s in range(blatt.breite) if all(_to_gewicht(zeile[s]) is not None for zeile in zeilen)]
    andere = [s for s in range(blatt.breite) if s not in gewichte[:1] and all(_to_key(zeile[s]) for zeile in zeilen)]
    if not gewichte or len(andere) < 2:
        return []
    return [
        (_to_key(zeile[andere[0]]), _to_key(zeile[andere[1]]), _to_gewicht(zeile[gewichte[0]]) or 0.0)
        for zeile in zeilen
    ]


def _to_gewicht(wert: Zellwert) -> float | None:
    """A weight with comma or point; None for anything else, keys with leading zeros among it."""
    if isinstance(wert, bool) or not isinstance(wert, int | float | str):
        return None
    try:
        zahl = float(str(wert).strip().replace(",", "."))
    except ValueError:
        return None
    if (
        not math.isfinite(zahl)
        or not 0 <= zahl <= 1
        or (isinstance(wert, str) and len(wert) > 1 and wert.strip().isdigit())
    ):
        return None
    return zahl


def _to_key(wert: Zellwert) -> str:
    return "" if wert is None else f"{wert:.0f}" if isinstance(wert, float) and wert.is_integer() else str(wert).strip()


def export_variante(projekt: Projekt, variante: str, pfad: Path) -> Path:
    """Write the assignment of a Variante as Excel, to be edited there.

    Raises:
        BedienFehler: no such Gebietsstand, or the target is another file. DateiGesperrt: open in Excel.
    """
    from sozialtool.ausgabe.datei import check_ziel
    from sozialtool.ausgabe.katalogblatt import write_liste

    plan = raumplan(projekt, variante)
    check_ziel(Path(pfad))
    zeilen = [Raumzuordnung(variante, gebiet, ziel) for gebiet, ziel in sorted(plan.zuordnung.items())]
    write_liste(Path(pfad), Raumzuordnung, zeilen, f"{plan.stand.name} {projekt.kommune.name}")
    return Path(pfad)


def import_variante(projekt: Projekt, variante: str, pfad: Path) -> Unterschiede:
    """Read an edited assignment of a Variante and show the differences; nothing is changed (`save_liste` takes them over).

    A Sozialraum may be given by its key or its name; areas that are not in the file stay where they are.

    Raises:
        BedienFehler: not a Variante. DatenFehler: LISTE-INHALT, with everything that does not fit. DateiFehler: cannot be read.
    """
    from sozialtool.erhebung.listen import compare_listen, read_liste

    plan = raumplan(projekt, variante)
    if not plan.stand.variante:
        raise BedienFehler(
            f"„{plan.stand.name}“ ist vereinbart und bleibt, wie er ist.",
            "Bitte eine Variante davon anlegen.",
            "VARIANTE-FEST",
        )
    raeume = {r.name.casefold(): r.schluessel for r in plan.raeume} | {r.schluessel: r.schluessel for r in plan.raeume}
    kleinste = kleinste_ebene_of(projekt.read(Ebene))
    bekannt = {g.schluessel for g in projekt.read(Gebiet) if g.ebene == kleinste} | set(plan.zuordnung)
    gelesen = read_liste(Path(pfad), Raumzuordnung)
    _check_zeilen(gelesen, variante, bekannt, raeume)
    neu = {z.gebiet: raeume.get(z.raum) or raeume[z.raum.casefold()] for z in gelesen}
    alt = [Raumzuordnung(variante, gebiet, ziel) for gebiet, ziel in plan.zuordnung.items()]
    return compare_listen(alt, [Raumzuordnung(variante, g, z) for g, z in {**plan.zuordnung, **neu}.items()])


def _check_zeilen(
    gelesen: Iterable[Raumzuordnung], variante: str, bekannt: Collection[str], raeume: Collection[str]
) -> None:
    """Raise `DatenFehler` that names every line which does not fit."""
    fehler = []
    for zeile in gelesen:
        if zeile.gebietsstand != variante:
            fehler.append(f"{zeile.gebiet}: gehört zum Gebietsstand „{zeile.gebietsstand}“, nicht zu „{variante}“.")
        elif zeile.gebiet not in bekannt:
            fehler.append(f"„{zeile.gebiet}“ ist kein Gebiet, das man verschieben kann.")
        elif zeile.raum not in raeume and zeile.raum.casefold() not in raeume:
            fehler.append(f"{zeile.gebiet}: In dieser Variante gibt es keinen Sozialraum „{zeile.raum}“.")
    if fehler:
        mehr = f"\n… und {len(fehler) - _MEISTE} weitere" if len(fehler) > _MEISTE else ""
        raise DatenFehler(
            "Die Liste passt nicht:\n" + "\n".join(fehler[:_MEISTE]) + mehr,
            "Bitte in Excel berichtigen.",
            "LISTE-INHALT",
        )
