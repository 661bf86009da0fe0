"""The reader ``signals``: evidence of this plugin, entered by hand as TOML."""

from barriermodel.plugin import Text, manual_entry_reader

from .bankruptcy import InsolvencyHistory
from .changes import RegistrationHistory
from .interests import BusinessInterests

KINDS: tuple[type, ...] = (BusinessInterests, RegistrationHistory, InsolvencyHistory)

signals_reader = manual_entry_reader(
    "signals",
    Text(nl="Gegevens over het netwerk, overgetypt als TOML", en="Evidence on the network, typed over as TOML"),
    *KINDS,
)
