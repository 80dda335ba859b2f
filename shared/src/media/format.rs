//! What an upload is, by its content, and whether all of it is there.

use super::images::ImageError;

/// The formats that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jpeg,
    Png,
    WebP,
}

const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// How other formats of pictures begin: (from which byte, what is there).
const OTHERS: [(usize, &[u8]); 11] = [
    (0, b"GIF8"),
    (0, b"BM"),
    (0, b"II*\0"),
    (0, b"MM\0*"),
    (0, b"\0\0\x01\0"), // icons of Windows
    (0, b"8BPS"),
    (0, b"\xff\x0a"), // JPEG XL
    (4, b"JXL "),
    (4, b"ftyphei"), // what phones of Apple make
    (4, b"ftypmif"),
    (4, b"ftypavi"),
];
/// How far into a text its first element is looked for, in bytes.
const SVG_WITHIN: usize = 1024;

/// The most scans of a JPEG: each is work on all of its pixels, for a few bytes. Encoders write about ten.
const MOST_SCANS: usize = 100;

/// Which of the formats that are taken it is.
pub(super) fn recognise(upload: &[u8]) -> Result<Format, ImageError> {
    if upload.starts_with(b"\xff\xd8\xff") {
        return Ok(Format::Jpeg);
    }
    if upload.starts_with(PNG_SIGNATURE) {
        return Ok(Format::Png);
    }
    if upload.starts_with(b"RIFF") && upload.get(8..12) == Some(b"WEBP") {
        return Ok(Format::WebP);
    }
    let other = OTHERS.iter().any(|(at, bytes)| upload.get(*at..).is_some_and(|rest| rest.starts_with(bytes)));
    if other || is_svg(upload) { Err(ImageError::OtherFormat) } else { Err(ImageError::NotAPicture) }
}

/// Whether it is a document of XML whose first element is `svg`.
fn is_svg(upload: &[u8]) -> bool {
    let beginning = String::from_utf8_lossy(&upload[..upload.len().min(SVG_WITHIN)]);
    let mut rest = beginning.trim_start_matches('\u{feff}').trim_start();
    // Declarations, comments and document types come before it.
    while rest.starts_with("<?") || rest.starts_with("<!") {
        let end = if rest.starts_with("<!--") { "-->" } else { ">" };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
    rest.starts_with("<svg")
}

/// The part of an upload that is the picture, from its first byte to its last.
///
/// # Errors
/// The picture is not all there, or its parts claim sizes that they do not have.
pub(super) fn whole(format: Format, upload: &[u8]) -> Result<&[u8], ImageError> {
    let end = match format {
        Format::Jpeg => jpeg_end(upload),
        Format::Png => png_end(upload),
        Format::WebP => webp_end(upload),
    };
    end.and_then(|end| upload.get(..end)).ok_or(ImageError::NotAPicture)
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}

/// Behind the end marker. One frame header, before the first scan: the size that is looked at is the one that
/// is decoded.
fn jpeg_end(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut frames, mut scans) = (2, 0, 0);
    loop {
        // To the next marker: over the data of a scan, in which 0xFF is followed by 0 (or is a restart), and
        // over what some cameras leave between segments.
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        let marker = *bytes.get(at + 1)?;
        match marker {
            0xff => at += 1, // filling
            0x00 | 0x01 | 0xd0..=0xd7 => at += 2,
            0xd8 => return None,
            0xd9 => return (1..=MOST_SCANS).contains(&scans).then_some(at + 2),
            _ => {
                match marker {
                    // The frame headers; between them lie three markers that are none.
                    0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => frames += 1,
                    0xda => scans += 1,
                    _ => {}
                }
                if frames > 1 || (scans > 0 && frames == 0) {
                    return None;
                }
                let length = usize::from(u16::from_be_bytes(number(bytes, at + 2)?));
                at = (length >= 2).then_some(at + 2 + length)?;
            }
        }
    }
}

/// Behind the chunk `IEND`.
fn png_end(bytes: &[u8]) -> Option<usize> {
    let mut at = PNG_SIGNATURE.len();
    if bytes.get(at + 4..at + 8)? != b"IHDR" {
        return None;
    }
    loop {
        let length = usize::try_from(u32::from_be_bytes(number(bytes, at)?)).ok()?;
        let kind: [u8; 4] = number(bytes, at + 4)?;
        // Its length, its kind, itself and its checksum.
        at = at.checked_add(length)?.checked_add(12).filter(|end| *end <= bytes.len())?;
        if &kind == b"IEND" {
            return Some(at);
        }
    }
}

/// Width and height, as the header of a whole PNG has them. The decoder says the same, but first makes room for
/// a line of it.
pub(super) fn png_size(whole: &[u8]) -> Result<(u32, u32), ImageError> {
    let side = |at| number(whole, at).map(u32::from_be_bytes).ok_or(ImageError::NotAPicture);
    Ok((side(16)?, side(20)?))
}

/// Behind the container, each of whose chunks lies in it.
fn webp_end(bytes: &[u8]) -> Option<usize> {
    let size = usize::try_from(u32::from_le_bytes(number(bytes, 4)?)).ok()?;
    let end = size.checked_add(8).filter(|end| *end <= bytes.len())?;
    let mut at = 12;
    while at < end {
        let length = usize::try_from(u32::from_le_bytes(number(bytes, at + 4)?)).ok()?;
        let chunk_end = at.checked_add(8)?.checked_add(length).filter(|chunk_end| *chunk_end <= end)?;
        at = chunk_end + length % 2;
    }
    Some(end)
}
