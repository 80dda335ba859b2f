//! Listings: the filtered search of v1, and karoo's list of all, among very many, over HTTP and one at a time.

use std::time::Instant;

use sea_orm::JsonValue;

use crate::Failure;
use crate::crowd::Dice;
use crate::http::{Connection, Headers};
use crate::kith::Kith;
use crate::market::{self, CITIES, Offer, PROVINCES, SKILLS};
use crate::options::Options;
use crate::report::{Report, histogram, milliseconds, note};
use crate::servers::Servers;
use crate::usage::Usage;

/// What half of the searches of each kind may take at most, in microseconds.
const SEARCH_TARGET: u64 = 30_000;
/// The same of lists of a thousand rows.
const LIST_TARGET: u64 = 50_000;
/// Rows of a search, and of a list.
const PAGE: usize = 20;
const ROWS: usize = 1_000;
/// Searches of each kind that are made before, and not measured.
const WARM_UP: u32 = 30;
/// Faults that are told in words; the others are counted.
const TOLD: usize = 5;

/// A condition, as the query of v1 says it and as it holds of a listing.
struct Condition {
    query: String,
    holds: Box<dyn Fn(&Offer) -> bool + Send>,
}

impl Condition {
    fn of(query: String, holds: impl Fn(&Offer) -> bool + Send + 'static) -> Self {
        Self { query, holds: Box::new(holds) }
    }

    fn word(dice: &mut Dice, vocabulary: &[&'static str], rare: bool) -> Self {
        let count = u32::try_from(vocabulary.len()).unwrap_or(u32::MAX);
        let place = if rare { count - 1 - dice.low(count / 4) } else { dice.low(count) };
        let word = vocabulary[place as usize].to_lowercase();
        Self::of(format!("q={word}"), move |offer| offer.words.iter().any(|one| one.to_lowercase().contains(&word)))
    }

    fn subcategory(dice: &mut Dice) -> Self {
        let id = dice.below(28) + 1;
        Self::of(format!("subcategory_id={id}"), move |offer| offer.subcategory == id)
    }

    fn category(dice: &mut Dice) -> Self {
        let id = dice.below(8) + 1;
        Self::of(format!("category_id={id}"), move |offer| offer.category() == id)
    }

    fn city(dice: &mut Dice) -> Self {
        let id = dice.below(CITIES) + 1;
        Self::of(format!("city_id={id}"), move |offer| offer.city == id)
    }

    fn province(dice: &mut Dice) -> Self {
        let id = dice.below(PROVINCES) + 1;
        Self::of(format!("province_id={id}"), move |offer| offer.province() == id)
    }

    fn skill(dice: &mut Dice) -> Self {
        let id = dice.below(SKILLS) + 1;
        Self::of(format!("skill_id={id}"), move |offer| offer.skills.contains(&id))
    }

    fn rating(dice: &mut Dice) -> Self {
        let tenths = 25 + dice.below(25);
        Self::of(format!("min_rating={}.{}", tenths / 10, tenths % 10), move |Offer { stars: (sum, count), .. }| {
            *count > 0 && sum * 10 >= count * tenths
        })
    }

    fn open(dice: &mut Dice) -> Self {
        let hour = 6 + dice.below(16);
        Self::of(format!("open_on=wednesday&open_at={hour:02}:00"), move |offer| {
            offer.hours.0 <= hour && hour < offer.hours.1
        })
    }
}

/// A kind of search: its name, and the conditions of one.
type Kind = (&'static str, fn(&mut Dice, &[&'static str]) -> Vec<Condition>);

const KINDS: [Kind; 12] = [
    ("no filter", |_, _| Vec::new()),
    ("a word", |dice, words| vec![Condition::word(dice, words, false)]),
    ("a rare word", |dice, words| vec![Condition::word(dice, words, true)]),
    ("subcategory", |dice, _| vec![Condition::subcategory(dice)]),
    ("city", |dice, _| vec![Condition::city(dice)]),
    ("category and city", |dice, _| vec![Condition::category(dice), Condition::city(dice)]),
    ("skill", |dice, _| vec![Condition::skill(dice)]),
    ("skill and city", |dice, _| vec![Condition::skill(dice), Condition::city(dice)]),
    ("rating and province", |dice, _| vec![Condition::rating(dice), Condition::province(dice)]),
    ("open and subcategory", |dice, _| vec![Condition::open(dice), Condition::subcategory(dice)]),
    ("a word, skill, rating", |dice, words| {
        vec![Condition::word(dice, words, false), Condition::skill(dice), Condition::rating(dice)]
    }),
    ("all of them", |dice, words| {
        vec![
            Condition::word(dice, words, false),
            Condition::category(dice),
            Condition::province(dice),
            Condition::skill(dice),
            Condition::rating(dice),
            Condition::open(dice),
        ]
    }),
];

