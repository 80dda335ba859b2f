//! Files that are no pictures, or not the ones that they say.

use std::time::{Duration, Instant};

use super::LONGEST;
use super::samples::*;
use crate::media::images::{ImageError, MOST_BYTES, take_in};

const DAMAGED: Result<(), ImageError> = Err(ImageError::NotAPicture);

fn outcome(upload: &[u8]) -> Result<(), ImageError> {
    take_in(upload, LONGEST).map(|_| ())
}

/// What may take a while, but not for ever, even where nothing is optimised and others work too.
fn soon<T>(work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let result = work();
    assert!(began.elapsed() < Duration::from_mins(1), "{:?}", began.elapsed());
    result
}

#[test]
fn other_things_are_told_by_their_content() {
    assert_eq!(outcome(b""), Err(ImageError::Empty));
    for other in [
        &b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"[..],
        b"GIF87a",
        b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0",
        b"II*\0\x08\0\0\0",
        b"MM\0*\0\0\0\x08",
        b"\0\0\x01\0\x01\0\x10\x10",
        b"8BPS\0\x01",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        b"\0\0\0\x1cftypavif\0\0\0\0",
        b"\xff\x0a\xfa\x1f",
        b"\0\0\0\x0cJXL \r\n\x87\n",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- a > b --><!DOCTYPE svg PUBLIC \"\" \"\">\n<svg/>",
    ] {
        assert_eq!(outcome(other), Err(ImageError::OtherFormat), "{}", String::from_utf8_lossy(other));
    }
    for none in [
        &b"<!doctype html><html><svg></svg></html>"[..],
        b"<?xml version=\"1.0\"?><note/>",
        b"<!-- no end",
        b"\0",
        b"just a text",
        b"%PDF-1.7",
        b"RIFF\x04\0\0\0WAVE",
        b"RIFF\x04\0\0\0WEBP",
        b"RIFF",
        b"\xff\xd8",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xd9",
        b"\x89PNG\r\n\x1a\n",
    ] {
        assert_eq!(outcome(none), DAMAGED, "{}", String::from_utf8_lossy(none));
    }
}

#[test]
fn a_picture_that_is_not_all_there_is_refused() {
    let opaque = two_halves(24, 16);
    for upload in [
        jpeg(&opaque),
        png(&half_there(24, 16)),
        webp(&opaque),
        CMYK.to_vec(),
        PROGRESSIVE.to_vec(),
        LOSSY.to_vec(),
        TRANSPARENT.to_vec(),
        ANIMATED_PNG.to_vec(),
        ANIMATED_WEBP.to_vec(),
    ] {
        assert_eq!(outcome(&upload), Ok(()));
        for length in 1..upload.len() {
            assert_eq!(outcome(&upload[..length]), DAMAGED, "{length} of {} bytes", upload.len());
        }
    }
    let damaged_chunk = |at: usize| {
        let mut upload = png(&two_halves(24, 16));
        upload[at] ^= 0x10;
        upload
    };
    assert_eq!(outcome(&damaged_chunk(45)), DAMAGED, "a PNG has checksums");
}

#[test]
fn what_else_a_file_is_ends_here() {
    let page = b"<!doctype html><script>alert(document.domain)</script>";
    let archive = b"PK\x03\x04 an archive, which is read from its end";
    for upload in [jpeg(&two_halves(24, 16)), png(&half_there(24, 16)), webp(&two_halves(24, 16))] {
        let plain = take_in(&upload, LONGEST).expect("a picture");
        let more = [upload.as_slice(), page, archive].concat();
        let kept = take_in(&more, LONGEST).expect("a picture");
        assert_eq!(kept, plain);
        assert!(!has(&kept.bytes, b"<script") && !has(&kept.bytes, b"PK\x03\x04"));
    }
}

