"""Gradient-boosted trees as an ONNX graph, which ONNX Runtime walks in compiled code.

The format is Protocol Buffers, and so little of it is needed (one node with lists of numbers) that it is
written here rather than by a library of its own: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

INPUT, OUTPUT = "rows", "margins"
_IR_VERSION, _OPSET, _TREES_OPSET = 8, 17, 3
_FLOAT = 1
# Kinds of attributes.
_INT, _FLOATS, _INTS, _STRINGS = 2, 6, 7, 8


class Nodes(NamedTuple):
    """The nodes of all trees one after another, as :class:`reader.language.trees.Trees` has them."""

    feature: NDArray[np.int64]
    threshold: NDArray[np.float32]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: NDArray[np.float32]
    roots: NDArray[np.int64]


def tree_graph(nodes: Nodes, base: float) -> bytes:
    """The graph that gives the sum of all trees and the base for each row of a matrix of 32-bit floats."""
    count = len(nodes.feature)
    leaf = nodes.left == np.arange(count)
    tree = np.zeros(count, np.int64)
    tree[nodes.roots[1:]] = 1
    tree = np.cumsum(tree)
    own = np.arange(count) - nodes.roots[tree]
    node = b"".join(
        (
            _text(1, INPUT),
            _text(2, OUTPUT),
            _text(4, "TreeEnsembleRegressor"),
            _text(7, "ai.onnx.ml"),
            _integers("nodes_treeids", tree),
            _integers("nodes_nodeids", own),
            _integers("nodes_featureids", np.where(leaf, 0, nodes.feature)),
            _floats("nodes_values", np.where(leaf, 0, nodes.threshold)),
            _strings("nodes_modes", ["LEAF" if end else "BRANCH_LEQ" for end in leaf.tolist()]),
            _integers("nodes_truenodeids", np.where(leaf, 0, own[nodes.left])),
            _integers("nodes_falsenodeids", np.where(leaf, 0, own[nodes.right])),
            _integers("target_treeids", tree[leaf]),
            _integers("target_nodeids", own[leaf]),
            _integers("target_ids", np.zeros(int(leaf.sum()), np.int64)),
            _floats("target_weights", nodes.value[leaf]),
            _attribute("n_targets", _INT, _number(3, 1)),
            _floats("base_values", np.array([base])),
        )
    )
    graph = _part(1, node) + _text(2, "trees") + _part(11, _matrix(INPUT)) + _part(12, _matrix(OUTPUT))
    plain = _part(8, _text(1, "") + _number(2, _OPSET))
    of_trees = _part(8, _text(1, "ai.onnx.ml") + _number(2, _TREES_OPSET))
    return _number(1, _IR_VERSION) + _part(7, graph) + plain + of_trees


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _part(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _text(field: int, value: str) -> bytes:
    return _part(field, value.encode())


def _attribute(name: str, kind: int, value: bytes) -> bytes:
    return _part(5, _text(1, name) + value + _number(20, kind))


def _integers(name: str, values: NDArray[np.int64]) -> bytes:
    """Every number in three bytes of seven bits: longer than need be, and allowed."""
    assert values.min(initial=0) >= 0
    assert values.max(initial=0) < 1 << 21
    packed = np.stack([values & 0x7F | 0x80, values >> 7 & 0x7F | 0x80, values >> 14], axis=1)
    return _attribute(name, _INTS, _part(8, packed.astype(np.uint8).tobytes()))


def _floats(name: str, values: NDArray[np.float32] | NDArray[np.float64]) -> bytes:
    return _attribute(name, _FLOATS, _part(7, values.astype("<f4").tobytes()))


def _strings(name: str, values: Sequence[str]) -> bytes:
    return _attribute(name, _STRINGS, b"".join(_text(9, value) for value in values))


def _matrix(name: str) -> bytes:
    """A matrix of floats whose height and width are left open."""
    shape = _part(1, _text(2, "height")) + _part(1, _text(2, f"width of {name}"))
    return _text(1, name) + _part(2, _part(1, _number(1, _FLOAT) + _part(2, shape)))
