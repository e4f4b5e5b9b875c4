//! The tests that the list of features cites: each must exist, or the list says what nobody shows.

use std::path::Path;

use anyhow::{Context as _, Result};

/// The list.
const LIST: &str = "docs/parity.md";
/// Where files that drive the served page are; the list names them without it.
const END_TO_END: &str = "end2end/tests/";

/// Citations of tests that are not there.
pub(super) fn findings(root: &Path) -> Result<Vec<String>> {
    let read = |path: &str| std::fs::read_to_string(root.join(path));
    let list = read(LIST).with_context(|| format!("cannot read {LIST}"))?;
    Ok(missing(&list, |path| read(path).ok()))
}

fn missing(list: &str, read: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut findings = Vec::new();
    for (index, row) in list.lines().enumerate() {
        for (file, test) in row.split('|').flat_map(citations) {
            let is_script = file.ends_with(".spec.ts");
            let path = if is_script {
                format!("{END_TO_END}{file}")
            } else {
                file.to_owned()
            };
            let at = format!("{LIST}:{}", index + 1);
            match read(&path) {
                None => findings.push(format!("{at}: there is no {path}")),
                Some(text) if is_script && has_title(&text, test) => {}
                Some(text) if text.contains(&format!("fn {test}(")) => {}
                Some(_) => findings.push(format!("{at}: {path} has no test {test:?}")),
            }
        }
    }
    findings
}

/// The tests that a field of a row cites, as "`file`: test", several apart by line breaks. An example in the docs of a
/// function is cited as its test.
fn citations(field: &str) -> impl Iterator<Item = (&str, &str)> {
    field.split("<br>").filter_map(|it| {
        let (file, test) = it.trim().strip_prefix('`')?.split_once("`: ")?;
        let of_doc = test.strip_prefix("doc test of ");
        let test = of_doc.map_or(test, |it| it.rsplit("::").next().unwrap_or(it));
        Some((file, test.trim_matches('`')))
    })
}

/// Whether a title is in a script. Parts of it that are filled in while it runs, such as sizes, may be anything.
fn has_title(script: &str, title: &str) -> bool {
    let quoted = |it: &str| script.contains(&format!("\"{it}\""));
    quoted(title) || script.split('`').any(|template| is_from(title, template))
}

fn is_from(title: &str, template: &str) -> bool {
    if !template.contains("${") {
        return template == title;
    }
    let mut parts = template.split("${");
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = title.strip_prefix(first) else {
        return false;
    };
    for part in parts {
        let fixed = part.split_once('}').map_or("", |it| it.1);
        let Some((_, behind)) = rest.split_once(fixed) else {
            return false;
        };
        rest = behind;
    }
    !first.is_empty() && (rest.is_empty() || template.ends_with('}'))
}

#[cfg(test)]
mod tests {
    use super::missing;

    fn read(path: &str) -> Option<String> {
        let text = match path {
            "server/src/a.rs" => "fn it_works() {}",
            "end2end/tests/a.spec.ts" => {
                "test(\"it is drawn\", f); test(`it is drawn on a ${size}, too`, f);"
            }
            _ => return None,
        };
        Some(text.to_owned())
    }

    #[test]
    fn citations_of_what_is_not_there_are_found() {
        let row =
            |cited: &str| missing(&format!("| 1 | done | `server/src/b.rs` | {cited} |"), read);
        assert_eq!(row("*no test*"), [""; 0]);
        let all = "`a.spec.ts`: it is drawn<br>`a.spec.ts`: it is drawn on a desk, too<br>`server/src/a.rs`: `it_works`";
        assert_eq!(row(all), [""; 0]);
        let found = row("`server/src/c.rs`: `it_works`");
        assert_eq!(found, ["docs/parity.md:1: there is no server/src/c.rs"]);
        assert_eq!(row("`server/src/a.rs`: `it`").len(), 1);
        assert_eq!(row("`a.spec.ts`: it is").len(), 1);
        assert_eq!(row("`b.spec.ts`: it is drawn").len(), 1);
    }
}
