"""What is written to a Fachbereich: the mail with the form, the reminder, the mail with the Rückfrage. To copy."""

from __future__ import annotations

import datetime as dt

import attrs

from sozialtool.erhebung.formular import Formular


@attrs.frozen
class Anschreiben:
    """Subject and text of a mail; the signature is the person's own."""

    betreff: str
    text: str

    def __str__(self) -> str:
        return f"Betreff: {self.betreff}\n\n{self.text}"


def write_anschreiben(formular: Formular, datei: str) -> Anschreiben:
    """Write the mail that goes out with the form `datei`."""
    anzahl = len(formular.merkmale)
    hinweis = f"\n\n{formular.fachbereich.hinweis.strip()}" if formular.fachbereich.hinweis.strip() else ""
    wieder, daneben = (" wieder", "; daneben stehen die Werte des Vorjahres") if formular.vorjahr else ("", "")
    frist = f" bis zum {formular.frist:%d.%m.%Y}" if formular.frist else ""
    return Anschreiben(
        formular.titel,
        f"Guten Tag,\n\nfür das Sozialmonitoring {formular.jahr} der Stadt {formular.kommune.name} bitten wir Sie{wieder} um Ihre "
        f"Zahlen: {'eine Angabe' if anzahl == 1 else f'{anzahl} Angaben'} je {formular.ebene}. Im Anhang finden Sie dazu die Datei "
        f"„{datei}“. Auszufüllen sind nur die gelben Felder{daneben}.{hinweis}\n\n"
        f"Bitte schicken Sie die Datei{frist} zurück. Was es bei Ihnen nicht gibt, lassen Sie gern mit einem kurzen Grund frei – "
        "eine halb ausgefüllte Datei hilft uns mehr als keine. Bitte keine Namen, Adressen oder Geburtsdaten eintragen.\n\n"
        "Bei Fragen melden Sie sich jederzeit. Vielen Dank für Ihre Unterstützung.\n\nMit freundlichen Grüßen",
    )


def write_erinnerung(formular: Formular, datei: str, heute: dt.date) -> Anschreiben:
    """Write the reminder; before the deadline it announces it, afterwards it asks for a new date."""
    frist = formular.frist
    if frist is not None and heute > frist:
        lage = f"am {frist:%d.%m.%Y} wäre Ihre Antwort auf die {formular.titel.replace(':', ' für')} fällig gewesen; sie ist noch nicht bei uns angekommen."
        bitte = "Können Sie uns die Datei in den nächsten Tagen schicken oder kurz sagen, bis wann wir damit rechnen dürfen?"
    else:
        bis = f" am {frist:%d.%m.%Y}" if frist else " bald"
        lage = f"zur Erinnerung: Die Frist für die {formular.titel.replace(':', ' für')} endet{bis}."
        bitte = "Ist die Datei schon unterwegs, ist diese Mail erledigt."
    return Anschreiben(
        f"Erinnerung: {formular.titel}",
        f"Guten Tag,\n\n{lage}\n\n{bitte} Falls einzelne Zahlen noch fehlen, reicht uns vorerst, was schon da ist; die Datei "
        f"„{datei}“ hängt noch einmal an.\n\nVielen Dank und freundliche Grüße",
    )


def write_rueckfragetext(formular: Formular, datei: str, anzahl: int) -> Anschreiben:
    """Write the mail that goes out with a Rückfrage about `anzahl` places."""
    stellen = "Eine Stelle ist" if anzahl == 1 else f"{anzahl} Stellen sind"
    return Anschreiben(
        f"Rückfrage zur {formular.titel}",
        f"Guten Tag,\n\nvielen Dank für Ihre Angaben zur {formular.titel.replace(':', ' für')}. {stellen} uns noch nicht klar. "
        f"Im Anhang finden Sie die Datei „{datei}“ mit Ihren Angaben; die fraglichen Felder sind orange und mit „?“ gekennzeichnet, "
        "das erste Blatt nennt sie der Reihe nach.\n\nBitte berichtigen Sie dort oder bestätigen Sie mit einer kurzen Anmerkung, "
        "und schicken Sie uns die Datei zurück.\n\nMit freundlichen Grüßen",
    )
