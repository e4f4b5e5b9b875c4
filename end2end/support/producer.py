"""Feeds a broker with the facility's own encoder, as the dummy instrument's producers would.

`producer.py HOST:PORT` creates the topics, says `{}`, then reads numbers of pulses, one per line. For each it
sends as many pulses, 14 a second, and answers with one line of JSON: everything sent so far. Every pulse is
the same, so what was sent is what one pulse holds times `pulses`. For `0` it sends a monitor's histogram that is
none: it has two dimensions.
"""

import json
import sys
import time

import numpy as np
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, NewTopic
from streaming_data_types import serialise_da00, serialise_ev44, serialise_f144
from streaming_data_types.dataarray_da00 import Variable

TOPICS = ["dummy_detector", "dummy_area_detector", "dummy_beam_monitor", "dummy_motion"]
TOPICS += ["dummy_sample_env", "dummy_choppers"]
PULSE_NS = 1_000_000_000 / 14
SIDE = 128
# How far the clock of the monitor's messages is wrong; the times of its pulses are right.
MONITOR_CLOCK_NS = -30_000_000_000


def picture():
    """Counts of one pulse by row and column: nothing symmetric, so that no axis can be mistaken."""
    counts = np.zeros((SIDE, SIDE), dtype=int)
    counts[20:40, 10:110] = 1
    counts[20:100, 10:30] = 2
    counts[90:95, 60:120] = 3
    counts[0, 0], counts[0, 127], counts[127, 0] = 5, 6, 7
    return counts


def spectrum():
    """Counts of one pulse in ten bins of 5 ms."""
    return np.arange(1, 11) ** 2


PICTURE = picture()
# Pixels are numbered from 1, row by row.
PIXELS = np.repeat(np.arange(1, SIDE * SIDE + 1), PICTURE.ravel()).astype(np.int32)
# The panel counts what arrives within a pulse's 71 ms.
TOF = np.linspace(1, 70_000_000, len(PIXELS)).astype(np.int32)
EDGES_NS = np.arange(11) * 5_000_000


def pulse(number, time_ns):
    yield "dummy_detector", serialise_ev44("panel_0", number, [time_ns], [0], TOF, PIXELS)
    yield "dummy_motion", serialise_f144("motion1", position(number), time_ns)
    monitor = [
        Variable("signal", spectrum(), ["frame_time"], unit="counts"),
        Variable("frame_time", EDGES_NS, ["frame_time"], unit="ns"),
        Variable("reference_time", np.array([time_ns]), ["pulse"], unit="ns"),
    ]
    yield "dummy_beam_monitor", serialise_da00("monitor2", time_ns + MONITOR_CLOCK_NS, monitor)


def surface(time_ns):
    signal = Variable("signal", np.ones((2, 3)), ["frame_time", "y"], unit="counts")
    return serialise_da00("monitor2", time_ns, [signal])


def position(number):
    return 12.5 + number / 8


class Feed:
    def __init__(self, broker):
        settings = {"bootstrap.servers": broker, "log_level": 0}
        self.producer = Producer({**settings, "linger.ms": 0})
        admin = AdminClient(settings)
        for created in admin.create_topics([NewTopic(topic, 1, 1) for topic in TOPICS]).values():
            # It may exist already; anything else shows when something is sent.
            created.exception(30)
        self.pulses = 0

    def send(self, count):
        start_ns = time.time_ns()
        if count == 0:
            self.publish("dummy_beam_monitor", surface(start_ns))
        for index in range(count):
            due_ns = start_ns + round(index * PULSE_NS)
            time.sleep(max(0, due_ns - time.time_ns()) / 1e9)
            for topic, message in pulse(self.pulses, due_ns):
                self.publish(topic, message)
            self.pulses += 1
        return {
            "pulses": self.pulses,
            "picture": PICTURE.ravel().tolist(),
            "spectrum": spectrum().tolist(),
            "position": position(self.pulses - 1),
        }

    def publish(self, topic, message):
        self.producer.produce(topic, message)
        # A batch each: the small broker takes a batch for one message.
        self.producer.flush(30)


def main():
    feed = Feed(sys.argv[1])
    print(json.dumps({}), flush=True)
    for line in sys.stdin:
        print(json.dumps(feed.send(int(line))), flush=True)


main()
