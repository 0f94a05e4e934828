"""Names that are alike: sure where they are the same, proposals with a percentage where they only look so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from sozialtool.einlesen.texte import clean, norm, norm_gebiet, without_note
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet

GRENZE = 70
"""Proposals below this percentage are not worth reading."""
NAHE = 6
"""Two proposals that lie closer together than this are ambiguous."""


@attrs.frozen
class Vorschlag:
    """A proposal: key, name, how alike (0–100), and what else supports it."""

    schluessel: str
    name: str
    prozent: int
    grund: str = ""


@attrs.frozen
class Verzeichnis:
    """Names of areas or Merkmale, ready to be looked up.

    `genau` maps the written name (case and blanks aside) to its keys; `gleich` the normalised one; `kern` the
    normalised name without kind and number; `codes` the key without leading zeros.
    """

    namen: Mapping[str, str]
    genau: Mapping[str, tuple[str, ...]]
    gleich: Mapping[str, tuple[str, ...]]
    kern: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, tuple[str, ...]]

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
        for text in dict.fromkeys(texte):
            for schluessel, prozent in self._scores(text):
                beste[schluessel] = max(beste.get(schluessel, 0.0), prozent)
        folge = sorted(beste.items(), key=lambda paar: (-paar[1], paar[0]))[:hoechstens]
        return tuple(Vorschlag(s, self.namen[s], round(p)) for s, p in folge if p >= GRENZE)

    def _scores(self, text: str) -> Iterable[tuple[str, float]]:
        from rapidfuzz import fuzz, process

        gesucht, kern = norm(text), norm_gebiet(text)
        if not gesucht:
            return
        for schluessel in self.gleich.get(gesucht, ()):
            yield schluessel, 99.0
        for schluessel in self.kern.get(kern, ()):
            yield schluessel, 96.0
        for muster, vorrat in ((gesucht, self.gleich), (kern, self.kern)):
            for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
                for name, prozent, _ in process.extract(
                    muster, list(vorrat), scorer=scorer, limit=6, score_cutoff=GRENZE
                ):
                    for schluessel in vorrat[name]:
                        yield schluessel, prozent * 0.95
            # A part of a long name ("Bedarfsgemeinschaften SGB II" of "Bedarfsgemeinschaften"): half as convincing.
            for name, prozent, _ in process.extract(
                muster, list(vorrat), scorer=fuzz.token_set_ratio, limit=12, score_cutoff=90
            ):
                for schluessel in vorrat[name]:
                    yield schluessel, (prozent + fuzz.token_sort_ratio(muster, name)) / 2 * 0.95


def build_gebiete(gebiete: Iterable[Gebiet]) -> Verzeichnis:
    """Index the areas by key, name, aliases and "key name"."""
    return _build([
        (g.schluessel, g.name, (g.schluessel, g.name, f"{g.schluessel} {g.name}", *g.namen)) for g in gebiete
    ])  # fmt: skip


def build_merkmale(merkmale: Iterable[Merkmal]) -> Verzeichnis:
    """Index the Merkmale by key, name and other names."""
    return _build([(m.schluessel, m.name, (m.schluessel, m.name, *m.namen)) for m in merkmale])


def is_ambiguous(vorschlaege: tuple[Vorschlag, ...]) -> bool:
    """Whether the two best proposals are nearly the same."""
    return len(vorschlaege) > 1 and vorschlaege[0].prozent - vorschlaege[1].prozent < NAHE


def _build(eintraege: list[tuple[str, str, tuple[str, ...]]]) -> Verzeichnis:
    genau: dict[str, dict[str, None]] = {}
    gleich: dict[str, dict[str, None]] = {}
    kern: dict[str, dict[str, None]] = {}
    codes: dict[str, dict[str, None]] = {}
    for schluessel, _, namen in eintraege:
        for name in namen:
            genau.setdefault(clean(name).casefold(), {})[schluessel] = None
            gleich.setdefault(norm(name), {})[schluessel] = None
            kern.setdefault(norm_gebiet(name), {})[schluessel] = None
        if schluessel.isdigit() and schluessel.lstrip("0"):
            codes.setdefault(schluessel.lstrip("0"), {})[schluessel] = None
    return Verzeichnis(
        {schluessel: name for schluessel, name, _ in eintraege},
        *({text: tuple(keys) for text, keys in index.items() if text} for index in (genau, gleich, kern, codes)),
    )
