//! The page's connection against a server in good and in bad health, without sockets or waiting.

use super::*;
use crate::id::{GridId, SessionId};
use crate::notification::Severity;
use crate::sync::codec::decode_packet;
use crate::sync::mirror::Mirror;
use crate::sync::state::{Limits, SharedState, Transaction};
use crate::time::TimeNs;
use crate::version::Epoch;

struct Bench {
    server: SharedState,
    page: ClientSession,
    now_ms: f64,
}

impl Bench {
    fn new() -> Self {
        let client = SyncClient::new(SessionId::random(), Mirror::default(), None);
        Self {
            server: SharedState::new(Epoch::random(), 0),
            page: ClientSession::new(client, 0.0),
            now_ms: 0.0,
        }
    }

    fn wait(&mut self, span_ms: f64) -> Vec<Action> {
        self.now_ms += span_ms;
        self.page.poll(self.now_ms, 0.5)
    }

    /// Carries out calls and wakes as a server in good health does.
    fn serve(&mut self, actions: Vec<Action>) -> usize {
        let mut calls = 0;
        for action in actions {
            match action {
                Action::OpenWake => self.page.handle_wake(self.server.stamp(), self.now_ms),
                Action::Call(number, request) => {
                    calls += 1;
                    let bytes = self.server.answer(&request, TimeNs(0)).to_bytes();
                    let answer = decode_packet(&bytes).unwrap();
                    assert!(
                        self.page
                            .handle_answer(number, answer, self.now_ms)
                            .is_some()
                    );
                }
                Action::CloseWake | Action::Abort(_) => {}
            }
        }
        calls
    }

    fn connect(&mut self) {
        let actions = self.wait(0.0);
        self.serve(actions);
        assert_eq!(self.page.connection(self.now_ms), Connection::Live);
    }

    /// Neither wakes nor calls get through for `span_ms`. Returns how many calls were tried.
    fn fail_for(&mut self, span_ms: f64) -> usize {
        let until = self.now_ms + span_ms;
        let mut calls = 0;
        while self.now_ms < until {
            for action in self.wait(100.0) {
                match action {
                    Action::Call(number, _) => {
                        calls += 1;
                        self.page.handle_failure(number, self.now_ms, 1.0);
                    }
                    Action::OpenWake => self.page.handle_wake_lost(self.now_ms, 1.0),
                    Action::CloseWake | Action::Abort(_) => {}
                }
            }
        }
        calls
    }

    fn change(&mut self) {
        let mut transaction = Transaction::new();
        transaction.notify(Severity::Info, "news");
        self.server
            .commit(transaction, TimeNs(0), Limits::default());
    }
}

#[test]
fn a_page_for_which_nothing_changes_calls_nobody() {
    let mut bench = Bench::new();
    bench.connect();
    for _ in 0..100 {
        let actions = bench.wait(2_000.0);
        assert!(actions.is_empty(), "{actions:?}");
        bench.page.handle_wake(bench.server.stamp(), bench.now_ms);
    }
    assert_eq!(bench.page.connection(bench.now_ms), Connection::Live);
}

#[test]
fn one_wake_leads_to_one_call() {
    let mut bench = Bench::new();
    bench.connect();
    bench.change();
    for _ in 0..3 {
        bench.page.handle_wake(bench.server.stamp(), bench.now_ms);
    }
    let actions = bench.wait(1.0);
    assert_eq!(bench.serve(actions), 1);
    let actions = bench.wait(1.0);
    assert_eq!(bench.serve(actions), 0);
}

#[test]
fn a_wake_during_a_call_leads_to_another() {
    let mut bench = Bench::new();
    bench.connect();
    bench.change();
    bench.page.handle_wake(bench.server.stamp(), bench.now_ms);
    let actions = bench.wait(1.0);
    let [Action::Call(number, request)] = &actions[..] else {
        panic!("{actions:?}")
    };
    let early = bench.server.answer(request, TimeNs(0)).to_bytes();
    bench.change();
    bench.page.handle_wake(bench.server.stamp(), bench.now_ms);
    assert!(bench.wait(1.0).is_empty(), "one call at a time");
    bench
        .page
        .handle_answer(*number, decode_packet(&early).unwrap(), bench.now_ms);
    let actions = bench.wait(1.0);
    assert_eq!(bench.serve(actions), 1);
    assert_eq!(
        bench.page.client().mirror().stamp(),
        Some(bench.server.stamp())
    );
}

