"""Every page of every counter, in one list."""

from flask import Blueprint

from app.web import public
from app.web.parent import day, entrance, finishing, login, questions

BLUEPRINTS: tuple[Blueprint, ...] = (
    public.pages,
    entrance.pages,
    login.pages,
    questions.pages,
    finishing.pages,
    day.pages,
)
