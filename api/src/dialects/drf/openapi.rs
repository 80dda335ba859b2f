//! What holds for every operation of every dialect, in the OpenAPI document: bodies by JSON and by form, errors,
//! tokens.

use utoipa::PartialSchema;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Components, KnownFormat, ObjectBuilder, OpenApi, RefOr, Required, Schema, SchemaFormat, Type};

use super::error::{BadRequestBody, DetailBody, FieldErrorsBody};
use crate::http::{Kind, add_answer, each_operation};

/// The name under which operations ask for a token: `security(("token" = []))`.
const TOKEN: &str = "token";
/// The name of v1's, whose access tokens dialects take too.
const ACCESS_TOKEN: &str = "access_token";

const JSON: &str = "application/json";
/// What fields may come as beside JSON.
const FORMS: [&str; 2] = ["application/x-www-form-urlencoded", "multipart/form-data"];

/// An error that follows from an operation's kind: its status, meaning, and the schema of its body.
type Expected = (&'static str, &'static str, &'static str);

const DETAIL: &str = "drf.Detail";
const FIELD_ERRORS: &str = "drf.FieldErrors";
const BAD_REQUEST: &str = "drf.BadRequest";

/// Of every operation that asks for a token.
const WITH_TOKEN: [Expected; 1] = [("401", "no token, or one that is not valid", DETAIL)];
/// Of every change by an account.
const CHANGING: [Expected; 1] = [("429", "too often; `Retry-After` says when", DETAIL)];
/// Of every operation with a body.
const WITH_BODY: [Expected; 3] = [
    ("400", "what does not fit, by field; or a `detail` that says why the body can't be read", BAD_REQUEST),
    ("413", "the body has more than 1 MiB", DETAIL),
    ("415", "the body is of another type", DETAIL),
];
/// Of every operation with query parameters.
const WITH_QUERY: [Expected; 1] = [("400", "parameters that do not fit, by name", BAD_REQUEST)];
/// Of every operation that names a thing.
const WITH_PATH: [Expected; 1] = [("404", "there is no such thing, or not for the caller to see", DETAIL)];
/// Of all.
const ALWAYS: [Expected; 1] = [("503", "too much to do; `Retry-After` says when", DETAIL)];

/// Adds what the handlers do not say.
pub(in crate::dialects) fn complete(document: &mut OpenApi) {
    let components = document.components.get_or_insert_with(Components::new);
    let schemas = [
        (DETAIL, DetailBody::schema()),
        (FIELD_ERRORS, FieldErrorsBody::schema()),
        (BAD_REQUEST, BadRequestBody::schema()),
    ];
    components.schemas.extend(schemas.map(|(name, schema)| (name.to_owned(), schema)));
    let scheme = Http::builder()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some(
            "An access token, a sliding token or a key of any dialect, behind `Bearer` or `Token`. Where operations \
             take it, they take v1's access tokens too.",
        ))
        .build();
    components.add_security_scheme(TOKEN, SecurityScheme::Http(scheme));
    each_operation(document, |operation, kind| {
        by_form_too(operation);
        by_either_token(operation);
        expect(operation, kind);
    });
}

fn by_form_too(operation: &mut Operation) {
    let Some(RefOr::T(body)) = &mut operation.request_body else { return };
    let Some(content) = body.content.get(JSON).cloned() else { return };
    body.content.extend(FORMS.map(|form| (form.to_owned(), content.clone())));
}

fn by_either_token(operation: &mut Operation) {
    if let Some(security) = &mut operation.security
        && security.iter().any(|one| *one != SecurityRequirement::default())
    {
        security.push(SecurityRequirement::new::<_, [&str; 0], &str>(ACCESS_TOKEN, []));
    }
}

/// Adds the errors of the operation's kind.
fn expect(operation: &mut Operation, kind: Kind) {
    let kinds: [(bool, &[Expected]); 6] = [
        (kind.token, &WITH_TOKEN),
        (kind.token && kind.changes, &CHANGING),
        (operation.request_body.is_some(), &WITH_BODY),
        (kind.query, &WITH_QUERY),
        (kind.path, &WITH_PATH),
        (true, &ALWAYS),
    ];
    for (status, meaning, schema) in kinds.into_iter().filter(|(holds, _)| *holds).flat_map(|(_, expected)| expected) {
        add_answer(operation, status, meaning, meaning, (JSON, schema));
    }
}

/// `limit` and `offset`.
pub(super) fn of_lists(limit: &str) -> Vec<Parameter> {
    [("limit", 1, limit), ("offset", 0, "How many rows to pass over.")].map(parameter).to_vec()
}

fn parameter((name, least, about): (&str, u32, &str)) -> Parameter {
    let number = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
        .minimum(Some(least));
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(Schema::from(number)))
        .build()
}

/// A text of a format.
pub(super) fn text_of(format: KnownFormat) -> RefOr<Schema> {
    let text = ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(format)));
    RefOr::T(Schema::from(text))
}
