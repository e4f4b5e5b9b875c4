//! Grids, cells, layers and frames to change.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::data::{Coord, CoordValues, Unit, Values};
use shared::id::{CellId, GridId, LayerId, WorkflowId};
use shared::object::Object;
use shared::plot::Errors;
use shared::plot::frame::{Curves, Extent, Frame, FrameBody, Image, Quantity, Series};
use shared::time::{TimeInterval, TimeNs};
use shared::topology::{
    Cell, CellGeometry, DataRole, DataSource, Grid, JsonText, Layer, LayerConfig,
};

pub(super) fn grid_id(index: u8) -> GridId {
    GridId::derived(&format!("grid {index}"))
}

pub(super) fn cell_id(index: u8) -> CellId {
    CellId::derived(&format!("cell {index}"))
}

pub(super) fn layer_id(index: u8) -> LayerId {
    LayerId::derived(&format!("layer {index}"))
}

pub(super) fn grid_object(index: u8, title: u8) -> Object {
    Object::Grid(Grid {
        id: grid_id(index),
        title: format!("Grid {title}"),
        nrows: 3,
        ncols: 3,
        enabled: true,
        order: 0,
    })
}

pub(super) fn cell_object(index: u8, grid: u8) -> Object {
    Object::Cell(Cell {
        id: cell_id(index),
        grid: grid_id(grid),
        geometry: CellGeometry {
            row: 0,
            col: 0,
            row_span: 1,
            col_span: 1,
        },
        title: None,
    })
}

pub(super) fn layer_object(index: u8, cell: u8, title: u8, config: u8) -> Object {
    let source = DataSource {
        workflow: WorkflowId {
            instrument: "test".into(),
            name: "w".into(),
            version: 1,
        },
        output: format!("output {config}"),
        sources: vec!["s".into()],
    };
    Object::Layer(Layer {
        id: layer_id(index),
        cell: cell_id(cell),
        order: 0,
        title: format!("Layer {title}"),
        config: LayerConfig {
            plotter: "image".into(),
            sources: BTreeMap::from([(DataRole::Primary, source)]),
            params: JsonText::empty(),
        },
        hidden: false,
    })
}

/// The same layer, hidden from everybody.
pub(super) fn hide(layer: Object) -> Object {
    match layer {
        Object::Layer(layer) => Object::Layer(Layer {
            hidden: true,
            ..layer
        }),
        other => other,
    }
}

/// Images that grow by a few counts, and series that grow at the tail and shrink at the head.
pub(super) fn next_frame(layer: LayerId, previous: Option<&Frame>, salt: u64) -> Frame {
    let end = TimeNs(previous.and_then(|f| f.time).map_or(0, |t| t.end.0) + 1);
    let body = previous.map(|frame| &frame.body);
    Frame {
        body: if layer.0.as_bytes()[0].is_multiple_of(2) {
            next_image(body, salt)
        } else {
            next_series(body, salt)
        },
        time: Some(TimeInterval {
            start: TimeNs(0),
            end,
        }),
        reduced: 1,
        note: None,
    }
}

fn quantity() -> Quantity {
    Quantity {
        label: "Counts".into(),
        unit: Unit::counts(),
    }
}

fn next_image(previous: Option<&FrameBody>, salt: u64) -> FrameBody {
    let mut counts = match previous {
        Some(FrameBody::Image(image)) => match &*image.values {
            Values::U32(counts) => counts.clone(),
            other => unreachable!("{other:?}"),
        },
        _ => vec![0; 400],
    };
    for k in 0..(salt % 7) {
        let index = (salt >> k) as usize % counts.len();
        counts[index] = counts[index].wrapping_add((salt >> 32) as u32 % 5);
    }
    let values = Values::U32(counts);
    FrameBody::Image(Image {
        x: Coord::index("x", 20),
        y: Coord::index("y", 20),
        quantity: quantity(),
        extent: Extent::of_values(&values),
        values: Arc::new(values),
        errors: Errors::default(),
    })
}

fn next_series(previous: Option<&FrameBody>, salt: u64) -> FrameBody {
    let (mut times, mut y) = match previous {
        Some(FrameBody::Curves(curves)) => match &curves.series[0].x.values {
            CoordValues::Times(times) => (times.to_vec(), curves.series[0].y.to_f64()),
            other => unreachable!("{other:?}"),
        },
        _ => (Vec::new(), Vec::new()),
    };
    for k in 0..=(salt % 4) {
        times.push(times.last().copied().unwrap_or(0) + 1 + k as i64);
        y.push(if salt.is_multiple_of(11) {
            f64::NAN
        } else {
            salt as f64
        });
    }
    let dropped = times.len().saturating_sub(30 + (salt % 5) as usize);
    times.drain(..dropped);
    y.drain(..dropped);
    FrameBody::Curves(Curves {
        quantity: quantity(),
        series: vec![Series {
            name: "T".into(),
            x: Coord {
                values: CoordValues::Times(times.into()),
                ..Coord::index("time", 0)
            },
            extent: Extent::of(y.iter().copied()),
            y: Arc::new(Values::F64(y)),
            errors: None,
            colour: None,
        }],
    })
}
