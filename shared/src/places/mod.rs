//! Places: provinces and cities, and the addresses that people keep in them.

mod addresses;
mod error;
mod load;
mod model;
mod queries;

pub use addresses::Addresses;
pub use error::PlaceError;
pub use load::{LoadedPlaces, NewCity, NewProvince, Places};
pub use model::{Address, AddressChange, City, Language, PlaceName, PlacePart, Province};
