from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app


@app.task(name="second_factor.notify", queue="mail", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def notify(person_id: int, change: str) -> None:
    """E-mail the person. The text names no factor and no address, for others may read it."""
    person = get_user_model().objects.filter(pk=person_id).exclude(email="").first()
    if person is None:
        return
    words = {"person": person, "change": change, "site_name": settings.WAGTAIL_SITE_NAME}
    send_mail(
        _("Your sign-in was changed"),
        render_to_string("emails/second_factor.txt", words),
        from_email=None,
        recipient_list=[person.email],
    )
