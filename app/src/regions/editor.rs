//! From pointers and keys to changes of regions. Knows no page and no server; places are CSS pixels of the figure.

use shared::id::RegionId;
use shared::plot::grips::{AreaKind, Grip, data_at, drawn, grip_at, moved, stretched, translated};
use shared::plot::{Area, MAX_VERTICES, Projection};
use shared::region::Region;

/// How far from a handle a hand may be; fingers are not exact.
const REACH_PX: f64 = 12.0;
/// A pointer that moves less is a click.
const CLICK_PX: f64 = 3.0;

/// What a hand does next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tool {
    /// Takes hold of regions.
    #[default]
    Hold,
    /// Draws a new one.
    Draw(AreaKind),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Done {
    /// Nothing: the figure may have it.
    Nothing,
    /// It was meant for regions, and nothing changed yet.
    Taken,
    /// This one is meant from now on.
    Select(Option<RegionId>),
    /// The region looks like this for as long as the hand holds it.
    Shaped(RegionId, Area),
    /// A new area grows under the hand.
    Growing(Area),
    /// The hand has let go: the region shall be so.
    Changed(RegionId, Area),
    /// The hand has drawn a new one.
    Drawn(Area),
    /// The region shall go.
    Removed(RegionId),
    /// The corners of a polygon so far.
    Corners(Vec<[f64; 2]>),
    /// What was begun comes to nothing.
    Dropped,
}

/// The figure that a hand works on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ground<'a> {
    pub(crate) axes: [&'a Projection; 2],
    pub(crate) regions: &'a [Region],
    pub(crate) selected: Option<RegionId>,
}

/// A hand's memory between events.
#[derive(Clone, Debug, Default)]
pub(crate) struct Editor {
    pub(crate) tool: Tool,
    drag: Option<Drag>,
    /// Corners of a polygon that is not closed yet, in units of the axes.
    corners: Vec<[f64; 2]>,
}

#[derive(Clone, Debug)]
struct Drag {
    start: [f64; 2],
    has_moved: bool,
    held: Held,
}

#[derive(Clone, Debug)]
enum Held {
    /// A grip of a region, as it was.
    Region(RegionId, Area, Grip),
    /// The corner opposite to the hand of something new.
    New(AreaKind),
}

impl Editor {
    /// A hand that will do something else next.
    pub(crate) fn with_tool(tool: Tool) -> Self {
        Self {
            tool,
            ..Self::default()
        }
    }

    /// True while something is held.
    pub(crate) fn is_holding(&self) -> bool {
        self.drag.is_some()
    }

    pub(crate) fn down(&mut self, ground: Ground<'_>, at: [f64; 2]) -> Done {
        match self.tool {
            Tool::Draw(AreaKind::Polygon) => self.add_corner(ground, at),
            Tool::Draw(kind) => {
                self.hold(at, Held::New(kind));
                Done::Taken
            }
            Tool::Hold => match gripped(ground, at) {
                Some((region, grip)) => {
                    self.hold(at, Held::Region(region.id, region.area.clone(), grip));
                    Done::Select(Some(region.id))
                }
                None if ground.selected.is_some() => Done::Select(None),
                None => Done::Nothing,
            },
        }
    }

    pub(crate) fn drag(&mut self, ground: Ground<'_>, at: [f64; 2]) -> Done {
        let Some(drag) = &mut self.drag else {
            return Done::Nothing;
        };
        drag.has_moved |= distance(drag.start, at) >= CLICK_PX;
        if !drag.has_moved {
            return Done::Taken;
        }
        match &drag.held {
            Held::Region(id, area, grip) => {
                Done::Shaped(*id, moved(area, *grip, ground.axes, [drag.start, at]))
            }
            Held::New(kind) => {
                drawn(*kind, ground.axes, [drag.start, at]).map_or(Done::Taken, Done::Growing)
            }
        }
    }

    pub(crate) fn up(&mut self, ground: Ground<'_>, at: [f64; 2]) -> Done {
        let done = self.drag(ground, at);
        self.drag = None;
        match done {
            Done::Shaped(id, area) if area.check().is_ok() => Done::Changed(id, area),
            Done::Growing(area) => Done::Drawn(area),
            done => done,
        }
    }

    /// Lets go of everything as if nothing had been held.
    pub(crate) fn cancel(&mut self) {
        *self = Self::with_tool(self.tool);
    }

    /// Closes the polygon that is being drawn.
    pub(crate) fn close(&mut self) -> Done {
        let mut vertices = std::mem::take(&mut self.corners);
        vertices.dedup();
        let area = Area::Polygon { vertices };
        if area.check().is_ok() {
            Done::Drawn(area)
        } else {
            Done::Dropped
        }
    }

