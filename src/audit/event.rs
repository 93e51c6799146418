//! The words of the log.

use serde_json::Value as Json;

use crate::basics::{
    ApiKeyId, BatchId, CertificateId, ChannelId, CommissionId, EndpointId, MemberId, OrderId,
    PayoutId, PersonId, RecipientId, RuleId, TenantId,
};

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A member, in a browser. The person counts where two different people are asked for.
    Member {
        /// The person.
        person: PersonId,
        /// The membership by which the person acted.
        member: MemberId,
    },
    /// The storefront, by one of its keys.
    Storefront(ApiKeyId),
    /// The payout engine.
    Engine,
    /// Somebody with a shell on the server.
    CommandLine,
    /// Somebody who is not signed in.
    Visitor,
}

impl Actor {
    /// The kind's name in the log.
    pub const fn kind(&self) -> &'static str {
        match self {
            Actor::Member { .. } => "member",
            Actor::Storefront(_) => "storefront",
            Actor::Engine => "engine",
            Actor::CommandLine => "command_line",
            Actor::Visitor => "visitor",
        }
    }

    /// The id in the log; empty where the kind says it all.
    pub fn id(&self) -> String {
        match self {
            Actor::Member { person, .. } => person.to_string(),
            Actor::Storefront(key) => key.to_string(),
            Actor::Engine | Actor::CommandLine | Actor::Visitor => String::new(),
        }
    }
}

/// By whom a verb is done, and in the course of which request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// Who.
    pub actor: Actor,
    /// How people call who it is: an e-mail address, the name of a key.
    pub name: String,
    /// The request id, when there was a request.
    pub request: Option<String>,
}

impl By {
    /// The engine.
    pub const ENGINE: By = By {
        actor: Actor::Engine,
        name: String::new(),
        request: None,
    };
    /// Somebody with a shell on the server.
    pub const COMMAND_LINE: By = By {
        actor: Actor::CommandLine,
        name: String::new(),
        request: None,
    };

    /// The person, when it is one.
    pub const fn person(&self) -> Option<PersonId> {
        match self.actor {
            Actor::Member { person, .. } => Some(person),
            Actor::Storefront(_) | Actor::Engine | Actor::CommandLine | Actor::Visitor => None,
        }
    }

    /// A short text for columns like `set_by`, which people read.
    pub fn text(&self) -> &str {
        if self.name.is_empty() {
            self.actor.kind()
        } else {
            &self.name
        }
    }
}

macro_rules! event_kinds {
    ($($(#[$doc:meta])+ $name:ident = $text:literal),+ $(,)?) => {
        /// What was done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum EventKind {
            $($(#[$doc])+ $name),+
        }

        impl EventKind {
            /// All of them, in the order in which they are told here.
            pub const ALL: &'static [EventKind] = &[$(EventKind::$name),+];

            /// The kind of a name in the log.
            pub fn parse(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(EventKind::$name),)+
                    _ => None,
                }
            }

            /// Its name in the log.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(EventKind::$name => $text),+
                }
            }
        }
    };
}

