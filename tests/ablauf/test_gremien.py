"""Bodies, meetings, the cycle: what belongs to a meeting, invitation and minutes, where a Thema stands, who sees figures first."""

from __future__ import annotations

import datetime as dt

import attrs
import docx
import pytest
from kleinstadt import build_kleinstadt
from test_planungslisten import fill

from sozialtool import ablauf
from sozialtool.ablauf.prozesstafeln import build_punktetafel, build_umlauftafel
from sozialtool.ablauf.prozesstext import sitzung_text
from sozialtool.ablauf.umlauf import Lage
from sozialtool.cli import run
from sozialtool.fach.gremium import (
    Aufgabe,
    Aufgabenstand,
    Beschluss,
    Beschlussart,
    Gremienart,
    Gremium,
    Sitzung,
    Sitzungsstand,
    Tagesordnungspunkt,
    Thema,
)
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fehler import BedienFehler, DatenFehler
from tests.ausgabe.test_briefbogen import make_bogen

MAERZ = dt.date(2026, 3, 5)
SPAETER = dt.date(2026, 3, 16)


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2025, 2026)) as projekt:
        yield projekt


def put(projekt, *eintraege):
    with projekt.change("Prozess") as schreiber:
        schreiber.put(*eintraege)


def hold(projekt, schluessel, gremium, thema, tag=MAERZ, stand=Sitzungsstand.GEHALTEN):
    put(
        projekt,
        Sitzung(schluessel, gremium, tag, 1, stand=stand),
        Tagesordnungspunkt(schluessel, 1, "Monitoring", thema),
    )


@pytest.fixture
def runde(projekt):
    """The usual bodies, and the figures of 2025 as a Thema."""
    ablauf.take_gremien(projekt)
    put(projekt, Thema("m25", "Monitoring 2025", 2025, beginn=MAERZ))
    return projekt


def test_the_usual_bodies_bring_one_circle_for_each_sozialraum(projekt):
    ablauf.take_gremien(projekt)
    gremien = ablauf.list_gremien(projekt)
    assert [g.art for g in gremien if g.art is not Gremienart.STADTTEIL] == [
        Gremienart.PLANUNGSRUNDE, Gremienart.STEUERUNGSGRUPPE, Gremienart.TRAEGERRUNDE, Gremienart.VORSTAND,
        Gremienart.AUSSCHUSS, Gremienart.RAT,
    ]  # fmt: skip
    assert [g.gebiet for g in gremien if g.art is Gremienart.STADTTEIL] == ["01", "02", "03", "04", "05", "06"]
    assert all(g.mitglieder for g in gremien)
    with pytest.raises(BedienFehler, match="alle schon eingetragen"):
        ablauf.take_gremien(projekt)
    ablauf.undo(projekt)
    assert ablauf.list_gremien(projekt) == ()


def test_a_task_belongs_to_a_point_that_there_is_and_is_never_left_out(runde):
    hold(runde, "PR-01", "PR", "m25")
    werte = attrs.asdict(Aufgabe("X1", "Nachliefern", "Schulamt", sitzung="PR-01"))
    with pytest.raises(BedienFehler, match="Einen TOP 7 hat die Sitzung „PR-01“ nicht"):
        ablauf.save_eintrag(runde, Aufgabe, {**werte, "top": 7})
    with pytest.raises(BedienFehler, match="genannt ist keine"):
        ablauf.save_eintrag(runde, Aufgabe, {**werte, "sitzung": "", "top": 1})
    ablauf.save_eintrag(runde, Aufgabe, {**werte, "top": 1})
    put(runde, Aufgabe("X2", "Anders", "Jugendamt", sitzung="PR-01", top=9))  # from an agenda that was written anew
    ablauf.save_eintrag(runde, Aufgabe, {**werte, "schluessel": "X3", "text": "Ohne"})
    text = sitzung_text(ablauf.describe_sitzung(runde, "PR-01"))
    assert "  Aufgabe: Nachliefern – Schulamt" in text
    assert "Aufgabe ohne TOP: Anders – Jugendamt" in text
    assert "Aufgabe ohne TOP: Ohne – Schulamt" in text


