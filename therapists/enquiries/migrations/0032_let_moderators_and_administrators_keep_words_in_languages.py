"""Who keeps the words of settings in other languages: those who publish, because such words have no drafts."""

from django.db import migrations

from core.group_permissions import KEEPING, grant

WHO = ["Moderators", "Administrators"]


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0031_say_what_visitors_read_out_of_hours_in_other_languages"),
        ("home", "0011_say_settings_in_other_languages"),
        ("therapies", "0009_ask_of_therapies_in_other_languages"),
    ]

    operations = [
        grant(WHO, "home", "practicetranslation", "practice in another language", KEEPING),
        grant(WHO, "home", "crisishelptranslation", "urgent help in another language", KEEPING),
        grant(WHO, "home", "navigationtranslation", "navigation in another language", KEEPING),
        grant(
            WHO, "therapies", "dimensiontranslation", "point of comparison in another language", KEEPING
        ),
        grant(WHO, "enquiries", "enquirysettingstranslation", "enquiries in another language", KEEPING),
    ]
