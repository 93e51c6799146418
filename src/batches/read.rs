//! Reading the file: XLSX, or CSV in UTF-8 (with or without a mark) or GB18030.
//!
//! The first line names the columns, in Chinese or English, in any order; columns that we do not know are passed over.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};

/// The largest file. 20,000 lines have about 2 MiB.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The most lines.
pub const MOST_LINES: usize = 20_000;

/// What a table may hold once it is inflated.
const MOST_INFLATED: u64 = 64 * 1024 * 1024;

/// A cell that is longer is cut: no column of ours holds as much.
const LONGEST_CELL: usize = 300;

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Too large.
    #[error("the file is larger than {MOST_BYTES} bytes")]
    TooLarge,
    /// Neither a table nor text.
    #[error("the file is neither XLSX nor CSV")]
    Unknown,
    /// An XLSX that cannot be opened.
    #[error("the XLSX file is damaged or has a password")]
    Damaged,
    /// Text that cannot be read, from this line on.
    #[error("line {line} cannot be read as CSV")]
    Text {
        /// The line.
        line: u64,
    },
    /// A column is missing.
    #[error("the first line has no column {0}")]
    NoColumn(&'static str),
    /// Too many lines.
    #[error("the file has more than {MOST_LINES} lines")]
    TooManyLines,
    /// No line but the first.
    #[error("the file has no line below its header")]
    NoLines,
}

/// One line as it stands in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawLine {
    /// Its number in the file; the header is 1.
    pub number: i64,
    /// Who is to be paid.
    pub recipient: String,
    /// How much, in yuan.
    pub amount: String,
    /// What the recipient reads.
    pub description: String,
    /// The shop's own number.
    pub external_id: String,
}

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<Vec<RawLine>, FileFault> {
    if bytes.is_empty() {
        return Err(FileFault::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(FileFault::TooLarge);
    }
    let rows = if bytes.starts_with(b"PK\x03\x04") {
        read_xlsx(bytes)?
    } else if bytes.contains(&0) || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(FileFault::Unknown);
    } else {
        read_csv(&decode(bytes)?)?
    };
    to_lines(rows)
}

/// A row of cells with its number.
type Row = (i64, Vec<String>);

fn read_xlsx(bytes: &[u8]) -> Result<Vec<Row>, FileFault> {
    refuse_bombs(bytes)?;
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| FileFault::Damaged)?;
    let sheet = book
        .worksheet_range_at(0)
        .ok_or(FileFault::NoLines)?
        .map_err(|_| FileFault::Damaged)?;
    if sheet.height() > MOST_LINES.saturating_add(1) {
        return Err(FileFault::TooManyLines);
    }
    let first = sheet.start().map_or(0, |(row, _)| row);
    Ok(sheet
        .rows()
        .enumerate()
        .map(|(place, row)| {
            let number = i64::from(first)
                .saturating_add(i64::try_from(place).unwrap_or(i64::MAX))
                .saturating_add(1);
            (number, row.iter().map(cell).collect())
        })
        .collect())
}

/// Inflates every part once, counting: what a ZIP says of its sizes is not believed.
fn refuse_bombs(bytes: &[u8]) -> Result<(), FileFault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileFault::Damaged)?;
    if archive.len() > 500 {
        return Err(FileFault::Damaged);
    }
    let mut left = MOST_INFLATED;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|_| FileFault::Damaged)?;
        let read = std::io::copy(&mut part.take(left.saturating_add(1)), &mut std::io::sink())
            .map_err(|_| FileFault::Damaged)?;
        left = left.checked_sub(read).ok_or(FileFault::TooLarge)?;
    }
    Ok(())
}

/// A cell as a person sees it. A number has no exponent and no more decimals than it needs: 12.5 yuan are written as 12.5.
fn cell(data: &Data) -> String {
    let text = match data {
        Data::String(text) => text.trim().to_owned(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(_)
        | Data::DateTime(_)
        | Data::DateTimeIso(_)
        | Data::DurationIso(_)
        | Data::Error(_)
        | Data::Empty => String::new(),
    };
    cut(&text)
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST_CELL).collect()
}

fn decode(bytes: &[u8]) -> Result<String, FileFault> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.trim_start_matches('\u{feff}').to_owned());
    }
    let (text, _, malformed) = encoding_rs::GB18030.decode(bytes);
    if malformed {
        return Err(FileFault::Unknown);
    }
    Ok(text.into_owned())
}

fn read_csv(text: &str) -> Result<Vec<Row>, FileFault> {
    let header = text.lines().next().unwrap_or_default();
    // what people save from a table in Chinese is divided by commas, semicolons or tabs
    let delimiter = [b',', b'\t', b';']
        .into_iter()
        .max_by_key(|delimiter| header.bytes().filter(|byte| byte == delimiter).count())
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(rows),
            Err(_) => return Err(FileFault::Text { line }),
        }
        if rows.len() > MOST_LINES {
            return Err(FileFault::TooManyLines);
        }
        let number = record.position().map_or(line, csv::Position::line);
        let cells = record.iter().map(|cell| cut(cell.trim())).collect();
        rows.push((i64::try_from(number).unwrap_or(i64::MAX), cells));
    }
}

/// The columns and what people call them.
const COLUMNS: [(&str, &[&str]); 4] = [
    (
        "收款人编号",
        &[
            "收款人编号",
            "收款人",
            "用户编号",
            "recipient_id",
            "recipient",
        ],
    ),
    (
        "金额(元)",
        &[
            "金额(元)",
            "金额\u{ff08}元\u{ff09}",
            "金额",
            "amount_yuan",
            "amount",
        ],
    ),
    ("备注", &["备注", "说明", "付款说明", "description"]),
    ("外部单号", &["外部单号", "商户单号", "单号", "external_id"]),
];

fn to_lines(rows: Vec<Row>) -> Result<Vec<RawLine>, FileFault> {
    let mut rows = rows
        .into_iter()
        .skip_while(|(_, cells)| cells.iter().all(String::is_empty));
    let (_, header) = rows.next().ok_or(FileFault::Empty)?;
    let names: Vec<String> = header
        .iter()
        .map(|name| name.trim().replace(' ', "").to_lowercase())
        .collect();
    let place =
        |(_, known): &(&str, &[&str])| names.iter().position(|name| known.contains(&name.as_str()));
    let [recipient, amount, description, external_id] = &COLUMNS;
    let recipient_at = place(recipient).ok_or(FileFault::NoColumn(recipient.0))?;
    let amount_at = place(amount).ok_or(FileFault::NoColumn(amount.0))?;
    let (description_at, external_id_at) = (place(description), place(external_id));
    let mut lines = Vec::new();
    for (number, cells) in rows {
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if lines.len() >= MOST_LINES {
            return Err(FileFault::TooManyLines);
        }
        let at = |place: Option<usize>| {
            place
                .and_then(|place| cells.get(place))
                .cloned()
                .unwrap_or_default()
        };
        lines.push(RawLine {
            number,
            recipient: at(Some(recipient_at)),
            amount: at(Some(amount_at)),
            description: at(description_at),
            external_id: at(external_id_at),
        });
    }
    if lines.is_empty() {
        return Err(FileFault::NoLines);
    }
    Ok(lines)
}
