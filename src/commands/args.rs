//! The words of the command line.

#![expect(
    clippy::doc_markdown,
    reason = "these comments are the texts of --help"
)]

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Zhanfu (站付) pays a shop's people through the shop's own WeChat Pay account.
#[derive(Debug, Parser)]
#[command(name = "zhanfu", version, about, long_about = None, max_term_width = 100)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Everything on one machine: simulator, two shops, real payouts over mutual TLS.
    #[cfg(feature = "sandbox")]
    Demo(DemoArgs),
    /// WeChat Pay for development: a TLS server with required client certificates.
    #[cfg(feature = "sandbox")]
    Simulator(SimulatorArgs),
    /// The web server and the payout engine.
    Serve(ServeArgs),
    /// Brings the database up to date.
    Migrate,
    /// Operators: persons of the platform.
    Operator {
        #[command(subcommand)]
        command: OperatorCommand,
    },
    /// Tenants: the shops.
    Tenant {
        #[command(subcommand)]
        command: TenantCommand,
    },
    /// Storefront keys.
    #[command(name = "api-key")]
    ApiKey {
        #[command(subcommand)]
        command: ApiKeyCommand,
    },
    /// 一键检测: whether a tenant's channel would pay, without paying.
    Check(CheckArgs),
    /// Compares every payout with the ledger and its attempts, and shows the differences that nobody has settled; exit 1 when there is any.
    Reconcile(ReconcileArgs),
    /// Says how a difference that zhanfu reconcile shows was settled.
    Resolve(ResolveArgs),
    /// Whose payouts are not sent: shown, closed and opened by an operator.
    Lane {
        #[command(subcommand)]
        command: LaneCommand,
    },
    /// One payout's whole story.
    Payout {
        #[command(subcommand)]
        command: PayoutCommand,
    },
    /// The secrets at rest.
    Vault {
        #[command(subcommand)]
        command: VaultCommand,
    },
    /// The books.
    Ledger {
        #[command(subcommand)]
        command: LedgerCommand,
    },
}

#[cfg(feature = "sandbox")]
#[derive(Debug, clap::Args)]
pub(super) struct DemoArgs {
    /// Run the flow once, print what was paid and what the ledger says, and exit 0 only if they agree.
    #[arg(long)]
    pub(super) once: bool,
    /// Where the web server listens.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    pub(super) listen: std::net::SocketAddr,
    /// The directory of the demo's own files; a new one under data/demo when absent.
    #[arg(long, value_name = "DIRECTORY")]
    pub(super) directory: Option<PathBuf>,
}

#[cfg(feature = "sandbox")]
#[derive(Debug, clap::Args)]
pub(super) struct SimulatorArgs {
    /// Where the TLS server listens.
    #[arg(long, default_value = "127.0.0.1:9443", value_name = "ADDRESS:PORT")]
    pub(super) listen: std::net::SocketAddr,
    /// Where the control port listens (plain HTTP, loopback only).
    #[arg(long, default_value = "127.0.0.1:9444", value_name = "ADDRESS:PORT")]
    pub(super) control: std::net::SocketAddr,
    /// Where ca.pem and each merchant's certificate package are written.
    #[arg(long, default_value = "data/simulator", value_name = "DIRECTORY")]
    pub(super) directory: PathBuf,
    /// A merchant: MCHID:APPID:KEYFILE, where KEYFILE holds its 32 characters of API key. More by the control port.
    #[arg(long, value_name = "MCHID:APPID:KEYFILE")]
    pub(super) merchant: Vec<String>,
    /// The seed of everything left to chance.
    #[arg(long, default_value_t = 0)]
    pub(super) seed: u64,
    /// Lists the faults that can be set, by openid or by rule, and exits.
    #[arg(long)]
    pub(super) list_faults: bool,
}

/// Which part of the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RoleArg {
    /// Web server and engine.
    All,
    /// The web server alone.
    Web,
    /// The engine alone.
    Engine,
}

