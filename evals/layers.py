"""One function a layer: predict with the public command, score with the scorer beside the gold."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from copies import measure
from fogline.extract.sentences import sentences
from fogline.resolve.references import relay_name
from intervals import bootstrap
from place_layers import PLOT, confidences, confident, plot, ucdp_right
from shared import SHARED, Record, as_documents, gold_reports, predict, scorer

FIELDS = ("speaker", "status", "agents", "targets", "places", "when", "quantities")
OF_CONFLICT = {"reuters-107", "reuters-178"}  # among the first articles, those that do tell of conflict
# what is measured of a claim's chain of voices, and of which claims
CHAIN = {
    "mode": "typed",
    "relays": "relayed",
    "relays_made_up": "typed",
    "speaker_side": "known",
    "speaker_name": "known",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value; ``low`` and ``high`` are its 95 % interval where it has one."""

    value: float
    low: float | None = None
    high: float | None = None


Figures = dict[str, Figure]


def claims() -> Figures:
    """Claims of the 20 reports of ``gold/dev``: found, typed, complete, and each field."""
    reports = gold_reports(SHARED / "gold" / "dev")
    predicted = predict("extract", "gold-dev", as_documents(reports))
    score = scorer("score_claims")
    whole = score.score(SHARED / "gold" / "dev", predicted)
    counts = [counts_of(score, r, [p for p in predicted if p["document"] == r["doc"]["id"]]) for r in reports]
    figures: Figures = {}
    for name in ("found", "typed", "complete"):
        for part in ("p", "r", "f1"):
            interval = bootstrap(counts, lambda drawn, n=name, k=part: prf(drawn, n)[k])  # type: ignore[misc]  # bound by default
            figures[f"claims.{name}.{part}"] = Figure(whole[name][part], *interval)
    for field in FIELDS:
        interval = bootstrap(counts, lambda drawn, f=field: share(drawn, f, "typed"))  # type: ignore[misc]  # likewise
        figures[f"claims.{field}"] = Figure(whole["fields"][field], *interval)
    for field, of in CHAIN.items():
        interval = bootstrap(counts, lambda drawn, f=field, n=of: share(drawn, f, n))  # type: ignore[misc]  # likewise
        figures[f"claims.{field}"] = Figure(share(counts, field, of), *interval)
    return figures


def counts_of(score: object, report: Record, predicted: list[Record]) -> dict[str, int]:
    claims = report["claims"]
    matched = score.match(claims, predicted, typed=True)  # type: ignore[attr-defined]  # a module
    right = [score.right(g, p) for g, p in matched]  # type: ignore[attr-defined]  # likewise
    return {
        "gold": len(claims),
        "predicted": len(predicted),
        "found": len(score.match(claims, predicted, typed=False)),  # type: ignore[attr-defined]  # likewise
        "typed": len(matched),
        "complete": sum(all(r.values()) for r in right),
        **{field: sum(r[field] for r in right) for field in FIELDS},
        **chain_of(score, matched),
    }


def chain_of(score: object, matched: Sequence[tuple[Record, Record]]) -> dict[str, int]:
    """Count how often the chain of a matched claim is right: mode, relays, side and name of the speaker.

    Relays are right where each is the annotated one, in order, under any name of it; those of claims that
    the gold gives none are counted apart. Side and name count where the speaker is right; a name is right
    to the letter, less case, marks and articles.
    """
    same = score._same_name  # type: ignore[attr-defined]  # a module
    told = [(g, p) for g, p in matched if g.get("relays")]
    voiced = [(g["speaker"], p["speaker"]) for g, p in matched if g.get("speaker") and p.get("speaker")]
    known = [(g, p) for g, p in voiced if same(g["name"], p["name"]) or same(g["text"], p["text"])]

    def chain(gold: Record, predicted: Record) -> bool:
        one, other = gold["relays"], predicted["relays"]
        return len(one) == len(other) and all(
            same(a, b) or same(relay_name(a), b) for a, b in zip(one, other, strict=True)
        )

    return {
        "mode": sum(g["mode"] == p["mode"] for g, p in matched),
        "relays": sum(chain(g, p) for g, p in told),
        "relayed": len(told),
        "relays_made_up": sum(bool(p["relays"]) for g, p in matched if not g.get("relays")),
        "speaker_side": sum(g.get("side") == p.get("side") for g, p in known),
        "speaker_name": sum(plain(g["name"]) == plain(p["name"]) for g, p in known),
        "known": len(known),
    }


