"""Deletes an editor's previews at the log-out, and lets front ends read previews across origins."""

from typing import Any

from corsheaders.signals import check_request_enabled
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse

from core.preview.front_ends import origins
from core.preview.models import DraftSnapshot


@receiver(user_logged_out)
def delete_snapshots(sender: Any, user: Any, **kwargs: Any) -> None:
    DraftSnapshot.objects.filter(user=user).delete()


@receiver(check_request_enabled)
def allow_front_ends(sender: Any, request: HttpRequest, **kwargs: Any) -> bool:
    if request.headers.get("origin") not in origins():
        return False
    return request.path in (reverse("wagtailapi_v2:page_preview:detail"), reverse("front_end_userbar"))
