"""Zeichenerklärung, Geheimhaltung, Methoden und Quellen: everything a reader needs who was not in the room."""

from __future__ import annotations

import math

import attrs

from sozialtool.ausgabe.blatt import Blatt
from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zeile
from sozialtool.ausgabe.tabellenblatt import write_tabelle
from sozialtool.ausgabe.werkbank import (
    Werkbank,
    Zahlenbank,
    merkmale_of,
    name_of_feld,
    rechnung,
    richtung_in_worten,
    say_ohne_spanne,
)
from sozialtool.ausgabe.zeichen import ZEICHEN_WORTE
from sozialtool.fach.auswertung import DEUTLICH
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.geheimhaltung.werte import Grund, Sperrung

_FACH = format_zahl(DEUTLICH, 1)


@attrs.frozen
class Grundsatz:
    """A paragraph on how figures are made.

    `text` is true in every edition; `verweis` names a table that stands in the editions in Excel; `farbe` goes on where an
    edition has colours.
    """

    text: str
    verweis: str = ""
    farbe: str = ""

    def write(self, *, verweis: bool = True, farbe: bool = True) -> str:
        """Write the paragraph with what an edition has."""
        text = f"{self.text.removesuffix('.')}; {self.farbe}" if farbe and self.farbe else self.text
        return f"{text} {self.verweis}" if verweis and self.verweis else text


METHODEN = (
    Grundsatz(
        "Jede Quote ist Zähler ÷ Nenner desselben Gebiets. Werte der Stadt entstehen aus den Summen der Stadt, nie aus dem "
        "Mittel der Gebiete."
    ),
    Grundsatz(
        "Das 95-%-Intervall (von, bis) sagt, wie stark eine kleine Zahl schon durch Zufall schwankt. Es misst keine Fehler der Erhebung.",
        verweis="Welches Verfahren wo gilt, steht in der Tabelle „Verfahren“.",
    ),
    Grundsatz(
        "▲ und ▼ stehen nur da, wo der Stadtwert außerhalb des Intervalls liegt. ● heißt: Der Unterschied zur Stadt liegt "
        f"im Rahmen des Zufalls. ▲▲ heißt: mindestens das {_FACH}-Fache der Stadt; ▼▼: die Stadt hat mindestens das {_FACH}-Fache."
    ),
    Grundsatz(
        "Ein hoher Wert ist nicht von sich aus schlecht. Ob er belastet oder entlastet, ist für jeden Indikator vereinbart.",
        farbe="Indikatoren ohne Wertung haben keine Farbe.",
    ),
    Grundsatz("Der Rang zählt vom höchsten Wert; in Klammern stehen die Ränge, die die Intervalle zulassen."),
    Grundsatz(
        "Veränderungen werden aus ungerundeten Werten gerechnet und nicht über einen Bruch in der Definition hinweg (≠). "
        "Gerundete Teile müssen sich nicht genau zur Summe ergänzen."
    ),
    Grundsatz(
        "„Nicht zuzuordnen“ sind Fälle, deren Anschrift in keinem Gebiet liegt oder nicht bekannt ist. Sie zählen zur Stadt."
    ),
)
"""How figures are made."""

_SKALA = 85
_JAHR, _JAHRE = 82, 8
"""Width of a year in pixels; years beside each other in the list of suppressed figures."""
_LESEHILFE = (
    "„0–5“ heißt: Wer alles Veröffentlichte zusammenrechnet, kann nur sagen, dass die Zahl zwischen 0 und 5 liegt. "
    "Leere Felder: In diesem Jahr ist die Zahl nicht gesperrt oder nicht verwendet."
)
_OHNE_GRUND = (
    "Warum eine einzelne Zahl gesperrt ist – weil sie klein ist, weil zu wenige zum Ganzen fehlen oder weil sie eine "
    "andere schützt –, steht hier mit Absicht nicht: Schon das verriete, welche Zahlen klein sind. Die Sozialplanung kann "
    "den Grund jeder Zahl im Programm nachsehen."
)
_AUS_QUELLE = "Q"
"""Stands behind an interval where the source itself kept the figure secret."""


