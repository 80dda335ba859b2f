//! To whom a message goes, as this dialect names them.

use shared::Core;
use shared::accounts::{AccountError, Person};

/// Whoever bears the username; if nobody does, whoever has the id.
///
/// # Errors
/// Nobody, which is also what somebody in a block with the viewer looks like.
pub(super) async fn by_name_or_id(core: &Core, viewer_id: i64, name: &str) -> Result<Person, AccountError> {
    match (core.profiles.named(viewer_id, name).await, name.parse()) {
        (Err(AccountError::NotFound), Ok(id)) => core.profiles.person(viewer_id, id).await,
        (found, _) => found,
    }
}
