//! Enums of the schema as checkpoints keep them: their raw value, and back only where it names one.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{RiskGuard, RiskState, Side, StormCause, StormPhase};

macro_rules! by_raw_value {
    ($($name:ident),+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_u8(*self as u8)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let raw = u8::deserialize(deserializer)?;
                Self::from_raw(raw).ok_or_else(|| {
                    D::Error::custom(concat!("no such ", stringify!($name)))
                })
            }
        }
    )+};
}

by_raw_value!(RiskGuard, RiskState, Side, StormCause, StormPhase);
