//! The site folder inside the program: one file to copy, nothing to lose.

use std::borrow::Cow;

use bytes::Bytes;
use rust_embed::RustEmbed;

/// Makes cargo compile this module again when another folder is named.
const _: Option<&str> = option_env!("BEAMDECK_EMBED_SITE");

#[derive(RustEmbed)]
#[folder = "$BEAMDECK_EMBED_SITE"]
struct Site;

/// Every file with its path relative to the site folder.
pub(super) fn files() -> impl Iterator<Item = (String, Bytes)> {
    Site::iter().filter_map(|name| {
        let bytes = match Site::get(&name)?.data {
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => Bytes::from(bytes),
        };
        Some((name.into_owned(), bytes))
    })
}
