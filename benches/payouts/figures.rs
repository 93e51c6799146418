//! Figures, and whether they meet their bars.

/// A bar of the issue.
#[derive(Clone, Copy)]
pub(crate) enum Bar {
    AtLeast(f64),
    AtMost(f64),
    /// To be read, not to be met.
    None,
}

struct Line {
    name: String,
    value: f64,
    unit: &'static str,
    bar: Bar,
}

/// What was measured.
#[derive(Default)]
pub(crate) struct Report {
    lines: Vec<Line>,
}

impl Report {
    /// A figure.
    pub(crate) fn figure(&mut self, name: impl Into<String>, value: f64, unit: &'static str) {
        self.bar(name, value, unit, Bar::None);
    }

    /// A figure with a bar.
    pub(crate) fn bar(
        &mut self,
        name: impl Into<String>,
        value: f64,
        unit: &'static str,
        bar: Bar,
    ) {
        let line = Line {
            name: name.into(),
            value,
            unit,
            bar,
        };
        println!("  {}", line.text());
        self.lines.push(line);
    }

    /// Everything once more, as a table.
    pub(crate) fn print(&self) {
        println!("\n══ figures ══");
        for line in &self.lines {
            println!("{}", line.text());
        }
        let missed = self
            .lines
            .iter()
            .filter(|line| line.is_met() == Some(false));
        println!("bars missed: {}", missed.count());
    }
}

impl Line {
    fn is_met(&self) -> Option<bool> {
        match self.bar {
            Bar::AtLeast(bar) => Some(self.value >= bar),
            Bar::AtMost(bar) => Some(self.value <= bar),
            Bar::None => None,
        }
    }

    fn text(&self) -> String {
        let value = if self.value.abs() >= 100.0 {
            format!("{:.0}", self.value)
        } else {
            format!("{:.3}", self.value)
        };
        let bar = match self.bar {
            Bar::AtLeast(bar) => format!("bar ≥ {bar}"),
            Bar::AtMost(bar) => format!("bar ≤ {bar}"),
            Bar::None => String::new(),
        };
        let met = match self.is_met() {
            Some(true) => "met",
            Some(false) => "MISSED",
            None => "",
        };
        format!(
            "{:<66} {value:>10} {:<10} {bar:<12} {met}",
            self.name, self.unit
        )
    }
}

/// The middle one.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A count as a number to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
pub(crate) fn count(number: usize) -> f64 {
    number as f64
}
