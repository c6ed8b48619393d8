//! The `sarcoguide` command: its arguments, files and terminal output. The other crates produce the content that it prints.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "the command is an entry point")]

pub mod args;
pub mod ask;
mod ask_list;
pub mod cases;
pub mod check;
mod code;
pub mod commands;
mod config;
mod diff;
mod files;
mod guide_folder;
mod html;
mod input;
mod loaded_guide;
mod output;
mod prompt;
mod proofs;
mod readability;
mod reply;
mod sarif;
mod serve;
mod source_diff;
mod staleness;
mod triage;
