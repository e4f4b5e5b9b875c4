//! An area as numbers in fields, and back.

use shared::plot::Area;

/// A field of an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NumberField {
    /// What it says.
    pub(crate) label: &'static str,
    /// Its name for tests.
    pub(crate) testid: &'static str,
    /// On which axis it lies, to be told its unit; none for a list of points.
    pub(crate) axis: Option<usize>,
    /// What it holds now.
    pub(crate) text: String,
}

/// The fields of an area.
pub(crate) fn fields(area: &Area) -> Vec<NumberField> {
    let field =
        |(label, testid, axis): (&'static str, &'static str, usize), value: f64| NumberField {
            label,
            testid,
            axis: Some(axis),
            text: value.to_string(),
        };
    match area {
        Area::Rectangle { x, y } => vec![
            field(("x from", "region-x-from", 0), x[0]),
            field(("x to", "region-x-to", 0), x[1]),
            field(("y from", "region-y-from", 1), y[0]),
            field(("y to", "region-y-to", 1), y[1]),
        ],
        Area::Ellipse { centre, radii } => vec![
            field(("centre x", "region-centre-x", 0), centre[0]),
            field(("centre y", "region-centre-y", 1), centre[1]),
            field(("radius x", "region-radius-x", 0), radii[0]),
            field(("radius y", "region-radius-y", 1), radii[1]),
        ],
        Area::Polygon { vertices } => {
            let point = |[x, y]: &[f64; 2]| format!("{x} {y}");
            vec![NumberField {
                label: "vertices x y",
                testid: "region-vertices",
                axis: None,
                text: vertices.iter().map(point).collect::<Vec<_>>().join(", "),
            }]
        }
    }
}

/// The area with another text in one of its fields.
///
/// # Errors
/// With what is wrong, for the one who wrote it.
pub(crate) fn with_text(area: &Area, field: usize, text: &str) -> Result<Area, String> {
    let mut area = area.clone();
    match &mut area {
        Area::Rectangle { x, y } => {
            let ends = if field < 2 { x } else { y };
            ends[field % 2] = number(text)?;
        }
        Area::Ellipse { centre, radii } => {
            let pair = if field < 2 { centre } else { radii };
            pair[field % 2] = number(text)?;
        }
        Area::Polygon { vertices } => *vertices = points(text)?,
    }
    area.check().map_err(|error| error.reason)?;
    Ok(area)
}

fn points(text: &str) -> Result<Vec<[f64; 2]>, String> {
    let point = |text: &str| {
        let mut parts = text.split_whitespace().map(number);
        match (parts.next(), parts.next(), parts.next()) {
            (Some(x), Some(y), None) => Ok([x?, y?]),
            _ => Err(format!(
                "{:?} is no point: write x and y with a space between",
                text.trim()
            )),
        }
    };
    let points = text.split([',', ';']).filter(|it| !it.trim().is_empty());
    points.map(point).collect()
}

fn number(text: &str) -> Result<f64, String> {
    let text = text.trim().replace('−', "-");
    let number = text.parse().ok().filter(|it: &f64| it.is_finite());
    number.ok_or_else(|| format!("{text:?} is no number: write one such as 12.5"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(area: &Area) -> Vec<String> {
        fields(area).into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        let areas = [
            Area::Rectangle {
                x: [0.1, 2.5],
                y: [-3.0, 1e-7],
            },
            Area::Ellipse {
                centre: [1.0, 2.0],
                radii: [0.5, 0.25],
            },
            Area::Polygon {
                vertices: vec![[0.0, 0.0], [1.5, 0.0], [0.0, -2.0]],
            },
        ];
        for area in areas {
            for (index, text) in texts(&area).iter().enumerate() {
                assert_eq!(with_text(&area, index, text), Ok(area.clone()), "{text}");
            }
        }
    }

    #[test]
    fn each_field_changes_its_number() {
        let area = Area::Rectangle {
            x: [0.0, 2.0],
            y: [0.0, 1.0],
        };
        assert_eq!(
            with_text(&area, 1, " 7.5 ").unwrap().bounds(),
            [[0.0, 7.5], [0.0, 1.0]]
        );
        assert_eq!(
            with_text(&area, 2, "-1").unwrap().bounds(),
            [[0.0, 2.0], [-1.0, 1.0]]
        );
        assert!(
            with_text(&area, 1, "-1")
                .unwrap_err()
                .contains("must be less")
        );
        assert!(
            with_text(&area, 1, "wide")
                .unwrap_err()
                .contains("no number")
        );
        assert!(
            with_text(&area, 1, "NaN")
                .unwrap_err()
                .contains("no number")
        );
        let triangle = Area::Polygon {
            vertices: vec![[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]],
        };
        let moved = with_text(&triangle, 0, "0 0; 4 0\n, 0 4").unwrap();
        assert_eq!(moved.bounds(), [[0.0, 4.0], [0.0, 4.0]]);
        assert!(
            with_text(&triangle, 0, "0 0, 1")
                .unwrap_err()
                .contains("no point")
        );
        assert!(
            with_text(&triangle, 0, "0 0, 1 1")
                .unwrap_err()
                .contains("three vertices")
        );
    }
}
