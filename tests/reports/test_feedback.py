"""A student's page: what they did, what was found, and nothing of theirs that runs."""

from html.parser import HTMLParser

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from grader.reports.feedback import ByHand, Remark, feedback_page
from grader.reports.second_looks import BEGIN, END, PART, Asking
from tests.reports.test_summary import item, verdict


class Elements(HTMLParser):
    """The elements of a page, as a browser would see them."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQAAAAA3bvkkAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
ANSWER = {"course": {"role": "answer", "task": "f"}}
WRITTEN = {"course": {"role": "written", "task": "w"}}


def page(source="def f(x):\n    return x", outputs=(), hand=None, asking=None, **more):
    cells = [
        new_code_cell(source, metadata=ANSWER, outputs=list(outputs)),
        new_markdown_cell("Because <b>I</b> say so", metadata=WRITTEN),
    ]
    found = verdict("ann", item("f", 0, misconception="sum"), manual={"w": 3.0}, **more)
    return feedback_page(
        found, new_notebook(cells=cells), title="A chapter", student="Ann", by_hand=hand,
        asking=asking,
    )  # fmt: skip


def test_score_misconception_and_code_are_there():
    text = page()
    assert "0 of 5" in text
    assert "You forgot the mean." in text
    assert "<span" in text
    assert "return" in text
    assert "waits for a person, of 3" in text


def test_what_a_person_gave_counts_and_their_comment_shows():
    text = page(hand=ByHand({"w": 2.0}, {"w": [Remark("Say <more>.")]}, penalty=0.5))
    assert "1.5 of 5" in text
    assert "Say &lt;more&gt;." in text
    assert "0.5 taken off" in text


def test_tasks_stand_in_the_notebooks_order_with_what_they_ask():
    asked = {"course": {"role": "prose", "task": "w"}}
    cells = [
        new_markdown_cell("**Question** (3 points)\n\nWhy is $x^2 < 1$?", metadata=asked),
        new_markdown_cell("Because", metadata=WRITTEN),
        new_code_cell("def f(x): ...", metadata=ANSWER),
    ]
    found = verdict("ann", item("f", 0), manual={"w": 3.0})
    text = feedback_page(found, new_notebook(cells=cells), title="T", student="Ann")
    places = [text.index(part) for part in ("<code>w</code>", "Why is", "<code>f</code>")]
    assert places == sorted(places)
    assert "(3 points)" not in text


def test_what_was_said_of_an_earlier_hand_in_says_so():
    hand = ByHand(
        {"w": None},
        {"w": [Remark("Too short.", "2026-10-12 11:00 UTC"), Remark("New.")]},
        before={"w": (2.0, "2026-10-12 11:00 UTC")},
        handed_in="2026-10-14 09:00 UTC",
        attempts=2,
    )
    text = page(hand=hand)
    assert "From the grader, of the earlier hand-in of 2026-10-12 11:00 UTC:</b> Too short." in text
    assert "From the grader:</b> New." in text
    assert "the earlier hand-in of 2026-10-12 11:00 UTC had 2 of 3" in text
    assert "Handed in 2026-10-14 09:00 UTC, hand-in number 2" in text


def test_repairs_and_reasons_are_told():
    text = page(repairs=("A test cell was put back.",), reason="it was empty")
    assert "A test cell was put back." in text
    assert "could not be graded" in text


def test_code_and_outputs_are_inert():
    evil = '<script>alert(1)</script><img src="https://x.test/a.png" onerror="go()"><form></form>'
    text = page(
        source=f"# {evil}",
        outputs=[
            new_output("display_data", data={"text/html": evil, "text/plain": "x"}),
            new_output("stream", text=f"{evil}\x1b]0;title\x07"),
            new_output("display_data", data={"image/png": PIXEL, "text/plain": ""}),
            new_output("display_data", data={"image/png": '" onload="x', "text/plain": "safe"}),
        ],
    )
    elements = Elements(text).found
    assert not {"script", "form", "iframe", "link"} & {tag for tag, _ in elements}
    assert not [name for _, attributes in elements for name in attributes if name.startswith("on")]
    sources = [attributes["src"] for tag, attributes in elements if "src" in attributes]
    assert sources == [f"data:image/png;base64,{PIXEL}"]
    assert "\x1b" not in text


def test_a_page_needs_no_notebook():
    found = verdict("ann", item("f", 0), status="rejected", reason="it is no notebook")
    assert "it is no notebook" in feedback_page(found, None, title="T", student="Ann")


def test_how_to_ask_for_a_second_look_stands_at_each_task_and_nowhere_else():
    asking = Asking("02_knn", 5, "https://x.example/")
    spoof = BEGIN.format("f") + "mine" + END
    shown = [new_output("display_data", {"text/html": spoof}), new_output("stream", text=spoof)]
    text = page(f"def f(x): ...  # {spoof}", shown, asking=asking)
    assert [found[1] for found in PART.finditer(text)] == ["f", "w"]
    links = [attrs["href"] for tag, attrs in Elements(text).found if tag == "a"]
    form = "https://x.example/assignments/02_knn/requests?task="
    assert links == [form + "f", form + "w"]
    assert "terminal" not in text
    assert "second look" not in page(asking=Asking("02_knn")).split("</style>")[1].replace(
        "<!-- second looks", ""
    )
    assert "<code>course ask 02_knn w &quot;…&quot;</code>" in page(asking=Asking("02_knn", 5))
