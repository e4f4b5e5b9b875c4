//! What a cell must say about its layers.

use leptos::prelude::*;
use shared::id::{CellId, JobId, LayerId};
use shared::plot::params::BarStyle;
use shared::plot::{AxisUnits, Cut, UnitClash};
use shared::sync::mirror::LayerFrame;
use shared::time::TimeNs;
use shared::topology::Layer;

use super::feed::Feed;
use super::{LayerGlance, Live, Mark, Note};

impl Live {
    /// The mark of a cell. Tracks everything that it depends on.
    pub fn mark_of(&self, cell: &CellId) -> Mark {
        let glance = |layer: &Layer| LayerGlance {
            fed: !layer.config.sources.is_empty(),
            broken: self.feed_of(layer).is_broken(),
            state: self.states.signal(&layer.id).get(),
            data_end: self.data_ends.signal(&layer.id).get(),
        };
        let layers: Vec<LayerGlance> = self.shown_in(cell).iter().map(glance).collect();
        Mark::of_cell(&layers, self.now.get())
    }

    /// What a cell must say about its layers, of which these cannot be drawn. Tracks everything that it depends on.
    pub fn notes_of(&self, cell: &CellId, clashes: &[(LayerId, UnitClash)]) -> Vec<Note> {
        let layers = self.shown_in(cell);
        if layers.is_empty() {
            let is_empty = self.layers_in(cell).is_empty();
            return vec![if is_empty {
                Note::of_no_layers()
            } else {
                Note::of_hidden_layers()
            }];
        }
        let several = layers.len() > 1;
        let of_layer = |layer: &Layer| {
            let phase = self.states.signal(&layer.id).get().map(|it| it.phase);
            let has_data = self.data_ends.signal(&layer.id).with(Option::is_some);
            let note = Note::of_layer(phase, has_data)?;
            Some(if several {
                note.about(&layer.title)
            } else {
                note
            })
        };
        let mut notes: Vec<Note> = Vec::new();
        for layer in &layers {
            if let Some((_, clash)) = clashes.iter().find(|(id, _)| *id == layer.id) {
                let text = format!("not drawn, since {clash}");
                notes.push(Note::of_error(&text).about(&layer.title));
            }
            let feed = self.feed_of(layer);
            for note in of_layer(layer).into_iter().chain(feed.notes()) {
                // Layers of one job have the same trouble.
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        notes
    }

    /// The units of a cell's axes where its volumes are cut so, which are those of its lowest layers, and the layers that
    /// cannot be drawn in them. Tracks the pictures.
    pub fn units_of(&self, cell: &CellId, cut: Cut) -> (AxisUnits, Vec<(LayerId, UnitClash)>) {
        let mut units = AxisUnits::default();
        let of_layer = |layer: Layer| {
            self.frames.signal(&layer.id).track();
            let bars = BarStyle::of_layer(&layer.config);
            let of_picture = |it: &LayerFrame| AxisUnits::of(&it.frame, bars, cut);
            let own = self.pictures.with_frame(layer.id, of_picture)?;
            Some((layer.id, units.join(&own).err()?))
        };
        let clashes = self
            .shown_in(cell)
            .into_iter()
            .filter_map(of_layer)
            .collect();
        (units, clashes)
    }

    /// What limits the pictures of a cell, though they can be trusted. Tracks everything that it depends on.
    pub fn remarks_of(&self, cell: &CellId) -> Vec<String> {
        let frames = self.frames_in(cell).into_iter();
        let mut remarks: Vec<String> = frames
            .filter_map(|(_, frame)| Some(frame.note?.to_string()))
            .collect();
        for layer in self.shown_in(cell) {
            for remark in self.feed_of(&layer).remarks() {
                if !remarks.contains(&remark) {
                    remarks.push(remark);
                }
            }
        }
        remarks
    }

    /// The jobs behind a layer. Tracks each of them.
    fn feed_of(&self, layer: &Layer) -> Feed {
        let entries = layer.config.sources.values().flat_map(|data| {
            let workflow = self.workflows.signal(&data.workflow);
            data.sources.iter().map(move |name| {
                let title = workflow.with(|it| Some(it.as_ref()?.source_title(name)?.to_owned()));
                let title = title.unwrap_or_else(|| name.clone());
                let job = JobId {
                    workflow: data.workflow.clone(),
                    source: name.clone(),
                };
                (title, self.jobs.signal(&job).get().map(|it| it.state))
            })
        });
        Feed(entries.collect())
    }

    /// The newest data time of a cell whose pictures are dated; none while they are up to date. What was stopped keeps
    /// its last picture with its date. Tracks everything that it depends on.
    pub fn as_of(&self, cell: &CellId) -> Option<TimeNs> {
        let has_ended = self.mark_of(cell) == Mark::Stopped;
        let all_dated = has_ended || self.connection.get().is_dated();
        let frames = self.frames_in(cell).into_iter();
        let dated = frames.filter(|(_, frame)| all_dated || !frame.current);
        dated.filter_map(|(_, frame)| Some(frame.time?.end)).max()
    }
}
