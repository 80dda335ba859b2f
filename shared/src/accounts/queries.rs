//! Reads of accounts, and who bears what already.

use sea_orm::prelude::*;
use sea_orm::sea_query::LockType;
use sea_orm::{Condition, ConnectionTrait, QuerySelect};

use super::error::Unique;
use super::model::Person;
use super::names::{Email, Username};
use super::person::{person, person_columns};
use super::visibility::may_see;
use crate::database::{Database, DatabaseError, Engine};
use crate::entities::account;
use crate::jobs::UnitOfWork;
use crate::ports::clock::Timestamp;

/// Accounts that one name may mean at most: each costs a comparison of passwords.
const MOST_BEARERS: i64 = 5;

/// The accounts that `login` may mean: the bearer of the username; of an email, whoever confirmed it,
/// else active bearers, oldest first, and then those that wait for their activation, newest first. For an
/// unconfirmed claim keeps nobody out, and their passwords tell them apart.
pub(super) async fn bearers(database: &Database, login: &str) -> Result<Vec<account::Model>, DatabaseError> {
    if login.contains('\0') {
        return Ok(Vec::new());
    }
    if !login.contains('@') {
        let Some(key) = Username::key(login) else { return Ok(Vec::new()) };
        let query = account::Entity::find()
            .filter(account::Column::UsernameKey.eq(key))
            .filter(account::Column::DeletedAt.is_null());
        return Ok(query.all(database.reader()).await?);
    }
    let statement = database.engine().statement(
        "SELECT * FROM accounts WHERE email_key = $1
         ORDER BY CASE WHEN email_confirmed_at IS NOT NULL THEN 0 WHEN active THEN 1 ELSE 2 END,
             CASE WHEN active THEN id ELSE -id END LIMIT $2",
        [Email::key(login).into(), MOST_BEARERS.into()],
    );
    let mut found = account::Entity::find().from_raw_sql(statement).all(database.reader()).await?;
    if found.first().is_some_and(|account| account.email_confirmed_at.is_some()) {
        found.truncate(1);
    }
    Ok(found)
}

/// Who bears an email, as far as they are there for `viewer_id`: whoever confirmed it, else an active account.
pub(crate) async fn email_bearer(
    db: &impl ConnectionTrait,
    engine: Engine,
    viewer_id: i64,
    email: &str,
) -> Result<Option<Person>, DatabaseError> {
    if email.contains('\0') {
        return Ok(None);
    }
    let sql = format!(
        "SELECT {} FROM accounts a WHERE a.email_key = $2 AND {}
         ORDER BY CASE WHEN a.email_confirmed_at IS NULL THEN 1 ELSE 0 END, a.id LIMIT 1",
        person_columns("a", ""),
        may_see("$1", "a")
    );
    let row = db.query_one_raw(engine.statement(sql, [viewer_id.into(), Email::key(email).into()])).await?;
    Ok(row.map(|row| person(&row, "")).transpose()?)
}

pub(super) async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<account::Model>, DatabaseError> {
    Ok(account::Entity::find_by_id(id).one(db).await?)
}

/// The account; not one that its owner has deleted.
pub(super) async fn living(db: &impl ConnectionTrait, id: i64) -> Result<Option<account::Model>, DatabaseError> {
    Ok(account::Entity::find_by_id(id).filter(account::Column::DeletedAt.is_null()).one(db).await?)
}

