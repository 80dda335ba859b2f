//! The addresses that people keep.

use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait, IntoActiveModel, PaginatorTrait, QueryResult, QuerySelect};

use super::error::PlaceError;
use super::model::{Address, AddressChange, City, Language, PlaceName, PlacePart, Province};
use super::queries;
use crate::accounts::hold_account;
use crate::entities::{address, city};
use crate::fields::FieldErrors;
use crate::jobs::{UnitOfWork, Writer};
use crate::page::Slice;

/// Addresses that an account keeps at most.
const MOST: u64 = 100;

/// Reads and changes addresses. Another's looks as if it were not there.
#[derive(Debug, Clone)]
pub struct Addresses {
    writer: Writer,
}

/// Where an address is to be.
struct Places {
    province: (i64, Language),
    city: (i64, Language),
}

impl Addresses {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    /// An account's addresses, oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(&self, account_id: i64, slice: Slice) -> Result<Vec<Address>, PlaceError> {
        let sql = format!("{SELECTED} WHERE a.account_id = $1 ORDER BY a.id LIMIT $2 OFFSET $3");
        let values = [account_id.into()].into_iter().chain(slice.values());
        let statement = self.writer.engine().statement(sql, values);
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
    }

    /// One of an account's addresses.
    ///
    /// # Errors
    /// It has no such address.
    pub async fn find(&self, account_id: i64, id: i64) -> Result<Address, PlaceError> {
        self.read(self.writer.database().reader(), account_id, id).await
    }

    async fn read(&self, db: &impl ConnectionTrait, account_id: i64, id: i64) -> Result<Address, PlaceError> {
        let sql = format!("{SELECTED} WHERE a.id = $1 AND a.account_id = $2");
        let statement = self.writer.engine().statement(sql, [id.into(), account_id.into()]);
        let row = db.query_one_raw(statement).await?.ok_or(PlaceError::NotFound)?;
        Ok(read(&row)?)
    }

    /// Makes an address by the names of its province and of a city in it.
    ///
    /// # Errors
    /// A name is missing, or nothing is called so; the account keeps too many.
    pub async fn create(&self, account_id: i64, new: AddressChange) -> Result<Address, PlaceError> {
        let mut errors = FieldErrors::default();
        for (field, name) in [("province", &new.province), ("city", &new.city)] {
            if name.is_none() {
                errors.add(field, "This field is required.");
            }
        }
        new.faults.beside(errors).check()?;
        let db = self.writer.database().reader();
        let found = queries::province(db, new.province.as_deref().unwrap_or_default()).await?;
        let (province, province_language) = found.ok_or(PlaceError::Unknown(PlacePart::Province))?;
        let cities = queries::cities(db, new.city.as_deref().unwrap_or_default()).await?;
        let found = cities.into_iter().find(|(city, _)| city.province_id == province.id);
        let (city, city_language) = found.ok_or(PlaceError::Unknown(PlacePart::City))?;
        self.insert(account_id, Places { province: (province.id, province_language), city: (city.id, city_language) })
            .await
    }

    /// Makes an address in a city by its number.
    ///
    /// # Errors
    /// There is no such city; the account keeps too many.
    pub async fn create_in(&self, account_id: i64, city_id: i64) -> Result<Address, PlaceError> {
        let places = self.places_of(self.writer.database().reader(), city_id).await?;
        self.insert(account_id, places).await
    }

    async fn places_of(&self, db: &impl ConnectionTrait, city_id: i64) -> Result<Places, PlaceError> {
        let city = city::Entity::find_by_id(city_id).one(db).await?;
        let city = city.ok_or(PlaceError::Unknown(PlacePart::City))?;
        Ok(Places { province: (city.province_id, Language::Persian), city: (city.id, Language::Persian) })
    }

    async fn insert(&self, account_id: i64, places: Places) -> Result<Address, PlaceError> {
        let work = self.writer.begin().await?;
        // Two at once count one another.
        hold_account(work.tx(), account_id).await?.ok_or(PlaceError::NotFound)?;
        let kept = address::Entity::find().filter(address::Column::AccountId.eq(account_id)).count(work.tx()).await?;
        if kept >= MOST {
            return Err(PlaceError::TooMany(MOST));
        }
        let Places { province, city } = places;
        let row = address::ActiveModel {
            account_id: Set(account_id),
            province_id: Set(province.0),
            city_id: Set(city.0),
            province_language: Set(province.1.as_str().to_owned()),
            city_language: Set(city.1.as_str().to_owned()),
            created_at: Set(work.now()),
            updated_at: Set(work.now()),
            ..Default::default()
        };
        let row = row.insert(work.tx()).await?;
        let address = self.read(work.tx(), account_id, row.id).await?;
        work.commit().await?;
        Ok(address)
    }

    /// Changes what is given of an address. A name that nothing bears leaves what is there.
    ///
    /// # Errors
    /// The account has no such address; the city would not lie in the province.
    pub async fn change(&self, account_id: i64, id: i64, change: AddressChange) -> Result<Address, PlaceError> {
        let work = self.writer.begin().await?;
        let row = held(&work, account_id, id).await?;
        change.faults.check()?;
        let mut places = Places {
            province: (row.province_id, Language::parse(&row.province_language)),
            city: (row.city_id, Language::parse(&row.city_language)),
        };
        if let Some(name) = change.province
            && let Some((province, language)) = queries::province(work.tx(), &name).await?
        {
            places.province = (province.id, language);
        }
        let named = match change.city {
            Some(name) => queries::cities(work.tx(), &name).await?,
            None => Vec::new(),
        };
        if let Some((city, language)) = named.iter().find(|(city, _)| city.province_id == places.province.0) {
            places.city = (city.id, *language);
        } else if !named.is_empty() {
            return Err(PlaceError::Apart);
        } else if places.province.0 != row.province_id {
            return Err(PlaceError::Apart); // the city that stays lies in the old province
        }
        self.update(work, row, places).await
    }

    /// Moves an address to a city by its number.
    ///
    /// # Errors
    /// The account has no such address; there is no such city.
    pub async fn move_to(&self, account_id: i64, id: i64, city_id: i64) -> Result<Address, PlaceError> {
        let work = self.writer.begin().await?;
        let row = held(&work, account_id, id).await?;
        let places = self.places_of(work.tx(), city_id).await?;
        self.update(work, row, places).await
    }

    async fn update(&self, work: UnitOfWork, row: address::Model, places: Places) -> Result<Address, PlaceError> {
        let (account_id, id) = (row.account_id, row.id);
        let Places { province, city } = places;
        let mut row = row.into_active_model();
        row.province_id = Set(province.0);
        row.province_language = Set(province.1.as_str().to_owned());
        row.city_id = Set(city.0);
        row.city_language = Set(city.1.as_str().to_owned());
        row.updated_at = Set(work.now());
        row.update(work.tx()).await?;
        let address = self.read(work.tx(), account_id, id).await?;
        work.commit().await?;
        Ok(address)
    }

    /// Removes an address.
    ///
    /// # Errors
    /// The account has no such address.
    pub async fn remove(&self, account_id: i64, id: i64) -> Result<(), PlaceError> {
        let row = address::Entity::delete_many()
            .filter(address::Column::Id.eq(id))
            .filter(address::Column::AccountId.eq(account_id))
            .exec(self.writer.database().writer())
            .await?;
        if row.rows_affected == 1 { Ok(()) } else { Err(PlaceError::NotFound) }
    }
}

