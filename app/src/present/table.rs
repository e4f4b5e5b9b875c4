//! Single values as a table: a row per source and a column per quantity, or the other way round where that is narrower.

use shared::plot::format::with_unit;
use shared::plot::frame::{Frame, FrameBody, ScalarEntry, Scalars};
use shared::plot::params::{BarStyle, TableStyle};
use shared::topology::LayerConfig;

/// What stands where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What the heads of rows are.
    pub corner: &'static str,
    /// The heads of columns: quantities, with their unit where all values have the same, or sources.
    pub columns: Vec<String>,
    /// The heads of rows, which are the others of those.
    pub rows: Vec<String>,
    cells: Vec<Vec<String>>,
}

impl Table {
    /// The entries of a frame; those of one source that follow each other stand in one row.
    pub fn of(scalars: &Scalars, style: TableStyle) -> Self {
        let mut labels: Vec<&str> = Vec::new();
        let mut rows: Vec<(&str, Vec<(usize, &ScalarEntry)>)> = Vec::new();
        for entry in &scalars.entries {
            let label = &*entry.quantity.label;
            let known = labels.iter().position(|it| *it == label);
            let column = known.unwrap_or_else(|| {
                labels.push(label);
                labels.len() - 1
            });
            match rows.last_mut() {
                Some((name, row))
                    if *name == &*entry.name && row.iter().all(|it| it.0 != column) =>
                {
                    row.push((column, entry));
                }
                _ => rows.push((&entry.name, vec![(column, entry)])),
            }
        }
        if labels.len() > 1 && rows.iter().all(|(_, row)| row.len() == 1) {
            // Each source measures something of its own: its name says what.
            labels = vec!["Value"];
            for (_, row) in &mut rows {
                row[0].0 = 0;
            }
        }
        let entries = |column| {
            let all = rows.iter().flat_map(|(_, row)| row);
            all.filter(move |it| it.0 == column).map(|it| it.1)
        };
        let units: Vec<Option<&str>> = (0..labels.len())
            .map(|it| common_unit(entries(it)))
            .collect();
        let columns = labels.iter().zip(&units).map(|(label, unit)| match unit {
            None | Some("") => (*label).to_owned(),
            Some(unit) => format!("{label} [{unit}]"),
        });
        let cells = rows.iter().map(|(_, row)| {
            let mut texts = vec![String::new(); labels.len()];
            for (column, entry) in row {
                texts[*column] = cell(entry, style, units[*column].is_none());
            }
            texts
        });
        Self {
            corner: "Source",
            columns: columns.collect(),
            cells: cells.collect(),
            rows: rows.iter().map(|(name, _)| (*name).to_owned()).collect(),
        }
        .upright()
    }

    /// The same with no more columns than rows: what is long goes down, where there is room.
    fn upright(self) -> Self {
        if self.columns.len() <= self.rows.len() {
            return self;
        }
        let column = |column: usize| self.cells.iter().map(|row| row[column].clone()).collect();
        Self {
            corner: "Quantity",
            cells: (0..self.columns.len()).map(column).collect(),
            columns: self.rows,
            rows: self.columns,
        }
    }

    /// The table of a layer's frame; none where that is drawn.
    pub fn of_layer(config: &LayerConfig, frame: &Frame) -> Option<Self> {
        match &frame.body {
            FrameBody::Scalars(scalars) if BarStyle::of_layer(config).is_none() => {
                Some(Self::of(scalars, TableStyle::of_params(&config.params)))
            }
            _ => None,
        }
    }

    /// What stands in a cell; nothing beyond the last.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let cell = self.cells.get(row).and_then(|it| it.get(column));
        cell.map_or("", String::as_str)
    }
}

/// A head no longer than this is no wider than many numbers.
const SHORT_CHARS: usize = 10;

/// The head of a column on two lines that are as short as can be, which leaves the numbers room. Words and units stay
/// whole; the second line of a short head, and of a single word, is empty.
pub fn halves(head: &str) -> (&str, &str) {
    if head.chars().count() <= SHORT_CHARS {
        return (head, "");
    }
    let words = head.find(" [").map_or(head.len(), |unit| unit + 1);
    let gaps = head[..words].match_indices(' ').map(|(at, _)| at);
    let longest = |at: &usize| {
        let (first, second) = head.split_at(*at);
        first.chars().count().max(second.chars().count() - 1)
    };
    match gaps.min_by_key(longest) {
        Some(at) => (&head[..at], &head[at + 1..]),
        None => (head, ""),
    }
}

