//! Who may know whom.

/// A room, or a single file that stands where a room could: `app.rs`.
pub(crate) struct Room {
    pub(crate) name: &'static str,
    pub(crate) floor: u8,
    /// What it may name: whole rooms, or single paths in them.
    pub(crate) knows: &'static [&'static str],
}

/// The roof knows everything. It is written out so that a new room has to be let in here, too.
const EVERYTHING: &[&str] = &[
    "basics",
    "vault",
    "db",
    "wire",
    "rails",
    "audit",
    "outbox",
    "tenants",
    "people",
    "recipients",
    "channels",
    "limits",
    "ledger",
    "commissions",
    "orders",
    "payouts",
    "findings",
    "idempotency",
    "engine",
    "reports",
    "web",
    "app",
    "config",
    "telemetry",
];

/// The table, from the ground up.
pub(crate) const ROOMS: &[Room] = &[
    // words
    room("basics", 0, &[]),
    // tools
    room("db", 1, &["basics"]),
    room("wire", 1, &["basics"]),
    room("vault", 1, &["basics", "db"]),
    room("rails", 1, &["basics", "wire"]),
    // rooms
    room("audit", 2, &["basics", "db"]),
    room("ledger", 2, &["basics", "db"]),
    room("idempotency", 2, &["basics", "db"]),
    room("outbox", 2, &["basics", "db", "vault", "wire", "audit"]),
    room("tenants", 2, &["basics", "db", "audit"]),
    room("limits", 2, &["basics", "db", "audit"]),
    room("findings", 2, &["basics", "db", "audit", "outbox"]),
    room("people", 2, &["basics", "db", "vault", "audit"]),
    room(
        "recipients",
        2,
        &["basics", "db", "vault", "audit", "ledger"],
    ),
    room(
        "channels",
        2,
        &[
            "basics",
            "db",
            "vault",
            "audit",
            "outbox",
            // the types of a credential
            "rails::Credential",
            "wire::ClientIdentity",
        ],
    ),
    room(
        "commissions",
        2,
        &["basics", "db", "ledger", "audit", "outbox"],
    ),
    room(
        "orders",
        2,
        &["basics", "db", "commissions", "tenants", "audit"],
    ),
    room(
        "payouts",
        2,
        &["basics", "db", "ledger", "limits", "audit", "outbox"],
    ),
    // work
    room(
        "engine",
        3,
        &[
            "basics",
            "vault",
            "db",
            "wire",
            "rails",
            "audit",
            "outbox",
            "tenants",
            "people",
            "recipients",
            "channels",
            "limits",
            "ledger",
            "commissions",
            "orders",
            "payouts",
            "findings",
            "idempotency",
        ],
    ),
    room(
        "reports",
        3,
        &[
            "basics",
            "db",
            "audit",
            "outbox",
            "tenants",
            "people",
            "recipients",
            "channels",
            "limits",
            "ledger",
            "commissions",
            "orders",
            "payouts",
            "findings",
            "engine",
        ],
    ),
    // doors
    room(
        "web",
        4,
        &[
            "basics",
            "db",
            "audit",
            "outbox",
            "tenants",
            "people",
            "recipients",
            "channels",
            "limits",
            "ledger",
            "commissions",
            "orders",
            "payouts",
            "findings",
            "idempotency",
            "engine",
            "reports",
            // handed on to verbs, never opened here
            "vault::Vault",
            "vault::VaultFault",
        ],
    ),
    // roof
    room("config", 5, &["basics", "db::DatabaseUrl"]),
    room("telemetry", 5, &[]),
    room("app", 6, EVERYTHING),
    room("commands", 7, &const { with_simulator() }),
    // annex
    room("simulator", 9, &[]),
    room("manual", 9, &[]),
];

const fn room(name: &'static str, floor: u8, knows: &'static [&'static str]) -> Room {
    Room { name, floor, knows }
}

/// Only commands start the simulator.
const fn with_simulator() -> [&'static str; EVERYTHING.len() + 1] {
    let mut all = ["simulator"; EVERYTHING.len() + 1];
    let mut number = 0;
    while number < EVERYTHING.len() {
        all[number] = EVERYTHING[number];
        number += 1;
    }
    all
}

/// The room of this name.
pub(crate) fn find(name: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.name == name)
}

impl Room {
    /// Whether it may name this path: `["ledger", "postings", "payout_settled"]`.
    pub(crate) fn may_name(&self, path: &[String]) -> bool {
        let Some(other) = path.first() else {
            return false;
        };
        *other == self.name
            || self.knows.iter().any(|known| {
                let known: Vec<&str> = known.split("::").collect();
                path.len() >= known.len() && known.iter().zip(path).all(|(a, b)| a == b)
            })
    }

    /// Whether a test in it may: tests of a room stand on the rooms of its own floor and below.
    pub(crate) fn test_may_name(&self, path: &[String]) -> bool {
        self.may_name(path)
            || path
                .first()
                .and_then(|other| find(other))
                .is_some_and(|other| other.floor <= self.floor)
    }
}
