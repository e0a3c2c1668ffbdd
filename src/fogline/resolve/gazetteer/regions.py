"""Words that say what kind of region a name is, and names without them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# "Kharkiv Oblast", "Provincia de Larecaja", "Kharkivska oblast", "Deir ez-Zor Governorate"
REGION_WORDS = (
    "oblast", "oblasts", "province", "provinces", "governorate", "governorates", "region", "regions",
    "state", "states",
    "district", "districts", "raion", "raions", "rayon", "county", "counties", "department", "prefecture",
    "territory", "republic", "canton", "voivodeship", "emirate", "muhafazah", "wilayat", "wilaya", "vilayet",
    "krai", "kray", "okrug", "division", "subdivision", "cercle", "zone", "woreda", "agency", "tehsil",
    "municipality", "parish", "shire", "island", "islands", "autonomous",
)  # fmt: skip
_WORDS = "|".join(REGION_WORDS)
_BEFORE = re.compile(
    r"^(?:provincia|departamento|departement|département|estado|région|region|regione|province|état|state|wilaya|"
    r"muḩāfaz̧at|muhafazat|wilāyat|wilayat|distrito|distretto|comarca|municipio|kreis|landkreis|bezirk|"
    r"arrondissement|"
    r"cercle|republic|respublika|oblast’?|district|county|"
    r"comté|commune)\s+(?:de la |de los |de las |del |de l’|"
    r"de l'|de |du |des |d’|d'|di |of the |of |da |do |dos )?(?=\S)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?<![\s-])[\s-]+(?:autonomous\s+|national\s+|regional\s+)?(?:{_WORDS})’?$", re.IGNORECASE
)
_ADJECTIVE = re.compile(r"(?:s[’']?k[ai]ya|s[’']?k[ya]|s[’']?k[iy]i?y?|z[’']?ka)$")


def bare_region_names(names: Iterable[str]) -> Iterator[str]:
    """Yield each name of a region without the words that say what it is.

    >>> list(bare_region_names(["Kharkiv Oblast", "Departamento de Arauca"]))
    ['Kharkiv', 'Arauca']
    """
    for name in names:
        bare = _AFTER.sub("", _BEFORE.sub("", name))
        if bare != name and len(bare) > 2 and not _ADJECTIVE.search(bare):
            yield bare
