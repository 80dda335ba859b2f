//! What the pages with scripts have in common.

use std::sync::LazyLock;

use axum::Router;

use crate::App;
use crate::http::{File, serve_files};

static FILES: LazyLock<[(&str, File); 4]> = LazyLock::new(|| {
    [
        ("/base/colours.css", File::style(include_str!("../../web/base/colours.css"))),
        ("/base/dom.js", File::script(include_str!("../../web/base/dom.js"))),
        ("/base/http.js", File::script(include_str!("../../web/base/http.js"))),
        ("/base/session.js", File::script(include_str!("../../web/base/session.js"))),
    ]
});

pub(super) fn routes() -> Router<App> {
    serve_files(&*FILES)
}
