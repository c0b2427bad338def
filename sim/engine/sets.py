"""How a kernel asks whether a code is in a named set."""

import numpy as np

from sim.engine.kernel import kernel


@kernel
def among(code, codes):
    """Whether a code (0 or more) is in a set of `sim.vocabulary.sets`."""
    return (codes >> np.int64(code)) & 1 == 1
