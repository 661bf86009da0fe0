"""The reader ``annual_accounts``: the accounts of one year, entered by hand as TOML."""

from barriermodel.plugin import Text, manual_entry_reader

from .kind import AnnualAccounts

annual_accounts_reader = manual_entry_reader(
    "annual_accounts",
    Text(nl="Jaarrekening, overgetypt als TOML", en="Annual accounts, typed over as TOML"),
    AnnualAccounts,
)
