"""Alerts: what a rule catches, once; what embargo and coarsening hold back; where they go."""

from __future__ import annotations

import hashlib
import hmac
import json
import socketserver
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from site_made import Answer, Make, Site, page

from fogline.errors import QueryError, SourceError
from fogline.ledger import Ledger
from fogline.model.event import Dispute, DisputedValue
from fogline.watch import Feeds, outputs_of
from fogline.watch.alerts import Alert
from fogline.watch.feeds import Mail
from fogline.watch.outputs.mail import Mailing


class Kept:
    """An output that keeps what it gets."""

    at_once = 1

    def __init__(self) -> None:
        self.alerts: list[Alert] = []

    def __call__(self, alerts: Sequence[Alert]) -> None:
        """Keep alerts."""
        self.alerts += alerts

    def told(self) -> list[tuple[str, str]]:
        """Return rule and kind of each alert."""
        return [(alert.rule, alert.kind) for alert in self.alerts]


def feeds(site: Site, *rules: dict[str, Any], **more: Any) -> str:
    return str({"sources": [{"feed": site.url("/rss")}], "alerts": list(rules), **more})


def put(site: Site, *texts: str, outlet: str = "The Courier", published: str = "2022-09-11") -> None:
    """Serve a feed of these reports besides those that it has."""
    begin = sum(path.startswith("/r") and path[2:].isdigit() for path in site.pages)
    for number, text in enumerate(texts, begin):
        site.pages[f"/r{number}"] = page(text, title=f"Report {number}", outlet=outlet, published=published)
    site.feed(*range(begin + len(texts)))


@pytest.mark.parametrize(
    ("rule", "caught"),
    [
        ({"event": "WITHDRAW"}, 1),
        ({"event": ["WITHDRAW", "CAPTURE"]}, 2),
        ({"voice": "Colonel Orr"}, 1),
        ({"voice": "Minister Vale"}, 0),
        ({"side": "UKR"}, 1),
        ({"place": "49.4,36.9", "radius_km": 20}, 1),
        ({"place": "Novaya Niva"}, 1),
        ({"text": "some 300"}, 1),
        ({"event": "WITHDRAW", "side": "UKR"}, 0),
    ],
)
def test_a_claim_that_meets_a_rule_is_told_of_once(
    site: Site, desk: Make, rule: dict[str, Any], caught: int
) -> None:
    put(site, "The garrison captured Novaya Niva, Colonel Orr said. Some 300 troops left Stara Niva.")
    kept = Kept()
    rules = feeds(site, {"name": "r", **rule})
    watch = desk(rules, outputs={"line": kept})
    watch.round()
    watch.round()
    watch.state.run("INSERT INTO news SELECT raw, 0 FROM items WHERE raw IS NOT NULL")  # as after a crash
    watch.round()
    assert kept.told() == [("r", "claim")] * caught
    desk(rules, outputs={"line": kept}).round()
    assert len(kept.alerts) == caught
    assert all(alert.document.url == site.url("/r0") and alert.event for alert in kept.alerts)


