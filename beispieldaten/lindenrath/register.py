"""The register of residents, person by person and without names: counted by area it gives the delivered figures.

Everybody in it is invented. Three streets are spelled in a way the Straßenverzeichnis does not know, and who has no address
in the town is "nicht zuzuordnen"; `schreibweisen.csv` says what the planner decided about these spellings.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import NamedTuple

from lindenrath.bevoelkerung import SEED, share_out
from lindenrath.bezirke import BEZIRKE, Bezirk
from lindenrath.haushalte import JAHR, Haushalt, Person, build_haushalte
from lindenrath.raum import NZ, SOZIALRAEUME
from lindenrath.soziales import werte_of
from lindenrath.strassen import DOPPELT, Lauf, build_laeufe
from lindenrath.werkstatt import Werkstatt, mappe, write_csv

DATEI = f"register/Einwohnerregister_31-12-{JAHR}.xlsx"
VERSCHRIEBEN = {"Spitalgasse": "Spittahlgasse", "Reiherweg": "Reiherwech", "Knappengasse": "Am Knappenhof"}
"""Street → how the register spells it."""
OHNE = ("ohne festen Wohnsitz", "unbekannt verzogen")
_JUGENDDORF = "0707"
_GERN = {
    "familie": {"f": 1.7, "d": 0.9, "a": 0.5},
    "alt": {"f": 0.4, "d": 0.7, "a": 2.0},
    "allein": {"f": 0.6, "d": 1.7, "a": 0.7},
    "paar": {},
}
"""How much rather a household lives in a Bezirk of that kind."""
_GERN_AUSLAND = {"d": 2.2, "a": 0.5, "f": 0.7}
KOPF = (
    "Str.-Schl.", "Straße", "Hausnr.", "Zusatz", "Geburtsdatum", "Geschlecht", "Staatsangehörigkeit", "Familienstand",
    "Einzug am", "Haushaltsnr.",
)  # fmt: skip


class Adresse(NamedTuple):
    """An address as the register has it, and what it is sorted by."""

    ordnung: tuple[str, int, str]
    schluessel: str
    strasse: str
    nummer: int | None
    zusatz: str


def build_register() -> list[tuple[Adresse, Haushalt]]:
    """All households with their addresses, in the order of the streets."""
    laeufe, namen = build_laeufe()
    je_bezirk: dict[str, list[Lauf]] = {}
    for lauf in laeufe:
        je_bezirk.setdefault(lauf.bezirk, []).append(lauf)
    register = []
    for raum in SOZIALRAEUME:
        zufall = random.Random(f"{SEED}:adressen:{raum.schluessel}")
        for bezirk, haushalt in _place(raum.schluessel, zufall):
            register.append((_address(je_bezirk[bezirk], namen, zufall), haushalt))
    zufall = random.Random(f"{SEED}:adressen:{NZ}")
    for haushalt in build_haushalte(NZ):
        text = OHNE[len(haushalt) > 1]
        register.append((Adresse(("99999", 0, text), "", text, None, ""), haushalt))
    register.sort(key=lambda paar: paar[0].ordnung)
    _mark_divers([p for _, haushalt in register for p in haushalt])
    return register


def _place(raum: str, zufall: random.Random) -> Iterator[tuple[str, Haushalt]]:
    """Give every household a Bezirk, until each has its share of the people."""
    bezirke = [b for b in BEZIRKE if b.raum == raum]
    frei = dict(zip(bezirke, share_out(werte_of(raum, JAHR)["ew"], [b.anteil for b in bezirke]), strict=True))
    haushalte = build_haushalte(raum)
    zufall.shuffle(haushalte)
    for haushalt in haushalte:
        gewichte = [max(frei[b], 0) * _likes(haushalt, b) for b in bezirke]
        bezirk = zufall.choices(bezirke, gewichte if any(gewichte) else [1] * len(bezirke))[0]
        if all(p.alter < 18 for p in haushalt) and raum == "07":
            bezirk = next(b for b in bezirke if b.schluessel == _JUGENDDORF)
        frei[bezirk] -= len(haushalt)
        yield bezirk.schluessel, haushalt


def _likes(haushalt: Haushalt, bezirk: Bezirk) -> float:
    aelteste = max(p.alter for p in haushalt)
    familie = any(p.alter < 18 for p in haushalt)
    art = "familie" if familie else "alt" if aelteste >= 68 else "allein" if len(haushalt) == 1 else "paar"
    ausland = _GERN_AUSLAND.get(bezirk.art, 1.0) if haushalt[0].nation != "deutsch" else 1.0
    return _GERN[art].get(bezirk.art, 1.0) * ausland


def _address(laeufe: list[Lauf], namen: dict[str, str], zufall: random.Random) -> Adresse:
    lauf = zufall.choices(laeufe, [len(lauf.haeuser) for lauf in laeufe])[0]
    nummer, zusatz = zufall.choice(lauf.haeuser)
    name = namen[lauf.strasse]
    schluessel, geschrieben = lauf.strasse, name
    if name in VERSCHRIEBEN:
        schluessel, geschrieben = "", VERSCHRIEBEN[name]
    elif name != DOPPELT and zufall.random() < 0.12:
        schluessel = ""
        geschrieben = zufall.choice((name.replace("straße", "str."), name.upper(), name.replace("straße", "-Straße")))
    return Adresse((lauf.strasse, nummer, zusatz), schluessel, geschrieben, nummer, zusatz)


def _mark_divers(leute: list[Person]) -> None:
    """Six people without an entry, who count to the sex of the model by an odd month as by an odd day of birth."""
    kandidaten = [
        p
        for p in leute
        if 18 <= p.alter < 40 and {p.geboren.day % 2, p.geboren.month % 2} == {int(p.geschlecht == "m")}
    ]
    for p in random.Random(f"{SEED}:divers").sample(kandidaten, 6):
        p.geschlecht = "d"


def liefern(w: Werkstatt) -> None:
    """Write the register; a title that says what it is, and three children born after the Stichtag."""
    register = build_register()
    pfad = w.ziel / DATEI
    pfad.parent.mkdir(parents=True, exist_ok=True)
    with mappe(pfad, "Stadt Lindenrath, Bürgerbüro") as buch:
        blatt = buch.add_worksheet("Bestand")
        fett = buch.add_format({"bold": True, "bottom": 1})
        tag = buch.add_format({"num_format": "dd.mm.yyyy"})
        blatt.set_column(0, 9, 12)
        blatt.set_column(1, 1, 26)
        blatt.write(0, 0, "Stadt Lindenrath · Bürgerbüro · alle Personen sind erfunden", fett)
        blatt.write(1, 0, f"Bestand am Ort der Hauptwohnung, Stichtag 31.12.{JAHR}, Abzug vom 12.01.{JAHR + 1}")
        blatt.write_row(3, 0, KOPF, fett)
        zeile = 4
        for nummer, (adresse, haushalt) in enumerate(register, start=100001):
            neugeboren = [_newborn(nummer)] if nummer in _GEBURTEN else []
            for person in (*haushalt, *neugeboren):
                _write_person(blatt, zeile, (adresse, person, nummer), tag)
                zeile += 1
        blatt.freeze_panes(4, 0)
    entschieden = sorted(_decisions())
    write_csv(w.ziel / "schreibweisen.csv", ("schreibweise", "strasse"), entschieden)


_GEBURTEN = (104000, 109000, 114000)
"""Households with a child born between Stichtag and delivery."""


def _newborn(nummer: int) -> Person:
    kind = Person(0, "w" if nummer % 2000 else "m")
    kind.geboren = kind.einzug = dt.date(JAHR + 1, 1, 2 + nummer // 5000 % 9)
    return kind


def _write_person(blatt: object, zeile: int, wer: tuple[Adresse, Person, int], tag: object) -> None:
    adresse, person, nummer = wer
    text, zahl, datum = blatt.write_string, blatt.write_number, blatt.write_datetime  # type: ignore[attr-defined]  # untyped
    if adresse.schluessel:
        text(zeile, 0, adresse.schluessel)
    text(zeile, 1, adresse.strasse)
    if adresse.nummer is not None:
        zahl(zeile, 2, adresse.nummer)
    if adresse.zusatz:
        text(zeile, 3, adresse.zusatz)
    datum(zeile, 4, person.geboren, tag)
    text(zeile, 5, person.geschlecht)
    text(zeile, 6, person.nation)
    text(zeile, 7, person.stand)
    datum(zeile, 8, person.einzug, tag)
    zahl(zeile, 9, nummer)


def _decisions() -> Iterator[tuple[str, str]]:
    _, namen = build_laeufe()
    schluessel = {name: key for key, name in namen.items()}
    for name, geschrieben in VERSCHRIEBEN.items():
        yield geschrieben, schluessel[name]
    for text in OHNE:
        yield text, ""
