"""What a person reads about suppression: the rule, the proof, the reason for one cell."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fehler import GeheimhaltungsFehler
from sozialtool.geheimhaltung.bestand import Bestand
from sozialtool.geheimhaltung.werte import Bekannt, Frueher, Grund, Ort, Regel

_SCHUTZ = (
    "Weitere Zahlen sind gesperrt, damit sich keine geheime Zahl aus Summen, Resten oder Veränderungen berechnen lässt. "
    "Für jede gesperrte Zahl ist geprüft, welche Werte nach allem Veröffentlichten noch möglich sind: "
    "Bei jeder kleinen Fallzahl bleiben sowohl „niemand“ als auch eine Zahl möglich, die gezeigt werden dürfte; "
    "bei einer Zahl, die schon die Quelle geheim hält, bleibt mindestens eine ebenso große Spanne offen."
)


_RUNDUNG = (
    "Bei gerundeten Anzahlen ist ebenso geprüft, dass für jede kleine neben allem anderen wenigstens drei Werte möglich bleiben (oder "
    "alle, die das Ganze zulässt); wo das nicht so wäre, steht auch die gerundete Zahl nicht da."
)


def describe_regel(merkmale: Iterable[Merkmal], regel: Regel) -> str:
    """Say the rule in plain German, as it stands in the workbook."""
    zahlen = sorted({m.mindestfallzahl for m in merkmale if m.mindestfallzahl > 0 and m.art.additiv})
    grenze = " oder ".join(str(n) for n in zahlen) or "3"
    saetze = [
        f"Eine Fallzahl wird erst gezeigt, wenn sie mindestens {grenze} beträgt (je nach Quelle).",
        "Ebenso geheim ist sie, wenn so wenige zum Ganzen fehlen, und jeder Anteil, aus dem sie sich berechnen ließe.",
    ]
    if regel.alle:
        saetze.append("Auch „alle“ wird nicht gezeigt, weil es über jede einzelne Person etwas verrät.")
    saetze += [*regel.verlangt, _SCHUTZ]
    if regel.runden:
        saetze.append(_RUNDUNG)
    if regel.mitwisser:
        saetze.append("Das gilt auch für jemanden, der selbst der einzige Fall eines anderen Feldes ist.")
    return " ".join(saetze)


def describe_gruende(orte: Iterable[Ort], gruende: Mapping[Ort, Grund], namen: Mapping[str, str], regel: Regel) -> str:
    """Say in one sentence why these cells are suppressed; "" if none is."""
    teile = []
    for ort in sorted(orte):
        grund = gruende.get(ort)
        if grund is not None:
            teile.append(_explain(ort, grund, namen, regel))
    return "Gesperrt: " + "; ".join(dict.fromkeys(teile)) + "." if teile else ""


def describe_zellen(
    orte: Iterable[Ort],
    gruende: Mapping[Ort, Grund],
    namen: Mapping[str, str],
    intervalle: Mapping[Ort, tuple[float, float]],
    regel: Regel,
) -> tuple[str, ...]:
    """Say per suppressed cell why, who asks for it, and which values everything published leaves possible."""
    saetze = []
    for ort in sorted(orte):
        grund = gruende.get(ort)
        if grund is None:
            continue
        kopf = f"{_explain(ort, grund, namen, regel)}."
        von, bis = intervalle.get(ort, (0.0, math.inf))
        saetze.append(f"{kopf} Wer alles Veröffentlichte zusammenrechnet, weiß von dieser Zahl nur: {_span(von, bis)}.")
    return tuple(dict.fromkeys(saetze))


def _explain(ort: Ort, grund: Grund, namen: Mapping[str, str], regel: Regel) -> str:
    """Name a cell, why it is suppressed, and who asks for the rule."""
    stelle = "" if grund in _OHNE_STELLE else regel.stellen.get(ort.merkmal.partition("@")[0], "")
    verlangt = f" (verlangt von {stelle})" if stelle else ""
    return f"{namen.get(ort.merkmal, ort.merkmal)} ({ort.jahr}) {_ERKLAERT[grund]}{verlangt}"


def _span(von: float, bis: float) -> str:
    if math.isinf(von) and math.isinf(bis):
        return "sie kann jede sein"
    if math.isinf(bis):
        return f"sie ist mindestens {format_zahl(von, 0)}"
    return f"höchstens {format_zahl(bis, 0)}" if math.isinf(von) else f"{format_zahl(von, 0)} bis {format_zahl(bis, 0)}"


def describe_gemeinsam(fruehere: Iterable[Frueher], bekannt: Iterable[str]) -> tuple[str, ...]:
    """Say what the release is protected together with; () where nothing went before."""
    namen = [frueher.release.name for frueher in fruehere]
    aussen = sorted(set(bekannt) - set(namen))
    saetze = []
    if namen:
        saetze.append(f"Geprüft ist das gemeinsam mit: {'; '.join(namen)}. Was dort gezeigt wurde, gilt als bekannt.")
    if aussen:
        saetze.append(f"Als bekannt gilt auch, was anderswo steht: {'; '.join(aussen)}.")
    return tuple(saetze)


def name_fruehere(fehler: GeheimhaltungsFehler, quellen: Iterable[str]) -> GeheimhaltungsFehler:
    """Say, too, beside what the release stands: what went out before or is known from elsewhere; as it is where there is nothing."""
    namen = sorted(set(quellen))
    if not namen:
        return fehler
    return GeheimhaltungsFehler(
        f"{fehler.meldung} Dazu gehört, was schon bekannt ist: {'; '.join(namen)}.",
        f"{fehler.abhilfe} Was davon selbst veröffentlicht ist und noch niemand hat, lässt sich zurückziehen (Befehl „geheimhaltung zurueckziehen“).".strip(),
        fehler.code,
    )


def describe_hingenommen(bekannt: Iterable[Bekannt]) -> tuple[str, ...]:
    """Say, as it is printed, how many secrets are public already and from where, without naming them; () if none."""
    orte: set[Ort] = set()
    quellen: set[str] = set()
    for eintrag in bekannt:
        orte.add(eintrag.ort)
        quellen.update(eintrag.quellen)
    if not orte:
        return ()
    wie_viele = "Eine geheime Zahl folgt" if len(orte) == 1 else f"{len(orte)} geheime Zahlen folgen"
    return (f"{wie_viele} schon aus Veröffentlichtem ({'; '.join(sorted(quellen))}); hier wird nichts hinzugefügt.",)


def describe_bekannt(bekannt: Iterable[Bekannt], bestand: Bestand) -> tuple[str, ...]:
    """Say which secrets are public already, who made them so, and what can be done."""
    texte = []
    for eintrag in bekannt:
        gebiet = bestand.gebiete.get(eintrag.ort.gebiet)
        texte.append(
            f"{_name_bekannt(eintrag.ort.merkmal, bestand)}, {gebiet.name if gebiet else eintrag.ort.gebiet}, {eintrag.ort.jahr}: "
            f"Diese geheime Zahl folgt schon aus Veröffentlichtem ({', '.join(eintrag.quellen)}) und lässt sich nicht mehr "
            "schützen. Bitte die Mindestfallzahl prüfen oder die frühere Ausgabe zurückziehen lassen."
        )
    return tuple(dict.fromkeys(texte))


def _name_bekannt(schluessel: str, bestand: Bestand) -> str:
    """Name a cell of the joint system: "~" is the rest to a whole, "~+" what nobody delivered, "#" a side of an Indikator."""
    rest = schluessel.startswith("~")
    kern = schluessel.lstrip("~").partition("§")[0]
    if kern.startswith("+"):
        teile = (bestand.find_merkmal(name.partition(":")[0]) for name in kern[1:].split("+"))
        return (
            " und ".join(dict.fromkeys(merkmal.name for merkmal in teile if merkmal is not None)) + ", nicht geliefert"
        )
    if kern.startswith("#"):
        kennung = kern[1:].partition(":")[0]
        return (
            f"Der Rest zum Ganzen beim Indikator {kennung}" if rest else f"Zähler oder Nenner des Indikators {kennung}"
        )
    merkmal = bestand.find_merkmal(kern)
    if merkmal is None:
        return "Eine Summe oder ein Rest"
    return f"Der Rest zum Ganzen von {merkmal.name}" if rest else merkmal.name


_OHNE_STELLE = (Grund.QUELLE, Grund.ABGELEITET, Grund.SEKUNDAER)
"""Reasons that follow from other figures, not from the rule of a source."""
_ERKLAERT = {
    Grund.GEHEIM: "ist geheim",
    Grund.QUELLE: "ist schon in der Quelle geheim",
    Grund.FALLZAHL: "liegt unter der Mindestfallzahl",
    Grund.KOMPLEMENT: "lässt vom Ganzen einen Rest unter der Mindestfallzahl",
    Grund.EINZELJAHR: "verriete mit anderen Summen über Jahre ein einzelnes Jahr unter der Mindestfallzahl",
    Grund.ALLE: "trifft auf alle zu und verriete damit etwas über jede Person",
    Grund.KEINER: "trifft auf niemanden zu und verriete damit etwas über jede Person",
    Grund.DOMINANZ: "kommt fast ganz aus ein oder zwei Beiträgen, oder es ist nicht bekannt, aus welchen",
    Grund.BEITRAG: "ist der Beitrag eines Einzelnen",
    Grund.EBENE: "darf erst von größeren Gebieten hinausgehen",
    Grund.ABGELEITET: "enthält eine geheime Zahl",
    Grund.SEKUNDAER: "schützt eine andere Zahl vor dem Zurückrechnen",
}
