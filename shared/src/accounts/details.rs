//! What people say of themselves beside their names: one set of rules, at registration and later.

use super::model::Details;
use crate::entities::account;
use crate::fields::{FieldErrors, optional_text};

/// The longest name of a person or a company, in characters.
const LONGEST_NAME: usize = 150;
/// The longest postal address, in characters.
const LONGEST_ADDRESS: usize = 500;

impl Details {
    /// The same, cleaned of surrounding space, with empty text as nothing. What does not fit goes to
    /// `errors`.
    pub(super) fn check(&self, errors: &mut FieldErrors) -> Self {
        let mut take = |field, value: &Option<Option<String>>, longest| {
            let value = value.as_ref().map(Option::as_deref);
            errors.take(field, optional_text(value, longest)).flatten()
        };
        Self {
            full_name: take("full_name", &self.full_name, LONGEST_NAME),
            company_name: take("company_name", &self.company_name, LONGEST_NAME),
            industry: take("industry", &self.industry, LONGEST_NAME),
            address: take("address", &self.address, LONGEST_ADDRESS),
            phone: errors.take("phone", phone(self.phone.as_ref().map(Option::as_deref))).flatten(),
        }
    }

    /// The phone number, if one is given that nobody else may bear.
    pub(super) fn claimed_phone(&self, unique: bool) -> Option<&str> {
        self.phone.as_ref().filter(|_| unique).and_then(Option::as_deref)
    }

    /// Writes what is given into an account.
    pub(super) fn apply(self, account: &mut account::Model) {
        let Self { full_name, company_name, industry, address, phone } = self;
        if full_name.as_ref().is_some_and(|name| *name != account.full_name) {
            // They split another name.
            (account.first_name, account.last_name) = (None, None);
        }
        for (value, column) in [
            (full_name, &mut account.full_name),
            (company_name, &mut account.company_name),
            (industry, &mut account.industry),
            (address, &mut account.address),
            (phone, &mut account.phone),
        ] {
            if let Some(value) = value {
                *column = value;
            }
        }
    }
}

/// A phone number: `^\+?\d{7,15}$`, in ASCII digits.
fn phone(value: Option<Option<&str>>) -> Result<Option<Option<String>>, String> {
    let Some(value) = value else { return Ok(None) };
    let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else { return Ok(Some(None)) };
    let digits = value.strip_prefix('+').unwrap_or(value);
    if (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        Ok(Some(Some(value.to_owned())))
    } else {
        Err("Enter a valid phone number: 7 to 15 digits, perhaps after a plus.".to_owned())
    }
}
