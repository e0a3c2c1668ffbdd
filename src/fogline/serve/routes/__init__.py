"""The addresses under ``/api/v1``, one file a kind of thing."""

from __future__ import annotations

from fastapi import APIRouter

from . import (
    add,
    base,
    checks,
    claims,
    control,
    documents,
    events,
    export,
    maps,
    meta,
    places,
    reviews,
    search,
    session,
    timeline,
    voices,
)

ROUTERS: tuple[APIRouter, ...] = (
    meta.router,
    session.router,
    documents.router,
    claims.router,
    events.router,
    voices.router,
    places.router,
    search.router,
    timeline.router,
    maps.router,
    control.router,
    checks.router,
    reviews.router,
    add.router,
    export.router,
    base.router,
)
