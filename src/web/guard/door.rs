//! The members' doors: who may enter is in the table of doors, and is judged here before a handler sees anything.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, ResponseError as _, web};

use super::member::{Member, MemberFault, RenewedSession, cookie, session_cookie_name};
use crate::web::State;
use crate::web::doors::Who;

/// Lets a member in whose role the door admits. The handler gets the same [`Member`] as its argument, without another look-up.
pub(in crate::web) async fn admit<B: MessageBody + 'static>(
    who: Who,
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let member = match request.extract::<Member>().await {
        Ok(member) if who.admits(member.who.role) => member,
        Ok(member) => return Ok(refuse(request, &MemberFault::Role(member.who.role))),
        Err(fault) => return Ok(refuse(request, &fault)),
    };
    request.extensions_mut().insert(member);
    let mut answer = next.call(request).await?.map_into_left_body();
    let renewed = answer.request().extensions_mut().remove::<RenewedSession>();
    if let Some(RenewedSession(session)) = renewed {
        let secure = answer
            .request()
            .app_data::<web::Data<State>>()
            .is_some_and(|state| state.is_secure());
        let name = session_cookie_name(secure);
        let cookie = cookie(name, session.expose().to_owned(), secure);
        if let Err(error) = answer.response_mut().add_cookie(&cookie) {
            tracing::error!(%error, "a session's new cookie could not be sent");
        }
    }
    Ok(answer)
}

fn refuse<B>(request: ServiceRequest, fault: &MemberFault) -> ServiceResponse<EitherBody<B>> {
    let answer = fault.error_response();
    request.into_response(answer).map_into_right_body()
}
