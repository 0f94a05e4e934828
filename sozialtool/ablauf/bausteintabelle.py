"""The council table of a day taken over: texts that stay keep their history, what is not in it any more has its end there."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.bausteine import sort_inhalte
from sozialtool.fach.prozess import Baustein, Inhalt, Umsetzungsstand, sort_staende
from sozialtool.fach.schreibweise import norm_wort
from sozialtool.fehler import DatenFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.erhebung.bausteintabelle import Tabellensatz
    from sozialtool.erhebung.listen import Unterschiede

_AEHNLICH = 0.5
"""From this share of common characters on two texts count as one that was worded anew."""


def import_bausteintabelle(projekt: Projekt, pfad: Path | str, am: dt.date) -> Unterschiede:
    """Read the table of a paper of the day `am` and show the differences; `save_liste` takes them over.

    Raises:
        DatenFehler: BAUSTEINE-NAME, a Baustein that the project does not know. DateiFehler: cannot be read.
    """
    from sozialtool.erhebung.bausteintabelle import read_bausteintabelle
    from sozialtool.erhebung.listen import Unterschiede

    saetze = read_bausteintabelle(pfad)
    nummern = _find_bausteine(projekt, saetze)
    neu: list[object] = []
    geaendert: list[tuple[object, object]] = []
    for baustein in dict.fromkeys(nummern.values()):
        eigene = [s for s in saetze if nummern[s.baustein] == baustein]
        for alt, jetzt in (
            *_match_inhalte(projekt.read(Inhalt), baustein, [s.text for s in eigene if s.inhalt], am),
            *_match_staende(projekt.read(Umsetzungsstand), baustein, [s for s in eigene if not s.inhalt], am),
        ):
            if alt is None:
                neu.append(jetzt)
            elif alt != jetzt:
                geaendert.append((alt, jetzt))
    return Unterschiede(tuple(neu), tuple(geaendert))


def _find_bausteine(projekt: Projekt, saetze: Iterable[Tabellensatz]) -> dict[str, int]:
    """Name in the table → number of the Baustein."""
    bekannt = {norm_wort(name): b.nummer for b in projekt.read(Baustein) for name in (b.name, b.kurzname) if name}
    namen = dict.fromkeys(s.baustein for s in saetze)
    fremd = [name for name in namen if norm_wort(name) not in bekannt]
    if fremd:
        raise DatenFehler(
            "Diese Bausteine kennt das Projekt nicht: " + "; ".join(f"„{name}“" for name in fremd) + ".",
            "Bitte die Namen in der Tabelle oder in der Liste der Bausteine angleichen. Es wurde nichts übernommen.",
            "BAUSTEINE-NAME",
        )
    return {name: bekannt[norm_wort(name)] for name in namen}


def _match_inhalte(
    alle: Sequence[Inhalt], baustein: int, texte: Sequence[str], am: dt.date
) -> list[tuple[Inhalt | None, Inhalt]]:  # fmt: skip
    """Pair what belonged to the Baustein with the texts of the table: the same words first, then similar ones in order.

    A table that says nothing of it leaves it as it is; one in the order that holds already gives no new numbers.
    """
    if not texte:
        return []
    offen = sort_inhalte(i for i in alle if i.baustein == baustein and i.holds_on(am))
    vergeben = {i.schluessel for i in alle}
    paare: list[Inhalt | None] = [_take(offen, _same, text) for text in texte]
    for ort, text in enumerate(texte):
        if paare[ort] is None:
            paare[ort] = _take(offen, _similar, text)
    gefunden = [alt for alt in paare if alt is not None]
    bleibt = len(gefunden) == len(paare) and sort_inhalte(gefunden) == gefunden
    ergebnis: list[tuple[Inhalt | None, Inhalt]] = []
    for ort, (alt, text) in enumerate(zip(paare, texte, strict=True), start=1):
        if alt is None:
            schluessel = _free_key(f"{baustein}.", vergeben)
            ergebnis.append((None, Inhalt(schluessel, baustein, text, reihenfolge=ort, seit=am)))
        else:
            ergebnis.append((alt, attrs.evolve(alt, text=text, reihenfolge=alt.reihenfolge if bleibt else ort)))
    return ergebnis + [(i, attrs.evolve(i, entfallen=am)) for i in offen]


def _take(offen: list[Inhalt], passt: Callable[[str, str], bool], text: str) -> Inhalt | None:
    treffer = next((i for i in offen if passt(i.text, text)), None)
    if treffer is not None:
        offen.remove(treffer)
    return treffer


def _same(alt: str, neu: str) -> bool:
    return norm_wort(alt) == norm_wort(neu)


def _similar(alt: str, neu: str) -> bool:
    return difflib.SequenceMatcher(None, norm_wort(alt), norm_wort(neu), autojunk=False).ratio() >= _AEHNLICH


def _free_key(anfang: str, vergeben: set[str]) -> str:
    nummer = next(n for n in range(1, len(vergeben) + 2) if f"{anfang}{n}" not in vergeben)
    vergeben.add(f"{anfang}{nummer}")
    return f"{anfang}{nummer}"


def _match_staende(
    alle: Sequence[Umsetzungsstand], baustein: int, saetze: Sequence[Tabellensatz], am: dt.date
) -> list[tuple[Umsetzungsstand | None, Umsetzungsstand]]:  # fmt: skip
    """Sentences that stand in the table go on; those that do not any more are overtaken; the others are new on that day.

    A table that says nothing of it leaves it as it is.
    """
    if not saetze:
        return []
    offen = sort_staende(s for s in alle if s.baustein == baustein and s.holds_on(am))
    vergeben = {s.schluessel for s in alle}
    ergebnis: list[tuple[Umsetzungsstand | None, Umsetzungsstand]] = []
    for ort, satz in enumerate(saetze, start=1):
        gleich = next(
            (s for s in offen if norm_wort(s.text) == norm_wort(satz.text) and satz.datum in (None, s.datum)), None
        )
        if gleich is not None:
            offen.remove(gleich)
            ergebnis.append((gleich, gleich))
            continue
        tag = satz.datum or am
        schluessel = _free_key(f"{tag:%Y-%m-%d}/{baustein}.", vergeben)
        ergebnis.append((None, Umsetzungsstand(schluessel, baustein, tag, satz.text, reihenfolge=ort)))
    return ergebnis + [(s, attrs.evolve(s, ueberholt=am)) for s in offen]
