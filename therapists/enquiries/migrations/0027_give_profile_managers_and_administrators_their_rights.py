"""Profile managers and Administrators, as every installation has them; and who may begin a translation.

It stands in the app that knows all others. What profile managers may do with pages is theirs below each
directory: `therapists.signal_handlers` grants the same to a directory that is made later.
"""

from typing import Any

from django.db import migrations

from core.group_permissions import KEEPING, KEEPING_DRAFTS, create_group, grant

PROFILES, ADMINISTRATION = "Profile managers", "Administrators"
OF_DIRECTORIES = ("add", "change", "publish", "lock", "unlock")
OF_ALL_PAGES = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
OF_FILES = ("add", "change", "choose")


def grant_places(apps: Any, _schema_editor: Any) -> None:
    """Grant what holds for a part of the site: pages below a directory, and pictures and documents."""
    group, page = apps.get_model("auth", "Group"), apps.get_model("wagtailcore", "Page")
    of_page = apps.get_model("wagtailcore", "GroupPagePermission")
    of_collection = apps.get_model("wagtailcore", "GroupCollectionPermission")
    permission, kind = apps.get_model("auth", "Permission"), apps.get_model("contenttypes", "ContentType")

    def named(app_label: str, model: str, action: str) -> Any:
        content_type, _created = kind.objects.get_or_create(app_label=app_label, model=model)
        return permission.objects.get_or_create(
            content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
        )[0]

    profiles, administration = (group.objects.get(name=name) for name in (PROFILES, ADMINISTRATION))
    directories = page.objects.filter(content_type__app_label="therapists", content_type__model="therapistindexpage")
    root = page.objects.get(depth=1)
    for role, actions, places in ((profiles, OF_DIRECTORIES, directories), (administration, OF_ALL_PAGES, [root])):
        for place in places:
            for action in actions:
                of_page.objects.get_or_create(
                    group=role, page=place, permission=named("wagtailcore", "page", action)
                )
    everything = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for role, app_label, model in (
        (profiles, "wagtailimages", "image"),
        (administration, "wagtailimages", "image"),
        (administration, "wagtaildocs", "document"),
    ):
        for action in OF_FILES:
            of_collection.objects.get_or_create(
                group=role, collection=everything, permission=named(app_label, model, action)
            )


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0026_let_the_database_delete_what_goes_with_an_enquiry"),
        ("core", "0002_moderators_keep_reviewers"),
        ("home", "0002_editors_keep_explained_words"),
        ("therapies", "0002_editors_keep_sources_and_points_of_comparison"),
        ("therapists", "0003_keep_who_left_beside_the_profile"),
        ("search", "0004_editors_keep_help_elsewhere"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        create_group(PROFILES),
        create_group(ADMINISTRATION),
        grant([PROFILES], "therapists", "therapistprivate", "private record", KEEPING),
        grant([PROFILES, ADMINISTRATION], "therapists", "availability", "availability", KEEPING),
        grant([PROFILES, ADMINISTRATION], "therapists", "departure", "departure", KEEPING),
        grant([ADMINISTRATION], "auth", "user", "user", KEEPING),
        grant([ADMINISTRATION], "auth", "group", "group", KEEPING),
        grant([ADMINISTRATION], "core", "reviewer", "reviewer", KEEPING),
        grant([ADMINISTRATION], "therapies", "reference", "source", KEEPING_DRAFTS),
        grant([ADMINISTRATION], "therapies", "comparisondimension", "point of comparison", KEEPING_DRAFTS),
        grant([ADMINISTRATION], "home", "glossaryterm", "explained word", KEEPING_DRAFTS),
        grant([ADMINISTRATION], "search", "otherhelp", "help elsewhere", KEEPING),
        grant([ADMINISTRATION], "home", "practicesettings", "practice", ("change",)),
        grant([ADMINISTRATION], "home", "crisishelp", "urgent help", ("change",)),
        grant([ADMINISTRATION], "home", "navigation", "navigation", ("change",)),
        grant([ADMINISTRATION], "enquiries", "enquirysettings", "enquiries", ("change",)),
        grant([ADMINISTRATION], "webhooks", "endpoint", "webhook", KEEPING),
        grant([ADMINISTRATION], "webhooks", "delivery", "delivery", ("view",)),
        grant([ADMINISTRATION], "wagtailcore", "site", "site", KEEPING),
        grant([ADMINISTRATION], "wagtailcore", "collection", "collection", ("add", "change", "delete")),
        grant([ADMINISTRATION], "wagtailcore", "workflow", "workflow", ("add", "change", "delete")),
        grant([ADMINISTRATION], "wagtailcore", "task", "task", ("add", "change", "delete")),
        grant([ADMINISTRATION], "wagtailredirects", "redirect", "redirect", ("add", "change", "delete")),
        grant(
            [ADMINISTRATION],
            "wagtailsearchpromotions",
            "searchpromotion",
            "search promotion",
            ("add", "change", "delete"),
        ),
        # Shown where a site has several languages.
        grant(
            ["Editors", "Moderators", ADMINISTRATION],
            "simple_translation",
            "simpletranslation",
            "translation",
            ("submit",),
            codename="submit_translation",
        ),
        migrations.RunPython(grant_places, migrations.RunPython.noop),
    ]
