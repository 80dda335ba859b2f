//! Everything that is kept of an account, for its owner to take away.

use std::sync::Arc;

use crate::accounts::{Account, AccountError, Choices, Preferences, Profiles, SessionError, SessionView, Sessions};
use crate::chats::{ChatError, Chats, WholeChat};
use crate::connections::{Blocked, Blocks, Connection, ConnectionError, Request, RequestFilter, Requests, Ties};
use crate::contact::{ContactError, ContactMessage, ContactMessages};
use crate::events::NotificationView;
use crate::listings::{Listing, ListingError, Listings, Review, Reviews, Saved};
use crate::moderation::{Report, ReportError, Reports};
use crate::notifications::{NotificationError, Notifications};
use crate::page::{Slice, whole};
use crate::places::{Address, Addresses, PlaceError};
use crate::ports::rate_limits::{RateLimiter, TooMany};
use crate::suggestions::{Dismissed, SuggestionError, Suggestions};
use crate::support::{Cases, SupportError, WholeCase};

/// Exports a minute for one account: each may be large.
const A_MINUTE: u32 = 3;

/// What is kept of an account.
#[derive(Debug)]
pub struct Export {
    /// The account.
    pub account: Account,
    /// What its owner has chosen.
    pub preferences: Choices,
    /// Its live sessions.
    pub sessions: Vec<SessionView>,
    /// Its addresses.
    pub addresses: Vec<Address>,
    /// Its connections.
    pub connections: Vec<Connection>,
    /// The requests that it sent or was sent.
    pub requests: Vec<Request>,
    /// Whom it blocks.
    pub blocked: Vec<Blocked>,
    /// Who is not suggested to it again.
    pub dismissed: Vec<Dismissed>,
    /// Its inbox.
    pub notifications: Vec<NotificationView>,
    /// Its chats, with what both said; not those that a block hides.
    pub chats: Vec<WholeChat>,
    /// What it wrote to whoever runs this Kith.
    pub contact_messages: Vec<ContactMessage>,
    /// What it offers.
    pub listings: Vec<Listing>,
    /// What it wrote of others' listings.
    pub reviews: Vec<Review>,
    /// The listings that it keeps; not those that are not there for it.
    pub saved_listings: Vec<Saved>,
    /// Its cases, with what was said in them.
    pub cases: Vec<WholeCase>,
    /// What it reported.
    pub reports: Vec<Report>,
}

/// An export was not made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It happened too often.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The account can't be read.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// Its sessions can't.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// Its addresses can't.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// Its connections, requests or blocks can't.
    #[error(transparent)]
    Connection(#[from] ConnectionError),
    /// Whom it has dismissed can't.
    #[error(transparent)]
    Suggestion(#[from] SuggestionError),
    /// Its notifications can't.
    #[error(transparent)]
    Notification(#[from] NotificationError),
    /// Its chats can't.
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// What it wrote to whoever runs this Kith can't.
    #[error(transparent)]
    Contact(#[from] ContactError),
    /// Its listings, reviews or what it saved can't.
    #[error(transparent)]
    Listing(#[from] ListingError),
    /// Its cases can't.
    #[error(transparent)]
    Support(#[from] SupportError),
    /// Its reports can't.
    #[error(transparent)]
    Report(#[from] ReportError),
}

/// Makes exports.
#[derive(Debug, Clone)]
pub struct Exports {
    pub(crate) profiles: Profiles,
    pub(crate) preferences: Preferences,
    pub(crate) sessions: Sessions,
    pub(crate) addresses: Addresses,
    pub(crate) ties: Ties,
    pub(crate) requests: Requests,
    pub(crate) blocks: Blocks,
    pub(crate) suggestions: Suggestions,
    pub(crate) notifications: Notifications,
    pub(crate) chats: Chats,
    pub(crate) contact: ContactMessages,
    pub(crate) listings: Listings,
    pub(crate) reviews: Reviews,
    pub(crate) cases: Cases,
    pub(crate) reports: Reports,
    pub(crate) limiter: Arc<dyn RateLimiter>,
}

impl Exports {
    /// Everything of an account, each list newest first; addresses, listings and the messages of a chat or a case
    /// oldest first.
    ///
    /// # Errors
    /// Too often; the database refuses.
    pub async fn of(&self, account_id: i64) -> Result<Export, ExportError> {
        self.limiter.count(&format!("export:{account_id}"), A_MINUTE).await?;
        Ok(Export {
            account: self.profiles.own(account_id).await?,
            preferences: self.preferences.of(account_id).await?,
            sessions: self.sessions.list(account_id).await?,
            addresses: self.addresses.list(account_id, Slice::WHOLE).await?,
            connections: whole(|span| self.ties.list(account_id, span)).await?,
            requests: whole(|span| self.requests.list(account_id, RequestFilter::default(), span)).await?,
            blocked: whole(|span| self.blocks.list(account_id, span)).await?,
            dismissed: whole(|span| self.suggestions.dismissed(account_id, span)).await?,
            notifications: whole(|span| self.notifications.list(account_id, false, span)).await?,
            chats: self.chats.whole(account_id).await?,
            contact_messages: whole(|span| self.contact.own(account_id, span)).await?,
            listings: self.listings.all_own(account_id, Slice::WHOLE).await?,
            reviews: whole(|span| self.reviews.written(account_id, span)).await?,
            saved_listings: whole(|span| self.listings.saved(account_id, span)).await?,
            cases: self.cases.whole(account_id).await?,
            reports: whole(|span| self.reports.list(account_id, span)).await?,
        })
    }
}
