"""The closed lists of the ledger: sectors of business, channels, purposes, patterns, roles. Code = position."""

SECTORS = (
    "groceries", "restaurant", "takeaway", "fuel", "taxi", "pharmacy", "clothes", "cosmetics", "lodging",
    "advertising", "telecom", "utilities", "gambling", "jewellery", "vehicles", "crypto", "prepaid", "landlord",
    "farm", "factory", "construction", "care", "cleaning", "labour_provider", "nightclub", "massage", "car_wash",
    "nail_bar", "travel", "medical", "office",
)  # fmt: skip
"""What a business trades in; every sector has at least one."""

CASH_SECTORS = ("groceries", "restaurant", "takeaway", "taxi", "nightclub", "massage", "car_wash", "nail_bar")
LABOUR_CLIENTS = ("farm", "factory", "construction", "care", "cleaning", "car_wash", "nail_bar")

CHANNELS = ("transfer", "card", "direct_debit", "cash_in", "cash_out", "money_transfer", "wallet")

PURPOSES = (
    "groceries", "meals", "takeaway", "fuel", "taxi", "pharmacy", "clothes", "cosmetics", "lodging", "advert",
    "top_up", "utilities", "gambling", "luxury", "vehicle", "crypto", "prepaid", "rent", "wages", "venue", "ticket",
    "medical", "remittance", "private", "services", "fee", "instalment", "benefit", "takings", "supplier", "tax",
    "cash", "property",
)  # fmt: skip
"""What the bank's record says a payment was for (merchant's category or reference)."""

ABROAD = "abroad"

PATTERNS = (
    "collected_cash", "collected_from_buyers", "wages_taken", "wages_to_one", "wages_as_services", "fees",
    "moved", "structuring", "pass_through", "funnel", "scatter_gather", "cycle", "front", "costs", "sent_abroad",
    "cash_out", "asset", "payout",
)  # fmt: skip
"""What a row of a network does."""

ROLES = ("controller", "organiser", "front", "mule", "victim", "buyer", "client")
"""What an account's holder is to a network. A mule lends an account to move money; a client uses the labour."""


def sector(name: str) -> int:
    """Code of a sector."""
    return SECTORS.index(name)


def channel(name: str) -> int:
    """Code of a channel."""
    return CHANNELS.index(name)


def purpose(name: str) -> int:
    """Code of a purpose."""
    return PURPOSES.index(name)
