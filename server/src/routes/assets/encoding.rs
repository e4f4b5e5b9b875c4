//! What a browser says in `Accept-Encoding`.

/// The encodings that files are kept in, beside none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Brotli.
    Brotli,
    /// Gzip.
    Gzip,
}

impl Encoding {
    /// Best compression first.
    pub(super) const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// The name in HTTP headers.
    pub(super) fn token(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// What the name of a compressed sibling ends with.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }
}

/// Whether an `Accept-Encoding` header allows an encoding (RFC 9110, 12.5.3): by its own name, else by
/// `*`, and not with a weight of zero. Without the header only the plain file is sent.
pub(super) fn accepted(header: Option<&str>, encoding: Encoding) -> bool {
    let mut by_star = false;
    for member in header.unwrap_or_default().split(',') {
        let mut parts = member.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let refused = parts.any(is_zero_weight);
        if name.eq_ignore_ascii_case(encoding.token()) {
            return !refused;
        }
        if name == "*" {
            by_star = !refused;
        }
    }
    by_star
}

fn is_zero_weight(parameter: &str) -> bool {
    let weight = parameter
        .strip_prefix("q=")
        .or_else(|| parameter.strip_prefix("Q="));
    weight.and_then(|it| it.parse::<f32>().ok()) == Some(0.0)
}

#[cfg(test)]
mod tests {
    use super::Encoding::{Brotli, Gzip};
    use super::accepted;

    #[test]
    fn names_weights_and_the_star_are_respected() {
        for (header, brotli, gzip) in [
            (Some("gzip, deflate, br, zstd"), true, true),
            (Some("gzip"), false, true),
            (Some("GZIP;q=0.5 , br;q=0"), false, true),
            (Some("*"), true, true),
            (Some("*;q=0.0"), false, false),
            (Some("br;q=0, *"), false, true),
            (Some("identity"), false, false),
            (Some(""), false, false),
            (None, false, false),
        ] {
            assert_eq!(accepted(header, Brotli), brotli, "br in {header:?}");
            assert_eq!(accepted(header, Gzip), gzip, "gzip in {header:?}");
        }
    }
}