def write_zeichenerklaerung(bank: Werkbank) -> None:
    """Write the whole list of signs."""
    blatt = bank.blatt("Zeichenerklärung", (90, 470, 260))
    blatt.titel("Zeichenerklärung")
    zeilen = tuple(Zeile((zeichen, bedeutung, ort)) for zeichen, bedeutung, ort in ZEICHEN_WORTE)
    spalten = (Spalte("Zeichen", breite=90), Spalte("Bedeutung", breite=470), Spalte("Ort", breite=260))
    blatt.leer()
    write_tabelle(blatt, Tabelle("Zeichen in den Tabellen", spalten, zeilen, nummer=bank.mappe.next_tabelle()))
    blatt.leer(14)
    blatt.absatz(
        "Farben helfen nur: Orange steht für eher belastet, Violett für eher entlastet, jeweils gegen die Stadt. Die "
        "Bedeutung trägt immer das Zeichen; im Druck ohne Farbe geht nichts verloren."
    )
    blatt.fertig()


def write_geheimhaltung(bank: Werkbank) -> None:
    """Write which cells are suppressed, why, and what an outsider can infer at most."""
    protokoll = bank.bericht.tabelle.protokoll
    bloecke = _bloecke(protokoll)
    frei = _JAHRE - max((len(jahre) for jahre in bloecke), default=_JAHRE)
    breiten = (250 + frei * _JAHR, 150, *(_JAHR,) * (_JAHRE - frei))
    blatt = bank.blatt("Geheimhaltung", breiten, skala=_SKALA)
    blatt.titel("Geheimhaltung", "Geheimhaltung: was nicht gezeigt wird und warum es sich nicht zurückrechnen lässt")
    for absatz in say_geheimhaltung(bank):
        blatt.absatz(absatz)
    if bloecke:
        bank.ende_druck(blatt, "Die gesperrten Grundzahlen und ihre Grenzen")
    for jahre in bloecke:
        blatt.leer(14)
        write_tabelle(blatt, _describe_protokoll(bank, protokoll, jahre))
    blatt.fertig()


def say_geheimhaltung(bank: Werkbank) -> list[str]:
    """Say what is not shown, that it was proved, how much it is, and why no reason stands beside a figure."""
    beweis, protokoll = bank.bericht.tabelle.beweis, bank.bericht.tabelle.protokoll
    schutz = (
        "Kleine Zahlen können einzelne Menschen erkennbar machen. Solche Zahlen stehen hier nicht (•), auch nicht die "
        "Zahlen, aus denen man sie durch Abziehen, Teilen oder Vergleichen gewinnen könnte."
    )
    absaetze = [schutz]
    if beweis.text:
        absaetze.append(beweis.text)
    quelle = f" {beweis.aus_quelle} davon hatte schon die Quelle gesperrt." if beweis.aus_quelle else ""
    jahre = sorted({sperrung.jahr for sperrung in protokoll})
    wann = f" aus den Jahren {jahre[0]} bis {jahre[-1]}" if jahre else ""
    absaetze.append(
        f"Gesperrt sind {format_zahl(beweis.gesperrt, 0)} Grundzahlen{wann}.{_beispiel(bank)}{quelle}{_engstes(bank)}"
    )
    return [*absaetze, _OHNE_GRUND] if protokoll else absaetze


def _beispiel(bank: Werkbank) -> str:
    """Say what a Grundzahl is, with one from the list."""
    protokoll, bericht = bank.bericht.tabelle.protokoll, bank.bericht
    namen = {g.schluessel: g.name for g in bericht.raeume if not g.ist_rest}
    stelle = next((s for s in reversed(protokoll) if s.merkmal in bank.merkmalnamen and s.gebiet in namen), None)
    if stelle is None:
        return ""
    beispiel = f"„{bank.merkmalnamen[stelle.merkmal]}“, {namen[stelle.gebiet]}, {stelle.jahr}"
    return f" Eine Grundzahl ist, was für ein Gebiet und ein Jahr gezählt wurde, bevor daraus Anteile werden: etwa {beispiel}."


