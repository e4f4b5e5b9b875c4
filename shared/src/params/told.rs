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

    /// What holds, a line for each group: `Time window: length 2.5 s, combined by automatic`.
    pub fn told(&self, params: &JsonText) -> Vec<String> {
        let params = self.filled(params);
        let groups = self.groups.iter().map(|group| {
            let values = group.values(&params);
            let fields = group.fields.iter().map(|field| {
                let value = values.and_then(|it| it.get(&field.name));
                let value = field.told(value.unwrap_or(&field.default));
                format!("{} {value}", uncapitalised(&field.title))
            });
            let fields: Vec<String> = fields.collect();
            format!("{}: {}", group.title, fields.join(", "))
        });
        groups.collect()
    }
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
        assert_eq!(told[0], "Time window: length 2.5 s, combined by automatic");
        assert_eq!(told[1], "Rate: per second off");
        assert!(
            told[2].starts_with("Axes: scale of colours square root, colours from automatic,"),
            "{}",
            told[2]
        );
        assert!(told[2].ends_with("ratio 1, labels of x 4, labels of y automatic"));
        let defaults = ImageParams::schema().told(&JsonText::empty());
        assert_eq!(
            defaults[0],
            "Time window: length 0 s, combined by automatic"
        );
    }

    #[test]
    fn a_set_is_told_in_its_own_order() {
        let told = |params: &str| {
            let params = serde_json::from_str(params).unwrap();
            StatisticsParams::schema().told(&params)[0].clone()
        };
        assert_eq!(told("{}"), "Shown: numbers all");
        let some = r#"{"shown":{"numbers":["fwhm","sum","rate"]}}"#;
        assert_eq!(told(some), "Shown: numbers sum, FWHM and rate");
        assert_eq!(
            told(r#"{"shown":{"numbers":["max"]}}"#),
            "Shown: numbers maximum"
        );
    }
}
