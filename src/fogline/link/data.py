"""Load the data files that lie beside the modules: one YAML file, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from ..errors import DataError

PACKAGE = Path(__file__).resolve().parent


@lru_cache(maxsize=32)
def data(name: str) -> dict[str, Any]:
    """Return the mapping in the YAML file ``name``, a path below the package such as ``wording.yml``.

    Raises:
        DataError: the file is missing, or is no mapping.
    """
    try:
        content = yaml.load((PACKAGE / name).read_bytes(), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise DataError(
            f"The data file link/{name} cannot be read ({error}). Install Fogline again."
        ) from error
    if not isinstance(content, dict):
        raise DataError(
            f"The data file link/{name} holds no mapping at its top. Restore it from the repository."
        )
    return content
