//! People as others see them.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use shared::accounts::{Criterion, PeopleQuery, Person, SearchedField};
use shared::media::public_path;
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::http::{Authenticated, Cursor, PageBody, PageParameters, Parameters, PathId, Problem};

/// A person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonBody {
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
    /// The path of a picture, to be put behind the address of this API.
    #[schema(example = "/media/avatars/0123456789abcdef0123456789abcdef.jpg")]
    pub avatar: Option<String>,
}

impl From<Person> for PersonBody {
    fn from(person: Person) -> Self {
        let Person { id, username, full_name, company_name, industry, avatar, .. } = person;
        Self { id, username, full_name, company_name, industry, avatar: avatar.as_deref().map(public_path) }
    }
}

/// Who did something.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ActorBody {
    /// The account.
    pub id: i64,
    /// Its name.
    pub username: String,
    /// The person's name.
    pub full_name: Option<String>,
    /// The path of a picture, to be put behind the address of this API.
    #[schema(example = "/media/avatars/0123456789abcdef0123456789abcdef.jpg")]
    pub avatar: Option<String>,
}

impl From<Person> for ActorBody {
    fn from(Person { id, username, full_name, avatar, .. }: Person) -> Self {
        Self { id, username, full_name, avatar: avatar.as_deref().map(public_path) }
    }
}

/// Whom to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SearchParameters {
    /// A part of a name, a username or a company; case, accents and letter forms do not count.
    #[serde(default)]
    q: String,
    /// The `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many, 1 to 100; by default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// Search people. Whoever is in a block with the caller is not there.
#[utoipa::path(
    get, path = "/api/v1/users", tag = "users", operation_id = "searchUsers", security(("access_token" = [])),
    params(SearchParameters),
    responses(
        (status = 200, description = "People, newest account first", body = PageBody<PersonBody>),
    )
)]
pub(super) async fn search(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(parameters): Parameters<SearchParameters>,
) -> Result<Json<PageBody<PersonBody>>, Problem> {
    let span = PageParameters::new(parameters.cursor, parameters.limit).span()?;
    let fields = &[SearchedField::Name, SearchedField::Company];
    let criteria = &[Criterion { parameter: "q", fields, text: &parameters.q }];
    let query = PeopleQuery { criteria, viewer_too: false };
    let page = app.core.profiles.search(caller.account_id, query, span).await?;
    Ok(Json(PageBody::of(page)))
}

/// One person.
#[utoipa::path(
    get, path = "/api/v1/users/{id}", tag = "users", operation_id = "getUser", security(("access_token" = [])),
    params(("id" = i64, Path, description = "The account")),
    responses(
        (status = 200, description = "The person", body = PersonBody),
    )
)]
pub(super) async fn find(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<PersonBody>, Problem> {
    Ok(Json(app.core.profiles.person(caller.account_id, id).await?.into()))
}
