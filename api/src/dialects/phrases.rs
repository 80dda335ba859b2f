//! What a notification says where a dialect has no text of its own in store: its actor's name and a
//! phrase for its kind.

use shared::events::NotificationView;
use shared::notifications::Kind;

/// What follows the name, by kind.
#[derive(Debug)]
pub struct Phrases {
    /// Of a request.
    pub requested: &'static str,
    /// Of an acceptance.
    pub accepted: &'static str,
    /// Of a rejection.
    pub rejected: &'static str,
}

impl Phrases {
    /// The text of a notification: the one that a person gave it, or else the phrase of its kind behind the
    /// actor's username as it is now.
    #[must_use]
    pub fn text(&self, view: &NotificationView) -> String {
        let phrase = match view.kind {
            Kind::Requested => self.requested,
            Kind::Accepted => self.accepted,
            Kind::Rejected => self.rejected,
            Kind::ListingReviewed => "reviewed your listing.",
            Kind::ReviewAnswered => "answered your review.",
            Kind::CaseAnswered => "Support answered your case.",
            Kind::ReportResolved => "Your report was resolved.",
            // A note has a body, and what a newer version tells has no words here.
            Kind::Note | Kind::Other => "",
        };
        let made = || {
            // Who of the staff it was is nobody's to know, so what they tell has no actor.
            let name = view.actor.as_ref().map_or("", |actor| actor.username.as_str());
            format!("{name} {phrase}").trim().to_owned()
        };
        view.body.clone().unwrap_or_else(made)
    }
}
