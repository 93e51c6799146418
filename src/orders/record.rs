//! An order is told: its promoters earn by the rules.

use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::model::{Earned, Item, Level, Order, choose, commission_id};
use super::store;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::money::FenOverflow;
use crate::basics::{Done, Fen, ItemKey, OrderId, RecipientId, TenantId, Timestamp};
use crate::commissions::{self, EarnError, NewCommission};
use crate::db::{DbFault, Tx};

/// The most items of one order: each may earn two commissions.
pub const MOST_ITEMS: usize = 50;

/// What the storefront tells.
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// Its own id.
    pub id: OrderId,
    /// What was paid.
    pub amount: Fen,
    /// Who bought.
    pub buyer: Option<RecipientId>,
    /// Who brought the buyer, and who brought that one: at most two known recipients.
    pub promoters: Vec<RecipientId>,
    /// What was bought, when the rules are to tell it apart. What the items leave over earns nothing.
    pub items: Vec<Item>,
    /// When it was paid.
    pub paid_at: Timestamp,
}

/// Why an order is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Another order was told under this id before.
    #[error("an order {0} with other contents exists")]
    Conflict(OrderId),
    /// More promoters than levels.
    #[error("an order has at most two promoters")]
    TooManyPromoters,
    /// The same recipient twice.
    #[error("a recipient can be a promoter of an order only once")]
    SamePromoterTwice,
    /// Too many items.
    #[error("an order has at most {MOST_ITEMS} items")]
    TooManyItems,
    /// The items cost more than the order.
    #[error("the items together cost more than the order")]
    ItemsExceedOrder,
    /// A commission is not earned.
    #[error(transparent)]
    Earn(#[from] EarnError),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

impl NewOrder {
    fn check(&self) -> Result<(), RecordError> {
        if self.promoters.len() > Level::ALL.len() {
            return Err(RecordError::TooManyPromoters);
        }
        if let [first, second] = self.promoters.as_slice()
            && first == second
        {
            return Err(RecordError::SamePromoterTwice);
        }
        if self.items.len() > MOST_ITEMS {
            return Err(RecordError::TooManyItems);
        }
        match Fen::sum(self.items.iter().map(|item| item.amount)) {
            Ok(sum) if sum <= self.amount => Ok(()),
            Ok(_) | Err(FenOverflow) => Err(RecordError::ItemsExceedOrder),
        }
    }

    fn fingerprint(&self) -> [u8; 32] {
        let items: Vec<_> = self
            .items
            .iter()
            .map(|item| json!([item.key, item.amount]))
            .collect();
        let text = json!([
            self.id,
            self.amount,
            self.buyer,
            self.promoters,
            items,
            self.paid_at
        ]);
        Sha256::digest(text.to_string().as_bytes()).into()
    }

    /// The items, or the order as one item.
    fn parts(&self) -> Vec<Item> {
        if self.items.is_empty() {
            vec![Item {
                key: None,
                amount: self.amount,
            }]
        } else {
            self.items.clone()
        }
    }
}

/// What one item earns for one promoter.
struct Share {
    earned: Earned,
    commission: NewCommission,
}

/// Records an order and lets its promoters earn. Told again with the same contents it changes nothing.
pub fn record(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    new: &NewOrder,
    by: &By,
    now: Timestamp,
) -> Result<Done<Order>, RecordError> {
    new.check()?;
    let shares = shares(tx, tenant, new)?;
    let commission = Fen::sum(shares.iter().map(|share| share.commission.amount))
        .map_err(|FenOverflow| EarnError::TooLarge)?;
    let order = Order {
        id: new.id.clone(),
        fingerprint: new.fingerprint(),
        amount: new.amount,
        buyer: new.buyer.clone(),
        paid_at: new.paid_at,
        commission,
        refunded: Fen::ZERO,
        taken_back: Fen::ZERO,
        created_at: now,
    };
    if !store::insert(tx, tenant, &order)? {
        return match store::find(tx, tenant, &new.id)? {
            Some(told) if told.fingerprint == order.fingerprint => Ok(Done::Already(told)),
            _ => Err(RecordError::Conflict(new.id.clone())),
        };
    }
    for share in &shares {
        commissions::earn(tx, tenant, &share.commission, by, now)?;
    }
    store::insert_earned(
        tx,
        tenant,
        &new.id,
        shares.iter().map(|share| &share.earned),
    )?;
    let event = Event {
        kind: EventKind::OrderRecorded,
        object: Object::Order(new.id.clone()),
        details: json!({
            "amount_fen": new.amount,
            "commission_fen": commission,
            "commissions": shares.len(),
        }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Done::Now(order))
}

fn shares(tx: &mut Tx<'_>, tenant: TenantId, new: &NewOrder) -> Result<Vec<Share>, DbFault> {
    if new.promoters.is_empty() {
        return Ok(Vec::new());
    }
    let parts = new.parts();
    let mut keys: Vec<Option<ItemKey>> = parts.iter().map(|item| item.key.clone()).collect();
    keys.push(None);
    keys.sort_unstable();
    keys.dedup();
    let rules = store::list_rules_of(tx, tenant, &keys, new.paid_at)?;
    let mut shares = Vec::new();
    for (place, item) in parts.iter().enumerate() {
        for (level, promoter) in Level::ALL.into_iter().zip(&new.promoters) {
            let Some(rule) = choose(&rules, item.key.as_ref(), level, new.paid_at) else {
                continue;
            };
            let amount = rule.reward.of(item.amount);
            let id = commission_id(tenant, &new.id, place, level);
            let (Some(id), true) = (id, amount.is_positive()) else {
                continue;
            };
            let commission = NewCommission {
                id: id.clone(),
                recipient: promoter.clone(),
                amount,
                order_no: crate::basics::ExternalId::parse(new.id.as_str()).ok(),
                description: None,
                available_at: Some(rule.available_at(new.paid_at)),
            };
            let earned = Earned {
                commission: id,
                key: item.key.clone(),
                level,
                rule: rule.id,
            };
            shares.push(Share { earned, commission });
        }
    }
    Ok(shares)
}
