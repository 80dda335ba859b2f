//! Reads of accounts, and who bears what already.

use sea_orm::prelude::*;
use sea_orm::{Condition, ConnectionTrait, QuerySelect};

use super::names::{Email, Username};
use crate::database::{Database, DatabaseError};
use crate::entities::account;

/// The account that signs in by `login`: by username; by email, the confirmed bearer, else an active
/// one, the oldest first.
pub(super) async fn find_by_login(database: &Database, login: &str) -> Result<Option<account::Model>, DatabaseError> {
    if login.contains('\0') {
        return Ok(None);
    }
    if !login.contains('@') {
        let Some(key) = Username::key(login) else { return Ok(None) };
        let query = account::Entity::find().filter(account::Column::UsernameKey.eq(key));
        return Ok(query.one(database.reader()).await?);
    }
    let statement = database.engine().statement(
        "SELECT * FROM accounts WHERE email_key = $1
         ORDER BY CASE WHEN email_confirmed_at IS NOT NULL THEN 0 WHEN active THEN 1 ELSE 2 END, id LIMIT 1",
        [Email::key(login).into()],
    );
    Ok(account::Entity::find().from_raw_sql(statement).one(database.reader()).await?)
}

pub(super) async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<account::Model>, DatabaseError> {
    Ok(account::Entity::find_by_id(id).one(db).await?)
}

/// The account, held until the transaction ends.
pub(super) async fn hold(db: &impl ConnectionTrait, id: i64) -> Result<Option<account::Model>, DatabaseError> {
    Ok(account::Entity::find_by_id(id).lock_exclusive().one(db).await?)
}

/// Whose claim on an email keeps others out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EmailClaim {
    /// Anybody's.
    Any,
    /// That of whoever confirmed it, or may sign in.
    Usable,
    /// That of whoever confirmed it.
    Confirmed,
}

/// Whether somebody other than `except` bears the username.
pub(super) async fn username_taken(
    db: &impl ConnectionTrait,
    key: &str,
    except: Option<i64>,
) -> Result<bool, DatabaseError> {
    taken(db, Condition::all().add(account::Column::UsernameKey.eq(key)), except).await
}

/// Whether somebody other than `except` has a claim on the email.
pub(super) async fn email_taken(
    db: &impl ConnectionTrait,
    email: &Email,
    claim: EmailClaim,
    except: Option<i64>,
) -> Result<bool, DatabaseError> {
    let confirmed = account::Column::EmailConfirmedAt.is_not_null();
    let claimed = match claim {
        EmailClaim::Any => Condition::all(),
        EmailClaim::Usable => Condition::any().add(confirmed).add(account::Column::Active.eq(true)),
        EmailClaim::Confirmed => Condition::all().add(confirmed),
    };
    taken(db, Condition::all().add(account::Column::EmailKey.eq(&email.key)).add(claimed), except).await
}

/// Whether somebody other than `except` bears the phone number.
pub(super) async fn phone_taken(
    db: &impl ConnectionTrait,
    phone: &str,
    except: Option<i64>,
) -> Result<bool, DatabaseError> {
    taken(db, Condition::all().add(account::Column::Phone.eq(phone)), except).await
}

async fn taken(db: &impl ConnectionTrait, bearing: Condition, except: Option<i64>) -> Result<bool, DatabaseError> {
    let mut query = account::Entity::find().select_only().column(account::Column::Id).filter(bearing);
    if let Some(id) = except {
        query = query.filter(account::Column::Id.ne(id));
    }
    Ok(query.into_tuple::<i64>().one(db).await?.is_some())
}
