"""The day on which the evaluation takes place, whatever the calendar says."""

from datetime import date

TODAY = date(2026, 11, 22)
