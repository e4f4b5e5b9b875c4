//! The grids that can be added as often as wanted: those that the instrument brings, and those that people keep.

use std::sync::{Arc, Mutex, PoisonError};

use shared::id::{GridId, TemplateId, WorkflowId};
use shared::presence::MAX_NAME_CHARS;
use shared::sync::state::SharedState;
use shared::topology::{
    Arrangement, Grid, GridDraft, KeptTemplate, MAX_DESCRIPTION_CHARS, MAX_TEMPLATE_BYTES,
    MAX_TEMPLATES, NewTemplate, Piece, StoredTemplate, Template,
};

use super::files::{self, FileError};
use crate::clock::Clock;
use crate::instrument::Instrument;
use crate::state::Committer;
use crate::store::{Store, StoreError};

/// All templates there are.
#[derive(Debug)]
pub struct Templates {
    instrument: Arc<Instrument>,
    committer: Arc<Committer>,
    store: Arc<Store>,
    clock: Clock,
    /// Held from counting the templates to writing one.
    keeping: Mutex<()>,
}

/// A grid is not kept as a template.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// It does not exist.
    #[error("there is no such grid: it may have been removed meanwhile")]
    NoGrid,
    /// A template is called so already.
    #[error("there is a template called {0}: choose another title, or remove that one first")]
    TitleTaken(String),
    /// There are too many.
    #[error("{MAX_TEMPLATES} templates are kept at most: remove one first")]
    TooMany,
    /// A text of it breaks a rule.
    #[error("{0}")]
    Text(String),
    /// The grid is too large.
    #[error(
        "the grid takes {bytes} bytes as a document, a template has {MAX_TEMPLATE_BYTES} at most: divide the grid"
    )]
    TooLarge {
        /// What it takes.
        bytes: usize,
    },
    /// It cannot be read or saved.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Templates {
    /// The templates of `instrument`, and those in `store`.
    pub fn new(
        instrument: &Arc<Instrument>,
        committer: &Arc<Committer>,
        store: &Arc<Store>,
        clock: &Clock,
    ) -> Self {
        Self {
            instrument: Arc::clone(instrument),
            committer: Arc::clone(committer),
            store: Arc::clone(store),
            clock: clock.clone(),
            keeping: Mutex::new(()),
        }
    }

    /// All of them, those of the instrument first. What of one cannot be drawn here is remarked in it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn list(&self) -> Result<Vec<Template>, StoreError> {
        let state = self.committer.read();
        let mut templates = Vec::new();
        for file in &self.instrument.templates {
            match read(&file.text, &state) {
                Ok(drafts) => templates.extend(
                    drafts
                        .into_iter()
                        .map(|draft| Template { draft, kept: None }),
                ),
                Err(error) => tracing::warn!("template {} is left out: {error}", file.name),
            }
        }
        for stored in self.store.templates()? {
            templates.push(kept(stored, &state));
        }
        Ok(templates)
    }

    /// Keeps a grid as it is now under `id`, in place of the template that has it. True when there was none.
    ///
    /// # Errors
    /// When a rule would be broken, or it cannot be saved: nothing is changed then.
    pub fn keep(&self, id: TemplateId, new: &NewTemplate) -> Result<bool, TemplateError> {
        let state = self.committer.read();
        let (title, description) = (new.title.trim(), new.description.trim());
        check_length("the description", description, MAX_DESCRIPTION_CHARS)?;
        let arrangement = Arrangement::of(state.objects().map(|(_, _, object)| &**object));
        let document = files::write_template(&arrangement, new.grid, title, description)
            .ok_or(TemplateError::NoGrid)?;
        self.write(StoredTemplate {
            kept: KeptTemplate {
                id,
                by: new.by.trim().to_owned(),
                time_ns: self.clock.now(),
            },
            title: title.to_owned(),
            document,
        })
    }

    /// Brings a template back that was removed, under its old id. True when it was not there.
    ///
    /// # Errors
    /// When a rule would be broken, or it cannot be saved: nothing is changed then.
    pub fn restore(&self, template: StoredTemplate) -> Result<bool, TemplateError> {
        self.write(template)
    }

    /// Saves a template that can be read again, in place of the one that has its id. True when there was none.
    fn write(&self, template: StoredTemplate) -> Result<bool, TemplateError> {
        let StoredTemplate {
            kept: KeptTemplate { id, by, .. },
            title,
            document,
        } = &template;
        check_length("the name of who keeps it", by, MAX_NAME_CHARS)?;
        if document.len() > MAX_TEMPLATE_BYTES {
            let bytes = document.len();
            return Err(TemplateError::TooLarge { bytes });
        }
        // The rules of titles are those of grids.
        let drafts = read(document, &self.committer.read()).map_err(|error| match error {
            FileError::Rule { reason, .. } => TemplateError::Text(reason),
            other => TemplateError::Text(other.to_string()),
        })?;
        let is_called = |it: &Grid| it.title == *title;
        if !matches!(drafts.as_slice(), [one] if one.grid().is_some_and(is_called)) {
            let reason = format!("the document is not of one grid called {title}");
            return Err(TemplateError::Text(reason));
        }
        let _keeping = self.keeping.lock().unwrap_or_else(PoisonError::into_inner);
        let stored = self.store.templates()?;
        let others = || stored.iter().filter(|it| it.kept.id != *id);
        if others().any(|it| it.title == *title) {
            return Err(TemplateError::TitleTaken(title.clone()));
        }
        if others().count() >= MAX_TEMPLATES {
            return Err(TemplateError::TooMany);
        }
        let is_new = others().count() == stored.len();
        self.store.keep_template(&template)?;
        Ok(is_new)
    }

    /// Lets a template go that somebody kept, and tells what [`Templates::restore`] brings back; none when there is none.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub fn remove(&self, id: TemplateId) -> Result<Option<StoredTemplate>, StoreError> {
        self.store.remove_template(id)
    }
}

fn read(document: &str, state: &SharedState) -> Result<Vec<GridDraft>, FileError> {
    files::read(document, |id: &WorkflowId| state.workflow(id))
}

/// A template as it could be added. One that cannot be read any more is listed all the same, so that somebody can see why
/// and let it go.
fn kept(stored: StoredTemplate, state: &SharedState) -> Template {
    let drafts = read(&stored.document, state);
    let draft = drafts.map(|drafts| drafts.into_iter().next());
    let draft = match draft {
        Ok(Some(draft)) => draft,
        Ok(None) => unreadable(stored.title, &FileError::NoGrid),
        Err(error) => unreadable(stored.title, &error),
    };
    Template {
        draft,
        kept: Some(stored.kept),
    }
}

fn unreadable(title: String, error: &FileError) -> GridDraft {
    let grid = Grid {
        id: GridId::random(),
        title,
        nrows: 1,
        ncols: 1,
        enabled: true,
        order: 0,
    };
    GridDraft {
        description: None,
        pieces: vec![Piece::Grid(grid)],
        remarks: vec![format!(
            "It would be an empty grid, since what is kept cannot be read any more: {error}."
        )],
    }
}

fn check_length(what: &str, text: &str, most: usize) -> Result<(), TemplateError> {
    if text.chars().count() > most {
        let reason = format!("{what} is longer than {most} characters: shorten it");
        return Err(TemplateError::Text(reason));
    }
    Ok(())
}
