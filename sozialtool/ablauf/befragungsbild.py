"""Results of surveys: tallied with shares and limits, small groups kept back."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import attrs

from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.ablauf.versorgungsbild import write_tag
from sozialtool.fach.antwortgruppe import ALLE, Ort, is_antwortende, name_gruppe
from sozialtool.fach.planung import Befragung, Befragungsfrage, Befragungszahl, Frageform
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, STADT, Gebiet
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.projekt import Projekt
from sozialtool.rechnen.auszaehlung import Gruppenantwort, tally

GEHEIM = "geheim (zu wenige, oder mitgesperrt, damit sich keine kleine Gruppe zurückrechnen lässt)"
"""Of a group that is kept back; which of the two it is, would tell too much."""
SCHUTZHINWEISE = (
    "Gruppen unter der Mindestfallzahl der Befragung sind • (geheim).",
    "Mitgesperrt sind weitere, auch große, so dass sich aus allem, was hier steht, keine kleine zurückrechnen lässt.",
)
BASISHINWEIS = (
    "Konnten mehrere Antworten gegeben werden, ist der Anteil der an den Antwortenden: so viele, wie die Liste in der Zeile „Antwortende“ nennt, "
    "sonst so viele, wie eine Frage mit einer Antwort beantwortet haben."
)
"""What a share rests on where several answers were possible."""


@attrs.frozen
class Fragenbild:
    """One question with the answers of every group in every area."""

    befragung: Befragung
    frage: Befragungsfrage
    gruppen: tuple[Gruppenantwort, ...]

    @property
    def eine(self) -> bool:
        """Whether each person gave one answer."""
        return self.frage.form is Frageform.EINE

    def find(self, gebiet: str, gruppe: str = "") -> Gruppenantwort | None:
        """Return the answers in an area: of a group, else of all, else of the first there is."""
        da = [g for g in self.gruppen if g.gebiet == gebiet and gruppe in ("", g.gruppe)]
        return next((g for g in da if g.gruppe == ALLE), da[0] if da else None)


def build_fragenbilder(projekt: Projekt) -> tuple[Fragenbild, ...]:
    """Tally every question of every survey."""
    je_frage: dict[tuple[str, int], list[Befragungszahl]] = {}
    for zahl in projekt.read(Befragungszahl):
        je_frage.setdefault((zahl.befragung, zahl.frage), []).append(zahl)
    fragen = [f for f in projekt.read(Befragungsfrage) if f.form is not Frageform.FREI]
    summen = _list_gebietssummen(projekt)
    bilder: dict[tuple[str, int], Fragenbild] = {}
    for befragung in projekt.read(Befragung):
        ihre = [f for f in fragen if f.befragung == befragung.schluessel]
        gezaehlt = [_count(f, je_frage.get((f.befragung, f.nummer), ())) for f in ihre]
        stadt, alle = projekt.kommune.ags, befragung.geantwortet
        geheim = _protect(tuple(gezaehlt), (befragung.mindestfallzahl, summen, alle, stadt))
        for nr, frage in enumerate(ihre):
            gruppen = _tally(frage, gezaehlt, geheim, nr)
            bilder[frage.befragung, frage.nummer] = Fragenbild(befragung, frage, gruppen)
    return tuple(bilder[f.befragung, f.nummer] for f in fragen if (f.befragung, f.nummer) in bilder)


@attrs.frozen
class _Gezaehlt:
    """Counts of one question as plain values, so that they can be compared: (area, group) with its answers, with its people."""

    zahlen: tuple[tuple[Ort, tuple[tuple[str, int], ...]], ...]
    menschen: tuple[tuple[Ort, int], ...]
    eine: bool


def _count(frage: Befragungsfrage, zahlen: Sequence[Befragungszahl]) -> _Gezaehlt:
    """Sort the counts of a question; a row "Antwortende" says how many people answered where several answers were possible."""
    je_ort: dict[Ort, dict[str, int]] = {}
    menschen: dict[Ort, int] = {}
    eine = frage.form is Frageform.EINE
    for z in zahlen:
        # What was entered before spellings were unified: "Alle" is everybody here, too.
        ort = (z.gebiet, name_gruppe(z.gruppe))
        je = je_ort.setdefault(ort, {})
        if not eine and is_antwortende(z.antwort):
            menschen[ort] = max(z.anzahl, menschen.get(ort, 0))
        else:
            je[z.antwort] = max(z.anzahl, je.get(z.antwort, 0))
    if eine:
        menschen = {ort: sum(je.values()) for ort, je in je_ort.items()}
    # Fewer people than gave one answer is a slip of the pen: nobody knows the people then.
    menschen = {ort: n for ort, n in menschen.items() if n >= max(je_ort[ort].values(), default=0)}
    return _Gezaehlt(tuple((ort, tuple(je.items())) for ort, je in je_ort.items()), tuple(menschen.items()), eine)


def _list_gebietssummen(projekt: Projekt) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each area, and the town, with the areas of every level in it; who belongs to no area belongs to the town."""
    gebiete = {g.schluessel: g for g in projekt.read(Gebiet)}
    stadt = projekt.kommune.ags
    summen: dict[tuple[str, str], list[str]] = {}
    for gebiet in gebiete.values():
        if gebiet.schluessel == stadt or gebiet.ebene == STADT or gebiet.ist_rest:
            continue
        oben, gesehen = gebiet.teil_von, {stadt, gebiet.schluessel}
        while oben in gebiete and oben not in gesehen:
            gesehen.add(oben)
            summen.setdefault((oben, gebiet.ebene), []).append(gebiet.schluessel)
            oben = gebiete[oben].teil_von
        summen.setdefault((stadt, gebiet.ebene), []).append(gebiet.schluessel)
    return tuple(
        (oben, (*unten, *((NICHT_ZUZUORDNEN,) if oben == stadt else ()))) for (oben, _), unten in summen.items()
    )


