"""Two divisions of one town side by side: what somebody could compute who has the figures of both (fach/regeln.md sections 4, 5).

The solver protects the cells of one Gebietsstand. Small groups between the boundaries of two published ones are not among its
cells; so they are looked for here, and a release on the second division is refused until a person has decided
(docs/entscheidungen/geheimhaltung-zwei-gebietsstaende.md).
"""

from __future__ import annotations

from sozialtool.ablauf.gebietsstaende import find_geltenden, raumplan
from sozialtool.ablauf.umrechnen import convert_projekt
from sozialtool.ablauf.varianten import SCHRANKE
from sozialtool.ablauf.variantenplan import read_einwohner
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fach.raum import Gebiet, Gebietsstand, Raum
from sozialtool.fach.schreibweise import name_einige
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fehler import GeheimhaltungsFehler
from sozialtool.projekt import Projekt

_MEISTE = 5
_UMGERECHNET = (
    "Was in den früheren Grenzen gezeigt wurde, ist festgehalten und wird mitgeprüft; umgerechnete Zahlen, in denen eine früher "
    "gesperrte steckt, bleiben gesperrt. Wer noch andere Zahlen der Stücke hat, kann mehr ausrechnen."
)


def check_grenzen(projekt: Projekt, gebietsstand: str = "", schranke: int = SCHRANKE) -> tuple[Befund, ...]:
    """Name the small groups between a Gebietsstand ("": the one in force) and every other agreed one.

    Returns:
        One GEHEIM-GRENZEN per other Gebietsstand with a difference of fewer than `schranke` people; smallest areas without
        inhabitants count as small. Empty while the project keeps no assignments.
    """
    from sozialtool.rechnen.differenzen import find_differenzen

    staende = projekt.read(Gebietsstand)
    veroeffentlicht = {v.gebietsstand for v in projekt.read(Veroeffentlichung)}
    geltend = find_geltenden(staende)
    mit_inhalt = {r.gebietsstand for r in projekt.read(Raum)}
    name = gebietsstand or (geltend.schluessel if geltend else "")
    if name not in mit_inhalt:
        return ()
    ziel = raumplan(projekt, name)
    namen = {g.schluessel: g.name for g in projekt.read(Gebiet)}
    _, einwohner = read_einwohner(projekt, set(ziel.zuordnung))
    # What is kept as a Veröffentlichung stands in the same system of relations, and is protected there; split figures do not.
    geteilt = bool(veroeffentlicht - {name}) and convert_projekt(projekt, ziel).geteilt
    befunde = []
    for stand in sorted(staende, key=lambda s: s.schluessel):
        gezeigt = stand.schluessel in veroeffentlicht
        if (
            stand.variante
            or stand.schluessel == name
            or stand.schluessel not in mit_inhalt
            or (gezeigt and not geteilt)
        ):
            continue
        anderer = raumplan(projekt, stand.schluessel)
        gebiete = {*ziel.zuordnung, *anderer.zuordnung}
        funde = find_differenzen({g: einwohner.get(g) for g in gebiete}, anderer.zuordnung, ziel.zuordnung, schranke)
        if funde:
            genannt = name_einige(
                [", ".join(namen.get(g, g) for g in (*d.nur_alt, *d.nur_neu)) for d in funde], _MEISTE, "; "
            )
            befunde.append(
                Befund(
                    "GEHEIM-GRENZEN", Schwere.FRAGE,
                    f"Zwischen „{stand.name}“ und „{ziel.stand.name}“ liegen Gruppen mit weniger als {schranke} Menschen: {genannt}. "
                    + (_UMGERECHNET if gezeigt else "Wer Zahlen desselben Jahres für beide Grenzen hat, kann ihre Zahlen ausrechnen."),
                    "Für ein Jahr bitte nur Zahlen eines Gebietsstands veröffentlichen.", zelle=stand.schluessel,
                )
            )  # fmt: skip
    return tuple(befunde)


def require_grenzen(projekt: Projekt) -> None:
    """Refuse a release while small groups lie between the boundaries in force and earlier agreed ones.

    Raises:
        GeheimhaltungsFehler: GEHEIM-GRENZEN.
    """
    befunde = check_grenzen(projekt)
    if befunde:
        raise GeheimhaltungsFehler(
            " ".join(befund.meldung for befund in befunde),
            "Bitte prüfen, ob für eines der Jahre Zahlen in den früheren Grenzen veröffentlicht sind, die zusammen mit den neuen "
            "etwas verraten. Wenn nicht: mit „Grenzen geprüft“ (--grenzen-geprueft) ausgeben.",
            "GEHEIM-GRENZEN",
        )
