//! A browser's window, and what a person does in front of it.

use std::path::PathBuf;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::{Method, Url};
use serde_json::{Value as Json, json};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::driver::Driver;
use super::harness::{House, Shop};

/// How often a gesture looks at the page before it gives up: at least for 20 seconds, because the machine may be building something.
pub(crate) const PATIENCE: u32 = 400;

/// The pause between two looks.
const LOOK: Duration = Duration::from_millis(50);

/// How many browsers are open at once, whatever the number of test threads: each takes a core and some 200 MiB.
static BROWSERS: Semaphore = Semaphore::const_new(2);

/// Where Debian, Ubuntu and others put the browser.
const BROWSER_PLACES: [&str; 4] = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/local/bin/chromium",
];

/// The device that somebody sits at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Device {
    Desktop,
    Phone,
}

impl Device {
    const fn name(self) -> &'static str {
        match self {
            Device::Desktop => "desktop",
            Device::Phone => "phone",
        }
    }

    const fn size(self) -> (u32, u32) {
        match self {
            Device::Desktop => (1280, 900),
            Device::Phone => (375, 812),
        }
    }
}

/// A window, open on the pages of one house.
pub(crate) struct Screen {
    client: Client,
    base: String,
    device: Device,
    // ended last, in this order
    driver: Driver,
    turn: SemaphorePermit<'static>,
}

