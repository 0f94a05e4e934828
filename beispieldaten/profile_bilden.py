"""Answer the questions of Lindenrath's deliveries once, as its planner did, and keep the answers as profile.toml.

Run as `python beispieldaten/profile_bilden.py [DATEI]` after the deliveries or the import changed (without a file: profile.toml
beside it). The mapping is checked against the truth by tests/beispieldaten, which also builds it anew.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from pathlib import Path

from sozialtool import ablauf
from sozialtool.ablauf.beispielstadt import create_lindenrath
from sozialtool.fach.quelle import Importprofil

ORDNER = Path(__file__).resolve().parent

ANTWORTEN = {
    # text in the file → Merkmal, Gebiet or "" (not imported); who asks less, needs fewer
    "Bevölkerungsstand (31.12.) – Insgesamt": "ew_amtlich",
    "Bevölkerungsstand (31.12.) – Insgesamt – männlich": "ew_amtlich_maennlich",
    "Bevölkerungsstand (31.12.) – Insgesamt – weiblich": "ew_amtlich_weiblich",
    "Bevölkerungsstand (31.12.) – Deutsche – Insgesamt": "ew_amtlich_deutsche",
    "Bevölkerungsstand (31.12.) – Deutsche – männlich": "",
    "Bevölkerungsstand (31.12.) – Deutsche – weiblich": "",
    "Bevölkerungsstand (31.12.) – Nichtdeutsche – Insgesamt": "ew_amtlich_auslaender",
    "Bevölkerungsstand (31.12.) – Nichtdeutsche – männlich": "",
    "Bevölkerungsstand (31.12.) – Nichtdeutsche – weiblich": "",
    "Soziale Sicherung und Gesundheit – Empfänger/-innen von Mindestsicherung (31.12.)": "mindestsicherung",
    "Soziale Sicherung und Gesundheit – Pflegebedürftige nach SGB XI (Dezember)": "pflegebeduerftige",
    "Soziale Sicherung und Gesundheit – Schwerbehinderte (GdB 50 und mehr, 31.12.)": "schwerbehinderte",
    "Soziale Sicherung und Gesundheit – Einbürgerungen im Jahr": "einbuergerungen",
    "Schule und Einkommen – Schulabgänge – insgesamt": "abgaenge",
    "Schule und Einkommen – Schulabgänge – ohne Ersten Schulabschluss": "abgaenge_ohne_abschluss",
    "Schule und Einkommen – Lohn- und Einkommensteuer – Steuerpflichtige": "steuerpflichtige",
    "Schule und Einkommen – Lohn- und Einkommensteuer – Gesamtbetrag der Einkünfte (1.000 EUR)": "einkuenfte",
    "Spielplatzfläche in m² – 2019": "spielplatzflaeche",
    "EW im Radius Nahversorgung (500 m) – 2019": "ew_nahversorgung",
    "EW im Radius Haltestelle (300 m) – 2019": "ew_haltestelle",
    "St.Marien": "03",
    "Rheinfeld-Nord": "04",
    "Rheinfeld-Süd": "05",
    "außerhalb / unbekannt": "nz",
    "davon ambulant": "hze_ambulant",
    "davon (teil-)stationär": "hze_stationaer",
    "dar. Zuzüge unter 6": "zuzuege_unter_6",
    "dar. Fortzüge unter 6": "fortzuege_unter_6",
    "Sozialversicherungspflichtig Beschäftigte am Wohnort (Stichtag 30.06.) – Insgesamt": "svb",
    "Sozialversicherungspflichtig Beschäftigte am Wohnort (Stichtag 30.06.) – dar. – Männer": "svb_maennlich",
    "Sozialversicherungspflichtig Beschäftigte am Wohnort (Stichtag 30.06.) – dar. – Frauen": "svb_weiblich",
    "Geringfügig Beschäftigte (Minijobber) am Wohnort (Stichtag 30.06.) – Insgesamt": "minijob",
    "Geringfügig Beschäftigte (Minijobber) am Wohnort (Stichtag 30.06.) – dar. – im Nebenjob geringfügig Beschäftigte": "minijob_nebenjob",
    "Arbeitslose (Bestand im Dezember) – Insgesamt": "arbeitslose",
    "Arbeitslose (Bestand im Dezember) – dar. – Männer": "arbeitslose_maennlich",
    "Arbeitslose (Bestand im Dezember) – dar. – Frauen": "arbeitslose_weiblich",
    "Arbeitslose (Bestand im Dezember) – dar. – 15 bis unter 25 Jahre": "arbeitslose_15_25",
    "Arbeitslose (Bestand im Dezember) – dar. – 55 Jahre und älter": "arbeitslose_ab_55",
    "Arbeitslose (Bestand im Dezember) – dar. – Langzeitarbeitslose": "arbeitslose_lang",
    "Arbeitslose (Bestand im Dezember) – dar. – Arbeitslose im Rechtskreis SGB III": "arbeitslose_sgb3",
    "Arbeitslose (Bestand im Dezember) – dar. – Arbeitslose im Rechtskreis SGB II": "arbeitslose_sgb2",
    "Grundsicherung für Arbeitsuchende (SGB II, Dezember) – Regelleistungsberechtigte": "sgb2",
    "Grundsicherung für Arbeitsuchende (SGB II, Dezember) – dar. – unter 18 Jahre": "sgb2_unter_18",
    "Grundsicherung für Arbeitsuchende (SGB II, Dezember) – dar. – unter 15 Jahre": "sgb2_unter_15",
    "Grundsicherung für Arbeitsuchende (SGB II, Dezember) – dar. – erwerbsfähige Leistungsberechtigte": "sgb2_elb",
    "Grundsicherung für Arbeitsuchende (SGB II, Dezember) – dar. – Langzeitleistungsbeziehende": "sgb2_lzb",
    "Bedarfsgemeinschaften (SGB II, Dezember) – Insgesamt": "bg",
    "Bedarfsgemeinschaften (SGB II, Dezember) – dar. – mit Kindern unter 18 Jahren": "bg_kinder",
    "Bedarfsgemeinschaften (SGB II, Dezember) – dar. – Alleinerziehende": "bg_alleinerziehend",
    "Betreute Kinder nach Wohnort – unter 3 Jahre": "betreut_unter_3",
    "Betreute Kinder nach Wohnort – 3 bis unter 6 Jahre": "betreut_3_6",
    "Kindertageseinrichtungen – Plätze²⁾": "kitaplaetze",
    "Kindertageseinrichtungen – Kinder": "kita_kinder",
    "Kindertageseinrichtungen – davon nichtdt. Familiensprache": "kita_andere_sprache",
    "im Alter": "grusi_alter",
    "bei Erwerbsminderung": "grusi_em",
    "Personen": "asylblg",
    "Berechtigte": "but_berechtigte",
    "Holthausen Dorf": "06",
    "ohne festen Wohnsitz / unbekannt": "nz",
    "Betreute Kinder nach Wohnort – U3-Kinder (Kita und Kindertagespflege)": "betreut_unter_3",
    "Betreute Kinder nach Wohnort – davon Kindertagespflege": "betreut_unter_3_ktp",
    "Betreute Kinder nach Wohnort – Ü3-Kinder": "betreut_3_6",
    "Kreis Wendtal": "",
    "Holth. Heide": "07",
    "SR": "",
    "Wahlbeteiligung": "",
}


def choose(frage: ablauf.Frage) -> str:
    """Return the planner's answer: a written one, else the first proposal."""
    if frage.text in ANTWORTEN:
        return ANTWORTEN[frage.text]
    if not frage.vorschlaege:
        raise SystemExit(f"Keine Antwort auf: {frage.kennung} {frage.blatt}!{frage.zelle} {frage.frage}")
    return frage.vorschlaege[0].schluessel


