//! Who looks at what: a lease per session, and nothing that grows with what it sees.
//!
//! What a call costs does not grow with the number of the others: lookers are counted per grid, and leases lie in
//! the order in which they end.

mod looks;
mod people;
mod presence;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use shared::id::{CellId, GridId, LayerId, SessionId};
use shared::presence::{Editor, MAX_NAME_CHARS, Presence};
use tokio::sync::watch;

use self::looks::Looks;
use self::people::People;
pub use self::presence::PresenceWatch;

/// How long a session is taken to look on after its wake closed or its last call, whichever is later.
pub const LEASE: Duration = Duration::from_secs(15);

/// Grids that one session may look at: the one on its screen, and those of further layers it asks for.
pub const MAX_GRIDS: usize = 16;

/// Sessions at most; of each, some hundred bytes are kept.
const MAX_SESSIONS: usize = 10_000;

/// The sessions that are looking.
#[derive(Debug, Default)]
pub struct SessionRegistry {
    registered: Mutex<Registered>,
}

#[derive(Debug, Default)]
struct Registered {
    sessions: BTreeMap<SessionId, Session>,
    /// The sessions without an open wake, by the end of their lease.
    ending: BTreeSet<(Instant, SessionId)>,
    looks: Looks<GridId>,
    /// The people at each grid, by their sessions.
    people: People,
    /// Lookers by the hidden layers that they ask for.
    asked: Looks<LayerId>,
    /// The sessions that change a cell.
    editors: BTreeMap<SessionId, CellId>,
    /// Counts what changes of who is where.
    presence: watch::Sender<u64>,
}

/// What a session looks at, and who does.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look<'a> {
    /// The grids, the one on the screen first.
    pub grids: &'a [GridId],
    /// Hidden layers that it asks for.
    pub asked: &'a [LayerId],
    /// What the person is called; none of a script.
    pub name: Option<&'a str>,
}

#[derive(Debug)]
struct Session {
    /// What the person is called; none of a script.
    name: Option<Arc<str>>,
    grids: Vec<GridId>,
    /// Hidden layers that it asks for.
    asked: Vec<LayerId>,
    open_wakes: u32,
    last_seen: Instant,
}

/// A session cannot be registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    /// There are too many.
    #[error("{MAX_SESSIONS} sessions are looking already: close some pages, or try again in 15 s")]
    Full,
    /// It looks at too much.
    #[error("a session may look at {MAX_GRIDS} grids at most: ask for layers of fewer grids")]
    TooManyGrids,
    /// It is called what nobody can read.
    #[error(
        "a name has 1 to {MAX_NAME_CHARS} characters, and no line breaks: choose another one, or leave it out"
    )]
    Name,
}

impl Session {
    /// When its lease ends; none while a wake is open.
    fn end(&self) -> Option<Instant> {
        (self.open_wakes == 0).then(|| self.last_seen + LEASE)
    }

    /// The grid on the screen of a person, and what they are called.
    fn place(&self) -> Option<(GridId, Arc<str>)> {
        self.grids.first().copied().zip(self.name.clone())
    }
}

impl SessionRegistry {
    /// A call: the session has this `look` from now on. True when nobody looked at one of its grids before.
    ///
    /// # Errors
    /// There are too many sessions, or it looks at too much, or its name cannot be read.
    pub fn handle_sync(
        &self,
        id: SessionId,
        look: Look<'_>,
        now: Instant,
    ) -> Result<bool, SessionError> {
        let Look { grids, asked, name } = look;
        if grids.len() > MAX_GRIDS {
            return Err(SessionError::TooManyGrids);
        }
        if name.is_some_and(|it| !is_name(it)) {
            return Err(SessionError::Name);
        }
        let mut registered = self.lock();
        registered.expire(now);
        let newly_viewed = grids.iter().any(|grid| !registered.looks.any_at(*grid));
        registered.change(id, now, |session| {
            grids.clone_into(&mut session.grids);
            asked.clone_into(&mut session.asked);
            if session.name.as_deref() != name {
                session.name = name.map(Arc::from);
            }
            session.last_seen = now;
        })?;
        Ok(newly_viewed)
    }

    /// A wake stream for the sessions was opened.
    pub fn handle_wake_opened(&self, ids: &[SessionId], now: Instant) -> Result<(), SessionError> {
        let mut registered = self.lock();
        registered.expire(now);
        let new = ids
            .iter()
            .filter(|id| !registered.sessions.contains_key(id));
        if registered.sessions.len() + new.count() > MAX_SESSIONS {
            return Err(SessionError::Full);
        }
        ids.iter()
            .try_for_each(|id| registered.change(*id, now, |session| session.open_wakes += 1))
    }

    /// A wake stream for the sessions was closed.
    pub fn handle_wake_closed(&self, ids: &[SessionId], now: Instant) {
        let mut registered = self.lock();
        for id in ids {
            registered.change_known(*id, |session| {
                session.open_wakes = session.open_wakes.saturating_sub(1);
                session.last_seen = now;
            });
        }
    }

