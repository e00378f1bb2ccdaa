"""Stills are made of a chapter as one who has worked through it sees it."""

import pix2net
from grader.weave import make_stills
from solutions.ch07_mlp.MLP import MLP


def test_references_are_there_while_a_chapter_runs_and_gone_afterwards():
    before = pix2net.mine
    with make_stills._references_as_mine():
        assert pix2net.mine("MLP") is MLP
    assert pix2net.mine is before
