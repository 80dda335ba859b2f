//! Places: provinces and cities, and the addresses that people keep in them.

mod addresses;
mod error;
mod load;
mod model;
mod queries;
mod resolve;

pub use addresses::Addresses;
pub use error::PlaceError;
pub use load::{LoadedPlaces, NewCity, NewProvince, Places};
pub use model::{Address, AddressChange, City, Language, Place, PlaceName, PlacePart, Province};
pub(crate) use queries::{cities as cities_named, province as province_named};
pub(crate) use resolve::{Whereabouts, place, place_columns, place_joins};