/// Writes each walk twice: at a desk and on a phone.
#[macro_export]
macro_rules! in_a_browser {
    ($($(#[$meta:meta])* async fn $name:ident($house:ident, $screen:ident) $body:block)+) => {$(
        async fn $name($house: &$crate::harness::House, $screen: &$crate::screen::Screen) $body

        mod $name {
            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn desktop() {
                walk($crate::screen::Device::Desktop).await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn phone() {
                walk($crate::screen::Device::Phone).await;
            }

            async fn walk(device: $crate::screen::Device) {
                let house = $crate::harness::House::open($crate::harness::On::Sqlite).await;
                let screen = $crate::screen::Screen::open_on(&house, device).await;
                super::$name(&house, &screen).await;
                screen.close().await;
                house.conscience().await;
            }
        }
    )+};
}

impl Screen {
    /// Opens a browser that knows nothing yet.
    pub(crate) async fn open_on(house: &House, device: Device) -> Self {
        let turn = BROWSERS.acquire().await.unwrap();
        let driver = tokio::task::spawn_blocking(Driver::start).await.unwrap();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities())
            .connect(&driver.url())
            .await
            .expect("chromedriver opens a browser (is Chromium of the same version installed?)");
        let screen = Self {
            client,
            base: house.base.clone(),
            device,
            driver,
            turn,
        };
        let (width, height) = device.size();
        screen
            .devtools(
                "Emulation.setDeviceMetricsOverride",
                json!({
                    "width": width,
                    "height": height,
                    "deviceScaleFactor": 1,
                    "mobile": device == Device::Phone,
                }),
            )
            .await;
        screen
    }

    /// Closes the browser.
    pub(crate) async fn close(self) {
        let Self {
            client,
            driver,
            turn,
            ..
        } = self;
        client.close().await.unwrap();
        tokio::task::spawn_blocking(move || drop(driver))
            .await
            .unwrap();
        drop(turn);
    }

    /// The shop's owner signs in by the page.
    pub(crate) async fn signs_in(&self, shop: &Shop) {
        self.signs_in_with(&shop.owner(), super::harness::PASSWORD)
            .await;
    }

    /// Somebody signs in by the page.
    pub(crate) async fn signs_in_with(&self, email: &str, password: &str) {
        self.open("/sign-in").await;
        self.fill_label("邮箱", email).await;
        self.fill_label("密码", password).await;
        self.press("登录").await;
        self.sees("首页").await;
    }

    /// Goes to a page.
    pub(crate) async fn open(&self, path: &str) {
        let url = format!("{}{path}", self.base);
        self.client.goto(&url).await.unwrap();
    }

    /// The path that is open.
    pub(crate) async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    /// Types into the field of a label, in place of what is there.
    pub(crate) async fn fill_label(&self, label: &str, value: &str) {
        let field = self.field(label).await;
        field.clear().await.unwrap();
        field.send_keys(value).await.unwrap();
    }

    /// Chooses files in the field of a label.
    pub(crate) async fn choose_files(&self, label: &str, files: &[PathBuf]) {
        let paths: Vec<String> = files
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        self.field(label)
            .await
            .send_keys(&paths.join("\n"))
            .await
            .unwrap();
    }

    /// What the field of a label holds.
    pub(crate) async fn value_of(&self, label: &str) -> String {
        self.field(label)
            .await
            .prop("value")
            .await
            .unwrap()
            .unwrap_or_default()
    }

    /// The field of a label, as soon as there is one.
    pub(crate) async fn field(&self, label: &str) -> Element {
        let label = quoted(label);
        let xpath = format!(
            "//*[@id=(//label[normalize-space()={label}]/@for | //label[starts-with(normalize-space(),{label})]/@for)[1]]"
        );
        self.find(&xpath, &format!("a field labelled {label}"))
            .await
    }

    /// Presses the first button or link of this text that can be seen.
    pub(crate) async fn press(&self, text: &str) {
        let text = quoted(text);
        let xpath =
            format!("//*[self::button or self::a or self::summary][normalize-space()={text}]");
        let mut looks = 0;
        let mut what = format!("a button {text}");
        loop {
            for element in self
                .client
                .find_all(Locator::XPath(&xpath))
                .await
                .unwrap_or_default()
            {
                match self.click(&element).await {
                    Ok(true) => return,
                    Ok(false) => {}
                    Err(error) => what = format!("a button {text} that can be pressed ({error})"),
                }
            }
            self.look_again(&mut looks, &what).await;
        }
    }

    /// Presses something that can be seen, away from the bar on top.
    async fn click(&self, element: &Element) -> Result<bool, CmdError> {
        if !element.is_displayed().await? {
            return Ok(false);
        }
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        let it = serde_json::to_value(element)?;
        self.client.execute(script, vec![it]).await?;
        element.click().await?;
        Ok(true)
    }

    /// Waits until the page shows a text.
    pub(crate) async fn sees(&self, text: &str) {
        let mut looks = 0;
        while !self.text().await.contains(text) {
            self.look_again(&mut looks, text).await;
        }
    }

    /// Makes sure that the page, as it is, does not show a text.
    pub(crate) async fn does_not_see(&self, text: &str) {
        let shown = self.text().await;
        assert!(!shown.contains(text), "the page shows “{text}”:\n{shown}");
    }

    /// Everything that can be read on the page.
    pub(crate) async fn text(&self) -> String {
        let text = self
            .client
            .execute(
                "return document.body ? document.body.innerText : ''",
                Vec::new(),
            )
            .await;
        text.ok()
            .and_then(|text| text.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Makes sure that nothing sticks out at the side.
    pub(crate) async fn fits_the_width(&self) {
        let too_wide = self
            .client
            .execute(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
                Vec::new(),
            )
            .await
            .unwrap();
        assert_eq!(
            too_wide,
            0,
            "{} is wider than the window",
            self.path().await
        );
    }

    /// Keeps a picture of the whole page in `target/screenshots`, in light and in dark.
    pub(crate) async fn screenshot(&self, name: &str) {
        self.client
            .execute("window.scrollTo(0, 0)", Vec::new())
            .await
            .unwrap();
        for (theme, ending) in [("light", ""), ("dark", "-dark")] {
            // nothing is caught on its way from one colour to the other
            let features = json!([
                { "name": "prefers-reduced-motion", "value": "reduce" },
                { "name": "prefers-color-scheme", "value": theme },
            ]);
            self.devtools(
                "Emulation.setEmulatedMedia",
                json!({ "features": features }),
            )
            .await;
            self.picture(&format!("{name}-{}{ending}", self.device.name()))
                .await;
        }
    }

    async fn picture(&self, name: &str) {
        let answer = self
            .devtools(
                "Page.captureScreenshot",
                json!({ "captureBeyondViewport": true, "format": "png" }),
            )
            .await;
        let png = STANDARD.decode(answer["data"].as_str().unwrap()).unwrap();
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
            .parent()
            .unwrap()
            .join("screenshots");
        std::fs::create_dir_all(&directory).unwrap();
        std::fs::write(directory.join(format!("{name}.png")), png).unwrap();
    }

    async fn find(&self, xpath: &str, what: &str) -> Element {
        let mut looks = 0;
        loop {
            if let Ok(element) = self.client.find(Locator::XPath(xpath)).await {
                return element;
            }
            self.look_again(&mut looks, what).await;
        }
    }

    /// Looks again in a moment, or fails with a picture of what is there instead.
    async fn look_again(&self, looks: &mut u32, what: &str) {
        *looks += 1;
        if *looks < PATIENCE {
            tokio::time::sleep(LOOK).await;
            return;
        }
        self.picture(&format!("failed-{}", self.device.name()))
            .await;
        panic!(
            "no {what} at {} (target/screenshots/failed-{}.png):\n{}",
            self.path().await,
            self.device.name(),
            self.text().await
        );
    }

    /// A command of the browser's own protocol.
    pub(crate) async fn devtools(&self, method: &'static str, parameters: Json) -> Json {
        self.client
            .issue_cmd(DevTools { method, parameters })
            .await
            .unwrap()
    }
}

#[derive(Debug)]
struct DevTools {
    method: &'static str,
    parameters: Json,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = json!({ "cmd": self.method, "params": self.parameters });
        (Method::POST, Some(body.to_string()))
    }
}

fn capabilities() -> serde_json::Map<String, Json> {
    let binary = BROWSER_PLACES
        .iter()
        .find(|place| std::path::Path::new(place).exists())
        .expect(
            "the browser tests need Chromium: apt-get install chromium chromium-driver (Debian)",
        );
    let options = json!({
        "binary": binary,
        "args": [
            "--headless=new",
            // containers and root have no user namespaces
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-default-apps",
            "--hide-scrollbars",
            "--lang=zh-CN",
            "--window-size=1280,900",
        ],
    });
    let mut all = serde_json::Map::new();
    all.insert("goog:chromeOptions".to_owned(), options);
    all
}

/// A text as `XPath` writes it.
fn quoted(text: &str) -> String {
    assert!(!text.contains('"'), "a label without quotes");
    format!("\"{text}\"")
}
