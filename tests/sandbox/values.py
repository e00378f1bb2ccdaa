"""Values for the tests that fuzz the line: what can cross, and what somebody might send."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pix2net.judging import codec

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**600), 2**600)
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | arrays.arrays(
        st.sampled_from([np.float64, np.int64, np.bool_, np.uint8, np.complex128]),
        arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
    ),
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.lists(parts, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5) | st.integers(-(2**53), 2**53), parts, max_size=4)
    ),
    max_leaves=12,
)

# With things that only look like text, numbers or lists of them, and what stands for the rest.
hostile = (
    plain
    | st.builds(codec.Opaque, st.text(max_size=20))
    | arrays.arrays(
        st.sampled_from(["float16", "float32", "complex64", "int8", "uint64", "bool"]),
        arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3),
    )
    | st.sampled_from(
        [np.float64("nan"), np.float32(1), np.bool_(True), np.int8(-1), float("inf"), -0.0,
         "<cell 1>", "<cell 99>", "ValueError", "\ud800", 2**1000, {}, [], (), [[]], {1: {2: {}}}]
    )
)  # fmt: skip
