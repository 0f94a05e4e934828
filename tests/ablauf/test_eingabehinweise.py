"""Names of persons in texts and unlikely figures: said at every door, and what cannot be is refused."""

from __future__ import annotations

import attrs
import pytest

from sozialtool import ablauf
from sozialtool.ablauf.bestandsgrenzen import GRENZEN, find_unmoegliches, find_unwahrscheinliches
from sozialtool.ablauf.listenpruefung import check_listen
from sozialtool.ablauf.personenhinweise import FREITEXTE, find_in, find_personenhinweise
from sozialtool.ablauf.weg import next_steps
from sozialtool.cli import run
from sozialtool.erhebung.listen import Unterschiede
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.felder import felder_of
from sozialtool.fach.gremium import Gremium
from sozialtool.fach.planung import Einrichtung, Massnahme
from sozialtool.fach.prozess import Umsetzungsstand
from sozialtool.fehler import BedienFehler, DatenFehler
from tests.ablauf.kleinstadt import build_kleinstadt
from tests.ablauf.test_vorlegeschritte import HEUTE

NENNT = "Frau Kowalski fragt per Mail: post@beispiel.de"
ORT = {"schluessel": "K1", "name": "Kita Eins", "art": "Kindertageseinrichtung", "gebiet": "01"}


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        yield projekt


def build(klasse):
    """Make a record that names nobody; its values need not fit any project."""
    felder = {f.name: f for f in felder_of(klasse)}
    return klasse(**{
        a.name: "x" if f.art is str else () if f.art is tuple else f.from_text(f.beispiel) if f.beispiel else None
        for a in attrs.fields(klasse) if (f := felder.get(a.name)) is not None
    })  # fmt: skip


@pytest.mark.parametrize("klasse", FREITEXTE)
def test_every_text_of_the_table_is_searched(klasse):
    harmlos = build(klasse)
    assert not list(find_in(harmlos))
    titel = {f.name: f.titel for f in felder_of(klasse)}
    for name in FREITEXTE[klasse]:
        wert = ("Jugendamt", NENNT) if isinstance(getattr(harmlos, name), tuple) else NENNT
        (hinweis,) = find_in(attrs.evolve(harmlos, **{name: wert}))
        assert hinweis.feld == titel[name]
        assert hinweis.was == ("ein Name: „Frau Kowalski“", "Mail oder Telefon: „post@beispiel.de“")


@pytest.mark.parametrize("text", ["Tel. +49 2871 95 30 12", "unter 02871 95-30 12", "0281/12 34 56", "(02841) 123456"])
def test_a_telephone_number_is_noticed_however_it_is_written(text):
    assert [was for was in find_personenhinweise(text) if was.startswith("Mail oder Telefon")]


@pytest.mark.parametrize(
    "text",
    [
        "Monitoring 2025 geht an die Runde", "Angebote für unter 6-Jährige", "80-Jährige und Ältere allein", "6- bis 10-Jährige",
        "Haushalt 2025/2026, Produkt 06 36 01", "Im Gewerbering 2025 eröffnet", "am 01.02.2026 um 14:00",
    ],
)  # fmt: skip
def test_groups_years_and_budgets_are_nobody(text):
    assert not find_personenhinweise(text, {"Am Anger"})


def test_who_is_named_stands_in_the_next_steps_until_it_is_written_otherwise(projekt, capsys):
    def naechste():
        return {s.ziel: s.text for s in next_steps(projekt, HEUTE) if s.text.startswith("Texte nennen") and s.dringlich}

    assert naechste() == {}
    with projekt.change("Texte") as schreiber:
        schreiber.put(
            Massnahme("M1", "Treff", "Stadt", fachsicht=NENNT, bemerkung="Herr Maier ist da"), Bedarf("B1", "Hilfe", empfehlung=NENNT),
            Umsetzungsstand("1.1", 1, HEUTE, "Frau Schmidt lädt ein"), Stimme("S1", NENNT, "01"),
        )  # fmt: skip
    assert naechste() == {
        "planung": "Texte nennen vielleicht eine Person: Bedarf B1 (Handlungsempfehlung), Maßnahme M1 (Bemerkung), "
        "Maßnahme M1 (Sicht der Fachkräfte).",
        "ueberblick": "Texte nennen vielleicht eine Person: Satz zu Baustein 1 vom 02.03.2026 (Umsetzungsstand).",
    }
    tafel = ablauf.mark_tafel(projekt, ablauf.build_plantafel(projekt, "massnahmen"))
    assert tafel.hinweise[0] == "1 Eintrag: bitte prüfen (!)."
    assert tafel.zeilen[0].texte[0].startswith("! M1")
    assert "! Bitte prüfen (Bemerkung): ein Name: „Herr Maier“." in tafel.zeilen[0].detail
    stimmen = ablauf.build_plantafel(projekt, "stimmen")
    assert ablauf.mark_tafel(projekt, stimmen) == stimmen, "voices say it themselves"
    for klasse, schluessel, werte in (
        (Massnahme, ("M1",), {"fachsicht": "Räume zu klein", "bemerkung": ""}), (Bedarf, ("B1",), {"empfehlung": ""}),
    ):  # fmt: skip
        ablauf.save_eintrag(projekt, klasse, werte, projekt.get(klasse, *schluessel))
    assert set(naechste()) == {"ueberblick"}
    pfad = str(projekt.pfad)
    projekt.close()
    assert run(["planung", "hinweise", "--projekt", pfad]) == 1
    assert "Satz zu Baustein 1 vom 02.03.2026 (Umsetzungsstand): ein Name: „Frau Schmidt“." in capsys.readouterr().out


