//! Who may know whom.

/// A room, or a single file that stands where a room could: `app.rs`.
pub(crate) struct Room {
    pub(crate) name: &'static str,
    pub(crate) floor: u8,
    /// What it may name: rooms, single paths in them, or all of a floor.
    knows: &'static [&'static str],
}

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
    room(
        "batches",
        2,
        &[
            "basics",
            "db",
            "recipients",
            "channels",
            "limits",
            "payouts",
            "audit",
        ],
    ),
    // work
    room("engine", 3, &["floor 0", "floor 1", "floor 2"]),
    room(
        "courier",
        3,
        &[
            "basics",
            "db",
            "vault",
            "wire",
            "outbox",
            "channels",
            // reasons are told in the engine's words
            "engine::explain",
            "engine::Language",
            "engine::partner_trade_no",
        ],
    ),
    room("reports", 3, &["basics", "db", "floor 2", "floor 3"]),
    // doors
    room(
        "web",
        4,
        &[
            "basics",
            "db",
            "floor 2",
            "floor 3",
            // handed on to verbs, never opened here
            "vault::Vault",
            "vault::VaultFault",
        ],
    ),
    // roof
    room("config", 5, &["basics", "db::DatabaseUrl"]),
    room("telemetry", 5, &[]),
    room("beat_file", 5, &["engine::Beat", "engine::BeatMemory"]),
    room(
        "app",
        6,
        &[
            "floor 0", "floor 1", "floor 2", "floor 3", "floor 4", "floor 5",
        ],
    ),
    room(
        "commands",
        7,
        &[
            "floor 0",
            "floor 1",
            "floor 2",
            "floor 3",
            "floor 4",
            "floor 5",
            "floor 6",
            // only commands start it
            "simulator",
        ],
    ),
    // annex
    room("simulator", 9, &[]),
    room("manual", 9, &[]),
];

const fn room(name: &'static str, floor: u8, knows: &'static [&'static str]) -> Room {
    Room { name, floor, knows }
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
                if let Some(floor) = known.strip_prefix("floor ") {
                    find(other).is_some_and(|other| other.floor.to_string() == floor)
                } else {
                    let known: Vec<&str> = known.split("::").collect();
                    path.len() >= known.len() && known.iter().zip(path).all(|(a, b)| a == b)
                }
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

#[test]
fn nobody_knows_a_room_above() {
    let mut wrong = Vec::new();
    for room in ROOMS {
        for known in room.knows {
            let name = known.split("::").next().unwrap();
            let floor = match name.strip_prefix("floor ") {
                Some(floor) => floor.parse().unwrap(),
                None => {
                    find(name)
                        .unwrap_or_else(|| panic!("{name} is no room"))
                        .floor
                }
            };
            let is_annex = room.name == "commands" && name == "simulator";
            if floor > room.floor && !is_annex {
                wrong.push(format!("{} is below {name} and may not know it", room.name));
            }
        }
    }
    super::nothing_is_wrong(&wrong);
}
