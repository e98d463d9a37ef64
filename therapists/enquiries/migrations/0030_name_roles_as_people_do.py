"""Content editor, Clinical reviewer, Profile manager, Administrator: roles as people call them."""

from django.db import migrations

from core.group_permissions import rename_groups


class Migration(migrations.Migration):
    # After all that grants rights to the names of before.
    dependencies = [
        ("enquiries", "0029_write_to_therapists_whose_visitor_is_reached_otherwise"),
        ("core", "0007_send_digests_of_reviews"),
        ("home", "0007_say_what_changed_since_a_review"),
        ("therapies", "0006_tell_what_was_tested_and_not_found_better"),
        ("therapists", "0009_end_the_links_to_an_own_page"),
        ("search", "0005_find_conditional_words_by_an_index"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [rename_groups()]
