"""Removes the inline scripts of the admin's choosers.

`BaseChooser.render` writes a script into the page, which our content security policy (no `unsafe-inline`)
forbids. Wagtail has no setting for it, so the method is replaced at start-up by one that writes a template
element, which `site/static/js/start_admin_widgets.js` reads.
"""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser

#: Choosers that Wagtail starts by a function of their own, and its name.
STARTED_BY = {AdminTaskChooser: "createTaskChooser"}


def render_without_script(
    chooser: BaseChooser, name: str, value: Any, attrs: dict[str, Any], renderer: Any = None
) -> SafeString:
    value_data = chooser.get_value_data(value)
    return format_html(
        '{}<template data-starts="{}" data-field="{}" data-options="{}"></template>',
        chooser.render_html(name, value_data, attrs),
        STARTED_BY.get(type(chooser), chooser.js_constructor),
        attrs["id"],
        json.dumps(chooser.get_js_init_options(attrs["id"], name, value_data)),
    )


def remove_inline_scripts_of_choosers() -> None:
    BaseChooser.render = render_without_script
