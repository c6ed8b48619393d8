//! The `sarcoguide` command: arguments, files, terminal. What it says comes from the other rooms.

mod against;
mod ages;
pub mod args;
pub mod ask;
pub mod cases;
pub mod check;
pub mod commands;
mod diff;
mod html;
mod output;
mod print;
mod proofs;
mod readability;
mod sarif;
mod serve;
