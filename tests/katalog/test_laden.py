"""The shipped catalogue: complete, consistent, and loud when it is damaged."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import sozialtool.katalog as katalog
from sozialtool.fach.indikator import Indikator, Intervallart, Richtung
from sozialtool.fach.messwert import Merkmal, Merkmalart, Vermerk, Zeichen
from sozialtool.fehler import DatenFehler
from sozialtool.katalog.laden import read_katalog

MERKMALE = {m.schluessel: m for m in katalog.load_merkmale()}
INDIKATOREN = {i.kennung: i for i in katalog.load_indikatoren()}
ALLE_73 = {
    "B": 14, "M": 6, "F": 6, "A": 17, "W": 4, "E": 8, "G": 9, "H": 4, "T": 2, "I": 3,
}  # fmt: skip


def names_of(formel: str) -> set[str]:
    """Merkmale of a formula, read by Python's own parser: an independent reading of the same syntax."""
    erlaubt = (ast.Expression, ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Name, ast.Constant, ast.Load)
    baum = ast.parse(formel, mode="eval")
    assert all(isinstance(knoten, erlaubt) for knoten in ast.walk(baum)), formel
    return {knoten.id for knoten in ast.walk(baum) if isinstance(knoten, ast.Name)}


def test_73_indikatoren_und_ihre_varianten():
    grund = {k[:3] for k in INDIKATOREN}
    assert grund == {f"{b}{n:02d}" for b, anzahl in ALLE_73.items() for n in range(1, anzahl + 1)}
    assert len(grund) == 73
    assert grund <= set(INDIKATOREN), "jede Kennung hat eine Hauptfassung ohne Buchstaben"
    assert all(re.fullmatch(r"[A-Z]\d\d[a-z]?", k) for k in INDIKATOREN)


@pytest.mark.parametrize("kennung", sorted(INDIKATOREN))
def test_formel_kennt_nur_merkmale(kennung):
    indikator = INDIKATOREN[kennung]
    for formel in filter(None, (indikator.zaehler, indikator.nenner)):
        for name in names_of(formel):
            assert re.sub(r"__vor\d+$", "", name) in MERKMALE, f"{kennung}: {name}"
            assert MERKMALE[re.sub(r"__vor\d+$", "", name)].art is not Merkmalart.ANTEIL


def test_indikatoren_sind_fuer_den_rat_brauchbar():
    felder = {h.schluessel for h in katalog.load_handlungsfelder()}
    assert {i.handlungsfeld for i in INDIKATOREN.values()} == felder
    assert len(felder) == 10
    kurz = Counter(i.kurzname for i in INDIKATOREN.values())
    assert max(kurz.values()) == 1
    assert all(1 <= len(k) <= 12 for k in kurz)
    assert max(Counter(i.name for i in INDIKATOREN.values()).values()) == 1
    assert {i.kleinste_ebene for i in INDIKATOREN.values()} == {"sozialraum", "stadt"}
    texte = " ".join(f"{i.name} {i.hinweis} {i.quelle}" for i in INDIKATOREN.values())
    assert not re.search(r"Problem|sozial schwach|Brennpunkt|asozial|!|\bnicht berechenbar\b", texte)


def test_rechenregeln_der_indikatoren():
    for i in INDIKATOREN.values():
        if not i.nenner:
            assert i.intervall is Intervallart.KEINES, i.kennung
        if i.intervall is Intervallart.WILSON:
            assert i.faktor in (100.0, 1000.0), i.kennung
            assert "-" not in i.zaehler, f"{i.kennung}: ein Saldo ist kein Anteil"
        if i.stufe:
            assert not i.nenner
            assert MERKMALE[i.zaehler].art is Merkmalart.STUFE
    assert {k for k, i in INDIKATOREN.items() if i.stufe} == {"A17", "E08"}
    assert INDIKATOREN["M01"].richtung is Richtung.NEUTRAL
    assert INDIKATOREN["A07"].richtung is Richtung.BELASTEND
    assert INDIKATOREN["T01"].richtung is Richtung.ENTLASTEND
    assert INDIKATOREN["B09"].zaehler == "ew - ew__vor5"
    assert INDIKATOREN["B08"].jahre == 3


def test_formel_teilt_die_ganze_summe():
    assert INDIKATOREN["B10"].formel == "(zuzuege - fortzuege) / ew · 1000"
    assert INDIKATOREN["B12"].formel == "(zuzuege_unter_6 - fortzuege_unter_6) / (ew_unter_3 + ew_3_6) · 100"
    assert INDIKATOREN["A01"].formel == "arbeitslose / ew_15_65 · 100"
    assert INDIKATOREN["B01"].formel == "ew"


