//! What people and shops do meanwhile: they ask, cancel, approve, change settings, fill accounts.

use zhanfu::basics::{Description, Fen, OpenId, PayoutId, RecipientId};
use zhanfu::db::{DbFault, Scope};
use zhanfu::limits::{self, LimitChange, LimitName, WhenDayIsFull};
use zhanfu::payouts::{self, AcceptError, LaneState, Request};

use super::chance::Chance;
use super::world::{API_KEY, Shop, World, storefront};

const WRONG_KEY: &str = "00000000000000000000000000000000";

/// Amounts that cross the review limit now and then.
const AMOUNTS: [i64; 6] = [100, 500, 1_999, 10_000, 50_000, 60_000];

impl World {
    /// One recipient earns an amount and asks for all of it.
    pub(crate) fn ask_for(&self, shop: &Shop, recipient: usize, fen: i64) -> PayoutId {
        let recipient = shop.recipients[recipient].clone();
        self.earn(shop, &recipient, Fen::new(fen));
        let request = request(shop, recipient, Fen::new(fen));
        let now = self.now();
        self.database
            .write_blocking("ask", Scope::Tenant(shop.tenant), |tx| {
                let policy = limits::load_policy(tx, shop.tenant)?;
                payouts::withdraw(
                    tx,
                    shop.tenant,
                    &request,
                    &policy,
                    |_| Ok(0),
                    &storefront(),
                    now,
                )
            })
            .unwrap()
            .id
    }

    /// A member approves whatever waits.
    pub(crate) fn review_kindly(&self, shop: &Shop) {
        let now = self.now();
        let by = &shop.people[0];
        self.in_tx(|tx| {
            let policy = limits::load_policy(tx, shop.tenant).unwrap();
            for payout in payouts::list_in_review(tx, shop.tenant, 100).unwrap() {
                payouts::approve(tx, shop.tenant, payout.id, None, &policy, by, now).unwrap();
            }
        });
    }

    /// A recipient asks to be paid, or the shop pays directly.
    pub(crate) fn ask(&self, shop: &Shop) -> Option<PayoutId> {
        let recipient = self.chance.one(&shop.recipients).clone();
        let amount = Fen::new(*self.chance.one(&AMOUNTS));
        if self.chance.permille(700) {
            self.earn(shop, &recipient, amount);
        }
        let is_direct = self.chance.permille(250);
        let now = self.now();
        let request = request(shop, recipient, amount);
        let accepted = self
            .database
            .write_blocking("ask", Scope::Tenant(shop.tenant), |tx| {
                let policy = limits::load_policy(tx, shop.tenant)?;
                if is_direct {
                    payouts::pay_directly(tx, shop.tenant, &request, &policy, &storefront(), now)
                } else {
                    payouts::withdraw(
                        tx,
                        shop.tenant,
                        &request,
                        &policy,
                        |_| Ok(0),
                        &storefront(),
                        now,
                    )
                }
            });
        match accepted {
            Ok(payout) => Some(payout.id),
            Err(AcceptError::Db(fault)) => panic!("{fault:?}"),
            // too little, too much: that is for the unit tests
            Err(_) => None,
        }
    }

    /// Somebody cancels something.
    pub(crate) fn cancel(&self, shop: &Shop, id: PayoutId) {
        let now = self.now();
        let cancelled = self
            .database
            .write_blocking("cancel", Scope::Tenant(shop.tenant), |tx| {
                payouts::cancel(tx, shop.tenant, id, &storefront(), now)
            });
        assert!(
            !matches!(cancelled, Err(payouts::CancelError::Db(_))),
            "{cancelled:?}"
        );
    }

    /// Members approve, or reject, what waits.
    pub(crate) fn review(&self, shop: &Shop, chance: &Chance) {
        let now = self.now();
        let waiting = self.in_tx(|tx| payouts::list_in_review(tx, shop.tenant, 100).unwrap());
        for payout in waiting {
            let by = chance.one(&shop.people).clone();
            let reviewed = if chance.permille(800) {
                self.database
                    .write_blocking("approve", Scope::Tenant(shop.tenant), |tx| {
                        let policy = limits::load_policy(tx, shop.tenant)?;
                        payouts::approve(tx, shop.tenant, payout.id, None, &policy, &by, now)
                    })
                    .map(|_| ())
                    .map_err(|error| error.to_string())
            } else {
                self.database
                    .write_blocking("reject", Scope::Tenant(shop.tenant), |tx| {
                        payouts::reject(tx, shop.tenant, payout.id, "no", &by, now)
                    })
                    .map(|_| ())
                    .map_err(|error| error.to_string())
            };
            assert!(
                !reviewed
                    .as_ref()
                    .is_err_and(|error| error.contains("database")),
                "{reviewed:?}"
            );
        }
    }

