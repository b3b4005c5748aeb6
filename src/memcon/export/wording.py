"""Codes and dates as words, from `memcon.langs.wording`: exports and pages ask for them here."""

from memcon.langs.wording import clean, country, day, label, language, names, period

__all__ = ["clean", "country", "day", "label", "language", "names", "period"]
