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
/// of that one's schema. An answer that stands elsewhere in the document, by reference, stays as it is.
pub fn add_answer(operation: &mut Operation, status: &str, mark: &str, text: &str, content: (&str, &str)) {
    let (content_type, schema) = content;
    let schema = RefOr::Ref(Ref::from_schema_name(schema));
    match operation.responses.responses.get_mut(status) {
        Some(RefOr::T(response)) => {
            if !response.description.contains(mark) {
                response.description = format!("{}; {text}", response.description);
            }
            match response.content.get_mut(content_type) {
                Some(RefOr::T(Content { schema: Some(own), .. })) => add_alternative(own, schema),
                Some(_) => {} // whatever comes, or elsewhere
                None => {
                    let content = ContentBuilder::new().schema(Some(schema)).build();
                    response.content.insert(content_type.to_owned(), RefOr::T(content));
                }
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

#[cfg(test)]
#[expect(clippy::needless_pass_by_value, reason = "values are handed over as they are written")]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const PROBLEM: (&str, &str) = ("application/problem+json", "Problem");

    fn reference(name: &str) -> Value {
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    /// What an operation with the answer `before` under 409 answers there with `PROBLEM` for `taken`.
    fn added(before: Value) -> Value {
        let mut operation: Operation = serde_json::from_value(json!({"responses": {"409": before}})).expect("it reads");
        add_answer(&mut operation, "409", "`taken`", "`taken`: somebody has it", PROBLEM);
        serde_json::to_value(&operation).expect("JSON")["responses"]["409"].take()
    }

    fn of(description: &str, content: Value) -> Value {
        json!({"description": description, "content": content})
    }

    fn problem(schema: Value) -> Value {
        json!({PROBLEM.0: {"schema": schema}})
    }

    #[test]
    fn a_status_that_nobody_spoke_of_gets_an_answer() {
        let mut operation = Operation::new();
        add_answer(&mut operation, "409", "`taken`", "`taken`: somebody has it", PROBLEM);
        let whole = serde_json::to_value(&operation).expect("JSON");
        let answer = of("`taken`: somebody has it", problem(reference("Problem")));
        assert_eq!(whole["responses"], json!({"409": answer}));
    }

    #[test]
    fn a_text_is_added_once_and_a_body_that_is_there_stays() {
        let there = problem(reference("Problem"));
        let with = of("`gone`; `taken`: somebody has it", there.clone());
        assert_eq!(added(of("`gone`", there)), with);
        assert_eq!(added(with.clone()), with);
    }

    #[test]
    fn another_body_of_the_type_may_come_too() {
        let either = problem(json!({"anyOf": [reference("Own"), reference("Problem")]}));
        assert_eq!(added(of("`taken`", problem(reference("Own")))), of("`taken`", either.clone()));
        assert_eq!(added(of("`taken`", either.clone())), of("`taken`", either));
        let third = problem(json!({"anyOf": [reference("Own"), reference("Other")]}));
        let all = problem(json!({"anyOf": [reference("Own"), reference("Other"), reference("Problem")]}));
        assert_eq!(added(of("`taken`", third)), of("`taken`", all));
    }

    #[test]
    fn a_status_without_a_body_of_the_type_gets_one() {
        let bare = json!({"description": "`taken`"});
        assert_eq!(added(bare), of("`taken`", problem(reference("Problem"))));
        let text = json!({"text/plain": {"schema": {"type": "string"}}});
        let both = json!({"text/plain": {"schema": {"type": "string"}}, PROBLEM.0: {"schema": reference("Problem")}});
        assert_eq!(added(of("`taken`", text)), of("`taken`", both));
    }

    #[test]
    fn what_stands_elsewhere_stays() {
        let elsewhere = json!({"$ref": "#/components/responses/Taken"});
        assert_eq!(added(elsewhere.clone()), elsewhere);
    }
}
