//! WeChat Pay as the reference describes it; shares no code with the house, not even signatures.
