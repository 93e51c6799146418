//! Do we speak the protocol to the letter? Published vectors, every remote code, every fault of the wire.

#[cfg(test)]
mod https;
#[cfg(test)]
mod wechat_v2;
