//! `/staff/jobs`: queues and jobs, for staff. The page is a client of v1 like any other: it holds nothing itself, and
//! shows nothing to whoever has no session of the staff.

use std::sync::LazyLock;

use axum::Router;

use crate::App;
use crate::http::{File, serve_files};

static FILES: LazyLock<[(&str, File); 7]> = LazyLock::new(|| {
    [
        ("/staff/jobs", File::page(include_str!("../../web/jobs/index.html"))),
        ("/staff/jobs/jobs.css", File::style(include_str!("../../web/jobs/jobs.css"))),
        ("/staff/jobs/main.js", File::script(include_str!("../../web/jobs/main.js"))),
        ("/staff/jobs/dom.js", File::script(include_str!("../../web/jobs/dom.js"))),
        ("/staff/jobs/lists.js", File::script(include_str!("../../web/jobs/lists.js"))),
        ("/staff/jobs/chart.js", File::script(include_str!("../../web/jobs/chart.js"))),
        ("/staff/jobs/text.js", File::script(include_str!("../../web/jobs/text.js"))),
    ]
});

pub(super) fn routes() -> Router<App> {
    serve_files(&*FILES)
}
