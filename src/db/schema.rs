//! The tables that Diesel's query builder is used for. The rest is reached by [`super::sql()`].
//!
//! One description serves both databases; `migrations/` holds each one's own words.

#![expect(
    missing_docs,
    reason = "the tables and columns are described in migrations/"
)]

diesel::table! {
    tenants (id) {
        id -> Binary,
        slug -> Text,
        name -> Text,
        state -> Text,
        suspended_reason -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    api_keys (tenant_id, id) {
        tenant_id -> Binary,
        id -> Binary,
        name -> Text,
        key_hash -> Binary,
        tail -> Text,
        created_at -> BigInt,
        created_by -> Text,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    master_keys (id) {
        id -> Binary,
        proof -> Binary,
        first_used_at -> BigInt,
    }
}

diesel::table! {
    data_keys (tenant_id, version) {
        tenant_id -> Binary,
        version -> BigInt,
        master_key_id -> Binary,
        wrapped -> Binary,
        created_at -> BigInt,
    }
}

diesel::table! {
    people (id) {
        id -> Binary,
        email -> Text,
        password_hash -> Text,
        created_at -> BigInt,
        disabled_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    members (tenant_id, id) {
        tenant_id -> Binary,
        id -> Binary,
        person_id -> Binary,
        role -> Text,
        created_at -> BigInt,
        disabled_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Binary,
        id -> Binary,
        person_id -> Binary,
        tenant_id -> Nullable<Binary>,
        created_at -> BigInt,
        last_seen_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        address -> Text,
        user_agent -> Text,
    }
}

diesel::table! {
    channels (tenant_id, id) {
        tenant_id -> Binary,
        id -> Binary,
        rail -> Text,
        version -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    certificates (tenant_id, id) {
        tenant_id -> Binary,
        id -> Binary,
        channel_id -> Binary,
        merchant_number -> Text,
        serial -> Text,
        subject -> Text,
        organization -> Text,
        organizational_unit -> Text,
        issuer -> Text,
        not_before -> BigInt,
        not_after -> BigInt,
        fingerprint_sha256 -> Text,
        key_bits -> BigInt,
        chain -> Binary,
        sealed_key -> Binary,
        uploaded_at -> BigInt,
        uploaded_by -> Text,
        proved_at -> Nullable<BigInt>,
        retired_at -> Nullable<BigInt>,
        discarded_at -> Nullable<BigInt>,
        noticed -> BigInt,
    }
}

diesel::table! {
    channel_secrets (tenant_id, channel_id, name, version) {
        tenant_id -> Binary,
        channel_id -> Binary,
        name -> Text,
        version -> BigInt,
        sealed -> Binary,
        set_at -> BigInt,
        set_by -> Text,
    }
}

diesel::table! {
    channel_versions (tenant_id, channel_id, version) {
        tenant_id -> Binary,
        channel_id -> Binary,
        version -> BigInt,
        app_id -> Nullable<Text>,
        merchant_number -> Nullable<Text>,
        app_secret_version -> Nullable<BigInt>,
        api_key_version -> Nullable<BigInt>,
        api_v3_key_version -> Nullable<BigInt>,
        certificate_id -> Nullable<Binary>,
        created_at -> BigInt,
        created_by -> Text,
    }
}

diesel::table! {
    recipients (tenant_id, id) {
        tenant_id -> Binary,
        id -> Text,
        openid -> Text,
        sealed_name -> Nullable<Binary>,
        version -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(people, members, sessions);
diesel::allow_tables_to_appear_in_same_query!(tenants, api_keys);
diesel::allow_tables_to_appear_in_same_query!(channels, channel_versions, certificates);
