"""What a header like "Frauen" or "unter 18" counts: its subject stands in another column, in a row above or in the title."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

import attrs

from sozialtool.einlesen.texte import clean, norm
from sozialtool.einlesen.zusaetze import Zusatz, fits, read_zusatz
from sozialtool.fach.messwert import Merkmal

_ABHAENGIG = ("davon ", "dav. ", "dar. ", "darunter ", "mit ", "ohne ", "in ", "im ", "und zwar ")
UNBEKANNT = "?"
"""Stem of a subject that the project does not know."""
_ZU_HAEUFIG = 4
"""A word of more subjects than this ("Kinder", "Plätze") tells none of them."""


def is_dependent(text: str) -> bool:
    """Whether a name needs its surroundings to say what is counted ("Frauen", "65+", "davon OGS", "ambulant").

    It is so when it holds qualifiers only, begins with "davon", "mit" …, or consists of adjectives (no capital letter).
    """
    rein = clean(text)
    if rein.casefold().startswith(_ABHAENGIG) or read_zusatz(rein).beschreibt_nur:
        return True
    return not any(zeichen.isupper() for zeichen in rein)


@attrs.frozen
class Themen:
    """Subjects of all Merkmale.

    `stamm` Merkmal → the highest one of its `teil_von` chain that has the same subject ("Arbeitslose Frauen" →
    "Arbeitslose", though these are part of the inhabitants); `oben` what it is directly part of; `zusaetze` qualifiers of
    all its names; `woerter` subject words from the Merkmal up to its stem; `themen` word → stems that it speaks of.
    """

    stamm: Mapping[str, str]
    oben: Mapping[str, str]
    zusaetze: Mapping[str, tuple[Zusatz, ...]]
    woerter: Mapping[str, frozenset[str]]
    fachwoerter: Mapping[str, frozenset[str]]
    themen: Mapping[str, frozenset[str]]

    def fits(self, formen: tuple[str, ...], form: str, merkmal: str) -> bool:
        """Whether a Merkmal can be what a wording means; the qualifiers of the full path (`formen[0]`) count as well."""
        gesucht = _union(read_zusatz(form), read_zusatz(formen[0])) if formen else read_zusatz(form)
        if merkmal in self.zusaetze and not fits(gesucht, self.zusaetze[merkmal]):
            return False
        eigene = self.woerter.get(merkmal, frozenset())
        fremd = [wort for wort in gesucht.thema if not _known(wort, eigene)]
        if gesucht.thema and eigene and len(fremd) == len(gesucht.thema):
            return False
        stamm = self.stamm.get(merkmal, merkmal)
        return not any(_speaks_of_others(self.themen.get(wort, frozenset()), stamm) for wort in fremd)

    def agrees(self, formen: tuple[str, ...], merkmal: str) -> bool:
        """Whether a Merkmal has the qualifiers that the full path of a header names, whatever its subject is called."""
        namen = self.zusaetze.get(merkmal)
        return not formen or namen is None or fits(read_zusatz(formen[0]), namen, nur_genannte=True)

    def follows(self, merkmal: str, zuletzt: str) -> bool:
        """Whether a Merkmal continues the subject of the column or row before it."""
        return zuletzt == self.oben.get(merkmal) or self.stamm.get(zuletzt, UNBEKANNT) == self.stamm.get(merkmal)

    def is_supported(self, merkmal: str, texte: Iterable[str]) -> bool:
        """Whether the texts beside a table name the subject of a Merkmal, and no other subject."""
        stamm = self.stamm.get(merkmal, merkmal)
        eigene = self.woerter.get(stamm, frozenset()) | self.woerter.get(merkmal, frozenset())
        gestuetzt = False
        for text in texte:
            for wort in read_zusatz(text).thema:
                if _named(wort, eigene) or _named(wort, self.fachwoerter.get(merkmal, frozenset())):
                    gestuetzt = True
                elif any(_speaks_of_others(staemme, stamm) for w, staemme in self.themen.items() if _named(wort, (w,))):
                    return False
        return gestuetzt


def _speaks_of_others(staemme: frozenset[str], stamm: str) -> bool:
    return 0 < len(staemme) <= _ZU_HAEUFIG and stamm not in staemme


def _named(wort: str, woerter: Iterable[str]) -> bool:
    """Whether a word of a title is one of these, or begins with one ("Einwohnerstatistik", "Arbeitslosenzahlen")."""
    return any(wort == w or (len(w) >= 5 and wort.startswith(w)) for w in woerter)


@functools.lru_cache(maxsize=50_000)
def _known(wort: str, woerter: frozenset[str]) -> bool:
    from rapidfuzz import fuzz

    return any(
        wort == w or (min(len(w), len(wort)) >= 4 and (wort.startswith(w) or w.startswith(wort) or w in wort))
        or (len(wort) >= 5 and fuzz.ratio(wort, w) >= 75)
        for w in woerter
    )  # fmt: skip


def _union(a: Zusatz, b: Zusatz) -> Zusatz:
    return Zusatz(
        a.alter | b.alter, a.werte | b.werte, a.zahlen | b.zahlen, a.gegensatz | b.gegensatz, a.thema | b.thema
    )


@functools.lru_cache(maxsize=4)
def build_themen(merkmale: tuple[Merkmal, ...]) -> Themen:
    """Index the subjects of Merkmale; a project's are the same for every file it reads."""
    alle = {m.schluessel: m for m in merkmale}
    zusaetze = {k: tuple(read_zusatz(text) for text in (m.name, *m.namen)) for k, m in alle.items()}
    eigene = {k: frozenset[str]().union(*(z.thema for z in zusaetze[k])) for k in alle}
    ketten = {k: _chain(k, alle, eigene) for k in alle}
    woerter = {k: frozenset[str]().union(*(eigene[g] for g in kette)) for k, kette in ketten.items()}
    fachwoerter = {k: frozenset(w for w in norm(m.fachbereich).split() if len(w) >= 5) for k, m in alle.items()}
    themen: dict[str, set[str]] = {}
    for k, kette in ketten.items():
        for wort in eigene[k]:
            if len(wort) >= 4:
                themen.setdefault(wort, set()).add(kette[-1])
    return Themen(
        {k: kette[-1] for k, kette in ketten.items()}, {k: m.teil_von for k, m in alle.items() if m.teil_von in alle},
        zusaetze, woerter, fachwoerter, {wort: frozenset(staemme) for wort, staemme in themen.items()},
    )  # fmt: skip


def _chain(schluessel: str, alle: Mapping[str, Merkmal], eigene: Mapping[str, frozenset[str]]) -> list[str]:
    """A Merkmal and what it is part of, as long as the subject stays the same."""
    kette = [schluessel]
    while (oben := alle[kette[-1]].teil_von) in alle and oben not in kette:
        if not is_dependent(alle[kette[-1]].name) and not eigene[kette[-1]] & eigene[oben]:
            break
        kette.append(oben)
    return kette


def composed_names(merkmal: Merkmal, ganzes: Merkmal | None) -> tuple[str, ...]:
    """Names of a Merkmal together with those of what it is part of ("Einwohner" + "unter 18"), for proposals only."""
    if ganzes is None or ganzes is merkmal:
        return ()
    return tuple(
        f"{oben} {name}" for name in (merkmal.name, *merkmal.namen) if is_dependent(name)
        for oben in ganzes.namen if not is_dependent(oben)
    )  # fmt: skip
