//! What is counted, as supervisors read it.

use super::support::{START_NS, Server};
use server::wire::f144::{self, F144Parts, LogValue};
use server::wire::{FlatBufferBuilder, Scalar};

/// A value of a device that the instrument does not declare.
fn stray() -> Vec<u8> {
    let parts = F144Parts {
        source_name: "motion3",
        timestamp_ns: START_NS,
        value: LogValue::Scalar(Scalar::F64(1.5)),
    };
    f144::encode(&mut FlatBufferBuilder::new(), &parts).to_vec()
}

#[tokio::test]
async fn bad_messages_are_told_by_topic_or_stream_and_by_kind() {
    let server = Server::start();
    let garbage = || b"garbage, garbage".to_vec();
    server.feed(vec![
        // The topic of several devices, so that nobody can be blamed.
        ("dummy_motion", garbage()),
        ("dummy_motion", garbage()),
        ("dummy_motion", b"\0\0\0\0al00".to_vec()),
        ("dummy_motion", stray()),
        // The panel's own.
        ("dummy_detector", garbage()),
    ]);
    let (_, metrics) = server.get("/metrics").await;
    let metrics = metrics.as_str().expect("text");
    for sample in [
        r#"topic_unreadable_total{topic="dummy_motion",kind="unknown_schema"} 2"#,
        r#"topic_skipped_total{topic="dummy_motion"} 1"#,
        r#"topic_unmapped_total{topic="dummy_motion"} 1"#,
        r#"topic_skipped_total{topic="dummy_detector"} 0"#,
        r#"stream_errors_total{stream="panel_0",kind="unknown_schema"} 1"#,
        r#"stream_messages_total{stream="panel_0"} 0"#,
        r#"source_state{source="test",state="stopped"} 1"#,
        r#"source_state{source="test",state="running"} 0"#,
    ] {
        let line = format!("\nbeamdeck_{sample}\n");
        assert!(metrics.contains(&line), "{sample} is not in:\n{metrics}");
    }
}
