"""Claims as W3C Web Annotations (JSON-LD): the evidence as a selector into its document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any
from urllib.parse import quote

from ..store import Stored
from .cells import cells
from .jsonl import line


def write(claims: Iterable[Stored], to: IO[str]) -> int:
    """Write claims as one annotation page, an annotation a line, and return how many.

    Source: Web Annotation Data Model, W3C Recommendation, 2017. Positions count characters (code points).
    """
    to.write('{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [\n')
    count = 0
    for stored in claims:
        to.write((",\n" if count else "") + line(annotation(stored)).rstrip("\n"))
        count += 1
    to.write("\n]}\n")
    return count


def annotation(stored: Stored) -> dict[str, Any]:
    """Return a claim as an annotation: what it says as text and as tags, the evidence as the target."""
    claim, told = stored.claim, cells(stored.claim, outlet=stored.outlet)
    names = ("voice", "status", "event", "parties", "place", "day", "quantity")
    return {
        "id": f"urn:fogline:claim:{claim.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"type": "Software", "name": claim.extractor},
        "body": [
            {
                "type": "TextualBody",
                "format": "text/plain",
                "purpose": "describing",
                "value": "; ".join(f"{name}: {told[name]}" for name in names if told[name]),
            },
            {"type": "TextualBody", "purpose": "tagging", "value": claim.event},
            {"type": "TextualBody", "purpose": "tagging", "value": claim.status},
        ],
        "target": {
            "source": stored.url or document_urn(claim.document),
            "selector": [
                {"type": "TextPositionSelector", "start": claim.evidence.start, "end": claim.evidence.end},
                {"type": "TextQuoteSelector", "exact": claim.evidence.text},
            ],
        },
    }


def document_urn(document: str) -> str:
    """Return the name of a document that has no address."""
    return f"urn:fogline:document:{quote(document, safe='')}"
