//! Titles that nobody had to think of.

/// `wanted`, or the same with the next number that is free: `wanted 2`, `wanted 3` …
pub fn fresh_title<'a>(wanted: &str, taken: impl Iterator<Item = &'a str> + Clone) -> String {
    let is_taken = |title: &str| taken.clone().any(|it| it == title);
    let (name, mut number) = numbered(wanted);
    let mut title = wanted.to_owned();
    while is_taken(&title) {
        number += 1;
        title = format!("{name} {number}");
    }
    title
}

/// A title without the number that a copy was given, and that number; the first of all has none. Larger numbers are
/// years and the like.
fn numbered(title: &str) -> (&str, u32) {
    let parts = title.rsplit_once(' ');
    let copy = parts.and_then(|(name, number)| Some((name, number.parse::<u32>().ok()?)));
    copy.filter(|(name, number)| !name.is_empty() && (2..1_000).contains(number))
        .unwrap_or((title, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_count_up() {
        let taken = ["Grid", "Grid 2"];
        assert_eq!(fresh_title("Grid", taken.into_iter()), "Grid 3");
        assert_eq!(fresh_title("New", taken.into_iter()), "New");
    }

    #[test]
    fn a_copy_of_a_copy_has_the_next_number() {
        let taken = ["Grid", "Grid 2", "Grid 4", "Run 2024", "Panel 1", "7"];
        for (wanted, title) in [
            ("Grid 2", "Grid 3"),
            ("Grid 4", "Grid 5"),
            ("Run 2024", "Run 2024 2"),
            ("Panel 1", "Panel 1 2"),
            ("7", "7 2"),
        ] {
            assert_eq!(fresh_title(wanted, taken.into_iter()), title);
        }
    }
}
