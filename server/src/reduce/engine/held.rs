//! The pieces that wait for their slot, and the memory they keep.

use std::collections::BTreeMap;

use super::intake::Piece;
use crate::reduce::raster::Ticket;

/// Pieces by ticket.
#[derive(Debug, Default)]
pub(super) struct HeldPieces {
    pieces: BTreeMap<Ticket, Piece>,
    /// How many pieces keep each message, by the place of its bytes.
    messages: BTreeMap<(usize, usize), usize>,
    bytes: usize,
}

impl HeldPieces {
    /// What the messages cost of which pieces wait. One with several pulses costs its bytes once, until the
    /// last of them is taken.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn insert(&mut self, ticket: Ticket, piece: Piece) {
        let pieces = self.messages.entry(place(&piece)).or_default();
        if *pieces == 0 {
            self.bytes += piece.message.cost_bytes();
        }
        *pieces += 1;
        self.pieces.insert(ticket, piece);
    }

    pub(super) fn take(&mut self, ticket: Ticket) -> Option<Piece> {
        let piece = self.pieces.remove(&ticket)?;
        let place = place(&piece);
        if let Some(pieces) = self.messages.get_mut(&place) {
            *pieces -= 1;
            if *pieces == 0 {
                self.messages.remove(&place);
                self.bytes -= piece.message.cost_bytes();
            }
        }
        Some(piece)
    }
}

/// Where the bytes of the piece's message are; no two messages share it while a piece keeps one of them.
fn place(piece: &Piece) -> (usize, usize) {
    let bytes = &piece.message.bytes;
    (bytes.as_ptr().addr(), bytes.len())
}
