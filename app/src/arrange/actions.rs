//! What the command palette offers, and how it is found by typing.

use shared::id::{CellId, GridId, LayerId, WorkflowId};
use shared::topology::PieceId;

use super::Dialog;

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Shows a page.
    Go(String),
    /// Begins or ends arranging.
    Arrange,
    /// Makes a plot at the first free place of a grid.
    AddPlot(GridId),
    /// Takes the newest edit back.
    Undo,
    /// Does it again.
    Redo,
    /// Gives a plot all the room.
    Maximise(CellId),
    /// Offers these instead: what would discard something is asked for twice.
    Ask(Vec<Offer>),
    /// Does nothing.
    Leave,
    /// Begins a workflow's jobs for sources.
    Start(WorkflowId, Vec<String>),
    /// Ends them.
    Stop(WorkflowId, Vec<String>),
    /// Opens a dialog.
    Open(Dialog),
    /// Removes a plot, which is called so.
    Remove(PieceId, String),
    /// Begins or ends editing the regions on a plot's image.
    Regions(CellId),
    /// Shows all data of a plot.
    Fit(CellId),
    /// Opens the menu of a plot that this panel belongs to.
    Menu(String),
    /// Goes to what moves and resizes a plot by keys.
    Move(CellId),
    /// Links all plots of the page by their axes, or lets go of them.
    Link,
    /// Makes a plot once more.
    DuplicateCell(CellId),
    /// Makes a grid once more.
    DuplicateGrid(GridId),
    /// Hides the tab of a grid, or shows it again.
    ToggleTab(GridId),
    /// Moves the tab of a grid by places.
    ShiftTab(GridId, isize),
    /// Hides a layer, or shows it again.
    ToggleLayer(LayerId),
    /// Saves what is at an address.
    Save(String),
}

/// An action as the palette shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// What it does.
    pub(crate) name: String,
    /// The key that does the same, if there is one.
    pub(crate) key: &'static str,
    /// What is done.
    pub(crate) action: Action,
}

impl Offer {
    /// An action without a key.
    pub(crate) fn new(name: impl Into<String>, action: Action) -> Self {
        Self::keyed(name, "", action)
    }

    /// An action that a key does, too.
    pub(crate) fn keyed(name: impl Into<String>, key: &'static str, action: Action) -> Self {
        Self {
            name: name.into(),
            key,
            action,
        }
    }
}

/// The offers whose names hold every word that was typed: first those that begin with what was typed, then those of
/// which a word does, then the others; each in the order given.
pub(crate) fn find(offers: &[Offer], typed: &str) -> Vec<Offer> {
    let typed = typed.trim().to_lowercase();
    let words: Vec<&str> = typed.split_whitespace().collect();
    let rank = |offer: &Offer| {
        let name = offer.name.to_lowercase();
        let begins = |word: &str| name.split_whitespace().any(|it| it.starts_with(word));
        match () {
            () if !words.iter().all(|word| name.contains(word)) => None,
            () if name.starts_with(&typed) => Some(0),
            () if words.iter().all(|word| begins(word)) => Some(1),
            () => Some(2),
        }
    };
    let mut found: Vec<(u8, &Offer)> = offers
        .iter()
        .filter_map(|it| Some((rank(it)?, it)))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, it)| it.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(typed: &str) -> Vec<String> {
        let offers = [
            "Show grid Volume",
            "Undo: move Volume",
            "Volume alone",
            "Evolve",
        ]
        .map(|name| Offer::new(name, Action::Undo));
        find(&offers, typed).into_iter().map(|it| it.name).collect()
    }

    #[test]
    fn every_word_counts_and_beginnings_come_first() {
        assert_eq!(names("").len(), 4);
        assert_eq!(
            names("vol"),
            [
                "Volume alone",
                "Show grid Volume",
                "Undo: move Volume",
                "Evolve"
            ]
        );
        assert_eq!(names(" VOL  show "), ["Show grid Volume"]);
        assert_eq!(names("vol nothing"), Vec::<String>::new());
    }
}
