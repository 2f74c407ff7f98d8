//! Use cases: what the program does, each taking proof of permission.
