"""Goals: the start frozen from released figures, and where each stands by the written rule."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from sozialtool.ablauf.indexwerte import find_bruch
from sozialtool.ablauf.kennzahlen import keep_ergebnis
from sozialtool.ablauf.plangrundlage import Plangrundlage, read_plangrundlage
from sozialtool.ablauf.startfolge import EINSTELLUNG, build_vermerk, name_start, note_ohne_zahl
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.planung import Massnahme
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fach.ziel import Ampel, Entwicklungsziel, Wert, Zielstand
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Aenderung, Projekt
from sozialtool.rechnen.zielabgleich import compare_ziel


@attrs.frozen
class Zielbild:
    """A goal, where it stands, the measures that serve it.

    Attributes:
        ziel: the goal as it may be shown: without its start where that figure is secret by now.
        stand: where it stands.
        massnahmen: what serves it.
        eintrag: the record as it is kept.
    """

    ziel: Entwicklungsziel
    stand: Zielstand
    massnahmen: tuple[Massnahme, ...]
    eintrag: Entwicklungsziel


def build_zielbilder(projekt: Projekt, grundlage: Plangrundlage) -> tuple[Zielbild, ...]:
    """Judge every goal on the figures of a year."""
    massnahmen = projekt.read(Massnahme)
    return tuple(
        Zielbild(
            hide_start(grundlage, z),
            judge_ziel(grundlage, z),
            tuple(m for m in massnahmen if m.ziel == z.schluessel),
            z,
        )
        for z in projekt.read(Entwicklungsziel)
    )


def hide_start(grundlage: Plangrundlage, ziel: Entwicklungsziel) -> Entwicklungsziel:
    """Take the start away where its figure is secret by now: typed in, or filled before the figure came under protection."""
    if not _ist_geheim(grundlage, ziel):
        return ziel
    return attrs.evolve(ziel, startwert=None, start_von=None, start_bis=None)


def _ist_geheim(grundlage: Plangrundlage, ziel: Entwicklungsziel) -> bool:
    k = None if ziel.startwert is None else grundlage.find(ziel.gebiet, ziel.indikator, ziel.startjahr)
    return k is not None and k.wert is None and k.zeichen is Zeichen.GEHEIM


def judge_ziel(grundlage: Plangrundlage, ziel: Entwicklungsziel) -> Zielstand:
    """Compare the newest released figure with the line; say why where that cannot be."""
    indikator = grundlage.indikatoren.get(ziel.indikator)
    if indikator is None:
        return _offen("Kein Indikator genannt." if not ziel.indikator else f"{ziel.indikator} ist nicht vereinbart.")
    if ziel.startwert is None or ziel.startjahr is None:
        return _offen(f"Der Startwert fehlt. {explain_start(grundlage, ziel)}".strip())
    if _ist_geheim(grundlage, ziel):  # the line would give the start back
        return _offen(f"Der Startwert von {ziel.startjahr} ist geheim und wird nicht gezeigt.")
    if ziel.zielwert is None or ziel.ziel_bis is None:
        return _offen("Zielwert oder Datum fehlt.")
    k = grundlage.find_neueste(ziel.gebiet, ziel.indikator, ziel.startjahr)
    if k is None:
        zuletzt = grundlage.find(ziel.gebiet, ziel.indikator)
        geheim = zuletzt is not None and zuletzt.zeichen is not None
        return _offen(f"Der neue Wert ist: {zuletzt.zeichen.value}." if geheim and zuletzt and zuletzt.zeichen else
                      f"Seit {ziel.startjahr} gibt es noch keinen neuen Wert.")  # fmt: skip
    bruch = find_bruch(grundlage.ergebnis.grundlage, indikator, ziel.startjahr, k.jahr)
    if bruch:
        return Zielstand(to_wert(k), None, Ampel.OFFEN, grund=f"Bruch in der Definition: {bruch}")
    start = Wert(ziel.startjahr, ziel.startwert, ziel.start_von, ziel.start_bis)
    return compare_ziel(start, ziel.zielwert, ziel.ziel_bis.year, to_wert(k), indikator.richtung)


def _offen(grund: str) -> Zielstand:
    return Zielstand(None, None, Ampel.OFFEN, grund=grund)


def to_wert(k: Kennzahl) -> Wert:
    """Take year, value and limits of a released figure that has a value."""
    assert k.wert is not None
    return Wert(k.jahr, k.wert, k.unten, k.oben)


def fill_startwerte(
    projekt: Projekt, schluessel: Sequence[str] = (), *, neu: bool = False
) -> tuple[Aenderung | None, tuple[str, ...]]:
    """Freeze the start of goals from released figures; what could not be filled is said in sentences.

    Args:
        projekt: where.
        schluessel: which goals; (): all.
        neu: replace a start that is there already.

    Raises:
        BedienFehler: no such goal. DatenFehler: nothing to compute.
    """
    alle = {z.schluessel.casefold(): z for z in projekt.read(Entwicklungsziel)}
    fremd = [s for s in schluessel if s.casefold() not in alle]
    if fremd:
        raise BedienFehler(
            f"Ein Entwicklungsziel „{fremd[0]}“ gibt es nicht.",
            f"Vorhanden: {', '.join(z.schluessel for z in alle.values())}.",
        )
    grundlage = read_plangrundlage(projekt)
    gefuellt, saetze, ohne = [], [], {}
    for ziel in [alle[s.casefold()] for s in schluessel] or list(alle.values()):
        ergebnis = _fill(grundlage, ziel, neu=neu)
        if isinstance(ergebnis, str):
            saetze.append(f"{ziel.schluessel}: {ergebnis}")
            if ziel.startwert is None:
                ohne[ziel.schluessel] = name_start(ziel)
        else:
            gefuellt.append(ergebnis)
            saetze.append(f"{ziel.schluessel}: {write_start(ergebnis)}")
    if not gefuellt:
        note_ohne_zahl(projekt, ohne)
        return None, tuple(saetze)
    vorher = projekt.revision
    with projekt.change(f"Startwerte gefüllt: {', '.join(z.schluessel for z in gefuellt)}") as schreiber:
        schreiber.put(*gefuellt)
        schreiber.set_setting(EINSTELLUNG, build_vermerk(projekt, ohne))
    keep_ergebnis(projekt, vorher)
    return projekt.verlauf(1)[0], tuple(saetze)


def _fill(grundlage: Plangrundlage, ziel: Entwicklungsziel, *, neu: bool) -> Entwicklungsziel | str:
    """Return the goal with its start, or why it stays as it is."""
    if ziel.startwert is not None and not neu:
        return f"Der Startwert steht schon fest ({format_zahl(ziel.startwert, 1)})."
    if ziel.indikator not in grundlage.indikatoren:
        return "Kein vereinbarter Indikator."
    jahr = ziel.startjahr or grundlage.jahr
    k = grundlage.find(ziel.gebiet, ziel.indikator, jahr)
    if k is None or k.wert is None:
        return explain_start(grundlage, ziel)
    voll = attrs.evolve(ziel, startjahr=jahr, startwert=k.wert, start_von=k.unten, start_bis=k.oben)
    return attrs.evolve(voll, start_fuer=name_start(voll))


def explain_start(grundlage: Plangrundlage, ziel: Entwicklungsziel) -> str:
    """Say why no released figure can be the start of a goal; "" where there is one."""
    jahr = ziel.startjahr or grundlage.jahr
    k = grundlage.find(ziel.gebiet, ziel.indikator, jahr)
    if k is not None and k.wert is not None:
        return ""
    return f"Für {jahr} ist kein Wert veröffentlicht ({k.zeichen.value if k and k.zeichen else 'nicht geliefert'})."


def write_start(ziel: Entwicklungsziel) -> str:
    """Write the start with its limits."""
    return f"Start {ziel.startjahr}: {write_wert(Wert(ziel.startjahr or 0, ziel.startwert or 0.0, ziel.start_von, ziel.start_bis))}"


def write_wert(wert: Wert, stellen: int = 1) -> str:
    """Write a value with its limits of chance: "30,9 (28,0 … 33,9)"."""
    text = format_zahl(wert.wert, stellen)
    if wert.unten is None or wert.oben is None:
        return text
    return f"{text} ({format_zahl(wert.unten, stellen)} … {format_zahl(wert.oben, stellen)})"
