"""ISO 3166-1 alpha-3 codes."""

from __future__ import annotations

from memcon.langs import places
from memcon.langs.codes import iso3


def test_every_country_has_a_code_of_its_own() -> None:
    codes = {code: iso3(code) for code in places.countries()}
    assert all(x and len(x) == 3 and x.isupper() for x in codes.values())
    assert len(set(codes.values())) == len(codes)
    assert [codes[c] for c in ("VN", "KH", "CD", "TL", "SU", "XK")] == ["VNM", "KHM", "COD", "TLS", "SUN", "XKK"]
    assert iso3("ZZ") is None
