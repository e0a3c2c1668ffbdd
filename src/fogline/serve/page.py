"""The built page: the files that were there when the server began, by their addresses, and no other."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

FOLDER = Path(__file__).parent / "page"
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
}
_FOREVER = "public, max-age=31536000, immutable"
_MISSING = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Fogline: the page was not built</title>
<h1>The page was not built</h1>
<p>This server runs, and programs can use it under <a href="api/v1/openapi.json">/api/v1</a>, but the page
that belongs here is not part of this installation.</p>
<p>In a checkout of Fogline, build it with <code>make page</code>, and start the server again. Wheels of
Fogline have it in them.</p>
</html>
"""


@dataclass(frozen=True, slots=True)
class File:
    """One file of the page."""

    path: Path
    media: str
    tag: str


def files(folder: Path) -> dict[str, File]:
    """Return the files of a built page by their addresses."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            media = (
                _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            )
            tag = f'"{sha256(path.read_bytes()).hexdigest()[:24]}"'
            found[f"/{path.relative_to(folder).as_posix()}"] = File(path, media, tag)
    if "/index.html" in found:
        found["/"] = found["/index.html"]
    return found


def install(app: FastAPI, folder: Path = FOLDER) -> None:
    """Let an app serve the page; an address is looked up among those known, never on the disk."""
    known = files(folder)

    @app.api_route("/{address:path}", methods=["GET", "HEAD"], include_in_schema=False)
    async def page(request: Request, address: str) -> Response:
        if not known and not address:
            return HTMLResponse(_MISSING)
        file = known.get(f"/{address}")
        if file is None:
            raise HTTPException(404)
        headers = {"ETag": file.tag, "Cache-Control": _FOREVER if "/assets/" in f"/{address}" else "no-cache"}
        if request.headers.get("if-none-match") == file.tag:
            return Response(status_code=304, headers=headers)
        return FileResponse(file.path, headers=headers, media_type=file.media)
