//! A source file as the rules see it: lines of code without comments.
//!
//! This is a scan, not a parser: text inside string literals counts as code.

use std::path::Path;

/// One file of ours.
#[derive(Debug)]
pub(super) struct Source<'a> {
    path: String,
    text: &'a str,
}

impl<'a> Source<'a> {
    /// `path` is relative to the workspace's root.
    pub(super) fn new(path: &Path, text: &'a str) -> Self {
        Self {
            path: path.to_string_lossy().replace('\\', "/"),
            text,
        }
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// Written by a program: no rule on form applies.
    pub(super) fn is_generated(&self) -> bool {
        self.path.contains("generated")
    }

    /// Line numbers from 1 with their code; comments are cut off.
    pub(super) fn code_lines(&self) -> impl Iterator<Item = (usize, &'a str)> {
        let code = |line: &'a str| line.split("//").next().unwrap_or_default();
        self.text
            .lines()
            .enumerate()
            .map(move |(index, line)| (index + 1, code(line)))
    }
}

/// Whether a name occurs in code as a whole word.
pub(super) fn names(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(start, _)| {
        let before = code[..start].chars().next_back();
        let after = code[start + name.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

/// Whether a character can be part of a Rust name.
pub(super) fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Source, names};

    #[test]
    fn comments_are_not_code() {
        let source = Source::new(
            Path::new("app/src/a.rs"),
            "//! web_sys\nlet a = 1; // web_sys\n",
        );
        let code: Vec<_> = source.code_lines().collect();
        assert_eq!(code, [(1, ""), (2, "let a = 1; ")]);
    }

    #[test]
    fn whole_words_are_found() {
        assert!(names("use web_sys::Window;", "web_sys"));
        assert!(!names("web_sys_unstable_apis", "web_sys"));
        assert!(!names("my_web_sys", "web_sys"));
    }
}