#[test]
fn at_40_megapixels_is_the_end() {
    assert_eq!(soon(|| outcome(&black(8_000, 5_000, 0, 8))), Ok(()));
    assert_eq!(soon(|| outcome(&black(8_000, 5_001, 0, 8))), Err(ImageError::TooManyPixels));
    // Larger ones are refused by their header: there is nothing in them that could be decoded.
    let hollow = |width: u32, height: u32| {
        [png_beginning(width, height, 2), chunk(*b"IDAT", b"no data"), chunk(*b"IEND", b"")].concat()
    };
    assert_eq!(outcome(&hollow(8_000, 5_000)), DAMAGED);
    for (width, height) in [(8_000, 5_001), (40_000_001, 1), (1, 40_000_001), (0x7fff_ffff, 0x7fff_ffff)] {
        assert_eq!(outcome(&hollow(width, height)), Err(ImageError::TooManyPixels), "{width} x {height}");
    }
    let huge = sized_jpeg(&jpeg(&two_halves(24, 16)), 65_500, 65_500);
    assert_eq!(outcome(&huge), Err(ImageError::TooManyPixels));
    let (_, data) = only_chunk(LOSSY);
    let mut large = data.clone();
    large[6..10].copy_from_slice(&[0xff, 0x3f, 0xff, 0x3f]); // 16383 x 16383
    assert_eq!(outcome(&riff(&[(b"VP8 ", large)])), Err(ImageError::TooManyPixels));
    let stretched = riff(&[(b"VP8X", canvas(0, 16_000, 16_000)), (b"VP8 ", data)]);
    assert_eq!(outcome(&stretched), Err(ImageError::TooManyPixels));
}

#[test]
fn bombs_and_threads_are_taken_in_like_other_pictures() {
    for bomb in [black(8_000, 5_000, 2, 16), black(8_000, 5_000, 6, 8)] {
        assert!(bomb.len() < MOST_BYTES);
        assert_eq!(soon(|| outcome(&bomb)), Ok(()));
    }
    for (width, height, expected) in [(40_000_000, 1, (512, 1)), (1, 40_000_000, (1, 512))] {
        let kept = soon(|| take_in(&black(width, height, 0, 8), LONGEST)).expect("a picture");
        let kept = image::load_from_memory(&kept.bytes).expect("readable");
        assert_eq!((kept.width(), kept.height()), expected);
    }
    // Hardly any data for very many pixels.
    for upload in [jpeg(&two_halves(24, 16)), PROGRESSIVE.to_vec(), CMYK.to_vec()] {
        let _ = soon(|| outcome(&sized_jpeg(&upload, 8_000, 5_000)));
    }
}

#[test]
fn a_scan_for_every_few_bytes_is_too_many() {
    let begin = PROGRESSIVE.windows(2).rposition(|two| two == [0xff, 0xda]).expect("a scan");
    let (before, scan) = PROGRESSIVE[..PROGRESSIVE.len() - 2].split_at(begin);
    let with_scans = |count| [before, &scan.repeat(count), &[0xff, 0xd9]].concat();
    let large = |count| sized_jpeg(&with_scans(count), 8_000, 5_000);
    let _ = soon(|| outcome(&large(80)));
    let began = Instant::now();
    assert_eq!(outcome(&large(50_000)), DAMAGED);
    assert!(began.elapsed() < Duration::from_secs(2), "it is not decoded");
}

