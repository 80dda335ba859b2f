//! Pictures of every kind, and files that only look like one.

#[cfg(feature = "testing")]
mod bucket;
mod garbage;
mod hostile;
mod images;
mod samples;
#[cfg(feature = "testing")]
mod store;
#[cfg(feature = "testing")]
mod sweep;

/// The longer side of what most of these tests make.
const LONGEST: u32 = super::key::Purpose::Avatar.longest_side();
