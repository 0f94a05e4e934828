"""Two towns that differ in suppressed figures only: what goes out is the same to the byte, so nothing in it depends on a secret.

This looks at no sheet in particular: texts, ranks, colours, chart caches, orders and properties are all compared at once.
"""

from __future__ import annotations

import datetime as dt

from sozialtool import ablauf
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.fach.drucksache import Drucksache, Textbaustein
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.messwert import Messwert
from tests.ablauf.kleinstadt import build_kleinstadt

TAG = dt.date(2025, 12, 31)


def schreibe(ordner, arbeitslose):
    """What is released of the town, and the bytes of what is written from it."""
    with build_kleinstadt(ordner, range(2024, 2026)) as projekt:
        with projekt.change("Zahlen") as schreiber:
            schreiber.put_messwerte(Messwert(g, "arbeitslose", TAG, wert) for g, wert in arbeitslose.items())
            schreiber.put(
                Foerderaufruf("F1", "Aufruf", gebiete=("01",), indikatoren=("A01", "A07")),
                Drucksache("17/801", "Monitoring", 2025, TAG),
                Textbaustein(
                    "17/801", 1, text="{A01} {A01 Raum 1} {A01 Raum 1: Anzahl} {A01: höchste 3} {A01 Raum 2: Vergleich}"
                ),
            )
        tabelle = compute(projekt).tabelle
        ablauf.ausgeben(projekt, 2025, "17/801", stand=TAG, barrierefrei=True)
        ablauf.write_planung(projekt, 2025, stand=TAG)
        ablauf.write_sozialbericht(projekt, 2025, stand=TAG)
        ablauf.write_foerdernachweis(projekt, "F1", 2025, stand=TAG)
        ablauf.issue_drucksache(projekt, "17/801", stand=TAG)
        dateien = {p.name: p.read_bytes() for p in sorted((ordner / "ausgaben").rglob("*")) if p.is_file()}
        return tabelle.kennzahlen, tabelle.messwerte, dateien


def test_what_is_secret_changes_no_byte(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    eine = schreibe(tmp_path / "eine", {"01": 1.0, "02": 2.0})
    andere = schreibe(tmp_path / "andere", {"01": 2.0, "02": 1.0})
    geheim = eine[1].filter(eine[1]["wert"].is_null()).select("gebiet", "merkmal", "stand").rows()
    assert {("01", "arbeitslose", TAG), ("02", "arbeitslose", TAG)} <= set(geheim)
    assert eine[0].equals(andere[0])
    assert eine[1].equals(andere[1])
    geschrieben = {name.partition("_2025")[0] + name[name.rindex(".") :] for name in eine[2]}
    assert geschrieben >= {
        "Monitoring.xlsx", "Planung.xlsx", "Sozialbericht.docx", "Foerdernachweis.docx", "Foerdernachweis.xlsx", "Drucksache.docx",
    }  # fmt: skip
    assert "Monitoring_2025_barrierefrei.xlsx" in eine[2]
    assert eine[2] == andere[2]
