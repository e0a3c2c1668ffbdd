"""A person's office and the body it speaks for, where voices and claims are shown."""

from __future__ import annotations

from fogline.link.heard import heard
from fogline.model import Claim, Document, Voice, Words
from fogline.shown import Shown
from fogline.store import Stored
from fogline.store.voices import VoiceSummary

VOICE = Voice(
    text="Ali Musa",
    name="Ali Musa",
    side="SDN",
    kind="military",
    office="army spokesman",
    body="Sudanese Army",
)
CLAIM = Claim(
    document="d",
    evidence=Words(0, 9, "They left."[:9]),
    event="WITHDRAW",
    speaker=VOICE,
    mode="indirect",
).identified()


def test_voices_of_a_ledger_tell_in_which_office_and_for_whom_they_spoke() -> None:
    summary = VoiceSummary(
        name="Ali Musa", outlet=None, side="SDN", kind="military", claims=1, documents=1,
        events={"WITHDRAW": 1}, first=None, last=None,
    )  # fmt: skip
    (one,) = heard([summary], [Stored(claim=CLAIM, title=None, published=None, outlet="Wire", url=None)])
    assert one.offices == {"army spokesman": 1}
    assert one.bodies == {"Sudanese Army": 1}
    assert one.chains == {"Wire": 1}


def test_a_claim_is_shown_with_the_office_and_the_body() -> None:
    shown = Shown(claim=CLAIM, document=Document(id="d", text="They left."))
    fields = {name: value for name, value, _ in shown.fields()}
    assert fields["voice"] == "Ali Musa (military, SDN)"
    assert fields["office"] == "army spokesman"
    assert fields["speaks for"] == "Sudanese Army"
