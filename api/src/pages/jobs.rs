//! `/staff/jobs`: queues and jobs, for staff. The page is a client of v1 like any other: it holds nothing itself, and
//! shows nothing to whoever has no session of the staff.

use axum::Router;

use super::files::{self, File};
use crate::App;

static FILES: [File; 8] = [
    File::page("/staff/jobs", include_str!("../../web/jobs/index.html")),
    File::style("/staff/jobs/jobs.css", include_str!("../../web/jobs/jobs.css")),
    File::script("/staff/jobs/main.js", include_str!("../../web/jobs/main.js")),
    File::script("/staff/jobs/api.js", include_str!("../../web/jobs/api.js")),
    File::script("/staff/jobs/dom.js", include_str!("../../web/jobs/dom.js")),
    File::script("/staff/jobs/lists.js", include_str!("../../web/jobs/lists.js")),
    File::script("/staff/jobs/chart.js", include_str!("../../web/jobs/chart.js")),
    File::script("/staff/jobs/text.js", include_str!("../../web/jobs/text.js")),
];

pub(super) fn routes() -> Router<App> {
    files::routes(&FILES)
}
