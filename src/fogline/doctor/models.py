"""Which weights read claims, which pipeline parses, which gazetteer places."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from ..errors import FoglineError
from ..settings import Settings
from .finding import Finding

_WEIGHTS = (
    "encoder.onnx",
    "claim.onnx",
    "roles.onnx",
    "tokenizer.json",
)  # in the order that their hash was taken


def look(settings: Settings, ledger: str | None) -> Iterator[Finding]:
    """Look at the models and the data."""
    yield from _reader(settings)
    yield _pipeline(settings)
    yield from _gazetteer(settings)


def _reader(settings: Settings) -> Iterator[Finding]:
    from ..extract.reader import reader

    if settings.extractor == "rules":
        yield Finding(name="reader", found="rules alone, as the setting `extractor` says")
        return
    mend = "pip install --force-reinstall fogline (or `make train` in a checkout)"
    try:
        identity = reader().identity
    except FoglineError as error:
        yield Finding(name="reader", found=str(error), state="missing", mend=mend)
        return
    folder = Path(str(files("fogline.extract.reader").joinpath("weights")))
    digest = hashlib.sha256()
    for name in _WEIGHTS:
        digest.update((folder / name).read_bytes())
    told = str(json.loads((folder / "reader.json").read_bytes())["sha256"])
    whole = digest.hexdigest() == told
    yield Finding(
        name="reader",
        found=f"reader/{identity[:12]}, weights of SHA-256 {digest.hexdigest()}"
        + ("" if whole else f", which are not those of its record ({told})"),
        state="ok" if whole else "missing",
        mend="" if whole else mend,
        details={"identity": identity, "weights": digest.hexdigest(), "folder": str(folder)},
    )


def _pipeline(settings: Settings) -> Finding:
    name = settings.pipeline
    try:
        found: str | None = version(name.replace("_", "-"))
    except PackageNotFoundError:
        found = "at a path" if Path(name).is_dir() else None
        if found is None and find_spec(name.replace("-", "_")) is not None:
            found = "of no told version"
    return Finding(
        name="spaCy pipeline",
        found=f"{name} {found}" if found else f"{name} is not there",
        state="ok" if found else "missing",
        mend="" if found else f"pip install {name.replace('_', '-')}",
    )


def _gazetteer(settings: Settings) -> Iterator[Finding]:
    from ..resolve.gazetteer.opening import INDEX, OWN, cache_folder, open_gazetteer
    from ..resolve.gazetteer.records import edition

    project = settings.gazetteer
    own = project / OWN
    places = own.read_bytes().count(b"\n") if own.is_file() else 0
    more = f", with {places:,} places of your own in {own}" if places else ""
    if (project / INDEX).is_dir():
        try:
            told = f"{open_gazetteer().edition}, an index of GeoNames' files in {project / INDEX}"
            yield Finding(name="gazetteer", found=told + more)
        except FoglineError as error:
            mend = "fogline gazetteer build"
            yield Finding(name="gazetteer", found=str(error), state="missing", mend=mend)
        return
    name = edition()
    built = (cache_folder() / f"gazetteer-{name}" / "about.json").is_file()
    yield Finding(
        name="gazetteer",
        found=f"{name}, embedded"
        + (f", its index in {cache_folder()}" if built else "; its index is made at first use")
        + more,
        state="ok" if built else "note",
        mend="" if built else "fogline demo (which makes it, in some twenty seconds)",
    )
