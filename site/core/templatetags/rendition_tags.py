from django import template
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage

from core import renditions

register = template.Library()


@register.simple_tag
def picture_as(image: AbstractImage | None, role: str, **attributes: str) -> SafeString | str:
    """`{% picture_as page.portrait "portrait_card" loading="lazy" %}`; nothing where there is no image."""
    if image is None:
        return ""
    return renditions.picture(image, role, **attributes).__html__()
