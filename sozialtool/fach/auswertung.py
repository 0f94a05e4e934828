"""What a figure carries, as plain values: comparisons, changes, trends, segregation. Screens, commands and sheets show them."""

from __future__ import annotations

import enum

import attrs

from sozialtool.fach.aussage import Aussage
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebiet

DEUTLICH = 1.5
"""From this ratio on (or its inverse) a difference beyond chance counts as large: lage ±2."""
SIGNIFIKANT = 0.05
"""A trend counts when chance alone would give it in fewer than 5 of 100 cases."""


@attrs.frozen
class Trend:
    """Whether a series rises or falls steadily: first and last year, how many, change per year, χ² (one degree) and p."""

    von: int
    bis: int
    jahre: int
    je_jahr: float
    chi2: float
    p: float

    @property
    def richtung(self) -> int:
        """1 rises, -1 falls, 0 within chance."""
        return 0 if self.p >= SIGNIFIKANT else 1 if self.je_jahr > 0 else -1


@attrs.frozen
class Segregationswert:
    """Index, its expectation under random allocation, and the adjusted value; percent. `bereinigt` None: not defined."""

    wert: float
    zufall: float
    bereinigt: float | None


@attrs.frozen
class Standardwert:
    """A standardised rate with its 95 % limits."""

    wert: float
    unten: float
    oben: float


class Trendmangel(enum.Enum):
    """Why there is no trend where one could be tested."""

    BRUCH = "Bruch"
    ZU_KURZ = "zu kurz"


class Bezugsart(enum.Enum):
    """What an area is compared with."""

    STADT = "Stadt"
    ORTSTEIL = "Ortsteil"
    REFERENZ = "Referenzwert"


@attrs.frozen
class Gegenueber:
    """One comparison of an area.

    Attributes:
        art, name, wert: what it is compared with ("Kreis Lahnau 2025" for a Referenzwert).
        differenz, verhaeltnis: own value − other, own ÷ other (None where it has no meaning).
        lage: -2 … 2 as in `rahmen.KENNZAHLEN`; None without interval.
        sicher: also beyond the 99.8 % limits.
        haelt: still beyond chance among all comparisons of this kind and indicator (Holm); None without test.
        p: how surprising the area would be if it were like the other; None without test.
    """

    art: Bezugsart
    name: str
    wert: float
    differenz: float
    verhaeltnis: float | None
    lage: int | None = None
    sicher: bool = False
    haelt: bool | None = None
    p: float | None = None


@attrs.frozen
class Wandel:
    """Change of a value from one year to another, with 95 % limits of the difference (None: no interval)."""

    von: int
    bis: int
    differenz: float
    unten: float | None = None
    oben: float | None = None

    @property
    def richtung(self) -> int | None:
        """1 risen, -1 fallen, 0 within chance, None without interval."""
        if self.unten is None or self.oben is None:
            return None
        return 1 if self.unten > 0 else -1 if self.oben < 0 else 0


@attrs.frozen
class Gebietsauswertung:
    """One area for one indicator in one year.

    Attributes:
        gebiet: the area.
        kennzahl: its released figure; None where nothing was delivered.
        sicher: 99.8 % limits in the unit of the indicator, None without.
        gegenueber: comparisons with town, Ortsteil and Referenzwerte.
        vorjahr, fuenfjahr: changes; None where a year is missing, secret or beyond a break.
        trend: None where there are fewer than three comparable years.
        trendmangel: why it is None where the kind of figure has one: fewer than three years since a break, or at all.
        geglaettet: shrunk value, None without.
        klasse: class by limits from outside, "" without.
        aussagen: sentences with their methods, the comparison with the town first.
    """

    gebiet: Gebiet
    kennzahl: Kennzahl | None
    sicher: tuple[float, float] | None = None
    gegenueber: tuple[Gegenueber, ...] = ()
    vorjahr: Wandel | None = None
    fuenfjahr: Wandel | None = None
    trend: Trend | None = None
    trendmangel: Trendmangel | None = None
    geglaettet: float | None = None
    klasse: str = ""
    aussagen: tuple[Aussage, ...] = ()

    def gegen(self, art: Bezugsart, name: str = "") -> Gegenueber | None:
        """Return the comparison of this kind (and name)."""
        return next((g for g in self.gegenueber if g.art is art and name in ("", g.name)), None)


@attrs.frozen
class Auswertung:
    """An indicator in all areas of a year: figures, comparisons, changes, sentences.

    `gebiete` begins with the town. `bezuege` are the Referenzwerte of this indicator as (name, value). `aussagen` hold for the whole
    indicator: many comparisons, what was left out.
    """

    indikator: Indikator
    jahr: int
    gebiete: tuple[Gebietsauswertung, ...]
    bezuege: tuple[tuple[str, float], ...] = ()
    aussagen: tuple[Aussage, ...] = ()


@attrs.frozen
class Segregation:
    """How unevenly a group is spread over the areas, year by year, on one base set.

    `andere` is the second group of a dissimilarity index, "" for the index against everybody else. A year without a value (None) has a
    secret or missing figure for the group as a whole. `dabei` are the areas whose figures are released in all years, `ohne` the rest.
    """

    gruppe: str
    gesamt: str
    andere: str
    werte: dict[int, Segregationswert | None]
    dabei: tuple[str, ...]
    ohne: tuple[str, ...]
    brueche: tuple[int, ...]
    aussage: Aussage


@attrs.frozen
class Altersgruppe:
    """People of an age: formula of cases and of people as {Merkmal: factor}, ages from `von` to below `bis` (None: open)."""

    faelle: dict[str, float]
    menge: dict[str, float]
    von: int
    bis: int | None


@attrs.frozen
class Standardquote:
    """A standardised rate: name, what it stands beside, factor, unit, age groups."""

    name: str
    indikator: str
    gruppen: tuple[Altersgruppe, ...]
    faktor: float = 100.0
    einheit: str = "%"


@attrs.frozen
class Standardisierung:
    """A standardised rate in all areas of a year: area → raw rate, standardised rate, reason where there is none."""

    quote: Standardquote
    jahr: int
    werte: dict[str, tuple[float | None, Standardwert | None, Zeichen | None]]
    aussage: Aussage


@attrs.frozen
class Saldo:
    """Births, or moves in less moves out, over the years `von` … `bis`; `wert` None with a reason."""

    name: str
    von: int
    bis: int
    wert: float | None
    zeichen: Zeichen | None = None


@attrs.frozen
class Entwicklung:
    """Population of an area: year → people, and why there is no number where there is none; balances where they are released."""

    gebiet: Gebiet
    ew: dict[int, float]
    zeichen: dict[int, Zeichen]
    von: int
    bis: int
    salden: tuple[Saldo, ...] = ()

    @property
    def absolut(self) -> float | None:
        """Change in people; None where one of the two years has no number."""
        alt, neu = self.ew.get(self.von), self.ew.get(self.bis)
        return None if alt is None or neu is None else neu - alt

    @property
    def index(self) -> float | None:
        """People of the last year when the first is 100."""
        alt, neu = self.ew.get(self.von), self.ew.get(self.bis)
        return None if not alt or neu is None else 100 * neu / alt


@attrs.frozen
class Gesamtbild:
    """What stands beside the indicators: population, segregation, standardised rates."""

    jahr: int
    entwicklungen: tuple[Entwicklung, ...] = ()
    bevoelkerung: Aussage | None = None
    segregationen: tuple[Segregation, ...] = ()
    standardisiert: tuple[Standardisierung, ...] = ()