    /// What a key does, by the name that browsers give it. Arrows move what is selected by `step`, with shift they
    /// stretch it; Enter draws something in the middle of the view, or closes a polygon.
    pub(crate) fn key(
        &mut self,
        ground: Ground<'_>,
        (key, is_shifted): (&str, bool),
        step: [f64; 2],
    ) -> Done {
        if let (Tool::Draw(kind), "Enter") = (self.tool, key) {
            return match kind {
                AreaKind::Polygon if !self.corners.is_empty() => self.close(),
                kind => Done::Drawn(amid(kind, ground.axes)),
            };
        }
        let selected = ground
            .regions
            .iter()
            .find(|it| Some(it.id) == ground.selected);
        let by = match key {
            "ArrowLeft" => [-step[0], 0.0],
            "ArrowRight" => [step[0], 0.0],
            "ArrowDown" => [0.0, -step[1]],
            "ArrowUp" => [0.0, step[1]],
            "Escape" if self.is_holding() || !self.corners.is_empty() => {
                self.cancel();
                return Done::Dropped;
            }
            "Escape" if selected.is_some() => return Done::Select(None),
            "Delete" | "Backspace" => {
                return selected.map_or(Done::Nothing, |it| Done::Removed(it.id));
            }
            "]" | "[" => return Done::Select(next(ground, key == "]")),
            _ => return Done::Nothing,
        };
        let Some(region) = selected else {
            return Done::Nothing;
        };
        let area = if is_shifted {
            stretched(&region.area, by)
        } else {
            translated(&region.area, by)
        };
        Done::Changed(region.id, area)
    }

    fn hold(&mut self, start: [f64; 2], held: Held) {
        self.drag = Some(Drag {
            start,
            has_moved: false,
            held,
        });
    }

    /// One corner more; at the first one the polygon closes.
    fn add_corner(&mut self, ground: Ground<'_>, at: [f64; 2]) -> Done {
        let [x, y] = ground.axes;
        let px = |corner: &[f64; 2]| [x.px_from_data(corner[0]), y.px_from_data(corner[1])];
        let is_first = |it: &[f64; 2]| distance(px(it), at) < REACH_PX;
        if self.corners.len() > 2 && self.corners.first().is_some_and(is_first) {
            return self.close();
        }
        // The second click of a double click adds nothing.
        let is_last = |it: &[f64; 2]| distance(px(it), at) < CLICK_PX;
        if self.corners.len() < MAX_VERTICES && !self.corners.last().is_some_and(is_last) {
            self.corners.push([data_at(x, at[0]), data_at(y, at[1])]);
        }
        Done::Corners(self.corners.clone())
    }
}

/// What a hand takes hold of: what is selected before all others, else the uppermost.
fn gripped<'a>(ground: Ground<'a>, at: [f64; 2]) -> Option<(&'a Region, Grip)> {
    let grip = |it: &'a Region| Some((it, grip_at(&it.area, ground.axes, at, REACH_PX)?));
    let is_selected = |it: &&Region| Some(it.id) == ground.selected;
    let first = ground.regions.iter().filter(is_selected);
    first.chain(ground.regions.iter().rev()).find_map(grip)
}

/// The region after or before the one selected.
fn next(ground: Ground<'_>, is_forward: bool) -> Option<RegionId> {
    let n = ground.regions.len();
    let at = ground
        .regions
        .iter()
        .position(|it| Some(it.id) == ground.selected);
    let next = match at {
        Some(at) if is_forward => at + 1,
        Some(at) => at + n - 1,
        None if is_forward => 0,
        None => n.checked_sub(1)?,
    };
    ground.regions.get(next.checked_rem(n)?).map(|it| it.id)
}

/// Something a quarter as wide and high as the view, in its middle.
fn amid(kind: AreaKind, axes: [&Projection; 2]) -> Area {
    let place = |axis: &Projection, unit: f64| {
        let ends = [axis.range().lo(), axis.range().hi()].map(|it| axis.px_from_data(it));
        data_at(axis, ends[0] + unit * (ends[1] - ends[0]))
    };
    let [x, y] = axes.map(|axis| [0.375, 0.5, 0.625].map(|unit| place(axis, unit)));
    match kind {
        AreaKind::Rectangle => Area::Rectangle {
            x: [x[0], x[2]],
            y: [y[0], y[2]],
        },
        AreaKind::Ellipse => Area::Ellipse {
            centre: [x[1], y[1]],
            radii: [x[2] - x[1], y[2] - y[1]],
        },
        AreaKind::Polygon => Area::Polygon {
            vertices: vec![[x[0], y[0]], [x[2], y[0]], [x[1], y[2]]],
        },
    }
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[cfg(test)]
mod tests;
