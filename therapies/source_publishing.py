"""Publishes the sources of a therapy with it, where they never were public.

Facts without a public source are shown as the practice's own statement: a therapy that came with drafts of
its sources would say so of all of them. Whoever publishes the therapy has read them with it. One taken down
stays down.
"""

from django.db.models import Q

from therapies.models import Reference, TherapyPage


def publish_new_sources(sender: type[TherapyPage], instance: TherapyPage, **kwargs: object) -> None:
    cited = {source.pk for value in instance.values.all() for source in value.references.all()}
    cited |= {row.reference_id for row in instance.evidence.all() if row.reference_id}
    new = Reference.objects.filter(live=False, first_published_at=None, latest_revision__isnull=False)
    for source in new.filter(Q(pk__in=cited) | Q(supersedes__in=cited)).distinct():
        source.latest_revision.publish()
