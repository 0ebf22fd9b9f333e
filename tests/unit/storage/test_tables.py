"""Moments are kept exactly, and only with their time zone."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from app.storage.tables import Moment

DIALECT = sqlite.dialect()
zones = st.builds(lambda minutes: timezone(timedelta(minutes=minutes)), st.integers(-720, 840))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=zones)  # noqa: DTZ001  zones follow


@given(moments)
def test_moment_when_kept_comes_back_exactly_in_utc(moment: datetime) -> None:
    kept = Moment().process_bind_param(moment, DIALECT)
    back = Moment().process_result_value(kept, DIALECT)
    assert back == moment
    assert back is not None
    assert back.tzinfo is UTC


@given(moments, moments)
def test_moments_when_kept_sort_as_they_are(one: datetime, other: datetime) -> None:
    kept = [Moment().process_bind_param(moment, DIALECT) for moment in (one, other)]
    assert kept[0] is not None
    assert kept[1] is not None
    assert (kept[0] < kept[1]) is (one < other)


def test_moment_when_it_has_no_time_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        Moment().process_bind_param(datetime(2026, 11, 24), DIALECT)  # noqa: DTZ001  the fault under test


def test_no_moment_when_kept_is_none() -> None:
    assert Moment().process_bind_param(None, DIALECT) is None
    assert Moment().process_result_value(None, DIALECT) is None
