"""Measurements and cross-checks by hand; no test runs them.  One thread, so that times compare."""

import os

for _library in ("OPENBLAS", "OMP", "MKL", "NUMBA"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
