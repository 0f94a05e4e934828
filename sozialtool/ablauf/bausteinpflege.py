"""The Bausteine kept up: a dated sentence, how far something is since when, who does what next."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

import attrs

from sozialtool.ablauf.nachweise import check_nachweise
from sozialtool.fach.prozess import Baustein, Fortschritt, Fortschrittsschritt, Inhalt, Umsetzungsstand
from sozialtool.fehler import BedienFehler, DatenFehler
from sozialtool.projekt import Aenderung, Projekt


def find_bausteineintrag(projekt: Projekt, bezug: int | str) -> Baustein | Inhalt:
    """Return a Baustein by its number ("3") or an Inhalt by its key ("3.1").

    Raises:
        BedienFehler: neither is there.
    """
    text = str(bezug).strip()
    eintrag = projekt.get(Baustein, int(text)) if text.isdecimal() else projekt.get(Inhalt, text)
    if eintrag is None:
        raise BedienFehler(
            f"Einen Baustein oder Inhalt „{text}“ gibt es nicht.",
            "Möglich sind die Nummern 1 bis 6 und Inhalte wie 3.1.",
        )
    return eintrag


def save_umsetzungsstand(
    projekt: Projekt, baustein: int, datum: dt.date, text: str, schluessel: str = "", nachweise: Sequence[str] | None = None,
    ueberholt: Sequence[str] = (),
) -> Aenderung:  # fmt: skip
    """Write down a dated sentence on a Baustein; with `schluessel` an existing one is changed.

    Args:
        projekt: the project.
        baustein: its number.
        datum: day from which the sentence holds.
        text: the sentence.
        schluessel: key of the sentence to change; empty for a new one.
        nachweise: what proves it, as written; None leaves them as they are.
        ueberholt: keys of sentences that the new one takes the place of, from its day on.

    Raises:
        BedienFehler: the sentence is empty or there is no such Baustein or sentence. DatenFehler: a proof leads nowhere.
    """
    if not text.strip():
        raise BedienFehler("Der Satz ist leer.", "Bitte kurz aufschreiben, wo der Baustein steht.")
    ziel = projekt.get(Baustein, baustein)
    if ziel is None:
        raise BedienFehler(f"Einen Baustein {baustein} gibt es nicht.", "Möglich sind 1 bis 6.")
    alt = _get_satz(projekt, schluessel) if schluessel else None
    neu = Umsetzungsstand(schluessel or uuid.uuid4().hex[:12], baustein, datum, text.strip())
    if alt is not None:
        neu = attrs.evolve(alt, baustein=baustein, datum=datum, text=text.strip())
    if nachweise is not None:
        require_nachweise(projekt, nachweise)
        neu = attrs.evolve(neu, nachweise=tuple(nachweise))
    with projekt.change(f"Umsetzungsstand zu Baustein {baustein}: {text.strip()[:60]}") as schreiber:
        schreiber.put(neu, *(attrs.evolve(_get_satz(projekt, s), ueberholt=datum) for s in ueberholt))
        if ziel.fortschritt is Fortschritt.OFFEN:
            schreiber.put(attrs.evolve(ziel, fortschritt=Fortschritt.LAEUFT))
            schreiber.put(Fortschrittsschritt(str(baustein), datum, Fortschritt.LAEUFT))
    return projekt.verlauf(1)[0]


def _get_satz(projekt: Projekt, schluessel: str) -> Umsetzungsstand:
    satz = projekt.get(Umsetzungsstand, schluessel)
    if satz is None:
        raise BedienFehler(
            f"Einen Satz „{schluessel}“ gibt es nicht.", "Die Schlüssel zeigt „sozialtool bausteine verlauf“."
        )
    return satz


def set_ueberholt(projekt: Projekt, schluessel: str, am: dt.date) -> Aenderung:
    """Say that a sentence does not hold any more from a day on; it stays in the history.

    Raises:
        BedienFehler: there is no such sentence, or the day lies before its own.
    """
    satz = _get_satz(projekt, schluessel)
    if am <= satz.datum:
        raise BedienFehler(f"Der Satz gilt seit dem {satz.datum:%d.%m.%Y}.", "Bitte einen späteren Tag angeben.")
    with projekt.change(f"Überholt am {am:%d.%m.%Y}: {satz.text[:60]}") as schreiber:
        schreiber.put(attrs.evolve(satz, ueberholt=am))
    return projekt.verlauf(1)[0]


def set_fortschritt(
    projekt: Projekt, ziel: int | str, fortschritt: Fortschritt, am: dt.date | None = None
) -> Aenderung:
    """Set the progress of a Baustein (number) or an Inhalt (key) since a day; today unless given.

    Raises:
        BedienFehler: there is no such Baustein or Inhalt.
    """
    eintrag = find_bausteineintrag(projekt, ziel)
    name = eintrag.name if isinstance(eintrag, Baustein) else eintrag.text
    bezug, tag = _bezug(eintrag), am or dt.date.today()
    spaetere = [s for s in projekt.read(Fortschrittsschritt) if s.bezug == bezug and s.datum > tag]
    with projekt.change(f"{name[:60]}: {fortschritt.value}") as schreiber:
        schreiber.put(Fortschrittsschritt(bezug, tag, fortschritt))
        if not spaetere:  # what is entered late does not change how far it is today
            schreiber.put(attrs.evolve(eintrag, fortschritt=fortschritt))
    return projekt.verlauf(1)[0]


def _bezug(eintrag: Baustein | Inhalt) -> str:
    return str(eintrag.nummer) if isinstance(eintrag, Baustein) else eintrag.schluessel


def set_schritt(
    projekt: Projekt, ziel: int | str, zustaendig: str, naechster_schritt: str, bis: dt.date | None
) -> Aenderung:  # fmt: skip
    """Set who brings a Baustein or Inhalt on, what comes next and until when; nothing next clears the day, too.

    Raises:
        BedienFehler: there is no such Baustein or Inhalt.
    """
    eintrag = find_bausteineintrag(projekt, ziel)
    schritt = naechster_schritt.strip()
    neu = attrs.evolve(
        eintrag, zustaendig=zustaendig.strip(), naechster_schritt=schritt, schritt_bis=bis if schritt else None
    )
    wozu = f"Baustein {eintrag.nummer}" if isinstance(eintrag, Baustein) else f"Inhalt {eintrag.schluessel}"
    with projekt.change(f"Nächster Schritt zu {wozu}: {schritt[:60] or 'keiner'}") as schreiber:
        schreiber.put(neu)
    return projekt.verlauf(1)[0]


def set_nachweise(projekt: Projekt, inhalt: str, nachweise: Sequence[str]) -> Aenderung:
    """Set what proves how far an Inhalt is.

    Raises:
        BedienFehler: there is no such Inhalt. DatenFehler: a proof leads nowhere.
    """
    eintrag = find_bausteineintrag(projekt, inhalt)
    if isinstance(eintrag, Baustein):
        raise BedienFehler("Nachweise stehen bei Inhalten und Sätzen.", "Bitte einen Inhalt wie 3.1 angeben.")
    require_nachweise(projekt, nachweise)
    with projekt.change(f"Nachweise zu {inhalt}: {'; '.join(nachweise)[:60]}") as schreiber:
        schreiber.put(attrs.evolve(eintrag, nachweise=tuple(nachweise)))
    return projekt.verlauf(1)[0]


def require_nachweise(projekt: Projekt, nachweise: Sequence[str]) -> None:
    """Refuse proofs that lead nowhere.

    Raises:
        DatenFehler: NACHWEIS, each of them named.
    """
    fehler = check_nachweise(projekt, nachweise, "Nachweise")
    if fehler:
        raise DatenFehler("\n".join(fehler), "Bitte berichtigen; es wurde nichts geändert.", "NACHWEIS")
