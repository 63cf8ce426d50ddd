"""The name of a delivery partner as it is compared: in small letters, without signs, and without the words that say no
more than what kind of body it is. "Saffron & District Trust Ltd." is "saffron district".
"""

from django.db.models import F, Func, Value
from django.db.models.functions import Coalesce, Lower, NullIf, Replace, Trim

# Between spaces, since signs have become those. Where nothing else is left ("The Trust"), the name stands as it is.
SAYS_NOTHING = (
    "(\\y(the|and|of|ltd|limited|plc|llp|cic|trust|multi academy|mat|teaching school hub|tsh)\\y| )+"
)


def _without(text: Func, pattern: str, instead: str) -> Func:
    return Func(text, Value(pattern), Value(instead), Value("g"), function="regexp_replace")


_WITH_WORDS = Replace(Lower(F("name")), Value("&"), Value(" and "))
_WITHOUT_SIGNS = _without(_without(_WITH_WORDS, "['\u2019]", ""), "[^[:alnum:]]+", " ")
PLAIN_NAME = Coalesce(NullIf(Trim(_without(_WITHOUT_SIGNS, SAYS_NOTHING, " ")), Value("")), Lower(F("name")))
