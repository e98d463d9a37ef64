from typing import Any

from django.core.checks import CheckMessage, Error, register

from core.preview.front_ends import front_ends


@register()
def preview_addresses_are_valid(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    errors: list[CheckMessage] = [
        Error(
            f"HEADLESS_PREVIEW_URLS: “{front_end.url}” is not a whole address.",
            hint="Write https://app.example.org/preview#, or www.example.org=https://app.example.org/preview#.",
            id="preview.E001",
        )
        for front_end in front_ends()
        if not front_end.is_valid
    ]
    hosts = [front_end.host for front_end in front_ends()]
    errors += [
        Error(
            f"HEADLESS_PREVIEW_URLS names {host or 'a front end for every site'} more than once.",
            id="preview.E002",
        )
        for host in sorted(set(hosts))
        if hosts.count(host) > 1
    ]
    return errors