def answer_all(projekt: ablauf.Projekt, pruefung: ablauf.Pruefung) -> ablauf.Pruefung:
    """Answer until nothing is open."""
    for _ in range(200):
        if not pruefung.fragen:
            return pruefung
        frage = pruefung.fragen[0]
        antwort = choose(frage)
        print(f"   {frage.art}: {frage.text[:70]!r} → {antwort or 'nicht einlesen'}")
        pruefung = ablauf.answer(projekt, pruefung, frage.kennung, antwort)
    raise SystemExit(f"Es bleiben Fragen offen: {pruefung.fragen[0].frage}")


def write_profile(profile: list[Importprofil], pfad: Path) -> None:
    """Write the profiles as TOML; their content is JSON in a literal string."""
    zeilen = ["# Bestätigte Zuordnungen von Lindenrath. Diese Datei schreibt beispieldaten/profile_bilden.py.", ""]
    for profil in sorted(profile, key=lambda p: p.schluessel):
        assert "'''" not in profil.inhalt
        zeilen += [
            "[[profil]]",
            f'schluessel = "{profil.schluessel}"',
            f'name = "{profil.name}"',
            f'fingerabdruck = "{profil.fingerabdruck}"',
            f"inhalt = '''{profil.inhalt}'''",
            "",
        ]
    pfad.write_text("\n".join(zeilen), encoding="utf-8", newline="\n")


def main() -> int:
    """Read all deliveries in their order; write profile.toml."""
    lieferungen = tomllib.loads((ORDNER / "lieferungen.toml").read_text(encoding="utf-8"))["lieferung"]
    ziel = Path(sys.argv[1]) if len(sys.argv) > 1 else ORDNER / "profile.toml"
    with tempfile.TemporaryDirectory() as ordner, create_lindenrath(Path(ordner) / "L", ORDNER) as projekt:
        with projekt.change("Zuordnungen vergessen") as schreiber:
            for profil in projekt.read(Importprofil):
                schreiber.remove(Importprofil, profil.schluessel)
        for lieferung in lieferungen:
            print(lieferung["datei"])
            pruefung = ablauf.examine(projekt, ORDNER / "lieferungen" / lieferung["datei"])
            pruefung = answer_all(projekt, pruefung)
            for befund in pruefung.befunde:
                print(f"   {befund.schwere.value} {befund.code} {befund.blatt}!{befund.zelle}: {befund.meldung}")
            if not pruefung.bereit:
                print("   NICHT BEREIT")
                continue
            ablauf.accept(projekt, pruefung, f"{lieferung['absender']}: {Path(lieferung['datei']).stem}")
        write_profile(projekt.read(Importprofil), ziel)
    return 0


if __name__ == "__main__":
    sys.exit(main())
