"""The Übergabe read back with openpyxl alone, by the rules that its own second sheet tells."""

from __future__ import annotations

import datetime as dt
import enum
import json
import math
import re
import typing
import warnings

import openpyxl

from sozialtool.ablauf.uebergabeplan import PLAN
from sozialtool.ablauf.uebergabewerte import VORSCHLAG
from sozialtool.fach.felder import felder_of, hints_of


def read_ordner(ordner):
    """(workbook without _Teil_n, sheet) → (heads, rows)."""
    blaetter = {}
    folge = sorted(
        ordner.glob("*.xlsx"), key=lambda p: (p.stem.partition("_Teil_")[0], int(p.stem.partition("_Teil_")[2] or 1))
    )
    for pfad in folge:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            mappe = openpyxl.load_workbook(pfad, read_only=True)
        for blatt in mappe.worksheets:
            kopf, *zeilen = blatt.values
            bisher = blaetter.setdefault((pfad.stem.partition("_Teil_")[0], blatt.title), (kopf, []))
            bisher[1].extend(zeilen)
        mappe.close()
    return blaetter


def read_klassen(blaetter):
    """Class → its objects as they come back, from what `read_ordner` returned; without what the sheet calls the program's proposal."""
    return {
        klasse: [build(klasse, dict(zip(kopf, zeile, strict=True))) for zeile in zeilen if VORSCHLAG not in zeile]
        for teil in PLAN
        for klasse, (name, _) in teil.blaetter.items()
        for kopf, zeilen in [blaetter[teil.stamm, name]]
    }


def build(klasse, zeile):
    hints = hints_of(klasse)
    return klasse(
        **{f.name: to_wert(f, zeile, type(None) in typing.get_args(hints[f.name])) for f in felder_of(klasse)}
    )


def to_wert(feld, zeile, darf_fehlen):
    wert = zeile[feld.titel]
    if wert is None and darf_fehlen:
        return None
    if issubclass(feld.art, enum.Enum):
        return feld.art(wert or "")
    if feld.art is tuple:
        return () if wert is None else tuple(json.loads(wert)) if wert.startswith("[") else tuple(wert.split("; "))
    if feld.art is bool:
        return {"ja": True, "nein": False}[wert]
    if feld.art is dt.datetime:
        return wert if isinstance(wert, dt.datetime) else dt.datetime.fromisoformat(wert)
    if feld.art is dt.date:
        return wert.date() if isinstance(wert, dt.datetime) else dt.date.fromisoformat(wert)
    if feld.art in (int, float):
        return feld.art(wert)
    teile = [
        str(zeile[k])
        for k in zeile
        if k and re.fullmatch(rf"{re.escape(feld.titel)}( \(Fortsetzung \d+\))?", k) and zeile[k] is not None
    ]
    # openpyxl itself takes the mark from an underscore that is a text (_x005F_), but leaves control characters as they are written.
    return re.sub("_x00([01][0-9A-Fa-f])_", lambda t: chr(int(t[1], 16)), "".join(teile))


def same(a, b):
    """Equal, numbers to the fifteen digits that a cell holds."""
    felder = [f.name for f in felder_of(type(a))]
    return all(
        math.isclose(x, y, rel_tol=2e-15) if isinstance(x, float) and isinstance(y, float) else x == y
        for x, y in ((getattr(a, name), getattr(b, name)) for name in felder)
    )
