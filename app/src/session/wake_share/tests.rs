//! Pages of one browser that talk to each other: who holds the stream, for whom, and what everybody hears.

use super::*;
use shared::version::{Epoch, Revision};
use uuid::Uuid;

/// Sessions in the order of their numbers, and so in the order of their turns.
fn session(number: u128) -> SessionId {
    SessionId(Uuid::from_u128(number))
}

fn wake(revision: u64) -> Wake {
    Wake {
        presence: BTreeMap::new(),
        epoch: Epoch(Uuid::nil()),
        revision: Revision(revision),
        sessions: BTreeMap::new(),
    }
}

/// The pages of a browser: what one sends reaches the others at once.
struct Browser {
    pages: Vec<Page>,
    now_ms: f64,
}

struct Page {
    share: WakeShare,
    stream: Option<Vec<SessionId>>,
    woken: Vec<u64>,
    lost: usize,
    is_frozen: bool,
}

impl Browser {
    fn new(n_pages: u128) -> Self {
        let page = |number| Page {
            share: WakeShare::new(session(number)),
            stream: None,
            woken: Vec::new(),
            lost: 0,
            is_frozen: false,
        };
        Self {
            pages: (1..=n_pages).map(page).collect(),
            now_ms: 0.0,
        }
    }

    fn does(&mut self, at: usize, act: impl FnOnce(&mut WakeShare, f64) -> Vec<ShareAction>) {
        let actions = act(&mut self.pages[at].share, self.now_ms);
        self.carry_out(at, actions);
    }

    fn carry_out(&mut self, at: usize, actions: Vec<ShareAction>) {
        let page = &mut self.pages[at];
        let mut sent = Vec::new();
        for action in actions {
            match action {
                ShareAction::OpenStream(sessions) => page.stream = Some(sessions),
                ShareAction::CloseStream => page.stream = None,
                ShareAction::Send(message) => sent.push(message),
                ShareAction::Woken(wake) => page.woken.push(wake.revision.0),
                ShareAction::Lost => page.lost += 1,
            }
        }
        for message in sent {
            for other in (0..self.pages.len()).filter(|other| *other != at) {
                let page = &mut self.pages[other];
                if !page.is_frozen {
                    let actions = page.share.handle_relay(message.clone(), self.now_ms);
                    self.carry_out(other, actions);
                }
            }
        }
    }

    fn joins(&mut self, at: usize) {
        self.does(at, WakeShare::handle_join);
    }

    /// Time goes by; pages that run are asked four times a second, and an open stream repeats itself.
    fn passes(&mut self, ms: f64) {
        let end_ms = self.now_ms + ms;
        while self.now_ms < end_ms {
            self.now_ms += 250.0;
            for at in 0..self.pages.len() {
                if !self.pages[at].is_frozen {
                    self.does(at, WakeShare::poll);
                }
            }
        }
    }

    fn wakes(&mut self, revision: u64) {
        for at in 0..self.pages.len() {
            if self.pages[at].stream.is_some() && !self.pages[at].is_frozen {
                self.does(at, |share, _| share.handle_wake(wake(revision)));
            }
        }
    }

    fn holders(&self) -> Vec<usize> {
        let holds = |at: &usize| self.pages[*at].stream.is_some() && !self.pages[*at].is_frozen;
        (0..self.pages.len()).filter(holds).collect()
    }

    /// The only holder; its stream is for everybody in `members`.
    fn assert_held(&self, by: usize, members: &[u128]) {
        assert_eq!(self.holders(), [by]);
        let mut sessions = self.pages[by].stream.clone().unwrap();
        sessions.sort();
        let expected: Vec<_> = members.iter().copied().map(session).collect();
        assert_eq!(sessions, expected);
    }
}

#[test]
fn one_page_of_many_holds_the_stream_for_all() {
    let mut browser = Browser::new(8);
    for at in (0..8).rev() {
        browser.joins(at);
        browser.passes(500.0);
    }
    browser.assert_held(7, &[1, 2, 3, 4, 5, 6, 7, 8]);
    browser.wakes(5);
    for page in &browser.pages {
        assert_eq!(page.woken, [5]);
    }
    browser.does(2, |share, _| share.handle_leave());
    browser.assert_held(7, &[1, 2, 4, 5, 6, 7, 8]);
}

#[test]
fn pages_that_start_together_agree_on_one() {
    let mut browser = Browser::new(6);
    (0..6).for_each(|at| browser.joins(at));
    browser.passes(250.0);
    browser.assert_held(0, &[1, 2, 3, 4, 5, 6]);
}

#[test]
fn holders_that_did_not_hear_of_each_other_become_one() {
    let mut browser = Browser::new(2);
    browser.pages[0].is_frozen = true;
    browser.joins(1);
    browser.passes(1_000.0);
    browser.pages[0].is_frozen = false;
    browser.pages[1].is_frozen = true;
    browser.joins(0);
    browser.passes(1_000.0);
    browser.pages[1].is_frozen = false;
    browser.passes(1_000.0);
    browser.assert_held(0, &[1, 2]);
}

#[test]
fn a_holder_that_does_not_run_loses_the_stream_before_wakes_are_missed() {
    let mut browser = Browser::new(3);
    (0..3).for_each(|at| browser.joins(at));
    browser.passes(2_000.0);
    browser.pages[0].is_frozen = true;
    browser.passes(4_000.0);
    browser.assert_held(1, &[1, 2, 3]);
    browser.wakes(9);
    assert_eq!(browser.pages[2].woken, [9]);
    // It runs again: of the two holders one remains.
    browser.pages[0].is_frozen = false;
    browser.passes(1_000.0);
    assert_eq!(browser.holders().len(), 1);
}

#[test]
fn a_holder_that_leaves_is_followed_at_once() {
    let mut browser = Browser::new(3);
    (0..3).for_each(|at| browser.joins(at));
    browser.passes(1_000.0);
    browser.does(0, |share, _| share.handle_leave());
    assert!(browser.holders().is_empty());
    browser.passes(750.0);
    browser.assert_held(1, &[2, 3]);
    browser.does(0, |share, _| share.handle_wake(wake(1)));
    assert!(browser.pages[0].woken.is_empty());
}

#[test]
fn nobody_takes_an_old_wake_for_a_sign_of_life() {
    let mut browser = Browser::new(2);
    (0..2).for_each(|at| browser.joins(at));
    browser.passes(500.0);
    browser.wakes(7);
    browser.joins(1);
    assert_eq!(browser.pages[1].woken, [7, 7]);
    browser.does(0, |share, _| share.handle_lost());
    assert_eq!((browser.pages[0].lost, browser.pages[1].lost), (1, 1));
    assert!(browser.holders().is_empty());
    // Whoever tries again has the holder try, and hears only what the new stream says.
    browser.joins(1);
    browser.assert_held(0, &[1, 2]);
    assert_eq!(browser.pages[1].woken, [7, 7]);
    browser.joins(1);
    assert_eq!(browser.pages[1].woken, [7, 7]);
}

#[test]
fn a_page_that_vanished_leaves_the_stream() {
    let mut browser = Browser::new(2);
    (0..2).for_each(|at| browser.joins(at));
    browser.passes(20_000.0);
    browser.assert_held(0, &[1, 2]);
    browser.pages[1].is_frozen = true;
    browser.passes(51_000.0);
    browser.assert_held(0, &[1]);
}
