//! The program: exit status, nothing else.

fn main() {}
