//! What the source does with a broker that works.

use server::ingest::SourceState;
use server::ingest::kafka::{KafkaPublisher, StartAt};

use crate::broker::{address, free_port};
use crate::fixture::{
    Beamline, Rig, block_on, create_topic, log, now_ns, publish, publish_at, publish_motor,
};

const SECOND_NS: i64 = 1_000_000_000;

/// A beamline whose topics exist.
fn ready(test: &str) -> Beamline {
    let beamline = Beamline::new(test);
    let publisher = KafkaPublisher::new(address()).expect("an address");
    let created = block_on(publisher.create_topics(&[&beamline.motion, &beamline.monitor]));
    created.expect("the broker creates them");
    beamline
}

#[test]
fn reading_begins_at_the_end() {
    let beamline = ready("end");
    publish_motor(address(), &beamline, &[1, 2, 3]);
    let rig = Rig::start(&beamline, address(), StartAt::End);
    let report = rig.wait_for(SourceState::Running);
    assert!(
        report.message.contains("2 partitions of 2 topics"),
        "{}",
        report.message
    );
    publish_motor(address(), &beamline, &[4, 5, 6]);
    publish(address(), &beamline.motion, &[log("table", 7)]);
    let mut values = rig.values(4);
    values.sort_by_key(|(_, value)| *value);
    let expected = [("motor", 4), ("motor", 5), ("motor", 6), ("table", 7)];
    assert_eq!(
        values,
        expected.map(|(stream, value)| (stream.to_owned(), value))
    );
    rig.assert_silence();
    assert_eq!(rig.stream("motor").stats.report().messages, 3);
    rig.stop();
}

#[test]
fn reading_begins_at_a_given_time() {
    let beamline = ready("time");
    let now = now_ns();
    for (value, age_s) in [(1, 300), (2, 200), (3, 100)] {
        let time = now - age_s * SECOND_NS;
        publish_at(address(), &beamline.motion, &[log("motor", value)], time);
    }
    let rig = Rig::start(&beamline, address(), StartAt::Time(now - 250 * SECOND_NS));
    assert_eq!(rig.motor(2), [2, 3]);
    rig.wait_for(SourceState::Running);
    publish_motor(address(), &beamline, &[4]);
    assert_eq!(rig.motor(1), [4]);
    rig.stop();
}

#[test]
fn every_partition_is_read() {
    let beamline = Beamline::new("partitions");
    create_topic(address(), &beamline.motion, 3);
    create_topic(address(), &beamline.monitor, 1);
    let rig = Rig::start(&beamline, address(), StartAt::End);
    let report = rig.wait_for(SourceState::Running);
    assert!(
        report.message.contains("4 partitions of 2 topics"),
        "{}",
        report.message
    );
    for value in 0..30 {
        publish_motor(address(), &beamline, &[value]);
    }
    let mut values = rig.motor(30);
    values.sort_unstable();
    assert_eq!(values, (0..30).collect::<Vec<_>>());
    rig.stop();
}

#[test]
fn a_topic_that_appears_late_is_read_whole() {
    let beamline = Beamline::new("late");
    create_topic(address(), &beamline.monitor, 1);
    let rig = Rig::start(&beamline, address(), StartAt::End);
    let report = rig.wait_for(SourceState::Degraded);
    assert!(
        report.message.contains(&beamline.motion),
        "{}",
        report.message
    );
    assert!(report.message.contains("create them"), "{}", report.message);
    create_topic(address(), &beamline.motion, 1);
    publish_motor(address(), &beamline, &[1, 2, 3]);
    assert_eq!(rig.motor(3), [1, 2, 3]);
    rig.wait_for(SourceState::Running);
    publish_motor(address(), &beamline, &[4]);
    assert_eq!(rig.motor(1), [4]);
    rig.stop();
}

#[test]
fn bad_messages_are_counted_and_good_ones_flow_on() {
    let beamline = ready("bad");
    let rig = Rig::start(&beamline, address(), StartAt::End);
    rig.wait_for(SourceState::Running);
    let good = log("motor", 1);
    let truncated = good[..good.len() / 2].to_vec();
    let alarm = [b"\x08\0\0\0al00".to_vec(), vec![0; 8]].concat();
    let bad = [
        b"garbage, not a flatbuffer".to_vec(),
        Vec::new(),
        truncated,
        alarm,
        log("stranger", 1),
    ];
    publish(address(), &beamline.motion, &bad);
    publish(address(), &beamline.monitor, &[log("monitor", 1)]);
    publish(address(), &beamline.motion, &[good]);
    assert_eq!(rig.motor(1), [1]);
    rig.wait("all messages", |report| report.messages == 7);
    let topic = rig.table.topic(&beamline.motion).unwrap().stats.report();
    assert_eq!((topic.unmapped, topic.skipped), (1, 1));
    let errors: Vec<_> = topic.errors.into_iter().collect();
    assert_eq!(
        errors,
        [("invalid", 1), ("too_short", 1), ("unknown_schema", 1)]
    );
    let monitor = rig.stream("monitor").stats.report();
    assert_eq!(
        monitor.errors.into_iter().collect::<Vec<_>>(),
        [("wrong_schema", 1)]
    );
    assert_eq!(rig.wait_for(SourceState::Running).messages, 7);
    rig.stop();
}

#[test]
fn without_a_broker_the_source_says_so_and_can_be_stopped() {
    let address = format!("127.0.0.1:{}", free_port());
    let rig = Rig::start(&Beamline::new("none"), &address, StartAt::End);
    let report = rig.wait_for(SourceState::Degraded);
    assert!(
        report
            .message
            .contains(&format!("cannot reach Kafka at {address}")),
        "{}",
        report.message
    );
    assert!(
        report.message.contains("check the address"),
        "{}",
        report.message
    );
    let begun = std::time::Instant::now();
    rig.stop();
    assert!(
        begun.elapsed().as_secs() < 4,
        "stopping took {:?}",
        begun.elapsed()
    );
}
