//! What is searched for: patterns taken from the crowd, in every kind of search that the API has.

use std::collections::HashSet;

use sea_orm::JsonValue;
use shared::accounts::folded;
use url::form_urlencoded::byte_serialize;

use crate::crowd::{Crowd, Dice, Field, Folded};

/// A kind of search.
#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    path: &'static str,
    parameters: &'static [Parameter],
    /// The most rows that it answers.
    pub(crate) limit: usize,
    /// Where in the answer the rows are; an answer is an array of them where it is empty.
    rows: &'static str,
}

/// A parameter, and the fields in one of which its text is to be.
#[derive(Debug)]
struct Parameter {
    name: &'static str,
    fields: &'static [Field],
}

const NAME: Parameter = Parameter { name: "name", fields: &[Field::Username, Field::FullName] };
const EMAIL: Parameter = Parameter { name: "email", fields: &[Field::Email] };
const COMPANY: Parameter = Parameter { name: "company_name", fields: &[Field::Company] };
const PHONE: Parameter = Parameter { name: "number", fields: &[Field::Phone] };
const ANY: Parameter =
    Parameter { name: "q", fields: &[Field::Username, Field::FullName, Field::Email, Field::Company, Field::Phone] };
const NAME_OR_COMPANY: Parameter = Parameter { name: "q", fields: &[Field::Username, Field::FullName, Field::Company] };

const fn by_field(name: &'static str, parameters: &'static [Parameter]) -> Kind {
    Kind { name, path: "/api/user/search/", parameters, limit: 1_000, rows: "" }
}

/// All there are.
pub(crate) const KINDS: [Kind; 7] = [
    by_field("name", &[NAME]),
    by_field("email", &[EMAIL]),
    by_field("company", &[COMPANY]),
    by_field("number", &[PHONE]),
    by_field("name and company", &[NAME, COMPANY]),
    Kind { name: "any field", path: "/api/search_users/", parameters: &[ANY], limit: 50, rows: "/results" },
    Kind { name: "v1", path: "/api/v1/users", parameters: &[NAME_OR_COMPANY], limit: 20, rows: "/items" },
];

/// What of somebody's field is searched for.
#[derive(Debug, Clone, Copy)]
enum Shape {
    /// All of it.
    Whole,
    /// So many characters of it, of some people's the ones that most others have.
    Common(usize),
    /// So many characters of it, of some people's the ones that fewest others have.
    Rare(usize),
    /// All of it, one letter or digit being another, which leaves it to nobody or few.
    Mistyped,
    /// What nobody has.
    Nobody(&'static str),
}

/// In turns, what is searched for.
const SHAPES: [Shape; 12] = [
    Shape::Whole,
    Shape::Common(3),
    Shape::Rare(3),
    Shape::Common(4),
    Shape::Rare(4),
    Shape::Common(5),
    Shape::Rare(5),
    Shape::Common(6),
    Shape::Rare(6),
    Shape::Common(9),
    Shape::Rare(9),
    Shape::Mistyped,
];

/// The same of texts that are too short for an index of trigrams.
const SHORT_SHAPES: [Shape; 8] = [
    Shape::Common(1),
    Shape::Rare(1),
    Shape::Common(2),
    Shape::Rare(2),
    Shape::Nobody("~"),
    Shape::Nobody("%"),
    Shape::Nobody("q~"),
    Shape::Nobody("_%"),
];

/// People of whose values the commonest, or the rarest, is taken.
const CANDIDATES: usize = 6;
/// Attempts to cut out a piece that does not begin or end with a space.
const CUTS: usize = 20;
/// Members in whose fields it is counted how common a text is.
const SAMPLE: u32 = 1_000;

/// A search, and what it is to find.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) kind: &'static Kind,
    pub(crate) path: String,
    /// Of each parameter, as the core compares it.
    texts: Vec<String>,
}

impl Question {
    /// Whether somebody is to be found.
    pub(crate) fn finds(&self, member: &Folded) -> bool {
        let mut criteria = self.kind.parameters.iter().zip(&self.texts);
        criteria.all(|(parameter, text)| parameter.fields.iter().any(|field| member.contains(*field, text)))
    }

    /// The rows of an answer, as the accounts' numbers and names.
    pub(crate) fn rows(&self, answer: &JsonValue) -> Option<Vec<(i64, String)>> {
        let rows = answer.pointer(self.kind.rows)?.as_array()?;
        rows.iter().map(|row| Some((row.get("id")?.as_i64()?, row.get("username")?.as_str()?.to_owned()))).collect()
    }
}

/// Makes questions about the members 1 to `count` of a crowd.
#[derive(Debug)]
pub(crate) struct Questions<'a> {
    crowd: &'a Crowd,
    count: u32,
    sample: Vec<Folded>,
}

impl<'a> Questions<'a> {
    /// About those.
    pub(crate) fn new(crowd: &'a Crowd, count: u32) -> Self {
        let mut dice = Dice::new(0, 1);
        let sample = (0..SAMPLE).map(|_| crowd.member(dice.below(count) + 1).folded()).collect();
        Self { crowd, count, sample }
    }

    /// So many of a kind that trigrams serve, different ones for different seeds.
    pub(crate) fn of(&self, kind: &'static Kind, count: u32, seed: u64) -> Vec<Question> {
        self.shaped(kind, &SHAPES, count, seed)
    }

    /// So many of a kind with texts of one or two characters.
    pub(crate) fn short(&self, kind: &'static Kind, count: u32, seed: u64) -> Vec<Question> {
        self.shaped(kind, &SHORT_SHAPES, count, seed)
    }

