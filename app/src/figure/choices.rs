//! Every cell's figure, and what the tab keeps of the choices over a reload.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use shared::id::CellId;
use shared::plot::Cut;

use super::FigureHandle;
use crate::browser::storage;
use crate::present::Presentation;

/// The page's figures; shared by context.
#[derive(Clone, Default)]
pub(crate) struct Choices(Arc<Mutex<BTreeMap<CellId, FigureHandle>>>);

const KEY: &str = "beamdeck.presentations";

impl Choices {
    /// The figure of a cell.
    pub(crate) fn figure(&self, cell: CellId) -> FigureHandle {
        let mut figures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || FigureHandle::new(Presentation::with_log_colours());
        figures.entry(cell).or_insert_with(new).clone()
    }

    /// How the volumes of a cell are cut. Tracks every later choice of its figure.
    pub(crate) fn cut(&self, cell: CellId) -> Cut {
        self.figure(cell).read(|it| it.cut)
    }

    /// Has all signals forget readers that are gone; see [`crate::readers`].
    pub(crate) fn shed_readers(&self) {
        let figures = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        figures.values().for_each(FigureHandle::shed_readers);
    }

    /// Takes up what the tab kept. Called after hydration, whose pages know nothing of it.
    pub(crate) fn restore(&self) {
        for (cell, presentation) in read(&storage::load(KEY).unwrap_or_default()) {
            self.figure(cell).choose(|it| *it = presentation);
        }
    }

    /// Keeps what was chosen for the cells that still exist; the others are forgotten.
    pub(crate) fn save(&self, exists: impl Fn(&CellId) -> bool) {
        let mut figures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        figures.retain(|cell, _| exists(cell));
        let chosen: BTreeMap<CellId, Presentation> = figures
            .iter()
            .map(|(cell, handle)| (*cell, handle.with(|it| it.presentation.clone())))
            .collect();
        let text = serde_json::to_string(&chosen).expect("ids are strings and ranges are finite");
        storage::store(KEY, &text);
    }
}

/// What a text of [`Choices::save`] says. An entry that another version of the client wrote, and this one cannot read,
/// costs no more than itself.
fn read(text: &str) -> BTreeMap<CellId, Presentation> {
    let entries: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(text).unwrap_or_default();
    let entry = |(cell, chosen): (String, _)| {
        Some((cell.parse().ok()?, serde_json::from_value(chosen).ok()?))
    };
    entries.into_iter().filter_map(entry).collect()
}

impl fmt::Debug for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Choices")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_that_cannot_be_read_costs_no_other() {
        let cell = CellId::derived("a");
        let chosen = serde_json::to_string(&Presentation::with_log_colours()).unwrap();
        let text = format!(
            r#"{{"{cell}":{chosen},"{}":{{"view":7}},"nobody":{chosen}}}"#,
            CellId::derived("b")
        );
        let expected = BTreeMap::from([(cell, Presentation::with_log_colours())]);
        assert_eq!(read(&text), expected);
        assert_eq!(read("["), BTreeMap::new());
    }
}
