"""Voices by area, theme and date beside the figures; a check warns of names and addresses before anything goes out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from sozialtool.ablauf.plangrundlage import Plangrundlage
from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.ablauf.versorgungsbild import write_tag
from sozialtool.fach.bedarf import Stimme
from sozialtool.fach.indikator import Handlungsfeld
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.strasse import Strassenabschnitt
from sozialtool.projekt import Projekt

_PERSON = re.compile(
    r"\b(?:Frau|Herrn?|Familie|Dr\.|Prof\.)\s+(?!und\b|aus\b|in\b|mit\b|hat\b|ist\b|oder\b|ohne\b|zu\b|wird\b|kann\b)[A-ZÄÖÜ][^\W\d]+"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\b0\d{2,5}[ /-]?\d{4,}")
_HAUS = re.compile(
    r"\b[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|weg|gasse|ring|stieg|winkel|pfad|allee|platz|damm|ufer)\s+\d+\s?[a-z]?\b"
)
_ALTER = re.compile(r"\b\d{1,2}[- ]?[Jj]ähr(?:ig\w*|e[rn]?)\b")
_NEBEN = 3


def find_personenhinweise(text: str, strassen: Iterable[str] = ()) -> tuple[str, ...]:
    """Say what in a text may point to a person: title with name, mail or telephone, house number, age of one person.

    `strassen` are names of streets of the town: with a number behind it each is an address, whatever it ends with.
    """
    gefunden = []
    for muster, was in (
        (_PERSON, "ein Name"),
        (_MAIL, "Mail oder Telefon"),
        (_HAUS, "eine Adresse"),
        (_ALTER, "ein genaues Alter"),
    ):
        treffer = muster.search(text)
        if treffer:
            gefunden.append(f"{was}: „{treffer.group(0)}“")
    for strasse in strassen:
        if (
            strasse in text
            and re.search(re.escape(strasse) + r"\s+\d", text)
            and not any("Adresse" in g for g in gefunden)
        ):
            gefunden.append(f"eine Adresse: „{strasse}“")
    return tuple(gefunden)


def read_strassennamen(projekt: Projekt) -> frozenset[str]:
    """Return the names of the streets of the town."""
    return frozenset(abschnitt.strasse for abschnitt in projekt.read(Strassenabschnitt))


def list_bedenkliche(projekt: Projekt) -> tuple[tuple[Stimme, tuple[str, ...]], ...]:
    """List the voices whose text may point to a person, with what it is."""
    strassen = read_strassennamen(projekt)
    alle = ((s, find_personenhinweise(f"{s.text} {s.wer}", strassen)) for s in projekt.read(Stimme))
    return tuple((stimme, hinweise) for stimme, hinweise in alle if hinweise)


def list_zeigbare(projekt: Projekt) -> tuple[Stimme, ...]:
    """List the voices that may go out: marked for it, and nothing in them points to a person."""
    bedenklich = {stimme.schluessel for stimme, _ in list_bedenkliche(projekt)}
    return tuple(s for s in projekt.read(Stimme) if s.zeigen and s.schluessel not in bedenklich)


def build_stimmentafel(
    projekt: Projekt, grundlage: Plangrundlage | None, gebiet: str = "", feld: str = ""
) -> Plantafel:
    """List voices by area, theme and date; below each the figures of its area and theme."""
    gebiete = {g.schluessel: g for g in projekt.read(Gebiet)}
    felder = {f.schluessel: f.name for f in projekt.read(Handlungsfeld)}
    bedenklich = {s.schluessel: h for s, h in list_bedenkliche(projekt)}
    alle = [s for s in projekt.read(Stimme) if gebiet in ("", s.gebiet) and feld in ("", s.handlungsfeld)]
    folge = {k: (g.reihenfolge, k) for k, g in gebiete.items()}
    alle.sort(key=lambda s: (folge.get(s.gebiet, (0, "")), s.handlungsfeld, s.datum or dt.date.min, s.schluessel))
    zeilen = tuple(
        Tafelzeile(
            s.schluessel,
            (gebiete[s.gebiet].name if s.gebiet in gebiete else s.gebiet, felder.get(s.handlungsfeld, ""),
             f"{'! ' if s.schluessel in bedenklich else ''}„{s.text}“"),
            _describe(s, grundlage, bedenklich.get(s.schluessel, ())),
            s,
        )
        for s in alle
    )  # fmt: skip
    hinweise = (
        [f"{len(bedenklich)} Stimmen nennen vielleicht eine Person (!) und gehen nicht hinaus."] if bedenklich else []
    )
    hinweise.append("Zitiert wird ohne Namen; was bei „Zeigen“ nein hat, bleibt im Haus.")
    return Plantafel(
        "Stimmen", (Tafelspalte("Sozialraum", 17), Tafelspalte("Thema", 15), Tafelspalte("Stimme")), zeilen, tuple(hinweise),
        "Noch keine Stimme. n trägt eine ein, x gibt eine leere Liste nach Excel.",
    )  # fmt: skip


def _describe(s: Stimme, grundlage: Plangrundlage | None, bedenken: tuple[str, ...]) -> tuple[str, ...]:
    woher = " · ".join(filter(None, (s.wer, s.art.value, write_tag(s.datum), "" if s.zeigen else "bleibt im Haus")))
    saetze = [f"„{s.text}“", f"{s.schluessel} · {woher}"]
    saetze += [f"! Bitte prüfen: {'; '.join(bedenken)}."] if bedenken else []
    if grundlage is not None and s.handlungsfeld:
        saetze.append(describe_zahlen(grundlage, s.gebiet, s.handlungsfeld))
    return tuple(saetze)


def describe_zahlen(grundlage: Plangrundlage, gebiet: str, feld: str) -> str:
    """Name the figures of an area and a theme, those first that differ most from the town."""
    eigene = [i for i in grundlage.indikatoren.values() if i.handlungsfeld == feld]
    mit = [(k, i) for i in eigene if (k := grundlage.find(gebiet, i.kennung)) is not None and k.wert is not None]
    mit.sort(key=lambda paar: -abs(paar[0].lage or 0))
    if not mit:
        return f"Dazu ist für {grundlage.jahr} kein Wert veröffentlicht."
    return f"Zahlen {grundlage.jahr}: " + "; ".join(
        f"{i.kurzname or i.kennung} {grundlage.write(gebiet, i.kennung)}" for _, i in mit[:_NEBEN]
    )
