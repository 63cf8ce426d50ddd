"""The batch interface: one line of JSON facts in, one line of JSON decision out.

Source: design, funding rules, section 7.
"""

import json
from typing import NamedTuple, NoReturn

from funding.rules.decide import decide
from funding.rules.facts import Facts, FactsError

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def _refuse_constant(name: str) -> NoReturn:
    raise FactsError(f"the line holds {name}, which is not JSON")


# Made once: json.loads would make one a line.
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


class Answer(NamedTuple):
    line: str
    decided: bool


def answer_line(raw: bytes, number: int) -> Answer:
    """The decision for one line of UTF-8, or an error object that carries the line's number (from 1).

    Never raises, whatever the bytes. The answer is ASCII and has no newline.
    """
    try:
        decision = decide(Facts.from_json(_object(raw, number)))
    except FactsError as problem:
        return Answer(json.dumps({"error": str(problem), "line": number}), decided=False)
    return Answer(json.dumps(decision.to_json()), decided=True)


def _object(raw: bytes, number: int) -> object:
    if number == 1:
        raw = raw.removeprefix(BYTE_ORDER_MARK)
    if not raw.strip():
        raise FactsError("the line is empty; it must be a JSON object of facts")
    try:
        return _DECODER.decode(raw.decode())
    except UnicodeDecodeError as problem:
        raise FactsError(f"the line is not UTF-8 text from byte {problem.start + 1} on") from None
    except json.JSONDecodeError as problem:
        raise FactsError(f"the line is not JSON: {problem.msg} at column {problem.colno}") from None
    except RecursionError:
        raise FactsError("the line is nested too deeply; facts are an object of plain values") from None
    except FactsError:
        raise
    except ValueError:
        # Python reads no whole number of more than some thousands of digits.
        raise FactsError("the line holds a number too long to read; no fact is a number") from None
