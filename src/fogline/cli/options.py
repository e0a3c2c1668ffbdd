"""Arguments and options that several verbs share, each told once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Option

Sources = Annotated[
    list[str],
    Argument(
        metavar="SOURCE",
        help="Files (.txt .md .html .pdf .eml .jsonl .json .parquet .warc[.gz|.zst] .wacz), folders, http(s) "
        "addresses, or - for standard input.",
    ),
]
LedgerPath = Annotated[
    str | None,
    Option(
        "--ledger",
        metavar="PATH",
        help="The ledger's file, or postgresql://… of a team.  [default: .fogline/ledger.duckdb, or "
        "FOGLINE_LEDGER]",
    ),
]
Published = Annotated[
    str | None,
    Option(metavar="DATE", help="Day of publication where a source does not tell it, as in 2022-09-11."),
]
Outlet = Annotated[str | None, Option(metavar="NAME", help="Who published it, where a source does not tell.")]
AllowPrivate = Annotated[
    bool, Option("--allow-private", help="Fetch from private and loopback addresses as well.")
]
Embargo = Annotated[
    float | None,
    Option(
        "--embargo", metavar="HOURS", help="Leave out what was published, or happened, less than HOURS ago."
    ),
]
Coarsen = Annotated[
    bool | None, Option("--coarsen/--no-coarsen", help="Round points to town level (a tenth of a degree).")
]
Output = Annotated[
    Path | None,
    Option("--output", "-o", metavar="FILE", help="Write to FILE.  [default: standard output]"),
]

Extractor = Annotated[
    Literal["trained", "rules"] | None,
    Option(
        "--extractor",
        help="What finds the claims: the trained reader, or rules alone.  [default: the settings', trained]",
    ),
]

Place = Annotated[
    str | None,
    Option(
        metavar="NAME|LAT,LON", help="At, from, to or near a place: its name, whole or in part, or a point."
    ),
]
Radius = Annotated[
    float | None, Option("--radius", metavar="KM", help="How far from the point or place.  [default: 10]")
]
Day = Annotated[str | None, Option(metavar="DATE", help="On a day, as in 2022-09-10.")]
Since = Annotated[str | None, Option("--from", metavar="DATE", help="On this day or later.")]
Until = Annotated[str | None, Option("--to", metavar="DATE", help="On this day or earlier.")]
Event = Annotated[
    list[str] | None, Option(metavar="TYPE", help="Of an event type, as in CAPTURE; may be given again.")
]
Side = Annotated[
    str | None,
    Option(metavar="SIDE", help='With an agent or target of a side, as in UKR or "Islamic State".'),
]
Voice = Annotated[
    str | None, Option(metavar="NAME", help='By a voice, name in part; "narrator" for the outlet itself.')
]
VoiceSide = Annotated[
    str | None, Option("--voice-side", metavar="SIDE", help="By a voice of a side, as in RUS.")
]
Status = Annotated[
    list[str] | None,
    Option(metavar="STATUS", help="happened, denied, intended, possible or conditional; may be given again."),
]
Words = Annotated[str | None, Option("--text", metavar="WORDS", help="With these words in the evidence.")]
DocumentId = Annotated[str | None, Option("--document", metavar="ID", help="Of one document.")]
MinConfidence = Annotated[
    float | None,
    Option("--min-confidence", metavar="P", help="That the extractor is at least so sure of (0 to 1)."),
]
Limit = Annotated[int | None, Option("--limit", "-n", metavar="N", help="At most N of them.")]

Record = Annotated[
    bool,
    Option("--record", help="With how often what each voice said was borne out, and its reliability."),
]

TableFormat = Annotated[Literal["table", "jsonl", "csv"], Option("--format", "-f", help="How to print them.")]
ClaimFormat = Annotated[
    Literal["table", "jsonl", "csv", "geojson"], Option("--format", "-f", help="How to print them.")
]
