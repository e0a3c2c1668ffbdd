"""Write docs/reference/rest.md from the server's own OpenAPI: ``python docs/make_rest_reference.py``."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from fogline.ledger import connect
from fogline.serve import Tokens, create_app
from fogline.settings import Settings

PAGE = Path(__file__).parent / "reference" / "rest.md"
HEAD = """# REST

- Answers are JSON. Lists are `{"items": […], "next": cursor, "total": count}`, with `limit` and `cursor`.
`fogline serve` tells it in full, with the shape of every answer, at `/api/v1/openapi.json`.

- Answers are JSON. Lists are `{"items": […], "next": cursor, "total": count}`, paged by `limit` and `cursor`.
- `Accept: application/geo+json` gets GeoJSON from claims, events, maps and control.
- Errors are `application/problem+json` with `type`, `title`, `status` and `detail`, which tells the next
  step.
- Every GET of the ledger has an `ETag`; `If-None-Match` with it gets 304 until the ledger changes.
- Where tokens were made, send `Authorization: Bearer TOKEN`, or begin a session by `POST /api/v1/session`.
- A write by session needs the header `X-CSRF-Token` with what `GET /api/v1/meta` tells as `csrf`.
- Too many requests at once get 429 with `Retry-After`.

## Filters

These are taken by claims, events, voices, checks, search, timeline, maps, tiles and export:

"""
SHARED = "/api/v1/claims"
PAGING = ("limit", "cursor", "sort")


def written() -> str:
    """Return the page."""
    told = described()
    shared = [p for p in told["paths"][SHARED]["get"]["parameters"] if p["name"] not in PAGING]
    names = {parameter["name"] for parameter in shared}
    parts = [HEAD, *_table(shared), "\n"]
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            parts += _operation(path, method, operation, names)
    return "".join(parts)


def described() -> dict[str, Any]:
    """Return the OpenAPI of a server over an empty ledger."""
    with (
        tempfile.TemporaryDirectory() as folder,
        connect(Path(folder, "l.duckdb"), settings=Settings()) as ledger,
    ):
        client = TestClient(create_app(ledger, Tokens(Path(folder, "t"))), base_url="http://127.0.0.1")
        found: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return found


def _operation(path: str, method: str, operation: dict[str, Any], shared: set[str]) -> list[str]:
    lines = [
        f"## {method.upper()} {path}\n\n",
        f"{operation['summary']}. {_flat(operation['description'])}\n\n",
    ]
    parameters = operation.get("parameters", [])
    named = {parameter["name"] for parameter in parameters}
    if shared <= named:
        lines.append("Takes the filters.\n\n")
        parameters = [parameter for parameter in parameters if parameter["name"] not in shared]
    if parameters:
        lines += [*_table(parameters), "\n"]
    body = operation.get("requestBody", {}).get("content", {})
    if body:
        lines.append(f"The body is {' or '.join(f'`{media}`' for media in body)}.\n\n")
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            content = answer.get("content", {})
            shapes = [f"`{media}`{_shape(schema['schema'])}" for media, schema in content.items()]
            lines.append(f"Answers {status}: {', '.join(shapes) or 'nothing'}.\n\n")
    return lines


def _table(parameters: list[dict[str, Any]]) -> list[str]:
    rows = ["| parameter | is | |\n|---|---|---|\n"]
    for parameter in parameters:
        schema = parameter["schema"]
        needed = " (needed)" if parameter.get("required") else ""
        about = parameter.get("description") or schema.get("description") or ""
        rows.append(
            f"| `{parameter['name']}`{needed} | {_kind(schema)} | {about.replace('|', chr(92) + '|')} |\n"
        )
    return rows


def _kind(schema: dict[str, Any]) -> str:
    options = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    one = options[0]
    if "enum" in one:
        return ", ".join(f"`{value}`" for value in one["enum"])
    if "const" in one:
        return f"`{one['const']}`"
    if one.get("type") == "array":
        return f"{_kind(one['items'])}, again and again"
    if one.get("pattern", "").startswith(r"^\d{4}"):
        return "day"
    return {"string": "text", "integer": "whole number", "number": "number"}.get(one.get("type", ""), "")


def _shape(schema: dict[str, Any]) -> str:
    name = schema.get("$ref", "").rpartition("/")[2]
    return f" ({name})" if name else ""


def _flat(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    PAGE.write_text(written().rstrip() + "\n", encoding="utf-8")
