"""Every page of every counter, in one list."""

from flask import Blueprint

from app.web import public
from app.web.clinic import login as clinic_login
from app.web.clinic import reception, terminal, visits
from app.web.parent import (
    about,
    children,
    day,
    entrance,
    finishing,
    growth,
    history,
    home,
    login,
    paper,
    passes,
    plan,
    prepare,
    questions,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    public.pages,
    entrance.pages,
    login.pages,
    home.pages,
    children.pages,
    prepare.pages,
    about.pages,
    questions.pages,
    finishing.pages,
    day.pages,
    passes.pages,
    plan.pages,
    history.pages,
    paper.pages,
    growth.pages,
    clinic_login.pages,
    terminal.pages,
    reception.pages,
    visits.pages,
)
