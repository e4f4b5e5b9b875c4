//! Everything about a layer that a person may want to write down.

use leptos::prelude::*;
use shared::id::{JobId, JobNumber};
use shared::job::Workflow;
use shared::params::{Schema, Told};
use shared::plot::format::{date_time, duration, utc_offset};
use shared::topology::{DataRole, DataSource, Layer};

use super::Live;

/// A named fact.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Detail {
    /// What it is.
    pub name: &'static str,
    /// What is known.
    pub value: String,
    /// What few want to read: what that is, and what is known of it.
    pub rest: Option<(String, String)>,
}

/// Facts as lines of text, all of them.
pub fn as_text(title: &str, details: &[Detail]) -> String {
    let mut lines = vec![title.to_owned()];
    for Detail { name, value, rest } in details {
        lines.push(format!("{name}: {value}"));
        lines.extend(
            rest.as_ref()
                .map(|(name, value)| format!("{name}: {value}")),
        );
    }
    lines.join("\n")
}

fn detail(name: &'static str, value: impl Into<String>) -> Detail {
    Detail {
        name,
        value: value.into(),
        rest: None,
    }
}

/// Parameters: first what was chosen.
fn parameters(told: &Told) -> Detail {
    let Told {
        chosen,
        defaults,
        n_defaults,
    } = told;
    let name = match n_defaults {
        0 => return detail("Parameters", chosen.join("\n")),
        1 => "And 1 at its default".to_owned(),
        n => format!("And {n} at their defaults"),
    };
    let value = if chosen.is_empty() {
        "none chosen".to_owned()
    } else {
        chosen.join("\n")
    };
    Detail {
        rest: Some((name, defaults.join("\n"))),
        ..detail("Parameters", value)
    }
}

/// In which generation each source is; one number where all are in the same. None where no source has been started.
fn generation(numbers: &[(&str, Option<JobNumber>)]) -> Option<String> {
    let mut known = numbers.iter().filter_map(|(_, number)| *number);
    let first = known.next()?;
    if numbers.iter().all(|(_, number)| *number == Some(first)) {
        return Some(first.to_string());
    }
    let each = numbers.iter().map(|(source, number)| {
        let number = number.map_or_else(|| "not started".to_owned(), |it| it.to_string());
        format!("{source}: {number}")
    });
    Some(each.collect::<Vec<_>>().join("\n"))
}

impl Live {
    /// What a layer shows, in a line: `Workflow → Output → plotter (sources)`. Tracks what it depends on.
    pub fn chain_of(&self, layer: &Layer) -> String {
        let plotter = &layer.config.plotter;
        let Some(data) = layer.config.sources.get(&DataRole::Primary) else {
            return plotter.clone();
        };
        let workflow = self.workflows.signal(&data.workflow).get();
        let [title, output, sources] = names(data, workflow.as_ref());
        format!("{title} → {output} → {plotter} ({sources})")
    }

    /// Everything known about a layer, for a reader whose clock is so far ahead of UTC. Tracks what it depends on.
    ///
    /// Parameters are told as the schema of the layer's plotter has them; as they are kept, where that is not known.
    pub fn details_of(
        &self,
        layer: &Layer,
        schema: Option<&Schema>,
        utc_offset_s: i32,
    ) -> Vec<Detail> {
        let mut details = vec![detail("Shows", self.chain_of(layer))];
        for (role, data) in &layer.config.sources {
            self.push_source(*role, data, &mut details);
        }
        details.push(detail("Plotter", layer.config.plotter.clone()));
        let params = &layer.config.params;
        details.push(match schema {
            Some(schema) => parameters(&self.fitting(schema, layer).told(params)),
            None => detail(
                "Parameters",
                serde_json::to_string(params).unwrap_or_default(),
            ),
        });
        details.push(detail("Layer", layer.id.to_string()));
        if let Some(frame) = self.frames.signal(&layer.id).get() {
            let version = format!(
                "{} of run {}, number {} of this layer",
                frame.version.revision, frame.version.epoch.0, frame.count
            );
            details.push(detail("Picture", version));
            if let Some(time) = frame.time {
                let at = |ns| date_time(ns, utc_offset_s, 3);
                let span = duration(time.end.since(time.start) as f64 * 1e-9);
                let zone = utc_offset(utc_offset_s);
                let said = format!("{} – {} {zone} ({span})", at(time.start.0), at(time.end.0));
                details.push(detail("Data from", said));
            }
            if let Some(lag_ns) = frame.lag_ns {
                details.push(detail(
                    "Lag",
                    format!("{:.3} s", lag_ns.max(0) as f64 * 1e-9),
                ));
            }
        }
        details
    }

