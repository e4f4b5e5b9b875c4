//! An edit that was not carried out: why, and what can be done about it.

use std::fmt;
use std::sync::Arc;

use shared::notification::Severity;
use shared::topology::Misfit;

use super::super::race::Race;
use super::super::{Changes, Deed};
use super::Workspace;
use crate::live::{Live, ToastOffer};
use crate::session::EditError;

/// Why an edit was not carried out. What somebody wanted with it is not lost.
pub(crate) struct Setback {
    error: EditError,
    race: Option<Race>,
    /// What would try it again on what there is then; nothing where a rule forbids it.
    again: Option<(Workspace, Deed, Changes)>,
}

impl Setback {
    /// A rule forbids it.
    pub(super) fn of_rule(misfit: Misfit) -> Self {
        Self {
            error: misfit.into(),
            race: None,
            again: None,
        }
    }

    /// Others were faster, or the server would not or could not do it.
    pub(super) fn new(
        workspace: Workspace,
        live: &Live,
        error: EditError,
        deed: Deed,
        wish: Changes,
    ) -> Self {
        let race = match &error {
            EditError::Lost(lost) => wish.race(&workspace.arranged(live).0, lost.piece),
            _ => None,
        };
        let again = Some((workspace, deed, wish));
        Self { error, race, again }
    }

    /// True when somebody else was faster.
    pub(crate) fn is_lost(&self) -> bool {
        matches!(self.error, EditError::Lost(_))
    }

    /// What the one who was faster is called; empty where nobody knows.
    pub(crate) fn by(&self) -> &str {
        let EditError::Lost(lost) = &self.error else {
            return "";
        };
        let is_asked = |it: &Race| Some(it.piece) == lost.piece;
        if self.race.as_ref().is_none_or(is_asked) {
            &lost.by
        } else {
            ""
        }
    }

    /// Tells this page's reader, with the way out where there is one.
    pub(crate) fn tell(self, live: &Live) {
        let text = self.to_string();
        let (severity, verb) = match (&self.error, &self.race) {
            (_, Some(race)) => (Severity::Warning, race.own_way()),
            (EditError::Lost(_) | EditError::Failed(_), None) => {
                (Severity::Error, Some("Try again"))
            }
            _ => (Severity::Error, None),
        };
        let offer = verb.zip(self.again).map(|(verb, (workspace, deed, wish))| {
            let live = live.clone();
            let act = move || {
                let wish = wish.clone();
                workspace.edit(&live, deed.label.clone(), move |it| wish.wish(it));
            };
            let act = Arc::new(act);
            ToastOffer { verb, act }
        });
        live.tell_with(severity, text, offer);
    }
}

impl fmt::Display for Setback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.error, &self.race, &self.again) {
            (_, Some(race), _) => f.write_str(&race.told(self.by())),
            (EditError::Failed(error), _, Some((_, deed, _))) => {
                write!(f, "{:?} was not confirmed: {error}", deed.label)
            }
            (error, ..) => write!(f, "{error}"),
        }
    }
}
