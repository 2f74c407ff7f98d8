//! The command line: one file a subcommand, over the same services as the screens.
