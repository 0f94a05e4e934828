"""Distances to the nearest facility: from outlines that lie on the earth and facilities whose position somebody wrote down.

Why no people, no walking time, and what "höchstens" means: docs/entscheidungen/bestand-entfernungen.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence

import attrs

from sozialtool.ablauf.gebietsstaende import find_geltenden
from sozialtool.fach.karte import Punkt, Umriss, compute_mitte
from sozialtool.fach.lage import Lage
from sozialtool.fach.planung import Bestandsform, Einrichtung
from sozialtool.fach.raum import STADT, Ebene, Gebiet, Gebietsstand
from sozialtool.fach.schreibweise import format_anzahl, format_zahl, name_einige
from sozialtool.fach.versorgung import Entfernung, Versorgungsmass
from sozialtool.projekt import Projekt
from sozialtool.rechnen.entfernung import Flaechenmitte, compute_entfernungen

_GENANNT = 3
UMRISSE_FEHLEN = "Für Entfernungen fehlen die Umrisse der Gebiete: eine GeoJSON-Datei des Vermessungsamts in WGS84, eingelesen mit F3, k, u."
OHNE_BEZUG = (
    "Für Entfernungen ist nicht bekannt, wo auf der Erde die Umrisse liegen: bitte die Grenzen als GeoJSON in WGS84 speichern (Länge und "
    "Breite in Grad, wie RFC 7946 es will) und noch einmal einlesen (F3, k, u)."
)


@attrs.frozen
class Flaeche:
    """A smallest area with its outline: the Sozialraum around it, rings in metres around `bezug`, its middle (None: nobody knows where)."""

    gebiet: Gebiet
    raum: str
    ringe: tuple[tuple[Punkt, ...], ...]
    bezug: Lage | None = None
    mitte: Lage | None = None


@attrs.frozen
class Lageplan:
    """What distances are measured from.

    Attributes:
        stadt: key of the town.
        raeume: keys of the Sozialräume, in their order.
        flaechen: all smallest areas of one level, drawn or not.
        einheit: what they are called: "Statistische Bezirke".
        grund: why there are no distances at all; "" where there may be some.
    """

    stadt: str
    raeume: tuple[str, ...]
    flaechen: tuple[Flaeche, ...]
    einheit: str
    grund: str = ""

    def list_mitten(self) -> dict[str, tuple[Flaechenmitte, ...]]:
        """Return the town and every Sozialraum with the middles of its smallest areas."""
        je = [(f.raum, Flaechenmitte(f.gebiet.name, f.mitte)) for f in self.flaechen]
        return {self.stadt: tuple(m for _, m in je)} | {r: tuple(m for raum, m in je if raum == r) for r in self.raeume}


@attrs.frozen
class Ortshinweis:
    """What is doubtful about the position of a facility: a sentence; `fern`: so far outside the town that nothing is measured with it."""

    satz: str
    fern: bool = False


def find_lage(ort: Einrichtung) -> Lage | None:
    """Return the position of a facility; None where it is unknown, incomplete or no place on earth."""
    if ort.breite is None or ort.laenge is None or abs(ort.breite) >= 90 or abs(ort.laenge) > 180:
        return None
    return Lage(ort.breite, ort.laenge)


def read_lageplan(projekt: Projekt) -> Lageplan:
    """Find the smallest areas that are drawn: the level below the Sozialräume with the most outlines, else the Sozialräume."""
    gebiete = {g.schluessel: g for g in projekt.read(Gebiet)}
    ebenen = {e.schluessel: e for e in projekt.read(Ebene)}
    planung = next((e.schluessel for e in ebenen.values() if e.planungsebene), "")
    umrisse = {u.gebiet: u for u in projekt.read(Umriss)}
    raeume = {
        g.schluessel: g for g in sorted(gebiete.values(), key=lambda g: (g.reihenfolge, g.schluessel))
        if g.ebene == planung and not g.ist_rest
    }  # fmt: skip
    in_raum = {s: raum for s in gebiete if (raum := climb(s, gebiete, raeume))}
    je_ebene = Counter(gebiete[s].ebene for s in umrisse if s in in_raum and s not in raeume)
    ebene = min(je_ebene, key=lambda e: (-je_ebene[e], e), default=planung)
    if ebene == planung:
        geltend = find_geltenden(projekt.read(Gebietsstand))
        stand = geltend.schluessel if geltend else ""
        umrisse = {s: u for s, u in umrisse.items() if u.gebietsstand == stand}
    flaechen = tuple(
        _draw(g, in_raum[s], umrisse.get(s))
        for s, g in sorted(gebiete.items(), key=lambda paar: (paar[1].reihenfolge, paar[0]))
        if s in in_raum and g.ebene == ebene and not g.ist_rest
    )
    gezeichnet = any(f.ringe for f in flaechen)
    grund = "" if any(f.bezug for f in flaechen) else OHNE_BEZUG if gezeichnet else UMRISSE_FEHLEN
    einheit = ebenen[ebene].mehrzahl if ebene in ebenen else "Gebiete"
    return Lageplan(projekt.kommune.ags, tuple(raeume), flaechen, einheit, grund)


def _draw(gebiet: Gebiet, raum: str, umriss: Umriss | None) -> Flaeche:
    if umriss is None or not umriss.ringe:
        return Flaeche(gebiet, raum, ())
    ringe, bezug = umriss.punkte(), Lage.from_text(umriss.bezug)
    return Flaeche(gebiet, raum, ringe, bezug, bezug.unflatten(compute_mitte(ringe)) if bezug is not None else None)


def climb(schluessel: str, gebiete: Mapping[str, Gebiet], raeume: Container[str]) -> str:
    """Return the Sozialraum that an area is or lies in; "" where it lies in none."""
    gesehen = set[str]()
    while schluessel in gebiete and schluessel not in raeume and schluessel not in gesehen:
        gesehen.add(schluessel)
        schluessel = gebiete[schluessel].teil_von
    return schluessel if schluessel in raeume else ""


@attrs.frozen
class Entfernungsbild:
    """Distances of one measure by area, and what must be said about them; both empty where nothing is known."""

    je: Mapping[str, Entfernung]
    saetze: tuple[str, ...] = ()


def build_entfernungen(
    plan: Lageplan, mass: Versorgungsmass, bestand: Sequence[Einrichtung], zweifel: Mapping[str, Ortshinweis]
) -> Entfernungsbild:
    """Compute the distances for one measure.

    Silence where no facility of the whole inventory has a position: then nobody has asked for distances yet.
    What lies far outside the town counts as without position; anything else that does not fit counts where it lies, and is named.

    Args:
        plan: the outlines.
        mass: which facilities count.
        bestand: the whole inventory.
        zweifel: key of a facility → what is doubtful about its position.
    """
    if not any(find_lage(ort) for ort in bestand):
        return Entfernungsbild({})
    if plan.grund:
        return Entfernungsbild({}, (plan.grund,))
    arten = set(mass.arten)
    orte = [ort for ort in bestand if ort.art in arten and not _has_no_place(ort, plan.stadt)]
    fern = [ort for ort in orte if ort.schluessel in zweifel and zweifel[ort.schluessel].fern]
    ohne = [ort.name for ort in orte if find_lage(ort) is None or ort in fern]
    lagen = [lage for ort in orte if (lage := find_lage(ort)) is not None and ort not in fern]
    fragen = _ask([(ort.name, zweifel[ort.schluessel]) for ort in orte if ort.schluessel in zweifel])
    if not orte:
        return Entfernungsbild({})
    je = compute_entfernungen(plan.list_mitten(), lagen, mass.erreichbar, hoechstens=bool(ohne))
    if not je:
        return Entfernungsbild(
            {},
            (f"Keine Entfernungen: {format_anzahl(len(orte), 'Eintrag', 'Einträge')}, keiner davon mit Lage.", *fragen),
        )
    return Entfernungsbild(je, (*_describe(plan, mass, je[plan.stadt], len(orte), ohne), *fragen))


def _ask(zweifel: Sequence[tuple[str, Ortshinweis]]) -> tuple[str, ...]:
    """Name whose position does not fit, and what the distances make of it."""
    fern, fremd = ([name for name, z in zweifel if z.fern is weit] for weit in (True, False))
    saetze = []
    if fern:
        saetze.append(
            f"Breite und Länge weit außerhalb der Stadt: {name_einige(fern, _GENANNT)}. Das zählt wie ohne Lage; bitte prüfen."
        )
    if fremd:
        saetze.append(
            f"Breite und Länge passen nicht zum eingetragenen Sozialraum: {name_einige(fremd, _GENANNT)}. Gemessen ist mit Breite und Länge; bitte prüfen."
        )
    return tuple(saetze)


def _has_no_place(ort: Einrichtung, stadt: str) -> bool:
    """An offer to the whole town without position (by telephone, at home) is nowhere; a house somewhere in town is only not placed yet."""
    return ort.form is Bestandsform.ANGEBOT and ort.gebiet in (stadt, STADT) and find_lage(ort) is None


def _describe(
    plan: Lageplan, mass: Versorgungsmass, stadt: Entfernung, alle: int, ohne: Sequence[str]
) -> tuple[str, ...]:
    reichweite = (
        f" Gezählt wird, von wie vielen aus es bis {format_zahl(mass.erreichbar)} m sind."
        if mass.erreichbar is not None
        else ""
    )
    wie = (
        f"Entfernung: Luftlinie von der Mitte ({plan.einheit}: {stadt.anzahl}) zum nächsten der {alle - len(ohne)} Orte mit Lage; jede "
        f"Mitte zählt einmal, gleich wie viele Menschen dort wohnen.{reichweite} Wie viele Menschen es so weit haben und wie lange sie gehen, "
        "sagt das nicht."
    )
    saetze = [wie]
    if ohne:
        saetze.append(
            f"{len(ohne)} von {alle} ohne Lage ({name_einige(ohne, _GENANNT)}): Sie könnten näher liegen. Entfernungen sind deshalb Höchstwerte, "
            "die Zahl der erreichten Mitten eine Mindestzahl."
        )
    if stadt.ohne_umriss:
        saetze.append(f"Ohne Umriss und nicht dabei: {name_einige(stadt.ohne_umriss, _GENANNT)}.")
    return tuple(saetze)
