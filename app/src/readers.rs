//! Signals that outlive their readers.
//!
//! An effect or a memo that is gone stays in the lists of the signals that it read, with its memory. Signals of the page
//! would so remember every plot that was ever shown, and tell each of them whenever they change. Whoever puts another
//! grid on the screen therefore has them forget all readers, when those of the grid before are gone and those of the
//! next one are not there yet: the few in between read again.

use leptos::prelude::*;
use leptos::reactive::graph::Source;

use crate::arrange::Workspace;
use crate::components::{Arranging, FigureTools, RegionEditing};
use crate::cuts::Cuts;
use crate::figure::{Choices, Links};
use crate::live::Live;
use crate::part::Part;
use crate::regions::Regions;

/// Tells the readers of a signal, and forgets them: those that are there read it again and are remembered.
pub(crate) fn shed(signal: &(impl Source + Notify)) {
    signal.notify();
    signal.clear_subscribers();
}

/// The page's signals that plots read; shared by context.
#[derive(Clone)]
pub(crate) struct Lasting {
    live: Live,
    workspace: Workspace,
    regions: Regions,
    cuts: Cuts,
    links: Links,
    choices: Choices,
    arranging: Part<Arranging>,
    region_editing: Part<RegionEditing>,
    figure_tools: Part<FigureTools>,
}

impl Lasting {
    /// All of them, from the context.
    pub(crate) fn of_page() -> Self {
        Self {
            live: expect_context(),
            workspace: expect_context(),
            regions: expect_context(),
            cuts: expect_context(),
            links: expect_context(),
            choices: expect_context(),
            arranging: expect_context(),
            region_editing: expect_context(),
            figure_tools: expect_context(),
        }
    }

    /// Forgets the readers that are gone.
    pub(crate) fn shed_readers(&self) {
        self.live.shed_readers();
        self.workspace.shed_readers();
        self.regions.shed_readers();
        self.cuts.shed_readers();
        self.links.shed_readers();
        self.choices.shed_readers();
        self.arranging.shed_readers();
        self.region_editing.shed_readers();
        self.figure_tools.shed_readers();
    }
}
