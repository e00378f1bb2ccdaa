"""A message cannot make the trusted side slow: rule 5, another submission's time slot."""

import json
import sys

import pytest

from pix2net.judging import codec


def message(header):
    body = json.dumps(header).encode()
    return len(body).to_bytes(codec.HEADER_BYTES, "big") + body


def test_rule_05_keys_of_equal_hash_are_refused_before_a_dict_is_made_of_them():
    modulus = sys.hash_info.modulus
    pairs = [[k * modulus, 0] for k in range(1, 60_000)]
    with pytest.raises(codec.CodecError, match="key"):
        codec.loads(message({"$d": pairs}))


def test_ordinary_keys_cross():
    value = {1: "a", -5: "b", "x": 1, 2.5: None, False: 0, None: 3}
    assert codec.loads(codec.dumps(value)) == value


def test_a_dict_with_a_key_that_cannot_cross_is_named_by_its_type():
    assert codec.loads(codec.dumps({2**70: 1})) == codec.Opaque("dict")
