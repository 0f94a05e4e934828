"""Outlines of areas from a GeoJSON file (RFC 7946), matched to the project's areas by key or name.

Longitude and latitude are laid flat about the middle of the file (`fach.lage`), which each outline keeps; coordinates in metres (UTM,
Gauß-Krüger), as German surveying offices also deliver them, are taken as they are: nobody knows where on earth they lie. Points are
rounded to a grid as fine as a picture can show.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from sozialtool.einlesen.texte import norm_gebiet
from sozialtool.fach.karte import Punkt, Umriss
from sozialtool.fach.lage import Lage
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import name_einige
from sozialtool.fehler import DateiUnlesbar
from sozialtool.orte import explain_os_error, lang

GROESSTE = 32 * 1024 * 1024
"""Bytes of a file; the outlines of a town fit a hundred times."""
FEINHEIT = 1500
"""Steps of the grid along the town's extent: a tenth of a millimetre on a page."""
_GENANNT = 6
OHNE_BEZUG = (
    "Die Umrisse liegen in Metern, und die Datei sagt nicht, wo auf der Erde: Karten gehen damit, Entfernungen nicht. Für sie die Grenzen als "
    "GeoJSON in WGS84 speichern, mit Länge und Breite in Grad (so will es RFC 7946), und noch einmal einlesen."
)
"""What is said about outlines that no coordinate of a facility can be laid beside."""


@attrs.frozen
class Umrisslesung:
    """What a file says: outlines by area, which column named them, and what did not fit (to be shown)."""

    datei: str
    umrisse: tuple[Umriss, ...]
    spalte: str
    ohne_umriss: tuple[str, ...]
    fremde: tuple[str, ...]

    def zeilen(self) -> tuple[str, ...]:
        """Say in German sentences what was found and what is missing."""
        zeilen = [f"{len(self.umrisse)} Umrisse gelesen, zugeordnet nach der Angabe „{self.spalte}“."]
        if self.ohne_umriss:
            zeilen.append(f"Ohne Umriss bleiben: {name_einige(self.ohne_umriss, _GENANNT)}.")
        if self.fremde:
            zeilen.append(f"Nicht zugeordnet, weil das Projekt sie nicht kennt: {name_einige(self.fremde, _GENANNT)}.")
        if any(not umriss.bezug for umriss in self.umrisse):
            zeilen.append(OHNE_BEZUG)
        return tuple(zeilen)


def read_umrisse(pfad: Path, gebiete: Sequence[Gebiet], gebietsstand: str = "") -> Umrisslesung:
    """Read a GeoJSON file and match its features to areas.

    The property whose values hit the most areas (by key, else by name or another spelling) decides for all features; several
    features of one area become one outline.

    Args:
        pfad: the file (.geojson, .json).
        gebiete: areas that can be drawn; all of one level win together, because a town draws one level per file.
        gebietsstand: key of the Gebietsstand in force, kept with the outlines.

    Raises:
        DateiFehler: not readable, no GeoJSON with polygons, or nothing fits.
    """
    merkmale = [(e, ringe) for e, ringe in _features(_load(pfad), pfad) if ringe]
    if not merkmale:
        raise _unlesbar(pfad, "enthält keine Flächen (Polygon oder MultiPolygon)")
    spalte, treffer = _match([eigenschaften for eigenschaften, _ in merkmale], gebiete)
    if not spalte:
        raise DateiUnlesbar(
            f"Keine Fläche in „{pfad.name}“ passt zu einem Gebiet des Projekts.",
            "In den Eigenschaften der Flächen muss der Schlüssel oder der Name des Gebiets stehen (F3 zeigt beide).",
            "UMRISS-FREMD",
        )
    flach, bezug = _flatten([ringe for _, ringe in merkmale], pfad)
    je_gebiet: dict[str, list[list[Punkt]]] = {}
    fremde: list[str] = []
    for nummer, (schluessel, ringe) in enumerate(zip(treffer, flach, strict=True)):
        if schluessel:
            je_gebiet.setdefault(schluessel, []).extend(ringe)
        else:
            fremde.append(_text(merkmale[nummer][0].get(spalte)) or f"Fläche {nummer + 1}")
    schritt = max(_extent(flach) / FEINHEIT, 1.0)
    umrisse = []
    for schluessel, ringe in sorted(je_gebiet.items()):
        duenn = [snap(ring, schritt) for ring in ringe]
        umriss = Umriss.from_punkte(schluessel, duenn, gebietsstand=gebietsstand, herkunft=pfad.name, bezug=bezug)
        if umriss.ringe:
            umrisse.append(umriss)
    da = {umriss.gebiet for umriss in umrisse}
    ebenen = {g.ebene for g in gebiete if g.schluessel in da}
    ohne = tuple(g.name for g in gebiete if g.ebene in ebenen and g.schluessel not in da and not g.ist_rest)
    return Umrisslesung(pfad.name, tuple(umrisse), spalte, ohne, tuple(fremde))


def _unlesbar(pfad: Path, was: str) -> DateiUnlesbar:
    return DateiUnlesbar(
        f"„{pfad.name}“ {was}.",
        "Bitte das Vermessungsamt um die Grenzen als GeoJSON-Datei bitten (aus jedem GIS zu speichern).",
        "UMRISS-DATEI",
    )