def test_wilson_zaehler_ist_teil_des_nenners_oder_kommt_aus_einem_anderen_register():
    andere_register = {"A04", "A05", "A08", "A08a", "A15", "E01", "E02", "G06", "G09"}
    # Ihr erstes Ganzes steht in derselben Lieferung (Arbeitslose, SGB II unter 18, Alleinlebende ab 65).
    zweites_ganzes = {"A02", "A07a", "F05a"}
    for k, i in INDIKATOREN.items():
        if i.intervall is not Intervallart.WILSON or "+" in i.zaehler or k in andere_register | zweites_ganzes:
            continue
        kette, name = [], i.zaehler
        while name:
            kette.append(name)
            name = MERKMALE[name].teil_von
        assert i.nenner in kette, f"{k}: {kette}"


def test_merkmale_haengen_zusammen():
    for m in MERKMALE.values():
        assert not m.teil_von or m.teil_von in MERKMALE, m.schluessel
        assert not m.gruppe or m.teil_von, f"{m.schluessel}: eine Gruppe ergibt ein Ganzes"
        assert re.fullmatch(r"[a-z][a-z0-9_]*", m.schluessel)
        assert "__vor" not in m.schluessel
        assert m.fachbereich
        kette, name = set(), m.schluessel
        while name:
            assert name not in kette, f"{m.schluessel}: Kreis in teil_von"
            kette.add(name)
            name = MERKMALE[name].teil_von
    ganze: dict[str, set[str]] = {}
    for m in MERKMALE.values():
        if m.gruppe:
            ganze.setdefault(m.gruppe, set()).add(m.teil_von)
    assert all(len(g) == 1 for g in ganze.values())
    assert {"alter", "geschlecht", "staatsangehoerigkeit", "rechtskreis", "hze_form"} <= set(ganze)


def test_jedes_merkmal_ist_fuer_den_fachbereich_erklaert():
    for m in MERKMALE.values():
        assert m.definition.endswith("."), f"{m.schluessel}: im Formular stünde nur der Stichtag"
        assert len(m.definition) <= 200, f"{m.schluessel}: zu lang für einen Spaltenkopf"
        assert m.definition.rstrip(".").casefold() != m.name.casefold(), f"{m.schluessel}: wiederholt nur den Namen"


def test_summen_nach_definition_stimmen_mit_den_altersgrenzen():
    """What everybody can add up must be known to the disclosure control; checked by counting single years of age."""

    def jahrgaenge(name: str) -> set[int] | None:
        if name == "ew":
            return set(range(111))
        if treffer := re.fullmatch(r"ew_unter_(\d+)", name):
            return set(range(int(treffer[1])))
        if treffer := re.fullmatch(r"ew_ab_(\d+)", name):
            return set(range(int(treffer[1]), 111))
        treffer = re.fullmatch(r"ew_(\d+)_(\d+)", name)
        return set(range(int(treffer[1]), int(treffer[2]))) if treffer else None

    alter = {name: jahre for name in MERKMALE if (jahre := jahrgaenge(name))}
    for m in MERKMALE.values():
        assert set(m.summanden) <= set(MERKMALE), m.schluessel
        if m.summe_aus:
            zaehlung = Counter(
                dict.fromkeys(range(111), 0) | Counter(j for n, f in m.summanden.items() if f > 0 for j in alter[n])
            )
            zaehlung.subtract(j for n, f in m.summanden.items() if f < 0 for j in alter[n])
            assert {j for j, anzahl in zaehlung.items() if anzahl} == alter[m.schluessel], m.schluessel
            assert max(zaehlung.values()) == 1, m.schluessel
        if m.schluessel in alter and m.teil_von:
            assert alter[m.schluessel] < alter[m.teil_von], m.schluessel
    kleinste = {m.schluessel for m in MERKMALE.values() if m.gruppe == "alter"}
    grenzen = {min(alter[n]) for n in kleinste} | {111}
    aus_gruppen = {n for n, j in alter.items() if {min(j), max(j) + 1} <= grenzen} - kleinste
    assert {n for n in aus_gruppen if not MERKMALE[n].summe_aus} == set()


def test_andere_namen_sind_eindeutig():
    bekannt: dict[str, str] = {}
    for m in MERKMALE.values():
        for name in {n.casefold() for n in (*m.namen, m.name)}:
            assert bekannt.setdefault(name, m.schluessel) == m.schluessel, name


def test_nur_unbedenkliches_ist_nicht_geheim():
    offen = {m.schluessel for m in MERKMALE.values() if m.mindestfallzahl == 0}
    assert {"kitaplaetze", "siedlungsflaeche_ha", "wahlberechtigte"} <= offen
    assert not offen & {"sgb2", "arbeitslose", "asylblg", "hze", "ew_unter_3", "mh"}
    assert MERKMALE["inobhutnahmen"].mindestfallzahl == 5


