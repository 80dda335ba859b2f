//! Where something is: a province, and a city in it, by their names or by the city's number.

use sea_orm::prelude::*;
use sea_orm::{ConnectionTrait, QueryResult};

use super::error::PlaceError;
use super::model::{City, Language, Place, PlaceName, PlacePart, Province};
use super::queries;
use crate::entities::city;

/// A city and its province, each with the language in which it was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Whereabouts {
    pub(crate) province: (i64, Language),
    pub(crate) city: (i64, Language),
}

impl Whereabouts {
    /// By the names of a province and of a city in it.
    pub(crate) async fn named(db: &impl ConnectionTrait, province: &str, city: &str) -> Result<Self, PlaceError> {
        let found = queries::province(db, province).await?;
        let (province, language) = found.ok_or(PlaceError::Unknown(PlacePart::Province))?;
        let cities = queries::cities(db, city).await?;
        let found = cities.into_iter().find(|(city, _)| city.province_id == province.id);
        let (city, city_language) = found.ok_or(PlaceError::Unknown(PlacePart::City))?;
        Ok(Self { province: (province.id, language), city: (city.id, city_language) })
    }

    /// By the number of a city; the languages are the official one.
    pub(crate) async fn of_city(db: &impl ConnectionTrait, city_id: i64) -> Result<Self, PlaceError> {
        let city = city::Entity::find_by_id(city_id).one(db).await?;
        let city = city.ok_or(PlaceError::Unknown(PlacePart::City))?;
        Ok(Self { province: (city.province_id, Language::Persian), city: (city.id, Language::Persian) })
    }

    /// What comes of naming another province, another city, or both. A name that nothing bears is an error where
    /// `known` is asked for, and else leaves what is there.
    pub(crate) async fn moved(
        self,
        db: &impl ConnectionTrait,
        province: Option<&str>,
        city: Option<&str>,
        known: bool,
    ) -> Result<Self, PlaceError> {
        let mut places = self;
        if let Some(name) = province {
            match queries::province(db, name).await? {
                Some((province, language)) => places.province = (province.id, language),
                None if known => return Err(PlaceError::Unknown(PlacePart::Province)),
                None => {}
            }
        }
        let named = match city {
            Some(name) => queries::cities(db, name).await?,
            None => Vec::new(),
        };
        if known && named.is_empty() && city.is_some() {
            return Err(PlaceError::Unknown(PlacePart::City));
        }
        if let Some((city, language)) = named.iter().find(|(city, _)| city.province_id == places.province.0) {
            places.city = (city.id, *language);
        } else if !named.is_empty() {
            return Err(PlaceError::Apart);
        } else if places.province.0 != self.province.0 {
            return Err(PlaceError::Apart); // the city that stays lies in the old province
        }
        Ok(places)
    }
}

/// What [`place`] reads: of a row `alias` with the two numbers and languages, of its province `p` and its city `c`.
pub(crate) fn place_columns(alias: &str) -> String {
    format!(
        "{alias}.province_id, {alias}.city_id, {alias}.province_language, {alias}.city_language,
         p.name_fa AS province_fa, p.name_en AS province_en, c.name_fa AS city_fa, c.name_en AS city_en"
    )
}

/// The joins that [`place_columns`] needs.
pub(crate) fn place_joins(alias: &str) -> String {
    format!("JOIN provinces p ON p.id = {alias}.province_id JOIN cities c ON c.id = {alias}.city_id")
}

/// Reads where something is from [`place_columns`].
pub(crate) fn place(row: &QueryResult) -> Result<Place, DbErr> {
    let name = |persian: &str, english: &str| {
        Ok::<_, DbErr>(PlaceName { persian: row.try_get("", persian)?, english: row.try_get("", english)? })
    };
    let language = |column: &str| Ok::<_, DbErr>(Language::parse(&row.try_get::<String>("", column)?));
    let province_id = row.try_get("", "province_id")?;
    Ok(Place {
        province: Province { id: province_id, name: name("province_fa", "province_en")? },
        province_language: language("province_language")?,
        city: City { id: row.try_get("", "city_id")?, province_id, name: name("city_fa", "city_en")? },
        city_language: language("city_language")?,
    })
}
