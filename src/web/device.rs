//! What a browser is called in a list, out of what it says of itself. A guess for the eye, and nothing depends on it.

use super::text::Account;

/// Browser and system, like `Chrome · Windows`.
pub(super) fn name(user_agent: &str, w: &'static Account) -> String {
    let has = |word: &str| user_agent.contains(word);
    // the more special ones call themselves by the names of the others, too
    let browser = [
        ("MicroMessenger", w.wechat),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]
    .into_iter()
    .find(|(word, _)| has(word))
    .map(|(_, name)| name);
    let system = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ]
    .into_iter()
    .find(|(word, _)| has(word))
    .map(|(_, name)| name);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => {
            let first = user_agent.split([' ', '/']).next().unwrap_or_default();
            let first: String = first.chars().take(40).collect();
            if first.is_empty() {
                w.unknown_device.to_owned()
            } else {
                first
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::text::Tongue;

    #[test]
    fn devices_are_called_as_people_know_them() {
        let w = &Tongue::Chinese.text().account;
        for (user_agent, shown) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36",
                "Chrome · Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0",
                "Edge · Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.40",
                "微信 · iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/119.0 Mobile Safari/537.36",
                "Chrome · Android",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15",
                "Safari · Mac",
            ),
            ("curl/8.5.0", "curl"),
            ("", "未知设备"),
        ] {
            assert_eq!(name(user_agent, w), shown);
        }
    }
}
