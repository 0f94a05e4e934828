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
the town) and year (nothing: that of the report); behind a colon what is meant (`FORMEN`). Other places are `ANGABEN` and
"Fußnote: …". A suppressed figure becomes "geheim"; one that is missing stays visible in square brackets with the words of its
sign, an unknown place with a question mark. With none of them a text goes out. What is written here comes from `Plangrundlage`, which is made of a `FreigegebeneTabelle`: nothing else can
get into a text (fach/regeln.md section 4).
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Callable, Mapping, Sequence

import attrs

from sozialtool.ablauf.gebietsstaende import find_geltenden
from sozialtool.ablauf.plangrundlage import Plangrundlage
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebietsstand
from sozialtool.fach.schreibweise import LAGE_WORT, format_zahl, join_und
from sozialtool.projekt import Projekt

HILFE = (
    "In geschweiften Klammern steht, was das Programm einsetzt: {A07} ist der Wert der Stadt im Berichtsjahr, {A07 Rheinfeld Nord} der "
    "eines Sozialraums, {A07 Rheinfeld Nord 2024} der eines Jahres; {A07: Anzahl}, {A07: höchste 3}, {Stadt}, {Jahr}, {Fußnote: …}."
)
"""One sentence for the help of a field that takes such a text."""
FORMEN: tuple[tuple[str, str, str], ...] = (
    ("", "{A07 Rheinfeld Nord}", "der Wert mit Einheit: 30,9 %"),
    ("zahl", "{A07: Zahl}", "der Wert ohne Einheit: 12,8"),
    ("vergleich", "{A07 Rheinfeld Nord: Vergleich}", "mit dem Wert der Stadt: 30,9 % (Stadt 12,8 %), deutlich höher"),
    ("anzahl", "{A07: Anzahl}", "gezählt statt gerechnet: 657 von 5.134"),
    ("spanne", "{A07: Spanne}", "zwischen welchen Werten er mit 95 % Sicherheit liegt: 11,9 bis 13,7 %"),
    ("veränderung", "{A07: Veränderung}", "gegen das Vorjahr: +0,4 Prozentpunkte"),
    ("name", "{A07: Name}", "wie der Indikator heißt"),
    ("höchste", "{A07: höchste 3}", "die drei Sozialräume mit den höchsten Werten, mit Wert"),
    ("niedrigste", "{A07: niedrigste 3}", "die drei mit den niedrigsten Werten"),
    ("höher", "{A07: höher}", "alle Sozialräume, die mehr als zufällig über der Stadt liegen"),
    ("niedriger", "{A07: niedriger}", "alle, die mehr als zufällig darunter liegen"),
)
"""Word behind the colon, how it is written, what it gives."""
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
_LIEFERBAR = (Zeichen.FEHLT, Zeichen.FOLGT, Zeichen.UNBEKANNT)
"""Reasons that a delivery would do away with."""
_EINLESEN = "Bitte die Zahlen einlesen oder den Satz ohne sie schreiben."
_NIRGENDS = f"Für {{}} gibt es dazu in keinem Sozialraum einen veröffentlichten Wert. {_EINLESEN}"
_OHNE = f"Für das Jahr gibt es keine Zahlen, die veröffentlicht werden dürfen. {_EINLESEN}"
_OHNE_SPANNE = "Für {} gibt es dazu keine Zufallsspannen. Bitte anders schreiben, zum Beispiel mit „höchste 3“."
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
class _Wert:
    """What a place becomes; `hinweis` says why it could not be filled: only then there is one."""

    text: str
    hinweis: str = ""
    gezeigt: frozenset[tuple[str, int, str]] = frozenset()


