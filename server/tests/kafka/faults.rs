//! What the source does with brokers that fail: librdkafka's own cluster, which fails when told to.

use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;
use server::ingest::SourceState;
use server::ingest::kafka::StartAt;

use crate::fixture::{Beamline, Rig, publish_motor};

fn cluster(brokers: i32, beamline: &Beamline) -> MockCluster<'static, DefaultProducerContext> {
    let cluster = MockCluster::new(brokers).expect("a cluster");
    for topic in [&beamline.motion, &beamline.monitor] {
        cluster.create_topic(topic, 1, brokers).expect("it is new");
        cluster
            .partition_leader(topic, 0, Some(1))
            .expect("it exists");
    }
    cluster
}

#[test]
fn a_lost_broker_is_told_and_reading_goes_on_when_it_is_back() {
    let beamline = Beamline::new("lost");
    let cluster = cluster(1, &beamline);
    let brokers = cluster.bootstrap_servers();
    let rig = Rig::start(&beamline, &brokers, StartAt::End);
    rig.wait_for(SourceState::Running);
    publish_motor(&brokers, &beamline, &[1, 2]);
    assert_eq!(rig.motor(2), [1, 2]);
    for round in [10, 20, 30] {
        cluster.broker_down(1).unwrap();
        let report = rig.wait_for(SourceState::Degraded);
        assert!(
            report.message.contains("the connection was lost"),
            "{}",
            report.message
        );
        cluster.broker_up(1).unwrap();
        rig.wait_for(SourceState::Running);
        publish_motor(&brokers, &beamline, &[round, round + 1]);
        assert_eq!(rig.motor(2), [round, round + 1]);
    }
    rig.assert_silence();
    rig.stop();
}

#[test]
fn a_broker_that_comes_late_is_found() {
    let beamline = Beamline::new("comes_late");
    let cluster = cluster(1, &beamline);
    let brokers = cluster.bootstrap_servers();
    cluster.broker_down(1).unwrap();
    let rig = Rig::start(&beamline, &brokers, StartAt::End);
    let report = rig.wait_for(SourceState::Degraded);
    assert!(
        report.message.contains("check the address"),
        "{}",
        report.message
    );
    cluster.broker_up(1).unwrap();
    rig.wait_for(SourceState::Running);
    publish_motor(&brokers, &beamline, &[1]);
    assert_eq!(rig.motor(1), [1]);
    rig.stop();
}

#[test]
fn a_topic_that_appears_late_is_found() {
    let beamline = Beamline::new("appears");
    let cluster = MockCluster::new(1).unwrap();
    cluster.create_topic(&beamline.monitor, 1, 1).unwrap();
    let brokers = cluster.bootstrap_servers();
    let rig = Rig::start(&beamline, &brokers, StartAt::End);
    let report = rig.wait_for(SourceState::Degraded);
    assert!(
        report.message.contains(&beamline.motion),
        "{}",
        report.message
    );
    cluster.create_topic(&beamline.motion, 2, 1).unwrap();
    let report = rig.wait_for(SourceState::Running);
    assert!(
        report.message.contains("3 partitions of 2 topics"),
        "{}",
        report.message
    );
    publish_motor(&brokers, &beamline, &[1]);
    assert_eq!(rig.motor(1), [1]);
    rig.stop();
}

#[test]
fn a_new_leader_is_followed_without_loss_or_repetition() {
    let beamline = Beamline::new("leader");
    let cluster = cluster(3, &beamline);
    let brokers = cluster.bootstrap_servers();
    let rig = Rig::start(&beamline, &brokers, StartAt::End);
    rig.wait_for(SourceState::Running);
    let mut sent = Vec::new();
    for (value, leader) in [(1, 2), (2, 3), (3, 1), (4, 2)] {
        publish_motor(&brokers, &beamline, &[value]);
        sent.push(value);
        cluster
            .partition_leader(&beamline.motion, 0, Some(leader))
            .unwrap();
        publish_motor(&brokers, &beamline, &[value + 10]);
        sent.push(value + 10);
    }
    assert_eq!(rig.motor(sent.len()), sent);
    rig.assert_silence();
    rig.stop();
}

#[test]
fn a_leader_that_dies_is_replaced() {
    let beamline = Beamline::new("dies");
    let cluster = cluster(2, &beamline);
    let brokers = cluster.bootstrap_servers();
    let rig = Rig::start(&beamline, &brokers, StartAt::End);
    rig.wait_for(SourceState::Running);
    publish_motor(&brokers, &beamline, &[1]);
    assert_eq!(rig.motor(1), [1]);
    cluster.broker_down(1).unwrap();
    cluster
        .partition_leader(&beamline.motion, 0, Some(2))
        .unwrap();
    cluster
        .partition_leader(&beamline.monitor, 0, Some(2))
        .unwrap();
    publish_motor(&brokers, &beamline, &[2]);
    assert_eq!(rig.motor(1), [2]);
    rig.stop();
}
