"""What was published in a test counts in that test only."""

from collections.abc import Iterator

import pytest

from src.app.user.services.policies import use_published


@pytest.fixture(autouse=True)
def own_policies() -> Iterator[None]:
    """The worker's memory of published versions is empty before and after."""
    use_published({})
    yield
    use_published({})
