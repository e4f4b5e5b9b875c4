//! What can be asked of the plotters of static geometry: rectangles, vertical and horizontal lines.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::LineParams;
use crate::params::{Described, Field, FieldKind, Group, ParamError, Params, Schema};

/// Shapes of one layer at most.
const MAX_SHAPES: usize = 200;
/// Characters that describe them at most.
const MAX_CHARS: u32 = 10_000;

/// Parameters of static rectangles.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RectanglesParams {
    /// `[x0, y0, x1, y1], …` in the units of the axes.
    pub coordinates: String,
    /// How opaque they are filled, 0 to 1.
    pub fill: f64,
    /// How their outlines are drawn.
    pub line: LineParams,
}

/// Parameters of static lines across the figure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PositionsParams {
    /// `10, 20, …` in the unit of the axis.
    pub positions: String,
    /// How they are drawn.
    pub line: LineParams,
}

impl RectanglesParams {
    /// Lower and upper ends of each rectangle on the x and on the y axis.
    ///
    /// # Errors
    /// When the text does not say rectangles; the message says which and why.
    pub fn rectangles(&self) -> Result<Vec<[[f64; 2]; 2]>, ParamError> {
        let refuse = |reason: String| Err(ParamError::new("coordinates", reason));
        let text = self.coordinates.trim();
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let read = serde_json::from_str::<Vec<serde_json::Value>>(&format!("[{text}]"));
        let Ok(mut items) = read else {
            return refuse("must be like [0, 0, 10, 20], [30, 0, 40, 20]".to_owned());
        };
        // A list of rectangles may have brackets of its own.
        let is_list = |it: &serde_json::Value| {
            it.as_array()
                .is_some_and(|it| it.iter().all(serde_json::Value::is_array))
        };
        if items.len() == 1
            && is_list(&items[0])
            && let serde_json::Value::Array(inner) = items[0].take()
        {
            items = inner;
        }
        if items.len() > MAX_SHAPES {
            return refuse(format!(
                "can be {MAX_SHAPES} rectangles at most: use another layer"
            ));
        }
        let mut rectangles = Vec::with_capacity(items.len());
        for (i, item) in items.into_iter().enumerate() {
            let Ok([x0, y0, x1, y1]) = serde_json::from_value::<[f64; 4]>(item) else {
                let number = i + 1;
                return refuse(format!(
                    "rectangle {number} must be four numbers: [x0, y0, x1, y1]"
                ));
            };
            rectangles.push([[x0.min(x1), x0.max(x1)], [y0.min(y1), y0.max(y1)]]);
        }
        Ok(rectangles)
    }
}

impl PositionsParams {
    /// Where the lines are.
    ///
    /// # Errors
    /// When the text is no list of numbers.
    pub fn values(&self) -> Result<Vec<f64>, ParamError> {
        let refuse = |reason: String| Err(ParamError::new("positions", reason));
        let parts = self.positions.split(',').map(str::trim);
        let mut values = Vec::new();
        for part in parts.filter(|it| !it.is_empty()) {
            match part.parse::<f64>() {
                Ok(value) if value.is_finite() => values.push(value),
                _ => return refuse(format!("must be numbers like 10, 20.5: {part:?} is none")),
            }
        }
        if values.len() > MAX_SHAPES {
            return refuse(format!(
                "can be {MAX_SHAPES} lines at most: use another layer"
            ));
        }
        Ok(values)
    }
}

impl Params for RectanglesParams {
    fn validate(&self) -> Result<(), ParamError> {
        check_len("coordinates", &self.coordinates)?;
        self.rectangles()?;
        if !(0.0..=1.0).contains(&self.fill) {
            return Err(ParamError::new("fill", "must be a number from 0 to 1"));
        }
        self.line.validate()
    }
}

impl Params for PositionsParams {
    fn validate(&self) -> Result<(), ParamError> {
        check_len("positions", &self.positions)?;
        self.values()?;
        self.line.validate()
    }
}

fn check_len(field: &str, text: &str) -> Result<(), ParamError> {
    if text.chars().nth(MAX_CHARS as usize).is_none() {
        return Ok(());
    }
    let reason = format!("must be text of {MAX_CHARS} characters at most");
    Err(ParamError::new(field, reason))
}

impl Described for RectanglesParams {
    fn schema() -> Schema {
        let geometry = Group::new(
            "",
            "Rectangles",
            "Where they are, in the units of the axes.",
        )
        .with(Field::new(
            "coordinates",
            "Corners",
            "Two opposite corners of each: [x0, y0, x1, y1], [x0, y0, x1, y1].",
            json!(""),
            FieldKind::Text {
                max_chars: MAX_CHARS,
            },
        ))
        .with(Field::new(
            "fill",
            "Filled",
            "How opaque their inside is: 0 leaves it empty.",
            json!(0.0),
            FieldKind::Number { min: 0.0, max: 1.0 },
        ));
        Schema {
            groups: vec![geometry, LineParams::group()],
        }
    }
}

impl Described for PositionsParams {
    fn schema() -> Schema {
        let geometry =
            Group::new("", "Lines", "Where they are, in the unit of the axis.").with(Field::new(
                "positions",
                "Positions",
                "Numbers with commas between them: 10, 20.5.",
                json!(""),
                FieldKind::Text {
                    max_chars: MAX_CHARS,
                },
            ));
        Schema {
            groups: vec![geometry, LineParams::group()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rectangles(text: &str) -> Result<Vec<[[f64; 2]; 2]>, String> {
        let params = RectanglesParams {
            coordinates: text.to_owned(),
            ..RectanglesParams::default()
        };
        params.rectangles().map_err(|it| it.reason)
    }

    #[test]
    fn corners_may_be_named_in_any_order() {
        let expected = Ok(vec![[[0.0, 10.0], [5.0, 20.0]], [[1.0, 2.0], [3.0, 4.0]]]);
        assert_eq!(rectangles("[10, 5, 0, 20], [1, 3, 2, 4]"), expected);
        assert_eq!(rectangles("[[10, 5, 0, 20], [1, 3, 2, 4]]"), expected);
        assert_eq!(rectangles(" "), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_rectangle_is_named() {
        assert!(
            rectangles("[1, 2, 3, 4], [1, 2, 3]")
                .unwrap_err()
                .starts_with("rectangle 2 ")
        );
        assert!(
            rectangles("1, 2, 3, 4")
                .unwrap_err()
                .starts_with("rectangle 1 ")
        );
        assert!(rectangles("[1, 2").unwrap_err().starts_with("must be like"));
        assert!(rectangles("[1, 2, 3, 1e999]").is_err());
    }

    #[test]
    fn positions_are_numbers_between_commas() {
        let values = |text: &str| {
            let positions = text.to_owned();
            PositionsParams {
                positions,
                ..PositionsParams::default()
            }
            .values()
        };
        assert_eq!(values(" 10, -2.5e1 ,"), Ok(vec![10.0, -25.0]));
        assert_eq!(values(""), Ok(Vec::new()));
        assert!(values("10 20").unwrap_err().reason.contains("\"10 20\""));
        assert!(values("NaN").is_err());
    }
}
