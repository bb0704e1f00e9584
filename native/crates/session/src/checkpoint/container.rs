//! The form of a checkpoint: a header, a table of parts, the parts. In: bytes. Out: parts whose
//! checksums hold, or what is wrong. It does not know what the parts mean. `docs/run-format.md` has
//! the layout.

use wavetank_abi::ABI_HASH;
use xxhash_rust::xxh3::xxh3_64;

use crate::error::{Code, Result, SessionError};

const MAGIC: [u8; 8] = *b"WAVECKPT";
const VERSION: u32 = 1;
const HEADER: usize = 64;
const ENTRY: usize = 24;
/// Where the header's own checksum stands: it covers the header before it, and the table.
const CHECK: usize = 56;

/// The parts by name, in their order.
pub(super) const PARTS: [&[u8; 8]; 8] = [
    b"session ",
    b"source  ",
    b"book    ",
    b"law     ",
    b"usual   ",
    b"watch   ",
    b"risk    ",
    b"storms  ",
];
const BODY: usize = HEADER + PARTS.len() * ENTRY;

/// What a checkpoint says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckpointHead {
    /// The schema of the build that wrote it.
    pub abi_hash: u64,
    /// Input digest of the source.
    pub source_digest: u64,
    /// Last sequence before it.
    pub seq: u64,
    /// Virtual time.
    pub ts_run_ns: u64,
    /// Source read: bytes as they are uncompressed, or events of the generator.
    pub source_offset: u64,
}

fn invalid(what: &str) -> SessionError {
    SessionError::new(Code::CheckpointInvalid, what)
}

fn foreign(what: String) -> SessionError {
    SessionError::new(Code::CheckpointForeign, what)
}

/// Appends a checkpoint of `PARTS.len()` parts.
pub(super) fn write(head: &CheckpointHead, parts: &[Vec<u8>; PARTS.len()], out: &mut Vec<u8>) {
    let at = out.len();
    let length = BODY + parts.iter().map(Vec::len).sum::<usize>();
    out.reserve(length);
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&(PARTS.len() as u32).to_le_bytes());
    let CheckpointHead {
        abi_hash,
        source_digest,
        seq,
        ts_run_ns,
        source_offset,
    } = *head;
    for field in [abi_hash, source_digest, seq, ts_run_ns, source_offset, 0] {
        out.extend_from_slice(&field.to_le_bytes());
    }
    for (name, part) in PARTS.iter().zip(parts) {
        out.extend_from_slice(*name);
        out.extend_from_slice(&(part.len() as u64).to_le_bytes());
        out.extend_from_slice(&xxh3_64(part).to_le_bytes());
    }
    let check = check_of(&out[at..at + BODY]).to_le_bytes();
    out[at + CHECK..at + HEADER].copy_from_slice(&check);
    parts.iter().for_each(|part| out.extend_from_slice(part));
}

/// Checksum of header and table; the table holds those of the parts, so it stands for the whole.
fn check_of(front: &[u8]) -> u64 {
    let mut covered = front.to_vec();
    covered[CHECK..HEADER].fill(0);
    xxh3_64(&covered)
}

fn word(bytes: &[u8], at: usize) -> u64 {
    let word = bytes[at..at + 8].try_into().expect("eight bytes");
    u64::from_le_bytes(word)
}

/// The head, once header and table are seen to be whole and of this build.
pub fn checkpoint_head(bytes: &[u8]) -> Result<CheckpointHead> {
    let front = bytes
        .get(..BODY)
        .ok_or_else(|| invalid("it is cut short"))?;
    if front[..8] != MAGIC {
        return Err(invalid("it does not begin as a checkpoint"));
    }
    let version = word(front, 8) as u32;
    if version != VERSION {
        return Err(foreign(format!(
            "it has version {version}, expected {VERSION}"
        )));
    }
    if word(front, CHECK) != check_of(front) {
        return Err(invalid("its header is damaged"));
    }
    let head = CheckpointHead {
        abi_hash: word(front, 16),
        source_digest: word(front, 24),
        seq: word(front, 32),
        ts_run_ns: word(front, 40),
        source_offset: word(front, 48),
    };
    if head.abi_hash != ABI_HASH {
        let detail = format!(
            "it was written by schema {:016x}, this is {ABI_HASH:016x}",
            head.abi_hash
        );
        return Err(foreign(detail));
    }
    Ok(head)
}

/// Head and parts of a checkpoint that is whole to the last byte.
pub(super) fn read(bytes: &[u8]) -> Result<(CheckpointHead, [&[u8]; PARTS.len()])> {
    let head = checkpoint_head(bytes)?;
    let (front, mut rest) = bytes.split_at(BODY);
    let mut parts = [&[][..]; PARTS.len()];
    for (n, part) in parts.iter_mut().enumerate() {
        let entry = &front[HEADER + n * ENTRY..][..ENTRY];
        let name = String::from_utf8_lossy(&entry[..8]).trim_end().to_owned();
        let length = usize::try_from(word(entry, 8)).unwrap_or(usize::MAX);
        if entry[..8] != PARTS[n][..] {
            return Err(invalid(&format!("it has a part \"{name}\" out of place")));
        }
        if length > rest.len() {
            return Err(invalid(&format!("it ends inside its part \"{name}\"")));
        }
        (*part, rest) = rest.split_at(length);
        if xxh3_64(part) != word(entry, 16) {
            return Err(invalid(&format!("its part \"{name}\" is damaged")));
        }
    }
    if !rest.is_empty() {
        return Err(invalid("something follows its last part"));
    }
    Ok((head, parts))
}
