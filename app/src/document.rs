//! The HTML document around the pages: what the browser must know before the client runs.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::assets::AssetNames;
use crate::backend::BackendHandle;
use crate::browser::stop::BANNER_ID;
use crate::components::Brand;
use crate::root::App;
use crate::snapshot::Snapshot;

/// The id of the element that holds the snapshot.
pub(crate) const SNAPSHOT_ID: &str = "snapshot";

/// The whole document. Expects [`AssetNames`] and [`BackendHandle`] in the context.
pub fn shell() -> impl IntoView {
    let assets = expect_context::<AssetNames>();
    let snapshot = expect_context::<BackendHandle>().snapshot();
    let json = snapshot.to_script_json();
    let title = format!("{} · Beamdeck", snapshot.instrument);
    provide_context::<Snapshot>(snapshot);
    let start = start_script(&assets);
    let nonce = use_nonce();
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" content="#f4f6f8" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#0d1217" media="(prefers-color-scheme: dark)" />
                <title>{title}</title>
                <link rel="icon" type="image/svg+xml" href=assets.icon />
                <link rel="stylesheet" href=assets.style />
                <link rel="modulepreload" href=assets.script.clone() nonce=nonce.clone() />
                <link rel="modulepreload" href=assets.loader nonce=nonce.clone() />
                <link
                    rel="preload"
                    href=assets.wasm.clone()
                    r#as="fetch"
                    r#type="application/wasm"
                    crossorigin="anonymous"
                />
                <noscript>
                    <style nonce=nonce.clone()>{WITHOUT_SCRIPT_STYLE}</style>
                </noscript>
                <script type="application/json" id=SNAPSHOT_ID nonce=nonce.clone()>
                    {json}
                </script>
                <script type="module" nonce=nonce>
                    {start}
                </script>
            </head>
            <body>
                <App />
                <Notices />
            </body>
        </html>
    }
}

/// What the page says when its client does not run. Stands after the hydrated part, whose nodes it must not shift.
#[component]
fn Notices() -> impl IntoView {
    view! {
        <div id=BANNER_ID class="stopped-banner" role="alert" hidden data-testid="stopped-banner">
            <Brand />
            <p>
                <strong>"The display has stopped."</strong>
                " What you see is no longer updated."
            </p>
            // The router would take the way to where the page already is for no way at all.
            <a class="button" href="" rel="external" data-testid="reload">
                "Reload"
            </a>
        </div>
        <noscript>
            <p class="without-script-banner" role="status" data-testid="noscript-notice">
                "Live plots need JavaScript. This page shows the latest values at the time it was loaded."
            </p>
        </noscript>
    }
}

const WITHOUT_SCRIPT_STYLE: &str =
    ".needs-script{display:none!important}.without-script{display:block!important}";

/// Loads the client; what keeps it from starting is said on the page.
fn start_script(assets: &AssetNames) -> String {
    let AssetNames { script, wasm, .. } = assets;
    format!(
        "import({script:?}).then(async m=>{{await m.default({{module_or_path:{wasm:?}}});m.hydrate()}})\
         .catch(e=>{{document.getElementById({BANNER_ID:?}).hidden=false;\
         document.documentElement.dataset.client=\"stopped\";throw e}})"
    )
}
