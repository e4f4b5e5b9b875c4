//! da00: a dense labelled array with its coordinates, read in place.

use flatbuffers::FlatBufferBuilder;

use super::generated::da00::{DataArray, DataArrayArgs, finish_data_array_buffer};
use super::root::verified_root;
use super::{Limits, Schema, WireError, checked_time_ns};

mod reference_time;
mod variable;

pub use variable::{Variable, VariableParts};

/// A verified da00 message.
#[derive(Clone, Copy, Debug)]
pub struct Da00<'a> {
    root: DataArray<'a>,
    data_time_ns: i64,
}

impl<'a> Da00<'a> {
    /// Verifies and views `bytes`: at least one variable, and each fills its shape exactly.
    pub fn decode(bytes: &'a [u8], limits: &Limits) -> Result<Self, WireError> {
        let root = verified_root::<DataArray<'a>>(Schema::Da00, bytes, limits)?;
        let mut data_time_ns = checked_time_ns(root.timestamp())?;
        if root.data().is_empty() {
            return Err(WireError::Absent {
                schema: Schema::Da00,
                field: "data".to_owned(),
            });
        }
        for variable in root.data() {
            let variable = Variable::read(&variable)?;
            if variable.name == reference_time::NAME {
                data_time_ns = reference_time::last_ns(&variable)?.unwrap_or(data_time_ns);
            }
        }
        Ok(Self { root, data_time_ns })
    }

    /// The producer's name; for results of a job, their key.
    pub fn source_name(&self) -> &'a str {
        self.root.source_name()
    }

    /// Time of the array in ns since the Unix epoch; for results, the start of what was accumulated.
    pub fn timestamp_ns(&self) -> i64 {
        self.root.timestamp()
    }

    /// Time that the data belong to, in ns since the Unix epoch: the last `reference_time` of a histogram
    /// that names its pulses, otherwise the time of the array.
    pub fn data_time_ns(&self) -> i64 {
        self.data_time_ns
    }

    /// The variables in the order of the message: `signal`, `errors` and coordinates.
    pub fn variables(&self) -> impl Iterator<Item = Variable<'a>> + use<'a> {
        // Decoding read each of them once, so none is lost here.
        self.root
            .data()
            .into_iter()
            .filter_map(|variable| Variable::read(&variable).ok())
    }

    /// The first variable called `name`.
    pub fn variable(&self, name: &str) -> Option<Variable<'a>> {
        self.variables().find(|variable| variable.name == name)
    }
}

/// What a da00 message is made of.
#[derive(Clone, Copy, Debug)]
pub struct Da00Parts<'a> {
    /// The producer's name; for results of a job, their key.
    pub source_name: &'a str,
    /// Time of the array in ns since the Unix epoch.
    pub timestamp_ns: i64,
    /// At least one variable.
    pub variables: &'a [VariableParts<'a>],
}

/// Encodes `parts` in `builder`, whose memory is reused; the message lies in it until the next use.
pub fn encode<'b>(builder: &'b mut FlatBufferBuilder<'_>, parts: &Da00Parts<'_>) -> &'b [u8] {
    builder.reset();
    let offsets: Vec<_> = parts
        .variables
        .iter()
        .map(|part| part.create(builder))
        .collect();
    let data = builder.create_vector(&offsets);
    let source_name = builder.create_string(parts.source_name);
    let root = DataArray::create(
        builder,
        &DataArrayArgs {
            source_name: Some(source_name),
            timestamp: parts.timestamp_ns,
            data: Some(data),
        },
    );
    finish_data_array_buffer(builder, root);
    builder.finished_data()
}

#[cfg(test)]
mod tests;
