"""From the first workbook to the paper, "Als Nächstes" names one thing after the other."""

from __future__ import annotations

import datetime as dt

import attrs

from sozialtool import ablauf
from sozialtool.ablauf.weg import next_steps
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.drucksache import Drucksache
from sozialtool.fach.gremium import Gremium
from sozialtool.fach.planung import Einrichtung, Massnahme
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel
from tests.ablauf.kleinstadt import build_kleinstadt

HEUTE = dt.date(2026, 3, 2)
WEG = (
    ("Gremien eintragen", Gremium("PR", "Planungsrunde")),
    ("Bestand aufnehmen", Einrichtung("E1", "Jugendhaus", "Jugendeinrichtung", "01")),
    ("Stimmen sammeln", Stimme("S1", "Es fehlt ein Treff.", "01", "arbeit", dt.date(2025, 5, 1))),
    ("Ersten Bedarf festhalten", Bedarf("B1", "Treff", ("01",), belege=("S1",))),
    ("Erstes Ziel vereinbaren", Entwicklungsziel("Z1", "Weniger Armut", "01", "L1", "A07", 2024)),
    ("Erste Maßnahme eintragen", Massnahme("M1", "Treff", "Stadt", "Z1")),
    ("Drucksache zum Monitoring 2025 beginnen", Drucksache("17/801", "Monitoring")),
    ("Monitoring 2025 endgültig ausgeben", Veroeffentlichung("2025-1", "Monitoring 2025", 2025)),
)
"""What is asked for next → what answers it."""


def texte(projekt) -> list[str]:
    return [schritt.text for schritt in next_steps(projekt, HEUTE)]


def test_after_a_final_workbook_nobody_is_told_to_write_it_anew(tmp_path, monkeypatch):
    with build_kleinstadt(tmp_path, range(2024, 2026)) as projekt:
        spaeter = dt.datetime.now().replace(microsecond=0) + dt.timedelta(hours=1)
        monkeypatch.setattr("sozialtool.projekt.protokoll.read_uhr", lambda: spaeter)
        ablauf.ausgeben(projekt, 2025, endgueltig=True, begruendung="eilt")
        assert projekt.verlauf(1)[0].zeit == spaeter, "the release is noted after the file was written"
        with projekt.change("Index SI1 mit der Ausgabe 2025 festgehalten") as schreiber:
            schreiber.put(attrs.evolve(projekt.kommune, kreis="Kreis"))
        assert not [text for text in texte(projekt) if "neu ausgeben" in text]
        with projekt.change("Zahl") as schreiber:
            schreiber.put(attrs.evolve(projekt.kommune, land="Hessen"))
        assert [text for text in texte(projekt) if "neu ausgeben" in text]


def test_one_thing_after_the_other_until_the_paper_has_gone_out(tmp_path):
    with build_kleinstadt(tmp_path, range(2024, 2026)) as projekt:

        def asked() -> list[str]:
            return [anfang for anfang, _ in WEG if any(text.startswith(anfang) for text in texte(projekt))]

        ablauf.write_bausteine(projekt, HEUTE)
        assert "Monitoring 2025 ausgeben." in texte(projekt), "another document is no workbook"
        assert not asked()  # first a workbook
        ablauf.ausgeben(projekt, 2025)
        for anfang, antwort in WEG:
            assert asked() == [anfang]
            with projekt.change("weiter") as schreiber:
                schreiber.put(antwort, Leitziel("L1", "Jedes Kind zählt"))
        assert not asked()
        assert "Drucksache zum Monitoring 2025 als Word schreiben (F8, d, w)." in texte(projekt)
        (tmp_path / "ausgaben" / "2025" / "Drucksache_2025.docx").write_bytes(b"")
        assert not [text for text in texte(projekt) if "Drucksache" in text]
        with projekt.change("nächstes Jahr") as schreiber:
            schreiber.put(attrs.evolve(projekt.kommune, berichtsjahr=2026))
        assert not asked()
