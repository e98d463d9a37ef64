from django import template
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage

from core import renditions

register = template.Library()


@register.simple_tag
def picture_as(image: AbstractImage | None, role: str, **attributes: str) -> SafeString | str:
    """`{% picture_as page.portrait "portrait_card" loading="lazy" %}`; nothing where none can be shown."""
    picture = renditions.picture(image, role, **attributes) if image else None
    return picture.__html__() if picture else ""
