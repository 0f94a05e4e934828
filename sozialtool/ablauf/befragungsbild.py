"""Results of surveys: tallied with shares and limits, small groups kept back."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.ablauf.versorgungsbild import write_tag
from sozialtool.fach.planung import Befragung, Befragungsfrage, Befragungszahl, Frageform
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.projekt import Projekt
from sozialtool.rechnen.auszaehlung import ALLE, Gruppenantwort, Schutz, name_gruppe, tally


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
    befragungen = {b.schluessel: b for b in projekt.read(Befragung)}
    zahlen: dict[tuple[str, int], dict[tuple[str, str], dict[str, int]]] = {}
    for z in projekt.read(Befragungszahl):
        # What was entered before spellings were unified: "Alle" is everybody here, too.
        je_ort = zahlen.setdefault((z.befragung, z.frage), {}).setdefault((z.gebiet, name_gruppe(z.gruppe)), {})
        je_ort[z.antwort] = max(z.anzahl, je_ort.get(z.antwort, 0))
    fragen = [f for f in projekt.read(Befragungsfrage) if f.befragung in befragungen and f.form is not Frageform.FREI]
    kleine: dict[str, set[tuple[str, str]]] = {}
    for (
        frage
    ) in fragen:  # where several answers are possible, a question with one answer says how many people there are
        if frage.form is Frageform.EINE:
            je = zahlen.get((frage.befragung, frage.nummer), {})
            mindestens = befragungen[frage.befragung].mindestfallzahl
            kleine.setdefault(frage.befragung, set()).update(
                ort for ort, da in je.items() if sum(da.values()) < mindestens
            )
    bilder = []
    for frage in fragen:
        befragung, je = befragungen[frage.befragung], zahlen.get((frage.befragung, frage.nummer), {})
        eine = frage.form is Frageform.EINE
        schutz = Schutz(
            befragung.mindestfallzahl,
            projekt.kommune.ags,
            frozenset() if eine else frozenset(kleine.get(frage.befragung, ())),
        )
        bilder.append(Fragenbild(befragung, frage, tally(je, frage.antworten, schutz, eine=eine)))
    return tuple(bilder)


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
        "Gruppen unter der Mindestfallzahl der Befragung sind • (geheim), und weitere, wo sich eine zurückrechnen ließe.",
        "Das gilt auch für eine Gruppe, die fast ganz in einer anderen steckt.",
        "Die Spannen sagen, was der Zufall erlaubt; wer nicht geantwortet hat, denkt vielleicht anders.",
    )
    return Plantafel(
        "Befragungen", spalten, tuple(zeilen), hinweise, "Noch keine Befragung. x gibt eine leere Liste nach Excel."
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
        return Tafelzeile(
            schluessel, (f"  {wo}", g.gruppe, "•", "  • geheim"), (f"{wo}, {g.gruppe}: zu wenige für eine Auswertung.",)
        )
    haeufig = max(g.antworten, key=lambda a: a.anzahl)
    kurz = f"  {haeufig.antwort}: {_write_anteil(g, haeufig.antwort)}"
    detail = "; ".join(f"{a.antwort} {_write_anteil(g, a.antwort)}" for a in g.antworten)
    return Tafelzeile(
        schluessel, (f"  {wo}", g.gruppe, format_zahl(g.basis), kurz), (f"{wo}, {g.gruppe}", f"{detail}.")
    )


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
        return f"„{bild.frage.text}“: in {name} zu wenige für eine Auswertung."
    oben = sorted(g.antworten, key=lambda a: -a.anzahl)[:2]
    teile = "; ".join(f"{a.antwort} {_write_anteil(g, a.antwort)}" for a in oben)
    return f"„{bild.frage.text}“ ({name}, {g.gruppe}, {g.basis} Antworten): {teile}."
