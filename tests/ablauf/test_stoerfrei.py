"""Two towns that differ in suppressed figures only: what goes out is the same to the byte, so nothing in it depends on a secret.

This looks at no sheet in particular: texts, ranks, colours, chart caches, orders and properties are all compared at once.
"""

from __future__ import annotations

import datetime as dt

from sozialtool import ablauf
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.fach.messwert import Messwert
from tests.ablauf.kleinstadt import build_kleinstadt

TAG = dt.date(2025, 12, 31)


def schreibe(ordner, arbeitslose):
    """What is released of the town, and the bytes of what is written from it."""
    with build_kleinstadt(ordner, range(2024, 2026)) as projekt:
        with projekt.change("Zahlen") as schreiber:
            schreiber.put_messwerte(Messwert(g, "arbeitslose", TAG, wert) for g, wert in arbeitslose.items())
        tabelle = compute(projekt).tabelle
        ablauf.ausgeben(projekt, 2025, "17/801", stand=TAG)
        ablauf.write_planung(projekt, 2025, stand=TAG)
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
    assert {"Monitoring_2025.xlsx", "Planung_2025.xlsx"} <= set(eine[2])
    assert eine[2] == andere[2]
