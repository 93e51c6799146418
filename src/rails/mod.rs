//! The outside world's protocols.