/// An account's address, held until the transaction ends.
async fn held(work: &UnitOfWork, account_id: i64, id: i64) -> Result<address::Model, PlaceError> {
    let found = address::Entity::find_by_id(id).filter(address::Column::AccountId.eq(account_id)).lock_exclusive();
    found.one(work.tx()).await?.ok_or(PlaceError::NotFound)
}

/// What [`read`] reads.
const SELECTED: &str = "SELECT a.id, a.account_id, a.province_id, a.city_id, a.province_language, a.city_language,
        a.created_at, p.name_fa AS province_fa, p.name_en AS province_en, c.name_fa AS city_fa, c.name_en AS city_en
    FROM addresses a JOIN provinces p ON p.id = a.province_id JOIN cities c ON c.id = a.city_id";

fn read(row: &QueryResult) -> Result<Address, DbErr> {
    let name = |persian: &str, english: &str| {
        Ok::<_, DbErr>(PlaceName { persian: row.try_get("", persian)?, english: row.try_get("", english)? })
    };
    let language = |column: &str| Ok::<_, DbErr>(Language::parse(&row.try_get::<String>("", column)?));
    let province_id = row.try_get("", "province_id")?;
    Ok(Address {
        id: row.try_get("", "id")?,
        account_id: row.try_get("", "account_id")?,
        province: Province { id: province_id, name: name("province_fa", "province_en")? },
        province_language: language("province_language")?,
        city: City { id: row.try_get("", "city_id")?, province_id, name: name("city_fa", "city_en")? },
        city_language: language("city_language")?,
        created_at: row.try_get("", "created_at")?,
    })
}
