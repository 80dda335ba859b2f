//! Whether a password resembles what everybody can know of its owner: Django's
//! `UserAttributeSimilarityValidator`, which compares by Python's `SequenceMatcher.quick_ratio`.

use std::collections::HashMap;

/// From here on two texts resemble each other.
const RESEMBLANCE: f64 = 0.7;

/// The first of the attributes, each with its value, that `password` resembles in whole or in one of
/// its words.
pub(super) fn resembled<'a>(password: &str, attributes: &[(&'a str, Option<&str>)]) -> Option<&'a str> {
    let password: Vec<char> = password.to_lowercase().chars().collect();
    let resembles = |value: &str| {
        let value = value.to_lowercase();
        let words = value.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        words.chain([value.as_str()]).any(|part| ratio(&password, part) >= RESEMBLANCE)
    };
    attributes
        .iter()
        .find(|(_, value)| value.is_some_and(|value| !value.is_empty() && resembles(value)))
        .map(|(n, _)| *n)
}

/// Twice the number of characters that both have (in any order), by the number of all.
#[expect(clippy::cast_precision_loss, reason = "texts of a few hundred characters")]
fn ratio(one: &[char], other: &str) -> f64 {
    let mut left: HashMap<char, usize> = HashMap::new();
    let mut length = one.len();
    for c in other.chars() {
        *left.entry(c).or_default() += 1;
        length += 1;
    }
    let shared = one.iter().filter(|c| left.get_mut(c).is_some_and(|n| std::mem::replace(n, n.saturating_sub(1)) > 0));
    if length == 0 { 1.0 } else { 2.0 * shared.count() as f64 / length as f64 }
}
