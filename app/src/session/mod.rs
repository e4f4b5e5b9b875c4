//! The page's session with the server: drives the protocol's state machine with the browser's means.
//!
//! What to do is decided by [`ClientSession`] and [`WakeShare`](wake_share::WakeShare), which know no browser; here
//! their actions become requests, streams and messages to other pages, and what comes back becomes signals.

mod commands;
mod edits;
mod exports;
mod identity;
mod name;
mod previews;
mod relay;
mod removed;
mod server_clock;
mod templates;
mod updater;
mod wake_share;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use shared::id::{LayerId, SessionId};
use shared::sync::mirror::LayerFrame;
use shared::sync::session::ClientSession;
use shared::topology::{Arrangement, Piece, PieceId};
use shared::version::Stamp;

pub(crate) use commands::{JobCommand, send_job_command};
pub(crate) use edits::{EditError, send_edit, tell_editing};
pub(crate) use exports::{DataContent, DataFormat, save_data};
pub(crate) use name::{keep_own_name, own_name};
pub(crate) use previews::fetch_preview;
pub(crate) use removed::{fetch_grid_removal, fetch_region_removal};
pub(crate) use templates::{fetch_templates, keep_template, remove_template, restore_template};
pub(crate) use updater::SessionUpdater;

/// Where pictures are found: the protocol's mirror holds the only copy, so that differences apply in place.
#[derive(Clone, Default)]
pub struct Pictures(Arc<Mutex<Option<ClientSession>>>);

impl Pictures {
    /// Reads the picture of a layer, if there is one.
    pub fn with_frame<R>(&self, layer: LayerId, read: impl FnOnce(&LayerFrame) -> R) -> Option<R> {
        let session = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        session.as_ref()?.client().mirror().frame(layer).map(read)
    }

    /// Which session this page is, once it runs.
    pub(crate) fn session(&self) -> Option<SessionId> {
        self.with(|session| session.client().session())
    }

    /// What is arranged as far as the page knows, with the versions of all pieces and the state that it is of.
    pub(crate) fn arranged(&self) -> (Arrangement, BTreeMap<PieceId, Stamp>, Option<Stamp>) {
        let read = |session: &mut ClientSession| {
            let mirror = session.client().mirror();
            let Some(stamp) = mirror.stamp() else {
                return Default::default();
            };
            let seen = mirror.objects().filter_map(|(_, revision, object)| {
                let version = Stamp { revision, ..stamp };
                Some((Piece::of(object)?.id(), version))
            });
            let objects = mirror.objects().map(|(_, _, object)| &**object);
            (Arrangement::of(objects), seen.collect(), Some(stamp))
        };
        self.with(read).unwrap_or_default()
    }

    /// The state that the page knows.
    pub(crate) fn stamp(&self) -> Option<Stamp> {
        self.with(|session| session.client().mirror().stamp())
            .flatten()
    }

    /// An answer to a command told the server's newest state.
    pub(crate) fn handle_stamp(&self, stamp: Stamp) {
        self.with(|session| session.handle_stamp(stamp));
    }

    fn start(&self, session: ClientSession) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(session);
    }

    fn with<R>(&self, act: impl FnOnce(&mut ClientSession) -> R) -> Option<R> {
        let mut session = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        session.as_mut().map(act)
    }
}

impl fmt::Debug for Pictures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pictures")
    }
}
