//! The page's place for arranging: what is open, what was changed, and the one way to change something.

mod deeds;
mod editing;
mod setback;
mod templates;
mod undo;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::{CellId, GridId, LayerId};
use shared::notification::Severity;
use shared::plot::Catalogue;
use shared::topology::{Arrangement, CellGeometry, Layer, Piece, PieceId};

pub(crate) use self::setback::Setback;
use super::ahead::Ahead;
use super::{History, Seen};
use crate::browser::fetch;
use crate::live::Live;
use crate::readers::shed;
use crate::session::tell_editing;

/// What is arranged as a page saw it, with the versions of all pieces.
pub(crate) type Base = (Arrangement, Seen);

/// What is being arranged on this page; cheap to copy, shared by context.
#[derive(Clone, Copy)]
pub(crate) struct Workspace {
    /// Whether cells can be moved and plots be added.
    pub(crate) is_editing: RwSignal<bool>,
    /// What stands over the page.
    pub(crate) dialog: RwSignal<Option<Dialog>>,
    /// True while an edit is under way.
    pub(crate) is_busy: RwSignal<bool>,
    /// What can be plotted how; none until somebody wanted to know.
    pub(crate) catalogue: RwSignal<Option<Arc<Catalogue>>>,
    /// Where something that is dragged would come, and whether it may.
    pub(crate) ghost: RwSignal<Option<(GridId, CellGeometry, bool)>>,
    /// The plot that is being dragged or named.
    pub(crate) handled: RwSignal<Option<CellId>>,
    history: RwSignal<History>,
    /// What the others were told.
    told: StoredValue<Told>,
    /// What own edits made that the synchronisation has not brought yet, with the state that will bring it.
    ahead: StoredValue<Ahead>,
    /// What waits for the edit under way.
    waiting: StoredValue<Vec<Box<dyn FnOnce()>>, LocalStorage>,
}

/// Which plot the others were told that this page changes.
#[derive(Clone, Copy, Default)]
struct Told {
    cell: Option<CellId>,
    is_calling: bool,
}

/// What stands over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialog {
    /// A plot is made for a place of a grid.
    AddPlot(GridId, CellGeometry),
    /// A layer is added to a cell.
    AddLayer(CellId),
    /// A layer is set otherwise.
    EditLayer(LayerId),
    /// The layers of a cell.
    Layers(CellId),
    /// A grid is added.
    AddGrid,
    /// Whether a plot or a layer is to go that others look at.
    Remove(PieceId),
    /// What is known of the layers of a cell.
    Details(CellId),
    /// A grid is kept as a template.
    KeepTemplate(GridId),
    /// Whether a grid is to go.
    RemoveGrid(GridId),
    /// Commands, found by typing.
    Palette,
    /// The keys that do something.
    Shortcuts,
}

impl Dialog {
    /// What it only shows or asks about: it goes with that. A form stays, with what was typed in it.
    pub(crate) fn subject(self) -> Option<PieceId> {
        match self {
            Self::Layers(cell) | Self::Details(cell) => Some(cell.into()),
            Self::Remove(piece) => Some(piece),
            Self::RemoveGrid(grid) => Some(grid.into()),
            _ => None,
        }
    }
}

impl Workspace {
    /// Nothing is being arranged.
    pub(crate) fn new() -> Self {
        Self {
            is_editing: RwSignal::new(false),
            dialog: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            catalogue: RwSignal::new(None),
            ghost: RwSignal::new(None),
            handled: RwSignal::new(None),
            history: RwSignal::new(History::default()),
            told: StoredValue::new(Told::default()),
            ahead: StoredValue::new(Ahead::default()),
            waiting: StoredValue::new_local(Vec::new()),
        }
    }

    /// What is arranged now, own edits included, with the versions of all pieces.
    pub(crate) fn arranged(self, live: &Live) -> Base {
        let (mut arrangement, mut seen, stamp) = live.pictures.arranged();
        let overlay = |it: &mut Ahead| it.overlay(stamp, &mut arrangement, &mut seen);
        self.ahead.update_value(overlay);
        (arrangement, seen)
    }

    /// True while the synchronisation has not brought what this page's own edit made of a piece.
    pub(crate) fn is_ahead(self, live: &Live, piece: PieceId) -> bool {
        let stamp = live.pictures.stamp();
        self.ahead.with_value(|it| it.is_ahead(stamp, piece))
    }

