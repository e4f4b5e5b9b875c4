//! `GET /wake`: announces new revisions, without data, to those that they concern.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{RawQuery, State};
use axum::http::{HeaderName, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use shared::id::SessionId;
use shared::sync::message::Wake;
use shared::version::Stamp;
use tokio::sync::watch;

use super::App;
use super::problem::Problem;
use crate::session::{PresenceWatch, SessionError};

/// Silence that the page may take for trouble is longer than this.
const REPEAT: Duration = Duration::from_secs(2);
/// More pages than one browser keeps open.
const MAX_SESSIONS: usize = 64;

pub(super) async fn wake(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let sessions = read_sessions(query.as_deref().unwrap_or_default())?;
    let waker = Waker::open(app, sessions)?;
    let events = stream::unfold(waker, |mut waker| async move {
        let wake = waker.next().await?;
        let event = Event::default().json_data(wake).ok()?;
        Some((Ok::<_, Infallible>(event), waker))
    });
    let no_store = [
        (header::CACHE_CONTROL, "no-store"),
        // A proxy that gathers answers would hold wakes back.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((no_store, Sse::new(events)).into_response())
}

fn read_sessions(query: &str) -> Result<Vec<SessionId>, Problem> {
    let mut sessions = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if name != "session" {
            return Err(Problem::bad_request(format!(
                "unknown parameter {name:?}: only session is known"
            )));
        }
        let id = value.parse();
        sessions.push(id.map_err(|error| {
            Problem::bad_request(format!("session {value:?} is not a UUID: {error}"))
        })?);
    }
    if sessions.len() > MAX_SESSIONS {
        return Err(Problem::bad_request(format!(
            "one wake serves at most {MAX_SESSIONS} sessions"
        )));
    }
    Ok(sessions)
}

/// One open wake stream. Dropping it ends the look of its sessions, after their lease.
struct Waker {
    app: App,
    sessions: Vec<SessionId>,
    stamps: watch::Receiver<Stamp>,
    shutdown: watch::Receiver<bool>,
    presence: PresenceWatch,
    /// What was announced last, to leave out what concerns nobody here.
    last: Option<Wake>,
}

impl Waker {
    fn open(app: App, sessions: Vec<SessionId>) -> Result<Self, SessionError> {
        app.sessions.handle_wake_opened(&sessions, Instant::now())?;
        Ok(Self {
            stamps: app.committer.watch(),
            shutdown: app.shutdown.subscribe(),
            presence: PresenceWatch::new(Arc::clone(&app.sessions), sessions.clone()),
            app,
            sessions,
            last: None,
        })
    }

    /// The next announcement; none when the server is stopping.
    async fn next(&mut self) -> Option<Wake> {
        let repeat_at = tokio::time::Instant::now() + REPEAT;
        loop {
            if *self.shutdown.borrow() {
                return None;
            }
            self.stamps.mark_unchanged();
            let wake = self.current();
            if self.is_news(&wake) {
                self.last = Some(wake.clone());
                return Some(wake);
            }
            tokio::select! {
                changed = self.stamps.changed() => changed.ok()?,
                () = tokio::time::sleep_until(repeat_at) => return Some(wake),
                () = self.presence.changed() => {}
                _ = self.shutdown.changed() => return None,
            }
        }
    }

    fn current(&mut self) -> Wake {
        let presence = self.presence.current().clone();
        let state = self.app.committer.read();
        let concern = |id: &SessionId| (*id, state.concerns(&self.app.sessions.grids_of(*id)));
        let stamp = state.stamp();
        Wake {
            epoch: stamp.epoch,
            revision: stamp.revision,
            sessions: self
                .sessions
                .iter()
                .map(concern)
                .collect::<BTreeMap<_, _>>(),
            presence,
        }
    }

    fn is_news(&self, wake: &Wake) -> bool {
        self.last.as_ref().is_none_or(|last| {
            let alike = if self.sessions.is_empty() {
                last.revision == wake.revision
            } else {
                last.sessions == wake.sessions
            };
            !alike || last.epoch != wake.epoch || last.presence != wake.presence
        })
    }
}

impl Drop for Waker {
    fn drop(&mut self) {
        let now = Instant::now();
        self.app.sessions.handle_wake_closed(&self.sessions, now);
    }
}
