"""Files made to hurt: what stands in each, and what is told of it.

Every case is a function that returns the content, so that only what is asked for is built.
"""

import itertools
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.scenario_files import SOUND, edited

LIMIT = 262_144


class Hostile(NamedTuple):
    """A hostile file: how it is made, words of what is told, and how its name ends."""

    make: Callable[[], bytes | str]
    words: str = ""
    suffix: str = ".yaml"

    def raw(self) -> bytes:
        made = self.make()
        return made if isinstance(made, bytes) else made.encode()


def titled(title: str) -> str:
    return edited(("A small scenario", title))


def filled(unit: str, start: str = "") -> str:
    """Return as many repetitions of a text as a file may hold."""
    return start + unit * ((LIMIT - len(start)) // len(unit))


def players(count: int, options: int) -> str:
    listed = ",".join(f"{{id: o{k}, label: o}}" for k in range(options))
    entries = (f"- {{id: a{n}, label: A, options: [{listed}]}}\n" for n in range(count))
    return f"format: 1\nid: made\ntitle: Made\nplayers:\n{''.join(entries)}"


def parameters(count: int, more: str = "") -> str:
    entries = (
        f"- {{id: p{n}, label: p, default: 1, low: 1, high: 2{more}}}\n" for n in range(count)
    )
    return f"parameters:\n{''.join(entries)}"


def terms(values: Sequence[str], when: str = "{a0: [o1], a1: [o1]}", more: str = "") -> str:
    entries = (
        f'- {{id: t{n}, player: a{n % 2}, label: t, value: "{value}", when: {when}{more}}}\n'
        for n, value in enumerate(values)
    )
    return f"terms:\n{''.join(entries)}"


def presets(count: int, expect: str) -> str:
    entries = (f"- {{id: z{n}, label: z, expect: {expect}}}\n" for n in range(count))
    return f"presets:\n{''.join(entries)}"


def records(count: int, prefix: str = "R") -> str:
    rest = "claim: c, claimant: c, date: d, as_of: d, status: alleged, source: s"
    entries = (f"- {{id: {prefix}{n:04}, {rest}}}\n" for n in range(count))
    return f"evidence:\n{''.join(entries)}"


def wrong_citations(prefix: str, wrong: str, count: int) -> str:
    cited = ",".join(f"{wrong}{n:04}" for n in range(count))
    return players(2, 2) + records(1000, prefix) + terms(["1"], more=f", evidence: [{cited}]")


def derived_chain() -> str:
    first = "+".join(f"p{n}" for n in range(40))
    links = [first, *(f"(d{n}+1)/2{'+d0' * 20}" for n in range(499))]
    entries = (f'- {{id: d{n}, value: "{link}"}}\n' for n, link in enumerate(links))
    text = players(2, 2) + parameters(40) + f"derived:\n{''.join(entries)}"
    return text + terms(["d499 / (p0 - 1)", *("d499" for _ in range(1200))])


def table(shape: Sequence[int], cell: Callable[[int], str]) -> str:
    count = itertools.count()

    def part(rest: Sequence[int]) -> str:
        if not rest:
            return cell(next(count))
        return "[" + ",".join(part(rest[1:]) for _ in range(rest[0])) + "]"

    return "payoffs:\n" + "".join(f"  a{n}: {part(shape)}\n" for n in range(len(shape)))


def nfg(rest: str) -> str:
    return f'NFG 1 R "t" {rest}'


ALL_PLAYERS = "{" + ", ".join(f"a{n}: [o1]" for n in range(8)) + "}"
LONG = "ab" * 18

YAML = {
    "python object": Hostile(lambda: b"a: !!python/object/apply:os.system ['id']\n", "YAML tags"),
    "python name": Hostile(lambda: b"!!python/name:os.system ''\n", "YAML tags"),
    "binary tag": Hostile(lambda: b"a: !!binary R0lGODlhDAAMAIQAAP==\n", "YAML tags"),
    "set tag": Hostile(lambda: b"!!set {a, b}\n", "YAML tags"),
    "billion laughs": Hostile(
        lambda: b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n", "YAML anchors"
    ),
    "alias to nothing": Hostile(lambda: b"a: *b\n", "YAML aliases"),
    "an alias to itself": Hostile(lambda: b"&a [*a]\n", "YAML anchors"),
    "merge key": Hostile(lambda: edited(("format: 1\n", "format: 1\n<<: {id: b}\n")), "<<"),
    "two documents": Hostile(lambda: SOUND.encode() + b"---\n" + SOUND.encode(), "second YAML"),
    "ten thousand documents": Hostile(lambda: filled("---\n"), "second YAML"),
    "unhashable key": Hostile(lambda: b"? [a, b]\n: 1\n", "a key must be a plain word"),
    "mapping as key": Hostile(lambda: b"{{a: 1}: 2}\n", "a key must be a plain word"),
    "keys of other types": Hostile(lambda: b"1: a\n2.5: b\ntrue: c\nnull: d\n", "not a field"),
    "deep flow lists": Hostile(lambda: filled("["), "24 levels"),
    "deep flow mappings": Hostile(lambda: filled("{a: "), "24 levels"),
    "deep block lists": Hostile(lambda: filled("- "), "24 levels"),
    "deep block mappings": Hostile(
        lambda: "".join(f"{' ' * n}a:\n" for n in range(700)), "24 levels"
    ),
    "deep keys": Hostile(lambda: filled("? "), "plain word"),
    "unclosed list": Hostile(lambda: b"a: [1, 2\nb: 3\n", "not YAML"),
    "unclosed quote": Hostile(lambda: b'a: "' + b"x" * 200_000, "not YAML"),
    "only backslashes": Hostile(lambda: b'a: "' + b"\\" * 200_000, "not YAML"),
    "a huge word": Hostile(lambda: titled("x" * 250_000), "at most 4000 characters"),
    "a huge quoted text": Hostile(lambda: titled('"' + "\\x41" * 60_000 + '"'), "at most 4000"),
    "a huge block": Hostile(lambda: filled("  x\n", "title: |\n"), "at most 4000"),
    "a huge key": Hostile(lambda: b"k" * 200_000 + b": 1\n", "not YAML"),
    "a huge quoted key": Hostile(lambda: b'"' + b"k" * 900 + b'": 1\n', "not a field here"),
    "a million keys": Hostile(
        lambda: b"".join(b"k%d: 1\n" % n for n in range(1_000_000)), "larger than 262144 bytes"
    ),
    "keys up to the limit": Hostile(
        lambda: "".join(f"k{n}: 1\n" for n in range(24_900)), "not a field here"
    ),
    "one key again and again": Hostile(lambda: filled("a: 1\n"), "more than 50000 entries"),
    "a list up to the limit": Hostile(lambda: "title: [" + "1," * 49_000 + "1]", "should be text"),
    "a list beyond the limit": Hostile(lambda: filled("- a\n"), "more than 50000 entries"),
    "only comments": Hostile(lambda: filled("# x\n"), "should be a mapping of fields"),
    "only spaces": Hostile(lambda: b" " * LIMIT, "should be a mapping of fields"),
    "only tabs": Hostile(lambda: b"\t" * LIMIT, "not YAML"),
    "only line ends": Hostile(lambda: b"\n" * LIMIT, "should be a mapping of fields"),
    "an empty file": Hostile(lambda: b"", "should be a mapping of fields"),
    "one byte too many": Hostile(lambda: b"#" * (LIMIT + 1), "larger than 262144 bytes"),
    "directives": Hostile(lambda: filled("%YAML 1.2\n"), "not YAML"),
}

ENCODINGS = {
    "a zero": Hostile(lambda: titled("a\0b"), "U+0000"),
    "raw escapes": Hostile(lambda: titled("\x1b]0;x\x07"), "U+001B"),
    "utf-16": Hostile(lambda: SOUND.encode("utf-16"), "not UTF-8"),
    "utf-16 without a mark": Hostile(lambda: SOUND.encode("utf-16-le"), "U+0000"),
    "utf-32": Hostile(lambda: SOUND.encode("utf-32"), "not UTF-8"),
    "latin-1": Hostile(lambda: titled("é").encode("latin-1"), "not UTF-8"),
    "overlong utf-8": Hostile(
        lambda: titled("x").encode().replace(b"x", b"\xc0\xaf"), "not UTF-8"
    ),
    "half a character": Hostile(lambda: titled('"\\ud800"'), "half of a character"),
    "raw half a character": Hostile(
        lambda: titled("x").encode().replace(b"x", b"\xed\xa0\x80"), "UTF-8"
    ),
    "every byte": Hostile(lambda: bytes(range(256)) * 1000, "not UTF-8"),
    "an archive": Hostile(lambda: b"PK\x03\x04" + bytes(5000), "U+0003"),
    "a mark in the middle": Hostile(lambda: titled("a\ufeffb") + "x: 1\n", "not a field here"),
    "escapes in a key": Hostile(lambda: b'"\\e[2J\\x9b2J\\n\\u202e": 1\n', r"'\x1b[2J\x9b2J\n"),
    "escapes in values": Hostile(
        lambda: edited(("focal: sea", 'focal: "\\e[2J\\nx"')), r"'\x1b[2J\nx'"
    ),
}

NUMBERS = {
    name: Hostile(
        lambda written=written: edited(("default: 2", f"default: {written}")),
        "parameters[0].default",
    )
    for name, written in {
        "1e400": "1e400", "nan": ".nan", "infinity": ".inf", "minus infinity": "-.inf",
        "400 digits": "9" * 400, "5000 digits": "9" * 5000, "hexadecimal": "0x10",
        "octal": "0o17", "underscores": "1_000", "sexagesimal": "1:30", "true": "true",
        "a date": "2024-10-22", "text": '"2"', "a huge fraction": "0." + "3" * 100_000 + "e9",
    }.items()
}  # fmt: skip

FORMULAS = {
    name: Hostile(
        lambda written=written: edited(("value: prize - cost", f"value: {written}")),
        "derived[0].value",
    )
    for name, written in {
        "import": "\"__import__('os').system('id')\"",
        "eval": '"eval(cost)"',
        "attribute": '"cost.__class__"',
        "lambda": '"(lambda: 1)()"',
        "comprehension": '"[x for x in cost]"',
        "walrus": '"cost := 2"',
        "comparison": '"cost > 2"',
        "condition": '"1 if cost else 2"',
        "string": "\"'a' * 99\"",
        "tower of powers": '"9**9**9**9"',
        "power of a parameter": '"2**cost"',
        "large exponent": '"cost**99999999"',
        "powers beyond all floats": '"((((1e15**8)**8)**8)**8)"',
        "exponentials beyond all floats": '"exp(exp(exp(exp(9))))"',
        "division by zero": '"1/(cost-cost)"',
        "a number beyond all floats": '"1e999999999"',
        "200,000 characters": '"' + "1+" * 100_000 + '1"',
        "20,000 parentheses": '"' + "(" * 20_000 + ")" * 20_000 + '"',
        "200 minus signs": '"' + "-" * 200 + '1"',
        "escapes": '"\\e[2Jcost"',
        "other scripts' digits": '"\\u0663 + \\u0664"',
    }.items()
}

SIZES = {
    "8 players with 32 options": Hostile(
        lambda: players(8, 32) + terms(["1"]), "1099511627776 strategy profiles"
    ),
    "5,000 players": Hostile(
        lambda: (
            players(2, 2).replace("players:\n", "players:\n" + "- {label: A}\n" * 5_000)
            + terms(["1"])
        ),
        "players[5].id: required",
    ),
    "2,000 players of two options": Hostile(
        lambda: players(2000, 2) + terms(["1"]), "at most 8 supported"
    ),
    "8,000 options": Hostile(lambda: players(1, 8000) + terms(["1"]), "at most 32 supported"),
    "1,200 terms over all players": Hostile(
        lambda: players(8, 3) + terms(["1"] * 1200, ALL_PLAYERS), "combinations in all"
    ),
    "5,000 terms": Hostile(
        lambda: players(2, 2) + "terms:\n" + "- {id: t, value: 1}\n" * 5000,
        "at most 2000",
    ),
    "400 presets": Hostile(
        lambda: players(2, 2) + terms(["1"]) + presets(400, "{}"), "at most 100"
    ),
    "20,000 wrong citations": Hostile(
        lambda: wrong_citations("R", "Q", 20_000), "no evidence record 'Q0000'"
    ),
    "long wrong citations": Hostile(
        lambda: wrong_citations(LONG, LONG[::-1], 2_800), "no evidence record"
    ),
    "20,000 wrong names": Hostile(
        lambda: (
            players(2, 2)
            + parameters(500)
            + terms(["+".join(f"q{n * 45 + k}" for k in range(45)) for n in range(440)])
        ),
        "'q0' is not defined",
    ),
    "20,000 wrong settings": Hostile(
        lambda: (
            players(2, 2)
            + parameters(500)
            + terms(["p1"])
            + "presets:\n- {id: a, label: a, set: {"
            + ",".join(f"q{n}: 1" for n in range(20_000))
            + "}}\n"
        ),
        "no parameter or constant 'q0'",
    ),
    "30,000 wrong profiles": Hostile(
        lambda: (
            players(2, 2)
            + terms(["1"])
            + f"presets:\n- {{id: a, label: a, expect: {{pure: [{'q,' * 30_000}q]}}}}\n"
        ),
        "'q' is no profile",
    ),
    "wrong profiles of long names": Hostile(
        lambda: (
            players(2, 2).replace("id: a0,", f"id: {'a' * 60_000},")
            + terms(["1"])
            + f"presets:\n- {{id: a, label: a, expect: {{pure: [{'q,' * 20_000}q]}}}}\n"
        ),
        "'q' is no profile",
    ),
    "quantities looked up in a long list": Hostile(
        lambda: (
            players(2, 2)
            + "derived:\n"
            + "".join(f"- {{id: d{n}, value: 1}}\n" for n in range(500))
            + terms(["d499+" * 48 + "x", *("d499+" * 48 + "1" for _ in range(690))])
        ),
        "'x' is not defined",
    ),
    "a chain of 500 quantities": Hostile(derived_chain, "not finite at p0 = 1"),
    "thousands of corners": Hostile(
        lambda: (
            players(2, 2)
            + parameters(12)
            + terms(["+".join(f"p{n}" for n in range(12)) + "+1/p1" * 8 + "+1/(p2-2)"] * 1100)
        ),
        "not finite at",
    ),
    "100 presets of a large game full of ties": Hostile(
        lambda: (
            players(8, 3)
            + terms(["0.1+0.2"] * 80, ALL_PLAYERS)
            + presets(100, "{pure: [o1/o1/o1/o1/o1/o1/o1/o1]}")
        ),
        "the pure equilibria here are",
    ),
    "100 presets of a game without pure equilibria": Hostile(
        lambda: (
            players(2, 7)
            + table((7, 7), lambda n: str((n * n * 31 + n * 17) % 23 / 7))
            + presets(100, "{pure: [o1/o1], equilibria: 900}")
        ),
        "the pure equilibria here are",
    ),
    "a table of 15,000 formulas": Hostile(
        lambda: (
            players(7, 3)
            + "parameters: [{id: q, label: q, default: 1, low: 1, high: 2}]\n"
            + table((3,) * 7, lambda n: f"q/{n}")
        ),
        "not finite at q = 1",
    ),
    "a table of lists": Hostile(
        lambda: players(2, 2) + "payoffs:\n  a0: " + "[" * 20 + "]" * 20 + "\n  a1: 5\n",
        "nested lists of 2 x 2 entries",
    ),
}

REGISTERS = {
    name: Hostile(
        lambda slug=slug: edited((SOUND[SOUND.index("evidence:") : SOUND.index("blocs:")],
                                 f"evidence: {slug}\n")),
        words,
    )
    for name, slug, words in (
        ("a register outside", "../../etc/passwd", "names no register"),
        ("an absolute register", "/etc/passwd", "names no register"),
        ("a register of escapes", '"\\e[2J"', "names no register"),
        ("a register of 100,000 records", "crowd", "register.yaml:1: (file): larger than 262144"),
        ("a register that is a bomb", "bomb", "register.yaml:1: (file): YAML anchors"),
        ("a register that is a folder", "folder", "no register 'folder'"),
        ("a register that is a loop", "loop", "no register 'loop'"),
        ("a register that is a pipe", "pipe", "no register 'pipe'"),
    )
}  # fmt: skip

GAMES = {
    name: Hostile(lambda rest=rest: nfg(rest()), words, ".nfg")
    for name, rest, words in (
        ("more options than payoffs", lambda: '{ "a" "b" } { 999 999 } 1 2', "998001 profiles"),
        ("millions of options", lambda: '{ "a" "b" } { 99999999 2 } 1', "options of 2"),
        ("fewer payoffs than told", lambda: '{ "a" "b" } { 30 30 } ' + "1 " * 99, "900 with 2"),
        ("more payoffs than told", lambda: '{ "a" "b" } { 2 2 } ' + "1 " * 120_000, "4 with 2"),
        ("30,000 players", lambda: "{ " + '"a" ' * 30_000 + "} { 1 } 1", "30000 players"),
        ("nested braces", lambda: "{" * 200_000, "3 deep"),
        ("empty braces", lambda: "{" + "{}" * 100_000 + "}", "not a strategic game"),
        ("unclosed quotes", lambda: '"' * 200_001, "never closed"),
        ("backslashes", lambda: '"' + "\\" * 200_001, "never closed"),
        ("unclosed brace", lambda: '{ "a" "b"', "never closed"),
        ("an outcome too far", lambda: '{ "a" "b" } { 1 1 } {{"x" 1, 2}} 999999', "of an outcome"),
        ("huge numbers", lambda: '{ "a" "b" } { 1 1 } 1e999 2', "is out of range"),
        ("long numbers", lambda: '{ "a" "b" } { 1 1 } ' + "9" * 200_000 + " 1", "is not a number"),
        ("a large table with one fault",
         lambda: '{ "a" "b" "c" "d" "e" "f" "g" } { 4 4 4 4 4 4 4 }' + " 1" * 114_687 + " 9e307",
         "beyond 8e+307"),
    )
}  # fmt: skip

CASES = {**YAML, **ENCODINGS, **NUMBERS, **FORMULAS, **SIZES, **REGISTERS, **GAMES}
