//! Elements whose size changes, and the pixels of the screen under them.

use js_sys::{Array, Function, Object, Reflect, global};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, ResizeObserver, window};

/// The room of an element on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct DeviceSize {
    /// Width and height in CSS pixels, such that they are whole device pixels.
    pub(crate) size_px: [f64; 2],
    /// Device pixels per CSS pixel.
    pub(crate) device_pixel_ratio: f64,
}

/// Watches one element until dropped.
pub(crate) struct SizeWatch {
    observer: ResizeObserver,
    _on_change: Closure<dyn FnMut(Array)>,
}

impl SizeWatch {
    /// Runs `act` whenever the element's size or the screen's resolution changes, and once at first.
    pub(crate) fn new(
        element: &Element,
        mut act: impl FnMut(DeviceSize) + 'static,
    ) -> Option<Self> {
        let on_change = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let last = entries.get(entries.length().saturating_sub(1));
            if let Some(size) = size_of(&last) {
                act(size);
            }
        });
        let observer = ResizeObserver::new(on_change.as_ref().unchecked_ref()).ok()?;
        if observe_device_pixels(&observer, element).is_none() {
            observer.observe(element);
        }
        Some(Self {
            observer,
            _on_change: on_change,
        })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Has the observer told of device pixels, which change with the resolution too; none where the browser cannot.
fn observe_device_pixels(observer: &ResizeObserver, element: &Element) -> Option<()> {
    let entry = get(&get(&global(), "ResizeObserverEntry")?, "prototype")?;
    Reflect::has(&entry, &"devicePixelContentBoxSize".into())
        .ok()
        .filter(|has| *has)?;
    let options = Object::new();
    Reflect::set(&options, &"box".into(), &"device-pixel-content-box".into()).ok()?;
    let observe: Function = get(observer, "observe")?.dyn_into().ok()?;
    observe.call2(observer, element, &options).ok().map(drop)
}

/// Elements may begin between two device pixels: then only the browser knows how many they cover.
fn size_of(entry: &JsValue) -> Option<DeviceSize> {
    let device_pixel_ratio = window()?.device_pixel_ratio();
    let side = |of: &JsValue, name| get(of, name)?.as_f64();
    let device_pixels = || {
        let size = get(entry, "devicePixelContentBoxSize")?
            .dyn_ref::<Array>()?
            .get(0);
        let pixels = [side(&size, "inlineSize")?, side(&size, "blockSize")?];
        Some(pixels.map(|n| n / device_pixel_ratio))
    };
    let content = || {
        let content = get(entry, "contentRect")?;
        Some([side(&content, "width")?, side(&content, "height")?])
    };
    Some(DeviceSize {
        size_px: device_pixels().or_else(content)?,
        device_pixel_ratio,
    })
}

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok()
}
