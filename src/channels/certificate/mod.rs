//! What a merchant uploads, read and judged.
