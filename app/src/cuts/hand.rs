//! Taking hold of a cut: by an end, which moves alone, or anywhere else, which moves it whole.

use std::rc::Rc;

use leptos::prelude::*;
use shared::id::CellId;
use shared::plot::Area;
use shared::plot::grips::{Grip, moved};
use shared::topology::Arrangement;

use super::{Cut, Cuts, with_ends};
use crate::arrange::Setback;
use crate::live::Live;
use crate::present::{Hand, Scene};

/// How far from an end a hand may be; fingers are not exact.
const END_PX: f64 = 12.0;
/// How far from the line.
const LINE_PX: f64 = 8.0;

/// What a pointer holds.
#[derive(Clone, Debug)]
pub(super) struct Held {
    /// As the hand has it.
    pub(super) cut: Cut,
    /// As it was.
    before: Cut,
    grip: Grip,
    start: [f64; 2],
}

/// One who moves cuts.
struct CutHand {
    cuts: Cuts,
    live: Live,
    cell: CellId,
}

/// The hand that moves the cuts on a cell's image.
pub(crate) fn cut_hand(cuts: Cuts, live: Live, cell: CellId) -> Rc<dyn Hand> {
    Rc::new(CutHand { cuts, live, cell })
}

impl Cuts {
    /// Makes a cut what a hand has made of it. It may be somebody's by now: this is an edit like any other.
    pub(super) fn keep(self, live: &Live, cut: Cut, before: &Cut) {
        if cut == *before {
            return;
        }
        let label = format!("move cut of {}", cut.title);
        self.left.set(Some(cut.clone()));
        let edit = move |it: &mut Arrangement| {
            if let Some(layer) = it.layers.get_mut(&cut.layer) {
                layer.config.params = with_ends(&layer.config.params, cut.ends);
            }
        };
        let teller = live.clone();
        let then = move |outcome: Result<(), Setback>| {
            self.left.set(None);
            if let Err(setback) = outcome {
                setback.tell(&teller);
            }
        };
        let workspace = self.workspace.get_value();
        workspace.edit_then(live, label, edit, then);
    }
}

impl Hand for CutHand {
    fn on_down(&self, scene: &Scene, at: [f64; 2]) -> bool {
        if !scene.layout.frame.contains(at) {
            return false;
        }
        let cuts = untrack(|| self.cuts.on_cell(&self.live, &self.cell));
        let held = gripped(&cuts, scene, at).map(|(cut, grip)| Held {
            before: cut.clone(),
            cut,
            grip,
            start: at,
        });
        let is_held = held.is_some();
        self.cuts.held.set(held);
        is_held
    }

    fn on_move(&self, scene: &Scene, at: [f64; 2]) -> bool {
        let Some(mut held) = self.cuts.held.get_untracked() else {
            return false;
        };
        let line = Area::Polygon {
            vertices: held.before.ends_on_axes().to_vec(),
        };
        let axes = [&scene.x, &scene.y];
        if let Area::Polygon { vertices } = moved(&line, held.grip, axes, [held.start, at])
            && let [from, to] = vertices[..]
        {
            held.cut = held.cut.with_ends_on_axes([from, to]);
            self.cuts.held.set(Some(held));
        }
        true
    }

    fn on_up(&self, _scene: &Scene, _at: [f64; 2]) -> bool {
        let held = self.cuts.held.get_untracked();
        let is_held = held.is_some();
        if let Some(held) = held {
            self.cuts.keep(&self.live, held.cut, &held.before);
        }
        self.cuts.held.set(None);
        is_held
    }

    fn on_cancel(&self) {
        if self.is_holding() {
            self.cuts.held.set(None);
        }
    }

    fn on_double_click(&self, _scene: &Scene) -> bool {
        false
    }

    fn on_key(&self, _scene: &Scene, _key: &str, _is_shifted: bool) -> bool {
        // Keys are taken by what lies over the ends of cuts.
        false
    }

    fn handles(&self, scene: &Scene) -> Vec<[f64; 2]> {
        let cuts = untrack(|| self.cuts.on_cell(&self.live, &self.cell));
        cuts.iter().flat_map(|it| it.ends_px(scene)).collect()
    }

    fn is_holding(&self) -> bool {
        self.cuts.held.with_untracked(Option::is_some)
    }
}

/// The cut under a pointer, and what is held of it: ends come before lines.
fn gripped(cuts: &[Cut], scene: &Scene, at: [f64; 2]) -> Option<(Cut, Grip)> {
    let mut nearest = None;
    let mut least = f64::INFINITY;
    for cut in cuts {
        let ends = cut.ends_px(scene);
        let to_ends = ends.map(|end| distance(end, at));
        let candidates = [
            (to_ends[0], END_PX, Grip::Vertex(0)),
            (to_ends[1], END_PX, Grip::Vertex(1)),
            // An end within reach is nearer than the line through it.
            (END_PX + to_line(ends, at), END_PX + LINE_PX, Grip::Whole),
        ];
        for (far, reach, grip) in candidates {
            if far < reach && far < least {
                (least, nearest) = (far, Some((cut.clone(), grip)));
            }
        }
    }
    nearest
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// How far a place is from a line between two ends.
fn to_line([from, to]: [[f64; 2]; 2], at: [f64; 2]) -> f64 {
    let along = [to[0] - from[0], to[1] - from[1]];
    let length_squared = along[0].powi(2) + along[1].powi(2);
    if length_squared == 0.0 {
        return distance(from, at);
    }
    let part = ((at[0] - from[0]) * along[0] + (at[1] - from[1]) * along[1]) / length_squared;
    let part = part.clamp(0.0, 1.0);
    distance([from[0] + part * along[0], from[1] + part * along[1]], at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_end_at_the_ends() {
        let line = [[0.0, 0.0], [10.0, 0.0]];
        assert_eq!(to_line(line, [5.0, 3.0]), 3.0);
        assert_eq!(to_line(line, [13.0, 4.0]), 5.0);
        assert_eq!(to_line([[1.0, 1.0]; 2], [4.0, 5.0]), 5.0);
    }
}