def test_the_cycle_says_where_a_thema_stands(runde):
    (anfang,) = ablauf.describe_umlauf(runde)
    assert [(s.nummer, s.name, s.lage) for s in anfang.stationen] == [
        (1, "Städtische Planungsrunde", Lage.OFFEN), (2, "Trägerrunde", Lage.OFFEN), (3, "Stadtteilarbeitskreise", Lage.OFFEN),
        (4, "Verwaltungsvorstand", Lage.OFFEN), (5, "Fachausschuss", Lage.OFFEN),
    ]  # fmt: skip
    hold(runde, "PR-01", "PR", "m25")
    hold(runde, "TR-01", "TR", "m25", SPAETER, Sitzungsstand.EINGELADEN)
    hold(runde, "AK-01-01", "AK-01", "m25")
    hold(runde, "RAT-01", "RAT", "m25")
    (jetzt,) = ablauf.describe_umlauf(runde)
    assert [s.lage for s in jetzt.stationen] == [Lage.BERATEN, Lage.GEPLANT, Lage.TEILWEISE, Lage.OFFEN, Lage.OFFEN]
    assert [s.kurz for s in jetzt.stationen] == ["√ 05.03.26", "● 16.03.26", "◦ 1 von 6", "○ offen", "○ offen"]
    assert jetzt.naechste is not None
    assert jetzt.naechste.name == "Trägerrunde"
    assert [b.gremium.schluessel for b in jetzt.weitere] == ["RAT"]
    put(runde, attrs.evolve(jetzt.thema, gebiete=("01",), abgeschlossen=SPAETER))
    (eines,) = ablauf.describe_umlauf(runde)
    assert eines.stationen[2].lage is Lage.BERATEN  # only the circle of this Sozialraum counts
    assert eines.naechste is None
    assert ablauf.describe_umlauf(runde, auch_abgeschlossene=False) == ()


def test_figures_wait_for_who_must_see_them_first(runde):
    with pytest.raises(BedienFehler, match="Städtische Planungsrunde") as fehler:
        ablauf.ausgeben(runde, 2025, stand=SPAETER, endgueltig=True)
    assert fehler.value.code == "BERATUNG-FEHLT"
    assert runde.read(Veroeffentlichung) == []
    ablauf.ausgeben(runde, 2025, stand=SPAETER)  # a draft may be written: the Planungsrunde discusses it
    hold(runde, "PR-01", "PR", "m25")
    ablauf.ausgeben(runde, 2025, stand=SPAETER, endgueltig=True)
    assert [v.vorbehalt for v in runde.read(Veroeffentlichung)] == [""]


@pytest.mark.parametrize(
    ("thema", "tag", "stand", "art"),
    [
        ("anderes", MAERZ, Sitzungsstand.GEHALTEN, None),
        ("m25", SPAETER + dt.timedelta(days=1), Sitzungsstand.GEHALTEN, None),
        ("m25", MAERZ, Sitzungsstand.EINGELADEN, None),
        ("m25", MAERZ, Sitzungsstand.AUSGEFALLEN, None),
        ("m25", MAERZ, Sitzungsstand.GEHALTEN, Beschlussart.VERTAGT),
    ],
    ids=["anderes Thema", "erst danach", "nur eingeladen", "ausgefallen", "vertagt"],
)
def test_what_does_not_count_as_seen(runde, thema, tag, stand, art):
    put(runde, Thema("anderes", "Monitoring 2024", 2024))
    hold(runde, "PR-01", "PR", thema, tag, stand)
    if art is not None:
        put(runde, Beschluss("PR-01", 1, 1, "Kommt wieder.", art))
    assert [g.schluessel for g in ablauf.find_ungesehen(runde, 2025, SPAETER)] == ["PR"]


