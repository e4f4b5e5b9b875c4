//! Which changes of sources and streams everybody is told of: troubles that begin and that are over, once each.

use std::collections::BTreeMap;
use std::time::Duration;

use shared::notification::Severity;
use shared::time::TimeNs;

use crate::ingest::{SourceReport, SourceState};

/// A trouble that comes back so soon is not told again.
const PAUSE: Duration = Duration::from_mins(1);

/// What was told of sources and streams. It is asked about once a second and knows no clock.
#[derive(Debug, Default)]
pub struct Watch {
    sources: BTreeMap<String, Told<SourceState>>,
    /// Messages dropped of each stream, by its title.
    dropped: BTreeMap<String, Told<u64>>,
}

#[derive(Debug)]
struct Told<T> {
    last: T,
    at: TimeNs,
}

/// What everybody is to be told.
pub type News = (Severity, String);

impl Watch {
    /// What is new about the sources, and about `dropped` messages by stream.
    pub fn observe<'s>(
        &mut self,
        sources: &[SourceReport],
        dropped: impl IntoIterator<Item = (&'s str, u64)>,
        now: TimeNs,
    ) -> Vec<News> {
        let mut news: Vec<News> = Vec::new();
        for source in sources {
            news.extend(self.source(source, now));
        }
        for (title, count) in dropped {
            news.extend(self.drops(title, count, now));
        }
        news
    }

    fn source(&mut self, source: &SourceReport, now: TimeNs) -> Option<News> {
        let told = self.sources.entry(source.name.clone()).or_insert(Told {
            last: SourceState::Starting,
            at: TimeNs(i64::MIN),
        });
        if told.last == source.state {
            return None;
        }
        let news = match (told.last, source.state) {
            (SourceState::Degraded | SourceState::Failed, SourceState::Running) => {
                (Severity::Success, format!("{} works again", source.name))
            }
            (_, SourceState::Degraded) if is_over(told.at, now) => {
                (Severity::Warning, said(source))
            }
            (_, SourceState::Failed) => (Severity::Error, said(source)),
            // What was not told does not end either: the next trouble is told when the pause is over.
            (_, SourceState::Degraded) => return None,
            (_, state) => {
                told.last = state;
                return None;
            }
        };
        *told = Told {
            last: source.state,
            at: now,
        };
        Some(news)
    }

    fn drops(&mut self, title: &str, count: u64, now: TimeNs) -> Option<News> {
        let told = self.dropped.entry(title.to_owned()).or_insert(Told {
            last: 0,
            at: TimeNs(i64::MIN),
        });
        if count <= told.last || !is_over(told.at, now) {
            return None;
        }
        let new = count - told.last;
        *told = Told {
            last: count,
            at: now,
        };
        let text = format!(
            "{title}: {new} messages were dropped, because they come faster than they can be reduced"
        );
        Some((Severity::Warning, text))
    }
}

fn is_over(told: TimeNs, now: TimeNs) -> bool {
    now.since(told) >= PAUSE.as_nanos() as i64
}

fn said(source: &SourceReport) -> String {
    format!("{}: {}", source.name, source.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000_000;

    fn source(state: SourceState) -> [SourceReport; 1] {
        [SourceReport {
            name: "kafka".to_owned(),
            state,
            message: "the broker is gone".to_owned(),
            messages: 0,
            bytes: 0,
        }]
    }

    fn observe(watch: &mut Watch, state: SourceState, secs: i64) -> Option<News> {
        let mut news = watch.observe(&source(state), [], TimeNs(secs * SECOND));
        assert!(news.len() <= 1);
        news.pop()
    }

    #[test]
    fn a_trouble_is_told_once_and_so_is_its_end() {
        let mut watch = Watch::default();
        assert_eq!(observe(&mut watch, SourceState::Starting, 0), None);
        assert_eq!(observe(&mut watch, SourceState::Running, 1), None);
        let told = observe(&mut watch, SourceState::Degraded, 2).expect("news");
        let expected = (Severity::Warning, "kafka: the broker is gone".to_owned());
        assert_eq!(told, expected);
        assert_eq!(observe(&mut watch, SourceState::Degraded, 3), None);
        let told = observe(&mut watch, SourceState::Running, 4).expect("news");
        assert_eq!(told.1, "kafka works again");
        // It comes and goes: nobody wants to hear of that every second.
        assert_eq!(observe(&mut watch, SourceState::Degraded, 5), None);
        assert_eq!(observe(&mut watch, SourceState::Running, 6), None);
        assert_eq!(observe(&mut watch, SourceState::Degraded, 40), None);
        assert!(observe(&mut watch, SourceState::Degraded, 64).is_some());
        let failed = observe(&mut watch, SourceState::Failed, 65).expect("news");
        assert_eq!(failed.0, Severity::Error);
    }

    #[test]
    fn dropped_messages_are_summed_up_once_a_minute() {
        let mut watch = Watch::default();
        let mut at = |count, secs| {
            let news = watch.observe(&[], [("Panel", count)], TimeNs(secs * SECOND));
            news.into_iter().map(|(_, text)| text).next()
        };
        assert_eq!(at(0, 0), None);
        assert!(at(3, 1).expect("news").starts_with("Panel: 3 messages"));
        assert_eq!(at(9, 2), None);
        assert!(at(13, 61).expect("news").starts_with("Panel: 10 messages"));
        assert_eq!(at(13, 200), None);
    }
}
