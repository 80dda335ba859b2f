//! What the account services take and give.

use crate::entities::account;
use crate::ports::clock::Timestamp;

/// An account as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub username: String,
    /// Its email, confirmed or not.
    pub email: Option<String>,
    /// Whether the email is confirmed.
    pub email_confirmed: bool,
    /// The person's name.
    pub full_name: Option<String>,
    /// A phone number.
    pub phone: Option<String>,
    /// Where the person works.
    pub company_name: Option<String>,
    /// In which line.
    pub industry: Option<String>,
    /// A postal address.
    pub address: Option<String>,
    /// Whether it may sign in.
    pub active: bool,
    /// Whether its owner is staff.
    pub staff: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Self {
        Self {
            id: row.id,
            username: row.username,
            email_confirmed: row.email_confirmed_at.is_some(),
            email: row.email,
            full_name: row.full_name,
            phone: row.phone,
            company_name: row.company_name,
            industry: row.industry,
            address: row.address,
            active: row.active,
            staff: row.staff,
            created_at: row.created_at,
        }
    }
}

/// A person as others see them.
#[derive(Debug, Clone, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct Person {
    /// The account.
    pub id: i64,
    /// Its name.
    pub username: String,
    /// The person's name.
    pub full_name: Option<String>,
    /// Where the person works.
    pub company_name: Option<String>,
    /// In which line.
    pub industry: Option<String>,
}

/// People found, and where to go on.
#[derive(Debug, Clone)]
pub struct PersonPage {
    /// At most as many as were asked for, newest first.
    pub items: Vec<Person>,
    /// The id to go on below, when there is more.
    pub next: Option<i64>,
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
    /// The person's name.
    pub full_name: Option<String>,
}

impl std::fmt::Debug for Registration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registration").field("username", &self.username).finish_non_exhaustive()
    }
}

/// What of a profile is to change: `None` leaves, `Some(None)` empties.
#[derive(Debug, Clone, Default)]
pub struct ProfileChange {
    /// A new username.
    pub username: Option<String>,
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
