//! A plot as somebody sees it, in the fragment of an address: which cell, and everything that was chosen of it.

use serde::{Deserialize, Serialize};
use shared::id::CellId;

use crate::present::Presentation;

/// What the fragment begins with. Another form gets another number.
const PREFIX: &str = "plot=1.";

/// What begins the fragments of all forms.
const ANY_PREFIX: &str = "plot=";

/// What a link says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SharedView {
    /// The cell.
    pub(crate) cell: CellId,
    /// What was chosen of it.
    pub(crate) chosen: Presentation,
}

/// Why a link shows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LinkError {
    /// It was made by another version.
    #[error("The link was made by another version of Beamdeck; the plot is shown as usual.")]
    OtherForm,
    /// It was cut short or changed.
    #[error("The link cannot be read; the plot is shown as usual. Was it copied whole?")]
    Unreadable,
}

impl SharedView {
    /// The fragment, without the number sign.
    pub(crate) fn fragment(&self) -> String {
        let text = serde_json::to_string(self).expect("ids are strings and ranges are finite");
        format!("{PREFIX}{}", encode(text.as_bytes()))
    }

    /// What a fragment says; none where it is about something else.
    pub(crate) fn of_fragment(fragment: &str) -> Result<Option<Self>, LinkError> {
        let fragment = fragment.trim_start_matches('#');
        let Some(code) = fragment.strip_prefix(PREFIX) else {
            let is_ours = fragment.starts_with(ANY_PREFIX);
            return if is_ours {
                Err(LinkError::OtherForm)
            } else {
                Ok(None)
            };
        };
        let bytes = decode(code).ok_or(LinkError::Unreadable)?;
        let view = serde_json::from_slice(&bytes);
        view.map(Some).map_err(|_source| LinkError::Unreadable)
    }
}

/// The characters of base 64 that addresses may hold (RFC 4648, 5).
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 3);
    for group in bytes.chunks(3) {
        let byte = |i: usize| u32::from(group.get(i).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        let digit = |i: usize| char::from(DIGITS[(bits >> (18 - 6 * i) & 63) as usize]);
        out.extend((0..=group.len()).map(digit));
    }
    out
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    for group in text.trim_end_matches('=').as_bytes().chunks(4) {
        let mut bits = 0;
        for i in 0..4 {
            let digit = match group.get(i) {
                Some(digit) => DIGITS.iter().position(|it| it == digit)?,
                None => 0,
            };
            bits = bits << 6 | digit as u32;
        }
        let bytes = bits.to_be_bytes();
        out.extend_from_slice(bytes.get(1..group.len())?);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use shared::plot::{Range, Scale};

    use super::*;

    fn view() -> SharedView {
        let mut chosen = Presentation::with_log_colours();
        chosen.view.x.show(Range::new(-1.5, 2.0).unwrap());
        chosen.view.y.set_scale(Scale::Sqrt);
        let cell = CellId::derived("a");
        SharedView { cell, chosen }
    }

    #[test]
    fn a_link_brings_everything_back() {
        let fragment = view().fragment();
        assert!(
            fragment
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"-_.=".contains(&it))
        );
        assert_eq!(SharedView::of_fragment(&fragment), Ok(Some(view())));
        assert_eq!(
            SharedView::of_fragment(&format!("#{fragment}")),
            Ok(Some(view()))
        );
    }

    #[test]
    fn bad_links_say_why() {
        assert_eq!(SharedView::of_fragment(""), Ok(None));
        assert_eq!(SharedView::of_fragment("#content"), Ok(None));
        assert_eq!(
            SharedView::of_fragment("plot=2.abc"),
            Err(LinkError::OtherForm)
        );
        let fragment = view().fragment();
        let cut = &fragment[..fragment.len() - 9];
        for bad in [cut, "plot=1.", "plot=1.%%", "plot=1.e30"] {
            assert_eq!(
                SharedView::of_fragment(bad),
                Err(LinkError::Unreadable),
                "{bad}"
            );
        }
    }

    #[test]
    fn every_length_is_decoded() {
        for n in 0..9_u8 {
            let bytes: Vec<u8> = (0..n).map(|i| i.wrapping_mul(91)).collect();
            assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
        assert_eq!(encode(b"Man"), "TWFu");
        assert_eq!(encode(b"M"), "TQ");
        assert_eq!(decode("A"), Some(Vec::new()));
    }
}
