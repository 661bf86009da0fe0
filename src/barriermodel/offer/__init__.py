"""What residents and referrers can choose from: who has a running contract for what, and where.

Nothing but contracts is read: no advice, no hit, no evidence. A court forbade showing clients a report, so whoever is
not in an offer is absent without a reason.
"""

from .running import Offer, offer_on

__all__ = ["Offer", "offer_on"]
