//! Completing the descriptions of operations: which errors follow from what an operation takes.

use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{Operation, ParameterIn, PathItem};
use utoipa::openapi::request_body::RequestBody;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::AnyOfBuilder;
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Schema};

/// What of an operation decides which errors it may answer.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct Kind {
    /// It asks for a token.
    pub token: bool,
    /// It takes a token, and goes without one.
    pub optional_token: bool,
    /// It changes something.
    pub changes: bool,
    /// It takes a body of JSON; a picture's errors are its operation's own.
    pub json: bool,
    /// It takes query parameters.
    pub query: bool,
    /// Its path names a thing.
    pub path: bool,
}

impl Kind {
    fn of(operation: &Operation, changes: bool) -> Self {
        let takes = |place: &ParameterIn| {
            let parameters = operation.parameters.iter().flatten();
            parameters
                .filter_map(|one| if let RefOr::T(one) = one { Some(one) } else { None })
                .any(|one| one.parameter_in == *place)
        };
        let security = operation.security.as_deref().unwrap_or_default();
        let optional_token = security.contains(&SecurityRequirement::default());
        Self {
            token: !security.is_empty() && !optional_token,
            optional_token,
            changes,
            json: operation.request_body.as_ref().is_some_and(is_json),
            query: takes(&ParameterIn::Query),
            path: takes(&ParameterIn::Path),
        }
    }
}

fn is_json(body: &RefOr<RequestBody>) -> bool {
    if let RefOr::T(body) = body { body.content.contains_key("application/json") } else { true }
}

/// Calls `complete` with each operation of a document and its kind.
pub fn each_operation(document: &mut OpenApi, mut complete: impl FnMut(&mut Operation, Kind)) {
    for item in document.paths.paths.values_mut() {
        let PathItem { get, put, post, delete, patch, .. } = item;
        let changing = [put, post, delete, patch].into_iter().flatten().map(|operation| (operation, true));
        for (operation, changes) in get.iter_mut().map(|operation| (operation, false)).chain(changing) {
            let kind = Kind::of(operation, changes);
            complete(operation, kind);
        }
    }
}

/// Adds an answer to an operation, or to the one of that status its text, unless `mark` (the part of the text that
/// names it) is there already, and its body as another that may come. `content` is the type of its body, and the name
/// of that one's schema.
pub fn add_answer(operation: &mut Operation, status: &str, mark: &str, text: &str, content: (&str, &str)) {
    let (content_type, schema) = content;
    let schema = RefOr::Ref(Ref::from_schema_name(schema));
    match operation.responses.responses.get_mut(status) {
        Some(RefOr::T(response)) => {
            if !response.description.contains(mark) {
                response.description = format!("{}; {text}", response.description);
            }
            if let Some(RefOr::T(Content { schema: Some(own), .. })) = response.content.get_mut(content_type) {
                add_alternative(own, schema);
            }
        }
        Some(RefOr::Ref(_)) => {}
        None => {
            let content = ContentBuilder::new().schema(Some(schema)).build();
            let response = ResponseBuilder::new().description(text).content(content_type, content).build();
            operation.responses.responses.insert(status.to_owned(), RefOr::T(response));
        }
    }
}

/// Makes a schema one that takes what `other` takes too.
fn add_alternative(schema: &mut RefOr<Schema>, other: RefOr<Schema>) {
    match schema {
        same if *same == other => {}
        RefOr::T(Schema::AnyOf(any)) => {
            if !any.items.contains(&other) {
                any.items.push(other);
            }
        }
        own => {
            let any = AnyOfBuilder::new().item(own.clone()).item(other);
            *own = RefOr::T(Schema::AnyOf(any.build()));
        }
    }
}
