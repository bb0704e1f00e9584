//! Which symbol a stock locate stands for. Filled from R messages, or from the first message of a
//! locate that names its stock; a directory message has the last word.
use std::collections::BTreeMap;

/// Symbols by stock locate, and back. Symbols are eight bytes, padded with spaces. Of several stock
/// locates with one symbol, the lowest has it, whichever came first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    symbols: BTreeMap<u32, [u8; 8]>,
    locates: BTreeMap<[u8; 8], u32>,
}

/// No symbol.
pub(crate) const BLANK: [u8; 8] = [b' '; 8];

impl Directory {
    /// The symbol of a stock locate.
    pub fn symbol(&self, locate: u32) -> Option<[u8; 8]> {
        self.symbols.get(&locate).copied()
    }

    /// The stock locate of a symbol, with or without its padding.
    pub fn locate(&self, symbol: &str) -> Option<u32> {
        self.locates.get(&padded(symbol)?).copied()
    }

    /// Every stock locate and its symbol, by stock locate.
    pub fn iter(&self) -> impl Iterator<Item = (u32, [u8; 8])> + '_ {
        self.symbols
            .iter()
            .map(|(locate, symbol)| (*locate, *symbol))
    }

    /// How many stock locates are known.
    pub fn len(&self) -> usize {
        self.symbols.len()
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.symbols.is_empty()
    }

    /// Names a stock locate; what was known of it is replaced. A blank symbol names nothing.
    pub fn set(&mut self, locate: u32, symbol: [u8; 8]) {
        if symbol == BLANK {
            return;
        }
        let old = self.symbols.insert(locate, symbol);
        if old == Some(symbol) {
            return;
        }
        if let Some(old) = old.filter(|old| self.locates.get(old) == Some(&locate)) {
            let next = self.iter().find(|(_, symbol)| *symbol == old);
            match next.map(|(locate, _)| locate) {
                Some(next) => self.locates.insert(old, next),
                None => self.locates.remove(&old),
            };
        }
        let lowest = self.locates.entry(symbol).or_insert(locate);
        *lowest = locate.min(*lowest);
    }

    pub(crate) fn set_if_unknown(&mut self, locate: u32, symbol: [u8; 8]) {
        if !self.symbols.contains_key(&locate) {
            self.set(locate, symbol);
        }
    }
}

/// A symbol as it stands on the wire; `None` when it is longer than the field.
pub(crate) fn padded(symbol: &str) -> Option<[u8; 8]> {
    let symbol = symbol.trim_end_matches(' ').as_bytes();
    let mut field = BLANK;
    field.get_mut(..symbol.len())?.copy_from_slice(symbol);
    Some(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_directory_message_wins_both_ways() {
        let mut directory = Directory::default();
        directory.set_if_unknown(7, *b"OLD     ");
        directory.set(7, *b"AAPL    ");
        directory.set_if_unknown(7, *b"LATER   ");
        directory.set(8, BLANK);
        assert_eq!(directory.symbol(7), Some(*b"AAPL    "));
        assert_eq!(directory.locate("AAPL"), Some(7));
        assert_eq!(directory.locate("AAPL    "), Some(7));
        assert_eq!(directory.locate("OLD"), None);
        assert_eq!(directory.locate("NINELETTR"), None);
        assert_eq!(directory.iter().collect::<Vec<_>>(), [(7, *b"AAPL    ")]);
    }

    #[test]
    fn the_lowest_locate_of_a_symbol_has_it() {
        let mut directory = Directory::default();
        let has = |directory: &Directory| directory.locate("TWICE");
        for (locate, lowest) in [(9, 9), (7, 7), (8, 7)] {
            directory.set(locate, *b"TWICE   ");
            assert_eq!(has(&directory), Some(lowest));
        }
        directory.set(7, *b"ONCE    ");
        assert_eq!(has(&directory), Some(8));
        directory.set(8, *b"ONCE    ");
        directory.set(9, *b"ONCE    ");
        assert_eq!((has(&directory), directory.locate("ONCE")), (None, Some(7)));
    }
}
