//! What the jobs behind a layer say, where its picture does not show it.

use shared::job::JobState;

use super::condition::Note;

/// The jobs that feed one layer: each source by its title, with its state if it was ever started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Feed(pub(super) Vec<(String, Option<JobState>)>);

impl Feed {
    /// True when a job cannot use its data now.
    pub(super) fn is_broken(&self) -> bool {
        self.errors().next().is_some()
    }

    /// What stands over the picture: it no longer shows what is measured.
    pub(super) fn notes(&self) -> impl Iterator<Item = Note> {
        self.errors()
            .map(|(title, message)| Note::of_error(message).about(title))
    }

    /// What stands below the picture: it can be trusted, but not for everything.
    pub(super) fn remarks(&self) -> impl Iterator<Item = String> {
        let is_active = |state: &JobState| state.is_active();
        let runs = self
            .0
            .iter()
            .any(|(_, state)| state.as_ref().is_some_and(is_active));
        self.0.iter().filter_map(move |(title, state)| {
            let said = match state {
                Some(JobState::Warning { message }) => message.as_str(),
                Some(JobState::Stopped) if runs => "stopped",
                None if runs => "not started",
                _ => return None,
            };
            Some(format!("{title}: {said}"))
        })
    }

    fn errors(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(title, state)| match state {
            Some(JobState::Error { message }) => Some((title.as_str(), message.as_str())),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(states: &[Option<JobState>]) -> Feed {
        let titled = states.iter().enumerate();
        Feed(
            titled
                .map(|(i, state)| (format!("S{i}"), state.clone()))
                .collect(),
        )
    }

    #[test]
    fn trouble_of_one_source_is_told_beside_those_that_run() {
        let full = JobState::Warning {
            message: "full".to_owned(),
        };
        let broken = JobState::Error {
            message: "no pixels".to_owned(),
        };
        let feed = feed(&[
            Some(JobState::Running),
            Some(JobState::Stopped),
            None,
            Some(full),
            Some(broken),
        ]);
        let remarks: Vec<_> = feed.remarks().collect();
        assert_eq!(remarks, ["S1: stopped", "S2: not started", "S3: full"]);
        let notes: Vec<_> = feed.notes().map(|note| (note.kind, note.text)).collect();
        assert_eq!(notes, [("error", "S4: no pixels".to_owned())]);
        assert!(feed.is_broken());
    }

    #[test]
    fn what_the_layer_itself_says_is_not_said_twice() {
        let stopped = feed(&[Some(JobState::Stopped), None]);
        assert_eq!(stopped.remarks().count() + stopped.notes().count(), 0);
        let healthy = feed(&[Some(JobState::Running), Some(JobState::Pending)]);
        assert_eq!(healthy.remarks().count() + healthy.notes().count(), 0);
        assert!(!healthy.is_broken());
    }
}
