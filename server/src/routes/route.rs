//! A route as a value, so that the description of the interface can be held against all there are.

use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};

use super::App;

/// One method at one address.
pub(super) struct Route {
    #[cfg_attr(
        not(test),
        expect(
            dead_code,
            reason = "read by the test that holds the description against the routes"
        )
    )]
    pub(super) method: Method,
    /// Relative to the interface's root, with `{names}` for what varies.
    pub(super) path: &'static str,
    pub(super) handler: MethodRouter<App>,
}

impl Route {
    pub(super) fn get<T: 'static>(path: &'static str, handler: impl Handler<T, App>) -> Self {
        let handler = on(MethodFilter::GET, handler);
        Self {
            method: Method::GET,
            path,
            handler,
        }
    }

    pub(super) fn post<T: 'static>(path: &'static str, handler: impl Handler<T, App>) -> Self {
        let handler = on(MethodFilter::POST, handler);
        Self {
            method: Method::POST,
            path,
            handler,
        }
    }

    pub(super) fn put<T: 'static>(path: &'static str, handler: impl Handler<T, App>) -> Self {
        let handler = on(MethodFilter::PUT, handler);
        Self {
            method: Method::PUT,
            path,
            handler,
        }
    }

    pub(super) fn patch<T: 'static>(path: &'static str, handler: impl Handler<T, App>) -> Self {
        let handler = on(MethodFilter::PATCH, handler);
        Self {
            method: Method::PATCH,
            path,
            handler,
        }
    }

    pub(super) fn delete<T: 'static>(path: &'static str, handler: impl Handler<T, App>) -> Self {
        let handler = on(MethodFilter::DELETE, handler);
        Self {
            method: Method::DELETE,
            path,
            handler,
        }
    }
}
