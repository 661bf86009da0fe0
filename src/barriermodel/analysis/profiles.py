"""A resolved profile: its stages, barriers, rules and parameters, and the plugins behind them."""

from ..profiles.plugin_loading import Plugin, PluginStatus
from ..profiles.profile import CombineBy, ProfileStatus, Stage
from ..profiles.registry import SENSITIVE
from ..profiles.resolved import Ending, ResolvedBarrier, ResolvedParameter, ResolvedProfile, ResolvedRule, ResolvedStage

__all__ = [
    "SENSITIVE",
    "CombineBy",
    "Ending",
    "Plugin",
    "PluginStatus",
    "ProfileStatus",
    "ResolvedBarrier",
    "ResolvedParameter",
    "ResolvedProfile",
    "ResolvedRule",
    "ResolvedStage",
    "Stage",
]
