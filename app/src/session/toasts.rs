//! Which notifications a page shows at once, and for how long.

use shared::notification::{Notification, Severity};

/// More than this hide each other; the oldest go first.
const AT_ONCE: usize = 4;
/// How long good news stay. Bad ones stay until somebody puts them away.
const GOOD_NEWS_NS: i64 = 8_000_000_000;

/// Adds `news` to what is shown.
pub(crate) fn add(shown: &mut Vec<Notification>, news: Vec<Notification>) {
    shown.extend(news);
    let surplus = shown.len().saturating_sub(AT_ONCE);
    shown.drain(..surplus);
}

/// True when `event` has been shown for long enough at the server's time `now_ns`.
pub(crate) fn is_over(event: &Notification, now_ns: i64) -> bool {
    let is_good = matches!(event.severity, Severity::Info | Severity::Success);
    is_good && now_ns.saturating_sub(event.time.0) > GOOD_NEWS_NS
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::time::TimeNs;

    fn event(number: u64, severity: Severity) -> Notification {
        Notification {
            number,
            time: TimeNs(0),
            severity,
            message: String::new(),
        }
    }

    #[test]
    fn the_newest_are_shown() {
        let mut shown = vec![event(1, Severity::Error)];
        add(
            &mut shown,
            (2..7).map(|n| event(n, Severity::Info)).collect(),
        );
        let numbers: Vec<u64> = shown.iter().map(|it| it.number).collect();
        assert_eq!(numbers, [3, 4, 5, 6]);
    }

    #[test]
    fn bad_news_stay() {
        assert!(is_over(&event(1, Severity::Info), 9_000_000_000));
        assert!(!is_over(&event(1, Severity::Info), 7_000_000_000));
        assert!(!is_over(&event(1, Severity::Error), 9_000_000_000));
    }
}
