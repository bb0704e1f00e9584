//! Every field of every message, by name, for people. The layouts are the Zig parser's own.
//! In: the bytes of one message. Out: its fields. Slow and complete.
use std::sync::OnceLock;

use crate::zig::{self, RawField, RawMessage};

/// How a field reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A plain number.
    Integer,
    /// A price in 1/10000 dollar.
    Price4,
    /// A price in 1/100000000 dollar.
    Price8,
    /// Nanoseconds since midnight.
    Nanoseconds,
    /// ASCII, left-justified, padded with spaces.
    Text,
}

/// A field of a message type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, in snake case.
    pub name: &'static str,
    /// Bytes from the type byte.
    pub at: usize,
    /// Its bytes.
    pub width: usize,
    /// How it reads.
    pub kind: Kind,
}

/// The layout of a message type.
#[derive(Clone, Copy)]
pub struct Layout(&'static RawMessage);

/// A field's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number, price or time.
    Number(u64),
    /// Text as it stands, with its padding.
    Text(Vec<u8>),
}

impl Layout {
    /// The layout of a type; `None` when ITCH 5.0 has no such type.
    pub fn of(message_type: u8) -> Option<Self> {
        zig::message(message_type).map(Self)
    }

    /// Every type's layout, by type byte.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).filter_map(Self::of)
    }

    /// The type byte.
    pub fn message_type(self) -> u8 {
        self.0.message_type
    }

    /// The name of the type, in snake case.
    pub fn name(self) -> &'static str {
        text(self.0.name, self.0.name_len)
    }

    /// Bytes of a message.
    pub fn size(self) -> usize {
        self.0.size as usize
    }

    /// The fields, in wire order.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        // SAFETY: pointer and length describe constant data in the library.
        let raw = unsafe { std::slice::from_raw_parts(self.0.fields, self.0.fields_len as usize) };
        raw.iter().map(field)
    }
}

/// Every field of one message; `None` when its type is unknown or its length not its type's.
pub fn decode(message: &[u8]) -> Option<Vec<(Field, Value)>> {
    let layout = Layout::of(*message.first()?)?;
    (layout.size() == message.len()).then(|| {
        layout
            .fields()
            .map(|field| (field, value(field, message)))
            .collect()
    })
}

fn value(field: Field, message: &[u8]) -> Value {
    let bytes = &message[field.at..field.at + field.width];
    match field.kind {
        Kind::Text => Value::Text(bytes.to_vec()),
        _ => Value::Number(bytes.iter().fold(0, |n, byte| n << 8 | u64::from(*byte))),
    }
}

fn field(raw: &RawField) -> Field {
    Field {
        name: text(raw.name, raw.name_len),
        at: usize::from(raw.at),
        width: usize::from(raw.width),
        kind: match raw.kind {
            2 => Kind::Price4,
            3 => Kind::Price8,
            4 => Kind::Nanoseconds,
            5 => Kind::Text,
            _ => Kind::Integer,
        },
    }
}

fn text(at: *const u8, length: u32) -> &'static str {
    // SAFETY: pointer and length describe constant bytes in the library.
    let bytes = unsafe { std::slice::from_raw_parts(at, length as usize) };
    std::str::from_utf8(bytes).expect("names are ASCII")
}

/// What the reader asks of a type: bytes of a message (0: unknown), and where its stock stands.
#[derive(Clone, Copy, Default)]
pub(crate) struct Shape {
    pub size: u8,
    pub stock_at: Option<u8>,
}

/// The shape of each type byte.
pub(crate) fn shapes() -> &'static [Shape; 256] {
    static SHAPES: OnceLock<[Shape; 256]> = OnceLock::new();
    SHAPES.get_or_init(|| {
        let mut shapes = [Shape::default(); 256];
        for layout in Layout::all() {
            shapes[usize::from(layout.message_type())] = Shape {
                size: layout.size() as u8,
                stock_at: layout
                    .fields()
                    .find(|f| f.name == "stock")
                    .map(|f| f.at as u8),
            };
        }
        shapes
    })
}
