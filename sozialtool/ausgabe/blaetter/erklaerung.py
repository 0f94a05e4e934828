"""Zeichenerklärung, Geheimhaltung, Methoden und Quellen: everything a reader needs who was not in the room."""

from __future__ import annotations

import math

from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zeile
from sozialtool.ausgabe.tabellenblatt import write_tabelle
from sozialtool.ausgabe.werkbank import Werkbank, name_of_feld, rechnung, richtung_in_worten
from sozialtool.ausgabe.zahlen import schreibe
from sozialtool.ausgabe.zeichen import ZEICHEN_WORTE
from sozialtool.fach.indikator import Indikator
from sozialtool.geheimhaltung.werte import Sperrung
from sozialtool.rechnen.vergleich import DEUTLICH

_METHODEN = """
Jede Quote ist Zähler ÷ Nenner desselben Gebiets. Werte der Stadt entstehen aus den Summen der Stadt, nie aus dem \
Mittel der Gebiete.
Das 95-%-Intervall (von, bis) sagt, wie stark eine kleine Zahl schon durch Zufall schwankt: bei Anteilen nach \
Wilson, bei Raten nach Byar. Es misst keine Fehler der Erhebung.
▲ und ▼ stehen nur da, wo der Stadtwert außerhalb des Intervalls liegt. ● heißt: Der Unterschied zur Stadt liegt \
im Rahmen des Zufalls. ▲▲ heißt: mindestens das {deutlich}-Fache der Stadt; ▼▼: die Stadt hat mindestens das {deutlich}-Fache.
Ein hoher Wert ist nicht von sich aus schlecht. Ob er belastet oder entlastet, ist für jeden Indikator \
vereinbart; Indikatoren ohne Wertung haben keine Farbe.
Der Rang zählt vom höchsten Wert; in Klammern stehen die Ränge, die die Intervalle zulassen.
Veränderungen werden aus ungerundeten Werten gerechnet und nicht über einen Bruch in der Definition hinweg (≠). \
Gerundete Teile müssen sich nicht genau zur Summe ergänzen.
„Nicht zuzuordnen“ sind Fälle, deren Anschrift in keinem Gebiet liegt oder nicht bekannt ist. Sie zählen zur Stadt.
""".strip().split("\n")


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
    tabelle = bank.bericht.tabelle
    beweis, protokoll = tabelle.beweis, tabelle.protokoll
    blatt = bank.blatt("Geheimhaltung", (300, 165, 145, 150, 140))
    blatt.titel("Geheimhaltung", "Geheimhaltung: was nicht gezeigt wird und warum es sich nicht zurückrechnen lässt")
    blatt.absatz(
        "Kleine Zahlen können einzelne Menschen erkennbar machen. Solche Zahlen stehen hier nicht (•), auch nicht die "
        "Zahlen, aus denen man sie durch Abziehen, Teilen oder Vergleichen gewinnen könnte."
    )
    if beweis.text:
        blatt.absatz(beweis.text)
    quelle = f" {beweis.aus_quelle} davon hatte schon die Quelle gesperrt." if beweis.aus_quelle else ""
    blatt.absatz(f"Gesperrt sind {schreibe(beweis.gesperrt, 0)} Grundzahlen.{quelle}{_engstes(bank)}")
    if protokoll:
        blatt.leer(14)
        write_tabelle(blatt, _describe_protokoll(bank, protokoll))
    blatt.fertig()


def _engstes(bank: Werkbank) -> str:
    beweis = bank.bericht.tabelle.beweis
    if beweis.engstes_von is None or beweis.engstes_bis is None or beweis.engstes_bis <= beweis.engstes_von:
        return ""
    von, bis = schreibe(beweis.engstes_von, 0), schreibe(beweis.engstes_bis, 0)
    return f" Selbst die am engsten eingrenzbare davon kann jede Zahl zwischen {von} und {bis} sein."


def _describe_protokoll(bank: Werkbank, protokoll: tuple[Sperrung, ...]) -> Tabelle:
    bericht = bank.bericht
    merkmale = {merkmal.schluessel: merkmal.name for merkmal in bericht.merkmale}
    gebiete = {g.schluessel: (nr, g.name) for nr, g in enumerate((bericht.stadt, *bericht.raeume))}
    gebiete |= {g.schluessel: (len(gebiete), g.name) for g in bericht.gebiete if g.schluessel not in gebiete}
    jahre: dict[tuple[str, str, str, str], list[int]] = {}
    for sperrung in protokoll:
        schluessel = (sperrung.merkmal, sperrung.gebiet, sperrung.grund.value, _intervall(sperrung))
        jahre.setdefault(schluessel, []).append(sperrung.jahr)
    geordnet = sorted(
        jahre.items(),
        key=lambda paar: (
            merkmale.get(paar[0][0], paar[0][0]), gebiete.get(paar[0][1], (999, ""))[0], paar[0][1], min(paar[1]), paar[0],
        ),
    )  # fmt: skip
    zeilen = tuple(
        Zeile((
            merkmale.get(merkmal, merkmal), gebiete.get(gebiet, (0, gebiet))[1], ", ".join(map(str, sorted(liste))),
            grund, intervall,
        ))
        for (merkmal, gebiet, grund, intervall), liste in geordnet
    )  # fmt: skip
    lang = Spaltenart.LANG
    spalten = (
        Spalte("Grundzahl", lang, breite=300), Spalte("Gebiet", lang, breite=165), Spalte("Jahre", lang, breite=145),
        Spalte("Grund", lang, breite=150), Spalte("kann liegen zwischen", lang, breite=140),
    )  # fmt: skip
    return Tabelle("Gesperrte Grundzahlen", spalten, zeilen, nummer=bank.mappe.next_tabelle(), anmerkungen=(
        "„Kann liegen zwischen“: kleinster und größter Wert, den jemand aus allem, was veröffentlicht ist, errechnen kann.",
    ))  # fmt: skip


