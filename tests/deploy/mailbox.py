"""A mail server that keeps whom it delivered to."""

import random

from aiosmtpd.handlers import Message


class Mailbox(Message):
    """Keeps whom each mail went to, and its id, in the order that they came. May refuse some for now."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[str] = []
        self.ids: list[str] = []
        #: Between 0 and 1.
        self.share_refused = 0.0

    async def handle_DATA(self, server, session, envelope):
        if random.random() < self.share_refused:
            return "451 Not now"
        return await super().handle_DATA(server, session, envelope)

    def handle_message(self, message) -> None:
        self.received.append(message["X-RcptTo"])
        self.ids.append(message["Message-ID"])