@attrs.frozen
class _Stelle:
    """One indicator in one area and year."""

    indikator: Indikator
    gebiet: str
    jahr: int
    zahl: int


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

    def _resolve(self, feld: str) -> _Wert:
        """Say what a place becomes."""
        angabe = self.angaben.get(feld.casefold())
        if angabe is not None:
            warum = _LEER.get(feld.casefold(), "Dazu ist im Projekt nichts eingetragen.")
            return _Wert(angabe) if angabe else _unknown(feld, warum)
        if self.grundlage is None:
            return _unknown(feld, f"Noch gibt es keine veröffentlichten Zahlen. {_EINLESEN}")
        kopf, _, form = (teil.strip() for teil in feld.partition(":"))
        kennung, _, rest = kopf.partition(" ")
        indikator = next((i for k, i in self.grundlage.indikatoren.items() if k.casefold() == kennung.casefold()), None)
        if indikator is None:
            return _unknown(feld, f"Einen Indikator oder eine Angabe „{kennung}“ gibt es nicht.")
        jahr = _JAHR.search(rest)
        ort = rest[: jahr.start()].strip() if jahr else rest.strip()
        gebiet = self._find_gebiet(self.grundlage, ort)
        if gebiet is None:
            return _unknown(feld, f"Ein Gebiet „{ort}“ gibt es nicht.")
        wort, _, zahl = form.partition(" ")
        schreibe = _SCHREIBER.get(wort.casefold())
        if schreibe is None or (zahl and not zahl.isdecimal()):
            return _unknown(feld, f"Was „{form}“ heißen soll, ist unklar. Möglich sind: {_list_formen()}.")
        stelle = _Stelle(indikator, gebiet, int(jahr[1]) if jahr else self.grundlage.jahr, int(zahl or 1))
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


def _unknown(feld: str, warum: str) -> _Wert:
    """What nobody can fill stays in sight; the paper must not go out with it."""
    return _Wert(f"[{feld}?]", f"{{{feld}}}: {warum}")


def _missing(feld: str, zeichen: Zeichen, jahr: int) -> _Wert:
    """What has no figure stays in sight with its reason; only "geheim" is a word that everybody knows from the tables."""
    grund, liefern = zeichen.value, "die Zahl einlesen oder " if zeichen in _LIEFERBAR else ""
    rat = f"Bitte {liefern}den Satz so schreiben, dass er ohne sie auskommt."
    text = grund if zeichen is Zeichen.GEHEIM else f"[{feld} – {grund}]"
    return _Wert(text, f"{{{feld}}}: Für {jahr} steht hier „{grund}“ statt einer Zahl. {rat}")


def _lone(stelle: str) -> str:
    """A brace that was not closed would be printed as it is."""
    return f"Eine geschweifte Klammer steht allein: „{stelle.strip()}“. Sie bleibt so im Text stehen."


def _list_formen() -> str:
    return ", ".join(wort for wort, _, _ in FORMEN if wort)


# -- how a figure is written -----------------------------------------------------------------------------------------

Schreiber = Callable[[Plangrundlage, _Stelle, str], _Wert]


def _each(schreibe: Callable[[Plangrundlage, _Stelle, Kennzahl], str]) -> Schreiber:
    """Make a writer of one that can rely on a figure with a value; others become "geheim" or the words of their sign."""

    def write(grundlage: Plangrundlage, stelle: _Stelle, feld: str) -> _Wert:
        k = grundlage.find(stelle.gebiet, stelle.indikator.kennung, stelle.jahr)
        if k is None:
            return _unknown(feld, f"Für {stelle.jahr} gibt es dazu keinen veröffentlichten Wert. {_EINLESEN}")
        text = "" if k.wert is None else schreibe(grundlage, stelle, k)
        if not text:
            return _missing(feld, k.zeichen or Zeichen.ABGELEITET, stelle.jahr)
        return _Wert(text, "", _key(*_beside_it(grundlage, k, schreibe)))

    return write


def _key(*kennzahlen: Kennzahl) -> frozenset[tuple[str, int, str]]:
    """Name the figures that are printed: of a ranking those in it, not those that it was found among."""
    return frozenset((k.indikator, k.jahr, k.gebiet) for k in kennzahlen)


def _beside_it(grundlage: Plangrundlage, k: Kennzahl, schreibe: object) -> tuple[Kennzahl, ...]:
    """What is printed: in a comparison the town's figure too, in a change the year before: whoever has one has both."""
    if schreibe is _write_vergleich and k.stadtwert is not None:
        andere = grundlage.find(grundlage.stadt, k.indikator, k.jahr)
    else:
        andere = grundlage.find(k.gebiet, k.indikator, k.jahr - 1) if schreibe is _write_veraenderung else None
    return (k,) if andere is None or andere.wert is None else (k, andere)


def _unit(zahl: str, einheit: str) -> str:
    """Put the unit behind a number; a thin space would be lost on the way to the town's mail, a fixed one is not."""
    return f"{zahl}\u00a0{einheit}" if einheit else zahl


def write_wert(k: Kennzahl, indikator: Indikator) -> str:
    """Write the value of a figure with its unit; it must have one."""
    return _unit(format_zahl(k.wert, indikator.nachkommastellen), indikator.einheit)