/// The unit that all entries have.
fn common_unit<'a>(mut entries: impl Iterator<Item = &'a ScalarEntry>) -> Option<&'a str> {
    let unit = entries.next()?.quantity.unit.symbol();
    entries
        .all(|it| it.quantity.unit.symbol() == unit)
        .then_some(unit)
}

fn cell(entry: &ScalarEntry, style: TableStyle, with_own_unit: bool) -> String {
    let number = match entry.error {
        Some(error) => style.write_with_error(entry.value, error),
        None => style.write(entry.value),
    };
    let unit = if with_own_unit {
        entry.quantity.unit.symbol()
    } else {
        ""
    };
    with_unit(&number, unit)
}

#[cfg(test)]
mod tests {
    use shared::data::Unit;
    use shared::plot::frame::Quantity;

    use super::*;

    fn entry(name: &str, label: &str, unit: &str, value: f64, error: Option<f64>) -> ScalarEntry {
        ScalarEntry {
            name: name.into(),
            quantity: Quantity {
                label: label.into(),
                unit: Unit::new(unit),
            },
            value,
            error,
        }
    }

    #[test]
    fn units_that_all_share_stand_above_and_others_beside() {
        let entries = vec![
            entry("a", "Sum", "counts", 100.0, Some(10.0)),
            entry("a", "Peak", "ms", 7.25, None),
            entry("b", "Sum", "counts", 4.0, Some(2.0)),
            entry("b", "Peak", "mm", f64::NAN, None),
        ];
        let table = Table::of(&Scalars { entries }, TableStyle::default());
        assert_eq!(table.columns, ["Sum [counts]", "Peak"]);
        assert_eq!(table.rows, ["a", "b"]);
        let cells: Vec<_> = (0..2)
            .flat_map(|row| [table.cell(row, 0), table.cell(row, 1)])
            .collect();
        assert_eq!(cells, ["100 ± 10", "7.250 ms", "4.0 ± 2.0", "– mm"]);
        assert_eq!(table.cell(2, 0), "");
    }

    #[test]
    fn what_is_long_goes_down() {
        let of_source = |name: &str, value| {
            ["Sum", "Mean", "Rate"].map(|label| entry(name, label, "counts", value, None))
        };
        let entries = of_source("a", 1.0).into_iter().chain(of_source("b", 2.0));
        let entries: Vec<_> = entries.collect();
        let table = Table::of(&Scalars { entries }, TableStyle::default());
        assert_eq!(
            (table.corner, &table.columns[..]),
            ("Quantity", &["a", "b"].map(str::to_owned)[..])
        );
        assert_eq!(
            table.rows,
            ["Sum", "Mean", "Rate"].map(|it| format!("{it} [counts]"))
        );
        assert_eq!([table.cell(2, 0), table.cell(0, 1)], ["1", "2"]);

        let entries = (0..3)
            .flat_map(|i| of_source(&i.to_string(), 1.0))
            .collect();
        let table = Table::of(&Scalars { entries }, TableStyle::default());
        assert_eq!((table.corner, table.rows.len()), ("Source", 3));
    }

    #[test]
    fn values_of_different_things_stand_below_each_other() {
        let entries = vec![
            entry("Stage", "Stage position", "mm", 1.5, None),
            entry("Sample", "Temperature", "K", 300.0, None),
        ];
        let table = Table::of(&Scalars { entries }, TableStyle::default());
        assert_eq!(table.columns, ["Value"]);
        let cells = [table.cell(0, 0), table.cell(1, 0)];
        assert_eq!(cells, ["1.500 mm", "300 K"]);
    }

    #[test]
    fn heads_are_broken_between_words_into_two_short_lines() {
        let told = [
            ("Sum [counts]", ("Sum", "[counts]")),
            (
                "Peak, Time of arrival [ms]",
                ("Peak, Time of", "arrival [ms]"),
            ),
            ("Rate [counts / s]", ("Rate", "[counts / s]")),
            ("Größe der Probe [µm]", ("Größe der", "Probe [µm]")),
            ("Value", ("Value", "")),
            ("Monitor 1", ("Monitor 1", "")),
            ("Temperature", ("Temperature", "")),
            ("", ("", "")),
        ];
        for (head, lines) in told {
            assert_eq!(halves(head), lines);
        }
    }

    #[test]
    fn sources_of_one_name_keep_rows_of_their_own() {
        let entries = vec![
            entry("a", "Counts", "counts", 1.0, None),
            entry("a", "Counts", "counts", 2.0, None),
        ];
        let table = Table::of(&Scalars { entries }, TableStyle::default());
        assert_eq!((table.rows.len(), table.cell(1, 0)), (2, "2"));
    }
}
