//! Does the source keep to the plan of the house? Read as text: who imports whom, where tables are named, what files are called.
//!
//! A wrong line is named with its file and number. Where the code has taught us something better, the tables here change with it: [`rooms`] is
//! the who-may-know-whom table, [`tables`] says where each table may be named, and the map at the top of `src/lib.rs` has to agree with both.

#[cfg(test)]
mod files;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod map;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod source;
#[cfg(test)]
mod tables;

/// Fails with everything that was found, a line each.
#[cfg(test)]
#[track_caller]
fn nothing_is_wrong(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
