//! The ways to begin a grid: empty, or from what an instrument brings, people keep, or a file holds.

use shared::id::TemplateId;
use shared::topology::{GridDraft, KeptTemplate, Template};

/// Tells the ways apart for as long as a form is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BeginningKey {
    /// With nothing.
    Empty,
    /// A template of the instrument, by its place among them.
    Brought(usize),
    /// A template that somebody keeps.
    Kept(TemplateId),
    /// From a file, by its place among all that files brought.
    File(usize),
}

/// One way to begin: what people choose it by, and the grids that it brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// Which one.
    pub key: BeginningKey,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub text: String,
    /// Who keeps it; none when nobody does.
    pub kept: Option<KeptTemplate>,
    /// True once it was let go. It is offered on as long as it is chosen.
    pub is_gone: bool,
    /// The grids.
    pub drafts: Vec<GridDraft>,
}

/// All ways to begin, in the order of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginnings(Vec<Beginning>);

impl Default for Beginnings {
    fn default() -> Self {
        Self(vec![Beginning {
            key: BeginningKey::Empty,
            title: "Empty grid".to_owned(),
            text: "To be filled.".to_owned(),
            kept: None,
            is_gone: false,
            drafts: Vec::new(),
        }])
    }
}

impl Beginnings {
    /// Each of them.
    pub fn all(&self) -> &[Beginning] {
        &self.0
    }

    /// The one of a key.
    pub fn get(&self, key: BeginningKey) -> Option<&Beginning> {
        self.0.iter().find(|it| it.key == key)
    }

    /// Takes over which templates there are now. Those that were there stay as they are, with the ids of their drafts; one
    /// that is `chosen` stays, though it is gone.
    pub fn renew(&mut self, templates: Vec<Template>, chosen: BeginningKey) {
        let mut n_brought = 0;
        let now: Vec<Beginning> = templates
            .into_iter()
            .map(|it| {
                let key = it.kept.as_ref().map_or_else(
                    || {
                        n_brought += 1;
                        BeginningKey::Brought(n_brought)
                    },
                    |kept| BeginningKey::Kept(kept.id),
                );
                Beginning {
                    kept: it.kept,
                    ..Beginning::of(key, it.draft)
                }
            })
            .collect();
        let is_there = |key| now.iter().any(|it| it.key == key);
        for it in &mut self.0 {
            it.is_gone = it.key.is_template() && !is_there(it.key);
        }
        self.0.retain(|it| !it.is_gone || it.key == chosen);
        // What is new stands behind the one before it: nothing that is there moves.
        let mut at = 0;
        for it in now {
            let known = self.0.iter().position(|known| known.key == it.key);
            at = known.unwrap_or(at + 1);
            if known.is_none() {
                self.0.insert(at, it);
            }
        }
    }

    /// Leaves one out that this page let go.
    pub fn forget(&mut self, key: BeginningKey) {
        self.0.retain(|it| it.key != key);
    }

    /// Adds the grids of a file, each alone and all together, and tells which of these ways is the first.
    pub fn add_file(&mut self, name: &str, drafts: Vec<GridDraft>) -> BeginningKey {
        let is_file = |it: &&Beginning| matches!(it.key, BeginningKey::File(_));
        let first = self.0.iter().filter(is_file).count();
        let together = (drafts.len() > 1).then(|| Beginning {
            title: format!("All {} grids", drafts.len()),
            drafts: drafts.clone(),
            ..Beginning::of(BeginningKey::File(first), drafts[0].clone())
        });
        let from = first + usize::from(together.is_some());
        let each = (from..).zip(drafts);
        let each = each.map(|(at, draft)| Beginning::of(BeginningKey::File(at), draft));
        self.0
            .extend(together.into_iter().chain(each).map(|it| Beginning {
                text: format!("From {name}."),
                ..it
            }));
        BeginningKey::File(first)
    }
}

impl Beginning {
    fn of(key: BeginningKey, draft: GridDraft) -> Self {
        let title = draft.grid().map_or_else(String::new, |it| it.title.clone());
        Self {
            key,
            title,
            text: draft.description.clone().unwrap_or_default(),
            kept: None,
            is_gone: false,
            drafts: vec![draft],
        }
    }
}

impl BeginningKey {
    fn is_template(self) -> bool {
        matches!(self, Self::Brought(_) | Self::Kept(_))
    }
}

#[cfg(test)]
mod tests {
    use shared::time::TimeNs;

    use super::super::empty_grid;
    use super::*;

    fn brought() -> Template {
        Template {
            draft: empty_grid(),
            kept: None,
        }
    }

    fn kept(name: &str) -> Template {
        Template {
            kept: Some(KeptTemplate {
                id: TemplateId::derived(name),
                by: String::new(),
                time_ns: TimeNs(0),
            }),
            ..brought()
        }
    }

    fn key(name: &str) -> BeginningKey {
        BeginningKey::Kept(TemplateId::derived(name))
    }

    fn keys(beginnings: &Beginnings) -> Vec<BeginningKey> {
        beginnings.all().iter().map(|it| it.key).collect()
    }

    #[test]
    fn templates_come_and_go_and_nothing_else_moves() {
        let (empty, first) = (BeginningKey::Empty, BeginningKey::Brought(1));
        let mut beginnings = Beginnings::default();
        beginnings.renew(vec![brought(), kept("a"), kept("c")], empty);
        let file = beginnings.add_file("f.yaml", vec![empty_grid()]);
        assert_eq!(keys(&beginnings), [empty, first, key("a"), key("c"), file]);
        let before = beginnings.clone();
        beginnings.renew(vec![brought(), kept("a"), kept("c")], empty);
        assert_eq!(
            beginnings, before,
            "new ids of the same templates are no news"
        );
        beginnings.renew(vec![brought(), kept("b"), kept("c"), kept("d")], empty);
        let now = [empty, first, key("b"), key("c"), key("d"), file];
        assert_eq!(keys(&beginnings), now);
    }

    #[test]
    fn what_is_chosen_stays_until_it_no_longer_is() {
        let mut beginnings = Beginnings::default();
        beginnings.renew(vec![kept("a"), kept("b")], BeginningKey::Empty);
        beginnings.renew(vec![kept("b")], key("a"));
        let gone = beginnings.get(key("a")).expect("it is chosen");
        assert!(gone.is_gone && !gone.drafts.is_empty());
        assert_eq!(keys(&beginnings), [BeginningKey::Empty, key("a"), key("b")]);
        let mut restored = beginnings.clone();
        restored.renew(vec![kept("a"), kept("b")], key("a"));
        assert!(!restored.get(key("a")).expect("it is back").is_gone);
        beginnings.renew(vec![kept("b")], key("b"));
        assert_eq!(keys(&beginnings), [BeginningKey::Empty, key("b")]);
        beginnings.forget(key("b"));
        assert_eq!(keys(&beginnings), [BeginningKey::Empty]);
    }

    #[test]
    fn grids_of_a_file_come_alone_and_together() {
        let mut beginnings = Beginnings::default();
        let one = beginnings.add_file("one.yaml", vec![empty_grid()]);
        let two = beginnings.add_file("two.yaml", vec![empty_grid(), empty_grid()]);
        assert_eq!([one, two], [BeginningKey::File(0), BeginningKey::File(1)]);
        let together = beginnings.get(two).expect("both");
        assert_eq!(
            (together.title.as_str(), together.drafts.len()),
            ("All 2 grids", 2)
        );
        assert_eq!(together.text, "From two.yaml.");
        assert_eq!(beginnings.all().len(), 5);
    }
}
