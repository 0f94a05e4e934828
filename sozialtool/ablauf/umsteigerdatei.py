"""Assignments and weights in files: a Variante edited in Excel, an Umsteigeschlüssel that was published or is built here."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.gebietsstaende import kleinste_ebene_of, raumplan
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fach.raum import Ebene, Gebiet, Raumzuordnung, Umsteiger
from sozialtool.fach.schreibweise import cut_zeilen, name_einige
from sozialtool.fehler import BedienFehler, DatenFehler
from sozialtool.projekt import Aenderung, Projekt

if TYPE_CHECKING:
    from sozialtool.einlesen.rohblatt import Rohblatt, Zellwert
    from sozialtool.erhebung.listen import Unterschiede
    from sozialtool.rechnen.umsteigeschluessel import Umsteigeschluessel

_MEISTE = 8
_GROESSTE_SCHWELLE = 0.1
_GEWICHT = re.compile(r"gewicht|weight|anteil|share|faktor|factor|quote|ratio|prozent", re.IGNORECASE)
"""What stands over a column of weights."""


@attrs.frozen
class Umsteigerdatei:
    """A checked Umsteigeschlüssel: shares without slivers, Σ = 1 per source; what was noticed, heaviest first.

    `spalten` are the heads under which from, to and weight were read; empty where it was not read from a file.
    """

    umsteiger: tuple[Umsteiger, ...]
    quellen: int
    ziele: int
    befunde: tuple[Befund, ...]
    spalten: tuple[str, ...] = ()


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
        BedienFehler: `schwelle` is not between 0 and 0.1. DateiFehler: the file cannot be read.
        DatenFehler: UMSTEIGER-AUFBAU, no such columns.
    """
    import polars as pl

    from sozialtool import rechnen
    from sozialtool.einlesen.lesen import read_rohmappe
    from sozialtool.rechnen.rahmen import SPLITTER

    if schwelle is not None and not 0 <= schwelle <= _GROESSTE_SCHWELLE:
        raise BedienFehler(
            f"Ein Splitter ist ein kleiner Anteil: 0 bis {_GROESSTE_SCHWELLE:g}".replace(".", ",") + ".",
            "Üblich ist 0,001, ein Tausendstel.",
        )
    mappe = read_rohmappe(Path(pfad))
    leer: tuple[tuple[str, ...], list[tuple[str, str, float]]] = (), []
    kopf, gefunden = next((fund for blatt in mappe.blaetter if (fund := _find_paare(blatt))[1]), leer)
    if not gefunden:
        raise DatenFehler(
            f"In „{Path(pfad).name}“ steht kein Umsteigeschlüssel.",
            "Gebraucht werden unter einer Kopfzeile: Schlüssel alt, Schlüssel neu, Gewicht zwischen 0 und 1.",
            "UMSTEIGER-AUFBAU",
        )
    frame = pl.DataFrame(gefunden, schema={"von": pl.String, "nach": pl.String, "gewicht": pl.Float64}, orient="row")
    datei = _to_datei(
        rechnen.build_from_gewichte(
            frame, schwelle=SPLITTER if schwelle is None else schwelle, quellen=quellen, ziele=ziele
        )
    )
    return attrs.evolve(datei, spalten=kopf[:3], befunde=(*_check_kopf(kopf, Path(pfad).name), *datei.befunde))


def _check_kopf(kopf: tuple[str, ...], datei: str) -> tuple[Befund, ...]:
    """Doubt a file whose columns do not say that they are weights: any list with a number up to 1 would pass."""
    von, nach, gewicht, *andere = kopf
    if _to_gewicht(gewicht) is not None:
        return (
            Befund(
                "UMSTEIGER-KOPF", Schwere.FEHLER,
                f"Die Kopfzeile fehlt; „{von} · {nach} · {gewicht}“ wurde für eine gehalten und nicht gelesen.",
                "Darüber eine Zeile einfügen: Schlüssel alt, Schlüssel neu, Gewicht.", datei,
            ),
        )  # fmt: skip
    if _GEWICHT.search(gewicht) and andere:
        namen = ", ".join(f"„{name}“" for name in andere)
        return (
            Befund(
                "UMSTEIGER-KOPF", Schwere.FRAGE, f"Gelesen wurde „{gewicht}“ als Gewicht; auch da: {namen}.",
                "Für Zahlen von Menschen gelten Anteile der Bevölkerung, nicht der Fläche; andere Spalten löschen.", datei,
            ),
        )  # fmt: skip
    if _GEWICHT.search(gewicht):
        return ()
    return (
        Befund(
            "UMSTEIGER-KOPF", Schwere.FRAGE,
            f"Ist das ein Umsteigeschlüssel? Gelesen wurde „{von}“ als alt, „{nach}“ als neu und „{gewicht}“ als Gewicht.",
            "Wenn ja: die Spalte mit den Anteilen „Gewicht“ nennen.", datei,
        ),
    )  # fmt: skip


