"""The proof for a funding call written: one page of Word, one sheet of Excel; a final one is kept like every release."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool.ablauf.foerdernachweis import Foerdernachweis, Nachweiszeile, compute_foerdernachweis, list_aufrufe
from sozialtool.ablauf.foerderseite import write_seite
from sozialtool.ablauf.foerdertext import (
    GRUNDLAGE,
    describe_quellen,
    describe_stadtweit,
    describe_wer,
    write_jahr,
    write_lage,
    write_rang,
)
from sozialtool.ablauf.plangrundlage import Plangrundlage
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.ablauf.zieltafel import describe_geld
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.schreibweise import runde
from sozialtool.fach.versorgung import Versorgungsmass
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.abschnittsblatt import Abschnitt
    from sozialtool.ausgabe.tabelle import Spalte, Tabelle, Zellwert
    from sozialtool.geheimhaltung.festhalten import Auswahl

ANFANG = "Foerdernachweis"
"""What the files are called."""


def write_foerdernachweis(
    projekt: Projekt,
    schluessel: str = "",
    jahr: int = 0,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
    *,
    stand: dt.date | None = None,
    endgueltig: bool = False,
    grenzen_geprueft: bool = False,
    bekanntes_hinnehmen: bool = False,
    begruendung: str = "",
) -> tuple[Path, Path]:
    """Write `ausgaben/<Jahr>/Foerdernachweis_<Jahr>.docx` and `.xlsx`; return both paths.

    Where there are several calls, the key of the call stands in the name. `endgueltig` and what belongs to it as in
    `vorlegen.ausgeben`: it leaves the house, is searched for leaks and kept as a Veröffentlichung of what it shows.

    Raises:
        BedienFehler: no such call; a file of that name that was not written here. DateiGesperrt: one is open in Word or Excel.
        GeheimhaltungsFehler: a final one together with what is public already, or in itself, would give something away.
    """
    from sozialtool.ablauf.hinausweg import Hinausweg

    tag = stand or dt.date.today()
    weg = Hinausweg(projekt, tag, endgueltig, begruendung, grenzen_geprueft, bekanntes_hinnehmen, entwurf_bleibt=True)
    weg.require_vorab()
    nachweis = compute_foerdernachweis(projekt, schluessel, jahr, fortschritt, stop)
    vorbehalt = weg.require_ergebnis(nachweis.grundlage.ergebnis, nachweis.jahr)
    dokument, mappe = _write(projekt, nachweis, tag)
    if endgueltig:
        _record(projekt, nachweis, mappe, tag, vorbehalt)
    return dokument, mappe


def _write(projekt: Projekt, nachweis: Foerdernachweis, tag: dt.date) -> tuple[Path, Path]:
    from sozialtool.ablauf.projekte import make_folder
    from sozialtool.ablauf.veroeffentlichungen import keep_datei
    from sozialtool.ablauf.vorlegen import ausgaben_ordner
    from sozialtool.ausgabe.abschnittsblatt import write_abschnitte
    from sozialtool.ausgabe.datei import check_ziel
    from sozialtool.orte import safe_name

    a = nachweis.aufruf
    mitte = f"{safe_name(a.schluessel, ANFANG)}_" if len(list_aufrufe(projekt)) > 1 else ""
    mappe = ausgaben_ordner(projekt, nachweis.jahr) / f"{ANFANG}_{mitte}{nachweis.jahr}.xlsx"
    dokument = mappe.with_suffix(".docx")
    make_folder(mappe.parent)
    check_ziel(mappe)
    check_ziel(dokument, ".docx")
    keep_datei(projekt, mappe)
    titel = f"Fördernachweis {projekt.kommune.name}: {a.name}"
    tabelle = _build_tabelle(nachweis, titel)
    breiten = [spalte.breite for spalte in tabelle.spalten]
    write_abschnitte(
        mappe,
        "Fördernachweis",
        breiten,
        build_abschnitte(nachweis, tabelle),
        titel,
        tag,
        "Nachweis für einen Förderaufruf",
    )
    write_seite(dokument, nachweis, titel, tag, mappe.name)
    return dokument, mappe


# -- the sheet --------------------------------------------------------------------------------------------------------


def build_abschnitte(nachweis: Foerdernachweis, tabelle: Tabelle) -> tuple[Abschnitt, ...]:
    """Lay out the sheet: why, figures, sentences, what is missing, needs, measures, how it was computed."""
    from sozialtool.ausgabe.abschnittsblatt import Abschnitt

    a = nachweis.aufruf
    frist = f"Frist {a.frist:%d.%m.%Y}" if a.frist else ""
    kopf = " · ".join(filter(None, (a.stelle, frist, f"für {', '.join(nachweis.orte)}")))
    saetze = tuple(" ".join(zeile.saetze) for zeile in nachweis.zeilen if zeile.saetze)
    alle = (
        Abschnitt("", tuple(filter(None, (kopf, *a.begruendung.splitlines())))),
        Abschnitt("", (), tabelle),
        Abschnitt("Verlangt, aber nicht nachzuweisen", (), None, nachweis.fehlend),
        Abschnitt("Was die Zahlen sagen", (), None, saetze),
        Abschnitt("Was gebraucht wird", (), None, tuple(_list_bedarfe(nachweis))),
        Abschnitt("Was dort geschieht", (), None, tuple(_list_massnahmen(nachweis))),
        Abschnitt(
            "Wie gerechnet wird",
            (),
            None,
            (GRUNDLAGE, *filter(None, (describe_stadtweit(nachweis),))),
        ),
    )
    return tuple(teil for teil in alle if teil.absaetze or teil.punkte or (teil.tabelle and teil.tabelle.zeilen))


def _list_bedarfe(nachweis: Foerdernachweis) -> Iterator[str]:
    for b in nachweis.bedarfe:
        bedarf = b.bild.bedarf
        wo = ", ".join(nachweis.grundlage.name(g) for g in bedarf.gebiete)
        empfehlung = f" Empfehlung: {bedarf.empfehlung}." if bedarf.empfehlung else ""
        kopf = f"{bedarf.schluessel} {bedarf.name} ({wo}; {bedarf.stand.value}; Priorität {b.bild.prioritaet.value})."
        yield f"{kopf}{empfehlung} Belege: {' '.join(b.belege) or 'keine, die hinausgehen.'}"


def _list_massnahmen(nachweis: Foerdernachweis) -> Iterator[str]:
    for b in nachweis.massnahmen:
        yield f"{b.massnahme.schluessel} {b.massnahme.name}: {describe_wer(nachweis, b)}. {describe_geld(b, urteil=False)}"


def _build_tabelle(nachweis: Foerdernachweis, titel: str) -> Tabelle:
    from sozialtool.ausgabe.tabelle import Tabelle, Zeile
    from sozialtool.ausgabe.zeichen import LEGENDE_LAGE, legende

    zeilen = tuple(Zeile(_build_zeile(zeile)) for zeile in nachweis.zeilen)
    return Tabelle(
        f"{', '.join(nachweis.orte)} gegen die Stadt, Zahlen bis {nachweis.jahr}",
        _list_spalten(),
        zeilen,
        quelle=describe_quellen(nachweis).removeprefix("Quellen: "),
        legende=". ".join(filter(None, (LEGENDE_LAGE, legende(zeilen)))),
        beschreibung=titel,
    )


def _list_spalten() -> tuple[Spalte, ...]:
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart

    lang, zahl, anzahl = Spaltenart.LANG, Spaltenart.ZAHL, Spaltenart.ANZAHL
    return (
        Spalte("Sozialraum", lang, breite=116), Spalte("Kennung", lang, breite=76), Spalte("Indikator", lang, breite=325),
        Spalte("Wert", zahl, breite=52, nachkommastellen=1), Spalte("Stadt", zahl, breite=52, nachkommastellen=1),
        Spalte("Verhältnis", zahl, "-fach", 76, 1), Spalte("gegen die Stadt", lang, breite=74), Spalte("Rang", lang, breite=112),
        Spalte("von", zahl, "95 %", 46, 1), Spalte("bis", zahl, "95 %", 46, 1), Spalte("Fälle", anzahl, breite=50), Spalte("von", anzahl, "allen", 50),
        Spalte("Jahr", lang, breite=68),
    )  # fmt: skip


def _build_zeile(z: Nachweiszeile) -> tuple[Zellwert, ...]:
    from sozialtool.ausgabe.werkbank import zelle

    k, ind = z.kennzahl, z.indikator
    stellen = ind.nachkommastellen
    return (
        z.gebiet.name, ind.kennung, f"{ind.name} ({ind.einheit})" if ind.einheit else ind.name, zelle(k, ind), zelle(z.stadt, ind), _zahl(z, z.verhaeltnis, 1), write_lage(z), write_rang(z),
        _zahl(z, k and k.unten, stellen), _zahl(z, k and k.oben, stellen), _zahl(z, k and k.zaehler, 0), _zahl(z, k and k.nenner, 0),
        write_jahr(z),
    )  # fmt: skip


def _zahl(zeile: Nachweiszeile, wert: float | None, stellen: int) -> Zellwert:
    from sozialtool.ausgabe.tabelle import Zahl
    from sozialtool.ausgabe.werkbank import grund

    if zeile.zeichen is not None:
        return grund(zeile.zeichen)
    return grund(Zeichen.SINNLOS) if wert is None else Zahl(runde(wert, stellen), nachkommastellen=stellen)


# -- a final one ------------------------------------------------------------------------------------------------------


def _record(projekt: Projekt, nachweis: Foerdernachweis, mappe: Path, tag: dt.date, vorbehalt: str) -> None:
    """Search the workbook for leaks and keep what it shows; the page shows a part of it."""
    from sozialtool.ablauf.leckpruefung import require_dicht
    from sozialtool.ablauf.veroeffentlichungen import record_veroeffentlichung

    require_dicht(projekt, mappe)
    auswahl = build_auswahl(projekt, nachweis)
    record_veroeffentlichung(projekt, nachweis.grundlage.ergebnis, nachweis.jahr, mappe, "", tag, auswahl, vorbehalt)


def build_auswahl(projekt: Projekt, nachweis: Foerdernachweis) -> Auswahl:
    """Say what the proof shows: the figures with a value in its rows and sentences, and those behind the evidence of its needs.

    What shows a sign, or no figure at all, is not in it: else a later release would take a secret for something public.
    """
    from sozialtool.ablauf.belege import build_belegregister
    from sozialtool.geheimhaltung.festhalten import Auswahl
    from sozialtool.geheimhaltung.werte import Ort

    grundlage, register = nachweis.grundlage, build_belegregister(projekt)
    zeilen = {ort for z in nachweis.zeilen for ort in z.gezeigt}
    orte: set[Ort] = set()
    for bedarf in (b.bild.bedarf for b in nachweis.bedarfe):
        for eintrag in (beleg.eintrag for s in bedarf.belege if (beleg := register.find(s)) is not None):
            if isinstance(eintrag, Indikator):
                gezeigt = _list_kennzahlen(grundlage, eintrag, bedarf.gebiete)
                zeilen |= {(eintrag.kennung, grundlage.jahr, g) for g in gezeigt}
            elif isinstance(eintrag, Versorgungsmass):
                gezeigt = _list_versorgte(grundlage, eintrag, bedarf.gebiete)
                orte |= {Ort(g, merkmal, grundlage.jahr) for g in gezeigt for merkmal in eintrag.gruppe}
    return Auswahl(frozenset(zeilen), frozenset(orte))


def _list_kennzahlen(grundlage: Plangrundlage, indikator: Indikator, gebiete: Sequence[str]) -> Iterator[str]:
    """Name the areas whose figure `Plangrundlage.write` prints for these areas: their own, and the town's beside it."""
    for gebiet in gebiete:
        k = grundlage.find(gebiet, indikator.kennung)
        if k is not None and k.wert is not None and indikator.kennung in grundlage.indikatoren:
            yield gebiet
            if k.stadtwert is not None:
                yield grundlage.stadt


def _list_versorgte(grundlage: Plangrundlage, mass: Versorgungsmass, gebiete: Sequence[str]) -> Iterator[str]:
    """Name the areas whose supply `belege.describe_versorgungsbeleg` prints, from which anybody has the size of the group.

    Of a group of several Merkmale only the sum can be had; they all count as shown.
    """
    bild = grundlage.find_versorgung(mass.schluessel)
    zeilen = [z for z in bild.zeilen if z.gebiet.schluessel in gebiete] if bild is not None else []
    if bild is not None and zeilen:
        # Nothing per hundred people tells nobody how many people there are.
        yield from (z.gebiet.schluessel for z in (*zeilen, bild.stadt) if z.wert)