#[test]
fn another_grid_is_called_for_though_nothing_was_announced() {
    let mut bench = Bench::new();
    bench.connect();
    bench.page.handle_wake(bench.server.stamp(), bench.now_ms);
    assert!(bench.wait(1_000.0).is_empty());
    let grid = GridId(uuid::Uuid::from_u128(1));
    bench.page.handle_grid(Some(grid), bench.now_ms);
    let actions = bench.wait(1.0);
    let [Action::Call(_, request)] = &actions[..] else {
        panic!("{actions:?}")
    };
    assert_eq!(request.grid, Some(grid));
}

#[test]
fn a_failed_call_is_repeated_though_the_wake_only_repeats_itself() {
    let mut bench = Bench::new();
    bench.connect();
    bench.change();
    bench.page.handle_wake(bench.server.stamp(), bench.now_ms);
    let actions = bench.wait(1.0);
    bench.serve(actions);
    bench.page.handle_visible(bench.now_ms);
    let actions = bench.wait(1.0);
    let [Action::Call(number, _)] = actions[..] else {
        panic!("{actions:?}")
    };
    bench.page.handle_failure(number, bench.now_ms, 1.0);
    bench.page.handle_wake(bench.server.stamp(), bench.now_ms);
    let actions = bench.wait(1_000.0);
    assert_eq!(bench.serve(actions), 1);
    assert_eq!(bench.page.connection(bench.now_ms), Connection::Live);
}

#[test]
fn calls_that_fail_under_a_wake_are_tried_once_a_second_and_lead_offline() {
    let mut bench = Bench::new();
    bench.connect();
    let heard_ms = bench.now_ms;
    let mut calls = 0;
    for _ in 0..110 {
        bench.change();
        bench.page.handle_wake(bench.server.stamp(), bench.now_ms);
        for action in bench.wait(100.0) {
            if let Action::Call(number, _) = action {
                calls += 1;
                bench.page.handle_failure(number, bench.now_ms, 1.0);
            }
        }
    }
    assert!((10..=12).contains(&calls), "{calls} calls in 11 s");
    assert_eq!(bench.page.connection(bench.now_ms), Connection::Offline);
    assert_eq!(bench.page.last_heard_ms(), heard_ms);
}

#[test]
fn a_late_wake_does_not_take_back_a_newer_one() {
    let mut bench = Bench::new();
    bench.connect();
    let late = bench.server.stamp();
    bench.change();
    bench.page.handle_wake(bench.server.stamp(), bench.now_ms);
    bench.page.handle_wake(late, bench.now_ms);
    let actions = bench.wait(1.0);
    assert_eq!(bench.serve(actions), 1);
}

#[test]
fn an_idle_page_is_offline_ten_seconds_after_the_last_wake_not_the_last_answer() {
    let mut bench = Bench::new();
    bench.connect();
    for _ in 0..1_800 {
        bench.wait(2_000.0);
        bench.page.handle_wake(bench.server.stamp(), bench.now_ms);
    }
    let heard_ms = bench.now_ms;
    bench.page.handle_wake_lost(bench.now_ms, 1.0);
    bench.fail_for(9_000.0);
    assert_eq!(
        bench.page.connection(bench.now_ms),
        Connection::Reconnecting
    );
    bench.fail_for(2_000.0);
    assert_eq!(bench.page.connection(bench.now_ms), Connection::Offline);
    assert_eq!(bench.page.last_heard_ms(), heard_ms);
}

#[test]
fn a_refused_wake_stream_is_tried_ever_less_often_while_calls_are_answered() {
    let mut bench = Bench::new();
    bench.connect();
    bench.page.handle_wake_lost(bench.now_ms, 1.0);
    let (mut opened, mut calls) = (0, 0);
    for _ in 0..600 {
        for action in bench.wait(100.0) {
            match action {
                Action::OpenWake => {
                    opened += 1;
                    bench.page.handle_wake_lost(bench.now_ms, 1.0);
                }
                call => calls += bench.serve(vec![call]),
            }
        }
    }
    assert!(
        (8..=12).contains(&opened),
        "opened {opened} times in a minute"
    );
    assert!((55..=61).contains(&calls), "{calls} calls in a minute");
}

