//! Signing in: the credentials, and the session that begins.

use chrono::TimeDelta;
use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::{Sessions, Tokens};
use crate::accounts::error::SessionError;
use crate::accounts::model::Account;
use crate::accounts::password::LONGEST_CREDENTIAL;
use crate::accounts::tokens::{Grant, TokenKind};
use crate::accounts::{links, queries};
use crate::database::DatabaseError;
use crate::entities::{account, session};
use crate::fields::FieldErrors;
use crate::jobs::UnitOfWork;
use crate::ports::rate_limits::TooMany;

/// The longest user agent that is kept, in characters.
const LONGEST_USER_AGENT: usize = 300;

/// What somebody signs in with.
#[derive(Clone)]
pub struct SignIn {
    /// A username or an email.
    pub login: String,
    /// The password.
    pub password: String,
    /// What the client calls itself.
    pub user_agent: Option<String>,
    /// Whether accounts sign in by their email here, and only once it is confirmed.
    pub by_confirmed_email: bool,
}

impl SignIn {
    /// Refuses what no account can have, before it costs anything.
    fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        for (field, value) in [("login", &self.login), ("password", &self.password)] {
            if value.chars().count() > LONGEST_CREDENTIAL {
                errors.add(field, format!("Ensure this field has no more than {LONGEST_CREDENTIAL} characters."));
            }
        }
        errors.check()
    }
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignIn").finish_non_exhaustive()
    }
}

/// A session that begins.
#[derive(Debug)]
pub struct NewSession {
    /// The account.
    pub account: Account,
    /// Its tokens.
    pub tokens: Tokens,
}

/// A session of a dialect that begins: its tokens do not rotate, and live until it ends.
#[derive(Clone)]
pub struct DialectSession {
    /// The account.
    pub account: Account,
    /// Speaks for the account.
    pub access: String,
    /// Gets access tokens, for as long as the session lives.
    pub refresh: String,
    /// Speaks for the account, and gets the next of its kind.
    pub sliding: String,
    /// Opens the sockets of a dialect that takes a cookie, and nothing else.
    pub cookie: String,
    /// Seconds that the session lives.
    pub seconds: i64,
}

impl std::fmt::Debug for DialectSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DialectSession").field("account", &self.account.id).finish_non_exhaustive()
    }
}

/// What a session is held by.
pub(super) enum Surface {
    /// Refresh tokens that rotate.
    V1,
    /// Refresh tokens that do not.
    Dialect,
    /// One key, of which this is the hash.
    Key(String),
}

impl Surface {
    /// The word in the database.
    const fn as_str(&self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::Dialect => "dialect",
            Self::Key(_) => "key",
        }
    }
}

impl Sessions {
    /// Signs in by username or email, to a session whose refresh tokens rotate. An unknown name costs
    /// what a known one does.
    ///
    /// # Errors
    /// Wrong name or password; an account that is not active; too often; too many at once.
    pub async fn sign_in(&self, sign_in: SignIn) -> Result<NewSession, SessionError> {
        let account = self.verify(&sign_in).await?;
        let work = self.writer.begin().await?;
        still_holds(&work, &account).await?;
        let hidden = account.presence_hidden;
        let session = self.open_in(&work, account, sign_in.user_agent).await?;
        work.commit().await?;
        self.presence.saw(session.account.id, hidden).await;
        Ok(session)
    }

    /// Begins a session whose refresh tokens rotate, within the caller's work.
    pub(in crate::accounts) async fn open_in(
        &self,
        work: &UnitOfWork,
        account: account::Model,
        user_agent: Option<String>,
    ) -> Result<NewSession, SessionError> {
        let row = insert(work, account.id, user_agent, Surface::V1, self.lifetimes.session).await?;
        let tokens = self.tokens(&row, row.created_at)?;
        Ok(NewSession { account: account.into(), tokens })
    }

