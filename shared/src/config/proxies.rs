//! Whom `X-Forwarded-For` is believed.

use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

/// One address, or a range of them: `10.0.0.7`, `10.0.0.0/8`, `fd00::/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProxyRange(IpNet);

impl ProxyRange {
    /// Whether it holds an address.
    #[must_use]
    pub fn holds(&self, address: IpAddr) -> bool {
        self.0.contains(&address)
    }
}

impl From<IpAddr> for ProxyRange {
    fn from(address: IpAddr) -> Self {
        Self(address.into())
    }
}

impl FromStr for ProxyRange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let range = text.parse::<IpAddr>().map(IpNet::from).or_else(|_| text.parse::<IpNet>());
        range.map(Self).map_err(|_| format!("{text:?} is neither an address nor a range such as 10.0.0.0/8"))
    }
}

impl TryFrom<String> for ProxyRange {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ProxyRange> for String {
    fn from(ProxyRange(range): ProxyRange) -> Self {
        if range.prefix_len() == range.max_prefix_len() { range.addr().to_string() } else { range.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_what_begins_like_it() {
        let holds = |range: &str, address: &str| {
            let range: ProxyRange = range.parse().expect(range);
            range.holds(address.parse().expect(address))
        };
        assert!(holds("10.0.0.7", "10.0.0.7") && !holds("10.0.0.7", "10.0.0.8"));
        assert!(holds("10.0.0.0/8", "10.255.0.1") && !holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("fd00::/8", "fd12::1") && !holds("fd00::/8", "10.0.0.1"));
        for wrong in ["", "nobody", "10.0.0.0/33", "10.0.0.0/", "10.0.0.256"] {
            assert!(wrong.parse::<ProxyRange>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn it_is_shown_as_it_is_written() {
        for text in ["10.0.0.7", "10.0.0.0/8", "fd00::/8", "::1"] {
            assert_eq!(text.parse::<ProxyRange>().map(String::from), Ok(text.to_owned()));
        }
    }
}
