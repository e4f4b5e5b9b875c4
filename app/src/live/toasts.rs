//! Which notifications a page shows at once, and for how long.

use std::fmt;
use std::sync::Arc;

use shared::notification::{Notification, Severity};
use shared::time::TimeNs;

/// What is shown in the corner, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Toasts {
    shown: Vec<Toast>,
    missed: u64,
    /// How many events of its own the page has made.
    n_own: u64,
}

#[derive(Clone, Debug)]
struct Toast {
    event: Notification,
    since: TimeNs,
    offer: Option<ToastOffer>,
}

/// What can be done about an event of the page's own.
#[derive(Clone)]
pub struct ToastOffer {
    /// What that is called.
    pub verb: &'static str,
    /// Does it.
    pub act: Arc<dyn Fn() + Send + Sync>,
}

impl fmt::Debug for ToastOffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ToastOffer").field(&self.verb).finish()
    }
}

/// More than this hide each other: good news go first.
const AT_ONCE: usize = 4;
/// Bad news that nobody puts away are kept up to this, and counted from there.
const BAD_AT_ONCE: usize = 8;
/// How long good news stay. Bad ones stay until somebody puts them away.
const GOOD_NEWS_NS: i64 = 8_000_000_000;
/// Numbers of the server count up from one: those of the page count from the middle.
const OWN_NUMBERS: u64 = u64::MAX / 2;

impl Toasts {
    /// The events that are shown, oldest first, with what can be done about them.
    pub fn shown(&self) -> impl Iterator<Item = (&Notification, Option<&ToastOffer>)> {
        self.shown.iter().map(|it| (&it.event, it.offer.as_ref()))
    }

    /// How many events nobody has seen, here or before they came here.
    pub fn missed(&self) -> u64 {
        self.missed
    }

    /// Shows `news` from `now` on, and counts what was `missed`.
    pub fn add(&mut self, news: Vec<Notification>, missed: u64, now: TimeNs) {
        let shown = |event| Toast {
            event,
            since: now,
            offer: None,
        };
        self.shown.extend(news.into_iter().map(shown));
        self.missed += missed;
        self.make_room();
    }

    fn make_room(&mut self) {
        while self.shown.len() > AT_ONCE && self.drop_first(Toast::is_good) {}
        while self.shown.len() > BAD_AT_ONCE && self.drop_first(|_| true) {
            self.missed += 1;
        }
    }

    /// Shows something of this page alone; what is there with the same words makes room for it.
    pub fn add_own(
        &mut self,
        severity: Severity,
        message: String,
        offer: Option<ToastOffer>,
        now: TimeNs,
    ) {
        self.shown
            .retain(|it| it.event.number < OWN_NUMBERS || it.event.message != message);
        self.n_own += 1;
        let event = Notification {
            number: OWN_NUMBERS + self.n_own,
            time: now,
            severity,
            message,
        };
        let since = now;
        self.shown.push(Toast {
            event,
            since,
            offer,
        });
        self.make_room();
    }

    /// True when some have been shown for long enough at `now`.
    pub fn has_read(&self, now: TimeNs) -> bool {
        self.shown.iter().any(|it| it.is_read(now))
    }

    /// Puts away what has been shown for long enough at `now`.
    pub fn expire(&mut self, now: TimeNs) {
        self.shown.retain(|it| !it.is_read(now));
    }

    /// Puts one away.
    pub fn dismiss(&mut self, number: u64) {
        self.shown.retain(|it| it.event.number != number);
    }

    /// What was missed is known now.
    pub fn dismiss_missed(&mut self) {
        self.missed = 0;
    }

    fn drop_first(&mut self, is_meant: impl Fn(&Toast) -> bool) -> bool {
        let at = self.shown.iter().position(is_meant);
        at.map(|at| self.shown.remove(at)).is_some()
    }
}

impl Toast {
    fn is_good(&self) -> bool {
        matches!(self.event.severity, Severity::Info | Severity::Success)
    }

    fn is_read(&self, now: TimeNs) -> bool {
        self.is_good() && now.since(self.since) > GOOD_NEWS_NS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(number: u64, severity: Severity) -> Notification {
        Notification {
            number,
            time: TimeNs(0),
            severity,
            message: String::new(),
        }
    }

    fn numbers(toasts: &Toasts) -> Vec<u64> {
        toasts.shown().map(|(it, _)| it.number).collect()
    }

    fn at_secs(secs: i64) -> TimeNs {
        TimeNs(secs * 1_000_000_000)
    }

    #[test]
    fn good_news_make_room_and_bad_ones_do_not() {
        let mut toasts = Toasts::default();
        let errors = (1..4).map(|n| event(n, Severity::Error)).collect();
        toasts.add(errors, 0, at_secs(0));
        let good = (4..8).map(|n| event(n, Severity::Info)).collect();
        toasts.add(good, 0, at_secs(0));
        assert_eq!(numbers(&toasts), [1, 2, 3, 7]);
        let more = (8..12).map(|n| event(n, Severity::Warning)).collect();
        toasts.add(more, 0, at_secs(0));
        assert_eq!(numbers(&toasts), [1, 2, 3, 8, 9, 10, 11]);
        assert_eq!(toasts.missed(), 0);
    }

    #[test]
    fn what_is_not_shown_is_counted() {
        let mut toasts = Toasts::default();
        let errors = (1..12).map(|n| event(n, Severity::Error)).collect();
        toasts.add(errors, 5, at_secs(0));
        assert_eq!(numbers(&toasts), [4, 5, 6, 7, 8, 9, 10, 11]);
        assert_eq!(toasts.missed(), 8);
        toasts.dismiss_missed();
        assert_eq!(toasts.missed(), 0);
    }

    #[test]
    fn good_news_age_from_when_they_are_shown() {
        let mut toasts = Toasts::default();
        toasts.add(vec![event(1, Severity::Info)], 0, at_secs(100));
        for _ in 0..2 {
            // Who says the same again is not to be read twice.
            let offer = ToastOffer {
                verb: "Try again",
                act: Arc::new(|| ()),
            };
            toasts.add_own(Severity::Error, "no".to_owned(), Some(offer), at_secs(100));
        }
        let verbs = toasts.shown().map(|(_, it)| it.map(|it| it.verb));
        assert_eq!(verbs.collect::<Vec<_>>(), [None, Some("Try again")]);
        assert!(!toasts.has_read(at_secs(108)));
        assert!(toasts.has_read(at_secs(109)));
        toasts.expire(at_secs(109));
        assert_eq!(numbers(&toasts), [OWN_NUMBERS + 2]);
        toasts.dismiss(OWN_NUMBERS + 2);
        assert!(numbers(&toasts).is_empty());
    }
}
