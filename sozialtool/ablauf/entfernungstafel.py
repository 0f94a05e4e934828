"""Distances to the nearest facility as rows of text for screen and command, and as sentences for documents."""

from __future__ import annotations

from collections.abc import Sequence

from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.ablauf.versorgungsbild import Versorgungsbild
from sozialtool.fach.schreibweise import format_zahl, runde
from sozialtool.fach.versorgung import Entfernung, Versorgungszeile

_SCHRITT = 10
"""Metres that are written: the middle of an area is no better known."""


def round_meter(meter: float) -> float:
    """Return metres as they are written: whole tens."""
    return _SCHRITT * runde(meter / _SCHRITT, 0)


def write_meter(meter: float, *, hoechstens: bool = False) -> str:
    """Write a distance as "1.240 m"; "≤ 1.240 m" for an upper bound."""
    return f"{'≤ ' if hoechstens else ''}{format_zahl(round_meter(meter))} m"


def write_grenze(bild: Versorgungsbild) -> str:
    """Write the limit of what is within reach as the town set it: "1.000 m"."""
    return f"{format_zahl(bild.mass.erreichbar)} m"


def write_nah(e: Entfernung | None) -> str:
    """Write how many small areas have one within reach: "5 von 6"; "–" where no limit is written or nothing is known."""
    return "–" if e is None or e.nah is None else f"{'≥ ' if e.hoechstens else ''}{e.nah} von {e.anzahl}"


def has_entfernungen(bild: Versorgungsbild) -> bool:
    """Whether anything is known about distances for this measure."""
    return any(z.entfernung is not None for z in bild.zeilen)


def describe_entfernung(bild: Versorgungsbild, z: Versorgungszeile) -> str:
    """Say in one sentence how far it is from here; "" where nobody knows."""
    e = z.entfernung
    if e is None:
        return ""
    wort = "höchstens " if e.hoechstens else ""
    mittel, weiteste = write_meter(e.mittel), write_meter(e.weiteste)
    if e.anzahl == 1:
        text = f"Entfernung (Luftlinie) zum nächsten Ort: {wort}{mittel}, gemessen von der Mitte"
    else:
        text = (
            f"Entfernung (Luftlinie) zum nächsten Ort: im Mittel {wort}{mittel}, die weiteste {wort}{weiteste} ({e.wo})"
        )
    if e.nah is not None and e.anzahl == 1:
        lage = "in" if e.nah else "vielleicht nicht in" if e.hoechstens else "nicht in"
        text += f", {lage} Reichweite (bis {write_grenze(bild)})"
    elif e.nah is not None:
        mindestens = "mindestens " if e.hoechstens else ""
        text += f"; von {mindestens}{e.nah} der {e.anzahl} kleinsten Gebiete aus sind es bis {write_grenze(bild)}"
    fehlt = f" Ohne Umriss und nicht dabei: {', '.join(e.ohne_umriss)}." if e.ohne_umriss else ""
    return f"{text}.{fehlt}"


def build_entfernungstafel(bild: Versorgungsbild) -> Plantafel:
    """Distances of one measure: the town, then the Sozialräume."""
    titel = f"{bild.mass.name}: Entfernung (Luftlinie)"
    bis = bild.mass.erreichbar
    reichweite = [] if bis is None else [Tafelspalte(f"bis {write_grenze(bild)}", 14, rechts=True)]
    spalten = (Tafelspalte("Sozialraum"), *_STRECKEN, *reichweite, Tafelspalte("  am weitesten aus", 24))
    if not has_entfernungen(bild):
        return Plantafel(titel, spalten, (), bild.entfernungen, bild.entfernungen[0] if bild.entfernungen else _LEER)
    zeilen = tuple(
        Tafelzeile(z.gebiet.schluessel, (z.gebiet.name, *_cells(bild, z)), _details(bild, z), z, z is bild.stadt)
        for z in bild.zeilen
    )
    return Plantafel(titel, spalten, zeilen, bild.entfernungen)


def _cells(bild: Versorgungsbild, z: Versorgungszeile) -> tuple[str, ...]:
    nah = (write_nah(z.entfernung),) if bild.mass.erreichbar is not None else ()
    return (*write_strecken(z.entfernung), *nah, f"  {z.entfernung.wo}" if z.entfernung is not None else "")


