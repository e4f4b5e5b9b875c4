//! Titles that nobody had to think of.

/// `wanted`, or `wanted 2`, `wanted 3` … when others have it already.
pub fn fresh_title<'a>(wanted: &str, taken: impl Iterator<Item = &'a str> + Clone) -> String {
    let is_taken = |title: &str| taken.clone().any(|it| it == title);
    let mut title = wanted.to_owned();
    let mut number = 2;
    while is_taken(&title) {
        title = format!("{wanted} {number}");
        number += 1;
    }
    title
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
}
