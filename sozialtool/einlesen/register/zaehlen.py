"""Count the people of a file, column by column. Standard library only: runs in the reading child process.

What leaves is counts per Merkmal and area, numbers of rows in findings, and spellings of streets without number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sozialtool.einlesen.register.befunde import FAELLE, GRUENDE, WENIGE
from sozialtool.einlesen.register.sinn import MERKMALE, Buch, Leser, Ort, constant_of
from sozialtool.einlesen.register.spalten import NICHT_GELESEN, find_kopf
from sozialtool.einlesen.texte import clean
from sozialtool.fach.register import (
    DRITTSTAAT,
    OFFEN,
    UNBEKANNT,
    Geburt,
    Haushalt,
    Profil,
    Zaehlwerk,
    assign_geschlecht,
    build_regeln,
    count_haushalte,
)
from sozialtool.fach.schreibweise import format_anzahl

_ALT = 110
_PERSON, _KIND = 1 << 80, 1 << 40
"""A household adds up in one number: people, those under 18, sum of ages."""
_OHNE_ALTER = -_KIND
ZEIGT: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "REGISTER-GEBURT": ("geburt", lambda geburt: geburt is None),
    "REGISTER-UNGEBOREN": ("geburt", lambda geburt: geburt is not None and geburt.alter < 0),
    "REGISTER-SEHR-ALT": ("geburt", lambda geburt: geburt is not None and geburt.alter > _ALT),
    "REGISTER-GEBURT-UNVOLLSTAENDIG": ("geburt", lambda geburt: geburt is not None and not geburt.ganz),
    "REGISTER-GESCHLECHT": ("geschlecht", lambda geschlecht: geschlecht is None),
    "REGISTER-NATION": ("gruppe", lambda gruppe: gruppe == UNBEKANNT),
}
"""Finding → what it looks at, and which meanings it names."""

Zeile = tuple[int, int, int, int, int]
"""Numbers of the meanings: geburt, geschlecht, gruppe, lange (`MERKMALE`), ort."""


class Stueck(NamedTuple):
    """Whole lines of text in UTF-8 without NUL, cells per row, separator, and the number of the first row."""

    text: bytes
    breite: int
    trenner: str
    erste: int


class Zaehlung:
    """Counts people of one or more sheets by the plan of the parent; a huge sheet may come in pieces.

    The plan is plain values: index, stichtag, rest, gebiete, stamm, merkmale.
    """

    def __init__(self, plan: Mapping[str, Any]) -> None:
        self._plan = plan
        self.leser = Leser(plan)
        self.lage: dict[str, int] = {}
        self.quellen: dict[str, tuple[str, ...]] = {}
        self._zaehlwerk = Zaehlwerk(build_regeln(plan["stamm"], plan["merkmale"]))
        self._wiegt = Buch(self._zaehlwerk.weigh)
        self._personen = Buch(lambda person: self._wiegt[self._build_profil(*person)])
        self._summen = Buch(lambda _: 0)
        """ort → sum of its people in the `Zaehlwerk`"""
        self._haushalte: dict[Any, tuple[str, int]] = {}
        self._spalten: set[str] = set()
        self._blaetter: dict[str, dict[str, str]] = {}
        self._faelle: dict[tuple[str, str], tuple[int, list[int]]] = {}
        self._befunde: list[tuple[str, str, str, str, str, str]] = []

    def add_blatt(self, name: str, zeilen: Sequence[Sequence[Any]]) -> bool:
        """Count the people of a sheet (or its first piece); one that lists no people is passed over: False."""
        kopf, spalten = find_kopf(zeilen)
        if not spalten:
            return False
        self._blaetter[name] = {art: clean(zeilen[kopf][s]) for art, s in spalten.items()}
        self._spalten = self._spalten & set(spalten) if len(self._blaetter) > 1 else set(spalten)
        self.lage = {art: s for art, s in spalten.items() if art not in NICHT_GELESEN}
        self.quellen = self.leser.choose(self.lage)
        self.add_zeilen(name, zeilen[kopf + 1 :], kopf + 2)
        return True

    def add_zeilen(self, name: str, zeilen: Sequence[Sequence[Any]], erste: int) -> None:
        """Count more rows below the header found last; `erste` is the number of the first as Excel shows it."""
        if not zeilen:
            return
        alle = list(zip(*zeilen, strict=True))
        spalten = {art: alle[s] for art, s in self.lage.items()}
        da = self._find_people(name, spalten)
        if da is None:
            self._add(name, range(erste, erste + len(zeilen)), spalten)
        elif da:
            gewaehlt = {art: [spalte[i] for i in da] for art, spalte in spalten.items()}
            self._add(name, [erste + i for i in da], gewaehlt)

    def add_text(self, _name: str, _stueck: Stueck, /) -> int | None:
        """Count the rows of a piece of text at once and say how many; None when it must be split into cells first.

        This one always wants cells; an engine can more.
        """
        return None

    def _find_people(self, name: str, spalten: Mapping[str, Sequence[Any]]) -> list[int] | None:
        """Return the rows of people to be counted; None when all of them are."""
        wichtig = [spalten[art] for art in ("geboren", "strasse", "adresse", "schluessel", "gebiet") if art in spalten]
        if "wohnung" not in spalten and any(all(spalte) for spalte in wichtig):
            return None
        da = [i for i, teile in enumerate(zip(*wichtig, strict=True)) if any(teile)]
        if "wohnung" in spalten:
            haupt = self.leser.read_haupt(spalten["wohnung"])
            gezaehlt = [i for i in da if haupt[i]]
            self.note("REGISTER-NEBENWOHNUNG", name, len(da) - len(gezaehlt), [])
            return gezaehlt
        return da

    def _add(self, name: str, nummern: Sequence[int], spalten: Mapping[str, Sequence[Any]]) -> None:
        person = [self._read(was, spalten, len(nummern)) for was in MERKMALE]
        orte = self._read("ort", spalten, len(nummern))
        summen = self._summen
        for ort, gewicht in zip(orte, map(self._personen.__getitem__, zip(*person, strict=True)), strict=True):
            summen[ort] += gewicht
        for code, (was, trifft) in ZEIGT.items():
            zahlen, gesucht = person[MERKMALE.index(was)], self.find_meanings(was, trifft)
            if was in self.quellen and not gesucht.isdisjoint(zahlen):
                self._check(code, name, nummern, zahlen, gesucht)
        if "haushalt" in spalten:
            self._add_haushalte(spalten["haushalt"], orte, person[0])

    def _read(self, was: str, spalten: Mapping[str, Sequence[Any]], anzahl: int) -> list[int]:
        arten = self.quellen.get(was)
        sinn = self.leser.sinne[was]
        if arten is None:
            return [sinn.number(constant_of(was))] * anzahl
        if len(arten) == 1:
            return sinn.read(spalten[arten[0]])
        leer = (None,) * anzahl
        return sinn.read(zip(*(spalten.get(art, leer) for art in arten), strict=True))

    def find_meanings(self, was: str, trifft: Callable[[Any], bool]) -> set[int]:
        """Return the numbers of the meanings that a finding names."""
        return {nummer for nummer, wert in enumerate(self.leser.sinne[was].werte) if trifft(wert)}

    def _check(self, code: str, name: str, nummern: Sequence[int], zahlen: Sequence[int], gesucht: set[int]) -> None:
        """Note what cannot be read by the numbers of its rows; nothing that stands in them is told."""
        zeilen = [nummer for nummer, zahl in zip(nummern, zahlen, strict=True) if zahl in gesucht]
        self.note(code, name, len(zeilen), zeilen)

    def note_umbrueche(self, blatt: str, anzahl: int) -> None:
        """Note lines that lie inside quotation marks: with a mark too many, people would vanish without a word."""
        zeilen = format_anzahl(anzahl, "Zeile steht", "Zeilen stehen")
        zaehlt = "zählt nicht als eigene Person" if anzahl == 1 else "zählen nicht als eigene Personen"
        text = f"{zeilen} innerhalb von Anführungszeichen und {zaehlt}."
        self._befunde.append(
            ("CSV-UMBRUCH", "FRAGE", blatt, text, "Die Zahl der Personen mit der Quelle vergleichen.", "")
        )

    def note(self, code: str, blatt: str, anzahl: int, zeilen: Sequence[int]) -> None:
        """Add to a finding (`befunde.FAELLE`): how many people, and the first rows."""
        if anzahl:
            bisher, erste = self._faelle.get((code, blatt), (0, []))
            self._faelle[(code, blatt)] = bisher + anzahl, (erste + list(zeilen))[:WENIGE]

    def add_kreuz(self, zeilen: Mapping[Zeile, int]) -> None:
        """Add people that were counted elsewhere by the same `leser`."""
        for (*person, ort), anzahl in zeilen.items():
            self._summen[ort] += anzahl * self._personen[tuple(person)]

    def _add_haushalte(self, nummern: Sequence[Any], orte: Sequence[int], geburten: Sequence[int]) -> None:
        """Add people to their households; one whose people live in several areas counts in the first by name."""
        haushalte = self._haushalte
        gebiet_von = [ort.gebiet for ort in self.leser.sinne["ort"].werte]
        wiegt = [_weigh(geburt) for geburt in self.leser.sinne["geburt"].werte]
        wo, wieviel = map(gebiet_von.__getitem__, orte), map(wiegt.__getitem__, geburten)
        for nummer, gebiet, gewicht in zip(nummern, wo, wieviel, strict=True):
            if not gewicht:
                continue
            bisher = haushalte.get(nummer)
            if bisher is None:
                haushalte[nummer] = gebiet, gewicht
            else:
                erstes, summe = bisher
                haushalte[nummer] = (gebiet if gebiet == erstes else min(gebiet, erstes)), summe + gewicht
        for leer in (None, ""):
            haushalte.pop(leer, None)

    def haushalte(self) -> Mapping[tuple[str, Haushalt], int]:
        """Return how many households of which kind there are in each area."""
        je_gewicht = Counter(
            (gebiet, gewicht if gewicht < 2 * _PERSON else gewicht & _OHNE_ALTER)
            for gebiet, gewicht in self._haushalte.values()
        )
        arten: Counter[tuple[str, Haushalt]] = Counter()
        for (gebiet, gewicht), anzahl in je_gewicht.items():
            personen, rest = divmod(gewicht, _PERSON)
            kinder, alter = divmod(rest, _KIND)
            arten[gebiet, Haushalt(personen, kinder, alter)] += anzahl
        return arten

    def _build_profil(self, geburt: int, geschlecht: int, gruppe: int, lange: int) -> Profil | None:
        """Put a person together from the numbers of the meanings; None when it is not counted."""
        sinne = self.leser.sinne
        person: Geburt | None = sinne["geburt"].werte[geburt]
        if person is None or person.alter < 0:
            return None
        sicher = assign_geschlecht(sinne["geschlecht"].werte[geschlecht] or OFFEN, ungerade=person.ungerade)
        nation = sinne["gruppe"].werte[gruppe]
        nation = DRITTSTAAT if nation == UNBEKANNT else nation
        return Profil(person.alter, sicher, nation, sinne["lange"].werte[lange], person.rente)

    def _count_orte(self) -> tuple[dict[str, int], Counter[int], Counter[str]]:
        """Return the sum of each area, why people are in no area, and the spellings of unknown streets, with how many people."""
        summen: Counter[str] = Counter()
        gruende: Counter[int] = Counter()
        offen: Counter[str] = Counter()
        for nummer, summe in self._summen.items():
            ort: Ort = self.leser.sinne["ort"].werte[nummer]
            alle, _, _ = self._zaehlwerk.unpack(summe)
            summen[ort.gebiet] += summe
            gruende[ort.grund] += alle
            if ort.offen:
                offen[ort.offen] += alle
        return summen, gruende, offen

    def _describe(self, gruende: Mapping[int, int]) -> None:
        """Write the findings that were noted."""
        for (code, blatt), (anzahl, zeilen) in self._faelle.items():
            schwere, viele, eine = FAELLE[code]
            was = eine if anzahl == 1 else viele
            orte = ", ".join(map(str, zeilen)) + (" …" if anzahl > len(zeilen) else "")
            wo = f" (Zeile {orte})" if zeilen else ""
            self._befunde.append(
                (code, schwere, blatt, f"{format_anzahl(anzahl)}, die {was}{wo}.", "In der Quelle prüfen.", "")
            )
        if gemeint := list(self.leser.widersprueche.items()):
            name, (hier, dort) = gemeint[0]
            strassen = format_anzahl(len(gemeint), "Straße steht", "Straßen stehen")
            text = (
                f"{strassen} mit anderem Schlüssel in der Liste als im Straßenverzeichnis, zum Beispiel „{name}“: {hier} statt {dort}."
                " Gezählt ist nach dem Schlüssel."
            )
            rat = "Verwenden beide verschiedene Straßenschlüssel, diese Spalte vor dem Einlesen löschen."
            self._befunde.append(("REGISTER-SCHLUESSEL", "FRAGE", "", text, rat, ""))
        for grund, anzahl in sorted(gruende.items()):
            if grund in GRUENDE:
                code, viele, eine, rat = GRUENDE[grund]
                satz = f"{eine}; sie zählt" if anzahl == 1 else f"{viele}; sie zählen"
                text = f"{format_anzahl(anzahl)} {satz} zu „nicht zuzuordnen“."
                self._befunde.append((code, "FRAGE", "", text, rat, ""))

    def build(self) -> dict[str, Any]:
        """Return plain values that name nobody: zahlen, personen, offen, befunde, spalten."""
        plan = self._plan
        gebiete: Iterable[str] = [*plan["gebiete"], plan["rest"]]
        summen, gruende, offen = self._count_orte()
        zahlen = self._zaehlwerk.count_personen(dict.fromkeys(gebiete, 0) | summen, self._spalten)
        if {"haushalt", "geboren"} <= self._spalten and plan["stamm"] == "ew":
            zahlen |= count_haushalte(self.haushalte(), plan["merkmale"], gebiete)
        self._describe(gruende)
        return {
            "zahlen": [(gebiet, merkmal, anzahl) for (gebiet, merkmal), anzahl in zahlen.items()],
            "personen": self._zaehlwerk.unpack(sum(summen.values()))[1],
            "offen": sorted(offen.items(), key=lambda paar: (-paar[1], paar[0])),
            "befunde": self._befunde,
            "spalten": self._blaetter,
        }


def _weigh(geburt: Geburt | None) -> int:
    """Return what somebody adds to a household; 0 for who is not counted."""
    if geburt is None or geburt.alter < 0:
        return 0
    return _PERSON + (_KIND if geburt.alter < 18 else 0) + geburt.alter
