//! One request from the front to its answer: front, fault, judge, book, answer.

use sha2::{Digest as _, Sha256};

use super::answer::{Answer, Delivery, Ending, Reply, XML};
use super::arrival::{Arrival, Elements, Endpoint};
use super::book::{Digest, Refusal, RequestSeen};
use super::certificates::CertificateInfo;
use super::chance::Chance;
use super::faults::{Action, Asked, Booking, Fault, Subject, ask, distort_bytes, distort_elements};
use super::judge::{Case, Refused, Ruled, Ruling, judge};
use super::order::OrderKey;
use super::render::render;
use super::reply;
use super::shared_text::SharedText;
use super::state::{Due, HeldRequest, State};

/// Longer merchant and order numbers are nobody's; the book does not keep them.
const MAX_KEY_BYTES: usize = 64;

/// A request whose body has been hashed and parsed.
pub(super) struct Letter<'a> {
    arrival: &'a Arrival<'a>,
    elements: Result<Elements, Refused>,
    digest: Digest,
}

/// Whether faults may strike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Faults {
    On,
    /// A request that was held back has had its fault.
    Off,
}

impl<'a> Letter<'a> {
    pub(super) fn open(arrival: &'a Arrival<'a>) -> Self {
        let digest = Digest(Sha256::digest(arrival.body).into());
        Self {
            arrival,
            elements: Elements::read(arrival),
            digest,
        }
    }
}

/// Does what has fallen due by now, in the order of its times.
pub(super) fn catch_up(state: &mut State, now_ms: i64) {
    while let Some((at_ms, due)) = state.take_due(now_ms) {
        match due {
            Due::End(key) => state.end_pending(&key, at_ms),
            Due::Arrival(held) => {
                let arrival = Arrival {
                    certificate: held.certificate.as_ref(),
                    source: held.source,
                    content_type: held.content_type.as_deref(),
                    path: &held.path,
                    body: &held.body,
                };
                // Nobody waits for the answer any more.
                handle(state, Letter::open(&arrival), Faults::Off, at_ms);
            }
        }
    }
}

/// Answers one request.
pub(super) fn handle(state: &mut State, letter: Letter<'_>, faults: Faults, now_ms: i64) -> Answer {
    let arrival = letter.arrival;
    let (endpoint, certificate) = match front(arrival, now_ms) {
        Ok(passed) => passed,
        Err(turned_away) => {
            state.journal.note_refusal(Refusal {
                at_ms: now_ms,
                endpoint: Endpoint::of_path(arrival.path),
                mchid: arrival.certificate.map(|info| info.common_name.clone()),
                partner_trade_no: None,
                code: turned_away.title.to_owned(),
                text: String::new(),
            });
            return Answer::unbooked(turned_away.reply);
        }
    };
    let Letter {
        elements, digest, ..
    } = letter;
    let case = Case {
        endpoint,
        certificate,
        source: arrival.source,
        elements,
        digest,
    };
    let fault = match faults {
        Faults::On => choose_fault(state, &case),
        Faults::Off => None,
    };
    if let Some(Fault {
        action: Action::ArriveLate { ms },
        booking,
    }) = &fault
    {
        if *booking == Booking::AsUsual {
            hold_back(state, arrival, *ms, now_ms);
        }
        let held = Ruled {
            ruling: Ruling::HeldBack,
            booked: false,
        };
        let key = key_of(state, &case);
        record(state, &case, key, &held, fault.as_ref(), now_ms);
        let delivery = Delivery::End {
            after_ms: *ms,
            ending: Ending::Closed,
        };
        return Answer {
            delivery,
            booked: false,
        };
    }
    answer(state, &case, fault.as_ref(), now_ms)
}

/// A request that does not get past the front.
struct TurnedAway {
    reply: Reply,
    title: &'static str,
}

/// What WeChat Pay's front does before anything is read (reference §5.6).
fn front<'a>(
    arrival: &Arrival<'a>,
    now_ms: i64,
) -> Result<(Endpoint, &'a CertificateInfo), TurnedAway> {
    let bad_request = |title: &'static str, detail| TurnedAway {
        reply: Reply::page(400, title, Some(detail)),
        title,
    };
    let Some(certificate) = arrival.certificate else {
        return Err(bad_request(
            "400 No required SSL certificate was sent",
            "No required SSL certificate was sent",
        ));
    };
    if !certificate.is_accepted_at(now_ms) {
        return Err(bad_request(
            "400 The SSL certificate error",
            "The SSL certificate error",
        ));
    }
    let endpoint = Endpoint::of_path(arrival.path).ok_or_else(|| TurnedAway {
        reply: Reply::status_page(404),
        title: "404 Not Found",
    })?;
    Ok((endpoint, certificate))
}

