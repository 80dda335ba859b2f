//! Suggestions: whom people with very many connections may want to connect with, in a great graph, over HTTP,
//! one after another.

use std::collections::HashMap;
use std::time::Instant;

use sea_orm::JsonValue;

use crate::Failure;
use crate::crowd::{self, Crowd};
use crate::graph::{Graph, Neighbours, Shape};
use crate::http::{Connection, Headers};
use crate::kith::Kith;
use crate::options::Options;
use crate::report::{Report, histogram, milliseconds, note};
use crate::servers::Servers;
use crate::usage::Usage;

/// What half of the calls may take at most, in microseconds.
const TARGET: u64 = 20_000;
/// What is asked for: as many as are answered by default.
const PATH: &str = "/api/v1/suggestions";
const LIMIT: usize = 20;
/// Faults that are told in words; the others are counted.
const TOLD: usize = 5;

/// Measures.
pub(crate) async fn measure(kith: &Kith, servers: &Servers, options: &Options) -> Result<Report, Failure> {
    let Options { accounts, connections, friends, suggestions, suggestions_warm_up, .. } = *options;
    println!(
        "\nSuggestions: {accounts} accounts, {connections} connections; {suggestions} people with {friends} each, one \
         after another, {suggestions_warm_up} others before"
    );
    let graph = Graph::draw(Shape { accounts, connections, people: suggestions + suggestions_warm_up, friends })?;
    let loaded = crowd::load(&kith.database, &Crowd::new(), accounts).await?;
    let accounts_in = (loaded.rows + loaded.indexes + loaded.statistics).as_secs_f64();
    let graph_in = graph.load(&kith.database).await?.as_secs_f64();
    println!(
        "  loaded in                {:.0} s (accounts {accounts_in:.0}, connections {graph_in:.0})",
        accounts_in + graph_in
    );

    let mut connection = Connection::open(kith.address).await?;
    let (mut delays, mut answers, mut usage) = (histogram()?, Vec::new(), Usage::start(Vec::new())?);
    // Those before are spread among the others.
    let (every, mut before) = (graph.people.len() / (suggestions_warm_up as usize).max(1), Vec::new());
    let mut measured = Vec::new();
    for (place, person) in graph.people.iter().enumerate() {
        let warm_up = before.len() < suggestions_warm_up as usize && place % every.max(1) == 0;
        if warm_up { &mut before } else { &mut measured }.push(*person);
    }
    for (place, person) in before.iter().chain(&measured).enumerate() {
        if place == before.len() {
            usage = Usage::start([servers.processes(), kith.processes()].concat())?;
        }
        let headers = Headers::new(&kith.token(i64::from(*person))?);
        let sent = Instant::now();
        let answer = connection.get(PATH, &headers).await;
        let delay = u64::try_from(sent.elapsed().as_micros())?;
        let answer = answer.map_err(|failure| format!("{failure}\n{}", kith.last_words()))?;
        if place >= before.len() {
            delays.saturating_record(delay);
            answers.push(read(answer).ok_or("an answer of another form")?);
        }
    }
    let [p50, p95, p99] = [0.50, 0.95, 0.99].map(|quantile| delays.value_at_quantile(quantile));
    let [half, most, nearly] = [p50, p95, p99].map(milliseconds);
    println!("  one after another        p50 {half}, p95 {most}, p99 {nearly}, at most {}", milliseconds(delays.max()));
    println!("  CPU                      {}", usage.spent(suggestions)?);

    let neighbours = graph.neighbours();
    let mut paths: Vec<usize> = Vec::new();
    let mut faults = Vec::new();
    for (person, answer) in measured.iter().zip(&answers) {
        let mutual = Mutual::of(&neighbours, *person);
        paths.push(mutual.paths);
        faults.extend(mutual.fault(answer).map(|fault| format!("{person}: {fault}")));
    }
    paths.sort_unstable();
    let middle = paths.get(paths.len() / 2).unwrap_or(&0);
    println!("  connections of friends   {middle} of half of the people, at most {}", paths.last().unwrap_or(&0));
    let right = faults.is_empty();
    let told = if right { "yes".to_owned() } else { faults[..faults.len().min(TOLD)].join("; ") };
    println!("  answered right           {told} ({} wrong)", faults.len());
    let mut report = Report::default();
    let target = format!("< {}", milliseconds(TARGET));
    report.note("suggestions, p50", half, target, p50 < TARGET);
    report.note("suggestions answered right", note(right), "yes".to_owned(), right);
    Ok(report)
}

