//! Parameters as forms show them: what each field is called, means and may hold.
//!
//! A schema belongs to a struct that implements [`Params`] and says the same of it; a test of each struct holds them
//! together. Whoever shows a form links only this description, not the structs.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ParamError, Params, rgb};
use crate::data::Unit;
use crate::id::RegionId;
use crate::job::{OutputInfo, Temporality};
use crate::region::REGION_DIM;
use crate::topology::JsonText;

/// All parameters of one kind of plotter or workflow.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    /// The groups, in the order of the form.
    pub groups: Vec<Group>,
}

/// Fields that belong together: one object within the parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Its key; empty for fields that stand in the parameters themselves.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// The outputs for which it means something; forms hide it for others.
    #[serde(default)]
    pub applies_to: AppliesTo,
    /// The fields, in the order of the form.
    pub fields: Vec<Field>,
}

/// The outputs for which a group of parameters means something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppliesTo {
    /// All.
    #[default]
    All,
    /// Those that count.
    Counts,
    /// Those whose results can be combined: not those that count since the start.
    Combinable,
    /// Those with one element for each region of interest.
    Regions,
}

impl AppliesTo {
    /// Whether it means something for an output.
    pub fn fits(self, output: &OutputInfo) -> bool {
        match self {
            Self::All => true,
            Self::Counts => output.unit == Unit::counts(),
            Self::Combinable => output.temporality != Temporality::Cumulative,
            Self::Regions => output.dims.first().is_some_and(|it| it == REGION_DIM),
        }
    }
}

/// One value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Its key within the group.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What it does.
    pub description: String,
    /// The unit of a number.
    pub unit: Option<String>,
    /// What holds when it is left out; where that is nothing, it may hold nothing.
    pub default: Value,
    /// What it may hold.
    pub kind: FieldKind,
}

/// What a field may hold; it decides the widget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FieldKind {
    /// True or false.
    Switch,
    /// A whole number within limits, both included.
    Integer {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A number within limits, both included.
    Number {
        /// The least.
        min: f64,
        /// The greatest.
        max: f64,
    },
    /// One of several names.
    Choice {
        /// The names there are.
        options: Vec<Choice>,
    },
    /// Some of several names, at least one. Their order is that of the names, whatever order they are given in.
    Set {
        /// The names there are.
        options: Vec<Choice>,
    },
    /// Text, whose form the parameters say and check.
    Text {
        /// Characters at most.
        max_chars: u32,
    },
    /// A colour as `#rrggbb`, or empty where none was chosen.
    Colour,
    /// The id of a region of interest on the images of what is plotted.
    Region,
}

/// One of several names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What the parameters hold.
    pub value: String,
    /// What people call it.
    pub title: String,
}

/// Parameters that have a schema.
pub trait Described: Params + Default + Serialize {
    /// What forms show.
    fn schema() -> Schema;
}

impl Group {
    /// A group; fields are added by [`Group::with`].
    pub fn new(name: &str, title: &str, description: &str) -> Self {
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
            applies_to: AppliesTo::All,
            fields: Vec::new(),
        }
    }

    /// The same, for some outputs.
    pub fn only_for(self, applies_to: AppliesTo) -> Self {
        Self { applies_to, ..self }
    }

    /// The same with a field more.
    pub fn with(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    pub(super) fn values<'a>(
        &self,
        params: &'a JsonText,
    ) -> Option<&'a serde_json::Map<String, Value>> {
        if self.name.is_empty() {
            return Some(params.object());
        }
        params.object().get(&self.name)?.as_object()
    }

    pub(super) fn path(&self, field: &Field) -> String {
        if self.name.is_empty() {
            field.name.clone()
        } else {
            format!("{}.{}", self.name, field.name)
        }
    }
}

impl Field {
    /// A field without a unit.
    pub fn new(
        name: &str,
        title: &str,
        description: &str,
        default: Value,
        kind: FieldKind,
    ) -> Self {
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
            unit: None,
            default,
            kind,
        }
    }

    /// The same in a unit.
    pub fn in_unit(mut self, unit: &str) -> Self {
        self.unit = Some(unit.to_owned());
        self
    }

    /// Whether it may hold nothing.
    pub fn is_optional(&self) -> bool {
        self.default.is_null()
    }

    /// Why it cannot hold `value`; none when it can.
    pub fn refusal(&self, value: &Value) -> Option<String> {
        if self.is_optional() {
            let refusal = (!value.is_null()).then(|| self.kind.refusal(value));
            return refusal.flatten().map(|it| format!("{it}, or nothing"));
        }
        self.kind.refusal(value)
    }
}

