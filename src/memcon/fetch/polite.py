"""Fetching as a guest: robots.txt is kept, a host is asked one thing at a time and not too often, and every page that came is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from memcon.fetch.client import Fetcher, Page, cleaned
from memcon.fetch.guard import FetchError
from memcon.fetch.pages import Pages

if TYPE_CHECKING:
    from protego import Protego

__all__ = ["Polite"]

DELAY: Final = 5.0
"""Seconds between two requests to a host, unless its robots.txt or the user asks for more."""
_LONGEST_DELAY: Final = 120.0
_ROBOTS_LAST: Final = 86_400.0  # seconds for which a robots.txt holds
_LARGEST_ROBOTS: Final = 500_000  # characters that are read of it
_ALL: Final = ""
_NOTHING: Final = "User-agent: *\nDisallow: /\n"


class Polite:
    """A fetcher with manners. ``delays`` are seconds for single hosts; ``sleep`` and ``clock`` are those of `time` but in tests."""

    def __init__(
        self, fetcher: Fetcher, pages: Pages, *, name: str = "memcon", delay: float = DELAY, delays: Mapping[str, float] | None = None,
        sleep: Callable[[float], None] = time.sleep, clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._fetcher, self._pages, self._name = fetcher, pages, name
        self._delay, self._delays = delay, dict(delays or {})
        self._sleep, self._clock = sleep, clock

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Page:
        """The page at ``url``, kept in the file of pages. Raises `FetchError`, also where robots.txt forbids it."""
        url = cleaned(url)
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        rules = _rules(self._robots(host))
        if not rules.can_fetch(url, self._name):
            raise FetchError(url, "its site asks programs not to fetch it (robots.txt)")
        self._wait(host, float(rules.crawl_delay(self._name) or 0.0))
        page = self._fetcher.get(url, headers)
        if urlsplit(page.final).netloc != parts.netloc:
            self._allowed_there(url, page.final)
        if page.status == 200:
            self._pages.keep(page)
        return page

    def _allowed_there(self, url: str, final: str) -> None:
        """Where a page leads to another site, that one's wishes count too, before anything is made of it."""
        there = urlsplit(final)
        if not _rules(self._robots(f"{there.scheme}://{there.netloc}")).can_fetch(final, self._name):
            raise FetchError(url, f"it leads to {there.netloc}, which asks programs not to fetch it (robots.txt)")

    def _wait(self, host: str, asked: float) -> None:
        """Wait for the host's turn, and put down the next one before anything is sent."""
        free, robots, at = self._pages.host(host)
        now = self._clock()
        if now < free <= now + _LONGEST_DELAY:
            self._sleep(free - now)
        delay = min(_LONGEST_DELAY, max(self._delays.get(urlsplit(host).hostname or "", self._delay), asked))
        self._pages.note_host(host, max(now, free if free <= now + _LONGEST_DELAY else now) + delay, robots, at)

    def _robots(self, host: str) -> str:
        """A host's robots.txt, fetched once a day. None there: all is allowed; a server in trouble: nothing is, for now."""
        free, robots, at = self._pages.host(host)
        now = self._clock()
        if robots is not None and now - at < _ROBOTS_LAST:
            return robots
        self._wait(host, 0.0)
        free = self._pages.host(host)[0]
        try:
            text = self._fetcher.get(f"{host}/robots.txt").body[:_LARGEST_ROBOTS].decode("utf-8", "replace")
        except FetchError as error:
            if error.retry:
                raise FetchError(
                    host, f"its robots.txt cannot be had, so nothing else is asked for: {error.what}", retry=True, after=error.after
                ) from error
            if "the server's answer was" not in error.what:
                raise
            text = _NOTHING if error.what.endswith((" 401", " 403")) else _ALL
        self._pages.note_host(host, free, text, now)
        return text


@lru_cache(maxsize=256)
def _rules(text: str) -> Protego:
    from protego import Protego

    return Protego.parse(text)
