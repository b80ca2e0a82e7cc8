"""
The number that brings the emergency services, by country, and the country a position is in.

The table names the number that a country's own authorities publish for the
whole service, or for the police where there is no such number. Its entries are
held by a test against libphonenumber's short-number metadata, which is what
phones know emergency numbers by. A number that a campus file gives for its
country goes before this table.
"""

from functools import lru_cache
from importlib.resources import files

import tzfpy

from backend.campus.zone import is_on_earth

# Every GSM phone passes 112 to whatever answers emergencies where it is, even locked and without a SIM.
ANYWHERE = "112"

# What is not here is 112: the European Union and its neighbours, India, Indonesia, Korea, South Africa, Nigeria, ...
_COUNTRIES_BY_NUMBER = {
    "999": "AE BD BH BW CK FK GB GG HK IM JE MO MU MY NU QA SB SC SD SG SL SS SZ TT UG",
    "911": (
        "AG AI AR AS BM BQ BS BZ CA CR CW DM DO EC ET FJ FM GD GU GY HN JO KN KY LC LR MH MP MS MX NF "
        "PA PH PR PW PY SA SH SV SX TC TO TV US UY VC VE VG VI WS"
    ),
    "000": "AU CC CX PG",
    "111": "NZ",
    "02": "TM",
    "100": "AW IL NP PS",
    "102": "AM KG MN UZ",
    "104": "IQ",
    "105": "PE",
    "106": "CU",
    "110": "BO CI CN GT IR JP TW",
    "113": "BT CD SM VN",
    "114": "HT",
    "115": "SR",
    "117": "CF CG CM GM GN GW KH MG TG",
    "118": "NI",
    "119": "AF JM LK MV MZ",
    "122": "BA EG",
    "123": "CO",
    "132": "CV",
    "133": "CL",
    "15": "PK",
    "17": "BF DJ KM ML MR NC NE PF PM SN TD WF",
    "1730": "GA",
    "19": "EH MA",
    "190": "BR",
    "191": "LA TH",
    "192": "KI",
    "193": "LY",
    "194": "YE",
    "197": "TN",
    "199": "MM",
    "211": "BB",
    "888": "SO",
    "9999": "OM",
    "993": "BN",
    "997": "MW",
    "10111": "NA",
}
NUMBER_BY_COUNTRY = {
    country: number for number, countries in _COUNTRIES_BY_NUMBER.items() for country in countries.split()
}


def number_for(country: str | None) -> str:
    """The number to ring in this country (ISO 3166, two letters), 112 for one that is unknown or not listed."""
    return NUMBER_BY_COUNTRY.get(country.upper(), ANYWHERE) if country else ANYWHERE


def country_at(lat: float, lon: float) -> str | None:
    """
    The country (ISO 3166, two letters) this place is in; None at sea, at the poles and for what is no place.

    Never raises, needs no network, and is right to about a hundred metres of a
    border: the place's time zone says it, because each belongs to one country.
    The first call builds the index (about 20 ms and 40 MB).
    """
    time_zone = time_zone_at(lat, lon)
    return _country_by_time_zone().get(time_zone) if time_zone else None


def time_zone_at(lat: float, lon: float) -> str | None:
    """The name of the time zone of this place, as `Europe/London`; None for what is no place."""
    return (tzfpy.get_tz(float(lon), float(lat)) or None) if is_on_earth(lat, lon) else None


@lru_cache(maxsize=1)
def known_countries() -> frozenset[str]:
    """Every country code of ISO 3166."""
    return frozenset(line.split("\t")[0] for line in _table("iso3166.tab"))


@lru_cache(maxsize=1)
def _country_by_time_zone() -> dict[str, str]:
    # The older of the two tables gives each zone one country; the newer merges Oslo and Copenhagen into Berlin.
    rows = [line.split("\t") for line in _table("zone.tab")]
    return {row[2]: row[0] for row in rows}


def _table(name: str) -> list[str]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
