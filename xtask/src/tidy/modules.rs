//! The arrows between the server's modules, which no compiler checks: a table of who may name
//! whom, and a scan for `crate::…`.

use super::source::{Source, is_word};

const SERVER: &str = "server/src/";
/// Small modules without arrows of their own, readable by all.
const COMMON: [&str; 2] = ["clock", "instrument"];
/// The composition root, its adapters and what starts it: they know everybody, nobody knows them.
const ROOT: [&str; 4] = ["commands", "lib", "main", "runner"];

/// A module and the modules it may name, beside itself and the common ones.
struct Room {
    name: &'static str,
    below: &'static [&'static str],
}

/// From the instrument to the browser; each names only what stands above it in this list.
///
/// `reduce` and `results` do not know each other: `runner` carries what one makes to the other.
const ROOMS: &[Room] = &[
    Room {
        name: "wire",
        below: &[],
    },
    Room {
        name: "ingest",
        below: &["wire"],
    },
    Room {
        name: "reduce",
        below: &["wire", "ingest"],
    },
    Room {
        name: "results",
        below: &[],
    },
    Room {
        name: "state",
        below: &[],
    },
    Room {
        name: "session",
        below: &[],
    },
    Room {
        name: "store",
        below: &[],
    },
    Room {
        name: "telemetry",
        below: &["ingest"],
    },
    Room {
        name: "jobs",
        below: &["state"],
    },
    Room {
        name: "plot",
        below: &["results", "state", "session", "store", "jobs"],
    },
    Room {
        name: "config",
        below: &["ingest", "plot"],
    },
    Room {
        name: "services",
        below: &[
            "ingest",
            "reduce",
            "results",
            "state",
            "session",
            "store",
            "telemetry",
            "jobs",
            "plot",
            "runner",
        ],
    },
    Room {
        name: "routes",
        below: &[
            "ingest",
            "results",
            "state",
            "session",
            "telemetry",
            "jobs",
            "plot",
            "services",
        ],
    },
];

/// Names of other modules that a server module may not know.
pub(super) fn findings(source: &Source<'_>) -> Vec<String> {
    let Some(module) = source.path().strip_prefix(SERVER).and_then(module_of) else {
        return Vec::new();
    };
    if ROOT.contains(&module) {
        return Vec::new();
    }
    let path = source.path();
    let room = ROOMS.iter().find(|room| room.name == module);
    if room.is_none() && !COMMON.contains(&module) {
        return vec![format!(
            "{path}: the module {module} has no place yet: add it to xtask/src/tidy/modules.rs"
        )];
    }
    let below = room.map_or(&[][..], |room| room.below);
    let mut findings = Vec::new();
    for (line, code) in source.code_lines() {
        for name in named_modules(code) {
            let is_module = ROOMS.iter().any(|it| it.name == name) || ROOT.contains(&name);
            if is_module && name != module && !below.contains(&name) {
                findings.push(format!("{path}:{line}: {module} may not know {name}"));
            }
        }
    }
    findings
}

/// The top-level module a file belongs to; the path is relative to `server/src/`.
fn module_of(path: &str) -> Option<&str> {
    match path.split_once('/') {
        Some(("bin", _)) => None,
        Some((folder, _)) => Some(folder),
        None => path.strip_suffix(".rs"),
    }
}

/// What follows each `crate::` of a line, the members of one brace group included.
fn named_modules(code: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (start, marker) in code.match_indices("crate::") {
        if code[..start].chars().next_back().is_some_and(is_word) {
            continue;
        }
        let rest = &code[start + marker.len()..];
        match rest.strip_prefix('{') {
            None => names.push(word(rest)),
            Some(group) => names.extend(top_level(group)),
        }
    }
    names
}

/// The first word of each member of a brace group, whose opening brace is already gone.
fn top_level(group: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let mut start = Some(0);
    let mut names = Vec::new();
    for (index, character) in group.char_indices() {
        if depth == 0 && start == Some(index) && character == ' ' {
            start = Some(index + 1);
        }
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = Some(index + 1),
            _ if depth == 0 && start == Some(index) => {
                names.push(word(&group[index..]));
                start = None;
            }
            _ => {}
        }
    }
    names
}

fn word(text: &str) -> &str {
    text.split(|it| !is_word(it)).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{findings, module_of, named_modules};
    use crate::tidy::source::Source;

    fn check(path: &str, code: &str) -> usize {
        findings(&Source::new(Path::new(path), code)).len()
    }

    #[test]
    fn modules_are_read_from_paths() {
        assert_eq!(module_of("wire/ev44.rs"), Some("wire"));
        assert_eq!(module_of("instrument.rs"), Some("instrument"));
        assert_eq!(module_of("bin/tool.rs"), None);
    }

    #[test]
    fn every_form_of_naming_is_seen() {
        assert_eq!(named_modules("use crate::wire::Ev44;"), ["wire"]);
        assert_eq!(
            named_modules("let a = crate::plot::b(crate::state::c());"),
            ["plot", "state"]
        );
        assert_eq!(
            named_modules("use crate::{plot::{a, b}, routes, wire::c};"),
            ["plot", "routes", "wire"]
        );
        assert_eq!(named_modules("use mycrate::wire;"), [""; 0]);
    }

    #[test]
    fn arrows_run_one_way() {
        assert_eq!(check("server/src/reduce/a.rs", "use crate::wire::Ev44;"), 0);
        assert_eq!(check("server/src/wire/a.rs", "use crate::reduce::Job;"), 1);
        assert_eq!(
            check(
                "server/src/results/a.rs",
                "use crate::{clock, state::Committer};"
            ),
            1
        );
        assert_eq!(
            check("server/src/wire/a.rs", "use crate::instrument::Stream;"),
            0
        );
        assert_eq!(check("server/src/services.rs", "use crate::routes::a;"), 1);
        assert_eq!(
            check("server/src/commands/a.rs", "use crate::routes::a;"),
            0
        );
        assert_eq!(check("server/src/attic/a.rs", ""), 1);
        assert_eq!(check("app/src/live.rs", "use crate::routes::a;"), 0);
    }
}
