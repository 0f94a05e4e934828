"""What a conversion to another Gebietsstand does to the figures, Merkmal by Merkmal: for screens and commands."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import attrs

from sozialtool.ablauf.gebietsstaende import Raumplan, raumplan
from sozialtool.fach.messwert import Merkmal, Vermerk, Zeichen
from sozialtool.fach.quelle import Befund
from sozialtool.fach.raum import Raum, Raumzuordnung
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    import datetime as dt


class Umrechnungsart(enum.Enum):
    """What became of one Merkmal."""

    UNVERAENDERT = "wie geliefert"
    SUMMIERT = "neu summiert"
    GESCHAETZT = "geschätzt"
    LUECKIG = "teils nicht umrechenbar"
    VERWEIGERT = "nicht umrechenbar"


@attrs.frozen
class Umrechnungszeile:
    """One Merkmal on the target Gebietsstand.

    Attributes:
        merkmal: what was counted.
        art: the strongest thing that happened to it.
        werte: figures of Sozialräume, of all years.
        geschaetzt: how many of them are estimates. jahre: in these years.
        ohne: how many Sozialräume and years have no figure (refused, secret, not to be split). geheim: how many of these because a part is secret.
        grund: why it was refused; "" otherwise.
    """

    merkmal: Merkmal
    art: Umrechnungsart
    werte: int
    geschaetzt: int
    jahre: tuple[int, ...]
    ohne: int
    geheim: int
    grund: str = ""


@attrs.frozen
class Umrechnungsbild:
    """A conversion: the target, its lines (refused first, then estimated), and the findings, those about small groups between boundaries too."""

    ziel: Raumplan
    zeilen: tuple[Umrechnungszeile, ...]
    befunde: tuple[Befund, ...]


def describe_umrechnung(projekt: Projekt, gebietsstand: str) -> Umrechnungsbild:
    """Convert all figures to a Gebietsstand and say what that did; the project is not changed.

    Raises:
        BedienFehler: there is no such Gebietsstand.
    """
    from sozialtool.ablauf.grenzschutz import check_grenzen
    from sozialtool.ablauf.umrechnen import convert_projekt

    ziel = raumplan(projekt, gebietsstand)
    umgestellt = convert_projekt(projekt, ziel)
    raeume = {r.schluessel for r in ziel.raeume}
    alle = raeume | {r.schluessel for r in projekt.read(Raum)}
    bloecke = {z.gebiet for z in projekt.read(Raumzuordnung)} if projekt.read(Raum) else set()
    s = umgestellt.spalten
    je: dict[str, list[tuple[dt.date, Any, Any]]] = {}
    unten: dict[str, set[dt.date]] = {}
    roh = projekt.read_messwerte()
    vorher = Counter(
        (m, tag) for g, m, tag in zip(roh["gebiet"], roh["merkmal"], roh["stand"], strict=True) if g in alle
    )
    for gebiet, merkmal, tag, wert_zeichen, vermerk in zip(
        s["gebiet"], s["merkmal"], s["stand"], zip(s["wert"], s["zeichen"], strict=True), s["vermerk"], strict=True
    ):
        if gebiet in raeume:
            je.setdefault(merkmal, []).append((tag, wert_zeichen, vermerk))
        elif gebiet in bloecke:
            unten.setdefault(merkmal, set()).add(tag)
    gruende = {b.zelle: b.meldung for b in umgestellt.befunde if b.code == "UMRECHNEN-VERWEIGERT"}
    nachher = Counter((name, tag) for name, werte in je.items() for tag, *_ in werte)
    fehlend: Counter[str] = Counter()
    for (name, tag), anzahl in vorher.items():
        if name not in unten:
            fehlend[name] += max(min(anzahl, len(raeume)) - nachher[name, tag], 0)
    zeilen = [
        _build_zeile(
            merkmal, je.get(merkmal.schluessel, ()), merkmal.schluessel in unten, fehlend[merkmal.schluessel], gruende
        )
        for merkmal in projekt.read(Merkmal)
        if merkmal.schluessel in je or merkmal.schluessel in unten
    ]
    folge = list(reversed(Umrechnungsart))
    zeilen.sort(key=lambda z: (folge.index(z.art), z.merkmal.name))
    return Umrechnungsbild(ziel, tuple(zeilen), (*umgestellt.befunde, *check_grenzen(projekt, gebietsstand)))


def _build_zeile(
    merkmal: Merkmal, werte: Iterable[tuple[dt.date, Any, Any]], von_unten: bool, fehlend: int, gruende: dict[str, str]
) -> Umrechnungszeile:
    alle = list(werte)
    geschaetzt = [tag for tag, _, vermerk in alle if vermerk == Vermerk.GESCHAETZT.name]
    ohne = [zeichen for _, (wert, zeichen), _ in alle if wert is None and zeichen != Zeichen.NICHTS.name]
    grund = gruende.get(merkmal.schluessel, "")
    if grund:
        art = Umrechnungsart.VERWEIGERT
    elif fehlend:
        art = Umrechnungsart.LUECKIG
    elif geschaetzt:
        art = Umrechnungsart.GESCHAETZT
    else:
        art = Umrechnungsart.SUMMIERT if von_unten else Umrechnungsart.UNVERAENDERT
    return Umrechnungszeile(
        merkmal, art, len(alle), len(geschaetzt), tuple(sorted({tag.year for tag in geschaetzt})), len(ohne) + fehlend,
        ohne.count(Zeichen.GEHEIM.name), grund,
    )  # fmt: skip
