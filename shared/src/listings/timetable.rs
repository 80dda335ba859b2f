//! When a listing is open: slots of days of the week.

use std::collections::HashMap;

use chrono::{NaiveTime, Timelike};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use serde_json::json;

use crate::database::{DatabaseError, Engine};
use crate::fields::FieldErrors;
use crate::jobs::UnitOfWork;

/// Slots of one day at most.
const MOST_SLOTS: usize = 24;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weekday {
    /// The first (ISO 8601).
    Monday = 1,
    /// The second.
    Tuesday,
    /// The third.
    Wednesday,
    /// The fourth.
    Thursday,
    /// The fifth.
    Friday,
    /// The sixth.
    Saturday,
    /// The seventh.
    Sunday,
}

impl Weekday {
    /// Each of them, from Monday on.
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }

    /// Reads the word, in lower case.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.as_str() == word)
    }

    /// The number in the database, 1 to 7 (ISO 8601).
    pub(super) const fn number(self) -> i32 {
        self as i32
    }

    pub(super) fn of_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.number() == number)
    }
}

/// When something is to be open on a day, as a surface was told: checked by the core.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDay {
    /// The day, an English word in lower case.
    pub day: String,
    /// From when until when, each `HH:MM` or `HH:MM:SS`.
    pub slots: Vec<[String; 2]>,
}

/// When something is open on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Its number.
    pub id: i64,
    /// Which.
    pub day: Weekday,
    /// The slots, in their order; none when it is closed.
    pub slots: Vec<Slot>,
}

/// From when until when something is open on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Its number.
    pub id: i64,
    /// The first moment.
    pub starts: NaiveTime,
    /// The first moment after it.
    pub ends: NaiveTime,
}

/// A moment of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// On which day.
    pub day: Weekday,
    /// When.
    pub at: NaiveTime,
}

/// A time of day: `HH:MM` or `HH:MM:SS`.
///
/// # Errors
/// It is none.
pub fn time_of_day(text: &str) -> Result<NaiveTime, String> {
    let text = text.trim();
    ["%H:%M:%S", "%H:%M"]
        .into_iter()
        .find_map(|format| NaiveTime::parse_from_str(text, format).ok())
        // A leap second is none of a timetable's.
        .filter(|time| time.nanosecond() == 0)
        .ok_or_else(|| format!("{text:?} is no time of day; write it as 09:30 or 09:30:00."))
}

/// A timetable that fits: each day once, its slots in order, none reversed, none overlapping.
pub(super) type Checked = Vec<(Weekday, Vec<[NaiveTime; 2]>)>;

/// Checks a timetable; what is wrong is told with the day's name.
pub(super) fn checked(days: Vec<NewDay>) -> Result<Checked, FieldErrors> {
    let (mut errors, mut table) = (FieldErrors::default(), Checked::new());
    for NewDay { day, slots } in days {
        let mut wrong = |reason: &str| errors.add("timetable", format!("{day}: {reason}"));
        let Some(weekday) = Weekday::parse(&day) else {
            wrong("There is no such day of the week.");
            continue;
        };
        if table.iter().any(|(known, _)| *known == weekday) {
            wrong("This day is there twice.");
        }
        match in_order(&slots) {
            Ok(slots) => table.push((weekday, slots)),
            Err(reason) => wrong(&reason),
        }
    }
    errors.check()?;
    table.sort_unstable_by_key(|(day, _)| *day);
    Ok(table)
}

fn in_order(slots: &[[String; 2]]) -> Result<Vec<[NaiveTime; 2]>, String> {
    if slots.len() > MOST_SLOTS {
        return Err(format!("A day has at most {MOST_SLOTS} time slots."));
    }
    let mut times = Vec::with_capacity(slots.len());
    for [starts, ends] in slots {
        let slot = [time_of_day(starts)?, time_of_day(ends)?];
        if slot[0] >= slot[1] {
            return Err(format!("A time slot must end after it starts; {starts} to {ends} does not."));
        }
        times.push(slot);
    }
    times.sort_unstable();
    match times.windows(2).find(|pair| pair[1][0] < pair[0][1]) {
        Some(pair) => Err(format!("The time slots that start at {} and {} overlap.", pair[0][0], pair[1][0])),
        None => Ok(times),
    }
}

