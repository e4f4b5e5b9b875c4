//! Whether the write-ahead log beside the database is whole, found out before SQLite opens it.
//!
//! SQLite takes the first frame that does not fit for the end of the log, and writes over what follows. That is right for
//! a write that a crash cut short, and wrong where something harmed the middle of the log: writes that were acknowledged
//! follow, and would be gone without a word. The format is described in <https://www.sqlite.org/fileformat2.html#walformat>.

use std::collections::BTreeMap;

use super::lock::Acknowledged;

const HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: usize = 24;
/// The log's first number; one more says that its checksums read big-endian numbers.
const MAGIC: u32 = 0x377f_0682;

/// A log with writes that were acknowledged behind one that is damaged.
#[derive(Debug)]
pub(super) struct DamagedLog {
    bytes: Vec<u8>,
    shape: Shape,
    /// How many frames from the start on are as SQLite wrote them.
    sound_frames: usize,
    /// Everything that was acknowledged is in the database, too.
    is_copied: bool,
}

/// What the header says of all frames.
#[derive(Clone, Copy, Debug)]
struct Shape {
    page_bytes: usize,
    /// Both salts. Frames with others are left from before a checkpoint.
    salts: [u8; 8],
    is_big_endian: bool,
}

#[derive(Clone, Copy)]
struct Frame<'a> {
    head: &'a [u8],
    page: &'a [u8],
}

/// Two sums over everything from the start of the log on, as each frame says them.
type Sums = [u32; 2];

impl DamagedLog {
    /// The log `bytes` beside the database `main`, when it is damaged; none when SQLite reads all that it should.
    ///
    /// A frame that ends a write was on the disk before the next write began: where a frame follows that was begun from
    /// its checksum, all before it must be whole. Nothing of the kind stands behind a write that was never finished. What
    /// is known to be `acknowledged` must be whole, too, whatever follows.
    pub(super) fn find(
        bytes: Vec<u8>,
        main: &[u8],
        acknowledged: Option<Acknowledged>,
    ) -> Option<Self> {
        let (header, _) = bytes.split_at_checked(HEADER_BYTES)?;
        let is_big_endian = number(header, 0) == MAGIC + 1;
        let sums = sums_of(is_big_endian, [0, 0], &header[..24]);
        let is_whole = number(header, 0) & !1 == MAGIC && sums == sums_at(header, 24);
        let shape = if is_whole {
            Shape {
                page_bytes: number(header, 8) as usize,
                salts: header[16..24].try_into().ok()?,
                is_big_endian,
            }
        } else {
            Shape::without_header(&bytes, page_bytes(main)?)?
        };
        let frames = shape.frames(&bytes);
        let mut sums = sums;
        let sound = frames.iter().take_while(|frame| {
            sums = shape.sums_after(sums, frame);
            is_whole && shape.owns(frame) && sums == frame.sums()
        });
        let sound_frames = sound.count();
        let acknowledged = acknowledged.filter(|it| it.salts == shape.salts);
        let lacks_some = acknowledged.is_some_and(|it| sound_frames < it.frames);
        let is_damaged = lacks_some
            || frames[sound_frames..]
                .windows(2)
                .any(|pair| pair[0].ends_write() && shape.follows(&pair[0], &pair[1]));
        is_damaged.then_some(Self {
            bytes,
            shape,
            sound_frames,
            is_copied: acknowledged.is_some_and(|it| it.copied >= it.frames),
        })
    }

    /// Where the damage begins.
    pub(super) fn reason(&self) -> String {
        let at = HEADER_BYTES + self.sound_frames * self.shape.frame_bytes();
        format!("its write-ahead log is damaged from byte {at} on")
    }

    /// The log up to the last write before the damage, empty when there is none.
    pub(super) fn sound(&self) -> &[u8] {
        let sound = &self.shape.frames(&self.bytes)[..self.sound_frames];
        let written = sound.iter().rposition(Frame::ends_write);
        written.map_or(&[], |last| {
            &self.bytes[..HEADER_BYTES + (last + 1) * self.shape.frame_bytes()]
        })
    }

    /// How many writes stand in the log before the damage, and how many can be made out behind.
    pub(super) fn writes(&self) -> (usize, usize) {
        let frames = self.shape.frames(&self.bytes);
        let (sound, rest) = frames.split_at(self.sound_frames);
        let ours = |frame: &&Frame<'_>| self.shape.owns(frame) && frame.ends_write();
        let behind = rest.iter().skip(1);
        // Of the damaged frame's own write nothing may be left.
        (
            sound.iter().filter(ours).count(),
            behind.filter(ours).count().max(1),
        )
    }

