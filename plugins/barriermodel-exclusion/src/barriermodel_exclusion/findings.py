"""What every finding on a ground for exclusion says besides: what may follow, and the way out."""

from barriermodel import Text

_MAY_NL = " Uitsluiting kan volgen, maar pas na horen en afwegen."
_MAY_EN = " Exclusion may follow, but only after hearing and weighing."
_OUT_NL = (
    " De aanbieder mag laten zien dat hij weer te vertrouwen is (art. 2.87a). De gemeente kan ook van uitsluiting "
    "afzien (art. 2.88)."
)
_OUT_EN = (
    " The provider may show that it can be trusted again (art. 2.87a). The authority may refrain from exclusion "
    "(art. 2.88)."
)


def excluding(nl: str, en: str) -> Text:
    """A finding with the way out. What may follow, after hearing and weighing, is said of every EXCLUDE by itself."""
    return Text(nl=nl + _OUT_NL, en=en + _OUT_EN)


def told(nl: str, en: str) -> Text:
    """A finding for a person, with what may follow, and the way out."""
    return Text(nl=nl + _MAY_NL + _OUT_NL, en=en + _MAY_EN + _OUT_EN)
