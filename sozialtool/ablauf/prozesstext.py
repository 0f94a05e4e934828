"""Bodies, meetings, tasks and the cycle as plain text, for commands and screens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sozialtool.ablauf.nachweise import describe_nachweis
from sozialtool.ablauf.sitzungen import Punktbild, Sitzungsbild
from sozialtool.ablauf.umlauf import Umlauf
from sozialtool.fach.gremium import Aufgabe, Aufgabenstand, Gremium, Sitzung


def gremien_text(gremien: Iterable[Gremium]) -> str:
    """Write the bodies, one to a line, with the place in the cycle and the members as roles."""
    zeilen = []
    for g in gremien:
        ort = f"Station {g.station}" if g.station else "nicht im Umlauf"
        zuerst = ", sieht Zahlen zuerst" if g.sieht_zuerst else ""
        zeilen.append(f"{g.schluessel}\t{g.name}\t{ort}{zuerst}\t{'; '.join(g.mitglieder)}")
    return "\n".join(zeilen)


def sitzungen_text(sitzungen: Iterable[Sitzung], gremien: Mapping[str, str]) -> str:
    """Write the meetings, one to a line; `gremien` maps keys to names."""
    return "\n".join(
        f"{s.schluessel}\t{s.datum:%d.%m.%Y}\t{gremien.get(s.gremium, s.gremium)}\t{s.stand.value}" for s in sitzungen
    )


def sitzung_text(bild: Sitzungsbild) -> str:
    """Write a meeting with agenda, results, Beschlüsse and tasks."""
    s = bild.sitzung
    kopf = [bild.titel + f" – {s.stand.value}", *(t for t in (f"{s.uhrzeit} {s.ort}".strip(),) if t)]
    if s.anwesend:
        kopf.append(f"Anwesend: {', '.join(s.anwesend)}")
    zeilen = [*kopf, *(zeile for punkt in bild.punkte for zeile in _punkt(punkt))]
    if not bild.punkte:
        zeilen.append("Noch keine Tagesordnung.")
    nummern = {punkt.punkt.nummer for punkt in bild.punkte}
    lose = [a for a in bild.aufgaben if a.top not in nummern]
    zeilen += ["", *(f"Aufgabe ohne TOP: {_task(a)}" for a in lose)] if lose else []
    zeilen += [f"Offen aus früheren Sitzungen: {_task(a)}" for a in bild.offene]
    return "\n".join(zeilen)


def _punkt(bild: Punktbild) -> list[str]:
    p = bild.punkt
    zeilen = ["", f"TOP {p.nummer} {p.titel}" + (f" (Unterlage {p.drucksache})" if p.drucksache else "")]
    zeilen += [f"  {absatz}" for absatz in p.ergebnis.splitlines()]
    for b, nachweise in bild.beschluesse:
        erster, *weitere = b.wortlaut.splitlines() or [""]
        zeilen += [f"  Beschluss ({b.art.value}): {erster}", *(f"    {absatz}" for absatz in weitere)]
        zeilen += [f"    Abweichende Meinung: {b.abweichend}"] if b.abweichend else []
        zeilen += [f"    Betrifft: {describe_nachweis(nachweis)}" for nachweis in nachweise]
    return zeilen + [f"  Aufgabe: {_task(a)}" for a in bild.aufgaben]


def _task(a: Aufgabe) -> str:
    bis = f", bis {a.bis:%d.%m.%Y}" if a.bis else ""
    return f"{a.text} – {a.zustaendig}{bis} ({a.stand.value})"


def aufgaben_text(aufgaben: Iterable[Aufgabe], heute: dt.date) -> str:
    """Write tasks, one to a line, with the overdue ones marked."""
    return "\n".join(
        f"{'!' if a.is_ueberfaellig(heute) else a.stand.symbol} {a.schluessel}\t{_task(a)}"
        + (" überfällig" if a.is_ueberfaellig(heute) and a.stand is Aufgabenstand.OFFEN else "")
        for a in aufgaben
    )


def umlauf_text(umlaeufe: Sequence[Umlauf]) -> str:
    """Write for each Thema how far it is at each station, and who has it next."""
    zeilen: list[str] = []
    for u in umlaeufe:
        zu = f" – abgeschlossen am {u.thema.abgeschlossen:%d.%m.%Y}" if u.thema.abgeschlossen else ""
        zeilen += ["", f"{u.thema.name} ({u.thema.schluessel}){zu}"]
        for s in u.stationen:
            wieviele = f", {s.gesehen} von {len(s.gremien)}" if len(s.gremien) > 1 else ""
            tag = f", {s.zuletzt:%d.%m.%Y}" if s.zuletzt else ""
            zeilen.append(f"  {s.nummer} {s.lage.symbol} {s.name}: {s.lage.value}{wieviele}{tag}")
        zeilen += [
            f"  außerdem: {b.gremium.name}, {b.sitzung.datum:%d.%m.%Y} ({b.sitzung.stand.value})" for b in u.weitere
        ]
        if u.naechste:
            zeilen.append(f"  Als Nächstes: {u.naechste.name}")
        zeilen += [f"  ! {satz}" for satz in u.hinweise]
    return "\n".join(zeilen[1:])