/// Replaces the timetable of a listing whose row is held.
pub(super) async fn replace(work: &UnitOfWork, listing_id: i64, table: &Checked) -> Result<(), DatabaseError> {
    let engine = work.engine();
    for table in ["listing_slots", "listing_days"] {
        let sql = format!("DELETE FROM {table} WHERE listing_id = $1");
        work.tx().execute_raw(engine.statement(sql, [listing_id.into()])).await?;
    }
    if table.is_empty() {
        return Ok(());
    }
    let days: Vec<_> = table.iter().map(|(day, _)| json!({"day": day.number()})).collect();
    let sql = format!(
        "INSERT INTO listing_days (listing_id, day) SELECT $1, r.day FROM {} ORDER BY r.day",
        engine.rows("$2", &[("day", "bigint")])
    );
    let days = serde_json::Value::Array(days).to_string();
    work.tx().execute_raw(engine.statement(sql, [listing_id.into(), days.into()])).await?;
    let slots: Vec<_> = table
        .iter()
        .flat_map(|(day, slots)| {
            slots.iter().map(move |[starts, ends]| {
                json!({"day": day.number(), "starts": starts.num_seconds_from_midnight(),
                       "ends": ends.num_seconds_from_midnight()})
            })
        })
        .collect();
    let sql = format!(
        "INSERT INTO listing_slots (day_id, listing_id, day, starts, ends)
         SELECT d.id, d.listing_id, d.day, r.starts, r.ends
         FROM {} JOIN listing_days d ON d.listing_id = $1 AND d.day = r.day ORDER BY r.day, r.starts",
        engine.rows("$2", &[("day", "bigint"), ("starts", "bigint"), ("ends", "bigint")])
    );
    let slots = serde_json::Value::Array(slots).to_string();
    work.tx().execute_raw(engine.statement(sql, [listing_id.into(), slots.into()])).await?;
    Ok(())
}

/// The timetables of listings, by listing.
pub(super) async fn of(
    db: &impl ConnectionTrait,
    engine: Engine,
    listings: &[i64],
) -> Result<HashMap<i64, Vec<Day>>, DatabaseError> {
    let sql = format!(
        "SELECT d.listing_id, d.id AS day_id, d.day, o.id AS slot_id, o.starts, o.ends
         FROM listing_days d LEFT JOIN listing_slots o ON o.day_id = d.id
         WHERE d.listing_id {} ORDER BY d.listing_id, d.day, o.starts",
        engine.any("$1")
    );
    let mut tables: HashMap<i64, Vec<Day>> = HashMap::new();
    for row in db.query_all_raw(engine.statement(sql, [engine.ids(listings)])).await? {
        let Some(day) = Weekday::of_number(row.try_get("", "day")?) else { continue };
        let (listing_id, id) = (row.try_get("", "listing_id")?, row.try_get("", "day_id")?);
        let days = tables.entry(listing_id).or_default();
        if days.last().is_none_or(|last| last.id != id) {
            days.push(Day { id, day, slots: Vec::new() });
        }
        if let (Some(day), Some(slot)) = (days.last_mut(), slot(&row)?) {
            day.slots.push(slot);
        }
    }
    Ok(tables)
}

fn slot(row: &QueryResult) -> Result<Option<Slot>, DbErr> {
    let Some(id) = row.try_get::<Option<i64>>("", "slot_id")? else { return Ok(None) };
    let time = |column: &str| {
        let seconds: i32 = row.try_get("", column)?;
        let time = u32::try_from(seconds).ok().and_then(|s| NaiveTime::from_num_seconds_from_midnight_opt(s, 0));
        time.ok_or_else(|| DbErr::Type(format!("{column} = {seconds} is no time of day")))
    };
    Ok(Some(Slot { id, starts: time("starts")?, ends: time("ends")? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: &str, slots: &[[&str; 2]]) -> NewDay {
        let slots = slots.iter().map(|slot| slot.map(str::to_owned)).collect();
        NewDay { day: day.to_owned(), slots }
    }

    fn refused(days: Vec<NewDay>) -> Vec<String> {
        checked(days).expect_err("it does not fit").into_map().remove("timetable").expect("messages")
    }

    #[test]
    fn days_and_slots_are_put_in_order() {
        let table =
            checked(vec![day("sunday", &[]), day("friday", &[["15:00", "17:00:30"], ["11:00:00", "15:00:00"]])]);
        let time = |text| time_of_day(text).expect("a time");
        let slots = vec![[time("11:00"), time("15:00")], [time("15:00"), time("17:00:30")]];
        assert_eq!(table, Ok(vec![(Weekday::Friday, slots), (Weekday::Sunday, vec![])]));
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_day() {
        for (slots, reason) in [
            (vec![["12:00", "11:00"]], "A time slot must end after it starts; 12:00 to 11:00 does not."),
            (vec![["12:00", "12:00"]], "A time slot must end after it starts; 12:00 to 12:00 does not."),
            (
                vec![["11:00", "13:00"], ["12:59:59", "14:00"]],
                "The time slots that start at 11:00:00 and 12:59:59 overlap.",
            ),
            (vec![["noon", "13:00"]], "\"noon\" is no time of day; write it as 09:30 or 09:30:00."),
            (vec![["24:00", "25:00"]], "\"24:00\" is no time of day; write it as 09:30 or 09:30:00."),
            (vec![["23:59", "23:59:60"]], "\"23:59:60\" is no time of day; write it as 09:30 or 09:30:00."),
        ] {
            assert_eq!(refused(vec![day("friday", &slots)]), [format!("friday: {reason}")]);
        }
        assert_eq!(refused(vec![day("Friday", &[])]), ["Friday: There is no such day of the week."]);
        assert_eq!(refused(vec![day("friday", &[]), day("friday", &[])]), ["friday: This day is there twice."]);
    }
}
