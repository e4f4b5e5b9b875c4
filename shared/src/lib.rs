//! What the server and the browser both say and can both calculate.