    /// True while the synchronisation has not brought a piece that this page's own edit made or changed.
    pub(crate) fn is_coming(self, live: &Live, piece: PieceId) -> bool {
        let stamp = live.pictures.stamp();
        self.ahead.with_value(|it| it.piece(stamp, piece).is_some())
    }

    /// A layer as this page's own edit made it, while the synchronisation has not brought that.
    pub(crate) fn layer_ahead(self, live: &Live, layer: LayerId) -> Option<Layer> {
        let stamp = live.pictures.stamp();
        self.ahead
            .with_value(|it| match it.piece(stamp, layer.into())? {
                Piece::Layer(layer) => Some(layer.clone()),
                _ => None,
            })
    }

    /// Has the signals that plots read forget readers that are gone; see [`crate::readers`].
    pub(crate) fn shed_readers(self) {
        shed(&self.is_editing);
        shed(&self.is_busy);
        shed(&self.ghost);
        shed(&self.handled);
    }

    /// Does something as soon as no edit is under way.
    pub(crate) fn when_free(self, act: impl FnOnce() + 'static) {
        self.waiting.update_value(|it| it.push(Box::new(act)));
        self.go_on();
    }

    /// Does what waits, up to the next edit.
    fn go_on(self) {
        while !self.is_busy.get_untracked() {
            let next = |it: &mut Vec<Box<dyn FnOnce()>>| (!it.is_empty()).then(|| it.remove(0));
            let Some(act) = self.waiting.try_update_value(next).flatten() else {
                return;
            };
            untrack(act);
        }
    }

    /// Removes a plot or a layer, called `title`; asks first if others look at it. True when it was not to be asked.
    pub(crate) fn remove(self, live: &Live, piece: PieceId, title: String) -> bool {
        let is_watched = live.presence.with_untracked(|it| it.others > 0);
        if is_watched {
            self.dialog.set(Some(Dialog::Remove(piece)));
        } else {
            self.edit(live, format!("remove {title}"), move |it| it.remove(piece));
        }
        !is_watched
    }

    /// Begins a plot at the first free place of a grid, which is arranged from now on.
    pub(crate) fn begin_plot(self, live: &Live, grid: GridId) {
        self.is_editing.set(true);
        match self.arranged(live).0.first_free(grid, 1, 1) {
            Some(place) => self.dialog.set(Some(Dialog::AddPlot(grid, place))),
            None => live.tell(
                Severity::Info,
                "This grid is full: give it another row or column, or remove a plot".to_owned(),
            ),
        }
    }

    /// The plot that this page changes just now. Tracks what says so.
    pub(crate) fn changing(self, live: &Live) -> Option<CellId> {
        let of_dialog = match self.dialog.get() {
            Some(
                Dialog::AddLayer(cell) | Dialog::Layers(cell) | Dialog::Remove(PieceId::Cell(cell)),
            ) => Some(cell),
            Some(Dialog::EditLayer(layer) | Dialog::Remove(PieceId::Layer(layer))) => live
                .layers
                .signal(&layer)
                .with(|it| Some(it.as_ref()?.cell)),
            _ => None,
        };
        let handled = self.handled.get();
        of_dialog.or(handled)
    }

    /// Tells the others which plot this page changes just now. Tracks what says so. One call after the other, so that
    /// the newest comes last.
    pub(crate) fn tell_changing(self, live: &Live) {
        let wanted = self.changing(live);
        if self
            .told
            .with_value(|it| it.is_calling || it.cell == wanted)
        {
            return;
        }
        let live = live.clone();
        self.told.update_value(|it| it.is_calling = true);
        spawn_local(async move {
            loop {
                let wanted = untrack(|| self.changing(&live));
                if self.told.with_value(|it| it.cell == wanted) {
                    break;
                }
                // Whether it arrived is of no interest: it is asked again with the next change.
                tell_editing(&live, wanted).await;
                self.told.update_value(|it| it.cell = wanted);
            }
            self.told.update_value(|it| it.is_calling = false);
        });
    }

    /// Asks the server once what can be plotted how.
    pub(crate) fn want_catalogue(self, live: &Live) {
        if self.catalogue.with_untracked(Option::is_some) {
            return;
        }
        let live = live.clone();
        spawn_local(async move {
            match fetch::get_json::<Catalogue>("/api/v1/plotters").await {
                Ok(catalogue) => self.catalogue.set(Some(Arc::new(catalogue))),
                Err(error) => live.say(format!("Plotters could not be loaded: {error}")),
            }
        });
    }
}
