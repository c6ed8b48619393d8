//! The content hash of a guide, which identifies its exact content.

use sha2::{Digest, Sha256};

use crate::SourceFile;

/// Returns the SHA-256 of a text as 64 lower-case hexadecimal digits.
pub(crate) fn sha256_hex(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the SHA-256 of the output of `sha256sum` for all files, sorted by path in byte order. Because the hash is defined this way, anyone can
/// compute it without this program.
///
/// Line endings `\r\n` are hashed as `\n`, because version control may change them.
pub(crate) fn content_hash(files: &[SourceFile]) -> String {
    let mut files: Vec<&SourceFile> = files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let line = |file: &&SourceFile| format!("{}  {}\n", sha256_hex(&file.text.replace("\r\n", "\n")), file.path);
    sha256_hex(&files.iter().map(line).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(files: &[(&str, &str)]) -> String {
        let files: Vec<SourceFile> =
            files.iter().map(|(path, text)| SourceFile { path: (*path).to_owned(), text: (*text).to_owned() }).collect();
        content_hash(&files)
    }

    #[test]
    fn the_hash_matches_the_output_of_sha256sum() {
        // printf 'x = 1\n' > a.toml; mkdir b; printf 'y = 2\n' > b/c.toml; sha256sum a.toml b/c.toml | sha256sum
        let expected = "e771a80c56d73911f95469ae63456eff602e8691a6a6e7b137de9d904a26ea6e";
        assert_eq!(hash(&[("a.toml", "x = 1\n"), ("b/c.toml", "y = 2\n")]), expected);
        assert_eq!(hash(&[("b/c.toml", "y = 2\r\n"), ("a.toml", "x = 1\n")]), expected, "neither order nor line endings matter");
    }

    #[test]
    fn any_difference_changes_the_hash() {
        let guides: [&[(&str, &str)]; 5] = [
            &[("a.toml", "x = 1"), ("b.toml", "")],
            &[("a.toml", "x = 2"), ("b.toml", "")],
            &[("a.toml", "x = 1")],
            &[("a.toml", ""), ("b.toml", "x = 1")],
            &[("a.toml", "x = 1"), ("c.toml", "")],
        ];
        let hashes: std::collections::BTreeSet<String> = guides.iter().map(|files| hash(files)).collect();
        assert_eq!(hashes.len(), guides.len());
    }
}
