"""WARC and WACZ files made by hand, whole and broken."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile

from fastwarc.stream_io import ZstdWriter

URL = "https://courier.example/2011/sirte"
DATE = "2011-10-03T08:15:00Z"
PAGE = (
    b"<html><head><title>Harbour of Sirte</title></head><body><article>"
    + b"<p>Shells fell on the harbour of Sirte on Monday, two residents told the Courier.</p>" * 4
    + b"</article></body></html>"
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: a\r\nVia: b\r\nVia: c\r\n\r\n"


def sha1(body: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()


def record(
    url: str = URL,
    body: bytes = PAGE,
    *,
    head: bytes = HEAD,
    kind: str = "response",
    date: str | None = DATE,
    id: str | None = None,
    digest: str | None = None,
    length: int | None = None,
    media: str = "application/http; msgtype=response",
    **more: str,
) -> bytes:
    """Return one record; what is not given is as it should be."""
    block = head + body
    fields = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": date,
        "WARC-Record-ID": f"<urn:test:{id or hashlib.md5((url + kind).encode()).hexdigest()}>",
        "WARC-Payload-Digest": digest or sha1(body),
        "Content-Type": media,
        "Content-Length": str(len(block) if length is None else length),
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
    return "\r\n".join(["WARC/1.1", *lines, "", ""]).encode() + block + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    """Compress each record as a member of its own, as WARC wants it."""
    return b"".join(map(gzip.compress, records))


def zipped(*records: bytes, dictionary: bytes | None = None) -> bytes:
    """Compress each record as a frame of its own with Zstandard, behind the dictionary where there is one."""
    found = b""
    for record in records:
        frame = io.BytesIO()
        writer = ZstdWriter(frame, dictionary=dictionary, compress_dictionary_frame=bool(dictionary))
        for at in range(0, len(record), 1 << 20):
            writer.write(record[at : at + (1 << 20)])
        writer.close()
        made = frame.getvalue()
        skipped = 8 + int.from_bytes(made[4:8], "little") if dictionary and found else 0
        found += made[skipped:]
    return found


def wacz(warc: bytes, *, told: bytes | None = None, package: bool = True) -> bytes:
    """Return a WACZ of one WARC; ``told`` is what its hash is taken of, where that is to be wrong."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as parts:
        parts.writestr("archive/data.warc.gz", warc)
        if package:
            digest = hashlib.sha256(warc if told is None else told).hexdigest()
            resource = {"name": "data.warc.gz", "path": "archive/data.warc.gz", "hash": f"sha256:{digest}"}
            whole = json.dumps({"profile": "data-package", "resources": [resource]}).encode()
            parts.writestr("datapackage.json", whole)
            own = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(whole).hexdigest()}"}
            parts.writestr("datapackage-digest.json", json.dumps(own))
    return data.getvalue()
