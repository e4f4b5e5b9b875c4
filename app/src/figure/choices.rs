//! Every cell's figure, and what the tab keeps of the choices over a reload.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use shared::id::CellId;

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

    /// Takes up what the tab kept. Called after hydration, whose pages know nothing of it.
    pub(crate) fn restore(&self) {
        let stored = storage::load(KEY).and_then(|text| serde_json::from_str(&text).ok());
        let stored: BTreeMap<CellId, Presentation> = stored.unwrap_or_default();
        for (cell, presentation) in stored {
            self.figure(cell).choose(|it| *it = presentation);
        }
    }

    /// Keeps what was chosen.
    pub(crate) fn save(&self) {
        let figures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let chosen: BTreeMap<CellId, Presentation> = figures
            .iter()
            .map(|(cell, handle)| (*cell, handle.with(|it| it.presentation.clone())))
            .collect();
        let text = serde_json::to_string(&chosen).expect("ids are strings and ranges are finite");
        storage::store(KEY, &text);
    }
}

impl fmt::Debug for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Choices")
    }
}
