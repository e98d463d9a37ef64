from .links import LinkBlock, LinkStructValue
from .story import StoryBlock

__all__ = ["LinkBlock", "LinkStructValue", "StoryBlock"]
