import json
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class BoundedJSONParser(JSONParser):
    """Refuses what REST framework's parser accepts: lists nested by thousands, and lone surrogates.

    JSON can contain half of a surrogate pair, which can be neither stored nor sent back.
    """

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            data = super().parse(stream, media_type, parser_context)
            json.dumps(data, ensure_ascii=False).encode()
        except RecursionError:
            raise ParseError(_("This is nested too deeply.")) from None
        except UnicodeEncodeError:
            raise ParseError(_("This holds half of a letter, which is no text.")) from None
        return data
