//! What is made of pictures.

use image::{DynamicImage, GenericImageView, ImageFormat, Rgba, RgbaImage};

use super::LONGEST;
use super::samples::*;
use crate::media::images::{ImageError, MOST_BYTES, MOST_KEPT, scaled_down, take_in};
use crate::media::key::{Kind, Purpose};

/// What is kept of an upload.
#[track_caller]
fn kept(upload: &[u8]) -> (Kind, DynamicImage) {
    let picture = take_in(upload, LONGEST).expect("a picture");
    let format = match picture.kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
    };
    (picture.kind, image::load_from_memory_with_format(&picture.bytes, format).expect("readable"))
}

#[track_caller]
fn assert_near(pixel: Rgba<u8>, expected: [u8; 3]) {
    let near = pixel.0.iter().zip(expected).all(|(one, other)| one.abs_diff(other) < 40);
    assert!(near, "{pixel:?} is not near {expected:?}");
}

#[track_caller]
fn assert_two_halves(picture: &DynamicImage) {
    let (width, height) = picture.dimensions();
    assert_near(picture.get_pixel(width / 8, height / 8), RED);
    assert_near(picture.get_pixel(width - 1 - width / 8, height / 8), BLUE);
}

#[test]
fn every_format_is_taken_in() {
    let opaque = two_halves(24, 16);
    let solid: DynamicImage = opaque.to_rgba8().into();
    let deep: DynamicImage = opaque.to_rgb16().into();
    let deep_solid: DynamicImage = opaque.to_rgba16().into();
    for (name, upload) in [
        ("JPEG", jpeg(&opaque)),
        ("progressive JPEG", PROGRESSIVE.to_vec()),
        ("JPEG for print", CMYK.to_vec()),
        ("PNG", png(&opaque)),
        ("PNG with nothing transparent", png(&solid)),
        ("PNG of 16 bits", png(&deep)),
        ("PNG of 16 bits and four channels", png(&deep_solid)),
        ("lossless WebP", webp(&opaque)),
        ("lossless WebP with nothing transparent", webp(&solid)),
        ("lossy WebP", LOSSY.to_vec()),
    ] {
        let (kind, picture) = kept(&upload);
        assert_eq!((kind, picture.dimensions()), (Kind::Jpeg, (24, 16)), "{name}");
        assert_two_halves(&picture);
    }
    for upload in [png(&opaque.to_luma8().into()), png(&opaque.to_luma16().into()), jpeg(&opaque.to_luma8().into())] {
        let (kind, picture) = kept(&upload);
        let [red, green, blue, _] = picture.get_pixel(2, 2).0;
        assert_eq!((kind, red, green), (Kind::Jpeg, green, blue), "grey stays grey");
    }
}

#[test]
fn what_is_transparent_stays_so() {
    let picture = half_there(24, 16);
    for upload in [png(&picture), webp(&picture), png(&picture.to_rgba16().into())] {
        let (kind, picture) = kept(&upload);
        assert_eq!((kind, picture.dimensions()), (Kind::Png, (24, 16)));
        assert_two_halves(&picture);
        assert_eq!((picture.get_pixel(2, 2).0[3], picture.get_pixel(2, 15).0[3]), (255, 0));
    }
    assert_eq!(kept(TRANSPARENT).0, Kind::Png);
    let (_, large) = kept(&png(&half_there(1200, 900)));
    assert_two_halves(&large);
    assert_eq!((large.dimensions(), large.get_pixel(9, 383).0[3]), ((512, 384), 0));
}

#[test]
fn what_is_transparent_does_not_colour_what_is_not() {
    // Green that can't be seen, or hardly, beside red that can.
    for (side, faint) in [(1000, 0), (5000, 0), (1000, 40), (5000, 40)] {
        let picture =
            RgbaImage::from_fn(
                side,
                8,
                |x, _| if x % 2 == 0 { Rgba([200, 0, 0, 255]) } else { Rgba([0, 200, 0, faint]) },
            );
        let (kind, picture) = kept(&png(&picture.into()));
        assert_eq!(kind, Kind::Png);
        for (x, y, pixel) in picture.pixels() {
            let [red, green, _, alpha] = pixel.0;
            assert!(alpha == 0 || (red > 150 && green < 50), "{pixel:?} at {x}, {y}");
        }
    }
}

