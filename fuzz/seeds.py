"""Hostile files made from a seed: what each target begins with, and what is tried on it once."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator

_SENTENCES = (
    "At least 20 people were killed on Monday when shells hit a camp near Marib, the health ministry said.",
    "Troops entered Kupiansk on 10 September 2022 and took 2,500 km2 (965 sq mi), a spokesman told Reuters.",
    "“We left the town at dawn,” residents of Sake said; nobody could check it.",
    "Some 300 to 400 fighters may have crossed the river last week.",
)
_SCRIPTS = (
    "قُتل عشرون شخصًا في قصف على مخيم قرب مأرب يوم الإثنين، بحسب وزارة الصحة.",
    "ההרוגים נמנו בעיר ביום שני, מסר דובר הצבא.",
    "У понеділок війська увійшли до міста, повідомило міністерство.",
    "军队于9月10日进入该镇，国防部发言人说。",
    "सेना ने सोमवार को शहर में प्रवेश किया।",
    "ทหารเข้าเมืองเมื่อวันจันทร์ โฆษกกล่าว",
    "軍は月曜日に町に入った、と報道官は述べた。",
    "전쟁은 월요일에 시작되었다고 대변인이 말했다.",
)
# fmt: off
_ODD = (
    "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u0301" * 30, "\ud800", "\udfff", "\ufffe",
    "\U000e0041", "\u2028", "\x0b", "\x1b[31m", "\r", "\t", "\ufffd", "🏳️\u200d🌈", "ﷺ", "İ", "ẞ", "½", "²",
    "١٢", "Ⅷ", "\u3000",
)
# fmt: on


def text(rng: random.Random, sentences: int = 12) -> str:
    """Return a text that mixes languages, directions, and characters that nobody sees."""
    parts = []
    for _ in range(sentences):
        words = rng.choice((*_SENTENCES, *_SCRIPTS)).split(" ")
        for _ in range(rng.randrange(4)):
            words.insert(rng.randrange(len(words) + 1), rng.choice(_ODD))
        parts.append(
            rng.choice((" ", "", "\u00a0", "\u200b ")).join(words) if rng.random() < 0.2 else " ".join(words)
        )
    return rng.choice(("\n", " ", "\n\n", "\r\n", "\u2029")).join(parts)


def broken(rng: random.Random, data: bytes) -> bytes:
    """Return bytes with some cut out, doubled, swapped or changed."""
    made = bytearray(data)
    for _ in range(rng.randrange(1, 8)):
        if not made:
            break
        at = rng.randrange(len(made))
        some = rng.randrange(1, 40)
        kind = rng.randrange(5)
        if kind == 0:
            del made[at : at + some]
        elif kind == 1:
            made[at:at] = made[at : at + some] * rng.randrange(1, 20)
        elif kind == 2:
            made[at] = rng.randrange(256)
        elif kind == 3:
            made[at:at] = bytes(rng.randrange(256) for _ in range(some))
        else:
            del made[at:]
    return bytes(made)


def _html(rng: random.Random) -> Iterator[bytes]:
    body = "".join(
        f"<p>{sentence}</p>" for sentence in text(rng).encode("utf-8", "replace").decode().split("\n")
    )
    head = '<meta property="article:published_time" content="2022-09-10T10:00:00Z"><title>x</title>'
    page = f"<!doctype html><html><head>{head}</head><body><article>{body}</article></body></html>"
    yield page.encode()
    yield page.replace("</p>", "").replace("</article>", "").encode()
    for tag in ("div", "b", "table", "article", "svg", "template", "a href=x"):
        yield (f"<{tag}>" * 3000 + _SENTENCES[0] * 3 + f"</{tag.split()[0]}>" * 3000).encode()
    yield ("<table><tr><td>" * 800 + _SENTENCES[1]).encode()
    yield b"<html>" + b"<!--" * 20_000 + b"<p>" + _SENTENCES[0].encode()
    yield b"<p " + b" ".join(b"a%d=%d" % (n, n) for n in range(20_000)) + b">" + _SENTENCES[0].encode() * 3
    yield page.replace("2022-09-10T10:00:00Z", "9" * 5000).encode()
    yield page.encode("utf-16")
    yield b"<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>" + page.encode().replace(
        b"camp", b"&b;"
    )
    yield b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><p>&e;</p></html>'


def pdf(*objects: bytes, trailer: bytes = b"<</Root 1 0 R>>") -> bytes:
    """Return a PDF of these objects, the first number 1."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF" % start)


