//! The only place that knows MySQL: connections, write transactions, migrations, one file an aggregate.
