//! What can go wrong with places.

use super::model::PlacePart;
use crate::database::DatabaseError;
use crate::fields::FieldErrors;

/// Why an address can't be read or set.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// Input that does not fit.
    #[error(transparent)]
    Invalid(#[from] FieldErrors),
    /// There is no such place, or no such city in the province.
    #[error("there is no such {}", match .0 { PlacePart::Province => "province", PlacePart::City => "city" })]
    Unknown(PlacePart),
    /// The city lies in another province.
    #[error("the city does not lie in the province")]
    Apart,
    /// No such address among the caller's.
    #[error("no such address")]
    NotFound,
    /// The caller's own account has ended since they showed who they are.
    #[error("the account has ended")]
    Ended,
    /// The account keeps as many addresses as one may.
    #[error("an account can keep at most {0} addresses")]
    TooMany(u64),
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sea_orm::DbErr> for PlaceError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}
