"""Where people live: Kommune, Ebene, Gebiet, Gebietsstand, weights between areas that cut across each other."""

from __future__ import annotations

import datetime as dt

import attrs

from sozialtool.fach.felder import feld

STADT = "stadt"
"""Key of the level that holds exactly one area: the whole town."""
ORTSTEIL = "ortsteil"
SOZIALRAUM = "sozialraum"
STIMMBEZIRK = "stimmbezirk"
NICHT_ZUZUORDNEN = "nz"
"""Key of the area that takes what no Sozialraum can be found for, so that parts and total tie out."""

_LAENDER = {
    "01": "Schleswig-Holstein", "02": "Hamburg", "03": "Niedersachsen", "04": "Bremen", "05": "Nordrhein-Westfalen",
    "06": "Hessen", "07": "Rheinland-Pfalz", "08": "Baden-Württemberg", "09": "Bayern", "10": "Saarland",
    "11": "Berlin", "12": "Brandenburg", "13": "Mecklenburg-Vorpommern", "14": "Sachsen", "15": "Sachsen-Anhalt",
    "16": "Thüringen",
}  # fmt: skip


def land_of(ags: str) -> str:
    """Name the state of a town: the first two digits of the AGS (Destatis, Gemeindeverzeichnis); "" if there is none."""
    return _LAENDER.get(ags[:2], "")


JAHRE = range(1990, 2101)
"""Years that a town can report on; anything else is a slip of the finger."""


@attrs.frozen
class Kommune:
    """The town. `ags` is the eight-digit official key as text, with its leading zero."""

    ags: str = feld("AGS", hilfe="Achtstelliger amtlicher Gemeindeschlüssel, mit führender Null.", schluessel=True)
    name: str = feld("Name", pflicht=True)
    land: str = feld("Land", default="Nordrhein-Westfalen")
    kreis: str = feld("Kreis", default="")
    berichtsjahr: int = feld("Berichtsjahr", hilfe="Das Jahr, über das gerade berichtet wird.", default=0)


@attrs.frozen
class Ebene:
    """A spatial level. Levels nest through `teil_von`; one without `teil_von` cuts across (Stimmbezirk)."""

    schluessel: str = feld("Schlüssel", schluessel=True)
    name: str = feld("Name", hilfe="In der Einzahl: Sozialraum.", pflicht=True)
    mehrzahl: str = feld("Mehrzahl", pflicht=True)
    teil_von: str = feld("Teil von", hilfe="Die Ebene darüber; leer, wenn diese Ebene quer dazu liegt.", default="")
    planungsebene: bool = feld("Planungsebene", hilfe="Ist dies die verabredete Ebene der Sozialräume?", default=False)
    veroeffentlichen: bool = feld("Veröffentlichen", hilfe="Dürfen Zahlen dieser Ebene hinaus?", default=True)
    reihenfolge: int = feld("Reihenfolge", default=0)


@attrs.frozen
class Gebiet:
    """One area on one level; keys are unique in the project and are text."""

    schluessel: str = feld(
        "Schlüssel", beispiel="03", hilfe="Nummer oder Kürzel; bleibt Text, führende Nullen bleiben.", schluessel=True
    )
    name: str = feld("Name", hilfe="Wie das Gebiet in Tabellen heißt.", beispiel="Rheinfeld Nord", pflicht=True)
    ebene: str = feld(
        "Ebene", hilfe="Name oder Schlüssel der Ebene, zum Beispiel sozialraum.", beispiel="sozialraum", pflicht=True
    )
    teil_von: str = feld(
        "Teil von", beispiel="B", hilfe="Schlüssel des Gebiets darüber; leer, wenn es mehrere schneidet.", default=""
    )
    namen: tuple[str, ...] = feld(
        "Andere Namen",
        beispiel="Rheinfeld-Nord; RN",
        hilfe="Schreibweisen in Dateien, durch Semikolon getrennt.",
        default=(),
    )
    reihenfolge: int = feld("Reihenfolge", hilfe="Platz in den Tabellen; 1 steht oben.", beispiel="3", default=0)
    kachel_x: int | None = feld(
        "Kachel Spalte", hilfe="Platz auf der Kachelkarte, von links gezählt.", beispiel="2", default=None
    )
    kachel_y: int | None = feld(
        "Kachel Zeile", hilfe="Platz auf der Kachelkarte, von oben gezählt.", beispiel="1", default=None
    )

    @property
    def ist_rest(self) -> bool:
        """Whether this is "nicht zuzuordnen"."""
        return self.schluessel == NICHT_ZUZUORDNEN


