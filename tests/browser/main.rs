//! Can a person do it in a real browser? Chromium, driven through `WebDriver`, against a house of its own.
//!
//! Each walk is done twice: on a desktop's width and on a phone's. Its pictures are kept in `target/screenshots`.
//! Nothing sleeps: a gesture asks the browser again until the page shows what it should, for as long as [`screen::PATIENCE`].

#[cfg(test)]
#[path = "../harness/mod.rs"]
mod harness;

#[cfg(test)]
mod driver;
#[cfg(test)]
mod payouts;
#[cfg(test)]
mod screen;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod signing_in;
