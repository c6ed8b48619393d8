//! Writes and reads numbers that take only as many bits as they need.

/// Bytes that are written bit by bit, the most significant bit first. The last byte is filled up with zeros.
#[derive(Debug, Default)]
pub(crate) struct BitWriter {
    bytes: Vec<u8>,
    length: usize,
}

impl BitWriter {
    pub fn bit(&mut self, bit: bool) {
        let place = self.length % 8;
        if place == 0 {
            self.bytes.push(0);
        }
        if let Some(last) = self.bytes.last_mut() {
            *last |= u8::from(bit) << (7 - place);
        }
        self.length += 1;
    }

    /// Writes the lowest `width` bits of a number.
    pub fn number(&mut self, number: u64, width: u32) {
        (0..width).rev().for_each(|place| self.bit(number >> place & 1 == 1));
    }

    /// Writes a number whose size isn't known, in groups of four bits. A bit before each group says that the group follows.
    pub fn any(&mut self, number: u64) {
        let mut rest = number;
        while rest > 0 {
            self.bit(true);
            self.number(rest, 4);
            rest >>= 4;
        }
        self.bit(false);
    }

    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Reads what [`BitWriter`] wrote. Each method returns `None` at the end of the bytes.
#[derive(Debug)]
pub(crate) struct BitReader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> BitReader<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub fn bit(&mut self) -> Option<bool> {
        let byte = self.bytes.get(self.at / 8)?;
        let bit = byte >> (7 - self.at % 8) & 1 == 1;
        self.at += 1;
        Some(bit)
    }

    pub fn number(&mut self, width: u32) -> Option<u64> {
        (0..width).try_fold(0, |number, _| Some(number << 1 | u64::from(self.bit()?)))
    }

    /// Reads a number that [`BitWriter::any`] wrote. Returns `None` also if it has more than 64 bits.
    pub fn any(&mut self) -> Option<u64> {
        let mut number = 0;
        for group in 0..=16 {
            if !self.bit()? {
                return Some(number);
            }
            number |= self.number(4)?.checked_shl(4 * group)?;
        }
        None
    }
}

/// The number of bits that hold any number below `count`.
pub(crate) fn width(count: usize) -> u32 {
    usize::BITS - count.saturating_sub(1).leading_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let numbers = [0, 1, 2, 15, 16, 255, 54_000, u64::from(u32::MAX), u64::MAX];
        let mut writer = BitWriter::default();
        for number in numbers {
            writer.any(number);
            writer.bit(number % 2 == 1);
            writer.number(number, 64);
        }
        let bytes = writer.finish();
        let mut reader = BitReader::new(&bytes);
        for number in numbers {
            assert_eq!((reader.any(), reader.bit(), reader.number(64)), (Some(number), Some(number % 2 == 1), Some(number)));
        }
        assert_eq!((reader.number(8), BitReader::new(&[0xff; 99]).any()), (None, None));
    }

    #[test]
    fn a_width_holds_each_number_below_the_count() {
        assert_eq!([0, 1, 2, 3, 4, 5, 8, 9].map(width), [0, 0, 1, 2, 2, 3, 3, 4]);
    }
}
