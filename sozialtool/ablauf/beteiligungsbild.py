"""Participation as a matrix: level and phase by group, planned, done, with a result; what is asked for and missing.

What is recommended and what is indispensable: `katalog.load_beteiligungsregeln` (fach/regeln.md section 6, FSA).
"""

from __future__ import annotations

import enum
from collections.abc import Sequence

import attrs

from sozialtool import katalog
from sozialtool.fach.beteiligung import (
    Beteiligung,
    Beteiligungsebene,
    Beteiligungsgruppe,
    Beteiligungsphase,
    Beteiligungsregel,
    Beteiligungsstand,
    Verbindlichkeit,
)
from sozialtool.fach.raum import Ebene, Gebiet
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt


class Zellenlage(enum.Enum):
    """How far the participation of one group in one phase is."""

    LEER = "leer"
    FEHLT = "fehlt"
    GEPLANT = "geplant"
    GELAUFEN = "gelaufen"


@attrs.frozen
class Beteiligungszelle:
    """One cell: the occasions of a group, and whether this group is indispensable here."""

    gruppe: Beteiligungsgruppe
    eintraege: tuple[Beteiligung, ...]
    unverzichtbar: bool = False

    @property
    def gelaufen(self) -> int:
        """How many have taken place."""
        return sum(e.stand is Beteiligungsstand.GELAUFEN for e in self.eintraege)

    @property
    def geplant(self) -> int:
        """How many are planned."""
        return sum(e.stand is Beteiligungsstand.GEPLANT for e in self.eintraege)

    @property
    def ohne_ergebnis(self) -> int:
        """Of how many that took place nobody has written down what came of it."""
        return sum(e.stand is Beteiligungsstand.GELAUFEN and not e.ergebnis for e in self.eintraege)

    @property
    def lage(self) -> Zellenlage:
        """How far it is; an indispensable cell without any occasion is missing."""
        if self.gelaufen:
            return Zellenlage.GELAUFEN
        if self.geplant:
            return Zellenlage.GEPLANT
        return Zellenlage.FEHLT if self.unverzichtbar else Zellenlage.LEER

    @property
    def kurz(self) -> str:
        """Signs and counts: "√2 ○1"; "! fehlt" where something indispensable is missing."""
        if self.lage is Zellenlage.FEHLT:
            return "! fehlt"
        teile = ((self.gelaufen, "√"), (self.geplant, "○"))
        return " ".join(f"{zeichen}{zahl}" for zahl, zeichen in teile if zahl) or "–"


@attrs.frozen
class Beteiligungszeile:
    """One phase of one level: a cell for each group, the rule where there is one, and where it is not kept.

    `raeume` are the Sozialräume that the row looks at (none for the whole town), `fehlend` those without what is asked for:
    (area, groups that are missing; none named: any group would do), `erst_geplant` those where it is planned, but has not taken place.
    """

    ebene: Beteiligungsebene
    phase: Beteiligungsphase
    zellen: tuple[Beteiligungszelle, ...]
    regel: Beteiligungsregel | None = None
    raeume: tuple[Gebiet, ...] = ()
    fehlend: tuple[tuple[str, tuple[str, ...]], ...] = ()
    erst_geplant: tuple[str, ...] = ()

    @property
    def eintraege(self) -> tuple[Beteiligung, ...]:
        """Every occasion of the row."""
        return tuple(e for zelle in self.zellen for e in zelle.eintraege)

    @property
    def unverzichtbar(self) -> bool:
        """Whether the planning cannot do without it."""
        return self.regel is not None and self.regel.grad is Verbindlichkeit.UNVERZICHTBAR

    @property
    def kurz(self) -> str:
        """Say in a few words what is asked for and how far it is kept."""
        if self.regel is None:
            return ""
        if not self.fehlend and not self.erst_geplant:
            return f"√ {self.regel.grad.value}"
        if not self.fehlend:
            if len(self.raeume) > 1:
                return f"○ geplant in {len(self.erst_geplant)} von {len(self.raeume)}"
            return f"○ {self.regel.grad.value}, geplant"
        vorweg = "!" if self.unverzichtbar else "–"
        if len(self.raeume) > 1:
            return f"{vorweg} fehlt in {len(self.fehlend)} von {len(self.raeume)}"
        return f"{vorweg} {self.regel.grad.value}, fehlt"


