//! What numbers depend on beside the code: the machine, what else it does, the compiler, the commit.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::process;
use crate::workspace::Workspace;

/// The machine as a line of JSON; what the system does not tell is left empty.
pub(super) fn describe(workspace: &Workspace) -> Value {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        (name.trim() == "model name").then(|| value.trim().to_owned())
    });
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let mut git = Command::new("git");
    git.current_dir(&workspace.root)
        .args(["describe", "--always", "--dirty"]);
    json!({"machine": {
        "cpu": model.unwrap_or_default(),
        "cores": std::thread::available_parallelism().map_or(0, usize::from),
        "load_average": load.split(' ').next().and_then(|it| it.parse::<f64>().ok()),
        "rustc": told(Command::new("rustc").arg("--version")),
        "commit": told(&mut git),
    }})
}

/// The same for people.
pub(super) fn sentence(description: &Value) -> String {
    let machine = &description["machine"];
    let text = |key: &str| machine[key].as_str().unwrap_or_default().to_owned();
    format!(
        "{}, {} cores, load average {}; {}; commit {}",
        text("cpu"),
        machine["cores"],
        machine["load_average"],
        text("rustc"),
        text("commit")
    )
}

fn told(command: &mut Command) -> String {
    let output = process::output(command).unwrap_or_default();
    output.trim().to_owned()
}