    /// The parameters that mean something for what the layer shows.
    fn fitting(&self, schema: &Schema, layer: &Layer) -> Schema {
        let data = layer.config.sources.get(&DataRole::Primary);
        let workflow = data.and_then(|it| self.workflows.signal(&it.workflow).get());
        let mut outputs = workflow.iter().flat_map(Workflow::outputs);
        match data.and_then(|data| outputs.find(|it| it.name == data.output)) {
            Some(output) => schema.fitting(output),
            None => schema.clone(),
        }
    }

    fn push_source(&self, role: DataRole, data: &DataSource, details: &mut Vec<Detail>) {
        let is_axis = role != DataRole::Primary;
        let workflow = self.workflows.signal(&data.workflow).get();
        let title = workflow
            .as_ref()
            .map_or_else(String::new, |it| it.title.clone());
        let name = if is_axis {
            "Axis from workflow"
        } else {
            "Workflow"
        };
        details.push(detail(name, format!("{title} ({})", data.workflow)));
        details.push(detail("Output", data.output.clone()));
        details.push(detail("Sources", data.sources.join(", ")));
        let number = |source: &String| {
            let id = JobId {
                workflow: data.workflow.clone(),
                source: source.clone(),
            };
            self.jobs.signal(&id).with(|it| Some(it.as_ref()?.number))
        };
        let numbers: Vec<_> = data
            .sources
            .iter()
            .map(|it| (it.as_str(), number(it)))
            .collect();
        details.extend(generation(&numbers).map(|it| detail("Generation", it)));
    }
}

/// What people call the workflow, the output and the sources of data.
fn names(data: &DataSource, workflow: Option<&Workflow>) -> [String; 3] {
    let Some(workflow) = workflow else {
        return [
            data.workflow.to_string(),
            data.output.clone(),
            data.sources.join(", "),
        ];
    };
    let mut outputs = workflow.outputs();
    let output = outputs.find(|it| it.name == data.output);
    let output = output.map_or_else(|| data.output.clone(), |it| it.title.clone());
    let title_of = |name: &String| workflow.source_title(name).unwrap_or(name).to_owned();
    let sources: Vec<String> = data.sources.iter().map(title_of).collect();
    [workflow.title.clone(), output, sources.join(", ")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_copied_as_lines() {
        let details = [detail("Output", "counts"), detail("Lag", "0.120 s")];
        assert_eq!(
            as_text("Panel", &details),
            "Panel\nOutput: counts\nLag: 0.120 s"
        );
    }

    #[test]
    fn parameters_begin_with_what_was_chosen_and_are_copied_whole() {
        let told = |chosen: &[&str], n_defaults| Told {
            chosen: chosen.iter().map(|it| (*it).to_owned()).collect(),
            defaults: vec!["Rate: per second off".to_owned(); n_defaults],
            n_defaults,
        };
        let some = parameters(&told(&["Time window: length 5 s"], 1));
        assert_eq!(some.value, "Time window: length 5 s");
        assert_eq!(
            as_text("Panel", &[some]),
            "Panel\nParameters: Time window: length 5 s\nAnd 1 at its default: Rate: per second off"
        );
        let none = parameters(&told(&[], 2));
        let rest = none.rest.as_ref().map(|it| it.0.as_str());
        assert_eq!(
            (none.value.as_str(), rest),
            ("none chosen", Some("And 2 at their defaults"))
        );
        assert_eq!(parameters(&told(&["A: b"], 0)).rest, None);
    }

    #[test]
    fn a_generation_that_all_sources_share_is_told_once() {
        let [one, two] = ["1", "2"].map(|it| Some(JobNumber::derived(it)));
        let text = |it: Option<JobNumber>| it.map(|it| it.to_string()).unwrap_or_default();
        let told = |numbers: &[(&str, Option<JobNumber>)]| generation(numbers).unwrap_or_default();
        assert_eq!(told(&[("a", two), ("b", two)]), text(two));
        let differing = format!("a: {}\nb: {}", text(one), text(two));
        assert_eq!(told(&[("a", one), ("b", two)]), differing);
        let lacking = format!("a: {}\nb: not started", text(one));
        assert_eq!(told(&[("a", one), ("b", None)]), lacking);
        assert_eq!(generation(&[("a", None)]), None);
    }
}