@functools.lru_cache(maxsize=16)
def _protect(
    gezaehlt: tuple[_Gezaehlt, ...], rahmen: tuple[int, tuple[tuple[str, tuple[str, ...]], ...], int | None, str]
) -> tuple[frozenset[Ort], ...]:
    """Find what is kept back (several screens ask for the same survey, and the answer takes a moment)."""
    from sozialtool.geheimhaltung.antwortsummen import Frage
    from sozialtool.geheimhaltung.befragung import Rahmen, protect_befragung

    fragen = [Frage({ort: dict(je) for ort, je in g.zahlen}, dict(g.menschen), g.eine) for g in gezaehlt]
    return protect_befragung(fragen, Rahmen(*rahmen))


def _tally(
    frage: Befragungsfrage, gezaehlt: Sequence[_Gezaehlt], geheim: Sequence[frozenset[Ort]], nr: int
) -> tuple[Gruppenantwort, ...]:
    """Make the shares of question `nr`; people that nobody counted are those who answered a question with one answer."""
    zahlen = {ort: dict(je) for ort, je in gezaehlt[nr].zahlen}
    menschen = dict(gezaehlt[nr].menschen)
    offen = [] if gezaehlt[nr].eine else [ort for ort in zahlen if ort not in menschen]
    for ort in offen:
        ander = [dict(g.menschen).get(ort, 0) for k, g in enumerate(gezaehlt) if g.eine and ort not in geheim[k]]
        if (meiste := max(ander, default=0)) >= max(zahlen[ort].values(), default=0):
            menschen[ort] = meiste
    return tally(zahlen, frage.antworten, menschen, geheim[nr])