def test_the_planner_may_say_why_it_goes_out_all_the_same(runde, capsys):
    pfad = str(runde.pfad)
    runde.close()
    assert run(["--projekt", pfad, "ausgeben", "--endgueltig"]) == 2
    assert "--ohne-beratung" in capsys.readouterr().err
    for wort in (" . ", "–", "ok", "123"):
        assert run(["--projekt", pfad, "ausgeben", "--endgueltig", "--ohne-beratung", wort]) == 2
        assert f"„{wort.strip()}“ ist kein Grund" in capsys.readouterr().err
    assert run(["--projekt", pfad, "ausgeben", "--endgueltig", "--ohne-beratung", "Frist des Förderantrags"]) == 0
    with ablauf.open_projekt(runde.pfad) as projekt:
        (v,) = projekt.read(Veroeffentlichung)
    assert v.vorbehalt == "Vor der Beratung in Städtische Planungsrunde: Frist des Förderantrags"
    run(["--projekt", pfad, "geheimhaltung"])
    assert "Frist des Förderantrags" in capsys.readouterr().out


def test_figures_that_came_after_the_meeting_are_named_and_stop_nothing(runde, capsys):
    def deliver(name, am, stand=dt.date(2025, 12, 31)):
        put(runde, Quelle(name, f"{name}.xlsx", name, stand=stand, eingelesen_am=dt.datetime.combine(am, dt.time(9))))

    hold(runde, "PR-01", "PR", "m25", dt.date(2026, 2, 2))
    hold(runde, "RAT-01", "RAT", "m25", dt.date(2026, 1, 1))  # need not see them first
    deliver("davor", MAERZ - dt.timedelta(days=1))
    assert "davor.xlsx" in ablauf.list_seither(runde, 2025)[0]
    hold(runde, "PR-02", "PR", "m25")
    deliver("selber_tag", MAERZ)
    deliver("naechstes_jahr", SPAETER, dt.date(2026, 3, 1))
    assert ablauf.list_seither(runde, 2025) == (), "the last meeting counts, and figures of this year or before it"
    deliver("jobcenter", SPAETER)
    satz = (
        "Seit der Sitzung vom 05.03.2026 (Städtische Planungsrunde) sind Zahlen neu eingelesen: jobcenter.xlsx. "
        "Beraten wurde dort der Stand davor."
    )
    assert ablauf.list_seither(runde, 2025) == (satz,)
    assert ablauf.list_seither(runde, 2025, dt.date(2026, 3, 4))[0].startswith("Seit der Sitzung vom 02.02.2026")
    assert ablauf.list_seither(runde, 2024) == ()
    (zeile,) = build_umlauftafel(runde).zeilen
    assert f"! {satz}" in zeile.detail
    pfad = str(runde.pfad)
    runde.close()
    assert run(["--projekt", pfad, "gremien", "umlauf"]) == 0
    assert f"! {satz}" in capsys.readouterr().out
    assert run(["--projekt", pfad, "ausgeben", "--endgueltig"]) == 0
    assert f"! {satz}" in capsys.readouterr().err


def words(pfad):
    dokument = docx.Document(str(pfad))
    zellen = [zelle.text for tabelle in dokument.tables for zeile in tabelle.rows for zelle in zeile.cells]
    return [a.text for a in dokument.paragraphs if a.text], zellen


