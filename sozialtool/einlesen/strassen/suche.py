"""Find the area of an address. Standard library only: runs in the reading child process too.

The index is plain values, so that it travels to the child: name → keys, decided spelling → key, key → sections.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sozialtool.einlesen.strassen.namen import JE_NUMMER, LETZTE, Hausnummer, norm_schluessel, norm_strasse

if TYPE_CHECKING:
    from sozialtool.fach.strasse import Strassenabschnitt, Strassenschreibweise

Strecke = tuple[str, int, int, str]
"""(name of the Seite, first place, last place, area); both places count."""
Index = dict[str, Any]
"""schluessel: key without zeros → Strassenschlüssel; namen: normalised name → list of keys, genau: the same by
the name as written; entschieden: normalised
spelling → key ("" : no street of the town); strecken: key → list of `Strecke`."""

GEFUNDEN, STRASSE_FREMD, NUMMER_FEHLT, NUMMER_FREMD, MEHRDEUTIG = range(5)
"""What came of looking up an address."""


def build_strecken(abschnitte: Iterable[Strassenabschnitt]) -> dict[str, list[Strecke]]:
    """Turn sections into places, by street.

    A section that names its ends without Zusatz takes the whole numbers with all their Zusätze – unless another section
    of the street begins (or ends) in the middle of that number: then the one ends where the other begins.
    """
    je_strasse: dict[str, list[Strassenabschnitt]] = {}
    for abschnitt in abschnitte:
        je_strasse.setdefault(abschnitt.strasse, []).append(abschnitt)
    return {strasse: _place_all(alle) for strasse, alle in je_strasse.items()}


def _place_all(alle: list[Strassenabschnitt]) -> list[Strecke]:
    """Turn the sections of one street into places; those that begin or end inside a number are looked up, not searched."""
    enden: dict[int | None, list[Strassenabschnitt]] = {}
    anfaenge: dict[int | None, list[Strassenabschnitt]] = {}
    for abschnitt in alle:
        if abschnitt.bis_zusatz:
            enden.setdefault(abschnitt.bis, []).append(abschnitt)
        if abschnitt.von_zusatz:
            anfaenge.setdefault(abschnitt.von, []).append(abschnitt)
    # Only the farthest end and the first beginning inside a number matter, apart from the section itself.
    spaete = {n: sorted(gleiche, key=lambda a: a.bis_zusatz, reverse=True) for n, gleiche in enden.items()}
    fruehe = {n: sorted(gleiche, key=lambda a: a.von_zusatz) for n, gleiche in anfaenge.items()}
    return [_place(abschnitt, spaete, fruehe) for abschnitt in alle]


def _place(
    abschnitt: Strassenabschnitt,
    spaete: dict[int | None, list[Strassenabschnitt]],
    fruehe: dict[int | None, list[Strassenabschnitt]],
) -> Strecke:
    von, bis = 0, LETZTE
    if abschnitt.von is not None:
        von = Hausnummer(abschnitt.von, abschnitt.von_zusatz).platz
        if not abschnitt.von_zusatz:
            ende = next((a for a in spaete.get(abschnitt.von, ()) if _ends_inside(a, abschnitt)), None)
            von = max(von, Hausnummer(ende.bis or 0, ende.bis_zusatz).platz + 1) if ende else von
    if abschnitt.bis is not None:
        bis = Hausnummer(abschnitt.bis, abschnitt.bis_zusatz).platz
        if not abschnitt.bis_zusatz:
            anfang = next((a for a in fruehe.get(abschnitt.bis, ()) if a is not abschnitt), None)
            bis += JE_NUMMER - 1
            bis = min(bis, Hausnummer(anfang.von or 0, anfang.von_zusatz).platz - 1) if anfang else bis
    return abschnitt.seite.name, von, bis, abschnitt.gebiet


def _ends_inside(anderer: Strassenabschnitt, abschnitt: Strassenabschnitt) -> bool:
    return anderer is not abschnitt and (anderer.von is None or anderer.von < (abschnitt.von or 0))


def build_index(abschnitte: Iterable[Strassenabschnitt], schreibweisen: Iterable[Strassenschreibweise] = ()) -> Index:
    """Prepare the Straßenverzeichnis and the decided spellings for many look-ups."""
    abschnitte = tuple(abschnitte)
    namen: dict[str, list[str]] = {}
    genau: dict[str, list[str]] = {}
    for abschnitt in abschnitte:
        keys = genau.setdefault(abschnitt.name, namen.setdefault(norm_strasse(abschnitt.name), []))
        if abschnitt.strasse not in keys:
            keys.append(abschnitt.strasse)
    return {
        "schluessel": {norm_schluessel(a.strasse): a.strasse for a in abschnitte},
        "namen": namen,
        "genau": genau,
        "entschieden": {norm_strasse(s.schreibweise): s.strasse for s in schreibweisen},
        "strecken": build_strecken(abschnitte),
    }


def find_strassen(index: Index, name: str, schluessel: object = None) -> list[str]:
    """Return the keys a street may have: by its key, else by a decided spelling, else by its name; empty: unknown."""
    if schluessel not in (None, ""):
        fest = index["schluessel"].get(norm_schluessel(schluessel))
        if fest is not None:
            return [fest]
    wort = norm_strasse(name)
    if wort in index["entschieden"]:
        return [index["entschieden"][wort]] if index["entschieden"][wort] else []
    return list(index["namen"].get(wort, ()))


def is_decided(index: Index, name: str) -> bool:
    """Whether somebody has decided already what this spelling means, be it "no street of the town"."""
    return norm_strasse(name) in index["entschieden"]


def find_gebiet(index: Index, strassen: Iterable[str], hausnummer: Hausnummer | None) -> tuple[str, int]:
    """Find the area of a house.

    Args:
        index: see `build_index`.
        strassen: possible keys, from `find_strassen`.
        hausnummer: None when the source gives none; enough for a street that lies in one area as a whole.

    Returns:
        (area, GEFUNDEN), or ("", why not).
    """
    return judge(collect_strecken(index, strassen), hausnummer)


def collect_strecken(index: Index, strassen: Iterable[str]) -> list[Strecke]:
    """Return the sections of all keys that a street may have."""
    return [strecke for strasse in strassen for strecke in index["strecken"].get(strasse, ())]


def judge(strecken: Sequence[Strecke], hausnummer: Hausnummer | None) -> tuple[str, int]:
    """Find the area of a house among sections, see `find_gebiet`."""
    if not strecken:
        return "", STRASSE_FREMD
    if hausnummer is None:
        gebiete = {gebiet for _, _, _, gebiet in strecken}
        return (gebiete.pop(), GEFUNDEN) if len(gebiete) == 1 else ("", NUMMER_FEHLT)
    platz = hausnummer.platz
    seite = "UNGERADE" if hausnummer.nummer % 2 else "GERADE"
    gebiete = {g for s, von, bis, g in strecken if von <= platz <= bis and s in ("ALLE", seite)}
    if len(gebiete) == 1:
        return gebiete.pop(), GEFUNDEN
    return "", MEHRDEUTIG if gebiete else NUMMER_FREMD
