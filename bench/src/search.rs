//! Search: texts of any field, whole or in part, looked for among very many accounts over HTTP, one at a
//! time and some at once.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use hdrhistogram::Histogram;
use tokio::task::JoinSet;

use crate::Failure;
use crate::crowd::{self, Crowd, Loaded};
use crate::http::{Connection, Headers};
use crate::kith::Kith;
use crate::options::Options;
use crate::questions::{KINDS, Question, Questions, wanted};
use crate::report::{Report, histogram, milliseconds, note};
use crate::servers::Servers;
use crate::usage::Usage;

/// What half of the searches of each kind may take at most, in microseconds.
const TARGET: u64 = 30_000;
/// Searches of each kind with one or two characters.
const SHORT: u32 = 16;
/// The same, made before: what they make the database think of a statement must not harm the others.
const SHORT_WARM_UP: u32 = 8;
/// Searches at once, in the line on throughput.
const AT_ONCE: usize = 8;
/// Of the searches of a kind, one of so many is compared with all that it is to find. The shapes of
/// texts take turns, so that each is among them.
const COMPARED: usize = 25;
/// Faults that are told in words; the others are counted.
const TOLD: usize = 5;
/// Where the questions come from that are measured, and those before.
const SEEDS: [u64; 2] = [1, 2];

/// Measures.
pub(crate) async fn measure(kith: &Kith, servers: &Servers, options: &Options) -> Result<Report, Failure> {
    let Options { accounts, searches, searches_warm_up, .. } = *options;
    println!(
        "\nSearch: {accounts} accounts; {searches} searches of each kind, one at a time, {searches_warm_up} before"
    );
    let crowd = Crowd::new();
    let Loaded { rows, indexes, statistics } = crowd::load(&kith.database, &crowd, accounts).await?;
    let [all, rows, indexes, statistics] =
        [rows + indexes + statistics, rows, indexes, statistics].map(|time| time.as_secs_f64());
    println!(
        "  loaded in                {all:.0} s (rows {rows:.0}, indexes of search {indexes:.0}, statistics {statistics:.0})"
    );

    let headers = Headers::new(&kith.token(i64::from(accounts) + 1)?);
    let mut asker =
        Asker { crowd: &crowd, connection: Connection::open(kith.address).await?, headers, checks: Checks::default() };
    let questions = Questions::new(&crowd, accounts);
    let explained = |failure: Failure| Failure::from(format!("{failure}\n{}", kith.last_words()));
    let [seed, warm_up_seed] = SEEDS;
    for kind in &KINDS {
        let short = questions.short(kind, SHORT_WARM_UP, warm_up_seed);
        let before = [short, questions.of(kind, searches_warm_up, warm_up_seed)].concat();
        asker.ask(&before).await.map_err(explained)?;
    }
    let count = searches * u32::try_from(KINDS.len())?;
    let (mut slowest, mut mixed) = (0, Vec::new());
    let usage = Usage::start([servers.processes(), kith.processes()].concat())?;
    for kind in &KINDS {
        let questions = questions.of(kind, searches, seed);
        let answers = asker.ask(&questions).await.map_err(explained)?;
        println!("  {:25}{answers}", kind.name);
        slowest = slowest.max(answers.delays.value_at_quantile(0.50));
        mixed.push(questions);
    }
    let spent = usage.spent(count)?;
    let short: Vec<_> = KINDS.iter().flat_map(|kind| questions.short(kind, SHORT, seed)).collect();
    let answers = asker.ask(&short).await.map_err(explained)?;
    println!("  {:25}{answers}", "1 or 2 characters");
    let answers = at_once(kith, &asker.headers, &mixed).await.map_err(explained)?;
    println!("  {:25}{answers}", format!("{AT_ONCE} at once"));
    println!("  CPU, one at a time       {spent}");

    let (compared, faults) = asker.checks.finish(accounts).await?;
    let told = if faults.is_empty() { "yes".to_owned() } else { faults.join("; ") };
    println!("  answered right           {told} ({compared} compared with the whole crowd)");
    let mut report = Report::default();
    let target = format!("< {}", milliseconds(TARGET));
    report.note("search, p50 of the slowest kind", milliseconds(slowest), target, slowest < TARGET);
    report.note("searches answered right", note(faults.is_empty()), "yes".to_owned(), faults.is_empty());
    Ok(report)
}

/// How long searches took, and how much they found.
#[derive(Debug)]
struct Answers {
    delays: Histogram<u64>,
    /// Rows of each, in order of number.
    rows: Vec<usize>,
}

impl fmt::Display for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let middle = self.rows.get(self.rows.len() / 2).unwrap_or(&0);
        let none = self.rows.partition_point(|rows| *rows == 0);
        let (quantiles, count) = (quantiles(&self.delays), self.rows.len());
        write!(f, "{quantiles}; rows p50 {middle}, none for {none} of {count}")
    }
}

/// Who asks, over one connection, and looks at each answer.
struct Asker<'a> {
    crowd: &'a Crowd,
    connection: Connection,
    headers: Headers,
    checks: Checks,
}

impl Asker<'_> {
    /// Asks one question after another.
    async fn ask(&mut self, questions: &[Question]) -> Result<Answers, Failure> {
        let mut answers = Answers { delays: histogram()?, rows: Vec::new() };
        for (index, question) in questions.iter().enumerate() {
            let sent = Instant::now();
            let answer = self.connection.get(&question.path, &self.headers).await?;
            answers.delays.saturating_record(u64::try_from(sent.elapsed().as_micros())?);
            let rows = std::str::from_utf8(answer)?.parse().ok().and_then(|answer| question.rows(&answer));
            let rows = rows.ok_or_else(|| format!("{}: an answer of another form", question.path))?;
            answers.rows.push(rows.len());
            self.checks.enter(self.crowd, question, rows, index % COMPARED == 0);
        }
        answers.rows.sort_unstable();
        Ok(answers)
    }
}

