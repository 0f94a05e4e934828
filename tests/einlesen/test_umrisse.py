"""Outlines from GeoJSON: which property names the area, degrees and metres, and files that are none."""

from __future__ import annotations

import json
import math

import pytest

from sozialtool.einlesen.umrisse import read_umrisse
from sozialtool.fach.karte import compute_flaeche
from sozialtool.fach.raum import Gebiet
from sozialtool.fehler import DateiFehler

GEBIETE = (
    Gebiet("03", "Rheinfeld Nord", "sozialraum", "0", namen=("Rheinfeld-N",)),
    Gebiet("04", "Altstadt", "sozialraum", "0"),
    Gebiet("11", "Brünkhorst", "sozialraum", "0"),
    Gebiet("nz", "nicht zuzuordnen", "sozialraum", "0"),
)


def feature(eigenschaften, *ringe, art="Polygon"):
    koordinaten = list(ringe) if art == "Polygon" else [[ring] for ring in ringe]
    return {"type": "Feature", "properties": eigenschaften, "geometry": {"type": art, "coordinates": koordinaten}}


def quadrat(x, y, seite):
    return [[x, y], [x + seite, y], [x + seite, y + seite], [x, y + seite], [x, y]]


def schreibe(ordner, *stuecke, **mehr):
    pfad = ordner / "grenzen.geojson"
    pfad.write_text(json.dumps({"type": "FeatureCollection", "features": stuecke, **mehr}), encoding="utf-8")
    return pfad


def test_names_and_keys_in_any_property_are_found(tmp_path):
    pfad = schreibe(
        tmp_path,
        feature({"gid": 1, "bez": "Ortsteil Rheinfeld-Nord"}, quadrat(0, 0, 1000)),
        feature({"gid": 2, "bez": "Altstadt"}, quadrat(1000, 0, 1000)),
        feature({"gid": 3, "bez": "Nachbarstadt"}, quadrat(2000, 0, 1000)),
    )
    lesung = read_umrisse(pfad, GEBIETE, "2025")
    assert lesung.spalte == "bez"
    assert {u.gebiet: u.gebietsstand for u in lesung.umrisse} == {"03": "2025", "04": "2025"}
    assert lesung.ohne_umriss == ("Brünkhorst",)
    assert lesung.fremde == ("Nachbarstadt",)
    assert "Nachbarstadt" in " ".join(lesung.zeilen())


def test_a_key_that_lost_its_zero_still_names_the_area(tmp_path):
    pfad = schreibe(tmp_path, *(feature({"nr": n}, quadrat(n * 1000, 0, 1000)) for n in (3, 4.0, 11)))
    assert {u.gebiet for u in read_umrisse(pfad, GEBIETE).umrisse} == {"03", "04", "11"}


def test_degrees_become_metres(tmp_path):
    # One hundredth of a degree at 51° north: 1,112 m to the north, 700 m to the east (cos 51° = 0.6293).
    ring = quadrat(6.6, 51.0, 0.01)
    (umriss,) = read_umrisse(schreibe(tmp_path, feature({"n": "03"}, ring)), GEBIETE).umrisse
    xs = [x for x, _ in umriss.punkte()[0]]
    ys = [y for _, y in umriss.punkte()[0]]
    assert max(ys) - min(ys) == pytest.approx(1112, abs=2)
    assert max(xs) - min(xs) == pytest.approx(1112 * math.cos(math.radians(51.005)), abs=2)


def test_parts_and_holes_of_one_area_stay_together(tmp_path):
    pfad = schreibe(
        tmp_path,
        feature({"n": "03"}, quadrat(0, 0, 900), quadrat(300, 300, 300)),
        feature({"n": "03"}, quadrat(2000, 0, 300), quadrat(2600, 0, 300), art="MultiPolygon"),
    )
    (umriss,) = read_umrisse(pfad, GEBIETE).umrisse
    assert sorted(abs(compute_flaeche(ring)) for ring in umriss.punkte()) == pytest.approx(
        [90_000, 90_000, 90_000, 810_000], rel=0.02
    )


def test_neighbours_share_their_points_after_rounding(tmp_path):
    grenze = [[500 + 90 * math.sin(i / 3), i * 10] for i in range(101)]
    links = [[0, 0], *grenze, [0, 1000], [0, 0]]
    rechts = [[1000, 0], *grenze, [1000, 1000], [1000, 0]]
    lesung = read_umrisse(schreibe(tmp_path, feature({"n": "03"}, links), feature({"n": "04"}, rechts)), GEBIETE)
    a, b = (set(u.punkte()[0]) for u in lesung.umrisse)
    assert len(a & b) >= 90


@pytest.mark.parametrize(
    ("inhalt", "wort"),
    [
        (b"", "keine GeoJSON-Datei"),
        (b"PK\x03\x04", "keine GeoJSON-Datei"),
        (b"[1, 2]", "keine GeoJSON-Datei mit Fl"),
        (b"[" * 100_000, "keine GeoJSON-Datei"),
        (b'{"type": "FeatureCollection", "features": 7}', "keine Fl"),
        (b'{"type": "FeatureCollection", "features": [null, 3, {"type": "Feature"}]}', "keine Fl"),
        ((b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"n": "03"}, '
         b'"geometry": {"type": "Polygon", "coordinates": [[["a", 1], [2, 3], [4, 5]]]}}]}'), "keine Zahlen"),
        ((b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"n": "03"}, '
         b'"geometry": {"type": "Polygon", "coordinates": [[[NaN, 1], [2, 3], [4, 5]]]}}]}'), "keine Zahlen"),
        ((b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"n": "03"}, '
         b'"geometry": {"type": "Polygon", "coordinates": [[[1e300, 1], [2, 3], [4, 5]]]}}]}'), "auf keiner Karte"),
        ((b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"n": "anderswo"}, '
         b'"geometry": {"type": "Polygon", "coordinates": [[[1, 1], [2, 3], [4, 5]]]}}]}'), "passt zu einem Gebiet"),
        ((b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": null, '
         b'"geometry": {"type": "Polygon", "coordinates": 5}}]}'), "keine Zahlen"),
    ],
    ids=lambda wert: wert if isinstance(wert, str) else str(len(wert)),  # Windows allows no endless names
)  # fmt: skip
def test_what_is_no_map_is_refused_in_german(tmp_path, inhalt, wort):
    pfad = tmp_path / "grenzen.geojson"
    pfad.write_bytes(inhalt)
    with pytest.raises(DateiFehler) as fehler:
        read_umrisse(pfad, GEBIETE)
    assert wort in fehler.value.meldung
    assert fehler.value.abhilfe


def test_a_missing_file_is_said_so(tmp_path):
    with pytest.raises(DateiFehler, match="gibt es nicht"):
        read_umrisse(tmp_path / "nirgends.geojson", GEBIETE)
