//! Pictures to take in. Those that no encoder here writes are files beside this one: 24 x 16 pixels, red on the
//! left and blue on the right, or of two frames, the first red.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, RgbImage, RgbaImage};

pub(super) const RED: [u8; 3] = [220, 30, 30];
pub(super) const BLUE: [u8; 3] = [30, 30, 220];

pub(super) const CMYK: &[u8] = include_bytes!("samples/cmyk.jpg");
pub(super) const PROGRESSIVE: &[u8] = include_bytes!("samples/progressive.jpg");
pub(super) const LOSSY: &[u8] = include_bytes!("samples/lossy.webp");
/// Ever more transparent towards the top.
pub(super) const TRANSPARENT: &[u8] = include_bytes!("samples/transparent.webp");
pub(super) const ANIMATED_WEBP: &[u8] = include_bytes!("samples/animated.webp");
pub(super) const ANIMATED_PNG: &[u8] = include_bytes!("samples/animated.png");

/// Red on the left, blue on the right.
pub(super) fn two_halves(width: u32, height: u32) -> DynamicImage {
    let colour = |x| if x < width / 2 { RED } else { BLUE };
    RgbImage::from_fn(width, height, |x, _| image::Rgb(colour(x))).into()
}

/// The same, with nothing in its lower half.
pub(super) fn half_there(width: u32, height: u32) -> DynamicImage {
    let alpha = |y| if y < height / 2 { 255 } else { 0 };
    let opaque = two_halves(width, height).into_rgb8();
    RgbaImage::from_fn(width, height, |x, y| {
        let [red, green, blue] = opaque.get_pixel(x, y).0;
        image::Rgba([red, green, blue, alpha(y)])
    })
    .into()
}

pub(super) fn jpeg(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90)).expect("a JPEG");
    bytes
}

pub(super) fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_with_encoder(PngEncoder::new(&mut bytes)).expect("a PNG");
    bytes
}

pub(super) fn webp(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_with_encoder(WebPEncoder::new_lossless(&mut bytes)).expect("a WebP");
    bytes
}

/// What a camera writes: an EXIF block with an orientation and a text. The same in every format.
pub(super) fn exif(orientation: u16, text: &str) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0".to_vec(); // little-endian; the first directory follows
    block.extend(2_u16.to_le_bytes());
    let entry = |block: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: u32| {
        block.extend(tag.to_le_bytes());
        block.extend(kind.to_le_bytes());
        block.extend(count.to_le_bytes());
        block.extend(value.to_le_bytes());
    };
    let length = u32::try_from(text.len()).expect("a short text");
    entry(&mut block, 0x010e, 2, length, 38); // a description, behind the directory
    entry(&mut block, 0x0112, 3, 1, u32::from(orientation));
    block.extend(0_u32.to_le_bytes());
    block.extend(text.as_bytes());
    block
}

/// A JPEG with segments (marker, data) behind its first two bytes.
pub(super) fn with_segments(jpeg: &[u8], segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    for (marker, data) in segments {
        let length = u16::try_from(data.len() + 2).expect("a segment's length");
        bytes.extend([0xff, *marker]);
        bytes.extend(length.to_be_bytes());
        bytes.extend(data);
    }
    bytes.extend(&jpeg[2..]);
    bytes
}

/// A JPEG with an EXIF block.
pub(super) fn with_exif(jpeg: &[u8], exif: &[u8]) -> Vec<u8> {
    with_segments(jpeg, &[(0xe1, [b"Exif\0\0", exif].concat())])
}

/// The checksum of each byte (ISO 15948, annex D).
const CHECKSUMS: [u32; 256] = {
    let mut sums = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut sum, mut bit) = (byte, 0);
        while bit < 8 {
            sum = (sum >> 1) ^ (0xedb8_8320 * (sum & 1));
            bit += 1;
        }
        sums[byte as usize] = sum;
        byte += 1;
    }
    sums
};