def _page(content: bytes, *, packed: bytes = b"") -> tuple[bytes, ...]:
    stream = b"<</Length %d%s>>\nstream\n" % (len(content), packed) + content + b"\nendstream"
    return (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def _pdf(rng: random.Random) -> Iterator[bytes]:
    words = b"BT /F 11 Tf 50 700 Td (" + _SENTENCES[0].encode() + b") Tj ET"
    good = pdf(*_page(words))
    yield good
    bomb = zlib.compress(b" " * 40_000_000, 9)
    yield pdf(*_page(bomb, packed=b"/Filter/FlateDecode"))
    yield pdf(*_page(zlib.compress(bomb, 9), packed=b"/Filter[/FlateDecode/FlateDecode]"))
    loop = list(_page(words))
    loop[1] = b"<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 1000000>>"
    yield pdf(*loop)
    yield pdf(*_page(words), trailer=b"<</Root 1 0 R/Prev 9>>")
    yield pdf(*_page(b"q " * 100_000 + words))
    yield pdf(b"[" * 20_000 + b"]" * 20_000, *_page(words))
    yield pdf(*_page(b"BT /F 1e38 Tf 1e38 -1e38 Td (x) Tj 0 0 Td (" + b"A" * 20_000 + b") Tj ET"))


def _feed(rng: random.Random) -> Iterator[bytes]:
    item = "<item><title>{}</title><link>https://a.example/{}</link><pubDate>{}</pubDate><description>{}</description></item>"
    days = ("Sat, 10 Sep 2022 10:00:00 GMT", "Sat, 99 Sep 99999 99:99:99 +9999", "0000-00-00", "9" * 400, "")
    told = "".join(
        item.format(
            rng.choice(_SENTENCES), n, rng.choice(days), text(rng, 2).encode("utf-8", "replace").decode()
        )
        for n in range(20)
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{told}</channel></rss>'
    yield feed.encode()
    yield feed.replace("</item>", "").encode()
    yield b'<?xml version="1.0" encoding="x-nothing"?>' + feed.encode()
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    yield (
        feed.replace("<rss", f'<!DOCTYPE lolz [<!ENTITY l0 "lol">{laughs}]><rss')
        .replace("camp", "&l9;")
        .encode()
    )
    yield (
        feed.replace("<rss", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss')
        .replace("camp", "&e;")
        .encode()
    )
    yield b"<rss><channel>" + b"<item>" * 3000 + b"<link>https://a.example/x</link>"
    yield b'<feed xmlns="http://www.w3.org/2005/Atom">' + b"<entry><content>" * 2000


def _sitemap(rng: random.Random) -> Iterator[bytes]:
    told = "".join(
        f"<url><loc>https://a.example/{n}</loc>"
        f"<lastmod>{rng.choice(('2022-09-10', '9' * 99, ''))}</lastmod></url>"
        for n in range(50)
    )
    good = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{told}</urlset>'.encode()
    yield good
    yield gzip.compress(good)
    yield gzip.compress(b"<urlset>" + b" " * 100_000_000)
    yield b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><urlset><url><loc>&e;</loc></url></urlset>'
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    yield f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]><urlset><url><loc>&l9;</loc></url></urlset>'.encode()
    yield b"<urlset>" + b"<url>" * 100_000


def _eml(rng: random.Random) -> Iterator[bytes]:
    head = "From: a@a.example\r\nDate: {}\r\nSubject: =?utf-8?b?{}?=\r\nMIME-Version: 1.0\r\n"
    told = head.format("Sat, 10 Sep 2022 10:00:00 +0300", "eA==")
    plain = f"{told}Content-Type: text/plain; charset=utf-8\r\n\r\n{_SENTENCES[0]}"
    yield plain.encode()
    yield plain.replace("utf-8", "x-nothing").encode()
    yield plain.replace("10 Sep 2022", "99 Sep 9999999").encode()
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(300))
    yield (head.format("x", "!!") + deep + f"\r\n{_SENTENCES[0]}").encode()
    many = "".join(f"--b\r\nContent-Type: text/html\r\n\r\n<p>{_SENTENCES[1]}</p>\r\n" for _ in range(2000))
    yield (
        head.format("", "") + f"Content-Type: multipart/alternative; boundary=b\r\n\r\n{many}--b--"
    ).encode()
    yield ("Received: x\r\n" * 20_000 + plain).encode()
    yield plain.replace("text/plain", "message/rfc822").encode()


def record(kind: str, target: str, block: bytes, length: int | None = None) -> bytes:
    """Return one record of a WARC."""
    told = len(block) if length is None else length
    return (
        (
            f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {target}\r\n"
            "WARC-Date: 2022-09-10T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{len(block):012d}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {told}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


def _warc(rng: random.Random) -> Iterator[bytes]:
    page = next(_html(rng))
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    good = record("response", "https://a.example/1", http)
    yield good * 3
    yield record("response", "https://a.example/1", http, 10**12) + good
    yield record("response", "https://a.example/1", http, -5) + good
    yield record("revisit", "https://a.example/1", b"") * 200 + good
    packed = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    yield record("response", "https://a.example/2", packed + gzip.compress(b" " * 300_000_000, 1)) + good
    yield (
        record("response", "https://a.example/3", packed.replace(b"gzip", b"br, gzip, deflate") + page) + good
    )
    yield record(
        "response",
        "https://a.example/4",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\nffffffffff\r\n"
        + page,
    )
    yield record("response", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), http)
    yield b"WARC/1.1\r\n" + b"X: y\r\n" * 100_000 + good


def _warc_gz(rng: random.Random) -> Iterator[bytes]:
    for data in _warc(rng):
        if len(data) < 1_000_000:
            yield gzip.compress(data)
    yield gzip.compress(b"\0" * 500_000_000, 1)


def _warc_zst(rng: random.Random) -> Iterator[bytes]:
    from fastwarc.stream_io import ZstdWriter

    def frame(data: bytes) -> bytes:
        out = io.BytesIO()
        writer = ZstdWriter(out)
        for at in range(0, len(data), 1 << 20):
            writer.write(data[at : at + (1 << 20)])
        writer.close()
        return out.getvalue()

    good = frame(next(_warc(rng)))
    for data in _warc(rng):
        if len(data) < 1_000_000:
            yield frame(data)
    yield b"\x5d\x2a\x4d\x18\xff\xff\xff\xff" + good  # a dictionary of four gigabytes
    yield b"\x5d\x2a\x4d\x18\x04\0\0\0junk" + good
    yield b"\x50\x2a\x4d\x18\xf0\xff\xff\xff" + good
    yield good + frame(b"\0" * 500_000_000) + good


def zipped(**parts: bytes) -> bytes:
    """Return a zip file; ``__`` in a name stands for a slash, ``_`` at its end for the dot of its suffix."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_DOT_", "."), data)
    return out.getvalue()


def _wacz(rng: random.Random) -> Iterator[bytes]:
    warc = gzip.compress(next(_warc(rng)))
    package = json.dumps(
        {"profile": "data-package", "wacz_version": "1.1.1", "resources": [{"path": "archive/a.warc.gz"}]}
    )
    yield zipped(datapackage_DOT_json=package.encode(), archive__a_DOT_warc_DOT_gz=warc)
    yield zipped(datapackage_DOT_json=b"[" * 100_000, archive__a_DOT_warc_DOT_gz=warc)
    yield zipped(datapackage_DOT_json=b'{"resources": 7}', archive__a_DOT_warc_DOT_gz=warc)
    yield zipped(archive__a_DOT_warc=b"\0" * 300_000_000)
    yield zipped(archive__a_DOT_warc_DOT_gz=zipped(x=warc))


def _json(rng: random.Random) -> Iterator[bytes]:
    good = {
        "id": "a",
        "text": text(rng).encode("utf-8", "replace").decode(),
        "date": "2022-09-10",
        "url": "https://a.example/1",
    }
    yield json.dumps(good).encode()
    yield json.dumps({**good, "text": text(rng)}).encode()  # lone surrogates as escapes
    yield json.dumps([good] * 50).encode()
    yield b"[" * 200_000
    yield b'{"text":' * 50_000
    yield json.dumps(
        {**good, "id": "9" * 10_000, "date": {"a": []}, "title": 7, "url": ["x"], "updated": 1e400}
    ).encode()
    yield b'{"text": "a", "id": ' + b"9" * 50_000 + b"}"
    yield json.dumps({**good, "id": "../../etc/passwd\0\n\ud800"}).encode()


def _lines(rng: random.Random) -> Iterator[bytes]:
    for data in _json(rng):
        yield data.replace(b"\n", b" ") + b"\n" + data
    yield b"\n" * 200_000
    yield b'{"text":"' + b"a" * 3_000_000 + b'"}\n'


def _texts(rng: random.Random) -> Iterator[bytes]:
    for _ in range(12):
        yield text(rng).encode("utf-8", "surrogatepass")
    for unit in (
        "a",
        " ",
        "\n",
        "1",
        "1,",
        "1.",
        "'",
        '"',
        "(",
        "—",
        "said ",
        "on Monday ",
        "20 killed ",
        "A. ",
        "\u0301",
        "<",
        "۱",
        "and ",
    ):
        yield (unit * 20_000)[:20_000].encode()


def _yaml(rng: random.Random) -> Iterator[bytes]:
    yield b"feeds:\n  - url: https://a.example/feed\n    outlet: A\n"
    yield b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
        b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % ((98 + n, 98 + n) + (97 + n,) * 8) for n in range(8)
    )
    yield b"feeds: " + b"[" * 5000
    yield b"feeds: !!python/object/apply:os.system ['true']"
    yield b"feeds:\n  - url: &x\n    <<: *x\n"
    yield b"? " * 3000
    yield b"---\nfeeds: 2022-99-99\n---\n" * 50


def _geojson(rng: random.Random) -> Iterator[bytes]:
    point = {
        "type": "Feature",
        "properties": {"date": "2022-09-10", "side": "UKR", "name": "x"},
        "geometry": {"type": "Point", "coordinates": [37.2, 49.2]},
    }
    ring = [[37, 49], [38, 49], [38, 50], [37, 49]]
    shapes = (
        {"type": "Polygon", "coordinates": [ring]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [1, 0], [0, 0]]]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Point", "coordinates": ["x", None]},
        {"type": "Point", "coordinates": [1e400, 3]},
        {"type": "GeometryCollection", "geometries": [None]},
        {"type": "MultiPolygon", "coordinates": [[[1]]]},
        {"type": 7},
        7,
        None,
    )
    yield json.dumps(
        {"type": "FeatureCollection", "features": [point, *({**point, "geometry": s} for s in shapes)]}
    ).encode()
    yield json.dumps(
        {"type": "FeatureCollection", "features": [7, None, [], {}, {"properties": {"date": [], "side": {}}}]}
    ).encode()
    yield b'{"type":"Polygon","coordinates":' + b"[" * 100_000
    yield json.dumps(
        {
            **point,
            "geometry": {"type": "Polygon", "coordinates": [[[n % 180, n % 90] for n in range(20_000)]]},
        }
    ).encode()


def _csv(rng: random.Random) -> Iterator[bytes]:
    yield b"date,side,lat,lon,text\n2022-09-10,UKR,49.2,37.2,x\n99-99-99,,nan,inf,\n"
    yield b"name,lat,lon,country,kind\nSake,-1.57,29.04,CD,town\n,x,y,,\n"
    yield b"date,side,lat,lon\n" + b'"' + b"x" * 200_000
    yield b"a" + b"," * 100_000 + b"\n" + b"1," * 100_000
    yield b"date\0,side\n2022\0,UKR\n"
    yield b"\n" * 50_000


def _geonames(rng: random.Random) -> Iterator[bytes]:
    fields = "1 Sake Sake Sake,Saké -1.57 29.04 P PPL CD  11    1000   Africa/Lubumbashi 2020-01-01"
    row = "\t".join(fields.split(" "))
    yield f"{row}\n".encode() * 3
    yield row.replace("1000", "x").encode()
    yield ("²" + row[1:]).encode()
    yield row.replace("-1.57", "nan").replace("29.04", "1e999").encode()
    yield f"{row}\n1\t2\n".encode()
    yield b"CD.11\tNord-Kivu\tNord-Kivu\tx\n"
    yield (row + "\n" + "\t" * 100_000).encode()
    yield zipped(a_DOT_txt=f"{row}\n".encode() * 100)


def _filters(rng: random.Random) -> Iterator[bytes]:
    yield b"Sake\n5\n2022-09-10\n\n\nCAPTURE\nhappened\nUKR\nArmy\nRUS\nwords\n\n0.5\n\n\n10"
    yield b"49.2,37.2\n1e308\n\n2022-01-01\n2022-12-31\nnothing\n"
    yield b"%_\\' OR 1=1 --\nnan\n\n9999-12-31\n0001-01-01"
    yield b"91,181\n-1\n2022-13-01"


def _settings(rng: random.Random) -> Iterator[bytes]:
    yield b'ledger = "a.duckdb"\nembargo_hours = 24\n'
    yield b"ledger = 7\nmemory_mb = -1\nembargo_hours = nan\n"
    yield b"a = " + b"[" * 5000
    yield b"\xff\xfe"


def _mixed(rng: random.Random) -> Iterator[bytes]:
    for make in (_html, _pdf, _json, _lines, _eml, _feed, _texts):
        for nth, data in enumerate(make(rng)):
            if nth < 3:
                yield data


_MAKERS: dict[str, Callable[[random.Random], Iterator[bytes]]] = {
    "html": _html, "pdf": _pdf, "json": _json, "jsonl": _lines, "sidecar": _json, "eml": _eml, "feed": _feed,
    "sitemap": _sitemap, "warc": _warc, "warc.gz": _warc_gz, "warc.zst": _warc_zst, "wacz": _wacz,
    "feeds.yml": _yaml, "settings": _settings,
    "control.csv": _csv, "places.csv": _csv, "control.jsonl": _lines, "control.geojson": _geojson,
    "places.geojson": _geojson, "geonames": _geonames, "filters": _filters, "unnamed": _mixed,
    "fetched": _mixed,
    "parquet": lambda rng: _parquet(rng), "jsonl.gz": lambda rng: map(gzip.compress, _lines(rng)),
    "markdown": lambda rng: (b"---\n" + data + b"\n---\n" + _SENTENCES[0].encode() for data in _yaml(rng)),
}  # fmt: skip


def _parquet(rng: random.Random) -> Iterator[bytes]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for table in (
        pa.table({"id": ["a", "b"], "text": [_SENTENCES[0], None], "date": ["2022-09-10", "x"]}),
        pa.table({"text": pa.array([["a"], []])}),
        pa.table({"text": ["a" * 5_000_000] * 20}),
        pa.table({"other": [1]}),
    ):
        out = io.BytesIO()
        pq.write_table(table, out)
        yield out.getvalue()


def seeds(target: str, seed: int = 1) -> list[bytes]:
    """Return the hostile files that a target begins with: as made, and small ones broken."""
    rng = random.Random(f"{target}:{seed}")
    made = list(_MAKERS.get(target, _texts)(rng))
    return [*made, *(broken(rng, data) for data in made if len(data) < 200_000 for _ in range(3))]