/// Each person of an answer, and how many mutual connections it tells of.
fn read(answer: &[u8]) -> Option<Vec<(u32, u32)>> {
    let answer: JsonValue = std::str::from_utf8(answer).ok()?.parse().ok()?;
    let number = |value: Option<&JsonValue>| value?.as_u64()?.try_into().ok();
    let items = answer.get("items")?.as_array()?;
    items
        .iter()
        .map(|item| Some((number(item.pointer("/user/id"))?, number(item.get("mutual_connections"))?)))
        .collect()
}

/// With whom somebody has connections in common.
#[derive(Debug)]
struct Mutual {
    counts: HashMap<u32, u32>,
    /// Ways that lead to them: what the database has to read.
    paths: usize,
}

impl Mutual {
    fn of(neighbours: &Neighbours, person: u32) -> Self {
        let friends = neighbours.of(person);
        let mut counts = HashMap::new();
        let mut paths = 0;
        for other in friends.iter().flat_map(|friend| neighbours.of(*friend)) {
            *counts.entry(*other).or_insert(0) += 1;
            paths += 1;
        }
        for known in friends.iter().chain([&person]) {
            counts.remove(known);
        }
        Self { counts, paths }
    }

    /// What is wrong with an answer: everybody in it has as many mutual connections as it says, and nobody who
    /// is not in it has more than the last.
    fn fault(&self, answer: &[(u32, u32)]) -> Option<String> {
        if let Some((other, told)) = answer.iter().find(|(other, told)| self.counts.get(other) != Some(told)) {
            return Some(format!("{other} has {:?} mutual connections, not {told}", self.counts.get(other)));
        }
        let mut most: Vec<u32> = self.counts.values().copied().collect();
        most.sort_unstable_by(|one, other| other.cmp(one));
        most.truncate(LIMIT);
        let told: Vec<u32> = answer.iter().map(|(_, told)| *told).collect();
        (told != most).then(|| format!("{told:?} mutual connections, not {most:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_right_when_it_tells_those_with_the_most_mutual_connections() {
        let shape = Shape { accounts: 2_000, connections: 20_000, people: 1, friends: 100 };
        let graph = Graph::draw(shape).expect("is drawn");
        let mutual = Mutual::of(&graph.neighbours(), graph.people[0]);
        let mut best: Vec<_> = mutual.counts.iter().map(|(other, count)| (*other, *count)).collect();
        best.sort_unstable_by_key(|(other, count)| (u32::MAX - count, *other));
        let (rest, last) = (best.split_off(LIMIT), best.len() - 1);
        assert!(best[0].1 > rest[rest.len() - 1].1);
        assert_eq!(mutual.fault(&best), None);
        assert!(mutual.fault(&best[..last]).is_some());
        assert!(mutual.fault(&[&best[..last], &rest[rest.len() - 1..]].concat()).is_some());
        let mut wrong = best.clone();
        wrong[0].1 += 1;
        assert!(mutual.fault(&wrong).is_some());
        wrong = best;
        wrong.swap(0, last);
        assert!(mutual.fault(&wrong).is_some());
    }

    #[test]
    fn answers_are_read() {
        let answer = br#"{"items": [{"user": {"id": 3, "username": "ann"}, "mutual_connections": 2}], "next": null}"#;
        assert_eq!(read(answer), Some(vec![(3, 2)]));
        assert_eq!(read(b"{}"), None);
    }
}
