//! Web Locks: at most one page of a browser holds a name.
//!
//! Browsers offer them to secure pages only, so they are looked up at run time. Where they are missing every page
//! counts as the only one.

use std::cell::RefCell;
use std::rc::Rc;

use futures::channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{AbortController, window};

/// A held lock; released when dropped.
pub(crate) struct Lock {
    _release: Release,
}

/// A lock that was asked for; given up when dropped, whether it was granted or not.
pub(crate) struct LockRequest {
    wait: Option<AbortController>,
    _held: Rc<RefCell<Option<Release>>>,
}

/// Settles the promise that keeps a lock held.
struct Release(Option<Function>);

impl Lock {
    /// Takes the lock `name` if nobody holds it.
    pub(crate) async fn try_take(name: &str) -> Option<Self> {
        if !available() {
            return Some(Self {
                _release: Release(None),
            });
        }
        let (sender, receiver) = oneshot::channel();
        let options = Object::new();
        Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE).ok();
        request(name, &options, move |lock| {
            if lock.is_null() {
                drop(sender);
                return JsValue::UNDEFINED;
            }
            let (promise, release) = held();
            sender.send(release).ok();
            promise.into()
        })?;
        let release = receiver.await.ok()?;
        Some(Self { _release: release })
    }
}

impl LockRequest {
    /// Queues for the lock `name`; `on_granted` runs once it is held.
    pub(crate) fn queue(name: &str, on_granted: impl FnOnce() + 'static) -> Self {
        let wait = AbortController::new().ok();
        let slot = Rc::new(RefCell::new(None));
        if !available() {
            on_granted();
            return Self { wait, _held: slot };
        }
        let options = Object::new();
        if let Some(wait) = &wait {
            Reflect::set(&options, &"signal".into(), &wait.signal()).ok();
        }
        let granted = Rc::downgrade(&slot);
        request(name, &options, move |_| {
            let Some(slot) = granted.upgrade() else {
                return JsValue::UNDEFINED;
            };
            let (promise, release) = held();
            *slot.borrow_mut() = Some(release);
            on_granted();
            promise.into()
        });
        Self { wait, _held: slot }
    }
}

impl Drop for LockRequest {
    fn drop(&mut self) {
        if let Some(wait) = &self.wait {
            wait.abort();
        }
    }
}

impl Drop for Release {
    fn drop(&mut self) {
        if let Some(settle) = &self.0 {
            settle.call0(&JsValue::UNDEFINED).ok();
        }
    }
}

/// True where the browser has locks.
pub(crate) fn available() -> bool {
    manager().is_some()
}

fn manager() -> Option<JsValue> {
    let navigator = window()?.navigator();
    Reflect::get(&navigator, &"locks".into())
        .ok()
        .filter(JsValue::is_object)
}

/// `navigator.locks.request(name, options, callback)`. The lock is held until the callback's promise settles.
fn request(
    name: &str,
    options: &Object,
    callback: impl FnOnce(JsValue) -> JsValue + 'static,
) -> Option<()> {
    let manager = manager()?;
    let request: Function = Reflect::get(&manager, &"request".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let callback = Closure::once_into_js(callback);
    let done = request
        .call3(&manager, &name.into(), options, &callback)
        .ok()?;
    // Giving up the place in the queue rejects the promise, which is no fault.
    let ignore = Closure::once_into_js(|_: JsValue| {});
    let catch: Function = Reflect::get(&done, &"catch".into()).ok()?.dyn_into().ok()?;
    catch.call1(&done, &ignore).ok().map(drop)
}

fn held() -> (Promise, Release) {
    let mut settle = None;
    let promise = Promise::new(&mut |resolve, _| settle = Some(resolve.unchecked_into()));
    (promise, Release(settle))
}