def plain(name: str) -> str:
    """Return a name without case, marks and articles."""
    words = re.findall(r"\w+", name.casefold().replace("defense", "defence"))
    return " ".join(word for word in words if word not in {"the", "a", "an"})


def share(counts: Sequence[dict[str, int]], part: str, of: str) -> float:
    return sum(c[part] for c in counts) / max(1, sum(c[of] for c in counts))


def prf(counts: Sequence[dict[str, int]], name: str) -> dict[str, float]:
    p, r = share(counts, name, "predicted"), share(counts, name, "gold")
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}


def voices() -> Figures:
    """Attributions of the 84 documents of PolNeAR's development part."""
    split = SHARED / "corpora" / "polnear" / "dev"
    documents = [
        {"id": path.stem, "text": path.read_bytes().decode("utf-8"), "language": "en"}
        for path in sorted((split / "text").glob("*.txt"))
    ]
    result = scorer("score_voices").score(split, predict("voices", "polnear-dev", documents))
    return {
        f"voices.{floor}.{part}": Figure(result[f"jaccard_{floor}"][part])
        for floor in ("0.3", "0.8")
        for part in ("p", "r", "f1", "source_right", "end_to_end_f1")
    }


def places() -> Figures:
    """Place names of TR-News (118 documents) and GeoWebNews (200); the place words of UCDP's events."""
    score = scorer("score_places")
    figures: Figures = {}
    told: dict[str, list[tuple[float, bool]]] = {}
    for name in ("TR-News", "GWN"):
        gold = SHARED / "corpora" / "geoparsing" / f"{name}.xml"
        texts = [text for text, _ in score.load(gold)]
        documents = [{"id": str(i), "text": text, "language": "en"} for i, text in enumerate(texts)]
        predicted = predict("places", name.lower(), documents)
        result = score.score(gold, predicted)
        told[name] = confidences(score, gold, predicted)
        share, right = confident(told[name])
        for part in ("p", "r", "f1"):
            figures[f"places.{name}.{part}"] = Figure(result["recognition"][part])
        for kind in ("resolution", "end_to_end"):
            for limit in ("161", "25"):
                figures[f"places.{name}.{kind}.{limit}_km"] = Figure(result[kind][f"within_{limit}_km"])
        figures[f"places.{name}.confident"] = Figure(share)
        figures[f"places.{name}.confident_right"] = Figure(right)
    plot(told, PLOT)
    right_rows = ucdp_right(score)
    interval = bootstrap([{"right": r} for r in right_rows], lambda d: sum(x["right"] for x in d) / len(d))
    figures["places.ucdp.25_km"] = Figure(sum(right_rows) / len(right_rows), *interval)
    return figures


def ordinary() -> Figures:
    """News without conflict: what share of the sentences of 200 articles is free of claims."""
    path = SHARED / "corpora" / "reuters-21578" / "articles.jsonl"
    with path.open(encoding="utf-8") as file:
        articles = (json.loads(line) for line in file)
        quiet = list(islice((a for a in articles if a["id"] not in OF_CONFLICT), 200))
    documents = [{key: a[key] for key in ("id", "text", "language")} for a in quiet]
    made_up = len(predict("extract", "ordinary", documents))
    told = sum(len(sentences(a["text"])) for a in quiet)
    return {"ordinary.free_of_claims": Figure(1 - made_up / told)}


