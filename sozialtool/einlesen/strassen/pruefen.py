"""Checks of a Straßenverzeichnis: it must cover every address of the town exactly once (fach/regeln.md section 5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from sozialtool.einlesen.strassen.namen import JE_NUMMER, LETZTE, Hausnummer, norm_strasse
from sozialtool.einlesen.strassen.suche import Strecke, build_strecken
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fach.strasse import Strassenabschnitt

_PAARE = 100
"""How many overlaps of one side of a street are listed: a file with every row twice could have millions."""
_LUECKE_RAT = "Im Verzeichnis ergänzen, zu welchem Gebiet diese Hausnummern gehören."
_DOPPELT_RAT = "Die Hausnummern in einem der beiden Abschnitte kürzen."


def check_abschnitte(
    abschnitte: Iterable[Strassenabschnitt],
    gebiete: Collection[str],
    orte: Mapping[tuple[str, int], tuple[str, str]] | None = None,
    datei: str = "",
) -> tuple[Befund, ...]:
    """Check a whole Straßenverzeichnis.

    Args:
        abschnitte: all sections.
        gebiete: keys of the smallest areas.
        orte: (street, number of the section) → (sheet, cell), where it was read.
        datei: name of the file.

    Returns:
        STRASSE-GEBIET (unknown area), STRASSE-VERKEHRT (from > to), STRASSE-SEITE (even section with odd end),
        STRASSE-ZWEI-NAMEN, STRASSE-NAME-DOPPELT, STRASSE-LUECKE, STRASSE-DOPPELT, and one STRASSE-ENDE for all streets
        whose last section is closed; in the order of the streets.
    """
    abschnitte = tuple(abschnitte)
    je_strasse: dict[str, list[Strassenabschnitt]] = {}
    for abschnitt in abschnitte:
        je_strasse.setdefault(abschnitt.strasse, []).append(abschnitt)
    strecken = build_strecken(abschnitte)
    befunde: list[Befund] = []
    enden = 0
    for strasse, alle in je_strasse.items():
        ort = _Ort(datei, orte or {}, alle)
        for stelle, abschnitt in enumerate(alle):
            befunde += _check_one(abschnitt, stelle, gebiete, ort)
        befunde += _check_names(alle, ort)
        if not any(_is_reversed(abschnitt) for abschnitt in alle):
            befunde += _check_cover(alle, strecken[strasse], ort)
            enden += _is_closed(strecken[strasse])
    befunde += _check_same_name(abschnitte, datei)
    if enden:
        befunde.append(
            Befund(
                "STRASSE-ENDE", Schwere.HINWEIS,
                f"Bei {enden} von {len(je_strasse)} Straßen endet das Verzeichnis mit einer bestimmten Hausnummer; "
                "ein neues Haus dahinter gehört zu keinem Gebiet.",
                "„bis“ beim letzten Abschnitt einer Straße leer lassen.", datei,
            )
        )  # fmt: skip
    return tuple(befunde)


class _Ort:
    """Puts file, sheet and cell of a section into a Befund."""

    def __init__(
        self, datei: str, orte: Mapping[tuple[str, int], tuple[str, str]], alle: list[Strassenabschnitt]
    ) -> None:
        self._datei, self._orte, self._alle = datei, orte, alle

    def befund(self, code: str, schwere: Schwere, text: str, rat: str, abschnitt: int = 0) -> Befund:
        erster = self._alle[abschnitt]
        blatt, zelle = self._orte.get((erster.strasse, erster.nummer), ("", ""))
        return Befund(code, schwere, f"{erster.name} ({erster.strasse}): {text}", rat, self._datei, blatt, zelle)


def describe(abschnitt: Strassenabschnitt) -> str:
    """Write a section: "12a–48 gerade", "ab 13 ungerade", "alle Hausnummern"."""
    von = f"{abschnitt.von}{abschnitt.von_zusatz}" if abschnitt.von is not None else ""
    bis = f"{abschnitt.bis}{abschnitt.bis_zusatz}" if abschnitt.bis is not None else ""
    seite = "" if abschnitt.seite.name == "ALLE" else f" {abschnitt.seite.value}"
    if von and bis:
        return (von if von == bis else f"{von}–{bis}") + seite
    if von or bis:
        return (f"ab {von}" if von else f"bis {bis}") + seite
    return f"alle{seite and seite + 'n'} Hausnummern"


def _is_reversed(abschnitt: Strassenabschnitt) -> bool:
    if abschnitt.von is None or abschnitt.bis is None:
        return False
    if abschnitt.von == abschnitt.bis:  # "12a bis 12" means to the end of number 12
        return bool(abschnitt.bis_zusatz) and abschnitt.von_zusatz > abschnitt.bis_zusatz
    return abschnitt.von > abschnitt.bis


def _check_one(abschnitt: Strassenabschnitt, stelle: int, gebiete: Collection[str], ort: _Ort) -> list[Befund]:
    befunde = []
    if abschnitt.gebiet not in gebiete:
        befunde.append(
            ort.befund(
                "STRASSE-GEBIET", Schwere.FEHLER, f"Das Gebiet „{abschnitt.gebiet}“ gibt es nicht.",
                "Den Schlüssel eines kleinsten Gebiets eintragen.", stelle,
            )
        )  # fmt: skip
    if _is_reversed(abschnitt):
        befunde.append(
            ort.befund(
                "STRASSE-VERKEHRT", Schwere.FEHLER, f"Der Abschnitt {describe(abschnitt)} endet, bevor er beginnt.",
                "„von“ und „bis“ prüfen.", stelle,
            )
        )  # fmt: skip
    rest = {"GERADE": 1, "UNGERADE": 0}.get(abschnitt.seite.name)
    if rest is not None and rest in {n % 2 for n in (abschnitt.von, abschnitt.bis) if n is not None}:
        befunde.append(
            ort.befund(
                "STRASSE-SEITE", Schwere.HINWEIS,
                f"Der Abschnitt {describe(abschnitt)} nennt eine Hausnummer der anderen Seite.",
                "Seite oder Hausnummer prüfen; gezählt wird nach der Seite.", stelle,
            )
        )  # fmt: skip
    return befunde


def _check_names(alle: list[Strassenabschnitt], ort: _Ort) -> list[Befund]:
    namen = {norm_strasse(a.name): a.name for a in reversed(alle)}
    if len(namen) < 2:
        return []
    liste = ", ".join(f"„{name}“" for name in sorted(namen.values()))
    return [
        ort.befund(
            "STRASSE-ZWEI-NAMEN", Schwere.FRAGE, f"Derselbe Straßenschlüssel steht bei verschiedenen Namen: {liste}.",
            "Den Schlüssel oder den Namen berichtigen.",
        )
    ]  # fmt: skip


def _check_same_name(abschnitte: tuple[Strassenabschnitt, ...], datei: str) -> list[Befund]:
    namen: dict[str, dict[str, str]] = {}
    for abschnitt in abschnitte:
        namen.setdefault(norm_strasse(abschnitt.name), {}).setdefault(abschnitt.strasse, abschnitt.name)
    return [
        Befund(
            "STRASSE-NAME-DOPPELT", Schwere.FRAGE,
            f"„{next(iter(keys.values()))}“ gibt es unter mehreren Schlüsseln: {', '.join(keys)}. "
            "Adressen ohne Straßenschlüssel sind dann nur eindeutig, wo alle im selben Gebiet liegen.",
            "Den Ortsteil in den Namen schreiben oder die Schlüssel zusammenlegen.", datei,
        )
        for keys in namen.values() if len(keys) > 1
    ]  # fmt: skip


def _check_cover(alle: list[Strassenabschnitt], strecken: list[Strecke], ort: _Ort) -> list[Befund]:
    """Look along both sides of a street for what no section or more than one covers."""
    luecken: dict[tuple[str, str], list[str]] = {}
    doppelt: dict[tuple[int, int], list[str]] = {}
    zu_viele = False
    for seite in (1, 0):
        laeufe = sorted(
            (von, bis, i)
            for i, (name, anfang, ende, _) in enumerate(strecken)
            for von, bis in [_on_side(name, anfang, ende, seite)]
            if von <= bis
        )
        for luecke in _gaps(laeufe, seite):
            luecken.setdefault(luecke, []).append("ungerade" if seite else "gerade")
        paare = list(islice(_overlaps(laeufe), _PAARE + 1))
        zu_viele |= len(paare) > _PAARE
        for i, j in paare[:_PAARE]:
            doppelt.setdefault((i, j), []).append("ungerade" if seite else "gerade")
    befunde = [
        ort.befund("STRASSE-LUECKE", Schwere.FRAGE, f"Kein Abschnitt für {_name_gap(*luecke, seiten)}.", _LUECKE_RAT)
        for luecke, seiten in luecken.items()
    ]
    for (i, j), seiten in doppelt.items():
        gleich = strecken[i][3] == strecken[j][3]
        welche = "" if len(seiten) == 2 else f" ({seiten[0]} Hausnummern)"
        text = f"Die Abschnitte {describe(alle[i])} und {describe(alle[j])} überschneiden sich{welche}"
        text += f"; beide gehören zu {alle[i].gebiet}." if gleich else f": {alle[i].gebiet} oder {alle[j].gebiet}?"
        befunde.append(
            ort.befund("STRASSE-DOPPELT", Schwere.HINWEIS if gleich else Schwere.FEHLER, text, _DOPPELT_RAT, j)
        )
    if zu_viele:
        text = f"Mehr als {_PAARE} Abschnitte überschneiden sich; die weiteren sind nicht aufgeführt."
        befunde.append(ort.befund("STRASSE-DOPPELT", Schwere.FEHLER, text, _DOPPELT_RAT))
    return befunde


def _is_closed(strecken: list[Strecke]) -> bool:
    """Whether one side of a street ends with a certain number."""
    for seite in (1, 0):
        enden = [bis for s in strecken for von, bis in [_on_side(s[0], s[1], s[2], seite)] if von <= bis]
        if enden and max(enden) < _on_side("ALLE", 0, LETZTE, seite)[1]:
            return True
    return False


def _erster_platz(seite: int) -> int:
    return 0 if seite else JE_NUMMER  # the first odd number is 1, the first even one 2


def _on_side(name: str, von: int, bis: int, seite: int) -> tuple[int, int]:
    """Places of a section on one side, counted along that side only (two neighbours there are 27 places apart)."""
    if name != "ALLE" and (name == "UNGERADE") != bool(seite):
        return 1, 0
    nummer, rest = divmod(von, JE_NUMMER)
    if nummer % 2 != seite:
        nummer, rest = nummer + 1, 0
    erste = max(nummer // 2 * JE_NUMMER + rest, _erster_platz(seite))
    nummer, rest = divmod(bis, JE_NUMMER)
    if nummer % 2 != seite:
        nummer, rest = nummer - 1, JE_NUMMER - 1
    return erste, nummer // 2 * JE_NUMMER + rest


def _back(platz: int, seite: int) -> Hausnummer:
    halbe, rest = divmod(platz, JE_NUMMER)
    return Hausnummer(halbe * 2 + seite, chr(96 + rest) if rest else "")


def _gaps(laeufe: list[tuple[int, int, int]], seite: int) -> list[tuple[str, str]]:
    """List (first, last) of what is not covered; ("", "") when nothing of this side is."""
    if not laeufe:
        return [("", "")]
    luecken = []
    naechster = _erster_platz(seite)
    for von, bis, _ in laeufe:
        if von > naechster:
            luecken.append((str(_back(naechster, seite)), str(_back(von - 1, seite))))
        naechster = max(naechster, bis + 1)
    return luecken


def _name_gap(von: str, bis: str, seiten: list[str]) -> str:
    if not von:
        return f"alle {seiten[0]}n Hausnummern"
    if von.rstrip("abcdefghijklmnopqrstuvwxyz") != bis.removesuffix("z") or von == bis.removesuffix("z"):
        bis = bis.removesuffix("z")  # up to 48z is up to 48 for everybody
    if von == bis:
        return f"Hausnummer {von}"
    return f"die {seiten[0]}n Hausnummern {von} bis {bis}" if von.isdigit() else f"die Hausnummern {von} bis {bis}"


def _overlaps(laeufe: list[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    for k, (_, bis, i) in enumerate(laeufe):
        for m in range(k + 1, len(laeufe)):
            von, _, j = laeufe[m]
            if von > bis:
                break
            yield min(i, j), max(i, j)
