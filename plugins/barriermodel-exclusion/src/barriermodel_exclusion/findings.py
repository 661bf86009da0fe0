"""What every finding on a ground for exclusion says besides: what may follow, and the way out."""

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
    """A finding with the way out. What may follow, after hearing and weighing, is said of every EXCLUDE by itself."""
    return Text(nl=nl + OUT_NL, en=en + OUT_EN)


def told(nl: str, en: str) -> Text:
    """A finding for a person, with what may follow, and the way out."""
    return Text(nl=nl + MAY_NL + OUT_NL, en=en + MAY_EN + OUT_EN)
