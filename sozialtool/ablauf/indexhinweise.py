"""What every table of an index says with it: that it is relative, how few areas there are, what its parts have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sozialtool.fach.schreibweise import format_zahl, join_und
from sozialtool.fach.sozialindex import MSS_AB, Ausreisser, Fehlwerte, Klassen, Normierung

if TYPE_CHECKING:
    from sozialtool.ablauf.indexbild import Indexbild
    from sozialtool.rechnen.sozialindex import Zusammenhang

FAST_GLEICH, WIDERSPRUCH = 0.9, -0.4
"""Correlations above and below these are pointed out: double counting and contradiction (thresholds of the JRC's audits, as
in COINr's `plot_corr`)."""
RELATIV = (
    "Ein Index ordnet die Gebiete nur untereinander. Er ist rein relativ: Sein Mittel ist (bei z-Werten) in jedem Jahr null, eine "
    "Verbesserung der ganzen Stadt zeigt er nicht. Maßgeblich sind die Quoten daneben."
)
FEST = (
    "Der Index misst den Abstand zum Stadtwert von {jahr}, einem festen Bezug: Verbessert sich die ganze Stadt, sinkt er auch im "
    "Mittel. Ein Index, der sich nur auf das eigene Jahr bezieht, hat dagegen in jedem Jahr das Mittel null. Maßgeblich sind die "
    "Quoten daneben."
)


def describe_relativ(bild: Indexbild) -> str:
    """Say whether a change of the whole town can be seen in the index at all."""
    fest = bild.index.normierung is Normierung.ABSTAND and bild.index.bezugsjahr not in (0, bild.jahr)
    return FEST.format(jahr=bild.index.bezugsjahr) if fest else RELATIV


def describe_hinweise(bild: Indexbild) -> tuple[str, ...]:
    """Collect the sentences that must stand with the figures; the relative one first."""
    from sozialtool.rechnen.index import warn_anzahl

    anzahl = sum(bild.stufen.basis)
    saetze = [describe_relativ(bild), warn_anzahl(anzahl), *_describe_lagen(bild)]
    if bild.index.klassen is Klassen.MSS:
        saetze += [] if anzahl >= MSS_AB else [describe_mss_grund(anzahl)]
    saetze += _describe_paare([paar for paar in bild.zusammenhaenge if _is_auffaellig(paar)], list_kurznamen(bild))
    return tuple(satz for satz in saetze if satz)


def describe_mss_grund(anzahl: int) -> str:
    """Say why the classes of the Berlin Monitoring are not offered for so few areas."""
    groesster = format_zahl(max(anzahl - 1, 0) ** 0.5, 1)
    return (
        f"Status und Dynamik nach dem Berliner Monitoring werden erst ab {MSS_AB} Gebieten angeboten, hier sind es {anzahl}: "
        f"Bei so wenigen kann kein Gebiet mehr als {groesster} Standardabweichungen vom Mittel entfernt liegen, und ein einzelnes "
        "verschiebt die Klassen aller anderen."
    )


def list_kurznamen(bild: Indexbild) -> dict[str, str]:
    """Kennung → name as it stands above the columns: a council does not know the Kennungen."""
    return {i.kennung: i.kurzname or i.kennung for i in bild.indikatoren}


def _describe_lagen(bild: Indexbild) -> list[str]:
    """Name the areas without index, values put in and extreme values changed."""
    saetze = []
    namen = {g.schluessel: g.name for g in bild.gebiete}
    kurz = list_kurznamen(bild)
    je_grund: dict[str, list[str]] = {}
    for schluessel, grund in bild.ohne.items():
        je_grund.setdefault(grund, []).append(namen[schluessel])
    saetze += [f"Ohne Index ({grund}): {join_und(gebiete)}." for grund, gebiete in je_grund.items()]
    if bild.stufen.eingesetzt:
        womit = (
            "das Mittel der Gebiete" if bild.index.fehlwerte is Fehlwerte.MITTEL else "das Mittel im selben Ortsteil"
        )
        stellen = [
            f"{kurz.get(kennung, kennung)} {bild.gebiete[i].name}" for kennung, i in sorted(bild.stufen.eingesetzt)
        ]
        saetze.append(f"Für fehlende oder geheime Werte ist {womit} eingesetzt (geschätzt): {join_und(stellen)}.")
    if bild.index.ausreisser is Ausreisser.KAPPEN:
        geaendert = [kurz.get(kennung, kennung) for kennung, b in bild.stufen.behandlungen.items() if b.veraendert]
        saetze.append(
            f"Ausreißer behandelt: {join_und(geaendert)}." if geaendert else "Kein Ausreißer war zu behandeln."
        )
    return saetze


def _is_auffaellig(paar: Zusammenhang) -> bool:
    from sozialtool.rechnen.sozialindex import INDEX

    wert = paar.pearson
    return wert is not None and paar.anderer != INDEX and (wert > FAST_GLEICH or wert < WIDERSPRUCH)


def _describe_paare(paare: Sequence[Zusammenhang], kurz: Mapping[str, str]) -> list[str]:
    """Point out which indicators say the same, and which contradict each other."""
    gleich, gegen = (
        [
            f"{kurz.get(p.einer, p.einer)} mit {kurz.get(p.anderer, p.anderer)} ({format_zahl(p.pearson, 2)})"
            for p in paare
            if (p.pearson or 0) * seite > 0
        ]
        for seite in (1, -1)
    )
    saetze = []
    if gleich:
        saetze.append(
            f"Fast dasselbe messen (Korrelation): {join_und(gleich)}. Was sie gemeinsam haben, zählt im Index mehrfach."
        )
    if gegen:
        saetze.append(
            f"Gegeneinander laufen (Korrelation): {join_und(gegen)}. Im Index heben sie sich zum Teil auf; bitte prüfen, ob die "
            "Richtung stimmt."
        )
    return saetze
