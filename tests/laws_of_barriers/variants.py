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
    Level,
    Limit,
    Money,
    Provider,
    Ratio,
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
EXAMPLE = Limit(assumed=True)


@record
class Branch:
    code: Fact[str] = UNKNOWN
    main: Fact[bool] = UNKNOWN


@evidence("extract")
class Extract:
    name: Fact[str] = UNKNOWN
    staff: Fact[int] = UNKNOWN
    since: Fact[date] = UNKNOWN
    rent: Fact[Money] = UNKNOWN
    active: Fact[bool] = UNKNOWN
    codes: Fact[tuple[str, ...]] = UNKNOWN
    branches: Fact[tuple[Branch, ...]] = UNKNOWN


made = Barrier("voorbeeld.made", concern=Concern.CONTINUITY)


{middle}


{derived}


{rule}


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    yield made


"""
WORDS = '''
BARRIERMODEL_WORDS = {"nl": """
barrier.voorbeeld.made.title = "Gemaakt"
derived.voorbeeld.made.value.label = "waarde"
law.wet.text = "Wet"

[rule.voorbeeld.made.rule]
topic = "Waarde"
short = "De waarde is waar"
hit = "De waarde is waar."
clear = "De waarde is onwaar"
look = "Kijk na of de waarde klopt."
rebut = "Klopt de waarde niet? Laat het weten."
unverified = "Het lid."

[limit.voorbeeld.made.most]
label = "meeste"
reason = "Een voorbeeld."

[evidence.extract]
title = "Uittreksel"
inline = "het uittreksel"
question = "Wilt u het uittreksel sturen?"
why = "De wet vraagt het."
how = "Een kopie is genoeg."

[evidence.extract.facts]
name = "naam"
staff = "medewerkers"
since = "sinds"
rent = "huur"
active = "actief"
codes = "codes"
branches = "vestigingen"
""", "en": """
barrier.voorbeeld.made.title = "Made"
derived.voorbeeld.made.value.label = "value"
law.wet.text = "Act"

[rule.voorbeeld.made.rule]
topic = "Value"
short = "The value is true"
hit = "The value is true."
clear = "The value is false"
look = "Check whether the value is right."
rebut = "Is the value wrong? Let us know."
unverified = "The paragraph."

[limit.voorbeeld.made.most]
label = "most"
reason = "An example."

[evidence.extract]
title = "Extract"
inline = "the extract"
question = "Would you send the extract?"
why = "The law asks for it."
how = "A copy will do."

[evidence.extract.facts]
name = "name"
staff = "staff"
since = "since"
rent = "rent"
active = "active"
codes = "codes"
branches = "branches"
"""}
'''
DERIVED = """
@made.derived
def value({inputs}) -> {type}:
{body}
"""
RULE = """
@made.signal(level=Level.ORANGE)
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
    return TEMPLATE.format(top=top, middle=middle, derived=derived, rule=rule) + WORDS


def with_rule(body: str, *, inputs: str = "extract: Extract", top: str = "", middle: str = "") -> str:
    """A plugin of one rule with this body, without a derived fact."""
    return TEMPLATE.format(top=top, middle=middle, derived="", rule=RULE.format(inputs=inputs, body=body)) + WORDS


def with_text(
    nl: str = "De waarde is waar.", en: str = "The value is true.", *, part: str = "hit", inputs: str, returns: str,
    decorator: str = "signal", options: str = "", middle: str = "",
) -> str:  # fmt: skip
    """A plugin of one rule that says this of a hit, or where it is clear."""
    header = f"@made.{decorator}(level=Level.ORANGE{options})"
    rule = f"{header}\ndef rule({inputs}) -> Fact[bool]:\n    return {returns}\n"
    source = TEMPLATE.format(top="", middle=middle, derived="", rule=rule)
    old = {"hit": ("De waarde is waar.", "The value is true."), "clear": ("De waarde is onwaar", "The value is false")}
    return source + WORDS.replace(old[part][0], nl).replace(old[part][1], en)


def listed(table: Mapping[str, list[Any]]) -> list[Any]:
    """The rows of a table of laws, for ``parametrize``: the law, and what comes after the name of the row.

    Of each law the first two have their turn by day.
    """
    return [
        pytest.param(law, *rest, id=f"{law}-{what}", marks=() if place < 2 else pytest.mark.nightly)
        for law, found in table.items()
        for place, (what, *rest) in enumerate(found)
    ]
