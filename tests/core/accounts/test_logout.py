from django.contrib.sessions.models import Session
from django.urls import reverse


def test_only_a_post_signs_out(admin_client):
    """A cookie that is deleted while the session lives on only looks like it."""
    address = reverse("wagtailadmin_logout")
    answer = admin_client.get(address)
    assert answer.url == reverse("wagtailadmin_home")
    assert not answer.cookies
    assert admin_client.get(answer.url).status_code == 200
    assert Session.objects.count() == 1
    answer = admin_client.post(address)
    assert answer.cookies["sessionid"].value == ""
    assert not Session.objects.exists()