#[test]
fn an_answer_that_does_not_decode_asks_for_everything_then_for_a_reload() {
    let mut bench = Bench::new();
    bench.connect();
    let mut verdicts = Vec::new();
    bench.page.handle_visible(bench.now_ms);
    for _ in 0..2 {
        let actions = bench.wait(2_000.0);
        let call = actions.iter().find_map(|it| match it {
            Action::Call(number, request) => Some((*number, request.known)),
            _ => None,
        });
        let (number, known) = call.expect("a call is due");
        verdicts.push((
            known.is_some(),
            bench.page.handle_undecodable(number, bench.now_ms, 0.5),
        ));
    }
    assert_eq!(
        verdicts,
        [(true, Undecodable::AskAnew), (false, Undecodable::Outdated)]
    );
}

#[test]
fn silence_is_noticed_polled_through_and_told() {
    let mut bench = Bench::new();
    bench.connect();
    let actions = bench.wait(5_000.0);
    assert!(
        matches!(actions[..], [Action::CloseWake, ..]),
        "{actions:?}"
    );
    assert_eq!(
        bench.page.connection(bench.now_ms),
        Connection::Reconnecting
    );
    for action in actions {
        if let Action::Call(number, _) = action {
            bench.page.handle_failure(number, bench.now_ms, 1.0);
        }
    }
    let calls = bench.fail_for(7_000.0);
    assert!((4..=15).contains(&calls), "{calls} calls in 7 s");
    assert_eq!(bench.page.connection(bench.now_ms), Connection::Offline);
}

#[test]
fn the_page_is_live_again_within_two_seconds_of_the_servers_return() {
    let mut bench = Bench::new();
    bench.connect();
    bench.page.handle_wake_lost(bench.now_ms, 1.0);
    bench.fail_for(60_000.0);
    bench.server = SharedState::new(Epoch::random(), 7);
    let returned = bench.now_ms;
    while bench.page.connection(bench.now_ms) != Connection::Live {
        let actions = bench.wait(50.0);
        bench.serve(actions);
        assert!(bench.now_ms - returned < 2_000.0, "not live yet");
    }
    assert_eq!(
        bench.page.client().mirror().stamp(),
        Some(bench.server.stamp())
    );
}

#[test]
fn a_hidden_page_sleeps_and_claims_nothing_until_it_has_called() {
    let mut bench = Bench::new();
    bench.connect();
    bench.page.handle_hidden(bench.now_ms);
    assert!(bench.wait(1_000.0).is_empty());
    bench.page.handle_wake(bench.server.stamp(), bench.now_ms);
    let actions = bench.wait(29_000.0);
    assert!(matches!(actions[..], [Action::CloseWake]), "{actions:?}");
    bench.change();
    bench.page.handle_wake(bench.server.stamp(), bench.now_ms);
    assert!(bench.wait(60_000.0).is_empty(), "asleep");
    bench.page.handle_visible(bench.now_ms);
    assert_ne!(bench.page.connection(bench.now_ms), Connection::Live);
    let actions = bench.wait(1.0);
    assert_eq!(bench.serve(actions), 1);
    assert_eq!(bench.page.connection(bench.now_ms), Connection::Live);
}

#[test]
fn a_call_without_bytes_is_given_up() {
    let mut bench = Bench::new();
    bench.connect();
    bench.change();
    bench.page.handle_wake(bench.server.stamp(), bench.now_ms);
    let actions = bench.wait(1.0);
    let [Action::Call(number, _)] = actions[..] else {
        panic!("{actions:?}")
    };
    for _ in 0..4 {
        assert!(
            bench
                .wait(1_200.0)
                .iter()
                .all(|action| !matches!(action, Action::Abort(_)))
        );
        bench.page.handle_bytes(number, bench.now_ms);
        bench.page.handle_wake(bench.server.stamp(), bench.now_ms);
    }
    bench.wait(3_000.0);
    bench.page.handle_wake(bench.server.stamp(), bench.now_ms);
    let actions = bench.wait(2_000.0);
    assert!(
        actions
            .iter()
            .any(|action| matches!(action, Action::Abort(n) if *n == number)),
        "{actions:?}"
    );
}
