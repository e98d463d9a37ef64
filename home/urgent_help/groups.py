from enum import StrEnum


class HelpGroup(StrEnum):
    """What words may be about. The values are public: they are in the API and in the rule files."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    HARM_TO_OTHERS = "harm_to_others"
    ABUSE = "abuse"
    PSYCHOSIS = "psychosis"
    EATING = "eating"
