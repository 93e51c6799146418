//! Style sheet, script and pictures, out of the binary, under names that change with their contents.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

struct Asset {
    bytes: std::borrow::Cow<'static, [u8]>,
    content_type: &'static str,
}

/// All assets by their public name, and the public name of each file.
pub(super) struct Assets {
    by_public_name: BTreeMap<String, Asset>,
    public_names: BTreeMap<String, String>,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::load);

impl Assets {
    /// The assets of this binary.
    pub(super) fn get() -> &'static Assets {
        &ASSETS
    }

    /// The address of a file; a file that is not there has none.
    pub(super) fn url(&self, file: &str) -> String {
        self.public_names
            .get(file)
            .map_or_else(String::new, |name| format!("/static/{name}"))
    }

    fn load() -> Self {
        let mut assets = Self {
            by_public_name: BTreeMap::new(),
            public_names: BTreeMap::new(),
        };
        for file in Files::iter() {
            let Some(embedded) = Files::get(&file) else {
                continue;
            };
            let Some(content_type) = content_type(&file) else {
                continue;
            };
            let digest = hex::encode(Sha256::digest(&embedded.data));
            let short: String = digest.chars().take(12).collect();
            let (stem, ending) = file.rsplit_once('.').unwrap_or((&file, ""));
            let public = format!("{stem}.{short}.{ending}");
            assets.public_names.insert(file.to_string(), public.clone());
            assets.by_public_name.insert(
                public,
                Asset {
                    bytes: embedded.data,
                    content_type,
                },
            );
        }
        assets
    }
}

/// Files without one of these endings (licences, notes) are not served.
fn content_type(file: &str) -> Option<&'static str> {
    let (_, ending) = file.rsplit_once('.')?;
    match ending {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        "woff2" => Some("font/woff2"),
        _ => None,
    }
}

/// `GET /static/{name}`: its name says what is in it, so it may be kept for ever.
pub(super) async fn show(path: web::Path<String>) -> HttpResponse {
    match Assets::get().by_public_name.get(path.as_str()) {
        Some(asset) => HttpResponse::Ok()
            .content_type(asset.content_type)
            .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
            .body(asset.bytes.to_vec()),
        None => HttpResponse::NotFound().finish(),
    }
}
