"""What rules lack in an assessed table, in columns of Polars; it needs the extra ``batch``."""

from ..portfolio.counts import ShownCounts as ShownCounts
from ..portfolio.headline import headline as headline
from ..portfolio.headline import work_time as work_time
from ..portfolio.making import portfolio_of as portfolio_of
from ..portfolio.open_rules import OpenRules as OpenRules
from ..portfolio.portfolio import PortfolioCause as PortfolioCause
from ..portfolio.portfolio import PortfolioRow as PortfolioRow
from ..portfolio.rows import may_hold_kvk_numbers as may_hold_kvk_numbers
from ..portfolio.values import PortfolioColumn as PortfolioColumn
from ..portfolio.values import value_columns as value_columns
from ..tables.assess import assess_with_lacks as assess_with_lacks
from ..tables.lacks import Lack as Lack
