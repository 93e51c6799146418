//! What each role may do, in the words of the page 成员. It is the table of doors said once more for people, and a test holds the
//! two together.

use super::doors::{Door, Who, doors};
use super::text::Members;
use actix_web::http::Method;

/// One thing that may be done.
pub(super) struct Right {
    /// Its words.
    pub(super) words: fn(&Members) -> &'static str,
    /// Who may.
    pub(super) who: Who,
    /// The paths below which its doors are.
    below: &'static [&'static str],
}

/// Looking at what the others change.
const LOOK: Right = Right {
    words: |t| t.right_look,
    who: Who::Member,
    below: &[],
};

/// All of them, from what everybody may to what few may.
const RIGHTS: [Right; 11] = [
    LOOK,
    Right {
        words: |t| t.right_account,
        who: Who::Member,
        below: &["/admin/account", "/admin/confirm", "/sign-out"],
    },
    Right {
        words: |t| t.right_export,
        who: Who::Member,
        below: &["/admin/exports"],
    },
    Right {
        words: |t| t.right_payouts,
        who: Who::MoneyMember,
        below: &["/admin/payouts", "/admin/balance-filled"],
    },
    Right {
        words: |t| t.right_batches,
        who: Who::MoneyMember,
        below: &["/admin/batches"],
    },
    Right {
        words: |t| t.right_commissions,
        who: Who::MoneyMember,
        below: &[
            "/admin/commissions",
            "/admin/recipients",
            "/admin/corrections",
        ],
    },
    Right {
        words: |t| t.right_reconcile,
        who: Who::MoneyMember,
        below: &["/admin/reconcile", "/admin/findings"],
    },
    Right {
        words: |t| t.right_limits,
        who: Who::MoneyMember,
        below: &["/admin/limits"],
    },
    Right {
        words: |t| t.right_wechat_pay,
        who: Who::MoneyMember,
        below: &["/admin/wechat-pay"],
    },
    Right {
        words: |t| t.right_developers,
        who: Who::MoneyMember,
        below: &["/admin/developers"],
    },
    Right {
        words: |t| t.right_people,
        who: Who::Owner,
        below: &["/admin/members"],
    },
];

impl Right {
    /// The right of which a member's door is a part.
    fn of(door: &Door) -> Option<&'static Right> {
        let is_below = |base: &&str| {
            door.path
                .strip_prefix(*base)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let by_path = RIGHTS.iter().find(|right| right.below.iter().any(is_below));
        if door.method == Method::GET && door.who == Who::Member {
            return Some(
                by_path
                    .filter(|right| right.who == Who::Member)
                    .unwrap_or(&LOOK),
            );
        }
        by_path
    }
}

/// The rights that have a door.
pub(super) fn rights() -> Vec<&'static Right> {
    let doors = doors();
    RIGHTS
        .iter()
        .filter(|right| {
            doors.iter().any(|door| {
                Right::of(door).is_some_and(|of| std::ptr::fn_addr_eq(of.words, right.words))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_members_door_is_part_of_a_right_that_says_who_may_enter() {
        for door in doors() {
            match door.who {
                Who::Anyone | Who::Storefront => {}
                Who::Member | Who::MoneyMember | Who::Owner => {
                    let right = Right::of(&door);
                    assert_eq!(
                        right.map(|right| right.who),
                        Some(door.who),
                        "{} {}: give it to a right of web::rights",
                        door.method,
                        door.path
                    );
                }
            }
        }
    }
}