    /// The page is gone: it looks at nothing any more. A wake that still names it is remembered, since the page may
    /// come back from the browser's cache.
    pub fn handle_closed(&self, id: SessionId) {
        let mut registered = self.lock();
        registered.set_editor(id, None);
        registered.change_known(id, |session| {
            session.grids.clear();
            session.asked.clear();
        });
        let is_over = |session: &Session| session.open_wakes == 0;
        if registered.sessions.get(&id).is_some_and(is_over) {
            registered.remove(id);
        }
    }

    /// The session changes a cell from now on, or none. Of a session that is not looking nothing is remembered.
    pub fn handle_editing(&self, id: SessionId, cell: Option<CellId>) {
        let mut registered = self.lock();
        if registered.sessions.contains_key(&id) {
            registered.set_editor(id, cell);
        }
    }

    /// Who else is where the session looks.
    pub fn presence_of(&self, id: SessionId) -> Presence {
        let registered = self.lock();
        let session = registered.sessions.get(&id);
        let Some(grid) = session.and_then(|it| it.grids.first()) else {
            return Presence::default();
        };
        let editors = registered.editors.iter().filter(|(other, _)| **other != id);
        let name_of = |id: &SessionId| registered.sessions.get(id)?.name.clone();
        let (others, names) = registered.people.beside(*grid, id);
        Presence {
            others,
            names,
            editing: editors
                .map(|(id, cell)| Editor {
                    cell: *cell,
                    name: name_of(id).unwrap_or_else(|| "".into()),
                })
                .collect(),
        }
    }

    /// Changes whenever [`Self::presence_of`] may.
    pub fn watch_presence(&self) -> watch::Receiver<u64> {
        self.lock().presence.subscribe()
    }

    /// The grids that the session looks at.
    pub fn grids_of(&self, id: SessionId) -> Vec<GridId> {
        let registered = self.lock();
        let session = registered.sessions.get(&id);
        session.map_or_else(Vec::new, |session| session.grids.clone())
    }

    /// The grids that somebody looks at. Sessions whose lease has run out are forgotten.
    pub fn viewed_grids(&self, now: Instant) -> BTreeSet<GridId> {
        let mut registered = self.lock();
        registered.expire(now);
        registered.looks.ids().collect()
    }

    /// The hidden layers that somebody asks for.
    pub fn asked_layers(&self) -> BTreeSet<LayerId> {
        self.lock().asked.ids().collect()
    }

    /// How many sessions are looking.
    pub fn len(&self) -> usize {
        self.lock().sessions.len()
    }

    /// True when nobody is looking.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn lock(&self) -> MutexGuard<'_, Registered> {
        // Nothing in here panics between two changes that belong together.
        self.registered
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Registered {
    /// Changes a session, which is made when it is new.
    fn change(
        &mut self,
        id: SessionId,
        now: Instant,
        how: impl FnOnce(&mut Session),
    ) -> Result<(), SessionError> {
        if !self.sessions.contains_key(&id) {
            if self.sessions.len() >= MAX_SESSIONS {
                return Err(SessionError::Full);
            }
            let session = Session {
                name: None,
                grids: Vec::new(),
                asked: Vec::new(),
                open_wakes: 0,
                last_seen: now,
            };
            self.ending.extend(session.end().map(|end| (end, id)));
            self.sessions.insert(id, session);
        }
        self.change_known(id, how);
        Ok(())
    }

    /// Changes a session, and what is counted of it.
    fn change_known(&mut self, id: SessionId, how: impl FnOnce(&mut Session)) {
        let Some(session) = self.sessions.get_mut(&id) else {
            return;
        };
        if let Some(end) = session.end() {
            self.ending.remove(&(end, id));
        }
        let before = (session.grids.clone(), session.asked.clone());
        let at = session.place();
        how(session);
        if session.grids != before.0 {
            self.looks.remove(&before.0);
            self.looks.add(&session.grids);
        }
        if session.place() != at {
            self.people.move_to(id, at, session.place());
            self.presence.send_modify(|it| *it += 1);
        }
        self.asked.remove(&before.1);
        self.asked.add(&session.asked);
        self.ending.extend(session.end().map(|end| (end, id)));
    }

    fn set_editor(&mut self, id: SessionId, cell: Option<CellId>) {
        let before = match cell {
            Some(cell) => self.editors.insert(id, cell),
            None => self.editors.remove(&id),
        };
        if before != cell {
            self.presence.send_modify(|it| *it += 1);
        }
    }

    fn remove(&mut self, id: SessionId) {
        self.set_editor(id, None);
        if let Some(session) = self.sessions.remove(&id) {
            self.looks.remove(&session.grids);
            self.people.move_to(id, session.place(), None);
            self.asked.remove(&session.asked);
            self.presence.send_modify(|it| *it += 1);
            if let Some(end) = session.end() {
                self.ending.remove(&(end, id));
            }
        }
    }

    fn expire(&mut self, now: Instant) {
        while let Some((end, id)) = self.ending.first().copied()
            && end <= now
        {
            self.remove(id);
        }
    }
}

/// True of what others can read in a line.
fn is_name(text: &str) -> bool {
    let chars = text.chars().count();
    (1..=MAX_NAME_CHARS).contains(&chars) && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests;
