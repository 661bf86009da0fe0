"""A barrier on one derived fact, of which one part at a time is written otherwise."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import pytest

TEMPLATE = """
{top}
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    AsOf,
    Award,
    Barrier,
    Concern,
    Fact,
    Item,
    Label,
    Level,
    Limit,
    Money,
    Provider,
    Ratio,
    Text,
    evidence,
    euro,
    hookimpl,
    named,
    not_,
    one_of,
    ratio,
    record,
)

BARRIERMODEL_API = 2
EXAMPLE = Limit(assumption=Text(nl="Een voorbeeld.", en="An example."))


@record
class Branch:
    code: Annotated[Fact[str], Label(nl="code", en="code of branch")] = UNKNOWN
    main: Annotated[Fact[bool], Label(nl="hoofdvestiging", en="main")] = UNKNOWN


@evidence(
    "extract",
    title=Text(nl="Uittreksel", en="Extract"),
    question=Text(nl="Wilt u het uittreksel sturen?", en="Please send the extract."),
)
class Extract:
    name: Annotated[Fact[str], Label(nl="naam", en="name")] = UNKNOWN
    staff: Annotated[Fact[int], Label(nl="medewerkers", en="staff")] = UNKNOWN
    since: Annotated[Fact[date], Label(nl="sinds", en="since")] = UNKNOWN
    rent: Annotated[Fact[Money], Label(nl="huur", en="rent")] = UNKNOWN
    active: Annotated[Fact[bool], Label(nl="actief", en="active")] = UNKNOWN
    codes: Annotated[Fact[tuple[str, ...]], Label(nl="codes", en="code list")] = UNKNOWN
    branches: Annotated[Fact[tuple[Branch, ...]], Label(nl="vestigingen", en="branches")] = UNKNOWN


made = Barrier("voorbeeld.made", title=Text(nl="Gemaakt", en="Made"), concern=Concern.CONTINUITY)


{middle}


{derived}


{rule}


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    yield made
"""
DERIVED = """
@made.derived(label=Label(nl="waarde", en="value"))
def value({inputs}) -> {type}:
{body}
"""
RULE = """
@made.signal(level=Level.ORANGE, finding=Text(nl="De waarde is waar.", en="The value is true."))
def rule({inputs}) -> Fact[bool]:
    {body}
"""


def with_derived(
    body: str, *, inputs: str = "extract: Extract", type: str = "bool", top: str = "", middle: str = "",
    hit_if: str = "value",
) -> str:  # fmt: skip
    """A plugin whose rule looks at a derived fact with this body."""
    derived = DERIVED.format(inputs=inputs, type=type, body=textwrap.indent(textwrap.dedent(body).strip(), "    "))
    rule = RULE.format(inputs=f"value: Fact[{type}]", body=f"return {hit_if}")
    return TEMPLATE.format(top=top, middle=middle, derived=derived, rule=rule)


def with_rule(body: str, *, inputs: str = "extract: Extract", top: str = "", middle: str = "") -> str:
    """A plugin of one rule with this body, without a derived fact."""
    return TEMPLATE.format(top=top, middle=middle, derived="", rule=RULE.format(inputs=inputs, body=body))


def with_text(text: str, *, inputs: str, returns: str, decorator: str = "signal", middle: str = "") -> str:
    """A plugin of one rule with this text: the arguments of its decorator."""
    rule = f"@made.{decorator}(level=Level.ORANGE, {text})\ndef rule({inputs}) -> Fact[bool]:\n    return {returns}\n"
    return TEMPLATE.format(top="", middle=middle, derived="", rule=rule)


def listed(table: Mapping[str, list[Any]]) -> list[Any]:
    """The rows of a table of laws, for ``parametrize``: the law, and what comes after the name of the row."""
    return [pytest.param(law, *rest, id=f"{law}-{what}") for law, found in table.items() for what, *rest in found]
