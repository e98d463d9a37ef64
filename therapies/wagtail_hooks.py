from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from therapies.viewsets import FactsViewSetGroup

register_snippet(FactsViewSetGroup)


@hooks.register("insert_global_admin_css")
def style_facts_in_the_editor() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("admin_css/facts.css"))
