"""Every stored text is either searched for names of persons, or it says here why not."""

from __future__ import annotations

from sozialtool.ablauf.personenhinweise import FREITEXTE
from sozialtool.fach.felder import felder_of
from sozialtool.projekt.tabellen import GESPEICHERT

OHNE_KLASSEN = {
    "official names of the town and its areas": "Kommune Ebene Gebiet Raum Raumzuordnung Umsteiger Umriss Handlungsfeld",
    "street names": "Strassenabschnitt Strassenschreibweise",
    "figures and what they are counted by": "Messwert Merkmal Bruch Referenzwert BekannteZahl Befragungszahl Schwelle Versorgungsmass",
    "how files are read, what the program keeps for itself": "Importprofil Referenzprofil Einstellung Fortschrittsschritt Indexfassung",
    "keys and file names alone": "Abfrage Beratungsschritt",
    "texts are those of the Massnahme": "Massnahmenleistung",
    "names of funding programmes, which may bear those of founders": "Massnahmenkosten",
    "stays as it went out; its reason is asked for when it goes out": "Veroeffentlichung",
    "goes out only without names and numbers (ablauf.anmerkungen)": "Quellenbefund",
}
OHNE_FELDER = {
    "names of other records": "Entwicklungsziel.leitziel Entwicklungsziel.start_fuer Entwicklungsziel.indikator Entwicklungsziel.bedarfe Massnahme.ziel "
    "Massnahme.wirkung Bedarf.belege Bedarf.gruppe Tagesordnungspunkt.thema Tagesordnungspunkt.drucksache Drucksache.massnahmen "
    "Foerderaufruf.indikatoren Quelle.importprofil Quelle.gebietsstand Verteilungsszenario.koepfe Verteilungsszenario.bedarf "
    "Verteilungsszenario.index Sozialindex.bestandteile",
    "the remark of a voice stays in the house": "Stimme.bemerkung",
    "what a house or a call is publicly named, and where it is": "Einrichtung.name Einrichtung.adresse Einrichtung.finanzierung "
    "Foerderaufruf.name Foerderaufruf.stelle Sitzung.ort",
    "a term, a rhythm or a time": "Gremium.turnus Sitzung.uhrzeit Baustein.name Baustein.kurzname Datenbestand.stichtag "
    "Datenbestand.format Datenbestand.rechtsgrundlage Geheimhaltungsregel.ab_ebene Fachbereich.name Gebietsstand.name",
    "definitions and names of figures, where ages are groups": "Indikator.name Indikator.kurzname Indikator.zaehler Indikator.nenner "
    "Indikator.einheit Indikator.streuung Indikator.fallzahl Indikator.quelle Indikator.definition_nach Sozialindex.name "
    "Sozialindex.teilgewichte Sozialindex.ausgenommen Verteilungsszenario.name Verteilungsszenario.stufen "
    "Verteilungsszenario.ausgenommen Verteilungsszenario.vergleich",
    "files and their sums": "Quelle.datei Quelle.pruefsumme Anlage.datei",
    "the definition as it was agreed": "Vereinbarung.inhalt",
}
VERWEISE = {
    "gebiet", "gebiete", "handlungsfeld", "gremium", "sitzung", "nachweise", "fachbereich", "merkmal", "kleinste_ebene",
}  # fmt: skip
"""Fields that hold keys of other records in every class, unless `FREITEXTE` names them."""


def texts_of(klasse: type) -> set[str]:
    return {
        f"{klasse.__name__}.{f.name}"
        for f in felder_of(klasse)
        if f.art in (str, tuple) and not f.schluessel and not f.auswahl
    }


def test_every_text_is_searched_or_has_a_reason():
    """A new field: people write sentences into it → `ablauf.personenhinweise.FREITEXTE`; otherwise a reason above."""
    gesucht = {f"{klasse.__name__}.{feld}" for klasse, felder in FREITEXTE.items() for feld in felder}
    ausgenommen = {name for namen in OHNE_FELDER.values() for name in namen.split()}
    klassen = {name for namen in OHNE_KLASSEN.values() for name in namen.split()}
    alle = {klasse.__name__: texts_of(klasse) for klasse in GESPEICHERT}
    offen = {text for klasse, texte in alle.items() if klasse not in klassen for text in texte} - gesucht - ausgenommen
    assert {text for text in offen if text.partition(".")[2] not in VERWEISE} == set()
    da = {text for texte in alle.values() for text in texte}
    assert gesucht <= da, "searched, but not there"
    assert ausgenommen <= da - gesucht, "excepted, but searched or not there"
    assert klassen <= set(alle) - {klasse.__name__ for klasse in FREITEXTE}
