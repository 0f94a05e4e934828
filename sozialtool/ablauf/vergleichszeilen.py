"""The comparison of Varianten line by line, as screen and command show it: one text per Gebietsstand, and what is behind it.

Exact inhabitants and small groups stand here: for the planner's own eyes. On paper goes `variantenausgabe`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from sozialtool.ablauf.varianten import Variantenbild, VariantenRaum, Variantenvergleich
from sozialtool.fach.raum import Ebene, Gebiet
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fach.strasse import Seite, Strassenabschnitt
from sozialtool.projekt import Projekt

LEER = "k. A."


@attrs.frozen
class Vergleichszeile:
    """One line: heading it stands under, what it says, one text per compared Gebietsstand, what it means, details per Gebietsstand."""

    gruppe: str
    titel: str
    werte: tuple[str, ...]
    erklaerung: str = ""
    einzeln: tuple[tuple[str, ...], ...] = ()


def lay_out_vergleich(projekt: Projekt, vergleich: Variantenvergleich) -> tuple[Vergleichszeile, ...]:
    """Lay a comparison out line by line."""
    ebenen = {e.schluessel: e for e in projekt.read(Ebene)}
    namen = {g.schluessel: g.name for g in projekt.read(Gebiet)}
    bilder = vergleich.bilder
    return (
        *_groesse(bilder),
        *_raeume(vergleich),
        *_aehnlichkeit(bilder),
        *_geheimhaltung(bilder),
        *_differenzen(vergleich, namen),
        *_schnitte(bilder, ebenen),
        *_strassen(bilder),
    )


def _zahl(wert: float | None, stellen: int = 0) -> str:
    return format_zahl(wert, stellen, leer=LEER)


def _groesse(bilder: Sequence[Variantenbild]) -> Iterable[Vergleichszeile]:
    gruppe = "Größe"
    je = [bild.verteilung for bild in bilder]
    yield Vergleichszeile(gruppe, "Sozialräume", tuple(_zahl(len(b.raeume)) for b in bilder))
    yield Vergleichszeile(gruppe, "kleinster (Einwohner)", tuple(_zahl(v.kleinster if v else None) for v in je))
    yield Vergleichszeile(gruppe, "größter (Einwohner)", tuple(_zahl(v.groesster if v else None) for v in je))
    yield Vergleichszeile(
        gruppe, "größter zu kleinstem", tuple(_zahl(v.verhaeltnis if v else None, 1) for v in je),
        "So viele Mal so viele Einwohner wie der kleinste hat der größte Sozialraum.",
    )  # fmt: skip
    yield Vergleichszeile(
        gruppe, "weiteste Abweichung %", tuple(_zahl(v.abweichung if v else None, 1) for v in je),
        "Abweichung vom Mittel der Sozialräume, wie bei Wahlkreisen (§ 3 BWahlG: möglichst nicht über 15 Prozent).",
    )  # fmt: skip
    yield Vergleichszeile(
        gruppe, "Gleichmäßigkeit", tuple(_zahl(v.gleichmaessigkeit if v else None, 3) for v in je),
        "1 heißt: alle gleich groß (Pielou: −Σ p·ln p / ln N mit dem Anteil p jedes Sozialraums).",
    )  # fmt: skip
    if any(b.offen for b in bilder):
        yield Vergleichszeile(
            gruppe, "! Gebiete ohne Raum", tuple(_zahl(len(b.offen)) for b in bilder),
            "Diese Gebiete gehören noch zu keinem Sozialraum.", tuple(b.offen for b in bilder),
        )  # fmt: skip


def _raeume(vergleich: Variantenvergleich) -> Iterable[Vergleichszeile]:
    namen: dict[str, str] = {}
    for bild in vergleich.bilder:
        namen |= {r.raum.schluessel: namen.get(r.raum.schluessel, r.raum.name) for r in bild.raeume}
    je = [{r.raum.schluessel: r for r in bild.raeume} for bild in vergleich.bilder]
    for schluessel, name in namen.items():
        werte = tuple(_zahl(raeume[schluessel].einwohner) if schluessel in raeume else "–" for raeume in je)
        anteile = tuple(
            (
                f"{_heisst(raeume[schluessel], name)}{_zahl(raeume[schluessel].anteil, 1)} % der Stadt, {raeume[schluessel].gebiete} kleinste Gebiete",
            )
            if schluessel in raeume
            else ("Diesen Sozialraum gibt es dort nicht.",)
            for raeume in je
        )
        yield Vergleichszeile(f"Einwohner {vergleich.jahr}", name, werte, "", anteile)


def _heisst(raum: VariantenRaum, name: str) -> str:
    """Say the name of a Sozialraum where it is not the one its line has."""
    return "" if raum.raum.name == name else f"heißt dort {raum.raum.name}; "


def _aehnlichkeit(bilder: Sequence[Variantenbild]) -> Iterable[Vergleichszeile]:
    je = [{s.indikator.kennung: s for s in bild.streuung} for bild in bilder]
    for s in bilder[0].streuung:
        eigene = [teil.get(s.indikator.kennung) for teil in je]
        stellen, einheit = s.indikator.nachkommastellen, s.indikator.einheit
        spannen = tuple(
            (f"nur {z.gebiete} von {z.gebiete + z.ohne} kleinsten Gebieten haben eine Zahl: zu wenige zum Vergleichen",)
            if z and z.gebiete < z.ohne
            else (
                f"zwischen den Räumen {_zahl(None if z.zwischen is None else z.zwischen * 100)} %, in ihnen "
                f"{_zahl(None if z.zwischen is None else 100 - z.zwischen * 100)} %; Räume von {_zahl(z.niedrigster, stellen)} bis "
                f"{_zahl(z.hoechster, stellen)} {einheit}"
                + (f"; {z.ohne} kleinste Gebiete ohne Zahl" if z.ohne else ""),
            )
            if z
            else ("nicht zu rechnen",)
            for z in eigene
        )
        werte = tuple(_zahl(z.zwischen * 100 if z and z.zwischen is not None else None) for z in eigene)
        yield Vergleichszeile(
            "Zwischen den Räumen (in %)", f"{s.indikator.kennung} {s.indikator.kurzname or s.indikator.name}", werte,
            "So viel Prozent der Unterschiede zwischen den kleinsten Gebieten liegen zwischen den Sozialräumen, der Rest in ihnen "
            "(η²). Hoch: innen ähnlich, untereinander verschieden. Mehr Räume haben von allein höhere Werte.", spannen,
        )  # fmt: skip


def _geheimhaltung(bilder: Sequence[Variantenbild]) -> Iterable[Vergleichszeile]:
    gruppe = "Geheimhaltung"
    yield Vergleichszeile(
        gruppe, "kleine Fallzahlen", tuple(f"{_zahl(b.kleine)} von {_zahl(b.zellen)}" for b in bilder),
        "Zellen der Sozialräume, die für sich schon geheim sind.",
    )  # fmt: skip
    yield Vergleichszeile(
        gruppe, "gesperrte Zellen", tuple("–" if b.gesperrt is None else _zahl(b.gesperrt) for b in bilder),
        "So viele Zellen müssten gesperrt werden, damit sich keine geheime ausrechnen lässt. – heißt: nicht gerechnet.",
    )  # fmt: skip


def _schnitte(bilder: Sequence[Variantenbild], ebenen: dict[str, Ebene]) -> Iterable[Vergleichszeile]:
    for schluessel in bilder[0].zerschnitten:
        offen = bilder[0].ungeprueft.get(schluessel, 0)
        mehrzahl = ebenen[schluessel].mehrzahl
        text = f"{mehrzahl}, die in mehreren Sozialräumen liegen."
        if offen:
            text += (
                f" {offen} ließen sich nicht prüfen: Es ist nicht bekannt, aus welchen kleinsten Gebieten sie bestehen."
            )
        yield Vergleichszeile(
            "Schnitte", mehrzahl,
            tuple(_zahl(len(b.zerschnitten[schluessel])) + (f" + {offen} offen" if offen else "") for b in bilder), text,
            tuple(tuple(f"{g.name}: {', '.join(raeume)}" for g, raeume in b.zerschnitten[schluessel]) for b in bilder),
        )  # fmt: skip


def _strassen(bilder: Sequence[Variantenbild]) -> Iterable[Vergleichszeile]:
    bisher = {r.raum.schluessel: r.raum.name for r in bilder[0].raeume}
    einzeln = []
    for bild in bilder:
        neu = {r.raum.schluessel: r.raum.name for r in bild.raeume}
        einzeln.append(
            tuple(
                f"{w.abschnitt.name} {hausnummern(w.abschnitt)}: {bisher.get(w.von, w.von or '–')} → {neu.get(w.nach, w.nach or '–')}"
                for w in bild.wechsel
            )
        )
    yield Vergleichszeile(
        "Schnitte", "Straßen wechseln", tuple(_zahl(len(b.wechsel)) for b in bilder),
        "Straßenabschnitte, die gegenüber dem geltenden Stand in einen anderen Sozialraum kommen.", tuple(einzeln),
    )  # fmt: skip


def hausnummern(abschnitt: Strassenabschnitt) -> str:
    """Say which house numbers a section has: "1–19, ungerade"."""
    von = f"{abschnitt.von}{abschnitt.von_zusatz}" if abschnitt.von is not None else ""
    bis = f"{abschnitt.bis}{abschnitt.bis_zusatz}" if abschnitt.bis is not None else ""
    teile = [f"{von}–{bis}" if von and bis else f"ab {von}" if von else f"bis {bis}" if bis else "alle"]
    if abschnitt.seite is not Seite.ALLE:
        teile.append(abschnitt.seite.value)
    return ", ".join(teile)


def _differenzen(vergleich: Variantenvergleich, namen: dict[str, str]) -> Iterable[Vergleichszeile]:
    einzeln = tuple(
        tuple(
            f"{', '.join(namen.get(g, g) for g in (*d.nur_alt, *d.nur_neu))}: {_zahl(d.personen)} Menschen, "
            + ("durch eine Subtraktion" if d.genau else "nur als Unterschied zweier Gruppen")
            for d in bild.differenzen
        )
        for bild in vergleich.bilder
    )
    yield Vergleichszeile(
        "Geheimhaltung", "kleine Differenzen", tuple(_zahl(len(b.differenzen)) for b in vergleich.bilder),
        f"Gruppen unter {vergleich.schranke} Menschen zwischen alten und neuen Grenzen: Wer Zahlen für beide hat, kann ihre "
        "ausrechnen. Für ein Jahr bitte nur Zahlen eines Gebietsstands veröffentlichen.", einzeln,
    )  # fmt: skip
