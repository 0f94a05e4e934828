"""How a figure is written in a sentence: its value, the comparison with the town, the count, a ranking (`FORMEN`).

Each form is a function of released figures, an indicator in an area and year (`Stelle`), and what stands between the braces; it
gives a `Platzwert`, which says what could not be written. `textfelder` finds the places in a text and asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from sozialtool.ablauf.plangrundlage import Plangrundlage
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.schreibweise import LAGE_WORT, format_zahl, join_und

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
_LIEFERBAR = (Zeichen.FEHLT, Zeichen.FOLGT, Zeichen.UNBEKANNT)
"""Reasons that a delivery would do away with."""
EINLESEN = "Bitte die Zahlen einlesen oder den Satz ohne sie schreiben."
"""What to do where there is no figure."""
_NIRGENDS = f"Für {{}} gibt es dazu in keinem Sozialraum einen veröffentlichten Wert. {EINLESEN}"
_OHNE_SPANNE = "Für {} gibt es dazu keine Zufallsspannen. Bitte anders schreiben, zum Beispiel mit „höchste 3“."


@attrs.frozen
class Platzwert:
    """What a place becomes; `hinweis` says why it could not be filled: only then there is one."""

    text: str
    hinweis: str = ""
    gezeigt: frozenset[tuple[str, int, str]] = frozenset()


@attrs.frozen
class Stelle:
    """One indicator in one area and year; `zahl` is how many areas a ranking names."""

    indikator: Indikator
    gebiet: str
    jahr: int
    zahl: int


def build_unbekannt(feld: str, warum: str) -> Platzwert:
    """What nobody can fill stays in sight; the paper must not go out with it."""
    return Platzwert(f"[{feld}?]", f"{{{feld}}}: {warum}")


def _build_fehlend(feld: str, zeichen: Zeichen, jahr: int) -> Platzwert:
    """What has no figure stays in sight with its reason; only "geheim" is a word that everybody knows from the tables."""
    grund, liefern = zeichen.value, "die Zahl einlesen oder " if zeichen in _LIEFERBAR else ""
    rat = f"Bitte {liefern}den Satz so schreiben, dass er ohne sie auskommt."
    text = grund if zeichen is Zeichen.GEHEIM else f"[{feld} – {grund}]"
    return Platzwert(text, f"{{{feld}}}: Für {jahr} steht hier „{grund}“ statt einer Zahl. {rat}")


def list_formen() -> str:
    """Name the words that may stand behind the colon."""
    return ", ".join(wort for wort, _, _ in FORMEN if wort)


Schreiber = Callable[[Plangrundlage, Stelle, str], Platzwert]
"""Writes a figure: released figures, which one, and what stands between the braces (for what is said of it)."""


def _each(schreibe: Callable[[Plangrundlage, Stelle, Kennzahl], str]) -> Schreiber:
    """Make a writer of one that can rely on a figure with a value; others become "geheim" or the words of their sign."""

    def write(grundlage: Plangrundlage, stelle: Stelle, feld: str) -> Platzwert:
        k = grundlage.find(stelle.gebiet, stelle.indikator.kennung, stelle.jahr)
        if k is None:
            return build_unbekannt(feld, f"Für {stelle.jahr} gibt es dazu keinen veröffentlichten Wert. {EINLESEN}")
        text = "" if k.wert is None else schreibe(grundlage, stelle, k)
        if not text:
            return _build_fehlend(feld, k.zeichen or Zeichen.ABGELEITET, stelle.jahr)
        return Platzwert(text, "", _key(*_beside_it(grundlage, k, schreibe)))

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


def _write_wert(_: Plangrundlage, s: Stelle, k: Kennzahl) -> str:
    return write_wert(k, s.indikator)


def _write_zahl(_: Plangrundlage, s: Stelle, k: Kennzahl) -> str:
    return format_zahl(k.wert, s.indikator.nachkommastellen)


def _write_vergleich(grundlage: Plangrundlage, s: Stelle, k: Kennzahl) -> str:
    text = write_wert(k, s.indikator)
    if k.stadtwert is None or s.gebiet == grundlage.stadt:
        return text
    stadt = _unit(format_zahl(k.stadtwert, s.indikator.nachkommastellen), s.indikator.einheit)
    return f"{text} (Stadt {stadt})" + (f", {LAGE_WORT[k.lage]}" if k.lage is not None else "")


def _write_anzahl(_: Plangrundlage, __: Stelle, k: Kennzahl) -> str:
    if k.zaehler is None:
        return ""
    return format_zahl(k.zaehler) + (f" von {format_zahl(k.nenner)}" if k.nenner is not None else "")


def _write_spanne(_: Plangrundlage, s: Stelle, k: Kennzahl) -> str:
    if k.unten is None or k.oben is None:
        return ""
    stellen = s.indikator.nachkommastellen
    return _unit(f"{format_zahl(k.unten, stellen)} bis {format_zahl(k.oben, stellen)}", s.indikator.einheit)


def _write_veraenderung(_: Plangrundlage, s: Stelle, k: Kennzahl) -> str:
    if k.vorjahr is None:
        return ""
    einheit = "Prozentpunkte" if s.indikator.einheit == "%" else s.indikator.einheit
    return _unit(format_zahl(k.vorjahr, s.indikator.nachkommastellen, plus=True), einheit)


def _write_name(_: Plangrundlage, s: Stelle, __: str) -> Platzwert:
    return Platzwert(s.indikator.name)


def _rank(*, hoch: bool) -> Schreiber:
    """Name the areas with the highest or lowest shown values; where some are secret, the sentence says so."""

    def write(grundlage: Plangrundlage, s: Stelle, feld: str) -> Platzwert:
        da, fehlt = _list_raeume(grundlage, s)
        if not da:
            return build_unbekannt(feld, _NIRGENDS.format(s.jahr))
        da.sort(key=lambda k: -(k.wert or 0.0) if hoch else (k.wert or 0.0))
        namen = [f"{grundlage.name(k.gebiet)} ({write_wert(k, s.indikator)})" for k in da[: s.zahl]]
        zusatz = " – unter den Sozialräumen mit ausgewiesenem Wert" if fehlt else ""
        return Platzwert(join_und(namen) + zusatz, "", _key(*da[: s.zahl]))

    return write


def _beside(*, hoch: bool) -> Schreiber:
    """Name the areas that lie beyond chance above or below the town, in the town's order; without intervals nobody can tell."""

    def write(grundlage: Plangrundlage, s: Stelle, feld: str) -> Platzwert:
        da, _ = _list_raeume(grundlage, s)
        if not da:
            return build_unbekannt(feld, _NIRGENDS.format(s.jahr))
        if all(k.lage is None for k in da):
            return build_unbekannt(feld, _OHNE_SPANNE.format(s.jahr))
        passend = [k for k in da if k.lage is not None and (k.lage > 0 if hoch else k.lage < 0)]
        namen = [f"{grundlage.name(k.gebiet)} ({write_wert(k, s.indikator)})" for k in passend]
        return Platzwert(join_und(namen) or "keinem Sozialraum", "", _key(*passend))

    return write


def _list_raeume(grundlage: Plangrundlage, s: Stelle) -> tuple[list[Kennzahl], bool]:
    """Return the figures of the Sozialräume that have a value, in their order; and whether any has none."""
    alle = [grundlage.find(raum, s.indikator.kennung, s.jahr) for raum in grundlage.raeume]
    da = [k for k in alle if k is not None and k.wert is not None]
    return da, len(da) < len(alle)


SCHREIBER: Mapping[str, Schreiber] = {
    "": _each(_write_wert), "zahl": _each(_write_zahl), "vergleich": _each(_write_vergleich), "anzahl": _each(_write_anzahl),
    "spanne": _each(_write_spanne), "veränderung": _each(_write_veraenderung), "name": _write_name,
    "höchste": _rank(hoch=True), "niedrigste": _rank(hoch=False), "höher": _beside(hoch=True), "niedriger": _beside(hoch=False),
}  # fmt: skip
"""Word behind the colon → how it is written."""
