//! One axis as it is drawn: where values lie, and what its ticks say.

use shared::plot::{
    AxisView, Projection, Room, Scale, Ticks, bent_ticks, category_ticks, linear_ticks, log_ticks,
    time_ticks,
};

use super::axis_meta::AxisMeta;

/// An axis with its place on the canvas.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    pub(super) projection: Projection,
    pub(super) ticks: Ticks,
    pub(super) title: String,
}

/// The wall clock of the reader.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Zone<'a> {
    pub(super) utc_offset_s: i32,
    pub(super) name: &'a str,
}

impl Axis {
    /// The axis between two pixels, `[at the lower end, at the upper end]`.
    pub(super) fn new(
        view: AxisView,
        meta: &AxisMeta,
        px: [f64; 2],
        room: Room,
        zone: Zone<'_>,
    ) -> Self {
        let scale = shown_scale(view.scale(), meta);
        let projection = Projection::new(scale, view.range(), px);
        let range = projection.range();
        let room = view.labels().map_or(room, |it| room.with_labels(it));
        let ticks = match scale {
            _ if meta.is_time => time_ticks(0, range, zone.utc_offset_s, room),
            _ if !meta.things.is_empty() => category_ticks(&meta.things, range, room),
            Scale::Linear => linear_ticks(range, room),
            Scale::Log => log_ticks(range, room),
            Scale::Symlog(_) | Scale::Sqrt => bent_ticks(range, scale, room),
        };
        Self {
            projection,
            ticks,
            title: meta.title(zone.name),
        }
    }

    /// The characters of the longest label.
    pub(super) fn label_chars(&self) -> usize {
        self.ticks
            .majors()
            .map(|tick| tick.label.chars().count())
            .max()
            .unwrap_or_default()
    }
}

/// Time and names are always shown linearly.
pub(super) fn shown_scale(scale: Scale, meta: &AxisMeta) -> Scale {
    let is_linear = meta.is_time || !meta.things.is_empty();
    if is_linear { Scale::Linear } else { scale }
}
