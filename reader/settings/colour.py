"""Colour arithmetic: contrast, perceived distance and simulated colour-vision deficiencies.

Colours are ``#rrggbb`` strings. The formulas and where they come from:

- contrast: WCAG 2.2, "contrast ratio" and "relative luminance";
- distance: Euclidean in OKLab (Björn Ottosson, 2020), times 100, so that about 2 is just noticeable;
- deficiencies: G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A Physiologically-based Model
  for Simulation of Color Vision Deficiency", IEEE TVCG 15 (6), 2009, at severity 1.0, on linear RGB.
"""

from __future__ import annotations

from functools import lru_cache
from math import dist
from typing import Literal

Vision = Literal["normal", "protanopia", "deuteranopia", "tritanopia"]
VISIONS: tuple[Vision, ...] = ("normal", "protanopia", "deuteranopia", "tritanopia")

_Triple = tuple[float, float, float]

_MACHADO: dict[Vision, tuple[_Triple, _Triple, _Triple]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


@lru_cache(1024)
def _linear(colour: str) -> _Triple:
    """Return linear-light red, green and blue, 0 to 1."""

    def channel(start: int) -> float:
        value = int(colour[start : start + 2], 16) / 255
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    return channel(1), channel(3), channel(5)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours, 1 (none) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _seen(colour: str, vision: Vision) -> _Triple:
    red, green, blue = _linear(colour)
    if vision == "normal":
        return red, green, blue

    def row(weights: _Triple) -> float:
        return min(1.0, max(0.0, weights[0] * red + weights[1] * green + weights[2] * blue))

    first, second, third = _MACHADO[vision]
    return row(first), row(second), row(third)


def _oklab(rgb: _Triple) -> _Triple:
    red, green, blue = rgb
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def distance(one: str, other: str, vision: Vision = "normal") -> float:
    """Return how far apart two colours look, 0 (the same) to 100 (black and white)."""
    first, second = _oklab(_seen(one, vision)), _oklab(_seen(other, vision))
    return 100 * dist(first, second)
