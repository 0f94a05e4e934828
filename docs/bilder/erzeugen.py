"""Make the two pictures of the README anew: `python -m docs.bilder.erzeugen` (needs LibreOffice, pdftoppm, rsvg-convert).

The start screen comes from Textual's own picture of the screen, the page from LibreOffice's print of the workbook.
"""

from __future__ import annotations

import asyncio
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sozialtool import ablauf, orte
from tests.ausgabe.hilfen import convert

ORDNER = Path(__file__).resolve().parent
SCHRIFT = "DejaVu Sans Mono"
GROESSE = 20 * 0.61 / 0.602
"""Textual draws cells of 0.61 em; this font is 0.602 em wide: so much larger it fills them."""


async def show_start(projekt: Path) -> str:
    """Open the project in the terminal UI and return its picture as SVG."""
    from sozialtool.tui.app import SozialtoolApp

    app = SozialtoolApp(projekt)
    async with app.run_test(size=(112, 32)) as pilot:
        for _ in range(20):
            await pilot.pause(0.1)
        return app.export_screenshot(title="sozialtool")


def write_start(projekt: Path, ziel: Path) -> None:
    """Draw the start screen; the fonts that the SVG would fetch from the net are left out."""
    svg = asyncio.run(show_start(projekt))
    vorn, _, rest = svg.partition("@font-face")
    svg = vorn + rest[rest.index(".terminal-") if ".terminal-" in rest else 0 :]
    svg = svg.replace("Fira Code", SCHRIFT).replace("font-size: 20px", f"font-size: {GROESSE:.2f}px")
    svg = svg.replace("<text ", '<text xml:space="preserve" ')  # else a blank at the beginning of a run is lost
    with tempfile.TemporaryDirectory() as ordner:
        quelle = Path(ordner) / "start.svg"
        quelle.write_text(svg, encoding="utf-8")
        run("rsvg-convert", "--width", "1200", "--output", str(ziel), str(quelle))
    ziel.write_bytes(shrink(ziel.read_bytes()))


def shrink(png: bytes) -> bytes:
    """Write an RGBA picture with a palette (a third of the size); rare shades take the nearest frequent one."""
    bloecke = dict(read_bloecke(png))
    breite, hoehe = struct.unpack(">II", bloecke[b"IHDR"][:8])
    bunt = [pixel[:3] for pixel in unfilter(zlib.decompress(bloecke[b"IDAT"]), breite)]
    palette = [farbe for farbe, _ in Counter(bunt).most_common(256)]
    naechste = {f: min(palette, key=lambda p: sum((a - b) ** 2 for a, b in zip(f, p, strict=True))) for f in set(bunt)}
    stelle = {farbe: palette.index(nahe) for farbe, nahe in naechste.items()}
    zeilen = (b"\0" + bytes(stelle[f] for f in bunt[z * breite : (z + 1) * breite]) for z in range(hoehe))
    teile = [
        (b"IHDR", struct.pack(">IIBBBBB", breite, hoehe, 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(palette)),
        (b"IDAT", zlib.compress(b"".join(zeilen), 9)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(inhalt)) + art + inhalt + struct.pack(">I", zlib.crc32(art + inhalt))
        for art, inhalt in teile
    )


def read_bloecke(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG; those of the picture itself as one."""
    ab, bild = 8, b""
    while ab < len(png):
        (laenge,) = struct.unpack(">I", png[ab : ab + 4])
        art, inhalt = png[ab + 4 : ab + 8], png[ab + 8 : ab + 8 + laenge]
        bild += inhalt if art == b"IDAT" else b""
        yield art, bild if art == b"IDAT" else inhalt
        ab += laenge + 12


def unfilter(daten: bytes, breite: int) -> Iterator[bytes]:
    """Yield the RGBA pixels of a PNG (specification, section 9: filter types 0 to 4)."""
    oben = bytearray(breite * 4)
    for ab in range(0, len(daten), breite * 4 + 1):
        art, zeile = daten[ab], bytearray(daten[ab + 1 : ab + 1 + breite * 4])
        for i, wert in enumerate(zeile):
            links, ecke = (zeile[i - 4], oben[i - 4]) if i >= 4 else (0, 0)
            weg = links + oben[i] - ecke
            paeth = min((links, oben[i], ecke), key=lambda w: abs(weg - w))
            zeile[i] = (wert + (0, links, oben[i], (links + oben[i]) // 2, paeth)[art]) & 255
        oben = zeile
        yield from (bytes(zeile[i : i + 4]) for i in range(0, len(zeile), 4))


def write_page(mappe: Path, ziel: Path) -> None:
    """Print the workbook and keep the page of "Auf einen Blick" that shows most signs against the town."""
    with tempfile.TemporaryDirectory() as name:
        ordner = Path(name)
        pdf = str(convert(mappe, "pdf", ordner))
        seiten = run("pdftotext", "-layout", pdf, "-").split("\f")
        # Only the matrix explains its short heads.
        matrix = [nummer for nummer, text in enumerate(seiten, 1) if "Kurz für" in text and "Lindenrath" in text]
        nummer = max(matrix, key=lambda nummer: seiten[nummer - 1].count("▲") + seiten[nummer - 1].count("▼"))
        seite = ("-f", str(nummer), "-l", str(nummer))
        run("pdftoppm", "-png", "-r", "120", "-singlefile", *seite, pdf, str(ordner / "s"))
        shutil.copyfile(ordner / "s.png", ziel)


def run(*befehl: str) -> str:
    """Run a program and return what it printed."""
    return subprocess.run(befehl, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def main() -> int:
    """Make Lindenrath in a folder of its own and both pictures from it."""
    with tempfile.TemporaryDirectory() as name:
        ordner = Path(name)
        orte.einstellungen = lambda: ordner / "einstellungen"
        beispiel = ablauf.make_beispiel(ordner / "Lindenrath")
        write_page(beispiel.arbeitsmappe, ORDNER / "arbeitsmappe.png")
        write_start(beispiel.projekt, ORDNER / "start.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