#[test]
fn of_an_animation_the_first_frame_is_kept() {
    for upload in [ANIMATED_PNG, ANIMATED_WEBP] {
        let (kind, picture) = kept(upload);
        assert_eq!((kind, picture.dimensions()), (Kind::Jpeg, (24, 16)));
        for (_, _, pixel) in picture.pixels() {
            assert_near(pixel, RED);
        }
    }
}

#[test]
fn pictures_are_scaled_down_and_never_up() {
    for ((width, height), expected) in [
        ((1, 1), (1, 1)),
        ((8, 5), (8, 5)),
        ((512, 512), (512, 512)),
        ((513, 10), (512, 10)),
        ((600, 300), (512, 256)),
        ((300, 600), (256, 512)),
        ((2048, 100), (512, 25)),
        ((100, 2049), (25, 512)),
        ((2500, 300), (512, 61)),
        ((2300, 334), (512, 74)),
        ((5000, 2), (512, 1)),
        ((2, 5000), (1, 512)),
    ] {
        let picture = two_halves(width, height);
        for upload in [jpeg(&picture), png(&half_there(width, height))] {
            assert_eq!(kept(&upload).1.dimensions(), expected, "{width} x {height}");
        }
        if width >= 300 {
            assert_two_halves(&kept(&jpeg(&picture)).1);
        }
    }
}

#[test]
fn each_purpose_has_its_size_and_a_thumbnail_is_made_of_what_is_kept() {
    for (purpose, expected) in
        [(Purpose::Avatar, (512, 410)), (Purpose::Listing, (1_600, 1_280)), (Purpose::Thumbnail, (320, 256))]
    {
        for (kind, upload) in
            [(Kind::Jpeg, jpeg(&two_halves(2_500, 2_000))), (Kind::Png, png(&half_there(2_500, 2_000)))]
        {
            let picture = take_in(&upload, purpose.longest_side()).expect("a picture");
            let kept = image::load_from_memory(&picture.bytes).expect("readable");
            assert_eq!((picture.kind, kept.dimensions()), (kind, expected));
            let small = scaled_down(&picture.bytes, Purpose::Thumbnail.longest_side()).expect("a thumbnail");
            let drawn = image::load_from_memory(&small.bytes).expect("readable");
            assert_eq!((small.kind, drawn.dimensions()), (kind, (320, 256)));
            assert_two_halves(&drawn);
        }
    }
}

/// An upload may have 5 MiB; what is made of it has as many as it takes.
#[test]
fn whatever_is_kept_is_read_again() {
    let mut state = 1_u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    let side = Purpose::Listing.longest_side();
    let worst = png(&RgbaImage::from_fn(side, side, |_, _| Rgba([noise(), noise(), noise(), noise()])).into());
    assert!((MOST_BYTES..MOST_KEPT).contains(&worst.len()), "{}", worst.len());
    assert!(scaled_down(&worst, 320).is_ok());
    assert_eq!(scaled_down(&worst[..worst.len() / 2], 320), Err(ImageError::NotAPicture));
    assert_eq!(scaled_down(b"", 320), Err(ImageError::NotAPicture));
}

/// 60 x 40: red at the top left, green at the top right, blue at the bottom left, white at the bottom right.
fn four_corners(width: u32, height: u32) -> DynamicImage {
    image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => [220, 30, 30],
            (false, true) => [30, 220, 30],
            (true, false) => [30, 30, 220],
            (false, false) => [250, 250, 250],
        })
    })
    .into()
}

/// The colours of the corners as letters, from the top left, as one reads.
fn corners(picture: &DynamicImage) -> String {
    let (width, height) = picture.dimensions();
    let at = [(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)];
    at.map(|(x, y)| match picture.get_pixel(x, y).0.map(|channel| channel > 150) {
        [true, true, true, _] => 'w',
        [true, ..] => 'r',
        [_, true, ..] => 'g',
        [_, _, true, _] => 'b',
        _ => '?',
    })
    .into_iter()
    .collect()
}