/// A rule goes before the openid.
fn choose_fault(state: &mut State, case: &Case<'_>) -> Option<Fault> {
    let key = key_of(state, case);
    let known = key.as_ref().and_then(|key| state.journal.seen(key));
    let [transfers, queries] = known.map_or([0, 0], |known| known.turns);
    let turn = match case.endpoint {
        Endpoint::Transfers => transfers,
        Endpoint::GetTransferInfo => queries,
    };
    // A query names no payee: it is that of its order, or of the latest transfer that was refused.
    let order = key.as_ref().and_then(|key| state.orders.get(key));
    let of_order = order.map(|order| order.openid.as_str());
    let earlier = of_order
        .or(known.and_then(|known| known.openid.as_deref()))
        .map(str::to_owned);
    let openid = case.element("openid").or(earlier.as_deref());
    let subject = Subject {
        endpoint: Some(case.endpoint),
        mchid: case.mchid(),
        openid,
        number: case.number(),
        turn,
    };
    let seed = state.seed;
    if let Some(fault) = state.rules.for_request(&subject, seed) {
        return Some(fault);
    }
    match ask(openid?, case.endpoint, turn) {
        Asked::Fault(fault) => Some(fault),
        Asked::Nothing | Asked::Unreadable => None,
    }
}

fn hold_back(state: &mut State, arrival: &Arrival<'_>, ms: u64, now_ms: i64) {
    let held = HeldRequest {
        certificate: arrival.certificate.cloned(),
        source: arrival.source,
        content_type: arrival.content_type.map(str::to_owned),
        path: arrival.path.to_owned(),
        body: arrival.body.to_vec(),
    };
    let at_ms = now_ms.saturating_add(i64::try_from(ms).unwrap_or(i64::MAX));
    state.plan(at_ms, Due::Arrival(Box::new(held)));
}

fn answer(state: &mut State, case: &Case<'_>, fault: Option<&Fault>, now_ms: i64) -> Answer {
    let key = key_of(state, case);
    let turn = key
        .as_ref()
        .and_then(|key| state.journal.seen(key))
        .map_or(0, |seen| {
            seen.turns.iter().copied().fold(0, u32::saturating_add)
        });
    let names = [
        case.mchid().unwrap_or_default(),
        case.number().unwrap_or_default(),
    ];
    let mut chance = Chance::of(state.seed, &names, u64::from(turn));

    let mut ruled = judge(state, case, fault, now_ms);
    record(state, case, key.clone(), &ruled, fault, now_ms);
    if fault.is_some_and(|fault| fault.action == Action::DeliverTwice) {
        let second = judge(state, case, fault, now_ms);
        record(state, case, key, &second, fault, now_ms);
        ruled = Ruled {
            booked: ruled.booked || second.booked,
            ..second
        };
    }
    let Ruled { ruling, booked } = overrule(state, case, fault, ruled, now_ms);

    let mut fields = reply::fields(state, case, &ruling, &mut chance);
    if let Some(fault) = fault {
        distort_elements(&fault.action, &mut fields);
    }
    let xml = render(fields, state.variety, &mut chance);
    let delivery = match fault {
        Some(fault) => distort_bytes(&fault.action, xml, &mut chance),
        None => Delivery::Reply(Reply::whole(200, XML, xml.into_bytes())),
    };
    Answer { delivery, booked }
}

/// A fault with a code takes the place of what was ruled.
fn overrule(
    state: &mut State,
    case: &Case<'_>,
    fault: Option<&Fault>,
    ruled: Ruled,
    now_ms: i64,
) -> Ruled {
    match fault.and_then(|fault| ruled.overruled(&fault.action)) {
        Some(refused) => {
            note_refusal(state, case, &refused, now_ms);
            Ruled {
                ruling: Ruling::Refused(refused),
                ..ruled
            }
        }
        None => ruled,
    }
}

/// Writes the request into the book, whatever the client will get to see.
fn record(
    state: &mut State,
    case: &Case<'_>,
    key: Option<OrderKey>,
    ruled: &Ruled,
    fault: Option<&Fault>,
    now_ms: i64,
) {
    if let Ruling::Refused(refused) = &ruled.ruling {
        note_refusal(state, case, refused, now_ms);
    }
    let Some(key) = key else { return };
    let openid = match case.endpoint {
        Endpoint::Transfers => Some(case.element("openid").unwrap_or_default()),
        Endpoint::GetTransferInfo => None,
    };
    let request = RequestSeen {
        at_ms: now_ms,
        endpoint: case.endpoint,
        body_sha256: case.digest,
        certificate_fingerprint: Some(case.certificate.fingerprint.clone()),
        ruling: ruled.label(),
        fault: fault.map(|fault| fault.action.name()),
        booked: ruled.booked,
    };
    state.journal.note_request(key, request, openid);
}

fn note_refusal(state: &mut State, case: &Case<'_>, refused: &Refused, now_ms: i64) {
    if let Some(account) = case.mchid().and_then(|mchid| state.accounts.get_mut(mchid)) {
        account.refused_count += 1;
    }
    state.journal.note_refusal(Refusal {
        at_ms: now_ms,
        endpoint: Some(case.endpoint),
        mchid: case.mchid().map(str::to_owned),
        partner_trade_no: case.number().map(str::to_owned),
        code: refused.code.to_string(),
        text: refused.text.to_string(),
    });
}

/// What the book files the request under, if its numbers can be read.
fn key_of(state: &State, case: &Case<'_>) -> Option<OrderKey> {
    let (mchid, number) = (case.mchid()?, case.number()?);
    if mchid.len() > MAX_KEY_BYTES || number.len() > MAX_KEY_BYTES {
        return None;
    }
    let mchid = match state.accounts.get(mchid) {
        Some(account) => account.mchid.clone(),
        None => SharedText::from(mchid),
    };
    Some(OrderKey {
        mchid,
        number: number.to_owned(),
    })
}
