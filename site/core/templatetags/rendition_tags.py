from django import template
from django.utils.safestring import SafeString

from core import renditions
from core.models import PracticeImage

register = template.Library()


@register.simple_tag
def picture_as(image: PracticeImage | None, role: str, **attributes: str) -> SafeString | str:
    """`{% picture_as page.portrait "portrait_card" loading="lazy" %}`; nothing where none can be shown.

    A picture of a private collection is shown to no one: pages are cached, and pictures served to anyone who
    has their address.
    """
    picture = renditions.picture(image, role, **attributes) if image and image.is_public else None
    return picture.__html__() if picture else ""
