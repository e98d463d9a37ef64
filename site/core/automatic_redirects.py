"""Redirects that Wagtail makes by itself when a page is renamed or moved."""

from wagtail.contrib.redirects import signal_handlers
from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator


class CarefulRedirectCreator(BatchRedirectCreator):
    """Deletes nothing where there is nothing to write.

    Wagtail deletes the redirects that clash with those it is about to write: with none, its condition is
    empty, and all are deleted (wagtail issue 11338). A page whose address is made of something else than its
    slug, such as a comparison, is renamed without a new address.
    """

    def pre_process(self) -> None:
        if self.items:
            super().pre_process()


def keep_redirects_without_a_clash() -> None:
    signal_handlers.BatchRedirectCreator = CarefulRedirectCreator
