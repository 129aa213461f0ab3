"""Dates written out as text (ISO 8601, as Strict workbooks hold them) as the serial days that cells count in."""

from datetime import date, datetime, time

_DAY = 86_400
_EPOCH_1900 = date(1899, 12, 31).toordinal()
_EPOCH_1904 = date(1904, 1, 1).toordinal()
_LEAP_DAY = 60
"""The 29 February 1900 that Excel counts and the calendar does not have."""


def serial_of(text: str, date1904: bool) -> float | str:
    """The serial day of an ISO 8601 date, date and time, or time of day; the text itself where it is none of them."""
    plain = text.strip().removesuffix("Z")
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        return _time_of_day(plain, text)
    day = moment.date().toordinal()
    return _days(day, date1904) + _fraction(moment.time())


def _days(day: int, date1904: bool) -> float:
    if date1904:
        return float(day - _EPOCH_1904)
    days = day - _EPOCH_1900
    return float(days + (days >= _LEAP_DAY))


def _time_of_day(plain: str, text: str) -> float | str:
    try:
        return _fraction(time.fromisoformat(plain))
    except ValueError:
        return text


def _fraction(moment: time) -> float:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return seconds / _DAY
