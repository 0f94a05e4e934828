"""Names that are alike: sure where they are the same, proposals with a percentage where they only look so."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

import attrs

from sozialtool.einlesen.texte import clean, norm, norm_gebiet, without_note
from sozialtool.einlesen.themen import build_themen, composed_names, is_dependent
from sozialtool.einlesen.zusaetze import fits_lage
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet

GRENZE = 70
"""Proposals below this percentage are not worth reading."""
NAHE = 6
"""Two proposals that lie closer together than this are ambiguous."""
_HOECHSTENS_BEKANNT = 5000


@attrs.frozen
class Vorschlag:
    """A proposal: key, name, how alike (0–100), and what else supports it."""

    schluessel: str
    name: str
    prozent: int
    grund: str = ""


class _Namen:
    """The names of one index with their keys, prepared for comparing: words sorted, and which names hold a word."""

    def __init__(self, vorrat: Mapping[str, tuple[str, ...]]) -> None:
        self.vorrat = vorrat
        self.namen = list(vorrat)
        self.sortiert = [_sort_words(name) for name in self.namen]
        self.mit_wort: dict[str, list[str]] = {}
        for name in self.namen:
            for wort in dict.fromkeys(name.split()):
                self.mit_wort.setdefault(wort, []).append(name)

    def compare(self, muster: str) -> Iterator[tuple[str, float]]:
        """Yield keys and how alike (0–95) their names are: letter by letter, and with the words in any order."""
        from rapidfuzz import fuzz, process

        for wort, vergleich in ((muster, self.namen), (_sort_words(muster), self.sortiert)):
            for _, prozent, nummer in process.extract(wort, vergleich, scorer=fuzz.ratio, limit=6, score_cutoff=GRENZE):
                for schluessel in self.vorrat[self.namen[nummer]]:
                    yield schluessel, prozent * 0.95
        # A part of a long name ("Bedarfsgemeinschaften SGB II" of "Bedarfsgemeinschaften"): half as convincing.
        # Without a word in common it is no part.
        teilende = list(dict.fromkeys(name for wort in muster.split() for name in self.mit_wort.get(wort, ())))
        for name, prozent, _ in process.extract(
            muster, teilende, scorer=fuzz.token_set_ratio, limit=12, score_cutoff=90
        ):
            for schluessel in self.vorrat[name]:
                yield schluessel, (prozent + fuzz.token_sort_ratio(muster, name)) / 2 * 0.95


def _sort_words(name: str) -> str:
    return " ".join(sorted(name.split()))


@attrs.frozen(slots=False)
class Verzeichnis:
    """Names of areas or Merkmale, ready to be looked up.

    `genau` maps the written name (case and blanks aside) to its keys; `gleich` the normalised one; `kern` the
    normalised name without kind and number; `codes` the key without leading zeros. `passt` (all wordings, this wording,
    key) says whether qualifiers agree: what lacks or contradicts one that the text names is no proposal at all.
    """

    namen: Mapping[str, str]
    genau: Mapping[str, tuple[str, ...]]
    gleich: Mapping[str, tuple[str, ...]]
    kern: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, tuple[str, ...]]
    passt: Callable[[tuple[str, ...], str, str], bool]

    def find_exact(self, text: str) -> tuple[str, ...]:
        """Return the keys whose key, name or alias is this text (case and blanks aside); several are ambiguous."""
        return self.genau.get(clean(text).casefold(), ()) or self.genau.get(without_note(text).casefold(), ())

    def find_code(self, text: str) -> tuple[str, ...]:
        """Return the keys that a code may mean, itself first, then those that only lost leading zeros ("1" → "01", "001")."""
        roh = clean(text)
        genau = (roh,) if roh in self.namen else ()
        ergaenzt = self.codes.get(roh.lstrip("0"), ()) if roh.isdigit() and roh.lstrip("0") else ()
        return tuple(dict.fromkeys((*genau, *(key for key in ergaenzt if len(key) >= len(roh)))))

    def propose(self, texte: Iterable[str], hoechstens: int = 3) -> tuple[Vorschlag, ...]:
        """Propose keys for a name in one or several wordings, the most alike first."""
        beste: dict[str, float] = {}
        formen = tuple(dict.fromkeys(texte))
        for text in formen:
            # "Frauen" below a title "Arbeitslose": the wording that says what is counted comes first.
            abzug = 10.0 if len(formen) > 1 and is_dependent(text) else 0.0
            for schluessel, prozent in self._scores(text):
                if prozent - abzug > beste.get(schluessel, 0.0) and self.passt(formen, text, schluessel):
                    beste[schluessel] = prozent - abzug
        folge = sorted(beste.items(), key=lambda paar: (-paar[1], paar[0]))[:hoechstens]
        return tuple(Vorschlag(s, self.namen[s], round(p)) for s, p in folge if p >= GRENZE)

    @cached_property
    def _bekannt(self) -> dict[str, tuple[tuple[str, float], ...]]:
        """Scores already computed: heads and names of areas come again in every table, those of Merkmale in every file."""
        return {}

    @cached_property
    def _vergleiche(self) -> tuple[_Namen, _Namen]:
        return _Namen(self.gleich), _Namen(self.kern)

    def _scores(self, text: str) -> tuple[tuple[str, float], ...]:
        if text not in self._bekannt:
            if len(self._bekannt) >= _HOECHSTENS_BEKANNT:
                self._bekannt.clear()
            self._bekannt[text] = tuple(self._compute_scores(text))
        return self._bekannt[text]

    def _compute_scores(self, text: str) -> Iterator[tuple[str, float]]:
        gesucht, kern = norm(text), norm_gebiet(text)
        if not gesucht:
            return
        for schluessel in self.gleich.get(gesucht, ()):
            yield schluessel, 99.0
        for schluessel in self.kern.get(kern, ()):
            yield schluessel, 96.0
        ganz, ohne_art = self._vergleiche
        yield from ganz.compare(gesucht)
        yield from ohne_art.compare(kern)


def build_gebiete(gebiete: Iterable[Gebiet]) -> Verzeichnis:
    """Index the areas by key, name, aliases and "key name"."""
    gebiete = tuple(gebiete)
    namen = {g.schluessel: (g.schluessel, g.name, f"{g.schluessel} {g.name}", *g.namen) for g in gebiete}
    eintraege: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = [
        (g.schluessel, g.name, namen[g.schluessel], ()) for g in gebiete
    ]

    def passt(formen: tuple[str, ...], form: str, schluessel: str) -> bool:
        _ = formen
        return fits_lage(form, namen[schluessel])

    return _build(eintraege, passt)


@functools.lru_cache(maxsize=4)
def build_merkmale(merkmale: tuple[Merkmal, ...]) -> Verzeichnis:
    """Index the Merkmale by key, name and other names; a project's are the same for every file it reads."""
    alle = {m.schluessel: m for m in merkmale}
    themen = build_themen(merkmale)
    eintraege = [
        (k, m.name, (k, m.name, *m.namen), composed_names(m, alle.get(themen.stamm[k]))) for k, m in alle.items()
    ]
    return _build(eintraege, themen.fits)


