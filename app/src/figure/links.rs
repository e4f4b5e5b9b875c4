//! Plots with equal axes that move together, where the reader wishes so. No server hears of it.

use std::rc::Weak;

use leptos::prelude::*;
use shared::id::CellId;
use shared::plot::AxisView;

use super::easel::Inner;
use super::{Axis, Easel};
use crate::browser::storage;
use crate::present::{AxisMeta, Meanings};
use crate::readers::shed;

/// The page's figures by their axes; shared by context.
#[derive(Clone, Copy)]
pub(crate) struct Links {
    /// Whether plots are linked.
    pub(crate) is_on: RwSignal<bool>,
    members: StoredValue<Vec<Weak<Inner>>, LocalStorage>,
    /// Changes whenever a figure's axes mean something else, or a figure comes.
    axes: RwSignal<u32>,
}

/// The axes that can be linked: colours are each figure's own.
pub(super) const AXES: [Axis; 2] = [Axis::X, Axis::Y];

/// What the tab keeps it under.
const KEY: &str = "beamdeck.linked";

impl Links {
    /// No links.
    pub(crate) fn new() -> Self {
        Self {
            is_on: RwSignal::new(false),
            members: StoredValue::new_local(Vec::new()),
            axes: RwSignal::new(0),
        }
    }

    /// Takes up what the tab kept. Called after hydration.
    pub(crate) fn restore(self) {
        self.is_on.set(storage::load(KEY).is_some());
    }

    /// Links plots, or lets go of them.
    pub(crate) fn set(self, on: bool) {
        self.is_on.set(on);
        if on {
            storage::store(KEY, "on");
        } else {
            storage::forget(KEY);
            for easel in self.members() {
                easel.show_cross([None, None]);
            }
        }
    }

    /// Has all signals forget readers that are gone; see [`crate::readers`].
    pub(crate) fn shed_readers(self) {
        shed(&self.is_on);
        shed(&self.axes);
    }

    /// A figure is on the page.
    pub(crate) fn join(self, easel: &Easel) {
        self.members.update_value(|it| {
            it.retain(|member| member.strong_count() > 0);
            it.push(easel.downgrade());
        });
        self.note_axes();
    }

    /// The axes of a figure mean something else.
    pub(super) fn note_axes(self) {
        self.axes.update(|it| *it = it.wrapping_add(1));
    }

    /// A figure's cursor points at values of its axes, or at nothing.
    pub(super) fn tell_cursor(self, from: &Easel, at: Option<[f64; 2]>) {
        if !self.is_on.get_untracked() {
            return;
        }
        let said = from.meanings();
        for easel in self.members().filter(|it| it.cell() != from.cell()) {
            let theirs = easel.meanings();
            let values = AXES.map(|axis| {
                let value = at?[usize::from(axis == Axis::Y)];
                is_linked(axis, &said, &theirs).then_some(value)
            });
            easel.show_cross(values);
        }
    }

    /// A figure shows something else along an axis.
    pub(super) fn tell_view(self, from: &Easel, axis: Axis, view: AxisView) {
        if !self.is_on.get_untracked() {
            return;
        }
        let said = from.meanings();
        for easel in self.members().filter(|it| it.cell() != from.cell()) {
            if is_linked(axis, &said, &easel.meanings()) {
                easel.take_view(axis, view);
            }
        }
    }

    /// With how many others a cell's figure moves along each axis. Tracks whatever changes that.
    pub(crate) fn partners(self, cell: CellId) -> [usize; 2] {
        self.axes.track();
        if !self.is_on.get() {
            return [0, 0];
        }
        let members: Vec<_> = self
            .members()
            .map(|it| (it.cell(), it.meanings()))
            .collect();
        let Some((_, own)) = members.iter().rev().find(|(it, _)| *it == cell) else {
            return [0, 0];
        };
        let others = || members.iter().filter(|(it, _)| *it != cell);
        AXES.map(|axis| others().filter(|(_, it)| is_linked(axis, own, it)).count())
    }

    /// The figure of a cell that is on the page.
    pub(super) fn figure_of(self, cell: CellId) -> Option<Easel> {
        self.members().filter(|it| it.cell() == cell).last()
    }

    fn members(self) -> impl Iterator<Item = Easel> {
        let members = self.members.try_get_value().unwrap_or_default();
        members.into_iter().filter_map(|it| Easel::upgrade(&it))
    }
}

/// Whether an axis of two figures is the same dimension in the same unit.
fn is_linked(axis: Axis, one: &Meanings, other: &Meanings) -> bool {
    let key = |meta: &AxisMeta| (meta.dim.clone(), meta.unit.clone(), meta.is_time);
    let [one, other] = [axis.meaning(one), axis.meaning(other)];
    !one.dim.is_empty() && !one.is_mixed && !other.is_mixed && key(one) == key(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meanings(dim: &str, unit: &str) -> Meanings {
        let x = AxisMeta {
            dim: dim.to_owned(),
            unit: unit.to_owned(),
            ..AxisMeta::default()
        };
        Meanings {
            x,
            ..Meanings::default()
        }
    }

    #[test]
    fn only_equal_dimensions_of_equal_units_are_linked() {
        let linked = |a: [&str; 2], b: [&str; 2]| {
            is_linked(Axis::X, &meanings(a[0], a[1]), &meanings(b[0], b[1]))
        };
        assert!(linked(["x", "mm"], ["x", "mm"]));
        assert!(!linked(["x", "mm"], ["x", "m"]));
        assert!(!linked(["x", "mm"], ["y", "mm"]));
        assert!(!linked(["", "K"], ["", "K"]), "values are no dimension");
    }
}
