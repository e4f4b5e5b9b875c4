//! Where the hashed files of the client lie; the server knows, the page only links them.

/// Addresses of the client's files, each starting with `/`; handed over by context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetNames {
    /// The JavaScript module that loads the WebAssembly.
    pub script: String,
    /// The JavaScript module that loads parts of the client when they are first wanted.
    pub loader: String,
    /// The client as WebAssembly.
    pub wasm: String,
    /// The style sheet.
    pub style: String,
    /// The icon.
    pub icon: String,
}