def build_umsteiger(projekt: Projekt, von: str, nach: str) -> Umsteigerdatei:
    """Build the Umsteigeschlüssel between two Gebietsstände from the newest inhabitants of the smallest areas.

    A Sozialraum that lies in one new one as a whole needs no inhabitants; the others are shared out by them.

    Raises:
        BedienFehler: no such Gebietsstand, or it has no assignment of smallest areas.
    """
    from sozialtool import rechnen
    from sozialtool.ablauf.umrechnen import count_bewohner
    from sozialtool.ablauf.variantenplan import read_einwohner

    plaene = raumplan(projekt, von), raumplan(projekt, nach)
    for plan in plaene:
        if not plan.zuordnung:
            raise BedienFehler(
                f"Für „{plan.stand.name}“ ist nicht bekannt, welches kleinste Gebiet zu welchem Sozialraum gehört.",
                "Bitte zuerst die kleinsten Gebiete anlegen (Liste „gebiete“).", "UMSTEIGER-OHNE-GEBIETE",
            )  # fmt: skip
    _, einwohner = read_einwohner(projekt, {gebiet for plan in plaene for gebiet in plan.zuordnung})
    quellen, ziele = ({r.schluessel for r in plan.raeume} for plan in plaene)
    return _to_datei(
        rechnen.build_from_zaehlung(count_bewohner(plaene, einwohner), quellen=quellen, ziele=ziele | {"nz"})
    )


def export_umsteiger(projekt: Projekt, datei: Umsteigerdatei, pfad: Path, titel: str) -> Path:
    """Write an Umsteigeschlüssel as Excel: from, to, share.

    Raises:
        BedienFehler: the target is another file. DateiGesperrt: open in Excel.
    """
    from sozialtool.ausgabe.datei import check_ziel
    from sozialtool.ausgabe.katalogblatt import write_liste

    check_ziel(Path(pfad))
    write_liste(Path(pfad), Umsteiger, datei.umsteiger, f"{titel} · {projekt.kommune.name}")
    return Path(pfad)


def save_umsteiger(projekt: Projekt, datei: Umsteigerdatei, name: str) -> Aenderung:
    """Take weights over for areas that cut across; those that their sources had before are replaced, in one change.

    Raises:
        BedienFehler: the key has a FEHLER, or names areas that the project does not have.
    """
    bekannt = {g.schluessel for g in projekt.read(Gebiet)}
    fremd = sorted({g for u in datei.umsteiger for g in (u.von, u.nach)} - bekannt)
    fehler = next((b.meldung for b in datei.befunde if b.schwere is Schwere.FEHLER), "")
    if fremd:
        fehler = f"Diese Gebiete gibt es im Projekt nicht: {name_einige(fremd, _MEISTE)}."
    if fehler:
        raise BedienFehler(
            f"Der Umsteigeschlüssel passt nicht. {fehler}", "Es wurde nichts übernommen.", "UMSTEIGER-FEHLER"
        )
    quellen = {u.von for u in datei.umsteiger}
    with projekt.change(f"Umsteigeschlüssel {name} übernommen, {len(datei.umsteiger)} Gewichte", name) as schreiber:
        for alt in projekt.read(Umsteiger):
            if alt.von in quellen:
                schreiber.remove(Umsteiger, alt.von, alt.nach)
        schreiber.put(*datei.umsteiger)
    return projekt.verlauf(1)[0]


def _to_datei(schluessel: Umsteigeschluessel) -> Umsteigerdatei:
    anteile = schluessel.anteile
    return Umsteigerdatei(
        tuple(
            Umsteiger(von, nach, gewicht) for von, nach, gewicht in anteile.select("von", "nach", "gewicht").iter_rows()
        ),
        anteile["von"].n_unique(),
        anteile["nach"].n_unique(),
        schluessel.befunde,
    )


def _find_paare(blatt: Rohblatt) -> tuple[tuple[str, ...], list[tuple[str, str, float]]]:
    """Heads of the three columns (and of others with weights) and rows from, to, weight; both empty without such columns."""
    alle = [z for zeile in blatt.zeilen if (z := list(zeile)) and any(w not in (None, "") for w in z)]
    voll = next((n for n, zeile in enumerate(alle) if sum(wert not in (None, "") for wert in zeile) >= 3), 0)
    zeilen = alle[_end_of_kopf(alle, voll) :]
    if not zeilen or blatt.breite < 3:
        return (), []
    gewichte = [s for s in range(blatt.breite) if all(_to_gewicht(zeile[s]) is not None for zeile in zeilen)]
    gewichte.sort(key=lambda s: not _GEWICHT.search(_to_key(alle[voll][s])))
    andere = [s for s in range(blatt.breite) if s not in gewichte[:1] and all(_to_key(zeile[s]) for zeile in zeilen)]
    if not gewichte or len(andere) < 2:
        return (), []
    spalten = andere[0], andere[1], gewichte[0]
    von, nach, gewicht = spalten
    weitere = [s for s in gewichte[1:] if _GEWICHT.search(_to_key(alle[voll][s]))]
    return tuple(_to_key(alle[voll][s]) for s in (*spalten, *weitere)), [
        (_to_key(zeile[von]), _to_key(zeile[nach]), _to_gewicht(zeile[gewicht]) or 0.0) for zeile in zeilen
    ]


def _end_of_kopf(zeilen: list[list[Zellwert]], voll: int) -> int:
    """Return the first row below titles, the head, and rows of a head of several lines (no digit in them)."""
    ab = voll + 1
    while ab < len(zeilen) and not any(ziffer.isdigit() for wert in zeilen[ab] for ziffer in str(wert)):
        ab += 1
    return ab


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
        raise DatenFehler(
            "\n".join(("Die Liste passt nicht:", *cut_zeilen(fehler, _MEISTE))),
            "Bitte in Excel berichtigen.",
            "LISTE-INHALT",
        )
