import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import home.encryption.fields
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Endpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='What you call it: “The app”.', max_length=80, verbose_name='name')),
                ('url', models.CharField(help_text='Where messages are sent. It begins with https:// and holds no name or password.', max_length=500, verbose_name='address')),
                ('events', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('page.published', 'A page was published, or appeared in another way'), ('page.unpublished', 'A page is no longer public'), ('page.moved', 'A page has another address or place'), ('page.deleted', 'A page was deleted'), ('availability.changed', 'A therapist’s availability changed, or a registration of several ended'), ('facts.changed', 'A point of comparison, source or reviewer changed'), ('glossary.changed', 'An explained word changed'), ('images.changed', 'An image changed'), ('documents.changed', 'A document changed'), ('redirects.changed', 'A redirect changed'), ('settings.changed', 'The practice, the navigation or urgent help changed'), ('site.changed', 'Anything may have changed: read everything anew')], max_length=30), default=list, verbose_name='what it hears of')),
                ('is_active', models.BooleanField(default=True, help_text='While it is off nothing is sent, and nothing is kept for later.', verbose_name='switched on')),
                ('paused_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='stopped')),
                ('paused_because', models.CharField(blank=True, editable=False, max_length=80, verbose_name='why it stopped')),
            ],
            options={
                'verbose_name': 'endpoint',
                'verbose_name_plural': 'endpoints',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='KnownPage',
            fields=[
                ('page_id', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('type', models.CharField(max_length=100)),
                ('url', models.TextField()),
                ('path', models.TextField()),
                ('parent_id', models.PositiveBigIntegerField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('state', models.TextField(default='')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='EndpointSecret',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed_secret', home.encryption.fields.EncryptedTextField(default='', verbose_name='secret')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('shown_at', models.DateTimeField(null=True, verbose_name='shown')),
                ('retires_at', models.DateTimeField(null=True, verbose_name='ends')),
                ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='secrets', to='webhooks.endpoint')),
            ],
            options={
                'verbose_name': 'secret',
                'ordering': ['-created_at'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('page.published', 'A page was published, or appeared in another way'), ('page.unpublished', 'A page is no longer public'), ('page.moved', 'A page has another address or place'), ('page.deleted', 'A page was deleted'), ('availability.changed', 'A therapist’s availability changed, or a registration of several ended'), ('facts.changed', 'A point of comparison, source or reviewer changed'), ('glossary.changed', 'An explained word changed'), ('images.changed', 'An image changed'), ('documents.changed', 'A document changed'), ('redirects.changed', 'A redirect changed'), ('settings.changed', 'The practice, the navigation or urgent help changed'), ('site.changed', 'Anything may have changed: read everything anew'), ('test', 'A test')], max_length=30, verbose_name='what')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), default=list, verbose_name='surrogate keys')),
                ('page', models.JSONField(null=True, verbose_name='page')),
                ('paths', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, verbose_name='addresses')),
                ('transaction', models.BigIntegerField(editable=False)),
            ],
            options={
                'verbose_name': 'event',
                'ordering': ['-created_at'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['transaction', 'kind'], name='event_of_transaction')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('sending', 'Sending'), ('sent', 'Sent'), ('failed', 'Failed'), ('cancelled', 'No longer needed')], default='queued', max_length=10, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created')),
                ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next attempt')),
                ('leased_until', models.DateTimeField(null=True, verbose_name='being sent until')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                ('last_error', models.CharField(blank=True, max_length=80, verbose_name='last error')),
                ('status_code', models.PositiveSmallIntegerField(null=True, verbose_name='answer')),
                ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='webhooks.endpoint', verbose_name='endpoint')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='webhooks.event', verbose_name='event')),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'ordering': ['-created_at'],
                'abstract': False,
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['state', 'next_attempt_at'], name='delivery_by_next_attempt')],
                'constraints': [models.UniqueConstraint(fields=('event', 'endpoint'), name='one_delivery_of_an_event')],
            },
        ),
    ]
