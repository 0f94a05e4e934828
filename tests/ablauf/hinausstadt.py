"""A town whose Monitoring went out as Anlage 1 of a paper, and what comes after: deliveries, corrected figures, questions."""

from __future__ import annotations

import datetime as dt

import attrs
import docx

from sozialtool import ablauf
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.fach.drucksache import Anlage, Beratungsschritt, Drucksache, Finanzwirkung, Klimarelevanz
from sozialtool.fach.messwert import Messwert
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.schreibweise import FEST
from tests.ablauf.kleinstadt import copy_vorbild
from tests.ablauf.raumstadt import build_raumstadt

TAG = dt.date(2025, 12, 31)
HINAUS, DANACH = dt.date(2026, 3, 4), dt.date(2026, 5, 5)
NR = "17/801"
FERTIG = {"beschlussvorschlag": "Ja.", "finanzen": Finanzwirkung.KEINE, "klima": Klimarelevanz.KEINE}
"""What a paper needs besides its text to go out."""


def open_hinaus(ordner):
    """Open a copy of the town, which is made once."""
    return copy_vorbild("hinaus", ordner, build_hinaus)


def build_hinaus(ordner):
    """A town whose Monitoring went out as Anlage 1 of a paper."""
    projekt = build_raumstadt(ordner, range(2024, 2026))
    with projekt.change("Drucksache") as s:
        s.put(
            Beratungsschritt(NR, 1, "Rat", termin=dt.date(2026, 7, 2)),
            Drucksache(NR, "Monitoring", 2025, **FERTIG),
            Anlage(NR, 1, "Monitoring", "Monitoring_2025.xlsx"),
        )
    ablauf.ausgeben(projekt, 2025, stand=HINAUS, endgueltig=True)
    return projekt


def correct(projekt, gebiet, merkmal, wert, quelle=""):
    with projekt.change("Zahl") as s:
        s.put_messwerte([Messwert(gebiet, merkmal, TAG, wert, quelle=quelle)])


def value(projekt, gebiet, merkmal):
    spalten = projekt.read_messwerte(merkmale=[merkmal])
    zeilen = zip(spalten["gebiet"], spalten["stand"], spalten["wert"], strict=True)
    return next(w for g, s, w in zeilen if (g, s) == (gebiet, TAG))


def shown(projekt):
    """Base figures that today's table shows."""
    spalten = compute(projekt).tabelle.messwerte.select("gebiet", "merkmal", "stand", "wert")
    return {(g, m): w for g, m, s, w in spalten.iter_rows() if s == TAG}


def text_of(pfad):
    d = docx.Document(str(pfad))
    zellen = [z.text for t in d.tables for zeile in t.rows for z in zeile.cells]
    return "\n".join([*(p.text for p in d.paragraphs), *zellen]).replace(FEST, " ")


def deliver(projekt, schluessel="q9", tag=dt.datetime(2026, 4, 1, 9)):
    with projekt.change("neue Lieferung") as s:
        s.put(Quelle(schluessel, f"{schluessel}.xlsx", "ab" * 32, "Agentur", TAG, eingelesen_am=tag))


def asked(projekt):
    """Files that the start screen asks about."""
    texte = [s.text for s in ablauf.uebersicht(projekt).naechste if "(F8, d, k)" in s.text]
    return [datei for text in texte for datei in ("q8.xlsx", "q9.xlsx") if datei in text]


def forget_gezeigtes(projekt):
    """Keep the release as a program did that did not keep what it showed."""
    with projekt.change("alt") as s:
        s.put(*(attrs.evolve(v, gezeigt="") for v in ablauf.list_veroeffentlichungen(projekt)))
