"""The map in the workbook: an EMF picture that is well formed, shows released figures only, and never changes by itself."""

from __future__ import annotations

import struct

import attrs
import pytest

from sozialtool.ausgabe.kartenbild import Flaeche, draw_karte
from sozialtool.ausgabe.monitoring import write_monitoring
from sozialtool.fach.blattwahl import find_ohne
from tests.ausgabe.bau import GEBIETE, baue_bericht
from tests.ausgabe.hilfen import load, parts

QUADRAT = ((0.0, 0.0), (1000.0, 0.0), (1000.0, 500.0), (0.0, 500.0))


def records(roh: bytes) -> list[tuple[int, bytes]]:
    """Type and content of each record; fails where a size does not fit ([MS-EMF] 2.3)."""
    ergebnis, stelle = [], 0
    while stelle < len(roh):
        art, laenge = struct.unpack_from("<II", roh, stelle)
        assert laenge >= 8
        assert laenge % 4 == 0
        ergebnis.append((art, roh[stelle + 8 : stelle + laenge]))
        stelle += laenge
    assert stelle == len(roh)
    return ergebnis


def texts(roh: bytes) -> list[str]:
    """Letters of the EMR_EXTTEXTOUTW records."""
    return [
        inhalt[68 : 68 + 2 * struct.unpack_from("<I", inhalt, 36)[0]].decode("utf-16-le")
        for art, inhalt in records(roh)
        if art == 84
    ]


def test_the_picture_is_well_formed_and_keeps_proportion():
    bild = draw_karte([Flaeche((QUADRAT,), "#F1A340", ("Süd", "31,2 ▲▲"))], 102, 100, schrift="Arial")
    assert (bild.breite, bild.hoehe) == (102, 52)
    alle = records(bild.inhalt)
    kopf = struct.unpack_from("<8i4I2H", bild.inhalt, 8)
    assert kopf[:8] == (0, 0, 10200, 5200, 0, 0, 10200, 5200)
    assert kopf[8] == 0x464D4520
    assert kopf[10] == len(bild.inhalt)
    assert kopf[11] == len(alle)
    assert [art for art, _ in (alle[0], alle[-1])] == [1, 14]
    (flaeche,) = (inhalt for art, inhalt in alle if art == 8)
    assert struct.unpack_from("<4i", flaeche) == (100, 100, 10100, 5100)
    assert texts(bild.inhalt) == ["Süd", "31,2 ▲▲"]
    # Objects that are made are fewer than the header says (index 0 is reserved), and only made ones are taken up.
    gemacht = {struct.unpack_from("<I", inhalt)[0] for art, inhalt in alle if art in (38, 39, 82)}
    genommen = {struct.unpack_from("<I", inhalt)[0] for art, inhalt in alle if art == 37}
    assert genommen <= gemacht
    assert max(gemacht) < kopf[12]


def test_nothing_to_draw_is_refused():
    with pytest.raises(ValueError, match="outline"):
        draw_karte([], 100, 100, schrift="Arial")


def umrisse(gebiete):
    return {
        g.schluessel: (tuple((x + 1000.0 * n, y) for x, y in QUADRAT),)
        for n, g in enumerate(g for g in gebiete if g.ebene == "sozialraum" and not g.ist_rest)
    }


@pytest.fixture(scope="module")
def mit_karte(tmp_path_factory):
    pfad = tmp_path_factory.mktemp("karte") / "karte.xlsx"
    write_monitoring(pfad, attrs.evolve(baue_bericht(), umrisse=umrisse(GEBIETE)))
    return pfad


def test_each_picture_says_what_the_tiles_say(mit_karte):
    bilder = [inhalt for name, inhalt in sorted(parts(mit_karte).items()) if name.endswith(".emf")]
    werte_der_kacheln = [z.value for zeile in load(mit_karte)["Kachelkarte"].iter_rows() for z in zeile]
    zahlen = {float(wert) for wert in werte_der_kacheln if isinstance(wert, int | float)}
    assert bilder
    geheim = 0
    for bild in bilder:
        worte = texts(bild)
        namen, werte = worte[::2], worte[1::2]
        assert namen == [g.name for g in GEBIETE if g.ebene == "sozialraum" and not g.ist_rest]
        geheim += werte.count("•")
        for wert in werte:
            zahl = wert.split(" ")[0]
            if zahl[:1].isdigit():
                assert float(zahl.replace(".", "").replace(",", ".")) in zahlen
    assert geheim == werte_der_kacheln.count("•")


def test_the_map_has_an_alternative_text_and_the_same_bytes(mit_karte, tmp_path):
    zeichnungen = b"".join(i for n, i in parts(mit_karte).items() if n.startswith("xl/drawings/drawing"))
    assert "Karte der Sozialräume. Abbildung".encode() in zeichnungen
    nochmal = tmp_path / "karte.xlsx"
    write_monitoring(nochmal, attrs.evolve(baue_bericht(), umrisse=umrisse(GEBIETE)))
    assert nochmal.read_bytes() == mit_karte.read_bytes()


def test_without_all_outlines_there_is_no_map(tmp_path):
    halb = dict(list(umrisse(GEBIETE).items())[:-1])
    write_monitoring(tmp_path / "halb.xlsx", attrs.evolve(baue_bericht(), umrisse=halb))
    assert "Karte" not in load(tmp_path / "halb.xlsx").sheetnames


def test_the_map_points_to_no_sheet_that_was_left_out(tmp_path):
    bericht = attrs.evolve(baue_bericht(), umrisse=umrisse(GEBIETE))
    for ohne, steht in ((frozenset(), True), (find_ohne(blaetter=["karte"]), False)):
        pfad = tmp_path / "karte.xlsx"
        write_monitoring(pfad, attrs.evolve(bericht, ohne=ohne))
        texte = " ".join(str(z.value) for zeile in load(pfad)["Karte"] for z in zeile if z.value)
        assert ("Tabellen der Handlungsfelder" in " ".join(texte.split())) is steht
