"""The commands `abfragen` and `vorlagen`: forms out, returns in, states, mails, next year."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool import konsole
from sozialtool.befehle.teile import Befehle, Oeffnen, add_was
from sozialtool.fehler import BedienFehler
from sozialtool.orte import als_pfad, zeige

if TYPE_CHECKING:
    from sozialtool.ablauf import Eingang, Projekt


SCHRITTE = {
    "stand": "zeigen, wer gefragt ist und was fehlt",
    "anlegen": "Abfragen eines Jahres anlegen",
    "aendern": "Frist oder Wahltag ändern (mit --frist, --wahltag)",
    "entfernen": "die Abfrage eines Fachbereichs zurücknehmen (mit --fachbereich)",
    "schreiben": "die Formulare nach abfragen/JAHR schreiben",
    "versandt": "festhalten, dass die Formulare verschickt sind",
    "anschreiben": "den Text der Mail zeigen",
    "erinnern": "den Text der Erinnerung zeigen und festhalten, dass erinnert wurde",
    "einsortieren": "alles in eingang/JAHR einsortieren",
    "annehmen": "einen Rücklauf annehmen, wie er ist (mit --datei)",
    "weiter": "Fachbereiche, Merkmale und Fristen ins nächste Jahr übernehmen",
}
"""What `abfragen` can do."""


def build_commands(
    oeffnen: Oeffnen,
) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "abfragen": (
            "Fachbereiche abfragen: Formulare schreiben, Rückläufe einsortieren, erinnern",
            add_abfragen,
            lambda angaben: run_abfragen(angaben, oeffnen),
        ),
        "vorlagen": ("die Excel-Vorlagen schreiben", add_vorlagen, run_vorlagen),
    }


def add_abfragen(z: argparse.ArgumentParser) -> None:
    """Add the arguments of `abfragen`."""
    add_was(z, SCHRITTE)
    z.add_argument("--jahr", type=int, help="Jahr der Zahlen (sonst: das Berichtsjahr)")
    z.add_argument("--fachbereich", action="append", default=[], metavar="NAME", help="nur dieser; mehrfach möglich")
    z.add_argument("--frist", metavar="DATUM", help="bis wann, zum Beispiel 31.03.2026 (beim Anlegen und Ändern)")
    z.add_argument("--wahltag", metavar="DATUM", help="Tag der Wahl, wo nach Wahlen gefragt wird (beim Ändern)")
    z.add_argument("--datei", type=als_pfad, metavar="DATEI", help="eine bestimmte Datei (beim Annehmen)")


def add_vorlagen(z: argparse.ArgumentParser) -> None:
    """Add the arguments of `vorlagen`."""
    z.add_argument(
        "--ordner", type=als_pfad, default=Path("Vorlagen"), metavar="ORDNER", help="wohin (sonst: Vorlagen)"
    )


def run_vorlagen(angaben: argparse.Namespace) -> int:
    """Write the Vorlagen and print their paths."""
    from sozialtool import ablauf

    for pfad in ablauf.write_vorlagen(angaben.ordner):
        print(zeige(pfad))
    return 0


def run_abfragen(angaben: argparse.Namespace, oeffnen: Oeffnen) -> int:
    """Do one step; 0 done, 1 done with something left to ask."""
    with oeffnen(angaben, nur_lesen=angaben.was in ("stand", "anschreiben")) as projekt:
        jahr = angaben.jahr or projekt.kommune.berichtsjahr
        return _STEPS[angaben.was](projekt, jahr, angaben)


def _stand(projekt: Projekt, jahr: int, _: argparse.Namespace) -> int:
    from sozialtool import ablauf

    zeilen = ablauf.list_abfragen(projekt, jahr)
    for zeile in zeilen:
        frist = f"{zeile.abfrage.frist:%d.%m.%Y}" if zeile.abfrage.frist else "ohne Frist"
        wort = "Merkmal " if zeile.merkmale == 1 else "Merkmale"
        print(f"{zeile.fachbereich.name:<28} {zeile.merkmale:>3} {wort}  bis {frist}  {zeile.stand}")
    if not zeilen:
        print(f"Für {jahr} ist keine Abfrage angelegt.")
    return 1 if any(zeile.ueberfaellig for zeile in zeilen) else 0


def _count(abfragen: Sequence[object]) -> str:
    from sozialtool.fach.schreibweise import format_anzahl

    return format_anzahl(len(abfragen), "Abfrage", "Abfragen")


def _create(projekt: Projekt, jahr: int, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    neue = ablauf.create_abfragen(projekt, jahr, konsole.read_tag(angaben.frist, "--frist"), angaben.fachbereich)
    konsole.say(f"{_count(neue)} für {jahr} angelegt.")
    return _stand(projekt, jahr, angaben)


def _edit(projekt: Projekt, jahr: int, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    frist, wahltag = konsole.read_tag(angaben.frist, "--frist"), konsole.read_tag(angaben.wahltag, "--wahltag")
    if frist is None and wahltag is None:
        raise BedienFehler("Was geändert werden soll, fehlt.", "Bitte mit --frist oder --wahltag angeben.")
    for name in _named(projekt, jahr, angaben):
        ablauf.edit_abfrage(projekt, name, jahr, frist=frist or ..., wahltag=wahltag or ...)
    return _stand(projekt, jahr, angaben)


def _remove(projekt: Projekt, jahr: int, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    if not angaben.fachbereich:
        raise BedienFehler("Wessen Abfrage entfernt werden soll, fehlt.", "Bitte mit --fachbereich angeben.")
    for name in angaben.fachbereich:
        ablauf.remove_abfrage(projekt, name, jahr)
    return _stand(projekt, jahr, angaben)


def _write(projekt: Projekt, jahr: int, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    for pfad in ablauf.write_abfragen(projekt, jahr, angaben.fachbereich):
        print(zeige(pfad))
    return 0


def _send(projekt: Projekt, jahr: int, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    neue = ablauf.mark_versandt(projekt, jahr, angaben.fachbereich)
    konsole.say(f"{_count(neue)} als versandt festgehalten.")
    return _stand(projekt, jahr, angaben)


def _show_mail(projekt: Projekt, jahr: int, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    texte = [str(ablauf.anschreiben(projekt, name, jahr)) for name in _named(projekt, jahr, angaben)]
    print("\n\n----\n\n".join(texte))
    return 0


def _remind(projekt: Projekt, jahr: int, angaben: argparse.Namespace) -> int:
    """Without names: those that are overdue."""
    from sozialtool import ablauf

    namen = angaben.fachbereich or [
        zeile.abfrage.fachbereich for zeile in ablauf.list_abfragen(projekt, jahr) if zeile.ueberfaellig
    ]
    if not namen:
        konsole.say("Niemand ist überfällig.")
    texte = []
    for name in namen:
        texte.append(str(ablauf.erinnerung(projekt, name, jahr)))
        ablauf.mark_erinnert(projekt, name, jahr)
    print("\n\n----\n\n".join(texte))
    return 0


def _named(projekt: Projekt, jahr: int, angaben: argparse.Namespace) -> list[str]:
    from sozialtool import ablauf

    return angaben.fachbereich or [zeile.abfrage.fachbereich for zeile in ablauf.list_abfragen(projekt, jahr)]


def _sort(projekt: Projekt, jahr: int, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.ruecklaeufe import Eingangsart

    eingaenge = ablauf.scan_eingang(projekt, jahr, [angaben.datei] if angaben.datei else ())
    for eingang in eingaenge:
        print(_describe(eingang), flush=True)
    ruhig = (
        Eingangsart.ANGENOMMEN,
        Eingangsart.BEKANNT,
        Eingangsart.UEBERHOLT,
        Eingangsart.EINGELESEN,
        Eingangsart.MASSNAHMEN,
    )
    if all(eingang.art is Eingangsart.UNLESBAR for eingang in eingaenge):
        return 3
    return 0 if all(eingang.art in ruhig for eingang in eingaenge) else 1


def _describe(eingang: Eingang) -> str:
    """Say what became of one file, with every finding and remark."""
    wer = f" ({eingang.fachbereich})" if eingang.fachbereich else ""
    werte = f", {eingang.werte} Werte" if eingang.werte else ""
    zeilen = [f"{eingang.datei}{wer}: {eingang.art.value}{werte}"]
    zeilen += [f"  {eingang.meldung}"] if eingang.meldung else []
    befunde = [b for b in eingang.befunde if f"{b.meldung} {b.vorschlag}".strip() != eingang.meldung]
    zeilen += [f"  {' '.join(filter(None, (b.schwere.value, b.zelle, b.meldung, b.vorschlag)))}" for b in befunde]
    zeilen += [f"  Anmerkung – {notiz}" for notiz in eingang.notizen]
    zeilen += [f"  Rückfrage: {eingang.rueckfrage}"] if eingang.rueckfrage else []
    return "\n".join(zeilen)


def _accept(projekt: Projekt, jahr: int, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    if angaben.datei is None:
        raise BedienFehler("Welche Datei angenommen werden soll, fehlt.", "Bitte mit --datei angeben.")
    eingang = ablauf.accept_ruecklauf(projekt, angaben.datei, jahr)
    print(_describe(eingang))
    return 1 if eingang.befunde else 0


def _carry_over(projekt: Projekt, jahr: int, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    neue = ablauf.carry_over(projekt, jahr)
    konsole.say(f"{_count(neue)} von {jahr} nach {jahr + 1} übernommen.")
    return _stand(projekt, jahr + 1, angaben)


_STEPS: dict[str, Callable[[Projekt, int, argparse.Namespace], int]] = {
    "stand": _stand, "anlegen": _create, "aendern": _edit, "entfernen": _remove, "schreiben": _write, "versandt": _send, "anschreiben": _show_mail,
    "erinnern": _remind, "einsortieren": _sort, "annehmen": _accept, "weiter": _carry_over,
}  # fmt: skip
