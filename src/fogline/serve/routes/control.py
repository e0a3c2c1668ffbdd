"""Control: who held which place on which day."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(tags=["control"])
