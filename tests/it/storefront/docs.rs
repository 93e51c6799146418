//! The documentation: a document and a page, both out of the binary, and examples that work as they stand.

use std::process::{Command, Stdio};

use crate::harness::{House, On};
use crate::on_both_databases;

on_both_databases! {
    async fn the_document_is_served_to_anyone(house) {
        let answer = house.get("/api/v1/openapi.json").await.expect(200);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.at("/openapi"), "3.1.0");
        assert_eq!(answer.at("/servers/0/url").as_str(), Some(house.base.as_str()));
        for elsewhere in ["/openapi.json", "/debug", "/swagger", "/api/v2/openapi.json"] {
            house.get(elsewhere).await.expect(404);
        }
    }

    async fn the_page_needs_nothing_from_anywhere(house) {
        let page = house.get("/api/docs").await.expect(200);
        assert!(page.text.contains("站点接口文档"));
        for call in ["withdraw", "put_recipient", "cancel_payout", "list_limits"] {
            assert!(page.text.contains(&format!("id=\"{call}\"")), "{call}");
        }
        let english = house.request(reqwest::Method::GET, "/api/docs").header("cookie", "lang=en");
        let english = crate::harness::Answer::of(english).await.expect(200);
        assert!(english.text.contains("Storefront API"));
        for text in [&page.text, &english.text] {
            for forbidden in ["<script", "style=", "src=\"http", "href=\"http", "onclick", "javascript:"] {
                assert!(!text.contains(forbidden), "{forbidden}");
            }
            // every anchor that is linked to is there
            for part in text.split("href=\"#").skip(1) {
                let anchor = part.split('"').next().unwrap();
                assert!(text.contains(&format!("id=\"{anchor}\"")), "{anchor}");
            }
        }
    }
}

/// Runs a program of the documentation against a house whose engine works meanwhile.
async fn run(house: &House, program: &'static str, path: String) -> Option<(bool, String)> {
    let shop = house.shop("tea");
    let (base, key) = (house.base.clone(), shop.key.clone());
    let running = tokio::task::spawn_blocking(move || {
        Command::new(program)
            .arg(path)
            .env("ZHANFU_URL", base)
            .env("ZHANFU_KEY", key)
            .env("ZHANFU_POLL_SECONDS", "0.05")
            .stdin(Stdio::null())
            .output()
    });
    while !running.is_finished() {
        house.run().await;
        tokio::task::yield_now().await;
    }
    // a machine without the language runs the other examples
    let output = running.await.unwrap().ok()?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert_eq!(shop.balance("u-1001").await.2, 1_234, "{said}");
    Some((output.status.success(), said))
}

async fn example(program: &'static str, file: &str) {
    let house = House::open(On::Sqlite).await;
    let path = format!(
        "{}/src/web/api_docs/examples/{file}",
        env!("CARGO_MANIFEST_DIR")
    );
    if let Some((ok, said)) = run(&house, program, path).await {
        assert!(ok && said.starts_with("paid: "), "{said}");
    }
    house.conscience().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_example_for_curl_pays() {
    example("bash", "storefront.sh").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_example_for_node_pays() {
    example("node", "storefront.mjs").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_example_for_python_pays() {
    example("python3", "storefront.py").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_example_for_php_pays() {
    example("php", "storefront.php").await;
}
