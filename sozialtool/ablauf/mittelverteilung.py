"""The Mittelverteilung as a workbook: scenarios side by side, then each with its amounts, its gains and losses, its assumptions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool.ablauf.verteilungsbild import Verteilungsbild, Verteilungszeile, compute_verteilungen
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.schreibweise import runde
from sozialtool.fach.verteilung import Mitteleinheit, Schluesselart
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.tabelle import Spalte, Tabelle, Zeile, Zellwert
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

DATEINAME = "Mittelverteilung.xlsx"
_NEBENEINANDER = 3
"""So many scenarios fit side by side on a page."""
_JE_KOPF = 2
UNGLEICHES = (
    "„Ungleiches ungleich behandeln“: Dieselbe Summe, auf verschiedene Weise verteilt. Welche Verteilung gerecht ist, entscheidet der "
    "Rat; die Tabellen zeigen, wer dabei mehr oder weniger bekommt. Gerechnet wird nur mit veröffentlichten Zahlen."
)


_ALLES = "Alle Annahmen stehen bei jedem Szenario auf seinem Blatt."


def write_mittelverteilung(
    projekt: Projekt,
    schluessel: Sequence[str] = (),
    jahr: int = 0,
    drucksache: str = "",
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
    *,
    stand: dt.date | None = None,
    grenzen_geprueft: bool = False,
    bekanntes_hinnehmen: bool = False,
    endgueltig: bool = False,
    begruendung: str = "",
) -> Path:
    """Write `ausgaben/<Jahr>/Mittelverteilung.xlsx` and return its path; arguments and errors as in `compute_verteilungen`.

    `endgueltig`: the workbook leaves the house; what it shows is kept like a release, so that later ones are protected together
    with it. Then `grenzen_geprueft`, `bekanntes_hinnehmen` and `begruendung` mean what they mean for `ausgeben`.

    Raises:
        BedienFehler: also a file of that name which was not written here. DateiGesperrt: open in Excel.
        GeheimhaltungsFehler: only if `endgueltig`, as in `ausgeben`.
    """
    from sozialtool.ablauf.hinausweg import Hinausweg
    from sozialtool.ablauf.kennzahlen import compute
    from sozialtool.ablauf.mittelfreigabe import record_mittel

    tag = stand or dt.date.today()
    weg = Hinausweg(projekt, tag, endgueltig, begruendung, grenzen_geprueft, bekanntes_hinnehmen, entwurf_bleibt=True)
    weg.require_vorab()
    bilder = compute_verteilungen(projekt, schluessel, jahr, fortschritt, stop)
    ergebnis = compute(projekt, fortschritt, stop)
    vorbehalt = weg.require_ergebnis(ergebnis, max(bild.jahr for bild in bilder))
    pfad = _write(projekt, bilder, drucksache, tag)
    if endgueltig:
        record_mittel(projekt, ergebnis, bilder, pfad, drucksache, tag, vorbehalt)
    return pfad


def _write(projekt: Projekt, bilder: Sequence[Verteilungsbild], drucksache: str, tag: dt.date) -> Path:
    from sozialtool.ablauf.drucksachen import say_anlage
    from sozialtool.ablauf.projekte import make_folder
    from sozialtool.ablauf.vorlegen import ausgaben_ordner
    from sozialtool.ausgabe.datei import check_ziel
    from sozialtool.ausgabe.vergleichsmappe import write_vergleich

    gezeigt = max(bild.jahr for bild in bilder)
    pfad = ausgaben_ordner(projekt, gezeigt) / DATEINAME
    make_folder(pfad.parent)
    check_ziel(pfad)
    merkmale = {m.schluessel: m.name for m in projekt.read(Merkmal)}
    titel = f"Mittelverteilung {projekt.kommune.name} {gezeigt}"
    anlage = say_anlage(projekt, [pfad.name], drucksache)
    write_vergleich(
        pfad, build_mittelblaetter(bilder, merkmale), titel, tag,
        thema="Summen über die Sozialräume verteilt", drucksache=anlage,
    )  # fmt: skip
    return pfad


def build_mittelblaetter(
    bilder: Sequence[Verteilungsbild], merkmale: dict[str, str]
) -> tuple[Vergleichsblatt, ...]:  # fmt: skip
    """Lay out one sheet that compares, then one for each scenario."""
    return (*_build_vergleiche(bilder, merkmale), *(_build_einzeln(bild, merkmale) for bild in bilder))


def _build_vergleiche(bilder: Sequence[Verteilungsbild], merkmale: dict[str, str]) -> list[Vergleichsblatt]:
    """Compare what counts the same heads in the same unit, at most three side by side."""
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

    blaetter: list[Vergleichsblatt] = []
    gruppen: dict[tuple[str, int, str], list[Verteilungsbild]] = {}
    for bild in bilder:
        gruppen.setdefault((bild.szenario.koepfe, bild.jahr, bild.szenario.einheit.kurz), []).append(bild)
    for (koepfe, jahr, _), alle in gruppen.items():
        if len(alle) < 2:  # nothing stands beside it; its own sheet says everything
            continue
        for anfang in range(0, len(alle), _NEBENEINANDER):
            teil = alle[anfang : anfang + _NEBENEINANDER]
            name = "Vergleich" if not blaetter else f"Vergleich {len(blaetter) + 1}"
            tabelle = _build_vergleich(teil, merkmale.get(koepfe, koepfe), jahr)
            punkte = (*(f"{b.szenario.name}: {b.annahmen[0]}" for b in teil), _ALLES)
            blaetter.append(Vergleichsblatt(
                name, (UNGLEICHES,), tabelle, schluss="Die Szenarien", punkte=punkte,
                titel="Mittelverteilung: die Szenarien nebeneinander",
            ))  # fmt: skip
    return blaetter


def _build_vergleich(bilder: Sequence[Verteilungsbild], koepfe: str, jahr: int) -> Tabelle:
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle

    spalten = [Spalte("Sozialraum", breite=180), Spalte("Köpfe", Spaltenart.ANZAHL, breite=70)]
    for bild in bilder:
        einheit, name = bild.szenario.einheit, bild.szenario.name
        spalten += [
            Spalte(einheit.wort, Spaltenart.ZAHL, einheit.kurz, 100, einheit.stellen, name, trennung=False),
            Spalte(einheit.je_wort, Spaltenart.ZAHL, einheit.kurz, 72, _JE_KOPF, name),
            Spalte(f"mehr oder weniger {einheit.je_wort}", Spaltenart.DIFFERENZ, einheit.kurz, 90, _JE_KOPF, name),
        ]
    raeume = {z.gebiet.schluessel: z for bild in reversed(bilder) for z in bild.zeilen}
    folge = sorted(raeume.values(), key=lambda z: (z.gebiet.reihenfolge, z.gebiet.schluessel))
    je = [{z.gebiet.schluessel: z for z in bild.zeilen} for bild in bilder]
    zeilen = [
        _zeile(z.gebiet.name, z.koepfe, [teil.get(z.gebiet.schluessel) for teil in je], bilder) for z in folge
    ]  # fmt: skip
    zeilen.append(_summe(bilder, folge))
    gegen = "; ".join(f"{b.szenario.name}: gegen {b.vergleich}" for b in bilder)
    return Tabelle(
        f"Mittel nach Szenario, Zahlen von {jahr}", tuple(spalten), tuple(zeilen), 1,
        (f"Köpfe: {koepfe}.", f"Mehr oder weniger – {gegen}."), "veröffentlichte Zahlen des Monitorings, eigene Berechnung",
        beschreibung="Betrag, Betrag je Kopf und Unterschied je Kopf für jedes Szenario und jeden Sozialraum",
    )  # fmt: skip


def _zeile(
    name: str, koepfe: float, je: Sequence[Verteilungszeile | None], bilder: Sequence[Verteilungsbild]
) -> Zeile:  # fmt: skip
    from sozialtool.ausgabe.tabelle import Zahl, Zeile
    from sozialtool.ausgabe.werkbank import grund
    from sozialtool.fach.messwert import Zeichen

    zellen: list[Zellwert] = [name, Zahl(koepfe)]
    for nummer, (zeile, bild) in enumerate(zip(je, bilder, strict=True)):
        if zeile is None:
            zellen += [grund(Zeichen.NICHTS)] * 3
            continue
        betrag = f"{{{2 + 3 * nummer}}}"
        zellen += [
            Zahl(zeile.betrag, nachkommastellen=bild.szenario.einheit.stellen),
            _je_kopf(zeile.je_kopf, bild.szenario.einheit, betrag),
            Zahl(runde(zeile.differenz_je_kopf * bild.szenario.einheit.je, _JE_KOPF)),
        ]
    return Zeile(tuple(zellen))


def _summe(bilder: Sequence[Verteilungsbild], zeilen: Sequence[Verteilungszeile]) -> Zeile:
    """The last row: everything together, as formulas over the rows above."""
    from sozialtool.ausgabe.tabelle import Zahl, Zeile, Zeilenart

    koepfe = sum(z.koepfe for z in zeilen)
    zellen: list[Zellwert] = ["Zusammen", Zahl(koepfe, formel="SUM({oben})")]
    for nummer, bild in enumerate(bilder):
        betrag = f"{{{2 + 3 * nummer}}}"
        zellen += [
            _gesamt(bild.szenario.summe, bild.szenario.einheit),
            _je_kopf(bild.szenario.summe / koepfe if koepfe else 0.0, bild.szenario.einheit, betrag),
            None,
        ]
    return Zeile(tuple(zellen), Zeilenart.STADT)


def _gesamt(summe: float, einheit: Mitteleinheit) -> Zellwert:
    from sozialtool.ausgabe.tabelle import Zahl

    formel = f"ROUND(SUM({{oben}}),{einheit.stellen})"
    return Zahl(einheit.to_betrag(einheit.to_stuecke(summe)), nachkommastellen=einheit.stellen, formel=formel)


def _je_kopf(wert: float, einheit: Mitteleinheit, betrag: str) -> Zellwert:
    """The amount per head (or per 1,000), as a formula over the cells of amount and heads of the row."""
    from sozialtool.ausgabe.tabelle import Zahl

    mal = f"*{einheit.je}" if einheit.je > 1 else ""
    return Zahl(runde(wert * einheit.je, _JE_KOPF), formel=f"IF({{1}}=0,0,ROUND({betrag}/{{1}}{mal},{_JE_KOPF}))")


# -- one scenario -----------------------------------------------------------------------------------------------------


def _build_einzeln(bild: Verteilungsbild, merkmale: dict[str, str]) -> Vergleichsblatt:
    from sozialtool.ausgabe.tabelle import Tabelle
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

    szenario = bild.szenario
    spalten, zeilen = _columns(bild, merkmale), [_row(bild, zeile) for zeile in bild.zeilen]
    tabelle = Tabelle(
        f"{szenario.name}, Zahlen von {bild.jahr}", tuple(spalten), (*zeilen, _total(bild)), 1,
        (f"Köpfe: {merkmale.get(szenario.koepfe, szenario.koepfe)}. Mehr oder weniger: gegen {bild.vergleich}.",),
        "veröffentlichte Zahlen des Monitorings, eigene Berechnung",
        beschreibung=f"Verteilung „{szenario.name}“ auf die Sozialräume",
    )  # fmt: skip
    return Vergleichsblatt(
        szenario.name, (), tabelle, schluss="Annahmen", punkte=bild.annahmen, titel=szenario.name, skala=88
    )  # fmt: skip


def _columns(bild: Verteilungsbild, merkmale: dict[str, str]) -> list[Spalte]:
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart

    einheit, stellen, je = bild.szenario.einheit.kurz, bild.szenario.einheit.stellen, bild.szenario.einheit.je_wort
    return [
        Spalte("Sozialraum", breite=180),
        Spalte("Köpfe", Spaltenart.ANZAHL, breite=66),
        *_grund_spalte(bild, merkmale),
        Spalte(bild.szenario.einheit.wort, Spaltenart.ZAHL, einheit, 98, stellen),
        Spalte("Anteil", Spaltenart.ZAHL, "%", 60, 1),
        Spalte(je, Spaltenart.ZAHL, einheit, 72, _JE_KOPF),
        Spalte("mehr oder weniger", Spaltenart.DIFFERENZ, einheit, 96, stellen),
        Spalte(f"mehr oder weniger {je}", Spaltenart.DIFFERENZ, einheit, 96, _JE_KOPF),
        Spalte("Besonderheit", Spaltenart.LANG, breite=150),
    ]


def _grund_spalte(bild: Verteilungsbild, merkmale: dict[str, str]) -> list[Spalte]:
    """The column that says after what it is divided, where that is not the heads."""
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart

    if bild.szenario.art is Schluesselart.KOEPFE:
        return []
    if bild.szenario.art is Schluesselart.BEDARF:
        return [Spalte(merkmale.get(bild.szenario.bedarf, "Fallzahl"), Spaltenart.ZAHL, "", 136, 0)]
    return [Spalte("Faktor je Kopf", Spaltenart.ZAHL, "-fach", 72, 2)]


def _row(bild: Verteilungsbild, zeile: Verteilungszeile) -> Zeile:
    from sozialtool.ausgabe.tabelle import Zahl, Zeile
    from sozialtool.fach.messwert import Vermerk

    einheit, art = bild.szenario.einheit, bild.szenario.art
    grund: list[Zellwert] = []
    if art is Schluesselart.BEDARF:
        stellen, vermerk = (1, Vermerk.GESCHAETZT) if zeile.angesetzt else (0, Vermerk.KEINER)
        grund = [Zahl(runde(zeile.bedarf or 0.0, stellen), vermerk=vermerk, nachkommastellen=stellen)]
    elif art is not Schluesselart.KOEPFE:
        grund = [Zahl(runde(zeile.faktor or 0.0, 2))]
    betrag = f"{{{2 + len(grund)}}}"
    anteil = zeile.betrag / bild.szenario.summe * 100 if bild.szenario.summe else 0.0
    zellen = [
        zeile.gebiet.name, Zahl(zeile.koepfe), *grund, Zahl(zeile.betrag, nachkommastellen=einheit.stellen),
        Zahl(runde(anteil, 1)),
        _je_kopf(zeile.je_kopf, einheit, betrag),
        Zahl(runde(zeile.differenz, einheit.stellen), nachkommastellen=einheit.stellen),
        Zahl(runde(zeile.differenz_je_kopf * einheit.je, _JE_KOPF)), zeile.anmerkung,
    ]  # fmt: skip
    return Zeile(tuple(zellen))


def _total(bild: Verteilungsbild) -> Zeile:
    from sozialtool.ausgabe.tabelle import Zahl, Zeile, Zeilenart

    einheit, art, koepfe = bild.szenario.einheit, bild.szenario.art, bild.koepfe
    grund: list[Zellwert] = []
    if art is Schluesselart.BEDARF:
        grund = [Zahl(runde(sum(z.bedarf or 0.0 for z in bild.zeilen), 0))]
    elif art is not Schluesselart.KOEPFE:
        grund = [None]
    betrag = f"{{{2 + len(grund)}}}"
    je_kopf = bild.szenario.summe / koepfe if koepfe else 0.0
    mehr = runde(sum(z.differenz for z in bild.zeilen), einheit.stellen)
    zellen = [
        "Zusammen", Zahl(koepfe, formel="SUM({oben})"), *grund, _gesamt(bild.szenario.summe, einheit), None,
        _je_kopf(je_kopf, einheit, betrag),
        Zahl(mehr, nachkommastellen=einheit.stellen, formel=f"ROUND(SUM({{oben}}),{einheit.stellen})"), None, "",
    ]  # fmt: skip
    return Zeile(tuple(zellen), Zeilenart.STADT)
