//! Reading an uploaded certificate: off the threads that serve requests, a few at a time.

use actix_web::web;

use super::form::FileFault;
use crate::basics::{MerchantNumber, Timestamp};
use crate::channels::certificate::{self, MerchantIdentity, UploadedFile};
use crate::web::State;
use crate::web::form_body::FormFile;
use crate::web::guard::MemberFault;

/// Reads the files as a certificate of this merchant number.
pub(super) async fn read(
    state: &State,
    files: Vec<FormFile>,
    number: MerchantNumber,
    now: Timestamp,
) -> Result<Result<MerchantIdentity, FileFault>, MemberFault> {
    let permit = state.reading.clone().acquire_owned().await.ok();
    web::block(move || {
        let uploaded: Vec<UploadedFile<'_>> = files
            .iter()
            .map(|file| UploadedFile {
                name: &file.name,
                bytes: &file.bytes,
            })
            .collect();
        let read = certificate::read(&uploaded, &number, now).map_err(FileFault::Certificate);
        drop(permit);
        read
    })
    .await
    .map_err(|_| MemberFault::Unavailable)
}