#[derive(Debug, clap::Args)]
pub(super) struct ServeArgs {
    /// Which part runs.
    #[arg(long, value_enum, default_value = "all")]
    pub(super) role: RoleArg,
    /// Bring the database up to date first.
    #[arg(long)]
    pub(super) migrate: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum TenantCommand {
    /// Makes a tenant and its owner.
    Create(CreateArgs),
    /// The settings page as a command.
    Configure(ConfigureArgs),
    /// Shows or changes limits.
    Limits(LimitsArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct CreateArgs {
    /// The short name, unique: a-z, 0-9 and -.
    pub(super) slug: String,
    /// The name for people.
    #[arg(long)]
    pub(super) name: String,
    /// The owner's e-mail address.
    #[arg(long)]
    pub(super) owner_email: String,
    /// A file with the owner's password; - for stdin. Somebody who has a password here keeps it.
    #[arg(long, value_name = "FILE")]
    pub(super) owner_password_file: PathBuf,
    /// Print one JSON object.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct ConfigureArgs {
    /// The tenant.
    pub(super) slug: String,
    /// AppID(应用ID): wx and 16 hexadecimal digits.
    #[arg(long)]
    pub(super) app_id: Option<String>,
    /// A file with the AppSecret(应用密码); - for stdin.
    #[arg(long, value_name = "FILE")]
    pub(super) app_secret_file: Option<PathBuf>,
    /// 商户号: 8 to 10 digits.
    #[arg(long)]
    pub(super) mch_id: Option<String>,
    /// A file with 商户API密钥, 32 letters and digits; - for stdin.
    #[arg(long, value_name = "FILE")]
    pub(super) api_key_file: Option<PathBuf>,
    /// A file with APIv3密钥, 32 letters and digits; - for stdin.
    #[arg(long, value_name = "FILE")]
    pub(super) api_v3_key_file: Option<PathBuf>,
    /// 商户API证书: the ZIP of the certificate tool, apiclient_cert.p12, or apiclient_cert.pem; - for stdin.
    #[arg(long, value_name = "FILE")]
    pub(super) certificate: Option<PathBuf>,
    /// apiclient_key.pem, when --certificate is apiclient_cert.pem; - for stdin.
    #[arg(long, value_name = "FILE", requires = "certificate")]
    pub(super) private_key: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct LimitsArgs {
    /// The tenant.
    pub(super) slug: String,
    /// A limit and its number, in fen or payouts; none switches it off. when_day_is_full=refuse or queue.
    #[arg(long, value_name = "NAME=VALUE", num_args = 1..)]
    pub(super) set: Vec<String>,
    /// Print one JSON object.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum ApiKeyCommand {
    /// Makes a storefront key and prints it, this once.
    Create {
        /// The tenant.
        slug: String,
        /// What the key is for.
        #[arg(long)]
        name: String,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// The tenant.
    pub(super) slug: String,
    /// Print one JSON object.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum OperatorCommand {
    /// Makes an operator.
    Create {
        /// The e-mail address.
        #[arg(long)]
        email: String,
        /// A file with the password; - for stdin. Somebody who has a password here keeps it.
        #[arg(long, value_name = "FILE")]
        password_file: PathBuf,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum VaultCommand {
    /// Re-seals every secret under the newest master key, the first line of the master key file. Put the new key above the old ones, run
    /// this, and then the old lines may go. It may be stopped and run again, also beside a running server.
    Rotate {
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum LedgerCommand {
    /// Debits equal credits, balances equal the sum of their entries, paid payouts equal the ledger.
    Verify {
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct ReconcileArgs {
    /// Only this tenant.
    #[arg(long, value_name = "SLUG")]
    pub(super) tenant: Option<String>,
    /// Print one JSON object.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct ResolveArgs {
    /// The tenant.
    pub(super) slug: String,
    /// The finding, by the id that zhanfu reconcile shows.
    pub(super) finding: String,
    /// How it was settled, in 5 to 500 characters.
    #[arg(long, value_name = "TEXT")]
    pub(super) because: String,
}

#[derive(Debug, Subcommand)]
pub(super) enum LaneCommand {
    /// Shows all closed lanes.
    List {
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Sends nothing more; what was sent is still asked about.
    Freeze {
        #[command(flatten)]
        of: LaneOf,
        /// Why, in 3 to 200 characters.
        #[arg(long, value_name = "TEXT")]
        because: String,
    },
    /// Says that a backup was put back: nothing is sent before zhanfu lane open --platform, and everything is asked about first.
    Restored,
    /// Opens what an operator has frozen, what a broken law has stopped, and what waits after a backup was put back.
    Open {
        #[command(flatten)]
        of: LaneOf,
    },
}

/// One tenant, or all together.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub(super) struct LaneOf {
    /// The tenant.
    pub(super) slug: Option<String>,
    /// All tenants together.
    #[arg(long)]
    pub(super) platform: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum PayoutCommand {
    /// Everything that was done, called, answered and posted, oldest first.
    Show {
        /// The tenant.
        slug: String,
        /// The payout's id.
        id: String,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
}
