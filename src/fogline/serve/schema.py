"""The OpenAPI of the server, with the shapes of its answers taken from their types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from . import answers, problems
from .asking import GEOJSON

_TEMPLATE = "#/components/schemas/{name}"
_PROBLEMS = {
    "4XX": "A problem of the request; `detail` tells the next step.",
    "5XX": "A problem of the server.",
}
KINDS = tuple(
    kind
    for name, kind in vars(answers).items()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__module__ == answers.__name__
)


def told(
    kind: type[msgspec.Struct], *, geojson: bool = False, status: int = 200
) -> dict[int | str, dict[str, Any]]:
    """Return how an operation describes its answer."""
    content: dict[str, Any] = {"application/json": {"schema": {"$ref": _TEMPLATE.format(name=kind.__name__)}}}
    if geojson:
        content[GEOJSON] = {"schema": {"$ref": _TEMPLATE.format(name="FeatureCollection")}}
    return {status: {"description": "Done", "content": content}, **_problems()}


def other(media: str, description: str, status: int = 200) -> dict[int | str, dict[str, Any]]:
    """Return how an operation describes an answer that is not JSON."""
    return {
        status: {"description": description, "content": {media: {"schema": {"type": "string"}}}},
        **_problems(),
    }


def files(medias: Sequence[str]) -> dict[int | str, dict[str, Any]]:
    """Return how an operation describes files of several types."""
    content: dict[str, Any] = {media: {"schema": {}} for media in medias}
    return {200: {"description": "The file; its type is the format's.", "content": content}, **_problems()}


def nothing(status: int = 204) -> dict[int | str, dict[str, Any]]:
    """Return how an operation describes an answer without a body."""
    return {status: {"description": "Done"}, **_problems()}


def _problems() -> dict[int | str, dict[str, Any]]:
    content = {problems.MEDIA: {"schema": {"$ref": _TEMPLATE.format(name="Problem")}}}
    return {status: {"description": words, "content": content} for status, words in _PROBLEMS.items()}


def install(app: FastAPI) -> None:
    """Let an app tell this OpenAPI."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes
            )
            _, shapes = msgspec.json.schema_components(KINDS, ref_template=_TEMPLATE)
            parts = made.setdefault("components", {}).setdefault("schemas", {})
            parts |= {**shapes, "Problem": problems.SCHEMA}
            parts.pop("HTTPValidationError", None)
            parts.pop("ValidationError", None)
            for path in made["paths"].values():
                for operation in path.values():
                    operation.get("responses", {}).pop("422", None)
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # as FastAPI's manual has it
