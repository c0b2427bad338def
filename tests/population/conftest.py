"""A scenario of plain values, so that these tests do not move with the archetypes' files."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

COMMERCIAL = {
    "residents": 5000, "estates": 3, "residents_per_household": 2.8, "commercial_share": 0.9, "owner_share": 0.78,
    "migrant_share": 0.22, "insider_share": 0.0, "aged60_share": 0.16, "party_share": 0.10, "income": 1.15,
    "income_spread": 0.32, "ties": 4.5, "ties_others": 4.5, "same_group_share": 0.55, "unit_tie": 0.7,
    "stay_years": 12.0, "stay_years_others": 12.0, "firm_share": 0.95, "fee_collection": 0.75,
    "owners_committee_share": 0.22, "digital_share": 0.7, "staff": 10, "volunteer_share": 0.02, "units": 3,
    "trust": 0.5, "trust_others": 0.5,
}  # fmt: skip
ARCHETYPES: dict[str, dict[str, float]] = {
    "commercial": COMMERCIAL,
    "old_danwei": COMMERCIAL | {
        "residents_per_household": 2.4, "aged60_share": 0.34, "party_share": 0.15, "migrant_share": 0.17, "ties": 13.0,
        "ties_others": 13.0, "digital_share": 0.28, "volunteer_share": 0.06, "income": 0.8, "income_spread": 0.24,
    },
    "village_turned": COMMERCIAL | {
        "residents_per_household": 3.5, "owner_share": 0.48, "migrant_share": 0.52, "insider_share": 0.4, "ties": 12.0,
        "ties_others": 3.0, "same_group_share": 0.85, "aged60_share": 0.2, "party_share": 0.07, "trust": 0.57,
        "trust_others": 0.4, "stay_years": 20.0, "stay_years_others": 2.0, "digital_share": 0.4,
    },
    "mixed_migrant": COMMERCIAL | {
        "owner_share": 0.3, "migrant_share": 0.65, "aged60_share": 0.09, "party_share": 0.035, "ties": 3.5,
        "ties_others": 3.5, "same_group_share": 0.8, "digital_share": 0.6, "volunteer_share": 0.01,
    },
}  # fmt: skip


def make(archetype: str = "commercial", communities: int = 1, span: int = 8, **changes: Any) -> Any:
    """A scenario with the archetype's values, some of them changed."""
    parameters = changes.pop("parameters", {})
    community = SimpleNamespace(**(ARCHETYPES[archetype] | changes))
    return SimpleNamespace(
        places=(community,) * communities,
        span=span,
        items="article_2012",
        parameters=parameters,
        community=community,
        base=SimpleNamespace(policy=SimpleNamespace(money=SimpleNamespace(pay=1800.0))),
    )


@pytest.fixture(scope="session")
def key() -> np.uint64:
    """Key of one replicate."""
    from sim.engine.randomness import model_key

    return model_key(7, 0)
