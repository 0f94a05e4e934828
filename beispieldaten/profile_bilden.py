"""Answer the questions of Lindenrath's deliveries once, as its planner did, and keep the answers as profile.toml.

Run as `python beispieldaten/profile_bilden.py` after the deliveries or the import changed. The mapping is checked
against the truth by tests/beispieldaten.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from pathlib import Path

from sozialtool import ablauf
from sozialtool.ablauf.beispiel import create_lindenrath
from sozialtool.fach.quelle import Importprofil

ORDNER = Path(__file__).resolve().parent

ANTWORTEN: dict[tuple[str, str], str] = {
    # (what the key of the question contains, text in the file) → Merkmal, Gebiet or "" (not imported)
    ("deutsche | maennlich", ""): "",
    ("deutsche | weiblich", ""): "",
    ("| nichtdeutsche | insgesamt", ""): "ew_amtlich_auslaender",
    ("| deutsche | insgesamt", ""): "ew_amtlich_deutsche",
    ("bevoelkerungsstand # | insgesamt | maennlich", ""): "ew_amtlich_maennlich",
    ("bevoelkerungsstand # | insgesamt | weiblich", ""): "ew_amtlich_weiblich",
    ("bevoelkerungsstand # | insgesamt", ""): "ew_amtlich",
    ("schulabgaenge | insgesamt", ""): "abgaenge",
    ("ausserhalb unbekannt", ""): "nz",
    ("ohne festen wohnsitz", ""): "nz",
    ("| sr", ""): "",
    ("betreute kinder nach wohnort | unter 3 jahre", ""): "betreut_unter_3",
    ("betreute kinder nach wohnort | u3 kinder", ""): "betreut_unter_3",
    ("arbeitslose bestand im # | maenner", ""): "arbeitslose_maennlich",
    ("arbeitslose bestand im # | frauen", ""): "arbeitslose_weiblich",
    ("| langzeitarbeitslose", ""): "arbeitslose_lang",
    ("sgb ii # | unter 18 jahre", ""): "sgb2_unter_18",
    ("sgb ii # | unter 15 jahre", ""): "sgb2_unter_15",
    ("kindertageseinrichtungen | kinder", ""): "kita_kinder",
    ("| wahlbeteiligung", ""): "",
    ("kreis wendtal", ""): "",
}


def choose(frage: ablauf.Frage) -> str:
    """Return the planner's answer: a written one, else the first proposal."""
    for (teil, text), antwort in ANTWORTEN.items():
        if teil in f"| {frage.schluessel}" and text in frage.text:
            return antwort
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
    ziel = ORDNER / "profile.toml"
    ziel.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as ordner, create_lindenrath(Path(ordner) / "L", ORDNER) as projekt:
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
