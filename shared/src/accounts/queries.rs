//! Reads of accounts.

use sea_orm::prelude::*;
use sea_orm::{ConnectionTrait, QuerySelect};

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

/// Whether somebody other than `except` bears the username.
pub(super) async fn username_taken(
    db: &impl ConnectionTrait,
    key: &str,
    except: Option<i64>,
) -> Result<bool, DatabaseError> {
    let mut query =
        account::Entity::find().select_only().column(account::Column::Id).filter(account::Column::UsernameKey.eq(key));
    if let Some(id) = except {
        query = query.filter(account::Column::Id.ne(id));
    }
    Ok(query.into_tuple::<i64>().one(db).await?.is_some())
}
