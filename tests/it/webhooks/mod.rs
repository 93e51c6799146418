//! Webhooks: from what becomes of a payout to the tenant's own server.

mod delivering;
mod endpoints;
mod lost_nothing;
mod page;
mod telling;
mod worded;

use standardwebhooks::Webhook;
use zhanfu::audit::{Actor, By};
use zhanfu::basics::{Clock as _, EmailAddress, EndpointId, EventId, Timestamp};
use zhanfu::channels;
use zhanfu::db::{DbFault, Scope, Tx};
use zhanfu::outbox::{
    self, Delivery, DeliveryFilter, EndpointName, Kind, Outcome, State, Target, Try, Wants, Wish,
};
use zhanfu::people::{self, Role};

use crate::harness::{Arrival, House, Shop};

/// An endpoint of a shop, as its owner knows it.
struct Registered {
    id: EndpointId,
    secret: String,
}

fn wish(url: &str, wants: Wants) -> Wish {
    Wish {
        name: EndpointName::parse("shop").unwrap(),
        url: Target::parse(url).unwrap(),
        wants,
    }
}

fn only(kinds: &[Kind]) -> Wants {
    Wants::Only(kinds.iter().copied().collect())
}

impl Shop {
    /// Registers an endpoint that wants everything.
    fn listens(&self, house: &House, url: &str) -> Registered {
        self.listens_for(house, url, &Wants::All)
    }

    fn listens_for(&self, house: &House, url: &str, wants: &Wants) -> Registered {
        let (id, secret) = self
            .in_tx(house, |tx| {
                let random = &*house.ground.random;
                let now = house.clock.now();
                let wish = wish(url, wants.clone());
                outbox::register(
                    tx,
                    &house.ground.vault,
                    self.tenant,
                    &wish,
                    &By::COMMAND_LINE,
                    random,
                    now,
                )
            })
            .unwrap();
        Registered {
            id,
            secret: secret.text().expose().clone(),
        }
    }

    /// Does something in a transaction of this shop.
    fn in_tx<T>(&self, house: &House, mut body: impl FnMut(&mut Tx<'_>) -> T) -> T {
        house
            .ground
            .database
            .write_blocking("test", Scope::Tenant(self.tenant), |tx| {
                Ok::<_, DbFault>(body(tx))
            })
            .unwrap()
    }

    fn deliveries(&self, house: &House, endpoint: EndpointId) -> Vec<Delivery> {
        let size = zhanfu::basics::page::PageSize::new(100).unwrap();
        self.in_tx(house, |tx| {
            outbox::list_deliveries(
                tx,
                self.tenant,
                endpoint,
                &DeliveryFilter::default(),
                None,
                size,
            )
        })
        .unwrap()
        .rows
    }

    /// The tries of an endpoint's only delivery, oldest first.
    fn tries(&self, house: &House, endpoint: EndpointId) -> Vec<Try> {
        let deliveries = self.deliveries(house, endpoint);
        assert_eq!(deliveries.len(), 1, "{deliveries:?}");
        self.tries_of(house, endpoint, deliveries[0].event)
    }

    fn tries_of(&self, house: &House, endpoint: EndpointId, event: EventId) -> Vec<Try> {
        let mut tries = self
            .in_tx(house, |tx| {
                outbox::list_tries(tx, self.tenant, endpoint, event)
            })
            .unwrap();
        tries.reverse();
        tries
    }

    fn outcomes(&self, house: &House, endpoint: EndpointId) -> Vec<Outcome> {
        let tries = self.tries(house, endpoint);
        tries.iter().map(|one| one.verdict.outcome).collect()
    }

    /// How an endpoint's only delivery stands.
    fn state(&self, house: &House, endpoint: EndpointId) -> State {
        let deliveries = self.deliveries(house, endpoint);
        assert_eq!(deliveries.len(), 1, "{deliveries:?}");
        deliveries[0].state
    }

    fn endpoint(&self, house: &House, id: EndpointId) -> outbox::Endpoint {
        self.in_tx(house, |tx| outbox::find_endpoint(tx, self.tenant, id))
            .unwrap()
            .unwrap()
    }

    /// A new member of finance, as somebody who does something.
    fn member(&self, house: &House, email: &str) -> By {
        house.joins(self, email, Role::Finance);
        let address = EmailAddress::parse(email).unwrap();
        let candidate = self
            .in_tx(house, |tx| people::find_candidate(tx, &address, None))
            .unwrap()
            .unwrap();
        By {
            actor: Actor::Member {
                person: candidate.person,
                member: candidate.memberships[0].member,
            },
            name: email.to_owned(),
            request: None,
        }
    }

    /// When the shop's certificate ends.
    fn certificate_ends(&self, house: &House) -> Timestamp {
        let settings = self
            .in_tx(house, |tx| channels::load_settings(tx, self.tenant))
            .unwrap();
        settings.certificate.unwrap().facts.not_after
    }

    /// Sends a test to an endpoint.
    fn tests(&self, house: &House, id: EndpointId) -> EventId {
        let now = house.clock.now();
        self.in_tx(house, |tx| {
            outbox::test_endpoint(tx, self.tenant, id, &By::COMMAND_LINE, now)
        })
        .unwrap()
    }
}

impl House {
    /// How many rows a table has.
    fn rows(&self, table: &str) -> i64 {
        #[derive(diesel::QueryableByName)]
        struct Count {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            number: i64,
        }
        let counted: Option<Count> = self
            .ground
            .database
            .read_blocking("rows", Scope::AcrossTenants, |tx| {
                zhanfu::db::sql(format!("SELECT COUNT(*) AS number FROM {table}")).find(tx)
            })
            .map_err(|fault: DbFault| fault)
            .unwrap();
        counted.unwrap().number
    }
}

/// Whether an arrival carries the signature that an independent library makes with this secret.
fn is_signed_with(arrival: &Arrival, secret: &str) -> bool {
    let expected = Webhook::new(secret)
        .unwrap()
        .sign(
            arrival.header("webhook-id"),
            arrival.header("webhook-timestamp").parse().unwrap(),
            &arrival.body,
        )
        .unwrap();
    arrival
        .header("webhook-signature")
        .split(' ')
        .any(|one| one == expected)
}
