from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from home.caching.pages import ServePage, naming_keys
from home.page_links import PublicPageLinkHandler


@hooks.register("insert_global_admin_js")
def start_admin_widgets() -> SafeString:
    """Wagtail's inline scripts, without being inline: see the file."""
    return format_html('<script src="{}"></script>', static("js/start_admin_widgets.js"))


@hooks.register("register_rich_text_features", order=10)  # after Wagtail's own handler, to take its place
def link_only_to_public_pages(features: FeatureRegistry) -> None:
    features.register_link_type(PublicPageLinkHandler)


@hooks.register("on_serve_page")
def name_keys_of_pages(serve: ServePage) -> ServePage:
    return naming_keys(serve)
