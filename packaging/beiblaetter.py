"""What goes with the program: licences of all parts, bill of materials (CycloneDX), checksums."""

from __future__ import annotations

import email
import email.message
import json
import uuid
from pathlib import Path
from typing import Any

import attrs
from ordner import LOCK, PYTHON_SUMMEN, WURZEL, BauFehler, list_dateien, sha256

PRUEFSUMMEN = "Pruefsummen.txt"
STUECKLISTE = "Stueckliste.cdx.json"
LIZENZEN = "Lizenzen"
_NAMEN = ("licen", "copying", "notice", "authors")
"""Beginnings (or parts) of the names under which licence texts stand."""
_ROLLE = {"sozialtool": "das Programm selbst", "python": "Laufzeit: Windows embeddable package (64-bit)"}


@attrs.frozen
class Teil:
    """A part of the folder that somebody else may want to look up.

    `lizenz` is an SPDX expression or the words of its author; `summe` the SHA-256 of what was taken in ("" for our own).
    """

    name: str
    version: str
    lizenz: str
    beschreibung: str
    summe: str
    texte: tuple[tuple[str, bytes], ...]

    @property
    def purl(self) -> str:
        """Package URL, as the bill of materials names parts."""
        art = "generic" if self.name == "python" else "pypi"
        return f"pkg:{art}/{self.name}@{self.version}"


def collect_teile(programm: Path, python: dict[str, bytes], python_version: str) -> list[Teil]:
    """Describe every part from what lies in the folder.

    Raises:
        BauFehler: a part brings no licence text and has none in the repository either.
    """
    summen = _read_lock()
    teile = [_teil_of(ordner, summen) for ordner in sorted(programm.glob("*.dist-info"))]
    teile.append(
        Teil("python", python_version, "PSF-2.0", _ROLLE["python"], sha256(PYTHON_SUMMEN.read_bytes()),
             (("LICENSE.txt", python["LICENSE.txt"]),))
    )  # fmt: skip
    ohne = [teil.name for teil in teile if not teil.texte]
    if ohne:
        raise BauFehler(f"Ohne Lizenztext: {', '.join(ohne)}. Bitte den Text nach packaging/lizenzen/<name>.txt legen.")
    return sorted(teile, key=lambda teil: teil.name)


def write_lizenzen(ordner: Path, teile: list[Teil]) -> None:
    """Write the licence texts of all parts and an overview, and take them out of the metadata folders' company."""
    zeilen = ["Dieser Ordner enthält Programme und Bibliotheken unter diesen Lizenzen.", ""]
    for teil in teile:
        zeilen.append(f"{teil.name} {teil.version}: {teil.lizenz}")
        for name, inhalt in teil.texte:
            datei = ordner / LIZENZEN / teil.name / name
            datei.parent.mkdir(parents=True, exist_ok=True)
            datei.write_bytes(inhalt)
    (ordner / LIZENZEN / "Uebersicht.txt").write_bytes(_windows_text(zeilen))


def write_stueckliste(ordner: Path, version: str, teile: list[Teil]) -> None:
    """Write the bill of materials in CycloneDX 1.6 (ECMA-424), without time and with a number that follows from the content."""
    inhalt: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _component(next(teil for teil in teile if teil.name == "sozialtool"), "application")},
        "components": [_component(teil, "library") for teil in teile if teil.name != "sozialtool"],
        "dependencies": [
            {"ref": f"pkg:pypi/sozialtool@{version}", "dependsOn": [t.purl for t in teile if t.name != "sozialtool"]}
        ],
    }
    inhalt["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(inhalt, sort_keys=True)).urn
    text = json.dumps(inhalt, ensure_ascii=False, indent=1, sort_keys=True)
    (ordner / STUECKLISTE).write_text(text + "\n", encoding="utf-8", newline="\n")


def write_pruefsummen(ordner: Path) -> None:
    """Write the SHA-256 of every file but this one, in the form that `sha256sum --check` and the IT page read."""
    zeilen = [f"{sha256((ordner / name).read_bytes())}  {name}" for name in list_dateien(ordner) if name != PRUEFSUMMEN]
    (ordner / PRUEFSUMMEN).write_bytes("".join(f"{zeile}\n" for zeile in zeilen).encode())


def _teil_of(ordner: Path, summen: dict[str, str]) -> Teil:
    metadaten = email.message_from_bytes((ordner / "METADATA").read_bytes())
    name = str(metadaten["Name"]).lower().replace("_", "-")
    texte = [(d.name, d.read_bytes()) for d in sorted(ordner.rglob("*")) if d.is_file() and _is_licence(d)]
    eigener = Path(__file__).parent / "lizenzen" / f"{name}.txt"
    if not texte and eigener.is_file():
        texte = [("LICENSE.txt", eigener.read_bytes())]
    return Teil(
        name=name,
        version=str(metadaten["Version"]),
        lizenz=_licence(metadaten),
        beschreibung=_ROLLE.get(name, str(metadaten["Summary"] or "")),
        summe=summen.get(name, ""),
        texte=tuple(texte),
    )


def _is_licence(datei: Path) -> bool:
    return any(wort in datei.name.lower() for wort in _NAMEN) and datei.suffix not in {".py", ".pyc"}


def _licence(metadaten: email.message.Message) -> str:
    if metadaten["License-Expression"]:
        return str(metadaten["License-Expression"])
    arten = [a.rsplit("::", 1)[-1].strip() for a in metadaten.get_all("Classifier", []) if a.startswith("License ::")]
    return "; ".join(arten) or str(metadaten["License"] or "siehe Lizenztext").strip().splitlines()[0][:60]


def _component(teil: Teil, art: str) -> dict[str, Any]:
    inhalt: dict[str, Any] = {
        "type": art,
        "bom-ref": teil.purl,
        "name": teil.name,
        "version": teil.version,
        "description": teil.beschreibung,
        "purl": teil.purl,
        "licenses": [{"license": {"name": teil.lizenz}}],
    }
    if teil.summe:
        inhalt["hashes"] = [{"alg": "SHA-256", "content": teil.summe}]
    return inhalt


def _read_lock() -> dict[str, str]:
    zeilen = [
        zeile.split() for zeile in LOCK.read_text(encoding="utf-8").splitlines() if "==" in zeile and zeile[0] != "#"
    ]
    return {name.split("==")[0]: summe.removeprefix("--hash=sha256:") for name, summe in zeilen}


def _windows_text(zeilen: list[str]) -> bytes:
    return "".join(f"{zeile}\r\n" for zeile in zeilen).encode("utf-8-sig")


def read_version() -> str:
    """Return the version of the program without importing it."""
    for zeile in (WURZEL / "sozialtool" / "__init__.py").read_text(encoding="utf-8").splitlines():
        if zeile.startswith("__version__"):
            return zeile.split('"')[1]
    raise BauFehler("sozialtool/__init__.py nennt keine Version.")
