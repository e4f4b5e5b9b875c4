"""The facility's own encoder and decoder, asked what messages mean.

`oracle.py write DIR` writes one file per message and `expected.json`, which says what they mean.
`oracle.py read DIR` decodes every `*.bin` in DIR and writes `decoded.json` in the same words.

A meaning is a JSON object. Numbers of arrays are strings (`repr` of a float, so that nothing is rounded).
"""

import json
import sys
from pathlib import Path

import numpy as np
from streaming_data_types import (
    deserialise_ad00,
    deserialise_da00,
    deserialise_ev44,
    deserialise_f144,
    serialise_ad00,
    serialise_da00,
    serialise_ev44,
    serialise_f144,
)
from streaming_data_types.utils import get_schema

import cases


def numbers(values):
    """Each number as text that reads back to exactly the same number."""
    values = np.asarray(values)
    if values.dtype == np.float32:
        return [repr(float(v)) for v in values.ravel()]
    return [repr(v) for v in values.ravel().tolist()]


def data(values):
    if isinstance(values, str):
        return {"dtype": "text", "text": values}
    values = np.asarray(values)
    return {"dtype": values.dtype.name, "values": numbers(values)}


def ev44(source_name, message_id, reference_time, reference_time_index, time_of_flight, pixel_id):
    tof, pixels = np.asarray(time_of_flight), np.asarray(pixel_id)
    times = [int(t) for t in reference_time]
    starts = [int(i) for i in reference_time_index] if times else [0]
    ends = [*starts[1:], len(tof)]
    pulses = [
        {"time": time, "tof": numbers(tof[a:b]), "pixels": numbers(pixels[a:b])}
        for time, a, b in zip(times or [None], starts, ends, strict=True)
    ]
    return {"schema": "ev44", "source": source_name, "id": int(message_id), "pulses": pulses}


def variable(v):
    values = v.data if isinstance(v.data, str) else np.asarray(v.data)
    shape = [len(values.encode())] if isinstance(values, str) else list(values.shape)
    if not isinstance(values, str) and not v.axes and values.size == 1:
        shape = []
    axes = list(v.axes) or [f"dim_{i}" for i in range(len(shape))]
    optional = {"unit": v.unit, "label": v.label, "source": v.source}
    return {"name": v.name, **optional, "axes": axes, "shape": shape, "data": data(values)}


def da00(source_name, timestamp_ns, variables):
    described = [variable(v) for v in variables]
    return {"schema": "da00", "source": source_name, "time": timestamp_ns, "variables": described}


def f144(source_name, value, timestamp_ns):
    value = np.asarray(value)
    kind = "scalar" if value.ndim == 0 else "array"
    return {
        "schema": "f144",
        "source": source_name,
        "time": timestamp_ns,
        "value": {"kind": kind, **data(value)},
    }


def ad00(source_name, unique_id, timestamp_ns, values, attributes):
    shape = [len(values.encode())] if isinstance(values, str) else list(values.shape)
    described = [
        {"name": a.name, "description": a.description, "source": a.source, "data": data(a.data)}
        for a in attributes
    ]
    return {
        "schema": "ad00",
        "source": source_name,
        "id": unique_id,
        "time": timestamp_ns,
        "shape": shape,
        "data": data(values),
        "attributes": described,
    }


def written():
    """Every case as (name, bytes, meaning)."""
    for name, args in cases.ev44():
        yield name, serialise_ev44(*args), ev44(*args)
    for name, args in cases.da00():
        yield name, serialise_da00(*args), da00(*args)
    for name, args in cases.f144():
        yield name, serialise_f144(*args), f144(*args)
    for name, args in cases.ad00():
        yield name, serialise_ad00(*args), ad00(*args)
    for name, message, meaning in cases.others():
        yield name, message, meaning


def write(folder):
    expected = {}
    for name, message, meaning in written():
        assert name not in expected, f"two cases are called {name}"
        (folder / f"{name}.bin").write_bytes(message)
        expected[name] = meaning
    (folder / "expected.json").write_text(json.dumps(expected))


def decoded(message):
    schema = get_schema(message)
    if schema == "ev44":
        return ev44(*deserialise_ev44(message))
    if schema == "da00":
        return da00(*deserialise_da00(message))
    if schema == "f144":
        # A decoded scalar is a plain Python number; the union's tag still knows its type.
        log = deserialise_f144(message)
        value = np.asarray(log.value, dtype=cases.f144_dtype(message))
        return f144(log.source_name, value, log.timestamp_unix_ns)
    assert schema == "ad00", schema
    array = deserialise_ad00(message)
    return ad00(array.source_name, array.unique_id, array.timestamp_ns, array.data, array.attributes)


def read(folder):
    files = sorted(folder.glob("*.bin"))
    result = {file.stem: decoded(file.read_bytes()) for file in files}
    (folder / "decoded.json").write_text(json.dumps(result))


if __name__ == "__main__":
    {"write": write, "read": read}[sys.argv[1]](Path(sys.argv[2]))