def test_an_alert_says_what_where_who_and_in_which_words(
    site: Site, desk: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    put(site, "The garrison captured Novaya Niva, Colonel Orr said.")
    desk(feeds(site, {"name": "niva", "place": "Novaya Niva"})).round()
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("niva: CAPTURE Novaya Niva 2022-09-10..11: Colonel Orr: “The garrison captured")
    assert line.endswith(site.url("/r0"))


def test_words_that_would_steer_a_terminal_do_not(
    site: Site, desk: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    put(site, "The garrison captured \u202eNovaya Niva\u202c \x1b[31m, Colonel Orr said.")
    desk(feeds(site, {"name": "niva", "event": "CAPTURE"})).round()
    out = capsys.readouterr().out
    assert "\x1b" not in out and "\u202e" not in out and len(out.splitlines()) == 1


STORY = (
    "The garrison captured Novaya Niva at dawn after a night of heavy rain on the river, Colonel Orr said "
    "by telephone from the bridge, while the people of the town waited in their cellars for the morning."
)


def test_a_telling_that_is_printed_again_is_no_news(site: Site, desk: Make) -> None:
    kept = Kept()
    put(site, STORY, outlet="The Courier")
    watch = desk(feeds(site, {"name": "r", "event": "CAPTURE"}), outputs={"line": kept})
    watch.round()
    put(site, STORY, outlet="The Daily")
    watch.later()
    assert watch.round().documents == 1
    assert len(kept.alerts) == 1


def test_the_first_independent_confirmation_is_told_of_once(site: Site, desk: Make) -> None:
    kept = Kept()
    put(site, "The garrison captured Novaya Niva, Colonel Orr said.", outlet="The Courier")
    watch = desk(feeds(site, {"name": "c", "confirmed": True, "event": "CAPTURE"}), outputs={"line": kept})
    watch.round()
    assert kept.told() == []
    put(site, "Novaya Niva was captured by the garrison in the night, a reporter saw.", outlet="The Daily")
    watch.round()
    with watch.ledger() as ledger:
        told = [event.independent for event in ledger.events(event="CAPTURE")]
    assert told == [2]
    assert kept.told() == [("c", "confirmed")]
    put(site, "At noon the garrison captured Novaya Niva as well, said the miller.", outlet="The Review")
    watch.round()
    assert kept.told() == [("c", "confirmed")]


def test_a_new_answer_to_a_dispute_is_told_of(
    site: Site, desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept()
    put(site, "The garrison captured Novaya Niva, Colonel Orr said.")
    watch = desk(
        feeds(site, {"name": "d", "disputed": "quantity"}, {"name": "e", "disputed": "when"}),
        outputs={"line": kept},
    )
    real: Callable[..., Any] = Ledger.event

    def disputed(ledger: Ledger, id: str, **options: Any) -> Any:
        event = real(ledger, id, **options)
        values = (
            DisputedValue(text="4", voices=("mayor",), claims=event.claims),
            DisputedValue(text="0", voices=("ministry",), claims=("c-earlier",)),
        )
        import msgspec

        dispute = Dispute(field="quantity", values=values, text="killed 4 (mayor) / 0 (ministry)")
        return msgspec.structs.replace(event, disputes=(dispute,))

    monkeypatch.setattr(Ledger, "event", disputed)
    watch.round()
    assert kept.told() == [("d", "disputed")]
    assert "quantity disputed: killed 4 (mayor) / 0 (ministry)" in kept.alerts[0].text


def test_an_embargo_holds_alerts_back_until_it_lets_claims_out(
    site: Site, desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, date, datetime

    kept = Kept()
    today = datetime.now(UTC).date().isoformat()
    put(site, "The garrison captured Novaya Niva, Colonel Orr said.", published=today)
    watch = desk(feeds(site, {"name": "r", "event": "CAPTURE"}), outputs={"line": kept}, embargo_hours=48)
    assert watch.round().documents == 1
    watch.round()
    assert kept.alerts == []
    for where in ("fogline.store.filters", "fogline.release", "fogline.link.views"):
        monkeypatch.setattr(f"{where}.embargo_day", lambda hours, at=None: date(9999, 1, 1))
    watch.round()
    assert kept.told() == [("r", "claim")]
    watch.round()
    assert len(kept.alerts) == 1


def test_coarsening_holds_for_alerts_and_their_radius(site: Site, desk: Make) -> None:
    kept = Kept()
    put(site, "The garrison captured the mill bridge, Colonel Orr said.")
    rules = feeds(site, {"name": "near", "place": "49.25,37.2689", "radius_km": 1})
    desk(rules, outputs={"line": kept}, coarsen=True).round()
    (alert,) = kept.alerts
    (place,) = alert.claim.places
    assert (place.lat, place.lon, place.precision) == (49.2, 37.3, "near")


def test_a_webhook_gets_json_that_is_signed(site: Site, desk: Make) -> None:
    put(site, "The garrison captured Novaya Niva, Colonel Orr said.")
    site.pages["/hook"] = Answer("", 204)
    output = {"webhook": site.url("/hook"), "secret_env": "KEY", "allow_private": True}
    rules = feeds(site, {"name": "r", "event": "CAPTURE", "to": "desk"}, outputs={"desk": output})
    watch = desk(rules, environment={"KEY": "s3cret"})
    assert watch.round().alerts == 1
    ((_, _, headers, body, _),) = [one for one in site.requests if one[1] == "/hook"]
    told = json.loads(body)
    assert told["text"].startswith("r: CAPTURE Novaya Niva")
    assert (told["claim"]["event"], told["document"]["outlet"]) == ("CAPTURE", "The Courier")
    assert headers["X-Fogline-Alert"] == told["id"]
    signed = f"{headers['X-Fogline-Timestamp']}.".encode() + body
    expected = hmac.new(b"s3cret", signed, hashlib.sha256).hexdigest()
    assert headers["X-Fogline-Signature"] == f"sha256={expected}"


def test_a_webhook_that_fails_is_tried_again_and_the_others_go_on(
    site: Site, desk: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    put(site, "The garrison captured Novaya Niva, Colonel Orr said.")
    site.pages["/hook"] = Answer("", 503)
    output = {"webhook": site.url("/hook"), "allow_private": True}
    rule = {"name": "r", "event": "CAPTURE", "to": ["desk", "line"]}
    watch = desk(feeds(site, rule, outputs={"desk": output}))
    watch.round()
    watch.round()
    assert site.asked()["/hook"] == 1
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert "status 503" in watch.log.named("alert not delivered")[0]["problem"]
    site.pages["/hook"] = Answer("", 200)
    watch.later()
    watch.round()
    watch.later()
    watch.round()
    assert site.asked()["/hook"] == 2


@pytest.mark.parametrize(
    ("answer", "allowed", "part"),
    [
        (Answer("", 302, Location="/other"), True, "answers with status 302"),
        (Answer("", 200), False, "set allow_private: true at this output"),
    ],
)
def test_a_webhook_leads_nowhere_else(
    site: Site, desk: Make, answer: Answer, allowed: bool, part: str
) -> None:
    put(site, "The garrison captured Novaya Niva, Colonel Orr said.")
    site.pages["/hook"] = answer
    output = {"webhook": site.url("/hook"), "allow_private": allowed}
    rule = {"name": "r", "event": "CAPTURE", "to": "desk"}
    watch = desk(feeds(site, rule, outputs={"desk": output}))
    watch.round()
    (told,) = [fields["problem"] for fields in watch.log.named("alert not delivered")]
    assert part in told and "/hook" not in told  # which may be a secret
    assert (site.asked()["/hook"], site.asked()["/other"]) == (int(allowed), 0)


def test_a_secret_that_is_not_there_is_told() -> None:
    output = {"webhook": "https://a.example/", "secret_env": "KEY"}
    told = Feeds.model_validate({"sources": [{"feed": "https://a.example/"}], "outputs": {"d": output}})
    with pytest.raises(QueryError, match="takes its secret from KEY"):
        outputs_of(told, {})


class Mailbox(socketserver.StreamRequestHandler):
    """A mail server of few words."""

    def handle(self) -> None:
        """Take one message."""
        server: Any = self.server
        self.wfile.write(b"220 hello\r\n")
        data = False
        for line in self.rfile:
            word = line.strip().upper()
            if data:
                server.lines.append(line)
                if line == b".\r\n":
                    data = False
                    self.wfile.write(b"250 taken\r\n")
            elif word == b"DATA":
                data = True
                self.wfile.write(b"354 go on\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            elif word.startswith(b"RCPT") and server.refuses:
                self.wfile.write(b"550 nobody here\r\n")
            else:
                server.commands.append(line.strip())
                self.wfile.write(b"250 well\r\n")


@pytest.fixture
def smtp() -> Iterator[Any]:
    server: Any = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox)
    server.daemon_threads, server.lines, server.commands, server.refuses = True, [], [], False
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def to_mail(smtp: Any) -> dict[str, Any]:
    port = smtp.server_address[1]
    return {
        "mail": {"to": "desk@example.org", "sender": "fog@example.org", "server": "127.0.0.1", "port": port}
    }


def test_alerts_of_a_round_go_in_one_mail(site: Site, desk: Make, smtp: Any) -> None:
    put(site, "The garrison captured Novaya Niva, Colonel Orr said. Some 300 troops left Stara Niva.")
    rule = {"name": "r", "event": ["CAPTURE", "WITHDRAW"], "to": "mail"}
    watch = desk(feeds(site, rule, outputs={"mail": to_mail(smtp)}))
    assert watch.round().alerts == 2
    text = b"".join(smtp.lines).decode()
    assert text.count("Subject: [Fogline] r:") == 1 and "(and 1 more)" in text.replace("\r\n ", " ")
    assert any(command.lower().startswith(b"rcpt to:<desk@example.org>") for command in smtp.commands)
    watch.round()
    assert sum(command.lower().startswith(b"mail from") for command in smtp.commands) == 1


def test_mail_that_is_refused_waits(site: Site, desk: Make, smtp: Any) -> None:
    smtp.refuses = True
    put(site, "The garrison captured Novaya Niva, Colonel Orr said.")
    rule = {"name": "r", "event": "CAPTURE", "to": "mail"}
    watch = desk(feeds(site, rule, outputs={"mail": to_mail(smtp)}))
    watch.round()
    assert "was not taken by 127.0.0.1" in watch.log.named("alert not delivered")[0]["problem"]
    smtp.refuses = False
    watch.later()
    assert watch.round().alerts == 1


def test_a_header_cannot_be_smuggled_into_mail(site: Site, desk: Make, smtp: Any) -> None:
    put(site, "The garrison captured Novaya Niva, Colonel Orr said.")
    kept = Kept()
    desk(feeds(site, {"name": "r\r\nBcc: x@example.org", "event": "CAPTURE"}), outputs={"line": kept}).round()
    Mailing(Mail(**to_mail(smtp)["mail"]), password=None)(kept.alerts)
    assert not any(line.lower().startswith(b"bcc") for line in smtp.lines)


def test_a_mail_server_that_is_not_there_is_told(site: Site, desk: Make) -> None:
    put(site, "The garrison captured Novaya Niva, Colonel Orr said.")
    kept = Kept()
    desk(feeds(site, {"name": "r", "event": "CAPTURE"}), outputs={"line": kept}).round()
    mail = Mail(to=("a@b.example",), sender="c@d.example", server="127.0.0.1", port=1)
    with pytest.raises(SourceError, match=r"127\.0\.0\.1:1 \(ConnectionRefusedError"):
        Mailing(mail, password=None)(kept.alerts)
