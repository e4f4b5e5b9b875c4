//! The binary form byte by byte: what one build writes, every build of the same protocol number reads.

mod samples;

use std::env;
use std::fmt::Write as _;
use std::fs;

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::plot::delta::FrameDelta;
use shared::plot::frame::Frame;
use shared::sync::codec::{DecodedFrame, decode_body, decode_packet, encode_body};
use shared::sync::message::PROTOCOL;

const REMEDY: &str = "the binary form changed: raise PROTOCOL, then write the new form's file by \
    running this test with BEAMDECK_WRITE_GOLDEN=1";

#[test]
fn bytes_change_only_with_the_protocols_number() {
    let path = format!(
        "{}/tests/wire_form/v{PROTOCOL}.txt",
        env!("CARGO_MANIFEST_DIR")
    );
    let written = form();
    if env::var_os("BEAMDECK_WRITE_GOLDEN").is_some() {
        fs::write(&path, &written).expect("the sources can be written");
    }
    let kept = fs::read_to_string(&path).expect(REMEDY);
    for (kept, written) in kept.lines().zip(written.lines()) {
        assert_eq!(kept, written, "{REMEDY}");
    }
    assert_eq!(kept.lines().count(), written.lines().count(), "{REMEDY}");
}

/// One line per sample: its name, then its bytes.
fn form() -> String {
    let mut form = String::new();
    let mut line = |name: &str, bytes: &[u8]| {
        write!(form, "{name} ").expect("memory");
        for byte in bytes {
            write!(form, "{byte:02x}").expect("memory");
        }
        form.push('\n');
    };
    for (name, frame) in samples::frames() {
        line(&format!("frame.{name}"), &read_back::<Frame>(&frame));
    }
    for (name, delta) in samples::deltas() {
        line(&format!("delta.{name}"), &read_back::<FrameDelta>(&delta));
    }
    let bytes = samples::packet().to_bytes();
    let decoded = decode_packet(&bytes).expect("written by the same build");
    assert_eq!(decoded.answer, samples::answer());
    line("packet", &bytes);
    form
}

fn read_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) -> Vec<u8> {
    let body = encode_body(value);
    assert_eq!(
        &decode_body::<T>(&body).expect("written by the same build"),
        value
    );
    body.into()
}

#[test]
fn bodies_follow_the_envelope_in_the_order_of_the_updates() {
    let packet = samples::packet();
    let decoded = decode_packet(&packet.to_bytes()).expect("written by the same build");
    let [
        DecodedFrame::None,
        DecodedFrame::Whole(frame),
        DecodedFrame::Delta(links),
    ] = &decoded.frames[..]
    else {
        panic!("{:?}", decoded.frames)
    };
    assert_eq!(**frame, samples::frames()["image"]);
    assert_eq!(links[..], [samples::deltas()["increment"].clone()]);
}

#[test]
fn what_is_cut_short_or_too_long_is_refused() {
    let bytes = samples::packet().to_bytes();
    for len in 0..bytes.len() {
        assert!(
            decode_packet(&bytes[..len]).is_err(),
            "{len} of {} bytes",
            bytes.len()
        );
    }
    assert!(decode_packet(&[&bytes[..], &[0]].concat()).is_err());
}

#[test]
fn a_body_that_claims_an_impossible_length_takes_no_memory() {
    let mut body = vec![1];
    body.extend(u32::MAX.to_le_bytes());
    body.extend([0; 16]);
    assert!(decode_body::<Frame>(&body).is_err());
    assert!(decode_body::<Frame>(&[7, 0, 0]).is_err());
    assert!(decode_body::<Frame>(&[]).is_err());
}
