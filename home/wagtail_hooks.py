from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def start_admin_widgets() -> SafeString:
    """Wagtail's inline scripts, without being inline: see the file."""
    return format_html('<script src="{}"></script>', static("js/start_admin_widgets.js"))
