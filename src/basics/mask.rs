//! What may be shown of things that identify a person.

/// An openid with its middle hidden: `oUpF…eS6o`.
pub fn openid(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    match (chars.first_chunk::<4>(), chars.last_chunk::<4>()) {
        (Some(head), Some(tail)) if chars.len() > 10 => {
            format!("{}…{}", String::from_iter(head), String::from_iter(tail))
        }
        (Some(head), _) => format!("{}…", String::from_iter(head)),
        _ => "…".to_owned(),
    }
}

/// The last four characters of something long, for recognition: `••••1a2b`.
pub fn tail(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    match chars.last_chunk::<4>() {
        Some(tail) if chars.len() >= 12 => format!("••••{}", String::from_iter(tail)),
        _ => "••••".to_owned(),
    }
}
