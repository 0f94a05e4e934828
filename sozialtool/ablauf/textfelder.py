"""Figures in sentences: a text of the planner with places such as {A07 Rheinfeld Nord}, filled from released figures alone.

How it is used (council paper, Sozialbericht and whatever else is written from text blocks)::

    felder = build_textfelder(projekt, grundlage, stand=tag)      # grundlage: ablauf.plangrundlage.read_plangrundlage(…)
    gefuellt = felder.fill("In {Stadt} sind es {A07}, in Rheinfeld Nord {A07 Rheinfeld Nord: Vergleich}.")
    gefuellt.text           # the sentence with figures
    gefuellt.stuecke        # the same in pieces: her words, figures (with the place they stand in), footnotes
    gefuellt.hinweise       # what could not be filled, a German sentence each, for the planner
    gefuellt.offen          # whether it must not go out so
    gefuellt.kennzahlen     # which released figures the sentence shows: what a release of it has to keep

A place begins with the Kennung of an indicator, then area (name or key; "hier": the area of the chapter, see `at`; nothing:
the town) and year (nothing: that of the report); behind a colon what is meant (`textformen.FORMEN`). Other places are `ANGABEN` and
"Fußnote: …". A suppressed figure becomes "geheim"; one that is missing stays visible in square brackets with the words of its
sign, an unknown place with a question mark. With none of them a text goes out. What is written here comes from `Plangrundlage`, which is made of a `FreigegebeneTabelle`: nothing else can
get into a text (fach/regeln.md section 4).
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Mapping, Sequence

import attrs

from sozialtool.ablauf.gebietsstaende import find_geltenden
from sozialtool.ablauf.plangrundlage import Plangrundlage
from sozialtool.ablauf.textformen import EINLESEN, FORMEN, SCHREIBER, Platzwert, Stelle, build_unbekannt, list_formen
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebietsstand
from sozialtool.projekt import Projekt

HILFE = (
    "In geschweiften Klammern steht, was das Programm einsetzt: {A07} ist der Wert der Stadt im Berichtsjahr, {A07 Rheinfeld Nord} der "
    "eines Sozialraums, {A07 Rheinfeld Nord 2024} der eines Jahres; {A07: Anzahl}, {A07: höchste 3}, {Stadt}, {Jahr}, {Fußnote: …}."
)
"""One sentence for the help of a field that takes such a text."""
ANGABEN: tuple[tuple[str, str], ...] = (
    ("{Stadt}", "Name der Stadt"),
    ("{Jahr}", "Berichtsjahr"),
    ("{Vorjahr}", "das Jahr davor"),
    ("{Stand}", "Tag des Dokuments"),
    ("{Gebietsstand}", "Name des geltenden Gebietsstands"),
    ("{Anzahl Sozialräume}", "wie viele es sind"),
    ("{Anzahl Indikatoren}", "wie viele gerechnet werden"),
    ("{Gebiet}", "Name des Sozialraums, von dem ein Kapitel handelt"),
    ("{Fußnote: Text}", "eine Fußnote an dieser Stelle"),
)
"""Places that are no figure."""
_PLATZ = re.compile(r"\{(?:\s*fu(?:ß|ss)note:((?:[^{}]|\{[^{}]*\})*)|([^{}]*))\}", re.IGNORECASE)
"""A footnote may hold places of its own, once inside."""
_KLAMMER = re.compile(r"[{}].{0,20}")
_JAHR = re.compile(r"(?:^|\s)((?:19|20)\d\d)$")
_HIER, _STADT = "hier", "stadt"
GEHEIM = Zeichen.GEHEIM.value
"""What stands where a figure must not be shown."""
_OHNE = f"Für das Jahr gibt es keine Zahlen, die veröffentlicht werden dürfen. {EINLESEN}"
_LEER = {
    "gebietsstand": "Noch ist kein Gebietsstand vereinbart. Bitte vereinbaren (F3) oder den Satz ohne ihn schreiben.",
    "jahr": "Es ist kein Berichtsjahr eingetragen. Bitte eintragen oder das Jahr in den Satz schreiben.",
    "anlage monitoring": "Keine Anlage ist das Monitoring des Jahres. Bitte als Anlage eintragen oder den Satz ohne sie schreiben.",
    "anzahl sozialräume": _OHNE, "anzahl indikatoren": _OHNE,
}  # fmt: skip
"""Why nothing can be filled in, and what to do."""


class Stueckart(enum.Enum):
    """What a piece of a filled text is."""

    WORTE = "Worte"
    FELD = "Feld"
    FUSSNOTE = "Fußnote"


@attrs.frozen
class Textstueck:
    """A piece: its text; of a place what stood between the braces; `offen`: something is missing there (or in the footnote)."""

    text: str
    art: Stueckart = Stueckart.WORTE
    feld: str = ""
    offen: bool = False


@attrs.frozen
class Fuelltext:
    """A filled text in pieces, what could not be filled, and the released figures (Kennung, Jahr, Gebiet) that it shows."""

    stuecke: tuple[Textstueck, ...]
    hinweise: tuple[str, ...] = ()
    kennzahlen: frozenset[tuple[str, int, str]] = frozenset()

    @property
    def text(self) -> str:
        """The words alone; footnotes are left out."""
        return "".join(s.text for s in self.stuecke if s.art is not Stueckart.FUSSNOTE)

    @property
    def offen(self) -> bool:
        """Whether a place has no figure or name: the text must not go out so."""
        return any(s.offen for s in self.stuecke)


@attrs.frozen
class Textfelder:
    """What can be filled in: released figures (None: there are none yet), other places by their word, the area in question."""

    grundlage: Plangrundlage | None
    angaben: Mapping[str, str]
    hier: str = ""

    def at(self, gebiet: str) -> Textfelder:
        """The same for a chapter about one area: "hier" and {Gebiet} mean it."""
        name = self.grundlage.name(gebiet) if self.grundlage is not None else gebiet
        return attrs.evolve(self, hier=gebiet, angaben={**self.angaben, "gebiet": name})

    def fill(self, text: str) -> Fuelltext:
        """Fill every place of a text; nothing in it can raise an error, what does not fit is said in `hinweise`."""
        stuecke: list[Textstueck] = []
        hinweise: list[str] = []
        gezeigt: set[tuple[str, int, str]] = set()
        ende = 0
        for treffer in _PLATZ.finditer(text):
            if treffer.start() > ende:
                stuecke.append(Textstueck(text[ende : treffer.start()]))
            ende = treffer.end()
            if treffer[1] is not None:
                note = self.fill(treffer[1].strip())
                stuecke.append(Textstueck(note.text, Stueckart.FUSSNOTE, treffer[0][1:-1].strip(), note.offen))
                hinweise += note.hinweise
                gezeigt |= note.kennzahlen
                continue
            feld = " ".join(treffer[2].split())
            wert = self._resolve(feld)
            stuecke.append(Textstueck(wert.text, Stueckart.FELD, feld, bool(wert.hinweis)))
            gezeigt |= wert.gezeigt
            if wert.hinweis:
                hinweise.append(wert.hinweis)
        if ende < len(text):
            stuecke.append(Textstueck(text[ende:]))
        hinweise += [
            _lone(treffer) for s in stuecke if s.art is Stueckart.WORTE for treffer in _KLAMMER.findall(s.text)
        ]
        return Fuelltext(tuple(stuecke), tuple(dict.fromkeys(hinweise)), frozenset(gezeigt))

    def _resolve(self, feld: str) -> Platzwert:
        """Say what a place becomes."""
        angabe = self.angaben.get(feld.casefold())
        if angabe is not None:
            warum = _LEER.get(feld.casefold(), "Dazu ist im Projekt nichts eingetragen.")
            return Platzwert(angabe) if angabe else build_unbekannt(feld, warum)
        if self.grundlage is None:
            return build_unbekannt(feld, f"Noch gibt es keine veröffentlichten Zahlen. {EINLESEN}")
        kopf, _, form = (teil.strip() for teil in feld.partition(":"))
        kennung, _, rest = kopf.partition(" ")
        indikator = next((i for k, i in self.grundlage.indikatoren.items() if k.casefold() == kennung.casefold()), None)
        if indikator is None:
            return build_unbekannt(feld, f"Einen Indikator oder eine Angabe „{kennung}“ gibt es nicht.")
        jahr = _JAHR.search(rest)
        ort = rest[: jahr.start()].strip() if jahr else rest.strip()
        gebiet = self._find_gebiet(self.grundlage, ort)
        if gebiet is None:
            return build_unbekannt(feld, f"Ein Gebiet „{ort}“ gibt es nicht.")
        wort, _, zahl = form.partition(" ")
        schreibe = SCHREIBER.get(wort.casefold())
        if schreibe is None or (zahl and not zahl.isdecimal()):
            return build_unbekannt(feld, f"Was „{form}“ heißen soll, ist unklar. Möglich sind: {list_formen()}.")
        stelle = Stelle(indikator, gebiet, int(jahr[1]) if jahr else self.grundlage.jahr, int(zahl or 1))
        return schreibe(self.grundlage, stelle, feld)

    def _find_gebiet(self, grundlage: Plangrundlage, ort: str) -> str | None:
        """Return the key of an area by what a person writes; None where nobody knows it."""
        gesucht = ort.casefold()
        if gesucht == _HIER:
            return self.hier or None
        if gesucht in ("", _STADT):
            return grundlage.stadt
        for schluessel, gebiet in grundlage.gebiete.items():
            if gesucht in (schluessel.casefold(), gebiet.name.casefold()):
                return schluessel
        return None


def build_textfelder(
    projekt: Projekt, grundlage: Plangrundlage | None, *, stand: dt.date | None = None, weitere: Mapping[str, str] | None = None
) -> Textfelder:  # fmt: skip
    """Collect what texts of this project may name; `weitere` are places of one kind of document ("Drucksache" → "26/031")."""
    jahr = grundlage.jahr if grundlage is not None else projekt.kommune.berichtsjahr
    geltend = find_geltenden(projekt.read(Gebietsstand))
    angaben = {
        "Stadt": projekt.kommune.name,
        "Jahr": str(jahr or ""),
        "Vorjahr": str(jahr - 1) if jahr else "",
        "Stand": f"{stand or dt.date.today():%d.%m.%Y}",
        "Gebietsstand": geltend.name if geltend is not None else "",
        "Gebiet": "",
        "Anzahl Sozialräume": str(len(grundlage.raeume) or "") if grundlage is not None else "",
        "Anzahl Indikatoren": str(len(grundlage.indikatoren) or "") if grundlage is not None else "",
        **(weitere or {}),
    }
    return Textfelder(grundlage, {wort.casefold(): text for wort, text in angaben.items()})


def describe_felder(weitere: Sequence[tuple[str, str]] = ()) -> tuple[str, ...]:
    """List every kind of place with what it gives, one line each, for help and command."""
    return tuple(f"{wie}: {was}" for wie, was in (*((w, was) for _, w, was in FORMEN), *ANGABEN, *weitere))


def _lone(stelle: str) -> str:
    """A brace that was not closed would be printed as it is."""
    return f"Eine geschweifte Klammer steht allein: „{stelle.strip()}“. Sie bleibt so im Text stehen."