def build_entfernungsuebersicht(bilder: Sequence[Versorgungsbild]) -> Plantafel:
    """Distances of all measures in the whole town: one row per measure."""
    zeilen = tuple(
        Tafelzeile(
            bild.mass.schluessel,
            (bild.mass.name, *write_strecken(bild.stadt.entfernung), _write_reichweite(bild)),
            (f"{bild.mass.name} – {describe_entfernung(bild, bild.stadt)}", *bild.entfernungen[1:]),
            (bild, bild.stadt),
        )
        for bild in bilder
        if has_entfernungen(bild)
    )
    spalten = (Tafelspalte("Wofür, in der ganzen Stadt"), *_STRECKEN, Tafelspalte("in Reichweite", 23, rechts=True))
    gruende = tuple(dict.fromkeys(satz for bild in bilder for satz in bild.entfernungen))
    luecken = say_luecken(bilder)
    grenze = any(b.stadt.entfernung is not None and b.stadt.entfernung.hoechstens for b in bilder)
    hinweise = (f"{REGEL} {ZEICHEN}" if grenze else REGEL, *luecken) if zeilen else gruende
    return Plantafel(
        "Entfernung (Luftlinie) zum nächsten Ort", spalten, zeilen, hinweise, gruende[0] if gruende else _LEER
    )


def _write_reichweite(bild: Versorgungsbild) -> str:
    nah = write_nah(bild.stadt.entfernung)
    return nah if nah == "–" else f"{nah} bis {write_grenze(bild)}"


_STRECKEN = (Tafelspalte("im Mittel", 11, rechts=True), Tafelspalte("weiteste", 11, rechts=True))


def write_strecken(e: Entfernung | None) -> tuple[str, str]:
    """Write mean and largest distance; "–" where nobody knows."""
    if e is None:
        return "–", "–"
    return write_meter(e.mittel, hoechstens=e.hoechstens), write_meter(e.weiteste, hoechstens=e.hoechstens)


def say_luecken(bilder: Sequence[Versorgungsbild]) -> tuple[str, ...]:
    """Say for each measure with distances what makes them uncertain: missing positions, missing outlines."""
    return tuple(f"{b.mass.name}: {satz}" for b in bilder if has_entfernungen(b) for satz in b.entfernungen[1:])


REGEL = (
    "Luftlinie von der Mitte der kleinsten Gebiete mit Umriss zum nächsten Ort mit Lage; jede Mitte zählt einmal. Wie viele Menschen es so weit "
    "haben und wie lange sie gehen, sagt das nicht."
)
ZEICHEN = "≤ heißt höchstens, ≥ mindestens: Bei einigen Orten fehlt die Lage oder stimmt offenbar nicht."
_LEER = "Noch keine Entfernungen: Dafür braucht der Bestand Breite und Länge der Orte und das Projekt die Umrisse der Gebiete (F3, k, u)."


def _details(bild: Versorgungsbild, z: Versorgungszeile) -> tuple[str, ...]:
    da = ", ".join(o.name for o in z.orte) if z is not bild.stadt else ""
    satz = describe_entfernung(bild, z) or "Hier ist kein kleinstes Gebiet mit Umriss."
    return (f"{z.gebiet.name} – {satz}", *([f"Im Gebiet selbst: {da}."] if da else []))


def list_entfernungen(bilder: Sequence[Versorgungsbild]) -> tuple[tuple[str, str], ...]:
    """Say per Sozialraum in one sentence to what of all that is needed next door it is far: (area, sentence).

    Far is what is `_WEITER` times as far, on average, as in the town; all distances stand in the tables of the planning. Where
    one of the two is only an upper bound, nothing follows: such a measure is named as not to be said.
    """
    je: dict[str, list[str]] = {}
    offen: dict[str, list[str]] = {}
    for bild in bilder:
        stadt = bild.stadt.entfernung
        for z in bild.zeilen[1:]:
            if z.entfernung is None or stadt is None or not bild.mass.wohnortnah:
                continue
            weit = je.setdefault(z.gebiet.schluessel, [])
            if z.entfernung.hoechstens or stadt.hoechstens:
                offen.setdefault(z.gebiet.schluessel, []).append(bild.mass.name)
            elif round_meter(z.entfernung.mittel) >= _WEITER * round_meter(stadt.mittel):
                weit.append(f"{bild.mass.name} {write_meter(z.entfernung.mittel)} (Stadt {write_meter(stadt.mittel)})")
    return tuple((gebiet, _say_weit(weit, offen.get(gebiet, []))) for gebiet, weit in je.items())


def _say_weit(weit: list[str], offen: list[str]) -> str:
    saetze = [f"{_WEIT} {'; '.join(weit)}."] if weit else []
    if not weit and not offen:
        saetze = [_NICHT_WEIT]
    if offen:
        saetze.append(f"Nicht zu sagen, weil bei Orten die Lage fehlt: {'; '.join(offen)}.")
    return " ".join(saetze)


_WEITER = 1.5
_WEIT = "Im Mittel mindestens anderthalbmal so weit wie in der Stadt ist es zu:"
_NICHT_WEIT = "Zu nichts, was wohnortnah gebraucht wird, ist es im Mittel anderthalbmal so weit wie in der Stadt."
