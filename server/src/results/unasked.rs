//! How much past is kept beyond what readers need, so that a waterfall and a longer window begin with it.

use shared::data::DataArray;
use shared::job::Temporality;

/// As far as a waterfall goes back unless told otherwise, ns of data time.
const SPAN_NS: i64 = 120_000_000_000;

/// Beyond what readers need, the past of one key grows to this at most: a thousand spectra of a hundred bins.
pub(super) const MAX_BYTES: usize = 1 << 20;

/// The span that is kept of results like this one, ns: of counts on one axis, which are small. Single values have a history
/// anyway, and of sums since the start there is no window.
pub(super) fn span_ns(data: &DataArray, temporality: Temporality) -> i64 {
    if temporality == Temporality::Window && data.coords.len() == 1 {
        SPAN_NS
    } else {
        0
    }
}