event_kinds! {
    /// A tenant was made.
    TenantCreated = "tenant.created",
    /// A person became a member.
    MemberAdded = "member.added",
    /// A member signed in.
    SignedIn = "member.signed_in",
    /// A member signed out.
    SignedOut = "member.signed_out",
    /// Somebody tried to sign in as a member, or to confirm that it is them, and could not.
    SignInFailed = "member.sign_in_failed",
    /// A member confirmed by a code of the second factor or by the password that it is them.
    Confirmed = "member.confirmed",
    /// A recovery code was used in place of a code of the second factor.
    RecoveryCodeUsed = "member.recovery_code_used",
    /// A member's second factor is asked for from now on.
    SecondFactorOn = "member.second_factor_on",
    /// A member's second factor is no longer asked for.
    SecondFactorOff = "member.second_factor_off",
    /// A member has new recovery codes.
    RecoveryCodesRenewed = "member.recovery_codes_renewed",
    /// A member changed the password.
    PasswordChanged = "member.password_changed",
    /// Sessions of a member were ended.
    SessionsEnded = "member.sessions_ended",
    /// Somebody was invited to become a member.
    MemberInvited = "member.invited",
    /// An invitation was taken back.
    InvitationWithdrawn = "member.invitation_withdrawn",
    /// A member has another role.
    MemberRoleChanged = "member.role_changed",
    /// A member may no longer sign in.
    MemberDisabled = "member.disabled",
    /// A member may sign in again.
    MemberEnabled = "member.enabled",
    /// A person became an operator of the platform.
    OperatorAdded = "operator.added",
    /// Data keys were re-sealed under the newest master key.
    VaultRotated = "vault.rotated",
    /// A storefront key was made.
    ApiKeyCreated = "api_key.created",
    /// A storefront key was revoked.
    ApiKeyRevoked = "api_key.revoked",
    /// The settings of a channel were saved.
    ChannelSaved = "channel.saved",
    /// A certificate was uploaded and stored.
    CertificateUploaded = "certificate.uploaded",
    /// A stored certificate was taken into use.
    CertificateActivated = "certificate.activated",
    /// A stored certificate was thrown away.
    CertificateDiscarded = "certificate.discarded",
    /// The channel was checked.
    ChannelChecked = "channel.checked",
    /// Limits were changed.
    LimitsChanged = "limits.changed",
    /// A recipient was made known.
    RecipientCreated = "recipient.created",
    /// A recipient's openid or name was changed.
    RecipientChanged = "recipient.changed",
    /// A commission was earned.
    CommissionEarned = "commission.earned",
    /// A commission was taken back.
    CommissionReversed = "commission.reversed",
    /// A part of a commission was taken back.
    CommissionReduced = "commission.reduced",
    /// A rule of commissions began.
    RuleAdded = "commission_rule.added",
    /// A rule of commissions ended.
    RuleEnded = "commission_rule.ended",
    /// An order earned commissions by the rules.
    OrderRecorded = "order.recorded",
    /// A refund of an order took commissions back.
    OrderRefunded = "order.refunded",
    /// A file of payouts was read and checked.
    BatchTaken = "batch.taken",
    /// A member approved it, and its lines become payouts.
    BatchApproved = "batch.approved",
    /// A member stopped it for now.
    BatchPaused = "batch.paused",
    /// It goes on.
    BatchResumed = "batch.resumed",
    /// A member does not want it.
    BatchDiscarded = "batch.discarded",
    /// All its lines are done.
    BatchDone = "batch.done",
    /// A member asked for a correction of a balance.
    CorrectionAsked = "correction.asked",
    /// Another member agreed, and the balance was corrected.
    CorrectionApproved = "correction.approved",
    /// Another member did not agree.
    CorrectionRejected = "correction.rejected",
    /// A payout was accepted.
    PayoutAccepted = "payout.accepted",
    /// A member approved a payout.
    PayoutApproved = "payout.approved",
    /// A member rejected a payout.
    PayoutRejected = "payout.rejected",
    /// A payout was cancelled before it was sent.
    PayoutCancelled = "payout.cancelled",
    /// A payout was written down to be sent.
    PayoutSubmitted = "payout.submitted",
    /// A payout waits to be sent again.
    PayoutPutOff = "payout.put_off",
    /// A payout's outcome is not known.
    PayoutInDoubt = "payout.in_doubt",
    /// A payout was paid.
    PayoutSucceeded = "payout.succeeded",
    /// A payout was refused for good.
    PayoutFailed = "payout.failed",
    /// A member has let WeChat Pay be asked at once.
    PayoutAsked = "payout.asked",
    /// A member has let a payout that waits be tried at once.
    PayoutHurried = "payout.hurried",
    /// A member said what became of a payout that the rail no longer answers for.
    PayoutDecided = "payout.decided",
    /// Something does not fit together; a person has to look.
    FindingReported = "finding.reported",
    /// A person has looked.
    FindingResolved = "finding.resolved",
    /// The tenant's payouts are no longer sent.
    LaneClosed = "lane.closed",
    /// They are sent again.
    LaneOpened = "lane.opened",
    /// A webhook endpoint was registered.
    EndpointRegistered = "endpoint.registered",
    /// What a webhook endpoint is, or wants to be told, was changed.
    EndpointChanged = "endpoint.changed",
    /// A webhook endpoint got a new secret.
    EndpointSecretRotated = "endpoint.secret_rotated",
    /// A webhook endpoint is called again.
    EndpointEnabled = "endpoint.enabled",
    /// A webhook endpoint is not called any more.
    EndpointDisabled = "endpoint.disabled",
    /// A webhook endpoint was removed.
    EndpointRemoved = "endpoint.removed",
    /// A webhook endpoint was sent a test.
    EndpointTested = "endpoint.tested",
    /// Events were sent to a webhook endpoint again.
    EndpointReplayed = "endpoint.replayed",
}

/// What it was done to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// The platform as a whole.
    Platform,
    /// An operator.
    Operator(PersonId),
    /// The tenant itself.
    Tenant(TenantId),
    /// A member.
    Member(MemberId),
    /// A storefront key.
    ApiKey(ApiKeyId),
    /// A channel.
    Channel(ChannelId),
    /// A certificate.
    Certificate(CertificateId),
    /// A recipient.
    Recipient(RecipientId),
    /// A commission.
    Commission(CommissionId),
    /// A rule of commissions.
    Rule(RuleId),
    /// An order.
    Order(OrderId),
    /// A batch.
    Batch(BatchId),
    /// A payout.
    Payout(PayoutId),
    /// A webhook endpoint.
    Endpoint(EndpointId),
}

impl Object {
    /// The kind's name in the log.
    pub const fn kind(&self) -> &'static str {
        match self {
            Object::Platform => "platform",
            Object::Operator(_) => "operator",
            Object::Tenant(_) => "tenant",
            Object::Member(_) => "member",
            Object::ApiKey(_) => "api_key",
            Object::Channel(_) => "channel",
            Object::Certificate(_) => "certificate",
            Object::Recipient(_) => "recipient",
            Object::Commission(_) => "commission",
            Object::Rule(_) => "commission_rule",
            Object::Order(_) => "order",
            Object::Batch(_) => "batch",
            Object::Payout(_) => "payout",
            Object::Endpoint(_) => "endpoint",
        }
    }

    /// The id in the log.
    pub fn id(&self) -> String {
        match self {
            Object::Platform => String::new(),
            Object::Operator(id) => id.to_string(),
            Object::Tenant(id) => id.to_string(),
            Object::Member(id) => id.to_string(),
            Object::ApiKey(id) => id.to_string(),
            Object::Channel(id) => id.to_string(),
            Object::Certificate(id) => id.to_string(),
            Object::Recipient(id) => id.to_string(),
            Object::Commission(id) => id.to_string(),
            Object::Rule(id) => id.to_string(),
            Object::Order(id) => id.to_string(),
            Object::Batch(id) => id.to_string(),
            Object::Payout(id) => id.to_string(),
            Object::Endpoint(id) => id.to_string(),
        }
    }
}

/// One thing that was done.
#[derive(Clone, Debug)]
pub struct Event {
    /// What.
    pub kind: EventKind,
    /// To what.
    pub object: Object,
    /// The facts, as a JSON object. Never a secret, an openid or a name.
    pub details: Json,
}
