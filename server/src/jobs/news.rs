//! Which changes of jobs everybody is told of.

use std::collections::BTreeMap;
use std::time::Duration;

use shared::id::JobId;
use shared::job::JobState;
use shared::notification::Severity;
use shared::time::TimeNs;

/// A job whose trouble comes back so soon is not spoken of again.
const PAUSE: Duration = Duration::from_mins(1);

/// What was told of each job.
#[derive(Debug, Default)]
pub(super) struct JobNews(BTreeMap<JobId, Told>);

#[derive(Debug)]
struct Told {
    at: TimeNs,
    /// A trouble whose end is still to be told.
    is_open: bool,
}

impl JobNews {
    /// What everybody is told when a job called `title` goes from one state to another.
    pub(super) fn on_change(
        &mut self,
        id: &JobId,
        title: &str,
        (old, new): (&JobState, &JobState),
        now: TimeNs,
    ) -> Option<(Severity, String)> {
        let (severity, message) = match new {
            JobState::Error { message } => (Severity::Error, message),
            JobState::Warning { message } => (Severity::Warning, message),
            JobState::Running => return self.on_recovery(id, title),
            JobState::Pending | JobState::Stopped => return None,
        };
        if std::mem::discriminant(old) == std::mem::discriminant(new) {
            return None;
        }
        let told = self.0.get(id);
        if told.is_some_and(|told| now.since(told.at) < PAUSE.as_nanos() as i64) {
            return None;
        }
        let is_open = true;
        self.0.insert(id.clone(), Told { at: now, is_open });
        Some((severity, format!("{title}: {message}")))
    }

    fn on_recovery(&mut self, id: &JobId, title: &str) -> Option<(Severity, String)> {
        let told = self.0.get_mut(id)?;
        let was_open = std::mem::take(&mut told.is_open);
        was_open.then(|| (Severity::Success, format!("{title} works again")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error() -> JobState {
        JobState::Error {
            message: "no pixels".to_owned(),
        }
    }

    #[test]
    fn a_failing_job_is_told_of_once_a_minute_and_its_recovery_once() {
        let mut news = JobNews::default();
        let id = JobId {
            workflow: "dummy/w/1".parse().expect("an id"),
            source: "a".to_owned(),
        };
        let mut at = |secs: i64, old: JobState, new: JobState| {
            let now = TimeNs(secs * 1_000_000_000);
            let news = news.on_change(&id, "Panel", (&old, &new), now);
            news.map(|(_, text)| text)
        };
        let running = JobState::Running;
        assert_eq!(at(0, JobState::Pending, running.clone()), None);
        let told = at(1, running.clone(), error());
        assert_eq!(told.as_deref(), Some("Panel: no pixels"));
        let told = at(2, error(), running.clone());
        assert_eq!(told.as_deref(), Some("Panel works again"));
        assert_eq!(at(3, running.clone(), error()), None);
        assert_eq!(at(4, error(), running.clone()), None);
        assert!(at(62, running, error()).is_some());
        assert_eq!(at(200, error(), error()), None);
    }
}
