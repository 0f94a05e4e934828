"""The door of the room: examine a file against what the project knows, answer its questions, keep its layout."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import attrs

from sozialtool.einlesen.aendern import apply_answer
from sozialtool.einlesen.befunde import Lage, check_alle
from sozialtool.einlesen.fragen import Frage, build_fragen, join_staende
from sozialtool.einlesen.fund import Tabellenfund
from sozialtool.einlesen.kontext import Kontext, build_kontext
from sozialtool.einlesen.lesen import read_rohmappe
from sozialtool.einlesen.lesung import Lesung, read_tabelle
from sozialtool.einlesen.messwerte import build_messwerte
from sozialtool.einlesen.profil import Abweichung, adapt_regel, find_profil, make_profil, match_tabellen
from sozialtool.einlesen.rohblatt import Leseart, Rohmappe
from sozialtool.einlesen.tabellenfund import find_tabellen
from sozialtool.einlesen.umfeld import Umfeld
from sozialtool.einlesen.vorschlagen import propose_regel
from sozialtool.einlesen.zeichenfragen import build_zeichenfragen, build_zeichentabelle
from sozialtool.einlesen.zuordnung import Zuordnung
from sozialtool.fach.messwert import Messwert
from sozialtool.fach.quelle import Befund, Importprofil, Schwere
from sozialtool.fehler import BedienFehler

__all__ = [
    "Abweichung",
    "Frage",
    "Pruefung",
    "answer",
    "answer_frage",
    "build_profil",
    "examine",
    "examine_rohmappe",
    "quelle_key",
]

Fortschritt = Callable[[int, int, str], None]


@attrs.frozen
class Pruefung:
    """What an examination found.

    Attributes:
        rohmappe: the file as read; `funde`: its tables, `regeln[i]` the index of the rule that reads `funde[i]` (-1: none).
        zuordnung: proposed or saved rules; `profil`: the Importprofil that they come from, or None.
        abweichungen: differences of layout against the profile; shown before anything is imported.
        fragen: open questions; `befunde`: findings in the order sheet, row, column; `messwerte`: what would be imported.
    """

    rohmappe: Rohmappe
    funde: tuple[Tabellenfund, ...]
    regeln: tuple[int, ...]
    zuordnung: Zuordnung
    profil: Importprofil | None
    abweichungen: tuple[Abweichung, ...]
    fragen: tuple[Frage, ...]
    befunde: tuple[Befund, ...]
    messwerte: tuple[Messwert, ...]

    @property
    def bereit(self) -> bool:
        """Whether the file can be accepted: something to import, no open question, no error."""
        fehler = any(befund.schwere is Schwere.FEHLER for befund in self.befunde)
        return bool(self.messwerte) and not self.fragen and not fehler


def examine(
    pfad: Path | str,
    umfeld: Umfeld,
    *,
    leseart: Leseart | None = None,
    fortschritt: Fortschritt | None = None,
    stop: threading.Event | None = None,
) -> Pruefung:
    """Read a file, find its tables, recognise a saved Importprofil or propose a Zuordnung, and check everything.

    Raises:
        DateiFehler: the file cannot be read at all (German message).
        Abgebrochen: `stop` was set.
    """
    rohmappe = read_rohmappe(pfad, leseart=leseart, fortschritt=fortschritt, stop=stop)
    return examine_rohmappe(rohmappe, umfeld, leseart=leseart)


def examine_rohmappe(rohmappe: Rohmappe, umfeld: Umfeld, *, leseart: Leseart | None = None) -> Pruefung:
    """Examine a file that has been read already; see `examine`."""
    kontext = build_kontext(umfeld, rohmappe.datei)
    funde = tuple(fund for blatt in rohmappe.blaetter if blatt.sichtbar for fund in find_tabellen(blatt))
    treffer = find_profil(funde, umfeld.profile, kontext)
    if treffer is not None:
        zuordnung = attrs.evolve(treffer.zuordnung, leseart=leseart or rohmappe.leseart)
        zuordnung = _add_new(rohmappe, funde, zuordnung, treffer.regeln, kontext)
        regeln = match_tabellen(funde, zuordnung)
        return _examine(rohmappe, funde, regeln, zuordnung, kontext, treffer.profil, treffer.abweichungen)
    blaetter = {blatt.name: blatt for blatt in rohmappe.blaetter}
    tabellen = tuple(propose_regel(fund, blaetter[fund.blatt], kontext) for fund in funde)
    eindeutig = tuple(dict.fromkeys(tabellen))
    zuordnung = Zuordnung(eindeutig, (), leseart or rohmappe.leseart)
    regeln = tuple(eindeutig.index(regel) for regel in tabellen)
    return _examine(rohmappe, funde, regeln, zuordnung, kontext, None, ())


def answer(pruefung: Pruefung, umfeld: Umfeld, zuordnung: Zuordnung) -> Pruefung:
    """Examine the same file again by changed rules."""
    kontext = build_kontext(umfeld, pruefung.rohmappe.datei)
    regeln = pruefung.regeln
    return _examine(
        pruefung.rohmappe, pruefung.funde, regeln, zuordnung, kontext, pruefung.profil, pruefung.abweichungen
    )


def answer_frage(pruefung: Pruefung, umfeld: Umfeld, kennung: str, wahl: str) -> Pruefung:
    """Answer one question by its `Frage.kennung` and examine again; `wahl` as in `aendern.apply_answer`.

    Raises:
        BedienFehler: there is no such open question.
    """
    frage = next((frage for frage in pruefung.fragen if frage.kennung == kennung), None)
    if frage is None:
        raise BedienFehler(f"Eine offene Frage „{kennung[:80]}“ gibt es nicht.", "Die Liste zeigt die offenen Fragen.")
    return answer(pruefung, umfeld, apply_answer(pruefung.zuordnung, frage, wahl))


def build_profil(pruefung: Pruefung, name: str, schluessel: str = "") -> Importprofil:
    """Keep the rules of an examination for the next file of this layout.

    A file that its profile knew without any difference gives that profile again, with the new answers; a changed
    layout gives a second profile beside it.

    Raises:
        BedienFehler: there are still open questions.
    """
    if pruefung.fragen:
        raise BedienFehler(
            f"Es sind noch {len(pruefung.fragen)} Fragen offen.", "Erst beantworten, dann als Profil behalten.",
            "PROFIL-OFFEN",
        )  # fmt: skip
    profil = make_profil(pruefung.zuordnung, pruefung.funde, pruefung.regeln, schluessel, name)
    if pruefung.profil is not None and not pruefung.abweichungen:
        return attrs.evolve(profil, schluessel=pruefung.profil.schluessel, name=pruefung.profil.name)
    return attrs.evolve(profil, schluessel=schluessel or profil.fingerabdruck[:12])


def _add_new(
    rohmappe: Rohmappe, funde: tuple[Tabellenfund, ...], zuordnung: Zuordnung, regeln: tuple[int, ...], kontext: Kontext
) -> Zuordnung:
    """Tables that the profile does not know get proposed rules; those of low confidence stay unread."""
    blaetter = {blatt.name: blatt for blatt in rohmappe.blaetter}
    tabellen = list(zuordnung.tabellen)
    for fund, nr in zip(funde, regeln, strict=True):
        vorschlag = propose_regel(fund, blaetter[fund.blatt], kontext)
        if nr >= 0:
            tabellen[nr] = adapt_regel(tabellen[nr], vorschlag)
        elif vorschlag not in tabellen:
            tabellen.append(vorschlag)
    return attrs.evolve(zuordnung, tabellen=tuple(tabellen))


def _examine(
    rohmappe: Rohmappe,
    funde: tuple[Tabellenfund, ...],
    regeln: tuple[int, ...],
    zuordnung: Zuordnung,
    kontext: Kontext,
    profil: Importprofil | None,
    abweichungen: tuple[Abweichung, ...],
) -> Pruefung:
    blaetter = {blatt.name: blatt for blatt in rohmappe.blaetter}
    tabelle = build_zeichentabelle(funde, zuordnung, kontext.umfeld)
    lesungen: list[Lesung] = []
    for fund, nummer in zip(funde, regeln, strict=True):
        if nummer >= 0:
            blatt = blaetter[fund.blatt]
            regel = zuordnung.tabellen[nummer]
            lesungen.append(read_tabelle(nummer, fund, regel, blatt, kontext, tabelle, zuordnung.leseart))
    fragen = [frage for lesung in lesungen for frage in build_fragen(lesung, kontext)]
    fragen = join_staende(fragen) + build_zeichenfragen(tuple(lesungen), tabelle)
    messwerte = build_messwerte(tuple(lesungen), kontext, quelle_key(rohmappe))
    lage = Lage(rohmappe, tuple(lesungen), kontext, messwerte, zuordnung.hingenommen)
    eindeutig = {frage.kennung: frage for frage in reversed(fragen)}
    return Pruefung(
        rohmappe,
        funde,
        regeln,
        zuordnung,
        profil,
        abweichungen,
        tuple(reversed(eindeutig.values())),
        check_alle(lage),
        messwerte,
    )


def quelle_key(rohmappe: Rohmappe) -> str:
    """Key of the Quelle of a file: the first 16 digits of its checksum."""
    return rohmappe.pruefsumme[:16]
