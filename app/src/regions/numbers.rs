//! An area as numbers in fields, and back.

use std::collections::BTreeMap;

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

/// Texts that cannot be taken, by their fields, each with what is wrong, for the one who wrote it.
pub(crate) type Wrong = BTreeMap<usize, (String, String)>;

/// The area with another text in one of its fields, and what cannot be taken. A text that was wrong is tried again: it may
/// fit what was written now.
pub(crate) fn with_text(area: &Area, wrong: &Wrong, field: usize, text: &str) -> (Area, Wrong) {
    let others = wrong.iter().filter(|(at, _)| **at != field);
    let others = others.map(|(at, (text, _))| (*at, text.as_str()));
    let texts: Vec<(usize, &str)> = [(field, text)].into_iter().chain(others).collect();
    if let Ok(area) = with_texts(area, &texts) {
        return (area, Wrong::new());
    }
    let mut area = area.clone();
    let mut wrong = Wrong::new();
    for (at, text) in texts {
        match with_texts(&area, &[(at, text)]) {
            Ok(changed) => area = changed,
            Err(reason) => drop(wrong.insert(at, (text.to_owned(), reason))),
        }
    }
    (area, wrong)
}

fn with_texts(area: &Area, texts: &[(usize, &str)]) -> Result<Area, String> {
    let mut area = area.clone();
    for &(field, text) in texts {
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
                assert_eq!(
                    with_text(&area, &Wrong::new(), index, text),
                    (area.clone(), Wrong::new()),
                    "{text}"
                );
            }
        }
    }

    /// The area that a text makes.
    fn read(area: &Area, field: usize, text: &str) -> Result<Area, String> {
        with_texts(area, &[(field, text)])
    }

    #[test]
    fn what_is_wrong_stays_at_its_field_until_it_fits() {
        let area = Area::Rectangle {
            x: [20.0, 40.0],
            y: [0.0, 1.0],
        };
        let (same, wrong) = with_text(&area, &Wrong::new(), 1, "3");
        assert_eq!(same, area);
        assert!(wrong[&1].1.contains("must be less"), "{wrong:?}");
        let (same, wrong) = with_text(&same, &wrong, 3, "wide");
        assert_eq!((same, wrong.len()), (area.clone(), 2));
        // Another field is taken, and the wrong ones stay wrong.
        let (moved, wrong) = with_text(&area, &wrong, 2, "-1");
        assert_eq!(moved.bounds(), [[20.0, 40.0], [-1.0, 1.0]]);
        assert_eq!(wrong.keys().copied().collect::<Vec<_>>(), [1, 3]);
        // With this one, the first fits after all; and whoever writes it anew mends the other.
        let (moved, wrong) = with_text(&moved, &wrong, 0, "1");
        assert_eq!(moved.bounds(), [[1.0, 3.0], [-1.0, 1.0]]);
        assert_eq!(wrong.keys().copied().collect::<Vec<_>>(), [3]);
        let (moved, wrong) = with_text(&moved, &wrong, 3, "2");
        assert_eq!(moved.bounds(), [[1.0, 3.0], [-1.0, 2.0]]);
        assert_eq!(wrong, Wrong::new());
        // What fits only together is taken together.
        let (same, wrong) = with_text(&moved, &Wrong::new(), 0, "7");
        let (moved, wrong) = with_text(&same, &wrong, 1, "9");
        assert_eq!(moved.bounds(), [[7.0, 9.0], [-1.0, 2.0]]);
        assert_eq!(wrong, Wrong::new());
    }

    #[test]
    fn each_field_changes_its_number() {
        let area = Area::Rectangle {
            x: [0.0, 2.0],
            y: [0.0, 1.0],
        };
        assert_eq!(
            read(&area, 1, " 7.5 ").unwrap().bounds(),
            [[0.0, 7.5], [0.0, 1.0]]
        );
        assert_eq!(
            read(&area, 2, "-1").unwrap().bounds(),
            [[0.0, 2.0], [-1.0, 1.0]]
        );
        assert!(read(&area, 1, "-1").unwrap_err().contains("must be less"));
        assert!(read(&area, 1, "wide").unwrap_err().contains("no number"));
        assert!(read(&area, 1, "NaN").unwrap_err().contains("no number"));
        let triangle = Area::Polygon {
            vertices: vec![[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]],
        };
        let moved = read(&triangle, 0, "0 0; 4 0\n, 0 4").unwrap();
        assert_eq!(moved.bounds(), [[0.0, 4.0], [0.0, 4.0]]);
        assert!(
            read(&triangle, 0, "0 0, 1")
                .unwrap_err()
                .contains("no point")
        );
        assert!(
            read(&triangle, 0, "0 0, 1 1")
                .unwrap_err()
                .contains("three vertices")
        );
    }
}
