//! What the account services take and give.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::name_parts;
use crate::entities::{account, email_change};
use crate::fields::FieldErrors;
use crate::ports::clock::Timestamp;

/// An account as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact by itself")]
pub struct Account {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub username: String,
    /// Its email, confirmed or not.
    pub email: Option<String>,
    /// Whether the email is confirmed.
    pub email_confirmed: bool,
    /// Whether a mail server has refused it for good.
    pub email_refused: bool,
    /// The email that takes its place once it is confirmed; told by one's own profile alone.
    pub pending_email: Option<PendingEmail>,
    /// The person's name.
    pub full_name: Option<String>,
    /// Its first part: as its owner split it, else what stands before its last space.
    pub first_name: Option<String>,
    /// The rest of it.
    pub last_name: Option<String>,
    /// A phone number.
    pub phone: Option<String>,
    /// Where the person works.
    pub company_name: Option<String>,
    /// In which line.
    pub industry: Option<String>,
    /// A postal address.
    pub address: Option<String>,
    /// The key of its owner's picture in the media store; see [`crate::media::public_path`].
    pub avatar: Option<String>,
    /// Whether it may sign in.
    pub active: bool,
    /// Whether its owner is staff.
    pub staff: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Self {
        let (first_name, last_name) = name_parts::parts(&row);
        Self {
            id: row.id,
            username: row.username,
            email_confirmed: row.email_confirmed_at.is_some(),
            email_refused: row.email_refused_at.is_some(),
            pending_email: None,
            email: row.email,
            full_name: row.full_name,
            first_name,
            last_name,
            phone: row.phone,
            company_name: row.company_name,
            industry: row.industry,
            address: row.address,
            avatar: row.avatar,
            active: row.active,
            staff: row.staff,
            created_at: row.created_at,
        }
    }
}

/// An email that waits for its confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingEmail {
    /// The address.
    pub email: String,
    /// Whether a mail server has refused it for good.
    pub refused: bool,
}

impl From<email_change::Model> for PendingEmail {
    fn from(row: email_change::Model) -> Self {
        Self { refused: row.refused_at.is_some(), email: row.email }
    }
}

/// A person as others see them; each surface shows what its contract names. Also a part of events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The account.
    pub id: i64,
    /// Its name.
    pub username: String,
    /// The person's name.
    pub full_name: Option<String>,
    /// Its email, confirmed or not.
    #[serde(default)]
    pub email: Option<String>,
    /// A phone number.
    #[serde(default)]
    pub phone: Option<String>,
    /// Where the person works.
    #[serde(default)]
    pub company_name: Option<String>,
    /// In which line.
    #[serde(default)]
    pub industry: Option<String>,
    /// The key of the person's picture in the media store; see [`crate::media::public_path`].
    #[serde(default)]
    pub avatar: Option<String>,
}

impl From<Account> for Person {
    fn from(account: Account) -> Self {
        let Account { id, username, full_name, email, phone, company_name, industry, avatar, .. } = account;
        Self { id, username, full_name, email, phone, company_name, industry, avatar }
    }
}

/// What a search looks into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchedField {
    /// Username and full name.
    Name,
    /// Email.
    Email,
    /// Company.
    Company,
    /// Phone number.
    Phone,
}

/// That one of some fields contains a text.
#[derive(Debug, Clone, Copy)]
pub struct Criterion<'a> {
    /// What the surface calls it, for errors.
    pub parameter: &'static str,
    /// Where to look.
    pub fields: &'a [SearchedField],
    /// What to look for.
    pub text: &'a str,
}

/// Whom to look for.
#[derive(Debug, Clone, Copy)]
pub struct PeopleQuery<'a> {
    /// Each must hold.
    pub criteria: &'a [Criterion<'a>],
    /// Whether the viewer may be found too.
    pub viewer_too: bool,
}

/// What people say of themselves: `None` leaves, `Some(None)` empties.
#[derive(Debug, Clone, Default)]
pub struct Details {
    /// The person's name.
    pub full_name: Option<Option<String>>,
    /// A phone number.
    pub phone: Option<Option<String>>,
    /// Where the person works.
    pub company_name: Option<Option<String>>,
    /// In which line.
    pub industry: Option<Option<String>>,
    /// A postal address.
    pub address: Option<Option<String>>,
}

/// A person's name in two parts, which make the whole: `None` leaves, `Some(None)` empties.
#[derive(Debug, Clone, Default)]
pub struct NameChange {
    /// The first.
    pub first: Option<Option<String>>,
    /// The last.
    pub last: Option<Option<String>>,
}

/// Whether a new account's email is confirmed before it may sign in, and so which claims on an email
/// keep others out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Confirmation {
    /// As the operator says (`KITH_ACTIVATION`).
    #[default]
    AsConfigured,
    /// Never: an email is taken when any account bears it.
    Never,
    /// Always: an email is taken when a confirmed account bears it.
    Always,
    /// It counts as confirmed, and the account is one of the staff: an operator says so.
    Staff,
}

/// What a registration gives.
#[derive(Clone, Default)]
pub struct Registration {
    /// A username; without one it is made from the email.
    pub username: Option<String>,
    /// An email.
    pub email: Option<String>,
    /// The password.
    pub password: String,
    /// The rest.
    pub details: Details,
    /// Whether the email is confirmed.
    pub confirmation: Confirmation,
    /// Whether a phone number that somebody bears is refused.
    pub unique_phone: bool,
    /// What the surface found wrong already; answered with the rest.
    pub faults: FieldErrors,
}

impl std::fmt::Debug for Registration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registration").field("username", &self.username).finish_non_exhaustive()
    }
}

/// What an operator gives for an account of the staff.
#[derive(Clone, Default)]
pub struct NewStaff {
    /// A username.
    pub username: String,
    /// An email, which counts as confirmed.
    pub email: Option<String>,
    /// The password.
    pub password: String,
}

impl std::fmt::Debug for NewStaff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewStaff").field("username", &self.username).finish_non_exhaustive()
    }
}

/// What of a profile is to change.
#[derive(Debug, Clone, Default)]
pub struct ProfileChange {
    /// A new username.
    pub username: Option<String>,
    /// A new email, unconfirmed: `None` leaves, `Some(None)` empties. For surfaces that confirm none.
    pub email: Option<Option<String>>,
    /// A new email that takes the old one's place once the link in a mail to it is followed. The one that
    /// the account bears already changes nothing.
    pub new_email: Option<String>,
    /// A picture as it was uploaded: `None` leaves, `Some(None)` removes.
    pub avatar: Option<Option<Bytes>>,
    /// The name in two parts. For surfaces that know it so; `details` then names no `full_name`.
    pub name: NameChange,
    /// The rest.
    pub details: Details,
    /// Whether a phone number that somebody else bears is refused.
    pub unique_phone: bool,
    /// What the surface found wrong already; answered with the rest.
    pub faults: FieldErrors,
}
