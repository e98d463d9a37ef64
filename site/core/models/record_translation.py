"""`RecordTranslation`: the words of a record that all languages share, in one of the others."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.models import Locale, Site

from core.admin.checking import CheckedForm
from core.languages import active_language, is_another_language


def make_settings(kind: Any) -> None:
    """Store the records of a setting that nobody opened yet, so that they can be chosen."""
    if issubclass(kind, BaseSiteSetting):
        for site in Site.objects.all():
            kind.for_site(site)
    elif issubclass(kind, BaseGenericSetting):
        kind.load()


class RecordTranslationForm(CheckedForm):
    """Begins with the lists of the main language, so that nobody types phone numbers again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        translation: Any = self.instance
        others = Locale.objects.exclude(language_code=settings.LANGUAGE_CODE)
        self.fields["locale"].queryset = others.filter(language_code__in=dict(settings.LANGUAGES))
        kind = translation._meta.get_field("original").related_model
        make_settings(kind)
        originals = list(kind._default_manager.all()[:2])
        if translation._state.adding and len(originals) == 1:
            [original] = originals
            copied = {name: getattr(original, name) for name in translation.copied_at_first}
            self.initial |= {"original": original.pk} | copied


class RecordTranslation(models.Model):
    """What is left empty is said in the main language.

    A concrete model has an `original`, a foreign key whose reverse accessor is `translations`, and fields of
    that record under their own names.
    """

    #: Fields that a new translation begins with, as the main language has them.
    copied_at_first: ClassVar[tuple[str, ...]] = ()
    #: Fields that only hold together with another one of this record, by its name.
    belongs_to: ClassVar[dict[str, str]] = {}

    locale = models.ForeignKey(
        Locale,
        verbose_name=_("language"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Of those beside the site’s main language."),
    )

    base_form_class = RecordTranslationForm

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["original", "locale"],
                name="%(class)s_once_in_a_language",
                violation_error_message=_("There are words in this language already: change those."),
            )
        ]

    def __str__(self) -> str:
        return str(self.locale)

    @classmethod
    def word_fields(cls) -> list[str]:
        return [
            field.name for field in cls._meta.local_fields if field.name not in {"id", "original", "locale"}
        ]

    def words(self) -> dict[str, Any]:
        """Return what it says in place of the main language, by field."""
        said = {name for name in self.word_fields() if getattr(self, name)}
        with_others = {name for name, other in self.belongs_to.items() if other in said}
        alone = said - self.belongs_to.keys()
        return {name: getattr(self, name) for name in self.word_fields() if name in alone | with_others}


def words_in_active_language(translations: models.QuerySet[Any]) -> dict[int, dict[str, Any]]:
    """Return what records say in the active language, by their keys; nothing in the main language."""
    if not is_another_language():
        return {}
    found = translations.filter(locale__language_code=active_language())
    return {translation.original_id: translation.words() for translation in found}
