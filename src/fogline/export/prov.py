"""Where claims come from, as PROV-O in JSON-LD: voice, relays, document, extractor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any
from urllib.parse import quote

from ..model import Claim
from ..store import Stored
from .jsonl import line
from .web_annotations import document_urn

_CONTEXT = (
    '{"prov": "http://www.w3.org/ns/prov#", "dcterms": "http://purl.org/dc/terms/", '
    '"xsd": "http://www.w3.org/2001/XMLSchema#"}'
)


def write(claims: Iterable[Stored], to: IO[str]) -> int:
    """Write claims with the chain that each came by as one graph, a node a line, and return how many claims.

    A claim is an entity derived from its document; the voice is the agent it is attributed to; each relay
    is an agent that acted on behalf of the one before it; the reading is an activity of the extractor.
    Source: PROV-O, W3C Recommendation, 2013.
    """
    count = 0

    def given() -> Iterator[dict[str, Any]]:
        nonlocal count
        for stored in claims:
            count += 1
            yield from nodes(stored)

    graph(given(), to)
    return count


def graph(nodes: Iterable[dict[str, Any]], to: IO[str]) -> None:
    """Write nodes as one graph, a node a line; one that was written already is left out."""
    to.write(f'{{"@context": {_CONTEXT}, "@graph": [\n')
    between, written = "", set[str]()
    for node in nodes:
        if node["@id"] not in written or node["@id"].startswith("urn:fogline:claim:"):
            written.add(node["@id"])
            to.write(between + line(node).rstrip("\n"))
            between = ",\n"
    to.write("\n]}\n")


def nodes(stored: Stored) -> Iterator[dict[str, Any]]:
    """Give the nodes of a claim; those of its document, extractor and agents come with every claim again."""
    claim, speaker = stored.claim, stored.claim.speaker
    document, reader = stored.url or document_urn(claim.document), _urn("extractor", claim.extractor)
    voice = (speaker.name or speaker.text) if speaker else stored.outlet
    yield {"@id": reader, "@type": "prov:SoftwareAgent", "dcterms:title": claim.extractor}
    published = {"@value": str(stored.published), "@type": "xsd:date"} if stored.published else None
    told = {"dcterms:title": stored.title, "dcterms:publisher": stored.outlet, "dcterms:issued": published}
    yield {"@id": document, "@type": "prov:Entity"} | {k: v for k, v in told.items() if v is not None}
    chain = list(_chain(claim, voice))
    for name in filter(None, (voice, *claim.relays)):
        yield {"@id": _urn("agent", name), "@type": "prov:Agent", "dcterms:title": name}
    reading = _urn("reading", f"{claim.document} {claim.extractor}")
    yield {
        "@id": reading,
        "@type": "prov:Activity",
        "prov:used": {"@id": document},
        "prov:wasAssociatedWith": {"@id": reader},
    }
    made: dict[str, Any] = {
        "@id": f"urn:fogline:claim:{claim.id}",
        "@type": "prov:Entity",
        "prov:value": claim.evidence.text,
        "prov:wasQuotedFrom": {"@id": document},
        "prov:wasGeneratedBy": {"@id": reading},
    }
    if voice:
        made["prov:wasAttributedTo"] = {"@id": _urn("agent", voice)}
    if chain:
        made["prov:qualifiedAttribution"] = chain
    yield made


def _chain(claim: Claim, voice: str | None) -> Iterator[dict[str, Any]]:
    """Give the relays of a claim, innermost first, each with whom it passes on."""
    before = voice
    for relay in claim.relays:
        link: dict[str, Any] = {
            "@type": "prov:Delegation",
            "prov:agent": {"@id": _urn("agent", relay)},
            "prov:hadRole": {"@id": "urn:fogline:role:relay"},
        }
        if before:
            link["prov:actedOnBehalfOf"] = {"@id": _urn("agent", before)}
        yield link
        before = relay


def _urn(kind: str, name: str) -> str:
    return f"urn:fogline:{kind}:{quote(name, safe='')}"