def _load(pfad: Path) -> dict[str, Any]:
    try:
        with Path(lang(pfad)).open("rb") as datei:
            roh = datei.read(GROESSTE + 1)
    except (OSError, ValueError) as fehler:
        raise explain_os_error(pfad, fehler) from fehler
    if len(roh) > GROESSTE:
        raise _unlesbar(pfad, f"ist größer als {GROESSTE // 1024 // 1024} MB")
    try:
        inhalt = json.loads(roh.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # not JSON, not UTF-8, or nested without end
        raise _unlesbar(pfad, "ist keine GeoJSON-Datei") from None
    if not isinstance(inhalt, dict) or inhalt.get("type") not in ("FeatureCollection", "Feature"):
        raise _unlesbar(pfad, "ist keine GeoJSON-Datei mit Flächen")
    return inhalt


def _features(inhalt: dict[str, Any], pfad: Path) -> Iterator[tuple[dict[str, Any], list[list[Punkt]]]]:
    """Properties (with the feature's id) and rings of each feature; anything but areas has no rings."""
    stuecke = inhalt.get("features", []) if inhalt["type"] == "FeatureCollection" else [inhalt]
    for stueck in stuecke if isinstance(stuecke, list) else ():
        if not isinstance(stueck, dict):
            continue
        eigenschaften = stueck.get("properties")
        angaben = dict(eigenschaften) if isinstance(eigenschaften, dict) else {}
        if "id" in stueck:
            angaben.setdefault("id", stueck["id"])
        form = stueck.get("geometry")
        try:
            yield angaben, list(_rings(form)) if isinstance(form, dict) else []
        except (TypeError, ValueError, IndexError):
            raise _unlesbar(pfad, "enthält eine Fläche, deren Punkte keine Zahlen sind") from None


def _rings(form: dict[str, Any]) -> Iterator[list[Punkt]]:
    if form.get("type") == "Polygon":
        flaechen = [form["coordinates"]] if "coordinates" in form else []
    elif form.get("type") == "MultiPolygon":
        flaechen = form.get("coordinates", [])
    else:
        return
    for flaeche in flaechen:
        for ring in flaeche:
            punkte = [(float(punkt[0]), float(punkt[1])) for punkt in ring]
            if not all(math.isfinite(x) and math.isfinite(y) for x, y in punkte):
                raise ValueError
            if len(punkte) >= 3:
                yield punkte


def _text(wert: object) -> str:
    """A property as text; 3.0 and 3 are the same key."""
    if isinstance(wert, bool) or wert is None or isinstance(wert, (dict, list)):
        return ""
    if isinstance(wert, float) and wert.is_integer():
        return str(int(wert))
    return str(wert).strip()


def _match(angaben: list[dict[str, Any]], gebiete: Sequence[Gebiet]) -> tuple[str, list[str]]:
    """Find the property that names the most areas of one level; return it and the key per feature ("" for none)."""
    beste: tuple[int, str, list[str]] = (0, "", [])
    for ebene in dict.fromkeys(g.ebene for g in gebiete):
        eigene = [g for g in gebiete if g.ebene == ebene and not g.ist_rest]
        schluessel = {g.schluessel: g.schluessel for g in eigene}
        # A number loses its leading zero on the way; where that stays unambiguous it still names the area.
        kurz = Counter(g.schluessel.lstrip("0") for g in eigene)
        schluessel |= {
            k: g.schluessel for g in eigene if kurz[k := g.schluessel.lstrip("0")] == 1 and k not in schluessel
        }
        namen = {norm_gebiet(n): g.schluessel for g in reversed(eigene) for n in (*g.namen, g.name)}
        for spalte in sorted({name for angabe in angaben for name in angabe}):
            texte = [_text(angabe.get(spalte)) for angabe in angaben]
            for gefunden in (
                [schluessel.get(t, "") for t in texte], [namen.get(norm_gebiet(t), "") if t else "" for t in texte],
            ):  # fmt: skip
                anzahl = len(set(gefunden) - {""})
                if anzahl > beste[0]:
                    beste = (anzahl, spalte, gefunden)
    return beste[1], beste[2]


def _flatten(flaechen: list[list[list[Punkt]]], pfad: Path) -> tuple[list[list[list[Punkt]]], str]:
    """Lay degrees flat in metres and say around which place ("" where metres stay as they are)."""
    punkte = [p for ringe in flaechen for ring in ringe for p in ring]
    if any(abs(x) > 180 or abs(y) > 90 for x, y in punkte):
        if any(abs(x) > 1e8 or abs(y) > 1e8 for x, y in punkte):
            raise _unlesbar(pfad, "hat Koordinaten, die auf keiner Karte liegen")
        return flaechen, ""
    mitte_x = (min(x for x, _ in punkte) + max(x for x, _ in punkte)) / 2
    mitte_y = (min(y for _, y in punkte) + max(y for _, y in punkte)) / 2
    # What is kept is rounded, and everything is laid flat around what is kept; no town lies at a pole.
    bezug = Lage.from_text(Lage(mitte_y, mitte_x).to_text())
    if bezug is None:
        return flaechen, ""
    return [[[bezug.flatten(Lage(y, x)) for x, y in ring] for ring in ringe] for ringe in flaechen], bezug.to_text()


def _extent(flaechen: list[list[list[Punkt]]]) -> float:
    xs = [x for ringe in flaechen for ring in ringe for x, _ in ring]
    ys = [y for ringe in flaechen for ring in ringe for _, y in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def snap(ring: Sequence[Punkt], schritt: float) -> list[Punkt]:
    """Round a ring to a grid of this width and leave out points that fall together.

    Neighbours that share points before still share them afterwards, which no thinning of single lines can promise; so the line
    between two areas of one Sozialraum can be found and left out.
    """
    auf_gitter = [(round(x / schritt) * schritt, round(y / schritt) * schritt) for x, y in ring]
    duenn = [punkt for vorher, punkt in zip([auf_gitter[-1], *auf_gitter], auf_gitter, strict=False) if punkt != vorher]
    return duenn or auf_gitter[:1]
