"""A list of people becomes counts; the parent's side. Nothing but counts, row numbers and street spellings arrives here."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

import attrs

from sozialtool.einlesen import protokoll
from sozialtool.einlesen.aufsicht import run_kind
from sozialtool.einlesen.dateiart import is_huge_text
from sozialtool.einlesen.lesen import Grenzen, build_auftrag
from sozialtool.einlesen.rohblatt import Leseart
from sozialtool.einlesen.strassen.suche import build_index
from sozialtool.fach.messwert import Messwert
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fach.raum import NICHT_ZUZUORDNEN
from sozialtool.fach.strasse import Strassenabschnitt, Strassenschreibweise
from sozialtool.orte import lang

STAMM = "ew"
"""Merkmal that counts everybody of a register."""
GRENZEN = Grenzen(sekunden=900.0, datei=4 * 1024**3, zellen=40_000_000)
GRENZEN_STROM = attrs.evolve(GRENZEN, speicher=4 * 1024**3)
"""A list of millions of people is large, but it is read piece by piece (`register.strom`). Its limit is one of address
space, of which an engine reserves far more than the some 700 MB that it uses."""


@attrs.frozen
class Registerlesung:
    """What a list of people says, without any person.

    Attributes:
        datei, pruefsumme: name and SHA-256 of the file.
        messwerte: counts per smallest area and "nicht zuzuordnen"; an area without people has 0.
        personen: how many were counted.
        offen: spellings of unknown streets, without house number, with how many people; the most frequent first.
        befunde: findings that name rows, never what stands in them.
        spalten: sheet → kind of column → its header.
    """

    datei: str
    pruefsumme: str
    messwerte: tuple[Messwert, ...]
    personen: int
    offen: tuple[tuple[str, int], ...]
    befunde: tuple[Befund, ...]
    spalten: dict[str, dict[str, str]]

    @property
    def bereit(self) -> bool:
        """Whether it can be taken over: somebody was counted, and no FEHLER."""
        return self.personen > 0 and all(b.schwere is not Schwere.FEHLER for b in self.befunde)


def build_plan(
    abschnitte: Iterable[Strassenabschnitt],
    schreibweisen: Iterable[Strassenschreibweise],
    stichtag: dt.date,
    merkmale: Iterable[str],
    stamm: str = STAMM,
    gebiete: Collection[str] = (),
) -> dict[str, Any]:
    """Write down as plain values how people are counted.

    Args:
        abschnitte: the Straßenverzeichnis.
        schreibweisen: decided spellings.
        stichtag: the day on which ages count.
        merkmale: keys of the catalogue.
        stamm: the Merkmal that counts everybody of the list, see `fach.register.build_regeln`.
        gebiete: keys of the smallest areas; those of the Straßenverzeichnis when none are given.
    """
    abschnitte = tuple(abschnitte)
    return {
        "index": build_index(abschnitte, schreibweisen),
        "stichtag": stichtag,
        "gebiete": sorted((set(gebiete) or {a.gebiet for a in abschnitte}) - {NICHT_ZUZUORDNEN}),
        "rest": NICHT_ZUZUORDNEN,
        "stamm": stamm,
        "merkmale": list(merkmale),
    }


def read_register(
    pfad: Path | str,
    plan: dict[str, Any] | Callable[[], dict[str, Any]],
    *,
    leseart: Leseart | None = None,
    grenzen: Grenzen | None = None,
    fortschritt: Callable[[int, int, str], None] | None = None,
    stop: threading.Event | None = None,
    modul: str = "",
) -> Registerlesung:
    """Count the people of xlsx, xls, xlsb, ods or a text file in the reading process.

    Args:
        pfad: the file.
        plan: see `build_plan`; or a function that makes it, while the reading process starts.
        leseart: how to read a text file, if not as found.
        grenzen: limits on time, memory and size; `GRENZEN`, or `GRENZEN_STROM` for a huge text file.
        fortschritt: called with (done, of, sheet); a huge text file tells megabytes.
        stop: when set, reading ends at once.
        modul: what the child runs instead of `kindprozess` for a huge text file; one with an engine counts it faster.

    Raises:
        DateiFehler: the file cannot be read. Abgebrochen: stopped.
    """
    datei = lang(pfad)
    gross = is_huge_text(datei)
    grenzen = grenzen or (GRENZEN_STROM if gross else GRENZEN)
    auftrag = build_auftrag(datei, leseart, grenzen)
    gebaut: dict[str, Any] = {}
    fertig: dict[str, Any] = {}

    def complete() -> dict[str, Any]:
        gebaut.update(plan() if callable(plan) else plan)
        return {"register": gebaut}

    def take(art: int, inhalt: Any) -> None:
        if art == protokoll.FERTIG:
            fertig.update(inhalt)
        elif art == protokoll.FORTSCHRITT and fortschritt is not None:
            fortschritt(*inhalt)

    run_kind(
        auftrag, sekunden=grenzen.sekunden, stop=stop, empfange=take, modul=modul if gross else "", rest=complete
    )  # fmt: skip
    return build_lesung(datei.name, gebaut, fertig)


def build_lesung(datei: str, plan: dict[str, Any], fertig: dict[str, Any]) -> Registerlesung:
    """Turn what was counted (`Zaehlung.build`, with pruefsumme) into Messwerte and Befunde."""
    befunde = [
        Befund(code, Schwere[schwere], meldung, rat, datei, blatt, zelle)
        for code, schwere, blatt, meldung, rat, zelle in fertig["befunde"]
    ]
    if not fertig["spalten"]:
        befunde.append(
            Befund(
                "REGISTER-SPALTEN", Schwere.FEHLER, f"In „{datei}“ ist keine Liste von Personen zu erkennen.",
                "Eine Kopfzeile mit „Straße“ und „Hausnummer“ (oder „Adresse“, „Straßenschlüssel“) und „Geburtsdatum“ "
                "muss da sein.", datei,
            )
        )  # fmt: skip
    werte = sorted(fertig["zahlen"])
    messwerte = tuple(Messwert(gebiet, merkmal, plan["stichtag"], float(anzahl)) for gebiet, merkmal, anzahl in werte)
    return Registerlesung(
        datei, fertig["pruefsumme"], messwerte if fertig["personen"] else (), fertig["personen"],
        tuple((text, anzahl) for text, anzahl in fertig["offen"]), tuple(befunde), fertig["spalten"],
    )  # fmt: skip
