//! Taking a picture in: whatever comes, what is kept is a small picture that this process has made itself.
//!
//! An upload is told by its content, never by a name or a declared type. Nothing of it is kept but pixels:
//! what a phone writes beside them (where and when) is nobody's business, and what else a file can be at
//! the same time (a page, an archive) ends here.

use std::io::Cursor;

use bytes::Bytes;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, Limits, RgbaImage};

use super::format::{self, Format};
use super::key::Kind;

/// The most bytes of an upload, 5 MiB.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;
/// The most pixels of an upload.
pub const MOST_PIXELS: u64 = 40_000_000;
/// The most bytes of what is kept, more than a picture of 1,600 by 1,600 pixels takes when nothing can be packed.
pub const MOST_KEPT: usize = 12 * 1024 * 1024;
/// The quality of a JPEG that is kept, of 100.
const QUALITY: u8 = 85;
/// The most that a decoder may allocate, in bytes: the most pixels at 16 bits and four channels, and what
/// it needs beside them.
const MOST_MEMORY: u64 = MOST_PIXELS * 8 + 64 * 1024 * 1024;

/// Why an upload is not taken in. The texts are for people; those that Django REST Framework has are its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// There is nothing in it.
    #[error("The submitted file is empty.")]
    Empty,
    /// More than 5 MiB.
    #[error("The picture must have at most 5 MiB.")]
    TooManyBytes,
    /// More than 40,000,000 pixels.
    #[error("The picture must have at most 40 megapixels.")]
    TooManyPixels,
    /// A picture, but neither JPEG nor PNG nor WebP.
    #[error("Upload a JPEG, PNG or WebP picture.")]
    OtherFormat,
    /// No picture, or one that is damaged or not whole.
    #[error("Upload a valid image. The file you uploaded was either not an image or a corrupted image.")]
    NotAPicture,
}

/// A picture as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The whole file.
    pub bytes: Bytes,
    /// What it is.
    pub kind: Kind,
}

/// Checks an upload and makes of it what is kept: its first frame, upright, at most `longest_side` pixels on the
/// longer side, without metadata; JPEG when it is opaque, else PNG. Takes up to a second or two and about 0.5 GB for
/// the largest pictures, so it belongs into [`crate::bounded::BoundedWork`]; the decoders may have faults that
/// panic, which that makes an error.
///
/// # Errors
/// What is wrong with the upload.
pub fn take_in(upload: &[u8], longest_side: u32) -> Result<Picture, ImageError> {
    if upload.is_empty() {
        return Err(ImageError::Empty);
    }
    if upload.len() > MOST_BYTES {
        return Err(ImageError::TooManyBytes);
    }
    scaled_down(upload, longest_side)
}

/// Makes a smaller one of a picture that is kept already; the same as [`take_in`], whatever its length is.
///
/// # Errors
/// It is not what was kept.
pub(super) fn scaled_down(kept: &[u8], longest_side: u32) -> Result<Picture, ImageError> {
    let format = format::recognise(kept)?;
    // Decoders are lenient about ends that are missing, and trust the sizes that a file claims: so its
    // structure is looked at first. What comes after the picture is not handed on.
    let whole = format::whole(format, kept)?;
    let (picture, orientation) = decode(format, whole)?;
    let mut picture = scale(picture, longest_side);
    picture.apply_orientation(orientation);
    encode(picture)
}

fn decode(format: Format, whole: &[u8]) -> Result<(DynamicImage, Orientation), ImageError> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let input = Cursor::new(whole);
    let damaged = |_| ImageError::NotAPicture;
    match format {
        Format::Jpeg => pixels(JpegDecoder::new(input).map_err(damaged)?, limits),
        Format::Png => {
            check_size(format::png_size(whole)?)?;
            pixels(PngDecoder::with_limits(input, limits.clone()).map_err(damaged)?, limits)
        }
        Format::WebP => pixels(WebPDecoder::new(input).map_err(damaged)?, limits),
    }
}

/// Reads a decoder's pixels, after its header has said how many there are.
fn pixels(mut decoder: impl ImageDecoder, limits: Limits) -> Result<(DynamicImage, Orientation), ImageError> {
    check_size(decoder.dimensions())?;
    let damaged = |_| ImageError::NotAPicture;
    decoder.set_limits(limits).map_err(damaged)?;
    // A picture whose metadata are damaged is shown as it lies.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    Ok((picture, orientation))
}

fn check_size((width, height): (u32, u32)) -> Result<(), ImageError> {
    match u64::from(width) * u64::from(height) {
        0 => Err(ImageError::NotAPicture),
        pixels if pixels > MOST_PIXELS => Err(ImageError::TooManyPixels),
        _ => Ok(()),
    }
}

/// At most `longest_side` on the longer side, at least one pixel on the shorter; never larger than it was.
fn scale(picture: DynamicImage, longest_side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= longest_side {
        return picture;
    }
    if !picture.color().has_alpha() {
        return average(&picture, longest_side);
    }
    // What can't be seen must not colour its neighbours: what is averaged is light, not paint.
    let mut pixels = picture.into_rgba8();
    weigh(&mut pixels, |colour, alpha| (colour * alpha + 127) / 255);
    let mut pixels = average(&pixels.into(), longest_side).into_rgba8();
    weigh(&mut pixels, |colour, alpha| ((colour * 255 + alpha / 2) / alpha).min(255));
    pixels.into()
}

/// Changes the colours of the pixels that are partly there; those that are not there become black.
fn weigh(pixels: &mut RgbaImage, change: impl Fn(u16, u16) -> u16) {
    for pixel in pixels.chunks_exact_mut(4) {
        match pixel[3] {
            u8::MAX => {}
            0 => pixel.fill(0),
            alpha => {
                for colour in &mut pixel[..3] {
                    *colour = change((*colour).into(), alpha.into()).to_le_bytes()[0];
                }
            }
        }
    }
}

fn average(picture: &DynamicImage, longest_side: u32) -> DynamicImage {
    let (width, height) = (picture.width(), picture.height());
    let longer = width.max(height);
    // At most as long as the longer side, so no side leaves the range.
    let scaled = |side: u32| {
        let (side, longer, longest) = (u64::from(side), u64::from(longer), u64::from(longest_side));
        u32::try_from((side * longest + longer / 2) / longer).unwrap_or(longest_side).max(1)
    };
    // The fine filter's memory grows with the width that it begins from, so a coarse one comes first, which
    // averages whole blocks.
    let coarse = 2 * longest_side;
    let thumbnail;
    let picture = if longer > 2 * coarse {
        thumbnail = picture.thumbnail(coarse, coarse);
        &thumbnail
    } else {
        picture
    };
    picture.resize_exact(scaled(width), scaled(height), FilterType::CatmullRom)
}

fn encode(picture: DynamicImage) -> Result<Picture, ImageError> {
    let mut bytes = Vec::new();
    let transparent = picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] != u8::MAX);
    let (kind, written) = if transparent {
        (Kind::Png, picture.into_rgba8().write_with_encoder(PngEncoder::new(&mut bytes)))
    } else {
        let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        (Kind::Jpeg, picture.into_rgb8().write_with_encoder(encoder))
    };
    written.map_err(|_| ImageError::NotAPicture)?;
    Ok(Picture { bytes: bytes.into(), kind })
}
