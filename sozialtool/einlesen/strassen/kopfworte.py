"""Column headers of address lists made comparable. Standard library only: runs in the reading child process too."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

from sozialtool.einlesen.texte import norm

_KURZ = (
    (re.compile(r"strassen|strasse"), "str"),
    (re.compile(r"schluessel|schl(?![a-z])"), "key"),
    (re.compile(r"hausnummern|hausnummer|hausnr|hnr|haus nr"), "hnr"),
    (re.compile(r"nummer"), "nr"),
    (re.compile(r"staatsangehoerigkeit|nationalitaet|staatsang(?![a-z])"), "nation"),
    (re.compile(r"geburts|geb(?![a-z])"), "geb"),
    (re.compile(r"statistische[rs]?|statist(?![a-z])"), "stat"),
    (re.compile(r"bezirk|bez(?![a-z])"), "bez"),
)
_KLAMMER = re.compile(r"\(.*?\)")


@functools.lru_cache(maxsize=2_000)
def kopfwort(text: str) -> str:
    """Reduce a header to what it says: "Straßen-Schl.", "Strassenschlüssel" and "Str.schlüssel" become "strkey"."""
    wort = norm(_KLAMMER.sub(" ", text))
    for muster, kurz in _KURZ:
        wort = muster.sub(kurz, wort)
    return wort.replace(" ", "")


def recognise(kopf: Iterable[str], namen: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Recognise the columns of a header row: kind → number of the column; the first of two that say the same counts."""
    gesucht = {kopfwort(name): art for art, worte in namen.items() for name in worte}
    spalten: dict[str, int] = {}
    for s, text in enumerate(kopf):
        art = gesucht.get(kopfwort(text)) if text else None
        if art is not None:
            spalten.setdefault(art, s)
    return spalten