/// A chunk of a PNG.
pub(super) fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [&kind, data].concat();
    let mut checksum = u32::MAX;
    for byte in &body {
        checksum = (checksum >> 8) ^ CHECKSUMS[usize::from(checksum.to_le_bytes()[0] ^ byte)];
    }
    let length = u32::try_from(data.len()).expect("a chunk's length");
    [&length.to_be_bytes(), body.as_slice(), &(!checksum).to_be_bytes()].concat()
}

/// A PNG with chunks behind its header.
pub(super) fn with_chunks(png: &[u8], chunks: &[Vec<u8>]) -> Vec<u8> {
    [&png[..33], &chunks.concat(), &png[33..]].concat()
}

/// A header of a PNG of 8 bits a channel, `kind` 0 for grey, 2 for colours, and what comes before it.
pub(super) fn png_beginning(width: u32, height: u32, kind: u8) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, kind, 0, 0, 0]].concat();
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(*b"IHDR", &header)].concat()
}

/// Compressed data (RFC 1950 and 1951) of at least `count` zeros: one, and 258 more for every 13 bits.
pub(super) fn zeros(count: u64) -> Vec<u8> {
    let mut bytes = vec![0x78, 0x01];
    let (mut bits, mut filled) = (0_u64, 0);
    let mut write = |code: u64, length: u32| {
        bits |= code << filled;
        filled += length;
        while filled >= 8 {
            bytes.push(bits.to_le_bytes()[0]);
            bits >>= 8;
            filled -= 8;
        }
    };
    write(0b011, 3); // the last block, of fixed codes
    write(0b0000_1100, 8); // a zero
    for _ in 0..count.div_ceil(258) {
        write(0b1010_0011, 8); // 258 times
        write(0, 5); // what was one byte before
    }
    write(0, 7); // the end, and what fills the last byte
    write(0, 7);
    bytes.extend([0; 4]); // a checksum, which no decoder of pictures looks at
    bytes
}

/// A black PNG, `kind` 0 for grey, 2 for colours, 6 for colours with transparency, of 8 or 16 bits a channel.
pub(super) fn black(width: u32, height: u32, kind: u8, bits: u8) -> Vec<u8> {
    let channels = match kind {
        0 => 1,
        2 => 3,
        _ => 4,
    };
    let line = u64::from(width) * channels * u64::from(bits) / 8 + 1;
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[bits, kind, 0, 0, 0]].concat();
    let data = chunk(*b"IDAT", &zeros(line * u64::from(height)));
    [b"\x89PNG\r\n\x1a\n", chunk(*b"IHDR", &header).as_slice(), &data, &chunk(*b"IEND", b"")].concat()
}

/// A WebP of chunks.
pub(super) fn riff(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (kind, data) in chunks {
        body.extend(*kind);
        body.extend(u32::try_from(data.len()).expect("a chunk's length").to_le_bytes());
        body.extend(data);
        body.extend(vec![0; data.len() % 2]);
    }
    let length = u32::try_from(body.len()).expect("a file's length");
    [b"RIFF", &length.to_le_bytes()[..], &body].concat()
}

/// The chunk `VP8X` of a WebP.
pub(super) fn canvas(flags: u8, width: u32, height: u32) -> Vec<u8> {
    let side = |side: u32| side.wrapping_sub(1).to_le_bytes()[..3].to_vec();
    [vec![flags, 0, 0, 0], side(width), side(height)].concat()
}

/// What a WebP of one chunk has in it.
pub(super) fn only_chunk(webp: &[u8]) -> (&'static [u8; 4], Vec<u8>) {
    let kind = if &webp[12..16] == b"VP8L" { b"VP8L" } else { b"VP8 " };
    let length = u32::from_le_bytes(*webp[16..].first_chunk().expect("a length"));
    (kind, webp[20..20 + usize::try_from(length).expect("a length")].to_vec())
}

/// Whether `bytes` has `text` in it.
pub(super) fn has(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}