def _engstes(bank: Werkbank) -> str:
    beweis = bank.bericht.tabelle.beweis
    if beweis.engstes_von is None or beweis.engstes_bis is None or beweis.engstes_bis <= beweis.engstes_von:
        return ""
    von, bis = format_zahl(beweis.engstes_von, 0), format_zahl(beweis.engstes_bis, 0)
    return f" Selbst die am engsten eingrenzbare davon kann jede Zahl zwischen {von} und {bis} sein."


def _bloecke(protokoll: tuple[Sperrung, ...]) -> list[list[int]]:
    """Split the years of the protocol into as few groups of columns as fit on the page."""
    jahre = sorted({sperrung.jahr for sperrung in protokoll})
    return [jahre[ab : ab + _JAHRE] for ab in range(0, len(jahre), _JAHRE)]


def name_orte(bank: Werkbank) -> tuple[dict[str, str], dict[str, tuple[int, str]]]:
    """Names of what can be suppressed by key; area → place in the order of the town, and name."""
    bericht = bank.bericht
    namen = {ind.kennung: ind.name for ind in bericht.indikatoren}
    namen |= {merkmal.schluessel: merkmal.name for merkmal in bericht.merkmale}
    gebiete = {g.schluessel: (nr, g.name) for nr, g in enumerate((bericht.stadt, *bericht.raeume))}
    ebenen = {ebene.schluessel: ebene.name for ebene in bericht.ebenen}
    gebiete |= {
        # An Ortsteil may bear the name of one of its Sozialräume.
        g.schluessel: (len(gebiete), f"{g.name} ({ebenen.get(g.ebene, g.ebene)})")
        for g in bericht.gebiete
        if g.schluessel not in gebiete
    }
    return namen, gebiete


def _describe_protokoll(bank: Werkbank, protokoll: tuple[Sperrung, ...], jahre: list[int]) -> Tabelle:
    """One row per Merkmal and area, one column per year: what an outsider can infer at most."""
    bericht = bank.bericht
    namen, gebiete = name_orte(bank)
    zellen: dict[tuple[str, str], dict[int, str]] = {}
    for sperrung in protokoll:
        if sperrung.jahr in jahre:
            zellen.setdefault((sperrung.merkmal, sperrung.gebiet), {})[sperrung.jahr] = _spanne(sperrung)
    geordnet = sorted(
        zellen, key=lambda ort: (namen.get(ort[0], ort[0]), gebiete.get(ort[1], (len(gebiete), ""))[0], ort)
    )
    zeilen = tuple(
        Zeile((
            namen.get(merkmal, merkmal), gebiete.get(gebiet, (0, gebiet))[1],
            *(zellen[merkmal, gebiet].get(jahr, "") for jahr in jahre),
        ))
        for merkmal, gebiet in geordnet
    )  # fmt: skip
    spalten = (Spalte("Grundzahl"), Spalte("Gebiet"), *(Spalte(str(jahr), Spaltenart.ZEICHEN) for jahr in jahre))
    quelle = f" {_AUS_QUELLE} hatte schon die Quelle geheim gehalten." if any(
        sperrung.grund is Grund.QUELLE for sperrung in protokoll
    ) else ""  # fmt: skip
    return Tabelle(
        f"Gesperrte Grundzahlen in {bericht.kommune.name}, {jahre[0]} bis {jahre[-1]}", spalten, zeilen,
        nummer=bank.mappe.next_tabelle(),
        anmerkungen=(_LESEHILFE + quelle,),
    )  # fmt: skip


def _spanne(sperrung: Sperrung) -> str:
    """Write the interval that everything published leaves; a balance may be negative without limit."""
    von = "" if math.isinf(sperrung.intervall_von) else format_zahl(sperrung.intervall_von, 0)
    bis = "" if sperrung.intervall_bis is None else format_zahl(sperrung.intervall_bis, 0)
    text = f"{von}–{bis}" if von and bis else f"ab {von}" if von else f"bis {bis}" if bis else "jede Zahl"
    return f"{text} {_AUS_QUELLE}" if sperrung.grund is Grund.QUELLE else text


