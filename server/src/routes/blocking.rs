//! Work that would keep a thread from answering others, on threads of its own, and so much of it at once.

use axum::http::StatusCode;
use tokio::sync::Semaphore;

use super::problem::Problem;

/// Answers to pages: short, and many at once when the state changes for all of them.
pub(super) static ANSWERS: Lane = Lane::new(8, 10_000);
/// What is computed because somebody asked: a preview, the data of a layer, a document. It leaves cores to the ticks
/// and to the reduction.
pub(super) static COMPUTATIONS: Lane = Lane::new(2, 500);
/// Commands, which wait for the disk and for each other rather than for a core.
pub(super) static COMMANDS: Lane = Lane::new(16, 500);

/// Work of one kind: some of it is done at a time, some waits in order, more is refused.
#[derive(Debug)]
pub(super) struct Lane {
    running: Semaphore,
    /// Of what runs and what waits.
    places: Semaphore,
}

impl Lane {
    const fn new(at_once: usize, waiting: usize) -> Self {
        Self {
            running: Semaphore::const_new(at_once),
            places: Semaphore::const_new(at_once + waiting),
        }
    }
}

/// Does `work` on a thread that may be kept busy, when its turn comes.
pub(super) async fn blocking<T: Send + 'static>(
    lane: &'static Lane,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let place = lane.places.try_acquire().map_err(|_full| busy())?;
    // Nobody closes it.
    let turn = lane.running.acquire().await.map_err(|_closed| busy())?;
    let done = tokio::task::spawn_blocking(move || {
        // Whoever asked may be gone by now, and the work is done all the same: it ends its turn itself.
        let _until_done = (place, turn);
        work()
    });
    done.await.map_err(|error| {
        tracing::error!("an answer could not be made: {error}");
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the answer could not be made; the server's log has the cause",
        )
    })
}

fn busy() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "the server is busy with the requests of others: try again in a few seconds",
    )
    .retry_after(2)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::sync::mpsc::sync_channel;
    use std::time::Duration;

    use axum::http::header;
    use axum::response::IntoResponse as _;
    use tokio::task::JoinSet;

    use super::*;

    #[tokio::test]
    async fn beyond_what_may_wait_requests_are_refused_until_there_is_room() {
        static LANE: Lane = Lane::new(1, 1);
        let (release, held) = sync_channel::<()>(1);
        let first = tokio::spawn(blocking(&LANE, move || held.recv().is_ok()));
        let second = tokio::spawn(blocking(&LANE, || 2));
        while LANE.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let refused = blocking(&LANE, || 3).await.expect_err("two are there");
        let answer = refused.into_response();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.headers()[header::RETRY_AFTER], "2");
        release.send(()).expect("it waits");
        assert_eq!(first.await.expect("no panic"), Ok(true));
        assert_eq!(second.await.expect("no panic"), Ok(2));
        assert_eq!(blocking(&LANE, || 4).await, Ok(4));
    }

    #[tokio::test]
    async fn who_gives_up_waiting_leaves_a_place_and_no_work() {
        static LANE: Lane = Lane::new(1, 1);
        let (release, held) = sync_channel::<()>(1);
        let first = tokio::spawn(blocking(&LANE, move || held.recv().is_ok()));
        while LANE.running.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let given_up = blocking(&LANE, || panic!("nobody waits for this"));
        let waited = tokio::time::timeout(Duration::from_millis(1), given_up).await;
        assert!(waited.is_err());
        assert_eq!(LANE.places.available_permits(), 1);
        release.send(()).expect("it waits");
        assert_eq!(first.await.expect("no panic"), Ok(true));
    }

    #[tokio::test]
    async fn two_hundred_pages_with_forms_run_into_no_limit() {
        let most = Arc::new(AtomicUsize::new(0));
        let running = Arc::new(AtomicUsize::new(0));
        let mut all = JoinSet::new();
        for _ in 0..200 {
            all.spawn(blocking(&ANSWERS, || true));
            let (most, running) = (Arc::clone(&most), Arc::clone(&running));
            all.spawn(blocking(&COMPUTATIONS, move || {
                most.fetch_max(running.fetch_add(1, SeqCst) + 1, SeqCst);
                std::thread::sleep(Duration::from_millis(1));
                running.fetch_sub(1, SeqCst);
                true
            }));
        }
        let answers = all.join_all().await;
        assert_eq!(answers, vec![Ok(true); 400]);
        assert!(most.load(SeqCst) <= 2);
    }
}
