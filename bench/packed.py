"""Packs made-up reports as they come from outside: web pages in a WARC, a feed, a mailbox, JSON Lines, CSV, archives.

    uv run python bench/packed.py 1000 --out DIR     # pages.warc.gz, feed.xml, list.mbox, dump.jsonl, table.csv, pack.zip, pack.tar.gz

One report in ten of the WARC is a page about something else (cooking, sport), and one in fifty is there twice.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import html
import io
import json
import random
import tarfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from email.message import EmailMessage
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import madeup

from memcon.model import Document

OTHER = (
    ("Onion soup for a cold evening", "Slice the onions thinly and fry them in butter until they are golden. Pour in the stock, add thyme and let it simmer for an hour. Serve with toasted bread and grated cheese on top."),
    ("Late goal decides the derby", "The home team scored in the last minute of a match that had few chances. The goalkeeper saved twice before the break. About nine thousand people watched in the rain."),
    ("How to prune roses", "Cut back old stems in early spring, just above a bud that points outwards. Clear away fallen leaves, feed the roots with compost and water well in dry weeks."),
)  # fmt: skip


class Item(NamedTuple):
    """A report and what surrounds it."""

    number: int
    title: str
    body: str
    day: str
    outlet: str
    url: str


def items(number: int, seed: int = 1) -> Iterator[Item]:
    """Reports with titles, days and addresses, one in ten about something else."""
    dice = random.Random(f"packed {seed}")
    made = (d for d, _ in madeup.reports(seed) if d.outlet != "Reprints")
    for n in range(number):
        if n % 10 == 9:
            title, body = OTHER[dice.randrange(len(OTHER))]
            yield Item(n, title, f"{body} Note {n}.", f"2021-03-{1 + n % 28:02}", "Home and Garden", f"https://garden.example/{n}")
        else:
            d = next(made)
            day = d.published or "2021-01-01"
            yield Item(n, _title(d), d.text, day, d.outlet or "Agency", f"https://news.example/{day.replace('-', '/')}/{d.id}")


def _title(document: Document) -> str:
    return f"Report {document.id}: {' '.join(document.text[:60].split())}"


def page(item: Item) -> str:
    """A web page with its furniture: navigation, a caption, a footer."""
    paragraphs = "\n".join(f"<p>{html.escape(x)}</p>" for x in item.body.split("\n") if x.strip())
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{html.escape(item.title)} | {html.escape(item.outlet)}</title>
<meta property="og:title" content="{html.escape(item.title)}"><meta property="og:site_name" content="{html.escape(item.outlet)}">
<meta property="article:published_time" content="{item.day}T09:30:00+07:00"><link rel="canonical" href="{html.escape(item.url)}"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/politics">Politics</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>{html.escape(item.title)}</h1><figure><img src="/p.jpg" alt=""><figcaption>Flags at the entrance, picture {item.number}</figcaption></figure>
{paragraphs}</article><footer><p>Copyright. All rights reserved. Contact us. Privacy.</p></footer></body></html>
"""


def record(item: Item, *, status: int = 200, media: str = "text/html; charset=utf-8", body: bytes | None = None) -> bytes:
    """One response of a web archive."""
    data = page(item).encode() if body is None else body
    http = f"HTTP/1.1 {status} OK\r\nContent-Type: {media}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {item.url}\r\nWARC-Date: {item.day}T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{item.number:032x}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def warc(path: Path, reports: Iterable[Item]) -> None:
    """A web archive, each record compressed by itself, as they are kept; one in fifty is there twice."""
    with path.open("wb") as file:
        for item in reports:
            for _ in range(2 if item.number % 50 == 7 else 1):
                file.write(gzip.compress(record(item), mtime=0))


def feed(path: Path, reports: Iterable[Item]) -> None:
    """An RSS feed with full texts."""
    entries = "\n".join(
        f"<item><title>{html.escape(x.title)}</title><link>{x.url}?feed</link><pubDate>{x.day}T09:30:00+07:00</pubDate>"
        f"<description>{html.escape(''.join(f'<p>{html.escape(p)}</p>' for p in x.body.split(chr(10)) if p.strip()))}</description></item>"
        for x in reports
    )
    path.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>News Feed</title>{entries}</channel></rss>\n', encoding="utf-8"
    )


def mail(item: Item) -> bytes:
    """A press list's message."""
    message = EmailMessage()
    message["From"] = f"{item.outlet} <press@news.example>"
    message["To"] = "list@news.example"
    message["Subject"] = item.title
    message["Date"] = (
        f"{int(item.day[8:]):02} {('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec').split()[int(item.day[5:7]) - 1]} {item.day[:4]} 09:30:00 +0700"
    )
    message.set_content(item.body)
    return bytes(message)


def mbox(path: Path, reports: Iterable[Item]) -> None:
    """A mailbox."""
    with path.open("wb") as file:
        for item in reports:
            file.write(b"From press@news.example Mon Mar 01 09:30:00 2021\n" + mail(item).replace(b"\nFrom ", b"\n>From ") + b"\n")


def json_lines(path: Path, reports: Iterable[Item]) -> None:
    """A news dump."""
    with path.open("w", encoding="utf-8") as file:
        for x in reports:
            file.write(
                json.dumps(
                    {"headline": x.title, "pubDate": f"{x.day} 09:30:00", "maintext": x.body, "link": f"{x.url}?dump", "source": {"name": x.outlet}}
                )
                + "\n"
            )


def table(path: Path, reports: Iterable[Item]) -> None:
    """The same as a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Title", "Date", "Text", "URL", "Publisher"])
        writer.writerows([x.title, x.day, x.body, f"{x.url}?table", x.outlet] for x in reports)


def packed_zip(path: Path, reports: Iterable[Item]) -> None:
    """Pages, texts and mails in a ZIP, beside a picture."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for x in reports:
            name, data = (
                (f"pages/{x.number}.html", page(x).encode())
                if x.number % 3 == 0
                else (f"texts/{x.number}.txt", f"{x.title}\n\n{x.body}".encode())
                if x.number % 3 == 1
                else (f"mails/{x.number}.eml", mail(x))
            )
            archive.writestr(zipfile.ZipInfo(name), data)
        archive.writestr(zipfile.ZipInfo("pages/logo.png"), b"\x89PNG\r\n\x1a\n")


def packed_tar(path: Path, reports: Iterable[Item]) -> None:
    """Texts in a compressed TAR."""
    with tarfile.open(path, "w:gz") as archive:
        for x in reports:
            data = f"{x.title}\n\n{x.body}".encode()
            info = tarfile.TarInfo(f"reports/{x.number}.txt")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


MAKERS = {
    "pages.warc.gz": warc, "feed.xml": feed, "list.mbox": mbox, "dump.jsonl": json_lines, "table.csv": table, "pack.zip": packed_zip, "pack.tar.gz": packed_tar,
}  # fmt: skip


def pack(folder: Path, number: int, *, others: int = 20, seed: int = 1) -> None:
    """Write all of them: ``number`` pages into the WARC, ``others`` reports of their own into each of the rest."""
    folder.mkdir(parents=True, exist_ok=True)
    source = items(number + others * (len(MAKERS) - 1), seed)
    for name, make in MAKERS.items():
        make(folder / name, list(islice(source, number if name == "pages.warc.gz" else others)))


def main(argv: Sequence[str] | None = None) -> None:
    """Write the files."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("number", type=int)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--others", type=int, default=20)
    p.add_argument("--seed", type=int, default=1)
    o = p.parse_args(argv)
    pack(o.out, o.number, others=o.others, seed=o.seed)


if __name__ == "__main__":
    main()