def build_befragungstafel(projekt: Projekt) -> Plantafel:
    """List the answers of every group; small groups show that they are kept back."""
    gebiete = {g.schluessel: g for g in projekt.read(Gebiet)}
    bilder = build_fragenbilder(projekt)
    zeilen: list[Tafelzeile] = []
    for bild in bilder:
        schluessel = f"{bild.frage.befragung}/{bild.frage.nummer}"
        zeilen.append(
            Tafelzeile(schluessel, (f"{schluessel} {bild.frage.text}", "", "", ""), _describe(bild), bild.frage, True)
        )
        zeilen += [_row(bild, gruppe, gebiete) for gruppe in bild.gruppen]
    spalten = (
        Tafelspalte("Wo"),
        Tafelspalte("Gruppe", 12),
        Tafelspalte("Antw.", 6, rechts=True),
        Tafelspalte("  am häufigsten", 30),
    )
    hinweise = (
        *SCHUTZHINWEISE,
        "Das gilt auch für eine Gruppe, die fast ganz in einer anderen steckt, und über Fragen hinweg, die etwa gleich viele beantwortet haben.",
        BASISHINWEIS,
        "Die Spannen sagen, was der Zufall erlaubt; wer nicht geantwortet hat, denkt vielleicht anders.",
    )
    return Plantafel(
        "Befragungen",
        spalten,
        tuple(zeilen),
        hinweise,
        "Noch keine Befragung. x gibt eine leere Liste nach Excel.",
        len({bild.befragung.schluessel for bild in bilder}),
    )


def _describe(bild: Fragenbild) -> tuple[str, ...]:
    b = bild.befragung
    quote = f", {format_zahl(100 * b.geantwortet / b.gefragt, 1)} %" if b.gefragt and b.geantwortet else ""
    menge = f"{format_zahl(b.geantwortet, leer='?')} von {format_zahl(b.gefragt, leer='?')} haben geantwortet{quote}"
    wann = " bis ".join(filter(None, (write_tag(b.von), write_tag(b.bis))))
    return (f"{bild.frage.text} ({bild.frage.form.value})", f"{b.name}, {wann}, {b.weg.value}: {menge}.", b.bemerkung)


def _row(bild: Fragenbild, g: Gruppenantwort, gebiete: Mapping[str, Gebiet]) -> Tafelzeile:
    wo = gebiete[g.gebiet].name if g.gebiet in gebiete else g.gebiet
    schluessel = f"{bild.frage.befragung}/{bild.frage.nummer}/{g.gebiet}/{g.gruppe}"
    if g.geheim:
        return Tafelzeile(schluessel, (f"  {wo}", g.gruppe, "•", "  • geheim"), (f"{wo}, {g.gruppe}: {GEHEIM}.",))
    haeufig = max(g.antworten, key=lambda a: a.anzahl)
    kurz = f"  {haeufig.antwort}: {_write_anteil(g, haeufig.antwort)}"
    detail = "; ".join(f"{a.antwort} {_write_anteil(g, a.antwort)}" for a in g.antworten)
    return Tafelzeile(
        schluessel,
        (f"  {wo}", g.gruppe, format_zahl(g.basis, leer="?"), kurz),
        (f"{wo}, {g.gruppe}, {_write_basis(g)}", f"{detail}."),
    )


def _write_basis(g: Gruppenantwort) -> str:
    """Say of how many people: shares of several answers add up to more than 100 %."""
    return f"von {format_zahl(g.basis)} Antwortenden" if g.basis else "wie viele geantwortet haben, ist nicht bekannt"


def _write_anteil(g: Gruppenantwort, antwort: str) -> str:
    a = next(x for x in g.antworten if x.antwort == antwort)
    if a.anteil is None:
        return f"{a.anzahl}-mal genannt"
    return f"{format_zahl(a.anteil)} % ({format_zahl(a.unten)} … {format_zahl(a.oben)})"


def describe_frage(bild: Fragenbild, gebiet: str, name: str) -> str:
    """Say in one sentence what people of an area answered to a question."""
    g = bild.find(gebiet)
    if g is None:
        return f"„{bild.frage.text}“: in {name} nicht gefragt."
    if g.geheim:
        return f"„{bild.frage.text}“: in {name} {GEHEIM}."
    oben = sorted(g.antworten, key=lambda a: -a.anzahl)[:2]
    teile = "; ".join(f"{a.antwort} {_write_anteil(g, a.antwort)}" for a in oben)
    return f"„{bild.frage.text}“ ({name}, {g.gruppe}, {_write_basis(g)}): {teile}."
