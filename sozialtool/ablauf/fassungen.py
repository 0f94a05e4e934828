"""Definitions of indices and of Mittelverteilungen: stored, agreed, and found again as they were on a day."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import attrs

from sozialtool import katalog
from sozialtool.ablauf.kennzahlen import keep_ergebnis
from sozialtool.ablauf.vereinbarungen import Beschluss, history_of
from sozialtool.fach.felder import felder_of
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.raum import Gebietsstand
from sozialtool.fach.sozialindex import Sozialindex
from sozialtool.fach.vereinbarung import Gegenstand, Vereinbarung
from sozialtool.fach.verteilung import Schluesselart, Verteilungsszenario
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Aenderung, Projekt

Definition = Sozialindex | Verteilungsszenario
D = TypeVar("D", bound=Sozialindex | Verteilungsszenario)

OHNE_DEFINITION = frozenset({"zustand", "vereinbart_am", "gremium", "reihenfolge"})
"""Fields that say how far a definition is, not what it is."""
MEISTE_LAEUFE = 2000
"""More runs only take longer; the spans do not change any more."""
MEISTE_FACH = 100
"""A head that counts more than so many times another is a slip of the pen."""
KLASSEN: dict[Gegenstand, type[Definition]] = {
    Gegenstand.INDEX: Sozialindex, Gegenstand.SZENARIO: Verteilungsszenario,
}  # fmt: skip


def gegenstand_of(definition: Definition) -> Gegenstand:
    """Say what kind of thing it is."""
    return Gegenstand.INDEX if isinstance(definition, Sozialindex) else Gegenstand.SZENARIO


def schluessel_of(definition: Definition) -> str:
    """Return its key."""
    return definition.kennung if isinstance(definition, Sozialindex) else definition.schluessel


def write_fassung(definition: Definition) -> str:
    """Write a definition as a step keeps it: JSON of the fields as people type them."""
    werte = {
        feld.name: feld.to_text(getattr(definition, feld.name))
        for feld in felder_of(type(definition))
        if feld.name not in OHNE_DEFINITION
    }
    return json.dumps(werte, ensure_ascii=False, sort_keys=True)


def read_fassung(heute: D, inhalt: str) -> D:
    """Return a definition as a step kept it; what the step does not name is as today."""
    felder = {feld.name: feld for feld in felder_of(type(heute))}
    werte = {n: felder[n].from_text(text) for n, text in json.loads(inhalt or "{}").items() if n in felder}
    return attrs.evolve(heute, **werte)


def find_definition(projekt: Projekt, klasse: type[D], schluessel: str) -> D:
    """Return a stored index or scenario, whatever the case of its key.

    Raises:
        BedienFehler: there is none of that name.
    """
    alle = list_definitionen(projekt, klasse)
    for definition in alle:
        if schluessel_of(definition).casefold() == schluessel.strip().casefold():
            return definition
    was = "Einen Index" if klasse is Sozialindex else "Eine Mittelverteilung"
    vorhanden = ", ".join(schluessel_of(definition) for definition in alle)
    raise BedienFehler(
        f"{was} „{schluessel}“ gibt es nicht.",
        f"Vorhanden: {vorhanden}." if vorhanden else "Es ist noch keine angelegt.",
    )


def list_definitionen(projekt: Projekt, klasse: type[D]) -> list[D]:
    """List the stored indices or scenarios in the order of the town."""
    return list(projekt.read(klasse))


def save_definition(projekt: Projekt, neu: Definition) -> Aenderung:
    """Store a new or changed definition; what was agreed with other words has to be agreed again.

    Raises:
        FeldFehler: a weight, factor or amount cannot be read.
    """
    check_definition(neu)
    alt = projekt.get(type(neu), schluessel_of(neu))
    if alt is None:
        check_frei(projekt, neu)
    was = f"{gegenstand_of(neu).value} {schluessel_of(neu)} {'geändert' if alt else 'angelegt'}"
    vorher = projekt.revision
    with projekt.change(was) as schreiber:
        schreiber.put(*renew_definition(projekt, alt, neu))
    keep_ergebnis(projekt, vorher)
    return projekt.verlauf(1)[0]


def renew_definition(projekt: Projekt, alt: Definition | None, neu: Definition, platz: int = 1) -> list[object]:
    """Build what is stored of a new (`alt` None) or changed definition: itself, and its step in the history.

    With other words than those agreed it is a proposal again, unless a new decision stands beside them. A new one stands last, as the
    `platz`-th of several that come together.
    """
    if alt is None:
        if not neu.reihenfolge:
            letzte = max((d.reihenfolge for d in projekt.read(type(neu))), default=0)
            neu = attrs.evolve(neu, reihenfolge=letzte + platz)
        return [neu, make_step(neu, ())] if neu.zustand is not Zustand.VORGESCHLAGEN else [neu]
    nochmal = (alt.vereinbart_am, alt.gremium) != (neu.vereinbart_am, neu.gremium)
    anders = write_fassung(alt) != write_fassung(neu)
    if alt.zustand is Zustand.VEREINBART and anders and not nochmal:
        neu = attrs.evolve(neu, zustand=Zustand.VORGESCHLAGEN, vereinbart_am=None, gremium="")
    bisher = history_of(projekt, gegenstand_of(neu), schluessel_of(neu))
    entschieden = nochmal or alt.zustand is not neu.zustand
    return [neu, make_step(neu, bisher)] if entschieden or (anders and bisher) else [neu]


def check_frei(projekt: Projekt, neu: Definition) -> None:
    """Refuse a key that something else bears: decisions are recorded by it, whatever its case.

    Raises:
        BedienFehler: it is taken.
    """
    schluessel = schluessel_of(neu).casefold()
    vergeben = {
        "ein Indikator": [i.kennung for i in projekt.read(Indikator)],
        "eine Schwelle": [s.schluessel for s in katalog.load_schwellen()],
        "ein Gebietsstand": [g.schluessel for g in projekt.read(Gebietsstand)],
        **{f"„{d.name}“": [schluessel_of(d)] for klasse in KLASSEN.values() for d in projekt.read(klasse)},
    }
    for wer, namen in vergeben.items():
        if schluessel in (name.casefold() for name in namen):
            raise BedienFehler(f"„{schluessel_of(neu)}“ heißt schon {wer}.", "Bitte eine andere Kennung wählen.")


def check_definition(definition: Definition) -> None:
    """Read everything that is typed as text; raise `FeldFehler` or `BedienFehler` where something is wrong."""
    if not schluessel_of(definition).strip():
        raise BedienFehler("Die Kennung ist leer.", "Bitte eine kurze Kennung angeben, zum Beispiel SI1.")
    if isinstance(definition, Verteilungsszenario):
        _ = definition.faktoren
        for betrag in (definition.summe, definition.mindestens, definition.hoechstens):
            definition.einheit.to_stuecke(betrag)
        if not 0 <= definition.anteil_koepfe <= 100 or not 1 <= definition.hoechstfaktor <= MEISTE_FACH:
            raise BedienFehler(
                f"Der Anteil nach Köpfen liegt zwischen 0 und 100 %, der höchste Faktor zwischen 1 und {MEISTE_FACH}.",
                "Bitte die Angaben prüfen.",
            )
        if definition.vergleich.strip().casefold() == definition.schluessel.casefold():
            raise BedienFehler(
                f"„{definition.name}“ soll mit sich selbst verglichen werden.",
                "Bitte ein anderes Szenario nennen oder das Feld leer lassen.",
            )
        _check_art(definition)
        return
    kennungen = [teil.kennung.casefold() for teil in definition.teile]
    _ = definition.gewichte_der_teile
    if len(set(kennungen)) < len(kennungen) or not kennungen:
        raise BedienFehler("Ein Indikator steht doppelt im Index, oder es steht keiner darin.", "Bitte berichtigen.")
    if not 0 <= definition.laeufe <= MEISTE_LAEUFE or not 0 <= definition.streuung < 100:
        raise BedienFehler(
            f"Möglich sind 0 bis {MEISTE_LAEUFE} Läufe und eine Streuung von 0 bis unter 100 %.",
            "Bitte die Angaben prüfen.",
        )
    if definition.mindesteinwohner < 0:
        raise BedienFehler(
            "Die Mindestzahl der Einwohner ist negativ.", "Bitte eine Zahl ab 0 angeben; 0: keine Grenze."
        )


def _check_art(szenario: Verteilungsszenario) -> None:
    """Refuse a way of distributing without that after which it is to go.

    Raises:
        BedienFehler: the Merkmal or the index is missing.
    """
    fehlt = {
        Schluesselart.BEDARF: (szenario.bedarf, "die Fallzahl, also ein Merkmal"),
        Schluesselart.INDEX: (szenario.index, "der Index"),
        Schluesselart.STUFEN: (szenario.index, "der Index"),
    }
    angabe, was = fehlt.get(szenario.art, ("–", ""))
    if not angabe.strip():
        raise BedienFehler(f"Verteilt werden soll {szenario.art.value}; es fehlt {was}.", "Bitte angeben.")


def remove_definition(projekt: Projekt, definition: Definition) -> Aenderung:
    """Delete a definition that was never agreed; errors as in `require_removable`."""
    require_removable(projekt, definition)
    vorher = projekt.revision
    with projekt.change(f"{gegenstand_of(definition).value} {schluessel_of(definition)} gestrichen") as schreiber:
        schreiber.remove(type(definition), schluessel_of(definition))
    keep_ergebnis(projekt, vorher)
    return projekt.verlauf(1)[0]


def require_removable(projekt: Projekt, definition: Definition) -> None:
    """Let only what was never agreed be deleted; the others stay, so that a release finds them.

    Raises:
        BedienFehler: it was agreed once.
    """
    bisher = history_of(projekt, gegenstand_of(definition), schluessel_of(definition))
    if definition.zustand is Zustand.VEREINBART or any(s.zustand is Zustand.VEREINBART for s in bisher):
        raise BedienFehler(
            f"„{definition.name}“ war schon vereinbart und bleibt deshalb auffindbar.",
            "Bitte stattdessen „ruht“ oder „verworfen“ beschließen.",
        )


def decide_definition(projekt: Projekt, gegenstand: Gegenstand, schluessel: str, beschluss: Beschluss) -> list[object]:
    """Build what is to be stored for a decision about an index or scenario.

    Raises:
        BedienFehler: there is none of that name, or an agreement without date.
    """
    definition = find_definition(projekt, KLASSEN[gegenstand], schluessel)
    beschluss.check(projekt.kommune.berichtsjahr)
    neu = attrs.evolve(
        definition, zustand=beschluss.zustand, vereinbart_am=beschluss.datum, gremium=beschluss.gremium.strip()
    )
    bisher = history_of(projekt, gegenstand, schluessel_of(definition))
    return [neu, make_step(neu, bisher, beschluss.sitzung.strip(), beschluss.abweichend.strip())]


def make_step(
    definition: Definition, bisher: Sequence[Vereinbarung], sitzung: str = "", abweichend: str = ""
) -> Vereinbarung:
    """Build the next step in the history; `fassung` rises when the definition is another one."""
    inhalt = write_fassung(definition)
    return Vereinbarung(
        gegenstand_of(definition), schluessel_of(definition), len(bisher) + 1, definition.zustand,
        bisher[-1].fassung + (bisher[-1].inhalt != inhalt) if bisher else 1,
        definition.vereinbart_am, definition.gremium, sitzung, abweichend, inhalt,
    )  # fmt: skip


def definition_of_day(projekt: Projekt, heute: D, tag: dt.date) -> D | None:
    """Return an index or scenario as it was agreed on a day; None when nothing was agreed by then."""
    schritte = [
        v for v in history_of(projekt, gegenstand_of(heute), schluessel_of(heute))
        if v.zustand is Zustand.VEREINBART and v.am is not None and v.am <= tag
    ]  # fmt: skip
    if not schritte:
        return None
    schritt = max(schritte, key=lambda v: (v.am or dt.date.min, v.nummer))
    gelesen = read_fassung(heute, schritt.inhalt)
    return attrs.evolve(gelesen, zustand=schritt.zustand, vereinbart_am=schritt.am, gremium=schritt.gremium)


def describe_fassung(alt: Definition, neu: Definition, worte: tuple[str, str]) -> tuple[str, ...]:
    """Say field by field what `neu` defines in another way than `alt`; empty when nothing."""
    zeilen = []
    for feld in felder_of(type(neu)):
        bisher, jetzt = (feld.to_text(getattr(d, feld.name)) for d in (alt, neu))
        if feld.name not in OHNE_DEFINITION and bisher != jetzt:
            zeilen.append(f"{feld.titel}: {worte[0]} „{bisher}“, {worte[1]} „{jetzt}“")
    return tuple(zeilen)


def list_indizes(projekt: Projekt) -> list[Sozialindex]:
    """List the stored indices in the order of the town."""
    return list_definitionen(projekt, Sozialindex)


def find_index(projekt: Projekt, kennung: str) -> Sozialindex:
    """Return a stored index; errors as in `find_definition`."""
    return find_definition(projekt, Sozialindex, kennung)


def list_szenarien(projekt: Projekt) -> list[Verteilungsszenario]:
    """List the stored scenarios in the order of the town."""
    return list_definitionen(projekt, Verteilungsszenario)


def find_szenario(projekt: Projekt, schluessel: str) -> Verteilungsszenario:
    """Return a stored scenario; errors as in `find_definition`."""
    return find_definition(projekt, Verteilungsszenario, schluessel)


def save_felder(projekt: Projekt, bisher: Definition, werte: Mapping[str, Any]) -> Aenderung:
    """Store a definition with the values of a form; a new one must not take the key of another.

    Raises:
        BedienFehler, FeldFehler: as in `save_definition`, or the key is taken.
    """
    neu = attrs.evolve(bisher, **werte)
    schluessel = schluessel_of(neu)
    if schluessel != schluessel_of(bisher) and projekt.get(type(neu), schluessel) is not None:
        raise BedienFehler(f"„{schluessel}“ gibt es schon.", "Bitte eine andere Kennung wählen.")
    return save_definition(projekt, neu)
