//! Holds schemas against the structs that they describe.

use serde_json::{Value, json};

use super::{Described, Field, FieldKind};
use crate::id::RegionId;
use crate::topology::JsonText;

/// Holds a schema against its struct: the same fields with the same defaults, and the same limits.
pub(crate) fn assert_describes<P: Described>() {
    let schema = P::schema();
    let defaults = serde_json::to_value(P::default()).unwrap();
    let filled = schema.filled(&JsonText::empty());
    assert_eq!(Value::Object(filled.object().clone()), defaults);
    for group in &schema.groups {
        for field in &group.fields {
            for (value, fits) in samples(field) {
                let mut params = JsonText::empty().object().clone();
                if group.name.is_empty() {
                    params.insert(field.name.clone(), value);
                } else {
                    params.insert(group.name.clone(), json!({&field.name: value}));
                }
                let params = JsonText::new(params);
                let (errors, read) = (schema.check(&params), P::read(&params));
                assert_eq!(errors.is_empty(), fits, "{params:?}: {errors:?}");
                assert_eq!(read.is_ok(), fits, "{params:?}");
                // A value of the wrong type does not read at all, and has no field then.
                if let (Err(read), Some(error)) = (read, errors.first())
                    && read.field != "params"
                {
                    assert_eq!(read.field, error.field);
                }
            }
        }
    }
}

/// Values of a field at its limits and beyond them.
fn samples(field: &Field) -> Vec<(Value, bool)> {
    match &field.kind {
        FieldKind::Switch => vec![(json!(true), true), (json!(false), true), (json!(1), false)],
        FieldKind::Integer { min, max } => vec![
            (json!(min), true),
            (json!(max), true),
            (json!(min - 1), false),
            (json!(max + 1), false),
            (json!("1"), false),
            (json!(null), field.is_optional()),
        ],
        // What numbers that may be left out must be together, their parameters say.
        FieldKind::Number { min, max } if field.is_optional() => vec![
            (json!(null), true),
            (json!(min - 0.5), false),
            (json!(max + 0.5), false),
        ],
        FieldKind::Number { min, max } => vec![
            (json!(min), true),
            (json!(max), true),
            (json!(min - 0.5), false),
            (json!(max + 0.5), false),
            (json!(null), false),
        ],
        FieldKind::Choice { options } => {
            let mut all: Vec<_> = options.iter().map(|it| (json!(it.value), true)).collect();
            all.push((json!("no such"), false));
            all
        }
        FieldKind::Set { options } => {
            let all: Vec<_> = options.iter().map(|it| it.value.as_str()).collect();
            let reversed: Vec<_> = all.iter().rev().collect();
            let mut samples: Vec<_> = all.iter().map(|it| (json!([it]), true)).collect();
            samples.extend([
                (json!(reversed), true),
                (json!([all[0], all[0]]), true),
                (json!([]), false),
                (json!(all[0]), false),
                (json!([all[0], "no such"]), false),
            ]);
            samples
        }
        // What else a text must be, its parameters say.
        FieldKind::Text { max_chars } => {
            let too_long = "1".repeat(*max_chars as usize + 1);
            vec![(json!(too_long), false), (json!(1), false)]
        }
        FieldKind::Region => vec![
            (json!(null), field.is_optional()),
            (json!(RegionId::derived("a")), true),
            (json!("Region 1"), false),
        ],
        FieldKind::Colour => vec![
            (json!(""), true),
            (json!("#1F77b4"), true),
            (json!("#1f77b"), false),
            (json!("red"), false),
        ],
    }
}