/// What was wrong with answers, and the answers that are still to be compared.
#[derive(Debug, Default)]
struct Checks {
    faults: Vec<String>,
    questions: Vec<Question>,
    /// The accounts that each of those was answered with.
    answers: Vec<Vec<i64>>,
}

impl Checks {
    /// Enters an answer: everybody in it has what was searched for, and is there once, the newest first.
    fn enter(&mut self, crowd: &Crowd, question: &Question, rows: Vec<(i64, String)>, compared: bool) {
        let mut last = i64::MAX;
        for (id, username) in &rows {
            let member = u32::try_from(*id).map(|number| crowd.member(number));
            if !member.is_ok_and(|member| member.username == *username && question.finds(&member.folded())) {
                self.faults.push(format!("{} found {username} ({id})", question.path));
            }
            if *id >= last {
                self.faults.push(format!("{} found {id} after {last}", question.path));
            }
            last = *id;
        }
        if compared {
            self.questions.push(question.clone());
            self.answers.push(rows.into_iter().map(|(id, _)| id).collect());
        }
    }

    /// Compares with the whole crowd; answers how many were compared, and all faults.
    async fn finish(self, accounts: u32) -> Result<(usize, Vec<String>), Failure> {
        let Self { mut faults, questions, answers } = self;
        let compared = questions.len();
        // It takes a while: a signal still stops it.
        let comparing = tokio::task::spawn_blocking(move || {
            let wanted = wanted(&Crowd::new(), accounts, &questions);
            for ((question, answer), wanted) in questions.iter().zip(answers).zip(wanted) {
                if answer != wanted {
                    let (answer, wanted) = (answer.len(), wanted.len());
                    faults.push(format!("{} found {answer} of {wanted}, or others", question.path));
                }
            }
            faults
        });
        let mut faults = comparing.await?;
        let more = faults.len().saturating_sub(TOLD);
        faults.truncate(TOLD);
        if more > 0 {
            faults.push(format!("and {more} more"));
        }
        Ok((compared, faults))
    }
}

/// Asks the questions of all kinds in turns over some connections at once; answers how fast that went, in
/// words.
async fn at_once(kith: &Kith, headers: &Headers, kinds: &[Vec<Question>]) -> Result<String, Failure> {
    let longest = kinds.iter().map(Vec::len).max().unwrap_or(0);
    let turns = (0..longest).flat_map(|turn| kinds.iter().filter_map(move |questions| questions.get(turn)));
    let paths: Arc<Vec<String>> = Arc::new(turns.map(|question| question.path.clone()).collect());
    let next = Arc::new(AtomicUsize::new(0));
    let mut connections = Vec::new();
    for _ in 0..AT_ONCE {
        connections.push(Connection::open(kith.address).await?);
    }
    let began = Instant::now();
    let mut running = JoinSet::new();
    for mut connection in connections {
        let (paths, next, headers) = (Arc::clone(&paths), Arc::clone(&next), headers.clone());
        running.spawn(async move {
            let mut delays = histogram()?;
            while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                let sent = Instant::now();
                connection.get(path, &headers).await?;
                delays.saturating_record(u64::try_from(sent.elapsed().as_micros())?);
            }
            Ok::<_, Failure>(delays)
        });
    }
    let mut delays = histogram()?;
    while let Some(ended) = running.join_next().await {
        delays.add(&ended??)?;
    }
    let rate = f64::from(u32::try_from(paths.len())?) / began.elapsed().as_secs_f64();
    Ok(format!("{rate:.0} a second of all kinds; {}", quantiles(&delays)))
}

fn quantiles(delays: &Histogram<u64>) -> String {
    let [p50, p90, p99] = [0.50, 0.90, 0.99].map(|quantile| milliseconds(delays.value_at_quantile(quantile)));
    format!("p50 {p50}, p90 {p90}, p99 {p99}, at most {}", milliseconds(delays.max()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with an answer of these accounts to a search for one of a thousand names.
    async fn faults(change: impl FnOnce(&mut Vec<(i64, String)>)) -> Vec<String> {
        let crowd = Crowd::new();
        let question = Questions::new(&crowd, 1_000).of(&KINDS[0], 2, 3).remove(1);
        let found = wanted(&crowd, 1_000, std::slice::from_ref(&question)).concat();
        let named = |id: i64| (id, crowd.member(u32::try_from(id).expect("fits")).username);
        let mut rows: Vec<_> = found.into_iter().map(named).collect();
        assert!(rows.len() > 2, "{question:?}");
        change(&mut rows);
        let mut checks = Checks::default();
        checks.enter(&crowd, &question, rows, true);
        checks.finish(1_000).await.expect("compares").1
    }

    #[tokio::test]
    async fn an_answer_is_right_when_it_holds_whom_it_should_and_nobody_else() {
        assert_eq!(faults(|_| ()).await, Vec::<String>::new());
        assert_eq!(faults(Vec::clear).await.len(), 1);
        assert_eq!(faults(|rows| drop(rows.pop())).await.len(), 1);
        assert_ne!(faults(|rows| rows.swap(0, 1)).await.len(), 0);
        assert_ne!(faults(|rows| rows[0].1 = "somebody".to_owned()).await.len(), 0);
        assert_ne!(faults(|rows| rows.insert(0, (1_001, "somebody".to_owned()))).await.len(), 0);
    }
}
