//! One of each thing that travels, small enough to be stored uncompressed.

mod geometry;

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::data::{Coord, CoordValues, Label, Unit, Values};
use shared::id::{CellId, GridId, JobId, JobNumber, LayerId, WorkflowId};
use shared::job::{Job, JobState, OutputInfo, OutputView, SourceInfo, Temporality, Workflow};
use shared::layer_state::{LayerPhase, LayerState};
use shared::notification::{Notices, Notification, Severity};
use shared::object::{Object, ObjectId};
use shared::plot::Errors;
use shared::plot::delta::FrameDelta;
use shared::plot::frame::{
    Curves, Extent, Frame, FrameBody, Image, Quantity, ScalarEntry, Scalars, Series, SlicerState,
};
use shared::sync::codec::{Packet, encode_body};
use shared::sync::message::{Answer, Change, FrameContent, FrameUpdate, PROTOCOL};
use shared::time::{TimeInterval, TimeNs};
use shared::topology::{
    Cell, CellGeometry, DataRole, DataSource, Grid, JsonText, Layer, LayerConfig,
};
use shared::version::{Epoch, Revision, Stamp};
use uuid::Uuid;

const NOON: TimeNs = TimeNs(1_790_000_000_000_000_000);

pub(super) fn frames() -> BTreeMap<&'static str, Frame> {
    BTreeMap::from([
        ("image", frame(image(&[0, 1, 2, 300, 4, 5]))),
        (
            "curves",
            frame(curves(&[1, 2, 3], &[0.5, f64::INFINITY, -2.0])),
        ),
        ("scalars", frame(scalars())),
        ("volume", frame(volume())),
        ("labelled_image", frame(labelled_image())),
        ("flattened_image", frame(flattened_image())),
        (
            "shapes",
            Frame {
                time: None,
                note: Some("static".into()),
                ..frame(geometry::shapes())
            },
        ),
    ])
}

pub(super) fn deltas() -> BTreeMap<&'static str, FrameDelta> {
    let between = |old, new| {
        FrameDelta::between(&frame(old), &frame(new)).expect("these continue each other")
    };
    BTreeMap::from([
        (
            "increment",
            between(image(&[0, 1, 2, 300, 4, 5]), image(&[0, 1, 2, 299, 4, 9])),
        ),
        (
            "dense_increment",
            between(image(&[7; 1025]), image(&[10; 1025])),
        ),
        (
            "append",
            between(curves(&[1, 2], &[0.5, 1.5]), curves(&[2, 3], &[1.5, 2.5])),
        ),
    ])
}

pub(super) fn packet() -> Packet {
    let bodies = [
        encode_body(&frames()["image"]),
        encode_body(&deltas()["increment"]),
    ];
    Packet {
        answer: answer(),
        bodies: bodies.into(),
    }
}

pub(super) fn answer() -> Answer {
    let update = |index: u128, content| FrameUpdate {
        layer: layer(index),
        version: Revision(index as u64),
        count: 300,
        content,
    };
    Answer {
        protocol: PROTOCOL,
        stamp: Stamp {
            epoch: Epoch(Uuid::from_u128(1)),
            revision: Revision(400),
        },
        base: Some(Revision(390)),
        server_time: NOON,
        changes: changes(),
        frames: vec![
            update(1, FrameContent::None),
            update(2, FrameContent::Whole),
            update(3, FrameContent::Delta { links: 1 }),
        ],
        notices: Notices {
            head: 9,
            missed: 2,
            events: notices(),
        },
        deferred: vec![layer(4)],
    }
}

fn changes() -> Vec<Change> {
    let upserts = objects()
        .into_iter()
        .map(|object| (object.id(), Some(Arc::new(object))));
    let removal = (ObjectId::Cell(CellId(Uuid::from_u128(77))), None);
    let all = upserts.chain([removal]).zip(391..);
    all.map(|((id, value), version)| Change {
        id,
        version: Revision(version),
        value,
    })
    .collect()
}

fn notices() -> Vec<Notification> {
    let severities = [
        Severity::Info,
        Severity::Success,
        Severity::Warning,
        Severity::Error,
    ];
    let notice = |(severity, number)| Notification {
        number,
        time: NOON,
        severity,
        message: "something happened".to_owned(),
    };
    severities.into_iter().zip(6..).map(notice).collect()
}

fn objects() -> Vec<Object> {
    let mut objects = topology();
    objects.push(Object::Workflow(workflow()));
    let message = || "it hurts".to_owned();
    let phases = [
        LayerPhase::Waiting,
        LayerPhase::Live,
        LayerPhase::Stopped,
        LayerPhase::Error { message: message() },
    ];
    objects.extend(phases.into_iter().zip(1..).map(|(phase, index)| {
        Object::LayerState(LayerState {
            id: layer(index),
            phase,
            interval_ns: Some(200_000_000),
        })
    }));
    let states = [
        JobState::Pending,
        JobState::Running,
        JobState::Warning { message: message() },
        JobState::Error { message: message() },
        JobState::Stopped,
    ];
    objects.extend(
        states
            .into_iter()
            .zip(1..)
            .map(|(state, index)| Object::Job(job(state, index))),
    );
    objects.extend(geometry::regions(&workflow_id()).map(Object::Region));
    objects
}