    fn shaped(&self, kind: &'static Kind, shapes: &[Shape], count: u32, seed: u64) -> Vec<Question> {
        let mut dice = Dice::new(seed, kind.name.bytes().fold(2, |salt, byte| salt.wrapping_mul(31) + u64::from(byte)));
        let turns = shapes.iter().cycle().zip(0..count);
        turns.map(|(shape, turn)| self.question(kind, *shape, turn as usize / shapes.len(), &mut dice)).collect()
    }

    /// Asks for somebody, or for a mistyped somebody; `round` says by which of a parameter's fields.
    fn question(&self, kind: &'static Kind, shape: Shape, round: usize, dice: &mut Dice) -> Question {
        let fields: Vec<Field> =
            kind.parameters.iter().map(|parameter| parameter.fields[round % parameter.fields.len()]).collect();
        let draw = || {
            let member = std::iter::repeat_with(|| self.crowd.member(dice.below(self.count) + 1));
            let mut complete = member.filter(|member| fields.iter().all(|field| member.field(*field).is_some()));
            let member = complete.next();
            let values = fields.iter().map(|field| member.as_ref()?.field(*field));
            values.map(|value| piece(value.unwrap_or_default(), shape, dice)).collect::<Vec<String>>()
        };
        let mut drawn: Vec<_> = std::iter::repeat_with(draw).take(CANDIDATES).collect();
        let frequency = |texts: &Vec<String>| {
            let texts: Vec<_> = texts.iter().map(|text| folded(text)).collect();
            let question = Question { kind, path: String::new(), texts };
            self.sample.iter().filter(|member| question.finds(member)).count()
        };
        let texts = match shape {
            Shape::Common(_) => drawn.into_iter().max_by_key(frequency),
            Shape::Rare(_) => drawn.into_iter().min_by_key(frequency),
            Shape::Whole | Shape::Mistyped | Shape::Nobody(_) => drawn.pop(),
        };
        let texts = texts.unwrap_or_default();
        let mut path = kind.path.to_owned();
        for (parameter, text) in kind.parameters.iter().zip(&texts) {
            path.push(if path.contains('?') { '&' } else { '?' });
            path.extend([parameter.name, "="].into_iter().chain(byte_serialize(text.as_bytes())));
        }
        Question { kind, path, texts: texts.iter().map(|text| folded(text)).collect() }
    }
}

/// The part of a value that a shape asks for.
fn piece(value: &str, shape: Shape, dice: &mut Dice) -> String {
    let characters: Vec<char> = value.chars().collect();
    match shape {
        Shape::Whole => value.to_owned(),
        Shape::Nobody(text) => text.to_owned(),
        Shape::Common(length) | Shape::Rare(length) => {
            let starts = characters.len().saturating_sub(length) + 1;
            let cut = || {
                let start = dice.below(u32::try_from(starts).unwrap_or(1)) as usize;
                characters.iter().skip(start).take(length).collect::<String>()
            };
            let mut cuts = std::iter::repeat_with(cut).take(CUTS);
            cuts.find(|text| text.trim().len() == text.len()).unwrap_or_else(|| value.to_owned())
        }
        Shape::Mistyped => {
            let middle = characters.len() / 2;
            let mistyped = |(at, c): (usize, &char)| match c {
                c if at != middle => *c,
                '5'..='9' => '1',
                '0'..='4' => '8',
                'q' => 'x',
                _ => 'q',
            };
            characters.iter().enumerate().map(mistyped).collect()
        }
    }
}

/// The accounts that each question is to be answered with: of whom it finds among the members 1 to
/// `count`, the newest, up to its limit. Looks at all of them, and at no database.
pub(crate) fn wanted(crowd: &Crowd, count: u32, questions: &[Question]) -> Vec<Vec<i64>> {
    let mut wanted = vec![Vec::new(); questions.len()];
    let mut open: HashSet<usize> = (0..questions.len()).collect();
    for number in (1..=count).rev() {
        let member = crowd.member(number).folded();
        open.retain(|index| {
            let question = &questions[*index];
            if question.finds(&member) {
                wanted[*index].push(i64::from(number));
            }
            wanted[*index].len() < question.kind.limit
        });
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_finds_whom_it_was_taken_from_and_says_so_in_its_path() {
        let crowd = Crowd::new();
        let questions = Questions::new(&crowd, 1_000);
        for kind in &KINDS {
            let whole = &questions.of(kind, 12, 3)[0];
            assert!(whole.path.starts_with(kind.path), "{}", whole.path);
            let found = wanted(&crowd, 1_000, std::slice::from_ref(whole)).concat();
            assert!(!found.is_empty() && found.is_sorted_by(|one, other| one > other), "{whole:?}");
        }
    }

    #[test]
    fn short_texts_are_short_and_the_others_are_not() {
        let crowd = Crowd::new();
        let questions = Questions::new(&crowd, 1_000);
        for kind in &KINDS {
            let characters = |text: &String| text.chars().count();
            assert!(questions.of(kind, 120, 3).iter().flat_map(|one| &one.texts).all(|text| characters(text) >= 3));
            assert!(questions.short(kind, 120, 3).iter().flat_map(|one| &one.texts).all(|text| characters(text) <= 2));
        }
    }

    #[test]
    fn rows_are_read() {
        let crowd = Crowd::new();
        let question = &Questions::new(&crowd, 1_000).of(&KINDS[6], 1, 3)[0];
        let answer = r#"{"items": [{"id": 3, "username": "ann", "full_name": null}], "next": null}"#;
        let answer: JsonValue = answer.parse().expect("is JSON");
        assert_eq!(question.rows(&answer), Some(vec![(3, "ann".to_owned())]));
        assert_eq!(question.rows(&JsonValue::Null), None);
    }
}
