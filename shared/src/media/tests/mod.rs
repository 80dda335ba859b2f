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