@attrs.frozen
class Gebietsstand:
    """A dated version of all areas; a Variante is one not yet agreed. The one in force carries the date of its agreement."""

    schluessel: str = feld("Schlüssel", hilfe="Kurz und fest, zum Beispiel das Jahr.", beispiel="2026", schluessel=True)
    name: str = feld("Name", hilfe="Wie die Fassung heißt.", beispiel="Zwölf Sozialräume", pflicht=True)
    gueltig_ab: dt.date | None = feld(
        "Gültig ab", hilfe="Erster Tag, an dem die Grenzen gelten.", beispiel="01.01.2026", default=None
    )
    beschlossen_am: dt.date | None = feld(
        "Beschlossen am", hilfe="Tag der Sitzung.", beispiel="14.11.2025", default=None
    )
    gremium: str = feld("Gremium", hilfe="Wer beschlossen hat.", beispiel="Planungsrunde", default="")
    gueltig_bis: dt.date | None = feld("Gültig bis", beispiel="31.12.2029", hilfe="Leer: bis heute.", default=None)
    variante: bool = feld("Variante", beispiel="nein", hilfe="Noch nicht vereinbart, zum Vergleich.", default=False)
    bemerkung: str = feld(
        "Bemerkung", hilfe="Was sich geändert hat und warum.", beispiel="Grenze an der Bahn verlegt", default=""
    )


@attrs.frozen
class Raum:
    """A Sozialraum (or Ortsteil) as one Gebietsstand defines it; `teil_von` names the area above in the same Gebietsstand."""

    gebietsstand: str = feld("Gebietsstand", hilfe="Schlüssel des Gebietsstands.", beispiel="2026", schluessel=True)
    schluessel: str = feld(
        "Schlüssel", hilfe="Kurz und fest; Text, führende Nullen bleiben.", beispiel="03", schluessel=True
    )
    name: str = feld("Name", hilfe="Wie der Sozialraum heißt.", beispiel="Rheinfeld Nord", pflicht=True)
    teil_von: str = feld(
        "Teil von", hilfe="Schlüssel des Ortsteils, in dem er liegt; sonst leer.", beispiel="B", default=""
    )
    reihenfolge: int = feld("Reihenfolge", hilfe="Platz in den Tabellen; 1 steht oben.", beispiel="3", default=0)


@attrs.frozen
class Raumzuordnung:
    """Where a smallest area belongs in one Gebietsstand. Making or moving a Sozialraum is changing these lines."""

    gebietsstand: str = feld("Gebietsstand", hilfe="Schlüssel des Gebietsstands.", beispiel="2026", schluessel=True)
    gebiet: str = feld("Gebiet", beispiel="0312", hilfe="Schlüssel des kleinsten Gebiets.", schluessel=True)
    raum: str = feld(
        "Sozialraum", beispiel="03", hilfe="Schlüssel des Sozialraums in diesem Gebietsstand.", pflicht=True
    )


@attrs.frozen
class Umsteiger:
    """Share of a source area that belongs to a target area (0 < gewicht ≤ 1; Σ per source = 1)."""

    von: str = feld("Von Gebiet", beispiel="0312", schluessel=True)
    nach: str = feld("Nach Gebiet", beispiel="03", schluessel=True)
    gewicht: float = feld("Gewicht", beispiel="0,75", hilfe="Anteil der Bevölkerung, zwischen 0 und 1.", pflicht=True)
