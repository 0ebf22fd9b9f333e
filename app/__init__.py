"""Monshin Pass: questionnaires before a vaccination or checkup, a QR pass, the clinic's reading."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.settings import Settings


def create_app(settings: "Settings") -> "Flask":
    """The whole application, built from its settings and nothing else."""
    from app.commands import install
    from app.wiring import build

    return install(build(settings))
