//! What is said in words about a layer in trouble, and about a job.

use shared::job::{Job, JobState};
use shared::layer_state::LayerPhase;

/// Why there is no picture, or why the one there is cannot be trusted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Note {
    /// The stable name, for style and tests.
    pub kind: &'static str,
    /// What is said.
    pub text: String,
}

/// A job's state as the page says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobCondition {
    /// The stable name, for people too.
    pub name: &'static str,
    /// The mark whose shape and colour stand for it.
    pub mark: &'static str,
    /// What the job says itself.
    pub message: String,
}

impl Note {
    /// Of a cell with nothing in it.
    pub fn of_no_layers() -> Self {
        Self::new("waiting", "This cell has no layers")
    }

    /// Of a cell with layers, none of which is shown.
    pub fn of_hidden_layers() -> Self {
        Self::new("hidden", "All layers of this plot are hidden")
    }

    /// Of a layer in this phase; none of one that is well.
    pub fn of_layer(phase: Option<LayerPhase>, has_data: bool) -> Option<Self> {
        match phase {
            Some(LayerPhase::Error { message }) => Some(Self::of_error(&message)),
            Some(LayerPhase::Stopped) if !has_data => {
                Some(Self::new("stopped", "Stopped before any data came"))
            }
            Some(LayerPhase::Waiting) | None => Some(Self::new("waiting", "Waiting for data")),
            Some(LayerPhase::Stopped | LayerPhase::Live) => None,
        }
    }

    /// Of something that failed.
    pub fn of_error(message: &str) -> Self {
        Self::new("error", message)
    }

    /// The same, saying which layer or source is meant.
    pub fn about(self, title: &str) -> Self {
        let text = format!("{title}: {}", self.text);
        Self { text, ..self }
    }

    fn new(kind: &'static str, text: &str) -> Self {
        let text = text.to_owned();
        Self { kind, text }
    }
}

impl JobCondition {
    /// Of a job; none was ever started.
    pub fn of(job: Option<&Job>) -> Self {
        let (name, mark, message) = match job.map(|it| &it.state) {
            None => ("not started", "stopped", ""),
            Some(JobState::Pending) => ("pending", "waiting", ""),
            Some(JobState::Running) => ("running", "live", ""),
            Some(JobState::Warning { message }) => ("warning", "stale", message.as_str()),
            Some(JobState::Error { message }) => ("error", "error", message.as_str()),
            Some(JobState::Stopped) => ("stopped", "stopped", ""),
        };
        Self {
            name,
            mark,
            message: message.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(phase: Option<LayerPhase>, has_data: bool) -> Option<(&'static str, String)> {
        Note::of_layer(phase, has_data).map(|it| (it.kind, it.text))
    }

    #[test]
    fn only_layers_that_are_not_well_are_spoken_of() {
        let message = "no such output".to_owned();
        let error = LayerPhase::Error {
            message: message.clone(),
        };
        assert_eq!(said(Some(error), true), Some(("error", message)));
        assert_eq!(said(None, false).unwrap().0, "waiting");
        assert_eq!(said(Some(LayerPhase::Stopped), false).unwrap().0, "stopped");
        assert_eq!(said(Some(LayerPhase::Stopped), true), None);
        assert_eq!(said(Some(LayerPhase::Live), false), None);
        let note = Note::of_layer(None, false).unwrap().about("Panel");
        assert_eq!(note.text, "Panel: Waiting for data");
    }

    #[test]
    fn a_source_without_a_job_was_not_started() {
        let condition = JobCondition::of(None);
        assert_eq!((condition.name, condition.mark), ("not started", "stopped"));
    }
}
