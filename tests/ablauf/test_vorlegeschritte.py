"""From the first workbook to the paper, "Als Nächstes" names one thing after the other."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from sozialtool import ablauf
from sozialtool.ablauf.abgleich import EINSTELLUNG
from sozialtool.ablauf.weg import next_steps
from sozialtool.ablauf.werte import NaechsterSchritt
from sozialtool.ablauf.wirkung import OHNE_WIRKUNG
from sozialtool.fach.abfrage import Abfrage, Abfragestand, Fachbereich
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.drucksache import Drucksache
from sozialtool.fach.gremium import Gremium
from sozialtool.fach.messwert import Messwert
from sozialtool.fach.planung import Einrichtung, Massnahme
from sozialtool.fach.quelle import Befund, Quelle, Schwere
from sozialtool.fach.raum import Ebene, Gebiet
from sozialtool.fach.sozialindex import Indexfassung
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel
from tests.ablauf.kleinstadt import build_kleinstadt

HEUTE = dt.date(2026, 3, 2)
ZUR_DRUCKSACHE = (
    ("Gremien eintragen", Gremium("PR", "Planungsrunde")),
    ("Drucksache zum Monitoring 2025 beginnen", Drucksache("17/801", "Monitoring")),
    (
        "Monitoring 2025 endgültig ausgeben",
        Veroeffentlichung("2025-1", "Monitoring 2025", 2025, datei="Monitoring_2025.xlsx"),
    ),
)
"""What is asked for next on the way to the paper → what answers it."""
BREITER = (
    ("Bestand aufnehmen", Einrichtung("E1", "Jugendhaus", "Jugendeinrichtung", "01")),
    ("Stimmen sammeln", Stimme("S1", "Es fehlt ein Treff.", "01", "arbeit", dt.date(2025, 5, 1))),
    ("Ersten Bedarf festhalten", Bedarf("B1", "Treff", ("01",), belege=("S1",))),
    ("Erstes Ziel vereinbaren", Entwicklungsziel("Z1", "Weniger Armut", "01", "L1", "A07", 2024)),
    ("Erste Maßnahme eintragen", Massnahme("M1", "Treff", "Stadt", "Z1")),
)
"""What broadens the work, in this order → what answers it."""


def texte(projekt) -> list[str]:
    return [schritt.text for schritt in next_steps(projekt, HEUTE)]


def veraltet(projekt) -> list[str]:
    return [text for text in texte(projekt) if "neu ausgeben" in text]


@pytest.fixture
def ausgegeben(tmp_path, monkeypatch):
    """A town whose Monitoring went out; what follows is done an hour later."""
    with build_kleinstadt(tmp_path, range(2024, 2026)) as projekt:
        spaeter = dt.datetime.now().replace(microsecond=0) + dt.timedelta(hours=1)
        monkeypatch.setattr("sozialtool.projekt.protokoll.read_uhr", lambda: spaeter)
        ablauf.ausgeben(projekt, 2025, endgueltig=True, begruendung="eilt")
        assert projekt.verlauf(1)[0].zeit == spaeter, "the release is noted after the file was written"
        yield projekt


def test_after_a_final_workbook_nobody_is_told_to_write_it_anew(ausgegeben):
    assert not veraltet(ausgegeben)
    with ausgegeben.change("Zahl") as schreiber:
        schreiber.put(attrs.evolve(ausgegeben.kommune, land="Hessen"))
    assert veraltet(ausgegeben)


def test_who_asks_reminds_and_confers_makes_no_monitoring_old(ausgegeben):
    frist = dt.date(2027, 3, 31)
    for abfrage in ablauf.create_abfragen(ausgegeben, 2026, frist):
        ablauf.mark_erinnert(ausgegeben, abfrage.fachbereich, 2026)
        ablauf.edit_abfrage(ausgegeben, abfrage.fachbereich, 2026, frist=frist + dt.timedelta(days=7))
        ablauf.remove_abfrage(ausgegeben, abfrage.fachbereich, 2026)
    ablauf.save_fachbereich(ausgegeben, Fachbereich("", "Gesundheitsamt"))
    with ausgegeben.change("Kinderarmut: Ausschuss will mehr wissen") as schreiber:
        schreiber.put(Indexfassung("SI1", 2025, HEUTE, "{}"), Gremium("PR", "Planungsrunde"))
    with ausgegeben.change("verglichen") as schreiber:
        schreiber.set_setting(EINSTELLUNG, [])
    assert len(ausgegeben.verlauf(200)) > 8
    assert not veraltet(ausgegeben)


def test_a_corrected_figure_makes_the_monitoring_old_however_much_follows(ausgegeben):
    with ausgegeben.change("Abfragen für 2025 verglichen, Jugendamt gefragt") as schreiber:
        schreiber.put_messwerte([Messwert("01", "ew", dt.date(2025, 12, 31), 3001.0)])
    assert veraltet(ausgegeben)
    ausgegeben.undo()
    assert not veraltet(ausgegeben), "as it was when the workbook was written"
    ausgegeben.redo()
    for n in range(25):
        ablauf.save_fachbereich(ausgegeben, Fachbereich("", f"Amt {n}"))
    assert veraltet(ausgegeben)


def test_what_is_said_to_have_no_effect_is_not_read_for_the_workbook(tmp_path, monkeypatch):
    gelesen: set[type] = set()
    with build_kleinstadt(tmp_path, range(2024, 2026)) as projekt:
        with projekt.change("von allem etwas") as schreiber:
            schreiber.put(
                *(eintrag for _, eintrag in (*ZUR_DRUCKSACHE[:-1], *BREITER)), Leitziel("L1", "Jedes Kind zählt")
            )
        for tuer in ("read", "get"):
            echt = getattr(type(projekt), tuer)

            def note(self, klasse, *rest, echt=echt):
                gelesen.add(klasse)
                return echt(self, klasse, *rest)

            monkeypatch.setattr(type(projekt), tuer, note)
        ablauf.ausgeben(projekt, 2025)
    assert {Massnahme, Stimme, Drucksache} <= gelesen
    # Earlier releases are read for their protection alone: what they show stays as it is.
    assert gelesen & OHNE_WIRKUNG == {Veroeffentlichung}


def test_a_begun_paper_makes_no_draft_of_the_workbook_old(tmp_path, monkeypatch):
    with build_kleinstadt(tmp_path, range(2024, 2026)) as projekt:
        ablauf.ausgeben(projekt, 2025)
        spaeter = dt.datetime.now().replace(microsecond=0) + dt.timedelta(hours=1)
        monkeypatch.setattr("sozialtool.projekt.protokoll.read_uhr", lambda: spaeter)
        with projekt.change("Gremium") as schreiber:
            schreiber.put(Gremium("PR", "Planungsrunde"))
        ablauf.create_drucksache(projekt, "17/801", 2025)
        assert not veraltet(projekt), "the final one, asked for next, carries its number"
        with projekt.change("Zahl") as schreiber:
            schreiber.put_messwerte([Messwert("01", "ew", dt.date(2025, 12, 31), 3001.0)])
        assert veraltet(projekt)


def test_steps_name_the_place_where_they_are_done(tmp_path):
    with build_kleinstadt(tmp_path, range(2024, 2026)) as projekt:
        with projekt.change("Befund") as schreiber:
            schreiber.put(Quelle("q7", "kita.xlsx", "ab" * 32), Gremium("PR", "Planungsrunde", sieht_zuerst=True))
            schreiber.put_befunde("q7", [Befund("FRAGE", Schwere.FRAGE, "Stimmt das?")])
        stellen = {s.text.partition(" ")[0]: (s.ziel, s.stelle) for s in next_steps(projekt, HEUTE)}
    assert stellen["1"] == ("daten", "q7")
    assert stellen["Gebietsstand"] == ("raeume", "gebietsstaende")


def test_to_the_paper_one_thing_after_the_other_whatever_the_inventory_holds(tmp_path):
    with build_kleinstadt(tmp_path, range(2024, 2026)) as projekt:

        def asked() -> list[str]:
            offen, alle = texte(projekt), [anfang for anfang, _ in (*ZUR_DRUCKSACHE, *BREITER)]
            return [anfang for text in offen for anfang in alle if text.startswith(anfang)]

        def answer(eintrag: object) -> None:
            with projekt.change("weiter") as schreiber:
                schreiber.put(eintrag, Leitziel("L1", "Jedes Kind zählt"))

        ablauf.write_bausteine(projekt, HEUTE)
        assert "Monitoring 2025 ausgeben." in texte(projekt), "another document is no workbook"
        assert not asked()  # first a workbook
        ablauf.ausgeben(projekt, 2025)
        daneben: list[str] = []
        for anfang, antwort in ZUR_DRUCKSACHE:
            assert asked() == [anfang, *daneben], "the paper first, the inventory beside it and never before"
            answer(antwort)
            daneben = [BREITER[0][0]]
        answer(Veroeffentlichung("2025-2", "Sozialbericht 2025", 2025, datei="Sozialbericht_2025.docx"))
        assert "Drucksache zum Monitoring 2025 als Word schreiben (F8, d, w)." in texte(projekt)
        (tmp_path / "ausgaben" / "2025" / "Drucksache_2025.docx").write_bytes(b"")
        assert not [text for text in texte(projekt) if "Drucksache" in text]
        for anfang, antwort in BREITER:
            assert asked() == [anfang]
            answer(antwort)
        assert not asked()
        with projekt.change("nächstes Jahr") as schreiber:
            schreiber.put(attrs.evolve(projekt.kommune, berichtsjahr=2026))
        assert not asked()


def test_another_release_is_no_monitoring_and_after_it_nobody_asks_for_bodies_first(tmp_path):
    with build_kleinstadt(tmp_path, range(2024, 2026)) as projekt:
        ablauf.ausgeben(projekt, 2025)
        with projekt.change("Bericht") as schreiber:
            schreiber.put(Veroeffentlichung("2025-1", "Sozialbericht", 2025, datei="Sozialbericht_2025.docx"))
            schreiber.put(Gremium("PR", "Planungsrunde"), Drucksache("17/801", "Monitoring"))
        assert any("endgültig ausgeben" in text for text in texte(projekt))
        with projekt.change("ohne Gremium hinaus") as schreiber:
            schreiber.remove(Gremium, "PR")
            schreiber.put(ZUR_DRUCKSACHE[-1][1])
        wege = [text for text in texte(projekt) if "Gremien" in text or "Drucksache" in text]
        assert [text.partition(" ")[0] for text in wege] == ["Drucksache", "Gremien"]


def test_boundaries_that_nobody_agreed_on_are_named_until_somebody_has(tmp_path):
    def asked(projekt) -> list[NaechsterSchritt]:
        return [s for s in next_steps(projekt, HEUTE) if s.text.startswith("Gebietsstand vereinbaren")]

    with build_kleinstadt(tmp_path, range(2024, 2026)) as projekt:
        ablauf.agree_sozialraeume(projekt, dt.date(2024, 12, 1), "Rat")
        assert not asked(projekt)
        ablauf.undo(projekt)
        assert asked(projekt), "without smaller areas the Sozialräume themselves are agreed"
        with projekt.change("Blöcke") as schreiber:
            schreiber.put(Ebene("baublock", "Baublock", "Baublöcke", "sozialraum"))
            schreiber.put(*(Gebiet(f"b{n}", f"Block {n}", "baublock", f"0{n}") for n in range(1, 7)))
        (schritt,) = asked(projekt)
        assert (schritt.ziel, schritt.dringlich) == ("raeume", True)
        ablauf.make_variante(projekt, "s25", "Sozialräume 2025")
        assert asked(projekt), "a Variante, and the copy of what is there, are no agreement"
        ablauf.agree_gebietsstand(projekt, "s25", dt.date(2025, 1, 1), "Rat")
        assert not asked(projekt)


def test_one_area_is_one_and_beyond_a_few_names_only_how_many(tmp_path):
    with build_kleinstadt(tmp_path, range(2024, 2026)) as projekt:
        for n, satz in enumerate(
            (
                "1 Gebiet liegt in mehreren Sozialräumen; seine Werte",
                "2 Gebiete liegen in mehreren Sozialräumen; ihre Werte",
            )
        ):
            with projekt.change("Stimmbezirk") as schreiber:
                schreiber.put(
                    Ebene("stimmbezirk", "Stimmbezirk", "Stimmbezirke", ""),
                    Gebiet(f"00{n}", f"Schule {n}", "stimmbezirk"),
                )
            assert f"{satz} gelten als „nicht zuzuordnen“." in texte(projekt)
        with projekt.change("fünf gefragt") as schreiber:
            for name in "ABCDE":
                abfrage = Abfrage(name, 2025, frist=dt.date(2026, 2, 1), stand=Abfragestand.VERSANDT)
                schreiber.put(Fachbereich(name, f"Amt {name}"), abfrage)
                schreiber.put(Bedarf(name, "Treff", ("01",)))
        assert "5 Rückläufe überfällig: Amt A, Amt B, Amt C und 2 weitere." in texte(projekt)
        assert "Bedarfe noch ohne Beleg: A, B, C, D, E." in texte(projekt)
