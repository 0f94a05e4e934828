"""What goes with the program: licences of all parts, bill of materials (CycloneDX), checksums."""

from __future__ import annotations

import email
import email.message
import json
import shutil
import uuid
from pathlib import Path
from typing import Any

import attrs
from ordner import LOCK, WURZEL, BauFehler, list_dateien, read_lock, sha256

PRUEFSUMMEN = "Pruefsummen.txt"
STUECKLISTE = "Stueckliste.cdx.json"
LIZENZEN = "Lizenzen"
EINGEBAUT = "Bestandteile.txt"
MICROSOFT = "Microsoft Visual C++ Runtime"
"""What brings msvcp140 and vcruntime140; the licence of Python for Windows names its conditions."""
_NAMEN = ("licen", "copying", "notice", "authors")
"""Beginnings (or parts) of the names under which licence texts stand."""
_ROLLE = {"sozialtool": "das Programm selbst", "python": "Laufzeit: Windows embeddable package (64-bit)"}


@attrs.frozen
class Teil:
    """A part of the folder that somebody else may want to look up.

    `lizenz` is an SPDX expression (`spdx`) or the words of its author; `summe` the SHA-256 of the wheel ("" for our own and for
    Python, whose files are compared one by one); `texte` are licence texts; `enthaelt` the parts of this part as CycloneDX
    components: libraries built into it, files put beside it.
    """

    name: str
    version: str
    lizenz: str
    beschreibung: str
    summe: str
    texte: tuple[tuple[str, bytes], ...]
    enthaelt: tuple[dict[str, Any], ...] = ()
    spdx: bool = False

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
    summen = {name: summe for name, (_, summe) in read_lock(LOCK).items()}
    teile = [_teil_of(ordner, summen) for ordner in sorted(programm.glob("*.dist-info"))]
    dateien = tuple(_file(name, inhalt) for name, inhalt in sorted(python.items()))
    texte = (("LICENSE.txt", python["LICENSE.txt"]),)
    teile.append(Teil("python", python_version, "PSF-2.0", _ROLLE["python"], "", texte, dateien, spdx=True))
    ohne = [teil.name for teil in teile if not teil.texte]
    if ohne:
        raise BauFehler(f"Ohne Lizenztext: {', '.join(ohne)}. Bitte den Text nach packaging/lizenzen/<name>.txt legen.")
    return sorted(teile, key=lambda teil: teil.name)


def write_lizenzen(ordner: Path, teile: list[Teil]) -> None:
    """Write the licence texts of all parts, what is built into them, and an overview.

    Raises:
        BauFehler: a part brings two texts of one name.
    """
    if (ordner / LIZENZEN).exists():
        shutil.rmtree(ordner / LIZENZEN)
    zeilen = ["Dieser Ordner enthält Programme und Bibliotheken unter diesen Lizenzen.", ""]
    for teil in teile:
        zeilen.append(f"{teil.name} {teil.version}: {teil.lizenz}")
        texte = list(teil.texte)
        eingebaut = [t for t in teil.enthaelt if t["type"] == "library"]
        if eingebaut:
            zeilen.append(f"    darin {len(eingebaut)} Bibliotheken: siehe {teil.name}\\{EINGEBAUT}")
            texte.append((EINGEBAUT, _windows_text([f"{t['name']} {t['version']}: {_words(t)}" for t in eingebaut])))
        zeilen += [
            f"    dabei {t['name']}: {_words(t)}" for t in teil.enthaelt if t["type"] == "file" and "licenses" in t
        ]
        for name, inhalt in texte:
            datei = ordner / LIZENZEN / teil.name / name
            datei.parent.mkdir(parents=True, exist_ok=True)
            if datei.exists():
                raise BauFehler(f"{teil.name} bringt zwei Lizenztexte mit dem Namen {name}.")
            datei.write_bytes(inhalt)
    zeilen += ["", f"{MICROSOFT}: weitergegeben als „Distributable Code“,", "Bedingungen in python\\LICENSE.txt."]
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
        enthaelt=(*_read_eingebaut(ordner), *_list_beigelegt(ordner)),
        spdx=bool(metadaten["License-Expression"]),
    )


def _read_eingebaut(ordner: Path) -> list[dict[str, Any]]:
    """Return the libraries that are compiled into a part, as its own bill of materials names them (PEP 770)."""
    gefunden = []
    for datei in sorted((ordner / "sboms").glob("*.json")):
        for teil in json.loads(datei.read_text(encoding="utf-8")).get("components", []):
            wahl = {was: teil[was] for was in ("name", "version", "purl", "hashes", "licenses") if was in teil}
            gefunden.append({"type": "library", **wahl})
    return sorted(gefunden, key=lambda teil: (teil["name"], teil["version"]))


def _list_beigelegt(ordner: Path) -> list[dict[str, Any]]:
    """Return the DLLs of others that delvewheel put beside a part (folder `<name>.libs`)."""
    libs = ordner.with_name(f"{ordner.name.split('-')[0]}.libs")
    return [_file(datei.name, datei.read_bytes()) for datei in sorted(libs.glob("*"))]


def _file(name: str, inhalt: bytes) -> dict[str, Any]:
    teil: dict[str, Any] = {"type": "file", "name": name, "hashes": [{"alg": "SHA-256", "content": sha256(inhalt)}]}
    if name.startswith(("msvcp140", "vcruntime140")):
        teil["licenses"] = [{"license": {"name": MICROSOFT}}]
    return teil


def _words(teil: dict[str, Any]) -> str:
    """Say the licence of a CycloneDX component in words."""
    arten = [a.get("expression") or a["license"].get("id") or a["license"]["name"] for a in teil.get("licenses", [])]
    return ", ".join(arten) or "ohne Angabe"


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
        "licenses": [{"expression": teil.lizenz} if teil.spdx else {"license": {"name": teil.lizenz}}],
    }
    if teil.enthaelt:
        inhalt["components"] = list(teil.enthaelt)
    if teil.summe:
        inhalt["hashes"] = [{"alg": "SHA-256", "content": teil.summe}]
    return inhalt


def _windows_text(zeilen: list[str]) -> bytes:
    return "".join(f"{zeile}\r\n" for zeile in zeilen).encode("utf-8-sig")


def read_version() -> str:
    """Return the version of the program without importing it."""
    for zeile in (WURZEL / "sozialtool" / "__init__.py").read_text(encoding="utf-8").splitlines():
        if zeile.startswith("__version__"):
            return zeile.split('"')[1]
    raise BauFehler("sozialtool/__init__.py nennt keine Version.")
