"""Letters to a provider: a request for what is missing, and the intent to take a measure.

A letter renders the Explanation of one assessment and nothing else. It never holds a decision, a colour, a law that was
not verified, or a finding that does not decide. A person does its checks and sends it.
"""

from .intent import intent_letter
from .letter import Letter, LetterError, NothingToAskError
from .request import request_letter
from .settings import LetterSettings, Signature, read_settings
from .terms import add_working_days

__all__ = [
    "Letter", "LetterError", "LetterSettings", "NothingToAskError", "Signature", "add_working_days", "intent_letter",
    "read_settings", "request_letter",
]  # fmt: skip
