//! The addresses that people keep.

use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait, IntoActiveModel, PaginatorTrait, QueryResult, QuerySelect};

use super::error::PlaceError;
use super::model::{Address, AddressChange, Language};
use super::resolve::{Whereabouts, place, place_columns, place_joins};
use crate::accounts::hold_account;
use crate::entities::address;
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
        let sql = format!("{} WHERE a.account_id = $1 ORDER BY a.id LIMIT $2 OFFSET $3", selected());
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
        let sql = format!("{} WHERE a.id = $1 AND a.account_id = $2", selected());
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
        let (province, city) = (new.province.unwrap_or_default(), new.city.unwrap_or_default());
        self.insert(account_id, Whereabouts::named(db, &province, &city).await?).await
    }

    /// Makes an address in a city by its number.
    ///
    /// # Errors
    /// There is no such city; the account keeps too many.
    pub async fn create_in(&self, account_id: i64, city_id: i64) -> Result<Address, PlaceError> {
        let places = Whereabouts::of_city(self.writer.database().reader(), city_id).await?;
        self.insert(account_id, places).await
    }

    async fn insert(&self, account_id: i64, places: Whereabouts) -> Result<Address, PlaceError> {
        let work = self.writer.begin().await?;
        // Two at once count one another.
        hold_account(work.tx(), account_id).await?.ok_or(PlaceError::Ended)?;
        let kept = address::Entity::find().filter(address::Column::AccountId.eq(account_id)).count(work.tx()).await?;
        if kept >= MOST {
            return Err(PlaceError::TooMany(MOST));
        }
        let Whereabouts { province, city } = places;
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
        let there = Whereabouts {
            province: (row.province_id, Language::parse(&row.province_language)),
            city: (row.city_id, Language::parse(&row.city_language)),
        };
        let AddressChange { province, city, .. } = change;
        let places = there.moved(work.tx(), province.as_deref(), city.as_deref(), false).await?;
        self.update(work, row, places).await
    }

    /// Moves an address to a city by its number.
    ///
    /// # Errors
    /// The account has no such address; there is no such city.
    pub async fn move_to(&self, account_id: i64, id: i64, city_id: i64) -> Result<Address, PlaceError> {
        let work = self.writer.begin().await?;
        let row = held(&work, account_id, id).await?;
        let places = Whereabouts::of_city(work.tx(), city_id).await?;
        self.update(work, row, places).await
    }

    async fn update(&self, work: UnitOfWork, row: address::Model, places: Whereabouts) -> Result<Address, PlaceError> {
        let (account_id, id) = (row.account_id, row.id);
        let Whereabouts { province, city } = places;
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

/// What [`read`] reads, up to a condition.
fn selected() -> String {
    format!("SELECT a.id, a.account_id, a.created_at, {} FROM addresses a {}", place_columns("a"), place_joins("a"))
}

fn read(row: &QueryResult) -> Result<Address, DbErr> {
    Ok(Address {
        id: row.try_get("", "id")?,
        account_id: row.try_get("", "account_id")?,
        place: place(row)?,
        created_at: row.try_get("", "created_at")?,
    })
}