def is_ambiguous(vorschlaege: tuple[Vorschlag, ...]) -> bool:
    """Whether the two best proposals are nearly the same."""
    return len(vorschlaege) > 1 and vorschlaege[0].prozent - vorschlaege[1].prozent < NAHE


def _build(
    eintraege: Iterable[tuple[str, str, tuple[str, ...], tuple[str, ...]]],
    passt: Callable[[tuple[str, ...], str, str], bool],
) -> Verzeichnis:
    genau: dict[str, dict[str, None]] = {}
    gleich: dict[str, dict[str, None]] = {}
    kern: dict[str, dict[str, None]] = {}
    codes: dict[str, dict[str, None]] = {}
    for schluessel, _, namen, zusammengesetzt in eintraege:
        for name in namen:
            genau.setdefault(clean(name).casefold(), {})[schluessel] = None
        for name in (*namen, *zusammengesetzt):
            gleich.setdefault(norm(name), {})[schluessel] = None
            kern.setdefault(norm_gebiet(name), {})[schluessel] = None
        if schluessel.isdigit() and schluessel.lstrip("0"):
            codes.setdefault(schluessel.lstrip("0"), {})[schluessel] = None
    genau_, gleich_, kern_, codes_ = (
        {text: tuple(keys) for text, keys in index.items() if text} for index in (genau, gleich, kern, codes)
    )
    namen_je = {schluessel: name for schluessel, name, _, _ in eintraege}
    return Verzeichnis(namen_je, genau_, gleich_, kern_, codes_, passt)
