"""A notebook that displays without end fills no grader's memory."""

from grader.grading.displayed import CUT, MOST, Displayed, characters


def text(size):
    return ({"output_type": "stream", "name": "stdout", "text": "x" * size},)


def picture(size):
    data = {"image/png": "A" * size, "text/plain": "a figure"}
    return ({"output_type": "display_data", "data": data, "metadata": {}},)


def test_ordinary_outputs_are_kept():
    displayed = Displayed({1: text(10)})
    displayed.put(2, picture(1000))
    assert displayed.outputs == {1: text(10), 2: picture(1000)}


def test_all_of_them_together_are_bounded():
    displayed = Displayed()
    for number in range(200):
        displayed.put(number, picture(2**20))
    assert len(displayed.outputs) == 200
    assert displayed.outputs[0] == picture(2**20)
    assert displayed.outputs[199] == CUT
    assert characters(list(displayed.outputs.values())) < MOST + 200 * characters(CUT)


def test_what_a_cell_displays_again_takes_the_place_of_the_first():
    displayed = Displayed()
    for _ in range(3):
        displayed.put(1, text(MOST - 100))
    assert displayed.outputs == {1: text(MOST - 100)}
