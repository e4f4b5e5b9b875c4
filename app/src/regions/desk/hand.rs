//! What pointers and keys of a figure come to.

use leptos::prelude::*;
use shared::plot::grips::handles;

use super::super::editor::Ground;
use super::super::{Done, Tool, is_in, key_step};
use super::Desk;
use crate::present::{Hand, Scene};

impl Hand for Desk {
    fn on_down(&self, scene: &Scene, at: [f64; 2]) -> bool {
        self.send_typed();
        is_in(scene.layout.frame, at) && self.work(scene, |it, ground| it.down(ground, at))
    }

    fn on_move(&self, scene: &Scene, at: [f64; 2]) -> bool {
        self.work(scene, |it, ground| it.drag(ground, at))
    }

    fn on_up(&self, scene: &Scene, at: [f64; 2]) -> bool {
        let taken = self.work(scene, |it, ground| it.up(ground, at));
        self.0.gesture.borrow_mut().take();
        // What was held may have been changed by others meanwhile.
        self.settle();
        taken
    }

    fn on_cancel(&self) {
        self.0.editor.borrow_mut().cancel();
        self.drop_begun();
    }

    fn on_double_click(&self, scene: &Scene) -> bool {
        let is_drawing = matches!(self.0.tool.get_untracked(), Tool::Draw(_));
        let has_corners = !self.0.regions.corners.with_untracked(Vec::is_empty);
        if has_corners {
            self.work(scene, |it, _| it.close());
        }
        is_drawing || has_corners || self.0.regions.selected.get_untracked().is_some()
    }

    fn handles(&self, scene: &Scene) -> Vec<[f64; 2]> {
        let Some(region) = untrack(|| self.selected()) else {
            return Vec::new();
        };
        let handles = handles(&region.area, [&scene.x, &scene.y]);
        handles.into_iter().map(|(_, place)| place).collect()
    }

    fn is_holding(&self) -> bool {
        self.0.editor.borrow().is_holding()
    }

    fn on_key(&self, scene: &Scene, key: &str, is_shifted: bool) -> bool {
        let regions = untrack(|| self.regions());
        let units = untrack(|| self.0.regions.units_of(&self.0.live, &self.0.cell));
        let steps = units.map_or([1.0; 2], |[x, y]| {
            [key_step(&scene.x, &x), key_step(&scene.y, &y)]
        });
        let ground = Ground {
            axes: [&scene.x, &scene.y],
            regions: &regions,
            selected: self.0.regions.selected.get_untracked(),
        };
        let done = self
            .0
            .editor
            .borrow_mut()
            .key(ground, (key, is_shifted), steps);
        match done {
            Done::Changed(id, area) => {
                self.type_key(id, area);
                true
            }
            done => self.take(done),
        }
    }
}
