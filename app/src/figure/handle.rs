//! One cell's figure, shared by its canvas and its menu.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;

use super::{Axis, Reading};
use crate::present::{Figure, Gesture, Presentation, Scene};
use crate::readers::shed;
use shared::plot::ScaleKind;

/// A figure and the signal that what was chosen of it changed; cheap to clone.
#[derive(Clone)]
pub(crate) struct FigureHandle(Arc<Inner>);

struct Inner {
    figure: Mutex<Figure>,
    chosen: ArcTrigger,
    /// Whether something was chosen that is not painted yet.
    is_ahead: AtomicBool,
    settled: ArcTrigger,
}

impl FigureHandle {
    /// A figure of which nothing was chosen yet.
    pub(crate) fn new(presentation: Presentation) -> Self {
        Self(Arc::new(Inner {
            figure: Mutex::new(Figure::new(presentation)),
            chosen: ArcTrigger::new(),
            is_ahead: AtomicBool::new(false),
            settled: ArcTrigger::new(),
        }))
    }

    /// Reads what was chosen. Tracks every later choice.
    pub(crate) fn read<R>(&self, read: impl FnOnce(&Presentation) -> R) -> R {
        self.0.chosen.track();
        self.with(|figure| read(&figure.presentation))
    }

    /// Wakes whoever runs in it at every later choice.
    pub(crate) fn track(&self) {
        self.0.chosen.track();
    }

    /// Wakes whoever runs in it whenever the figure was painted after a choice: what follows from it is known then.
    pub(crate) fn track_settled(&self) {
        self.0.settled.track();
    }

    /// Has all signals forget readers that are gone; see [`crate::readers`].
    pub(super) fn shed_readers(&self) {
        shed(&self.0.chosen);
        shed(&self.0.settled);
    }

    /// The figure was painted as it is.
    pub(super) fn handle_painted(&self) {
        if self.with(Figure::has_taken_over) {
            self.tell_chosen();
        }
        if self.0.is_ahead.swap(false, Ordering::Relaxed) {
            self.0.settled.notify();
        }
    }

    fn tell_chosen(&self) {
        self.0.is_ahead.store(true, Ordering::Relaxed);
        self.0.chosen.notify();
    }

    /// Chooses something.
    pub(crate) fn choose(&self, change: impl FnOnce(&mut Presentation)) {
        self.with(|figure| change(&mut figure.presentation));
        self.tell_chosen();
    }

    /// Chooses the kind of scale of an axis; its numbers come from the data.
    pub(crate) fn choose_scale(&self, axis: Axis, kind: ScaleKind) {
        self.with(|figure| {
            let scale = kind.for_target(axis.target(figure.targets()));
            axis.of_mut(&mut figure.presentation.view).set_scale(scale);
        });
        self.tell_chosen();
    }

    /// For what limits of an axis are read, with its unit.
    pub(crate) fn limits(&self, axis: Axis) -> (Reading, String) {
        self.with(|figure| {
            let view = axis.of(&figure.presentation.view);
            let meanings = figure.meanings();
            let meaning = axis.meaning(meanings);
            let reading = Reading {
                scale: view.scale(),
                utc_offset_s: meaning.is_time.then_some(meanings.utc_offset_s),
                shown: view.range(),
            };
            // Times are told as such, whatever they are counted in.
            let unit = (!meaning.is_time).then(|| meaning.unit.clone());
            (reading, unit.unwrap_or_default())
        })
    }

    /// Does what a hand does to the figure as it was painted.
    pub(crate) fn apply(&self, scene: &Scene, gesture: Gesture) {
        self.with(|figure| figure.apply(scene, gesture));
        self.tell_chosen();
    }

    /// Shows all data, and follows them from now on.
    pub(crate) fn fit(&self) {
        self.with(Figure::fit);
        self.tell_chosen();
    }

    /// The figure itself. Nobody is told of changes.
    pub(crate) fn with<R>(&self, act: impl FnOnce(&mut Figure) -> R) -> R {
        act(&mut self.0.figure.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for FigureHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FigureHandle")
    }
}
