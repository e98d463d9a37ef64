"""Do something about many records, so that one which cannot be opened keeps nobody else waiting."""

import logging
from collections.abc import Callable, Iterable
from uuid import UUID

from core.encryption import CannotOpen

logger = logging.getLogger(__name__)


def one_by_one(act: Callable[[UUID], object], keys: Iterable[UUID]) -> None:
    """Call `act` with each key. One whose sealed values cannot be opened is logged, and left."""
    for key in keys:
        try:
            act(key)
        except CannotOpen:
            logger.exception("%s cannot be opened", key)