#[test]
fn photos_stand_upright() {
    // What a picture with each orientation looks like when it is shown as it should be (EXIF 2.3, 4.6.4).
    let upright = ["rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"];
    for (width, height, (long, short)) in [(60, 40, (60, 40)), (2304, 768, (512, 171))] {
        let photo = four_corners(width, height);
        let (plain_jpeg, plain_png, (kind, data)) = (jpeg(&photo), png(&photo), only_chunk(&webp(&photo)));
        for (orientation, expected) in (1..=8).zip(upright) {
            let block = exif(orientation, "a photo");
            for upload in [
                with_exif(&plain_jpeg, &block),
                with_chunks(&plain_png, &[chunk(*b"eXIf", &block)]),
                riff(&[(b"VP8X", canvas(0x08, width, height)), (kind, data.clone()), (b"EXIF", block.clone())]),
            ] {
                let (_, picture) = kept(&upload);
                let size = if orientation > 4 { (short, long) } else { (long, short) };
                assert_eq!((corners(&picture).as_str(), picture.dimensions()), (expected, size), "{orientation}");
            }
        }
    }
    for odd in [0, 9, 65_535] {
        let (_, picture) = kept(&with_exif(&jpeg(&four_corners(60, 40)), &exif(odd, "a photo")));
        assert_eq!(corners(&picture), "rgbw", "{odd}");
    }
}

#[test]
fn nothing_is_kept_but_pixels() {
    let secret = "taken at home, 51.5N";
    let text = secret.as_bytes();
    let block = exif(1, secret);
    let opaque = jpeg(&two_halves(24, 16));
    let note = |before: &[u8]| [before, text].concat();
    let segments = [
        (0xe1, [b"Exif\0\0", block.as_slice()].concat()),
        (0xe1, note(b"http://ns.adobe.com/xap/1.0/\0")),
        (0xe2, note(b"ICC_PROFILE\0\x01\x01")),
        (0xed, note(b"Photoshop 3.0\0")),
        (0xef, text.to_vec()),
        (0xfe, text.to_vec()),
    ];
    let chunks = [
        chunk(*b"eXIf", &block),
        chunk(*b"tEXt", &note(b"Comment\0")),
        chunk(*b"iTXt", &note(b"XML:com.adobe.xmp\0\0\0\0\0")),
        chunk(*b"teSt", text),
    ];
    let (kind, data) = only_chunk(&webp(&half_there(24, 16)));
    let parts = [
        (b"VP8X", canvas(0x1c, 24, 16)),
        (kind, data),
        (b"EXIF", block.clone()),
        (b"XMP ", text.to_vec()),
        (b"TEST", text.to_vec()),
    ];
    for upload in [
        with_segments(&opaque, &segments),
        with_chunks(&png(&half_there(24, 16)), &chunks),
        with_chunks(&png(&two_halves(24, 16)), &chunks),
        riff(&parts),
    ] {
        assert!(has(&upload, text));
        let kept = take_in(&upload, LONGEST).expect("a picture").bytes;
        for mark in [text, b"Exif", b"eXIf", b"EXIF", b"ICC", b"tEXt", b"iTXt", b"XMP", b"adobe", b"51.5N"] {
            assert!(!has(&kept, mark), "{}", String::from_utf8_lossy(mark));
        }
    }
}

#[test]
fn a_file_of_5_mib_is_taken_and_one_byte_more_is_not() {
    let picture = jpeg(&two_halves(24, 16));
    let upload = |size: usize| [picture.as_slice(), &vec![0; size - picture.len()]].concat();
    assert!(take_in(&upload(MOST_BYTES), LONGEST).is_ok());
    assert_eq!(take_in(&upload(MOST_BYTES + 1), LONGEST), Err(ImageError::TooManyBytes));
    assert_eq!(take_in(&vec![0; MOST_BYTES], LONGEST), Err(ImageError::NotAPicture));
    assert_eq!(take_in(&vec![0; MOST_BYTES + 1], LONGEST), Err(ImageError::TooManyBytes));
}

#[test]
fn every_refusal_says_why() {
    for (error, text) in [
        (ImageError::Empty, "The submitted file is empty."),
        (ImageError::TooManyBytes, "The picture must have at most 5 MiB."),
        (ImageError::TooManyPixels, "The picture must have at most 40 megapixels."),
        (ImageError::OtherFormat, "Upload a JPEG, PNG or WebP picture."),
        (
            ImageError::NotAPicture,
            "Upload a valid image. The file you uploaded was either not an image or a corrupted image.",
        ),
    ] {
        assert_eq!(error.to_string(), text);
    }
}
