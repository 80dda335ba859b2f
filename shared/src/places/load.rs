//! The places themselves: reading them, and loading those that ship with Kith.

use sea_orm::prelude::*;
use sea_orm::{ConnectionTrait, PaginatorTrait, QueryOrder, QuerySelect};
use serde_json::json;

use super::error::PlaceError;
use super::model::{City, PlacePart, Province};
use super::queries;
use crate::database::DatabaseError;
use crate::entities::{city, province};
use crate::jobs::{UnitOfWork, Writer};
use crate::page::Slice;

/// Rows written by one statement.
const BATCH: usize = 250;

/// A province to be loaded.
#[derive(Debug, Clone)]
pub struct NewProvince {
    /// Its number.
    pub id: i64,
    /// Its official name in Persian.
    pub name_fa: String,
    /// Its name in English, if it has one.
    pub name_en: Option<String>,
}

/// A city to be loaded.
#[derive(Debug, Clone)]
pub struct NewCity {
    /// Its number.
    pub id: i64,
    /// The number of its province.
    pub province_id: i64,
    /// Its official name in Persian.
    pub name_fa: String,
    /// Its name in English, if it has one.
    pub name_en: Option<String>,
}

/// How many places there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoadedPlaces {
    /// Provinces.
    pub provinces: u64,
    /// Cities.
    pub cities: u64,
}

/// Provinces and cities.
#[derive(Debug, Clone)]
pub struct Places {
    writer: Writer,
}

impl Places {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    /// All provinces, or the part of them that `slice` names, by number.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn provinces(&self, slice: Slice) -> Result<Vec<Province>, PlaceError> {
        let query = province::Entity::find().order_by_asc(province::Column::Id);
        let rows = sliced(query, slice).all(self.writer.database().reader()).await?;
        Ok(rows.into_iter().map(Province::from).collect())
    }

    /// The cities of every province or of one, or the part of them that `slice` names, by number.
    ///
    /// # Errors
    /// There is no such province.
    pub async fn cities(&self, province_id: Option<i64>, slice: Slice) -> Result<Vec<City>, PlaceError> {
        let db = self.writer.database().reader();
        let mut query = city::Entity::find().order_by_asc(city::Column::Id);
        if let Some(id) = province_id {
            if province::Entity::find_by_id(id).one(db).await?.is_none() {
                return Err(PlaceError::Unknown(PlacePart::Province));
            }
            query = query.filter(city::Column::ProvinceId.eq(id));
        }
        Ok(sliced(query, slice).all(db).await?.into_iter().map(City::from).collect())
    }

    /// The cities of the province that is called so, in either language.
    ///
    /// # Errors
    /// There is no such province.
    pub async fn cities_of(&self, province: &str, slice: Slice) -> Result<Vec<City>, PlaceError> {
        let found = queries::province(self.writer.database().reader(), province).await?;
        let (province, _) = found.ok_or(PlaceError::Unknown(PlacePart::Province))?;
        self.cities(Some(province.id), slice).await
    }

    /// Whether none are loaded.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn is_empty(&self) -> Result<bool, DatabaseError> {
        let first = province::Entity::find().select_only().column(province::Column::Id).into_tuple::<i64>();
        Ok(first.one(self.writer.database().reader()).await?.is_none())
    }

    /// Loads places, all or none; those that are there already are renewed, so that it may be repeated.
    /// `progress` hears how many rows are written, each time some are. Answers how many there are now.
    ///
    /// # Errors
    /// A city names a province that is not there; the database refuses.
    pub async fn load(
        &self,
        provinces: Vec<NewProvince>,
        cities: Vec<NewCity>,
        progress: impl Fn(u64) + Send,
    ) -> Result<LoadedPlaces, DatabaseError> {
        let work = self.writer.begin().await?;
        let provinces = provinces.into_iter().map(|row| {
            let NewProvince { id, name_fa, name_en } = row;
            json!({"id": id, "key_fa": queries::key(&name_fa), "key_en": name_en.as_deref().map(queries::key),
                   "name_fa": name_fa, "name_en": name_en})
        });
        let cities = cities.into_iter().map(|row| {
            let NewCity { id, province_id, name_fa, name_en } = row;
            json!({"id": id, "province_id": province_id, "key_fa": queries::key(&name_fa),
                   "key_en": name_en.as_deref().map(queries::key), "name_fa": name_fa, "name_en": name_en})
        });
        upsert(&work, "provinces", &[], provinces.collect(), &progress).await?;
        upsert(&work, "cities", &["province_id"], cities.collect(), &progress).await?;
        let loaded = LoadedPlaces {
            provinces: province::Entity::find().count(work.tx()).await?,
            cities: city::Entity::find().count(work.tx()).await?,
        };
        work.commit().await?;
        Ok(loaded)
    }
}

fn sliced<E: EntityTrait>(query: sea_orm::Select<E>, slice: Slice) -> sea_orm::Select<E> {
    let limit = slice.limit.map_or(i64::MAX.unsigned_abs(), u64::from);
    query.offset(u64::from(slice.offset)).limit(limit)
}

/// Writes rows, in batches, over those that have their numbers.
async fn upsert(
    work: &UnitOfWork,
    table: &str,
    more_columns: &[&str],
    rows: Vec<serde_json::Value>,
    progress: &(impl Fn(u64) + Send),
) -> Result<(), DatabaseError> {
    let engine = work.engine();
    let mut columns =
        vec![("id", "bigint"), ("name_fa", "text"), ("name_en", "text"), ("key_fa", "text"), ("key_en", "text")];
    columns.extend(more_columns.iter().map(|column| (*column, "bigint")));
    let names: Vec<_> = columns.iter().map(|(name, _)| *name).collect();
    let renewed: Vec<_> = names.iter().skip(1).map(|name| format!("{name} = excluded.{name}")).collect();
    let sql = format!(
        // Without a WHERE, SQLite takes ON for a join's.
        "INSERT INTO {table} ({}) SELECT {} FROM {} WHERE true ON CONFLICT (id) DO UPDATE SET {}",
        names.join(", "),
        names.iter().map(|name| format!("r.{name}")).collect::<Vec<_>>().join(", "),
        engine.rows("$1", &columns),
        renewed.join(", "),
    );
    for batch in rows.chunks(BATCH) {
        let values = [serde_json::Value::Array(batch.to_vec()).to_string().into()];
        work.tx().execute_raw(engine.statement(sql.clone(), values)).await?;
        progress(batch.len() as u64);
    }
    Ok(())
}