def describe_beteiligung(projekt: Projekt, gebiet: str = "") -> tuple[Beteiligungszeile, ...]:
    """Lay the matrix out: whole town and Sozialräume; with a Sozialraum (key or name) only that one and the town.

    Raises:
        BedienFehler: there is no such Sozialraum.
    """
    raeume = list_raeume(projekt)
    if gebiet:
        raeume = tuple(r for r in raeume if gebiet.strip().casefold() in (r.schluessel.casefold(), r.name.casefold()))
        if not raeume:
            raise BedienFehler(f"Einen Sozialraum „{gebiet}“ gibt es nicht.", "Bitte Schlüssel oder Namen prüfen.")
    namen = {r.schluessel for r in raeume}
    alle = [
        e for e in projekt.read(Beteiligung)
        if e.stand is not Beteiligungsstand.ENTFALLEN and (e.ebene is Beteiligungsebene.STADT or e.gebiet in namen)
    ]  # fmt: skip
    regeln = {(r.ebene, r.phase): r for r in katalog.load_beteiligungsregeln()}
    return tuple(
        _row(
            ebene, phase, [e for e in alle if (e.ebene, e.phase) == (ebene, phase)], regeln.get((ebene, phase)), raeume
        )
        for ebene in Beteiligungsebene
        for phase in Beteiligungsphase
    )


def list_raeume(projekt: Projekt) -> tuple[Gebiet, ...]:
    """List the Sozialräume in their order."""
    planung = {e.schluessel for e in projekt.read(Ebene) if e.planungsebene}
    raeume = [g for g in projekt.read(Gebiet) if g.ebene in planung and not g.ist_rest]
    return tuple(sorted(raeume, key=lambda g: (g.reihenfolge, g.schluessel)))


def _row(
    ebene: Beteiligungsebene, phase: Beteiligungsphase, eintraege: Sequence[Beteiligung], regel: Beteiligungsregel | None,
    raeume: tuple[Gebiet, ...],
) -> Beteiligungszeile:  # fmt: skip
    pflicht = regel is not None and regel.grad is Verbindlichkeit.UNVERZICHTBAR
    zellen = tuple(
        Beteiligungszelle(
            gruppe, tuple(e for e in eintraege if e.gruppe is gruppe), pflicht and regel is not None and regel.asks_for(gruppe)
        )
        for gruppe in Beteiligungsgruppe
    )  # fmt: skip
    hier = raeume if ebene is Beteiligungsebene.SOZIALRAUM else ()
    fehlend = _find_fehlend(eintraege, regel, hier)
    gelaufen = [e for e in eintraege if e.stand is Beteiligungsstand.GELAUFEN]
    offen = {name for name, _ in _find_fehlend(gelaufen, regel, hier)} - {name for name, _ in fehlend}
    return Beteiligungszeile(ebene, phase, zellen, regel, hier, fehlend, tuple(sorted(offen)))


def _find_fehlend(
    eintraege: Sequence[Beteiligung], regel: Beteiligungsregel | None, raeume: tuple[Gebiet, ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:  # fmt: skip
    """Name the places where what the rule asks for is neither done nor planned; "" stands for the whole town."""
    if regel is None:
        return ()
    fehlend = []
    for ort, name in [(r.schluessel, r.name) for r in raeume] or [("", "")]:
        da = {e.gruppe.value for e in eintraege if e.gebiet == ort}
        ohne = tuple(g for g in regel.gruppen if g not in da)
        if ohne or not da:
            fehlend.append((name, ohne))
    return tuple(fehlend)


def say_fehlend(zeile: Beteiligungszeile) -> str:
    """Say what is asked for and where it is missing."""
    if zeile.regel is None:
        return ""
    kopf = f"{zeile.regel.grad.value.capitalize()} ({zeile.regel.quelle})."
    if not zeile.fehlend:
        return f"{kopf} {'Überall mindestens geplant.' if zeile.erst_geplant else 'Überall gelaufen.'}"
    if not zeile.raeume:
        return f"{kopf} Noch ist nichts geplant."
    je = [name + (f" ({', '.join(ohne)})" if ohne else "") for name, ohne in zeile.fehlend]
    if len(zeile.fehlend) == len(zeile.raeume) > 1 and len({ohne for _, ohne in zeile.fehlend}) == 1:
        ohne = zeile.fehlend[0][1]
        return f"{kopf} Fehlt in allen Sozialräumen" + (f": {', '.join(ohne)}." if ohne else ".")
    return f"{kopf} Fehlt in: {'; '.join(je)}."
