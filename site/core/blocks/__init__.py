from .link import LinkBlock, LinkStructValue
from .story import StoryBlock

__all__ = ["LinkBlock", "LinkStructValue", "StoryBlock"]
