"""The tables of places and bodies: rows over all continents, and what must hold of every row."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from memcon.langs import places
from tests.timing import assert_within, seconds

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "src" / "memcon" / "langs" / "data"

NAMES = """
Cambodia KH|Viet Nam VN|Việt Nam VN|Vietnam VN|VIETNAM VN|Socialist Republic of Viet Nam VN|South Korea KR|Republic of Korea KR
ROK KR|DPRK KP|D.P.R.K. KP|North Korea KP|Democratic People's Republic of Korea KP|Democratic People’s Republic of Korea KP
Czechia CZ|Czech Republic CZ|Türkiye TR|Turkiye TR|Turkey TR|TURKEY TR|UK GB|U.K. GB|Britain GB|Great Britain GB|Scotland GB
US US|U.S. US|USA US|U.S.A. US|United States US|the United States US|America US|UAE AE|United Arab Emirates AE|Burma MM
Myanmar MM|Ivory Coast CI|Côte d'Ivoire CI|Côte d’Ivoire CI|Cote d'Ivoire CI|Swaziland SZ|Eswatini SZ|East Timor TL
Timor-Leste TL|Timor Leste TL|PRC CN|People's Republic of China CN|China CN|Holland NL|the Netherlands NL|The Netherlands NL
Holy See VA|the Vatican VA|Palestine PS|Kosovo XK|Taiwan TW|Lao PDR LA|Laos LA|Lao People's Democratic Republic LA|Russia RU
Russian Federation RU|Soviet Union SU|USSR SU|Yugoslavia YU|Czechoslovakia CS|East Germany DD|DR Congo CD
Democratic Republic of the Congo CD|Republic of the Congo CG|Trinidad and Tobago TT|Saint Lucia LC|St. Lucia LC|Brazil BR
Federative Republic of Brazil BR|Papua New Guinea PG|Fiji FJ|Samoa WS|Kiribati KI|Nauru NR|New Zealand NZ|Zimbabwe ZW|Chad TD
Niger NE|Nigeria NG|Guinea-Bissau GW|Guinea Bissau GW|Equatorial Guinea GQ|São Tomé and Príncipe ST|Sao Tome and Principe ST
Bosnia and Herzegovina BA|Bosnia BA|North Macedonia MK|Hong Kong HK|Macau MO|Philippines PH|Philippines' PH|Cambodia's KH
Kyrgyz Republic KG|Islamic Republic of Iran IR|Iran IR|Brunei Darussalam BN|Mongolia MN|Georgia GE|Jordan JO
"""

DEMONYMS = """
Cambodian KH|Cambodians KH|Vietnamese VN|British GB|Briton GB|Britons GB|Dutch NL|Dutchmen NL|Lao LA|Laotian LA|Laotians LA
Emirati AE|Emiratis AE|Nigerien NE|Nigerian NG|Nigerians NG|Chinese CN|French FR|Frenchman FR|American US|Americans US|Thai TH
Filipino PH|Filipinos PH|Philippine PH|Burmese MM|Swiss CH|Polish PL|Poles PL|Danes DK|Finns FI|Swedes SE|Spaniards ES|Turkish TR
Turks TR|Kazakh KZ|Kyrgyz KG|Uzbek UZ|Tajik TJ|Turkmen TM|Qatari QA|Saudi SA|Yemenis YE|Iraqi IQ|Bahrainis BH|Ivorian CI
Burkinabe BF|Malagasy MG|Basotho LS|Motswana BW|South African ZA|Central African CF|Argentine AR|Salvadoran SV|Guatemalan GT
New Zealander NZ|Papua New Guinean PG|Solomon Islander SB|Ni-Vanuatu VU|I-Kiribati KI|Fijian FJ|Soviet SU|Kosovar XK|Serb RS
South Korean KR|North Koreans KP|Palestinian PS|Israelis IL|Cypriots CY|Bosnian BA|Monégasque MC|Monegasque MC|Germans DE
"""

CITIES = """
Hanoi VN|Ha Noi VN|Hà Nội VN|Ho Chi Minh City VN|Đà Nẵng VN|Da Nang VN|Phnom Penh KH|PHNOM PENH KH|Siem Reap KH|Vientiane LA
Luang Prabang LA|Geneva CH|Davos CH|The Hague NL|the Hague NL|Sochi RU|Sharm El-Sheikh EG|Sharm el-Sheikh EG|Camp David US
New York US|Washington US|Washington, D.C. US|Kyiv UA|Kiev UA|Sanaa YE|Sana'a YE|Sana’a YE|N'Djamena TD|Nuku'alofa TO
Bogotá CO|Bogota CO|Brasília BR|Yaoundé CM|Addis Ababa ET|Nairobi KE|Johannesburg ZA|Cape Town ZA|Santiago CL|Canberra AU
Sydney AU|Suva FJ|Port Moresby PG|Tokyo JP|Osaka JP|Hiroshima JP|Shanghai CN|Kunming CN|Mumbai IN|Astana KZ|Nur-Sultan KZ
Strasbourg FR|Biarritz FR|St. Petersburg RU|Saint Petersburg RU|Port-au-Prince HT|Havana CU|Ottawa CA|Vancouver CA|Jeddah SA
Marrakesh MA|Marrakech MA|Malé MV|Naypyidaw MM|Nay Pyi Taw MM|Yangon MM|Rangoon MM|Putrajaya MY|Boao CN|Ulaanbaatar MN
"""

METONYMS = "the Kremlin RU|Beijing CN|Moscow RU|Downing Street GB|White House US|the White House US|Élysée FR|Elysee FR|Hanoi VN"

BODIES = """
UN UN|U.N. UN|United Nations UN|ASEAN ASEAN|Association of Southeast Asian Nations ASEAN|NATO NATO|EU EU|European Union EU|AU AU
African Union AU|ECOWAS ECOWAS|SADC SADC|EAC EAC|IGAD IGAD|GCC GCC|Arab League Arab League|OIC OIC|OPEC OPEC|SCO SCO|CIS CIS
EAEU EAEU|CSTO CSTO|BRICS BRICS|G7 G7|G-20 G20|G20 G20|OSCE OSCE|Council of Europe Council of Europe|OAS OAS|CELAC CELAC
MERCOSUR MERCOSUR|Mercosur MERCOSUR|CARICOM CARICOM|ALBA ALBA|APEC APEC|SAARC SAARC|BIMSTEC BIMSTEC|Mekong River Commission MRC
Pacific Islands Forum PIF|World Bank World Bank|the World Bank World Bank|IMF IMF|WTO WTO|WHO WHO|World Health Organisation WHO
ADB ADB|AIIB AIIB|ICRC ICRC|IPU IPU|the Commonwealth Commonwealth|ICC ICC|ICJ ICJ|IAEA IAEA|Interpol Interpol|UNESCO UNESCO
European Commission European Commission|European Parliament European Parliament|Inter-Parliamentary Union IPU
"""

NO_DEMONYM = {"AQ", "BL", "BQ", "BV", "CD", "CG", "DM", "DO", "IO", "MF", "PM", "SJ", "TF", "UM", "VA", "VG", "VI"}
"""Uninhabited, without one in the packages, or with one that two share (Congolese, Dominican)."""

NO_CAPITAL = {"AQ", "BV", "HM", "TK", "UM"}


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.rsplit(" ", 1)) for line in table.strip().splitlines() for cell in line.split("|")]


def body_rows(table: str) -> list[tuple[str, str]]:
    keys = sorted(places.bodies(), key=len, reverse=True)
    cells = [cell for line in table.strip().splitlines() for cell in line.split("|")]
    return [next((cell[: -len(key) - 1], key) for key in keys if cell.endswith(" " + key)) for cell in cells]


@pytest.mark.parametrize(("name", "code"), rows(NAMES))
def test_country_of_name(name: str, code: str) -> None:
    assert places.country_of_name(name) == code


@pytest.mark.parametrize(("word", "code"), rows(DEMONYMS))
def test_country_of_demonym(word: str, code: str) -> None:
    assert places.country_of_demonym(word) == code


@pytest.mark.parametrize(("name", "code"), rows(CITIES))
def test_city_country(name: str, code: str) -> None:
    assert places.city_country(name) == code


@pytest.mark.parametrize(("name", "code"), rows(METONYMS))
def test_metonym_country(name: str, code: str) -> None:
    assert places.metonym_country(name) == code


@pytest.mark.parametrize(("name", "key"), body_rows(BODIES))
def test_body(name: str, key: str) -> None:
    found = places.body(name)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "text",
    [
        "turkey",
        "us",
        "Us",
        "uk",
        "china",
        "chad",
        "Korea",
        "Congo",
        "polish",
        "Cambodian",
        "",
        " ",
        "Atlantis",
        "Virgin Islands",
    ],
)
def test_no_country(text: str) -> None:
    assert places.country_of_name(text) is None


@pytest.mark.parametrize(
    "word", ["polish", "thai", "danish", "Congolese", "Dominican", "Korean", "Cambodia", "dutch", "swede"]
)
def test_no_demonym(word: str) -> None:
    assert places.country_of_demonym(word) is None


@pytest.mark.parametrize(
    "name", ["Nice", "Reading", "Mobile", "Victoria", "Male", "Hyderabad", "San José", "nice", "split", "paris"]
)
def test_no_sure_city(name: str) -> None:
    assert places.city_country(name) is None


@pytest.mark.parametrize("name", ["who", "Who", "un", "Un", "asean", "world bank", "Nonsuch Union"])
def test_no_body(name: str) -> None:
    assert places.body(name) is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Congolese", ("CD", "CG")), ("Korean", ("KR", "KP")), ("Nice", ("FR",)), ("Hyderabad", ("IN", "PK")),
        ("Hanoi", ("VN",)), ("nice", ()), ("Korea’s", ("KR", "KP")),
    ],
)  # fmt: skip
def test_candidates(text: str, codes: tuple[str, ...]) -> None:
    assert places.candidates(text) == codes


@pytest.mark.parametrize(
    ("code", "name", "capital"),
    [
        ("VN", "Vietnam", "Hanoi"), ("KH", "Cambodia", "Phnom Penh"), ("LA", "Laos", "Vientiane"), ("RU", "Russia", "Moscow"),
        ("KR", "South Korea", "Seoul"), ("US", "United States", "Washington, D.C."), ("BR", "Brazil", "Brasília"),
        ("NL", "Netherlands", "Amsterdam"), ("KZ", "Kazakhstan", "Astana"), ("FJ", "Fiji", "Suva"), ("SC", "Seychelles", "Victoria"),
        ("ZA", "South Africa", "Pretoria"), ("XK", "Kosovo", "Pristina"), ("QQ", "QQ", None),
    ],
)  # fmt: skip
def test_country_name_and_capital(code: str, name: str, capital: str | None) -> None:
    assert (places.country_name(code), places.capital_of(code)) == (name, capital)


def test_enough_rows() -> None:
    assert len(rows(NAMES)) + len(rows(DEMONYMS)) + len(rows(CITIES)) >= 150
    assert len(places.bodies()) >= 150
    assert len(places.countries()) >= 250


def test_every_country_has_its_fields() -> None:
    nations = places.countries().values()
    assert {nation.code for nation in nations if not nation.demonyms} == NO_DEMONYM
    assert {nation.code for nation in nations if not nation.capital} <= NO_CAPITAL
    assert all(nation.name and nation.official and nation.names for nation in nations)


def test_every_iso_code_is_there() -> None:
    pycountry = pytest.importorskip("pycountry")
    assert {entry.alpha_2 for entry in pycountry.countries} <= set(places.countries())


def test_every_form_answers_for_its_owner() -> None:
    for nation in places.countries().values():
        assert {places.country_of_name(name) for name in nation.names} == {nation.code}, nation.code
        assert {places.country_of_demonym(word) for word in nation.demonyms} <= {nation.code}, nation.code
    for organ in places.bodies().values():
        found = {form: places.body(form) for form in (organ.name, *organ.acronyms, *organ.aliases)}
        assert set(found.values()) == {organ}, found


def test_no_city_is_called_as_another_country() -> None:
    for form, (kind, code) in places.phrases().items():
        if kind in ("city", "capital"):
            assert places.country_of_name(form) in (None, code), form


def test_phrases_agree_with_the_lookups() -> None:
    ask = {
        "country": places.country_of_name, "demonym": places.country_of_demonym, "metonym": places.metonym_country,
        "capital": places.metonym_country, "city": places.city_country, "region": places.city_country,
    }  # fmt: skip
    for form, (kind, key) in places.phrases().items():
        found = places.body(form) if kind == "body" else ask[kind](form)
        assert getattr(found, "key", found) == key, form


def test_ambiguous_forms_are_no_phrases() -> None:
    assert not set(places.ambiguous()) & set(places.phrases())


def test_loads_fast() -> None:
    def load() -> None:
        places.gazetteer.cache_clear()
        places.gazetteer()

    assert_within(lambda: seconds(load), 0.2)  # 20 ms on an idle machine


def test_data_is_small_and_folded() -> None:
    words = (DATA / "en_common.txt").read_text(encoding="utf-8").split("\n")
    people = (DATA / "given_names.txt").read_text(encoding="utf-8").split("\n")
    assert (DATA / "en_places.json").stat().st_size < 900_000
    assert (DATA / "given_names.txt").stat().st_size < 400_000
    assert len(words) > 20_000
    assert {"the", "meeting", "discuss", "reading", "visits"} <= set(words)
    assert not {"london", "vietnam", "turkey", "cambodian", "monday"} & set(words)
    assert people == [*sorted(people[:-1]), ""]
    assert all(name.isascii() and name.islower() for name in people[:-1])


def test_build_gives_the_committed_files() -> None:
    recorded = json.loads((DATA / "en_places.json").read_text(encoding="utf-8"))["sources"]
    for package, built_with in recorded.items():
        try:
            installed = version(package)
        except PackageNotFoundError:
            pytest.skip(f"{package} is not installed")
        if installed != built_with:
            pytest.skip(f"{package} is {installed}, the files were built with {built_with}")
    run = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "build_places.py"), "--check"],
        env={"PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
