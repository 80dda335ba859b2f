//! Finding places by what people call them.

use sea_orm::prelude::*;
use sea_orm::{Condition, ConnectionTrait, QueryOrder};

use super::model::Language;
use crate::accounts::folded;
use crate::database::DatabaseError;
use crate::entities::{city, province};

/// A name as places are compared by it: folded, and without spaces, which people set differently.
pub(super) fn key(name: &str) -> String {
    folded(name).split_whitespace().collect()
}

/// In which language a place is called so.
fn language(key: &str, key_fa: &str) -> Language {
    if key == key_fa { Language::Persian } else { Language::English }
}

/// The province of a name, and the language of the name.
pub(crate) async fn province(
    db: &impl ConnectionTrait,
    name: &str,
) -> Result<Option<(province::Model, Language)>, DatabaseError> {
    let key = key(name);
    let named = Condition::any().add(province::Column::KeyFa.eq(&key)).add(province::Column::KeyEn.eq(&key));
    let found = province::Entity::find().filter(named).order_by_asc(province::Column::Id).one(db).await?;
    Ok(found.map(|row| {
        let language = language(&key, &row.key_fa);
        (row, language)
    }))
}

/// The cities of a name, by number, and the language of the name.
pub(crate) async fn cities(
    db: &impl ConnectionTrait,
    name: &str,
) -> Result<Vec<(city::Model, Language)>, DatabaseError> {
    let key = key(name);
    let named = Condition::any().add(city::Column::KeyFa.eq(&key)).add(city::Column::KeyEn.eq(&key));
    let found = city::Entity::find().filter(named).order_by_asc(city::Column::Id).all(db).await?;
    let named = found.into_iter().map(|row| {
        let language = language(&key, &row.key_fa);
        (row, language)
    });
    Ok(named.collect())
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (one, other) in [
            ("آذربایجان شرقی", "آذربايجان  شرقي"),
            ("چهارمحال و بختیاری", "چهار محال و بختياري"),
            ("کرمان", "كرمان"),
            ("East Azerbaijan", "east azerbaijan"),
            ("خراسان‌رضوی", "خراسان رضوی"),
        ] {
            assert_eq!(key(one), key(other), "{one} {other}");
        }
        assert_ne!(key("تهران"), key("تهرانپارس"));
    }
}
