//! The built-in guide, decoded once.

use std::sync::LazyLock;

use sarcoguide_model::Guide;

pub(crate) static GUIDE: LazyLock<Guide> = LazyLock::new(sarcoguide_bundled::guide);
