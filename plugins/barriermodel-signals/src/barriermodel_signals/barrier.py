"""The barrier ``nl.network_signals``; its rules are defined with the evidence that they read.

"RTL Nieuws, IKZ and RIEC" are the eight indicators of 2021, run on about 70,000 companies:
https://fmtgezondheidszorg.nl/onderzoek-rtl-nieuws-werpt-licht-op-dubieuze-zorgondernemingen/
"""

from barriermodel.plugin import Barrier, Concern, Text

network_signals = Barrier(
    "nl.network_signals",
    title=Text(nl="Signalen uit het netwerk", en="Network signals"),
    concern=Concern.INTEGRITY,
)
