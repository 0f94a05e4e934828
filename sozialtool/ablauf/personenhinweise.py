"""Names, addresses and contact data in free texts that may go out: one table says which fields are searched. Hints, never refusals.

Roles and bodies are meant everywhere (`fach.gremium`, `fach.planung`); a person slips in with a quoted sentence or a remark. Voices
that name somebody are held back (`stimmen.list_zeigbare`); other texts carry what a body decided or a measure is, and cannot be left
out without a word: there the planner is asked to write them otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from sozialtool.ablauf.planeintraege import name_eintrag, name_klasse
from sozialtool.fach.abfrage import Datenbestand, Fachbereich
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.beteiligung import Beteiligung
from sozialtool.fach.drucksache import Anlage, Drucksache, Textbaustein
from sozialtool.fach.felder import felder_of
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.gremium import Aufgabe, Beschluss, Gremium, Sitzung, Tagesordnungspunkt, Thema
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.planung import Befragung, Befragungsfrage, Einrichtung, Massnahme
from sozialtool.fach.prozess import Baustein, Inhalt, Umsetzungsstand
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.raum import Gebietsstand
from sozialtool.fach.sozialindex import Sozialindex
from sozialtool.fach.strasse import Strassenabschnitt
from sozialtool.fach.vereinbarung import Vereinbarung
from sozialtool.fach.veroeffentlichung import Geheimhaltungsregel
from sozialtool.fach.verteilung import Verteilungsszenario
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel
from sozialtool.projekt import Projekt

FREITEXTE: dict[type[Any], tuple[str, ...]] = {
    Stimme: ("text", "wer"),
    Bedarf: ("name", "zielgruppe", "empfehlung", "bemerkung"),
    Leitziel: ("name", "begruendung"),
    Entwicklungsziel: ("name", "bemerkung"),
    Massnahme: (
        "name",
        "verantwortlich",
        "zielgruppe",
        "partner",
        "leistung",
        "zufriedenheit",
        "fachsicht",
        "bemerkung",
    ),
    Einrichtung: ("traeger", "zielgruppe", "bemerkung"),
    Befragung: ("name", "thema", "zielgruppe", "bemerkung"),
    Befragungsfrage: ("text", "antworten"),
    Foerderaufruf: ("weitere", "begruendung", "bemerkung"),
    Gremium: ("name", "mitglieder", "leitung"),
    Sitzung: ("anwesend", "entschuldigt", "bemerkung"),
    Thema: ("name", "bemerkung"),
    Tagesordnungspunkt: ("titel", "zustaendig", "ergebnis"),
    Beschluss: ("wortlaut", "abweichend"),
    Aufgabe: ("text", "zustaendig"),
    Beteiligung: ("name", "form", "zustaendig", "ergebnis"),
    Baustein: ("zustaendig", "naechster_schritt"),
    Inhalt: ("text", "zustaendig", "naechster_schritt"),
    Umsetzungsstand: ("text",),
    Drucksache: ("name", "fachbereich", "fachdienst", "beschlussvorschlag", "finanztext", "klimatext", "unterschrift"),
    Textbaustein: ("name", "text"),
    Anlage: ("name",),
    Vereinbarung: ("abweichend",),
    Gebietsstand: ("bemerkung",),
    Indikator: ("hinweis",),
    Sozialindex: ("hinweis",),
    Verteilungsszenario: ("hinweis",),
    Geheimhaltungsregel: ("verlangt_von", "grundlage"),
    Fachbereich: ("ansprechrolle", "hinweis"),
    Datenbestand: ("datenschutz", "bemerkung"),
    Quelle: ("absender",),
}
"""Class → fields that are searched; a field that is not says why in tests/haus/test_freitexte.py."""

ZIELE: dict[type[Any], str] = {
    Baustein: "ueberblick", Inhalt: "ueberblick", Umsetzungsstand: "ueberblick", Gebietsstand: "raeume",
    Vereinbarung: "indikatoren", Indikator: "indikatoren", Sozialindex: "indikatoren", Verteilungsszenario: "indikatoren",
    Fachbereich: "daten", Datenbestand: "daten", Quelle: "daten",
    Drucksache: "ausgabe", Textbaustein: "ausgabe", Anlage: "ausgabe", Geheimhaltungsregel: "ausgabe",
}  # fmt: skip
"""Class → where it is edited (`werte.NaechsterSchritt.ziel`), where that is not the planning."""

_PERSON = re.compile(
    r"\b(?:Frau|Herrn?|Familie|Dr\.|Prof\.)\s+(?!und\b|aus\b|in\b|mit\b|hat\b|ist\b|oder\b|ohne\b|zu\b|wird\b|kann\b)[A-ZÄÖÜ][^\W\d]+"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?:\b0\d{2,5}\)?|\+49[ /-]?\(?0?\)?[ ]?\d{2,5})[ /-]{0,3}\d(?:[ -]?\d){3,}")
_HAUS = re.compile(
    r"\b(?!Monitoring\b)[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|weg|gasse|ring|stieg|winkel|pfad|allee|platz|damm|ufer)\s+"
    r"\d{1,3}\s?[a-z]?\b"
)
_ALTER = re.compile(
    r"(?<![uU]nter )(?<![aA]b )(?<![bB]is )(?<![üÜ]ber )\b\d{1,2}[- ]?[Jj]ähr(?:ig\w*|e[rn]?)\b(?! und (?:[äÄ]lter|[jJ]ünger))"
)
"""The age of one person; "unter 6-Jährige" and "80-Jährige und Ältere" are groups."""
_ZIFFER = re.compile(r"\s\d")


def find_personenhinweise(text: str, strassen: Iterable[str] = ()) -> tuple[str, ...]:
    """Say what in a text may point to a person: title with name, mail or telephone, house number, age of one person.

    `strassen` are names of streets of the town: with a number behind it each is an address, whatever it ends with.
    """
    muster = (
        (_PERSON, "ein Name"),
        (_MAIL, "Mail oder Telefon"),
        (_HAUS, "eine Adresse"),
        (_ALTER, "ein genaues Alter"),
    )
    treffer = [(was, m.group(0)) for regel, was in muster if (m := regel.search(text))]
    if _ZIFFER.search(text) and not any(was == "eine Adresse" for was, _ in treffer):
        genannte = (s for s in strassen if s in text and re.search(re.escape(s) + r"\s+\d", text))
        treffer += [("eine Adresse", strasse) for strasse in sorted(genannte)[:1]]
    return tuple(f"{was}: „{stelle}“" for was, stelle in treffer)


def read_strassennamen(projekt: Projekt) -> frozenset[str]:
    """Return the names of the streets of the town."""
    return frozenset(abschnitt.strasse for abschnitt in projekt.read(Strassenabschnitt))


@attrs.frozen
class Personenhinweis:
    """One field of a record that may point to a person: its German label, and what it is."""

    eintrag: Any
    feld: str
    was: tuple[str, ...]

    @property
    def kurz(self) -> str:
        """Name record and field: "Maßnahme M07 (Sicht der Fachkräfte)"."""
        return f"{name_klasse(type(self.eintrag))} {name_eintrag(self.eintrag, kurz=True)} ({self.feld})"

    @property
    def satz(self) -> str:
        """Say what is to be looked at, in the words that stand at a Stimme."""
        return f"Bitte prüfen ({self.feld}): {'; '.join(self.was)}."


def find_in(eintrag: Any, strassen: Iterable[str] = ()) -> Iterator[Personenhinweis]:
    """Search the free texts of one record, field by field."""
    gesucht = FREITEXTE.get(type(eintrag), ())
    for feld in felder_of(type(eintrag)) if gesucht else ():
        wert = getattr(eintrag, feld.name)
        if feld.name not in gesucht or not wert:
            continue
        texte = wert if isinstance(wert, tuple) else (wert,)
        was = dict.fromkeys(hinweis for text in texte for hinweis in find_personenhinweise(text, strassen))
        if was:
            yield Personenhinweis(eintrag, feld.titel, tuple(was))


def list_personenhinweise(projekt: Projekt) -> tuple[Personenhinweis, ...]:
    """List what may point to a person in all free texts but the voices, which are held back by themselves."""
    strassen = read_strassennamen(projekt)
    eintraege = (e for klasse in FREITEXTE if klasse is not Stimme for e in projekt.read(klasse))
    return tuple(hinweis for eintrag in eintraege for hinweis in find_in(eintrag, strassen))
