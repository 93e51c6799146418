//! The rules of the engine.
