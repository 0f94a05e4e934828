"""Lindenrath's Straßenverzeichnis and register: counted by the tool they give exactly what the Bürgerbüro delivered."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import pytest

from sozialtool import ablauf
from sozialtool.ablauf.beispielregister import REGISTER, STICHTAG, STRASSEN
from sozialtool.ablauf.beispielstadt import create_lindenrath
from sozialtool.fach.quelle import Schwere
from sozialtool.fach.raum import Gebiet

SCHREIBWEISEN = {"Reiherwech", "Spittahlgasse", "Am Knappenhof", "ohne festen Wohnsitz", "unbekannt verzogen"}


@pytest.fixture(scope="module")
def gezaehlt(tmp_path_factory, ordner):
    """The reading of the Straßenverzeichnis, the first count, what it left open, and the count after the decisions."""
    ziel = tmp_path_factory.mktemp("register")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sozialtool.orte.einstellungen", lambda: ziel / "einstellungen")
        with create_lindenrath(ziel / "L", ordner) as projekt:
            strassen = ablauf.read_strassen(projekt, ordner / "register" / STRASSEN)
            ablauf.accept_strassen(projekt, strassen)
            erste = ablauf.count_register(projekt, ordner / "register" / REGISTER, STICHTAG)
            offen = ablauf.offene_schreibweisen(projekt, erste)
            for zeile in (ordner / "schreibweisen.csv").read_text(encoding="utf-8").splitlines()[1:]:
                ablauf.decide_schreibweise(projekt, *zeile.split(";"))
            zweite = ablauf.count_register(projekt, ordner / "register" / REGISTER, STICHTAG)
            oben = {g.schluessel: g.teil_von for g in projekt.read(Gebiet) if g.ebene == "bezirk"}
            yield strassen, erste, offen, zweite, oben


def test_strassenverzeichnis_hat_nur_die_gewollten_befunde(gezaehlt):
    strassen = gezaehlt[0]
    assert strassen.bereit
    assert len({a.strasse for a in strassen.abschnitte}) == 480
    assert [(b.code, b.schwere) for b in strassen.befunde] == [
        ("STRASSE-LUECKE", Schwere.FRAGE),
        ("STRASSE-NAME-DOPPELT", Schwere.FRAGE),
        ("STRASSE-ENDE", Schwere.HINWEIS),
    ]
    assert {a.gebiet for a in strassen.abschnitte} == set(gezaehlt[4])
    assert any(a.bis_zusatz for a in strassen.abschnitte)
    assert {a.seite.value for a in strassen.abschnitte} == {"alle", "gerade", "ungerade"}


def test_offene_schreibweisen_werden_genannt_und_vorgeschlagen(gezaehlt):
    _, erste, offen, zweite, _ = gezaehlt
    assert {o.schreibweise for o in offen} == SCHREIBWEISEN
    vorschlaege = {o.schreibweise: [name for _, name, _ in o.vorschlaege] for o in offen}
    assert "Reiherweg" in vorschlaege["Reiherwech"]
    assert "Spitalgasse" in vorschlaege["Spittahlgasse"]
    assert zweite.offen == ()
    assert erste.personen == zweite.personen > 38_000


def test_befunde_nach_den_entscheidungen(gezaehlt):
    zweite = gezaehlt[3]
    assert zweite.bereit
    assert [b.code for b in zweite.befunde] == ["REGISTER-UNGEBOREN", "REGISTER-STRASSE"]


def test_ausgezaehlt_ergibt_das_register_genau_die_lieferung(gezaehlt, werte):
    """Every count per Sozialraum: age groups, sex, nationality, duration of residence, households."""
    _, _, _, zweite, oben = gezaehlt
    summen = defaultdict(float)
    for wert in zweite.messwerte:
        summen[oben.get(wert.gebiet, wert.gebiet), wert.merkmal] += wert.wert
    geliefert = {m: je for (m, stand), je in werte.items() if dt.date.fromisoformat(stand) == STICHTAG}
    gezaehlte = {merkmal for _, merkmal in summen}
    assert gezaehlte >= {
        "ew_maennlich",
        "auslaender_nicht_eu",
        "ew_ab_regelalter",
        "wohndauer_ab_5",
        "hh_3kinder",
        "alterssumme",
    }
    assert len(gezaehlte) >= 40
    # Nobody delivers squares; only a register gives them. No spread is smaller than none.
    for gebiet in {gebiet for gebiet, merkmal in summen if merkmal == "altersquadrate"}:
        assert summen.pop((gebiet, "altersquadrate")) >= summen[gebiet, "alterssumme"] ** 2 / summen[gebiet, "ew"]
    falsch = {
        ort: (zahl, geliefert[ort[1]][ort[0]]) for ort, zahl in summen.items() if zahl != geliefert[ort[1]][ort[0]]
    }
    assert falsch == {}


def test_kleinste_gebiete_sind_verschieden_gross_und_gemischt(gezaehlt):
    _, _, _, zweite, oben = gezaehlt
    je = defaultdict(dict)
    for wert in zweite.messwerte:
        je[wert.gebiet][wert.merkmal] = wert.wert
    ew = {gebiet: je[gebiet]["ew"] for gebiet in oben}
    assert min(ew.values()) < 100 < 500 < max(ew.values())
    auslaender = [je[g]["auslaender"] / zahl for g, zahl in ew.items() if zahl > 200]
    assert max(auslaender) > 4 * min(auslaender)
    for merkmal, anzahl in {"ew": 3, "hh": 1}.items():
        assert all(je[gebiet][merkmal] >= anzahl for gebiet in oben)


def test_ohne_rest_bleibt_niemand_verloren(gezaehlt):
    zweite = gezaehlt[3]
    ew = [wert.wert for wert in zweite.messwerte if wert.merkmal == "ew"]
    assert sum(ew) == zweite.personen
