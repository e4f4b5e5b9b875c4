//! Moving a cut by keys: whole, or one of its ends.

use leptos::prelude::*;
use shared::plot::params::CutParams;

use super::{Cut, CutPlace, Cuts};
use crate::live::Live;

/// How many steps a key with Shift goes.
const BIG: f64 = 10.0;
/// What of a cut keys move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum CutPart {
    /// All of it.
    Whole,
    /// Where it begins.
    Start,
    /// Where it ends.
    End,
}

impl CutPart {
    /// All parts, as the keyboard comes to them.
    pub(crate) const ALL: [Self; 3] = [Self::Whole, Self::Start, Self::End];

    /// Which of the ends move.
    fn moves(self) -> [bool; 2] {
        [self != Self::End, self != Self::Start]
    }
}

impl Cuts {
    /// Takes a key that is meant for a part of a cut. What keys have moved is shown here alone until it is kept.
    pub(crate) fn take_key(
        self,
        live: &Live,
        place: &CutPlace,
        part: CutPart,
        (key, is_shifted): (&str, bool),
    ) -> bool {
        match key {
            "Enter" => self.keep_keyed(live),
            // Else it closes what is open.
            "Escape" => return self.drop_keyed(),
            _ => {
                let Some(by) = direction(key) else {
                    return false;
                };
                let factor = if is_shifted { BIG } else { 1.0 };
                let by = [0, 1].map(|axis| by[axis] * place.steps[axis] * factor);
                // The figure has perhaps not painted what the key before did.
                let (cut, before) = self.keyed_or(&place.cut);
                let ends = shifted(cut.ends_on_axes(), part, by);
                let cut = cut.with_ends_on_axes(ends);
                self.keyed.set(Some((cut, before)));
            }
        }
        true
    }

    /// Makes what keys have moved an edit: one, however many keys it took.
    pub(crate) fn keep_keyed(self, live: &Live) {
        let keyed = self.keyed.try_update(Option::take).flatten();
        if let Some((cut, before)) = keyed {
            self.keep(live, cut, &before);
        }
    }

    /// Takes back what keys have moved; true if there was something.
    pub(crate) fn drop_keyed(self) -> bool {
        self.keyed.try_update(Option::take).flatten().is_some()
    }

    /// The cut as keys have it, and as it was before the first one.
    fn keyed_or(self, cut: &Cut) -> (Cut, Cut) {
        let keyed = self.keyed.get_untracked();
        let keyed = keyed.filter(|(keyed, _)| keyed.layer == cut.layer);
        keyed.unwrap_or_else(|| (cut.clone(), cut.clone()))
    }
}

/// Right and up, by the name that browsers give a key.
fn direction(key: &str) -> Option<[f64; 2]> {
    Some(match key {
        "ArrowLeft" => [-1.0, 0.0],
        "ArrowRight" => [1.0, 0.0],
        "ArrowUp" => [0.0, 1.0],
        "ArrowDown" => [0.0, -1.0],
        _ => return None,
    })
}

fn shifted(ends: [[f64; 2]; 2], part: CutPart, by: [f64; 2]) -> [[f64; 2]; 2] {
    let moves = part.moves();
    [0, 1].map(|end| {
        let by = if moves[end] { by } else { [0.0; 2] };
        [0, 1].map(|axis| {
            (ends[end][axis] + by[axis]).clamp(-CutParams::FARTHEST, CutParams::FARTHEST)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_moves_the_line_or_one_end_of_it() {
        let ends = [[20.0, 100.0], [100.0, 100.0]];
        let up = direction("ArrowUp").expect("a direction");
        assert_eq!(
            shifted(ends, CutPart::Whole, up),
            [[20.0, 101.0], [100.0, 101.0]]
        );
        assert_eq!(
            shifted(ends, CutPart::Start, [-5.0, 0.0]),
            [[15.0, 100.0], [100.0, 100.0]]
        );
        assert_eq!(
            shifted(ends, CutPart::End, [0.0, -10.0]),
            [[20.0, 100.0], [100.0, 90.0]]
        );
        assert_eq!(
            shifted([[1e12, 0.0], [0.0; 2]], CutPart::Whole, [7.0, 0.0]),
            [[1e12, 0.0], [7.0, 0.0]]
        );
        assert_eq!(direction("a"), None);
    }
}