def _intervall(sperrung: Sperrung) -> str:
    if math.isinf(sperrung.intervall_von):
        # A balance (arrivals minus departures) may be negative without limit.
        return "ohne Grenze" if sperrung.intervall_bis is None else f"höchstens {schreibe(sperrung.intervall_bis, 0)}"
    von = schreibe(sperrung.intervall_von, 0)
    if sperrung.intervall_bis is None:
        return f"{von} und mehr"
    return f"{von} und {schreibe(sperrung.intervall_bis, 0)}"


def write_methoden(bank: Werkbank) -> None:
    """Write how figures are made, every indicator's definition, breaks and delivered files."""
    blatt = bank.blatt("Methoden und Quellen", (50, 215, 265, 165, 205))
    blatt.titel("Methoden und Quellen")
    deutlich = schreibe(DEUTLICH, 1)
    for absatz in _METHODEN:
        blatt.absatz(absatz.replace("{deutlich}", deutlich))
    if bank.bericht.gebietsstand_text:
        blatt.absatz(f"Gebietsstand: {bank.bericht.gebietsstand_text}.")
    blatt.leer(14)
    write_tabelle(blatt, _describe_indikatoren(bank))
    blatt.leer(14)
    if bank.bericht.brueche:
        write_tabelle(blatt, _describe_brueche(bank))
        blatt.leer(14)
    if bank.bericht.quellen:
        write_tabelle(blatt, _describe_quellen(bank))
    blatt.fertig()


def _describe_indikatoren(bank: Werkbank) -> Tabelle:
    bericht, lang = bank.bericht, Spaltenart.LANG
    spalten = (
        Spalte("Nr.", lang, breite=50), Spalte("Indikator", lang, breite=215), Spalte("Rechnung", lang, breite=265),
        Spalte("Quelle", lang, breite=165), Spalte("Was man wissen muss", lang, breite=205),
    )  # fmt: skip
    zeilen = tuple(
        Zeile((
            ind.kennung, f"{ind.name} ({ind.einheit}); {name_of_feld(bericht.felder, ind.handlungsfeld)}",
            rechnung(ind, bericht.merkmale), ind.quelle, _wissen(ind),
        ))
        for ind in bericht.geordnete
        if bank.zahlen.jahre(ind.kennung)
    )  # fmt: skip
    return Tabelle("Indikatoren und ihre Rechnung", spalten, zeilen, nummer=bank.mappe.next_tabelle())


def _wissen(indikator: Indikator) -> str:
    teile = [richtung_in_worten(indikator.richtung)]
    if indikator.jahre > 1:
        teile.append(f"{indikator.jahre} Jahre zusammengefasst")
    if indikator.definition_nach:
        teile.append(f"Definition nach {indikator.definition_nach}")
    beschluss = f", {indikator.gremium}" if indikator.gremium else ""
    am = f" am {indikator.vereinbart_am:%d.%m.%Y}" if indikator.vereinbart_am else ""
    vereinbart = indikator.zustand.value == "vereinbart"
    teile.append(f"{indikator.zustand.value}{am + beschluss if vereinbart else ''}")
    if indikator.hinweis:
        teile.append(indikator.hinweis.rstrip("."))
    text = "; ".join(teile)
    return text[:1].upper() + text[1:] + "."


def _describe_brueche(bank: Werkbank) -> Tabelle:
    namen = {merkmal.schluessel: merkmal.name for merkmal in bank.bericht.merkmale}
    spalten = (Spalte("Ab", breite=50), Spalte("Grundzahl", breite=210), Spalte("Grund", breite=290))
    geordnet = sorted(bank.bericht.brueche, key=lambda bruch: (bruch.ab_jahr, bruch.merkmal))
    zeilen = tuple(Zeile((str(b.ab_jahr), namen.get(b.merkmal, b.merkmal), b.grund)) for b in geordnet)
    return Tabelle("Brüche in den Definitionen", spalten, zeilen, nummer=bank.mappe.next_tabelle())


def _describe_quellen(bank: Werkbank) -> Tabelle:
    spalten = (
        Spalte("Nr.", breite=50), Spalte("Von wem", breite=210), Spalte("Datei", breite=290),
        Spalte("Stand", breite=120), Spalte("Eingelesen am", breite=205),
    )  # fmt: skip
    geordnet = sorted(bank.bericht.quellen, key=lambda q: (q.absender, q.datei, q.schluessel))
    zeilen = tuple(
        Zeile((
            str(nummer), quelle.absender or "nicht angegeben", quelle.datei,
            f"{quelle.stand:%d.%m.%Y}" if quelle.stand else "", f"{quelle.eingelesen_am:%d.%m.%Y}" if quelle.eingelesen_am else "",
        ))
        for nummer, quelle in enumerate(geordnet, start=1)
    )  # fmt: skip
    return Tabelle("Eingelesene Dateien", spalten, zeilen, nummer=bank.mappe.next_tabelle())
