"""How areas are put together: parts and wholes, weights of cut areas, and what has no place."""

from __future__ import annotations

import attrs
import polars as pl

from sozialtool.fach.raum import NICHT_ZUZUORDNEN, ORTSTEIL, SOZIALRAUM, STADT
from sozialtool.fehler import DatenFehler

_GANZ = 1e-9


@attrs.frozen
class Baum:
    """Parts and wholes of all areas.

    Attributes:
        ebene: area → key of its level; `nz` is always in it.
        teile: whole → {part: weight}; the wholes `nz` and the town included.
        stufen: wholes in layers, so that parts are complete before their whole.
    """

    ebene: dict[str, str]
    teile: dict[str, dict[str, float]]
    stufen: tuple[tuple[str, ...], ...]

    def build_kanten(self, stufe: tuple[str, ...]) -> pl.LazyFrame:
        """Edges gebiet → ziel with gewicht for one layer; every area has also an edge to itself (eigen)."""
        kanten = [(gebiet, gebiet, 1.0, True) for gebiet in self.ebene]
        kanten += [(teil, ganzes, gewicht, False) for ganzes in stufe for teil, gewicht in self.teile[ganzes].items()]
        schema = {"gebiet": pl.String, "ziel": pl.String, "gewicht": pl.Float64, "eigen": pl.Boolean}
        return pl.DataFrame(kanten, schema=schema, orient="row").lazy()

    def build_erwartungen(self) -> pl.LazyFrame:
        """Rows gebiet × ebene: if that level was delivered, this area must have a value (its own or a sum)."""
        ebenen: dict[str, set[str]] = {
            gebiet: set() if gebiet == NICHT_ZUZUORDNEN else {ebene} for gebiet, ebene in self.ebene.items()
        }
        for stufe in self.stufen:
            for ganzes in stufe:
                for teil in self.teile[ganzes]:
                    ebenen[ganzes] |= ebenen[teil]
        zeilen = [(gebiet, ebene) for gebiet in self.ebene for ebene in sorted(ebenen[gebiet])]
        return pl.DataFrame(zeilen, schema={"gebiet": pl.String, "ebene": pl.String}, orient="row").lazy()


def build_baum(gebiete: pl.DataFrame, umsteiger: pl.DataFrame) -> Baum:
    """Build the tree from the frames GEBIETE and UMSTEIGER.

    An area without `teil_von` goes to the targets of its weights; what they leave over goes to "nicht zuzuordnen", or to the
    town if it is a Sozialraum or Ortsteil (those never leave the town). `nz` is part of the town. Raises `DatenFehler` when
    areas contain one another in a circle.
    """
    zeilen = {zeile["gebiet"]: zeile for zeile in gebiete.iter_rows(named=True)}
    ebene = {schluessel: zeile["ebene"] for schluessel, zeile in zeilen.items()}
    ebene.setdefault(NICHT_ZUZUORDNEN, SOZIALRAUM)
    stadt = next((schluessel for schluessel, name in ebene.items() if name == STADT), "")
    gewichte: dict[str, dict[str, float]] = {}
    for zeile in umsteiger.iter_rows(named=True):
        if zeile["nach"] in ebene:
            gewichte.setdefault(zeile["von"], {})[zeile["nach"]] = zeile["gewicht"]
    teile: dict[str, dict[str, float]] = {}
    for schluessel, name in ebene.items():
        if schluessel == stadt:
            continue
        darueber = zeilen[schluessel]["teil_von"] if schluessel in zeilen else ""
        if darueber not in ebene and schluessel == NICHT_ZUZUORDNEN:
            darueber = stadt
        auffang = stadt if name in (ORTSTEIL, SOZIALRAUM) else NICHT_ZUZUORDNEN
        ganze = {darueber: 1.0} if darueber in ebene else _fill_up(gewichte.get(schluessel, {}), auffang)
        for ganzes, gewicht in ganze.items():
            teile.setdefault(ganzes, {})[schluessel] = gewicht
    return Baum(ebene, teile, _layer(teile))


def _fill_up(gewichte: dict[str, float], auffang: str) -> dict[str, float]:
    """Weights of a cut area, with what they leave over at `auffang`, so that they add up to 1."""
    rest = 1.0 - sum(gewichte.values())
    if rest <= _GANZ or not auffang:
        return gewichte
    return {**gewichte, auffang: gewichte.get(auffang, 0.0) + rest}


def _layer(teile: dict[str, dict[str, float]]) -> tuple[tuple[str, ...], ...]:
    """Order the wholes in layers, parts first."""
    offen = set(teile)
    stufen: list[tuple[str, ...]] = []
    while offen:
        bereit = tuple(sorted(ganzes for ganzes in offen if not any(teil in offen for teil in teile[ganzes])))
        if not bereit:
            raise DatenFehler(
                f"Die Gebiete {', '.join(sorted(offen)[:5])} sind im Kreis Teil voneinander.",
                "Bitte bei den Gebieten die Spalte „Teil von“ berichtigen.",
                "GEBIETE-KREIS",
            )
        stufen.append(bereit)
        offen -= set(bereit)
    return tuple(stufen)
