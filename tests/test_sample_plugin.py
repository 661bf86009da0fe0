"""The plugin that the design prints works as printed: loaded from its file, run, asked and explained."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from barriermodel import UNKNOWN, BarrierModel, Dossier, Evidence, LegalForm, Level, Provider, Registry, Status, euro

FILE = Path(__file__).with_name("sample_plugin.py")
PROFILE = """
id = "voorbeeldregio"
title = { nl = "Voorbeeldregio", en = "Example region" }
owner = "Voorbeeldregio"
status = "reconstruction"
valid_from = 2019-01-01

[[stages]]
id = "signals"
title = { nl = "Signalen", en = "Signals" }
moment = "monitoring"
barriers = ["nl.financial_signals"]

[parameters."nl.financial_signals"]
max_margin = [
  { from = 2019-01-01, value = 0.10, source = "https://example.org" },
  { from = 2022-01-01, value = 0.05, assumption = "an example" },
]
"""


@pytest.fixture(scope="module")
def sample() -> ModuleType:
    """The plugin's module, loaded by its path as a user's own file is."""
    spec = importlib.util.spec_from_file_location("sample_plugin_by_path", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)  # there its words are looked for
    spec.loader.exec_module(module)
    return module


def test_a_rule_is_called_like_a_function(sample: ModuleType) -> None:
    accounts, high_profit = sample.AnnualAccounts, sample.high_profit

    assert high_profit(accounts(profit=euro(24), turnover=euro(100))) is True
    assert high_profit(accounts(profit=euro(10), turnover=euro(100))) is False
    assert high_profit(accounts(profit=euro(24), turnover=euro(100)), max_margin=0.3) is False
    assert high_profit(accounts(profit=euro(24))) is UNKNOWN
    assert high_profit(accounts(profit=euro(24), turnover=euro(0))) is UNKNOWN
    assert sample.not_sole_trader(Provider(legal_form=LegalForm.VOF)) is False
    assert sample.not_sole_trader(Provider()) is UNKNOWN


@pytest.mark.parametrize(
    ("as_of", "form", "facts", "status"),
    [
        (date(2021, 6, 1), LegalForm.BV, {"profit": euro(6), "turnover": euro(100)}, Status.CLEAR),
        (date(2022, 6, 1), LegalForm.BV, {"profit": euro(6), "turnover": euro(100)}, Status.HIT),
        (date(2022, 6, 1), LegalForm.EENMANSZAAK, {"profit": euro(6), "turnover": euro(100)}, Status.NOT_APPLICABLE),
        (date(2022, 6, 1), UNKNOWN, {"profit": euro(6), "turnover": euro(100)}, Status.OPEN),
        (date(2022, 6, 1), UNKNOWN, {"profit": euro(5), "turnover": euro(100)}, Status.CLEAR),
        (date(2022, 6, 1), LegalForm.BV, {"profit": euro(6)}, Status.OPEN),
    ],
)  # fmt: skip
def test_it_runs_under_a_profile(
    sample: ModuleType, tmp_path: Path, as_of: date, form: Any, facts: dict[str, Any], status: Status
) -> None:
    path = tmp_path / "profile.toml"
    path.write_text(PROFILE)
    registry = Registry()
    assert registry.add(sample).status.value == "ok"
    item = Evidence(id="a", issued_on=date(2021, 5, 1), facts=sample.AnnualAccounts(financial_year=2020, **facts))
    model = BarrierModel.load(path, registry)
    assessment = model.assess(Dossier(as_of=as_of, provider=Provider(legal_form=form), evidence=[item]))

    (rule,) = assessment.rules
    assert (rule.id, rule.status, rule.level) == ("nl.financial_signals.high_profit", status, Level.ORANGE)
    assert assessment.advice.decided is (status is not Status.OPEN)
    if status is Status.HIT:
        assert "Profit is 6% of turnover. The upper limit is 5%." in assessment.explain("en")
    if "turnover" not in facts:
        (ask,) = assessment.asks
        assert ask.question["en"] == "Would you send the annual accounts of 2020? Not stated in ‘a’: turnover."
