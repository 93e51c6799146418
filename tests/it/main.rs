//! Can a person or a shop do it, and can no one else? Through the doors, on both databases.

#[cfg(test)]
#[path = "../harness/mod.rs"]
mod harness;

#[cfg(test)]
mod batches;
#[cfg(test)]
mod commissions;
#[cfg(test)]
mod finding_pages;
#[cfg(test)]
mod home_page;
#[cfg(test)]
mod limit_pages;
#[cfg(test)]
mod payout_pages;
#[cfg(test)]
mod people;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod signing_in;
#[cfg(test)]
mod storefront;
#[cfg(test)]
mod webhooks;
#[cfg(test)]
mod withdrawals;
