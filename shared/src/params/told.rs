//! Parameters in words: every value that holds, whether it was chosen or is the default.

use serde_json::Value;

use super::{Choice, Field, FieldKind, Schema};
use crate::job::OutputInfo;
use crate::topology::JsonText;

impl Schema {
    /// The part that means something for an output.
    #[must_use]
    pub fn fitting(&self, output: &OutputInfo) -> Self {
        let groups = self.groups.iter();
        let groups = groups.filter(|group| group.applies_to.fits(output));
        Self {
            groups: groups.cloned().collect(),
        }
    }

    /// What holds, the part that was chosen and the part that is at its defaults.
    pub fn told(&self, params: &JsonText) -> Told {
        let params = self.filled(params);
        let mut told = Told::default();
        for group in &self.groups {
            let values = group.values(&params);
            let (mut chosen, mut defaults) = (Vec::new(), Vec::new());
            for field in &group.fields {
                let value = values.and_then(|it| it.get(&field.name));
                let default = field.told(&field.default);
                let value = value.map_or_else(|| default.clone(), |it| field.told(it));
                let lines = if value == default {
                    &mut defaults
                } else {
                    &mut chosen
                };
                lines.push(format!("{} {value}", uncapitalised(&field.title)));
            }
            told.n_defaults += defaults.len();
            let line = |fields: Vec<String>| {
                let fields = fields.join(", ");
                (!fields.is_empty()).then(|| format!("{}: {fields}", group.title))
            };
            told.chosen.extend(line(chosen));
            told.defaults.extend(line(defaults));
        }
        told
    }
}

/// Parameters in words, each group a line: `Time window: length 2.5 s, combined by automatic`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Those that are other than their defaults.
    pub chosen: Vec<String>,
    /// Those that are at their defaults.
    pub defaults: Vec<String>,
    /// How many fields are at their defaults.
    pub n_defaults: usize,
}

impl Field {
    /// A value in words, as its form has it.
    fn told(&self, value: &Value) -> String {
        let text = match (&self.kind, value) {
            (_, Value::Null) => return "automatic".to_owned(),
            (FieldKind::Switch, Value::Bool(is_on)) => {
                (if *is_on { "on" } else { "off" }).to_owned()
            }
            (FieldKind::Choice { options }, Value::String(value)) => {
                let option = options.iter().find(|it| it.value == *value);
                option.map_or(value, |it| &it.title).clone()
            }
            (FieldKind::Set { options }, Value::Array(chosen)) => told_set(options, chosen),
            (_, Value::String(text)) if text.is_empty() => return "none".to_owned(),
            (_, Value::String(text)) => text.clone(),
            // Numbers without a fraction are told as whole ones.
            (_, Value::Number(number)) => number
                .as_f64()
                .map_or_else(|| number.to_string(), |it| it.to_string()),
            (_, other) => other.to_string(),
        };
        match &self.unit {
            Some(unit) => format!("{text} {unit}"),
            None => text,
        }
    }
}

/// The chosen ones of a set by their titles, in its order.
fn told_set(options: &[Choice], chosen: &[Value]) -> String {
    let is_chosen = |it: &&Choice| chosen.iter().any(|value| *value == it.value);
    let titles: Vec<&str> = options
        .iter()
        .filter(is_chosen)
        .map(|it| it.title.as_str())
        .collect();
    match titles.as_slice() {
        [] => "none".to_owned(),
        all if all.len() == options.len() => "all".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A title within a sentence.
fn uncapitalised(title: &str) -> String {
    let mut chars = title.chars();
    let first = chars.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Described as _;
    use crate::plot::params::{ImageParams, StatisticsParams};

    #[test]
    fn what_was_chosen_and_what_was_not_is_told_in_the_words_of_the_form() {
        let params = r#"{"window":{"seconds":2.5},"axes":{"colour":"sqrt","x_labels":4}}"#;
        let params = serde_json::from_str(params).unwrap();
        let told = ImageParams::schema().told(&params);
        let chosen = [
            "Time window: length 2.5 s",
            "Axes: scale of colours square root, labels of x 4",
        ];
        assert_eq!(told.chosen, chosen);
        assert_eq!(told.defaults[0], "Time window: combined by automatic");
        assert_eq!(told.defaults[1], "Rate: per second off");
        let axes = &told.defaults[2];
        assert!(axes.starts_with("Axes: colours from automatic,"), "{axes}");
        assert!(axes.ends_with("ratio 1, labels of y automatic"), "{axes}");
        let all = ImageParams::schema().told(&JsonText::empty());
        assert_eq!(all.chosen, Vec::<String>::new());
        assert_eq!(all.n_defaults, told.n_defaults + 3);
        // What was chosen and is the default all the same is no choice that anybody sees.
        let same = serde_json::from_str(r#"{"window":{"seconds":0,"aggregation":"auto"}}"#);
        assert_eq!(ImageParams::schema().told(&same.unwrap()), all);
    }

    #[test]
    fn a_set_is_told_in_its_own_order() {
        let told = |params: &str| {
            let params = serde_json::from_str(params).unwrap();
            StatisticsParams::schema().told(&params)
        };
        let all = r#"{"shown":{"numbers":["rate","fwhm","peak","max","mean","sum"]}}"#;
        assert_eq!(told(all).defaults[0], "Shown: numbers all");
        let some = r#"{"shown":{"numbers":["fwhm","sum","rate"]}}"#;
        assert_eq!(told(some).chosen, ["Shown: numbers sum, FWHM and rate"]);
        let one = r#"{"shown":{"numbers":["max"]}}"#;
        assert_eq!(told(one).chosen, ["Shown: numbers maximum"]);
    }
}
