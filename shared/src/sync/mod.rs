//! The protocol between server and browser.
