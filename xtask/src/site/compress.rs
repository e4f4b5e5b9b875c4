//! A file and its brotli and gzip siblings.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

/// How long compressing may take.
#[derive(Debug, Clone, Copy)]
pub(super) enum Effort {
    /// At most a second or two for a client with little optimisation.
    Quick,
    /// As small as the formats allow.
    Best,
}

/// Writes `path`, `path.br` and `path.gz`.
pub(super) fn write_compressed(path: &Path, bytes: &[u8], effort: Effort) -> Result<()> {
    write(path, "", bytes)?;
    write(path, ".br", &brotli(bytes, effort.brotli())?)?;
    write(path, ".gz", &gzip(bytes, effort.gzip())?)
}

/// Brotli at a quality from 0 to 11 with the largest window browsers accept.
fn brotli(bytes: &[u8], quality: u32) -> Result<Vec<u8>> {
    const BUFFER_BYTES: usize = 1 << 16;
    const WINDOW_BITS: u32 = 24;
    let mut packed = Vec::new();
    let mut writer =
        ::brotli::CompressorWriter::new(&mut packed, BUFFER_BYTES, quality, WINDOW_BITS);
    writer.write_all(bytes)?;
    drop(writer);
    Ok(packed)
}

fn gzip(bytes: &[u8], level: Compression) -> Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), level);
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

fn write(path: &Path, suffix: &str, bytes: &[u8]) -> Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    fs::write(&name, bytes).with_context(|| format!("cannot write {}", name.display()))
}

impl Effort {
    fn brotli(self) -> u32 {
        match self {
            Self::Quick => 1,
            Self::Best => 11,
        }
    }

    fn gzip(self) -> Compression {
        match self {
            Self::Quick => Compression::fast(),
            Self::Best => Compression::best(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::{Effort, brotli, gzip};

    #[test]
    fn what_was_compressed_comes_back() {
        let text = "a beamline is not a straight line, "
            .repeat(2_000)
            .into_bytes();
        for effort in [Effort::Quick, Effort::Best] {
            let packed = brotli(&text, effort.brotli()).expect("writing to memory");
            assert!(packed.len() < 1_000, "{effort:?}: {}", packed.len());
            let mut back = Vec::new();
            ::brotli::Decompressor::new(packed.as_slice(), 4096)
                .read_to_end(&mut back)
                .expect("just compressed");
            assert_eq!(back, text);

            let packed = gzip(&text, effort.gzip()).expect("writing to memory");
            let mut back = Vec::new();
            flate2::read::GzDecoder::new(packed.as_slice())
                .read_to_end(&mut back)
                .expect("just compressed");
            assert_eq!(back, text);
        }
    }
}