def test_invitation_and_minutes(runde):
    put(
        runde, Sitzung("PR-01", "PR", dt.date(2025, 11, 27), 1), Aufgabe("A1", "Frist setzen", "Jobcenter", MAERZ, "PR-01"),
        Sitzung("PR-02", "PR", MAERZ, 2, "14:00", "Rathaus", Sitzungsstand.GEHALTEN, ("Sozialplanung",), ("Jobcenter",)),
        Tagesordnungspunkt("PR-02", 1, "Monitoring 2025", "m25", "26/031", "Sozialplanung", "Nachvollziehbar.\n- Spannen fehlen"),
        Beschluss("PR-02", 1, 1, "Geht weiter.\nAuch nächstes Jahr.", abweichend="Jobcenter: später", nachweise=("Indikator A07",)),
        Beschluss("PR-02", 2, 1, "- Spannen zeigen\n- Quellen nennen"),
        Aufgabe("A2", "Hinweis schreiben", "Jugendamt", SPAETER, "PR-02", 1, Aufgabenstand.ERLEDIGT, SPAETER),
    )  # fmt: skip
    texte, zellen = words(ablauf.write_einladung(runde, "pr-02", MAERZ).pfad)
    assert texte[:4] == [
        "Einladung",
        "Städtische Planungsrunde · Stadt Kleinstadt",
        "Kleinstadt, 05.03.2026",
        "Hiermit lade ich zur 2. Sitzung ein.",
    ]
    assert "Donnerstag, 05.03.2026" in zellen
    assert zellen[-12:-8] == ["1", "Monitoring 2025", "Sozialplanung", "26/031"]
    assert zellen[-4:] == ["Frist setzen", "Jobcenter", "05.03.2026", "offen"]
    geschrieben = ablauf.write_niederschrift(runde, "PR-02", MAERZ)
    pfad = geschrieben.pfad
    assert geschrieben.hinweise == ()
    texte, zellen = words(pfad)
    stelle = texte.index("Nachvollziehbar.")
    assert texte[stelle + 1 : stelle + 4] == [
        "Spannen fehlen",
        "Beschluss (zugestimmt): Geht weiter.",
        "Auch nächstes Jahr.",
    ]
    assert "Abweichende Meinung: Jobcenter: später" in texte
    stelle = texte.index("Spannen zeigen")
    assert [t.strip() for t in texte[stelle - 1 : stelle + 2]] == [
        "Beschluss (zugestimmt):",
        "Spannen zeigen",
        "Quellen nennen",
    ], "the first of several points is a point, too"
    assert any(text.startswith("Betrifft: Indikator A07: SGB-II-Quote") for text in texte)
    assert zellen[-12:-8] == ["Hinweis schreiben", "Jugendamt", "16.03.2026", "offen"]  # as on the day of the minutes
    vorher = pfad.read_bytes()
    ablauf.write_niederschrift(runde, "PR-02", MAERZ)
    assert pfad.read_bytes() == vorher


def test_nobody_was_there_before_somebody_says_so(runde):
    gremium = runde.get(Gremium, "PR")
    neu = ablauf.propose_sitzung(runde, gremium, MAERZ)
    assert neu.anwesend == ()
    alle = attrs.evolve(neu, schluessel="PR-01", anwesend=gremium.mitglieder)  # as earlier versions proposed it
    put(runde, alle)
    geschrieben = ablauf.write_niederschrift(runde, "PR-01", MAERZ - dt.timedelta(days=1))
    zellen = words(geschrieben.pfad)[1]
    assert zellen[zellen.index("Anwesend") + 1] == "(bitte ergänzen)"
    assert zellen[zellen.index("Mitglieder") + 1] == ", ".join(gremium.mitglieder)
    erster, zweiter = geschrieben.hinweise
    assert "steht als „geplant“ und nicht als gehalten; ihr Tag (05.03.2026) kommt erst noch" in erster
    assert "(bitte ergänzen)" in zweiter
    for anders, wer in (
        ({"anwesend": ("Jobcenter",)}, "Jobcenter"),
        ({"stand": Sitzungsstand.GEHALTEN}, ", ".join(gremium.mitglieder)),
    ):
        put(runde, attrs.evolve(alle, **anders))
        zellen = words(ablauf.write_niederschrift(runde, "PR-01", MAERZ).pfad)[1]
        assert zellen[zellen.index("Anwesend") + 1] == wer