def test_brueche():
    brueche = {(b.merkmal, b.ab_jahr): b.grund for b in katalog.load_brueche()}
    assert {m for m, _ in brueche} <= set(MERKMALE)
    assert "Wohngeld-Plus" in brueche["wohngeld_hh", 2023]
    assert "Bürgergeld" in brueche["sgb2_unter_18", 2023]
    assert "Revision" in brueche["sgb2", 2016]
    assert "Ukraine" in brueche["asylblg", 2022]
    assert "Zensus 2022" in brueche["ew_amtlich", 2022]


def test_bausteine_und_inhalte():
    bausteine = katalog.load_bausteine()
    assert [b.nummer for b in bausteine] == [1, 2, 3, 4, 5, 6]
    je = Counter(i.baustein for i in katalog.load_inhalte())
    assert dict(je) == {1: 2, 2: 4, 3: 5, 4: 1, 5: 2, 6: 2}


def test_zeichentabellen_deuten_denselben_punkt_verschieden():
    tabellen = {t.schluessel: t for t in katalog.load_zeichentabellen()}
    assert set(tabellen) == {"din", "ba", "it_nrw", "destatis", "fachbereich"}
    punkt = {k: t.find(".").zeichen for k, t in tabellen.items()}
    assert punkt["din"] is Zeichen.GEHEIM
    assert punkt["ba"] is Zeichen.UNBEKANNT
    assert tabellen["ba"].find("*").zeichen is Zeichen.GEHEIM
    assert tabellen["it_nrw"].find("*") is None, "bei IT.NRW ist * eine Fußnote"
    assert tabellen["din"].find("X").zeichen is Zeichen.SINNLOS
    assert tabellen["it_nrw"].find("p").vermerk is Vermerk.VORLAEUFIG
    assert tabellen["fachbereich"].find("0") is None
    for t in tabellen.values():
        texte = [z.text.casefold() for z in t.zeichen]
        assert len(texte) == len(set(texte)), t.schluessel
        assert all(z.zeichen or z.vermerk is not Vermerk.KEINER for z in t.zeichen)


@pytest.mark.parametrize(
    ("toml", "klasse", "wort"),
    [
        ("[[merkmal]]\nschluessel='a'\nname='A'\nnahme='x'", Merkmal, "nahme"),
        ("[[merkmal]]\nschluessel='a'", Merkmal, "name"),
        ("[[merkmal]]\nschluessel='a'\nname='A'\nart='Menge'", Merkmal, "Menge"),
        ("[[merkmal]]\nschluessel='a'\nname='A'\nmindestfallzahl='3'", Merkmal, "mindestfallzahl"),
        ("[[merkmal]]\nschluessel='a'\nname='A'\nmindestfallzahl=true", Merkmal, "mindestfallzahl"),
        ("[[merkmal]]\nschluessel='a'\nname='A'\n[[merkmal]]\nschluessel='a'\nname='B'", Merkmal, "zweimal"),
        ("[[indikator]]\nkennung='X'", Merkmal, "merkmal"),
        ("merkmal = 3", Merkmal, "Liste"),
        ("[[merkmal", Merkmal, "x.toml"),
        ("[[indikator]]\nkennung='X1'\nname='n'\nhandlungsfeld='h'\nzaehler='z'\nrichtung='rot'", Indikator, "rot"),
    ],
)
def test_beschaedigter_katalog_sagt_wo(tmp_path: Path, toml, klasse, wort):
    pfad = tmp_path / "x.toml"
    pfad.write_text(toml, encoding="utf-8")
    with pytest.raises(DatenFehler, match=wort) as fehler:
        read_katalog(pfad, klasse)
    assert fehler.value.code == "KATALOG-DEFEKT"


def test_fehlende_und_falsch_kodierte_datei(tmp_path: Path):
    with pytest.raises(DatenFehler):
        read_katalog(tmp_path / "fehlt.toml", Merkmal)
    (tmp_path / "latin.toml").write_bytes("[[merkmal]]\nschluessel='a'\nname='Männer'".encode("latin-1"))
    with pytest.raises(DatenFehler):
        read_katalog(tmp_path / "latin.toml", Merkmal)


def test_das_paket_laedt_nichts_schweres():
    code = "import sys, sozialtool.katalog as k; k.load_merkmale(); print(*sys.modules)"
    module = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout.split()
    assert not {"polars", "openpyxl", "xlsxwriter", "textual", "sqlite3"} & set(module)
    with pytest.raises(AttributeError):
        _ = katalog.load_unsinn
