//! Titles that nobody had to think of.

/// `wanted`, or `wanted 2`, `wanted 3` … when others have it already.
pub fn fresh_title<'a>(wanted: &str, taken: impl Iterator<Item = &'a str> + Clone) -> String {
    let is_free = |title: &str| taken.clone().all(|it| it != title);
    if is_free(wanted) {
        return wanted.to_owned();
    }
    (2..)
        .map(|number: u32| format!("{wanted} {number}"))
        .find(|title| is_free(title))
        .unwrap_or_default()
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
