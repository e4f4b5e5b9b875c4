//! What can be asked of the plotter that lays several dimensions side by side.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{AxesParams, ImageAxes};
use super::{RateParams, WindowParams};
use crate::params::{Described, Field, FieldKind, Group, ParamError, Params, Schema};

/// Parameters of the flattener.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FlattenParams {
    /// The dimensions along x, by name or by number from 0, separated by commas; the last one when empty.
    pub x_dims: String,
    /// Whether the dimensions along x stand in reverse order, the first one running fastest.
    pub reverse_x: bool,
    /// Whether the dimensions along y do.
    pub reverse_y: bool,
    /// Whether x and y change places in the end.
    pub transpose: bool,
    /// The time window.
    pub window: WindowParams,
    /// Counts, or counts per second.
    pub rate: RateParams,
    /// How its axes are shown.
    pub axes: ImageAxes,
}

/// Which dimensions lie along which axis, the last one of each running fastest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlatDims {
    /// Along y.
    pub rows: Vec<usize>,
    /// Along x.
    pub columns: Vec<usize>,
}

impl FlattenParams {
    /// Which of the dimensions called `names` lie along which axis.
    ///
    /// # Errors
    /// When one is not there, is named twice, or none is left for the other axis.
    pub fn dims(&self, names: &[&str]) -> Result<FlatDims, ParamError> {
        let error = |reason: String| Err(ParamError::new("x_dims", reason));
        let mut columns = Vec::new();
        for word in self.words() {
            let number = word.parse::<usize>().ok().filter(|it| *it < names.len());
            let named = names.iter().position(|name| *name == word);
            match named.or(number) {
                None => {
                    return error(format!(
                        "there is no dimension {word:?}: use {}",
                        names.join(", ")
                    ));
                }
                Some(dim) if columns.contains(&dim) => {
                    return error(format!("{word:?} is named twice: name it once"));
                }
                Some(dim) => columns.push(dim),
            }
        }
        if columns.is_empty() {
            columns.extend(names.len().checked_sub(1));
        }
        columns.sort_unstable();
        let mut rows: Vec<usize> = (0..names.len())
            .filter(|dim| !columns.contains(dim))
            .collect();
        if rows.is_empty() {
            return error("all dimensions lie along x: leave at least one for y".to_owned());
        }
        for (dims, is_reversed) in [(&mut columns, self.reverse_x), (&mut rows, self.reverse_y)] {
            if is_reversed {
                dims.reverse();
            }
        }
        Ok(if self.transpose {
            FlatDims {
                rows: columns,
                columns: rows,
            }
        } else {
            FlatDims { rows, columns }
        })
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.x_dims
            .split(',')
            .map(str::trim)
            .filter(|it| !it.is_empty())
    }
}

impl Params for FlattenParams {
    fn validate(&self) -> Result<(), ParamError> {
        if self.x_dims.chars().count() > MAX_CHARS as usize {
            let reason = format!("must be text of {MAX_CHARS} characters at most");
            return Err(ParamError::new("x_dims", reason));
        }
        self.window.validate()?;
        AxesParams::check(self.axes)
    }
}

impl Described for FlattenParams {
    fn schema() -> Schema {
        let switch = |name: &str, title: &str, description: &str| {
            Field::new(name, title, description, json!(false), FieldKind::Switch)
        };
        let dims = Group::new("", "Dimensions", "Which dimensions lie side by side along which axis.")
            .with(Field::new(
                "x_dims",
                "Along x",
                "Names of dimensions, or their numbers from 0, separated by commas; the last one when empty. The others \
                 lie along y.",
                json!(""),
                FieldKind::Text { max_chars: MAX_CHARS },
            ))
            .with(switch("reverse_x", "Reverse along x", "The first of the dimensions along x runs fastest, not the last."))
            .with(switch("reverse_y", "Reverse along y", "The first of the dimensions along y runs fastest, not the last."))
            .with(switch("transpose", "Swap x and y", "What lies along x lies along y, and the other way round."));
        Schema {
            groups: vec![
                dims,
                WindowParams::group(),
                RateParams::group(),
                ImageAxes::group(),
            ],
        }
    }
}

const MAX_CHARS: u32 = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_are_found_by_name_or_number() {
        let names = ["layer", "y", "x"];
        let dims = |x_dims: &str, reverse_y, transpose| {
            let params = FlattenParams {
                x_dims: x_dims.to_owned(),
                reverse_y,
                transpose,
                ..FlattenParams::default()
            };
            params
                .dims(&names)
                .map(|it| (it.rows, it.columns))
                .map_err(|it| it.reason)
        };
        assert_eq!(dims("", false, false), Ok((vec![0, 1], vec![2])));
        assert_eq!(dims(" x,layer", false, false), Ok((vec![1], vec![0, 2])));
        assert_eq!(dims("1", true, false), Ok((vec![2, 0], vec![1])));
        assert_eq!(dims("1", false, true), Ok((vec![1], vec![0, 2])));
        assert!(dims("z", false, false).is_err_and(|it| it.contains("use layer, y, x")));
        assert!(dims("x, 2", false, false).is_err_and(|it| it.contains("twice")));
        assert!(dims("0,1,2", false, false).is_err_and(|it| it.contains("leave at least one")));
    }
}
