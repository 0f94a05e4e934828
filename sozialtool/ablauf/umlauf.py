"""The cycle of the bodies: where each Thema stands, and whether who must see figures first has seen them.

Planungsrunde → Trägerrunde → Stadtteilarbeitskreise → Verwaltungsvorstand → Fachausschuss (fach/regeln.md section 6, Hilden).
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Sequence

import attrs

from sozialtool.fach.gremium import (
    Beschluss,
    Beschlussart,
    Gremienart,
    Gremium,
    Sitzung,
    Sitzungsstand,
    Tagesordnungspunkt,
    Thema,
)
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt


class Lage(enum.Enum):
    """How far a Thema is at one station."""

    OFFEN = "offen"
    GEPLANT = "geplant"
    TEILWEISE = "teilweise"
    BERATEN = "beraten"

    @property
    def symbol(self) -> str:
        """Sign on the screen; the word always stands beside it."""
        return {"offen": "○", "geplant": "●", "teilweise": "◦", "beraten": "√"}[self.value]


@attrs.frozen
class Beratung:
    """A Thema in one meeting: the point of the agenda and what was agreed on it."""

    sitzung: Sitzung
    gremium: Gremium
    punkt: Tagesordnungspunkt
    beschluesse: tuple[Beschluss, ...] = ()

    @property
    def gehalten(self) -> bool:
        """Whether the body has really dealt with it: the meeting was held and the point was not put off."""
        vertagt = bool(self.beschluesse) and all(b.art is Beschlussart.VERTAGT for b in self.beschluesse)
        return self.sitzung.stand is Sitzungsstand.GEHALTEN and not vertagt


@attrs.frozen
class Station:
    """One place in the cycle for one Thema: its bodies, and what they have done with it so far, oldest first."""

    nummer: int
    name: str
    gremien: tuple[Gremium, ...]
    beratungen: tuple[Beratung, ...]

    @property
    def gesehen(self) -> int:
        """How many of its bodies have dealt with it."""
        return len({b.gremium.schluessel for b in self.beratungen if b.gehalten})

    @property
    def lage(self) -> Lage:
        """How far it is here."""
        if self.gesehen >= len(self.gremien):
            return Lage.BERATEN
        if self.gesehen:
            return Lage.TEILWEISE
        offen = any(b.sitzung.stand in (Sitzungsstand.GEPLANT, Sitzungsstand.EINGELADEN) for b in self.beratungen)
        return Lage.GEPLANT if offen else Lage.OFFEN

    @property
    def zuletzt(self) -> dt.date | None:
        """Day on which one of its bodies last dealt with it, else of the next meeting that will."""
        gehalten = [b.sitzung.datum for b in self.beratungen if b.gehalten]
        kommend = [
            b.sitzung.datum
            for b in self.beratungen
            if b.sitzung.stand in (Sitzungsstand.GEPLANT, Sitzungsstand.EINGELADEN)
        ]
        return max(gehalten) if gehalten else min(kommend, default=None)

    @property
    def kurz(self) -> str:
        """How far in a few characters: sign, day or how many of how many."""
        if len(self.gremien) > 1 and self.gesehen:
            return f"{self.lage.symbol} {self.gesehen} von {len(self.gremien)}"
        return (
            f"{self.lage.symbol} {self.zuletzt:%d.%m.%y}" if self.zuletzt else f"{self.lage.symbol} {self.lage.value}"
        )


@attrs.frozen
class Umlauf:
    """One Thema on its way; `weitere` are meetings of bodies outside the cycle."""

    thema: Thema
    stationen: tuple[Station, ...]
    weitere: tuple[Beratung, ...] = ()

    @property
    def naechste(self) -> Station | None:
        """The first station that is not through with it; None when all are, or when it is closed."""
        if self.thema.abgeschlossen is not None:
            return None
        return next((s for s in self.stationen if s.lage is not Lage.BERATEN), None)


def describe_umlauf(projekt: Projekt, *, auch_abgeschlossene: bool = True) -> tuple[Umlauf, ...]:
    """Say for each Thema where it stands, the newest first."""
    beratungen = list_beratungen(projekt)
    gremien = sorted(projekt.read(Gremium), key=lambda g: (g.station, g.reihenfolge, g.schluessel))
    themen = [t for t in projekt.read(Thema) if auch_abgeschlossene or t.abgeschlossen is None]
    themen.sort(key=lambda t: (-(t.beginn or dt.date.min).toordinal(), t.schluessel))
    return tuple(
        _follow(thema, gremien, [b for b in beratungen if b.punkt.thema == thema.schluessel]) for thema in themen
    )


def list_beratungen(projekt: Projekt) -> tuple[Beratung, ...]:
    """List every point of every agenda with its meeting, in the order of the days."""
    gremien = {g.schluessel: g for g in projekt.read(Gremium)}
    sitzungen = {s.schluessel: s for s in projekt.read(Sitzung) if s.gremium in gremien}
    beschluesse = projekt.read(Beschluss)
    punkte = [p for p in projekt.read(Tagesordnungspunkt) if p.sitzung in sitzungen]
    punkte.sort(key=lambda p: (sitzungen[p.sitzung].datum, p.sitzung, p.nummer))
    return tuple(
        Beratung(
            sitzungen[p.sitzung], gremien[sitzungen[p.sitzung].gremium], p,
            tuple(b for b in beschluesse if (b.sitzung, b.top) == (p.sitzung, p.nummer)),
        )
        for p in punkte
    )  # fmt: skip


def _follow(thema: Thema, gremien: Sequence[Gremium], beratungen: Sequence[Beratung]) -> Umlauf:
    stationen = []
    for nummer in sorted({g.station for g in gremien if g.station}):
        eigene = tuple(g for g in gremien if g.station == nummer and _concerns(g, thema))
        namen = {g.schluessel for g in eigene}
        if eigene:
            hier = tuple(b for b in beratungen if b.gremium.schluessel in namen)
            stationen.append(Station(nummer, _station_name(eigene), eigene, hier))
    im_umlauf = {g.schluessel for s in stationen for g in s.gremien}
    return Umlauf(thema, tuple(stationen), tuple(b for b in beratungen if b.gremium.schluessel not in im_umlauf))


def _concerns(gremium: Gremium, thema: Thema) -> bool:
    """A Stadtteilarbeitskreis deals with what concerns its Sozialraum."""
    return not (gremium.art is Gremienart.STADTTEIL and thema.gebiete and gremium.gebiet not in thema.gebiete)


def _station_name(gremien: Sequence[Gremium]) -> str:
    if len(gremien) == 1:
        return gremien[0].name
    arten = {g.art for g in gremien}
    if arten == {Gremienart.STADTTEIL}:
        return "Stadtteilarbeitskreise"
    return ", ".join(g.name for g in gremien)


# -- figures: who must see them first ----------------------------------------------------------------------------------


def find_ungesehen(projekt: Projekt, jahr: int, am: dt.date | None = None) -> tuple[Gremium, ...]:
    """List the bodies that must see figures first and have not yet seen those of a year on a day (today unless given)."""
    tag = am or dt.date.today()
    themen = {t.schluessel for t in projekt.read(Thema) if t.berichtsjahr == jahr}
    gesehen = {
        b.gremium.schluessel
        for b in list_beratungen(projekt)
        if b.gehalten and b.sitzung.datum <= tag and b.punkt.thema in themen
    }
    return tuple(g for g in projekt.read(Gremium) if g.sieht_zuerst and g.schluessel not in gesehen)


def say_ungesehen(gremien: Iterable[Gremium], jahr: int) -> str:
    """Say who has not yet seen the figures."""
    namen = " und ".join(g.name for g in gremien)
    return f"Die Zahlen für {jahr} hat noch nicht gesehen, wer sie vor der Veröffentlichung sehen soll: {namen}."


def require_gesehen(projekt: Projekt, jahr: int, am: dt.date, begruendung: str = "") -> str:
    """Refuse a final release before who must see the figures first has seen them, unless a reason is given.

    Returns:
        what the release keeps: "" when everybody has seen them, else who has not, and why it went out all the same.

    Raises:
        BedienFehler: BERATUNG-FEHLT.
    """
    ungesehen = find_ungesehen(projekt, jahr, am)
    if not ungesehen:
        return ""
    if not begruendung.strip():
        raise BedienFehler(
            say_ungesehen(ungesehen, jahr),
            "Bitte die Sitzung mit dem Thema eintragen (Zahlen des Jahres, gehalten), oder begründen, warum es vorher "
            "hinausgeht: --ohne-beratung „Grund“. Der Grund wird mit der Veröffentlichung festgehalten.",
            "BERATUNG-FEHLT",
        )
    return f"Vor der Beratung in {', '.join(g.name for g in ungesehen)}: {begruendung.strip()}"