def test_invitation_and_minutes_stand_on_the_letterhead(runde, capsys):
    hold(runde, "PR-01", "PR", "m25")
    make_bogen(runde.pfad.parent / "briefbogen.docx")
    fremder = make_bogen(runde.pfad.parent / "anderer.docx", koerper=("{Inhalt}", "Mit Gruß"))
    pfad = str(runde.pfad)
    runde.close()
    for was, weiter, code, drauf in (
        ("einladung", (), 1, True), ("niederschrift", (), 1, True), ("einladung", ("--ohne-briefbogen",), 0, False),
        ("einladung", ("--briefbogen", str(fremder)), 0, True), ("einladung", ("--briefbogen", "fehlt.docx"), 3, None),
    ):  # fmt: skip
        assert run(["--projekt", pfad, "sitzungen", was, "PR-01", *weiter]) == code, (was, weiter)
        aus = capsys.readouterr()
        if drauf is None:
            assert "gibt es nicht" in aus.err
            continue
        assert ("Musterbrief" in aus.err) == (drauf and not weiter)
        dokument = docx.Document(aus.out.strip())
        assert ("Bürgermeisterin" in dokument.sections[0].first_page_header.paragraphs[0].text) == drauf
        assert dokument.paragraphs[0].text == was.capitalize()
    assert dokument.paragraphs[-1].text == "Mit Gruß"
    dokument.core_properties.last_modified_by = "Büro"  # somebody goes on writing in Word
    geaendert = runde.pfad.parent / "sitzungen" / "Einladung_PR-01.docx"
    dokument.save(str(geaendert))
    assert run(["--projekt", pfad, "sitzungen", "einladung", "PR-01", "--ohne-briefbogen"]) == 0
    assert "Einladung_PR-01_bearbeitet_1.docx" in capsys.readouterr().err
    assert docx.Document(str(geaendert.with_stem("Einladung_PR-01_bearbeitet_1"))).paragraphs[-1].text == "Mit Gruß"


def test_records_are_checked_one_by_one(runde):
    neu = {"schluessel": "X-1", "gremium": "städtische planungsrunde", "datum": MAERZ}
    with pytest.raises(BedienFehler, match="Ein Gremium „XX“ gibt es nicht"):
        ablauf.save_eintrag(runde, Sitzung, {**neu, "gremium": "XX"})
    with pytest.raises(BedienFehler, match="gehört ein Sozialraum"):
        ablauf.save_eintrag(runde, Gremium, {"schluessel": "AK", "name": "Kreis", "art": Gremienart.STADTTEIL})
    ablauf.save_eintrag(runde, Sitzung, neu)
    assert runde.get(Sitzung, "X-1").gremium == "PR"
    with pytest.raises(BedienFehler, match="gibt es schon"):
        ablauf.save_eintrag(runde, Sitzung, neu)
    with pytest.raises(BedienFehler, match="wird noch gebraucht: Sitzung X-1"):
        ablauf.remove_eintrag(runde, runde.get(Gremium, "PR"))
    ablauf.save_tagesordnung(runde, "X-1", ["Eins", "Zwei"])
    ablauf.remove_eintrag(runde, runde.get(Sitzung, "X-1"))
    assert runde.read(Tagesordnungspunkt) == []
    ablauf.undo(runde)
    assert [p.titel for p in runde.read(Tagesordnungspunkt)] == ["Eins", "Zwei"]


