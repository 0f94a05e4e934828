"""Count the people of a file, column by column. Standard library only: runs in the reading child process.

What leaves is counts per Merkmal and area, numbers of rows in findings, and spellings of streets without number.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sozialtool.einlesen.register.spalten import NICHT_GELESEN, find_kopf
from sozialtool.einlesen.strassen.namen import Hausnummer, parse_hausnummer, split_adresse, without_nummer
from sozialtool.einlesen.strassen.suche import (
    GEFUNDEN,
    MEHRDEUTIG,
    NUMMER_FEHLT,
    NUMMER_FREMD,
    STRASSE_FREMD,
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
_FAELLE = {
    "REGISTER-NEBENWOHNUNG": ("HINWEIS", "hier eine Nebenwohnung haben und nicht gezählt sind"),
    "REGISTER-GEBURT": ("FRAGE", "kein lesbares Geburtsdatum haben und nirgends gezählt sind"),
    "REGISTER-UNGEBOREN": ("HINWEIS", "nach dem Stichtag geboren und nicht gezählt sind"),
    "REGISTER-SEHR-ALT": ("HINWEIS", f"über {_ALT} Jahre alt wären"),
    "REGISTER-GEBURT-UNVOLLSTAENDIG": (
        "HINWEIS",
        "nur mit Jahr oder Monat der Geburt geführt sind; gezählt ab dem Ersten",
    ),
    "REGISTER-GESCHLECHT": ("FRAGE", "eine unbekannte Angabe zum Geschlecht haben; gezählt wie „ohne Angabe“"),
}
_GEBURTEN: dict[str, Callable[[tuple[int, bool, bool, bool] | None], bool]] = {
    "REGISTER-GEBURT": lambda geburt: geburt is None,
    "REGISTER-UNGEBOREN": lambda geburt: geburt is not None and geburt[0] < 0,
    "REGISTER-SEHR-ALT": lambda geburt: geburt is not None and geburt[0] > _ALT,
    "REGISTER-GEBURT-UNVOLLSTAENDIG": lambda geburt: geburt is not None and not geburt[3],
}
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


Geburt = tuple[int, bool, bool, bool]
"""(age, past the Regelaltersgrenze, born on an odd day, date complete)"""


class Zaehlung:
    """Counts people of one or more sheets by the plan of the parent; a huge sheet may come in pieces.

    The plan is plain values: index, stichtag, rest, gebiete, stamm, merkmale.
    """

    def __init__(self, plan: dict[str, Any]) -> None:
        self._plan = plan
        self._stichtag: dt.date = plan["stichtag"]
        self._kreuz: Counter[tuple[str, Geburt | None, str | None, str, bool]] = Counter()
        self._haushalte: dict[Any, tuple[str, int, int, int]] = {}
        self._spalten: set[str] = set()
        self._blaetter: dict[str, dict[str, str]] = {}
        self._lage: dict[str, int] = {}
        self._offen: Counter[str] = Counter()
        self._gruende: Counter[int] = Counter()
        self._faelle: dict[tuple[str, str], tuple[int, list[int]]] = {}
        self._sinn: dict[str, dict[Any, Any]] = {}
        self._befunde: list[tuple[str, str, str, str, str, str]] = []

    def add_blatt(self, name: str, zeilen: Sequence[Sequence[Any]]) -> bool:
        """Count the people of a sheet (or its first piece); one that lists no people is passed over: False."""
        kopf, spalten = find_kopf(zeilen)
        if not spalten:
            return False
        self._blaetter[name] = {art: clean(zeilen[kopf][s]) for art, s in spalten.items()}
        self._spalten = self._spalten & set(spalten) if len(self._blaetter) > 1 else set(spalten)
        self._lage = spalten
        self.add_zeilen(name, zeilen[kopf + 1 :], kopf + 2)
        return True

    def add_zeilen(self, name: str, zeilen: Sequence[Sequence[Any]], erste: int) -> None:
        """Count more rows below the header found last; `erste` is the number of the first as Excel shows it."""
        if not zeilen:
            return
        alle = {art: list(map(itemgetter(s), zeilen)) for art, s in self._lage.items() if art not in NICHT_GELESEN}
        wichtig = [alle[art] for art in ("geboren", "strasse", "adresse", "schluessel", "gebiet") if art in alle]
        da = [i for i, teile in enumerate(zip(*wichtig, strict=True)) if any(teile)]
        if "wohnung" in alle:
            status = self._translate("wohnung", alle["wohnung"], lambda w: clean(w or "").casefold() not in _NEBEN)
            haupt = [i for i in da if status[i]]
            self._note("REGISTER-NEBENWOHNUNG", name, len(da) - len(haupt), [])
            da = haupt
        if len(da) < len(zeilen):
            alle = {art: [spalte[i] for i in da] for art, spalte in alle.items()}
        if da:
            self._add(name, [erste + i for i in da], alle)

    def _add(self, name: str, nummern: Sequence[int], spalten: Mapping[str, Sequence[Any]]) -> None:
        leer = (None,) * len(nummern)
        geburten = self._translate("geboren", spalten.get("geboren", (self._stichtag,) * len(leer)), self._read_geburt)
        sexe = self._translate("geschlecht", spalten.get("geschlecht", leer), geschlecht_of)
        gruppen = self._read_gruppen(spalten, leer)
        lange = self._translate("einzug", spalten.get("einzug", leer), self._is_lange)
        gebiete = self._find_gebiete(spalten, leer)
        self._check(name, nummern, geburten, sexe)
        self._kreuz.update(zip(gebiete, geburten, sexe, gruppen, lange, strict=True))
        if "haushalt" in spalten:
            self._add_haushalte(spalten["haushalt"], gebiete, geburten)

    def _translate(self, art: str, werte: Sequence[Any], lies: Callable[[Any], Any]) -> list[Any]:
        """Read each different value once."""
        sinn = self._sinn.setdefault(art, {})
        for wert in set(werte).difference(sinn):
            sinn[wert] = lies(wert)
        return list(map(sinn.__getitem__, werte))

    def _read_geburt(self, wert: Any) -> Geburt | None:
        gelesen = parse_tag(wert)
        if gelesen is None:
            return None
        tag, ganz = gelesen
        alter = alter_am(tag, self._stichtag)
        return alter, alter >= 65 and past_regelalter(tag, self._stichtag), bool(tag.day % 2), ganz

    def _is_lange(self, wert: Any) -> bool:
        gelesen = parse_tag(wert)
        return gelesen is not None and alter_am(gelesen[0], self._stichtag) >= 5

    def _read_gruppen(self, spalten: Mapping[str, Sequence[Any]], leer: Sequence[None]) -> Sequence[str]:
        if "nation" not in spalten:
            return (DRITTSTAAT,) * len(leer)
        erste = self._translate("nation", spalten["nation"], gruppe_of)
        if "nation2" not in spalten:
            return erste
        # DEUTSCH < EU < DRITTSTAAT as texts: the smaller one counts.
        zweite = self._translate("nation", spalten["nation2"], gruppe_of)
        return [min(paar) for paar in zip(erste, zweite, strict=True)]

    def _find_gebiete(self, spalten: Mapping[str, Sequence[Any]], leer: Sequence[None]) -> list[str]:
        if not {"adresse", "strasse", "schluessel"} & set(spalten):
            bekannt = {_code(gebiet): gebiet for gebiet in self._plan["gebiete"]}
            gefunden = self._translate("gebiet", spalten["gebiet"], lambda w: bekannt.get(_code(w), self._plan["rest"]))
            self._gruende[STRASSE_FREMD] += gefunden.count(self._plan["rest"])
            return gefunden
        namen = spalten.get("strasse") or spalten.get("adresse") or leer
        strassen = self._translate(
            "strasse", list(zip(spalten.get("schluessel", leer), namen, strict=True)), self._read_strasse
        )
        if "nummer" in spalten:
            paare = list(zip(spalten["nummer"], spalten.get("zusatz", leer), strict=True))
            haeuser = self._translate("haus", paare, lambda paar: parse_hausnummer(*paar))
        else:
            haeuser = [haus for _, _, haus in strassen]
        adressen = [(strasse[0], haus) for strasse, haus in zip(strassen, haeuser, strict=True)]
        orte = self._translate("adresse", adressen, lambda a: find_gebiet(self._plan["index"], *a))
        gruende = Counter(grund for _, grund in orte)
        if gruende[STRASSE_FREMD]:
            self._offen.update(s[1] for s in strassen if s[1])
        del gruende[GEFUNDEN]
        self._gruende.update(gruende)
        return [gebiet or self._plan["rest"] for gebiet, _ in orte]

    def _read_strasse(self, paar: tuple[Any, Any]) -> tuple[tuple[str, ...], str, Hausnummer | None]:
        """Return the possible keys of a street, its spelling when it is unknown and undecided, and a number in the name."""
        schluessel, name = paar
        if "nummer" in self._lage:
            text, haus = clean(name) if name is not None else "", None
        else:
            text, haus = split_adresse(name)
        strassen = tuple(find_strassen(self._plan["index"], text, schluessel))
        return strassen, "" if strassen or is_decided(self._plan["index"], text) else without_nummer(text), haus

    def _check(
        self, name: str, nummern: Sequence[int], geburten: Sequence[Geburt | None], sexe: Sequence[str | None]
    ) -> None:
        """Note what cannot be read by the numbers of its rows; nothing that stands in them is told."""
        verschieden = set(geburten)
        for code, trifft in _GEBURTEN.items():
            treffer = {geburt for geburt in verschieden if trifft(geburt)}
            if treffer:
                zeilen = [nummer for nummer, geburt in zip(nummern, geburten, strict=True) if geburt in treffer]
                self._note(code, name, len(zeilen), zeilen)
        if None in set(sexe):
            zeilen = [nummer for nummer, sex in zip(nummern, sexe, strict=True) if sex is None]
            self._note("REGISTER-GESCHLECHT", name, len(zeilen), zeilen)

    def note_umbrueche(self, blatt: str, anzahl: int) -> None:
        """Note lines that lie inside quotation marks: with a mark too many, people would vanish without a word."""
        text = f"{anzahl} Zeilen stehen innerhalb von Anführungszeichen und zählen nicht als eigene Personen."
        self._befunde.append(
            ("CSV-UMBRUCH", "FRAGE", blatt, text, "Die Zahl der Personen mit der Quelle vergleichen.", "")
        )

    def _note(self, code: str, blatt: str, anzahl: int, zeilen: list[int]) -> None:
        if anzahl:
            bisher, erste = self._faelle.get((code, blatt), (0, []))
            self._faelle[(code, blatt)] = bisher + anzahl, (erste + zeilen)[:_WENIGE]

    def _add_haushalte(self, nummern: Sequence[Any], gebiete: Sequence[str], geburten: Sequence[Geburt | None]) -> None:
        haushalte = self._haushalte
        for nummer, gebiet, geburt in zip(nummern, gebiete, geburten, strict=True):
            if nummer is None or nummer == "" or geburt is None or geburt[0] < 0:
                continue
            alter = geburt[0]
            if nummer in haushalte:
                wo, personen, kinder, aeltester = haushalte[nummer]
                haushalte[nummer] = min(wo, gebiet), personen + 1, kinder + (alter < 18), max(aeltester, alter)
            else:
                haushalte[nummer] = gebiet, 1, int(alter < 18), alter

    def _build_kreuz(self) -> Counter[tuple[str, Profil]]:
        kreuz: Counter[tuple[str, Profil]] = Counter()
        for (gebiet, geburt, sex, gruppe, lange), anzahl in self._kreuz.items():
            if geburt is not None and geburt[0] >= 0:
                alter, rente, ungerade, _ = geburt
                sicher = assign_geschlecht(sex or OFFEN, ungerade=ungerade)
                kreuz[gebiet, Profil(alter, sicher, gruppe, lange, rente)] += anzahl
        return kreuz

    def _describe(self) -> None:
        """Write the findings that were noted."""
        for (code, blatt), (anzahl, zeilen) in self._faelle.items():
            schwere, was = _FAELLE[code]
            orte = ", ".join(map(str, zeilen)) + (" …" if anzahl > len(zeilen) else "")
            wo = f" (Zeile {orte})" if zeilen else ""
            self._befunde.append(
                (code, schwere, blatt, f"{anzahl} Personen, die {was}{wo}.", "In der Quelle prüfen.", "")
            )
        for grund, anzahl in sorted(self._gruende.items()):
            code, satz, rat = _GRUND[grund]
            text = f"{anzahl} Personen {satz}; sie zählen zu „nicht zuzuordnen“."
            if anzahl:
                self._befunde.append((code, "FRAGE", "", text, rat, ""))

    def build(self) -> dict[str, Any]:
        """Return plain values that name nobody: zahlen, personen, offen, befunde, spalten."""
        plan = self._plan
        gebiete = [*plan["gebiete"], plan["rest"]]
        regeln = build_regeln(plan["stamm"], plan["merkmale"])
        kreuz = self._build_kreuz()
        zahlen = count_personen(kreuz, regeln, self._spalten, gebiete)
        if {"haushalt", "geboren"} <= self._spalten and plan["stamm"] == "ew":
            je_art = Counter((gebiet, Haushalt(*rest)) for gebiet, *rest in self._haushalte.values())
            zahlen |= count_haushalte(je_art, plan["merkmale"], gebiete)
        self._describe()
        return {
            "zahlen": [(gebiet, merkmal, anzahl) for (gebiet, merkmal), anzahl in zahlen.items()],
            "personen": kreuz.total(),
            "offen": sorted(self._offen.items(), key=lambda paar: (-paar[1], paar[0])),
            "befunde": self._befunde,
            "spalten": self._blaetter,
        }


def _code(wert: Any) -> str:
    if isinstance(wert, float) and wert == int(wert):
        wert = int(wert)
    text = "" if wert is None else clean(wert)
    return text.lstrip("0") if text.isdigit() else text
