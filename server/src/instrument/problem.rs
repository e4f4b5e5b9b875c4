//! A problem in an instrument file, with its place in the text.

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One thing that is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file as the caller named it.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}:{}: {}",
            self.file, self.line, self.column, self.message
        )
    }
}

impl Problem {
    /// The place and words of the TOML reader.
    pub(super) fn from_toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let message = error.message().trim_end().replace('\n', ", ");
        Self::at(
            file,
            text,
            error.span().map_or(0, |span| span.start),
            message,
        )
    }

    /// Gives a finding its place: that of the deepest part of its path that the document has.
    pub(super) fn locate(
        file: &str,
        text: &str,
        document: &Spanned<DeTable<'_>>,
        finding: Finding,
    ) -> Self {
        let start = span_of(document, &finding.path).start;
        Self::at(file, text, start, finding.message)
    }

    fn at(file: &str, text: &str, offset: usize, message: String) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message,
        }
    }
}

/// The syntax tree with places, or every syntax problem.
pub(super) fn document<'t>(
    file: &str,
    text: &'t str,
) -> Result<Spanned<DeTable<'t>>, Vec<Problem>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(document);
    }
    let problem = |error| Problem::from_toml(file, text, &error);
    Err(errors.into_iter().map(problem).collect())
}

/// One step from a value of the document to a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the value of a key of a table.
    Key(&'static str),
    /// To an item of an array, from 0.
    Item(usize),
}

impl From<&'static str> for Step {
    fn from(key: &'static str) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Step {
    fn from(item: usize) -> Self {
        Self::Item(item)
    }
}

/// A problem whose place is still a path through the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where it is.
    pub path: Vec<Step>,
    /// What is wrong and what to do.
    pub message: String,
}

/// `finding!(["stream", 3, "topic"], "message with {values}")`.
macro_rules! finding {
    ([$($step:expr),+ $(,)?], $($message:tt)+) => {
        $crate::instrument::problem::Finding {
            path: vec![$($crate::instrument::problem::Step::from($step)),+],
            message: format!($($message)+),
        }
    };
}
pub(super) use finding;

fn span_of(document: &Spanned<DeTable<'_>>, path: &[Step]) -> Range<usize> {
    let Some((Step::Key(first), rest)) = path.split_first() else {
        return document.span();
    };
    let Some(mut here) = document.get_ref().get(*first) else {
        return 0..0;
    };
    for step in rest {
        let next = match (step, here.get_ref()) {
            (Step::Key(key), DeValue::Table(table)) => table.get(*key),
            (Step::Item(item), DeValue::Array(array)) => array.get(*item),
            _ => None,
        };
        let Some(next) = next else { break };
        here = next;
    }
    here.span()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "name = 1\n[[stream]]\n\"ü\" = \"é\"\ntopic = \"a\"\n\n[[stream]]\ntopic = \"b\"\n";

    fn place(path: &[Step]) -> (usize, usize) {
        let document = document("f.toml", TEXT).expect("valid");
        let finding = Finding {
            path: path.to_vec(),
            message: String::new(),
        };
        let problem = Problem::locate("f.toml", TEXT, &document, finding);
        (problem.line, problem.column)
    }

    #[test]
    fn a_value_is_found_through_arrays_of_tables() {
        assert_eq!(place(&["stream".into(), 1.into(), "topic".into()]), (7, 9));
    }

    #[test]
    fn an_absent_key_is_reported_at_the_table_that_lacks_it() {
        assert_eq!(place(&["stream".into(), 1.into(), "title".into()]).0, 6);
    }

    #[test]
    fn every_syntax_error_is_reported() {
        let problems = document("f.toml", "a = = 1\nb = 2\nc = ]\n").expect_err("two errors");
        let lines: Vec<_> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines.first(), Some(&1));
        assert_eq!(lines.last(), Some(&3));
    }
}
