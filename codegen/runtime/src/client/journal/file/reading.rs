//! Reading a journal's file from its start.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};

use super::storage::Pen;
use crate::client::journal::file_format::{Checksum, LONGEST_HEADER, Line, read_header};
use crate::client::journal::open_entries::Table;

/// What a file holds.
pub(super) struct Contents {
    pub(super) table: Table,
    /// Behind the last whole line.
    pub(super) pen: Pen,
}

/// Reads all lines; what stands behind `pen.end` then is half a line, whose write was cut short.
pub(super) fn read(mut file: &File) -> io::Result<Contents> {
    file.rewind()?;
    parse(BufReader::new(file))
}

/// Reads the text of a file.
pub(super) fn parse(mut reader: impl BufRead) -> io::Result<Contents> {
    let mut checksum = Checksum::default();
    let mut line = Vec::new();
    reader.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line)?;
    let header = line.strip_suffix(b"\n").ok_or_else(|| "is not the header of a journal".to_owned());
    header.and_then(|line| read_header(line, &mut checksum)).map_err(|fault| damage(1, &fault))?;
    let mut contents = Contents { table: Table::default(), pen: Pen { end: length(&line), checksum } };
    for number in 2_u64.. {
        line.clear();
        reader.read_until(b'\n', &mut line)?;
        if line.is_empty() {
            break;
        }
        let is_whole = contents.take(&line).map_err(|fault| damage(number, fault))?;
        if !is_whole {
            break;
        }
    }
    Ok(contents)
}

impl Contents {
    /// Takes in the next line; `false` where it has no end.
    fn take(&mut self, line: &[u8]) -> Result<bool, &'static str> {
        let Some(whole) = line.strip_suffix(b"\n") else {
            let is_torn = !self.pen.checksum.is_more_than_a_line(line);
            return if is_torn { Ok(false) } else { Err("does not end where its text does") };
        };
        let text = self.pen.checksum.unseal(whole);
        let text = text.ok_or("is damaged: it does not end in the checksum of the file up to it")?;
        match Line::from_text(text)? {
            Line::Open(entry) => {
                if !self.table.add(entry) {
                    return Err("opens an entry that is open already");
                }
            }
            Line::Settled(mark) => mark.ids.iter().for_each(|id| self.table.withdraw(id)),
        }
        self.pen.end = self.pen.end.saturating_add(length(line));
        Ok(true)
    }
}

fn damage(number: u64, fault: &str) -> io::Error {
    let text = format!("line {number} of the journal {fault}; the file was left as it is");
    io::Error::new(io::ErrorKind::InvalidData, text)
}

fn length(line: &[u8]) -> u64 {
    u64::try_from(line.len()).unwrap_or(u64::MAX)
}
