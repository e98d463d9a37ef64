from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0007_describe_sources_and_points_of_comparison"),
        ("therapies", "0007_let_clinicians_sign_off_therapies_and_concerns"),
    ]

    operations: list[migrations.operations.base.Operation] = []
