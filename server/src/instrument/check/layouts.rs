//! Rules for the pixel layouts of detectors and cameras.

use std::ops::RangeInclusive;

use crate::instrument::problem::{Finding, Step, finding};
use crate::instrument::{Detector, Instrument, StreamKind};

use super::{Seen, one_of};

pub(super) fn check(instrument: &Instrument, findings: &mut Vec<Finding>) {
    let mut layouts = Seen::default();
    let mut ranges: Vec<(&str, RangeInclusive<i64>)> = Vec::new();
    for (i, detector) in instrument.detectors.iter().enumerate() {
        let path = ["detector".into(), i.into()];
        let owner = Owner {
            path,
            stream: &detector.stream,
            kind: StreamKind::DetectorEvents,
        };
        owner.check(instrument, &mut layouts, findings);
        check_axes(findings, &path, &detector.dims, &detector.shape);
        check_pixel_ids(i, detector, &mut ranges, findings);
    }
    for (i, camera) in instrument.area_detectors.iter().enumerate() {
        let path = ["area_detector".into(), i.into()];
        let owner = Owner {
            path,
            stream: &camera.stream,
            kind: StreamKind::AreaDetector,
        };
        owner.check(instrument, &mut layouts, findings);
        check_shape(findings, &path, &camera.shape);
        check_frame(findings, i, camera.shape);
    }
    check_complete(instrument, findings);
}

/// What a layout says about whom it belongs to.
struct Owner<'a> {
    path: [Step; 2],
    stream: &'a str,
    kind: StreamKind,
}

impl<'a> Owner<'a> {
    fn check(&self, instrument: &Instrument, seen: &mut Seen<'a>, findings: &mut Vec<Finding>) {
        let Self {
            path: [table, item],
            stream: name,
            kind,
        } = *self;
        let message = match instrument.stream(name) {
            None => {
                let names = one_of(instrument.streams.iter().map(|s| s.name.as_str()));
                format!("there is no stream {name:?}; {names}")
            }
            Some(stream) if stream.kind != kind => format!(
                "stream {name:?} is a {}, which has no such layout; name a {kind} stream",
                stream.kind
            ),
            Some(_) if !seen.is_new(name) => {
                format!("stream {name:?} has a pixel layout already; remove one of them")
            }
            Some(_) => return,
        };
        findings.push(Finding {
            path: vec![table, item, "stream".into()],
            message,
        });
    }
}

/// Dimension names and lengths of a layout or view at `path`.
pub(super) fn check_axes(
    findings: &mut Vec<Finding>,
    path: &[Step],
    dims: &[String],
    shape: &[usize],
) {
    let at = |key: &'static str| path.iter().copied().chain([key.into()]).collect();
    if dims.len() != shape.len() {
        let message = format!(
            "{} dims but a shape of {}; give one length per dimension",
            dims.len(),
            shape.len()
        );
        findings.push(Finding {
            path: at("dims"),
            message,
        });
    }
    let mut names = Seen::default();
    for dim in dims {
        if !names.is_new(dim) {
            let message = format!("dimension {dim:?} is named twice; rename one");
            findings.push(Finding {
                path: at("dims"),
                message,
            });
        }
    }
    check_shape(findings, path, shape);
}

fn check_shape(findings: &mut Vec<Finding>, path: &[Step], shape: &[usize]) {
    if shape.is_empty() || shape.contains(&0) {
        let path = path.iter().copied().chain(["shape".into()]).collect();
        let message = "a dimension of 0 pixels; every length must be at least 1".to_owned();
        findings.push(Finding { path, message });
    }
}

/// Frames larger than any camera's are typing mistakes that would ask for all memory there is.
const MAX_FRAME_PIXELS: usize = 1 << 28;

fn check_frame(findings: &mut Vec<Finding>, i: usize, shape: [usize; 2]) {
    let pixels = shape[0].checked_mul(shape[1]);
    if pixels.is_none_or(|pixels| pixels > MAX_FRAME_PIXELS) {
        findings.push(finding!(
            ["area_detector", i, "shape"],
            "a frame of {} × {} pixels; use at most {MAX_FRAME_PIXELS} pixels",
            shape[0],
            shape[1]
        ));
    }
}

/// The wire's pixel ids are 32-bit integers, and two detectors must not claim the same.
fn check_pixel_ids<'a>(
    i: usize,
    detector: &'a Detector,
    ranges: &mut Vec<(&'a str, RangeInclusive<i64>)>,
    findings: &mut Vec<Finding>,
) {
    let pixels = detector.shape.iter().try_fold(1_i64, |product, &length| {
        product.checked_mul(i64::try_from(length).ok()?)
    });
    let last = pixels.and_then(|n| i64::from(detector.first_pixel_id).checked_add(n - 1));
    match last {
        None => findings.push(finding!(
            ["detector", i, "shape"],
            "too many pixels to number; check the shape"
        )),
        Some(last) if last > i64::from(i32::MAX) => findings.push(finding!(
            ["detector", i, "first_pixel_id"],
            "pixel ids end at {last}, above the largest id {}; lower first_pixel_id or the shape",
            i32::MAX
        )),
        // Without pixels there is nothing to claim; the shape has been reported.
        Some(last) if last < i64::from(detector.first_pixel_id) => {}
        Some(last) => {
            let ids = i64::from(detector.first_pixel_id)..=last;
            let meets = |other: &RangeInclusive<i64>| {
                ids.start() <= other.end() && other.start() <= ids.end()
            };
            if let Some((name, other)) = ranges.iter().find(|(_, other)| meets(other)) {
                findings.push(finding!(
                    ["detector", i, "first_pixel_id"],
                    "pixel ids {ids:?} overlap with {other:?} of {name:?}; start at {} or later",
                    other.end() + 1
                ));
            }
            ranges.push((&detector.stream, ids));
        }
    }
}

/// Data whose layout is unknown cannot be shown.
fn check_complete(instrument: &Instrument, findings: &mut Vec<Finding>) {
    for (i, stream) in instrument.streams.iter().enumerate() {
        let name = &stream.name;
        let (missing, table) = match stream.kind {
            StreamKind::DetectorEvents => (instrument.detector(name).is_none(), "detector"),
            StreamKind::AreaDetector => (instrument.area_detector(name).is_none(), "area_detector"),
            _ => continue,
        };
        if missing {
            findings.push(finding!(
                ["stream", i],
                "stream {name:?} has no pixel layout; add [[{table}]] with stream = {name:?}"
            ));
        }
    }
}
