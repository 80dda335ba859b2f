//! What a listing is to say, checked.

use super::model::ListingChange;
use super::timetable;
use crate::accounts::folded;
use crate::entities::listing;
use crate::fields::{BLANK, FieldErrors, optional_text, required_text};

/// The longest title, and the longest words about a price, in characters.
const LONGEST_LINE: usize = 200;
/// The longest description, in characters.
const LONGEST_TEXT: usize = 5_000;
/// The longest title of a skill, in characters.
const LONGEST_SKILL: usize = 60;
/// Skills of one listing, at most.
const MOST_SKILLS: usize = 30;

/// A skill by its title, and the title as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedSkill {
    pub(super) title: String,
    pub(super) key: String,
}

/// What of a listing is to be set, and fits.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) title: Option<String>,
    description: Option<Option<String>>,
    experiences: Option<Option<String>>,
    hourly_price: Option<Option<String>>,
    initial_cost: Option<Option<String>>,
    pub(super) skills: Option<Vec<NamedSkill>>,
    pub(super) timetable: Option<timetable::Checked>,
}

impl Draft {
    /// Of what is asked for.
    ///
    /// # Errors
    /// What does not fit, beside what the surface has found already.
    pub(super) fn of(change: ListingChange) -> Result<Self, FieldErrors> {
        let ListingChange { title, description, experiences, hourly_price, initial_cost, .. } = change;
        let ListingChange { skills, timetable, faults, .. } = change;
        let mut errors = FieldErrors::default();
        let title = title.and_then(|title| errors.take("title", required_text(&title, LONGEST_LINE)));
        let mut optional = |field, value: Option<Option<String>>, longest| {
            let value = value.as_ref().map(Option::as_deref);
            errors.take(field, optional_text(value, longest)).flatten()
        };
        let description = optional("description", description, LONGEST_TEXT);
        let experiences = optional("experiences", experiences, LONGEST_TEXT);
        let hourly_price = optional("hourly_price", hourly_price, LONGEST_LINE);
        let initial_cost = optional("initial_cost", initial_cost, LONGEST_LINE);
        let skills = skills.and_then(|skills| errors.take("skills", named(skills)));
        let (timetable, wrong) = match timetable.map(timetable::checked).transpose() {
            Ok(timetable) => (timetable, FieldErrors::default()),
            Err(wrong) => (None, wrong),
        };
        faults.beside(errors).beside(wrong).check()?;
        Ok(Self { title, description, experiences, hourly_price, initial_cost, skills, timetable })
    }

    /// Sets the listing's own columns.
    pub(super) fn apply(&mut self, row: &mut listing::Model) {
        if let Some(title) = self.title.take() {
            row.title = title;
        }
        for (given, column) in [
            (&mut self.description, &mut row.description),
            (&mut self.experiences, &mut row.experiences),
            (&mut self.hourly_price, &mut row.hourly_price),
            (&mut self.initial_cost, &mut row.initial_cost),
        ] {
            if let Some(value) = given.take() {
                *column = value;
            }
        }
        let lines = [Some(&row.title), row.description.as_ref(), row.experiences.as_ref()];
        // A line break can't come out of folding, so no match spans two of them.
        row.search = lines.into_iter().flatten().map(|text| folded(text)).collect::<Vec<_>>().join("\n");
    }
}

/// Skills by their titles, each once.
fn named(titles: Vec<String>) -> Result<Vec<NamedSkill>, String> {
    let mut skills: Vec<NamedSkill> = Vec::with_capacity(titles.len().min(MOST_SKILLS));
    for title in titles {
        let title = required_text(&title, LONGEST_SKILL)?;
        let key = folded(&title);
        if key.is_empty() {
            return Err(BLANK.to_owned()); // marks and joiners alone
        }
        if skills.iter().all(|known| known.key != key) {
            skills.push(NamedSkill { title, key });
        }
        if skills.len() > MOST_SKILLS {
            return Err(format!("A listing has at most {MOST_SKILLS} skills."));
        }
    }
    Ok(skills)
}
