"""Count the people of a file, column by column. Standard library only: runs in the reading child process.

What leaves is counts per Merkmal and area, numbers of rows in findings, and spellings of streets without number.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sozialtool.einlesen.register.spalten import find_kopf
from sozialtool.einlesen.strassen.namen import parse_hausnummer, split_adresse, without_nummer
from sozialtool.einlesen.strassen.suche import (
    GEFUNDEN,
    MEHRDEUTIG,
    NUMMER_FEHLT,
    NUMMER_FREMD,
    STRASSE_FREMD,
    Index,
    find_gebiet,
    find_strassen,
    is_decided,
)
from sozialtool.einlesen.texte import clean
from sozialtool.fach.register import (
    DRITTSTAAT,
    OFFEN,
    Haushalt,
    Profil,
    alter_am,
    assign_geschlecht,
    build_regeln,
    count_haushalte,
    count_personen,
    geschlecht_of,
    gruppe_of,
    parse_tag,
    past_regelalter,
)

_NEBEN = frozenset({"nw", "n", "nebenwohnung", "neben", "nebenwohnsitz", "2", "nebenw."})
_ALT = 110
_WENIGE = 5
_GRUND = {
    STRASSE_FREMD: ("REGISTER-STRASSE", "stehen in einer Straße, die das Straßenverzeichnis nicht kennt",
                    "Die Schreibweisen ansehen und zuordnen."),
    NUMMER_FEHLT: ("REGISTER-OHNE-NUMMER", "haben keine lesbare Hausnummer, und die Straße liegt in mehreren Gebieten",
                   "Die Hausnummern in der Quelle ergänzen."),
    NUMMER_FREMD: ("REGISTER-NUMMER", "haben eine Hausnummer, für die das Straßenverzeichnis kein Gebiet nennt",
                   "Die Lücken im Straßenverzeichnis schließen."),
    MEHRDEUTIG: ("REGISTER-MEHRDEUTIG", "haben eine Adresse, für die das Straßenverzeichnis mehrere Gebiete nennt",
                 "Die Überschneidungen im Straßenverzeichnis auflösen."),
}  # fmt: skip


def find_adressen(
    adressen: Iterable[tuple[Any, Any, Any, Any]], index: Index, rest: str
) -> dict[tuple[Any, Any, Any, Any], tuple[str, int, str]]:
    """Find the area of different addresses.

    Args:
        adressen: (Straßenschlüssel, street or whole address, house number, Zusatz), missing ones None; without house
            number the second is a whole address.
        index: see `strassen.suche.build_index`.
        rest: area of what cannot be found.

    Returns:
        per address: area, what came of it, spelling without number of an unknown street that nobody has decided about.
    """
    ergebnis = {}
    for adresse in adressen:
        schluessel, name, nummer, zusatz = adresse
        if nummer is None or nummer == "":
            name, haus = split_adresse(name)
        else:
            name, haus = clean(name) if name is not None else "", parse_hausnummer(nummer, zusatz)
        strassen = find_strassen(index, name, schluessel)
        gebiet, grund = find_gebiet(index, strassen, haus)
        offen = without_nummer(name) if grund == STRASSE_FREMD and not is_decided(index, name) else ""
        ergebnis[adresse] = (gebiet or rest, grund, offen)
    return ergebnis


class Zaehlung:
    """Counts people of one or more sheets by the plan of the parent.

    The plan is plain values: index, stichtag, rest, gebiete, stamm, merkmale.
    """

    def __init__(self, plan: dict[str, Any]) -> None:
        self._plan = plan
        self._kreuz: Counter[tuple[str, Profil]] = Counter()
        self._haushalte: dict[Any, tuple[str, int, int, int]] = {}
        self._spalten: set[str] = set()
        self._blaetter: dict[str, dict[str, str]] = {}
        self._offen: Counter[str] = Counter()
        self._gruende: Counter[int] = Counter()
        self._befunde: list[tuple[str, str, str, str, str, str]] = []

    def add_blatt(self, name: str, zeilen: Sequence[Sequence[Any]]) -> None:
        """Count the people of a sheet; one that lists no people is passed over."""
        kopf, spalten = find_kopf(zeilen)
        if not spalten:
            return
        self._blaetter[name] = {art: clean(zeilen[kopf][s]) for art, s in spalten.items()}
        self._spalten = self._spalten & set(spalten) if len(self._blaetter) > 1 else set(spalten)
        nummern, personen = self._select(name, zeilen, kopf, spalten)
        if personen:
            alle = list(zip(*personen, strict=True))
            self._add(name, nummern, {art: alle[s] for art, s in spalten.items()})

    def _select(
        self, name: str, zeilen: Sequence[Sequence[Any]], kopf: int, spalten: dict[str, int]
    ) -> tuple[Sequence[int], Sequence[Sequence[Any]]]:
        """Leave out empty rows and Nebenwohnungen; return the numbers of the rows as Excel shows them, and the rows."""
        wichtig = [s for art, s in spalten.items() if art in ("geboren", "strasse", "adresse", "schluessel", "gebiet")]
        nummern = [
            z for z in range(kopf + 1, len(zeilen)) if any(zeilen[z][s] not in (None, "") for s in wichtig)
        ]  # fmt: skip
        if "wohnung" in spalten:
            s = spalten["wohnung"]
            haupt = [z for z in nummern if clean(zeilen[z][s] or "").casefold() not in _NEBEN]
            if len(haupt) < len(nummern):
                self._report(
                    "REGISTER-NEBENWOHNUNG", "HINWEIS", name,
                    f"{len(nummern) - len(haupt)} Personen mit Nebenwohnung sind nicht gezählt.", "",
                )  # fmt: skip
            nummern = haupt
        return [z + 1 for z in nummern], [zeilen[z] for z in nummern]

    def _add(self, name: str, nummern: Sequence[int], spalten: dict[str, Sequence[Any]]) -> None:
        stichtag: dt.date = self._plan["stichtag"]
        leer = (None,) * len(nummern)
        tage = {wert: parse_tag(wert) for wert in set(spalten.get("geboren", ()))}
        geboren = (
            [tage[wert] for wert in spalten["geboren"]] if "geboren" in spalten else [(stichtag, True)] * len(leer)
        )
        alter = {tag: alter_am(tag[0], stichtag) for tag in set(geboren) if tag is not None}
        rente = {tag: past_regelalter(tag[0], stichtag) for tag in alter}
        sexe = _translate(spalten.get("geschlecht", leer), geschlecht_of)
        gruppen = self._read_gruppen(spalten, leer)
        lange = _translate(spalten.get("einzug", leer), lambda wert: _is_lange(wert, stichtag))
        gebiete = self._find_gebiete(spalten, leer)
        self._check(name, nummern, geboren, alter, sexe)
        profile: dict[Any, Profil] = {}
        paare: list[tuple[str, Profil] | None] = []
        for gebiet, tag, sex, gruppe, dauer in zip(gebiete, geboren, sexe, gruppen, lange, strict=True):
            if tag is None or alter[tag] < 0:
                paare.append(None)
                continue
            form = (tag, sex, gruppe, dauer)
            profil = profile.get(form)
            if profil is None:
                sicher = assign_geschlecht(sex or OFFEN, tag[0])
                profil = profile[form] = Profil(alter[tag], sicher, gruppe, dauer, rente[tag])
            paare.append((gebiet, profil))
        self._kreuz.update(Counter(paar for paar in paare if paar is not None))
        self._add_haushalte(spalten.get("haushalt", leer), paare)

    def _read_gruppen(self, spalten: dict[str, Sequence[Any]], leer: Sequence[None]) -> Sequence[str]:
        if "nation" not in spalten:
            return (DRITTSTAAT,) * len(leer)
        erste = _translate(spalten["nation"], gruppe_of)
        if "nation2" not in spalten:
            return erste
        # DEUTSCH < EU < DRITTSTAAT as texts: the smaller one counts.
        return [min(paar) for paar in zip(erste, _translate(spalten["nation2"], gruppe_of), strict=True)]

    def _find_gebiete(self, spalten: dict[str, Sequence[Any]], leer: Sequence[None]) -> list[str]:
        rest = self._plan["rest"]
        if not {"adresse", "strasse", "schluessel"} & set(spalten):
            bekannt = {_code(gebiet): gebiet for gebiet in self._plan["gebiete"]}
            gefunden = _translate(spalten["gebiet"], lambda wert: bekannt.get(_code(wert), rest))
            self._gruende[STRASSE_FREMD] += gefunden.count(rest)
            return gefunden
        namen = spalten.get("strasse") or spalten.get("adresse") or leer
        adressen = list(
            zip(
                spalten.get("schluessel", leer),
                namen,
                spalten.get("nummer", leer),
                spalten.get("zusatz", leer),
                strict=True,
            )
        )
        haeufig = Counter(adressen)
        orte = find_adressen(haeufig, self._plan["index"], rest)
        for adresse, anzahl in haeufig.items():
            _, grund, offen = orte[adresse]
            if grund != GEFUNDEN:
                self._gruende[grund] += anzahl
            if offen:
                self._offen[offen] += anzahl
        return [orte[adresse][0] for adresse in adressen]

    def _check(
        self,
        name: str,
        nummern: Sequence[int],
        geboren: Sequence[tuple[dt.date, bool] | None],
        alter: dict[tuple[dt.date, bool], int],
        sexe: Sequence[str | None],
    ) -> None:
        """Report what cannot be read by the numbers of its rows; nothing that stands in them is told."""
        faelle = (
            ("REGISTER-GEBURT", "FRAGE", "kein lesbares Geburtsdatum haben und nirgends gezählt sind",
             [tag is None for tag in geboren]),
            ("REGISTER-UNGEBOREN", "HINWEIS", "nach dem Stichtag geboren und nicht gezählt sind",
             [tag is not None and alter[tag] < 0 for tag in geboren]),
            ("REGISTER-SEHR-ALT", "HINWEIS", f"über {_ALT} Jahre alt wären",
             [tag is not None and alter[tag] > _ALT for tag in geboren]),
            ("REGISTER-GEBURT-UNVOLLSTAENDIG", "HINWEIS", "nur mit Jahr oder Monat der Geburt geführt sind; gezählt ab dem Ersten",
             [tag is not None and not tag[1] for tag in geboren]),
            ("REGISTER-GESCHLECHT", "FRAGE", "eine unbekannte Angabe zum Geschlecht haben; gezählt wie „ohne Angabe“",
             [sex is None for sex in sexe]),
        )  # fmt: skip
        for code, schwere, was, treffer in faelle:
            zeilen = [nummer for nummer, trifft in zip(nummern, treffer, strict=True) if trifft]
            if zeilen:
                orte = ", ".join(map(str, zeilen[:_WENIGE])) + (" …" if len(zeilen) > _WENIGE else "")
                self._report(
                    code, schwere, name, f"{len(zeilen)} Personen, die {was} (Zeile {orte}).", "In der Quelle prüfen."
                )

    def _add_haushalte(self, nummern: Sequence[Any], paare: Sequence[tuple[str, Profil] | None]) -> None:
        haushalte = self._haushalte
        for nummer, paar in zip(nummern, paare, strict=True):
            if nummer is None or nummer == "" or paar is None:
                continue
            gebiet, profil = paar
            alter = profil.alter
            bisher = haushalte.get(nummer)
            if bisher is None:
                haushalte[nummer] = gebiet, 1, int(alter < 18), alter
            else:
                haushalte[nummer] = (
                    min(bisher[0], gebiet), bisher[1] + 1, bisher[2] + (alter < 18), max(bisher[3], alter),
                )  # fmt: skip

    def _report(self, code: str, schwere: str, blatt: str, meldung: str, rat: str) -> None:
        self._befunde.append((code, schwere, blatt, meldung, rat, ""))

    def build(self) -> dict[str, Any]:
        """Return plain values that name nobody: zahlen, personen, offen, befunde, spalten."""
        plan = self._plan
        gebiete = [*plan["gebiete"], plan["rest"]]
        regeln = build_regeln(plan["stamm"], plan["merkmale"])
        zahlen = count_personen(self._kreuz, regeln, self._spalten, gebiete)
        if {"haushalt", "geboren"} <= self._spalten and plan["stamm"] == "ew":
            je_art = Counter((gebiet, Haushalt(*rest)) for gebiet, *rest in self._haushalte.values())
            zahlen |= count_haushalte(je_art, plan["merkmale"], gebiete)
        for grund, anzahl in sorted(self._gruende.items()):
            code, satz, rat = _GRUND[grund]
            self._report(code, "FRAGE", "", f"{anzahl} Personen {satz}; sie zählen zu „nicht zuzuordnen“.", rat)
        return {
            "zahlen": [(gebiet, merkmal, anzahl) for (gebiet, merkmal), anzahl in zahlen.items()],
            "personen": self._kreuz.total(),
            "offen": sorted(self._offen.items(), key=lambda paar: (-paar[1], paar[0])),
            "befunde": self._befunde,
            "spalten": self._blaetter,
        }


def _translate(werte: Sequence[Any], lies: Callable[[Any], Any]) -> list[Any]:
    """Read each different value once."""
    sinn = {wert: lies(wert) for wert in set(werte)}
    return [sinn[wert] for wert in werte]


def _is_lange(wert: Any, stichtag: dt.date) -> bool:
    tag = parse_tag(wert)
    return tag is not None and alter_am(tag[0], stichtag) >= 5


def _code(wert: Any) -> str:
    if isinstance(wert, float) and wert == int(wert):
        wert = int(wert)
    text = "" if wert is None else clean(wert)
    return text.lstrip("0") if text.isdigit() else text
