//! The outcome classes and the retry rule as a small model, exhausted: one payout, a remote side that books, refuses, hides and forgets to
//! answer, a network that delays requests, and an engine that may die at any step.
//!
//! With the rule as it is, no order of events pays twice or gives money back that was paid. With the rule broken on purpose the checker finds
//! the order of events that does.

#![allow(
    clippy::print_stderr,
    reason = "the model tells how many states it has"
)]
#![expect(
    clippy::indexing_slicing,
    reason = "a model's arrays are as long as its numbers"
)]

use stateright::{Checker, Model, Property};

/// How the engine goes on when it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// As `engine::judge` does it.
    AsItIs,
    /// A new number after an unknown outcome.
    NewNumberAfterUnknown,
    /// "No such order" is a failure at once.
    NotFoundIsFailed,
    /// A refusal is a failure at once.
    RefusedIsFailed,
}

/// An order at the remote side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Order {
    None,
    Pending,
    Paid,
    Failed,
}

/// What the engine knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Known {
    Queued,
    Doubt,
    Paid,
    /// The money was given back.
    Released,
}

const NUMBERS: usize = 3;
const SENDS: u8 = 3;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct State {
    orders: [Order; NUMBERS],
    /// Questions do not find the order yet.
    hidden: [bool; NUMBERS],
    /// A request that left and has not arrived.
    wandering: [bool; NUMBERS],
    number: usize,
    known: Known,
    /// The last answer was a definite refusal.
    suspected: bool,
    /// Since the last send, or since the last counted "no such order", the time of confirming has passed.
    spaced: bool,
    not_found: u8,
    sends: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Booking {
    Pays,
    Accepts,
    Refuses,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Action {
    /// The engine sends, and the request arrives; the answer may be lost, or the engine die.
    Send {
        booking: Booking,
        hides: bool,
        answered: bool,
    },
    /// The engine sends, and the request wanders.
    SendAstray,
    /// What wandered arrives.
    Arrive(usize, Booking),
    /// What wandered is lost.
    Lose(usize),
    /// A pending order ends.
    End(usize, bool),
    /// The engine asks and hears the answer.
    Ask,
    /// Five minutes pass: what wandered has arrived or is lost, and nothing is hidden any more.
    Wait,
}

struct Payer(Rule);

impl State {
    fn book(&mut self, number: usize, booking: Booking, hides: bool) {
        // the remote side pays one number once, whatever arrives
        if self.orders[number] == Order::None {
            self.orders[number] = match booking {
                Booking::Pays => Order::Paid,
                Booking::Accepts => Order::Pending,
                Booking::Refuses => Order::None,
            };
            self.hidden[number] = hides && self.orders[number] != Order::None;
        }
    }

    fn movements(&self) -> usize {
        self.orders.iter().filter(|it| **it == Order::Paid).count()
    }

    /// Begins to ask, because something was sent.
    fn doubt(&mut self, rule: Rule, suspected: bool) {
        self.known = Known::Doubt;
        self.suspected = suspected;
        self.spaced = false;
        self.not_found = 0;
        if suspected && rule == Rule::RefusedIsFailed {
            self.known = Known::Released;
        }
        if !suspected && rule == Rule::NewNumberAfterUnknown && self.number + 1 < NUMBERS {
            self.number += 1;
            self.known = Known::Queued;
        }
    }

    fn hear(&mut self, rule: Rule) {
        let order = if self.hidden[self.number] {
            Order::None
        } else {
            self.orders[self.number]
        };
        match order {
            Order::Paid => self.known = Known::Paid,
            Order::Failed => self.known = Known::Released,
            Order::Pending => self.not_found = 0,
            Order::None if rule == Rule::NotFoundIsFailed => self.known = Known::Released,
            Order::None if self.spaced => {
                self.not_found += 1;
                self.spaced = false;
                if self.not_found == 2 {
                    self.known = if self.suspected {
                        Known::Released
                    } else {
                        Known::Queued
                    };
                }
            }
            Order::None => {}
        }
    }
}

impl Model for Payer {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            orders: [Order::None; NUMBERS],
            hidden: [false; NUMBERS],
            wandering: [false; NUMBERS],
            number: 0,
            known: Known::Queued,
            suspected: false,
            spaced: false,
            not_found: 0,
            sends: 0,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        let bookings = [Booking::Pays, Booking::Accepts, Booking::Refuses];
        if state.known == Known::Queued && state.sends < SENDS {
            for booking in bookings {
                for hides in [false, true] {
                    for answered in [false, true] {
                        actions.push(Action::Send {
                            booking,
                            hides,
                            answered,
                        });
                    }
                }
            }
            actions.push(Action::SendAstray);
        }
        for number in 0..NUMBERS {
            if state.wandering[number] {
                actions.extend(bookings.map(|booking| Action::Arrive(number, booking)));
                actions.push(Action::Lose(number));
            }
            if state.orders[number] == Order::Pending {
                actions.extend([Action::End(number, true), Action::End(number, false)]);
            }
        }
        if state.known == Known::Doubt {
            actions.push(Action::Ask);
        }
        if !state.wandering.contains(&true) {
            actions.push(Action::Wait);
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        match action {
            Action::Send {
                booking,
                hides,
                answered,
            } => {
                let number = state.number;
                state.sends += 1;
                state.book(number, booking, hides);
                match (answered, state.orders[number]) {
                    (true, Order::Paid) => state.known = Known::Paid,
                    (true, Order::None) => state.doubt(self.0, true),
                    // pending, or failed before: the answer leaves it open
                    (true, Order::Pending | Order::Failed) | (false, _) => {
                        state.doubt(self.0, false);
                    }
                }
            }
            Action::SendAstray => {
                state.sends += 1;
                state.wandering[state.number] = true;
                state.doubt(self.0, false);
            }
            Action::Arrive(number, booking) => {
                state.wandering[number] = false;
                state.book(number, booking, false);
            }
            Action::Lose(number) => state.wandering[number] = false,
            Action::End(number, paid) => {
                state.orders[number] = if paid { Order::Paid } else { Order::Failed };
            }
            Action::Ask => state.hear(self.0),
            Action::Wait => {
                state.hidden = [false; NUMBERS];
                state.spaced = true;
            }
        }
        (state != *last).then_some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("paid at most once", |_, state: &State| {
                state.movements() <= 1
            }),
            Property::always("what was given back was not paid", |_, state: &State| {
                state.known != Known::Released || state.movements() == 0
            }),
            Property::always("what is called paid was paid", |_, state: &State| {
                state.known != Known::Paid || state.movements() == 1
            }),
            Property::sometimes("it is paid", |_, state: &State| state.known == Known::Paid),
            Property::sometimes("it is given back", |_, state: &State| {
                state.known == Known::Released
            }),
        ]
    }
}

fn check(rule: Rule) -> impl Checker<Payer> {
    Payer(rule).checker().spawn_bfs().join()
}

#[test]
fn with_the_rule_as_it_is_no_order_of_events_pays_twice() {
    let checker = check(Rule::AsItIs);
    checker.assert_properties();
    eprintln!(
        "{} states, all of them looked at",
        checker.unique_state_count()
    );
    assert!(checker.is_done());
}

#[test]
fn a_new_number_after_an_unknown_outcome_pays_twice() {
    assert!(
        check(Rule::NewNumberAfterUnknown)
            .discovery("paid at most once")
            .is_some()
    );
}

#[test]
fn no_such_order_taken_for_a_failure_gives_back_what_was_paid() {
    assert!(
        check(Rule::NotFoundIsFailed)
            .discovery("what was given back was not paid")
            .is_some()
    );
}

#[test]
fn a_refusal_is_as_good_as_the_rails_word_only_here() {
    // the model's remote side books nothing when it refuses; the engine asks all the same, because the real one is not ours
    assert!(
        check(Rule::RefusedIsFailed)
            .discovery("paid at most once")
            .is_none()
    );
}
