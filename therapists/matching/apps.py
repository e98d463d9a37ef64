from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "therapists.matching"
    verbose_name = _("Matching")

    def ready(self) -> None:
        from therapists.enquiries.public.told_answers import register_told_answers
        from therapists.matching.views.change import read_told

        register_told_answers(read_told)
