"""The proof for a funding call as one page of Word: what does not fit is cut and named, never left out without a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.controlling import Massnahmenbild
from sozialtool.ablauf.foerdernachweis import Foerdernachweis, Nachweisbedarf, Nachweiszeile
from sozialtool.ablauf.foerdertext import (
    GRUNDLAGE,
    describe_kosten,
    describe_quellen,
    describe_stadtweit,
    describe_wer,
    list_zeichen,
    write_jahr,
    write_rang,
    write_spanne,
    write_verhaeltnis,
    write_wert,
)

if TYPE_CHECKING:
    from sozialtool.ausgabe.einseiter import Teil
    from sozialtool.ausgabe.word import Worttabelle

_GROESSEN = (10.0, 9.5, 9.0, 8.5)
"""Points of the text, the largest that fits is taken."""
_VIELE = 99
_KLEINSTE_NOTIZ = 9.0
"""Up to this size notes are as large as the text: they are never smaller than 8 points."""
_BREITEN = (3.9, 2.4, 1.2, 1.2, 2.0, 2.7, 2.0, 1.6)
"""Centimetres of the columns of the figures; together those of the page."""


@attrs.frozen
class Mass:
    """How much of everything is shown, and in which size."""

    groesse: float
    saetze: int = 4
    belege: int = _VIELE
    bedarfe: int = _VIELE
    massnahmen: int = _VIELE
    zeilen: int = _VIELE
    geld: bool = True


def write_seite(pfad: Path, nachweis: Foerdernachweis, titel: str, stand: dt.date, voll: str) -> Mass:
    """Write the page; `voll` names the workbook in which everything stands. Returns how much of everything it shows.

    Raises:
        DateiGesperrt: the document is open in Word. DateiFehler: it cannot be written.
    """
    from sozialtool.ausgabe.einseiter import fits, write_einseiter

    mass = Mass(_GROESSEN[-1])
    teile: list[Teil] = []
    for mass in _list_masse(nachweis):
        teile = build_seite(nachweis, mass, titel, stand, voll)
        if fits(teile, mass.groesse):
            break
    write_einseiter(pfad, teile, titel, stand, "Nachweis für einen Förderaufruf", mass.groesse)
    return mass


def _list_masse(nachweis: Foerdernachweis) -> Iterator[Mass]:
    """From everything in large letters to less in small ones: letters, evidence, sentences, then whole entries, figures last."""
    for belege, saetze, geld in (
        (_VIELE, 4, True),
        (2, 4, True),
        (1, 3, True),
        (1, 2, True),
        (1, 1, True),
        (1, 1, False),
    ):
        for groesse in _GROESSEN:
            yield Mass(groesse, saetze, belege, geld=geld)
    klein = Mass(_GROESSEN[-1], 1, 1, geld=False)
    bedarfe, massnahmen = len(nachweis.bedarfe), len(nachweis.massnahmen)
    while bedarfe > 1 or massnahmen > 1:
        bedarfe, massnahmen = (
            (bedarfe - 1, massnahmen) if bedarfe >= massnahmen and bedarfe > 1 else (bedarfe, massnahmen - 1)
        )
        yield attrs.evolve(klein, bedarfe=bedarfe, massnahmen=massnahmen)
    ohne = attrs.evolve(klein, bedarfe=1, massnahmen=1)
    for zeilen in range(len(nachweis.zeilen) - 1, 0, -1):
        yield attrs.evolve(ohne, zeilen=zeilen)


def build_seite(nachweis: Foerdernachweis, mass: Mass, titel: str, stand: dt.date, voll: str) -> list[Teil]:
    """Lay the page out with so much of everything; the last note names what was cut."""
    from sozialtool.ausgabe.einseiter import Absatz, Kopf, Liste, Ueberschrift

    a = nachweis.aufruf
    unter = f"{', '.join(nachweis.orte)} · Stand {stand:%d.%m.%Y}"
    klein = mass.groesse > _KLEINSTE_NOTIZ
    teile: list[Teil] = [Kopf(titel, " · ".join(filter(None, (a.stelle, unter))))]
    for nummer, absatz in enumerate(filter(str.strip, a.begruendung.splitlines())):
        teile.append(Absatz(absatz, vorweg="" if nummer else "Warum hier:"))
    if nachweis.starke:
        teile += [
            Ueberschrift("Was die Zahlen sagen"),
            Liste(tuple(z.saetze[0] for z in nachweis.starke[: mass.saetze])),
        ]
    if nachweis.zeilen:
        noten = (GRUNDLAGE, describe_quellen(nachweis), list_zeichen(nachweis))
        teile += [Ueberschrift("Gegen die Stadt"), _build_zahlen(nachweis.zeilen[: mass.zeilen])]
        teile.append(Absatz(" ".join(filter(None, noten)), klein=klein))
    if nachweis.fehlend:
        teile.append(Absatz(" ".join(nachweis.fehlend), vorweg="Verlangt, aber nicht nachzuweisen:"))
    if nachweis.bedarfe:
        teile.append(Ueberschrift("Was gebraucht wird"))
        teile += [_build_bedarf(nachweis, b, mass.belege) for b in nachweis.bedarfe[: mass.bedarfe]]
    if nachweis.massnahmen:
        teile.append(Ueberschrift("Was dort geschieht"))
        teile += [_build_massnahme(nachweis, b, geld=mass.geld) for b in nachweis.massnahmen[: mass.massnahmen]]
    rest = " ".join(filter(None, (describe_stadtweit(nachweis), _describe_schnitt(nachweis, mass, voll))))
    return [*teile, *([Absatz(rest, klein=klein)] if rest else [])]


def _build_zahlen(zeilen: Sequence[Nachweiszeile]) -> Worttabelle:
    from sozialtool.ausgabe.word import Worttabelle

    kopf = ("Indikator", "Sozialraum", "Wert", "Stadt", "Verhältnis", "Rang", "Spanne", "Jahr")
    return Worttabelle(
        "Die Sozialräume gegen die Stadt",
        "Je Indikator und Sozialraum Wert, Wert der Stadt, Verhältnis, Rang mit Spanne und Zufallsspanne",
        kopf,
        _BREITEN,
        tuple(_build_zeile(zeilen, nr) for nr in range(len(zeilen))),
        frozenset(range(2, len(kopf))),
        eng=True,
        verbinde=True,
    )


def _build_zeile(zeilen: Sequence[Nachweiszeile], nummer: int) -> tuple[str, ...]:
    """One row; the name of the indicator stands once."""
    z = zeilen[nummer]
    neu = nummer == 0 or zeilen[nummer - 1].indikator != z.indikator
    einheit = f" ({z.indikator.einheit})" if z.indikator.einheit else ""
    return (
        f"{z.indikator.kennung} {z.indikator.name}{einheit}" if neu else "",
        z.gebiet.name, write_wert(z, z.kennzahl), write_wert(z, z.stadt), write_verhaeltnis(z), write_rang(z), write_spanne(z), write_jahr(z),
    )  # fmt: skip


def _build_bedarf(nachweis: Foerdernachweis, b: Nachweisbedarf, belege: int) -> Teil:
    from sozialtool.ausgabe.einseiter import Absatz

    bedarf = b.bild.bedarf
    empfehlung = f"Empfehlung: {bedarf.empfehlung}." if bedarf.empfehlung else ""
    text = " ".join(filter(None, (f"({nachweis.name_orte(bedarf.gebiete)})", *b.belege[:belege], empfehlung)))
    return Absatz(text, vorweg=f"{bedarf.schluessel} {bedarf.name}")


def _build_massnahme(nachweis: Foerdernachweis, b: Massnahmenbild, *, geld: bool) -> Teil:
    from sozialtool.ausgabe.einseiter import Absatz

    kosten = describe_kosten(b) if geld else ""
    return Absatz(
        f"({describe_wer(nachweis, b)}) {kosten}".strip(), vorweg=f"{b.massnahme.schluessel} {b.massnahme.name}"
    )


def _describe_schnitt(nachweis: Foerdernachweis, mass: Mass, voll: str) -> str:
    """Name what the page leaves out."""
    gezeigt = nachweis.bedarfe[: mass.bedarfe]
    teile = (
        (len(nachweis.starke) - mass.saetze, "Satz zu den Zahlen", "Sätze zu den Zahlen"),
        (len(nachweis.zeilen) - mass.zeilen, "Zeile der Tabelle", "Zeilen der Tabelle"),
        (sum(max(len(b.belege) - mass.belege, 0) for b in gezeigt), "Beleg", "Belege"),
        (len(nachweis.bedarfe) - mass.bedarfe, "Bedarf", "Bedarfe"),
        (len(nachweis.massnahmen) - mass.massnahmen, "Maßnahme", "Maßnahmen"),
    )
    worte = [f"{n} {eins if n == 1 else viele}" for n, eins, viele in teile if n > 0]
    worte += ["Kosten der Maßnahmen"] if nachweis.massnahmen and not mass.geld else []
    return f"Weitere in {voll}: {', '.join(worte)}." if worte else ""
