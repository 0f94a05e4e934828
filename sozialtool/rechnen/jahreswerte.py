"""From dated Messwerte to the grid of columns, years and areas: lagged and pooled Merkmale are columns like all others."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import polars as pl

from sozialtool.fach.indikator import Bruch, Indikator, Intervallart
from sozialtool.fach.messwert import Merkmal
from sozialtool.rechnen.formel import Formel, parse_formel, split_vor
from sozialtool.rechnen.rahmen import FEHLT, GRUND_CODE, encode_werte
from sozialtool.rechnen.raster import Orte, look_up, number

_ZEIT = ["merkmal", "jahre", "jahr"]
_TAGE = 2**32
_TAG_NULL = 2**31


@attrs.frozen
class Rechenspalte:
    """A column of the wide frame: a Merkmal, `vor` years earlier, summed over `jahre` years."""

    merkmal: str
    vor: int = 0
    jahre: int = 1

    @property
    def name(self) -> str:
        """Column name, the same as in a formula where nothing is pooled."""
        return (
            self.merkmal + (f"__vor{self.vor}" if self.vor else "") + (f"__jahre{self.jahre}" if self.jahre > 1 else "")
        )


@attrs.frozen
class Rechnung:
    """An indicator with its formulas parsed and the columns they need."""

    indikator: Indikator
    zaehler: Formel
    nenner: Formel | None
    bekannte: frozenset[str]
    streuung: Formel | None = None
    fallzahl: Formel | None = None

    @property
    def spalten(self) -> tuple[Rechenspalte, ...]:
        """Columns of all its formulas, each once, in order of appearance."""
        formeln = filter(None, (self.zaehler, self.nenner, self.streuung, self.fallzahl))
        return tuple(dict.fromkeys(self.find_spalte(name) for formel in formeln for name in formel.merkmale))

    def find_spalte(self, name: str) -> Rechenspalte:
        """Resolve a name of the formula."""
        merkmal, vor = (name, 0) if name in self.bekannte else split_vor(name)
        return Rechenspalte(merkmal, vor, max(self.indikator.jahre, 1))


def plan_rechnungen(indikatoren: Iterable[Indikator], merkmale: Iterable[Merkmal]) -> tuple[Rechnung, ...]:
    """Parse all formulas. Raises `FormelFehler` that names the indicator."""
    bekannte = frozenset(merkmal.schluessel for merkmal in merkmale)

    def parse(text: str) -> Formel | None:
        return parse_formel(text, bekannte) if text.strip() else None

    return tuple(
        Rechnung(
            indikator,
            parse_formel(indikator.zaehler, bekannte),
            parse(indikator.nenner),
            bekannte,
            *(parse(text) for text in _find_streuung(indikator)),
        )
        for indikator in indikatoren
    )


def _find_streuung(indikator: Indikator) -> tuple[str, str]:
    """Formulas of spread and number of values where the interval of a mean needs them."""
    if indikator.intervall is not Intervallart.MITTELWERT or not indikator.hat_spanne:
        return "", ""
    return indikator.streuung, "" if indikator.nenner.strip() else indikator.fallzahl


@attrs.frozen
class Bedarf:
    """Columns that the formulas need, each once, and with them the Merkmale and lengths of periods.

    Attributes:
        spalten: the columns, in the order of the grid.
        merkmale: the Merkmale they name, by number.
        laengen: lengths of periods in years; single years are always needed for the pools.
    """

    spalten: tuple[Rechenspalte, ...]
    merkmale: tuple[str, ...]
    laengen: tuple[int, ...]

    def build_plaetze(self, jahre: pl.LazyFrame, orte: int) -> pl.LazyFrame:
        """Where a delivered year goes: merkmal (number), jahre, jahr → `platz` of the first area."""
        zeilen = [
            (nummer, self.merkmale.index(spalte.merkmal), spalte.jahre, spalte.vor)
            for nummer, spalte in enumerate(self.spalten)
        ]
        schema = {"spalte": pl.Int64, "merkmal": pl.Int64, "jahre": pl.Int64, "vor": pl.Int64}
        return (
            pl.DataFrame(zeilen, schema=schema, orient="row")
            .lazy()
            .join(jahre, how="cross")
            .select(
                "merkmal",
                "jahre",
                pl.col("jahr") - pl.col("vor"),
                ((pl.col("spalte") * pl.col("jahre_gesamt") + pl.col("nr_jahr")) * orte).alias("platz"),
            )
        )


def plan_bedarf(rechnungen: Iterable[Rechnung]) -> Bedarf:
    """Collect the columns of all indicators."""
    spalten = tuple(dict.fromkeys(spalte for rechnung in rechnungen for spalte in rechnung.spalten))
    return Bedarf(
        spalten,
        tuple(dict.fromkeys(spalte.merkmal for spalte in spalten)),
        tuple(sorted({1, *(spalte.jahre for spalte in spalten)})),
    )


def find_bedarf(indikatoren: Iterable[Indikator], merkmale: Iterable[Merkmal], jahr: int) -> frozenset[tuple[str, int]]:
    """Which Merkmale of which earlier years the Kennzahlen of one year need: (Merkmal, year), lagged and pooled ones.

    Raises:
        FormelFehler: a formula cannot be parsed.
    """
    spalten = plan_bedarf(plan_rechnungen(indikatoren, merkmale)).spalten
    return frozenset((s.merkmal, jahr - s.vor - k) for s in spalten for k in range(s.jahre)) - {
        (s.merkmal, jahr) for s in spalten
    }


def place_jahreswerte(
    messwerte: pl.LazyFrame, jahre: pl.LazyFrame, orte: Orte, bedarf: Bedarf, brueche: Iterable[Bruch]
) -> pl.LazyFrame:
    """Values of each year at their place in the grid: columns platz, wert, grund, vermerk.

    Of several Stände in a year the one counts that most levels have, and of those the latest: a monthly series of the
    town must not be set against Sozialräume of another month. Rows of unknown areas are left out. Own sums over several
    years give way to delivered ones of the same length; a sum across a Bruch has the reason BRUCH.
    """
    werte = _encode(messwerte, orte, bedarf)
    gewaehlt = _choose_stand(werte, bedarf.laengen)
    plaetze = bedarf.build_plaetze(jahre, orte.anzahl)
    teile = [werte.join(gewaehlt.join(plaetze, on=_ZEIT).select("lieferung", "platz"), on="lieferung")]
    bruchliste = tuple(brueche)
    for laenge in bedarf.laengen[1:]:
        namen = {spalte.merkmal for spalte in bedarf.spalten if spalte.jahre == laenge}
        lang = werte.join(gewaehlt, on="lieferung")
        teile.append(_pool(lang, laenge, namen, bedarf.merkmale, bruchliste).join(plaetze, on=_ZEIT))
    return pl.concat([_to_platz(teil, orte) for teil in teile])


def _to_platz(werte: pl.LazyFrame, orte: Orte) -> pl.LazyFrame:
    """Place of each area; areas that get no figures are left out."""
    if orte.anzahl < len(orte.gebiete):
        werte = werte.filter(pl.col("ort") < orte.anzahl)
    return werte.select(pl.col("platz") + pl.col("ort"), "wert", "grund", "vermerk")


def _encode(messwerte: pl.LazyFrame, orte: Orte, bedarf: Bedarf) -> pl.LazyFrame:
    """Known areas, needed Merkmale and lengths as numbers: ort, ebene, lieferung, wert, grund, vermerk.

    `lieferung` is one number for Merkmal, length and Stand: grouping and joining by it takes half the time of three keys.
    """
    jahre = pl.col("jahre").fill_null(0).clip(lower_bound=1)
    laenge = pl.coalesce(pl.when(jahre == wert).then(nummer) for nummer, wert in enumerate(bedarf.laengen))
    art = number("merkmal", bedarf.merkmale) * len(bedarf.laengen) + laenge
    return (
        messwerte.select(
            number("gebiet", orte.gebiete).alias("ort"),
            (art * _TAGE + _TAG_NULL + pl.col("stand").to_physical()).alias("lieferung"),
            *encode_werte(),
        )
        .filter(pl.col("ort").is_not_null() & pl.col("lieferung").is_not_null())
        .with_columns(look_up(orte.number_ebenen(), "ort").alias("ebene"))
    )


def _choose_stand(werte: pl.LazyFrame, laengen: tuple[int, ...]) -> pl.LazyFrame:
    """The Stand of each Merkmal, length and year that counts: lieferung, merkmal, jahre, jahr."""
    art, tage = pl.col("lieferung") // _TAGE, pl.col("lieferung") % _TAGE - _TAG_NULL
    return (
        werte.group_by("lieferung")
        .agg(pl.col("ebene").n_unique().alias("ebenen"))
        .with_columns(
            (art // len(laengen)).alias("merkmal"),
            pl.lit(pl.Series(laengen, dtype=pl.Int64)).gather(art % len(laengen)).alias("jahre"),
            tage.cast(pl.Date).dt.year().cast(pl.Int64).alias("jahr"),
        )
        .sort(*_ZEIT, "ebenen", "lieferung")
        .unique(_ZEIT, keep="last", maintain_order=True)
        .drop("ebenen")
    )


def _pool(
    lang: pl.LazyFrame, jahre: int, namen: set[str], merkmale: tuple[str, ...], brueche: tuple[Bruch, ...]
) -> pl.LazyFrame:
    """Sums over `jahre` years ending with `jahr`, where no sum of that length was delivered."""
    schluessel = ["ort", "merkmal", "jahr"]
    quer = {
        (merkmale.index(bruch.merkmal), bruch.ab_jahr + abstand)
        for bruch in brueche
        if bruch.merkmal in namen
        for abstand in range(jahre - 1)
    }
    quer_rahmen = pl.DataFrame(sorted(quer), schema={"merkmal": pl.Int64, "jahr": pl.Int64}, orient="row").lazy()
    geliefert = lang.filter(pl.col("jahre") == jahre)
    einzeln = (pl.col("jahre") == 1) & pl.col("merkmal").is_in(sorted(merkmale.index(name) for name in namen))
    summe = (
        lang.filter(einzeln)
        .join(pl.LazyFrame({"abstand": list(range(jahre))}, schema={"abstand": pl.Int64}), how="cross")
        .with_columns(pl.col("jahr") + pl.col("abstand"))
        .group_by(schluessel)
        .agg(
            *(pl.col("wert").filter(pl.col("abstand") == k).sum().alias(f"wert_{k}") for k in range(jahre)),
            pl.col("grund", "vermerk").max(),
            pl.len().alias("anzahl"),
        )
        .join(geliefert, on=schluessel, how="anti")
        .join(quer_rahmen.with_columns(pl.lit(value=True).alias("quer")), on=["merkmal", "jahr"], how="left")
        .with_columns(
            # Newest year first, always: a sum of weighted fractions depends on it in the last digit.
            pl.sum_horizontal(f"wert_{k}" for k in range(jahre)).alias("wert"),
            pl.max_horizontal(
                "grund",
                pl.when(pl.col("anzahl") < jahre).then(pl.lit(FEHLT, pl.Int8)),
                pl.when(pl.col("quer")).then(pl.lit(GRUND_CODE["BRUCH"], pl.Int8)),
            ).alias("grund"),
        )
    )
    return summe.select(
        *schluessel,
        pl.lit(jahre, pl.Int64).alias("jahre"),
        pl.when(pl.col("grund") == 0).then(pl.col("wert")).alias("wert"),
        "grund",
        "vermerk",
    )
