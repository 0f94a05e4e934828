"""Participation as tables: matrix and list for the screen, both as Excel and Word."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool.ablauf.beteiligungsbild import Beteiligungszeile, describe_beteiligung, say_fehlend
from sozialtool.ablauf.nachweise import describe_nachweis, resolve_nachweise
from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.fach.beteiligung import Beteiligung, Beteiligungsebene, Beteiligungsgruppe, Beteiligungsphase
from sozialtool.fach.raum import Gebiet
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.textblatt import Textblatt
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

_KURZ = {
    Beteiligungsgruppe.TRAEGER: "Träg.", Beteiligungsgruppe.BEWOHNER: "Bew.", Beteiligungsgruppe.FACHKRAEFTE: "Fachk",
    Beteiligungsgruppe.NUTZENDE: "Nutz.", Beteiligungsgruppe.POLITIK: "Polit", Beteiligungsgruppe.VERWALTUNG: "Verw.",
    Beteiligungsgruppe.WEITERE: "Weit.",
}  # fmt: skip
"""Heads of narrow columns; the legend names them in full."""
_KOEPFE = {
    Beteiligungsgruppe.TRAEGER: ("freie Träger", 7.0), Beteiligungsgruppe.BEWOHNER: ("Bewohnerschaft", 13.0),
    Beteiligungsgruppe.FACHKRAEFTE: ("Fachkräfte", 9.0), Beteiligungsgruppe.NUTZENDE: ("Nutzende", 8.0),
    Beteiligungsgruppe.POLITIK: ("Politik", 6.5), Beteiligungsgruppe.VERWALTUNG: ("Verwaltung", 10.5),
    Beteiligungsgruppe.WEITERE: ("Weitere", 7.0),
}  # fmt: skip
"""Heads on paper and their share of the width: whole words that fit."""
_LEGENDE = "√ gelaufen  ○ geplant  ! unverzichtbar und fehlt  – nichts; die Zahl sagt, wie oft"
_ZELLE = 6
_NAMEN = "Spalten: " + ", ".join(gruppe.value for gruppe in Beteiligungsgruppe)


def build_matrix(projekt: Projekt, gebiet: str = "") -> Plantafel:
    """Lay the matrix out for the screen; errors as in `describe_beteiligung`."""
    zeilen: list[Tafelzeile] = []
    letzte = None
    for zeile in describe_beteiligung(projekt, gebiet):
        if zeile.ebene is not letzte:
            zeilen.append(Tafelzeile(f"#{zeile.ebene.name}", (zeile.ebene.value, *("",) * (len(_KURZ) + 1)), fett=True))
            letzte = zeile.ebene
        zellen = (zelle.kurz.replace(" fehlt", "") for zelle in zeile.zellen)
        texte = (f" {zeile.phase.value}", *zellen, _narrow(zeile.kurz))
        schluessel = f"{zeile.ebene.name}/{zeile.phase.name}"
        zeilen.append(Tafelzeile(schluessel, texte, _details(projekt, zeile), (zeile.ebene, zeile.phase)))
    spalten = (
        Tafelspalte("Phase", 19),
        *(Tafelspalte(_KURZ[g], _ZELLE) for g in Beteiligungsgruppe),
        Tafelspalte("Gefordert"),
    )
    titel = f"Beteiligung · {_name(projekt, gebiet)}" if gebiet else "Beteiligung"
    return Plantafel(titel, spalten, tuple(zeilen), (_LEGENDE, _NAMEN), anzahl=sum(not z.fett for z in zeilen))


def _narrow(text: str) -> str:
    """Say the same in a narrow column; the line below the table says it in full."""
    for lang, kurz in ((" in ", " "), (" von ", "/"), ("unverzichtbar, ", ""), ("empfohlen, ", "")):
        text = text.replace(lang, kurz)
    return text


def _name(projekt: Projekt, gebiet: str) -> str:
    return next(
        (g.name for g in projekt.read(Gebiet) if gebiet.casefold() in (g.schluessel.casefold(), g.name.casefold())),
        gebiet,
    )


def _details(projekt: Projekt, zeile: Beteiligungszeile) -> tuple[str, ...]:
    namen = {g.schluessel: g.name for g in projekt.read(Gebiet)}
    kopf = f"{zeile.phase.value}, {zeile.ebene.value}"
    return (kopf, say_fehlend(zeile), *(_say(e, namen) for e in zeile.eintraege))


def _say(e: Beteiligung, namen: dict[str, str]) -> str:
    wo = f", {namen.get(e.gebiet, e.gebiet)}" if e.gebiet else ""
    wann = f" {e.datum:%d.%m.%Y}" if e.datum else ""
    return f"{e.stand.symbol} {e.gruppe.value}{wo}: {e.name}{wann}" + (f" → {e.ergebnis}" if e.ergebnis else "")


def build_beteiligungstafel(
    projekt: Projekt, ebene: Beteiligungsebene | None = None, phase: Beteiligungsphase | None = None
) -> Plantafel:  # fmt: skip
    """List the occasions, the newest first; of one level and phase where they are given."""
    namen = {g.schluessel: g.name for g in projekt.read(Gebiet)}
    alle = [e for e in projekt.read(Beteiligung) if ebene in (None, e.ebene) and phase in (None, e.phase)]
    alle.sort(key=lambda e: (-(e.datum or dt.date.max).toordinal(), e.schluessel))
    zeilen = tuple(
        Tafelzeile(
            e.schluessel,
            (f"{e.datum:%d.%m.%Y}" if e.datum else "offen", e.name, e.gruppe.value, namen.get(e.gebiet, "Stadt"), f"{e.stand.symbol} {e.stand.value}"),
            (e.name, f"{e.phase.value}, {e.ebene.value}", e.ergebnis or "Was daraus wurde, steht noch nicht da.",
             *(f"Nachweis: {describe_nachweis(b)}" for b in resolve_nachweise(projekt, e.nachweise))),
            e,
        )
        for e in alle
    )  # fmt: skip
    spalten = (
        Tafelspalte("Datum", 11),
        Tafelspalte("Beteiligung"),
        Tafelspalte("Gruppe", 17),
        Tafelspalte("Wo", 16),
        Tafelspalte("Stand", 12),
    )
    titel = f"Beteiligungen · {phase.value}, {ebene.value}" if ebene and phase else "Beteiligungen"
    return Plantafel(titel, spalten, zeilen, leer="Noch keine Beteiligung. n trägt eine ein.")


def write_beteiligung(projekt: Projekt, stand: dt.date | None = None, drucksache: str = "") -> tuple[Path, Path]:
    """Write `ausgaben/<Jahr>/Beteiligung_<Jahr>.xlsx` and `.docx`; arguments and errors as in `write_textpaar`."""
    from sozialtool.ablauf.textpaar import write_textpaar

    titel = f"Beteiligung in der Sozialplanung {projekt.kommune.name}"
    return write_textpaar(
        projekt, "Beteiligung", titel, "Wer sich wo und wann beteiligt", build_blaetter(projekt), stand, drucksache
    )


def build_beteiligungsblaetter(projekt: Projekt) -> tuple[Vergleichsblatt, ...]:
    """Lay matrix and list out for the monitoring workbook; none while nobody has been asked yet."""
    import attrs

    from sozialtool.ausgabe.textblatt import to_sheet

    if not projekt.read(Beteiligung):
        return ()
    matrix, fehlend, liste = build_blaetter(projekt)
    punkte = tuple(f"{phase}, {ebene}: {satz}" for ebene, phase, _, satz in fehlend.zeilen)
    return (
        attrs.evolve(
            to_sheet(matrix),
            name="Beteiligung",
            schluss="Was gefordert ist und noch fehlt",
            punkte=punkte,
            wahl="beteiligung",
        ),
        attrs.evolve(to_sheet(liste), name="Beteiligungen", wahl="beteiligung"),
    )


def build_blaetter(projekt: Projekt) -> list[Textblatt]:
    """Describe the tables: the matrix, what is missing, the list."""
    from sozialtool.ausgabe.textblatt import Textblatt

    zeilen = describe_beteiligung(projekt)
    koepfe = (("Ebene", 11.0), ("Phase", 15.5), *(_KOEPFE[g] for g in Beteiligungsgruppe), ("Gefordert", 16.0))
    matrix = tuple((z.ebene.value, z.phase.value, *(zelle.kurz for zelle in z.zellen), z.kurz) for z in zeilen)
    fehlend = tuple(
        (z.ebene.value, z.phase.value, z.regel.grad.value, say_fehlend(z))
        for z in zeilen
        if z.regel is not None and z.fehlend
    )
    namen = {g.schluessel: g.name for g in projekt.read(Gebiet)}
    alle = sorted(projekt.read(Beteiligung), key=lambda e: (e.datum or dt.date.max, e.schluessel))
    liste = tuple(
        (f"{e.datum:%d.%m.%Y}" if e.datum else "offen", e.name, f"{e.phase.value}, {namen.get(e.gebiet, 'Gesamtstadt')}",
         e.gruppe.value, e.stand.value, e.ergebnis)
        for e in alle
    )  # fmt: skip
    spalten = (
        ("Datum", 9),
        ("Beteiligung", 22),
        ("Phase und Ort", 18),
        ("Gruppe", 14),
        ("Stand", 9),
        ("Was daraus wurde", 28),
    )
    return [
        Textblatt("Matrix", "Beteiligung nach Phase und Gruppe", (f"{_LEGENDE}.",), koepfe, matrix),
        Textblatt(
            "Lücken", "Was gefordert ist und noch fehlt", (),
            (("Ebene", 12), ("Phase", 17), ("Gefordert", 13), ("Wo es fehlt", 58)), fehlend, "Es fehlt nichts.",
        ),
        Textblatt("Beteiligungen", "Beteiligung: geplant, gelaufen und was daraus wurde", (), spalten, liste, "Noch keine Beteiligung."),
    ]  # fmt: skip
