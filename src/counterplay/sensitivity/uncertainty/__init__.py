"""Uncertainty runs: the answer at many draws of the assumptions nobody knows."""

from counterplay.sensitivity.uncertainty.file_run import (
    SampleFile,
    UnfinishedRunError,
    run_to_file,
)
from counterplay.sensitivity.uncertainty.pure_sampling import PureSample, pure_sample
from counterplay.sensitivity.uncertainty.result import Sample
from counterplay.sensitivity.uncertainty.sampling import sample
from counterplay.sensitivity.uncertainty.shares import Share

__all__ = [
    "PureSample",
    "Sample",
    "SampleFile",
    "Share",
    "UnfinishedRunError",
    "pure_sample",
    "run_to_file",
    "sample",
]