/// The account, held until the transaction ends; not one that its owner has deleted. Rows that refer to it may be
/// written meanwhile: two transactions that hold an account each and refer to the other's do not wait for each other.
pub(crate) async fn hold(db: &impl ConnectionTrait, id: i64) -> Result<Option<account::Model>, DatabaseError> {
    let query = account::Entity::find_by_id(id).filter(account::Column::DeletedAt.is_null());
    Ok(query.lock(LockType::NoKeyUpdate).one(db).await?)
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

/// Takes an email from everybody who bears it unconfirmed, but for the account that confirms it.
pub(super) async fn take_email(db: &impl ConnectionTrait, key: Option<&str>, bearer: i64) -> Result<(), DatabaseError> {
    account::Entity::update_many()
        .col_expr(account::Column::EmailRefusedAt, Expr::value(None::<Timestamp>))
        .col_expr(account::Column::Email, Expr::value(None::<String>))
        .col_expr(account::Column::EmailKey, Expr::value(None::<String>))
        .col_expr(account::Column::EmailFolded, Expr::value(None::<String>))
        .filter(account::Column::EmailKey.eq(key))
        .filter(account::Column::EmailConfirmedAt.is_null())
        .filter(account::Column::Id.ne(bearer))
        .exec(db)
        .await?;
    Ok(())
}

/// Whether somebody other than `except` bears the username.
pub(super) async fn username_taken(
    db: &impl ConnectionTrait,
    key: &str,
    except: Option<i64>,
) -> Result<bool, DatabaseError> {
    taken(db, Condition::all().add(account::Column::UsernameKey.eq(key)), except).await
}

/// Whether somebody other than `except` has confirmed the email.
pub(super) async fn email_confirmed(db: &impl ConnectionTrait, key: &str, except: i64) -> Result<bool, DatabaseError> {
    let confirmed = account::Column::EmailConfirmedAt.is_not_null();
    taken(db, Condition::all().add(account::Column::EmailKey.eq(key)).add(confirmed), Some(except)).await
}

/// What an account is to bear alone.
#[derive(Debug, Default)]
pub(super) struct Claims<'a> {
    pub(super) username: Option<&'a Username>,
    pub(super) email: Option<(&'a Email, EmailClaim)>,
    pub(super) phone: Option<&'a str>,
}

impl Claims<'_> {
    /// Whether something is claimed at all.
    pub(super) fn any(&self) -> bool {
        self.username.is_some() || self.email.is_some() || self.phone.is_some()
    }

    /// Makes those wait who claim the same email or phone number, which no index keeps unique.
    pub(super) async fn lock(&self, work: &UnitOfWork) -> Result<(), DatabaseError> {
        if let Some((email, _)) = self.email {
            work.lock_word(&email.key).await?;
        }
        if let Some(phone) = self.phone {
            work.lock_word(phone).await?;
        }
        Ok(())
    }

    /// What of it somebody other than `except` bears.
    pub(super) async fn taken(
        &self,
        db: &impl ConnectionTrait,
        except: Option<i64>,
    ) -> Result<Vec<Unique>, DatabaseError> {
        let mut found = Vec::new();
        if let Some(username) = self.username
            && username_taken(db, &username.key, except).await?
        {
            found.push(Unique::Username);
        }
        if let Some((email, claim)) = self.email {
            let confirmed = account::Column::EmailConfirmedAt.is_not_null();
            let claimed = match claim {
                EmailClaim::Any => Condition::all(),
                EmailClaim::Usable => Condition::any().add(confirmed).add(account::Column::Active.eq(true)),
                EmailClaim::Confirmed => Condition::all().add(confirmed),
            };
            let bearing = Condition::all().add(account::Column::EmailKey.eq(&email.key)).add(claimed);
            if taken(db, bearing, except).await? {
                found.push(Unique::Email);
            }
        }
        if let Some(phone) = self.phone
            && taken(db, Condition::all().add(account::Column::Phone.eq(phone)), except).await?
        {
            found.push(Unique::Phone);
        }
        Ok(found)
    }
}

async fn taken(db: &impl ConnectionTrait, bearing: Condition, except: Option<i64>) -> Result<bool, DatabaseError> {
    let mut query = account::Entity::find().select_only().column(account::Column::Id).filter(bearing);
    if let Some(id) = except {
        query = query.filter(account::Column::Id.ne(id));
    }
    Ok(query.into_tuple::<i64>().one(db).await?.is_some())
}