#[test]
fn headers_that_lie_are_found_out() {
    let picture = two_halves(24, 16);
    let whole = png(&picture);
    let claiming = |width, height| [png_beginning(width, height, 2).as_slice(), &whole[33..]].concat();
    assert_eq!(outcome(&claiming(24, 16)), Ok(()));
    assert_eq!(outcome(&claiming(24, 17)), DAMAGED);
    assert_eq!(outcome(&claiming(2400, 1600)), DAMAGED);
    for (width, height) in [(0, 16), (24, 0), (0, 0)] {
        assert_eq!(outcome(&claiming(width, height)), DAMAGED, "PNG of {width} x {height}");
        let (width, height) = (u16::try_from(width).expect("small"), u16::try_from(height).expect("small"));
        for upload in [jpeg(&picture), PROGRESSIVE.to_vec()] {
            assert_eq!(outcome(&sized_jpeg(&upload, width, height)), DAMAGED, "JPEG of {width} x {height}");
        }
    }
    // Smaller than what is there: either is right, as long as it is what it says.
    if let Ok(kept) = take_in(&claiming(24, 15), LONGEST) {
        assert_eq!(image::load_from_memory(&kept.bytes).expect("readable").height(), 15);
    }
    // Another size once the first was looked at.
    let (frame, at) = frame_header(PROGRESSIVE);
    let larger = sized_jpeg(PROGRESSIVE, 65_500, 65_500)[at..at + frame.len()].to_vec();
    let end = PROGRESSIVE.len() - 2;
    let behind = [&PROGRESSIVE[..end], &larger, &PROGRESSIVE[end..]].concat();
    let before = [&PROGRESSIVE[..at], &larger, &PROGRESSIVE[at..]].concat();
    assert_eq!((outcome(&behind), outcome(&before)), (DAMAGED, DAMAGED));
    let (_, data) = only_chunk(LOSSY);
    for (width, height) in [(23, 16), (24, 17), (4_000, 4_000)] {
        let upload = riff(&[(b"VP8X", canvas(0, width, height)), (b"VP8 ", data.clone())]);
        assert_eq!(outcome(&upload), DAMAGED, "WebP of {width} x {height}");
    }
    // Parts that say they are longer than the file.
    let long = |mut upload: Vec<u8>, at: usize| {
        upload[at..at + 4].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f]);
        upload
    };
    let block = exif(6, "a photo");
    let with_block = riff(&[(b"VP8X", canvas(0x08, 24, 16)), (b"VP8 ", data), (b"EXIF", block.clone())]);
    let at = with_block.len() - block.len() - 4;
    assert_eq!(outcome(&with_block), Ok(()));
    assert_eq!(outcome(&long(with_block, at)), DAMAGED);
    assert_eq!(outcome(&long(LOSSY.to_vec(), 4)), DAMAGED);
    assert_eq!(outcome(&long(LOSSY.to_vec(), 16)), DAMAGED);
    assert_eq!(outcome(&long(whole, 33)), DAMAGED);
}

#[test]
fn much_beside_the_picture_does_no_harm() {
    let (opaque, mebibyte) = (two_halves(24, 16), vec![b'x'; 1024 * 1024]);
    let text = |keyword: &[u8]| [keyword, b"\0", &mebibyte].concat();
    let profile = [b"name\0\0".as_slice(), &mebibyte].concat(); // does not decompress
    let one = chunk(*b"tEXt", b"a\0b");
    for chunks in [
        vec![chunk(*b"tEXt", &text(b"a")), chunk(*b"iTXt", &text(b"a")), chunk(*b"zTXt", &text(b"a"))],
        vec![chunk(*b"iCCP", &profile), chunk(*b"eXIf", &mebibyte)],
        vec![one; 100_000],
    ] {
        assert_eq!(soon(|| outcome(&with_chunks(&png(&opaque), &chunks))), Ok(()));
    }
    // More than is ever made room for: refused or passed over.
    let unpacked = [b"name\0\0".as_slice(), &zeros(600 * 1024 * 1024)].concat();
    let _ = soon(|| outcome(&with_chunks(&png(&opaque), &[chunk(*b"iCCP", &unpacked)])));
    let segment = |marker, before: &[u8]| (marker, [before, &mebibyte[..60_000]].concat());
    for segment in [segment(0xe1, b"Exif\0\0"), segment(0xe2, b"ICC_PROFILE\0\x01\xff"), segment(0xfe, b"")] {
        let upload = with_segments(&jpeg(&opaque), &vec![segment; 80]);
        assert_eq!(soon(|| outcome(&upload)), Ok(()));
    }
    let (kind, data) = only_chunk(&webp(&opaque));
    let upload =
        riff(&[(b"VP8X", canvas(0x28, 24, 16)), (kind, data), (b"EXIF", mebibyte.clone()), (b"ICCP", mebibyte)]);
    assert_eq!(soon(|| outcome(&upload)), Ok(()));
}

/// The frame header of a JPEG, and where it begins.
fn frame_header(jpeg: &[u8]) -> (&[u8], usize) {
    let frames = [[0xff, 0xc0], [0xff, 0xc2]];
    let at = jpeg.windows(2).position(|two| frames.iter().any(|frame| frame == two)).expect("a frame");
    let length = usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    (&jpeg[at..at + 2 + length], at)
}

/// A JPEG that says it has another size.
fn sized_jpeg(jpeg: &[u8], width: u16, height: u16) -> Vec<u8> {
    let (_, at) = frame_header(jpeg);
    let mut changed = jpeg.to_vec();
    changed[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    changed[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    changed
}