def write_methoden(bank: Werkbank) -> None:
    """Write how figures are made, every indicator's definition, breaks and delivered files."""
    blatt = bank.blatt("Methoden und Quellen", (50, 215, 255, 165, 379), skala=_SKALA)
    blatt.titel("Methoden und Quellen")
    for grundsatz in METHODEN:
        blatt.absatz(grundsatz.write())
    if bank.bericht.gebietsstand_text:
        blatt.absatz(f"Gebietsstand: {bank.bericht.gebietsstand_text}.")
    blatt.leer(14)
    _write_nummeriert(bank, blatt, describe_indikatoren(bank))
    verfahren = describe_verfahren(bank)
    if verfahren is not None:
        blatt.leer(14)
        _write_nummeriert(bank, blatt, verfahren)
    blatt.leer(14)
    brueche = describe_brueche(bank)
    if brueche is not None:
        _write_nummeriert(bank, blatt, brueche)
        blatt.leer(14)
    if bank.bericht.quellen:
        _write_nummeriert(bank, blatt, describe_quellen(bank))
    if bank.bericht.anmerkungen:
        blatt.leer(14)
        write_tabelle(blatt, describe_anmerkungen(bank))
    blatt.fertig()


def _write_nummeriert(bank: Werkbank, blatt: Blatt, tabelle: Tabelle) -> None:
    write_tabelle(blatt, attrs.evolve(tabelle, nummer=bank.mappe.next_tabelle()))


def describe_verfahren(bank: Zahlenbank) -> Tabelle | None:
    """One row per method that stands behind a figure of this workbook; None without one."""
    methoden = bank.auswerter.methoden
    if not methoden:
        return None
    lang = Spaltenart.LANG
    spalten = (
        Spalte("Nr.", lang), Spalte("Verfahren", lang), Spalte("Was gerechnet wird", lang), Spalte("Quelle", lang),
        Spalte("Was es nicht sagt", lang),
    )  # fmt: skip
    zeilen = tuple(
        Zeile((str(nummer), m.titel, m.text, m.quelle or "eigene Festlegung", m.vorbehalt))
        for nummer, m in enumerate(methoden, start=1)
    )
    return Tabelle("Verfahren", spalten, zeilen)


def describe_indikatoren(bank: Zahlenbank) -> Tabelle:
    """Describe the table of what each indicator is made of, from where, and what must be known."""
    bericht, lang = bank.bericht, Spaltenart.LANG
    spalten = (
        Spalte("Nr.", lang), Spalte("Indikator", lang), Spalte("Rechnung", lang), Spalte("Quelle", lang),
        Spalte("Was man wissen muss", lang),
    )  # fmt: skip
    zeilen = tuple(
        Zeile((
            ind.kennung, f"{ind.name} ({ind.einheit}); {name_of_feld(bericht.felder, ind.handlungsfeld)}",
            rechnung(ind, bank.merkmalnamen), ind.quelle, _wissen(ind),
        ))
        for ind in bericht.geordnete
        if bank.zahlen.jahre(ind.kennung)
    )  # fmt: skip
    return Tabelle("Indikatoren und ihre Rechnung", spalten, zeilen)


def _wissen(indikator: Indikator) -> str:
    teile = [richtung_in_worten(indikator.richtung)]
    if indikator.jahre > 1:
        teile.append(f"{indikator.jahre} Jahre zusammengefasst")
    if ohne := say_ohne_spanne(indikator):
        teile.append(ohne[:1].lower() + ohne[1:].rstrip("."))
    if indikator.definition_nach:
        teile.append(f"Definition: {indikator.definition_nach}")
    beschluss = f", {indikator.gremium}" if indikator.gremium else ""
    am = f" am {indikator.vereinbart_am:%d.%m.%Y}" if indikator.vereinbart_am else ""
    vereinbart = indikator.zustand.value == "vereinbart"
    teile.append(f"{indikator.zustand.value}{am + beschluss if vereinbart else ''}")
    if indikator.hinweis:
        teile.append(indikator.hinweis.rstrip("."))
    text = "; ".join(teile)
    return text[:1].upper() + text[1:] + "."


