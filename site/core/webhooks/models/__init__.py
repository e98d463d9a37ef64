from .deliveries import Delivery
from .endpoints import Endpoint, EndpointSecret
from .events import Event
from .known_pages import KnownPage

__all__ = ["Delivery", "Endpoint", "EndpointSecret", "Event", "KnownPage"]
