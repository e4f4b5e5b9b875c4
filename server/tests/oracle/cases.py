"""The messages that the oracle writes: every type, and the edges of each schema."""

import numpy as np
from streaming_data_types import (
    serialise_6s4t,
    serialise_al00,
    serialise_ep01,
    serialise_pl72,
    serialise_x5f2,
)
from streaming_data_types.alarm_al00 import Severity
from streaming_data_types.area_detector_ad00 import Attribute
from streaming_data_types.dataarray_da00 import Variable
from streaming_data_types.epics_connection_ep01 import ConnectionInfo
from streaming_data_types.fbschemas.logdata_f144.f144_LogData import f144_LogData

T0 = 1_700_000_000_123_456_789
T_LAST = 7_258_118_400_000_000_000 - 1
INTS = ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]
FLOATS = ["float32", "float64"]


def edges(dtype):
    """Extremes of a type, and for floats what is not a number."""
    if dtype in FLOATS:
        info = np.finfo(dtype)
        values = [0.0, -0.0, 0.1, -1.5, info.max, info.tiny, np.inf, -np.inf, np.nan]
    else:
        info = np.iinfo(dtype)
        values = [0, 1, info.min, info.max]
    return np.array(values, dtype=dtype)


def ev44():
    i32 = np.iinfo(np.int32)
    rng = np.random.default_rng(7)
    many = rng.integers(0, 71_428_571, 100_000)
    pixels = rng.integers(1, 16_385, 100_000)
    yield "ev44_one_pulse", ("panel_0", 1, [T0], [0], [10, 20, 30], [1, 2, 3])
    yield "ev44_many_pulses", ("panel_0", 2, [T0, T0 + 1, T0 + 2], [0, 2, 2], [1, 2, 3, 4], [4, 3, 2, 1])
    yield "ev44_last_pulse_empty", ("panel_0", 2, [T0, T0 + 1], [0, 2], [1, 2], [2, 1])
    yield "ev44_no_events", ("panel_0", 3, [T0], [0], [], [])
    yield "ev44_monitor", ("monitor1", 4, [T0], [0], [5, 6], [])
    yield "ev44_monitor_pulses", ("monitor1", 4, [T0, T0 + 9], [0, 1], [5, 6], [])
    yield "ev44_no_pulse_time", ("monitor1", 5, [], [], [5, 6], [7, 8])
    yield "ev44_no_pulse_time_but_index", ("monitor1", 5, [], [0], [5, 6], [7, 8])
    yield "ev44_extremes", ("x", -(2**63), [T_LAST], [0], [i32.min, i32.max, 0], [i32.max, i32.min, -1])
    yield "ev44_time_zero", ("x", 2**63 - 1, [0], [0], [1], [1])
    yield "ev44_unicode_name", ("détecteur μ·中", 0, [T0], [0], [1], [1])
    yield "ev44_empty_name", ("", 0, [T0], [0], [1], [1])
    yield "ev44_large", ("panel_0", 6, [T0, T0 + 1], [0, 50_000], many, pixels)


def da00():
    for dtype in INTS + FLOATS:
        yield f"da00_{dtype}", ("s", T0, [Variable("signal", edges(dtype), ["x"])])
    image = np.arange(24, dtype=np.int32).reshape(2, 3, 4)
    full = [
        Variable("signal", image, ["t", "y", "x"], unit="counts", label="Image", source="PV:1"),
        Variable("errors", np.sqrt(image.astype(float)), ["t", "y", "x"], unit="counts"),
        Variable("x", np.linspace(-1, 1, 5), ["x"], unit="mm"),
        Variable("reference_time", np.array([T0, T0 + 1]), ["t"], unit="datetime64[ns]"),
        Variable("note", "what it is: μ"),
    ]
    yield "da00_full", ("monitor2", T0, full)
    scalars = [
        Variable("int", 5),
        Variable("negative", -(2**63)),
        Variable("float", 2.5),
        Variable("nan", float("nan")),
        Variable("array", np.array([3], dtype=np.int16)),
        Variable("zero_dims", np.array(7.25)),
    ]
    yield "da00_scalars", ("s", 0, scalars)
    yield "da00_one_element_axis", ("s", T0, [Variable("signal", np.array([1.5]), ["x"])])
    yield "da00_no_axes", ("s", T0, [Variable("signal", image)])
    yield "da00_empty", ("s", T0, [Variable("signal", np.zeros((0, 3), np.float32), ["y", "x"])])
    yield "da00_many", ("s", T_LAST, [Variable(f"v{i}", i) for i in range(500)])
    yield "da00_texts", ("", T0, [Variable("", "", unit="", label="", source="")])


def f144():
    for dtype in INTS + FLOATS:
        for i, value in enumerate(edges(dtype)):
            if value == 0 and np.signbit(value):
                continue  # the encoder leaves out what equals 0, so that the sign is lost
            yield f"f144_{dtype}_{i}", ("motion1", value, T0 + i)
        yield f"f144_array_{dtype}", ("motion1", edges(dtype), T0)
        yield f"f144_no_values_{dtype}", ("motion1", np.array([], dtype=dtype), T0)
    yield "f144_time_zero", ("PV:É", 1.5, 0)
    yield "f144_time_last", ("", 1.5, T_LAST)


def ad00():
    for dtype in INTS + FLOATS:
        yield f"ad00_{dtype}", ("area_panel", 1, T0, edges(dtype), [])
    image = np.arange(60, dtype=np.uint16).reshape(3, 4, 5)
    remarks = [
        Attribute("text", "says", "PV:1", "hallo μ"),
        Attribute("int", "counts", "PV:2", -7),
        Attribute("float", "measures", "PV:3", 0.1),
        Attribute("array", "", "", np.array([1, 2, 3], dtype=np.uint8)),
    ]
    yield "ad00_image", ("area_panel", -(2**31), T_LAST, image, remarks)
    yield "ad00_empty", ("", 2**31 - 1, 0, np.zeros((0, 4)), [])
    yield "ad00_text", ("area_panel", 1, T0, "pixels in words", [])


def others():
    """Messages that share our topics: two schemas to skip, and some that are foreign."""
    alarm = serialise_al00("motion1", T0, Severity.MAJOR, "too warm")
    yield "al00", alarm, {"schema": "al00", "skipped": True}
    state = serialise_ep01(T0, ConnectionInfo.CONNECTED, "motion1", "forwarder")
    yield "ep01", state, {"schema": "ep01", "skipped": True}
    yield "x5f2", serialise_x5f2("a", "1", "b", "c", 1, 2, "{}"), {"error": "unknown_schema"}
    yield "pl72", serialise_pl72("job", "file"), {"error": "unknown_schema"}
    yield "6s4t", serialise_6s4t("job"), {"error": "unknown_schema"}


def f144_dtype(message):
    """The element type that an f144 message's union tag stands for; arrays follow the scalars."""
    tag = f144_LogData.GetRootAsf144_LogData(message, 0).ValueType()
    return (INTS + FLOATS)[(tag - 1) % 10]
