//! Cursors of lists: where the next page starts, authenticated, so that an edited one, another tenant's or one of another
//! filter is refused.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::basics::{Id, TenantId};
use crate::web::problem::{Code, Problem, Said};

const TAG: usize = 16;

/// What a cursor belongs to: it continues only the list it came from.
pub(super) struct List<'a> {
    /// The tenant.
    pub(super) tenant: TenantId,
    /// The list and its filter, in one text.
    pub(super) filter: &'a str,
}

impl List<'_> {
    fn mac(&self, key: &[u8; 32], position: &[u8; 16]) -> [u8; TAG] {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key fits");
        mac.update(self.tenant.as_bytes());
        mac.update(position);
        mac.update(self.filter.as_bytes());
        let whole: [u8; 32] = mac.finalize().into_bytes().into();
        let mut tag = [0; TAG];
        tag.copy_from_slice(whole.split_at(TAG).0);
        tag
    }

    /// The cursor that continues after this row.
    pub(super) fn cursor(&self, key: &[u8; 32], last: &impl Id) -> String {
        let position = last.as_uuid().into_bytes();
        URL_SAFE_NO_PAD.encode([position.as_slice(), &self.mac(key, &position)].concat())
    }

    /// The row that a cursor continues after.
    pub(super) fn position<I: Id>(&self, key: &[u8; 32], cursor: &str) -> Result<I, Problem> {
        let invalid = || {
            let detail = Said::new(
                "cursor: 请原样使用上一页的 next_cursor,并保持相同的筛选条件",
                "cursor: take next_cursor of the page before, with the same filters",
            );
            Problem::new(Code::InvalidRequest, detail)
        };
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| invalid())?;
        let (position, tag) = bytes.split_first_chunk::<16>().ok_or_else(invalid)?;
        let expected = self.mac(key, position);
        if !bool::from(subtle::ConstantTimeEq::ct_eq(expected.as_slice(), tag)) {
            return Err(invalid());
        }
        Ok(I::from_uuid(uuid::Uuid::from_bytes(*position)))
    }
}
