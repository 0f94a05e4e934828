"""Räume as plain text, for commands: Gebietsstände, the comparison of Varianten, weights, converted series."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from sozialtool.ablauf.gebietsstaende import GebietsstandZeile
from sozialtool.ablauf.textausgabe import befund_text, find_indikator, wert_text
from sozialtool.ablauf.umrechnungsbild import Umrechnungsbild, Umrechnungszeile
from sozialtool.ablauf.umsteigerdatei import Umsteigerdatei
from sozialtool.ablauf.varianten import Variantenvergleich
from sozialtool.ablauf.variantenplan import Planbild
from sozialtool.ablauf.vergleichszeilen import LEER, lay_out_vergleich
from sozialtool.ablauf.werte import Monitoring
from sozialtool.fach.messwert import Vermerk
from sozialtool.fach.raum import Gebietsstand
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.projekt import Projekt


def stand_wort(zeile: GebietsstandZeile) -> str:
    """Say in sign and word what state a Gebietsstand has."""
    return "● gilt" if zeile.gilt else "○ Variante" if zeile.stand.variante else "  früher"


def zeit_text(stand: Gebietsstand) -> str:
    """Say from when to when a Gebietsstand is in force, "ab" where that is still to come; "–" for a Variante."""
    if stand.variante:
        return "–"
    von = f"{stand.gueltig_ab:%d.%m.%Y}" if stand.gueltig_ab else "von Anfang an"
    if stand.gueltig_bis:
        return f"{von} bis {stand.gueltig_bis:%d.%m.%Y}"
    if not stand.gueltig_ab:
        return von
    return f"{'ab' if stand.gueltig_ab > dt.date.today() else 'seit'} {von}"


def plaene_text(plaene: Iterable[tuple[GebietsstandZeile, Planbild]]) -> str:
    """List all Gebietsstände: key, name, state, dates, number of Sozialräume, evenness."""
    kopf = ("Schlüssel", "Name", "Stand", "gilt", "Räume", "Einwohner", "Gleichmäßigkeit")
    zeilen = [kopf]
    for zeile, bild in plaene:
        v = bild.verteilung
        spanne = f"{format_zahl(v.kleinster)} bis {format_zahl(v.groesster)}" if v else LEER
        gleich = format_zahl(v.gleichmaessigkeit, 3, leer="–") if v else LEER
        zeilen.append(
            (zeile.stand.schluessel, zeile.stand.name, stand_wort(zeile).strip(), zeit_text(zeile.stand), str(len(bild.raeume)), spanne, gleich)
        )  # fmt: skip
    return _table(zeilen) if len(zeilen) > 1 else "Es gibt noch keinen Gebietsstand."


def plan_text(bild: Planbild, *, mit_gebieten: bool = False) -> str:
    """Write one Gebietsstand: its Sozialräume with inhabitants, on wish with the smallest areas below each."""
    zeilen = [("Schlüssel", "Sozialraum", f"Einwohner {bild.jahr or ''}".strip(), "Anteil", "Gebiete")]
    for r in bild.raeume:
        anteil = f"{format_zahl(r.anteil, 1)} %" if r.anteil is not None else ""
        zeilen.append((r.raum.schluessel, r.raum.name, format_zahl(r.einwohner, leer=LEER), anteil, str(r.gebiete)))
        if mit_gebieten:
            zeilen += [
                (f"  {g.gebiet.schluessel}", f"  {g.gebiet.name}" + (" (bewegt)" if g.raum != g.bisher else ""), format_zahl(g.einwohner, leer=LEER), "", "")
                for g in bild.gebiete
                if g.raum == r.raum.schluessel
            ]  # fmt: skip
    text = [f"{bild.plan.stand.name} ({bild.plan.stand.schluessel})", _table(zeilen)]
    v = bild.verteilung
    if v:
        text.append(
            f"Gleichmäßigkeit {format_zahl(v.gleichmaessigkeit, 3, leer='–')}, weiteste Abweichung vom Mittel {format_zahl(v.abweichung, 1)} %, "
            f"{bild.bewegt} {'Gebiet' if bild.bewegt == 1 else 'Gebiete'} anders als im geltenden Stand."
        )
    if bild.offen:
        text.append(f"! Noch ohne Sozialraum: {bild.offen} von {len(bild.gebiete)} Gebieten.")
    return "\n".join(text)


def vergleich_text(projekt: Projekt, vergleich: Variantenvergleich, *, einzeln: bool = False) -> str:
    """Write a comparison as a table, one column per Gebietsstand; on wish with what is behind each number."""
    zeilen = lay_out_vergleich(projekt, vergleich)
    namen = [f"{b.stand.name} (gilt)" if b.gilt else b.stand.name for b in vergleich.bilder]
    tabelle: list[tuple[str, ...]] = [(f"Zahlen von {vergleich.jahr}", *namen)]
    for gruppe, glieder in groupby(zeilen, key=lambda zeile: zeile.gruppe):
        tabelle.append((gruppe, *("" for _ in namen)))
        tabelle += [(f"  {zeile.titel}", *zeile.werte) for zeile in glieder]
    text = [_table(tabelle)]
    if einzeln:
        for zeile in zeilen:
            for name, liste in zip(namen, zeile.einzeln, strict=False):
                text += [f"{zeile.titel} – {name}: {satz}" for satz in liste]
    return "\n".join(text)


def umsteiger_text(datei: Umsteigerdatei, *, mit_gewichten: bool = False) -> str:
    """Write what an Umsteigeschlüssel holds, on wish each weight, and its findings."""
    text = [f"{datei.quellen} Gebiete auf {datei.ziele} verteilt, {len(datei.umsteiger)} Gewichte."]
    if datei.spalten:
        text.append("Gelesen: von „{}“ nach „{}“, Gewicht „{}“.".format(*datei.spalten))
    if mit_gewichten:
        text += [f"{u.von} → {u.nach}: {format_zahl(u.gewicht, 4)}" for u in datei.umsteiger]
    return "\n".join([*text, *(befund_text(befund) for befund in datei.befunde)])


def umrechnung_text(bild: Umrechnungsbild) -> str:
    """Write what a conversion does to each Merkmal, and its findings."""
    zeilen = [("Merkmal", "auf diesem Gebietsstand", "Werte", "davon geschätzt", "ohne Zahl")]
    zeilen += [
        (z.merkmal.name, art_text(z), format_zahl(z.werte), format_zahl(z.geschaetzt), format_zahl(z.ohne))
        for z in bild.zeilen
    ]
    return "\n".join([bild.ziel.stand.name, _table(zeilen), *(befund_text(befund) for befund in bild.befunde)])


def art_text(zeile: Umrechnungszeile) -> str:
    """Say what became of a Merkmal, with the years where it is estimated."""
    if not zeile.jahre or zeile.grund:
        return zeile.art.value
    jahre = str(zeile.jahre[0]) if len(zeile.jahre) == 1 else f"{zeile.jahre[0]}–{zeile.jahre[-1]}"
    return f"{zeile.art.value} ({jahre})"


def reihe_text(monitoring: Monitoring, kennung: str) -> str:
    """Write the series of one Indikator, tab-separated; "s" behind a figure says that it is estimated.

    Raises:
        BedienFehler: no such Indikator among the agreed ones.
    """
    indikator = find_indikator(monitoring, kennung)
    zeilen = [f"{indikator.kennung} {indikator.name}, in {indikator.einheit}; s = geschätzt"]
    zeilen.append("\t".join(["Gebiet", *map(str, monitoring.jahre)]))
    for gebiet in monitoring.gebiete:
        texte = []
        for jahr in monitoring.jahre:
            zelle = monitoring.zelle(gebiet.schluessel, indikator.kennung, jahr)
            marke = " s" if zelle and zelle.vermerk is Vermerk.GESCHAETZT and zelle.wert is not None else ""
            texte.append(f"{wert_text(indikator, zelle)}{marke}")
        zeilen.append("\t".join([gebiet.name, *texte]))
    return "\n".join(zeilen)


def _table(zeilen: Sequence[Sequence[str]]) -> str:
    """Lay texts out in columns, two blanks between; numbers to the right."""
    breiten = [max(len(zeile[i]) for zeile in zeilen) for i in range(len(zeilen[0]))]
    rechts = [i > 0 and all(_is_zahl(zeile[i]) for zeile in zeilen[1:]) for i in range(len(breiten))]
    return "\n".join(
        "  ".join(
            text.rjust(breite) if seite else text.ljust(breite)
            for text, breite, seite in zip(zeile, breiten, rechts, strict=True)
        ).rstrip()
        for zeile in zeilen
    )


def _is_zahl(text: str) -> bool:
    rest = text.removesuffix("%").strip()
    return rest in ("", LEER, "–") or (rest[-1].isdigit() and rest[0] in "−0123456789") or " von " in rest