impl FieldKind {
    fn refusal(&self, value: &Value) -> Option<String> {
        match self {
            Self::Switch => (!value.is_boolean()).then(|| "must be on or off".to_owned()),
            Self::Integer { min, max } => {
                let fits = value.as_i64().is_some_and(|it| (*min..=*max).contains(&it));
                (!fits).then(|| format!("must be a whole number from {min} to {max}"))
            }
            Self::Number { min, max } => {
                let fits = value.as_f64().is_some_and(|it| (*min..=*max).contains(&it));
                (!fits).then(|| format!("must be a number from {} to {}", told(*min), told(*max)))
            }
            Self::Choice { options } => {
                (!is_among(options, value)).then(|| format!("must be one of {}", names(options)))
            }
            Self::Set { options } => match value.as_array() {
                Some(chosen) if chosen.is_empty() => Some(NONE_CHOSEN.to_owned()),
                Some(chosen) if chosen.iter().all(|it| is_among(options, it)) => None,
                _ => Some(format!("must be a list of some of {}", names(options))),
            },
            Self::Text { max_chars } => {
                let fits = |it: &str| it.chars().nth(*max_chars as usize).is_none();
                (!value.as_str().is_some_and(fits))
                    .then(|| format!("must be text of {max_chars} characters at most"))
            }
            Self::Region => {
                let fits = |it: &str| it.parse::<RegionId>().is_ok();
                (!value.as_str().is_some_and(fits)).then(|| "must be the id of a region".to_owned())
            }
            Self::Colour => {
                let fits = |it: &str| it.is_empty() || rgb(it).is_some();
                (!value.as_str().is_some_and(fits))
                    .then(|| "must be empty or like #1f77b4".to_owned())
            }
        }
    }

    /// One of `options`, each a value with what people call it.
    pub fn choice(options: &[(&str, &str)]) -> Self {
        let options = choices(options);
        Self::Choice { options }
    }

    /// Some of `options`, each a value with what people call it.
    pub fn set(options: &[(&str, &str)]) -> Self {
        let options = choices(options);
        Self::Set { options }
    }
}

/// Why a set cannot be empty.
pub(crate) const NONE_CHOSEN: &str = "choose at least one";

fn choices(options: &[(&str, &str)]) -> Vec<Choice> {
    let option = |(value, title): &(&str, &str)| Choice {
        value: (*value).to_owned(),
        title: (*title).to_owned(),
    };
    options.iter().map(option).collect()
}

fn is_among(options: &[Choice], value: &Value) -> bool {
    let is_it = |name: &str| options.iter().any(|option| option.value == name);
    value.as_str().is_some_and(is_it)
}

fn names(options: &[Choice]) -> String {
    let names: Vec<&str> = options.iter().map(|it| it.value.as_str()).collect();
    names.join(", ")
}

/// A limit in few characters.
fn told(limit: f64) -> String {
    if limit.abs() < 1e9 {
        limit.to_string()
    } else {
        format!("{limit:e}")
    }
}

impl Schema {
    /// What does not fit, field by field; what is left out fits.
    pub fn check(&self, params: &JsonText) -> Vec<ParamError> {
        let mut errors = Vec::new();
        for group in &self.groups {
            let Some(values) = group.values(params) else {
                continue;
            };
            for field in &group.fields {
                let refusal = values.get(&field.name).and_then(|it| field.refusal(it));
                errors.extend(refusal.map(|reason| ParamError::new(&group.path(field), reason)));
            }
        }
        errors
    }

    /// The parameters with every field in them: those left out take their defaults.
    pub fn filled(&self, params: &JsonText) -> JsonText {
        let mut all = params.object().clone();
        for group in &self.groups {
            let values = if group.name.is_empty() {
                &mut all
            } else {
                let entry = all
                    .entry(group.name.clone())
                    .or_insert_with(|| Value::Object(serde_json::Map::new()));
                match entry.as_object_mut() {
                    Some(values) => values,
                    None => continue,
                }
            };
            for field in &group.fields {
                values
                    .entry(field.name.clone())
                    .or_insert_with(|| field.default.clone());
            }
        }
        JsonText::new(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_stand_at_their_fields() {
        let number = FieldKind::Number { min: 0.0, max: 1.0 };
        let field = |name: &str| Field::new(name, "", "", Value::from(0.5), number.clone());
        let schema = Schema {
            groups: vec![
                Group::new("", "", "").with(field("a")),
                Group::new("g", "", "").with(field("b")),
            ],
        };
        let params = serde_json::from_str(r#"{"a":2,"g":{"b":"x"}}"#).unwrap();
        let errors = schema.check(&params);
        let fields: Vec<_> = errors.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["a", "g.b"]);
        let filled = schema.filled(&serde_json::from_str(r#"{"a":1}"#).unwrap());
        let expected: JsonText = serde_json::from_str(r#"{"a":1,"g":{"b":0.5}}"#).unwrap();
        assert_eq!(filled, expected);
    }
}
