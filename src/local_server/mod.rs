//! Finds, starts, shares and stops the private database server.
