//! What the operating system knows of a process: its CPU time and its memory.

use std::time::Duration;

use crate::Res;

/// Linux counts CPU time in hundredths of a second for everyone to read.
const TICKS_A_SECOND: u64 = 100;

/// The CPU time of a process, of all its threads, user and system.
pub(crate) fn cpu_of(pid: u32) -> Res<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // the name in parentheses may have blanks
    let (_, rest) = stat.rsplit_once(") ").ok_or("no stat")?;
    let mut fields = rest.split(' ').skip(11);
    let mut ticks = || -> Res<u64> { Ok(fields.next().ok_or("a short stat")?.parse()?) };
    let all = ticks()?.saturating_add(ticks()?);
    Ok(Duration::from_millis(
        all.saturating_mul(1000 / TICKS_A_SECOND),
    ))
}

/// The CPU time of this process's first thread, to the nanosecond.
pub(crate) fn cpu_of_this_thread() -> Res<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanos = text.split(' ').next().ok_or("no schedstat")?.parse()?;
    Ok(Duration::from_nanos(nanos))
}

/// The CPU time of all processes of a server: the first one and its children, dead ones included.
pub(crate) fn cpu_of_family(pid: u32) -> Res<Duration> {
    let mut sum = Duration::ZERO;
    for entry in std::fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(child) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        if child == pid || parent_of(child) == Some(pid) {
            // it may have ended just now
            sum = sum.saturating_add(cpu_of(child).unwrap_or_default());
        }
    }
    Ok(sum)
}

fn parent_of(pid: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(") ")?;
    rest.split(' ').nth(1)?.parse().ok()
}

/// The memory of a process that is really there, in KiB.
pub(crate) fn resident_kib(pid: u32) -> Res<usize> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
