"""Choosers of the admin without their inline script.

`BaseChooser.render` writes a script into the page, which a content security policy without
`unsafe-inline` forbids; the chooser then does nothing. Wagtail offers no setting for it, so the method is
replaced at start-up by one that leaves a mark for `site/static/js/start_admin_widgets.js`.
"""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser


def render_with_mark(
    chooser: BaseChooser, name: str, value: Any, attrs: dict[str, Any], renderer: Any = None
) -> SafeString:
    value_data = chooser.get_value_data(value)
    return format_html(
        '{}<template data-starts="{}" data-field="{}" data-options="{}"></template>',
        chooser.render_html(name, value_data, attrs),
        chooser.js_constructor,
        attrs["id"],
        json.dumps(chooser.get_js_init_options(attrs["id"], name, value_data)),
    )


def start_choosers_without_inline_scripts() -> None:
    BaseChooser.render = render_with_mark
