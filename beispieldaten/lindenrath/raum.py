"""The areas of Lindenrath.

AGS 05999038: in North Rhine-Westphalia (05) the district keys end at 05978 (Kreis Unna), 05999 is not assigned, so the
key cannot collide with that of a real town.
"""

from __future__ import annotations

from typing import NamedTuple

AGS = "05999038"
STADT = "Lindenrath"
KREIS = "Kreis Wendtal"
NZ = "nz"
JAHRE = tuple(range(2019, 2026))


class Sozialraum(NamedTuple):
    """One Sozialraum and the parameters of its model.

    `einwohner` is the population at the end of 2025, `wachstum` its yearly relative change, `lage` the social position
    (0 well-off … 1 deprived) in 2019 and 2025, `kinder`, `jung` and `alt` multiply the town's age profile, `migration`
    is the share of people with Migrationshintergrund in 2025, `efh` the share of dwellings in one- and two-family houses.
    """

    schluessel: str
    name: str
    ortsteil: str
    namen: tuple[str, ...]
    kachel: tuple[int, int]
    einwohner: int
    wachstum: float
    lage: tuple[float, float]
    kinder: float
    jung: float
    alt: float
    migration: float
    efh: float


ORTSTEILE = {
    "O1": "Kernstadt",
    "O2": "Rheinfeld",
    "O3": "Holthausen",
    "O4": "Weststadt",
    "O5": "Brünkhorst",
    "O6": "Oberlinden",
}

SOZIALRAEUME = (
    Sozialraum("01", "Altstadt", "O1", (), (3, 3), 2218, 0.001, (0.45, 0.42), 0.72, 1.00, 1.28, 0.24, 0.22),
    Sozialraum("02", "Am Bahnhof", "O1", ("Bahnhofsviertel",), (4, 3), 2951, 0.010, (0.74, 0.76), 0.88, 1.55, 0.82, 0.47, 0.08),
    Sozialraum("03", "St. Marien", "O1", ("Sankt Marien",), (3, 4), 3404, 0.003, (0.50, 0.49), 0.98, 1.05, 0.98, 0.31, 0.30),
    Sozialraum("04", "Rheinfeld Nord", "O2", (), (2, 2), 4106, 0.007, (0.94, 0.96), 1.30, 1.22, 0.66, 0.55, 0.10),
    Sozialraum("05", "Rheinfeld Süd", "O2", (), (2, 3), 3377, 0.004, (0.76, 0.50), 1.08, 1.08, 0.88, 0.38, 0.27),
    Sozialraum("06", "Holthausen-Dorf", "O3", (), (5, 2), 2688, 0.000, (0.15, 0.14), 0.92, 0.82, 1.12, 0.11, 0.82),
    Sozialraum("07", "Holthauser Heide", "O3", ("Holth. Heide",), (6, 2), 3912, 0.017, (0.14, 0.12), 1.38, 0.88, 0.66, 0.18, 0.74),
    Sozialraum("08", "Weststadt Mitte", "O4", (), (1, 3), 4587, 0.006, (0.42, 0.68), 1.04, 1.12, 0.96, 0.36, 0.33),
    Sozialraum("09", "Siedlung Glückauf", "O4", ("Glückauf-Siedlung",), (1, 4), 2903, -0.004, (0.52, 0.50), 0.90, 0.92, 1.20, 0.27, 0.58),
    Sozialraum("10", "Brünkhorst", "O5", (), (5, 5), 1447, -0.007, (0.22, 0.22), 0.80, 0.78, 1.26, 0.07, 0.90),
    Sozialraum("11", "Alt-Oberlinden", "O6", (), (4, 4), 3689, 0.002, (0.27, 0.26), 0.98, 0.95, 1.05, 0.19, 0.61),
    Sozialraum("12", "Linder Berg", "O6", (), (5, 4), 2820, -0.002, (0.06, 0.05), 0.82, 0.70, 1.42, 0.09, 0.86),
)  # fmt: skip
REST = Sozialraum(NZ, "nicht zuzuordnen", "", (), (0, 0), 112, 0.0, (0.55, 0.55), 0.55, 1.80, 0.70, 0.45, 0.0)
"""People whose address is in no Sozialraum; an area of its own, so that parts and total tie out."""

ALLE = (*SOZIALRAEUME, REST)
SCHLUESSEL = tuple(raum.schluessel for raum in SOZIALRAEUME)
MIT_REST = (*SCHLUESSEL, NZ)
NAMEN = {raum.schluessel: raum.name for raum in ALLE}


def raeume_of(ortsteil: str) -> tuple[str, ...]:
    """Keys of the Sozialräume of an Ortsteil."""
    return tuple(raum.schluessel for raum in SOZIALRAEUME if raum.ortsteil == ortsteil)


class Stimmbezirk(NamedTuple):
    """A polling district and the shares of the Sozialräume that vote there (share of the Sozialraum's electorate)."""

    schluessel: str
    lokal: str
    anteile: dict[str, float]

    @property
    def teil_von(self) -> str:
        """The Sozialraum around it, or empty where it cuts across two."""
        return next(iter(self.anteile)) if len(self.anteile) == 1 else ""


STIMMBEZIRKE = (
    Stimmbezirk("001", "Rathaus", {"01": 0.53}),
    Stimmbezirk("002", "Musikschule", {"01": 0.47}),
    Stimmbezirk("003", "Bahnhofstreff", {"02": 0.51}),
    Stimmbezirk("004", "Berufskolleg", {"02": 0.49}),
    Stimmbezirk("005", "Pfarrheim St. Marien", {"03": 0.46}),
    Stimmbezirk("006", "Marienschule", {"03": 0.54}),
    Stimmbezirk("007", "Grundschule Rheinfeld", {"04": 0.55}),
    Stimmbezirk("008", "Bürgerhaus Rheinfeld", {"04": 0.45}),
    Stimmbezirk("009", "Turnhalle Deichstraße", {"05": 0.53}),
    Stimmbezirk("010", "Kita Regenbogen", {"05": 0.47}),
    Stimmbezirk("011", "Dorfschule Holthausen", {"06": 0.72}),
    Stimmbezirk("012", "Gemeindehaus Heide", {"07": 0.44}),
    Stimmbezirk("013", "Schützenhaus Holthausen", {"06": 0.28, "07": 0.16}),
    Stimmbezirk("014", "Heideschule", {"07": 0.40}),
    Stimmbezirk("015", "Weststadtschule", {"08": 0.36}),
    Stimmbezirk("016", "Feuerwache West", {"08": 0.33}),
    Stimmbezirk("017", "Familienzentrum West", {"08": 0.31}),
    Stimmbezirk("018", "Knappenheim", {"09": 1.0}),
    Stimmbezirk("019", "Dorfgemeinschaftshaus Brünkhorst", {"10": 1.0}),
    Stimmbezirk("020", "Schule Oberlinden", {"11": 0.76}),
    Stimmbezirk("021", "Seniorenzentrum Linde", {"11": 0.24, "12": 0.21}),
    Stimmbezirk("022", "Gymnasium Linder Berg", {"12": 0.79}),
)
