//! Sessions: sign in, refresh, list, revoke.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::accounts::{NewSession, SessionView, SignIn, Tokens};
use utoipa::ToSchema;

use super::accounts::AccountBody;
use crate::App;
use crate::http::{Authenticated, Body, PageBody, PathId, Problem, ProblemBody, user_agent};

/// A pair of tokens.
#[derive(Serialize, ToSchema)]
pub struct TokensBody {
    /// Speaks for the account, in `Authorization: Bearer …`.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Seconds that the access token lives.
    expires_in: i64,
    /// Gets the next pair, once.
    refresh_token: String,
    /// The session.
    session_id: i64,
}

impl From<Tokens> for TokensBody {
    fn from(tokens: Tokens) -> Self {
        Self {
            access_token: tokens.access,
            token_type: "Bearer",
            expires_in: tokens.access_seconds,
            refresh_token: tokens.refresh,
            session_id: tokens.session_id,
        }
    }
}

/// A session that begins.
#[derive(Serialize, ToSchema)]
pub struct SignedInBody {
    /// Its tokens.
    #[serde(flatten)]
    tokens: TokensBody,
    /// Whose it is.
    account: AccountBody,
}

impl From<NewSession> for SignedInBody {
    fn from(session: NewSession) -> Self {
        Self { tokens: session.tokens.into(), account: session.account.into() }
    }
}

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInBody {
    /// A username or an email.
    login: String,
    /// The password.
    password: String,
}

/// Sign in.
#[utoipa::path(
    post, path = "/api/v1/sessions", tag = "sessions", operation_id = "signIn", request_body = SignInBody,
    responses(
        (status = 201, description = "The session", body = SignedInBody),
        (status = 401, description = "`wrong_credentials`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`not_active`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`too_many`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    Body(SignInBody { login, password }): Body<SignInBody>,
) -> Result<(StatusCode, Json<SignedInBody>), Problem> {
    let user_agent = user_agent(&headers);
    let session = app.core.sessions.sign_in(SignIn { login, password, user_agent, by_confirmed_email: false }).await?;
    Ok((StatusCode::CREATED, Json(session.into())))
}

/// A refresh token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshBody {
    /// The newest of the session.
    refresh_token: String,
}

/// Trade the newest refresh token for a new pair.
///
/// Each refresh token works once. The one before the newest is answered with the newest again for
/// ten seconds (two tabs); any older one ends the session.
#[utoipa::path(
    post, path = "/api/v1/sessions/refresh", tag = "sessions", operation_id = "refresh", request_body = RefreshBody,
    responses(
        (status = 200, description = "The new pair", body = TokensBody),
        (status = 401, description = "`invalid_token`, `token_reused`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn refresh(
    State(app): State<App>,
    Body(body): Body<RefreshBody>,
) -> Result<Json<TokensBody>, Problem> {
    Ok(Json(app.core.sessions.refresh(&body.refresh_token).await?.into()))
}

/// A session.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionBody {
    /// Its number.
    id: i64,
    /// Whether it is the one that asks.
    current: bool,
    /// When it began.
    created_at: DateTime<Utc>,
    /// When it was last refreshed.
    refreshed_at: DateTime<Utc>,
    /// When it ends at the latest.
    expires_at: DateTime<Utc>,
    /// What the client called itself.
    user_agent: Option<String>,
}

impl SessionBody {
    /// As the session `current` shows it.
    pub(super) fn new(session: SessionView, current: i64) -> Self {
        Self {
            id: session.id,
            current: session.id == current,
            created_at: session.created_at,
            refreshed_at: session.refreshed_at,
            expires_at: session.expires_at,
            user_agent: session.user_agent,
        }
    }
}

/// List one's live sessions.
#[utoipa::path(
    get, path = "/api/v1/sessions", tag = "sessions", operation_id = "listSessions", security(("access_token" = [])),
    responses(
        (status = 200, description = "All of them, newest first", body = PageBody<SessionBody>),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
) -> Result<Json<PageBody<SessionBody>>, Problem> {
    let sessions = app.core.sessions.list(caller.account_id).await?;
    let body = |session: SessionView| SessionBody::new(session, caller.session_id);
    Ok(Json(PageBody::new(sessions.into_iter().map(body).collect(), None)))
}

/// End one of one's sessions: its tokens and its sockets end with it.
#[utoipa::path(
    delete, path = "/api/v1/sessions/{id}", tag = "sessions", operation_id = "revokeSession", security(("access_token" = [])),
    params(("id" = i64, Path, description = "The session")),
    responses(
        (status = 204, description = "It has ended"),
    )
)]
pub(super) async fn revoke(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    app.core.sessions.end(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign out: end the session that asks.
#[utoipa::path(
    delete, path = "/api/v1/sessions/current", tag = "sessions", operation_id = "signOut", security(("access_token" = [])),
    responses(
        (status = 204, description = "It has ended"),
    )
)]
pub(super) async fn revoke_current(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
) -> Result<StatusCode, Problem> {
    app.core.sessions.end(caller.account_id, caller.session_id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How many sessions ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevokedBody {
    /// The number.
    revoked: usize,
}

/// End all of one's sessions but the one that asks.
#[utoipa::path(
    post, path = "/api/v1/sessions/revoke-others", tag = "sessions", operation_id = "revokeOtherSessions", security(("access_token" = [])),
    responses(
        (status = 200, description = "How many", body = RevokedBody),
    )
)]
pub(super) async fn revoke_others(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
) -> Result<Json<RevokedBody>, Problem> {
    Ok(Json(RevokedBody { revoked: app.core.sessions.end_others(&caller).await? }))
}
