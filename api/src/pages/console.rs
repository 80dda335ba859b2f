//! `/`: the console. It is a client of v1 and holds nothing itself; all that the server tells it of itself is whether
//! mails are to be found here, and whether accounts are activated.

use std::sync::LazyLock;

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::get;
use shared::config::{Activation, Config};

use super::has_mailbox;
use crate::App;
use crate::http::{File, serve_files};

/// The page, with a comment that stands for what this server tells of itself.
const INDEX: &str = include_str!("../../web/console/index.html");

/// A module of the console, by its name.
macro_rules! module {
    ($name:literal) => {
        (concat!("/console/", $name), File::script(include_str!(concat!("../../web/console/", $name))))
    };
}

static FILES: LazyLock<[(&str, File); 29]> = LazyLock::new(|| {
    [
        ("/console/style.css", File::style(include_str!("../../web/console/style.css"))),
        ("/console/icon.svg", File::drawing(include_str!("../../web/console/icon.svg"))),
        ("/client/socket.js", File::script(include_str!("../../web/client/dist/socket.js"))),
        module!("api.js"),
        module!("dom.js"),
        module!("form.js"),
        module!("listings.js"),
        module!("live.js"),
        module!("main.js"),
        module!("notices.js"),
        module!("outbox.js"),
        module!("people.js"),
        module!("presence.js"),
        module!("router.js"),
        module!("session.js"),
        module!("store.js"),
        module!("telling.js"),
        module!("theme.js"),
        module!("ties.js"),
        module!("views/account.js"),
        module!("views/chats.js"),
        module!("views/conversation.js"),
        module!("views/entry.js"),
        module!("views/listing.js"),
        module!("views/listings.js"),
        module!("views/notifications.js"),
        module!("views/people.js"),
        module!("views/person.js"),
        module!("views/requests.js"),
    ]
});

/// The page, and what it loads.
pub(super) fn routes(config: &Config) -> Router<App> {
    let mut told = String::new();
    if has_mailbox(config) {
        told.push_str(r#"<meta name="kith-mailbox" content="dev/mailbox">"#);
    }
    if config.secrets.activation == Activation::Required {
        told.push_str(r#"<meta name="kith-activation" content="required">"#);
    }
    let index = File::page(INDEX.replace("<!-- KITH -->", &told));
    serve_files(&*FILES).route("/", get(move |headers: HeaderMap| std::future::ready(index.answer(&headers))))
}
