"""Stills are made of a chapter as one who has worked through it sees it."""

import pix2net
from grader.weave import make_stills
from solutions.ch07_mlp.MLP import MLP


def test_references_and_guesses_are_there_while_a_chapter_runs_and_gone_afterwards():
    before = pix2net.mine, pix2net.guessed
    with make_stills._worked_through():
        assert pix2net.mine("MLP") is MLP
        assert pix2net.guessed(None)
    assert (pix2net.mine, pix2net.guessed) == before
    assert not pix2net.guessed(None)
