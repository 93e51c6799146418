//! The outside world as webhooks meet it: tenants' own servers, each with a manner that the test chooses.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::Value as Json;
use zhanfu::wire::{
    Blocked, BoxFuture, DialFault, Dialler, Letter, MaybeSent, NeverSent, Receipt, Target,
    WireFault,
};

/// How a server behaves.
#[derive(Clone, Debug)]
pub enum Manner {
    /// Takes it and answers with this status and text.
    Answers(u16, &'static str),
    /// No connection.
    Down,
    /// Takes it and never answers.
    Silent,
    /// Its name is not known any more.
    Nameless,
    /// Its name stands for an address of a private network.
    Rebound,
}

/// A request that reached a server.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub url: String,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Arrival {
    pub fn header(&self, name: &str) -> &str {
        &self.headers[name]
    }

    pub fn json(&self) -> Json {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The type of its event.
    pub fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }
}

/// The servers, by host. Whoever is not mentioned answers 200.
#[derive(Default)]
pub struct Outside {
    manners: Mutex<BTreeMap<String, Manner>>,
    arrivals: Mutex<Vec<Arrival>>,
}

impl Outside {
    pub fn new() -> Arc<Self> {
        Arc::new(Self::default())
    }

    /// From now on the host behaves like this.
    pub fn behaves(&self, host: &str, manner: Manner) {
        self.manners.lock().unwrap().insert(host.to_owned(), manner);
    }

    fn manner(&self, to: &Target) -> Manner {
        let host = to.host().to_string();
        let manners = self.manners.lock().unwrap();
        manners
            .get(&host)
            .cloned()
            .unwrap_or(Manner::Answers(200, "ok"))
    }

    /// Everything that reached a server so far.
    pub fn arrivals(&self) -> Vec<Arrival> {
        self.arrivals.lock().unwrap().clone()
    }

    /// What has arrived since the last time.
    pub fn take(&self) -> Vec<Arrival> {
        std::mem::take(&mut self.arrivals.lock().unwrap())
    }

    /// The types of what has arrived since the last time, in order.
    pub fn take_kinds(&self) -> Vec<String> {
        self.take().iter().map(Arrival::kind).collect()
    }

    fn arrive(&self, letter: Letter<'_>) {
        let headers = letter
            .headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        self.arrivals.lock().unwrap().push(Arrival {
            url: letter.to.as_str().to_owned(),
            headers: headers.collect(),
            body: letter.body.to_vec(),
        });
    }
}

fn blocked() -> DialFault {
    Blocked("10.0.0.1".parse().unwrap()).into()
}

fn nameless() -> DialFault {
    WireFault::NeverSent(NeverSent::NameNotFound).into()
}

impl Dialler for Outside {
    fn post<'a>(&'a self, letter: Letter<'a>) -> BoxFuture<'a, Result<Receipt, DialFault>> {
        Box::pin(async move {
            match self.manner(letter.to) {
                Manner::Answers(status, text) => {
                    self.arrive(letter);
                    Ok(Receipt {
                        status,
                        beginning: text.as_bytes().to_vec(),
                    })
                }
                Manner::Down => {
                    let refused = NeverSent::NotConnected(std::io::ErrorKind::ConnectionRefused);
                    Err(WireFault::NeverSent(refused).into())
                }
                Manner::Silent => {
                    self.arrive(letter);
                    Err(WireFault::MaybeSent(MaybeSent::Timeout).into())
                }
                Manner::Nameless => Err(nameless()),
                Manner::Rebound => Err(blocked()),
            }
        })
    }

    fn could_dial<'a>(&'a self, to: &'a Target) -> BoxFuture<'a, Result<(), DialFault>> {
        Box::pin(async move {
            match self.manner(to) {
                Manner::Answers(..) | Manner::Down | Manner::Silent => Ok(()),
                Manner::Nameless => Err(nameless()),
                Manner::Rebound => Err(blocked()),
            }
        })
    }
}
