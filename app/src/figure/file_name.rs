//! What files are called that people save.

use shared::plot::format::date_time;
use shared::time::TimeNs;
use shared::topology::Layer;

/// More sources or outputs than this are counted instead of named.
const MOST_NAMED: usize = 3;

/// The name without extension: `instrument_sources_outputs_20261126T142501Z`, in letters, digits, dots and dashes that
/// every file system takes. Without data there is no time.
pub(crate) fn file_stem(instrument: &str, layers: &[Layer], until: Option<TimeNs>) -> String {
    let data = || layers.iter().flat_map(|it| it.config.sources.values());
    let sources = names(data().flat_map(|it| it.sources.iter().cloned()), "sources");
    let outputs = names(data().map(|it| it.output.clone()), "outputs");
    let time = until.map_or_else(String::new, stamp);
    let parts = [safe(instrument), sources, outputs, time];
    let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    parts.join("_")
}

fn stamp(time: TimeNs) -> String {
    let text = date_time(time.0, 0, 0).replace(['-', ':'], "");
    format!("{}Z", text.replace(' ', "T"))
}

fn names(names: impl Iterator<Item = String>, many: &str) -> String {
    let mut all: Vec<String> = names.map(|it| safe(&it)).collect();
    all.sort_unstable();
    all.dedup();
    if all.len() > MOST_NAMED {
        format!("{}-{many}", all.len())
    } else {
        all.join("-")
    }
}

/// At most 40 harmless characters; what is not harmless becomes a dash, several in a row one.
fn safe(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == '.' {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(40);
    out.trim_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use shared::id::{CellId, LayerId};
    use shared::topology::{DataRole, DataSource, JsonText, LayerConfig};

    use super::*;

    fn layer(sources: &[&str], output: &str) -> Layer {
        let data = DataSource {
            workflow: "dummy/panel/1".parse().unwrap(),
            output: output.to_owned(),
            sources: sources.iter().map(|it| (*it).to_owned()).collect(),
        };
        Layer {
            id: LayerId::derived("a"),
            cell: CellId::derived("b"),
            title: "T".to_owned(),
            order: 0,
            hidden: false,
            config: LayerConfig {
                plotter: "image".to_owned(),
                sources: BTreeMap::from([(DataRole::Primary, data)]),
                params: JsonText::empty(),
            },
        }
    }

    #[test]
    fn names_say_what_and_when_in_harmless_characters() {
        let until = Some(TimeNs(1_700_000_000_000_000_000));
        let one = layer(&["panel_0"], "image/cumulative");
        assert_eq!(
            file_stem("Dummy beamline", std::slice::from_ref(&one), until),
            "Dummy-beamline_panel-0_image-cumulative_20231114T221320Z"
        );
        let many = layer(&["a", "b", "../c", "d"], "counts");
        assert_eq!(
            file_stem("../..", &[one, many], None),
            "5-sources_counts-image-cumulative"
        );
        assert_eq!(file_stem("Ø/ü", &[], None), "");
        assert_eq!(safe(&"x".repeat(99)).len(), 40);
    }
}
