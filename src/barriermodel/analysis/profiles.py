"""A resolved profile: its stages, barriers, rules and parameters, and the plugins behind them."""

from ..profiles.plugin_loading import Plugin as Plugin
from ..profiles.plugin_loading import PluginStatus as PluginStatus
from ..profiles.profile import CombineBy as CombineBy
from ..profiles.profile import ProfileStatus as ProfileStatus
from ..profiles.profile import Stage as Stage
from ..profiles.registry import SENSITIVE as SENSITIVE
from ..profiles.resolved import Ending as Ending
from ..profiles.resolved import ResolvedBarrier as ResolvedBarrier
from ..profiles.resolved import ResolvedParameter as ResolvedParameter
from ..profiles.resolved import ResolvedProfile as ResolvedProfile
from ..profiles.resolved import ResolvedRule as ResolvedRule
from ..profiles.resolved import ResolvedStage as ResolvedStage
