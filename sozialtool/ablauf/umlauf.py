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
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.schreibweise import join_und, name_einige
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
    """One Thema on its way; `weitere` are meetings of bodies outside the cycle, `hinweise` what is to be known of it."""

    thema: Thema
    stationen: tuple[Station, ...]
    weitere: tuple[Beratung, ...] = ()
    hinweise: tuple[str, ...] = ()

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
    seither = {
        jahr: list_seither(projekt, jahr) for jahr in {t.berichtsjahr for t in themen if t.abgeschlossen is None}
    }
    return tuple(
        attrs.evolve(
            _follow(thema, gremien, [b for b in beratungen if b.punkt.thema == thema.schluessel]),
            hinweise=seither.get(thema.berichtsjahr, ()) if thema.abgeschlossen is None else (),
        )
        for thema in themen
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
    gesehen = _find_gesehen(projekt, jahr, am or dt.date.today())
    return tuple(g for g in projekt.read(Gremium) if g.sieht_zuerst and g.schluessel not in gesehen)


def _find_gesehen(projekt: Projekt, jahr: int, tag: dt.date) -> dict[str, dt.date]:
    """Body → day on which it last dealt with the figures of a year, up to a day."""
    themen = {t.schluessel for t in projekt.read(Thema) if t.berichtsjahr == jahr}
    return {  # in the order of the days: the last one stays
        b.gremium.schluessel: b.sitzung.datum
        for b in list_beratungen(projekt)
        if b.gehalten and b.sitzung.datum <= tag and b.punkt.thema in themen
    }


def list_seither(projekt: Projekt, jahr: int | None, am: dt.date | None = None) -> tuple[str, ...]:
    """Say which figures came after the meeting in which a body that must see them first saw those of a year; () where none did.

    What counts is the day on which a file was read in (`Quelle.eingelesen_am`): until then nobody could show its figures. What
    is read in on the day of the meeting may have been shown there. `am`: the day on which they are to go out, today unless given.
    """
    if not jahr:
        return ()
    gesehen = _find_gesehen(projekt, jahr, am or dt.date.today())
    je_tag: dict[dt.date, list[str]] = {}
    for g in projekt.read(Gremium):
        if g.sieht_zuerst and g.schluessel in gesehen:
            je_tag.setdefault(gesehen[g.schluessel], []).append(g.name)
    quellen = [q for q in projekt.read(Quelle) if q.eingelesen_am and (q.stand is None or q.stand.year <= jahr)]
    saetze = []
    for tag, namen in sorted(je_tag.items()):
        neu = [q.datei for q in quellen if q.eingelesen_am and q.eingelesen_am.date() > tag]
        if neu:
            saetze.append(
                f"Seit der Sitzung vom {tag:%d.%m.%Y} ({join_und(namen)}) sind Zahlen neu eingelesen: {name_einige(neu, _MEISTE)}. "
                "Beraten wurde dort der Stand davor."
            )
    return tuple(saetze)


def say_ungesehen(gremien: Iterable[Gremium], jahr: int) -> str:
    """Say who has not yet seen the figures."""
    namen = " und ".join(g.name for g in gremien)
    return f"Die Zahlen für {jahr} hat noch nicht gesehen, wer sie vor der Veröffentlichung sehen soll: {namen}."


_MEISTE = 3
_BUCHSTABEN = 3
"""Fewer are no reason; "eilt" is one."""


def check_grund(text: str) -> str:
    """Return a reason without the blanks around it; a sign or two is none.

    Raises:
        BedienFehler: BERATUNG-GRUND.
    """
    grund = text.strip()
    if sum(zeichen.isalpha() for zeichen in grund) < _BUCHSTABEN:
        raise BedienFehler(
            f"„{grund}“ ist kein Grund: Er steht später bei der Veröffentlichung, und jemand muss ihn verstehen.",
            "Bitte in Worten sagen, warum es vor der Beratung hinausgeht, zum Beispiel „Der Rat tagt vorher“.",
            "BERATUNG-GRUND",
        )
    return grund


def require_gesehen(projekt: Projekt, jahr: int, am: dt.date, begruendung: str = "") -> str:
    """Refuse a final release before who must see the figures first has seen them, unless a reason is given.

    Returns:
        what the release keeps: "" when everybody has seen them, else who has not, and why it went out all the same.

    Raises:
        BedienFehler: BERATUNG-FEHLT, or BERATUNG-GRUND as in `check_grund`.
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
    return f"Vor der Beratung in {', '.join(g.name for g in ungesehen)}: {check_grund(begruendung)}"
