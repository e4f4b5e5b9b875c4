//! Templates that this page lets go, takes back, and lets go again: steps of its history like edits.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::TemplateId;
use shared::topology::StoredTemplate;

use super::super::Way;
use super::Workspace;
use crate::browser::fetch::FetchError;
use crate::live::Live;
use crate::session::{remove_template, restore_template};

impl Workspace {
    /// The template that would come back with the next step back. Tracks it.
    pub(crate) fn removed_template(self) -> Option<Arc<StoredTemplate>> {
        self.history.with(|it| it.removed_template().cloned())
    }

    /// Lets a template go, for everybody. `then` runs when it is gone; so it is if somebody else was faster.
    pub(crate) fn remove_template(
        self,
        live: &Live,
        id: TemplateId,
        then: impl FnOnce() + 'static,
    ) {
        let live = live.clone();
        self.when_free(move || {
            self.is_busy.set(true);
            spawn_local(async move {
                let outcome = remove_template(id).await;
                self.is_busy.set(false);
                match outcome {
                    Ok(removed) => {
                        self.history.update(|it| it.record_removal(removed));
                        then();
                    }
                    Err(FetchError::Refused { status: 404, .. }) => then(),
                    Err(error) => live.say(format!("The template was not removed: {error}")),
                }
                self.go_on();
            });
        });
    }

    /// Takes the removal of a template back, or removes it again.
    pub(super) fn go_template(self, live: Live, way: Way, template: Arc<StoredTemplate>) {
        self.is_busy.set(true);
        spawn_local(async move {
            let outcome = match way {
                Way::Back => restore_template(&template).await.map(|()| template),
                Way::Forth => remove_template(template.kept.id).await.map(Arc::new),
            };
            self.is_busy.set(false);
            match outcome {
                Ok(template) => self.history.update(|it| it.went_template(way, template)),
                // Too busy or too full: it may be tried again.
                Err(error @ FetchError::Refused { status: ..500, .. }) => {
                    self.history.update(|it| it.drop_next(way));
                    live.say(format!("This cannot be {}: {error}", way.told()));
                }
                Err(error) => live.say(format!("This was not {}: {error}", way.told())),
            }
            self.go_on();
        });
    }
}