fn topology() -> Vec<Object> {
    let (grid, cell) = (GridId(Uuid::from_u128(10)), CellId(Uuid::from_u128(20)));
    let source = DataSource {
        workflow: workflow_id(),
        output: "current".to_owned(),
        sources: vec!["panel_0".to_owned()],
    };
    let roles = [DataRole::Primary, DataRole::XAxis, DataRole::YAxis];
    let params = serde_json::Map::from_iter([("bins".to_owned(), 100.into())]);
    let geometry = CellGeometry {
        row: 0,
        col: 1,
        row_span: 2,
        col_span: 3,
    };
    vec![
        Object::Grid(Grid {
            id: grid,
            title: "Detectors".to_owned(),
            nrows: 2,
            ncols: 4,
            enabled: true,
            order: -1,
        }),
        Object::Cell(Cell {
            id: cell,
            grid,
            geometry,
            title: Some("Panel".to_owned()),
        }),
        Object::Layer(Layer {
            id: layer(1),
            cell,
            order: 0,
            title: "Counts".to_owned(),
            config: LayerConfig {
                plotter: "image".to_owned(),
                sources: roles.map(|role| (role, source.clone())).into(),
                params: JsonText::new(params),
            },
            hidden: false,
        }),
    ]
}

fn workflow() -> Workflow {
    let temporalities = [
        Temporality::Window,
        Temporality::Cumulative,
        Temporality::Series,
    ];
    let output = |temporality| OutputInfo {
        name: "current".to_owned(),
        title: "Current".to_owned(),
        dims: vec!["y".to_owned(), "x".to_owned()],
        unit: Unit::counts(),
        temporality,
    };
    Workflow {
        id: workflow_id(),
        title: "Detector view".to_owned(),
        description: "Counts by pixel".to_owned(),
        sources: vec![SourceInfo {
            name: "panel_0".to_owned(),
            title: "Panel".to_owned(),
        }],
        views: vec![OutputView {
            name: "image".to_owned(),
            title: "Image".to_owned(),
            outputs: temporalities.map(output).into(),
        }],
    }
}

fn job(state: JobState, index: u128) -> Job {
    Job {
        id: JobId {
            workflow: workflow_id(),
            source: format!("panel_{index}"),
        },
        number: JobNumber(Uuid::from_u128(index)),
        params: JsonText::empty(),
        state,
        started: NOON,
    }
}

fn workflow_id() -> WorkflowId {
    WorkflowId {
        instrument: "dummy".to_owned(),
        name: "panel_0_xy".to_owned(),
        version: 1,
    }
}

fn layer(index: u128) -> LayerId {
    LayerId(Uuid::from_u128(index))
}

fn frame(body: FrameBody) -> Frame {
    let time = TimeInterval {
        start: TimeNs(NOON.0 - 1),
        end: NOON,
    };
    Frame {
        body,
        time: Some(time),
        reduced: 4,
        note: None,
    }
}

fn quantity() -> Quantity {
    Quantity {
        label: "Counts".into(),
        unit: Unit::counts(),
    }
}

fn coord(dim: &str, values: CoordValues) -> Coord {
    Coord {
        values,
        ..Coord::index(dim, 0)
    }
}

fn image(counts: &[u32]) -> FrameBody {
    let values = Values::U32(counts.to_vec());
    FrameBody::Image(Image {
        x: coord(
            "x",
            CoordValues::Linear {
                start: -1.5,
                step: 0.5,
                len: 3,
            },
        ),
        y: coord("y", CoordValues::Edges([0.0, 1.0, 10.0].into())),
        quantity: quantity(),
        extent: Extent::of_values(&values),
        values: Arc::new(values),
        errors: Errors::PerCount(1.0),
    })
}

fn labelled_image() -> FrameBody {
    let label = |name: &str, colour| Label {
        name: name.into(),
        colour,
        edition: 77,
        since: None,
    };
    let labels = [label("Peak", Some(7)), label("Rest", None)];
    let FrameBody::Image(image) = image(&[1, 2, 3, 4, 5, 6]) else {
        unreachable!("an image")
    };
    FrameBody::Image(Image {
        y: coord("roi", CoordValues::Labels(labels.into())),
        errors: Errors::Each(Arc::new(Values::F32(vec![0.5; 6]))),
        ..image
    })
}

fn flattened_image() -> FrameBody {
    let FrameBody::Image(image) = image(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) else {
        unreachable!("an image")
    };
    let layers = coord("layer", CoordValues::Points([0.5, 2.0].into()));
    FrameBody::Image(Image {
        y: Coord::flat(&[layers, Coord::index("row", 2)]),
        ..image
    })
}

fn curves(times: &[i64], y: &[f64]) -> FrameBody {
    FrameBody::Curves(Curves {
        quantity: quantity(),
        series: vec![Series {
            name: "temperature".into(),
            x: coord("time", CoordValues::Times(times.into())),
            y: Arc::new(Values::F64(y.to_vec())),
            errors: Some(Arc::new(Values::F64(y.to_vec()))),
            extent: Extent::of(y.iter().copied()),
            colour: Some(3),
        }],
    })
}

fn scalars() -> FrameBody {
    let entry = |name: &str, value, error| ScalarEntry {
        name: name.into(),
        quantity: quantity(),
        value,
        error,
    };
    FrameBody::Scalars(Scalars {
        entries: vec![entry("a", 12.0, Some(3.5)), entry("b", -0.0, None)],
    })
}

fn volume() -> FrameBody {
    let values = Values::I64(vec![i64::MIN, 0, 1, i64::MAX]);
    FrameBody::Volume(SlicerState {
        coords: [
            Coord::index("z", 1),
            coord("y", CoordValues::Points([0.25, 4.0].into())),
            Coord::index("x", 2),
        ],
        quantity: quantity(),
        extent: Extent::of_values(&values),
        values: Arc::new(values),
        errors: Errors::default(),
    })
}
