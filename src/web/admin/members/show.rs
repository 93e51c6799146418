//! The list of members and invitations, with what each role may do.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::{ROLES, role_name};
use crate::basics::{InvitationId, MemberId, PersonId, Timestamp};
use crate::db::{DbFault, Scope};
use crate::people::Role;
use crate::people::invitations::{OpenInvitation, list_invitations};
use crate::people::members::{self, MemberLine};
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html};
use crate::web::rights::rights;
use crate::web::text::Members;

struct Line {
    id: MemberId,
    email: String,
    role: &'static str,
    roles: Vec<RoleChoice>,
    last: Option<String>,
    has_factor: bool,
    sessions: i64,
    is_disabled: bool,
    is_you: bool,
}

/// One role in a choice.
pub(super) struct RoleChoice {
    pub(super) value: &'static str,
    pub(super) name: &'static str,
    pub(super) is_chosen: bool,
}

impl RoleChoice {
    /// All roles, one of them chosen.
    pub(super) fn all(w: &'static Members, chosen: Option<Role>) -> Vec<Self> {
        ROLES
            .into_iter()
            .map(|role| Self {
                value: role.as_str(),
                name: role_name(w, role),
                is_chosen: Some(role) == chosen,
            })
            .collect()
    }
}

impl Line {
    fn of(w: &'static Members, line: &MemberLine, you: PersonId) -> Self {
        Self {
            id: line.member,
            email: line.email.to_string(),
            role: role_name(w, line.role),
            roles: RoleChoice::all(w, Some(line.role)),
            last: line.signed_in_at.map(Timestamp::shanghai),
            has_factor: line.has_factor,
            sessions: line.sessions,
            is_disabled: line.disabled_at.is_some(),
            is_you: line.person == you,
        }
    }
}

struct InvitationLine {
    id: InvitationId,
    email: String,
    role: &'static str,
    by: String,
    until: String,
}

impl InvitationLine {
    fn of(w: &'static Members, open: OpenInvitation) -> Self {
        Self {
            id: open.id,
            email: open.email.to_string(),
            role: role_name(w, open.role),
            by: open.created_by,
            until: open.expires_at.shanghai(),
        }
    }
}

struct RightLine {
    words: &'static str,
    may: Vec<RoleMay>,
}

struct RoleMay {
    role: &'static str,
    may: bool,
}

/// The form of an invitation as it was sent, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Invited {
    pub(super) email: String,
    pub(super) role: Option<Role>,
    pub(super) wrong_email: Option<&'static str>,
    pub(super) wrong_role: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "admin/members/show.html")]
struct MembersPage {
    s: Shell,
    w: &'static Members,
    done: Option<&'static str>,
    wrong: Option<&'static str>,
    may_change: bool,
    lines: Vec<Line>,
    invitations: Vec<InvitationLine>,
    invited: Invited,
    roles: Vec<RoleChoice>,
    role_names: Vec<&'static str>,
    rights: Vec<RightLine>,
}

#[derive(Deserialize)]
pub(in crate::web) struct Query {
    #[serde(default)]
    done: String,
}

/// `GET /admin/members`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    query: web::Query<Query>,
) -> Result<HttpResponse, MemberFault> {
    let w = &Shell::open(&request).t.members;
    let done = match query.done.as_str() {
        "role" => Some(w.done_role),
        "disabled" => Some(w.done_disabled),
        "enabled" => Some(w.done_enabled),
        "ended" => Some(w.done_ended),
        "withdrawn" => Some(w.done_withdrawn),
        _ => None,
    };
    let wrong = (query.done == "gone").then_some(w.gone);
    let invited = Invited::default();
    let said = (done, wrong);
    render(&request, &state, &member, StatusCode::OK, said, invited).await
}

/// The page, with what was done or what is wrong.
pub(super) async fn render(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    status: StatusCode,
    (done, wrong): (Option<&'static str>, Option<&'static str>),
    invited: Invited,
) -> Result<HttpResponse, MemberFault> {
    let s = Shell::of(request, member);
    let w = &s.t.members;
    let (tenant, now) = (member.tenant_id(), state.clock.now());
    let (lines, invitations) = state
        .database
        .read(
            "members",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                Ok((
                    members::list(tx, tenant, now)?,
                    list_invitations(tx, tenant, now)?,
                ))
            },
        )
        .await?;
    let page = MembersPage {
        w,
        done,
        wrong,
        may_change: member.who.role == Role::Owner,
        lines: lines
            .iter()
            .map(|line| Line::of(w, line, member.who.person))
            .collect(),
        invitations: invitations
            .into_iter()
            .map(|open| InvitationLine::of(w, open))
            .collect(),
        roles: RoleChoice::all(w, invited.role),
        invited,
        role_names: ROLES.iter().map(|role| role_name(w, *role)).collect(),
        rights: rights()
            .into_iter()
            .map(|right| RightLine {
                words: (right.words)(w),
                may: ROLES
                    .iter()
                    .map(|role| RoleMay {
                        role: role_name(w, *role),
                        may: right.who.admits(*role),
                    })
                    .collect(),
            })
            .collect(),
        s,
    };
    Ok(html(status, &page))
}
