//! The load: requests from a process of its own, over kept connections, each poster waiting for its answer before it asks again.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::Res;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kind {
    /// `POST /api/v1/withdrawals`
    Withdraw,
    /// `GET /api/v1/payouts/{id}`
    Payout,
    /// `GET /healthz`
    Health,
}

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct LoadArgs {
    #[arg(long)]
    pub(crate) address: String,
    #[arg(long, value_enum)]
    pub(crate) kind: Kind,
    /// A storefront key a line.
    #[arg(long)]
    pub(crate) keys: PathBuf,
    /// The ids of payouts, one a line, for `payout`: the tenant's of the same line.
    #[arg(long)]
    pub(crate) ids: Option<PathBuf>,
    #[arg(long)]
    pub(crate) recipients: usize,
    /// Only the first so many keys.
    #[arg(long)]
    pub(crate) tenants: usize,
    #[arg(long)]
    pub(crate) posters: usize,
    #[arg(long)]
    pub(crate) requests: usize,
    /// Goes into the idempotency keys, so that two runs have none in common.
    #[arg(long)]
    pub(crate) run: String,
    /// Where the ids of what was accepted are written, one a line.
    #[arg(long)]
    pub(crate) write_ids: Option<PathBuf>,
}

/// What the load saw.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Seen {
    pub(crate) seconds: f64,
    pub(crate) statuses: BTreeMap<u16, usize>,
    pub(crate) median_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) cpu_seconds: f64,
}

impl Seen {
    /// Whether all were answered as hoped.
    pub(crate) fn expect(self, status: u16, requests: usize) -> Res<Self> {
        if self.statuses.get(&status) == Some(&requests) {
            Ok(self)
        } else {
            Err(format!("answers: {:?}", self.statuses).into())
        }
    }
}

/// A load that has connected and waits for the word.
pub(crate) struct Load {
    child: Child,
    word: ChildStdin,
    answer: BufReader<std::process::ChildStdout>,
}

impl Load {
    pub(crate) fn prepare(args: &LoadArgs) -> Res<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("load");
        let number = |number: usize| number.to_string();
        let kind = match args.kind {
            Kind::Withdraw => "withdraw",
            Kind::Payout => "payout",
            Kind::Health => "health",
        };
        for (name, value) in [
            ("--address", args.address.clone()),
            ("--kind", kind.to_owned()),
            ("--keys", args.keys.display().to_string()),
            ("--recipients", number(args.recipients)),
            ("--tenants", number(args.tenants)),
            ("--posters", number(args.posters)),
            ("--requests", number(args.requests)),
            ("--run", args.run.clone()),
        ] {
            command.arg(name).arg(value);
        }
        for (name, path) in [("--ids", &args.ids), ("--write-ids", &args.write_ids)] {
            if let Some(path) = path {
                command.arg(name).arg(path);
            }
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let word = child.stdin.take().ok_or("no stdin")?;
        let mut answer = BufReader::new(child.stdout.take().ok_or("no stdout")?);
        let mut line = String::new();
        answer.read_line(&mut line)?;
        if line.trim() == "ready" {
            Ok(Self {
                child,
                word,
                answer,
            })
        } else {
            Err(format!("the load is not ready: {line}").into())
        }
    }

    /// Lets it go, and waits for its end.
    pub(crate) fn go(mut self) -> Res<Seen> {
        self.word.write_all(b"go\n")?;
        let mut text = String::new();
        self.answer.read_to_string(&mut text)?;
        let status = self.child.wait()?;
        if !status.success() {
            return Err(format!("the load ended with {status}").into());
        }
        Ok(serde_json::from_str(&text)?)
    }
}

/// The process's own life.
pub(crate) fn run(args: &LoadArgs) -> Res<()> {
    let keys = lines(&args.keys, args.tenants)?;
    let ids = match &args.ids {
        Some(path) => lines(path, usize::MAX)?,
        None => Vec::new(),
    };
    let mut streams = Vec::new();
    for _ in 0..args.posters {
        let stream = TcpStream::connect(&args.address)?;
        stream.set_nodelay(true)?;
        streams.push(stream);
    }
    println!("ready");
    std::io::stdin().read_line(&mut String::new())?;
    let began = Instant::now();
    let next = AtomicUsize::new(0);
    let mut told = Vec::new();
    std::thread::scope(|scope| -> Res<()> {
        let posters: Vec<_> = streams
            .into_iter()
            .map(|stream| {
                let (keys, ids, next) = (&keys, &ids, &next);
                std::thread::Builder::new()
                    .stack_size(256 * 1024)
                    .spawn_scoped(scope, move || post(args, keys, ids, next, stream))
            })
            .collect::<Result<_, _>>()?;
        for poster in posters {
            told.push(poster.join().map_err(|_| "a poster panicked")??);
        }
        Ok(())
    })?;
    let seconds = began.elapsed().as_secs_f64();
    report(args, seconds, told)
}