def test_a_single_entry_and_a_list_say_it_once(projekt, capsys):
    alt = Massnahme("M1", "Treff", "Stadt", bemerkung="Herr Maier ist da")
    neu = attrs.evolve(alt, zufriedenheit=NENNT)
    unterschiede = Unterschiede(neu=(attrs.evolve(alt, schluessel="M2"),), geaendert=((alt, neu),))
    saetze = ablauf.check_unterschiede(projekt, unterschiede)
    assert [s.partition(":")[0] for s in saetze] == ["Maßnahme M2 „Treff“", "Maßnahme M1 „Treff“"]
    assert "(Zufriedenheit)" in saetze[1]
    assert ablauf.check_eingabe(projekt, Massnahme, {"zufriedenheit": NENNT}, alt) == (saetze[1],)
    assert ablauf.check_eingabe(projekt, Massnahme, {"zufriedenheit": "gut"}, alt) == ()
    ablauf.save_eintrag(projekt, Gremium, {"schluessel": "PR", "name": "Runde"})
    pfad = str(projekt.pfad)
    projekt.close()
    assert run(["eintrag", "setzen", "gremium", "PR", "leitung=Frau Kowalski", "--projekt", pfad]) == 0
    assert "! Gremium PR „Runde“: Bitte prüfen (Leitung): ein Name: „Frau Kowalski“." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("werte", "satz"),
    [
        ({"plaetze": -1}, "Plätze können nicht unter null liegen"), ({"belegt": -1}, "Belegte Plätze"),
        ({"alter_von": -3}, "Alter von“ −3"), ({"alter_bis": 400}, "Alter bis unter“ 400"), ({"alter_von": 6, "alter_bis": 6}, "größer sein"),
        ({"breite": 51.7}, "gehören Breite und Länge"), ({"breite": 6.69, "laenge": 51.72}, "vertauscht"),
        ({"breite": 5172.05, "laenge": 6.69}, "Breite“ 5.172,0500"), ({"breite": 51.7, "laenge": -181.0}, "Länge“ −181"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_both_doors(projekt, werte, satz):
    with pytest.raises(BedienFehler, match=satz):
        ablauf.save_eintrag(projekt, Einrichtung, {**ORT, **werte})
    with pytest.raises(DatenFehler, match=satz):
        check_listen(projekt, {Einrichtung: [Einrichtung(**ORT, **werte)]})
    assert not projekt.read(Einrichtung)


@pytest.mark.parametrize(
    ("werte", "frage"),
    [
        ({"plaetze": 75000}, "„Plätze“ 75.000: Stimmt das?"), ({"plaetze": 401}, "kaum eine Kita"),
        ({"plaetze": 401, "art": "weiterführende Schule"}, ""), ({"plaetze": 2001, "art": "weiterführende Schule"}, "einzelnes Haus"),
        ({"plaetze": 75, "belegt": 93}, ""), ({"plaetze": 75, "belegt": 94}, "94 belegt bei 75 Plätzen"), ({"plaetze": 4, "belegt": 9}, ""),
        ({"plaetze": 0, "belegt": 6}, "verwechselt"), ({"plaetze": 0}, ""), ({"alter_bis": 120}, "bleibt das Feld leer"),
        ({"breite": 47.0, "laenge": 15.1}, ""), ({"breite": 48.85, "laenge": 2.35}, "zwischen 5,8 und 15,1 Grad"), ({"breite": 0.0, "laenge": 0.0}, "47 und 55,1"),
    ],
)  # fmt: skip
def test_what_is_unlikely_is_asked(werte, frage):
    ort = Einrichtung(**{**ORT, **werte})
    assert not find_unmoegliches(ort)
    fragen = find_unwahrscheinliches(ort)
    assert frage in " ".join(fragen) if frage else not fragen


def test_every_bound_gives_its_reason():
    assert all(g.warum_nicht and (g.warum_fragen or g.ueblich == g.moeglich) for g in GRENZEN)
