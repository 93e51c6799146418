//! Charts as SVG, drawn by the server: no script, printable, and readable by those who do not see them by the table beside.

use std::fmt::Write as _;

use crate::basics::Day;

/// The drawing's size. It is drawn for a phone's width and grows on a desk.
const WIDTH: i64 = 360;
const HEIGHT: i64 = 170;
/// Room for the numbers at the left, the days below, and above the highest bar.
const LEFT: i64 = 46;
const BOTTOM: i64 = 20;
const TOP: i64 = 10;
/// How many days lie between two labels.
const EVERY: usize = 7;

/// One day's column, of parts that stand on each other.
pub(super) struct Column {
    /// The day.
    pub(super) day: Day,
    /// The parts, from the bottom: a colour's name and a number.
    pub(super) parts: Vec<(&'static str, i64)>,
    /// What is said when somebody points at it.
    pub(super) title: String,
}

/// Columns by day. `name` writes a number of the axis.
pub(super) fn columns(columns: &[Column], label: &str, name: impl Fn(i64) -> String) -> String {
    let highest = columns
        .iter()
        .map(|column| column.parts.iter().map(|(_, number)| *number).sum())
        .max()
        .unwrap_or(0);
    let top = round_up(highest);
    let plot_height = HEIGHT.saturating_sub(BOTTOM).saturating_sub(TOP);
    let plot_width = WIDTH.saturating_sub(LEFT);
    let count = i64::try_from(columns.len()).unwrap_or(1).max(1);
    let height = |number: i64| scale(number, plot_height, top);
    let base = HEIGHT.saturating_sub(BOTTOM);
    let mut svg = format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">",
        escape(label)
    );
    for part in [0, 1, 2] {
        let number = scale(part, top, 2);
        let y = base.saturating_sub(height(number));
        let (line, text) = (y, y.saturating_add(4));
        let x = LEFT.saturating_sub(6);
        let _written = write!(
            svg,
            "<line class=\"axis\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{line}\" y2=\"{line}\"/>\
             <text x=\"{x}\" y=\"{text}\" text-anchor=\"end\">{}</text>",
            escape(&name(number))
        );
    }
    for (place, column) in columns.iter().enumerate() {
        let number = i64::try_from(place).unwrap_or(0);
        let begin = LEFT.saturating_add(scale(number, plot_width, count));
        let end = LEFT.saturating_add(scale(number.saturating_add(1), plot_width, count));
        let width = end.saturating_sub(begin).saturating_sub(2).max(1);
        let _written = write!(svg, "<g><title>{}</title>", escape(&column.title));
        // the whole column answers to the pointer, however low its bar is
        let _written = write!(
            svg,
            "<rect class=\"hit\" x=\"{begin}\" y=\"{TOP}\" width=\"{width}\" height=\"{plot_height}\"/>"
        );
        let mut y = base;
        for (class, number) in &column.parts {
            let tall = height(*number).max(i64::from(*number > 0));
            y = y.saturating_sub(tall);
            let _written = write!(
                svg,
                "<rect class=\"bar-{class}\" x=\"{begin}\" y=\"{y}\" width=\"{width}\" height=\"{tall}\"/>"
            );
        }
        svg.push_str("</g>");
        let from_the_end = columns.len().saturating_sub(place).saturating_sub(1);
        if from_the_end.is_multiple_of(EVERY) {
            let middle = begin.saturating_add(width / 2);
            let anchor = if from_the_end == 0 { "end" } else { "middle" };
            let x = if from_the_end == 0 { WIDTH } else { middle };
            let y = HEIGHT.saturating_sub(5);
            let day = column.day.to_string();
            let short = day.get(5..).unwrap_or_default();
            let _written = write!(
                svg,
                "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{short}</text>"
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

/// `number` of `whole` as a share of `length`.
fn scale(number: i64, length: i64, whole: i64) -> i64 {
    let share = i128::from(number).saturating_mul(i128::from(length));
    let share = share.checked_div(i128::from(whole)).unwrap_or(0);
    i64::try_from(share).unwrap_or(i64::MAX)
}

/// The next of 2, 4, 10, 20, 40, 100, … so that the axis has round numbers and a whole one in its middle.
fn round_up(number: i64) -> i64 {
    let mut step: i64 = 2;
    loop {
        for times in [1, 2, 5] {
            let candidate = step.saturating_mul(times);
            if candidate >= number || candidate == i64::MAX {
                return candidate;
            }
        }
        step = step.saturating_mul(10);
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i32) -> Day {
        Day::from_number(number).unwrap()
    }

    #[test]
    fn the_axis_has_round_numbers() {
        for (number, top) in [
            (0, 2),
            (2, 2),
            (3, 4),
            (5, 10),
            (11, 20),
            (99, 100),
            (101, 200),
            (i64::MAX, i64::MAX),
        ] {
            assert_eq!(round_up(number), top, "{number}");
        }
    }

    #[test]
    fn the_highest_column_fills_the_plot_and_a_low_one_is_seen() {
        let column = |number| Column {
            day: day(20_261_123),
            parts: vec![("good", number)],
            title: "<script>".to_owned(),
        };
        let svg = columns(&[column(10), column(0), column(1)], "a & b", |n| {
            n.to_string()
        });
        assert!(svg.contains(
            "y=\"10\" width=\"102\" height=\"140\"/><rect class=\"bar-good\" x=\"46\" y=\"10\""
        ));
        assert!(svg.contains("height=\"0\"") && svg.contains("height=\"14\""));
        assert!(svg.contains("a &amp; b") && !svg.contains("<script>"));
        assert!(columns(&[], "", |n| n.to_string()).starts_with("<svg"));
        let huge = columns(&[column(i64::MAX), column(1)], "", |n| n.to_string());
        assert!(huge.contains("height=\"140\"") && huge.contains("height=\"1\""));
    }
}
