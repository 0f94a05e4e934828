"""What stands in the cells of a list of people, each different text read once. Standard library only.

Every group of columns becomes the number of its meaning; the meanings say nothing of a person: an age, a sex, an area.
The same rules read a workbook row by row and a huge text file in columns (`register.strom`).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sozialtool.einlesen.strassen.namen import (
    JE_NUMMER,
    LETZTE,
    Hausnummer,
    norm_strasse,
    parse_hausnummer,
    split_adresse,
    without_nummer,
    without_person,
)
from sozialtool.einlesen.strassen.suche import (
    STRASSE_FREMD,
    Strecke,
    collect_strecken,
    find_strassen,
    is_decided,
    judge,
)
from sozialtool.einlesen.texte import clean
from sozialtool.fach.register import UNBEKANNT, Geburt, describe_geburt, geschlecht_of, iter_kalender, parse_tag
from sozialtool.fach.staaten import gruppe_of, gruppe_of_beiden

_NEBEN = frozenset({"nw", "n", "nebenwohnung", "neben", "nebenwohnsitz", "2", "nebenw."})
_SEITE = LETZTE + 2 * JE_NUMMER
PLAETZE = 2 * _SEITE + 1
"""How many places a street has, see `place_of`."""
MERKMALE = ("geburt", "geschlecht", "gruppe", "lange")
"""What is read of a person besides the place."""


class Ort(NamedTuple):
    """Where somebody is counted, why not in an area (`strassen.suche`), and the spelling of an unknown street."""

    gebiet: str
    grund: int = 0
    offen: str = ""


class Strasse(NamedTuple):
    """Possible keys of a street, its spelling when it is unknown and undecided, and a number that stood in the name."""

    schluessel: tuple[str, ...]
    offen: str
    haus: Hausnummer | None


class Buch(dict[Any, Any]):
    """A dictionary that finds out by itself, once, what it does not know yet."""

    def __init__(self, lies: Callable[[Any], Any]) -> None:
        super().__init__()
        self._lies = lies

    def __missing__(self, frage: Any) -> Any:
        antwort = self[frage] = self._lies(frage)
        return antwort


class Sinn(Buch):
    """From texts to the numbers of their meanings."""

    def __init__(self, lies: Callable[[Any], Hashable]) -> None:
        self.werte: list[Any] = []
        self._nummern = Buch(self._append)
        super().__init__(lambda text: self._nummern[lies(text)])

    def _append(self, wert: Hashable) -> int:
        self.werte.append(wert)
        return len(self.werte) - 1

    def number(self, wert: Hashable) -> int:
        """Return the number of a meaning."""
        nummer: int = self._nummern[wert]
        return nummer

    def learn(self, wert: Hashable, texte: Iterable[Any]) -> None:
        """Take texts whose meaning is known beforehand."""
        self.update(dict.fromkeys(texte, self.number(wert)))

    def read(self, texte: Iterable[Any]) -> list[int]:
        """Return the number of the meaning of each text (a tuple where several columns belong together)."""
        return list(map(self.__getitem__, texte))


class Leser:
    """The rules for one plan: which columns belong together, and what they mean."""

    def __init__(self, plan: Mapping[str, Any]) -> None:
        self._index = plan["index"]
        self._rest: str = plan["rest"]
        self._stichtag: dt.date = plan["stichtag"]
        self._bekannt = {_code(gebiet): gebiet for gebiet in plan["gebiete"]}
        self._strassen = Buch(lambda paar: self._find_strasse(*paar))
        self._tafeln = Buch(self._describe_strasse)
        self._plaetze = Buch(lambda paar: place_of(parse_hausnummer(*paar)))
        self._geteilt = False
        self.widersprueche: dict[str, tuple[str, str]] = {}
        """Streets whose key in the list is another one: name → (key in the list, in the Straßenverzeichnis)."""
        self.sinne = {
            "geburt": Sinn(self._read_geburt),
            "lange": Sinn(self._is_lange),
            "geschlecht": Sinn(geschlecht_of),
            "gruppe": Sinn(gruppe_of),
            "ort": Sinn(self._read_gebiet),
            "haupt": Sinn(is_hauptwohnung),
        }
        for geburt, texte in iter_kalender(self._stichtag):
            self.sinne["geburt"].learn(geburt, texte)
            self.sinne["lange"].learn(geburt.alter >= 5, texte)

    def choose(self, lage: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
        """Say which columns give what, for the columns that are there; what is missing is left out."""
        self._geteilt = "nummer" in lage
        self._strassen.clear()  # the same text may mean something else on a sheet with other columns
        quellen: dict[str, tuple[str, ...]] = {
            "geburt": ("geboren",),
            "geschlecht": ("geschlecht",),
            "lange": ("einzug",),
            "haupt": ("wohnung",),
        }
        gewaehlt: dict[str, tuple[str, ...]] = {was: arten for was, arten in quellen.items() if arten[0] in lage}
        if "nation" in lage:
            zwei = "nation2" in lage
            self._take("gruppe", (lambda paar: gruppe_of_beiden(*paar)) if zwei else gruppe_of)
            gewaehlt["gruppe"] = ("nation", "nation2") if zwei else ("nation",)
        if {"adresse", "strasse", "schluessel"} & set(lage):
            name = "strasse" if "strasse" in lage else "adresse"
            gewaehlt["ort"] = ("schluessel", name, "nummer", "zusatz")
            self._take("ort", self._read_adresse)
        else:
            gewaehlt["ort"] = ("gebiet",)
            self._take("ort", self._read_gebiet)
        return gewaehlt

    def _take(self, was: str, lies: Callable[[Any], Hashable]) -> None:
        """Read by another rule from now on; the numbers of the meanings stay."""
        alt, neu = self.sinne[was], Sinn(lies)
        for wert in alt.werte:
            neu.number(wert)
        self.sinne[was] = neu

    def read_strasse(self, schluessel: Any, name: Any) -> Strasse:
        """Read a street, once for each different text."""
        strasse: Strasse = self._strassen[schluessel, name]
        return strasse

    def _find_strasse(self, schluessel: Any, name: Any) -> Strasse:
        roh = clean(name) if name is not None else ""
        text, haus = self._split(roh)
        keys = tuple(find_strassen(self._index, text, schluessel))
        if not keys and not is_decided(self._index, text) and (ohne := without_person(roh)) != roh:
            text, haus = self._split(ohne)
            keys = tuple(find_strassen(self._index, text, schluessel))
        fremd = "" if keys or is_decided(self._index, text) else without_nummer(text)
        self._compare(keys, text)
        return Strasse(keys, fremd, haus)

    def _split(self, text: str) -> tuple[str, Hausnummer | None]:
        return (text, None) if self._geteilt else split_adresse(text)

    def _compare(self, keys: tuple[str, ...], text: str) -> None:
        """Note a street that the list calls by another key than the Straßenverzeichnis."""
        eigene = self._index["genau"].get(text) or self._index["namen"].get(norm_strasse(text), ())
        if len(keys) == 1 and eigene and keys[0] not in eigene and not is_decided(self._index, text):
            self.widersprueche.setdefault(without_nummer(text), (keys[0], eigene[0]))

    def read_platz(self, nummer: Any, zusatz: Any) -> int:
        """Read a house number in columns of its own, once for each different text; returns its place (`place_of`)."""
        platz: int = self._plaetze[nummer, zusatz]
        return platz

    def _read_adresse(self, teile: tuple[Any, Any, Any, Any]) -> Ort:
        schluessel, name, nummer, zusatz = teile
        strasse: Strasse = self._strassen[schluessel, name]
        return self.find_ort(strasse, self._plaetze[nummer, zusatz] if self._geteilt else place_of(strasse.haus))

    def find_ort(self, strasse: Strasse, platz: int) -> Ort:
        """Find the area of a house by its place (`place_of`)."""
        plaetze, orte = self._tafeln[strasse]
        ort: Ort = orte[bisect_right(plaetze, platz) - 1]
        return ort

    def read_tafel(self, strasse: Strasse) -> tuple[list[int], list[Ort]]:
        """Say from which place of a street on (`place_of`) which answer holds.

        The rules are asked wherever a section begins or has ended: between two such places the answer is the same.
        """
        tafel: tuple[list[int], list[Ort]] = self._tafeln[strasse]
        return tafel

    def _describe_strasse(self, strasse: Strasse) -> tuple[list[int], list[Ort]]:
        strecken = collect_strecken(self._index, strasse.schluessel)
        plaetze = _part(strecken)
        gefunden = [judge(strecken, _house_at(platz)) for platz in plaetze]
        return plaetze, [Ort(gebiet or self._rest, grund, strasse.offen) for gebiet, grund in gefunden]

    def list_grenzen(self) -> list[int]:
        """Return the places (`place_of`) from which on the answer may be another in any street of the Straßenverzeichnis."""
        return _part([strecke for strecken in self._index["strecken"].values() for strecke in strecken])

    def read_haupt(self, texte: Iterable[Any]) -> list[bool]:
        """Say for each text whether it is no Nebenwohnung."""
        sinn = self.sinne["haupt"]
        return [sinn.werte[zahl] for zahl in sinn.read(list(texte))]

    def _read_gebiet(self, wert: Any) -> Ort:
        gebiet = self._bekannt.get(_code(wert))
        return Ort(self._rest, STRASSE_FREMD) if gebiet is None else Ort(gebiet)

    def _read_geburt(self, wert: Any) -> Geburt | None:
        gelesen = parse_tag(wert)
        return None if gelesen is None else describe_geburt(gelesen[0], self._stichtag, ganz=gelesen[1])

    def _is_lange(self, wert: Any) -> bool:
        geburt = self._read_geburt(wert)
        return geburt is not None and geburt.alter >= 5


def place_of(haus: Hausnummer | None) -> int:
    """Return the place of a house: first all of the even side, then of the odd one, last that of no house number."""
    return PLAETZE - 1 if haus is None else haus.nummer % 2 * _SEITE + haus.platz


def _house_at(platz: int) -> Hausnummer | None:
    """Return the house of a place, see `place_of`."""
    nummer, zusatz = divmod(platz % _SEITE, JE_NUMMER)
    return None if platz == PLAETZE - 1 else Hausnummer(nummer, chr(96 + zusatz) if zusatz else "")


def _part(strecken: Sequence[Strecke]) -> list[int]:
    """Return the places (`place_of`) at which a section begins or has ended, the first of each side, and that of no number."""
    grenzen = {0, *(von for _, von, _, _ in strecken), *(bis + 1 for _, _, bis, _ in strecken)}
    seiten = ((seite, {_next_place(grenze, seite) for grenze in grenzen if grenze <= LETZTE}) for seite in (0, 1))
    return [*(seite * _SEITE + platz for seite, plaetze in seiten for platz in sorted(plaetze)), PLAETZE - 1]


def _next_place(platz: int, seite: int) -> int:
    """Return the first place of a side of the street from a place on."""
    nummer = platz // JE_NUMMER
    return platz if nummer % 2 == seite else (nummer + 1) * JE_NUMMER


def is_hauptwohnung(wert: Any) -> bool:
    """Whether a Wohnungsstatus says anything but Nebenwohnung."""
    return _code(wert).casefold() not in _NEBEN


def constant_of(was: str) -> Hashable:
    """Return what holds where no column says it: nobody is asked for an age, a sex, a nationality."""
    fehlt: dict[str, Hashable] = {"geburt": Geburt(0, rente=False, ungerade=False, ganz=True), "geschlecht": "d"}
    return fehlt.get(was, UNBEKANNT if was == "gruppe" else False)


def _code(wert: Any) -> str:
    if isinstance(wert, float) and wert.is_integer():
        wert = int(wert)
    text = "" if wert is None else clean(wert)
    return text.lstrip("0") if text.isdigit() else text
