//! What a code means and what to do about it, in the two languages of the pages.

/// Which remote call said it. The same code can mean different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// A submission.
    Submission,
    /// An inquiry.
    Inquiry,
}

/// One sentence in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Simplified Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// What happened, and what helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What it means.
    pub meaning: Words,
    /// What a person does about it.
    pub remedy: Words,
}
