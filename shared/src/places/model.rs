//! What the services of places take and give.

use crate::entities::{city, province};
use crate::fields::FieldErrors;
use crate::ports::clock::Timestamp;

/// The languages in which places have names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Persian.
    Persian,
    /// English.
    English,
}

impl Language {
    /// The word in the database (ISO 639-1).
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Persian => "fa",
            Self::English => "en",
        }
    }

    pub(crate) fn parse(word: &str) -> Self {
        if word == "en" { Self::English } else { Self::Persian }
    }
}

/// What a place is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceName {
    /// In Persian, as it is official.
    pub persian: String,
    /// In English, where it has such a name.
    pub english: Option<String>,
}

impl PlaceName {
    /// The name in a language, or in Persian where there is none.
    #[must_use]
    pub fn into_language(self, language: Language) -> String {
        match (language, self.english) {
            (Language::English, Some(name)) => name,
            _ => self.persian,
        }
    }
}

/// A province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    /// Its number, which data files and dialects share.
    pub id: i64,
    /// What it is called.
    pub name: PlaceName,
}

impl From<province::Model> for Province {
    fn from(row: province::Model) -> Self {
        Self { id: row.id, name: PlaceName { persian: row.name_fa, english: row.name_en } }
    }
}

/// A city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct City {
    /// Its number.
    pub id: i64,
    /// The province that it lies in.
    pub province_id: i64,
    /// What it is called.
    pub name: PlaceName,
}

impl From<city::Model> for City {
    fn from(row: city::Model) -> Self {
        let name = PlaceName { persian: row.name_fa, english: row.name_en };
        Self { id: row.id, province_id: row.province_id, name }
    }
}

/// Where something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// In which province.
    pub province: Province,
    /// The language in which the province was named.
    pub province_language: Language,
    /// In which city.
    pub city: City,
    /// The language in which the city was named.
    pub city_language: Language,
}

impl Place {
    /// The names of the province and of the city, each in the language in which it was named.
    #[must_use]
    pub fn into_names(self) -> [String; 2] {
        [self.province.name.into_language(self.province_language), self.city.name.into_language(self.city_language)]
    }
}

/// One of an account's addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub account_id: i64,
    /// Where it is.
    pub place: Place,
    /// When it was made.
    pub created_at: Timestamp,
}

/// One half of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlacePart {
    /// Its province.
    Province,
    /// Its city.
    City,
}

/// What of an address is to be set.
#[derive(Debug, Clone, Default)]
pub struct AddressChange {
    /// The name of a province, in either language.
    pub province: Option<String>,
    /// The name of a city, in either language.
    pub city: Option<String>,
    /// What the surface found wrong already.
    pub faults: FieldErrors,
}
