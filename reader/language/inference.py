"""Graphs are run by ONNX Runtime, all in the same way."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def open_graph(model: bytes, threads: int = 1) -> InferenceSession:
    """Load an ONNX graph to be run on the processor, one operation at a time.

    One thread unless told otherwise: a process does one article, and who has many starts more processes.
    """
    # Its releases from 1.29 on report to their makers whatever they run, and leave an identifier in the home
    # folder. That must be said before it is loaded; the call is for where it was loaded by somebody else.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4  # its errors are raised; it would write them on the terminal besides
    # The shipped graphs are fused as far as that goes (training/encoder/fuse.py).
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
