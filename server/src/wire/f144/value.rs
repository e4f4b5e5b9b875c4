//! The union of twenty tables that an f144 value is on the wire.

use flatbuffers::{FlatBufferBuilder, UnionWIPOffset, WIPOffset};

use super::super::generated::f144 as wire;
use super::super::{ElementsLe, Le, Scalar, Schema, WireError};
use super::LogValue;

type Tagged = (wire::Value, WIPOffset<UnionWIPOffset>);

macro_rules! union_of {
    ($($t:ty: $variant:ident, $table:ident $args:ident $as_table:ident, $array:ident $array_args:ident $as_array:ident;)*) => {
        /// Reads whichever table the tag names; a tag that the schema does not define is an error.
        pub(super) fn read<'a>(root: &wire::LogData<'a>) -> Result<LogValue<'a>, WireError> {
            let tag = root.value_type();
            let value = match tag {
                $(
                    wire::Value::$table => {
                        root.$as_table().map(|table| LogValue::Scalar(Scalar::$variant(table.value())))
                    }
                    wire::Value::$array => {
                        let vector = root.$as_array().and_then(|table| table.value());
                        let bytes = vector.ok_or_else(absent)?.bytes();
                        Some(LogValue::Array(ElementsLe::$variant(Le::new(bytes))))
                    }
                )*
                _ => None,
            };
            value.ok_or(WireError::ElementType { schema: Schema::F144, code: tag.0.into() })
        }

        /// Writes the table that fits the value.
        pub(super) fn write(builder: &mut FlatBufferBuilder<'_>, value: &LogValue<'_>) -> Tagged {
            match value {
                $(
                    LogValue::Scalar(Scalar::$variant(value)) => {
                        let table = wire::$table::create(builder, &wire::$args { value: *value });
                        (wire::Value::$table, table.as_union_value())
                    }
                    LogValue::Array(ElementsLe::$variant(values)) => {
                        let vector = builder.create_vector_from_iter(values.iter());
                        let args = wire::$array_args { value: Some(vector) };
                        let table = wire::$array::create(builder, &args);
                        (wire::Value::$array, table.as_union_value())
                    }
                )*
                LogValue::Array(ElementsLe::Text(text)) => {
                    write(builder, &LogValue::Array(text.as_bytes().into()))
                }
            }
        }
    };
}

union_of! {
    i8: I8, Byte ByteArgs value_as_byte, ArrayByte ArrayByteArgs value_as_array_byte;
    u8: U8, UByte UByteArgs value_as_ubyte, ArrayUByte ArrayUByteArgs value_as_array_ubyte;
    i16: I16, Short ShortArgs value_as_short, ArrayShort ArrayShortArgs value_as_array_short;
    u16: U16, UShort UShortArgs value_as_ushort, ArrayUShort ArrayUShortArgs value_as_array_ushort;
    i32: I32, Int IntArgs value_as_int, ArrayInt ArrayIntArgs value_as_array_int;
    u32: U32, UInt UIntArgs value_as_uint, ArrayUInt ArrayUIntArgs value_as_array_uint;
    i64: I64, Long LongArgs value_as_long, ArrayLong ArrayLongArgs value_as_array_long;
    u64: U64, ULong ULongArgs value_as_ulong, ArrayULong ArrayULongArgs value_as_array_ulong;
    f32: F32, Float FloatArgs value_as_float, ArrayFloat ArrayFloatArgs value_as_array_float;
    f64: F64, Double DoubleArgs value_as_double, ArrayDouble ArrayDoubleArgs value_as_array_double;
}

fn absent() -> WireError {
    WireError::Absent {
        schema: Schema::F144,
        field: "value.value".to_owned(),
    }
}
