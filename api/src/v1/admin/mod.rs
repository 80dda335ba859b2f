//! What staff do; everybody else is refused.

mod accounts;
mod audit_log;
mod cases;
mod contact;
mod dead_jobs;
mod job_filter;
mod jobs;
mod queues;
mod reports;
mod subcategories;
mod titles;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;

/// The operations.
pub(super) fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(cases::list))
        .routes(routes!(cases::find))
        .routes(routes!(cases::messages, cases::answer))
        .routes(routes!(cases::close))
        .routes(routes!(titles::create_case_kind))
        .routes(routes!(titles::rename_case_kind, titles::delete_case_kind))
        .routes(routes!(titles::create_category))
        .routes(routes!(titles::rename_category, titles::delete_category))
        .routes(routes!(titles::create_skill))
        .routes(routes!(titles::rename_skill, titles::delete_skill))
        .routes(routes!(subcategories::create))
        .routes(routes!(subcategories::change, subcategories::delete))
        .routes(routes!(reports::list))
        .routes(routes!(reports::find))
        .routes(routes!(reports::claim))
        .routes(routes!(reports::resolve))
        .routes(routes!(accounts::suspend))
        .routes(routes!(accounts::restore))
        .routes(routes!(audit_log::list))
        .routes(routes!(contact::list))
        .routes(routes!(queues::list))
        .routes(routes!(queues::history))
        .routes(routes!(jobs::list))
        .routes(routes!(jobs::try_one))
        .routes(routes!(jobs::try_all))
        .routes(routes!(dead_jobs::list))
        .routes(routes!(dead_jobs::retry_one))
        .routes(routes!(dead_jobs::retry_all))
        .routes(routes!(dead_jobs::drop_one))
        .routes(routes!(dead_jobs::drop_all))
}
