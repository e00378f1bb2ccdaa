"""Receipts: signed by who receives, checked by anyone; a packing slip is none."""

import json
import stat

import pytest
from typer.testing import CliRunner

from grader.handed_in.signing import SIGNING_KEY, signing_key
from grader.release.course_dir import create_class
from pix2net.cli.app import app
from pix2net.handing_in.pack import pack
from pix2net.handing_in.receipt import PUBLIC_KEY, ReceiptError, check, public_text
from pix2net.handing_in.service import Joined

BOOK = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []})


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path):
    folder = create_class(tmp_path / "class")
    folder.source("01_toy").mkdir()
    (folder.source("01_toy") / "01_toy.ipynb").write_text(BOOK)
    return folder


@pytest.fixture
def collected(folder, tmp_path):
    """The receipt of a notebook that ada handed in."""
    (tmp_path / "01_toy.ipynb").write_text(BOOK)
    pack(tmp_path / "01_toy.ipynb", "ada", tmp_path / "in")
    assert run("collect", tmp_path / "in", "--class-dir", folder.root).exit_code == 0
    (found,) = folder.root.glob("receipts/ada/*.receipt.json")
    return found


def test_what_was_collected_has_a_receipt_that_anyone_can_check(collected, folder, tmp_path):
    public = folder.root / PUBLIC_KEY
    words = ["receipt", collected, "--key", public, "--notebook", tmp_path / "01_toy.ipynb"]
    done = run(*words, "--json")
    (told,) = json.loads(done.stdout)
    assert done.exit_code == 0
    assert told["valid"] is True
    assert (told["student"], told["assignment"]) == ("ada", "01_toy")
    assert run("receipt", collected, "--key", public.read_text()).exit_code == 0
    assert run("receipt", collected, "--class-dir", folder.root).exit_code == 0
    found = run("collect", "--receipt", collected, "--json", "--class-dir", folder.root)
    assert json.loads(found.stdout)[0]["digest"] == told["sha256"]


@pytest.mark.parametrize(
    ("name", "value"), [("student", "bob"), ("attempt", 2), ("sha256", "0" * 64), ("received", "")]
)
def test_a_receipt_that_was_changed_does_not_hold(collected, folder, name, value):
    data = json.loads(collected.read_text())
    data["receipt"][name] = value
    collected.write_text(json.dumps(data))
    done = run("receipt", collected, "--class-dir", folder.root)
    assert done.exit_code == 1
    assert "signature does not hold" in done.stdout
    assert run("collect", "--receipt", collected, "--class-dir", folder.root).exit_code == 2


def test_a_receipt_that_somebody_else_signed_does_not_hold(collected, tmp_path):
    other = create_class(tmp_path / "other")
    with pytest.raises(ReceiptError, match="another class"):
        check(collected.read_text(), public_text(signing_key(other)))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"receipt": {}, "signature": ""}', "[" * 9000, '{"receipt": 1}']
)
def test_what_is_no_receipt_is_told(text, folder, tmp_path):
    (tmp_path / "x.json").write_text(text)
    signing_key(folder)
    done = run("receipt", tmp_path / "x.json", "--class-dir", folder.root)
    assert done.exit_code == 1
    assert "no signed receipt" in done.stdout


def test_a_receipt_of_another_notebook_is_told(collected, folder, tmp_path):
    (tmp_path / "later.ipynb").write_text(BOOK + " ")
    words = ["receipt", collected, "--class-dir", folder.root]
    done = run(*words, "--notebook", tmp_path / "later.ipynb")
    assert done.exit_code == 1
    assert "another notebook" in done.stdout


def test_without_a_key_nothing_is_believed(collected, tmp_path, monkeypatch):
    monkeypatch.setattr("pix2net.handing_in.service.joined", lambda: None)
    done = run("receipt", collected, "--class-dir", tmp_path)
    assert done.exit_code == 2
    assert "--key" in done.stderr


def test_a_receipt_that_is_not_there_is_told_before_a_key_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr("pix2net.handing_in.service.joined", lambda: None)
    done = run("receipt", tmp_path / "nothere", "--class-dir", tmp_path)
    assert done.exit_code == 2
    assert "nothere is no file" in done.stderr


def test_the_key_of_a_service_that_was_joined_is_believed(collected, folder, tmp_path, monkeypatch):
    public = (folder.root / PUBLIC_KEY).read_text()
    joined = Joined("https://grades.example", "t", public_key=public)
    monkeypatch.setattr("pix2net.handing_in.service.joined", lambda: joined)
    assert run("receipt", collected, "--class-dir", tmp_path).exit_code == 0


def test_the_private_key_is_the_owners_alone_and_stays_the_same(folder):
    first = public_text(signing_key(folder))
    path = folder.root / SIGNING_KEY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert public_text(signing_key(folder)) == first
    path.chmod(0o644)
    with pytest.raises(ReceiptError, match="can be read by others"):
        signing_key(folder)
    path.chmod(0o600)
    path.write_text("no key")
    with pytest.raises(ReceiptError, match="is no key"):
        signing_key(folder)


def test_what_packing_writes_is_no_receipt(folder, tmp_path):
    (tmp_path / "01_toy.ipynb").write_text(BOOK)
    packed = pack(tmp_path / "01_toy.ipynb", "ada", tmp_path / "in")
    assert "is no receipt" in packed.slip.read_text()
    signing_key(folder)
    assert run("receipt", packed.slip, "--class-dir", folder.root).exit_code == 1
