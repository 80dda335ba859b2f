//! Damage by chance, the same at every run.

use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use super::LONGEST;
use super::samples::*;
use crate::media::images::take_in;

/// Files made of each sample.
const EACH: usize = 60;

/// Numbers that look random (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from(mixed >> 33).expect("31 bits") % limit
    }
}

#[test]
fn no_damage_makes_a_panic() {
    let opaque = two_halves(40, 30);
    let block = exif(6, "a photo");
    let (kind, data) = only_chunk(&webp(&half_there(40, 30)));
    let samples = [
        jpeg(&opaque),
        with_exif(&jpeg(&opaque), &block),
        png(&opaque),
        with_chunks(&png(&half_there(40, 30)), &[chunk(*b"eXIf", &block)]),
        webp(&opaque),
        riff(&[(b"VP8X", canvas(0x18, 40, 30)), (kind, data), (b"EXIF", block)]),
        CMYK.to_vec(),
        PROGRESSIVE.to_vec(),
        LOSSY.to_vec(),
        TRANSPARENT.to_vec(),
        ANIMATED_PNG.to_vec(),
        ANIMATED_WEBP.to_vec(),
    ];
    let (began, mut dice, mut taken) = (Instant::now(), Dice(1), 0);
    for (sample, original) in samples.iter().enumerate() {
        for round in 0..EACH {
            let mut upload = original.clone();
            for _ in 0..=dice.below(4) {
                let at = dice.below(upload.len());
                match dice.below(6) {
                    0 => upload[at] = 0xff,
                    1 => upload[at] = 0,
                    2 => {
                        let upto = at + dice.below(upload.len() - at);
                        let part = upload[at..upto].to_vec();
                        upload.splice(at..at, part);
                    }
                    3 => drop(upload.splice(at..(at + 1 + dice.below(3)).min(upload.len()), [])),
                    _ => upload[at] ^= 1 << dice.below(8),
                }
            }
            mend(&mut upload);
            let result = catch_unwind(|| take_in(&upload, LONGEST).is_ok());
            taken += usize::from(*result.as_ref().unwrap_or_else(|_| panic!("sample {sample}, round {round}")));
        }
    }
    assert!(began.elapsed() < Duration::from_mins(2), "{:?}", began.elapsed());
    // Else only the first look at them would have been tried.
    assert!(taken > samples.len() * EACH / 20, "{taken} were taken");
}

/// Makes the checksums of a PNG and the length of a WebP right again, so that more than those is tried.
fn mend(upload: &mut [u8]) {
    if upload.starts_with(b"RIFF") && upload.len() >= 12 {
        let length = u32::try_from(upload.len() - 8).expect("a short file");
        upload[4..8].copy_from_slice(&length.to_le_bytes());
    }
    let mut at = 8;
    while upload.starts_with(b"\x89PNG") && at + 12 <= upload.len() {
        let length = u32::from_be_bytes(*upload[at..].first_chunk().expect("a length"));
        let end = at + 12 + usize::try_from(length).expect("a length");
        let Some(part) = upload.get(at..end) else { return };
        let kind = *part[4..].first_chunk().expect("a kind");
        let mended = chunk(kind, &part[8..part.len() - 4]);
        upload[at..end].copy_from_slice(&mended);
        at = end;
    }
}
