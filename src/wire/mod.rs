//! HTTP to the outside world.
