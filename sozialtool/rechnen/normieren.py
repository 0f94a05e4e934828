"""The inner steps of an index: outliers, one scale for all, and one number out of several.

Each function takes the values of the base set without gaps and returns as many. Sources: OECD/JRC, Handbook on Constructing
Composite Indicators (2008), steps 3, 5 and 6; outliers as in the R package COINr (Becker, Caperna, Del Sorbo, Norlén, Papadimitriou,
Saisana 2022, JOSS 7(78): 4567), which follows the practice of the JRC.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs

from sozialtool.fach.sozialindex import Aggregation, Normierung
from sozialtool.fehler import DatenFehler
from sozialtool.rechnen.lagemasse import mittel, mittlere_raenge, schiefe, standardabweichung, woelbung

GRENZE_SCHIEFE = 2.0
GRENZE_WOELBUNG = 3.5
"""Values are treated only where |skewness| and kurtosis both exceed these (COINr, Global Innovation Index)."""
ANTEIL_GEKAPPT = 0.1
"""At most this share of the areas, rounded up, is capped (default of COINr)."""


@attrs.frozen
class Behandlung:
    """What was done to the extreme values of an indicator.

    `oben`, `unten` are the places of capped values; `logarithmiert` says that capping did not help and the logarithm of all
    was taken instead; the four measures are before and after.
    """

    werte: tuple[float, ...]
    oben: tuple[int, ...] = ()
    unten: tuple[int, ...] = ()
    logarithmiert: bool = False
    schiefe: tuple[float, float] = (0.0, 0.0)
    woelbung: tuple[float, float] = (0.0, 0.0)

    @property
    def veraendert(self) -> bool:
        """Whether any value is another one than before."""
        return bool(self.oben or self.unten or self.logarithmiert)


def treat_ausreisser(werte: Sequence[float], hoechstens: int | None = None) -> Behandlung:
    """Cap extreme values one after the other until skewness or kurtosis is unsuspicious (Winsorisation).

    The largest (or, with negative skewness, smallest) value becomes the next one. If `hoechstens` steps (default: a tenth of
    the areas) do not help, the logarithm ln(x − min + (max − min)/100) of the untouched values is taken, as COINr does.
    """
    grenze = math.ceil(len(werte) * ANTEIL_GEKAPPT) if hoechstens is None else hoechstens
    neu, oben, unten = list(werte), set[int](), set[int]()
    for _ in range(grenze):
        if not _is_auffaellig(neu) or len(set(neu)) < 3:
            break
        rand, seite = (max, oben) if schiefe(neu) >= 0 else (min, unten)
        aussen = rand(neu)
        stellen = [i for i, x in enumerate(neu) if x == aussen]
        naechster = rand(x for x in neu if x != aussen)
        for i in stellen:
            neu[i] = naechster
        seite.update(stellen)
    logarithmiert = _is_auffaellig(neu)
    if logarithmiert:
        neu, oben, unten = _take_log(werte), set(), set()
    return Behandlung(
        tuple(neu), tuple(sorted(oben)), tuple(sorted(unten)), logarithmiert, (schiefe(werte), schiefe(neu)),
        (woelbung(werte), woelbung(neu)),
    )  # fmt: skip


def _is_auffaellig(werte: Sequence[float]) -> bool:
    return abs(schiefe(werte)) > GRENZE_SCHIEFE and woelbung(werte) > GRENZE_WOELBUNG


def _take_log(werte: Sequence[float]) -> list[float]:
    unten, oben = min(werte), max(werte)
    return [math.log(x - unten + 0.01 * (oben - unten)) for x in werte]


def normalise(
    werte: Sequence[float], art: Normierung, vorzeichen: float = 1.0, bezug: float | None = None
) -> list[float]:
    """Bring the values of one indicator onto the common scale, a high result meaning a high burden.

    Args:
        werte: values of the base set.
        art: method; without spread z gives 0 and the range its middle.
        vorzeichen: −1.0 turns the direction before anything else.
        bezug: reference for `ABSTAND`: (x − bezug) / |bezug| · 100.

    Raises:
        DatenFehler: INDEX-BEZUG, the distance is asked for and there is no reference, or it is 0.
    """
    if art is Normierung.ABSTAND:
        if not bezug:
            raise DatenFehler(
                "Für den Abstand zum Stadtwert fehlt ein Stadtwert, oder er ist null.",
                "Bitte ein anderes Bezugsjahr oder eine andere Normierung wählen.",
                "INDEX-BEZUG",
            )
        return [vorzeichen * (x - bezug) / abs(bezug) * 100 for x in werte]
    gerichtet = [vorzeichen * x for x in werte]
    if art is Normierung.RANG:
        return mittlere_raenge(gerichtet)
    if art in (Normierung.MIN_MAX, Normierung.MIN_MAX_1):
        return _stretch(gerichtet, 0.0 if art is Normierung.MIN_MAX else 1.0)
    mitte, streuung = mittel(gerichtet), standardabweichung(gerichtet, stichprobe=art is Normierung.Z_STICHPROBE)
    return [(x - mitte) / streuung if streuung else 0.0 for x in gerichtet]


def _stretch(werte: Sequence[float], von: float, bis: float = 100.0) -> list[float]:
    unten, oben = min(werte), max(werte)
    if not standardabweichung(werte):
        return [(von + bis) / 2] * len(werte)
    return [(x - unten) / (oben - unten) * (bis - von) + von for x in werte]


def aggregate(werte: Sequence[float | None], gewichte: Sequence[float], art: Aggregation) -> float | None:
    """Make one number of several; None where no value is there, values that are None do not count.

    Raises:
        DatenFehler: INDEX-GEOMETRISCH, the geometric mean of something that is not greater than zero.
    """
    paare = [(x, w) for x, w in zip(werte, gewichte, strict=True) if x is not None]
    if not paare:
        return None
    summe = math.fsum(w for _, w in paare)
    if art is Aggregation.ARITHMETISCH:
        return math.fsum(w * x for x, w in paare) / summe
    if art is Aggregation.MINIMUM:
        return min(x for x, _ in paare)
    if art is Aggregation.MAXIMUM:
        return max(x for x, _ in paare)
    if any(x <= 0 for x, _ in paare):
        raise DatenFehler(
            "Das geometrische Mittel gibt es nur für Werte über null; die gewählte Normierung hat auch andere.",
            "Bitte als Normierung „Rang“ oder „Spannweite 1 bis 100“ wählen oder das gewichtete Mittel nehmen.",
            "INDEX-GEOMETRISCH",
        )
    return math.exp(math.fsum(w * math.log(x) for x, w in paare) / summe)
