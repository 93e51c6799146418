//! The result of a batch as a file, and a file to begin with.

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::stream;

use crate::basics::{BatchId, TenantId};
use crate::batches::{self, Line};
use crate::db::{Database, DbFault, Scope};
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::not_found;
use crate::web::text::{Batches, Tongue};

/// Tells spreadsheets that the text is UTF-8.
const MARK: &str = "\u{feff}";

/// How many lines are read at once: what is sent is never wholly in memory.
const LINES_AT_ONCE: i64 = 1_000;

/// `GET /admin/batches/sample.csv`
pub(in crate::web) async fn sample(_: Member) -> HttpResponse {
    let text = format!(
        "{MARK}收款人编号,金额(元),备注,外部单号\r\nuser-1001,12.50,推广奖励,2026-11-0001\r\nuser-1002,100.00,,\r\n"
    );
    file("批量付款模板.csv", "batch-template.csv").body(text)
}

/// `GET /admin/batches/{id}/result.csv`
pub(in crate::web) async fn result(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
) -> Result<HttpResponse, MemberFault> {
    let Ok(id) = path.parse::<BatchId>() else {
        return Ok(not_found(&request));
    };
    let tenant = member.tenant_id();
    let found = state
        .database
        .read(
            "a batch",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> { batches::find(tx, tenant, id) },
        )
        .await?;
    if found.is_none() {
        return Ok(not_found(&request));
    }
    let at = Place {
        database: state.database.clone(),
        tenant,
        batch: id,
        after: Some(0),
        w: &Tongue::of(&request).text().batches,
    };
    let lines = stream::try_unfold(at, next);
    let head = stream::iter([Ok::<_, DbFault>(Bytes::from(header(at_words(&request))))]);
    let name = format!("批量付款结果_{id}.csv");
    Ok(file(&name, &format!("batch-{id}.csv"))
        .streaming(futures_util::StreamExt::chain(head, lines)))
}

fn at_words(request: &HttpRequest) -> &'static Batches {
    &Tongue::of(request).text().batches
}

fn header(w: &Batches) -> String {
    let cells = [
        w.line,
        w.recipient,
        w.amount,
        "备注",
        "外部单号",
        w.state,
        w.fault,
        "付款单号",
    ];
    format!("{MARK}{}", row(cells.map(str::to_owned)))
}

/// Where the reading is.
struct Place {
    database: Database,
    tenant: TenantId,
    batch: BatchId,
    after: Option<i64>,
    w: &'static Batches,
}

async fn next(mut place: Place) -> Result<Option<(Bytes, Place)>, DbFault> {
    let Some(after) = place.after else {
        return Ok(None);
    };
    let (tenant, batch) = (place.tenant, place.batch);
    let lines = place
        .database
        .read(
            "lines of a batch",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                batches::list_lines(tx, tenant, batch, after, LINES_AT_ONCE)
            },
        )
        .await?;
    let Some(last) = lines.last().map(|line| line.number) else {
        return Ok(None);
    };
    let is_all = i64::try_from(lines.len()).is_ok_and(|count| count < LINES_AT_ONCE);
    place.after = (!is_all).then_some(last);
    let text: String = lines.into_iter().map(|line| text(place.w, line)).collect();
    Ok(Some((Bytes::from(text), place)))
}

fn text(w: &Batches, line: Line) -> String {
    row([
        line.number.to_string(),
        line.recipient,
        line.amount.plain_yuan(),
        line.description,
        line.external_id.unwrap_or_default(),
        (w.line_states)(line.state).to_owned(),
        line.fault.map_or("", w.faults).to_owned(),
        line.payout.map(|id| id.to_string()).unwrap_or_default(),
    ])
}

/// One line of CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe.
fn row<const N: usize>(cells: [String; N]) -> String {
    let cells = cells.map(|cell| {
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}'])
            && cell.parse::<u64>().is_err();
        let cell = if is_formula { format!("'{cell}") } else { cell };
        format!("\"{}\"", cell.replace('"', "\"\""))
    });
    format!("{}\r\n", cells.join(","))
}

/// An answer that a browser saves.
fn file(name: &str, plain_name: &str) -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    answer
        .content_type("text/csv; charset=utf-8")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{plain_name}\"; filename*=UTF-8''{encoded}"),
        ));
    answer
}