    /// True when the database `main` has all that stands behind the damage: a checkpoint copied the whole log. Frames
    /// before the damage would then take back what is newer.
    pub(super) fn is_in(&self, main: &[u8]) -> bool {
        let frames = self.shape.frames(&self.bytes);
        let behind = frames[self.sound_frames..].iter();
        // The bad frame itself proves nothing; a later frame of the same page replaces an earlier one.
        let newest: BTreeMap<u32, &[u8]> = behind
            .skip(1)
            .filter(|frame| self.shape.owns(frame))
            .map(|frame| (number(frame.head, 0), frame.page))
            .collect();
        let mut newest = newest.into_iter().peekable();
        if newest.peek().is_none() {
            return self.is_copied;
        }
        newest.all(|(number, page)| {
            let start = (number as usize).saturating_sub(1) * self.shape.page_bytes;
            main.get(start..start + self.shape.page_bytes) == Some(page)
        })
    }
}

impl Shape {
    /// The shape of a log whose header is damaged: its frames know the salts, as long as one follows another.
    fn without_header(bytes: &[u8], page_bytes: usize) -> Option<Self> {
        let shape = |frame: &Frame<'_>| {
            Some(Self {
                page_bytes,
                salts: frame.head[8..16].try_into().ok()?,
                is_big_endian: cfg!(target_endian = "big"),
            })
        };
        let blank = Self {
            page_bytes,
            salts: [0; 8],
            is_big_endian: false,
        };
        let frames = blank.frames(bytes);
        let mut pairs = frames.windows(2);
        pairs.find_map(|pair| shape(&pair[0]).filter(|it| it.follows(&pair[0], &pair[1])))
    }

    fn frame_bytes(self) -> usize {
        FRAME_HEADER_BYTES + self.page_bytes
    }

    fn frames(self, log: &[u8]) -> Vec<Frame<'_>> {
        let frames = log.get(HEADER_BYTES..).unwrap_or_default();
        let frames = frames.chunks_exact(self.frame_bytes());
        let split = frames.map(|frame| frame.split_at(FRAME_HEADER_BYTES));
        split.map(|(head, page)| Frame { head, page }).collect()
    }

    fn owns(self, frame: &Frame<'_>) -> bool {
        frame.head[8..16] == self.salts
    }

    fn sums_after(self, sums: Sums, frame: &Frame<'_>) -> Sums {
        let sums = sums_of(self.is_big_endian, sums, &frame.head[..8]);
        sums_of(self.is_big_endian, sums, frame.page)
    }

    /// True when `next` was written behind `frame`, whatever `frame` holds by now.
    fn follows(self, frame: &Frame<'_>, next: &Frame<'_>) -> bool {
        let is_ours = self.owns(frame) && self.owns(next);
        is_ours && self.sums_after(frame.sums(), next) == next.sums()
    }
}

impl Frame<'_> {
    /// True for the last frame of a write: it says how many pages the database has from then on.
    fn ends_write(&self) -> bool {
        number(self.head, 4) != 0
    }

    fn sums(&self) -> Sums {
        sums_at(self.head, 16)
    }
}

/// The size of the pages of the database `main`, as its header says.
fn page_bytes(main: &[u8]) -> Option<usize> {
    match u16::from_be_bytes(main.get(16..18)?.try_into().ok()?) {
        1 => Some(1 << 16),
        bytes if bytes >= 512 && bytes.is_power_of_two() => Some(usize::from(bytes)),
        _ => None,
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let bytes = bytes[at..at + 4].try_into().expect("four bytes");
    u32::from_be_bytes(bytes)
}

/// A number as this machine keeps it in memory.
pub(super) fn number_here(bytes: &[u8], at: usize) -> u32 {
    let bytes = bytes[at..at + 4].try_into().expect("four bytes");
    u32::from_ne_bytes(bytes)
}

/// The sums of what this machine keeps in memory.
pub(super) fn sums_here(bytes: &[u8]) -> [u32; 2] {
    sums_of(cfg!(target_endian = "big"), [0, 0], bytes)
}

fn sums_at(bytes: &[u8], at: usize) -> Sums {
    [number(bytes, at), number(bytes, at + 4)]
}

/// `sums` and what `bytes` add to them.
fn sums_of(is_big_endian: bool, sums: Sums, bytes: &[u8]) -> Sums {
    let word = |word: u32| {
        if is_big_endian {
            word
        } else {
            word.swap_bytes()
        }
    };
    let [mut first, mut second] = sums;
    for pair in bytes.chunks_exact(8) {
        first = first
            .wrapping_add(word(number(pair, 0)))
            .wrapping_add(second);
        second = second
            .wrapping_add(word(number(pair, 4)))
            .wrapping_add(first);
    }
    [first, second]
}