def describe_brueche(bank: Zahlenbank) -> Tabelle | None:
    """One row per break that lies between the years shown; None without one."""
    bericht = bank.bericht
    namen = {merkmal.schluessel: merkmal.name for merkmal in bericht.merkmale}
    gezeigt = [ind for ind in bericht.geordnete if bank.zahlen.jahre(ind.kennung)]
    betroffen: dict[tuple[int, str], tuple[dict[str, None], dict[str, None]]] = {}
    for bruch in sorted(bericht.brueche, key=lambda bruch: (bruch.ab_jahr, bruch.merkmal)):
        kennungen = [
            ind.kennung for ind in gezeigt
            if bruch.merkmal in merkmale_of(ind) and bank.zahlen.jahre(ind.kennung)[0] < bruch.ab_jahr <= bericht.jahr
        ]  # fmt: skip
        if kennungen:
            merkmale, indikatoren = betroffen.setdefault((bruch.ab_jahr, bruch.grund), ({}, {}))
            merkmale[namen.get(bruch.merkmal, bruch.merkmal)] = None
            indikatoren.update(dict.fromkeys(kennungen))
    if not betroffen:
        return None
    lang = Spaltenart.LANG
    spalten = (Spalte("Ab", lang), Spalte("Grund", lang), Spalte("Grundzahlen", lang), Spalte("Indikatoren", lang))
    zeilen = tuple(
        Zeile((str(jahr), grund, "; ".join(merkmale), ", ".join(sorted(indikatoren))))
        for (jahr, grund), (merkmale, indikatoren) in betroffen.items()
    )
    return Tabelle("Brüche in den Definitionen: davor und danach ist nicht vergleichbar", spalten, zeilen)


def describe_quellen(bank: Zahlenbank) -> Tabelle:
    """Describe the table of the files that were read."""
    spalten = tuple(Spalte(titel) for titel in ("Nr.", "Von wem", "Stand der Daten", "Eingelesen am", "Datei"))
    geordnet = sorted(bank.bericht.quellen, key=lambda q: (q.absender, q.datei, q.schluessel))
    zeilen = tuple(
        Zeile((
            str(nummer),
            # An import profile is named "sender: layout"; here the sender counts.
            quelle.absender.partition(": ")[0] or "nicht angegeben",
            f"{quelle.stand:%d.%m.%Y}" if quelle.stand else "nicht angegeben",
            f"{quelle.eingelesen_am:%d.%m.%Y}" if quelle.eingelesen_am else "nicht angegeben",
            quelle.datei,
        ))
        for nummer, quelle in enumerate(geordnet, start=1)
    )  # fmt: skip
    return Tabelle("Eingelesene Dateien", spalten, zeilen)


def describe_anmerkungen(bank: Werkbank) -> Tabelle:
    """Describe the table of what departments wrote about their figures."""
    bericht, lang = bank.bericht, Spaltenart.LANG
    spalten = (
        Spalte("Nr.", lang), Spalte("Von wem", lang), Spalte("Grundzahl", lang), Spalte("Stand der Daten", lang),
        Spalte("Anmerkung", lang),
    )  # fmt: skip
    zeilen = tuple(
        Zeile((str(nr), a.absender, a.merkmal, f"{a.stand:%d.%m.%Y}" if a.stand else "nicht angegeben", a.text))
        for nr, a in enumerate(bericht.anmerkungen, start=1)
    )
    mehr = bericht.anmerkungen_intern
    weitere = "Eine weitere Anmerkung nennt" if mehr == 1 else f"{mehr} weitere Anmerkungen nennen"
    hinweis = f"{weitere} Zahlen oder Gebiete und {'steht' if mehr == 1 else 'stehen'} nur im Projekt."
    return Tabelle(
        "Anmerkungen der Fachbereiche", spalten, zeilen, nummer=bank.mappe.next_tabelle(),
        anmerkungen=(hinweis,) if mehr else (),
    )  # fmt: skip
