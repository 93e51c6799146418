//! The simulator's own tests: the judge has to be right before it may judge.

mod book;
mod certificates;
mod control_port;
mod counter;
mod fault_catalogue;
mod faults;
mod inquiries;
mod limits;
mod over_tls;
mod refusals;
mod transfers;
mod vectors;
mod wire_faults;
