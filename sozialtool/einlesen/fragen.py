"""Open questions to the planner, in German, with proposals and what supports them."""

from __future__ import annotations

import attrs

from sozialtool.einlesen.aehnlich import Vorschlag, is_ambiguous
from sozialtool.einlesen.bezug import propose_teil
from sozialtool.einlesen.kontext import Kontext
from sozialtool.einlesen.lesung import Lesung, Offen
from sozialtool.einlesen.orte import list_staende, places
from sozialtool.einlesen.rohblatt import adresse
from sozialtool.einlesen.standteile import build_stand
from sozialtool.einlesen.stuetze import find_stuetze
from sozialtool.einlesen.zahlen import parse_zelle
from sozialtool.einlesen.zahltext import render_zahl
from sozialtool.einlesen.zeilenlage import EINZELN
from sozialtool.einlesen.zuordnung import Ort

NICHT = Vorschlag("", "nicht einlesen", 0)
"""The answer that leaves a column, row or sign out."""


@attrs.frozen
class Frage:
    """One open question.

    Attributes:
        kennung: stable within this examination, for screens and commands.
        art: gebiet, gebiete, tabellengebiet, merkmal, merkmal-zeile, stand, einheit, punkt or zeichen.
        tabelle: index of the rule in `Zuordnung.tabellen` (-1: the whole file).
        schluessel: key of the column, row or sign that the answer is stored under.
        blatt, zelle: where it stands; `text` what stands there.
        vorschlaege: proposals, the best first; their `schluessel` is what `apply_answer` takes.
        frage: the question in German.
    """

    kennung: str
    art: str
    tabelle: int
    schluessel: str
    blatt: str
    zelle: str
    text: str
    vorschlaege: tuple[Vorschlag, ...]
    frage: str


def build_fragen(lesung: Lesung, kontext: Kontext) -> tuple[Frage, ...]:
    """Turn the open points of one table into questions."""
    return tuple(_build(lesung, kontext, offen) for offen in lesung.offen)


def join_staende(fragen: list[Frage]) -> list[Frage]:
    """Ask once for the Stand of all tables of a file that name the same place (or none): its key lists their rules."""
    gruppen: dict[tuple[Vorschlag, ...], list[Frage]] = {}
    for frage in fragen:
        if frage.art == "stand":
            gruppen.setdefault(frage.vorschlaege, []).append(frage)
    ergebnis = []
    for frage in fragen:
        gruppe = gruppen.get(frage.vorschlaege, []) if frage.art == "stand" else []
        nummern = list(dict.fromkeys(f.tabelle for f in gruppe))
        if len(nummern) < 2:
            ergebnis.append(frage)
        elif frage is gruppe[0]:
            schluessel = ",".join(map(str, nummern))
            text = f"{frage.frage} Die Antwort gilt für {len(nummern)} Tabellen dieser Datei."
            ergebnis.append(attrs.evolve(frage, kennung=f"stand:alle:{schluessel}", schluessel=schluessel, frage=text))
    return ergebnis


def _build(lesung: Lesung, kontext: Kontext, offen: Offen) -> Frage:
    vorschlaege, text = _WIE[offen.art](lesung, kontext, offen)
    # An area is the same one in all tables of the file: asked once, where it is met first.
    wo = "alle" if offen.art == "gebiet" else str(lesung.nummer)
    return Frage(
        f"{offen.art}:{wo}:{offen.schluessel}", offen.art, lesung.nummer, offen.schluessel,
        lesung.fund.blatt, adresse(offen.zeile, offen.spalte), offen.text, vorschlaege, text,
    )  # fmt: skip


def _meint(vorschlaege: tuple[Vorschlag, ...]) -> str:
    """Say what is proposed, and that it is not the only one when two are near."""
    if not vorschlaege:
        return "Dazu gibt es keinen ähnlichen Namen im Projekt."
    erster = vorschlaege[0]
    if is_ambiguous(vorschlaege):
        namen = " oder ".join(f"„{v.name}“ ({v.prozent} %)" for v in vorschlaege)
        return f"Gemeint sein kann {namen}."
    satz = f"Am ähnlichsten ist „{erster.name}“ ({erster.prozent} %)"
    return f"{satz}; {erster.grund}." if erster.grund else f"{satz}."


def _gebiet(lesung: Lesung, kontext: Kontext, offen: Offen) -> tuple[tuple[Vorschlag, ...], str]:
    vorschlaege = find_stuetze(lesung, kontext, offen, kontext.propose_gebiet(offen.text, offen.code))
    name = f"{offen.code} {offen.text}".strip()
    return vorschlaege, f"Welches Gebiet ist „{name}“? {_meint(vorschlaege)}"


def _gebiete(lesung: Lesung, kontext: Kontext, offen: Offen) -> tuple[tuple[Vorschlag, ...], str]:
    _ = lesung, kontext
    vorschlaege = (
        Vorschlag("", "alle auslassen", 60, "nur die bekannten Gebiete einlesen"),
        Vorschlag(EINZELN, "einzeln zuordnen", 40),
    )
    return vorschlaege, f"{offen.text} sind keine Gebiete des Projekts. Auslassen oder einzeln zuordnen?"


