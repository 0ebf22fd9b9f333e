"""Every page of every counter, in one list."""

from flask import Blueprint

from app.web import blank, public
from app.web.clinic import login as clinic_login
from app.web.clinic import reception, scores, terminal, visits
from app.web.parent import (
    about,
    calendar,
    children,
    copied,
    copying,
    day,
    entrance,
    finishing,
    growth,
    history,
    home,
    login,
    mother,
    now,
    paper,
    passes,
    plan,
    prepare,
    questions,
    same,
    timeline,
    unclear,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    public.pages,
    blank.pages,
    entrance.pages,
    login.pages,
    home.pages,
    timeline.pages,
    calendar.pages,
    children.pages,
    mother.pages,
    copied.pages,
    copying.pages,
    unclear.pages,
    prepare.pages,
    about.pages,
    questions.pages,
    same.pages,
    now.pages,
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
    scores.pages,
)
