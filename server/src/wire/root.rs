//! The one door into a flatbuffer: size, schema and verifier, in this order.

use flatbuffers::{Follow, Verifiable};

use super::schema::identifier;
use super::{Limits, Schema, WireError};

/// Verifies `bytes` as a message of `schema` whose root table is `T`.
pub(super) fn verified_root<'a, T>(
    schema: Schema,
    bytes: &'a [u8],
    limits: &Limits,
) -> Result<T::Inner, WireError>
where
    T: Follow<'a> + Verifiable + 'a,
{
    let (len, limit) = (bytes.len(), limits.max_message_bytes);
    if len > limit {
        return Err(WireError::TooLarge { len, limit });
    }
    let found = identifier(bytes)?;
    if found != *schema.id().as_bytes() {
        return Err(WireError::WrongSchema {
            expected: schema,
            found,
        });
    }
    flatbuffers::root_with_opts::<T>(&limits.verifier_options(len), bytes)
        .map_err(|error| WireError::from_verifier(schema, error))
}
