from wagtail.snippets.models import register_snippet

from therapies.viewsets import FactsViewSetGroup

register_snippet(FactsViewSetGroup)
