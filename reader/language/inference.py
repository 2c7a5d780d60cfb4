"""Graphs are run by ONNX Runtime, all in the same way."""

from __future__ import annotations

import onnxruntime


def open_graph(model: bytes, threads: int = 1) -> onnxruntime.InferenceSession:
    """Load an ONNX graph to be run on the processor, one operation at a time.

    One thread unless told otherwise: a process does one article, and who has many starts more processes.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The shipped graphs are fused as far as that goes (training/encoder/fuse.py).
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