def _write_wert(_: Plangrundlage, s: _Stelle, k: Kennzahl) -> str:
    return write_wert(k, s.indikator)


def _write_zahl(_: Plangrundlage, s: _Stelle, k: Kennzahl) -> str:
    return format_zahl(k.wert, s.indikator.nachkommastellen)


def _write_vergleich(grundlage: Plangrundlage, s: _Stelle, k: Kennzahl) -> str:
    text = write_wert(k, s.indikator)
    if k.stadtwert is None or s.gebiet == grundlage.stadt:
        return text
    stadt = _unit(format_zahl(k.stadtwert, s.indikator.nachkommastellen), s.indikator.einheit)
    return f"{text} (Stadt {stadt})" + (f", {LAGE_WORT[k.lage]}" if k.lage is not None else "")


def _write_anzahl(_: Plangrundlage, __: _Stelle, k: Kennzahl) -> str:
    if k.zaehler is None:
        return ""
    return format_zahl(k.zaehler) + (f" von {format_zahl(k.nenner)}" if k.nenner is not None else "")


def _write_spanne(_: Plangrundlage, s: _Stelle, k: Kennzahl) -> str:
    if k.unten is None or k.oben is None:
        return ""
    stellen = s.indikator.nachkommastellen
    return _unit(f"{format_zahl(k.unten, stellen)} bis {format_zahl(k.oben, stellen)}", s.indikator.einheit)


def _write_veraenderung(_: Plangrundlage, s: _Stelle, k: Kennzahl) -> str:
    if k.vorjahr is None:
        return ""
    einheit = "Prozentpunkte" if s.indikator.einheit == "%" else s.indikator.einheit
    return _unit(format_zahl(k.vorjahr, s.indikator.nachkommastellen, plus=True), einheit)


def _write_name(_: Plangrundlage, s: _Stelle, __: str) -> _Wert:
    return _Wert(s.indikator.name)


def _rank(*, hoch: bool) -> Schreiber:
    """Name the areas with the highest or lowest shown values; where some are secret, the sentence says so."""

    def write(grundlage: Plangrundlage, s: _Stelle, feld: str) -> _Wert:
        da, fehlt = _list_raeume(grundlage, s)
        if not da:
            return _unknown(feld, _NIRGENDS.format(s.jahr))
        da.sort(key=lambda k: -(k.wert or 0.0) if hoch else (k.wert or 0.0))
        namen = [f"{grundlage.name(k.gebiet)} ({write_wert(k, s.indikator)})" for k in da[: s.zahl]]
        zusatz = " – unter den Sozialräumen mit ausgewiesenem Wert" if fehlt else ""
        return _Wert(join_und(namen) + zusatz, "", _key(*da[: s.zahl]))

    return write


def _beside(*, hoch: bool) -> Schreiber:
    """Name the areas that lie beyond chance above or below the town, in the town's order; without intervals nobody can tell."""

    def write(grundlage: Plangrundlage, s: _Stelle, feld: str) -> _Wert:
        da, _ = _list_raeume(grundlage, s)
        if not da:
            return _unknown(feld, _NIRGENDS.format(s.jahr))
        if all(k.lage is None for k in da):
            return _unknown(feld, _OHNE_SPANNE.format(s.jahr))
        passend = [k for k in da if k.lage is not None and (k.lage > 0 if hoch else k.lage < 0)]
        namen = [f"{grundlage.name(k.gebiet)} ({write_wert(k, s.indikator)})" for k in passend]
        return _Wert(join_und(namen) or "keinem Sozialraum", "", _key(*passend))

    return write


def _list_raeume(grundlage: Plangrundlage, s: _Stelle) -> tuple[list[Kennzahl], bool]:
    """Return the figures of the Sozialräume that have a value, in their order; and whether any has none."""
    alle = [grundlage.find(raum, s.indikator.kennung, s.jahr) for raum in grundlage.raeume]
    da = [k for k in alle if k is not None and k.wert is not None]
    return da, len(da) < len(alle)


_SCHREIBER: Mapping[str, Schreiber] = {
    "": _each(_write_wert), "zahl": _each(_write_zahl), "vergleich": _each(_write_vergleich), "anzahl": _each(_write_anzahl),
    "spanne": _each(_write_spanne), "veränderung": _each(_write_veraenderung), "name": _write_name,
    "höchste": _rank(hoch=True), "niedrigste": _rank(hoch=False), "höher": _beside(hoch=True), "niedriger": _beside(hoch=False),
}  # fmt: skip