def _tabellengebiet(lesung: Lesung, kontext: Kontext, offen: Offen) -> tuple[tuple[Vorschlag, ...], str]:
    stadt = kontext.umfeld.stadt
    gefunden: dict[str, None] = {}
    for _, text in places(lesung.fund, kontext.datei):
        gefunden |= dict.fromkeys(kontext.find_im_text(text))
    vorschlaege = [Vorschlag(g, kontext.gebiete.namen[g], 90, "steht bei der Tabelle") for g in gefunden]
    if stadt not in gefunden:
        name = kontext.gebiete.namen.get(stadt, kontext.umfeld.kommune.name)
        vorschlaege.append(Vorschlag(stadt, name, 50, "die ganze Stadt"))
    text = f"Für welches Gebiet gilt die Tabelle „{offen.text[:120]}“? Zeilen und Spalten nennen keines. "
    return tuple(vorschlaege[:3]), text + _meint(tuple(vorschlaege[:3]))


def _merkmal(lesung: Lesung, kontext: Kontext, offen: Offen) -> tuple[tuple[Vorschlag, ...], str]:
    teil = propose_teil(lesung, kontext, offen)
    aehnlich = kontext.merkmale.propose(offen.formen) if teil is None else teil
    vorschlaege = find_stuetze(lesung, kontext, offen, aehnlich)
    regel = lesung.regel.spalte(offen.schluessel)
    bekannt = regel is not None and regel.frueher in kontext.merkmale.namen
    if regel is not None and bekannt and kontext.themen.agrees(offen.formen, regel.frueher):
        frueher = Vorschlag(regel.frueher, kontext.merkmale.namen[regel.frueher], 90, "die Spalte hieß bisher ähnlich")
        vorschlaege = (frueher, *(v for v in vorschlaege if v.schluessel != frueher.schluessel))[:3]
    was = "die Spalte" if offen.art == "merkmal" else "die Zeile"
    return vorschlaege, f"Welches Merkmal ist {was} „{offen.text[:120]}“? {_meint(vorschlaege)}"


def _stand(lesung: Lesung, kontext: Kontext, offen: Offen) -> tuple[tuple[Vorschlag, ...], str]:
    wo = {Ort.TITEL: "steht im Titel", Ort.BLATT: "Name des Blatts", Ort.DATEI: "steht im Dateinamen"}
    vorschlaege: dict[str, Vorschlag] = {}
    for fund in list_staende(lesung.fund, kontext.datei):
        stand = build_stand(fund.zeit)
        if stand is None:
            continue
        schluessel = f"{fund.ort.ort.name}:{fund.ort.muster}"
        grund = f"{wo.get(fund.ort.ort, 'steht unter der Tabelle')}: {fund.text[:60]}"
        vorschlaege.setdefault(schluessel, Vorschlag(schluessel, f"{stand[0]:%d.%m.%Y}", 80, grund))
    liste = tuple(vorschlaege.values())[:3]
    _ = offen
    if not liste:
        return (), "Von wann sind diese Zahlen? Weder Titel noch Kopf, Blatt oder Dateiname nennen ein Jahr."
    erster = liste[0]
    return liste, f"Von wann sind diese Zahlen? Vorschlag: {erster.name} ({erster.grund})."


def _einheit(lesung: Lesung, kontext: Kontext, offen: Offen) -> tuple[tuple[Vorschlag, ...], str]:
    _ = lesung, kontext
    vorschlaege = (
        Vorschlag("1", "so lassen, wie sie dastehen", 50),
        Vorschlag("1000", "mit 1.000 malnehmen", 50, f"das Merkmal zählt in {offen.formen[0]}"),
    )
    return (
        vorschlaege,
        f"„{offen.text[:120]}“ steht in Tausend, das Merkmal zählt in {offen.formen[0]}. Was soll gelten?",
    )


def _punkt(lesung: Lesung, kontext: Kontext, offen: Offen) -> tuple[tuple[Vorschlag, ...], str]:
    _ = kontext
    punkt = next(p for s, p in lesung.punkte if s == offen.spalte)
    mit, ohne = (parse_zelle(offen.text, tausenderpunkt=tausender).wert or 0.0 for tausender in (True, False))
    vorschlaege = (
        Vorschlag("tausender", f"der Punkt trennt Tausender: {render_zahl(mit)}", 50),
        Vorschlag("dezimal", f"der Punkt ist das Komma: {render_zahl(ohne)}", 50),
    )
    frage = f"Was heißt „{offen.text[:40]}“ in der Spalte „{offen.formen[0][:80]}“: {render_zahl(mit)} oder {render_zahl(ohne)}?"
    return vorschlaege, f"{frage} {punkt.grund}"


_WIE = {
    "punkt": _punkt,
    "einheit": _einheit,
    "gebiet": _gebiet,
    "gebiete": _gebiete,
    "tabellengebiet": _tabellengebiet,
    "merkmal": _merkmal,
    "merkmal-zeile": _merkmal,
    "stand": _stand,
}