fn report(args: &LoadArgs, seconds: f64, told: Vec<Told>) -> Res<()> {
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    let mut times = Vec::new();
    let mut ids = Vec::new();
    for poster in told {
        for (status, count) in poster.statuses {
            let sum = statuses.entry(status).or_default();
            *sum = sum.saturating_add(count);
        }
        times.extend(poster.times);
        ids.extend(poster.ids);
    }
    if let Some(path) = &args.write_ids {
        ids.sort();
        let ids: Vec<String> = ids.into_iter().map(|(_, id)| id).collect();
        std::fs::write(path, ids.join("\n"))?;
    }
    times.sort();
    let at = |part: usize| {
        let place = times.len().saturating_mul(part) / 100;
        times.get(place).map_or(0.0, Duration::as_secs_f64) * 1_000.0
    };
    let seen = Seen {
        seconds,
        statuses,
        median_ms: at(50),
        p99_ms: at(99),
        cpu_seconds: crate::machine::cpu_of(std::process::id())?.as_secs_f64(),
    };
    println!("{}", serde_json::to_string(&seen)?);
    Ok(())
}

fn lines(path: &Path, most: usize) -> Res<Vec<String>> {
    let text = std::fs::read_to_string(path)?;
    Ok(text.lines().take(most).map(str::to_owned).collect())
}

/// What one poster has to tell.
#[derive(Default)]
struct Told {
    statuses: BTreeMap<u16, usize>,
    times: Vec<Duration>,
    ids: Vec<(usize, String)>,
}

fn post(
    args: &LoadArgs,
    keys: &[String],
    ids: &[String],
    next: &AtomicUsize,
    mut stream: TcpStream,
) -> Res<Told> {
    let mut told = Told::default();
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= args.requests {
            return Ok(told);
        }
        let request = request(args, keys, ids, number)?;
        let began = Instant::now();
        stream.write_all(request.as_bytes())?;
        let (status, body) = answer(&mut stream, &mut buffer)?;
        told.times.push(began.elapsed());
        let sum = told.statuses.entry(status).or_default();
        *sum = sum.saturating_add(1);
        if args.write_ids.is_some() {
            let payout: serde_json::Value = serde_json::from_slice(body)?;
            let id = payout.get("id").and_then(|id| id.as_str()).ok_or("no id")?;
            told.ids.push((number, id.to_owned()));
        }
    }
}

fn request(args: &LoadArgs, keys: &[String], ids: &[String], number: usize) -> Res<String> {
    let turn = |of: usize| number.checked_rem(of).unwrap_or(0);
    let key = keys.get(turn(keys.len())).ok_or("no keys")?;
    let address = &args.address;
    Ok(match args.kind {
        Kind::Health => format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\n\r\n"),
        Kind::Payout => {
            let id = ids.get(turn(ids.len())).ok_or("no ids")?;
            format!(
                "GET /api/v1/payouts/{id} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\r\n"
            )
        }
        Kind::Withdraw => {
            // each tenant's recipients in turn
            let round = number.checked_div(keys.len()).unwrap_or(0);
            let recipient = round
                .checked_rem(args.recipients)
                .unwrap_or(0)
                .saturating_add(1);
            let body = format!(r#"{{"recipient_id":"r{recipient}","amount_fen":100}}"#);
            format!(
                "POST /api/v1/withdrawals HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\
                 Idempotency-Key: {}-{number}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                args.run,
                body.len()
            )
        }
    })
}

/// Reads one answer: its status, and its body.
fn answer<'b>(stream: &mut TcpStream, buffer: &'b mut [u8]) -> Res<(u16, &'b [u8])> {
    let mut filled = 0_usize;
    loop {
        let room = buffer.get_mut(filled..).ok_or("a long answer")?;
        let read = stream.read(room)?;
        if read == 0 {
            return Err("the service hung up".into());
        }
        filled = filled.saturating_add(read);
        let so_far = buffer.get(..filled).unwrap_or_default();
        let Some(end) = so_far.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head = std::str::from_utf8(so_far.get(..end).unwrap_or_default())?.to_ascii_lowercase();
        let length: usize = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .ok_or("an answer without its length")?
            .trim()
            .parse()?;
        let body = end.saturating_add(4);
        if filled >= body.saturating_add(length) {
            let status = head.split(' ').nth(1).ok_or("no status")?.parse()?;
            return Ok((status, buffer.get(body..filled).unwrap_or_default()));
        }
    }
}
