"""nbgrader's settings where nobody has set up an exchange: an empty one of the learner's own.

The Assignment List then shows an empty list instead of an error. The launcher uses this
folder of settings only if no other settings name an exchange.
"""

import os

c = get_config()  # type: ignore[name-defined]  # noqa: F821  (nbgrader puts it here)
c.Exchange.root = os.environ["COURSE_LAB_EXCHANGE"]
