//! Any bytes behind the identifier of ad00: the decoder refuses them or every access holds.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/wire/touch.rs"]
mod touch;

fuzz_target!(|bytes: Vec<u8>| {
    let mut bytes = bytes;
    if let Some(id) = bytes.get_mut(4..8) {
        id.copy_from_slice(b"ad00");
    }
    touch::every_decoder(&bytes);
    drop(touch::decode(&bytes));
});
