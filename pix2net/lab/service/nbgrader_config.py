"""nbgrader's settings where the class hands in over the network, at the service that was joined."""

from pix2net.handing_in.exchange import configure

c = get_config()  # type: ignore[name-defined]  # noqa: F821  (nbgrader puts it here)
configure(c)
