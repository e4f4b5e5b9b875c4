//! ad00: one frame of an area detector, its elements read in place.

use flatbuffers::FlatBufferBuilder;

use super::generated::ad00::{
    self as wire, AreaDetectorArray, AreaDetectorArrayArgs, finish_area_detector_array_buffer,
};
use super::root::verified_root;
use super::shape::sized_elements;
use super::{Dtype, ElementsLe, Le, Limits, Schema, Shape, WireError, checked_time_ns};

/// The number that this schema gives to the first element type.
const FIRST_DTYPE: i8 = 0;

/// A verified ad00 message. It names no dimensions and states no unit.
#[derive(Clone, Copy, Debug)]
pub struct Ad00<'a> {
    root: AreaDetectorArray<'a>,
    shape: Shape,
    data: ElementsLe<'a>,
}

impl<'a> Ad00<'a> {
    /// Verifies and views `bytes`: the elements fill the dimensions exactly.
    pub fn decode(bytes: &'a [u8], limits: &Limits) -> Result<Self, WireError> {
        let root = verified_root::<AreaDetectorArray<'a>>(Schema::Ad00, bytes, limits)?;
        checked_time_ns(root.timestamp())?;
        let dtype = Dtype::read(Schema::Ad00, root.data_type().0, FIRST_DTYPE)?;
        let shape = Shape::from_wire("dimensions", Le::new(root.dimensions().bytes()))?;
        let data = sized_elements(Schema::Ad00, dtype, &shape, root.data().bytes())?;
        Ok(Self { root, shape, data })
    }

    /// The producer's name.
    pub fn source_name(&self) -> &'a str {
        self.root.source_name()
    }

    /// The producer's count of frames.
    pub fn unique_id(&self) -> i32 {
        self.root.id()
    }

    /// When the frame was taken, in ns since the Unix epoch.
    pub fn timestamp_ns(&self) -> i64 {
        self.root.timestamp()
    }

    /// Lengths of the dimensions, slowest first.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The elements in C order.
    pub fn data(&self) -> ElementsLe<'a> {
        self.data
    }

    /// What else the producer says about the frame.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute<'a>> + use<'a> {
        self.root
            .attributes()
            .into_iter()
            .flatten()
            .map(|attribute| Attribute::of(&attribute))
    }
}

/// One remark of the producer about a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attribute<'a> {
    /// What the remark is called.
    pub name: &'a str,
    /// What it means.
    pub description: &'a str,
    /// Where its value comes from.
    pub source: &'a str,
    /// Its value; `None` if it is of unknown type or not UTF-8, which spoils no frame.
    pub data: Option<ElementsLe<'a>>,
}

impl<'a> Attribute<'a> {
    fn of(attribute: &wire::Attribute<'a>) -> Self {
        let dtype = Dtype::read(Schema::Ad00, attribute.data_type().0, FIRST_DTYPE).ok();
        Self {
            name: attribute.name(),
            description: attribute.description().unwrap_or_default(),
            source: attribute.source().unwrap_or_default(),
            data: dtype.and_then(|dtype| ElementsLe::new(dtype, attribute.data().bytes())),
        }
    }
}

/// What an ad00 message is made of. Lengths are the caller's business: tests write wrong ones on purpose.
#[derive(Clone, Copy, Debug)]
pub struct Ad00Parts<'a> {
    /// The producer's name.
    pub source_name: &'a str,
    /// The producer's count of frames.
    pub unique_id: i32,
    /// When the frame was taken, in ns since the Unix epoch.
    pub timestamp_ns: i64,
    /// Lengths of the dimensions, slowest first.
    pub shape: &'a [i64],
    /// The elements in C order.
    pub data: ElementsLe<'a>,
    /// What else there is to say; those without data are left out.
    pub attributes: &'a [Attribute<'a>],
}

/// Encodes `parts` in `builder`, whose memory is reused; the message lies in it until the next use.
pub fn encode<'b>(builder: &'b mut FlatBufferBuilder<'_>, parts: &Ad00Parts<'_>) -> &'b [u8] {
    builder.reset();
    let source_name = builder.create_string(parts.source_name);
    let dimensions = builder.create_vector(parts.shape);
    let data = builder.create_vector(parts.data.as_bytes());
    let mut offsets = Vec::with_capacity(parts.attributes.len());
    for attribute in parts.attributes {
        offsets.extend(
            attribute
                .data
                .map(|value| create_attribute(builder, attribute, value)),
        );
    }
    let attributes = builder.create_vector(&offsets);
    let root = AreaDetectorArray::create(
        builder,
        &AreaDetectorArrayArgs {
            source_name: Some(source_name),
            id: parts.unique_id,
            timestamp: parts.timestamp_ns,
            dimensions: Some(dimensions),
            data_type: wire::Dtype(parts.data.dtype().code(FIRST_DTYPE)),
            data: Some(data),
            attributes: Some(attributes),
        },
    );
    finish_area_detector_array_buffer(builder, root);
    builder.finished_data()
}

fn create_attribute<'f>(
    builder: &mut FlatBufferBuilder<'f>,
    attribute: &Attribute<'_>,
    value: ElementsLe<'_>,
) -> flatbuffers::WIPOffset<wire::Attribute<'f>> {
    let args = wire::AttributeArgs {
        name: Some(builder.create_string(attribute.name)),
        description: Some(builder.create_string(attribute.description)),
        source: Some(builder.create_string(attribute.source)),
        data_type: wire::Dtype(value.dtype().code(FIRST_DTYPE)),
        data: Some(builder.create_vector(value.as_bytes())),
    };
    wire::Attribute::create(builder, &args)
}
