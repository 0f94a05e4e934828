"""How a person of a register becomes counts: age at a Stichtag, group of nationality, duration of residence, household.

Plain functions of the standard library: the reading child process and the engine both use them, so that a small and a
huge file are counted by the same rules. A person exists here only as a `Profil` without name, address or birth date.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

MAENNLICH, WEIBLICH, OFFEN = "m", "w", "d"
"""OFFEN: "divers" or no entry (section 22 (3) PStG)."""
DEUTSCH, EU, UNBEKANNT, DRITTSTAAT = "d", "e", "u", "x"
"""Groups of nationality; of several nationalities of a person the first in this order counts (see `fach.staaten`)."""


class Profil(NamedTuple):
    """What is counted of a person. `lange`: at least five years at the address; `rente`: past the Regelaltersgrenze."""

    alter: int
    geschlecht: str
    gruppe: str
    lange: bool
    rente: bool


class Geburt(NamedTuple):
    """What is kept of a day of birth at a Stichtag.

    `alter` is negative for who is born later; `rente`: past the Regelaltersgrenze; `ungerade`: born in an odd month;
    `ganz`: day and month are known.
    """

    alter: int
    rente: bool
    ungerade: bool
    ganz: bool


class Haushalt(NamedTuple):
    """What is counted of a household: its people, those under 18, and the age of who lives alone (else 0)."""

    personen: int
    kinder: int
    alter: int


def alter_am(geboren: dt.date, stichtag: dt.date) -> int:
    """Return the age in completed years on the Stichtag; negative for who is born later.

    A year of life is completed at the end of the day before the birthday (sections 187 (2) sentence 2 and 188 (2) BGB),
    so on a Stichtag that is the birthday the new age counts. Who is born on 29 February completes it in other years at
    the end of 28 February: the new age counts from 1 March.
    """
    return stichtag.year - geboren.year - ((stichtag.month, stichtag.day) < (geboren.month, geboren.day))


def past_regelalter(geboren: dt.date, stichtag: dt.date) -> bool:
    """Whether the Regelaltersgrenze of the gesetzliche Rentenversicherung is reached.

    65 years, from birth year 1947 on one month more per year, from 1959 on two, 67 years from 1964 on (sections 35 and
    235 SGB VI).
    """
    jahr = geboren.year
    mehr = 0 if jahr < 1947 else min(jahr - 1946, 12) + 2 * max(0, min(jahr, 1964) - 1958)
    monate = (stichtag.year - jahr) * 12 + stichtag.month - geboren.month - (stichtag.day < geboren.day)
    return monate >= 65 * 12 + min(mehr, 24)


def describe_geburt(geboren: dt.date, stichtag: dt.date, *, ganz: bool = True) -> Geburt:
    """Reduce a day of birth to what is counted."""
    alter = alter_am(geboren, stichtag)
    return Geburt(alter, alter >= 65 and past_regelalter(geboren, stichtag), bool(geboren.month % 2), ganz)


def iter_kalender(stichtag: dt.date, jahre: int = 111) -> Iterator[tuple[Geburt, list[str]]]:
    """Yield every day of the last years as registers write it ("31.12.2007"), together with what is counted of it.

    Within a month a day only matters by whether it lies behind the day of the Stichtag, so two of them are enough.
    """
    for jahr in range(max(1, stichtag.year - jahre), stichtag.year + 1):
        februar = (dt.date(jahr, 3, 1) - dt.timedelta(1)).day
        for monat, tage in enumerate((31, februar, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1):
            ende = f".{monat:02}.{jahr:04}"
            frueh = describe_geburt(dt.date(jahr, monat, 1), stichtag)
            yield frueh, [tag + ende for tag in _TAGE[: min(stichtag.day, tage)]]
            if stichtag.day < tage:
                spaet = describe_geburt(dt.date(jahr, monat, tage), stichtag)
                yield spaet, [tag + ende for tag in _TAGE[stichtag.day : tage]]


_TAGE = [f"{tag:02}" for tag in range(1, 32)]


# --- what stands in the cells ------------------------------------------------------------------------------

_TAG = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T]0{1,2}:00(?::00)?(?:\.0+)?)?$")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]0{1,2}:00(?::00)?(?:\.0+)?)?$")
_ZIFFERN = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\.0)?$")
_JAHR = re.compile(r"((?:18|19|20)\d\d)(?:\.0)?$")
_EXCEL_TAG_0 = dt.date(1899, 12, 30)


def parse_tag(wert: object) -> tuple[dt.date, bool] | None:
    """Read a day of birth or of moving in.

    Returns:
        (day, whether it is complete); None when it cannot be read. Day and month that a register does not know ("00.00.1950",
        "19500000", a year alone) become the first: at the usual Stichtag 31.12. that changes no age.
    """
    if isinstance(wert, str) and len(wert) == 10 and wert[2] == wert[5] == "." and wert[:2] != "00" != wert[3:5]:
        try:  # nearly all of them are written like this, and it is five times as fast
            return dt.date.fromisoformat(f"{wert[6:]}-{wert[3:5]}-{wert[:2]}"), True
        except ValueError:
            return None
    if isinstance(wert, dt.datetime):
        return wert.date(), True
    if isinstance(wert, dt.date):
        return wert, True
    if isinstance(wert, float | int) and not isinstance(wert, bool):
        if not (0 < wert < 99_999_999) or wert != int(wert):
            return None
        if 2101 <= wert <= 73_050:  # a day as Excel counts, without its format
            return _EXCEL_TAG_0 + dt.timedelta(int(wert)), True
        wert = str(int(wert))
    if not isinstance(wert, str):
        return None
    text = wert.strip()
    if treffer := _TAG.match(text):
        tag, monat, jahr = map(int, treffer.groups())
    elif treffer := _ISO.match(text) or _ZIFFERN.match(text):
        jahr, monat, tag = map(int, treffer.groups())
    elif treffer := _JAHR.match(text):
        jahr, monat, tag = int(treffer[1]), 0, 0
    else:
        return None
    try:
        return dt.date(jahr, monat or 1, (tag if monat else 0) or 1), bool(monat and tag)
    except ValueError:
        return None


_GESCHLECHTER = {
    MAENNLICH: ("m", "männlich", "maennlich", "mann", "1", "male", "herr"),
    WEIBLICH: ("w", "weiblich", "frau", "2", "f", "female"),
    OFFEN: ("", "d", "divers", "x", "o", "ohne angabe", "o.a.", "k.a.", "k. a.", "unbekannt", "3", "4", "offen", "-"),
}
_GESCHLECHT = {text: schluessel for schluessel, texte in _GESCHLECHTER.items() for text in texte}


def geschlecht_of(wert: object) -> str | None:
    """Read a sex; None when the text is not known."""
    return _GESCHLECHT.get(klein(wert))


def klein(wert: object) -> str:
    """Make a cell comparable: small letters, single blanks, 2.0 as "2"."""
    if isinstance(wert, float) and wert.is_integer():
        wert = int(wert)
    return "" if wert is None else " ".join(str(wert).casefold().split())


def assign_geschlecht(geschlecht: str, *, ungerade: bool) -> str:
    """Assign people without entry to the two sexes that are reported, so that parts and total tie out.

    Args:
        geschlecht: MAENNLICH, WEIBLICH or OFFEN.
        ungerade: whether the month of birth is odd.

    The procedure of the Statistisches Amt für Hamburg und Schleswig-Holstein: "divers" and "ohne Angabe" count as male
    with an odd, as female with an even month of birth (answer of 22.10.2020 to question 200995 under the HmbTG,
    fragdenstaat.de, document 7687).
    """
    if geschlecht != OFFEN:
        return geschlecht
    return MAENNLICH if ungerade else WEIBLICH


# --- from profiles to counts -------------------------------------------------------------------------------

Regel = tuple[str, frozenset[str], Callable[[Profil], float]]
"""(Merkmal, columns it needs, how much a person counts)"""

_ALTER = re.compile(r"(?:unter_(\d+)|ab_(\d+)|(\d+)_(\d+))$")
_HAUSHALT = ("hh", "hh_kinder", "hh_alleinerziehend", "hh_3kinder", "hh_1p", "alleinlebend_ab_65", "alleinlebend_ab_75",
             "kinder_alleinerziehend")  # fmt: skip


def build_regeln(stamm: str, merkmale: Iterable[str]) -> tuple[Regel, ...]:
    """Say which Merkmale a list of people gives, from the names of the catalogue.

    Args:
        stamm: "ew" for the register; for cases the Merkmal that counts all of them ("asylblg").
        merkmale: keys of the catalogue: `<stamm>`, `<stamm>_unter_18`, `_18_25`, `_ab_65`, `_maennlich`, `_weiblich`,
            `_auslaender`; for the register also nationality, `frauen_15_45`, `alterssumme`, `altersquadrate`, `wohndauer_ab_5`.

    `alterssumme` counts half a year more than the completed years of each person, as official statistics compute the
    Durchschnittsalter: number of people of each single year of age × (age + 0.5) (Regio-Stat catalogue of Bund and Länder,
    quoted in the glossary of Statistik Bremen, "Durchschnittsalter der Bevölkerung"). `altersquadrate` adds up the squares of the same.
    """
    regeln = [_build_regel(stamm, schluessel) for schluessel in merkmale]
    return tuple(regel for regel in regeln if regel is not None)


def _build_regel(stamm: str, schluessel: str) -> Regel | None:
    if schluessel == stamm:
        return schluessel, frozenset(), lambda _: 1
    if stamm == "ew" and schluessel in _NUR_REGISTER:
        return (schluessel, *_NUR_REGISTER[schluessel])
    if not schluessel.startswith(f"{stamm}_"):
        return None
    rest = schluessel.removeprefix(f"{stamm}_")
    if rest in _TEILE:
        return (schluessel, *_TEILE[rest])
    treffer = _ALTER.match(rest)
    if treffer is None:
        return None
    unter, ab, von, bis = (int(zahl) if zahl else None for zahl in treffer.groups())
    erstes, danach = ab or von or 0, unter or bis or 1000
    return schluessel, frozenset({"geboren"}), lambda p: erstes <= p.alter < danach


_TEILE: dict[str, tuple[frozenset[str], Callable[[Profil], float]]] = {
    "maennlich": (frozenset({"geschlecht"}), lambda p: p.geschlecht == MAENNLICH),
    "weiblich": (frozenset({"geschlecht"}), lambda p: p.geschlecht == WEIBLICH),
    "auslaender": (frozenset({"nation"}), lambda p: p.gruppe != DEUTSCH),
    "ab_regelalter": (frozenset({"geboren"}), lambda p: p.rente),
}
_NUR_REGISTER: dict[str, tuple[frozenset[str], Callable[[Profil], float]]] = {
    "deutsche": (frozenset({"nation"}), lambda p: p.gruppe == DEUTSCH),
    "auslaender": (frozenset({"nation"}), lambda p: p.gruppe != DEUTSCH),
    "auslaender_nicht_eu": (frozenset({"nation"}), lambda p: p.gruppe == DRITTSTAAT),
    "frauen_15_45": (frozenset({"geschlecht", "geboren"}), lambda p: p.geschlecht == WEIBLICH and 15 <= p.alter < 45),
    "alterssumme": (frozenset({"geboren"}), lambda p: p.alter + 0.5),
    "altersquadrate": (frozenset({"geboren"}), lambda p: (p.alter + 0.5) ** 2),
    "wohndauer_ab_5": (frozenset({"einzug", "geboren"}), lambda p: p.lange and p.alter >= 5),
}


_VIERTEL = 4


class Zaehlwerk:
    """Counts people by all rules at once: what they count of somebody stands in one number, 64 bits each.

    So people add up by one addition each. Rules count whole, half and quarter units (see `build_regeln`); four times as much is
    whole, and even the squared ages of a hundred million people stay within 64 bits.
    """

    def __init__(self, regeln: Iterable[Regel]) -> None:
        self.regeln = tuple(regeln)

    def weigh(self, profil: Profil | None) -> int:
        """Return what somebody adds to a sum; None is somebody who counts nowhere."""
        felder = (
            [0] * len(self.regeln)
            if profil is None
            else [int(_VIERTEL * wieviel(profil)) for _, _, wieviel in self.regeln]
        )
        return int.from_bytes(array("Q", (1, profil is not None, *felder)).tobytes(), sys.byteorder)

    def unpack(self, summe: int) -> tuple[int, int, list[float]]:
        """Return of a sum how many people it holds, how many of them count, and the count of each rule."""
        felder = array("Q")
        felder.frombytes(summe.to_bytes((2 + len(self.regeln)) * felder.itemsize, sys.byteorder))
        alle, gezaehlt, *viertel = felder
        return alle, gezaehlt, [zahl / _VIERTEL for zahl in viertel]

    def count_personen(self, summen: Mapping[str, int], spalten: Iterable[str]) -> dict[tuple[str, str], float]:
        """Turn the sums of areas into Merkmale.

        Args:
            summen: area → sum of what people add.
            spalten: columns that are there (geboren, geschlecht, nation, einzug); rules that need another give nothing.
        """
        da = frozenset(spalten)
        return {
            (gebiet, merkmal): zahl
            for gebiet, summe in summen.items()
            for (merkmal, braucht, _), zahl in zip(self.regeln, self.unpack(summe)[2], strict=True)
            if braucht <= da
        }


def count_haushalte(
    kreuz: Mapping[tuple[str, Haushalt], int], merkmale: Iterable[str], gebiete: Iterable[str]
) -> dict[tuple[str, str], int]:
    """Add up households by area to Merkmale.

    A household with children has somebody under 18 and an adult; one of an Alleinerziehende has exactly one adult. Whether
    the adult is the parent is not in the register: an approximation, as in every Haushaltegenerierung.
    """
    gefragt = [m for m in merkmale if m in _HAUSHALT]
    zahlen = {(gebiet, merkmal): 0 for gebiet in gebiete for merkmal in gefragt}
    for (gebiet, haushalt), anzahl in kreuz.items():
        for merkmal, mal in _count_haushalt(haushalt).items():
            if mal and merkmal in gefragt:
                zahlen[(gebiet, merkmal)] = zahlen.get((gebiet, merkmal), 0) + anzahl * mal
    return zahlen


def _count_haushalt(haushalt: Haushalt) -> dict[str, int]:
    erwachsene = haushalt.personen - haushalt.kinder
    kinder = haushalt.kinder if erwachsene else 0
    allein = haushalt.personen == 1
    return {
        "hh": 1,
        "hh_1p": allein,
        "hh_kinder": kinder > 0,
        "hh_3kinder": kinder >= 3,
        "hh_alleinerziehend": erwachsene == 1 and kinder > 0,
        "kinder_alleinerziehend": kinder if erwachsene == 1 else 0,
        "alleinlebend_ab_65": allein and haushalt.alter >= 65,
        "alleinlebend_ab_75": allein and haushalt.alter >= 75,
    }