def plover() -> Figures:
    """Event types: the share of PLOVER's sentences in whose claims their type is found.

    Only the types that the codebook maps to; PLOVER's own sentences are about politics at large, so
    this tells how far the types carry beyond war, not how well war is read.
    """
    text = (SHARED / "corpora" / "plover" / "PLOVER_GSR_CAMEO.txt").read_text(encoding="utf-8")
    records = json.loads(re.sub(r",\s*([}\]])", r"\1", text))
    ours = _plover_types()
    wanted = {t for types in ours.values() for t in types}
    records = [r for r in records if r.get("event") in wanted and r.get("text")]
    documents = [
        {"id": r["id"], "text": r["text"].strip("{}"), "published": r.get("date"), "language": "en"}
        for r in records
    ]
    told: dict[str, set[str]] = {}
    for claim in predict("extract", "plover", documents):
        told.setdefault(claim["document"], set()).update(ours.get(claim["event"], ()))
    hit = sum(r["event"] in told.get(r["id"], ()) for r in records)
    return {
        "plover.any_claim": Figure(sum(r["id"] in told for r in records) / len(records)),
        "plover.type": Figure(hit / len(records)),
    }


def _plover_types() -> dict[str, list[str]]:
    codebook = (SHARED / "gold" / "CODEBOOK.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Z]+) \|[^|]*\| ([A-Z /–]+) \|", codebook, re.MULTILINE)
    return {event: re.findall(r"[A-Z]+", types) for event, types in rows}


def meantime() -> Figures:
    """Status and hedge: agreement with MEANTIME on how far a teller stands behind an event.

    Of its event words, those inside the evidence of a claim count. 3 is certain, below 0 denied, what lies
    between uncertain; a claim is certain where it happened and nothing hedges it.
    """
    documents, words = [], []
    for part in ("train", "dev", "test"):
        text = (SHARED / "corpora" / "meantime" / f"{part}.conll").read_text(encoding="utf-8")
        for number, block in enumerate(text.strip().split("\n\n")):
            name, line = f"{part}-{number}", ""
            for row in block.splitlines():
                _, word, value, *_ = row.split("\t")
                if value != "_":
                    words.append((name, len(line), len(line) + len(word), float(value)))
                line += f"{word} "
            documents.append({"id": name, "text": line.strip(), "language": "en"})
    claims: dict[str, list[Record]] = {}
    for claim in predict("extract", "meantime", documents):
        claims.setdefault(claim["document"], []).append(claim)
    pairs = []
    for name, start, end, value in words:
        around = [
            c for c in claims.get(name, ()) if c["evidence"]["start"] <= start and end <= c["evidence"]["end"]
        ]
        if around:
            told = min(around, key=lambda c: c["evidence"]["end"] - c["evidence"]["start"])
            pairs.append(("certain" if value == 3 else "denied" if value < 0 else "uncertain", _stance(told)))
    unsure = [told == gold for gold, told in pairs if gold != "certain"]
    return {
        "meantime.in_a_claim": Figure(len(pairs) / len(words)),
        "meantime.right": Figure(sum(g == t for g, t in pairs) / max(1, len(pairs))),
        "meantime.right_where_not_certain": Figure(sum(unsure) / max(1, len(unsure))),
    }


def _stance(claim: Record) -> str:
    if claim["status"] == "denied":
        return "denied"
    return "certain" if claim["status"] == "happened" and not claim["hedge"] else "uncertain"


def copies() -> Figures:
    """Copied passages of 50 words or more, on articles and on copies made from them by a seeded script."""
    return {name: Figure(value) for name, value in measure().items()}


def linking() -> Figures:
    """Claims linked into events: labelled pairs and sets, and reports of one event brought together."""
    from linking import measure as linked

    return {name: Figure(value) for name, value in linked().items()}


def control() -> Figures:
    """Who held what: 321 settlements on five days, and on one after a map of eight days before."""
    from control import measure as held

    return {name: Figure(value) for name, value in held()[0].items()}


LAYERS = {
    "claims": claims,
    "voices": voices,
    "places": places,
    "ordinary": ordinary,
    "plover": plover,
    "meantime": meantime,
    "copies": copies,
    "linking": linking,
    "control": control,
}
