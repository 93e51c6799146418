//! A picture that a phone reads, drawn by the server: no script, no style, no remote service that would learn the secret.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// The quiet edge that readers need, in modules.
const EDGE: usize = 4;

/// The picture as SVG, with a name for those who do not see it, which is ours. None when the text is too long.
pub(super) fn svg(text: &str, name: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let size = width + 2 * EDGE;
    let mut path = String::new();
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (place % width + EDGE, place / width + EDGE);
            // writing into a String cannot fail
            let _written = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    Some(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"{name}\" \
         shape-rendering=\"crispEdges\"><rect class=\"qr-page\" width=\"{size}\" height=\"{size}\"/>\
         <path class=\"qr-ink\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_no_style_and_no_script() {
        let text = "otpauth://totp/Zhanfu:lin%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Zhanfu";
        let svg = svg(text, "name").unwrap();
        assert!(svg.contains("viewBox=\"0 0 "));
        assert!(!svg.contains("style") && !svg.contains("script"));
        assert!(!svg.contains("GEZD"));
    }
}
