"""`memcon serve`: a ledger as web pages and an HTTP API, for the people at this machine.

browse ── contact, reports, people, boards …   what a page shows, as records; the page's .json is the same record
     └─── pages.py + templates/                the record as HTML
     └─── api.py                               lists and things for programs, described at /api
app.py                                         routes, guards (Host, methods, headers), cache
"""