def test_an_agenda_keeps_what_was_said(runde):
    put(
        runde,
        Sitzung("S", "PR", MAERZ),
        Tagesordnungspunkt("S", 1, "Eins", ergebnis="Gut."),
        Tagesordnungspunkt("S", 2, "Zwei"),
    )
    ablauf.save_tagesordnung(runde, "S", ["Neu", "eins"])
    assert [(p.titel, p.ergebnis) for p in runde.read(Tagesordnungspunkt)] == [("Neu", ""), ("eins", "Gut.")]
    put(runde, Beschluss("S", 1, 2, "So sei es."))
    with pytest.raises(BedienFehler, match="hat einen Beschluss"):
        ablauf.save_tagesordnung(runde, "S", ["eins", "Neu"])


def test_a_point_that_was_put_off_is_not_agreed(runde):
    put(
        runde,
        Sitzung("S", "PR", MAERZ),
        *(Tagesordnungspunkt("S", n, f"Punkt {n}", ergebnis="Gesagt." if n == 3 else "") for n in range(1, 5)),
        Beschluss("S", 1, 1, "So sei es."),
        Beschluss("S", 2, 2, "Später.", Beschlussart.VERTAGT),
    )
    tafel = build_punktetafel(runde, "S")
    staende = {z.texte[0]: z.texte[2] for z in tafel.zeilen if z.fett}
    assert staende == {"1": "zugestimmt", "2": "vertagt", "3": "mit Ergebnis", "4": "offen"}
    assert tafel.anzahl == 4, "Beschlüsse below a point are no points"


def test_two_strokes_begin_a_paragraph_in_a_command(runde, capsys):
    put(runde, Sitzung("S", "PR", MAERZ), Tagesordnungspunkt("S", 1, "Eins"))
    pfad = str(runde.pfad)
    runde.close()
    art = "top"
    assert run(["eintrag", "setzen", art, "S", "1", "ergebnis=Gut. || - Punkt||Ende", "--projekt", pfad]) == 0
    assert run(["eintrag", "setzen", art, "S", "1", "titel=Kita || Hort", "--projekt", pfad]) == 0
    with ablauf.open_projekt(pfad) as projekt:
        (punkt,) = projekt.read(Tagesordnungspunkt)
    assert punkt.ergebnis == "Gut.\n- Punkt\nEnde"
    assert punkt.titel == "Kita || Hort", "a line stays a line"


def test_the_list_goes_out_and_comes_back(runde, tmp_path):
    pfad = fill(
        "Gremien.xlsx", tmp_path / "g.xlsx",
        Sitzung=[{"Schlüssel": "PR-01", "Gremium": "Städtische Planungsrunde", "Datum": MAERZ, "Stand": "gehalten"}],
        Tagesordnungspunkt=[{"Sitzung": "PR-01", "TOP": 1, "Titel": "Monitoring", "Thema": "m25"}],
        Thema=[{"Schlüssel": "m25", "Thema": "Monitoring 2025", "Zahlen des Jahres": 2025}],
        Aufgabe=[{"Schlüssel": "A1", "Aufgabe": "Frist", "Zuständig": "Jobcenter", "Sitzung": "PR-01"}],
    )  # fmt: skip
    ablauf.save_liste(runde, ablauf.import_liste(runde, "gremien", pfad))
    assert ablauf.find_ungesehen(runde, 2025, SPAETER) == ()
    ablauf.export_liste(runde, "gremien", tmp_path / "zurueck.xlsx")
    assert not ablauf.import_liste(runde, "gremien", tmp_path / "zurueck.xlsx")
    falsch = fill(
        "Gremien.xlsx",
        tmp_path / "f.xlsx",
        Beschluss=[{"Sitzung": "PR-09", "Beschluss Nr.": 1, "TOP": 1, "Wortlaut": "X"}],
    )
    with pytest.raises(DatenFehler, match="Einen TOP 1 hat die Sitzung „PR-09“ nicht"):
        ablauf.import_liste(runde, "gremien", falsch)


