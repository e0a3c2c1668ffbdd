"""The server keeps to its own OpenAPI, whatever is asked of it."""

from __future__ import annotations

from collections.abc import Callable

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from serving_help import ADDRESS, FREE
from starlette.testclient import TestClient

from fogline.ledger import Ledger
from fogline.serve import Served, Tokens, create_app

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def test_every_operation_answers_as_its_description_says(
    make_ledger: Callable[..., Ledger], tokens: Tokens
) -> None:
    app = create_app(make_ledger(linked=True), tokens, Served(limits=FREE))
    with TestClient(app, base_url=ADDRESS) as client:
        described = client.get("/api/v1/openapi.json").json()
        schema = schemathesis.openapi.from_dict(described)
        operations = [found.ok() for found in schema.get_all_operations()]
        assert len(operations) == sum(len(path) for path in described["paths"].values())
        for operation in operations:

            @seed(1)
            @settings(
                max_examples=4,
                deadline=None,
                database=None,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy())
            def keeps_to_it(case: schemathesis.Case) -> None:
                case.call_and_validate(base_url=ADDRESS, app=app, checks=CHECKS)

            keeps_to_it()
