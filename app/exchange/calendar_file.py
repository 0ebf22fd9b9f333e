"""A calendar file: whole days with a neutral title, as phones read them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from app.visit.ports import CalendarDay

PRODUCT = "-//Monshin Pass//JA"
ONE_DAY = timedelta(days=1)


def write_calendar(days: Sequence[CalendarDay], now: datetime) -> bytes:
    """The days as an iCalendar file, each with a reminder on the day before.

    Shapes: the same ``uid`` with a higher ``sequence`` replaces an entry that was taken over before.
    Source: RFC 5545; reference/checkups.md 4.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in days:
        calendar.add_component(_event(one, now))
    return bytes(calendar.to_ical())


def _event(one: CalendarDay, now: datetime) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", one.day)
    event.add("dtend", one.day + ONE_DAY)
    event.add("summary", one.title)
    event.add("description", one.text)
    event.add("url", one.url)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one.title)
    alarm.add("trigger", -ONE_DAY)
    event.add_component(alarm)
    return event