    /// The admin saves a wrong key, and later the right one.
    pub(crate) fn fumble_with_settings(&self, shop: &Shop) {
        let key = if self.chance.permille(500) {
            WRONG_KEY
        } else {
            API_KEY
        };
        self.configure(shop, key);
    }

    /// The merchant's account is emptied or filled.
    pub(crate) fn move_balance(&self, shop: &Shop) {
        let balance = if self.chance.permille(500) {
            0
        } else {
            100_000_000
        };
        self.gateway
            .change_merchant(&shop.mchid, |merchant| merchant.balance_fen = balance)
            .unwrap();
        if balance > 0 && self.chance.permille(300) {
            self.fill_balance(shop);
        }
    }

    /// 已充值,继续
    pub(crate) fn fill_balance(&self, shop: &Shop) {
        let now = self.now();
        self.in_tx(|tx| {
            zhanfu::engine::balance_filled(tx, shop.tenant, &shop.people[0], now).unwrap();
        });
    }

    /// The admin, or the command line, changes a limit of a day.
    pub(crate) fn change_limits(&self, shop: &Shop) {
        let chance = &self.chance;
        let mut wanted = LimitChange::default();
        let (name, number) = match chance.within(0..4) {
            0 => (LimitName::TenantDayAmount, chance.within(20_000..400_000)),
            1 => (LimitName::TenantDayCount, chance.within(2..40)),
            2 => (LimitName::RecipientDayAmount, chance.within(5_000..120_000)),
            _ => (LimitName::RecipientDayCount, chance.within(1..12)),
        };
        let number = i64::try_from(number).unwrap();
        let number = (!chance.permille(200)).then_some(number);
        wanted.numbers.push((name, number));
        wanted.when_day_is_full = Some(*chance.one(&[WhenDayIsFull::Refuse, WhenDayIsFull::Queue]));
        let now = self.now();
        self.in_tx(|tx| {
            let by = &shop.people[0];
            limits::change(tx, shop.tenant, &wanted, by, now).unwrap();
        });
    }

    /// Nothing is limited any more.
    pub(crate) fn lift_limits(&self, shop: &Shop) {
        let days = [
            LimitName::TenantDayAmount,
            LimitName::TenantDayCount,
            LimitName::RecipientDayAmount,
            LimitName::RecipientDayCount,
        ];
        let wanted = LimitChange {
            numbers: days.map(|name| (name, None)).to_vec(),
            ..LimitChange::default()
        };
        let now = self.now();
        self.in_tx(|tx| {
            let by = &shop.people[0];
            limits::change(tx, shop.tenant, &wanted, by, now).unwrap();
        });
    }

    /// The operator has compared with the fund statements, and says that sending may go on.
    pub(crate) fn go_on(&self) {
        let now = self.now();
        let by = zhanfu::audit::By::COMMAND_LINE;
        self.in_tx(|tx| {
            let reasons = [LaneState::Restored, LaneState::Frozen];
            payouts::open_lane(tx, payouts::platform(), &reasons, &by, now).unwrap();
        });
    }

    /// An operator stops all, or lets go.
    pub(crate) fn freeze_or_thaw(&self) {
        let now = self.now();
        let by = zhanfu::audit::By::COMMAND_LINE;
        self.in_tx(|tx| {
            let platform = payouts::platform();
            if payouts::find_lane(tx, platform).unwrap().is_some() {
                payouts::open_lane(tx, platform, &[LaneState::Frozen], &by, now).unwrap();
            } else {
                let lane = payouts::Lane {
                    state: LaneState::Frozen,
                    code: "drill".to_owned(),
                    since: now,
                    probe_at: None,
                    probes: 0,
                };
                payouts::close_lane(tx, platform, &lane, &by, now).unwrap();
            }
        });
    }

    /// All payouts of all shops.
    pub(crate) fn payouts(&self) -> Vec<(usize, payouts::Payout)> {
        let mut all = Vec::new();
        for (number, shop) in self.shops.iter().enumerate() {
            let mut before = None;
            loop {
                let page = self
                    .database
                    .read_blocking("payouts", Scope::Tenant(shop.tenant), |tx| {
                        let most = zhanfu::basics::page::PageSize::new(100).unwrap();
                        payouts::list(tx, shop.tenant, &payouts::Filter::default(), before, most)
                    })
                    .map_err(|fault: DbFault| fault)
                    .unwrap();
                all.extend(page.rows.into_iter().map(|payout| (number, payout)));
                before = page.next;
                if before.is_none() {
                    break;
                }
            }
        }
        all
    }
}

fn request(shop: &Shop, recipient: RecipientId, amount: Fen) -> Request {
    let openid = format!(
        "o-{}-{}",
        shop.mchid,
        recipient.as_str().trim_start_matches('u')
    );
    Request {
        recipient,
        openid: OpenId::parse(&openid).unwrap(),
        checks_name: false,
        amount,
        description: Description::parse("提现").unwrap(),
        external_id: None,
        rail: "wechat_v2",
    }
}