/// Measures.
pub(crate) async fn measure(kith: &Kith, servers: &Servers, options: &Options) -> Result<Report, Failure> {
    let Options { listings, searches, lists, .. } = *options;
    println!(
        "\nListings: {listings}; {searches} searches of each kind, {PAGE} rows each, one at a time; {lists} lists of {ROWS}"
    );
    let began = Instant::now();
    market::load(&kith.database, listings).await?;
    println!("  loaded in                {:.0} s", began.elapsed().as_secs_f64());
    let vocabulary = market::vocabulary();
    // The newest first, as they are answered.
    let offers: Vec<(i64, Offer)> =
        (1..=listings).rev().map(|number| (number.into(), Offer::of(number, &vocabulary))).collect();

    let headers = Headers::new(&kith.token(1)?);
    let mut connection = Connection::open(kith.address).await?;
    let (mut slowest, mut faults) = (0, Vec::new());
    let usage = Usage::start([servers.processes(), kith.processes()].concat())?;
    for (place, (name, conditions)) in (0..).zip(&KINDS) {
        let (mut delays, mut dice, mut found) = (histogram()?, Dice::new(place, 8), Vec::new());
        for index in 0..WARM_UP + searches {
            let conditions = conditions(&mut dice, &vocabulary);
            let query: Vec<&str> = conditions.iter().map(|one| one.query.as_str()).collect();
            let path = format!("/api/v1/listings?limit={PAGE}&{}", query.join("&"));
            let sent = Instant::now();
            let answer = connection.get(path.trim_end_matches('&'), &headers).await?;
            let delay = u64::try_from(sent.elapsed().as_micros())?;
            if index < WARM_UP {
                continue;
            }
            delays.saturating_record(delay);
            let rows = ids(answer, "/items").ok_or_else(|| format!("{path}: an answer of another form"))?;
            let wanted = offers.iter().filter(|(_, offer)| conditions.iter().all(|one| (one.holds)(offer)));
            if !wanted.map(|(id, _)| *id).take(PAGE).eq(rows.iter().copied()) {
                faults.push(path);
            }
            found.push(rows.len());
        }
        found.sort_unstable();
        let middle = found.get(found.len() / 2).unwrap_or(&0);
        println!("  {name:25}{}; rows p50 {middle}", quantiles(&delays));
        slowest = slowest.max(delays.value_at_quantile(0.50));
    }
    println!("  CPU                      {}", usage.spent((WARM_UP + searches) * u32::try_from(KINDS.len())?)?);

    let mut whole = histogram()?;
    for index in 0..WARM_UP + lists {
        let sent = Instant::now();
        let answer = connection.get("/jobs/list/", &headers).await?;
        let delay = u64::try_from(sent.elapsed().as_micros())?;
        if index < WARM_UP {
            continue;
        }
        whole.saturating_record(delay);
        if ids(answer, "").is_none_or(|ids| !ids.into_iter().eq(1..=i64::try_from(ROWS).unwrap_or(i64::MAX))) {
            faults.push("/jobs/list/".to_owned());
        }
    }
    println!("  {:25}{}", format!("/jobs/list/, {ROWS} rows"), quantiles(&whole));

    let right = faults.is_empty();
    let told = if right { "yes".to_owned() } else { faults[..faults.len().min(TOLD)].join("; ") };
    println!("  answered right           {told} ({} wrong)", faults.len());
    let mut report = Report::default();
    let list = whole.value_at_quantile(0.50);
    for (name, measured, target) in [
        ("filtered search of listings, p50 of the slowest kind", slowest, SEARCH_TARGET),
        ("a list of 1,000 listings, p50", list, LIST_TARGET),
    ] {
        report.note(name, milliseconds(measured), format!("< {}", milliseconds(target)), measured < target);
    }
    report.note("listings answered right", note(right), "yes".to_owned(), right);
    Ok(report)
}

fn quantiles(delays: &hdrhistogram::Histogram<u64>) -> String {
    let [p50, p90, p99] = [0.50, 0.90, 0.99].map(|quantile| milliseconds(delays.value_at_quantile(quantile)));
    format!("p50 {p50}, p90 {p90}, p99 {p99}, at most {}", milliseconds(delays.max()))
}

/// The ids of an answer's rows.
fn ids(answer: &[u8], rows: &str) -> Option<Vec<i64>> {
    let answer: JsonValue = std::str::from_utf8(answer).ok()?.parse().ok()?;
    answer.pointer(rows)?.as_array()?.iter().map(|row| row.get("id")?.as_i64()).collect()
}
