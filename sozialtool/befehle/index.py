"""The commands `index` and `verteilen`: own indices with stages and robustness; a sum distributed over the Sozialräume."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING, Any

from sozialtool import konsole
from sozialtool.befehle.teile import (
    FREIGABE,
    Befehle,
    Oeffnen,
    Schritte,
    arg,
    build_command,
    progress,
    read_zuweisungen,
    say_ausgegeben,
    say_change,
)
from sozialtool.orte import zeige

if TYPE_CHECKING:
    from sozialtool.ablauf import Indexbild, Projekt


def build_commands(oeffnen: Oeffnen) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "index": build_command(
            "einen Sozialindex anlegen, rechnen und prüfen, wie sicher seine Ränge sind", INDEX, oeffnen, "liste"
        ),
        "verteilen": build_command(
            "Euro, Plätze oder Stellen auf die Sozialräume verteilen, Szenarien nebeneinander",
            VERTEILEN,
            oeffnen,
            "liste",
        ),
    }


# -- index ------------------------------------------------------------------------------------------------------------


def _list_indizes(projekt: Projekt, _: argparse.Namespace) -> int:
    from sozialtool import ablauf

    zeilen = [
        f"{i.kennung}\t{i.name}\t{i.zustand.value}\t{'; '.join(i.bestandteile)}" for i in ablauf.list_indizes(projekt)
    ]
    print("\n".join(zeilen) or 'Noch kein Index. Anlegen: sozialtool index anlegen SI1 "Name" A07 A01 …')
    return 0


def _compute(projekt: Projekt, angaben: argparse.Namespace) -> Indexbild:
    from sozialtool import ablauf

    return ablauf.compute_indexbild(projekt, angaben.kennung, angaben.jahr or 0, _read_fassung(angaben.fassung))


def _read_fassung(text: str | None) -> Any:
    """Read "2024" (as released for that year) or "31.12.2024" (as agreed on that day)."""
    from sozialtool import ablauf

    if not text:
        return None
    if text.isdecimal() and len(text) == 4:
        return ablauf.Fassungswahl(ausgabejahr=int(text))
    tag: dt.date | None = konsole.read_tag(text, "--fassung")
    return ablauf.Fassungswahl(tag)


def _show(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool.ablauf.indextext import index_text

    print(index_text(_compute(projekt, angaben), stufen=angaben.stufen))
    return 0


def _show_robustheit(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool.ablauf.indextext import robustheit_text

    print(robustheit_text(_compute(projekt, angaben)))
    return 0


def _show_definition(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool.ablauf.indextext import definition_text

    print(definition_text(_compute(projekt, angaben)))
    return 0


def _create_index(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.fach.sozialindex import Sozialindex

    index = Sozialindex(angaben.kennung, angaben.name, tuple(angaben.bestandteile))
    return say_change(ablauf.save_definition(projekt, index))


def _change_index(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return _change(projekt, ablauf.find_index(projekt, angaben.kennung), angaben)


def _remove_index(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(ablauf.remove_definition(projekt, ablauf.find_index(projekt, angaben.kennung)))


def _assign(definition: Any, angaben: argparse.Namespace) -> Any:
    """Set FELD=WERT."""
    import attrs

    return attrs.evolve(definition, **read_zuweisungen(type(definition), angaben.zuweisungen, "normierung=Rang"))


def _change(projekt: Projekt, alt: Any, angaben: argparse.Namespace) -> int:
    """Store what FELD=WERT makes of an index or scenario; the same again is no change."""
    from sozialtool import ablauf

    neu = _assign(alt, angaben)
    if neu == alt:
        konsole.say(f"Es ändert sich nichts: „{alt.name}“ ist schon so definiert.")
        return 0
    return say_change(ablauf.save_definition(projekt, neu))


# -- verteilen --------------------------------------------------------------------------------------------------------


def _list_szenarien(projekt: Projekt, _: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.verteilungstext import write_betrag

    zeilen = [
        f"{s.schluessel}\t{s.name}\t{write_betrag(s.summe, s.einheit)}\t{s.art.value}\t{s.zustand.value}"
        for s in ablauf.list_szenarien(projekt)
    ]
    print("\n".join(zeilen) or 'Noch kein Szenario. Anlegen: sozialtool verteilen anlegen kurz "Name" 250000')
    return 0


def _show_verteilung(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.verteilungszeilen import verteilungen_text

    print(verteilungen_text(ablauf.compute_verteilungen(projekt, angaben.szenarien, angaben.jahr or 0)))
    return 0


def _write_verteilung(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    pfad = ablauf.write_mittelverteilung(
        projekt, angaben.szenarien, angaben.jahr or 0, angaben.drucksache, progress,
        grenzen_geprueft=angaben.grenzen_geprueft, bekanntes_hinnehmen=angaben.bekanntes_hinnehmen,
        endgueltig=angaben.endgueltig, begruendung=angaben.ohne_beratung,
    )  # fmt: skip
    print(zeige(pfad))
    say_ausgegeben(projekt, angaben, angaben.jahr or projekt.kommune.berichtsjahr)
    return 0


def _create_szenario(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.fach.felder import felder_of
    from sozialtool.fach.verteilung import Verteilungsszenario

    feld = next(f for f in felder_of(Verteilungsszenario) if f.name == "summe")
    neu = Verteilungsszenario(angaben.szenario, angaben.name, feld.from_text(angaben.summe))
    if angaben.zuweisungen:
        neu = _assign(neu, angaben)
    return say_change(ablauf.save_definition(projekt, neu))


def _change_szenario(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return _change(projekt, ablauf.find_szenario(projekt, angaben.szenario), angaben)


def _remove_szenario(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(ablauf.remove_definition(projekt, ablauf.find_szenario(projekt, angaben.szenario)))


# -- steps ------------------------------------------------------------------------------------------------------------

_KENNUNG = arg("kennung", metavar="KENNUNG", help="Kennung des Index, zum Beispiel SI1")
_SZENARIO = arg("szenario", metavar="SZENARIO", help="kurzer Schlüssel des Szenarios")
_SZENARIEN = arg("szenarien", nargs="*", metavar="SZENARIO", help="welche (sonst: alle)")
_JAHR = arg("--jahr", type=int, help="Jahr der Zahlen (sonst: das Berichtsjahr)")
_FASSUNG = arg(
    "--fassung", metavar="WANN", help="Definition wie für ein Jahr ausgegeben (2024) oder an einem Tag vereinbart (31.12.2024)"
)  # fmt: skip
_ZUWEISUNGEN = arg("zuweisungen", nargs="*", metavar="FELD=WERT", help="zum Beispiel normierung=Rang")
_GESEHEN = (_KENNUNG, _JAHR, _FASSUNG)

INDEX: Schritte = {
    "liste": ("die Indizes zeigen", (), True, _list_indizes),
    "zeigen": (
        "einen Index mit Quoten, Rang, Rangspanne und Klasse zeigen",
        (*_GESEHEN, arg("--stufen", action="store_true", help="normierte Werte und Teilindizes statt der Quoten")),
        True,
        _show,
    ),
    "robustheit": ("zeigen, wie sicher die Ränge sind und was gerechnet wurde", _GESEHEN, True, _show_robustheit),
    "definition": ("zeigen, woraus der Index besteht und wie er gerechnet wird", _GESEHEN, True, _show_definition),
    "anlegen": (
        "einen Index anlegen",
        (
            _KENNUNG,
            arg("name", metavar="NAME", help="Name des Index"),
            arg("bestandteile", nargs="+", metavar="INDIKATOR", help='zum Beispiel A01 "A07 2" "A10 1 Alter"'),
        ),
        False,
        _create_index,
    ),
    "aendern": ("die Definition ändern; Vereinbartes ist danach neu zu beraten", (_KENNUNG, _ZUWEISUNGEN), False, _change_index),
    "loeschen": ("einen Index streichen, der nie vereinbart war", (_KENNUNG,), False, _remove_index),
}  # fmt: skip
VERTEILEN: Schritte = {
    "liste": ("die Szenarien zeigen", (), True, _list_szenarien),
    "zeigen": ("Beträge, Gewinn und Verlust je Kopf und Annahmen zeigen", (_SZENARIEN, _JAHR), True, _show_verteilung),
    "ausgeben": (
        "die Szenarien nebeneinander als Excel schreiben",
        (_SZENARIEN, _JAHR, arg("--drucksache", default="", help="Nummer der Drucksache"), *FREIGABE),
        True,
        _write_verteilung,
    ),
    "anlegen": (
        "ein Szenario anlegen",
        (
            _SZENARIO,
            arg("name", metavar="NAME", help="Name des Szenarios"),
            arg("summe", metavar="SUMME", help="was zu verteilen ist, zum Beispiel 250000"),
            _ZUWEISUNGEN,
        ),
        False,
        _create_szenario,
    ),
    "aendern": ("ein Szenario ändern", (_SZENARIO, _ZUWEISUNGEN), False, _change_szenario),
    "loeschen": ("ein Szenario streichen, das nie vereinbart war", (_SZENARIO,), False, _remove_szenario),
}
