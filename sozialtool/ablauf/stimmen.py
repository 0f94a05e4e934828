"""Voices by area, theme and date beside the figures; a check warns of names and addresses before anything goes out."""

from __future__ import annotations

import datetime as dt

from sozialtool.ablauf.personenhinweise import find_in, read_strassennamen
from sozialtool.ablauf.plangrundlage import Plangrundlage
from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.ablauf.versorgungsbild import write_tag
from sozialtool.fach.bedarf import Stimme
from sozialtool.fach.indikator import Handlungsfeld
from sozialtool.fach.raum import Gebiet
from sozialtool.projekt import Projekt

_NEBEN = 3


def list_bedenkliche(projekt: Projekt) -> tuple[tuple[Stimme, tuple[str, ...]], ...]:
    """List the voices whose text may point to a person, with what it is."""
    strassen = read_strassennamen(projekt)
    alle = ((s, tuple(was for h in find_in(s, strassen) for was in h.was)) for s in projekt.read(Stimme))
    return tuple((stimme, hinweise) for stimme, hinweise in alle if hinweise)


def list_zeigbare(projekt: Projekt) -> tuple[Stimme, ...]:
    """List the voices that may go out: marked for it, and nothing in them points to a person."""
    bedenklich = {stimme.schluessel for stimme, _ in list_bedenkliche(projekt)}
    return tuple(s for s in projekt.read(Stimme) if s.zeigen and s.schluessel not in bedenklich)


def build_stimmentafel(
    projekt: Projekt, grundlage: Plangrundlage | None, gebiet: str = "", feld: str = ""
) -> Plantafel:
    """List voices by area, theme and date; below each the figures of its area and theme."""
    gebiete = {g.schluessel: g for g in projekt.read(Gebiet)}
    felder = {f.schluessel: f.name for f in projekt.read(Handlungsfeld)}
    bedenklich = {s.schluessel: h for s, h in list_bedenkliche(projekt)}
    alle = [s for s in projekt.read(Stimme) if gebiet in ("", s.gebiet) and feld in ("", s.handlungsfeld)]
    folge = {k: (g.reihenfolge, k) for k, g in gebiete.items()}
    alle.sort(key=lambda s: (folge.get(s.gebiet, (0, "")), s.handlungsfeld, s.datum or dt.date.min, s.schluessel))
    zeilen = tuple(
        Tafelzeile(
            s.schluessel,
            (gebiete[s.gebiet].name if s.gebiet in gebiete else s.gebiet, felder.get(s.handlungsfeld, ""),
             f"{'! ' if s.schluessel in bedenklich else ''}„{s.text}“"),
            _describe(s, grundlage, bedenklich.get(s.schluessel, ())),
            s,
        )
        for s in alle
    )  # fmt: skip
    hinweise = (
        [f"{len(bedenklich)} Stimmen nennen vielleicht eine Person (!) und gehen nicht hinaus."] if bedenklich else []
    )
    hinweise.append("Zitiert wird ohne Namen; was bei „Zeigen“ nein hat, bleibt im Haus.")
    return Plantafel(
        "Stimmen", (Tafelspalte("Sozialraum", 17), Tafelspalte("Thema", 15), Tafelspalte("Stimme")), zeilen, tuple(hinweise),
        "Noch keine Stimme. n trägt eine ein, x gibt eine leere Liste nach Excel.",
    )  # fmt: skip


def _describe(s: Stimme, grundlage: Plangrundlage | None, bedenken: tuple[str, ...]) -> tuple[str, ...]:
    woher = " · ".join(filter(None, (s.wer, s.art.value, write_tag(s.datum), "" if s.zeigen else "bleibt im Haus")))
    saetze = [f"„{s.text}“", f"{s.schluessel} · {woher}"]
    saetze += [f"! Bitte prüfen: {'; '.join(bedenken)}."] if bedenken else []
    if grundlage is not None and s.handlungsfeld:
        saetze.append(describe_zahlen(grundlage, s.gebiet, s.handlungsfeld))
    return tuple(saetze)


def describe_zahlen(grundlage: Plangrundlage, gebiet: str, feld: str) -> str:
    """Name the figures of an area and a theme, those first that differ most from the town."""
    eigene = [i for i in grundlage.indikatoren.values() if i.handlungsfeld == feld]
    mit = [(k, i) for i in eigene if (k := grundlage.find(gebiet, i.kennung)) is not None and k.wert is not None]
    mit.sort(key=lambda paar: -abs(paar[0].lage or 0))
    if not mit:
        return f"Dazu ist für {grundlage.jahr} kein Wert veröffentlicht."
    return f"Zahlen {grundlage.jahr}: " + "; ".join(
        f"{i.kurzname or i.kennung} {grundlage.write(gebiet, i.kennung)}" for _, i in mit[:_NEBEN]
    )