    /// The same, to a session of a dialect.
    ///
    /// # Errors
    /// As for [`Self::sign_in`].
    pub async fn sign_in_to_dialect(&self, sign_in: SignIn) -> Result<DialectSession, SessionError> {
        let account = self.verify(&sign_in).await?;
        let lifetimes = &self.lifetimes;
        let seconds = lifetimes.dialect_session;
        let work = self.writer.begin().await?;
        still_holds(&work, &account).await?;
        let row = insert(&work, account.id, sign_in.user_agent, Surface::Dialect, seconds).await?;
        work.commit().await?;
        self.presence.saw(account.id, account.presence_hidden).await;
        let now = row.created_at;
        let sign = |kind, seconds| self.sign(Grant::new(kind, row.account_id, row.id), now, seconds);
        Ok(DialectSession {
            access: sign(TokenKind::Access, lifetimes.access)?,
            refresh: sign(TokenKind::DialectRefresh, seconds)?,
            sliding: self.sliding(
                row.account_id,
                row.id,
                (now + TimeDelta::seconds(lifetimes.sliding_refresh)).timestamp(),
                now,
            )?,
            cookie: sign(TokenKind::Cookie, seconds)?,
            seconds,
            account: account.into(),
        })
    }

    /// The account of the name and password, if it may sign in. One that waits for its activation is sent
    /// a new mail: its owner has come back for it.
    pub(super) async fn verify(&self, sign_in: &SignIn) -> Result<account::Model, SessionError> {
        sign_in.check()?;
        let mut found = queries::bearers(self.writer.database(), &sign_in.login).await?;
        if sign_in.by_confirmed_email && !sign_in.login.contains('@') {
            found.clear();
        }
        // One count for an account whichever of its names is used, and for a name that nobody bears.
        // Where several claim one email, their claims are no more attempts.
        let counted = match &found[..] {
            [account] => account.id.to_string(),
            _ => sign_in.login.trim().to_lowercase(),
        };
        self.count_attempt(&counted).await?;
        let account = self.owner(found, &sign_in.password).await?.ok_or(SessionError::WrongCredentials)?;
        let confirmed = account.email_confirmed_at.is_some() || !sign_in.by_confirmed_email;
        if account.active && confirmed {
            return Ok(account);
        }
        self.links.remind(&account).await?;
        Err(SessionError::NotActive { refused: account.email_refused_at.is_some() })
    }

    /// Counts one more attempt at a password, by the account's number, or by the name that nobody bears.
    pub(in crate::accounts) async fn count_attempt(&self, name: &str) -> Result<(), TooMany> {
        let key = format!("sign-in:{}", links::hashed(name));
        self.limiter.count(&key, self.sign_ins_a_minute).await
    }

    /// Whose the password is, unless they are suspended. It costs the same when nobody bears the name.
    async fn owner(&self, found: Vec<account::Model>, password: &str) -> Result<Option<account::Model>, SessionError> {
        if found.is_empty() {
            self.passwords.verify(password.to_owned(), None).await?;
        }
        for account in found {
            let hash = Some(account.password_hash.clone());
            if self.passwords.verify(password.to_owned(), hash).await? {
                return Ok(Some(account).filter(|account| account.suspended_at.is_none()));
            }
        }
        Ok(None)
    }
}

/// Refuses a sign-in whose password was changed while it was compared: that change has ended every
/// session, and this one would come after it.
pub(super) async fn still_holds(work: &UnitOfWork, account: &account::Model) -> Result<(), SessionError> {
    let sql = format!("SELECT password_hash FROM accounts WHERE id = $1 {}", work.engine().postgres_only("FOR SHARE"));
    let row = work.tx().query_one_raw(work.engine().statement(sql, [account.id.into()])).await?;
    let hash: String = row.ok_or(SessionError::WrongCredentials)?.try_get("", "password_hash")?;
    if hash == account.password_hash { Ok(()) } else { Err(SessionError::WrongCredentials) }
}

pub(super) async fn insert(
    work: &UnitOfWork,
    account_id: i64,
    user_agent: Option<String>,
    surface: Surface,
    seconds: i64,
) -> Result<session::Model, DatabaseError> {
    let now = work.now();
    let user_agent =
        user_agent.map(|name| name.chars().filter(|c| !c.is_control()).take(LONGEST_USER_AGENT).collect::<String>());
    let word = surface.as_str().to_owned();
    let key_hash = if let Surface::Key(hash) = surface { Some(hash) } else { None };
    let row = session::ActiveModel {
        account_id: Set(account_id),
        surface: Set(word),
        key_hash: Set(key_hash),
        generation: Set(1),
        rotated_at: Set(now),
        created_at: Set(now),
        expires_at: Set(now + TimeDelta::seconds(seconds)),
        user_agent: Set(user_agent),
        ..Default::default()
    };
    Ok(row.insert(work.tx()).await?)
}
