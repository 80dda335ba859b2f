//! The places that ship with Kith: Iran's provinces and cities, as CSV with a header line.

/// `id,name_fa,name_en`: 31 provinces.
pub const PROVINCES: &str = include_str!("../data/iran/provinces.csv");
/// `id,province_id,name_fa,name_en`: 1,353 cities, few of them with an English name.
pub const CITIES: &str = include_str!("../data/iran/cities.csv");
