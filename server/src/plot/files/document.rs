//! A YAML document whose parts know where they stand, so that faults are told by line and column.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_path_to_error::Segment;
use serde_saphyr::{Location, Spanned};

/// A part of a document.
#[derive(Debug)]
pub(super) struct Node(Spanned<Tree>);

#[derive(Debug)]
enum Tree {
    Map(BTreeMap<String, Node>),
    List(Vec<Node>),
    Leaf(Value),
}

/// A line and a column, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// The line.
    pub line: u64,
    /// The column.
    pub column: u64,
}

/// Why a text is no YAML document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    pub(super) at: At,
    pub(super) reason: String,
}

impl Node {
    /// Reads a document.
    pub(super) fn read(text: &str) -> Result<Self, SyntaxError> {
        serde_saphyr::from_str(text).map_err(|error| SyntaxError {
            at: error.location().map_or(At { line: 1, column: 1 }, At::of),
            reason: plain_syntax(&error),
        })
    }

    /// Where it begins.
    pub(super) fn at(&self) -> At {
        At::of(self.0.referenced)
    }

    /// What is under `key`.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match &self.0.value {
            Tree::Map(entries) => entries.get(key),
            Tree::List(_) | Tree::Leaf(_) => None,
        }
    }

    /// The parts of a list.
    pub(super) fn list(&self) -> Option<&[Self]> {
        match &self.0.value {
            Tree::List(parts) => Some(parts),
            Tree::Map(_) | Tree::Leaf(_) => None,
        }
    }

    /// Where `path` leads, as far as the document has it.
    pub(super) fn at_path<'p>(&self, path: impl IntoIterator<Item = &'p Segment>) -> At {
        let mut node = self;
        for segment in path {
            let next = match segment {
                Segment::Seq { index } => node.list().and_then(|it| it.get(*index)),
                Segment::Map { key } => node.get(key),
                Segment::Enum { .. } | Segment::Unknown => None,
            };
            let Some(next) = next else { break };
            node = next;
        }
        node.at()
    }

    /// It without the places.
    pub(super) fn value(&self) -> Value {
        match &self.0.value {
            Tree::Map(entries) => {
                let entries = entries.iter().map(|(key, it)| (key.clone(), it.value()));
                Value::Object(entries.collect())
            }
            Tree::List(parts) => Value::Array(parts.iter().map(Self::value).collect()),
            Tree::Leaf(value) => value.clone(),
        }
    }
}

impl At {
    fn of(location: Location) -> Self {
        Self {
            line: location.line(),
            column: location.column(),
        }
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spanned::deserialize(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("texts, numbers, lists and mappings")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some((key, value)) = map.next_entry::<String, Node>()? {
            entries.insert(key, value);
        }
        Ok(Tree::Map(entries))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
        let mut parts = Vec::new();
        while let Some(part) = list.next_element()? {
            parts.push(part);
        }
        Ok(Tree::List(parts))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Leaf(text.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
        Ok(Tree::Leaf(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
        Ok(Tree::Leaf(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Tree, E> {
        Ok(Tree::Leaf(number.into()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Leaf(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Leaf(Value::Null))
    }
}

/// What the parser says, and what people do about it.
const ADVICE: [(&str, &str); 9] = [
    (
        "mapping values are not allowed",
        "a `name:` cannot stand here: begin a line with it, as far indented as those beside it, and put a text that holds `: ` between quotes",
    ),
    ("unclosed quote", "a quote begins here and does not end"),
    ("bracket", "this bracket has no counterpart"),
    ("found a tab", "a tab stands here: indent by spaces"),
    (
        "a flow mapping",
        "this mapping in braces is not closed, or lacks a comma before here",
    ),
    (
        "a flow sequence",
        "this list in brackets is not closed, or lacks a comma before here",
    ),
    (
        "block sequence entries are not allowed",
        "a list begins in a line of its own, with `- ` before each entry",
    ),
    (
        "a block mapping",
        "a `name:` is expected here, as far indented as those above",
    ),
    (
        "unexpected character",
        "a text that begins so stands between quotes",
    ),
];

/// What is wrong with the form of a document, in words for those who do not know YAML by heart.
fn plain_syntax(error: &serde_saphyr::Error) -> String {
    use serde_saphyr::Error;
    match error.without_snippet() {
        Error::MultipleDocuments { .. } => {
            return "a second document begins here: make a file of each, or list the grids under `grids`".to_owned();
        }
        Error::UnknownAnchor { .. } => {
            return "this refers to something that is not marked by `&` above: write it out"
                .to_owned();
        }
        Error::DuplicateMappingKey { key: Some(key), .. } => {
            return format!("`{key}` stands here a second time: leave one of them out");
        }
        _ => {}
    }
    let said = error.without_snippet().to_string();
    match ADVICE.iter().find(|(part, _)| said.contains(part)) {
        Some((_, advice)) => (*advice).to_owned(),
        // The place is told beside it.
        None => said
            .split(" at line ")
            .next()
            .unwrap_or_default()
            .to_owned(),
    }
}

/// Where in a grid something is, as people count: `cell 2, layer 1, sources`.
pub(super) fn told_path<'p>(path: impl IntoIterator<Item = &'p Segment>) -> String {
    let mut told = Vec::new();
    let mut list = "";
    for segment in path {
        match segment {
            Segment::Map { key } if ["cells", "layers"].contains(&key.as_str()) => {
                list = key.trim_end_matches('s');
            }
            Segment::Map { key } => told.push(key.clone()),
            Segment::Seq { index } => told.push(format!("{list} {}", index + 1).trim().to_owned()),
            Segment::Enum { variant } => told.push(variant.clone()),
            Segment::Unknown => {}
        }
    }
    told.join(", ")
}

/// What a part of a grid lacks, in words.
pub(super) fn plain_form(said: &str) -> String {
    if let Some(field) = said.strip_prefix("missing field ") {
        return format!("{field} is missing");
    }
    if let Some((field, known)) = after(said, "unknown field ") {
        return format!("{field} is not known here: there may be {known}");
    }
    if let Some((found, expected)) =
        after(said, "invalid type: ").or_else(|| after(said, "invalid value: "))
    {
        let expected = match expected {
            "u32" | "i32" => "a whole number",
            "a string" => "a text",
            "a sequence" => "a list",
            "a map" => "a mapping",
            "a boolean" => "true or false",
            "struct GridFile" => "a grid with its `title` and `cells`",
            "struct CellFile" => "a cell with its `geometry` and `layers`",
            "struct CellGeometry" => "`row`, `col`, `row_span` and `col_span`",
            "struct LayerFile" => "a layer with its `plotter` and `sources`",
            "struct SourceFile" => "`workflow`, `output` and `sources`",
            other => other,
        };
        let found = found
            .replace("string ", "the text ")
            .replace("integer ", "the number ");
        return format!("{expected} is expected, and here is {found}");
    }
    said.to_owned()
}

fn after<'s>(said: &'s str, what: &str) -> Option<(&'s str, &'s str)> {
    let (field, known) = said.strip_prefix(what)?.split_once(", expected ")?;
    Some((field, known.trim_start_matches("one of ")))
}
