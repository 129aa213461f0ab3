"""Mutations of a part that know nothing of workbooks: its elements, attributes and texts, and its own text."""

import random
from copy import deepcopy
from xml.etree import ElementTree as ET

from tests.fuzz.package import NotHere, Opened, pick

NASTY = (
    "",
    " ",
    "-1",
    "0",
    "1",
    "2",
    " 5",
    "+5",
    "1_0",
    "٣",
    "1048577",
    "99999999999999999999",
    "1e3",
    "1e309",
    "NaN",
    "INF",
    "A0",
    "a1",
    "XFE1",
    "XFD1048576",
    "true",
    "s",
    "str",
    "inlineStr",
    "b",
    "e",
    "d",
    "shared",
    "array",
    "dataTable",
    "#REF!",
    "_x0041_",
    "_xD800_",
    "\u00a0",
    "../../x",
    "rId1",
    "a" * 40_000,
)
"""Values that an attribute or a text never has, or seldom."""


def _drop(file: Opened, rng: random.Random) -> None:
    parent, child = _child(file, rng)
    parent.remove(child)


def _duplicate(file: Opened, rng: random.Random) -> None:
    parent, child = _child(file, rng)
    parent.insert(list(parent).index(child) + rng.randrange(2), deepcopy(child))


def _move(file: Opened, rng: random.Random) -> None:
    root = _root(file, rng)
    parent, child = _below(root, rng)
    inside = set(child.iter())
    parent.remove(child)
    target = pick(rng, [one for one in root.iter() if one not in inside])
    target.insert(rng.randrange(len(target) + 1), child)


def _swap(file: Opened, rng: random.Random) -> None:
    parent = pick(rng, [one for one in _root(file, rng).iter() if len(one) > 1])
    one, other = rng.sample(range(len(parent)), 2)
    parent[one], parent[other] = parent[other], parent[one]


def _empty(file: Opened, rng: random.Random) -> None:
    _, child = _child(file, rng)
    child[:] = []
    child.text = None


def _rename(file: Opened, rng: random.Random) -> None:
    root = _root(file, rng)
    _, child = _below(root, rng)
    child.tag = pick(rng, sorted({one.tag for one in root.iter() if one.tag != child.tag}))


def _other_namespace(file: Opened, rng: random.Random) -> None:
    _, child = _child(file, rng)
    child.tag = "{urn:other}" + child.tag.rpartition("}")[2]


def _drop_attribute(file: Opened, rng: random.Random) -> None:
    element = _of_a_tag(rng, [one for one in _root(file, rng).iter() if one.attrib])
    del element.attrib[pick(rng, sorted(element.attrib))]


def _change_attribute(file: Opened, rng: random.Random) -> None:
    root = _root(file, rng)
    element = _of_a_tag(rng, [one for one in root.iter() if one.attrib])
    name = pick(rng, sorted(element.attrib))
    element.attrib[name] = rng.choice(NASTY) if rng.random() < 0.6 else _elsewhere(root, name, rng)


def _elsewhere(root: ET.Element, name: str, rng: random.Random) -> str:
    """What the attribute is on another element."""
    return pick(rng, [one.attrib[name] for one in root.iter() if name in one.attrib])


def _add_attribute(file: Opened, rng: random.Random) -> None:
    root = _root(file, rng)
    name = pick(rng, sorted({name for one in root.iter() for name in one.attrib}))
    _of_a_tag(rng, list(root.iter())).attrib[name] = _elsewhere(root, name, rng)


def _change_text(file: Opened, rng: random.Random) -> None:
    root = _root(file, rng)
    element = _of_a_tag(rng, [one for one in root.iter() if one.text and one.text.strip()])
    others = [one.text for one in root.iter() if one.text and one.text.strip()]
    element.text = rng.choice(NASTY) if rng.random() < 0.6 else pick(rng, others)


def _root(file: Opened, rng: random.Random) -> ET.Element:
    return file.tree(file.any_part(rng))


def _child(file: Opened, rng: random.Random) -> tuple[ET.Element, ET.Element]:
    return _below(_root(file, rng), rng)


def _below(root: ET.Element, rng: random.Random) -> tuple[ET.Element, ET.Element]:
    """An element and its parent; each tag is as likely as another half of the time."""
    parents = {child: parent for parent in root.iter() for child in parent}
    child = _of_a_tag(rng, list(parents))
    return parents[child], child


def _of_a_tag(rng: random.Random, found: list[ET.Element]) -> ET.Element:
    if rng.random() < 0.5:
        return pick(rng, found)
    tag = pick(rng, sorted({one.tag for one in found}))
    return pick(rng, [one for one in found if one.tag == tag])


def _byte_of_the_text(file: Opened, rng: random.Random) -> None:
    name = file.any_part(rng)
    content = bytearray(file.content(name))
    content[rng.randrange(len(content))] = rng.choice(b"<>&/\"'=;: 0123456789AZaz\x00\x80\xff")
    file.put(name, bytes(content))


def _span_of_the_text_dropped(file: Opened, rng: random.Random) -> None:
    name = file.any_part(rng)
    content = file.content(name)
    at = rng.randrange(len(content))
    file.put(name, content[:at] + content[at + rng.choice((1, 1, 2, 5, 40, 400)) :])


def _span_of_the_text_repeated(file: Opened, rng: random.Random) -> None:
    name = file.any_part(rng)
    content = file.content(name)
    at = rng.randrange(len(content))
    span = content[at : at + rng.choice((1, 2, 5, 40, 400))]
    file.put(name, content[:at] + span + content[at:])


def _digit_of_the_text(file: Opened, rng: random.Random) -> None:
    name = file.any_part(rng)
    content = bytearray(file.content(name))
    digits = [at for at, one in enumerate(content) if one in b"0123456789"]
    content[pick(rng, digits)] = rng.choice(b"0123456789")
    file.put(name, bytes(content))


def _encoding_declared(file: Opened, rng: random.Random) -> None:
    """Another encoding than the part is written in, or the part written in another."""
    name = file.any_part(rng)
    text = file.content(name).decode()
    body = text.partition("?>")[2] if text.startswith("<?xml") else text
    if not body:
        raise NotHere("the part is empty")
    encoding = rng.choice(("UTF-16", "UTF-16LE", "UTF-32", "ISO-8859-1", "US-ASCII", "x-unknown", "UTF-7"))
    declared = f'<?xml version="1.0" encoding="{encoding}"?>{body}'
    as_written = encoding in ("UTF-16", "ISO-8859-1") and rng.random() < 0.5
    file.put(name, declared.encode(encoding, "xmlcharrefreplace") if as_written else declared.encode())


def _declared_entity(file: Opened, rng: random.Random) -> None:
    name = file.any_part(rng)
    head, mark, body = file.content(name).partition(b"?>")
    file.put(name, head + mark + b'<!DOCTYPE x [<!ENTITY a "b">]>' + body)


ON_TREES = {
    "element dropped": _drop,
    "element duplicated": _duplicate,
    "element moved": _move,
    "elements swapped": _swap,
    "element emptied": _empty,
    "element renamed": _rename,
    "element of another namespace": _other_namespace,
    "attribute dropped": _drop_attribute,
    "attribute changed": _change_attribute,
    "attribute added": _add_attribute,
    "text changed": _change_text,
}
ON_TEXTS = {
    "text of a part: byte": _byte_of_the_text,
    "text of a part: span dropped": _span_of_the_text_dropped,
    "text of a part: span repeated": _span_of_the_text_repeated,
    "text of a part: digit": _digit_of_the_text,
    "text of a part: encoding": _encoding_declared,
    "text of a part: entity": _declared_entity,
}
