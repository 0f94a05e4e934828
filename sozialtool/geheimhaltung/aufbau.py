"""From figures to cells and relations: everything that an attacker can add up and subtract."""

from __future__ import annotations

from sozialtool.geheimhaltung.werte import Bezug

__all__ = ["Bezug"]