def test_commands(runde, capsys):
    pfad = str(runde.pfad)
    runde.close()

    def tue(*angaben):
        code = run(["--projekt", pfad, *angaben])
        return code, capsys.readouterr().out

    assert tue("sitzungen", "anlegen", "PR", "05.03.2026", "--top", "Monitoring", "--top", "Verschiedenes") == (
        0,
        "PR-01\n",
    )
    assert tue("zurueck") == (0, "Zurückgenommen: Sitzung PR-01 eingetragen\n")
    with ablauf.open_projekt(runde.pfad, nur_lesen=True) as projekt:
        assert (projekt.read(Sitzung), projekt.read(Tagesordnungspunkt)) == ([], [])
    tue("sitzungen", "anlegen", "PR", "05.03.2026", "--top", "Monitoring", "--top", "Verschiedenes")
    assert tue("eintrag", "setzen", "top", "PR-01", "1", "thema=m25", "ergebnis=Gut.")[0] == 0
    assert tue("eintrag", "setzen", "beschluss", "PR-01", "1", "top=1", "wortlaut=Geht weiter.")[0] == 0
    assert (
        tue(
            "eintrag",
            "setzen",
            "aufgabe",
            "A1",
            "text=Hinweis",
            "zustaendig=Jobcenter",
            "bis=01.01.2020",
            "sitzung=PR-01",
        )[0]
        == 0
    )
    assert tue("eintrag", "setzen", "sitzung", "PR-01", "stand=gehalten")[0] == 0
    assert "Beschluss (zugestimmt): Geht weiter." in tue("sitzungen", "zeigen", "PR-01")[1]
    assert tue("sitzungen", "aufgaben")[0] == 1
    assert tue("sitzungen", "erledigt", "A1", "--am", "06.03.2026")[0] == 0
    assert tue("sitzungen", "aufgaben") == (0, "Keine Aufgabe ist offen.\n")
    assert "1 √ Städtische Planungsrunde: beraten, 05.03.2026" in tue("gremien", "umlauf")[1]
    assert "Städtische Planungsrunde" in tue("gremien")[1]
    assert "PR-01\t05.03.2026" in tue("sitzungen")[1]
    assert tue("sitzungen", "niederschrift", "PR-01")[1].strip().endswith("Niederschrift_PR-01.docx")
    assert tue("eintrag", "loeschen", "beschluss", "PR-01", "1")[0] == 0
    assert tue("eintrag", "setzen", "sitzung", "TR-01", "gremium=Trägerrunde", "datum=16.04.2026")[0] == 0
    assert "Gremium: TR" in tue("eintrag", "zeigen", "sitzung", "TR-01")[1]
    assert tue("eintrag", "setzen", "indikator", "A07", "name=X")[0] == 2
    assert tue("eintrag", "setzen", "sitzung", "gremium=PR")[0] == 2
    assert tue("eintrag", "zeigen", "sitzung", "PR-99")[0] == 2


def test_what_comes_next_names_figures_meetings_and_tasks(runde):
    def texte(tag):
        return [s.text for s in ablauf.uebersicht(runde, tag).naechste if s.ziel == "planung"]

    assert texte(SPAETER) == ["Monitoring 2025 beraten: Städtische Planungsrunde, bevor es hinausgeht (F7, Sitzungen)."]
    hold(runde, "PR-01", "PR", "m25", stand=Sitzungsstand.EINGELADEN)
    put(runde, Aufgabe("A1", "Frist", "Jobcenter", MAERZ))
    assert texte(MAERZ) == texte(SPAETER)[:1]
    assert texte(SPAETER)[1:] == [
        "Städtische Planungsrunde war am 05.03.2026: Ergebnis eintragen.", "1 Aufgabe ist überfällig: Jobcenter.",
    ]  # fmt: skip
    put(
        runde,
        Sitzung("PR-01", "PR", MAERZ, stand=Sitzungsstand.GEHALTEN),
        Aufgabe("A1", "Frist", "Jobcenter", MAERZ, stand=Aufgabenstand.ENTFALLEN),
    )
    assert texte(SPAETER) == []
