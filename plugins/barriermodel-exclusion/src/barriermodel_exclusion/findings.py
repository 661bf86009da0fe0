"""Texts of findings on exclusion grounds: the possible consequence, and how the provider can avert it."""

from barriermodel.plugin import Text

MAY_NL = " Uitsluiting kan volgen, maar pas na horen en afwegen."
MAY_EN = " Exclusion may follow, but only after hearing and weighing."
OUT_NL = (
    " De aanbieder mag laten zien dat hij weer te vertrouwen is (art. 2.87a). De gemeente kan ook van uitsluiting "
    "afzien (art. 2.88)."
)
OUT_EN = (
    " The provider may show that it can be trusted again (art. 2.87a). The authority may refrain from exclusion "
    "(art. 2.88)."
)


def excluding(nl: str, en: str) -> Text:
    """Add how the provider can avert exclusion. That exclusion may follow is said with every EXCLUDE already."""
    return Text(nl=nl + OUT_NL, en=en + OUT_EN)


def for_review(nl: str, en: str) -> Text:
    """Add, to a finding below EXCLUDE, that exclusion may follow and how the provider can avert it."""
    return Text(nl=nl + MAY_NL + OUT_NL, en=en + MAY_EN + OUT_EN)
