//! Arrays of curves: each row of one is a curve with a name and perhaps a colour of its own.

use std::sync::Arc;

use shared::data::Label;
use shared::job::OutputInfo;
use shared::region::REGION_DIM;

use super::Input;

/// Whether each row of an output is a curve.
pub(super) fn is_of_curves(output: &OutputInfo) -> bool {
    output.dims.len() == 2 && output.dims[0] == REGION_DIM
}

/// What is said beside a figure that would show curves of regions if there were any.
pub(super) const NO_ROWS: &str =
    "there are no regions of interest: draw some on the detector's image";

/// The curves of all sources, each as if it were all that a source has, and the places of their colours among those of
/// series, if they have colours of their own. Where there are several sources, curves are named after theirs, too.
pub(super) fn rows_of(inputs: &[Input]) -> (Vec<Input>, Vec<Option<u8>>) {
    let of_source = |input: &Input| match input.data.labels().filter(|_| is_matrix(input)) {
        None => vec![(input.clone(), None)],
        Some(labels) => {
            let labels = labels.iter().enumerate();
            let row = |(index, label)| row(input, index, label, inputs.len() > 1);
            labels.filter_map(row).collect()
        }
    };
    inputs.iter().flat_map(of_source).unzip()
}

fn is_matrix(input: &Input) -> bool {
    input.data.coords.len() == 2
}

fn row(
    input: &Input,
    index: usize,
    label: &Label,
    is_of_several: bool,
) -> Option<(Input, Option<u8>)> {
    let title = if is_of_several {
        format!("{}: {}", input.title, label.name).into()
    } else {
        Arc::clone(&label.name)
    };
    let secs = input.covered_secs.as_deref();
    let secs = secs.and_then(|secs| secs.get(index).or_else(|| secs.first()));
    let input = Input {
        title,
        data: input.data.row(index)?,
        covered_secs: secs.map(|secs| [*secs].into()),
        ..input.clone()
    };
    Some((input, label.colour))
}

#[cfg(test)]
mod tests {
    use shared::data::{Coord, CoordValues, DataArray, Unit, Values};
    use shared::id::ResultKey;
    use shared::time::{TimeInterval, TimeNs};

    use super::*;

    fn spectra(title: &str, names: &[&str]) -> Input {
        let label = |(colour, name): (usize, &&str)| Label {
            name: (*name).into(),
            colour: Some(colour as u8 + 4),
            edition: 0,
            since: None,
        };
        let labels = names.iter().enumerate().map(label).collect();
        let counts = (0..2 * names.len() as u32).collect();
        Input {
            title: title.into(),
            key: ResultKey {
                workflow: "dummy/w/1".parse().expect("an id"),
                source: title.to_owned(),
                output: "roi_spectra_current".to_owned(),
            },
            data: DataArray {
                label: "Counts".into(),
                unit: Unit::counts(),
                coords: vec![
                    Coord {
                        values: CoordValues::Labels(labels),
                        ..Coord::index(REGION_DIM, 0)
                    },
                    Coord::index("time_of_arrival", 2),
                ],
                values: Arc::new(Values::U32(counts)),
                variances: None,
                time: TimeInterval {
                    start: TimeNs(0),
                    end: TimeNs(1),
                },
            },
            covered_secs: None,
            note: None,
        }
    }

    #[test]
    fn each_row_is_a_curve_with_its_name_and_colour() {
        let (rows, colours) = rows_of(&[spectra("a", &["Peak", "Rest"])]);
        let told: Vec<_> = rows
            .iter()
            .map(|row| (&*row.title, &*row.data.values))
            .collect();
        let values = [Values::U32(vec![0, 1]), Values::U32(vec![2, 3])];
        assert_eq!(told, [("Peak", &values[0]), ("Rest", &values[1])]);
        assert_eq!(colours, [Some(4), Some(5)]);
        assert!(rows.iter().all(|row| row.data.validate().is_ok()));
        let (rows, _) = rows_of(&[spectra("a", &["Peak"]), spectra("b", &[])]);
        assert_eq!(rows.len(), 1);
        assert_eq!(&*rows[0].title, "a: Peak");
    }
}
