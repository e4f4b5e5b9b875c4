//! The names under which this server may be called.
//!
//! A page of another site can make its own name resolve to this server's address (DNS rebinding); to a browser it is
//! then of our origin. The name that it calls us by gives it away. Addresses cannot be rebound.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::problem::Problem;

/// Names of this server beside its addresses and `localhost`.
#[derive(Clone, Debug, Default)]
pub struct AllowedHosts(BTreeSet<String>);

impl AllowedHosts {
    /// The configured names, and what this machine calls itself.
    pub fn new(configured: &[String]) -> Self {
        let machine = rustix::system::uname();
        let machine = machine.nodename().to_str().ok().map(normalized);
        let configured = configured.iter().map(|name| normalized(name));
        Self(configured.chain(machine).collect())
    }

    fn allow(&self, authority: &str) -> bool {
        let Ok(authority) = authority.parse::<Authority>() else {
            return false;
        };
        let host = normalized(authority.host());
        let address = host.trim_start_matches('[').trim_end_matches(']');
        address.parse::<IpAddr>().is_ok() || host == "localhost" || self.0.contains(&host)
    }
}

fn normalized(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

/// Refuses requests for a name that is not ours. Scripts may leave the name out; browsers cannot.
pub(super) async fn require_known_host(
    State(hosts): State<Arc<AllowedHosts>>,
    request: Request,
    next: Next,
) -> Response {
    let named = request.headers().get(header::HOST);
    let named = named.map(|host| String::from_utf8_lossy(host.as_bytes()).into_owned());
    let named = named.or_else(|| Some(request.uri().authority()?.to_string()));
    match named {
        Some(name) if !hosts.allow(&name) => Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            format!(
                "this server does not know itself as {name:?}: open it by its address, or add the name to \
                 allowed_hosts (--allowed-hosts) if it is the server's"
            ),
        )
        .into_response(),
        _ => next.run(request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_known_names_are_ours_others_are_not() {
        let hosts = AllowedHosts::new(&["Beam.Example.org".to_owned()]);
        for known in [
            "127.0.0.1:8200",
            "10.1.2.3",
            "[::1]:8200",
            "localhost:8200",
            "LOCALHOST",
            "beam.example.org:80",
            "beam.example.org.",
        ] {
            assert!(hosts.allow(known), "{known}");
        }
        for foreign in [
            "rebound.example.net:8200",
            "localhost.example.net",
            "example.org",
            "127.0.0.1.example.net",
            "",
            "a b",
        ] {
            assert!(!hosts.allow(foreign), "{foreign}");
        }
    }
}
